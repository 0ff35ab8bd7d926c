/* test-identity.c: a device's token from round to round, copies of its store, and the way by a proxy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "proxy-fixture.h"
#include "server-fixture.h"
#include "sync/dure-client.h"
#include "sync/dure-live.h"
#include "sync/dure-proxy.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

typedef struct
{
  TestServer *server;
  Device     *a;
  Device     *b;
} Pair;

static void
set_up (Pair *pair, gconstpointer data)
{
  pair->server = test_server_new ();
  pair->a = device_new ();
  pair->b = device_new ();
  device_enrol (pair->a, pair->server->uri, "kim");
  device_enrol (pair->b, pair->server->uri, "lee");
}

static void
tear_down (Pair *pair, gconstpointer data)
{
  device_free (pair->a);
  device_free (pair->b);
  test_server_free (pair->server);
}

static void
meet (Device *a, Device *b)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  device_round (a);
  device_round (b);
  device_round (a);
  one = device_dump (a);
  two = device_dump (b);
  g_assert_cmpstr (one, ==, two);
}

/* What the file keeps: time, token, and the one before while the new one was not used. */
static char **
read_token (Device *device)
{
  g_autofree char *text = dure_store_get_meta (device->store, "sync.token");

  g_assert_nonnull (text);
  return g_strsplit (text, " ", -1);
}

static void
write_token (Device *device, const char *text)
{
  g_assert_true (dure_store_set_meta (device->store, "sync.token", text, NULL));
}

static void
assert_denied (Device *device, const char *problem)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (device_try (device, &result, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
  g_assert_cmpstr (result.problem, ==, problem);
}

/* A copy of a store as a file manager makes it; @elsewhere: on another computer. */
static Device *
copy_device (Device *device, gboolean elsewhere)
{
  Device *copy = device_new ();
  g_autoptr (GError) error = NULL;

  g_clear_object (&copy->store);
  g_unlink (copy->path);
  dure_store_backup (device->store, copy->path, &error);
  g_assert_no_error (error);
  copy->store = dure_store_open (copy->path, 0, &error);
  g_assert_no_error (error);
  if (elsewhere)
    g_assert_true (dure_store_set_meta (copy->store, "sync.machine", "another computer", NULL));
  return copy;
}

/* After a week the token is another, and the old one is dead once that was used. */
static void
test_rotation (Pair *pair, gconstpointer data)
{
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) second = NULL;
  g_auto (GStrv) third = NULL;
  g_autofree char *id = device_add_agency (pair->a, "하나복지관");

  device_round (pair->a);
  first = read_token (pair->a);
  g_assert_cmpuint (g_strv_length (first), ==, 2);
  dure_server_set_offset (pair->server->server, 6 * DAY_MS);
  device_round (pair->a);
  second = read_token (pair->a);
  g_assert_cmpstr (second[1], ==, first[1]);
  g_clear_pointer (&second, g_strfreev);
  dure_server_set_offset (pair->server->server, 8 * DAY_MS);
  device_round (pair->a);
  second = read_token (pair->a);
  g_assert_cmpuint (g_strv_length (second), ==, 3);
  g_assert_cmpstr (second[1], !=, first[1]);
  g_assert_cmpstr (second[2], ==, first[1]);
  device_round (pair->a);
  third = read_token (pair->a);
  g_assert_cmpuint (g_strv_length (third), ==, 2);
  g_assert_cmpstr (third[1], ==, second[1]);
  write_token (pair->a, first[1]);
  assert_denied (pair->a, "device-copied");
}

/* The machine goes down between any two steps of a rotation: the next round goes on all the same. */
static void
test_rotation_broken_off (Pair *pair, gconstpointer data)
{
  g_auto (GStrv) first = read_token (pair->a);
  g_auto (GStrv) kept = NULL;
  g_auto (GStrv) followed = NULL;
  g_autofree char *before = NULL;
  g_autofree char *unknown = NULL;

  device_round (pair->a);
  dure_server_set_offset (pair->server->server, 8 * DAY_MS);
  /* The server gave a token, and the answer was lost. */
  {
    DureClient *client = dure_client_new (pair->server->uri, first[1], NULL, NULL);
    g_autoptr (GString) body = g_string_new (NULL);
    g_autoptr (GBytes) lost = dure_client_post (client, "/v1/token", "application/json", body, NULL, NULL);

    g_assert_nonnull (lost);
    dure_client_free (client);
  }
  device_round (pair->a);
  kept = read_token (pair->a);
  g_assert_cmpuint (g_strv_length (kept), ==, 3);
  /* It was kept and never used, and the program was closed. */
  before = dure_store_get_meta (pair->a->store, "sync.token");
  g_clear_object (&pair->a->store);
  pair->a->store = dure_store_open (pair->a->path, 0, NULL);
  device_round (pair->a);
  /* It was used, and that was not noted. */
  write_token (pair->a, before);
  device_round (pair->a);
  followed = read_token (pair->a);
  g_assert_cmpstr (followed[1], ==, kept[1]);
  g_assert_cmpuint (g_strv_length (followed), ==, 2);
  /* The server was put back to a state in which it had not given it. */
  unknown = g_strdup_printf ("%s 0123456789abcdef %s", followed[0], followed[1]);
  write_token (pair->a, unknown);
  device_round (pair->a);
  device_round (pair->a);
  device_round (pair->a);
}

/* Two programs on one file, as the desktop and durectl: one of them comes with a token that the other has followed. */
static void
test_two_programs (Pair *pair, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Device other = *pair->a;

  device_round (pair->a);
  other.store = dure_store_open (pair->a->path, 0, &error);
  g_assert_no_error (error);
  dure_server_set_offset (pair->server->server, 8 * DAY_MS);
  for (guint i = 0; i < 3; i++)
    {
      device_round (i % 2 == 0 ? pair->a : &other);
      device_round (i % 2 == 0 ? &other : pair->a);
    }
  g_object_unref (other.store);
}

static void
test_expired (Pair *pair, gconstpointer data)
{
  g_autofree char *id = device_add_agency (pair->a, "하나복지관");
  g_autofree char *number = g_strdup (dure_store_get_device (pair->a->store));

  dure_server_set_offset (pair->server->server, 91 * DAY_MS);
  assert_denied (pair->a, "token-expired");
  g_assert_cmpint (dure_store_count_unsent (pair->a->store), >, 0);
  g_assert_false (dure_sync_is_copied (pair->a->store));
  device_enrol (pair->a, pair->server->uri, "kim");
  device_enrol (pair->b, pair->server->uri, "lee");
  g_assert_cmpstr (dure_store_get_device (pair->a->store), ==, number);
  meet (pair->a, pair->b);
  device_assert (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NAME, "하나복지관");
}

/* One store on two computers, in either order: the copy stays away until it is enrolled, and is another device then.
 * What both had waiting is there once. */
static void
copy_and_meet (Pair *pair, gboolean copy_first)
{
  g_autofree char *sent = device_add_agency (pair->a, "보낸 기관");
  g_autofree char *waiting = NULL;
  g_autofree char *own = NULL;
  g_autofree char *number = g_strdup (dure_store_get_device (pair->a->store));
  Device          *copy;
  g_auto (DureSyncResult) result = { 0 };

  device_round (pair->a);
  waiting = device_add_agency (pair->a, "기다리는 기관");
  device_set (pair->a, DURE_ENTITY_AGENCY, sent, DURE_AGENCY_HEAD, "김두레");
  copy = copy_device (pair->a, TRUE);
  own = device_add_agency (copy, "복사본의 기관");
  assert_denied (copy, "device-copied");
  g_assert_true (dure_sync_is_copied (copy->store));
  device_round (pair->b);
  g_assert_null (dure_store_get (pair->b->store, DURE_ENTITY_AGENCY, own, NULL));
  if (!copy_first)
    device_round (pair->a);
  device_enrol (copy, pair->server->uri, "kim");
  g_assert_cmpstr (dure_store_get_device (copy->store), !=, number);
  g_assert_false (dure_sync_is_copied (copy->store));
  device_round (copy);
  /* The original still has the token and the number that it had. */
  device_set (pair->a, DURE_ENTITY_AGENCY, sent, DURE_AGENCY_HEAD, "이두레");
  g_assert_cmpstr (dure_store_get_device (pair->a->store), ==, number);
  device_round (pair->a);
  meet (copy, pair->a);
  meet (pair->b, copy);
  g_assert_cmpuint (device_conflicts (pair->b, NULL), ==, 0);
  device_assert (pair->b, DURE_ENTITY_AGENCY, sent, DURE_AGENCY_HEAD, "이두레");
  device_assert (pair->b, DURE_ENTITY_AGENCY, waiting, DURE_AGENCY_NAME, "기다리는 기관");
  device_assert (pair->a, DURE_ENTITY_AGENCY, own, DURE_AGENCY_NAME, "복사본의 기관");
  g_assert_cmpint (dure_store_count_unsent (copy->store), ==, 0);
  device_free (copy);
}

static void
test_copy_after (Pair *pair, gconstpointer data)
{
  copy_and_meet (pair, FALSE);
}

static void
test_copy_first (Pair *pair, gconstpointer data)
{
  copy_and_meet (pair, TRUE);
}

/* A wrong password leaves the copy as it was, and a store that is open elsewhere follows with its next write. */
static void
test_copy_refused (Pair *pair, gconstpointer data)
{
  Device         *copy = copy_device (pair->a, TRUE);
  const DureEnrol wrong = { pair->server->uri, TENANT, "kim", "wrong password", "PC" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *number = g_strdup (dure_store_get_device (copy->store));
  Device           second = *copy;
  g_autofree char *id = NULL;

  second.store = dure_store_open (copy->path, 0, &error);
  g_assert_no_error (error);
  g_assert_false (dure_sync_enrol (copy->store, &wrong, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
  g_assert_cmpstr (dure_store_get_device (copy->store), ==, number);
  assert_denied (copy, "device-copied");
  device_enrol (copy, pair->server->uri, "kim");
  id = device_add_agency (&second, "다른 창의 기관");
  g_assert_cmpstr (dure_store_get_device (second.store), ==, dure_store_get_device (copy->store));
  device_round (copy);
  meet (copy, pair->a);
  device_assert (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NAME, "다른 창의 기관");
  g_object_unref (second.store);
  device_free (copy);
}

/* A server that is new to a copy gets all of it, also what was sent to another under the number that it had. */
static void
test_copy_elsewhere (Pair *pair, gconstpointer data)
{
  TestServer      *other = test_server_new ();
  Device          *copy, *third = device_new ();
  g_autofree char *sent = device_add_agency (pair->a, "보낸 기관");

  device_set (pair->a, DURE_ENTITY_AGENCY, sent, DURE_AGENCY_HEAD, "김두레");
  device_round (pair->a);
  copy = copy_device (pair->a, TRUE);
  device_enrol (copy, other->uri, "kim");
  device_enrol (third, other->uri, "lee");
  meet (copy, third);
  device_assert (third, DURE_ENTITY_AGENCY, sent, DURE_AGENCY_HEAD, "김두레");
  g_assert_cmpuint (device_conflicts (third, NULL), ==, 0);
  device_free (copy);
  device_free (third);
  test_server_free (other);
}

/* Put back from its own older copy, with the token of then: the server cannot tell it from a copy. It is enrolled again,
 * and has all that it had sent since, and sends what waited. */
static void
test_put_back (Pair *pair, gconstpointer data)
{
  g_autofree char *before = device_add_agency (pair->a, "이전 기관");
  g_autofree char *waiting = NULL;
  g_autofree char *since = NULL;
  Device          *backup;

  device_round (pair->a);
  waiting = device_add_agency (pair->a, "기다리던 기관");
  backup = copy_device (pair->a, FALSE);
  since = device_add_agency (pair->a, "이후 기관");
  dure_server_set_offset (pair->server->server, 8 * DAY_MS);
  device_round (pair->a);
  device_round (pair->a);
  assert_denied (backup, "device-copied");
  g_assert_true (dure_sync_is_copied (backup->store));
  device_enrol (backup, pair->server->uri, "kim");
  meet (backup, pair->b);
  device_assert (backup, DURE_ENTITY_AGENCY, since, DURE_AGENCY_NAME, "이후 기관");
  device_assert (pair->b, DURE_ENTITY_AGENCY, waiting, DURE_AGENCY_NAME, "기다리던 기관");
  g_assert_cmpuint (device_conflicts (pair->b, NULL), ==, 0);
  device_free (backup);
}

static void
moved_cb (DureLive *live, gint64 seq, gpointer data)
{
  *(gint64 *)data = seq;
}

static void
assert_unreachable (Device *device, const char *word)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (device_try (device, &result, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_UNREACHABLE);
  g_assert_cmpstr (result.problem, ==, "proxy");
  g_assert_nonnull (strstr (error->message, word));
  g_assert_null (strstr (error->message, "secret-word"));
}

/* Requests and the live channel go by the proxy that the store names; without its password nothing does. */
static void
test_proxy (Pair *pair, gconstpointer data)
{
  TestProxy        proxy = { 0 };
  Device          *device = device_new ();
  g_autofree char *address = NULL;
  g_autofree char *with_password = NULL;
  g_autofree char *id = NULL;
  g_auto (GStrv) token = NULL;
  g_autoptr (DureLive) live = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seq = 0;
  int    before;

  test_proxy_start (&proxy);
  address = g_strdup_printf ("127.0.0.1:%u", proxy.port);
  with_password = g_strdup_printf ("http://kim:secret-word@127.0.0.1:%u", proxy.port);
  {
    const DureEnrol enrol = { pair->server->uri, TENANT, "kim", PASSWORD, "PC", NULL, address };

    dure_sync_enrol (device->store, &enrol, NULL, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpint (g_atomic_int_get (&proxy.n_through), ==, 1);
  device_round (device);
  before = g_atomic_int_get (&proxy.n_through);
  g_assert_cmpint (before, >, 1);
  token = read_token (device);
  {
    g_autofree char *way = dure_store_get_meta (device->store, "sync.proxy");

    live = dure_live_new (pair->server->uri, token[1], NULL, way);
  }
  g_signal_connect (live, "moved", G_CALLBACK (moved_cb), &seq);
  for (guint i = 0; i < 100 && g_atomic_int_get (&proxy.n_through) == before; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_cmpint (g_atomic_int_get (&proxy.n_through), ==, before + 1);
  id = device_add_agency (pair->b, "하나복지관");
  for (guint i = 0; i < 300 && seq == 0; i++)
    {
      if (i == 30)
        device_round (pair->b);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_cmpint (seq, >, 0);
  dure_live_stop (live);

  /* It wants a password; then it gets one. */
  proxy.wants = "Proxy-Authorization: Basic a2ltOnNlY3JldC13b3Jk";
  assert_unreachable (device, "password");
  g_assert_true (dure_sync_set_proxy (device->store, with_password, &error));
  device_round (device);
  test_proxy_stop (&proxy);
  assert_unreachable (device, "by the proxy");
  /* Past it. */
  g_assert_true (dure_sync_set_proxy (device->store, "none", &error));
  device_round (device);
  g_assert_true (dure_sync_set_proxy (device->store, "system", &error));
  device_round (device);
  device_free (device);
}

static void
test_proxy_addresses (Pair *pair, gconstpointer data)
{
  static const char *const wrong[] = { "no proxy", "ftp://proxy:8080", "http://", "http://proxy:8080/path",
                                       "http://kim:secret-word@[x", "proxy:port", "http://proxy?x=1" };
  static const struct
  {
    const char *typed, *is;
  } right[] = { { "", NULL },
                { NULL, NULL },
                { "system", NULL },
                { " none ", "none" },
                { "proxy.city:8080", "http://proxy.city:8080" },
                { "socks5://10.0.0.1:1080", "socks5://10.0.0.1:1080" } };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *proxy = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (dure_proxy_check (wrong[i], &proxy, &error));
      g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
      g_assert_null (strstr (error->message, "secret-word"));
      g_assert_false (dure_sync_set_proxy (pair->a->store, wrong[i], NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char *proxy = NULL;

      g_assert_true (dure_proxy_check (right[i].typed, &proxy, NULL));
      g_assert_cmpstr (proxy, ==, right[i].is);
    }
  device_round (pair->a);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Pair *, gconstpointer);
  } tests[] = {
    { "/identity/rotation", test_rotation },
    { "/identity/rotation-broken-off", test_rotation_broken_off },
    { "/identity/two-programs", test_two_programs },
    { "/identity/expired", test_expired },
    { "/identity/copy-after", test_copy_after },
    { "/identity/copy-first", test_copy_first },
    { "/identity/copy-refused", test_copy_refused },
    { "/identity/copy-elsewhere", test_copy_elsewhere },
    { "/identity/put-back", test_put_back },
    { "/identity/proxy", test_proxy },
    { "/identity/proxy-addresses", test_proxy_addresses },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Pair, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
