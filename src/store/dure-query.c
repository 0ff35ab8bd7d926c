/* dure-query.c: a query and the SQL that it becomes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of tables and columns come from the table alone, values are always bound.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include "store/dure-query.h"

#include <string.h>

#include "base/dure-text.h"
#include "store/dure-store-private.h"

typedef struct
{
  guint        field;
  DureOperator op;
  char        *value;
} Condition;

struct _DureQuery
{
  DureEntityId entity;
  GArray      *conditions;
  char        *text; /* folded */
  int          sort_field;
  gboolean     descending;
  gboolean     deleted;
  guint        limit;
};

static void
clear_condition (gpointer data)
{
  g_free (((Condition *)data)->value);
}

/**
 * dure_query_new:
 * @entity: number of the entity
 *
 * Returns: (transfer full): all records of the entity that are not deleted, by title
 */
DureQuery *
dure_query_new (DureEntityId entity)
{
  DureQuery *self = g_new0 (DureQuery, 1);

  self->entity = entity;
  self->sort_field = DURE_SORT_TITLE;
  self->conditions = g_array_new (FALSE, FALSE, sizeof (Condition));
  g_array_set_clear_func (self->conditions, clear_condition);
  return self;
}

/** dure_query_copy: Returns: (transfer full): a copy that shares nothing, for another thread */
DureQuery *
dure_query_copy (const DureQuery *self)
{
  DureQuery *copy = dure_query_new (self->entity);

  copy->text = g_strdup (self->text);
  copy->sort_field = self->sort_field;
  copy->descending = self->descending;
  copy->deleted = self->deleted;
  copy->limit = self->limit;
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const Condition *condition = &g_array_index (self->conditions, Condition, i);

      dure_query_where (copy, condition->field, condition->op, condition->value);
    }
  return copy;
}

/** dure_query_free: frees the query. */
void
dure_query_free (DureQuery *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->conditions);
  g_free (self->text);
  g_free (self);
}

/** dure_query_get_entity: Returns: number of the entity */
DureEntityId
dure_query_get_entity (const DureQuery *self)
{
  return self->entity;
}

/**
 * dure_query_where:
 * @self: a query
 * @field: field number
 * @op: how to compare
 * @value: (nullable): canonical text
 *
 * Adds a condition; all of them must hold.
 */
void
dure_query_where (DureQuery *self, guint field, DureOperator op, const char *value)
{
  Condition condition = { field, op, NULL };

  g_return_if_fail (field < dure_entity (self->entity)->n_fields);
  if ((op == DURE_HAS || op == DURE_LACKS) && dure_entity (self->entity)->fields[field].type == DURE_VALUE_SET)
    {
      g_auto (GStrv) keys = g_strsplit (value != NULL ? value : "", ",", -1);

      for (char **key = keys; *key != NULL; key++)
        {
          condition.value = g_strdup (*key);
          g_array_append_val (self->conditions, condition);
        }
      return;
    }
  condition.value = g_strdup (value);
  g_array_append_val (self->conditions, condition);
}

/**
 * dure_query_text:
 * @self: a query
 * @text: (nullable): what was typed into a search entry; initial consonants work
 *
 * Keeps only records whose searchable fields hold it.
 */
void
dure_query_text (DureQuery *self, const char *text)
{
  g_free (self->text);
  self->text = text != NULL ? dure_text_fold (text) : NULL;
  if (self->text != NULL && *self->text == '\0')
    g_clear_pointer (&self->text, g_free);
}

/**
 * dure_query_sort:
 * @self: a query
 * @field: field number, or %DURE_SORT_TITLE
 * @descending: whether the largest comes first
 *
 * Choices sort as in the table, links by the title of what they link, texts in Korean order; empty ones come last.
 */
void
dure_query_sort (DureQuery *self, int field, gboolean descending)
{
  g_return_if_fail (field < (int)dure_entity (self->entity)->n_fields);
  self->sort_field = field;
  self->descending = descending;
}

/** dure_query_deleted: with %TRUE the query gives the deleted records instead of the others. */
void
dure_query_deleted (DureQuery *self, gboolean deleted)
{
  self->deleted = deleted;
}

/** dure_query_limit: at most so many records; 0 for all. */
void
dure_query_limit (DureQuery *self, guint limit)
{
  self->limit = limit;
}

/* What a text is looked for in: of a choice its label, as the screen shows it. */
static void
append_shown (GString *sql, const DureField *field)
{
  if (field->type != DURE_VALUE_CHOICE)
    {
      g_string_append_printf (sql, "\"%s\"", field->key);
      return;
    }
  g_string_append_printf (sql, "CASE \"%s\"", field->key);
  for (const DureChoice *choice = field->choices; choice->key != NULL; choice++)
    {
      char *part = sqlite3_mprintf (" WHEN %Q THEN %Q", choice->key, dure_choice_label (choice));

      g_string_append (sql, part);
      sqlite3_free (part);
    }
  g_string_append (sql, " END");
}

static void
append_condition (GString *sql, const DureField *field, DureOperator op, guint *place)
{
  static const char *const signs[] = { [DURE_EQUAL] = "=",    [DURE_NOT_EQUAL] = "IS NOT", [DURE_LESS] = "<",
                                       [DURE_AT_MOST] = "<=", [DURE_MORE] = ">",           [DURE_AT_LEAST] = ">=" };

  if (op == DURE_IS_EMPTY || op == DURE_IS_SET)
    g_string_append_printf (sql, " AND \"%s\" %s", field->key, op == DURE_IS_SET ? "IS NOT NULL" : "IS NULL");
  else if (op == DURE_HAS && field->type == DURE_VALUE_SET)
    g_string_append_printf (sql, " AND instr (',' || \"%s\" || ',', ',' || ?%u || ',')", field->key, (*place)++);
  else if (op == DURE_LACKS)
    g_string_append_printf (sql, " AND NOT instr (',' || ifnull (\"%s\", '') || ',', ',' || ?%u || ',')", field->key,
                            (*place)++);
  else if (op == DURE_HAS && field->type == DURE_VALUE_LINK && dure_entity (field->target)->title_field >= 0)
    {
      const DureEntity *target = dure_entity (field->target);

      g_string_append_printf (sql, " AND \"%s\" IN (SELECT id FROM \"%s\" WHERE dure_match (?%u, \"%s\"))",
                              field->key, target->key, (*place)++, target->fields[target->title_field].key);
    }
  else if (op == DURE_HAS)
    {
      g_string_append_printf (sql, " AND dure_match (?%u, ", (*place)++);
      append_shown (sql, field);
      g_string_append_c (sql, ')');
    }
  else
    g_string_append_printf (sql, " AND \"%s\" %s ?%u", field->key, signs[op], (*place)++);
}

/* The searchable fields of one table; the same two places are bound for every table. */
static void
append_match (GString *sql, const DureEntity *entity, guint place)
{
  gint64 base = dure_store_search_base (entity->id);

  g_string_append_printf (sql,
                          "row IN (SELECT rowid - %" G_GINT64_FORMAT " FROM search WHERE search MATCH ?%u"
                          " AND rowid BETWEEN %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT ") AND dure_match (?%u",
                          base, place, base, base + (G_GINT64_CONSTANT (1) << 40) - 1, place + 1);
  for (guint f = 0; f < entity->n_fields; f++)
    if (entity->fields[f].flags & DURE_FIELD_SEARCHABLE)
      g_string_append_printf (sql, ", \"%s\"", entity->fields[f].key);
  g_string_append_c (sql, ')');
}

static gboolean
is_searchable (const DureEntity *entity)
{
  for (guint f = 0; f < entity->n_fields; f++)
    if (entity->fields[f].flags & DURE_FIELD_SEARCHABLE)
      return TRUE;
  return FALSE;
}

/* A record is also found by what its list shows of linked records: a seat by its person, a person by the agency. */
static void
append_text (GString *sql, const DureEntity *entity, guint *place)
{
  g_string_append (sql, " AND ((");
  if (is_searchable (entity))
    append_match (sql, entity, *place);
  else
    g_string_append_printf (sql, "?%u = ?%u AND 0", *place, *place + 1);
  g_string_append_c (sql, ')');
  for (guint f = 0; f < entity->n_fields; f++)
    {
      const DureField *field = &entity->fields[f];

      if (field->type != DURE_VALUE_LINK || !(field->flags & DURE_FIELD_LIST)
          || !is_searchable (dure_entity (field->target)))
        continue;
      g_string_append_printf (sql, " OR \"%s\" IN (SELECT id FROM \"%s\" WHERE _deleted = 0 AND ", field->key,
                              dure_entity (field->target)->key);
      append_match (sql, dure_entity (field->target), *place);
      g_string_append_c (sql, ')');
    }
  g_string_append_c (sql, ')');
  *place += 2;
}

static void
append_order (GString *sql, const DureQuery *self, const DureEntity *entity)
{
  const DureField *field = self->sort_field >= 0 ? &entity->fields[self->sort_field] : NULL;
  const char      *direction = self->descending ? " DESC" : "";

  g_string_append (sql, " ORDER BY ");
  if (field == NULL)
    {
      g_string_append_printf (sql, "_sort%s, row", direction);
      return;
    }
  g_string_append_printf (sql, "\"%s\" IS NULL, ", field->key);
  if (field->type == DURE_VALUE_CHOICE)
    {
      guint number = 0;

      g_string_append_printf (sql, "CASE \"%s\"", field->key);
      for (const DureChoice *choice = field->choices; choice->key != NULL; choice++)
        g_string_append_printf (sql, " WHEN '%s' THEN %u", choice->key, number++);
      g_string_append_printf (sql, " ELSE %u END", number);
    }
  else if (field->type == DURE_VALUE_LINK)
    g_string_append_printf (sql, "(SELECT t._sort FROM \"%s\" t WHERE t.id = \"%s\".\"%s\")",
                            dure_entity (field->target)->key, entity->key, field->key);
  else if (field->type == DURE_VALUE_TEXT)
    g_string_append_printf (sql, "dure_sort (\"%s\")", field->key);
  else
    g_string_append_printf (sql, "\"%s\"", field->key);
  g_string_append_printf (sql, "%s, _sort, row", direction);
}

/* The statement of a query with its values bound; `what` is a list of columns, or count(*). */
sqlite3_stmt *
dure_query_compile (const DureQuery *self, DureStore *store, const char *what, GError **error)
{
  const DureEntity *entity = dure_entity (self->entity);
  g_autoptr (GString) sql = g_string_new (NULL);
  guint         place = 1;
  int           bound = 1;
  sqlite3_stmt *stmt;

  g_string_printf (sql, "SELECT %s FROM \"%s\" WHERE _deleted = %d", what, entity->key, self->deleted);
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const Condition *condition = &g_array_index (self->conditions, Condition, i);

      append_condition (sql, &entity->fields[condition->field], condition->op, &place);
    }
  if (self->text != NULL)
    append_text (sql, entity, &place);
  if (strcmp (what, "count(*)") != 0)
    {
      append_order (sql, self, entity);
      if (self->limit > 0)
        g_string_append_printf (sql, " LIMIT %u", self->limit);
    }
  stmt = dure_store_prepare (store, sql->str, error);
  if (stmt == NULL)
    return NULL;
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const Condition *condition = &g_array_index (self->conditions, Condition, i);
      const DureField *field = &entity->fields[condition->field];

      if (condition->op == DURE_IS_EMPTY || condition->op == DURE_IS_SET)
        continue;
      if (condition->op == DURE_HAS && field->type != DURE_VALUE_SET)
        sqlite3_bind_text (stmt, bound++, dure_text_fold (condition->value), -1, g_free);
      else
        dure_store_bind_value (stmt, bound++, field, condition->value);
    }
  if (self->text != NULL)
    {
      sqlite3_bind_text (stmt, bound++, dure_text_query_grams (self->text), -1, g_free);
      sqlite3_bind_text (stmt, bound++, self->text, -1, SQLITE_TRANSIENT);
    }
  return stmt;
}
