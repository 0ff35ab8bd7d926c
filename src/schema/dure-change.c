/* dure-change.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-schema"

#include "config.h"

#include "schema/dure-change.h"

#include <string.h>

/* A register is taken in by the hundred thousand: each text with an allocation of its own would cost more than reading
 * it. */
struct _DureChangeRoom
{
  DureChangeRoom *next; /* what was full before */
  gsize           used, size;
  char            bytes[];
};

/* Most changes fit. */
#define USUAL_ROOM 480

static DureChangeRoom *
make_room (gsize size, DureChangeRoom *next)
{
  DureChangeRoom *room = g_malloc (sizeof *room + size);

  room->next = next;
  room->used = 0;
  room->size = size;
  return room;
}

/**
 * dure_change_reserve:
 * @self: a change
 * @size: bytes
 *
 * Returns: (transfer none): room for a text that lives as long as @self; its bytes are not set
 */
char *
dure_change_reserve (DureChange *self, gsize size)
{
  char *bytes;

  if (self->room->size - self->room->used < size)
    self->room = make_room (MAX (size, USUAL_ROOM), self->room);
  bytes = self->room->bytes + self->room->used;
  self->room->used += size;
  return bytes;
}

static DureChangeField *
reserve_field (DureChange *self)
{
  const gsize used = self->room->used;
  const gsize even = (used + G_ALIGNOF (DureChangeField) - 1) / G_ALIGNOF (DureChangeField) * G_ALIGNOF (DureChangeField);

  self->room->used = MIN (even, self->room->size);
  return (DureChangeField *)(gpointer)dure_change_reserve (self, sizeof (DureChangeField));
}

/**
 * dure_change_keep:
 * @self: a change
 * @text: (nullable): a text
 *
 * Returns: (transfer none) (nullable): a copy that lives as long as @self
 */
const char *
dure_change_keep (DureChange *self, const char *text)
{
  gsize size;

  if (text == NULL)
    return NULL;
  size = strlen (text) + 1;
  return memcpy (dure_change_reserve (self, size), text, size);
}

/**
 * dure_change_new_sized:
 * @room: bytes that its texts will take, about
 *
 * Returns: (transfer full): a change that says nothing yet
 */
DureChange *
dure_change_new_sized (gsize room)
{
  DureChange *self = g_new0 (DureChange, 1);

  self->fields = g_ptr_array_new ();
  self->room = make_room (room, NULL);
  return self;
}

/**
 * dure_change_new:
 * @stamp: stamp of the change
 * @entity: key of the entity
 * @id: id of the record
 * @by: (nullable): who made it
 *
 * Returns: (transfer full): a change that sets nothing yet
 */
DureChange *
dure_change_new (const char *stamp, const char *entity, const char *id, const char *by)
{
  DureChange *self = dure_change_new_sized (USUAL_ROOM);

  self->stamp = dure_change_keep (self, stamp);
  self->entity = dure_change_keep (self, entity);
  self->id = dure_change_keep (self, id);
  self->by = dure_change_keep (self, by);
  return self;
}

/** dure_change_add_kept: dure_change_add() for texts that @self keeps already. Returns: (transfer none): the added field */
DureChangeField *
dure_change_add_kept (DureChange *self, const char *key, const char *value, const char *seen)
{
  DureChangeField *field = reserve_field (self);

  field->key = key;
  field->value = value;
  field->was = NULL;
  field->seen = seen;
  g_ptr_array_add (self->fields, field);
  return field;
}

/**
 * dure_change_add:
 * @self: a change
 * @key: key of a field
 * @value: (nullable): canonical text
 * @seen: (nullable): stamp of the value that it replaces
 *
 * Returns: (transfer none): the added field
 */
DureChangeField *
dure_change_add (DureChange *self, const char *key, const char *value, const char *seen)
{
  return dure_change_add_kept (self, dure_change_keep (self, key), dure_change_keep (self, value),
                               dure_change_keep (self, seen));
}

/**
 * dure_change_find:
 * @self: a change
 * @key: key of a field
 *
 * Returns: (transfer none) (nullable): what the change does to that field
 */
DureChangeField *
dure_change_find (DureChange *self, const char *key)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      DureChangeField *field = g_ptr_array_index (self->fields, i);

      if (strcmp (field->key, key) == 0)
        return field;
    }
  return NULL;
}

/**
 * dure_change_add_known:
 * @self: a change
 * @key: (nullable): key of a field; %NULL says that the device knew of the record, and nothing more
 * @stamp: what the author's device had of the field
 */
void
dure_change_add_known (DureChange *self, const char *key, const char *stamp)
{
  if (self->knew == NULL)
    self->knew = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (key != NULL)
    g_hash_table_replace (self->knew, g_strdup (key), g_strdup (stamp));
}

/**
 * dure_change_copy:
 * @self: a change
 *
 * Returns: (transfer full): a copy that shares nothing
 */
DureChange *
dure_change_copy (const DureChange *self)
{
  DureChange *copy = dure_change_new (self->stamp, self->entity, self->id, self->by);

  copy->seq = self->seq;
  copy->back = dure_change_keep (copy, self->back);
  copy->part = self->part;
  copy->knew = self->knew != NULL ? g_hash_table_ref (self->knew) : NULL;
  for (guint i = 0; i < self->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (self->fields, i);

      dure_change_add (copy, field->key, field->value, field->seen)->was = dure_change_keep (copy, field->was);
    }
  return copy;
}

/** dure_change_is_purge: Returns: whether @self purges its record */
gboolean
dure_change_is_purge (const DureChange *self)
{
  const DureChangeField *field = dure_change_find ((DureChange *)self, DURE_CHANGE_PURGED);

  return field != NULL && field->value != NULL;
}

/** dure_change_is_void: Returns: whether @self is what was left of a change when its record was purged */
gboolean
dure_change_is_void (const DureChange *self)
{
  const DureChangeField *field = dure_change_find ((DureChange *)self, DURE_CHANGE_PURGED);

  return field != NULL && field->value == NULL;
}

/* Reasons come from elsewhere too, and no value may hide in one. */
static gboolean
is_reason (const char *text)
{
  gsize n = 0;

  for (; g_ascii_islower (text[n]) || text[n] == '-'; n++)
    ;
  return n > 0 && n <= 20 && text[n] == '\0';
}

/**
 * dure_change_set_purge:
 * @self: a change
 * @reason: key of dure_purge_reasons(), or what a newer program takes for one
 *
 * Makes @self a purge, and nothing but that.
 */
void
dure_change_set_purge (DureChange *self, const char *reason)
{
  g_autofree char *kept = g_strdup (is_reason (reason) ? reason : "other");

  g_ptr_array_set_size (self->fields, 0);
  dure_change_add (self, DURE_CHANGE_DELETED, "1", NULL);
  dure_change_add (self, DURE_CHANGE_PURGED, kept, NULL);
}

/** dure_change_make_void: takes out of @self all that it says. */
void
dure_change_make_void (DureChange *self)
{
  g_ptr_array_set_size (self->fields, 0);
  dure_change_add (self, DURE_CHANGE_PURGED, NULL, NULL);
}

/** dure_purge_reasons: Returns: (transfer none): why a record may be purged; ends with a %NULL key */
const DureChoice *
dure_purge_reasons (void)
{
  static const DureChoice reasons[] = {
    { "expired", "The time to keep is over", "보유 기한 지남" },
    { "request", "The person asked for it", "본인 요청" },
    { "done", "Its purpose is fulfilled", "목적 달성" },
    { "other", "Other", "기타" },
    { NULL, NULL, NULL },
  };

  return reasons;
}

/** dure_purge_reason_label: Returns: (transfer none): what the screen shows of a reason */
const char *
dure_purge_reason_label (const char *reason)
{
  for (const DureChoice *choice = dure_purge_reasons (); choice->key != NULL; choice++)
    if (strcmp (choice->key, reason) == 0)
      return dure_choice_label (choice);
  return reason;
}

/** dure_change_free: frees @self and all that it holds. */
void
dure_change_free (DureChange *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->knew, g_hash_table_unref);
  g_ptr_array_unref (self->fields);
  while (self->room != NULL)
    {
      DureChangeRoom *next = self->room->next;

      g_free (self->room);
      self->room = next;
    }
  g_free (self);
}

static inline gboolean
is_plain (char c)
{
  return (guchar)c >= 0x20 && c != '"' && c != '\\';
}

/* Almost every text: room once, and nothing to look at twice. */
static void
append_plain (GString *out, const char *text, gsize length)
{
  const gsize at = out->len;

  g_string_set_size (out, at + length + 2);
  out->str[at] = '"';
  memcpy (out->str + at + 1, text, length);
  out->str[at + 1 + length] = '"';
}

/**
 * dure_json_append_string:
 * @out: a string
 * @text: (nullable): valid UTF-8; %NULL appends `null`
 *
 * Appends @text as a JSON string, RFC 8259 §7.
 */
void
dure_json_append_string (GString *out, const char *text)
{
  static const char hex[] = "0123456789abcdef";
  const char       *start = text;

  if (text == NULL)
    {
      g_string_append_len (out, "null", 4);
      return;
    }
  while (is_plain (*text))
    text++;
  if (*text == '\0')
    {
      append_plain (out, start, (gsize)(text - start));
      return;
    }
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      guchar c = (guchar)*text;

      if (is_plain (*text))
        continue;
      g_string_append_len (out, start, text - start);
      start = text + 1;
      if (c == '"' || c == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, (char)c);
        }
      else if (c == '\n')
        g_string_append_len (out, "\\n", 2);
      else
        {
          g_string_append_len (out, "\\u00", 4);
          g_string_append_c (out, hex[c >> 4]);
          g_string_append_c (out, hex[c & 15]);
        }
    }
  g_string_append_len (out, start, text - start);
  g_string_append_c (out, '"');
}
