/* simulate-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "simulate-check.h"

#include <string.h>

#include "simulate-files.h"
#include "simulate-purge.h"
#include "simulate-server.h"

#include "base/dure-stamp.h"
#include "store/dure-store-private.h"
#include "sync/dure-merge.h"

static guint n_conflicts;

/** check_conflicts: Returns: how many conflicts there were in all histories */
guint
check_conflicts (void)
{
  return n_conflicts;
}

/** check_note: notes what was written on @machine since the last call. */
void
check_note (World *world, Machine *machine)
{
  g_autoptr (GPtrArray) changes = dure_store_unsent (machine->store, 100000, NULL);

  g_assert_nonnull (changes);
  for (guint i = 0; i < changes->len; i++)
    {
      DureChange *change = g_ptr_array_index (changes, i);

      if (change->seq <= machine->noted)
        continue;
      machine->noted = change->seq;
      change = dure_change_copy (change);
      /* A copied store gives its journal's numbers twice. */
      change->by = dure_change_keep (change, machine->path);
      g_ptr_array_add (world->written, change);
    }
}

static void
round_goes_well (World *world, Machine *machine)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  world_at (world, machine);
  dure_sync_round (machine->store, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.refused, ==, 0);
  g_assert_cmpint (dure_store_count_unsent (machine->store), ==, 0);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* What newer programs wrote of known records that are there, and of unknown kinds. Who sends a record whole that had ended
 * with age cannot say what such a program had added to it elsewhere: there it stays. */
static void
dump_unknown (World *world, Machine *machine, GPtrArray *lines)
{
  g_autoptr (GString) sql = g_string_new (
      "SELECT entity || ' ' || u.id || ' ' || j.key || '=' || coalesce (j.value, '') || ' @' || max (stamp)"
      " FROM unknown u, json_each (body) j GROUP BY entity, u.id, j.key");
  sqlite3_stmt *stmt;

  for (guint e = 0; world->folded->len == 0 && e < DURE_N_ENTITIES; e++)
    g_string_append_printf (sql,
                            " UNION ALL SELECT '%s ' || r.id || ' ' || j.key || '=' || coalesce (j.value, '') || ' @' ||"
                            " coalesce (json_extract (r._stamps, '$.' || j.key), r._stamp)"
                            " FROM \"%s\" r, json_each (r._extra) j WHERE r._deleted = 0",
                            dure_entity (e)->key, dure_entity (e)->key);
  stmt = dure_store_prepare (machine->store, sql->str, NULL);
  g_assert_nonnull (stmt);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_ptr_array_add (lines, g_strdup ((const char *)sqlite3_column_text (stmt, 0)));
  sqlite3_reset (stmt);
}

/* Who was there keeps the tombstone of what the server has forgotten with age. */
static gboolean
has_ended (World *world, DureRecord *record)
{
  g_autofree char *lines = NULL;
  gint64           number;

  g_assert_true (DURE_STORAGE_GET_CLASS (world->storage)
                     ->get_record (world->storage, world->tenant, dure_record_get_entity (record)->key,
                                   dure_record_get_id (record), &number, &lines, NULL));
  return number == 0;
}

/* All that stands, with the stamps that decide what will stand. */
static char *
dump (World *world, Machine *machine)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    for (gboolean deleted = FALSE; deleted <= TRUE; deleted++)
      {
        g_autoptr (DureQuery) query = dure_query_new (e);
        g_autoptr (GPtrArray) list = NULL;

        dure_query_deleted (query, deleted);
        list = dure_store_list (machine->store, query, NULL);
        g_assert_nonnull (list);
        for (guint i = 0; i < list->len; i++)
          {
            DureRecord      *record = g_ptr_array_index (list, i);
            g_autofree char *deleted_stamp = dure_store_field_stamp (record, DURE_CHANGE_DELETED);

            if (deleted && !dure_store_is_purged (record) && has_ended (world, record))
              continue;
            g_ptr_array_add (lines, g_strdup_printf ("%s %s deleted=%d @%s", dure_entity (e)->key,
                                                     dure_record_get_id (record), deleted, deleted_stamp));
            for (guint f = 0; f < dure_entity (e)->n_fields; f++)
              {
                const char      *key = dure_entity (e)->fields[f].key;
                g_autofree char *stamp = dure_store_field_stamp (record, key);

                if (stamp != NULL)
                  g_ptr_array_add (lines, g_strdup_printf ("%s %s %s=%s @%s", dure_entity (e)->key,
                                                           dure_record_get_id (record), key,
                                                           dure_record_get (record, f), stamp));
              }
          }
      }
  dump_unknown (world, machine, lines);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

/* All that was ever written of a field, for whoever looks into a failure. */
static void
tell_field (GPtrArray *changes, const char *key)
{
  const char *name = strrchr (key, ' ') + 1;

  for (guint c = 0; c < changes->len; c++)
    {
      DureChange      *change = g_ptr_array_index (changes, c);
      DureChangeField *field = dure_change_find (change, name);

      g_printerr ("  %" G_GINT64_FORMAT " %s=%s @%s in place of %s\n", change->seq, key, field->value, change->stamp,
                  field->seen);
    }
}

static void
assert_same (GHashTable *table, const char *a, const char *b)
{
  g_auto (GStrv) left = g_strsplit (a, "\n", -1);
  g_auto (GStrv) right = g_strsplit (b, "\n", -1);

  for (guint i = 0; left[i] != NULL || right[i] != NULL; i++)
    {
      if (g_strcmp0 (left[i], right[i]) != 0)
        {
          g_auto (GStrv) words = g_strsplit_set (left[i] != NULL ? left[i] : right[i], " =", -1);
          g_autofree char *key = g_strjoin (" ", words[0], words[1], words[2], NULL);
          GPtrArray       *changes = g_hash_table_lookup (table, key);

          if (changes != NULL)
            tell_field (changes, key);
        }
      g_assert_cmpstr (left[i], ==, right[i]);
    }
}

static void
stored_cb (gint64 number, const char *text, gsize length, gpointer data)
{
  g_auto (DureWireLine) line = { 0 };

  g_assert_true (dure_wire_parse (text, length, &line, NULL));
  line.change->seq = number;
  g_ptr_array_add (data, g_steal_pointer (&line.change));
}

/* All that the server has, field by field: "entity id field" -> array of changes. */
static GHashTable *
by_field (GPtrArray *log)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

  for (guint i = 0; i < log->len; i++)
    {
      DureChange *change = g_ptr_array_index (log, i);

      for (guint f = 0; f < change->fields->len; f++)
        {
          DureChangeField *field = g_ptr_array_index (change->fields, f);
          char            *key = g_strdup_printf ("%s %s %s", change->entity, change->id, field->key);
          GPtrArray       *changes = g_hash_table_lookup (table, key);

          if (changes == NULL)
            g_hash_table_insert (table, g_strdup (key), changes = g_ptr_array_new ());
          g_ptr_array_add (changes, change);
          g_free (key);
        }
    }
  return table;
}

static gboolean
is_ours (World *world, const char *stamp)
{
  for (guint i = 0; i < world->machines->len; i++)
    {
      Machine *machine = g_ptr_array_index (world->machines, i);

      if (strcmp (dure_stamp_device (stamp), dure_store_get_device (machine->store)) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether any computer still has a value in its journal that could be elsewhere. Where a server was put back, and the
 * computer too, one that nobody else had taken is in no copy any more; and one for a record that had ended with age is
 * on its own computer alone. */
static gboolean
is_kept (World *world, const DureChange *change, const DureChangeField *field)
{
  gboolean kept = FALSE;

  for (guint i = 0; !kept && i < world->machines->len; i++)
    {
      Machine      *machine = g_ptr_array_index (world->machines, i);
      sqlite3_stmt *stmt = dure_store_prepare (
          machine->store,
          "SELECT j.stamp FROM journal j, json_each (j.body, '$.set') s WHERE j.id = ?1 AND s.key = ?2 AND s.value IS ?3", NULL);

      g_assert_nonnull (stmt);
      sqlite3_bind_text (stmt, 1, change->id, -1, SQLITE_STATIC);
      sqlite3_bind_text (stmt, 2, field->key, -1, SQLITE_STATIC);
      sqlite3_bind_text (stmt, 3, field->value, -1, SQLITE_STATIC);
      while (!kept && sqlite3_step (stmt) == SQLITE_ROW)
        kept = !g_hash_table_contains (world->ended, sqlite3_column_text (stmt, 0));
      sqlite3_reset (stmt);
    }
  return kept;
}

/* Who knew of a change from a snapshot brought back what stood of it, and that was folded before another could bring the
 * rest, which had been replaced. Or two computers under one number gave one stamp in the same millisecond, and of one the
 * server had folded it, keeping nothing but the stamp, before the other came. */
static gboolean
is_folded_otherwise (World *world, const DureChange *written)
{
  for (guint i = 0; i < world->folded->len; i++)
    {
      const DureChange *change = g_ptr_array_index (world->folded, i);

      if (strcmp (change->stamp, written->stamp) == 0 && (change->part || strcmp (change->id, written->id) != 0))
        return TRUE;
    }
  return FALSE;
}

/* Every value that somebody wrote is in the server's log, under the number of his computer. */
static void
check_written (World *world, GHashTable *table)
{
  /* What others brought back, or sent whole, may have another number. */
  gboolean again = world->put_backs > 0 || g_hash_table_size (world->ended) > 0;

  for (guint i = 0; i < world->written->len; i++)
    {
      DureChange *change = g_ptr_array_index (world->written, i);

      if (is_purged (g_ptr_array_index (world->machines, 0), change->entity, change->id)
          || g_hash_table_contains (world->ended, change->stamp))
        continue;
      for (guint f = 0; f < change->fields->len; f++)
        {
          DureChangeField *field = g_ptr_array_index (change->fields, f);
          g_autofree char *key = g_strdup_printf ("%s %s %s", change->entity, change->id, field->key);
          GPtrArray       *changes = g_hash_table_lookup (table, key);
          gboolean         found = FALSE;

          for (guint c = 0; changes != NULL && c < changes->len && !found; c++)
            {
              DureChange *other = g_ptr_array_index (changes, c);

              found = (again || strcmp (dure_stamp_device (other->stamp), dure_stamp_device (change->stamp)) == 0)
                      && g_strcmp0 (dure_change_find (other, field->key)->value, field->value) == 0;
            }
          if (!found && !is_folded_otherwise (world, change) && (!again || is_kept (world, change, field)))
            g_error ("%s=%s, written as %s, did not reach the server", key, field->value, change->stamp);
        }
    }
}

/* What conflicts name: "lost stamp, field" of every conflict record that this computer has, ended ones too. */
static GHashTable *
lost_values (Machine *machine)
{
  GHashTable *lost = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gboolean deleted = FALSE; deleted <= TRUE; deleted++)
    {
      g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CONFLICT);
      g_autoptr (GPtrArray) list = NULL;

      dure_query_deleted (query, deleted);
      list = dure_store_list (machine->store, query, NULL);
      n_conflicts += list->len;
      for (guint i = 0; i < list->len; i++)
        {
          DureRecord *record = g_ptr_array_index (list, i);

          g_hash_table_add (lost, g_strdup_printf ("%s %s %s %s", dure_record_get (record, DURE_CONFLICT_RECORD),
                                                   dure_record_get (record, DURE_CONFLICT_FIELD),
                                                   dure_record_get (record, DURE_CONFLICT_LOST_STAMP),
                                                   dure_record_get (record, DURE_CONFLICT_LOST)));
        }
    }
  return lost;
}

/* Whether nobody meant anything by a value that a record began with. */
static gboolean
is_blank (DureChange *change, DureChangeField *field)
{
  const DureEntity *entity = dure_entity_by_key (change->entity);
  int               number = entity != NULL ? dure_entity_find_field (entity, field->key) : -1;

  return field->value == NULL || *field->value == '\0'
         || (number >= 0 && g_strcmp0 (entity->fields[number].initial, field->value) == 0);
}

/* A record that had ended elsewhere was sent whole, in place of all that was. */
static gboolean
is_whole (DureChange *change)
{
  const DureChangeField *deleted = dure_change_find (change, DURE_CHANGE_DELETED);

  return deleted != NULL && deleted->value == NULL && deleted->seen == NULL;
}

/* A value is safe when it stands, when somebody knew of it and wrote another, when a conflict has it, when the same was
 * written once more, or when the server wove it into a text. */
static gboolean
is_safe (World *world, DureChange *change, DureChangeField *field, GPtrArray *changes, GHashTable *lost)
{
  const DureEntity *entity = dure_entity_by_key (change->entity);
  int               number = entity != NULL ? dure_entity_find_field (entity, field->key) : -1;
  gboolean          text = number >= 0 && entity->fields[number].type == DURE_VALUE_LONG_TEXT;
  gboolean          blank = is_blank (change, field), largest = TRUE;
  g_autofree char  *name = g_strdup_printf ("%s %s %s %s", change->id, field->key, change->stamp, field->value);

  if (g_hash_table_contains (lost, name) || (field->seen == NULL && blank))
    return TRUE;
  for (guint c = 0; c < changes->len; c++)
    {
      DureChange      *other = g_ptr_array_index (changes, c);
      DureChangeField *with = dure_change_find (other, field->key);

      if (other == change)
        continue;
      largest = largest && strcmp (other->stamp, change->stamp) < 0;
      if (g_strcmp0 (with->seen, change->stamp) == 0 || g_strcmp0 (with->value, field->value) == 0
          || (blank && with->seen == NULL) || (is_whole (other) && strcmp (other->stamp, change->stamp) > 0)
          /* Brought back by who had it from a snapshot: nobody can tell what its author had seen. */
          || (other->part && with->seen == NULL && strcmp (other->stamp, change->stamp) > 0) || (text && !is_ours (world, other->stamp)))
        return TRUE;
    }
  return largest;
}

static void
check_lost (World *world, GPtrArray *log, GHashTable *table)
{
  g_autoptr (GHashTable) lost = lost_values (g_ptr_array_index (world->machines, 0));

  for (guint i = 0; i < log->len; i++)
    {
      DureChange *change = g_ptr_array_index (log, i);

      if (strcmp (change->entity, "conflict") == 0 || strcmp (change->entity, "position") == 0
          || is_purged (g_ptr_array_index (world->machines, 0), change->entity, change->id))
        continue;
      for (guint f = 0; f < change->fields->len; f++)
        {
          DureChangeField *field = g_ptr_array_index (change->fields, f);
          g_autofree char *key = g_strdup_printf ("%s %s %s", change->entity, change->id, field->key);
          GPtrArray       *changes = g_hash_table_lookup (table, key);

          if (is_safe (world, change, field, changes, lost))
            continue;
          tell_field (changes, key);
          g_error ("%s=%s of %s is lost", key, field->value, change->stamp);
        }
    }
}

static void
check_store (World *world, Machine *machine)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = dure_store_check (machine->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    /* Somebody may have linked to what had ended with age, before he knew. */
    if (world->folded->len == 0 || strstr (g_ptr_array_index (problems, i), "leads to a record that is not here") == NULL)
      g_error ("%s", (char *)g_ptr_array_index (problems, i));
}

/**
 * check_end: brings all together, and fails when the copies differ, a value is lost, or a file is not well.
 *
 * Returns: (transfer full): what stands in all of them
 */
char *
check_end (World *world)
{
  g_autoptr (GPtrArray) log = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  g_autoptr (GHashTable) table = NULL;
  g_autofree char *first = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_lines;

  for (guint pass = 0; pass < 4; pass++, world_pass (world, 2 * 3600000))
    for (guint i = 0; i < world->machines->len; i++)
      round_goes_well (world, g_ptr_array_index (world->machines, i));
  round_goes_well (world, world_add (world));
  world_at (world, NULL);
  DURE_STORAGE_GET_CLASS (world->storage)
      ->read_changes (world->storage, world->tenant, 0, 100000, stored_cb, log, &error);
  g_assert_no_error (error);
  check_purged (world, log);
  check_files (world);
  add_folded (world, log);
  table = by_field (log);
  first = dump (world, g_ptr_array_index (world->machines, 0));
  for (guint i = 0; i < world->machines->len; i++)
    {
      Machine         *machine = g_ptr_array_index (world->machines, i);
      g_autofree char *other = dump (world, machine);

      assert_same (table, first, other);
      check_store (world, machine);
    }
  check_written (world, table);
  check_lost (world, log, table);
  DURE_STORAGE_GET_CLASS (world->storage)->verify_log (world->storage, &n_lines, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_lines, >, 0);
  return g_steal_pointer (&first);
}
