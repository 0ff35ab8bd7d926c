/* simulate-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "simulate-server.h"

#include <glib/gstdio.h>
#include <string.h>

#include "server-fixture.h"
#include "server/dure-server-fold.h"
#include "server/dure-tenant-file.h"
#include "simulate-others.h"

/* How a copy is made and put back. A PostgreSQL that all histories share knows the last alone. */
enum
{
  BY_DURED,  /* dured backup, dured restore */
  BY_HAND,   /* the directory is copied while the server is down */
  BY_TENANT, /* dured tenant export, remove, import */
  N_WAYS,
};

static gboolean
is_sqlite (World *world)
{
  return g_str_has_prefix (world->where, "sqlite:");
}

static void
export_tenant (World *world)
{
  g_autoptr (GFile) file = g_file_new_for_path (world->server_copy);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &error);

  g_assert_no_error (error);
  dure_tenant_file_write (world->storage, world->tenant, G_OUTPUT_STREAM (stream), &error);
  g_assert_no_error (error);
  g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error);
  g_assert_no_error (error);
}

static void
import_tenant (World *world)
{
  g_autoptr (GFile) file = g_file_new_for_path (world->server_copy);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);

  g_assert_no_error (error);
  DURE_STORAGE_GET_CLASS (world->storage)->remove_tenant (world->storage, world->tenant, &error);
  g_assert_no_error (error);
  dure_tenant_file_load (world->storage, world->tenant, G_INPUT_STREAM (stream), &error);
  g_assert_no_error (error);
}

/** copy_server: the administrator keeps a copy of the server, as each night. */
void
copy_server (World *world, Machine *machine)
{
  g_autoptr (GError) error = NULL;

  if (world->server_copy == NULL)
    world->server_copy = g_build_filename (world->directory, "server-copy", NULL);
  remove_directory (world->server_copy);
  g_unlink (world->server_copy);
  world->copied_how = is_sqlite (world) ? world_pick (world, N_WAYS) : BY_TENANT;
  switch (world->copied_how)
    {
    case BY_DURED:
      DURE_STORAGE_GET_CLASS (world->storage)->backup (world->storage, world->server_copy, &error);
      g_assert_no_error (error);
      break;
    case BY_HAND:
      world_stop (world);
      copy_directory (world->where + strlen ("sqlite:"), world->server_copy);
      world_restart (world);
      break;
    default:
      export_tenant (world);
    }
}

/** put_server_back: its disk broke, and the copy takes its place: what was stored since is on the computers alone. */
void
put_server_back (World *world, Machine *machine)
{
  g_autoptr (GError) error = NULL;

  if (world->server_copy == NULL)
    return;
  world_at (world, NULL);
  if (world->copied_how == BY_TENANT)
    import_tenant (world);
  else
    {
      world_stop (world);
      remove_directory (world->where + strlen ("sqlite:"));
      if (world->copied_how == BY_HAND)
        copy_directory (world->server_copy, world->where + strlen ("sqlite:"));
      else
        dure_storage_restore (world->server_copy, world->where, &error);
      g_assert_no_error (error);
    }
  world_restart (world);
  world->put_backs++;
  set_role (world);
  world_at (world, machine);
}

static void
stored_cb (gint64 number, const char *text, gsize length, gpointer data)
{
  g_auto (DureWireLine) line = { 0 };

  g_assert_true (dure_wire_parse (text, length, &line, NULL));
  line.change->seq = number;
  g_ptr_array_add (data, g_steal_pointer (&line.change));
}

/** fold_server: dured fold --days 0; all but the last change is folded. */
void
fold_server (World *world, Machine *machine)
{
  g_autoptr (DureFold) fold = dure_fold_new (world->tenant, 0);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  world_at (world, NULL);
  DURE_STORAGE_GET_CLASS (world->storage)
      ->read_changes (world->storage, world->tenant, 0, 100000, stored_cb, world->folded, &error);
  g_assert_no_error (error);
  while (!done)
    {
      dure_server_fold (world->server, fold, &done, &error);
      g_assert_no_error (error);
    }
  world_at (world, machine);
}

/** add_folded: adds to @log what the server has folded and still knows of; not what went with a copy put back. */
void
add_folded (World *world, GPtrArray *log)
{
  g_autoptr (GHashTable) stamps = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < world->folded->len; i++)
    {
      DureChange      *change = g_ptr_array_index (world->folded, i);
      g_autofree char *line = NULL;

      g_assert_true (DURE_STORAGE_GET_CLASS (world->storage)
                         ->has_stamp (world->storage, world->tenant, change->stamp, &line, NULL));
      if (line != NULL && *line == '\0' && g_hash_table_add (stamps, (gpointer)change->stamp))
        g_ptr_array_add (log, dure_change_copy (change));
    }
}
