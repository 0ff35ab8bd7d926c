/* dure-export.c: records as CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-exchange"

#include "config.h"

#include "exchange/dure-export.h"

#include "exchange/dure-csv.h"
#include "exchange/dure-links.h"

static char *
cell_text (DureLinks *links, const DureField *field, const char *value, DureExportFlags flags)
{
  if (value == NULL)
    return g_strdup ("");
  if (flags & DURE_EXPORT_KEYS)
    return g_strdup (value);
  switch (field->type)
    {
    case DURE_VALUE_LINK:
      return g_strdup (dure_links_name (links, field->target, value));
    case DURE_VALUE_CHOICE:
    case DURE_VALUE_SET:
    case DURE_VALUE_YES_NO:
    case DURE_VALUE_PHONE:
      return dure_field_format (field, value);
    default:
      return g_strdup (value);
    }
}

static void
append_record (GString *out, DureLinks *links, DureRecord *record, DureExportFlags flags, const char *line_end)
{
  const DureEntity *entity = dure_record_get_entity (record);
  g_auto (GStrv) cells = g_new0 (char *, entity->n_fields + 2);
  guint n = 0;

  cells[n++] = g_strdup (dure_record_get_id (record));
  for (guint f = 0; f < entity->n_fields; f++)
    if (!(entity->fields[f].flags & DURE_FIELD_HIDDEN))
      cells[n++] = cell_text (links, &entity->fields[f], dure_record_get (record, f), flags);
  dure_csv_append_row (out, (const char *const *)cells, n, line_end);
}

/**
 * dure_export_csv:
 * @store: the store
 * @query: which records, in which order
 * @flags: see #DureExportFlags
 * @cancellable: (nullable): stops it
 * @error: return location for a #GError
 *
 * The first column is the id, so that a file that was exported, changed and imported changes the same records. A link
 * is a title where only one record has it, else the id.
 *
 * Returns: (transfer full) (nullable): the file; UTF-8 with a mark and CRLF by default
 */
GBytes *
dure_export_csv (
    DureStore *store, const DureQuery *query, DureExportFlags flags, GCancellable *cancellable, GError **error)
{
  const DureEntity *entity = dure_entity (dure_query_get_entity (query));
  const char       *line_end = (flags & DURE_EXPORT_PLAIN) ? "\n" : "\r\n";
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (DureLinks) links = dure_links_new (store);
  g_autoptr (GArray) rows = NULL;
  g_autofree const char **headings = g_new0 (const char *, entity->n_fields + 1);
  g_autofree char        *text = NULL;
  guint                   n = 0;

  if (!(flags & (DURE_EXPORT_PLAIN | DURE_EXPORT_CP949)))
    g_string_append (out, DURE_CSV_BOM);
  headings[n++] = "id";
  for (guint f = 0; f < entity->n_fields; f++)
    if (!(entity->fields[f].flags & DURE_FIELD_HIDDEN))
      headings[n++] = (flags & DURE_EXPORT_KEYS) ? entity->fields[f].key : dure_field_label (&entity->fields[f]);
  dure_csv_append_row (out, headings, n, line_end);

  rows = dure_store_rows (store, query, cancellable, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (DureRecord) record = dure_store_get_row (store, entity->id, g_array_index (rows, gint64, i));

      if (record != NULL)
        append_record (out, links, record, flags, line_end);
      if (i % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }
  if (!(flags & DURE_EXPORT_CP949))
    return g_string_free_to_bytes (g_steal_pointer (&out));
  text = g_string_free (g_steal_pointer (&out), FALSE);
  return dure_csv_to_cp949 (text, error);
}
