/* test-tenant-file.c: a tenant moves from one server to another; the access log goes to an auditor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server begins with files of SQLite. With PostgreSQL behind the test the tenant moves there, else to other files.
 */
#include <sqlite3.h>
#include <string.h>

#include "base/dure-error.h"
#include "server-fixture.h"
#include "server/dure-log-file.h"
#include "server/dure-server-fold.h"
#include "server/dure-tenant-file.h"
#include "sync/dure-gzip.h"

typedef struct
{
  TestServer *server;
  Device     *a;
  Device     *b;
  char       *directory; /* where the tenant goes */
  char       *target;
} Move;

/* A whole attachment of two pieces. */
static void
add_blob (const char *where, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = dure_storage_open (where, &error);
  g_autofree guint8 *bytes = g_malloc (size);
  g_autoptr (GBytes) whole = NULL;
  g_autofree char *sha256 = NULL;
  gsize half = size / 2;

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (i * 7);
  whole = g_bytes_new (bytes, size);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, whole);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) piece = g_bytes_new_from_bytes (whole, i * half, i == 0 ? half : size - half);
      const DureStoredBlob blob = { .size = (gint64) size, .got = (gint64) (i == 0 ? half : size), .at = 1000,
                                    .state = "a\0b", .state_length = 3 };
      gboolean stored = FALSE;

      g_assert_true (DURE_STORAGE_GET_CLASS (storage)->add_piece (storage, TENANT, sha256, (gint64) (i * half), piece,
                                                                  &blob, &stored, &error));
      g_assert_no_error (error);
      g_assert_true (stored);
    }
}

/* The fixture's server, with what it keeps in files. */
static void
set_up (Move *move, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *postgres = g_strdup (g_getenv ("DURE_TEST_POSTGRES"));

  g_unsetenv ("DURE_TEST_POSTGRES");
  move->server = test_server_new ();
  if (postgres != NULL)
    g_setenv ("DURE_TEST_POSTGRES", postgres, TRUE);
  move->a = device_new ();
  move->b = device_new ();
  device_enrol (move->a, move->server->uri, "kim");
  device_enrol (move->b, move->server->uri, "lee");
  for (int i = 0; i < 20; i++)
    g_free (device_add_agency (move->a, "기관 = \"둘\"\n셋"));
  id = device_add_agency (move->a, "먼저");
  device_round (move->a);
  device_round (move->b);
  /* A clash leaves a conflict. */
  device_set (move->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NAME, "하나");
  device_set (move->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NAME, "둘");
  device_round (move->a);
  device_round (move->b);
  device_round (move->a);
  test_server_stop (move->server);
  add_blob (move->server->storage, 3 * 1024 * 1024);
  add_blob (move->server->storage, 10);
  move->directory = g_dir_make_tmp ("dure-move-XXXXXX", NULL);
  move->target = test_storage_new (move->directory);
}

static void
tear_down (Move *move, gconstpointer data)
{
  device_free (move->a);
  device_free (move->b);
  test_server_free (move->server);
  remove_directory (move->directory);
  g_free (move->directory);
  g_free (move->target);
}

static DureStorage *
open_storage (const char *where)
{
  g_autoptr (GError) error = NULL;
  DureStorage *storage = dure_storage_open (where, &error);

  g_assert_no_error (error);
  return storage;
}

static GBytes *
export_from (const char *where)
{
  g_autoptr (DureStorage) storage = open_storage (where);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_tenant_file_write (storage, TENANT, stream, &error));
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static gboolean
load (DureStorage *storage, const char *tenant, GBytes *bytes, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return dure_tenant_file_load (storage, tenant, stream, error);
}

static char *
unpack (GBytes *bytes)
{
  gsize length, text_length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = dure_gzip_unpack (data, length, 64 * 1024 * 1024, &error);

  g_assert_no_error (error);
  data = g_bytes_get_data (text, &text_length);
  return g_strndup (data, text_length);
}

static GBytes *
pack (const char *text)
{
  return dure_gzip_pack (text, strlen (text));
}

/* What a row of one storage is called in another, and what only one has, is all the same in the file. */
static void
test_there_and_back (Move *move, gconstpointer data)
{
  g_autoptr (GBytes) first = export_from (move->server->storage);
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) third = NULL;
  g_autofree char *text = unpack (first);
  g_autofree char *again = NULL;
  g_autofree char *third_text = NULL;
  g_autofree char *third_directory = g_dir_make_tmp ("dure-move-XXXXXX", NULL);
  g_autofree char *third_where = g_strconcat ("sqlite:", third_directory, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (strstr (text, "\"table\":\"clash\""));
  g_assert_nonnull (strstr (text, "\"table\":\"piece\""));
  g_assert_null (strstr (text, PASSWORD));
  {
    g_autoptr (DureStorage) storage = open_storage (move->target);

    g_assert_true (load (storage, TENANT, first, &error));
    g_assert_no_error (error);
    g_assert_false (load (storage, TENANT, first, &error));
    g_assert_error (error, DURE_ERROR, DURE_ERROR_EXISTS);
    g_clear_error (&error);
  }
  second = export_from (move->target);
  again = unpack (second);
  {
    g_autoptr (DureStorage) storage = open_storage (third_where);

    g_assert_true (load (storage, TENANT, second, &error));
    g_assert_no_error (error);
  }
  third = export_from (third_where);
  third_text = unpack (third);
  g_assert_cmpstr (again, ==, third_text);
  remove_directory (third_directory);
}

/* Nobody enrols again, and nobody starts anew. */
static void
test_devices_go_on (Move *move, gconstpointer data)
{
  g_autoptr (GBytes) file = export_from (move->server->storage);
  g_autoptr (GError) error = NULL;
  g_auto (DureSyncResult) result = { 0 };
  g_autofree char *of_a = NULL;
  g_autofree char *of_b = NULL;

  {
    g_autoptr (DureStorage) storage = open_storage (move->target);

    g_assert_true (load (storage, TENANT, file, &error));
    g_assert_no_error (error);
  }
  g_free (move->server->storage);
  move->server->storage = g_strdup (move->target);
  test_server_start (move->server, 0);
  dure_store_set_meta (move->a->store, "sync.url", move->server->uri, NULL);
  dure_store_set_meta (move->b->store, "sync.url", move->server->uri, NULL);
  g_free (device_add_agency (move->a, "새 서버에서"));
  device_round (move->a);
  g_assert_true (device_try (move->b, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.received, ==, 1);
  of_a = device_dump (move->a);
  of_b = device_dump (move->b);
  g_assert_cmpstr (of_a, ==, of_b);
}

/* A token that made way for its next stays one, whatever the storage calls that. */
static void
test_rotated (Move *move, gconstpointer data)
{
  g_autofree char *accounts = g_build_filename (move->server->directory, "accounts.db", NULL);
  g_autoptr (GBytes) file = NULL;
  g_autofree char *text = NULL;
  g_autoptr (DureStorage) storage = open_storage (move->server->storage);
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (accounts, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE device SET revoked = 2 WHERE user = 'lee'", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  file = export_from (move->server->storage);
  text = unpack (file);
  g_assert_nonnull (strstr (text, "\"rotated\":1"));
  g_assert_true (DURE_STORAGE_GET_CLASS (storage)->remove_tenant (storage, TENANT, &error));
  g_assert_true (load (storage, TENANT, file, &error));
  g_assert_no_error (error);
  {
    g_autoptr (GBytes) again = export_from (move->server->storage);
    g_autofree char *same = unpack (again);

    g_assert_cmpstr (text, ==, same);
  }
}

static void
assert_refused (Move *move, GBytes *bytes, DureError code)
{
  g_autoptr (DureStorage) storage = open_storage (move->target);
  g_autoptr (GError) error = NULL;

  g_assert_false (load (storage, TENANT, bytes, &error));
  g_assert_error (error, DURE_ERROR, (int) code);
  g_assert_false (DURE_STORAGE_GET_CLASS (storage)->has_tenant (storage, TENANT));
}

static char *
replace (const char *text, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (text, old, 2);

  g_assert_nonnull (parts[1]);
  return g_strjoinv (new, parts);
}

/* What broke off or was altered is refused as a whole, and the right file is taken afterwards. */
static void
test_bad_files (Move *move, gconstpointer data)
{
  static const char *const changes[][2] = {
    { "\"epoch\":1", "\"epoch\":0" },
    { "\"role\":\"editor\"", "\"role\":\"king\"" },
    { "\"role\":\"editor\"", "\"role\":\"admin\"" },
    { "\"seq\":2,", "\"seq\":1," },
    { "\"table\":\"change\"", "\"table\":\"log\"" },
    { "\"table\":\"tenant\"", "\"table\":\"device\"" },
    { "\"stamp\":\"", "\"stamp\":\"f" },
    { "\"sha256\":\"", "\"sha256\":\"0" },
    { "\"locked\":0", "\"locked\":[0]" },
    { "{\"table\"", "{\"table" },
  };
  g_autoptr (GBytes) good = export_from (move->server->storage);
  g_autofree char *text = unpack (good);
  gsize length = g_bytes_get_size (good);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;

  for (gsize at = 0; at < length; at += length / 7 + 1)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, at);

      assert_refused (move, cut, DURE_ERROR_DAMAGED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *changed = replace (text, changes[i][0], changes[i][1]);
      g_autoptr (GBytes) bytes = pack (changed);

      assert_refused (move, bytes, DURE_ERROR_DAMAGED);
    }
  {
    g_autofree char *newer = replace (text, "\"dured-tenant\":1", "\"dured-tenant\":2");
    g_autofree char *other = replace (text, "\"name\":\"" TENANT "\"", "\"name\":\"yeongdo\"");
    g_autofree char *column = replace (text, "\"locked\":0", "\"locked\":0,\"throne\":\"gold\"");
    g_autofree char *more = g_strconcat (text, "{}\n", NULL);
    g_autoptr (GBytes) newer_bytes = pack (newer);
    g_autoptr (GBytes) other_bytes = pack (other);
    g_autoptr (GBytes) column_bytes = pack (column);
    g_autoptr (GBytes) more_bytes = pack (more);
    g_autoptr (GBytes) foreign = g_bytes_new_static ("id,name\n1,가\n", 12);

    assert_refused (move, newer_bytes, DURE_ERROR_NEWER);
    assert_refused (move, other_bytes, DURE_ERROR_INVALID);
    assert_refused (move, column_bytes, DURE_ERROR_NEWER);
    assert_refused (move, more_bytes, DURE_ERROR_DAMAGED);
    assert_refused (move, foreign, DURE_ERROR_DAMAGED);
  }
  storage = open_storage (move->target);
  g_assert_true (load (storage, TENANT, good, &error));
  g_assert_no_error (error);
}

static const char *const moved[]
    = { "tenant", "meta", "change", "record", "clash", "folded", "blob", "piece", "account", "device", "bundle", "log" };

static void
assert_known_tables (const char *path)
{
  sqlite3      *db = NULL;
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", -1, &stmt,
                      NULL);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (stmt, 0);
      gboolean    known = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (moved); i++)
        known = known || strcmp (moved[i], name) == 0;
      if (!known)
        g_error ("the table %s does not move with its tenant", name);
    }
  sqlite3_finalize (stmt);
  sqlite3_close (db);
}

/* Whoever adds a table says what becomes of it when a tenant moves. */
static void
test_all_tables (Move *move, gconstpointer data)
{
  g_autofree char *accounts = g_build_filename (move->server->directory, "accounts.db", NULL);
  g_autofree char *tenant = g_build_filename (move->server->directory, "tenant-" TENANT ".db", NULL);
  g_autofree char *blobs = g_build_filename (move->server->directory, "blobs-" TENANT ".db", NULL);

  assert_known_tables (accounts);
  assert_known_tables (tenant);
  assert_known_tables (blobs);
}

static char *
write_log (DureStorage *storage, const DureLogChoice *choice)
{
  g_autoptr (GError) error = NULL;
  char  *text = NULL;
  size_t length = 0;
  FILE  *out = open_memstream (&text, &length);

  g_assert_true (dure_log_file_write (storage, choice, out, &error));
  g_assert_no_error (error);
  fclose (out);
  return text;
}

static gboolean
verify (const char *text, gint64 *n_lines, gint64 *n_gaps)
{
  g_autoptr (GError) error = NULL;
  FILE    *in = fmemopen ((void *) text, strlen (text), "r");
  gboolean whole = dure_log_file_verify (in, n_lines, n_gaps, &error);

  fclose (in);
  if (!whole)
    g_assert_error (error, DURE_ERROR, DURE_ERROR_DAMAGED);
  return whole;
}

static void
test_log (Move *move, gconstpointer data)
{
  g_autoptr (DureStorage) storage = open_storage (move->target);
  DureLogChoice all = { NULL, 0, G_MAXINT64, FALSE };
  DureLogChoice one = { "yeongdo", 0, G_MAXINT64, FALSE };
  DureLogChoice days = { NULL, 2000, 4000, FALSE };
  DureLogChoice table = { NULL, 0, G_MAXINT64, TRUE };
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *some = NULL;
  g_autofree char *altered = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *of_days = NULL;
  gint64 n_lines, n_gaps;

  for (int i = 0; i < 6; i++)
    {
      const DureAccess access = { .at = 1000 * i, .tenant = i % 2 ? "yeongdo" : TENANT, .user = "=kim", .device = NULL,
                                  .remote = "10.0.0.1", .what = "pull", .detail = i == 3 ? "\"따옴표\"" : NULL };

      g_assert_true (DURE_STORAGE_GET_CLASS (storage)->append_log (storage, &access, &error));
      g_assert_no_error (error);
    }
  whole = write_log (storage, &all);
  g_assert_true (verify (whole, &n_lines, &n_gaps));
  g_assert_cmpint (n_lines, ==, 6);
  g_assert_cmpint (n_gaps, ==, 0);
  some = write_log (storage, &one);
  g_assert_true (verify (some, &n_lines, &n_gaps));
  g_assert_cmpint (n_lines, ==, 3);
  g_assert_cmpint (n_gaps, ==, 3);
  altered = replace (whole, "따옴표", "물음표");
  g_assert_false (verify (altered, &n_lines, &n_gaps));
  g_assert_cmpint (n_lines, ==, 4);
  of_days = write_log (storage, &days);
  g_assert_true (verify (of_days, &n_lines, &n_gaps));
  g_assert_cmpint (n_lines, ==, 2);
  csv = write_log (storage, &table);
  g_assert_nonnull (strstr (csv, ",\"'=kim\","));
  g_assert_nonnull (strstr (csv, "\"\"\"따옴표\"\"\""));
  g_assert_false (verify ("[]\n", &n_lines, &n_gaps));
  g_assert_false (verify ("\xff\n", &n_lines, &n_gaps));
  g_assert_false (verify ("{\"n\":[1],\"at\":{},\"previous\":\"\",\"hash\":3}\n", &n_lines, &n_gaps));
}

static void
fold (const char *where)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = dure_storage_open (where, &error);
  g_autoptr (DureServer) server = dure_server_new (storage);
  g_autoptr (DureFold) fold = dure_fold_new (TENANT, 0);
  gboolean done = FALSE;

  while (!done)
    {
      dure_server_fold (server, fold, &done, &error);
      g_assert_no_error (error);
    }
}

/* What was folded goes along: the stamps, and up to where. */
static void
test_folded (Move *move, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (DureStorage) target = NULL;
  g_autofree char *marks = NULL;
  g_autoptr (GError) error = NULL;
  gint64 folded = 0;

  fold (move->server->storage);
  bytes = export_from (move->server->storage);
  target = open_storage (move->target);
  load (target, TENANT, bytes, &error);
  g_assert_no_error (error);
  g_assert_true (DURE_STORAGE_GET_CLASS (target)->get_age (target, TENANT, &folded, &marks, NULL));
  g_assert_cmpint (folded, >, 20);
  g_clear_object (&target);
  again = export_from (move->target);
  g_assert_true (g_bytes_equal (bytes, again));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Move, NULL, set_up, func, tear_down)
  ADD ("/tenant-file/there-and-back", test_there_and_back);
  ADD ("/tenant-file/devices-go-on", test_devices_go_on);
  ADD ("/tenant-file/rotated", test_rotated);
  ADD ("/tenant-file/bad-files", test_bad_files);
  ADD ("/tenant-file/all-tables", test_all_tables);
  ADD ("/tenant-file/folded", test_folded);
  ADD ("/tenant-file/log", test_log);
  return g_test_run ();
}
