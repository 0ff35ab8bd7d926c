/* routes-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "routes-fixture.h"

#include <sqlite3.h>
#include <string.h>

#include "base/dure-uuid.h"
#include "server/dure-password.h"
#include "server/dure-postgres.h"
#include "sync/dure-wire.h"

DureResponse *
routes_ask (Routes    *fixture,
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

char *
routes_enrol (Routes *fixture, const char *tenant, const char *user, const char *password, const char *device, guint *status)
{
  g_autofree char *body
      = g_strdup_printf ("{\"tenant\":\"%s\",\"user\":\"%s\",\"password\":\"%s\",\"device\":\"%s\",\"name\":\"PC\"}",
                         tenant, user, password, device);
  g_autoptr (DureResponse) response = routes_ask (fixture, "POST", "/v1/enrol", NULL, "application/json", body, -1);
  const char *token = strstr (response->body->str, "\"token\":\"");

  *status = response->status;
  return token != NULL ? g_strndup (token + 9, 64) : NULL;
}

void
routes_set_up (Routes *fixture, gconstpointer data)
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
  fixture->token = routes_enrol (fixture, TENANT, "kim", PASSWORD, DEVICE, &status);
  g_assert_cmpuint (status, ==, 200);
  fixture->clock = dure_clock_new (DEVICE);
}

void
routes_tear_down (Routes *fixture, gconstpointer data)
{
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->storage);
  dure_clock_free (fixture->clock);
  g_free (fixture->token);
  remove_directory (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->where);
}

void
routes_assert_problem (DureResponse *response, guint status, const char *problem)
{
  g_autofree char *type = g_strdup_printf ("\"type\":\"urn:dure:problem:%s\"", problem);

  g_assert_cmpuint (response->status, ==, status);
  g_assert_cmpstr (response->type, ==, "application/problem+json");
  if (strstr (response->body->str, type) == NULL)
    g_error ("not %s: %s", problem, response->body->str);
  g_assert_nonnull (strstr (response->body->str, "\"detail\":\""));
}

DureChange *
routes_change (Routes *fixture, const char *entity, const char *key, const char *value)
{
  char        stamp[DURE_STAMP_LENGTH + 1], id[DURE_UUID_LENGTH + 1];
  DureChange *made;

  dure_clock_next (fixture->clock, stamp);
  dure_uuid_v7 (id);
  made = dure_change_new (stamp, entity, id, "somebody else");
  dure_change_add (made, key, value, NULL);
  return made;
}

char *
routes_line (DureChange *made)
{
  GString *text = g_string_new (NULL);

  dure_wire_append (text, made, 0, 0);
  return g_string_free (text, FALSE);
}

char *
routes_push (Routes *fixture, const char *lines, guint *status)
{
  g_autoptr (DureResponse) response = routes_ask (fixture, "POST", "/v1/changes", fixture->token, DURE_WIRE_TYPE, lines, -1);

  *status = response->status;
  return g_strdup (response->body->str);
}

char *
routes_pull (Routes *fixture, const char *path)
{
  g_autoptr (DureResponse) response = routes_ask (fixture, "GET", path, fixture->token, NULL, NULL, 0);

  g_assert_cmpuint (response->status, ==, 200);
  return dure_response_read (response, NULL);
}

/* What somebody does who has the storage in his hands. Returns whether it went well. */
gboolean
routes_tamper (Routes *fixture, const char *sql)
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
char *
routes_look (Routes *fixture, const char *sql)
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

gboolean
routes_is_logged (Routes *fixture, const char *what)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM log WHERE what = '%s'", what);
  g_autofree char *found = routes_look (fixture, sql);

  return *found != '\0';
}

