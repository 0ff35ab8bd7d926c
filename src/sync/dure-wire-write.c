/* dure-wire-write.c: lines of the wire format, written; dure-wire.c says what they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-wire.h"

#include <string.h>

static void
append_member (GString *out, const char *name, const char *text)
{
  g_string_append (out, name);
  g_string_append (out, text);
  g_string_append_c (out, '"');
}

static void
append_knew (GString *out, const DureChange *change)
{
  g_autoptr (GList) keys = change->knew != NULL ? g_hash_table_get_keys (change->knew) : NULL;

  if (change->knew == NULL)
    return;
  keys = g_list_sort (keys, (GCompareFunc)strcmp);
  g_string_append (out, ",\"knew\":{");
  for (GList *key = keys; key != NULL; key = key->next)
    {
      g_string_append (out, key == keys ? "\"" : ",\"");
      g_string_append (out, key->data);
      append_member (out, "\":\"", g_hash_table_lookup (change->knew, key->data));
    }
  g_string_append_c (out, '}');
}

/**
 * dure_wire_append:
 * @out: the lines so far
 * @change: a change with good stamp, entity and id
 * @seq: sequence number, 0 for none
 * @key: number of the record that this line completes, 0 for none
 *
 * Appends @change as one line with its line feed.
 */
void
dure_wire_append (GString *out, const DureChange *change, gint64 seq, gint64 key)
{
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  if (seq != 0)
    g_string_append_printf (out, "\"seq\":%" G_GINT64_FORMAT ",", seq);
  if (key != 0)
    g_string_append_printf (out, "\"key\":%" G_GINT64_FORMAT ",", key);
  append_member (out, "\"stamp\":\"", change->stamp);
  append_member (out, ",\"entity\":\"", change->entity);
  append_member (out, ",\"id\":\"", change->id);
  g_string_append (out, ",\"set\":{");
  for (guint i = 0; i < change->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (change->fields, i);

      g_string_append_len (out, i == 0 ? "\"" : ",\"", i == 0 ? 1 : 2);
      g_string_append (out, field->key);
      g_string_append_len (out, "\":", 2);
      dure_json_append_string (out, field->value);
    }
  g_string_append_c (out, '}');
  for (guint i = 0; i < change->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (change->fields, i);

      if (field->seen == NULL)
        continue;
      g_string_append (out, first ? ",\"seen\":{\"" : ",\"");
      g_string_append (out, field->key);
      append_member (out, "\":\"", field->seen);
      first = FALSE;
    }
  if (!first)
    g_string_append_c (out, '}');
  append_knew (out, change);
  if (change->part)
    g_string_append (out, ",\"part\":1");
  if (change->back != NULL)
    {
      g_string_append (out, ",\"back\":");
      dure_json_append_string (out, change->back);
    }
  if (change->by != NULL)
    {
      g_string_append (out, ",\"by\":");
      dure_json_append_string (out, change->by);
    }
  g_string_append_len (out, "}\n", 2);
}

/** dure_wire_append_start: appends the first line of an answer; @total is 0 when it is not known. */
void
dure_wire_append_start (GString *out, gint64 seq, gint64 epoch, gint64 total)
{
  g_string_append_printf (out,
                          "{\"start\":%d,\"seq\":%" G_GINT64_FORMAT ",\"epoch\":%" G_GINT64_FORMAT
                          ",\"total\":%" G_GINT64_FORMAT "}\n",
                          DURE_WIRE_VERSION, seq, epoch, total);
}

/** dure_wire_append_end: appends the last line of an answer. */
void
dure_wire_append_end (GString *out, gint64 seq, gint64 epoch, gint64 now, gboolean more, const char *role)
{
  g_string_append_printf (out,
                          "{\"end\":%d,\"seq\":%" G_GINT64_FORMAT ",\"epoch\":%" G_GINT64_FORMAT
                          ",\"now\":%" G_GINT64_FORMAT ",\"more\":%s,\"role\":",
                          DURE_WIRE_VERSION, seq, epoch, now, more ? "true" : "false");
  dure_json_append_string (out, role);
  g_string_append_len (out, "}\n", 2);
}

/** dure_wire_append_member: adds a text to the object that ends @out; @value may be %NULL for none. */
void
dure_wire_append_member (GString *out, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_string_truncate (out, out->len - strlen ("}\n"));
  g_string_append_printf (out, ",\"%s\":", key);
  dure_json_append_string (out, value);
  g_string_append (out, "}\n");
}
