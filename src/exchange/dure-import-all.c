/* dure-import-all.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-exchange"

#include "config.h"

#include "exchange/dure-import-all.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "exchange/dure-folder.h"
#include "store/dure-blob.h"
#include "store/dure-store-load.h"

#define MANIFEST "manifest.json"
#define HISTORY "history.jsonl"
#define RECORDS "json/"
#define RECORDS_END ".jsonl"
#define ATTACHMENTS "attachments/"
#define TELL_EVERY 500

/* One line of the list of files. */
typedef struct
{
  const char *name;
  const char *sha256;
  gint64      size;
} Entry;

typedef struct
{
  const char        *directory;
  DureStore         *store;
  GPtrArray         *rows;    /* of GStrv: the list of files in the manifest */
  GArray            *entries; /* of Entry, into @rows: those that are read */
  DureImportedAll   *imported;
  gint64             size; /* of all that is read */
  gint64             done;
  DureExportProgress progress;
  gpointer           data;
  GCancellable      *cancellable;
} Import;

/* Where in the folder it went wrong, before what @failure says. */
static gboolean
fails_at (const char *name, guint line, GError *failure, GError **error)
{
  g_autofree char *where = line > 0 ? g_strdup_printf (_ ("“%s”, line %u: "), name, line)
                                    : g_strdup_printf (_ ("“%s”: "), name);

  g_prefix_error_literal (&failure, where);
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
tell (Import *self, gint64 done, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->progress != NULL)
    self->progress ((double)(self->done + done) / (double)MAX (self->size, 1), self->data);
  return TRUE;
}

static GMappedFile *
map (Import *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  g_autoptr (GError) failure = NULL;
  GMappedFile *file = g_mapped_file_new (path, FALSE, &failure);

  if (file == NULL)
    dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("“%s” is missing in “%s”, or cannot be read."), name,
                    self->directory);
  return file;
}

static gboolean
sum_is_wrong (const char *name, GError **error)
{
  dure_set_error (error, DURE_ERROR_DAMAGED, _ ("“%s” is not what was exported: its sum is another."), name);
  return FALSE;
}

static int
entity_of (const char *name)
{
  gsize length = strlen (name);

  for (int e = 0; e < DURE_N_ENTITIES; e++)
    {
      const char *key = dure_entity ((DureEntityId)e)->key;

      if (length == strlen (RECORDS) + strlen (key) + strlen (RECORDS_END)
          && strncmp (name + strlen (RECORDS), key, strlen (key)) == 0)
        return e;
    }
  return -1;
}

/* Tables for spreadsheets and the like are for people: whoever saved one anew did no harm. */
static gboolean
choose_entry (Import *self, const Entry *entry, GError **error)
{
  const char *base = g_str_has_prefix (entry->name, ATTACHMENTS) ? entry->name + strlen (ATTACHMENTS) : NULL;

  if (g_str_has_prefix (entry->name, RECORDS) && g_str_has_suffix (entry->name, RECORDS_END))
    {
      if (entity_of (entry->name) < 0)
        {
          dure_set_error (error, DURE_ERROR_NEWER, _ ("“%s”: a newer program exported this. Update this one first."),
                          entry->name);
          return FALSE;
        }
    }
  else if (base != NULL && (*base == '\0' || strchr (base, '/') != NULL || strcmp (base, "..") == 0))
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” is no name of an attachment."), entry->name);
      return FALSE;
    }
  else if (base == NULL && strcmp (entry->name, HISTORY) != 0)
    return TRUE;
  self->size += entry->size;
  g_array_append_vals (self->entries, entry, 1);
  return TRUE;
}

static gboolean
read_manifest (Import *self, GError **error)
{
  static const char *const head[] = { "$.format", "$.version", "$.made", "$.by", "$.reason", NULL };
  static const char *const file[] = { "$.name", "$.sha256", "$.bytes", NULL };
  g_autoptr (GMappedFile) mapped = map (self, MANIFEST, error);
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (GError) failure = NULL;
  const char *text;
  char      **values;
  gsize       length;

  if (mapped == NULL)
    return FALSE;
  text = g_mapped_file_get_contents (mapped);
  length = g_mapped_file_get_length (mapped);
  heads = dure_store_read_json (self->store, text != NULL ? text : "", length, NULL, head, &failure);
  if (heads == NULL)
    return fails_at (MANIFEST, 0, g_steal_pointer (&failure), error);
  values = heads->pdata[0];
  if (g_strv_length (values) < 2 || strcmp (values[0], "dure-export") != 0)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” is no folder into which everything was exported."),
                      self->directory);
      return FALSE;
    }
  if (strcmp (values[1], "1") != 0)
    {
      dure_set_error (error, DURE_ERROR_NEWER, _ ("“%s”: a newer program exported this. Update this one first."),
                      MANIFEST);
      return FALSE;
    }
  self->imported->made = g_strdup (values[2]);
  self->imported->by = g_strdup (values[2] != NULL ? values[3] : NULL);
  self->imported->reason = g_strdup (values[2] != NULL && values[3] != NULL ? values[4] : NULL);
  self->rows = dure_store_read_json (self->store, text, length, "$.files", file, error);
  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    {
      char **row = self->rows->pdata[i];
      Entry  entry = { row[0], NULL, 0 };

      if (g_strv_length (row) < 3 || !dure_sha256_is_valid (row[1]))
        {
          dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s”: the list of files is wrong at number %u."), MANIFEST,
                          i + 1);
          return FALSE;
        }
      entry.sha256 = row[1];
      entry.size = MAX (g_ascii_strtoll (row[2], NULL, 10), 0);
      if (!choose_entry (self, &entry, error))
        return FALSE;
    }
  return self->rows != NULL;
}

static gboolean
load_line (Import *self, int entity, const char *line, gsize length, GError **error)
{
  if (entity >= 0)
    {
      self->imported->records++;
      return dure_store_load_record (self->store, (DureEntityId)entity, line, length, error);
    }
  self->imported->changes++;
  return dure_store_load_change (self->store, line, length, error);
}

static gboolean
load_lines (Import *self, const Entry *entry, const char *text, gsize length, GError **error)
{
  int         entity = strcmp (entry->name, HISTORY) == 0 ? -1 : entity_of (entry->name);
  const char *end = text + length;
  guint       number = 0;
  GError     *failure = NULL;

  for (const char *line = text; line < end;)
    {
      const char *stop = memchr (line, '\n', (gsize)(end - line));

      stop = stop != NULL ? stop : end;
      number++;
      if (!load_line (self, entity, line, (gsize)(stop - line), &failure))
        return fails_at (entry->name, number, failure, error);
      if (number % TELL_EVERY == 0 && !tell (self, line - text, error))
        return FALSE;
      line = stop + 1;
    }
  return TRUE;
}

static gboolean
load_file (Import *self, const Entry *entry, GError **error)
{
  g_autoptr (GMappedFile) mapped = map (self, entry->name, error);
  g_autofree char *sum = NULL;
  const char      *text;
  gsize            length;

  if (mapped == NULL)
    return FALSE;
  text = g_mapped_file_get_contents (mapped) != NULL ? g_mapped_file_get_contents (mapped) : "";
  length = g_mapped_file_get_length (mapped);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)text, length);
  if (strcmp (sum, entry->sha256) != 0)
    return sum_is_wrong (entry->name, error);
  return load_lines (self, entry, text, length, error);
}

static gboolean
load_attachment (Import *self, const Entry *entry, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, entry->name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *sha256 = NULL;
  GError          *failure = NULL;
  gint64           size = 0;

  if (!dure_blob_add_file (dure_store_get_path (self->store), file, NULL, NULL, self->cancellable, &sha256, &size,
                           &failure))
    {
      if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return fails_at (entry->name, 0, failure, error);
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (strcmp (sha256, entry->sha256) != 0)
    return sum_is_wrong (entry->name, error);
  self->imported->files++;
  return TRUE;
}

static gboolean
load_all (Import *self, GError **error)
{
  gboolean history = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (!tell (self, 0, error)
          || !(g_str_has_prefix (entry->name, ATTACHMENTS) ? load_attachment (self, entry, error)
                                                           : load_file (self, entry, error)))
        return FALSE;
      self->done += entry->size;
      history = history || strcmp (entry->name, HISTORY) == 0;
    }
  if (!history)
    dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” does not name “%s”."), MANIFEST, HISTORY);
  return history;
}

static gboolean
import (Import *self, GError **error)
{
  if (!read_manifest (self, error) || !dure_store_load_begin (self->store, error))
    return FALSE;
  if (load_all (self, error))
    return dure_store_commit (self->store, error);
  dure_store_rollback (self->store);
  return FALSE;
}

static void
remove_store (const char *path)
{
  static const char *const ends[] = { "", "-wal", "-shm" };
  g_autofree char *blobs = g_strconcat (path, DURE_BLOBS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);

      g_unlink (name);
    }
  dure_folder_remove (blobs);
}

/* Files first: a store without its files would be half of it. */
static gboolean
name_store (const char *part, const char *path, GError **error)
{
  g_autofree char *blobs = g_strconcat (part, DURE_BLOBS, NULL);
  g_autofree char *blobs_to = g_strconcat (path, DURE_BLOBS, NULL);

  if ((!g_file_test (blobs, G_FILE_TEST_EXISTS) || g_rename (blobs, blobs_to) == 0) && g_rename (part, path) == 0)
    return TRUE;
  dure_set_error (error, DURE_ERROR_FAILED, _ ("The file “%s” could not be made: %s."), path, g_strerror (errno));
  return FALSE;
}

/**
 * dure_import_all:
 * @directory: what dure_export_all() made
 * @path: where the new store will be; nothing may be there
 * @progress: (nullable): told now and then
 * @data: for @progress
 * @cancellable: (nullable): stops it
 * @imported: (out): what was read back; to be cleared, also after an error
 * @error: return location; names the file of @directory, and the line
 *
 * Returns: %TRUE when the store is there, whole; otherwise nothing of it is
 */
gboolean
dure_import_all (const char        *directory,
                 const char        *path,
                 DureExportProgress progress,
                 gpointer           data,
                 GCancellable      *cancellable,
                 DureImportedAll   *imported,
                 GError           **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  Import self = { .directory = directory, .entries = entries, .imported = imported, .progress = progress, .data = data, .cancellable = cancellable };
  gboolean done;

  memset (imported, 0, sizeof *imported);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      dure_set_error (error, DURE_ERROR_EXISTS, _ ("There is a file at “%s” already; it was left alone."), path);
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The folder “%s” could not be made: %s."), folder,
                      g_strerror (errno));
      return FALSE;
    }
  remove_store (part);
  self.store = dure_store_open (part, DURE_STORE_CREATE, error);
  done = self.store != NULL && import (&self, error);
  g_clear_object (&self.store);
  g_clear_pointer (&self.rows, g_ptr_array_unref);
  done = done && name_store (part, path, error);
  if (!done)
    remove_store (part);
  else if (progress != NULL)
    progress (1, data);
  return done;
}

/** dure_imported_all_clear: frees what @self holds. */
void
dure_imported_all_clear (DureImportedAll *self)
{
  g_clear_pointer (&self->made, g_free);
  g_clear_pointer (&self->by, g_free);
  g_clear_pointer (&self->reason, g_free);
}
