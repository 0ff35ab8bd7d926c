/* dure-export-all.c: everything as files that any program opens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-exchange"

#include "config.h"

#include "exchange/dure-export-all.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "domain/dure-attachment.h"
#include "exchange/dure-csv.h"
#include "exchange/dure-export.h"
#include "exchange/dure-folder.h"
#include "schema/dure-change.h"
#include "store/dure-store-blobs.h"
#include "store/dure-store-dump.h"

/* So many lines of the register are kept. */
#define REGISTER_MOST (256 * 1024)
#define TELL_EVERY 500

typedef struct
{
  DureStore         *store;
  const char        *directory;
  GString           *manifest; /* of files so far */
  gint64             lines;    /* written */
  gint64             total;
  gint64             records; /* not deleted */
  DureExportProgress progress;
  gpointer           data;
  GCancellable      *cancellable;

  /* The file under way */
  char      *name;
  FILE      *file;
  GChecksum *sum;
  gint64     size;
} Export;

static gboolean
write_fails (Export *self, const char *name, GError **error)
{
  int code = errno;

  dure_set_error (error, code == ENOSPC ? DURE_ERROR_FULL : DURE_ERROR_FAILED, _ ("“%s” could not be written: %s."), name,
                  g_strerror (code));
  return FALSE;
}

static gboolean
begin_file (Export *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  int              fd = g_open (path, O_CREAT | O_EXCL | O_CLOEXEC | O_WRONLY, 0600);

  if (fd < 0)
    return write_fails (self, name, error);
  self->file = fdopen (fd, "w");
  self->name = g_strdup (name);
  self->sum = g_checksum_new (G_CHECKSUM_SHA256);
  self->size = 0;
  return TRUE;
}

static gboolean
put (Export *self, const char *text, gsize length, GError **error)
{
  g_checksum_update (self->sum, (const guchar *)text, (gssize)length);
  self->size += (gint64)length;
  return fwrite (text, 1, length, self->file) == length || write_fails (self, self->name, error);
}

static void
note_file (Export *self, const char *name, gint64 size, const char *sum)
{
  g_string_append (self->manifest, self->manifest->len > 0 ? ",\n    {\"name\": " : "    {\"name\": ");
  dure_json_append_string (self->manifest, name);
  g_string_append_printf (self->manifest, ", \"bytes\": %" G_GINT64_FORMAT ", \"sha256\": \"%s\"}", size, sum);
}

/* Also after an error: closes what is open. */
static gboolean
end_file (Export *self, gboolean good, GError **error)
{
  if (self->file == NULL)
    return FALSE;
  if (good && (fflush (self->file) != 0 || fsync (fileno (self->file)) != 0))
    good = write_fails (self, self->name, error);
  if (fclose (self->file) != 0 && good)
    good = write_fails (self, self->name, error);
  self->file = NULL;
  if (good)
    note_file (self, self->name, self->size, g_checksum_get_string (self->sum));
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sum, g_checksum_free);
  return good;
}

static gboolean
write_file (Export *self, const char *name, const char *text, gsize length, GError **error)
{
  return begin_file (self, name, error) && end_file (self, put (self, text, length, error), error);
}

static gboolean
write_line (const char *line, gsize length, gpointer data, GError **error)
{
  Export *self = data;

  if (++self->lines % TELL_EVERY == 0)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (self->progress != NULL)
        self->progress ((double)self->lines / (double)MAX (self->total, 1), self->data);
    }
  return put (self, line, length, error);
}

static gboolean
write_entity (Export *self, const DureEntity *entity, GError **error)
{
  g_autofree char *csv = g_strdup_printf ("csv/%s.csv", entity->key);
  g_autofree char *json = g_strdup_printf ("json/%s.jsonl", entity->key);
  g_autoptr (DureQuery) query = dure_query_new (entity->id);
  g_autoptr (GBytes) table = dure_export_csv (self->store, query, 0, self->cancellable, error);
  gconstpointer bytes;
  gsize         length;

  if (table == NULL)
    return FALSE;
  bytes = g_bytes_get_data (table, &length);
  self->records += dure_store_count (self->store, query, NULL);
  return write_file (self, csv, bytes, length, error) && begin_file (self, json, error)
         && end_file (self, dure_store_dump_records (self->store, entity->id, write_line, self, error), error);
}

static gboolean
write_history (Export *self, GError **error)
{
  return begin_file (self, "history.jsonl", error)
         && end_file (self, dure_store_dump_history (self->store, write_line, self, error), error);
}

/* ID before the name: two records may have files of one name. */
static gboolean
write_attachment (Export *self, DureRecord *record, GString *index, GError **error)
{
  const char      *sha256 = dure_record_get (record, DURE_ATTACHMENT_SHA256);
  g_autofree char *here = sha256 != NULL ? dure_store_blob_path (self->store, sha256) : NULL;
  g_autofree char *file_name = dure_attachment_file_name (record);
  g_autofree char *name = g_strdup_printf ("attachments/%.8s-%s", dure_record_get_id (record), file_name);
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  gboolean         is_here = here != NULL && g_file_test (here, G_FILE_TEST_EXISTS);
  const char      *cells[] = {
    is_here ? name : "",
    dure_record_get (record, DURE_ATTACHMENT_NAME),
    dure_record_get (record, DURE_ATTACHMENT_OWNER_ENTITY),
    dure_record_get (record, DURE_ATTACHMENT_OWNER),
    dure_record_get (record, DURE_ATTACHMENT_SIZE),
    sha256,
  };

  dure_csv_append_row (index, cells, G_N_ELEMENTS (cells), "\r\n");
  if (!is_here)
    return TRUE;
  {
    g_autoptr (GFile) to = g_file_new_for_path (path);

    if (!dure_blob_copy (dure_store_get_path (self->store), sha256, to, NULL, NULL, self->cancellable, error))
      return FALSE;
  }
  g_chmod (path, 0600);
  note_file (self, name, dure_record_get_int (record, DURE_ATTACHMENT_SIZE), sha256);
  return TRUE;
}

static gboolean
write_attachments (Export *self, GError **error)
{
  const char *headings[]
      = { _ ("File"), _ ("Name"), _ ("Kind of record"), _ ("Record"), _ ("Bytes"), _ ("SHA-256") };
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_ATTACHMENT);
  g_autoptr (GPtrArray) list = dure_store_list (self->store, query, error);
  g_autoptr (GString) index = g_string_new (DURE_CSV_BOM);

  if (list == NULL)
    return FALSE;
  dure_csv_append_row (index, headings, G_N_ELEMENTS (headings), "\r\n");
  for (guint i = 0; i < list->len; i++)
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
        || !write_attachment (self, list->pdata[i], index, error))
      return FALSE;
  return write_file (self, "attachments.csv", index->str, index->len, error);
}

static gboolean
write_readme (Export *self, GError **error)
{
  g_autoptr (GString) text = g_string_new (DURE_CSV_BOM);

  g_string_append (
      text, _ ("This folder holds everything that Dure kept: records, their history and attachments.\n"
               "It contains personal data: keep it locked, give it to nobody who need not have it, and destroy it when it "
               "has served its purpose.\n\n"
               "csv/            one table for each kind of record, for spreadsheets; deleted records are left out\n"
               "json/           the same records complete, one a line: id, deleted or not, time stamps, values by key\n"
               "history.jsonl   who changed what when, one change a line, the oldest first\n"
               "attachments/    the attached files; attachments.csv says which record each belongs to.\n"
               "                One that is only on the server has no file here\n"
               "manifest.json   when, by whom and why this was exported; size and SHA-256 of each file\n\n"
               "All files are UTF-8. In csv/ an apostrophe stands before a cell that a spreadsheet would take for a "
               "formula.\n\n"
               "All of it goes into a new store with “Bring Back an Export” on the first page of Dure, or with “durectl import "
               "--all FOLDER”.\n\n"
               "Files of csv/ and json/:\n"));
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    g_string_append_printf (text, "  %-16s %s\n", dure_entity (e)->key, dure_entity_label (dure_entity (e)));
  return write_file (self, "README.txt", text->str, text->len, error);
}

static gboolean
write_manifest (Export *self, const char *when, const char *by, const char *reason, GError **error)
{
  g_autoptr (GString) text = g_string_new ("{\n  \"format\": \"dure-export\",\n  \"version\": 1,\n  \"made\": ");
  g_autofree char *files = g_strdup (self->manifest->str);

  dure_json_append_string (text, when);
  g_string_append (text, ",\n  \"by\": ");
  dure_json_append_string (text, by);
  g_string_append (text, ",\n  \"reason\": ");
  dure_json_append_string (text, reason);
  g_string_append_printf (text, ",\n  \"records\": %" G_GINT64_FORMAT ",\n  \"files\": [\n%s\n  ]\n}\n", self->records,
                          files);
  return write_file (self, "manifest.json", text->str, text->len, error);
}

static gboolean
make_directory (Export *self, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);

  return g_mkdir (path, 0700) == 0 || write_fails (self, path, error);
}

static gboolean
write_all (Export *self, const char *when, const char *by, const char *reason, GError **error)
{
  if (!make_directory (self, "csv", error) || !make_directory (self, "json", error)
      || !make_directory (self, "attachments", error) || !write_readme (self, error))
    return FALSE;
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error) || !write_entity (self, dure_entity (e), error))
      return FALSE;
  return write_history (self, error) && write_attachments (self, error)
         && write_manifest (self, when, by, reason, error);
}

static gboolean
is_free (const char *directory, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);

  if (!g_file_test (directory, G_FILE_TEST_EXISTS) || (dir != NULL && g_dir_read_name (dir) == NULL))
    return TRUE;
  dure_set_error (error, DURE_ERROR_EXISTS, _ ("“%s” is not empty. Choose a folder in which nothing is."), directory);
  return FALSE;
}

/* The register remembers the latest; the manifest is with the files. */
static gboolean
enter (DureStore *store, const char *when, const char *by, const char *reason, gint64 records, GError **error)
{
  g_autofree char *before = dure_store_get_meta (store, DURE_META_EXPORTS);
  g_autoptr (GString) lines = g_string_new (before);

  g_string_append (lines, "{\"at\":");
  dure_json_append_string (lines, when);
  g_string_append (lines, ",\"by\":");
  dure_json_append_string (lines, by);
  g_string_append (lines, ",\"reason\":");
  dure_json_append_string (lines, reason);
  g_string_append_printf (lines, ",\"records\":%" G_GINT64_FORMAT "}\n", records);
  while (lines->len > REGISTER_MOST)
    g_string_erase (lines, 0, strchr (lines->str, '\n') + 1 - lines->str);
  return dure_store_set_meta (store, DURE_META_EXPORTS, lines->str, error);
}

/**
 * dure_export_all:
 * @store: a connection of its own that may write; others may write meanwhile and do not wait
 * @directory: where the files go; it must be empty, or not be there
 * @reason: why; personal data of many leave the program
 * @progress: (nullable): told now and then
 * @data: for @progress
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * All files are of one moment. When it fails or is stopped, nothing of it is left.
 *
 * Returns: %TRUE when everything stands there, and the register says so
 */
gboolean
dure_export_all (DureStore         *store,
                 const char        *directory,
                 const char        *reason,
                 DureExportProgress progress,
                 gpointer           data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_autofree char *whole = g_canonicalize_filename (directory, NULL);
  g_autofree char *part = g_strconcat (whole, ".part", NULL);
  g_autofree char *when = dure_now_local ();
  g_autofree char *by = dure_store_get_meta (store, "author");
  g_autofree char *why = g_strstrip (g_strdup (reason));
  g_autoptr (GString) manifest = g_string_new (NULL);
  Export   self = { .store = store, .directory = part, .manifest = manifest, .progress = progress, .data = data, .cancellable = cancellable };
  gboolean done;

  if (*why == '\0')
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID,
                           _ ("Say why: personal data of many people leave the program."));
      return FALSE;
    }
  if (!is_free (whole, error) || !is_free (part, error))
    return FALSE;
  if (g_mkdir_with_parents (part, 0700) != 0)
    return write_fails (&self, part, error);
  if (!dure_store_freeze (store, error))
    {
      g_rmdir (part);
      return FALSE;
    }
  self.total = dure_store_dump_size (store);
  done = write_all (&self, when, by, why, error);
  dure_store_thaw (store);
  done = done && enter (store, when, by, why, self.records, error);
  if (done && g_rename (part, whole) != 0)
    done = write_fails (&self, whole, error);
  if (!done)
    dure_folder_remove (part);
  else if (progress != NULL)
    progress (1, data);
  return done;
}
