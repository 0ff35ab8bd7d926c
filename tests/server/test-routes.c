/* test-routes.c: requests and answers of the server, without a socket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "base/dure-stamp.h"
#include "base/dure-uuid.h"
#include "server-fixture.h"
#include "server/dure-password.h"
#include "server/dure-postgres.h"
#include "sync/dure-wire.h"

#define DEVICE "00000000000000aa"

typedef struct
{
  char        *directory;
  char        *where;
  DureStorage *storage;
  DureServer  *server;
  DureClock   *clock;
  char        *token;
} Fixture;

static DureResponse *
ask (Fixture    *fixture,
     const char *method,
     const char *path,
     const char *token,
     const char *type,
     const char *body,
     gssize      length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, body == NULL ? 0 : length < 0 ? strlen (body) : (gsize)length);
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  g_autoptr (DureRequest) request = dure_request_new (method, parts[0], bytes);

  request->token = g_strdup (token);
  request->type = g_strdup (type);
  request->remote = g_strdup ("10.0.0.7");
  if (parts[1] != NULL)
    {
      g_auto (GStrv) pairs = g_strsplit (parts[1], "&", -1);

      for (guint i = 0; pairs[i] != NULL; i++)
        {
          g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

          dure_request_set (request, pair[0], pair[1]);
        }
    }
  return dure_server_handle (fixture->server, request);
}

static char *
enrol (Fixture *fixture, const char *tenant, const char *user, const char *password, const char *device, guint *status)
{
  g_autofree char *body
      = g_strdup_printf ("{\"tenant\":\"%s\",\"user\":\"%s\",\"password\":\"%s\",\"device\":\"%s\",\"name\":\"PC\"}",
                         tenant, user, password, device);
  g_autoptr (DureResponse) response = ask (fixture, "POST", "/v1/enrol", NULL, "application/json", body, -1);
  const char *token = strstr (response->body->str, "\"token\":\"");

  *status = response->status;
  return token != NULL ? g_strndup (token + 9, 64) : NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint status;

  dure_password_set_cheap (TRUE);
  fixture->directory = g_dir_make_tmp ("dure-XXXXXX", NULL);
  fixture->where = test_storage_new (fixture->directory);
  fixture->storage = dure_storage_open (fixture->where, &error);
  g_assert_no_error (error);
  fixture->server = dure_server_new (fixture->storage);
  g_assert_true (dure_server_add_tenant (fixture->server, TENANT, NULL));
  g_assert_true (dure_server_add_tenant (fixture->server, "yeongdo", NULL));
  g_assert_true (dure_server_add_account (fixture->server, TENANT, "kim", PASSWORD, DURE_ROLE_EDITOR, NULL));
  g_assert_true (
      dure_server_add_account (fixture->server, "yeongdo", "kim", "another password", DURE_ROLE_EDITOR, NULL));
  fixture->token = enrol (fixture, TENANT, "kim", PASSWORD, DEVICE, &status);
  g_assert_cmpuint (status, ==, 200);
  fixture->clock = dure_clock_new (DEVICE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->storage);
  dure_clock_free (fixture->clock);
  g_free (fixture->token);
  remove_directory (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->where);
}

static void
assert_problem (DureResponse *response, guint status, const char *problem)
{
  g_autofree char *type = g_strdup_printf ("\"type\":\"urn:dure:problem:%s\"", problem);

  g_assert_cmpuint (response->status, ==, status);
  g_assert_cmpstr (response->type, ==, "application/problem+json");
  if (strstr (response->body->str, type) == NULL)
    g_error ("not %s: %s", problem, response->body->str);
  g_assert_nonnull (strstr (response->body->str, "\"detail\":\""));
}

static DureChange *
change (Fixture *fixture, const char *entity, const char *key, const char *value)
{
  char        stamp[DURE_STAMP_LENGTH + 1], id[DURE_UUID_LENGTH + 1];
  DureChange *made;

  dure_clock_next (fixture->clock, stamp);
  dure_uuid_v7 (id);
  made = dure_change_new (stamp, entity, id, "somebody else");
  dure_change_add (made, key, value, NULL);
  return made;
}

static char *
line (DureChange *made)
{
  GString *text = g_string_new (NULL);

  dure_wire_append (text, made, 0, 0);
  return g_string_free (text, FALSE);
}

static char *
push (Fixture *fixture, const char *lines, guint *status)
{
  g_autoptr (DureResponse) response = ask (fixture, "POST", "/v1/changes", fixture->token, DURE_WIRE_TYPE, lines, -1);

  *status = response->status;
  return g_strdup (response->body->str);
}

static char *
pull (Fixture *fixture, const char *path)
{
  g_autoptr (DureResponse) response = ask (fixture, "GET", path, fixture->token, NULL, NULL, 0);

  g_assert_cmpuint (response->status, ==, 200);
  return dure_response_read (response, NULL);
}

static void
test_health (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureResponse) response = ask (fixture, "GET", "/v1/health", NULL, NULL, NULL, 0);

  g_assert_cmpuint (response->status, ==, 200);
  g_assert_nonnull (strstr (response->body->str, "\"status\":\"ok\""));
}

static guint
guess (Fixture *fixture, const char *user, const char *password, const char *remote, guint *wait)
{
  g_autofree char *body
      = g_strdup_printf ("{\"tenant\":\"%s\",\"user\":\"%s\",\"password\":\"%s\",\"device\":\"%s\",\"name\":\"PC\"}",
                         TENANT, user, password, DEVICE);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (DureRequest) request = dure_request_new ("POST", "/v1/enrol", bytes);
  g_autoptr (DureResponse) response = NULL;

  request->remote = g_strdup (remote);
  response = dure_server_handle (fixture->server, request);
  *wait = response->retry_after;
  return response->status;
}

/* Who guesses waits; the officer at his own computer does not, and nobody learns which accounts there are. */
static void
test_guessing (Fixture *fixture, gconstpointer data)
{
  const char *const users[] = { "kim", "nobody" };
  guint             wait;

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      for (guint n = 0; n < 5; n++)
        g_assert_cmpuint (guess (fixture, users[i], "wrong password", "10.0.0.66", &wait), ==, 401);
      g_assert_cmpuint (guess (fixture, users[i], "wrong password", "10.0.0.66", &wait), ==, 429);
      g_assert_cmpuint (wait, ==, 1);
      g_assert_cmpuint (guess (fixture, users[i], PASSWORD, "10.0.0.66", &wait), ==, 429);
    }
  g_assert_cmpuint (guess (fixture, "kim", PASSWORD, "10.0.0.7", &wait), ==, 200);
  dure_server_set_offset (fixture->server, 1500);
  g_assert_cmpuint (guess (fixture, "kim", "wrong password", "10.0.0.66", &wait), ==, 401);
  g_assert_cmpuint (guess (fixture, "kim", PASSWORD, "10.0.0.66", &wait), ==, 429);
  g_assert_cmpuint (wait, ==, 2);
  dure_server_set_offset (fixture->server, 5000);
  g_assert_cmpuint (guess (fixture, "kim", PASSWORD, "10.0.0.66", &wait), ==, 200);
  g_assert_cmpuint (guess (fixture, "kim", "wrong password", "10.0.0.66", &wait), ==, 401);
  g_assert_cmpuint (guess (fixture, "kim", PASSWORD, "10.0.0.66", &wait), ==, 200);
}

/* One address that tries many names waits too, but not so long that a city behind one address is shut out. */
static void
test_spraying (Fixture *fixture, gconstpointer data)
{
  guint wait = 0, status = 401;

  for (guint n = 0; n < 60 && status == 401; n++)
    {
      g_autofree char *user = g_strdup_printf ("user%u", n);

      status = guess (fixture, user, "wrong password", "10.0.0.66", &wait);
    }
  g_assert_cmpuint (status, ==, 429);
  g_assert_cmpuint (wait, <=, 10);
  g_assert_cmpuint (guess (fixture, "kim", PASSWORD, "10.0.0.7", &wait), ==, 200);
  dure_server_set_offset (fixture->server, 11 * 1000);
  g_assert_cmpuint (guess (fixture, "kim", PASSWORD, "10.0.0.66", &wait), ==, 200);
}

/* What somebody does who has the storage in his hands. Returns whether it went well. */
static gboolean
tamper (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->directory, "accounts.db", NULL);
  sqlite3         *db;
  gboolean         good;

  if (test_uses_postgres ())
    {
      PGconn *connection = dure_postgres_connect (fixture->where + strlen ("postgres:"), NULL);
      g_autoptr (PGresult) result = PQexec (connection, sql);

      good = PQresultStatus (result) == PGRES_COMMAND_OK;
      PQfinish (connection);
      return good;
    }
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  good = sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
  sqlite3_close (db);
  return good;
}

/* All that a query finds, as one text. */
static char *
look (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->directory, "accounts.db", NULL);
  GString         *text = g_string_new (NULL);
  sqlite3         *db;
  sqlite3_stmt    *stmt;

  if (test_uses_postgres ())
    {
      PGconn *connection = dure_postgres_connect (fixture->where + strlen ("postgres:"), NULL);
      g_autoptr (PGresult) result = PQexec (connection, sql);

      g_assert_cmpint (PQresultStatus (result), ==, PGRES_TUPLES_OK);
      for (int i = 0; i < PQntuples (result); i++)
        for (int j = 0; j < PQnfields (result); j++)
          g_string_append_printf (text, "%s\n", PQgetvalue (result, i, j));
      PQfinish (connection);
      return g_string_free (text, FALSE);
    }
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    for (int j = 0; j < sqlite3_column_count (stmt); j++)
      g_string_append_printf (text, "%s\n", (const char *)sqlite3_column_text (stmt, j));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}

static gboolean
is_logged (Fixture *fixture, const char *what)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM log WHERE what = '%s'", what);
  g_autofree char *found = look (fixture, sql);

  return *found != '\0';
}

/* A store that was copied to a second computer has the same device and token; the server sees it. */
static void
test_copied_store (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureChange) one = change (fixture, "agency", "name", "하나");
  g_autoptr (DureChange) two = change (fixture, "agency", "name", "둘");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *again = NULL;
  g_autofree char *all = NULL;
  g_autofree char *most = NULL;
  g_autofree char *all_again = NULL;
  guint            status;

  first = line (one);
  answer = push (fixture, first, &status);
  g_assert_nonnull (strstr (answer, "\"accepted\":1,\"refused\":[]"));
  g_free (two->stamp);
  two->stamp = g_strdup (one->stamp);
  second = line (two);
  again = push (fixture, second, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (again, "problem:stamp-taken"));
  g_free (again);
  again = push (fixture, first, &status);
  g_assert_nonnull (strstr (again, "\"accepted\":1,\"refused\":[]"));

  g_free (two->stamp);
  two->stamp = NULL;
  {
    g_autoptr (DureChange) three = change (fixture, "agency", "name", "셋");
    g_autofree char *third = line (three);
    g_autofree char *more = push (fixture, third, &status);
  }
  all = pull (fixture, "/v1/changes?after=2");
  g_assert_false (is_logged (fixture, "device-twice"));
  most = pull (fixture, "/v1/changes?after=0");
  g_assert_false (is_logged (fixture, "device-twice"));
  g_free (most);
  most = pull (fixture, "/v1/changes?after=2");
  all_again = pull (fixture, "/v1/changes?after=1");
  g_assert_true (is_logged (fixture, "device-twice"));
}

static void
test_wrong_requests (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *method, *path, *type, *body;
    guint       status;
    const char *problem;
  } cases[] = {
    { "GET", "/", NULL, NULL, 404, "not-found" },
    { "GET", "/v1/../../etc/passwd", NULL, NULL, 404, "not-found" },
    { "GET", "/v2/changes", NULL, NULL, 404, "not-found" },
    { "DELETE", "/v1/changes", NULL, NULL, 405, "method" },
    { "GET", "/v1/enrol", NULL, NULL, 405, "method" },
    { "GET", "/v1/changes?after=-1", NULL, NULL, 400, "format" },
    { "GET", "/v1/changes?after=1.5", NULL, NULL, 400, "format" },
    { "GET", "/v1/changes?after=99999999999999999999", NULL, NULL, 400, "format" },
    { "GET", "/v1/changes?limit=0", NULL, NULL, 400, "format" },
    { "GET", "/v1/changes?after=5000", NULL, NULL, 409, "ahead" },
    { "GET", "/v1/snapshot?after=x", NULL, NULL, 400, "format" },
    { "POST", "/v1/changes", "text/plain", "x", 415, "content-type" },
    { "POST", "/v1/changes", NULL, "x", 415, "content-type" },
    { "POST", "/v1/enrol", "application/json", "", 400, "format" },
    { "POST", "/v1/enrol", "application/json", "[]", 400, "format" },
    { "POST", "/v1/enrol", "application/json", "{\"tenant\":7}", 400, "format" },
    { "POST", "/v1/enrol", "application/json",
      "{\"tenant\":\"a\",\"user\":\"b\",\"password\":\"c\",\"device\":\"00000000000000aa\",\"name\":\"\\u001b[31m\"}",
      400, "format" },
    { "POST", "/v1/enrol", "application/json",
      "{\"tenant\":\"a\",\"user\":\"b\",\"password\":[],\"device\":\"c\",\"name\":\"d\"}", 400, "format" },
    { "POST", "/v1/enrol", "application/json",
      "{\"tenant\":\"../x\",\"user\":\"b\",\"password\":\"c\",\"device\":\"00000000000000aa\",\"name\":\"d\"}", 401,
      "wrong-password" },
  };
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *large = g_strnfill (DURE_SERVER_MAX_BODY + 1, ' ');
  g_autoptr (DureResponse) too_deep = ask (fixture, "POST", "/v1/enrol", NULL, "application/json", deep, -1);
  g_autoptr (DureResponse) too_large = ask (fixture, "POST", "/v1/enrol", NULL, "application/json", large, -1);
  g_autoptr (DureResponse) no_token = ask (fixture, "GET", "/v1/changes", NULL, NULL, NULL, 0);
  g_autoptr (DureResponse) bad_token = ask (fixture, "GET", "/v1/changes", "0123", NULL, NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DureResponse) response
          = ask (fixture, cases[i].method, cases[i].path, fixture->token, cases[i].type, cases[i].body, -1);

      assert_problem (response, cases[i].status, cases[i].problem);
    }
  assert_problem (too_deep, 400, "format");
  assert_problem (too_large, 413, "too-large");
  assert_problem (no_token, 401, "token-missing");
  assert_problem (bad_token, 401, "token-revoked");
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureChange) good = change (fixture, "agency", "name", "하나");
  g_autoptr (DureChange) cut = change (fixture, "agency", "name", "둘");
  g_autofree char *good_line = line (good);
  g_autofree char *cut_line = line (cut);
  g_autofree char *body = g_strconcat ("\xff\xfe\n", "not json\n", good_line, "{\"stamp\":1}\n", NULL);
  g_autofree char *with_cut = g_strconcat (body, cut_line, NULL);
  g_autofree char *broken = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *all = NULL;
  guint            status;

  with_cut[strlen (with_cut) - 3] = '\0';
  broken = push (fixture, with_cut, &status);
  g_assert_cmpuint (status, ==, 400);
  g_assert_nonnull (strstr (broken, "urn:dure:problem:broken-off"));
  all = pull (fixture, "/v1/changes?after=0");
  g_assert_null (strstr (all, "하나"));
  g_clear_pointer (&all, g_free);
  answer = push (fixture, body, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (answer, "\"accepted\":1,"));
  g_assert_nonnull (strstr (answer, "\"line\":1,"));
  g_assert_nonnull (strstr (answer, "\"line\":2,"));
  g_assert_nonnull (strstr (answer, "\"line\":4,"));
  all = pull (fixture, "/v1/changes?after=0");
  g_assert_nonnull (strstr (all, "하나"));
  g_assert_null (strstr (all, "둘"));
}

/* A server that was put back has other changes under the numbers that a device knows. */
static void
test_put_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureChange) first = change (fixture, "agency", "name", "하나");
  g_autoptr (DureChange) second = change (fixture, "agency", "name", "둘");
  g_autoptr (DureChange) third = change (fixture, "agency", "name", "셋");
  g_autofree char *text = line (first);
  g_autofree char *second_text = line (second);
  g_autofree char *third_text = line (third);
  g_autofree char *both = g_strconcat (text, second_text, NULL);
  g_autofree char *right = g_strdup_printf ("/v1/changes?after=1&known=2&last=%s", second->stamp);
  g_autofree char *wrong = g_strdup_printf ("/v1/changes?after=1&known=2&last=%s", first->stamp);
  g_autofree char *beyond = g_strdup_printf ("/v1/changes?after=1&known=3&last=%s", third->stamp);
  g_autofree char *told = g_strdup_printf ("\"last\":\"%s\"}", second->stamp);
  g_autoptr (DureResponse) refused = NULL;
  g_autoptr (DureResponse) refused_beyond = NULL;
  g_autoptr (DureResponse) refused_push = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *all = NULL;
  g_autofree char *snapshot = NULL;
  guint            status;

  answer = push (fixture, both, &status);
  g_assert_nonnull (strstr (answer, told));
  all = pull (fixture, right);
  g_assert_nonnull (strstr (all, "둘"));
  g_assert_nonnull (strstr (all, told));
  snapshot = pull (fixture, "/v1/snapshot");
  g_assert_nonnull (strstr (snapshot, told));
  refused = ask (fixture, "GET", wrong, fixture->token, NULL, NULL, -1);
  assert_problem (refused, 409, "ahead");
  refused_beyond = ask (fixture, "GET", beyond, fixture->token, NULL, NULL, -1);
  assert_problem (refused_beyond, 409, "ahead");
  refused_push = ask (fixture, "POST", wrong, fixture->token, DURE_WIRE_TYPE, third_text, -1);
  assert_problem (refused_push, 409, "ahead");
  g_clear_pointer (&all, g_free);
  all = pull (fixture, "/v1/changes?after=0");
  g_assert_null (strstr (all, "셋"));
}

static void
test_author (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureChange) made = change (fixture, "agency", "name", "하나");
  g_autofree char *text = line (made);
  g_autofree char *answer = NULL;
  g_autofree char *all = NULL;
  guint            status;

  answer = push (fixture, text, &status);
  all = pull (fixture, "/v1/changes?after=0");
  g_assert_null (strstr (all, "somebody else"));
  g_assert_nonnull (strstr (all, "\"by\":\"kim\""));
}

static void
test_stamps (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureChange) ahead = change (fixture, "agency", "name", "앞선");
  g_autoptr (DureChange) others = change (fixture, "agency", "name", "남의");
  g_autoptr (DureChange) soon = change (fixture, "agency", "name", "조금");
  g_autofree char *answer = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GString) body = g_string_new (NULL);
  guint status;

  g_free (ahead->stamp);
  ahead->stamp = g_strdup_printf ("%012" G_GINT64_MODIFIER "x-0000-" DEVICE, dure_now_ms () + 6 * 60 * 1000);
  g_free (soon->stamp);
  soon->stamp = g_strdup_printf ("%012" G_GINT64_MODIFIER "x-0000-" DEVICE, dure_now_ms () + 4 * 60 * 1000);
  memcpy (others->stamp + 18, "00000000000000bb", 16);
  dure_wire_append (body, ahead, 0, 0);
  dure_wire_append (body, others, 0, 0);
  dure_wire_append (body, soon, 0, 0);
  answer = push (fixture, body->str, &status);
  g_assert_nonnull (strstr (answer, "\"accepted\":1,"));
  g_assert_nonnull (strstr (answer, "problem:stamp-ahead"));
  g_assert_nonnull (strstr (answer, "problem:wrong-device"));
  all = pull (fixture, "/v1/changes?after=0");
  g_assert_nonnull (strstr (all, "조금"));
  g_assert_null (strstr (all, "앞선"));
  g_assert_null (strstr (all, "남의"));
}

static void
test_unknown_passes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureChange) entity = change (fixture, "thing_of_tomorrow", "colour", "빨강");
  g_autoptr (DureChange) field = change (fixture, "agency", "field_of_tomorrow", "파랑");
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *answer = NULL;
  g_autofree char *changes = NULL;
  g_autofree char *snapshot = NULL;
  guint            status;

  dure_wire_append (body, entity, 0, 0);
  dure_wire_append (body, field, 0, 0);
  answer = push (fixture, body->str, &status);
  g_assert_nonnull (strstr (answer, "\"accepted\":2,"));
  changes = pull (fixture, "/v1/changes?after=0");
  snapshot = pull (fixture, "/v1/snapshot");
  g_assert_nonnull (strstr (changes, "빨강"));
  g_assert_nonnull (strstr (changes, "파랑"));
  g_assert_nonnull (strstr (snapshot, "빨강"));
  g_assert_nonnull (strstr (snapshot, "파랑"));
  g_assert_true (g_str_has_prefix (snapshot, "{\"start\":1,\"seq\":2,"));
}

static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureChange) made = change (fixture, "agency", "name", "하나");
  g_autofree char *text = line (made);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint            status;

  first = push (fixture, text, &status);
  second = push (fixture, text, &status);
  g_assert_nonnull (strstr (first, "\"seq\":1,"));
  g_assert_nonnull (strstr (second, "\"accepted\":1,"));
  g_assert_nonnull (strstr (second, "\"seq\":1,"));
}

static void
test_tenants_apart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureChange) made = change (fixture, "agency", "name", "하나");
  g_autofree char *text = line (made);
  g_autofree char *answer = NULL;
  g_autofree char *other = NULL;
  g_autofree char *wrong = NULL;
  guint            status;

  answer = push (fixture, text, &status);
  wrong = enrol (fixture, "yeongdo", "kim", PASSWORD, "00000000000000cc", &status);
  g_assert_cmpuint (status, ==, 401);
  other = enrol (fixture, "yeongdo", "kim", "another password", "00000000000000cc", &status);
  g_assert_cmpuint (status, ==, 200);
  {
    g_autoptr (DureResponse) response = ask (fixture, "GET", "/v1/changes", other, NULL, NULL, 0);
    g_autoptr (DureResponse) snapshot = ask (fixture, "GET", "/v1/snapshot", other, NULL, NULL, 0);
    g_autofree char *all = dure_response_read (snapshot, NULL);

    g_assert_null (strstr (response->body->str, "하나"));
    g_assert_null (strstr (all, "하나"));
  }
}

static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureResponse) response = NULL;
  g_autofree char *again = NULL;
  guint            status;

  /* A device that enrols again gives its old token up. */
  again = enrol (fixture, TENANT, "kim", PASSWORD, DEVICE, &status);
  response = ask (fixture, "GET", "/v1/changes", fixture->token, NULL, NULL, 0);
  assert_problem (response, 401, "token-revoked");
  g_clear_pointer (&response, dure_response_free);
  response = ask (fixture, "GET", "/v1/changes", again, NULL, NULL, 0);
  g_assert_cmpuint (response->status, ==, 200);
}

static void
test_log (Fixture *fixture, gconstpointer data)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (fixture->storage);
  g_autoptr (DureChange) made = change (fixture, "agency", "name", "하나");
  g_autofree char *text = line (made);
  g_autofree char *answer = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n = 0;
  guint  status;

  answer = push (fixture, text, &status);
  all = pull (fixture, "/v1/changes?after=0");
  g_assert_true (storage->verify_log (fixture->storage, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 3);
  g_assert_false (tamper (fixture, "UPDATE log SET remote = 'elsewhere' WHERE n = 2"));
  g_assert_false (tamper (fixture, "DELETE FROM log WHERE n = 2"));
  g_assert_true (tamper (fixture, test_uses_postgres () ? "DROP TRIGGER log_stays ON log" : "DROP TRIGGER log_stays"));
  g_assert_true (tamper (fixture, "UPDATE log SET remote = 'elsewhere' WHERE n = 2"));
  g_assert_false (storage->verify_log (fixture->storage, &n, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DAMAGED);
}

static void
test_passwords (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->directory, "accounts.db", NULL);
  g_autofree char *content = NULL;
  gsize            length;

  g_assert_false (dure_server_add_account (fixture->server, TENANT, "lee", "short", DURE_ROLE_EDITOR, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dure_server_add_account (fixture->server, "nowhere", "lee", PASSWORD, DURE_ROLE_EDITOR, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (dure_server_add_tenant (fixture->server, "../../x", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->storage);
  /* Neither password nor token is stored. */
  if (test_uses_postgres ())
    {
      content = look (fixture, "SELECT a::text, d::text FROM account a LEFT JOIN device d USING (tenant, login)");
      length = strlen (content);
    }
  else
    g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_null (g_strstr_len (content, (gssize)length, PASSWORD));
  g_assert_null (memmem (content, length, fixture->token, 64));
  g_assert_nonnull (memmem (content, length, "$argon2id$", 10));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/server/routes/health", test_health },       { "/server/routes/wrong-requests", test_wrong_requests },
    { "/server/routes/garbage", test_garbage },     { "/server/routes/put-back", test_put_back },
    { "/server/routes/author", test_author },
    { "/server/routes/stamps", test_stamps },       { "/server/routes/unknown-passes", test_unknown_passes },
    { "/server/routes/twice", test_twice },         { "/server/routes/tenants-apart", test_tenants_apart },
    { "/server/routes/revoked", test_revoked },     { "/server/routes/log", test_log },
    { "/server/routes/passwords", test_passwords }, { "/server/routes/guessing", test_guessing },
    { "/server/routes/spraying", test_spraying },   { "/server/routes/copied-store", test_copied_store },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
