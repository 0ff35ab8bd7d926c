/* dure-cli-output.c: how durectl prints
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-output.h"

#include <string.h>

#include "base/dure-stamp.h"

/* Columns of a terminal; longer cells are cut with "…". JSON is never cut. */
#define WIDEST_CELL 48

struct _DureCliTable
{
  GPtrArray *cells; /* the first row is the heading */
  guint      n_columns;
};

static guint
character_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * dure_cli_text_width:
 *
 * Returns: how many columns of a terminal @text takes; Hangul takes two each
 */
guint
dure_cli_text_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += character_width (g_utf8_get_char (text));
  return width;
}

/**
 * dure_cli_put_padded:
 *
 * Prints @text and spaces up to @width columns, at least one space.
 */
void
dure_cli_put_padded (FILE *out, const char *text, guint width)
{
  guint used = dure_cli_text_width (text);

  fprintf (out, "%s%*s", text, used < width ? (int)(width - used) : 1, "");
}

/**
 * dure_cli_table_new:
 * @n_columns: how many cells a row has
 *
 * Returns: (transfer full): an empty table; the first row added is its heading
 */
DureCliTable *
dure_cli_table_new (guint n_columns)
{
  DureCliTable *self = g_new0 (DureCliTable, 1);

  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->n_columns = n_columns;
  return self;
}

void
dure_cli_table_free (DureCliTable *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/**
 * dure_cli_table_add:
 * @cell: (nullable): text of the next cell; shown on one line, without control characters
 */
void
dure_cli_table_add (DureCliTable *self, const char *cell)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint width = 0;

  for (const char *p = cell != NULL ? cell : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c))
        c = ' ';
      width += character_width (c);
      if (width >= WIDEST_CELL && *g_utf8_next_char (p) != '\0')
        {
          g_string_append (text, "…");
          break;
        }
      g_string_append_unichar (text, c);
    }
  g_ptr_array_add (self->cells, g_strdup (text->str));
}

/**
 * dure_cli_table_print:
 *
 * Prints the rows, columns two spaces apart, nothing after the last text of a row.
 */
void
dure_cli_table_print (DureCliTable *self, FILE *out)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    {
      guint *widest = &widths[i % self->n_columns];

      *widest = MAX (*widest, dure_cli_text_width (self->cells->pdata[i]));
    }
  for (guint row = 0; row + self->n_columns <= self->cells->len; row += self->n_columns)
    {
      guint last = self->n_columns;

      while (last > 1 && *(const char *)self->cells->pdata[row + last - 1] == '\0')
        last--;
      for (guint i = 0; i + 1 < last; i++)
        dure_cli_put_padded (out, self->cells->pdata[row + i], widths[i] + 2);
      fprintf (out, "%s\n", (const char *)self->cells->pdata[row + last - 1]);
    }
}

/** dure_cli_json_member: a member of the object that is being built; %NULL becomes null. */
void
dure_cli_json_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

/**
 * dure_cli_json_value:
 * @builder: where a value may stand
 * @field: of what field
 * @value: (nullable): canonical text
 *
 * Numbers as numbers, yes/no as booleans, sets as arrays, everything else as text; null for none.
 */
void
dure_cli_json_value (JsonBuilder *builder, const DureField *field, const char *value)
{
  if (field->type == DURE_VALUE_SET)
    {
      g_auto (GStrv) keys = g_strsplit (value != NULL ? value : "", ",", -1);

      json_builder_begin_array (builder);
      for (char **key = keys; *key != NULL; key++)
        if (**key != '\0')
          json_builder_add_string_value (builder, *key);
      json_builder_end_array (builder);
    }
  else if (value == NULL)
    json_builder_add_null_value (builder);
  else if (field->type == DURE_VALUE_YES_NO)
    json_builder_add_boolean_value (builder, strcmp (value, "1") == 0);
  else if (field->type == DURE_VALUE_INTEGER || field->type == DURE_VALUE_MONEY)
    json_builder_add_int_value (builder, g_ascii_strtoll (value, NULL, 10));
  else
    json_builder_add_string_value (builder, value);
}

/**
 * dure_cli_json_record:
 *
 * Adds the record as an object: its id, and every field by its key; a hidden one only when it is set.
 */
void
dure_cli_json_record (JsonBuilder *builder, DureRecord *record)
{
  const DureEntity *entity = dure_record_get_entity (record);

  json_builder_begin_object (builder);
  dure_cli_json_member (builder, "id", dure_record_get_id (record));
  for (guint f = 0; f < entity->n_fields; f++)
    {
      if ((entity->fields[f].flags & DURE_FIELD_HIDDEN) && dure_record_get (record, f) == NULL)
        continue;
      json_builder_set_member_name (builder, entity->fields[f].key);
      dure_cli_json_value (builder, &entity->fields[f], dure_record_get (record, f));
    }
  if (dure_record_get_deleted (record))
    {
      json_builder_set_member_name (builder, "deleted");
      json_builder_add_boolean_value (builder, TRUE);
    }
  json_builder_end_object (builder);
}

/**
 * dure_cli_json_print:
 *
 * Prints what was built, and empties @builder.
 */
void
dure_cli_json_print (JsonBuilder *builder, FILE *out)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  fputs (text, out);
  json_builder_reset (builder);
}

/**
 * dure_cli_stamp_time:
 * @stamp: a stamp
 *
 * Returns: (transfer full): its local time by the clock of the officers, whatever this computer's zone is
 */
char *
dure_cli_stamp_time (const char *stamp)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Seoul");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (dure_stamp_ms (stamp) / 1000);
  g_autoptr (GDateTime) local
      = utc != NULL ? g_date_time_to_timezone (utc, zone != NULL ? zone : g_time_zone_new_utc ()) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M:%S") : g_strdup ("");
}
