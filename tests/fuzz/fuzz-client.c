/* fuzz-client.c: a device whose server answers anything
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An input is the answers of one round, in order: a line `STATUS TYPE` and a body each, parted as fuzz-fixture.h says.
 * Whatever came, the round ends; the store is well; what was written here still stands in its history; and where
 * nothing was said to be taken, it still waits.
 */
#include "config.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-stamp.h"
#include "fuzz-fixture.h"
#include "store/dure-store.h"
#include "sync/dure-sync.h"
#include "sync/dure-transport.h"

static DureStore     *store;
static const uint8_t *left;
static size_t         n_left;
static gboolean       accepted; /* an answer of 200 came */
static char          *path;
static char           agency[] = "019cae28-9b00-7000-8000-000000000001";

gint64 __wrap_dure_now_ms (void);
void   __wrap_dure_device_new (char out[DURE_DEVICE_LENGTH + 1]);

gint64
__wrap_dure_now_ms (void)
{
  return G_GINT64_CONSTANT (1772409600000);
}

void
__wrap_dure_device_new (char out[DURE_DEVICE_LENGTH + 1])
{
  g_strlcpy (out, "00000000000000aa", DURE_DEVICE_LENGTH + 1);
}

/* When the answers are at an end the network is gone. */
static gboolean
answer (const DureCall *call, DureReply *reply, gpointer data, GCancellable *cancellable, GError **error)
{
  gsize            length, head;
  g_autofree char *part = fuzz_next_part (&left, &n_left, &length);
  char            *stop = part != NULL ? memchr (part, '\n', length) : NULL;
  char            *space;

  if (stop == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "gone");
      return FALSE;
    }
  *stop = '\0';
  head = (gsize)(stop - part) + 1;
  space = strchr (part, ' ');
  reply->status = (guint)CLAMP (atoi (part), 100, 599);
  reply->type = space != NULL ? g_strdup (space + 1) : NULL;
  reply->stream = g_memory_input_stream_new_from_data (g_memdup2 (stop + 1, length - head), (gssize)(length - head),
                                                       g_free);
  accepted = accepted || reply->status == 200;
  return TRUE;
}

static void
open_store (void)
{
  g_autoptr (GError) error = NULL;

  store = dure_store_open (path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
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

/* A device that took part before: an agency that the server has, and an edit of it that waits. */
static void
set_up (void)
{
  static const char answers[]
      = "200 application/json\n"
        "{\"token\":\"kim\",\"tenant\":\"gm\",\"user\":\"kim\",\"role\":\"editor\",\"now\":1772409600000}"
        "\n%%\n200 application/json\n"
        "{\"accepted\":1,\"refused\":[],\"before\":0,\"seq\":1,\"plain\":true,\"epoch\":1,\"now\":1772409600000}"
        "\n%%\n200 application/x-dure-lines\n"
        "{\"start\":1,\"seq\":1,\"epoch\":1,\"total\":0}\n"
        "{\"end\":1,\"seq\":1,\"epoch\":1,\"now\":1772409600000,\"more\":false,\"role\":\"editor\"}\n";
  const DureEnrol enrol = { "http://server", "gm", "kim", "right password", "PC" };
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  path = g_build_filename (fuzz_directory (), "a.db", NULL);
  left = (const uint8_t *)answers;
  n_left = strlen (answers);
  dure_client_set_transport (answer, NULL);
  open_store ();
  dure_sync_enrol (store, &enrol, NULL, &error);
  g_assert_no_error (error);
  write_agency ("먼저");
  dure_sync_round (store, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  write_agency ("김두레");
  g_assert_cmpint (dure_store_count_unsent (store), ==, 1);
  g_clear_object (&store);
  fuzz_directory_keep ();
  open_store ();
}

static void
check_history (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = dure_store_history (store, DURE_ENTITY_AGENCY, agency, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    {
      const DureHistoryItem *item = g_ptr_array_index (items, i);

      found = found || g_strcmp0 (item->value, "김두레") == 0;
    }
  if (!found)
    g_error ("what was written here is gone");
}

static void
check_store (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = dure_store_check (store, &error);

  g_assert_no_error (error);
  if (problems->len > 0)
    g_error ("%s", (char *)g_ptr_array_index (problems, 0));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    set_up ();
  left = data;
  n_left = size;
  accepted = FALSE;
  if (dure_sync_round (store, &result, NULL, NULL, NULL, &error) != (error == NULL))
    g_error ("neither good nor bad");
  /* Whoever is told that his file is a copy sends nothing any more. */
  g_assert_true (dure_store_set_meta (store, "sync.copied", NULL, NULL));
  check_history ();
  /* A server that was put back gets all once more. */
  if (!accepted && dure_store_count_unsent (store) < 1)
    g_error ("nothing waits any more");
  if (accepted)
    {
      check_store ();
      g_clear_object (&store);
      fuzz_directory_put_back ();
      open_store ();
    }
  return 0;
}
