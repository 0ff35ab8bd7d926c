/* simulate-files.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "simulate-files.h"

#include <string.h>

#include "simulate-officer.h"
#include "store/dure-store-blobs.h"
#include "sync/dure-sync-blobs.h"

/* Few sorts of bytes, so that two officers attach the same; the largest goes in several pieces. */
static GBytes *
some_bytes (World *world)
{
  static const gsize sizes[] = { 100, 3000, 300000 };
  guint  which = world_pick (world, 10);
  gsize  size = sizes[MIN (which / 4, G_N_ELEMENTS (sizes) - 1)] + which;
  char  *bytes = g_malloc (size);

  memset (bytes, 'a' + (int)which, size);
  return g_bytes_new_take (bytes, size);
}

/** attach_some: an officer attaches a file to a record. */
void
attach_some (World *world, Machine *machine)
{
  DureEntityId kind = some_kind (world);
  g_autoptr (DureRecord) owner = some_record (world, machine, kind, FALSE);
  g_autoptr (GBytes) bytes = some_bytes (world);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_ATTACHMENT);
  g_autofree char *sha256 = NULL;
  g_autoptr (GError) error = NULL;
  gint64 size;

  if (owner == NULL)
    return;
  dure_blob_add (machine->path, stream, -1, NULL, NULL, NULL, &sha256, &size, &error);
  g_assert_no_error (error);
  dure_record_set (record, DURE_ATTACHMENT_OWNER_ENTITY, dure_record_get_entity (owner)->key);
  dure_record_set (record, DURE_ATTACHMENT_OWNER, dure_record_get_id (owner));
  dure_record_set (record, DURE_ATTACHMENT_NAME, "자료.hwpx");
  dure_record_set_int (record, DURE_ATTACHMENT_SIZE, size);
  dure_record_set (record, DURE_ATTACHMENT_SHA256, sha256);
  dure_store_write (machine->store, record, &error);
  g_assert_no_error (error);
}

/** detach_some: an officer takes an attachment away. */
void
detach_some (World *world, Machine *machine)
{
  g_autoptr (DureRecord) record = some_record (world, machine, DURE_ENTITY_ATTACHMENT, FALSE);
  g_autoptr (GError) error = NULL;

  if (record == NULL)
    return;
  dure_store_delete (machine->store, DURE_ENTITY_ATTACHMENT, dure_record_get_id (record), &error);
  g_assert_no_error (error);
}

/** fetch_some: an officer opens an attachment, whose file may not be there yet. */
void
fetch_some (World *world, Machine *machine)
{
  g_autoptr (DureRecord) record = some_record (world, machine, DURE_ENTITY_ATTACHMENT, FALSE);
  g_autoptr (GError) error = NULL;

  if (record == NULL || dure_record_get (record, DURE_ATTACHMENT_SHA256) == NULL)
    return;
  if (!dure_sync_fetch_blob (machine->store, dure_record_get (record, DURE_ATTACHMENT_SHA256), NULL, NULL, NULL, &error)
      && world->loud)
    g_printerr ("    %s\n", error->message);
}

/** check_files: every file that a record names is whole on every computer, and on the server. */
void
check_files (World *world)
{
  Machine *first = g_ptr_array_index (world->machines, 0);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_ATTACHMENT);
  g_autoptr (GPtrArray) list = dure_store_list (first->store, query, NULL);

  g_assert_nonnull (list);
  for (guint i = 0; i < list->len; i++)
    {
      const char    *sha256 = dure_record_get (g_ptr_array_index (list, i), DURE_ATTACHMENT_SHA256);
      DureStoredBlob blob;
      gboolean       found = FALSE;

      g_assert_true (DURE_STORAGE_GET_CLASS (world->storage)
                         ->get_blob (world->storage, world->tenant, sha256, &blob, &found, NULL));
      if (!found || blob.got != blob.size)
        g_error ("the server lacks the file %s", sha256);
      for (guint m = 0; m < world->machines->len; m++)
        {
          Machine *machine = g_ptr_array_index (world->machines, m);
          g_autoptr (GError) error = NULL;

          dure_blob_verify (machine->path, sha256, NULL, &error);
          if (error != NULL)
            g_error ("computer %u lacks the file %s: %s", m, sha256, error->message);
        }
    }
}
