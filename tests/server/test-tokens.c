/* test-tokens.c: tokens that run out, follow each other, or are used on two computers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "routes-fixture.h"
#include "sync/dure-wire.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

static guint
use (Routes *fixture, const char *token, const char *problem)
{
  g_autoptr (DureResponse) response = routes_ask (fixture, "GET", "/v1/changes", token, NULL, NULL, 0);

  if (problem != NULL)
    routes_assert_problem (response, 401, problem);
  return response->status;
}

static char *
rotate (Routes *fixture, const char *token)
{
  g_autoptr (DureResponse) response = routes_ask (fixture, "POST", "/v1/token", token, NULL, NULL, 0);
  const char *at = strstr (response->body->str, "\"token\":\"");

  g_assert_cmpuint (response->status, ==, 200);
  g_assert_nonnull (at);
  return g_strndup (at + strlen ("\"token\":\""), 64);
}

/* The old one is good until the new one was used; then whoever comes with it is a copy. */
static void
test_rotation (Routes *fixture, gconstpointer data)
{
  g_autofree char *next = rotate (fixture, fixture->token);
  g_autoptr (DureResponse) response = NULL;

  g_assert_cmpstr (next, !=, fixture->token);
  g_assert_cmpuint (use (fixture, fixture->token, NULL), ==, 200);
  g_assert_cmpuint (use (fixture, next, NULL), ==, 200);
  g_assert_false (routes_is_logged (fixture, "device-copied"));
  use (fixture, fixture->token, "device-copied");
  g_assert_true (routes_is_logged (fixture, "device-copied"));
  response = routes_ask (fixture, "POST", "/v1/token", fixture->token, NULL, NULL, 0);
  routes_assert_problem (response, 401, "device-copied");
  g_assert_cmpuint (use (fixture, next, NULL), ==, 200);
}

/* The answer with the new token was lost: it is asked for again, and the lost one is worth nothing. */
static void
test_lost_answer (Routes *fixture, gconstpointer data)
{
  g_autofree char *lost = rotate (fixture, fixture->token);
  g_autofree char *next = rotate (fixture, fixture->token);

  use (fixture, lost, "token-revoked");
  g_assert_cmpuint (use (fixture, fixture->token, NULL), ==, 200);
  g_assert_cmpuint (use (fixture, next, NULL), ==, 200);
  use (fixture, lost, "token-revoked");
  use (fixture, fixture->token, "device-copied");
}

/* What a copy tries is in the log once an hour, not once a try, and changes nothing. */
static void
test_copied (Routes *fixture, gconstpointer data)
{
  g_autofree char *next = rotate (fixture, fixture->token);
  g_autofree char *counted = NULL;
  g_autofree char *later = NULL;
  g_autoptr (DureChange) made = routes_change (fixture, "agency", "name", "하나");
  g_autofree char *line = routes_line (made);
  gint64           seq, epoch;

  g_assert_cmpuint (use (fixture, next, NULL), ==, 200);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (DureResponse) response
          = routes_ask (fixture, "POST", "/v1/changes", fixture->token, DURE_WIRE_TYPE, line, -1);

      routes_assert_problem (response, 401, "device-copied");
    }
  counted = routes_look (fixture, "SELECT count (*) FROM log WHERE what = 'device-copied'");
  g_assert_cmpstr (counted, ==, "1\n");
  dure_server_set_offset (fixture->server, 2 * 3600 * 1000);
  use (fixture, fixture->token, "device-copied");
  later = routes_look (fixture, "SELECT count (*) FROM log WHERE what = 'device-copied'");
  g_assert_cmpstr (later, ==, "2\n");
  g_assert_true (DURE_STORAGE_GET_CLASS (fixture->storage)->last_seq (fixture->storage, TENANT, &seq, &epoch, NULL));
  g_assert_cmpint (seq, ==, 0);
}

static void
test_expiry (Routes *fixture, gconstpointer data)
{
  g_autofree char *next = NULL;
  g_autofree char *again = NULL;
  guint            status;

  dure_server_set_offset (fixture->server, 89 * DAY_MS);
  g_assert_cmpuint (use (fixture, fixture->token, NULL), ==, 200);
  next = rotate (fixture, fixture->token);
  dure_server_set_offset (fixture->server, 91 * DAY_MS);
  use (fixture, fixture->token, "token-expired");
  g_assert_cmpuint (use (fixture, next, NULL), ==, 200);
  dure_server_set_token_days (fixture->server, 1);
  use (fixture, next, "token-expired");
  again = routes_enrol (fixture, TENANT, "kim", PASSWORD, DEVICE, &status);
  g_assert_cmpuint (use (fixture, again, NULL), ==, 200);
  /* What was taken away is not merely old. */
  use (fixture, next, "token-revoked");
}

static void
test_locked (Routes *fixture, gconstpointer data)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (fixture->storage);
  g_autoptr (DureAccount) account = storage->get_account (fixture->storage, TENANT, "kim", NULL);
  g_autoptr (DureResponse) response = NULL;

  account->locked = TRUE;
  g_assert_true (storage->put_account (fixture->storage, account, NULL));
  response = routes_ask (fixture, "GET", "/v1/changes", fixture->token, NULL, NULL, 0);
  routes_assert_problem (response, 403, "locked");
  account->locked = FALSE;
  g_assert_true (storage->put_account (fixture->storage, account, NULL));
  g_assert_cmpuint (use (fixture, fixture->token, NULL), ==, 200);
}

/* A device is listed once while it has two tokens, with the day on which it came. */
static void
test_list (Routes *fixture, gconstpointer data)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (fixture->storage);
  g_autoptr (GPtrArray) new = storage->list_enrolments (fixture->storage, TENANT, NULL);
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) followed = NULL;
  g_autofree char *next = NULL;
  const DureEnrolment *first, *last;
  guint                n = 0;

  g_assert_cmpuint (new->len, ==, 1);
  first = g_ptr_array_index (new, 0);
  g_assert_cmpint (first->used, ==, 0);
  dure_server_set_offset (fixture->server, 8 * DAY_MS);
  next = rotate (fixture, fixture->token);
  both = storage->list_enrolments (fixture->storage, TENANT, NULL);
  g_assert_cmpuint (both->len, ==, 1);
  g_assert_cmpint (((DureEnrolment *)g_ptr_array_index (both, 0))->used, >, 0);
  g_assert_cmpuint (use (fixture, next, NULL), ==, 200);
  followed = storage->list_enrolments (fixture->storage, TENANT, NULL);
  g_assert_cmpuint (followed->len, ==, 1);
  last = g_ptr_array_index (followed, 0);
  g_assert_cmpint (last->enrolled, ==, first->created);
  g_assert_cmpint (last->created, >=, first->created + 8 * DAY_MS);
  g_assert_cmpint (dure_server_token_end (fixture->server, last), ==, last->created + 90 * DAY_MS);
  g_assert_true (storage->revoke (fixture->storage, TENANT, DEVICE, &n, NULL));
  g_assert_cmpuint (n, ==, 1);
  use (fixture, next, "token-revoked");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Routes *, gconstpointer);
  } tests[] = {
    { "/server/tokens/rotation", test_rotation }, { "/server/tokens/lost-answer", test_lost_answer },
    { "/server/tokens/copied", test_copied },     { "/server/tokens/expiry", test_expiry },
    { "/server/tokens/locked", test_locked },     { "/server/tokens/list", test_list },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Routes, NULL, routes_set_up, tests[i].test, routes_tear_down);
  return g_test_run ();
}
