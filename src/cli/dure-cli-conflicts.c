/* dure-cli-conflicts.c: durectl conflicts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-stamp.h"
#include "base/dure-text-diff.h"
#include "cli/dure-cli-output.h"
#include "cli/dure-cli-record.h"
#include "sync/dure-conflict.h"

static int
list (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (DureCliTable) table = dure_cli_table_new (7);

  dure_query_where (query, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  if (store != NULL)
    conflicts = dure_store_list (store, query, &error);
  if (conflicts == NULL)
    return dure_cli_fail (cli, error);
  json_builder_begin_array (builder);
  dure_cli_table_add (table, "id");
  dure_cli_table_add (table, _ ("Record"));
  dure_cli_table_add (table, _ ("Field"));
  dure_cli_table_add (table, _ ("Value that stands"));
  dure_cli_table_add (table, _ ("Written by"));
  dure_cli_table_add (table, _ ("Other value"));
  dure_cli_table_add (table, _ ("Written by"));
  for (guint i = 0; i < conflicts->len; i++)
    {
      DureRecord       *conflict = conflicts->pdata[i];
      const DureEntity *entity = dure_entity_by_key (dure_record_get (conflict, DURE_CONFLICT_ENTITY));
      const char       *key = dure_record_get (conflict, DURE_CONFLICT_FIELD);
      g_autofree char  *title = NULL;

      if (cli->json)
        {
          dure_cli_json_record (builder, conflict);
          continue;
        }
      if (entity != NULL)
        title = dure_store_title (store, entity->id, dure_record_get (conflict, DURE_CONFLICT_RECORD));
      dure_cli_table_add (table, dure_record_get_id (conflict));
      dure_cli_table_add (table, title != NULL ? title : dure_record_get (conflict, DURE_CONFLICT_RECORD));
      dure_cli_table_add (table, dure_cli_field_name (entity, key));
      for (guint side = 0; side < 2; side++)
        {
          const char      *value = dure_record_get (conflict, side == 0 ? DURE_CONFLICT_WON : DURE_CONFLICT_LOST);
          g_autofree char *shown = dure_cli_shown_value (store, entity, key, value);

          dure_cli_table_add (table, shown);
          dure_cli_table_add (table,
                              dure_record_get (conflict, side == 0 ? DURE_CONFLICT_WON_BY : DURE_CONFLICT_LOST_BY));
        }
    }
  json_builder_end_array (builder);
  if (cli->json)
    {
      dure_cli_json_print (builder, cli->out);
      fputc ('\n', cli->out);
    }
  else
    dure_cli_table_print (table, cli->out);
  return DURE_CLI_OK;
}

static DureRecord *
find (DureCli *cli, DureStore *store, GError **error)
{
  DureRecord *conflict
      = dure_cli_find (store, dure_entity (DURE_ENTITY_CONFLICT), dure_cli_argument (cli, 1), FALSE, error);

  if (conflict != NULL && g_strcmp0 (dure_record_get (conflict, DURE_CONFLICT_STATE), "open") != 0)
    {
      g_autofree char *state = dure_store_format (store, conflict, DURE_CONFLICT_STATE);

      g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("This conflict has been decided: %s."), state);
      g_clear_object (&conflict);
    }
  return conflict;
}

/* A value with what only it has between brackets: “[-…-]” of the one that stands, “{+…+}” of the other. */
static void
print_marked (FILE *out, const char *text, GArray *ranges, const char *open, const char *close)
{
  gsize at = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      const DureTextRange *range = &g_array_index (ranges, DureTextRange, i);

      fprintf (out, "%.*s%s%.*s%s", (int)(range->start - at), text + at, open, (int)(range->end - range->start),
               text + range->start, close);
      at = range->end;
    }
  fprintf (out, "%s\n", text + at);
}

static void
print_side (DureCli *cli, const char *title, const char *by, const char *stamp)
{
  g_autofree char *when = stamp != NULL && dure_stamp_is_valid (stamp) ? dure_cli_stamp_time (stamp) : g_strdup ("");

  fprintf (cli->out, "\n%s (%s%s%s)\n", title, by != NULL ? by : "?", *when != '\0' ? ", " : "",
           g_strdelimit (when, "T", ' '));
}

static int
show (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  g_autoptr (DureRecord) conflict = NULL;
  g_autoptr (DureConflictNow) now = NULL;
  g_autoptr (GArray) in_won = NULL;
  g_autoptr (GArray) in_lost = NULL;
  g_autofree char *won = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *sentence = NULL;
  const char      *key;
  gboolean         moved;

  if (store != NULL)
    conflict = dure_cli_find (store, dure_entity (DURE_ENTITY_CONFLICT), dure_cli_argument (cli, 1), FALSE, &error);
  if (conflict == NULL)
    return dure_cli_fail (cli, error);
  now = dure_conflict_look (store, conflict);
  sentence = dure_conflict_now_sentence (now);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autofree char *both = dure_conflict_both (conflict);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "conflict");
      dure_cli_json_record (builder, conflict);
      dure_cli_json_member (builder, "title", now->title);
      dure_cli_json_member (builder, "now", now->field >= 0 ? now->value : NULL);
      dure_cli_json_member (builder, "both", both);
      dure_cli_json_member (builder, "note", sentence);
      json_builder_end_object (builder);
      dure_cli_json_print (builder, cli->out);
      fputc ('\n', cli->out);
      return DURE_CLI_OK;
    }
  key = dure_record_get (conflict, DURE_CONFLICT_FIELD);
  moved = now->moved_on && now->stamp != NULL;
  won = dure_cli_shown_value (store, now->entity, key,
                              now->field >= 0 ? now->value : dure_record_get (conflict, DURE_CONFLICT_WON));
  lost = dure_cli_shown_value (store, now->entity, key, dure_record_get (conflict, DURE_CONFLICT_LOST));
  dure_text_diff (won, lost, &in_won, &in_lost);
  fprintf (cli->out, "%s · %s\n", now->title != NULL ? now->title : dure_record_get (conflict, DURE_CONFLICT_RECORD),
           dure_cli_field_name (now->entity, key));
  if (sentence != NULL)
    fprintf (cli->out, "%s\n", sentence);
  print_side (cli, _ ("Value that stands"), moved ? now->by : dure_record_get (conflict, DURE_CONFLICT_WON_BY),
              moved ? now->stamp : dure_record_get (conflict, DURE_CONFLICT_WON_STAMP));
  print_marked (cli->out, won, in_won, "[-", "-]");
  print_side (cli, _ ("Other value"), dure_record_get (conflict, DURE_CONFLICT_LOST_BY),
              dure_record_get (conflict, DURE_CONFLICT_LOST_STAMP));
  print_marked (cli->out, lost, in_lost, "{+", "+}");
  return DURE_CLI_OK;
}

/* Keeps or restores one. */
static int
take (DureCli *cli, gboolean lost)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_object_unref);
  DureRecord *conflict = NULL;

  if (store != NULL)
    conflict = find (cli, store, &error);
  if (conflict != NULL)
    g_ptr_array_add (conflicts, conflict);
  if (conflict == NULL || !dure_conflicts_decide (store, _ ("Choice in a conflict"), conflicts, lost, &error))
    return dure_cli_fail (cli, error);
  return DURE_CLI_OK;
}

static int
keep_all (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) conflicts = NULL;

  dure_query_where (query, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  if (store != NULL)
    conflicts = dure_store_list (store, query, &error);
  if (conflicts == NULL || !dure_conflicts_decide (store, _ ("Keep the latest value"), conflicts, FALSE, &error))
    return dure_cli_fail (cli, error);
  return DURE_CLI_OK;
}

/* Takes both, or a third value. */
static int
write_value (DureCli *cli, gboolean both)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_cli_open (cli, 0, &error);
  g_autoptr (DureRecord) conflict = NULL;
  g_autoptr (DureConflictNow) now = NULL;
  g_autoptr (DureLinks) links = NULL;
  g_autofree char *value = NULL;

  if (store != NULL)
    conflict = find (cli, store, &error);
  if (conflict == NULL)
    return dure_cli_fail (cli, error);
  now = dure_conflict_look (store, conflict);
  /* Merged and edited at once: the merged record with the edit. */
  if (both && now->of_deletion && now->merged)
    return dure_conflict_write (store, _ ("Choice in a conflict"), conflict, NULL, &error) ? DURE_CLI_OK
                                                                                           : dure_cli_fail (cli, error);
  if (now->field < 0)
    {
      g_autofree char *sentence = dure_conflict_now_sentence (now);

      g_set_error_literal (&error, DURE_ERROR, DURE_ERROR_INVALID,
                           sentence != NULL ? sentence
                                            : _ ("Here the record was deleted and edited at once: “keep” or “restore” it."));
      return dure_cli_fail (cli, error);
    }
  if (both)
    {
      value = dure_conflict_both (conflict);
      if (value == NULL)
        g_set_error_literal (&error, DURE_ERROR, DURE_ERROR_INVALID,
                             _ ("Only texts and sets can hold both values; “set” writes another one."));
    }
  else
    {
      links = dure_links_new (store);
      value = dure_links_parse (links, dure_entity_field (now->entity, (guint)now->field), dure_cli_argument (cli, 2),
                                &error);
    }
  if (error != NULL || !dure_conflict_write (store, _ ("Choice in a conflict"), conflict, value, &error))
    return dure_cli_fail (cli, error);
  return DURE_CLI_OK;
}

/** dure_cli_conflicts: lists clashes that nobody has looked at, shows one, or decides. */
int
dure_cli_conflicts (DureCli *cli)
{
  const char *verb = dure_cli_argument (cli, 0);
  guint       n = cli->arguments->len;

  if (verb == NULL || (n == 1 && strcmp (verb, "list") == 0))
    return list (cli);
  if (n == 1 && strcmp (verb, "keep-all") == 0)
    return keep_all (cli);
  if (n == 2 && strcmp (verb, "show") == 0)
    return show (cli);
  if (n == 2 && (strcmp (verb, "keep") == 0 || strcmp (verb, "restore") == 0))
    return take (cli, strcmp (verb, "restore") == 0);
  if ((n == 2 && strcmp (verb, "both") == 0) || (n == 3 && strcmp (verb, "set") == 0))
    return write_value (cli, n == 2);
  return dure_cli_misuse (cli, _ ("It is “conflicts” with nothing behind it, or one of: list, show ID, keep ID, restore ID, "
                                  "both ID, set ID VALUE, keep-all."));
}
