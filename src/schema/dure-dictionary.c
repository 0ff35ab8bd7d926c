/* dure-dictionary.c: the data dictionary, written from the table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-schema"

#include "config.h"

#include "schema/dure-dictionary.h"

#include "schema/dure-schema.h"

static const char *
type_name (const DureField *field)
{
  switch (field->type)
    {
    case DURE_VALUE_TEXT:
      return (field->flags & DURE_FIELD_MONTH) != 0 ? "month" : "text";
    case DURE_VALUE_LONG_TEXT:
      return "long text";
    case DURE_VALUE_INTEGER:
      return "integer";
    case DURE_VALUE_DATE:
      return "date";
    case DURE_VALUE_DATE_TIME:
      return "date and time";
    case DURE_VALUE_CHOICE:
      return "choice";
    case DURE_VALUE_SET:
      return "set of choices";
    case DURE_VALUE_LINK:
      return "link";
    case DURE_VALUE_YES_NO:
      return "yes or no";
    case DURE_VALUE_PHONE:
      return "phone";
    case DURE_VALUE_MAIL:
      return "mail";
    case DURE_VALUE_MONEY:
      return "money (won)";
    default:
      g_assert_not_reached ();
    }
}

static void
append_notes (GString *out, const DureEntity *entity, const DureField *field)
{
  static const struct
  {
    DureFieldFlags flag;
    const char    *word;
  } words[] = {
    { DURE_FIELD_REQUIRED, "required" },
    { DURE_FIELD_ONE_OF, "one of these is required" },
    { DURE_FIELD_KEY, "natural key" },
    { DURE_FIELD_TITLE, "title" },
    { DURE_FIELD_SENSITIVE, "**personal data**" },
    { DURE_FIELD_SEARCHABLE, "searched" },
    { DURE_FIELD_SERVER, "written by the server alone" },
    { DURE_FIELD_COUNT, "a count" },
    { DURE_FIELD_HIDDEN, "written by the program, not shown in forms" },
  };
  gsize start = out->len;

#define PART(...)                              \
  G_STMT_START                                 \
  {                                            \
    if (out->len > start)                      \
      g_string_append (out, ", ");             \
    g_string_append_printf (out, __VA_ARGS__); \
  }                                            \
  G_STMT_END

  if (field->type == DURE_VALUE_LINK)
    PART ("→ [%s](#%s)", dure_entity (field->target)->key, dure_entity (field->target)->key);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((field->flags & words[i].flag) != 0)
      PART ("%s", words[i].word);
  if (field->type == DURE_VALUE_INTEGER || field->type == DURE_VALUE_MONEY)
    {
      if (field->max >= G_MAXINT64)
        PART ("from %" G_GINT64_FORMAT, field->min);
      else if (field->min != 0 || field->max != 0)
        PART ("%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, field->min, field->max);
    }
  else if (field->max != 0)
    PART ("at most %" G_GINT64_FORMAT " characters", field->max);
  if (field->initial != NULL)
    PART ("at first `%s`", field->initial);
  if (field->after != 0)
    PART ("not before `%s`", dure_entity_field (entity, (guint)field->after - 1)->key);
  if (field->other_than != 0)
    PART ("not the same as `%s`", dure_entity_field (entity, (guint)field->other_than - 1)->key);
  if (field->since > 1)
    PART ("since version %u", field->since);
  if (field->choices != NULL)
    for (const DureChoice *choice = field->choices; choice->key != NULL; choice++)
      PART ("`%s` %s", choice->key, choice->label_ko);
#undef PART
}

/**
 * dure_dictionary_markdown:
 *
 * Returns: (transfer full): every entity and field of the table as a Markdown document
 */
char *
dure_dictionary_markdown (void)
{
  GString *out = g_string_new (
      "# Data dictionary\n\n"
      "Written from the table in `src/schema/tables` by `./dev dictionary`; a test keeps it fresh.\n\n"
      "Values travel as text: dates as `2026-11-21`, times as local `2026-11-21T14:00` (Asia/Seoul), phones as digits, "
      "sets as "
      "keys with commas between, links as ids, yes or no as `1` or `0`. Every record also has an id (UUID).\n");

  g_string_append_printf (out, "\nVersion of the store: %d.\n", DURE_SCHEMA_VERSION);
  for (int id = 0; id < DURE_N_ENTITIES; id++)
    {
      const DureEntity *entity = dure_entity ((DureEntityId)id);

      g_string_append_printf (out, "\n## %s\n\n%s · %s%s\n\n", entity->key, entity->label_en, entity->label_ko,
                              entity->natural ? " (the id follows from the natural key)" : "");
      g_string_append (out, "| field | Korean | English | type | notes |\n|-|-|-|-|-|\n");
      for (guint i = 0; i < entity->n_fields; i++)
        {
          const DureField *field = dure_entity_field (entity, i);

          g_string_append_printf (out, "| `%s` | %s | %s | %s | ", field->key, field->label_ko, field->label_en,
                                  type_name (field));
          append_notes (out, entity, field);
          g_string_append (out, " |\n");
        }
    }
  return g_string_free (out, FALSE);
}
