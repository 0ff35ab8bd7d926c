/* dure-record.c: one record of any entity
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values are canonical text, %NULL for none, in one array by field number. Each entity is a type of its own with one
 * property a field (`map-label` for the key `map_label`), so that expressions and bindings work.
 */
#define G_LOG_DOMAIN "dure-schema"

#include "config.h"

#include "schema/dure-record.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "schema/dure-record-private.h"

typedef struct
{
  char   **values;
  char    *id;
  char    *stamp;
  char    *field_stamps;
  char    *extra;
  guint64  touched; /* fields that were set since the record was read: only these are written */
  gboolean deleted;
} DureRecordPrivate;

static gpointer dure_record_parent_class;
static gint     private_offset;

static inline DureRecordPrivate *
get_private (DureRecord *self)
{
  return G_STRUCT_MEMBER_P (self, private_offset);
}

static void
clear (DureRecord *self)
{
  DureRecordPrivate *priv = get_private (self);
  const guint        n_fields = dure_record_get_entity (self)->n_fields;

  for (guint f = 0; f < n_fields; f++)
    g_clear_pointer (&priv->values[f], g_free);
  g_clear_pointer (&priv->id, g_free);
  g_clear_pointer (&priv->stamp, g_free);
  g_clear_pointer (&priv->field_stamps, g_free);
  g_clear_pointer (&priv->extra, g_free);
}

/* Makes of @self, which nobody watches, another record without values. */
void
dure_record_begin (DureRecord *self, const char *id, const char *stamp)
{
  DureRecordPrivate *priv = get_private (self);

  clear (self);
  priv->id = g_strdup (id);
  priv->stamp = g_strdup (stamp);
  priv->touched = 0;
  priv->deleted = FALSE;
}

static void
dure_record_finalize (GObject *object)
{
  DureRecord *self = DURE_RECORD (object);

  clear (self);
  g_free (get_private (self)->values);
  G_OBJECT_CLASS (dure_record_parent_class)->finalize (object);
}

static void
dure_record_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  DureRecord *self = DURE_RECORD (object);

  if (property == 1)
    g_value_set_string (value, dure_record_get_id (self));
  else if (G_IS_PARAM_SPEC_INT64 (pspec))
    g_value_set_int64 (value, dure_record_get_int (self, property - 2));
  else if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    g_value_set_boolean (value, dure_record_get_bool (self, property - 2));
  else
    g_value_set_string (value, dure_record_get (self, property - 2));
}

static void
dure_record_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  DureRecord *self = DURE_RECORD (object);

  if (property == 1)
    dure_record_set_id (self, g_value_get_string (value));
  else if (G_IS_PARAM_SPEC_INT64 (pspec))
    dure_record_set_int (self, property - 2, g_value_get_int64 (value));
  else if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    dure_record_set (self, property - 2, g_value_get_boolean (value) ? "1" : NULL);
  else
    dure_record_set (self, property - 2, g_value_get_string (value));
}

static void
base_class_init (gpointer klass, gpointer data)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  dure_record_parent_class = g_type_class_peek_parent (klass);
  g_type_class_adjust_private_offset (klass, &private_offset);
  object_class->finalize = dure_record_finalize;
}

static void
entity_class_init (gpointer klass, gpointer data)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const DureEntity *entity = data;

  DURE_RECORD_CLASS (klass)->entity = entity;
  object_class->get_property = dure_record_get_property;
  object_class->set_property = dure_record_set_property;
  g_object_class_install_property (
      object_class, 1,
      g_param_spec_string ("id", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  for (guint f = 0; f < entity->n_fields; f++)
    {
      const DureField *field = &entity->fields[f];
      g_autofree char *name = g_strdelimit (g_strdup (field->key), "_", '-');
      GParamFlags      flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY;
      GParamSpec      *pspec;

      if (field->type == DURE_VALUE_YES_NO)
        pspec = g_param_spec_boolean (name, field->label_en, NULL, FALSE, flags);
      else if (dure_field_is_integer (field))
        pspec = g_param_spec_int64 (name, field->label_en, NULL, G_MININT64, G_MAXINT64, 0, flags);
      else
        pspec = g_param_spec_string (name, field->label_en, NULL, NULL, flags);
      g_object_class_install_property (object_class, f + 2, pspec);
    }
}

static void
instance_init (GTypeInstance *instance, gpointer klass)
{
  const DureEntity *entity = DURE_RECORD_CLASS (klass)->entity;

  if (entity != NULL)
    get_private ((DureRecord *)instance)->values = g_new0 (char *, entity->n_fields);
}

GType
dure_record_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      const GTypeInfo info = { .class_size = sizeof (DureRecordClass),
                               .class_init = base_class_init,
                               .instance_size = sizeof (DureRecord),
                               .instance_init = NULL };
      GType           made = g_type_register_static (G_TYPE_OBJECT, "DureRecord", &info, G_TYPE_FLAG_ABSTRACT);

      private_offset = g_type_add_instance_private (made, sizeof (DureRecordPrivate));
      g_once_init_leave (&type, made);
    }
  return type;
}

GType
dure_record_register (const DureEntity *entity)
{
  const GTypeInfo info = { .class_size = sizeof (DureRecordClass),
                           .class_init = entity_class_init,
                           .class_data = entity,
                           .instance_size = sizeof (DureRecord),
                           .instance_init = instance_init };

  return g_type_register_static (DURE_TYPE_RECORD, entity->type_name, &info, G_TYPE_FLAG_FINAL);
}

/**
 * dure_record_new:
 * @entity: number of the entity
 *
 * Returns: (transfer full): a new record without an id, its fields as the table says a new record begins
 */
DureRecord *
dure_record_new (DureEntityId entity)
{
  DureRecord       *self = g_object_new (dure_entity_type (entity), NULL);
  const DureEntity *table = dure_record_get_entity (self);

  for (guint f = 0; f < table->n_fields; f++)
    if (table->fields[f].initial != NULL)
      get_private (self)->values[f] = g_strdup (table->fields[f].initial);
  return self;
}

/**
 * dure_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): a record of the same entity with the same values; shares nothing, so it may go to another
 * thread
 */
DureRecord *
dure_record_copy (DureRecord *self)
{
  DureRecordPrivate *from, *to;
  DureRecord        *copy;

  g_return_val_if_fail (DURE_IS_RECORD (self), NULL);
  copy = g_object_new (G_OBJECT_TYPE (self), NULL);
  from = get_private (self);
  to = get_private (copy);
  for (guint f = 0; f < dure_record_get_entity (self)->n_fields; f++)
    to->values[f] = g_strdup (from->values[f]);
  to->id = g_strdup (from->id);
  to->stamp = g_strdup (from->stamp);
  to->field_stamps = g_strdup (from->field_stamps);
  to->extra = g_strdup (from->extra);
  to->touched = from->touched;
  to->deleted = from->deleted;
  return copy;
}

/**
 * dure_record_assign:
 * @self: a record
 * @from: a record of the same entity
 *
 * Takes over id, values, stamps and all of @from; notifies the fields that changed.
 */
void
dure_record_assign (DureRecord *self, DureRecord *from)
{
  const DureEntity *entity = dure_record_get_entity (self);

  g_return_if_fail (entity == dure_record_get_entity (from));
  g_object_freeze_notify (G_OBJECT (self));
  dure_record_set_id (self, dure_record_get_id (from));
  for (guint f = 0; f < entity->n_fields; f++)
    dure_record_set (self, f, dure_record_get (from, f));
  dure_record_set_deleted (self, dure_record_get_deleted (from));
  dure_record_set_stamp (self, dure_record_get_stamp (from));
  dure_record_set_field_stamps (self, dure_record_get_field_stamps (from));
  dure_record_set_extra (self, dure_record_get_extra (from));
  get_private (self)->touched = get_private (from)->touched;
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * dure_record_get_entity:
 * @self: a record
 *
 * Returns: (transfer none): what it is a record of
 */
const DureEntity *
dure_record_get_entity (DureRecord *self)
{
  g_return_val_if_fail (DURE_IS_RECORD (self), NULL);
  return DURE_RECORD_GET_CLASS (self)->entity;
}

/**
 * dure_record_get_id:
 * @self: a record
 *
 * Returns: (transfer none) (nullable): its UUID; %NULL before it was first written
 */
const char *
dure_record_get_id (DureRecord *self)
{
  g_return_val_if_fail (DURE_IS_RECORD (self), NULL);
  return get_private (self)->id;
}

static gboolean
replace_string (char **place, const char *value)
{
  if (g_strcmp0 (*place, value) == 0)
    return FALSE;
  g_free (*place);
  *place = g_strdup (value);
  return TRUE;
}

/**
 * dure_record_set_id:
 * @self: a record
 * @id: (nullable): a UUID
 */
void
dure_record_set_id (DureRecord *self, const char *id)
{
  g_return_if_fail (DURE_IS_RECORD (self));
  if (replace_string (&get_private (self)->id, id))
    g_object_notify (G_OBJECT (self), "id");
}

/**
 * dure_record_get:
 * @self: a record
 * @field: field number, such as %DURE_AGENCY_NAME
 *
 * Returns: (transfer none) (nullable): the canonical text of the value, %NULL for none
 */
const char *
dure_record_get (DureRecord *self, guint field)
{
  g_return_val_if_fail (DURE_IS_RECORD (self), NULL);
  g_return_val_if_fail (field < DURE_RECORD_GET_CLASS (self)->entity->n_fields, NULL);
  return get_private (self)->values[field];
}

/**
 * dure_record_get_values:
 * @self: a record
 *
 * For loops over all fields: dure_record_get() looks at the type of @self each time.
 *
 * Returns: (transfer none) (array): the values by field number, as dure_record_get() gives them; until one is set
 */
const char *const *
dure_record_get_values (DureRecord *self)
{
  g_return_val_if_fail (DURE_IS_RECORD (self), NULL);
  return (const char *const *)get_private (self)->values;
}

/**
 * dure_record_get_int:
 * @self: a record
 * @field: number of a field of integer, money or yes/no
 *
 * Returns: the value, 0 for none
 */
gint64
dure_record_get_int (DureRecord *self, guint field)
{
  const char *value = dure_record_get (self, field);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

/**
 * dure_record_get_bool:
 * @self: a record
 * @field: number of a yes/no field
 *
 * Returns: %TRUE when the value is yes
 */
gboolean
dure_record_get_bool (DureRecord *self, guint field)
{
  return dure_record_get_int (self, field) != 0;
}

/**
 * dure_record_set:
 * @self: a record
 * @field: field number
 * @value: (nullable): canonical text, see dure_field_parse(); an empty text counts as none
 *
 * Returns: %TRUE when that changed the value
 */
gboolean
dure_record_set (DureRecord *self, guint field, const char *value)
{
  const DureEntity *entity;

  g_return_val_if_fail (DURE_IS_RECORD (self), FALSE);
  entity = DURE_RECORD_GET_CLASS (self)->entity;
  g_return_val_if_fail (field < entity->n_fields, FALSE);
  if (value != NULL && *value == '\0')
    value = NULL;
  if (!replace_string (&get_private (self)->values[field], value))
    return FALSE;
  get_private (self)->touched |= G_GUINT64_CONSTANT (1) << field;
  g_object_notify (G_OBJECT (self), entity->fields[field].key);
  return TRUE;
}

/**
 * dure_record_is_touched:
 * @self: a record
 * @field: field number
 *
 * A record that was read a while ago must not write back what others changed meanwhile.
 *
 * Returns: %TRUE when the field was set since the record was read from the store
 */
gboolean
dure_record_is_touched (DureRecord *self, guint field)
{
  return (get_private (self)->touched >> field & 1) != 0;
}

/** dure_record_settle: used by the store: what @self holds is what is stored. */
void
dure_record_settle (DureRecord *self)
{
  get_private (self)->touched = 0;
}

/**
 * dure_record_take:
 * @self: a record that nobody watches yet
 * @field: field number
 * @value: (transfer full) (nullable): canonical text
 *
 * Fills a field without notification: for records that were just read.
 */
void
dure_record_take (DureRecord *self, guint field, char *value)
{
  char **place = &get_private (self)->values[field];

  g_free (*place);
  *place = value;
}

/**
 * dure_record_set_int:
 * @self: a record
 * @field: number of a field of integer, money or yes/no
 * @value: the value
 *
 * Returns: %TRUE when that changed the value
 */
gboolean
dure_record_set_int (DureRecord *self, guint field, gint64 value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  return dure_record_set (self, field, text);
}

/**
 * dure_record_get_title:
 * @self: a record
 *
 * Returns: (transfer none) (nullable): the value of the title field; %NULL for entities named by their links,
 *   see dure_store_record_title()
 */
const char *
dure_record_get_title (DureRecord *self)
{
  const DureEntity *entity = dure_record_get_entity (self);

  return entity->title_field >= 0 ? dure_record_get (self, (guint)entity->title_field) : NULL;
}

/** dure_record_get_deleted: Returns: %TRUE when the record was deleted; it stays in the store and can be restored */
gboolean
dure_record_get_deleted (DureRecord *self)
{
  g_return_val_if_fail (DURE_IS_RECORD (self), FALSE);
  return get_private (self)->deleted;
}

/** dure_record_set_deleted: used by the store. */
void
dure_record_set_deleted (DureRecord *self, gboolean deleted)
{
  g_return_if_fail (DURE_IS_RECORD (self));
  get_private (self)->deleted = deleted;
}

/** dure_record_get_stamp: Returns: (transfer none) (nullable): stamp of the last full write */
const char *
dure_record_get_stamp (DureRecord *self)
{
  g_return_val_if_fail (DURE_IS_RECORD (self), NULL);
  return get_private (self)->stamp;
}

/** dure_record_set_stamp: used by the store. */
void
dure_record_set_stamp (DureRecord *self, const char *stamp)
{
  g_return_if_fail (DURE_IS_RECORD (self));
  replace_string (&get_private (self)->stamp, stamp);
}

/** dure_record_get_field_stamps: Returns: (transfer none) (nullable): JSON map of later stamps by field key */
const char *
dure_record_get_field_stamps (DureRecord *self)
{
  g_return_val_if_fail (DURE_IS_RECORD (self), NULL);
  return get_private (self)->field_stamps;
}

/** dure_record_set_field_stamps: used by the store. */
void
dure_record_set_field_stamps (DureRecord *self, const char *json)
{
  g_return_if_fail (DURE_IS_RECORD (self));
  replace_string (&get_private (self)->field_stamps, json);
}

/** dure_record_get_extra: Returns: (transfer none) (nullable): JSON map of fields that only newer programs know */
const char *
dure_record_get_extra (DureRecord *self)
{
  g_return_val_if_fail (DURE_IS_RECORD (self), NULL);
  return get_private (self)->extra;
}

/** dure_record_set_extra: used by the store. */
void
dure_record_set_extra (DureRecord *self, const char *json)
{
  g_return_if_fail (DURE_IS_RECORD (self));
  replace_string (&get_private (self)->extra, json);
}

static gboolean
refuse (int *place, guint field, GError **error, char *sentence)
{
  if (place != NULL)
    *place = (int)field;
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, sentence);
  g_free (sentence);
  return FALSE;
}

static char *
one_of_sentence (const DureEntity *entity)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint f = 0; f < entity->n_fields; f++)
    if (entity->fields[f].flags & DURE_FIELD_ONE_OF)
      g_string_append_printf (names, "%s%s", names->len > 0 ? " · " : "", dure_field_label (&entity->fields[f]));
  return dure_hangul_printf (_ ("One of these is needed: %s."), names->str);
}

/**
 * dure_record_check:
 * @self: a record
 * @field: (out) (optional): number of the field that is wrong
 * @error: return location; %DURE_ERROR_INVALID with a sentence that names the field
 *
 * Checks what the table asks of a whole record: required fields, one of several, that ends are not before beginnings,
 * and that nothing is tied to itself.
 *
 * Returns: %TRUE when the record may be written
 */
gboolean
dure_record_check (DureRecord *self, int *field, GError **error)
{
  const DureEntity *entity = dure_record_get_entity (self);
  gboolean          one_of = FALSE;
  int               first_of = -1;

  for (guint f = 0; f < entity->n_fields; f++)
    {
      const DureField *known = &entity->fields[f];
      const char      *value = dure_record_get (self, f);

      if ((known->flags & DURE_FIELD_REQUIRED) && value == NULL)
        return refuse (field, f, error, dure_hangul_printf (_ ("%s is missing."), dure_field_label (known)));
      if (known->flags & DURE_FIELD_ONE_OF)
        {
          one_of = one_of || value != NULL;
          first_of = first_of < 0 ? (int)f : first_of;
        }
      if (known->other_than > 0 && value != NULL
          && g_strcmp0 (value, dure_record_get (self, (guint)known->other_than - 1)) == 0)
        return refuse (field, f, error,
                       dure_hangul_printf (_ ("%s and %s may not be the same."),
                                           dure_field_label (&entity->fields[known->other_than - 1]),
                                           dure_field_label (known)));
      if (known->after > 0 && value != NULL)
        {
          const char *before = dure_record_get (self, (guint)known->after - 1);

          if (before != NULL && strcmp (value, before) < 0)
            return refuse (field, f, error,
                           dure_hangul_printf (_ ("%s may not be before %s."), dure_field_label (known),
                                               dure_field_label (&entity->fields[known->after - 1])));
        }
    }
  if (first_of >= 0 && !one_of)
    return refuse (field, (guint)first_of, error, one_of_sentence (entity));
  return TRUE;
}

static gboolean
is_same (DureRecord *a, DureRecord *b, guint field)
{
  return g_strcmp0 (dure_record_get (a, field), dure_record_get (b, field)) == 0;
}

/**
 * dure_record_check_change:
 * @self: a record
 * @old: what stands in its place
 * @field: (out) (optional): number of the field that is wrong
 * @error: return location; %DURE_ERROR_INVALID with a sentence that names the field
 *
 * As dure_record_check(), but passes over what was wrong before: a record that came from another device or an older
 * table may lack what the table asks for, and its other fields can be edited all the same.
 *
 * Returns: %TRUE when @self may be written over @old
 */
gboolean
dure_record_check_change (DureRecord *self, DureRecord *old, int *field, GError **error)
{
  const DureEntity *entity = dure_record_get_entity (self);
  g_autoptr (DureRecord) tested = NULL;

  g_return_val_if_fail (entity == dure_record_get_entity (old), FALSE);
  if (dure_record_check (old, NULL, NULL))
    return dure_record_check (self, field, error);
  tested = dure_record_copy (self);
  for (guint f = 0; f < entity->n_fields; f++)
    {
      const DureField *known = &entity->fields[f];

      if (!is_same (self, old, f))
        continue;
      /* Stand-ins that come before every date, or after. */
      if ((known->flags & (DURE_FIELD_REQUIRED | DURE_FIELD_ONE_OF)) && dure_record_get (self, f) == NULL)
        dure_record_set (tested, f, known->after > 0 ? "~" : "!");
      else if ((known->after > 0 && is_same (self, old, (guint)known->after - 1))
               || (known->other_than > 0 && is_same (self, old, (guint)known->other_than - 1)))
        dure_record_set (tested, f, "~");
    }
  return dure_record_check (tested, field, error);
}
