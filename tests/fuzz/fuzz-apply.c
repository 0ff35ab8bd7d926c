/* fuzz-apply.c: bundles that are genuine, with anything in them, taken by a device and by a server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An input is up to three bundles, parted as fuzz-fixture.h says. The first line of each is `TO NUMBER PREVIOUS BASE SEQ
 * EPOCH CLOCK TAKEN REFUSED`, where TO is d for the device and s for the server; what follows is what is encrypted, and
 * signed by whom it has to come from. Whatever came: the device's store is well, what was written there stands in its
 * history, and waits where nobody acknowledged it; the server's storage is well, and its numbers only grow; and taking
 * a bundle once more does no harm.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/dure-date.h"
#include "fuzz-fixture.h"
#include "fuzz-storage.h"
#include "server/dure-server-bundle.h"
#include "store/dure-store.h"
#include "sync/dure-bundle-writer.h"
#include "sync/dure-sync-bundle.h"

#define USER "kim"
#define SENDER "00000000000000dd" /* a device that the server knows; its key is here */
#define N_WORDS 9
#define MOST_BUNDLES 3

static DureStore       *store;
static DureStorage     *storage;
static DureServer      *server;
static DureBundleKey    device_key; /* of SENDER */
static DureBundleKey    server_key; /* of the server that the store knows, which is not the one here */
static DureBundlePublic device_public, server_public;
static char            *store_path, *bundle_path;
static char             agency[] = "019cae28-9b00-7000-8000-000000000001";

static void
open_device (void)
{
  g_autoptr (GError) error = NULL;

  store = dure_store_open (store_path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
}

static void
close_all (void)
{
  g_clear_object (&store);
  g_clear_object (&server);
  g_clear_object (&storage);
}

static void
write_agency (const char *head)
{
  g_autoptr (DureRecord) record = dure_store_get (store, DURE_ENTITY_AGENCY, agency, NULL);

  if (record == NULL)
    {
      record = dure_record_new (DURE_ENTITY_AGENCY);
      dure_record_set_id (record, agency);
      dure_record_set (record, DURE_AGENCY_NAME, "보건소");
      dure_record_set (record, DURE_AGENCY_KIND, "public-health");
      dure_record_set (record, DURE_AGENCY_SECTOR, "public");
    }
  dure_record_set (record, DURE_AGENCY_HEAD, head);
  g_assert_true (dure_store_write (store, record, NULL));
}

static void
set_up_device (void)
{
  g_autofree char *word = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_bundle_key_new (&server_key, "", NULL));
  word = dure_bundle_public_write (&server_key.public);
  dure_sync_bundle_key (store, &device_public, &error);
  g_assert_no_error (error);
  dure_sync_bundle_enrol (store, word, FUZZ_TENANT, USER, &error);
  g_assert_no_error (error);
  write_agency ("먼저");
  write_agency ("김두레");
}

static void
set_up_server (void)
{
  DureBundlePublic read;
  g_autofree char *word = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_bundle_key_new (&device_key, SENDER, NULL));
  word = dure_bundle_public_write (&device_key.public);
  dure_server_bundle_key (server, &server_public, &error);
  g_assert_no_error (error);
  dure_server_bundle_add_device (server, FUZZ_TENANT, USER, word, "PC", &read, &error);
  g_assert_no_error (error);
}

static void
set_up (void)
{
  store_path = g_build_filename (fuzz_directory (), "a.db", NULL);
  bundle_path = g_build_filename (fuzz_directory (), "a.dure-bundle", NULL);
  storage = fuzz_storage_new ();
  server = dure_server_new (storage);
  open_device ();
  set_up_device ();
  set_up_server ();
  close_all ();
  fuzz_directory_keep ();
}

static gint64
number (char **words, guint n)
{
  return g_ascii_strtoll (words[n], NULL, 10);
}

static char *
text (char **words, guint n)
{
  return strcmp (words[n], "-") == 0 ? NULL : g_utf8_make_valid (words[n], -1);
}

/* Writes the bundle that @part describes; returns whether it describes one. */
static gboolean
write_bundle (const char *part, gsize length, gboolean *to_server)
{
  const char      *stop = memchr (part, '\n', length);
  g_autofree char *head = stop != NULL ? g_strndup (part, (gsize)(stop - part)) : NULL;
  g_auto (GStrv) words = head != NULL ? g_strsplit (head, " ", N_WORDS) : NULL;
  g_autoptr (DureBundleWriter) writer = NULL;
  g_auto (DureBundle) bundle = { 0 };
  g_autoptr (GError) error = NULL;

  if (words == NULL || g_strv_length (words) < N_WORDS)
    return FALSE;
  *to_server = words[0][0] == 's';
  writer = dure_bundle_writer_new (bundle_path, *to_server ? &device_key : &server_key,
                                   *to_server ? &server_public : &device_public, &error);
  g_assert_no_error (error);
  if (!dure_bundle_writer_add (writer, stop + 1, length - (gsize)(stop + 1 - part), &error))
    g_assert_no_error (error);
  bundle.from_server = !*to_server;
  bundle.device = g_strdup (*to_server ? SENDER : device_public.device);
  bundle.tenant = g_strdup (FUZZ_TENANT);
  bundle.user = g_strdup (USER);
  bundle.made = dure_now_ms ();
  bundle.number = number (words, 1);
  bundle.previous = number (words, 2);
  bundle.base = number (words, 3);
  bundle.seq = number (words, 4);
  bundle.epoch = number (words, 5);
  bundle.clock = number (words, 6);
  bundle.taken = text (words, 7);
  bundle.refused = text (words, 8);
  dure_bundle_writer_close (writer, &bundle, &error);
  g_assert_no_error (error);
  return TRUE;
}

static void
check_device (gboolean acknowledged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = dure_store_check (store, &error);
  g_autoptr (GPtrArray) items = NULL;
  gboolean found = FALSE;

  g_assert_no_error (error);
  if (problems->len > 0)
    g_error ("%s", (char *)g_ptr_array_index (problems, 0));
  items = dure_store_history (store, DURE_ENTITY_AGENCY, agency, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    found = found || g_strcmp0 (((DureHistoryItem *)g_ptr_array_index (items, i))->value, "김두레") == 0;
  if (!found)
    g_error ("what was written here is gone");
  if (!acknowledged && dure_store_count_unsent (store) < 1)
    g_error ("nothing waits any more");
}

static gboolean
apply_here (gboolean *acknowledged)
{
  g_auto (DureSyncResult) done = { 0 };
  DureBundleResult result;
  g_autoptr (GError) error = NULL;
  gboolean good = dure_sync_bundle_apply (store, bundle_path, &result, &error);

  if (good != (error == NULL))
    g_error ("neither good nor bad");
  done = result.sync;
  *acknowledged = *acknowledged || result.acknowledged > 0 || done.refused > 0;
  return good;
}

static void
take_here (gboolean *acknowledged)
{
  g_auto (DureBundle) manifest = { 0 };
  DureBundlePreview preview;
  g_autoptr (GError) error = NULL;

  if (dure_sync_bundle_show (store, bundle_path, &manifest, &preview, &error) != (error == NULL))
    g_error ("neither good nor bad");
  if (apply_here (acknowledged) && !apply_here (acknowledged))
    g_error ("taken once, but not twice");
}

static gint64
last_seq (void)
{
  gint64 seq, epoch;

  g_assert_true (DURE_STORAGE_GET_CLASS (storage)->last_seq (storage, FUZZ_TENANT, &seq, &epoch, NULL));
  return seq;
}

static gboolean
apply_there (void)
{
  g_auto (DureServerBundle) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64   before = last_seq ();
  gboolean good = dure_server_bundle_apply (server, bundle_path, &result, &error);

  if (good != (error == NULL))
    g_error ("neither good nor bad");
  if (last_seq () < before)
    g_error ("the last number falls");
  return good;
}

static void
take_there (void)
{
  g_auto (DureServerBundle) shown = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 seq;

  if (dure_server_bundle_show (server, bundle_path, &shown, &error) != (error == NULL))
    g_error ("neither good nor bad");
  if (!apply_there ())
    return;
  seq = last_seq ();
  if (!apply_there ())
    g_error ("taken once, but not twice");
  if (last_seq () != seq)
    g_error ("taken twice");
}

/* Opens what the bundles are for, as it was. */
static void
open_for (const uint8_t *data, size_t size)
{
  gboolean here = FALSE, there = FALSE;
  gsize    length;
  char    *part;

  for (guint n = 0; n < MOST_BUNDLES && (part = fuzz_next_part (&data, &size, &length)) != NULL; n++)
    {
      here = here || *part != 's';
      there = there || *part == 's';
      g_free (part);
    }
  if (there)
    {
      storage = fuzz_storage_new ();
      server = dure_server_new (storage);
    }
  else
    fuzz_directory_put_back ();
  if (here)
    open_device ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gboolean here = FALSE, there = FALSE, acknowledged = FALSE, to_server;
  gsize    length;
  char    *part;

  if (store_path == NULL)
    set_up ();
  open_for (data, size);
  for (guint n = 0; n < MOST_BUNDLES && (part = fuzz_next_part (&data, &size, &length)) != NULL; n++)
    {
      if (write_bundle (part, length, &to_server))
        {
          here = here || !to_server;
          there = there || to_server;
          if (to_server)
            take_there ();
          else
            take_here (&acknowledged);
        }
      g_free (part);
    }
  if (here)
    check_device (acknowledged);
  if (there)
    fuzz_storage_check (storage, server);
  close_all ();
  return 0;
}
