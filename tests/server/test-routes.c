/* test-routes.c: requests and answers of the server, without a socket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "config.h"

#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "routes-fixture.h"
#include "server/dure-password.h"
#include "sync/dure-wire.h"

static void
test_health (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureResponse) response = routes_ask (fixture, "GET", "/v1/health", NULL, NULL, NULL, 0);

  g_assert_cmpuint (response->status, ==, 200);
  g_assert_nonnull (strstr (response->body->str, "\"status\":\"ok\""));
}

static guint
guess (Routes *fixture, const char *user, const char *password, const char *remote, guint *wait)
{
  g_autofree char *body
      = g_strdup_printf ("{\"tenant\":\"%s\",\"user\":\"%s\",\"password\":\"%s\",\"device\":\"%s\",\"name\":\"PC\"}",
                         TENANT, user, password, DEVICE);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (DureRequest) request = dure_request_new ("POST", "/v1/enrol", bytes);
  g_autoptr (DureResponse) response = NULL;

  request->remote = g_strdup (remote);
  request->type = g_strdup ("application/json");
  response = dure_server_handle (fixture->server, request);
  *wait = response->retry_after;
  return response->status;
}

/* Who guesses waits; the officer at his own computer does not, and nobody learns which accounts there are. */
static void
test_guessing (Routes *fixture, gconstpointer data)
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
test_spraying (Routes *fixture, gconstpointer data)
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

/* Two computers under one number would give one stamp to two changes. */
static void
test_stamp_taken (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureChange) one = routes_change (fixture, "agency", "name", "하나");
  g_autoptr (DureChange) two = routes_change (fixture, "agency", "name", "둘");
  g_autofree char *first = routes_line (one);
  g_autofree char *second = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *again = NULL;
  guint            status;

  answer = routes_push (fixture, first, &status);
  g_assert_nonnull (strstr (answer, "\"accepted\":1,\"refused\":[]"));
  two->stamp = one->stamp;
  second = routes_line (two);
  again = routes_push (fixture, second, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (again, "problem:stamp-taken"));
  g_free (again);
  again = routes_push (fixture, first, &status);
  g_assert_nonnull (strstr (again, "\"accepted\":1,\"refused\":[]"));
}

static void
test_wrong_requests (Routes *fixture, gconstpointer data)
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
    { "POST", "/v1/enrol", "application/json", "[]", 400, "wrong-type" },
    { "POST", "/v1/enrol", "application/json", "{\"tenant\":7}", 400, "wrong-type" },
    { "POST", "/v1/enrol", "application/json",
      "{\"tenant\":\"a\",\"user\":\"b\",\"password\":\"c\",\"device\":\"00000000000000aa\",\"name\":\"\\u001b[31m\"}",
      400, "format" },
    { "POST", "/v1/enrol", "application/json",
      "{\"tenant\":\"a\",\"user\":\"b\",\"password\":[],\"device\":\"c\",\"name\":\"d\"}", 400, "wrong-type" },
    { "POST", "/v1/enrol", "application/json",
      "{\"tenant\":\"../x\",\"user\":\"b\",\"password\":\"c\",\"device\":\"00000000000000aa\",\"name\":\"d\"}", 404,
      "unknown-tenant" },
  };
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *large = g_strnfill (DURE_SERVER_MAX_BODY + 1, ' ');
  g_autoptr (DureResponse) too_deep = routes_ask (fixture, "POST", "/v1/enrol", NULL, "application/json", deep, -1);
  g_autoptr (DureResponse) too_large = routes_ask (fixture, "POST", "/v1/enrol", NULL, "application/json", large, -1);
  g_autoptr (DureResponse) no_token = routes_ask (fixture, "GET", "/v1/changes", NULL, NULL, NULL, 0);
  g_autoptr (DureResponse) bad_token = routes_ask (fixture, "GET", "/v1/changes", "0123", NULL, NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DureResponse) response
          = routes_ask (fixture, cases[i].method, cases[i].path, fixture->token, cases[i].type, cases[i].body, -1);

      routes_assert_problem (response, cases[i].status, cases[i].problem);
    }
  routes_assert_problem (too_deep, 400, "too-deep");
  routes_assert_problem (too_large, 413, "too-large");
  routes_assert_problem (no_token, 401, "token-missing");
  routes_assert_problem (bad_token, 401, "token-revoked");
}

static void
test_garbage (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureChange) good = routes_change (fixture, "agency", "name", "하나");
  g_autoptr (DureChange) cut = routes_change (fixture, "agency", "name", "둘");
  g_autofree char *good_line = routes_line (good);
  g_autofree char *cut_line = routes_line (cut);
  g_autofree char *body = g_strconcat ("\xff\xfe\n", "not json\n", good_line, "{\"stamp\":1}\n", NULL);
  g_autofree char *with_cut = g_strconcat (body, cut_line, NULL);
  g_autofree char *broken = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *all = NULL;
  guint            status;

  with_cut[strlen (with_cut) - 3] = '\0';
  broken = routes_push (fixture, with_cut, &status);
  g_assert_cmpuint (status, ==, 400);
  g_assert_nonnull (strstr (broken, "urn:dure:problem:truncated"));
  all = routes_pull (fixture, "/v1/changes?after=0");
  g_assert_null (strstr (all, "하나"));
  g_clear_pointer (&all, g_free);
  answer = routes_push (fixture, body, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (answer, "\"accepted\":1,"));
  g_assert_nonnull (strstr (answer, "\"line\":1,"));
  g_assert_nonnull (strstr (answer, "\"line\":2,"));
  g_assert_nonnull (strstr (answer, "\"line\":4,"));
  all = routes_pull (fixture, "/v1/changes?after=0");
  g_assert_nonnull (strstr (all, "하나"));
  g_assert_null (strstr (all, "둘"));
}

/* A server that was put back has other changes under the numbers that a device knows. */
static void
test_put_back (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureChange) first = routes_change (fixture, "agency", "name", "하나");
  g_autoptr (DureChange) second = routes_change (fixture, "agency", "name", "둘");
  g_autoptr (DureChange) third = routes_change (fixture, "agency", "name", "셋");
  g_autofree char *text = routes_line (first);
  g_autofree char *second_text = routes_line (second);
  g_autofree char *third_text = routes_line (third);
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

  answer = routes_push (fixture, both, &status);
  g_assert_nonnull (strstr (answer, told));
  all = routes_pull (fixture, right);
  g_assert_nonnull (strstr (all, "둘"));
  g_assert_nonnull (strstr (all, told));
  snapshot = routes_pull (fixture, "/v1/snapshot");
  g_assert_nonnull (strstr (snapshot, told));
  g_assert_nonnull (strstr (all, "\"total\":1,\"role\":\"editor\"}\n"));
  refused = routes_ask (fixture, "GET", wrong, fixture->token, NULL, NULL, -1);
  routes_assert_problem (refused, 409, "ahead");
  refused_beyond = routes_ask (fixture, "GET", beyond, fixture->token, NULL, NULL, -1);
  routes_assert_problem (refused_beyond, 409, "ahead");
  refused_push = routes_ask (fixture, "POST", wrong, fixture->token, DURE_WIRE_TYPE, third_text, -1);
  routes_assert_problem (refused_push, 409, "ahead");
  g_clear_pointer (&all, g_free);
  all = routes_pull (fixture, "/v1/changes?after=0");
  g_assert_null (strstr (all, "셋"));
}

static void
test_author (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureChange) made = routes_change (fixture, "agency", "name", "하나");
  g_autofree char *text = routes_line (made);
  g_autofree char *answer = NULL;
  g_autofree char *all = NULL;
  guint            status;

  answer = routes_push (fixture, text, &status);
  all = routes_pull (fixture, "/v1/changes?after=0");
  g_assert_null (strstr (all, "somebody else"));
  g_assert_nonnull (strstr (all, "\"by\":\"kim\""));
}

static void
test_stamps (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureChange) ahead = routes_change (fixture, "agency", "name", "앞선");
  g_autoptr (DureChange) others = routes_change (fixture, "agency", "name", "남의");
  g_autoptr (DureChange) soon = routes_change (fixture, "agency", "name", "조금");
  g_autofree char *six = g_strdup_printf ("%012" G_GINT64_MODIFIER "x-0000-" DEVICE, dure_now_ms () + 6 * 60 * 1000);
  g_autofree char *four = g_strdup_printf ("%012" G_GINT64_MODIFIER "x-0000-" DEVICE, dure_now_ms () + 4 * 60 * 1000);
  g_autofree char *theirs = g_strdup_printf ("%.18s00000000000000bb", others->stamp);
  g_autofree char *answer = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GString) body = g_string_new (NULL);
  guint status;

  ahead->stamp = six;
  soon->stamp = four;
  others->stamp = theirs;
  dure_wire_append (body, ahead, 0, 0);
  dure_wire_append (body, others, 0, 0);
  dure_wire_append (body, soon, 0, 0);
  answer = routes_push (fixture, body->str, &status);
  g_assert_nonnull (strstr (answer, "\"accepted\":1,"));
  g_assert_nonnull (strstr (answer, "problem:stamp-ahead"));
  g_assert_nonnull (strstr (answer, "problem:wrong-device"));
  all = routes_pull (fixture, "/v1/changes?after=0");
  g_assert_nonnull (strstr (all, "조금"));
  g_assert_null (strstr (all, "앞선"));
  g_assert_null (strstr (all, "남의"));
}

static void
test_unknown_passes (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureChange) entity = routes_change (fixture, "thing_of_tomorrow", "colour", "빨강");
  g_autoptr (DureChange) field = routes_change (fixture, "agency", "field_of_tomorrow", "파랑");
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *answer = NULL;
  g_autofree char *changes = NULL;
  g_autofree char *snapshot = NULL;
  guint            status;

  dure_wire_append (body, entity, 0, 0);
  dure_wire_append (body, field, 0, 0);
  answer = routes_push (fixture, body->str, &status);
  g_assert_nonnull (strstr (answer, "\"accepted\":2,"));
  changes = routes_pull (fixture, "/v1/changes?after=0");
  snapshot = routes_pull (fixture, "/v1/snapshot");
  g_assert_nonnull (strstr (changes, "빨강"));
  g_assert_nonnull (strstr (changes, "파랑"));
  g_assert_nonnull (strstr (snapshot, "빨강"));
  g_assert_nonnull (strstr (snapshot, "파랑"));
  g_assert_true (g_str_has_prefix (snapshot, "{\"start\":1,\"seq\":2,"));
}

static void
test_twice (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureChange) made = routes_change (fixture, "agency", "name", "하나");
  g_autofree char *text = routes_line (made);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint            status;

  first = routes_push (fixture, text, &status);
  second = routes_push (fixture, text, &status);
  g_assert_nonnull (strstr (first, "\"seq\":1,"));
  g_assert_nonnull (strstr (second, "\"accepted\":1,"));
  g_assert_nonnull (strstr (second, "\"seq\":1,"));
}

/* Lines of one push build on each other, also where the storage was asked for all of them before the first was taken. */
static void
test_one_after_another (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureChange) made = routes_change (fixture, "agency", "name", "하나");
  g_autoptr (DureChange) edit = routes_change (fixture, "agency", "name", "둘");
  g_autoptr (DureChange) purge = routes_change (fixture, "agency", "name", NULL);
  g_autoptr (DureChange) late = routes_change (fixture, "agency", "phone", "021234567");
  g_autoptr (DureChange) other = routes_change (fixture, "agency", "name", "셋");
  DureChange *const same[] = { edit, purge, late };
  GString          *lines = g_string_new (NULL);
  g_autofree char  *text = NULL;
  g_autofree char  *answer = NULL;
  g_autofree char  *again = NULL;
  g_autofree char  *changes = NULL;
  g_autofree char  *snapshot = NULL;
  guint             status;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    same[i]->id = made->id;
  dure_change_find (edit, "name")->seen = dure_change_keep (edit, made->stamp);
  dure_change_set_purge (purge, "request");
  dure_wire_append (lines, made, 0, 0);
  dure_wire_append (lines, edit, 0, 0);
  dure_wire_append (lines, made, 0, 0);
  dure_wire_append (lines, purge, 0, 0);
  dure_wire_append (lines, late, 0, 0);
  dure_wire_append (lines, other, 0, 0);
  text = g_string_free (lines, FALSE);
  answer = routes_push (fixture, text, &status);
  g_assert_nonnull (strstr (answer, "\"accepted\":6,\"refused\":[]"));
  g_assert_nonnull (strstr (answer, "\"seq\":5,"));
  changes = routes_pull (fixture, "/v1/changes?after=0");
  snapshot = routes_pull (fixture, "/v1/snapshot");
  g_assert_null (strstr (changes, "하나"));
  g_assert_null (strstr (changes, "둘"));
  g_assert_null (strstr (changes, "021234567"));
  g_assert_null (strstr (snapshot, "하나"));
  g_assert_nonnull (strstr (snapshot, "\"purged\":\"request\""));
  g_assert_nonnull (strstr (snapshot, "셋"));
  again = routes_push (fixture, text, &status);
  g_assert_nonnull (strstr (again, "\"accepted\":6,\"refused\":[]"));
  g_assert_nonnull (strstr (again, "\"seq\":5,"));
}

static void
test_tenants_apart (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureChange) made = routes_change (fixture, "agency", "name", "하나");
  g_autofree char *text = routes_line (made);
  g_autofree char *answer = NULL;
  g_autofree char *other = NULL;
  g_autofree char *wrong = NULL;
  guint            status;

  answer = routes_push (fixture, text, &status);
  wrong = routes_enrol (fixture, "yeongdo", "kim", PASSWORD, "00000000000000cc", &status);
  g_assert_cmpuint (status, ==, 401);
  other = routes_enrol (fixture, "yeongdo", "kim", "another password", "00000000000000cc", &status);
  g_assert_cmpuint (status, ==, 200);
  {
    g_autoptr (DureResponse) response = routes_ask (fixture, "GET", "/v1/changes", other, NULL, NULL, 0);
    g_autoptr (DureResponse) snapshot = routes_ask (fixture, "GET", "/v1/snapshot", other, NULL, NULL, 0);
    g_autofree char *all = dure_response_read (snapshot, NULL);

    g_assert_null (strstr (response->body->str, "하나"));
    g_assert_null (strstr (all, "하나"));
  }
}

static void
test_revoked (Routes *fixture, gconstpointer data)
{
  g_autoptr (DureResponse) response = NULL;
  g_autofree char *again = NULL;
  guint            status;

  /* A device that enrols again gives its old token up. */
  again = routes_enrol (fixture, TENANT, "kim", PASSWORD, DEVICE, &status);
  response = routes_ask (fixture, "GET", "/v1/changes", fixture->token, NULL, NULL, 0);
  routes_assert_problem (response, 401, "token-revoked");
  g_clear_pointer (&response, dure_response_free);
  response = routes_ask (fixture, "GET", "/v1/changes", again, NULL, NULL, 0);
  g_assert_cmpuint (response->status, ==, 200);
}

static void
test_log (Routes *fixture, gconstpointer data)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (fixture->storage);
  g_autoptr (DureChange) made = routes_change (fixture, "agency", "name", "하나");
  g_autofree char *text = routes_line (made);
  g_autofree char *answer = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n = 0;
  guint  status;

  answer = routes_push (fixture, text, &status);
  all = routes_pull (fixture, "/v1/changes?after=0");
  g_assert_true (storage->verify_log (fixture->storage, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 3);
  g_assert_false (routes_tamper (fixture, "UPDATE log SET remote = 'elsewhere' WHERE n = 2"));
  g_assert_false (routes_tamper (fixture, "DELETE FROM log WHERE n = 2"));
  g_assert_true (routes_tamper (fixture, test_uses_postgres () ? "DROP TRIGGER log_stays ON log" : "DROP TRIGGER log_stays"));
  g_assert_true (routes_tamper (fixture, "UPDATE log SET remote = 'elsewhere' WHERE n = 2"));
  g_assert_false (storage->verify_log (fixture->storage, &n, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DAMAGED);
}

static void
test_passwords (Routes *fixture, gconstpointer data)
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
      content = routes_look (fixture, "SELECT a::text, d::text FROM account a LEFT JOIN device d USING (tenant, login)");
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
    void (*test) (Routes *, gconstpointer);
  } tests[] = {
    { "/server/routes/health", test_health },       { "/server/routes/wrong-requests", test_wrong_requests },
    { "/server/routes/garbage", test_garbage },     { "/server/routes/put-back", test_put_back },
    { "/server/routes/author", test_author },
    { "/server/routes/stamps", test_stamps },       { "/server/routes/unknown-passes", test_unknown_passes },
    { "/server/routes/one-after-another", test_one_after_another },
    { "/server/routes/twice", test_twice },         { "/server/routes/tenants-apart", test_tenants_apart },
    { "/server/routes/revoked", test_revoked },     { "/server/routes/log", test_log },
    { "/server/routes/passwords", test_passwords }, { "/server/routes/guessing", test_guessing },
    { "/server/routes/spraying", test_spraying },   { "/server/routes/stamp-taken", test_stamp_taken },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Routes, NULL, routes_set_up, tests[i].test, routes_tear_down);
  return g_test_run ();
}
