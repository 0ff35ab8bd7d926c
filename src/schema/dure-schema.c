/* dure-schema.c: the table as static arrays, and how to find things in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-schema"

#include "config.h"

#include "schema/dure-schema.h"

#include <string.h>

#include "base/dure-i18n.h"
#include "base/dure-uuid.h"
#include "schema/dure-record-private.h"

/* First reading: the choices. */
#define CHOICES(NAME) static const DureChoice choices_##NAME[] = {
#define CHOICE(KEY, EN, KO) { KEY, EN, KO },
#define CHOICES_END  \
  {                  \
    NULL, NULL, NULL \
  }                  \
  }                  \
  ;
#define ENTITY(...)
#define FIELD(...)
#define END(ENTITY)
#include "schema/tables/all.h"
#undef CHOICES
#undef CHOICE
#undef CHOICES_END
#undef ENTITY
#undef FIELD
#undef END

/* Second reading: the fields of each entity. */
#define CHOICES(NAME)
#define CHOICE(...)
#define CHOICES_END
#define REQUIRED DURE_FIELD_REQUIRED
#define SENSITIVE DURE_FIELD_SENSITIVE
#define SEARCH DURE_FIELD_SEARCHABLE
#define TITLE DURE_FIELD_TITLE
#define LIST DURE_FIELD_LIST
#define KEY DURE_FIELD_KEY
#define ONE_OF DURE_FIELD_ONE_OF
#define MONTH DURE_FIELD_MONTH
#define SERVER DURE_FIELD_SERVER
#define HIDDEN DURE_FIELD_HIDDEN
#define COUNT DURE_FIELD_COUNT
#define REFERENCE DURE_FIELD_REFERENCE
#define PICK(NAME) .choices = choices_##NAME
#define TO(NAME) .target = DURE_ENTITY_##NAME
#define AFTER(ENT, NAME) .after = DURE_##ENT##_##NAME + 1
#define OTHER_THAN(ENT, NAME) .other_than = DURE_##ENT##_##NAME + 1
#define GROUP(EN, KO) .group_en = EN, .group_ko = KO
#define ENTITY(NAME, ...) static const DureField fields_##NAME[] = {
#define FIELD(ENT, NAME, FIELD_KEY, TYPE, EN, KO, ...) \
  { .key = FIELD_KEY, .type = DURE_VALUE_##TYPE, .label_en = EN, .label_ko = KO, ##__VA_ARGS__ },
#define END(ENTITY) \
  }                 \
  ;
#include "schema/tables/all.h"
#undef ENTITY
#undef FIELD
#undef END

/* Third reading: the entities. */
#define FIELD(...)
#define END(NAME)
#define ENTITY(NAME, ENTITY_KEY, TYPE, EN, PLURAL, KO)               \
  [DURE_ENTITY_##NAME] = { .id = DURE_ENTITY_##NAME,                 \
                           .key = ENTITY_KEY,                        \
                           .type_name = "Dure" #TYPE,                \
                           .label_en = EN,                           \
                           .plural_en = PLURAL,                      \
                           .label_ko = KO,                           \
                           .fields = fields_##NAME,                  \
                           .n_fields = G_N_ELEMENTS (fields_##NAME), \
                           .title_field = -1,                        \
                           .merged_field = -1 },
static DureEntity entities[DURE_N_ENTITIES] = {
#include "schema/tables/all.h"
};

static GType types[DURE_N_ENTITIES];

static void
ensure_ready (void)
{
  static gsize ready = 0;

  if (!g_once_init_enter (&ready))
    return;
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      DureEntity *entity = &entities[e];

      for (guint f = 0; f < entity->n_fields; f++)
        {
          if (entity->fields[f].flags & DURE_FIELD_TITLE)
            entity->title_field = (int)f;
          if (entity->fields[f].flags & DURE_FIELD_KEY)
            entity->natural = TRUE;
          if (entity->fields[f].flags & DURE_FIELD_SERVER)
            entity->from_server = TRUE;
          if ((entity->fields[f].flags & DURE_FIELD_HIDDEN) && entity->fields[f].type == DURE_VALUE_LINK
              && entity->fields[f].target == entity->id)
            entity->merged_field = (int)f;
        }
      types[e] = dure_record_register (entity);
    }
  g_once_init_leave (&ready, 1);
}

/**
 * dure_entity:
 * @id: number of the entity
 *
 * Returns: (transfer none): the entity
 */
const DureEntity *
dure_entity (DureEntityId id)
{
  g_return_val_if_fail (id < DURE_N_ENTITIES, NULL);
  ensure_ready ();
  return &entities[id];
}

/**
 * dure_entity_by_key:
 * @key: a key such as `agency`
 *
 * Returns: (transfer none) (nullable): the entity, %NULL when there is none of that key
 */
const DureEntity *
dure_entity_by_key (const char *key)
{
  ensure_ready ();
  for (guint e = 0; key != NULL && e < DURE_N_ENTITIES; e++)
    if (strcmp (entities[e].key, key) == 0)
      return &entities[e];
  return NULL;
}

/**
 * dure_entity_by_label:
 * @label: a key, or a label in either language
 *
 * Returns: (transfer none) (nullable): the entity that is called so
 */
const DureEntity *
dure_entity_by_label (const char *label)
{
  const DureEntity *found = dure_entity_by_key (label);

  for (guint e = 0; found == NULL && label != NULL && e < DURE_N_ENTITIES; e++)
    if (g_ascii_strcasecmp (entities[e].label_en, label) == 0 || g_ascii_strcasecmp (entities[e].plural_en, label) == 0
        || strcmp (entities[e].label_ko, label) == 0)
      found = &entities[e];
  return found;
}

/**
 * dure_entity_type:
 * @id: number of the entity
 *
 * Returns: the type of its records, `DureAgency` and so on
 */
GType
dure_entity_type (DureEntityId id)
{
  g_return_val_if_fail (id < DURE_N_ENTITIES, G_TYPE_INVALID);
  ensure_ready ();
  return types[id];
}

/**
 * dure_entity_label:
 * @entity: an entity
 *
 * Returns: (transfer none): what one such record is called on the screen
 */
const char *
dure_entity_label (const DureEntity *entity)
{
  return dure_schema_in_korean () ? entity->label_ko : entity->label_en;
}

/**
 * dure_entity_plural:
 * @entity: an entity
 *
 * Returns: (transfer none): what several such records are called; Korean has one form
 */
const char *
dure_entity_plural (const DureEntity *entity)
{
  return dure_schema_in_korean () ? entity->label_ko : entity->plural_en;
}

/**
 * dure_entity_field:
 * @entity: an entity
 * @number: number of a field
 *
 * Returns: (transfer none): the field
 */
const DureField *
dure_entity_field (const DureEntity *entity, guint number)
{
  g_return_val_if_fail (number < entity->n_fields, NULL);
  return &entity->fields[number];
}

/**
 * dure_entity_find_field:
 * @entity: an entity
 * @key: key of a field
 *
 * Returns: its number, -1 when there is none
 */
int
dure_entity_find_field (const DureEntity *entity, const char *key)
{
  for (guint f = 0; key != NULL && f < entity->n_fields; f++)
    if (strcmp (entity->fields[f].key, key) == 0)
      return (int)f;
  return -1;
}

/**
 * dure_entity_find_label:
 * @entity: an entity
 * @label: key of a field, or its label in either language; white space around it is ignored
 *
 * Returns: its number, -1 when there is none
 */
int
dure_entity_find_label (const DureEntity *entity, const char *label)
{
  g_autofree char *name = g_strstrip (g_strdup (label));
  int              found = dure_entity_find_field (entity, name);

  for (guint f = 0; found < 0 && f < entity->n_fields; f++)
    if (g_ascii_strcasecmp (entity->fields[f].label_en, name) == 0 || strcmp (entity->fields[f].label_ko, name) == 0)
      found = (int)f;
  return found;
}

/**
 * dure_entity_natural_id:
 * @entity: an entity with key fields
 * @values: (array): one value a field, by field number; only the key fields are read
 *
 * Two officers who add the same thing on two devices thereby make one record.
 *
 * Returns: (transfer full): the UUID 5 of the entity and its key values
 */
char *
dure_entity_natural_id (const DureEntity *entity, const char *const *values)
{
  g_autoptr (GString) name = g_string_new (entity->key);
  char *id = g_malloc (DURE_UUID_LENGTH + 1);

  g_return_val_if_fail (entity->natural, NULL);
  for (guint f = 0; f < entity->n_fields; f++)
    if (entity->fields[f].flags & DURE_FIELD_KEY)
      {
        g_string_append_c (name, '\x1f');
        g_string_append (name, values[f] != NULL ? values[f] : "");
      }
  /* The name space of Dure: UUID 5 of the DNS name kr.dure.Dure, RFC 9562 §6.6. */
  dure_uuid_v5 ("b0cf5d1b-8f9f-5c0c-9d53-5d6a5f8f4c1e", name->str, (gssize)name->len, id);
  return id;
}

/**
 * dure_field_label:
 * @field: a field
 *
 * Returns: (transfer none): its label on the screen
 */
const char *
dure_field_label (const DureField *field)
{
  return dure_schema_in_korean () ? field->label_ko : field->label_en;
}

/**
 * dure_field_group:
 * @field: a field
 *
 * Returns: (transfer none) (nullable): heading of the group of rows that this field opens in forms
 */
const char *
dure_field_group (const DureField *field)
{
  return dure_schema_in_korean () ? field->group_ko : field->group_en;
}

/**
 * dure_field_is_integer:
 * @field: a field
 *
 * Returns: %TRUE when its values are integers in SQL and JSON
 */
gboolean
dure_field_is_integer (const DureField *field)
{
  return field->type == DURE_VALUE_INTEGER || field->type == DURE_VALUE_MONEY || field->type == DURE_VALUE_YES_NO;
}

/**
 * dure_field_choice:
 * @field: a field of type choice or set
 * @key: (nullable): key of a choice
 *
 * Returns: (transfer none) (nullable): the choice of that key
 */
const DureChoice *
dure_field_choice (const DureField *field, const char *key)
{
  for (const DureChoice *choice = field->choices; key != NULL && choice != NULL && choice->key != NULL; choice++)
    if (strcmp (choice->key, key) == 0)
      return choice;
  return NULL;
}

/**
 * dure_field_find_choice:
 * @field: a field of type choice or set
 * @key_or_label: key, or label in either language
 *
 * Returns: (transfer none) (nullable): the choice that is called so
 */
const DureChoice *
dure_field_find_choice (const DureField *field, const char *key_or_label)
{
  const DureChoice *found = dure_field_choice (field, key_or_label);

  for (const DureChoice *choice = field->choices; found == NULL && choice != NULL && choice->key != NULL; choice++)
    if (g_ascii_strcasecmp (choice->label_en, key_or_label) == 0 || strcmp (choice->label_ko, key_or_label) == 0)
      found = choice;
  return found;
}

/**
 * dure_choice_label:
 * @choice: a choice
 *
 * Returns: (transfer none): its label on the screen
 */
const char *
dure_choice_label (const DureChoice *choice)
{
  return dure_schema_in_korean () ? choice->label_ko : choice->label_en;
}

/**
 * dure_schema_in_korean:
 *
 * Returns: %TRUE when labels of the table are shown in Korean
 */
gboolean
dure_schema_in_korean (void)
{
  static int korean = -1;
  int        known = g_atomic_int_get (&korean);

  if (known < 0)
    {
      known = dure_i18n_is_korean ();
      g_atomic_int_set (&korean, known);
    }
  return known;
}
