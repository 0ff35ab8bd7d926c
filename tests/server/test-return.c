/* test-return.c: a server that was put back to an older state gets back what devices hold, also of others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "routes-fixture.h"
#include "server-fixture.h"
#include "server/dure-tenant-file.h"
#include "store/dure-store-private.h"
#include "sync/dure-wire.h"

#define DEVICES 3

typedef struct
{
  TestServer *server;
  Device     *devices[DEVICES];
  char       *id; /* an agency that everybody has */
  GBytes     *copy;
} Town;

static void
meet (Town *town, guint n)
{
  g_autofree char *first = NULL;

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < n; i++)
      device_round (town->devices[i]);
  first = device_dump (town->devices[0]);
  for (guint i = 1; i < n; i++)
    {
      g_autofree char *other = device_dump (town->devices[i]);

      g_assert_cmpstr (first, ==, other);
    }
}

/* Keeps all that the server has. */
static void
keep_copy (Town *town)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  test_server_stop (town->server);
  storage = dure_storage_open (town->server->storage, &error);
  g_assert_no_error (error);
  dure_tenant_file_write (storage, TENANT, stream, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  town->copy = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  test_server_start (town->server, 0);
}

static void
move_to (Town *town)
{
  for (guint i = 0; i < DEVICES; i++)
    dure_store_set_meta (town->devices[i]->store, "sync.url", town->server->uri, NULL);
}

static void
put_back (Town *town)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (town->copy);

  test_server_stop (town->server);
  storage = dure_storage_open (town->server->storage, &error);
  g_assert_no_error (error);
  DURE_STORAGE_GET_CLASS (storage)->remove_tenant (storage, TENANT, &error);
  g_assert_no_error (error);
  dure_tenant_file_load (storage, TENANT, stream, &error);
  g_assert_no_error (error);
  test_server_start (town->server, 0);
  move_to (town);
}

static void
set_up (Town *town, gconstpointer data)
{
  static const char *const users[DEVICES] = { "kim", "lee", "kim" };

  town->server = test_server_new ();
  for (guint i = 0; i < DEVICES; i++)
    {
      town->devices[i] = device_new ();
      device_enrol (town->devices[i], town->server->uri, users[i]);
    }
  town->id = device_add_agency (town->devices[0], "하나복지관");
  meet (town, DEVICES);
  keep_copy (town);
  move_to (town);
}

static void
tear_down (Town *town, gconstpointer data)
{
  for (guint i = 0; i < DEVICES; i++)
    device_free (town->devices[i]);
  test_server_free (town->server);
  g_bytes_unref (town->copy);
  g_free (town->id);
}

static guint
count_conflicts (Device *device)
{
  return (guint)dure_store_scalar (device->store, "SELECT count(*) FROM conflict WHERE _deleted = 0", 0);
}

/* What a computer wrote that is gone, and the conflict that the server had found, stand on the others alone. */
static void
test_others (Town *town, gconstpointer data)
{
  g_autofree char *lost = device_add_agency (town->devices[2], "두리복지관");
  g_autofree char *all = NULL;
  g_autofree char *again = NULL;
  Device *late;

  device_set (town->devices[2], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "이두레");
  device_set (town->devices[0], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "김두레");
  meet (town, DEVICES);
  g_assert_cmpuint (count_conflicts (town->devices[1]), ==, 1);
  all = device_dump (town->devices[0]);
  put_back (town);
  /* The third is gone. */
  meet (town, 2);
  again = device_dump (town->devices[0]);
  g_assert_cmpstr (all, ==, again);
  late = device_new ();
  device_enrol (late, town->server->uri, "lee");
  device_round (late);
  device_assert (late, DURE_ENTITY_AGENCY, lost, DURE_AGENCY_NAME, "두리복지관");
  g_clear_pointer (&again, g_free);
  again = device_dump (late);
  g_assert_cmpstr (all, ==, again);
  device_free (late);
}

/* A conflict that was decided is not open again, whoever comes first. */
static void
test_decided (Town *town, gconstpointer data)
{
  g_autoptr (GPtrArray) conflicts = NULL;

  device_set (town->devices[0], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "김두레");
  device_set (town->devices[1], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "이두레");
  device_round (town->devices[0]);
  device_round (town->devices[1]);
  g_assert_cmpuint (device_conflicts (town->devices[1], &conflicts), ==, 1);
  device_set (town->devices[1], DURE_ENTITY_CONFLICT, dure_record_get_id (conflicts->pdata[0]), DURE_CONFLICT_STATE,
              "kept");
  device_round (town->devices[1]);
  put_back (town);
  /* The first knows neither the other value nor the conflict. */
  meet (town, DEVICES);
  for (guint i = 0; i < DEVICES; i++)
    {
      g_assert_cmpuint (count_conflicts (town->devices[i]), ==, 1);
      g_assert_cmpuint (device_conflicts (town->devices[i], NULL), ==, 0);
    }
}

/* The conflict that nobody had taken yet is found again. */
static void
test_found_again (Town *town, gconstpointer data)
{
  device_set (town->devices[0], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "김두레");
  device_round (town->devices[0]);
  put_back (town);
  device_set (town->devices[1], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "이두레");
  device_round (town->devices[1]);
  meet (town, DEVICES);
  g_assert_cmpuint (device_conflicts (town->devices[2], NULL), ==, 1);
}

/* Who has to take everything anew for another reason notices it too, also when the server's numbers have grown again. */
static void
test_due (Town *town, gconstpointer data)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  device_set (town->devices[1], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "이두레");
  device_round (town->devices[1]);
  dure_store_set_meta (town->devices[1]->store, "sync.start", "0 0", NULL);
  put_back (town);
  one = device_add_agency (town->devices[0], "두리복지관");
  two = device_add_agency (town->devices[0], "세움복지관");
  device_round (town->devices[0]);
  device_round (town->devices[1]);
  meet (town, DEVICES);
  device_assert (town->devices[2], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "이두레");
}

/* All changes that the server has are gone but for their stamps, and one record with them. */
static void
fold_all (Town *town, const char *ended)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;
  g_autofree char  *lines = NULL;
  DureStorageClass *klass;
  gint64            seq, epoch, number;

  test_server_stop (town->server);
  storage = dure_storage_open (town->server->storage, &error);
  g_assert_no_error (error);
  klass = DURE_STORAGE_GET_CLASS (storage);
  klass->begin (storage, TENANT, &error);
  g_assert_no_error (error);
  klass->last_seq (storage, TENANT, &seq, &epoch, &error);
  klass->fold (storage, TENANT, seq - 1, TRUE, &error);
  g_assert_no_error (error);
  if (ended != NULL && klass->get_record (storage, TENANT, "agency", ended, &number, &lines, &error))
    klass->remove_record (storage, TENANT, number, &error);
  g_assert_no_error (error);
  klass->commit (storage, TENANT, &error);
  g_assert_no_error (error);
  test_server_start (town->server, 0);
  move_to (town);
}

/* Of what was folded nobody can tell any more what its author knew: a value that comes back then is not lost. */
static void
test_folded (Town *town, gconstpointer data)
{
  g_autofree char *other = NULL;

  device_set (town->devices[0], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "김두레");
  device_round (town->devices[0]);
  put_back (town);
  g_usleep (5000);
  device_set (town->devices[1], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "이두레");
  device_set (town->devices[1], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "박두레");
  other = device_add_agency (town->devices[1], "두리복지관");
  device_round (town->devices[1]);
  fold_all (town, NULL);
  meet (town, DEVICES);
  device_assert (town->devices[0], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "박두레");
  g_assert_cmpuint (device_conflicts (town->devices[2], NULL), ==, 1);
}

/* What was deleted after the server was put back, and has ended with age, goes from who comes only then. */
static void
test_ended (Town *town, gconstpointer data)
{
  g_autofree char *other = NULL;
  g_autoptr (DureRecord) record = NULL;

  device_set (town->devices[0], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "김두레");
  meet (town, DEVICES);
  put_back (town);
  device_round (town->devices[0]);
  g_assert_true (dure_store_delete (town->devices[0]->store, DURE_ENTITY_AGENCY, town->id, NULL));
  device_round (town->devices[0]);
  other = device_add_agency (town->devices[0], "두리복지관");
  device_round (town->devices[0]);
  fold_all (town, town->id);
  device_round (town->devices[2]);
  device_assert (town->devices[2], DURE_ENTITY_AGENCY, other, DURE_AGENCY_NAME, "두리복지관");
  record = dure_store_get (town->devices[2]->store, DURE_ENTITY_AGENCY, town->id, NULL);
  g_assert_true (record == NULL || dure_record_get_deleted (record));
}

/* What waits was written in knowledge of what comes back with it: a deletion stays one. */
static void
test_deletes (Town *town, gconstpointer data)
{
  g_autoptr (DureRecord) record = NULL;

  device_set (town->devices[1], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "이두레");
  meet (town, DEVICES);
  g_assert_true (dure_store_delete (town->devices[0]->store, DURE_ENTITY_AGENCY, town->id, NULL));
  put_back (town);
  device_round (town->devices[1]);
  meet (town, DEVICES);
  record = dure_store_get (town->devices[2]->store, DURE_ENTITY_AGENCY, town->id, NULL);
  g_assert_true (dure_record_get_deleted (record));
  g_assert_cmpuint (count_conflicts (town->devices[2]), ==, 0);
}

/* A purge that came after the copy comes back; what it took does not, whoever brings it. */
static void
test_purge (Town *town, gconstpointer data)
{
  const char *const ids[] = { town->id, NULL };
  g_autoptr (DureRecord) record = NULL;

  device_set (town->devices[1], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "이두레");
  meet (town, DEVICES);
  g_assert_true (dure_store_purge (town->devices[0]->store, DURE_ENTITY_AGENCY, ids, "expired", NULL));
  device_round (town->devices[0]);
  put_back (town);
  device_round (town->devices[1]);
  meet (town, DEVICES);
  record = dure_store_get (town->devices[1]->store, DURE_ENTITY_AGENCY, town->id, NULL);
  g_assert_true (dure_store_is_purged (record));
}

/* Who brings something back is named: in the line, and in the access log. */
static void
test_named (Routes *fixture, gconstpointer data)
{
  const char *line = "{\"stamp\":\"01977f2a9c40-0000-00000000000000bb\",\"entity\":\"agency\","
                     "\"id\":\"01977f2a-9c3f-7b1e-8a55-3d0c9c1b2a77\",\"set\":{\"name\":\"하나\"},\"by\":\"lee\"}\n";
  g_autofree char *refused = NULL;
  g_autofree char *all = NULL;
  g_autoptr (DureResponse) taken = NULL;
  g_autoptr (DureResponse) same = NULL;
  guint status;

  refused = routes_push (fixture, line, &status);
  g_assert_nonnull (strstr (refused, "problem:wrong-device"));
  taken = routes_ask (fixture, "POST", "/v1/changes?after=0&returning=70", fixture->token, DURE_WIRE_TYPE, line, -1);
  g_assert_cmpuint (taken->status, ==, 200);
  g_assert_nonnull (strstr (taken->body->str, "\"accepted\":1,\"refused\":[]"));
  /* Numbers that devices may still know are not given to it. */
  g_assert_cmpint (g_ascii_strtoll (strstr (taken->body->str, "\"seq\":") + strlen ("\"seq\":"), NULL, 10), >, 1070);
  all = routes_pull (fixture, "/v1/changes?after=0");
  g_assert_nonnull (strstr (all, "\"back\":\"" DEVICE "\",\"by\":\"lee\""));
  g_assert_true (routes_is_logged (fixture, "return"));
  same = routes_ask (fixture, "POST", "/v1/changes?after=0&returning=70", fixture->token, DURE_WIRE_TYPE, line, -1);
  g_assert_nonnull (strstr (same->body->str, "\"accepted\":1,\"refused\":[]"));
  g_assert_nonnull (strstr (same->body->str, "\"plain\":true"));
}

/* One device had later values of the rest; who has more of the change brings that. */
static void
test_parts (Routes *fixture, gconstpointer data)
{
#define HEAD "{\"stamp\":\"01977f2a9c40-0000-00000000000000bb\",\"entity\":\"agency\",\"id\":\"01977f2a-9c3f-7b1e-8a55-3d0c9c1b2a77\","
  static const struct
  {
    const char *line, *found;
  } parts[] = {
    { HEAD "\"set\":{\"name\":\"하나\"}}\n", "\"refused\":[]" },
    { HEAD "\"set\":{\"head\":\"김두레\"}}\n", "\"refused\":[]" },
    { HEAD "\"set\":{\"name\":\"하나\",\"head\":\"김두레\"}}\n", "\"refused\":[]" },
    { HEAD "\"set\":{\"name\":\"둘\"}}\n", "problem:stamp-taken" },
  };
  g_autofree char *all = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (DureResponse) response = routes_ask (fixture, "POST", "/v1/changes?returning=0", fixture->token,
                                                      DURE_WIRE_TYPE, parts[i].line, -1);

      g_assert_nonnull (strstr (response->body->str, parts[i].found));
    }
  all = routes_pull (fixture, "/v1/changes?after=1001");
  g_assert_nonnull (strstr (all, "\"set\":{\"name\":\"하나\",\"head\":\"김두레\"}"));
}

/* Who has a file once sent sends it again when somebody lacks it. */
static void
test_wanted (Routes *fixture, gconstpointer data)
{
#define HASH "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  g_autofree char *before = routes_pull (fixture, "/v1/changes?after=0");
  g_autofree char *after = NULL;
  g_autofree char *sent = NULL;
  g_autoptr (DureResponse) asked = routes_ask (fixture, "GET", "/v1/blobs/" HASH, fixture->token, NULL, NULL, 0);
  g_autoptr (DureResponse) put = NULL;
  g_autoptr (DureResponse) got = NULL;

  routes_assert_problem (asked, 404, "blob-unknown");
  g_assert_null (strstr (before, "wanted"));
  after = routes_pull (fixture, "/v1/changes?after=0");
  g_assert_nonnull (strstr (after, "\"wanted\":\"" HASH "\""));
  put = routes_ask (fixture, "PUT", "/v1/blobs/" HASH, fixture->token, NULL, "test", -1);
  g_assert_cmpuint (put->status, ==, 200);
  got = routes_ask (fixture, "GET", "/v1/blobs/" HASH, fixture->token, NULL, NULL, 0);
  g_assert_cmpuint (got->status, ==, 200);
  sent = routes_pull (fixture, "/v1/changes?after=0");
  g_assert_null (strstr (sent, "wanted"));
}

/* The number of a device from before, where others brought back the change under it, and all of that was folded: the
 * stamp alone does not tell that the server was put back. */
static void
test_gap (Routes *fixture, gconstpointer data)
{
  DureStorageClass *klass = DURE_STORAGE_GET_CLASS (fixture->storage);
  g_autoptr (DureChange) one = routes_change (fixture, "agency", "name", "하나");
  g_autoptr (DureChange) two = routes_change (fixture, "agency", "name", "둘");
  g_autoptr (DureChange) three = routes_change (fixture, "agency", "name", "셋");
  g_autofree char *first = routes_line (one);
  g_autofree char *second = routes_line (two);
  g_autofree char *third = routes_line (three);
  g_autofree char *answer = NULL;
  g_autofree char *before = g_strdup_printf ("/v1/snapshot?after=0&known=30&last=%s", two->stamp);
  g_autofree char *now = g_strdup_printf ("/v1/snapshot?after=0&known=1&last=%s", one->stamp);
  g_autofree char *last = NULL;
  g_autoptr (DureResponse) back = NULL;
  g_autoptr (DureResponse) refused = NULL;
  g_autoptr (GError) error = NULL;
  guint  status;
  gint64 seq, epoch;

  answer = routes_push (fixture, first, &status);
  back = routes_ask (fixture, "POST", "/v1/changes?after=0&returning=40", fixture->token, DURE_WIRE_TYPE, second, -1);
  g_assert_cmpuint (back->status, ==, 200);
  g_free (answer);
  answer = routes_push (fixture, third, &status);
  g_assert_cmpuint (status, ==, 200);
  klass->begin (fixture->storage, TENANT, &error);
  g_assert_no_error (error);
  klass->last_seq (fixture->storage, TENANT, &seq, &epoch, &error);
  klass->fold (fixture->storage, TENANT, seq - 1, TRUE, &error);
  klass->commit (fixture->storage, TENANT, &error);
  g_assert_no_error (error);
  refused = routes_ask (fixture, "GET", before, fixture->token, NULL, NULL, 0);
  routes_assert_problem (refused, 409, "ahead");
  last = routes_pull (fixture, now);
  g_assert_nonnull (strstr (last, "하나"));
}

static guint
count_returned (Device *device)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  device_try (device, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.refused, ==, 0);
  return result.returned;
}

/* The server is lost and another stands in for it: one computer brings what all wrote, the next brings nothing twice. */
static void
test_elsewhere (Town *town, gconstpointer data)
{
  TestServer      *other = test_server_new ();
  Device          *late = device_new ();
  g_autofree char *lost = device_add_agency (town->devices[2], "두리복지관");
  g_autofree char *all = NULL;
  g_autofree char *again = NULL;

  device_set (town->devices[2], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "이두레");
  device_set (town->devices[0], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "김두레");
  meet (town, DEVICES);
  g_assert_cmpuint (count_conflicts (town->devices[1]), ==, 1);
  test_server_stop (town->server);
  /* It waits, and was written in knowledge of all that. */
  device_set (town->devices[1], DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "박두레");
  all = device_dump (town->devices[1]);
  g_assert_true (dure_sync_is_elsewhere (town->devices[1]->store, other->uri, TENANT));
  device_enrol (town->devices[1], other->uri, "lee");
  g_assert_false (dure_sync_is_elsewhere (town->devices[1]->store, other->uri, TENANT));
  g_assert_cmpuint (count_returned (town->devices[1]), >, 3);
  g_assert_cmpint (dure_store_count_unsent (town->devices[1]->store), ==, 0);
  device_enrol (late, other->uri, "kim");
  device_round (late);
  device_assert (late, DURE_ENTITY_AGENCY, lost, DURE_AGENCY_NAME, "두리복지관");
  device_assert (late, DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_HEAD, "박두레");
  /* An older program did not note what the server was known to have. */
  g_assert_true (dure_store_set_meta (town->devices[0]->store, "sync.at", NULL, NULL));
  device_enrol (town->devices[0], other->uri, "kim");
  g_assert_cmpuint (count_returned (town->devices[0]), >, 3);
  device_round (town->devices[1]);
  device_round (late);
  again = device_dump (town->devices[1]);
  g_assert_cmpstr (all, ==, again);
  g_assert_cmpuint (count_conflicts (late), ==, 1);
  g_free (again);
  again = device_dump (town->devices[0]);
  g_assert_cmpstr (all, ==, again);
  device_free (late);
  test_server_free (other);
  test_server_start (town->server, 0);
}

/* The same server under another name knows what it had: nothing is brought. */
static void
test_renamed (Town *town, gconstpointer data)
{
  g_autofree char *name = g_strdup_printf ("http://localhost%s", strrchr (town->server->uri, ':'));
  g_autofree char *all = device_dump (town->devices[0]);
  g_autofree char *again = NULL;

  g_assert_true (dure_sync_is_elsewhere (town->devices[0]->store, name, TENANT));
  device_enrol (town->devices[0], name, "kim");
  g_assert_cmpuint (count_returned (town->devices[0]), ==, 0);
  again = device_dump (town->devices[0]);
  g_assert_cmpstr (all, ==, again);
}

/* The place that a store without anything in it had at another server says nothing of this one. */
static void
test_empty_elsewhere (Town *town, gconstpointer data)
{
  Device *late = device_new ();

  g_assert_true (dure_store_set_meta (late->store, "sync.url", "http://gone.example.go.kr", NULL));
  g_assert_true (dure_store_set_meta (late->store, "sync.cursor", "1", NULL));
  device_enrol (late, town->server->uri, "kim");
  g_assert_cmpuint (count_returned (late), ==, 0);
  device_assert (late, DURE_ENTITY_AGENCY, town->id, DURE_AGENCY_NAME, "하나복지관");
  device_free (late);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Town *, gconstpointer);
  } tests[] = {
    { "/return/others", test_others },   { "/return/decided", test_decided }, { "/return/found-again", test_found_again },
    { "/return/due", test_due }, { "/return/folded", test_folded }, { "/return/ended", test_ended },
    { "/return/deletes", test_deletes }, { "/return/purge", test_purge },
    { "/return/elsewhere", test_elsewhere }, { "/return/renamed", test_renamed },
    { "/return/empty-elsewhere", test_empty_elsewhere },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Town, NULL, set_up, tests[i].test, tear_down);
  g_test_add ("/return/named", Routes, NULL, routes_set_up, test_named, routes_tear_down);
  g_test_add ("/return/gap", Routes, NULL, routes_set_up, test_gap, routes_tear_down);
  g_test_add ("/return/parts", Routes, NULL, routes_set_up, test_parts, routes_tear_down);
  g_test_add ("/return/wanted", Routes, NULL, routes_set_up, test_wanted, routes_tear_down);
  return g_test_run ();
}
