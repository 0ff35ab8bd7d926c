/* dure-import.c: rows of a CSV file become records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three passes: read every row and its values; find the records that rows and links mean; write, in one transaction. A
 * row is a record that is there already when its `id` says so, or when the entity has a natural key and its fields do;
 * else it is a new one. A column that the file lacks leaves its field alone; an empty cell empties it.
 */
#define G_LOG_DOMAIN "dure-exchange"

#include "config.h"

#include "exchange/dure-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "base/dure-text.h"
#include "base/dure-uuid.h"
#include "exchange/dure-links.h"

#define COLUMN_NONE (-1)
#define COLUMN_ID (-2)
#define ROWS_A_STEP 256

typedef struct
{
  guint    number;
  gboolean bad;
  char    *id;
  char   **values; /* by column: canonical text; of links the name */
  guint    n_values;
} Row;

typedef struct
{
  DureStore         *store;
  const DureEntity  *entity;
  DureCsv           *csv;
  DureLinks         *links;
  DureImportReport  *report;
  GArray            *columns; /* of int: field number, COLUMN_NONE or COLUMN_ID */
  GPtrArray         *rows;
  DureImportProgress progress;
  gpointer           progress_data;
  GCancellable      *cancellable;
} Import;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->id);
  for (guint i = 0; i < row->n_values; i++)
    g_free (row->values[i]);
  g_free (row->values);
  g_free (row);
}

static void
note_free (gpointer data)
{
  DureImportNote *note = data;

  g_free (note->field);
  g_free (note->message);
  g_free (note);
}

static void
add_note (GPtrArray *notes, guint row, const char *field, const char *message)
{
  DureImportNote *note = g_new0 (DureImportNote, 1);

  note->row = row;
  note->field = g_strdup (field);
  note->message = g_strdup (message);
  g_ptr_array_add (notes, note);
}

static void
refuse_row (Import *self, Row *row, const char *field, const char *message)
{
  row->bad = TRUE;
  add_note (self->report->problems, row->number, field, message);
}

static gboolean
step (Import *self, guint done, double from, double share, GError **error)
{
  if (done % ROWS_A_STEP != 0)
    return TRUE;
  if (self->progress != NULL)
    self->progress (from + share * (self->rows->len > 0 ? (double)done / self->rows->len : 1), self->progress_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static const char *
column_label (Import *self, guint column)
{
  int field = g_array_index (self->columns, int, column);

  return field >= 0 ? dure_field_label (&self->entity->fields[field]) : "id";
}

/* Which column is which field; unknown headings are left out with a notice. */
static gboolean
read_headings (Import *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GPtrArray *cells = NULL;
  gboolean   any = FALSE;

  if (!dure_csv_next (self->csv, &cells, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID,
                             _ ("The file is empty: the first row must hold the headings."));
      return FALSE;
    }
  for (guint i = 0; i < cells->len; i++)
    {
      g_autofree char *plain = dure_csv_undefuse (cells->pdata[i]);
      g_autofree char *heading = dure_text_nfc (plain);
      int              field;

      g_strdelimit (heading, "*\n", ' ');
      g_strstrip (heading);
      field = g_ascii_strcasecmp (heading, "id") == 0 ? COLUMN_ID : dure_entity_find_label (self->entity, heading);
      if (field == COLUMN_NONE && *heading != '\0')
        {
          g_autofree char *sentence = dure_hangul_printf (_ ("The column “%s” is left out: %s has no such field."),
                                                          heading, dure_entity_label (self->entity));

          add_note (self->report->notices, dure_csv_get_row (self->csv), heading, sentence);
        }
      if (field != COLUMN_NONE && !g_hash_table_add (seen, GINT_TO_POINTER (field + 10)))
        {
          g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The heading “%s” stands twice."), heading);
          return FALSE;
        }
      any = any || field >= 0;
      g_array_append_val (self->columns, field);
    }
  if (!any)
    {
      g_autofree char *sentence
          = dure_hangul_printf (_ ("No heading in the first row is a field of %s."), dure_entity_label (self->entity));

      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, sentence);
    }
  return any;
}

/* Excel takes a telephone number for a sum and eats its first zero. */
static char *
restore_zero (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autofree char *longer = NULL;
  g_autofree char *digits = NULL;
  gsize            length = strlen (text);

  if (length < 9 || length > 10 || strspn (text, "0123456789") != length || text[0] == '0')
    return NULL;
  longer = g_strconcat ("0", text, NULL);
  digits = dure_phone_parse (longer);
  return digits != NULL && (text[0] != '1' || (length == 10 && text[1] == '0')) ? g_steal_pointer (&longer) : NULL;
}

static char *
read_value (Import *self, Row *row, guint column, const char *cell)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *plain = dure_csv_undefuse (cell);
  g_autofree char *longer = NULL;
  const DureField *field = &self->entity->fields[g_array_index (self->columns, int, column)];
  char            *value;

  if (field->type == DURE_VALUE_LINK)
    return g_strstrip (g_steal_pointer (&plain));
  if (field->type == DURE_VALUE_PHONE && (longer = restore_zero (plain)) != NULL)
    {
      g_autofree char *sentence = g_strdup_printf (_ ("The leading zero that was lost is back: %s"), longer);

      add_note (self->report->notices, row->number, dure_field_label (field), sentence);
    }
  value = dure_field_parse (field, longer != NULL ? longer : plain, &local);
  if (local != NULL)
    refuse_row (self, row, dure_field_label (field), local->message);
  return value;
}

static void
read_id (Import *self, Row *row, const char *cell)
{
  g_autofree char *id = g_ascii_strdown (cell, -1);

  g_strstrip (id);
  if (*id == '\0')
    return;
  if (dure_uuid_is_valid (id))
    row->id = g_steal_pointer (&id);
  else
    refuse_row (self, row, "id", _ ("The id must be one that this program gave, or empty."));
}

static gboolean
is_blank (GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    for (const char *c = cells->pdata[i]; *c != '\0'; c++)
      if (!g_ascii_isspace (*c))
        return FALSE;
  return TRUE;
}

static gboolean
read_rows (Import *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  GPtrArray *cells;

  while (dure_csv_next (self->csv, &cells, &local))
    {
      Row *row;

      if (self->rows->len % ROWS_A_STEP == 0)
        {
          if (self->progress != NULL)
            self->progress (dure_csv_get_fraction (self->csv) * 0.2, self->progress_data);
          if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
            return FALSE;
        }
      if (is_blank (cells))
        continue;
      row = g_new0 (Row, 1);
      row->number = dure_csv_get_row (self->csv);
      g_ptr_array_add (self->rows, row);
      row->n_values = MIN (cells->len, self->columns->len);
      row->values = g_new0 (char *, row->n_values);
      for (guint i = 0; i < cells->len; i++)
        {
          const char *cell = cells->pdata[i];
          int         field = i < self->columns->len ? g_array_index (self->columns, int, i) : COLUMN_NONE;

          if (i >= self->columns->len && *cell != '\0')
            {
              g_autofree char *sentence = g_strdup_printf (_ ("The row has %u cells, but there are only %u headings."),
                                                           cells->len, self->columns->len);

              refuse_row (self, row, NULL, sentence);
              break;
            }
          if (field == COLUMN_ID)
            read_id (self, row, cell);
          else if (field != COLUMN_NONE)
            row->values[i] = read_value (self, row, i, cell);
        }
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static const char *
row_value (Import *self, Row *row, int field)
{
  for (guint i = 0; i < row->n_values; i++)
    if (g_array_index (self->columns, int, i) == field)
      return row->values[i];
  return NULL;
}

/* The id that the key fields give; NULL when the key is not all there. */
static char *
natural_id (Import *self, Row *row, gboolean links_too)
{
  g_autoptr (DureRecord) record = g_object_new (dure_entity_type (self->entity->id), NULL);

  for (guint f = 0; f < self->entity->n_fields; f++)
    if (self->entity->fields[f].flags & DURE_FIELD_KEY)
      {
        if (self->entity->fields[f].type == DURE_VALUE_LINK && !links_too)
          return NULL;
        dure_record_set (record, f, row_value (self, row, (int)f));
        if (dure_record_get (record, f) == NULL && (self->entity->fields[f].flags & DURE_FIELD_REQUIRED))
          return NULL;
      }
  return dure_store_natural_id (self->store, record, NULL);
}

static gboolean
links_itself (Import *self)
{
  for (guint c = 0; c < self->columns->len; c++)
    {
      int field = g_array_index (self->columns, int, c);

      if (field >= 0 && self->entity->fields[field].type == DURE_VALUE_LINK
          && self->entity->fields[field].target == self->entity->id)
        return TRUE;
    }
  return FALSE;
}

static void
name_row (Import *self, Row *row)
{
  const char *title = self->entity->title_field >= 0 ? row_value (self, row, self->entity->title_field) : NULL;

  if (title != NULL && row->id != NULL)
    dure_links_add (self->links, self->entity->id, title, row->id);
}

/* Gives new rows their ids. */
static void
give_ids (Import *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      if (row->id == NULL && self->entity->natural)
        row->id = natural_id (self, row, FALSE);
      if (row->id == NULL && !self->entity->natural)
        {
          row->id = g_malloc (DURE_UUID_LENGTH + 1);
          dure_uuid_v7 (row->id);
        }
    }
}

static void
find_links (Import *self, Row *row)
{
  for (guint i = 0; i < row->n_values; i++)
    {
      g_autoptr (GError) local = NULL;
      int   field = g_array_index (self->columns, int, i);
      char *id;

      if (field < 0 || row->values[i] == NULL || self->entity->fields[field].type != DURE_VALUE_LINK)
        continue;
      id = *row->values[i] != '\0'
               ? dure_links_find (self->links, self->entity->fields[field].target, row->values[i], &local)
               : NULL;
      g_free (row->values[i]);
      row->values[i] = id;
      if (local != NULL)
        refuse_row (self, row, column_label (self, i), local->message);
    }
}

/* The record that the row makes; NULL when the row is bad. @same tells that the store holds just that already. */
static DureRecord *
make_record (Import *self, Row *row, gboolean *is_new, gboolean *same)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (DureRecord) record
      = row->id != NULL ? dure_store_get (self->store, self->entity->id, row->id, NULL) : NULL;
  g_autoptr (DureRecord) old = record != NULL ? dure_record_copy (record) : NULL;
  int wrong = -1;

  *is_new = record == NULL;
  *same = !*is_new && !dure_record_get_deleted (record);
  if (!*is_new)
    dure_record_set_deleted (record, FALSE); /* a record that was deleted and stands in the file comes back */
  if (record == NULL)
    {
      record = dure_record_new (self->entity->id);
      dure_record_set_id (record, row->id);
    }
  for (guint i = 0; i < row->n_values; i++)
    {
      int field = g_array_index (self->columns, int, i);

      if (field < 0 || (*is_new && row->values[i] == NULL))
        continue;
      if (dure_record_set (record, (guint)field, row->values[i]))
        *same = FALSE;
    }
  if (old != NULL ? dure_record_check_change (record, old, &wrong, &local)
                  : dure_record_check (record, &wrong, &local))
    return g_steal_pointer (&record);
  refuse_row (self, row, wrong >= 0 ? dure_field_label (&self->entity->fields[wrong]) : NULL, local->message);
  return NULL;
}

/* Checks every row, and writes it when @write. Runs inside the transaction. */
static gboolean
take_rows (Import *self, gboolean write, gboolean skip_bad, GError **error)
{
  g_autoptr (GHashTable) rows_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean name_each_other = links_itself (self);

  give_ids (self);
  /* All or nothing: rows may name each other in any order. Else only rows that were written can be named. */
  for (guint i = 0; name_each_other && !skip_bad && i < self->rows->len; i++)
    name_row (self, self->rows->pdata[i]);
  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (DureRecord) record = NULL;
      g_autoptr (GError) local = NULL;
      Row     *row = self->rows->pdata[i];
      Row     *other;
      gboolean is_new, same;

      if (!step (self, i, 0.2, 0.75, error))
        return FALSE;
      find_links (self, row);
      if (row->bad)
        continue;
      if (row->id == NULL && self->entity->natural)
        row->id = natural_id (self, row, TRUE);
      other = row->id != NULL ? g_hash_table_lookup (rows_by_id, row->id) : NULL;
      if (other != NULL)
        {
          g_autofree char *sentence = g_strdup_printf (_ ("This is the same record as in row %u."), other->number);

          refuse_row (self, row, NULL, sentence);
          continue;
        }
      if (row->id != NULL)
        g_hash_table_insert (rows_by_id, row->id, row);
      record = make_record (self, row, &is_new, &same);
      if (record == NULL)
        continue;
      if (write && !same && !dure_store_write (self->store, record, &local))
        {
          if (!g_error_matches (local, DURE_ERROR, DURE_ERROR_INVALID))
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
          refuse_row (self, row, NULL, local->message);
          continue;
        }
      if (name_each_other && skip_bad)
        name_row (self, row);
      if (is_new)
        self->report->n_added++;
      else if (same)
        self->report->n_same++;
      else
        self->report->n_changed++;
    }
  return TRUE;
}

static int
compare_notes (gconstpointer a, gconstpointer b)
{
  const DureImportNote *one = *(DureImportNote *const *)a;
  const DureImportNote *other = *(DureImportNote *const *)b;

  return one->row < other->row ? -1 : one->row > other->row;
}

static gboolean
run (Import *self, DureImportFlags flags, GError **error)
{
  g_autofree char *label = NULL;
  gboolean         write = !(flags & DURE_IMPORT_DRY_RUN);

  if (self->entity->from_server)
    {
      label = dure_hangul_printf (_ ("%s are written by the server alone."), dure_entity_plural (self->entity));
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, label);
      return FALSE;
    }
  if (!read_headings (self, error) || !read_rows (self, error))
    return FALSE;
  self->report->n_rows = self->rows->len;
  if (self->report->problems->len > 0 && !(flags & DURE_IMPORT_SKIP_BAD))
    write = FALSE;
  label = dure_hangul_printf (_ ("Import of %s"), dure_entity_plural (self->entity));
  if (write && !dure_store_begin (self->store, label, error))
    return FALSE;
  if (!take_rows (self, write, (flags & DURE_IMPORT_SKIP_BAD) != 0, error))
    {
      if (write)
        dure_store_rollback (self->store);
      return FALSE;
    }
  g_ptr_array_sort (self->report->problems, compare_notes);
  if (write && self->report->problems->len > 0 && !(flags & DURE_IMPORT_SKIP_BAD))
    {
      dure_store_rollback (self->store);
      write = FALSE;
    }
  /* An empty transaction would be an empty step of undo. */
  if (write && self->report->n_added + self->report->n_changed == 0)
    dure_store_rollback (self->store);
  else if (write && !dure_store_commit (self->store, error))
    return FALSE;
  self->report->written = write;
  if (self->progress != NULL)
    self->progress (1, self->progress_data);
  return TRUE;
}

/**
 * dure_import_csv:
 * @store: where to write; its thread is this one
 * @entity: what the rows are
 * @csv: a reader that stands before the headings: field keys, or labels in Korean or English
 * @flags: see #DureImportFlags
 * @progress: (nullable) (scope call): called now and then
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it; nothing is written then
 * @error: return location for a #GError
 *
 * Choices may be keys or labels; links ids, codes or exact titles, also of other rows of the file. Every wrong row is
 * listed, and by default nothing is written when there is one.
 *
 * Returns: (transfer full) (nullable): the report, also when rows are wrong; %NULL when the file is no table of
 * @entity, the store refused, or it was cancelled
 */
DureImportReport *
dure_import_csv (DureStore         *store,
                 DureEntityId       entity,
                 DureCsv           *csv,
                 DureImportFlags    flags,
                 DureImportProgress progress,
                 gpointer           progress_data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_autoptr (DureImportReport) report = g_new0 (DureImportReport, 1);
  g_autoptr (DureLinks) links = NULL;
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GError) local = NULL;
  Import self = { 0 };

  g_return_val_if_fail (DURE_IS_STORE (store), NULL);
  g_return_val_if_fail (csv != NULL, NULL);

  links = dure_links_new (store);
  report->problems = g_ptr_array_new_with_free_func (note_free);
  report->notices = g_ptr_array_new_with_free_func (note_free);
  report->encoding = dure_csv_get_encoding (csv);
  report->delimiter = dure_csv_get_delimiter (csv);
  self.store = store;
  self.entity = dure_entity (entity);
  self.csv = csv;
  self.links = links;
  self.report = report;
  self.columns = columns;
  self.rows = rows;
  self.progress = progress;
  self.progress_data = progress_data;
  self.cancellable = cancellable;
  if (run (&self, flags, &local))
    return g_steal_pointer (&report);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

void
dure_import_report_free (DureImportReport *report)
{
  if (report == NULL)
    return;
  g_ptr_array_unref (report->problems);
  g_ptr_array_unref (report->notices);
  g_free (report);
}
