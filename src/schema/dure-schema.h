/* dure-schema.h: entities, fields and choices, made from the table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** DURE_SCHEMA_VERSION: the version of the store that this table describes; the largest `since` of any field. */
#define DURE_SCHEMA_VERSION 2

/** DureFieldType: what a field holds. Values are kept as canonical text, see dure_field_parse(). */
typedef enum
{
  DURE_VALUE_TEXT,
  DURE_VALUE_LONG_TEXT,
  DURE_VALUE_INTEGER,
  DURE_VALUE_DATE,
  DURE_VALUE_DATE_TIME,
  DURE_VALUE_CHOICE,
  DURE_VALUE_SET,
  DURE_VALUE_LINK,
  DURE_VALUE_YES_NO,
  DURE_VALUE_PHONE,
  DURE_VALUE_MAIL,
  DURE_VALUE_MONEY,
} DureFieldType;

/**
 * DureFieldFlags:
 * @DURE_FIELD_REQUIRED: a record without it is refused
 * @DURE_FIELD_SENSITIVE: personal data; viewers do not receive it
 * @DURE_FIELD_SEARCHABLE: part of the search key
 * @DURE_FIELD_TITLE: names the record
 * @DURE_FIELD_LIST: a column of the list
 * @DURE_FIELD_KEY: part of the natural key; the id of such an entity is a UUID 5 of all its key fields
 * @DURE_FIELD_ONE_OF: at least one of the fields marked so must be set
 * @DURE_FIELD_MONTH: a text of the form `2025-06`
 * @DURE_FIELD_SERVER: written by the server alone; nobody adds or deletes a record that has such a field
 * @DURE_FIELD_COUNT: counts something; adds up when two records become one
 * @DURE_FIELD_REFERENCE: a text that is the id of a record of some kind or other; looked up by an index
 * @DURE_FIELD_HIDDEN: no row of a form and no column of a file; the program alone writes it
 */
typedef enum
{
  DURE_FIELD_REQUIRED = 1 << 0,
  DURE_FIELD_SENSITIVE = 1 << 1,
  DURE_FIELD_SEARCHABLE = 1 << 2,
  DURE_FIELD_TITLE = 1 << 3,
  DURE_FIELD_LIST = 1 << 4,
  DURE_FIELD_KEY = 1 << 5,
  DURE_FIELD_ONE_OF = 1 << 6,
  DURE_FIELD_MONTH = 1 << 7,
  DURE_FIELD_SERVER = 1 << 8,
  DURE_FIELD_HIDDEN = 1 << 9,
  DURE_FIELD_COUNT = 1 << 10,
  DURE_FIELD_REFERENCE = 1 << 11,
} DureFieldFlags;

/* The table is read with short names; see tables/all.h. */
#define CHOICES(NAME)
#define CHOICE(...)
#define CHOICES_END
#define FIELD(...)
#define END(ENTITY)
#define ENTITY(NAME, ...) DURE_ENTITY_##NAME,
typedef enum
{
#include "schema/tables/all.h"
  DURE_N_ENTITIES
} DureEntityId;
#undef ENTITY
#undef FIELD
#undef END

/* DURE_AGENCY_NAME, DURE_AGENCY_MAP_LABEL … DURE_AGENCY_N_FIELDS, and so for every entity. */
#define ENTITY(...) \
  enum              \
  {
#define FIELD(ENTITY, NAME, ...) DURE_##ENTITY##_##NAME,
#define END(ENTITY)        \
  DURE_##ENTITY##_N_FIELDS \
  };
#include "schema/tables/all.h"
#undef ENTITY
#undef FIELD
#undef END
#undef CHOICES
#undef CHOICE
#undef CHOICES_END

/** DureChoice: one value of a choice or a set; an array of them ends with a %NULL key. */
typedef struct
{
  const char *key;
  const char *label_en;
  const char *label_ko;
} DureChoice;

/** DureField: one field of the table; static, never freed. */
typedef struct
{
  const char       *key; /* column, CSV heading, JSON member */
  DureFieldType     type;
  const char       *label_en;
  const char       *label_ko;
  DureFieldFlags    flags;
  const DureChoice *choices; /* CHOICE and SET */
  DureEntityId      target;  /* LINK */
  gint64            min;     /* INTEGER and MONEY */
  gint64            max;     /* INTEGER and MONEY; for texts the most characters, 0 for the type's default */
  const char       *initial; /* value of a new record, or NULL */
  int               after;   /* this value may not be before that field's; 0 for none, else field number + 1 */
  int               other_than; /* this value may not be that field's; 0 for none, else field number + 1 */
  const char       *group_en; /* opens a group of rows in forms */
  const char       *group_ko;
  guint             since; /* version of the store in which the field came; 0 counts as 1 */
} DureField;

/** DureEntity: one entity of the table; static, never freed. */
typedef struct
{
  DureEntityId     id;
  const char      *key;       /* SQL table, wire name */
  const char      *type_name; /* GType name, "DureAgency" */
  const char      *label_en;
  const char      *plural_en;
  const char      *label_ko;
  const DureField *fields;
  guint            n_fields;
  int              title_field; /* -1 when the title is made of linked records */
  gboolean         natural;     /* the id comes from the fields marked DURE_FIELD_KEY */
  gboolean         from_server; /* has fields marked DURE_FIELD_SERVER */
  int              merged_field; /* the hidden link to the record that this one was merged into; -1 for none */
} DureEntity;

const DureEntity *dure_entity (DureEntityId id);
const DureEntity *dure_entity_by_key (const char *key);
const DureEntity *dure_entity_by_label (const char *label);
GType             dure_entity_type (DureEntityId id);
const char       *dure_entity_label (const DureEntity *entity);
const char       *dure_entity_plural (const DureEntity *entity);
const DureField  *dure_entity_field (const DureEntity *entity, guint number);
int               dure_entity_find_field (const DureEntity *entity, const char *key);
int               dure_entity_find_label (const DureEntity *entity, const char *label);
char             *dure_entity_natural_id (const DureEntity *entity, const char *const *values);

const char       *dure_field_label (const DureField *field);
const char       *dure_field_group (const DureField *field);
gboolean          dure_field_is_integer (const DureField *field);
const DureChoice *dure_field_choice (const DureField *field, const char *key);
const DureChoice *dure_field_find_choice (const DureField *field, const char *key_or_label);
const char       *dure_choice_label (const DureChoice *choice);
gboolean          dure_schema_in_korean (void);

char *dure_field_parse (const DureField *field, const char *typed, GError **error);
char *dure_field_format (const DureField *field, const char *value);

G_END_DECLS
