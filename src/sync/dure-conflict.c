/* dure-conflict.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-conflict.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "base/dure-stamp.h"
#include "base/dure-text-diff.h"
#include "sync/dure-sync-private.h"

/* Somebody who lost more than this at once is told how many, not of each. */
#define MOST_TOLD 200

/** dure_conflict_now_free: frees what dure_conflict_look() returned. */
void
dure_conflict_now_free (DureConflictNow *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->value);
  g_free (self->by);
  g_free (self->stamp);
  g_free (self);
}

/* Who wrote the value that stands. */
static void
find_author (DureStore *store, DureConflictNow *now, const char *key)
{
  g_autoptr (GPtrArray) items = dure_store_history (store, now->entity->id, now->id, NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const DureHistoryItem *item = g_ptr_array_index (items, i);

      if (strcmp (item->key, key) != 0)
        continue;
      now->by = g_strdup (item->by);
      now->stamp = g_strdup (item->stamp);
      return;
    }
}

/**
 * dure_conflict_look:
 * @store: a store
 * @conflict: a record of the entity conflict
 *
 * Returns: (transfer full): what has become of the record since
 */
DureConflictNow *
dure_conflict_look (DureStore *store, DureRecord *conflict)
{
  DureConflictNow *now = g_new0 (DureConflictNow, 1);
  const char      *entity = dure_record_get (conflict, DURE_CONFLICT_ENTITY);
  const char      *key = dure_record_get (conflict, DURE_CONFLICT_FIELD);
  const char      *id = dure_record_get (conflict, DURE_CONFLICT_RECORD);
  g_autoptr (DureRecord) record = NULL;

  now->field = -1;
  now->entity = entity != NULL ? dure_entity_by_key (entity) : NULL;
  now->of_deletion = g_strcmp0 (key, DURE_CHANGE_DELETED) == 0;
  if (now->entity == NULL || key == NULL || id == NULL)
    return now;
  if (!now->of_deletion)
    now->field = dure_entity_find_field (now->entity, key);
  now->id = dure_store_survivor (store, now->entity->id, id);
  now->merged = strcmp (now->id, id) != 0;
  record = dure_store_get (store, now->entity->id, now->id, NULL);
  now->record_missing = record == NULL;
  if (record == NULL)
    return now;
  now->title = dure_store_record_title (store, record);
  now->record_deleted = dure_record_get_deleted (record);
  now->can_write = now->field >= 0 || now->of_deletion;
  if (now->field < 0)
    return now;
  now->value = g_strdup (dure_record_get (record, (guint)now->field));
  now->moved_on = g_strcmp0 (now->value, dure_record_get (conflict, DURE_CONFLICT_WON)) != 0;
  if (now->moved_on)
    find_author (store, now, key);
  return now;
}

/**
 * dure_conflict_now_sentence:
 * @self: what stands now
 *
 * Returns: (transfer full) (nullable): what the officer has to know before a choice; %NULL when all is as it was
 */
char *
dure_conflict_now_sentence (const DureConflictNow *self)
{
  if (self->entity == NULL)
    return g_strdup (_ ("This conflict is about a kind of record that only a newer program knows. Look at it there, or "
                        "keep the value that stands."));
  if (self->record_missing)
    return g_strdup (_ ("The record is not here any more. Nothing is left to choose; the conflict can be closed."));
  if (self->field < 0 && !self->of_deletion)
    return g_strdup (_ ("This conflict is about a field that only a newer program knows. Look at it there, or keep the "
                        "value that stands."));
  if (self->of_deletion && self->merged)
    return dure_hangul_printf (_ ("One merged this record into %s while another edited it. The edit can be taken over."),
                               self->title);
  if (self->of_deletion)
    return self->record_deleted ? g_strdup (_ ("The record has been deleted again since.")) : NULL;
  if (self->record_deleted)
    return g_strdup (_ ("The record has been deleted since. Another value brings it back."));
  if (self->merged)
    return dure_hangul_printf (_ ("The record has been merged into %s since, which is shown."), self->title);
  return self->moved_on ? g_strdup (_ ("This was written again after the conflict. What stands now is shown.")) : NULL;
}

/**
 * dure_conflict_both:
 * @conflict: a record of the entity conflict
 *
 * Returns: (transfer full) (nullable): both values in one, for texts and sets of choices; %NULL where only one can be
 */
char *
dure_conflict_both (DureRecord *conflict)
{
  const char       *entity = dure_record_get (conflict, DURE_CONFLICT_ENTITY);
  const char       *key = dure_record_get (conflict, DURE_CONFLICT_FIELD);
  const char       *won = dure_record_get (conflict, DURE_CONFLICT_WON);
  const char       *lost = dure_record_get (conflict, DURE_CONFLICT_LOST);
  const DureEntity *known = entity != NULL ? dure_entity_by_key (entity) : NULL;
  int               number = known != NULL && key != NULL ? dure_entity_find_field (known, key) : -1;
  const DureField  *field = number >= 0 ? dure_entity_field (known, (guint)number) : NULL;
  g_autofree char  *joined = NULL;

  if (field == NULL || won == NULL || lost == NULL)
    return NULL;
  if (field->type == DURE_VALUE_SET)
    {
      joined = g_strdup_printf ("%s,%s", won, lost);
      return dure_field_parse (field, joined, NULL);
    }
  if (field->type == DURE_VALUE_LONG_TEXT)
    return dure_text_join (won, lost);
  if (field->type != DURE_VALUE_TEXT || (field->flags & DURE_FIELD_MONTH))
    return NULL;
  if (strstr (won, lost) != NULL || strstr (lost, won) != NULL)
    return g_strdup (strlen (won) >= strlen (lost) ? won : lost);
  return g_strdup_printf ("%s, %s", won, lost);
}

/**
 * dure_conflict_edit:
 * @store: a store
 * @conflict: a conflict of a deletion
 *
 * Returns: (transfer full) (element-type DureHistoryItem) (nullable): what was edited while another deleted the record,
 *   with what the same device wrote to it afterwards; the latest first
 */
GPtrArray *
dure_conflict_edit (DureStore *store, DureRecord *conflict)
{
  const char       *key = dure_record_get (conflict, DURE_CONFLICT_ENTITY);
  const char       *id = dure_record_get (conflict, DURE_CONFLICT_RECORD);
  const char       *stamp = dure_record_get (conflict, DURE_CONFLICT_WON_STAMP);
  const DureEntity *entity = key != NULL ? dure_entity_by_key (key) : NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (entity == NULL || id == NULL || stamp == NULL || !dure_stamp_is_valid (stamp))
    return NULL;
  items = dure_store_history (store, entity->id, id, NULL);
  for (guint i = items != NULL ? items->len : 0; i-- > 0;)
    {
      const DureHistoryItem *item = g_ptr_array_index (items, i);
      int                    field = dure_entity_find_field (entity, item->key);

      if (field < 0 || (dure_entity_field (entity, (guint)field)->flags & DURE_FIELD_HIDDEN)
          || strcmp (item->stamp, stamp) < 0
          || strcmp (dure_stamp_device (item->stamp), dure_stamp_device (stamp)) != 0)
        g_ptr_array_remove_index (items, i);
    }
  return g_steal_pointer (&items);
}

/* Writes an edit of a record that was merged meanwhile into the one that stands for it. */
static gboolean
take_over (DureStore *store, DureRecord *conflict, const DureConflictNow *now, GError **error)
{
  g_autoptr (GPtrArray) items = dure_conflict_edit (store, conflict);
  g_autoptr (DureRecord) record = dure_store_get (store, now->entity->id, now->id, error);

  if (record == NULL)
    return FALSE;
  for (guint i = items != NULL ? items->len : 0; i-- > 0;)
    {
      const DureHistoryItem *item = g_ptr_array_index (items, i);

      dure_record_set (record, (guint)dure_entity_find_field (now->entity, item->key), item->value);
    }
  return dure_store_write (store, record, error);
}

/* Writes a value over the one that stands; a record that was deleted since comes back. */
static gboolean
write_value (DureStore *store, DureRecord *conflict, const char *value, GError **error)
{
  g_autoptr (DureConflictNow) now = dure_conflict_look (store, conflict);
  const char *id = now->id;
  g_autoptr (DureRecord) record = NULL;

  if (!now->can_write)
    {
      g_autofree char *sentence = dure_conflict_now_sentence (now);

      g_set_error_literal (error, DURE_ERROR, now->record_missing ? DURE_ERROR_NOT_FOUND : DURE_ERROR_NEWER, sentence);
      return FALSE;
    }
  if (now->of_deletion && now->merged)
    return g_strcmp0 (value, "1") == 0 || take_over (store, conflict, now, error);
  if (now->of_deletion)
    return g_strcmp0 (value, "1") == 0 ? dure_store_delete (store, now->entity->id, id, error)
                                       : dure_store_restore (store, now->entity->id, id, error);
  record = dure_store_get (store, now->entity->id, id, error);
  if (record == NULL)
    return FALSE;
  dure_record_set_deleted (record, FALSE);
  dure_record_set (record, (guint)now->field, value);
  return dure_store_write (store, record, error);
}

/**
 * dure_conflicts_decide:
 * @store: a store
 * @label: what undo calls it
 * @conflicts: (element-type DureRecord): conflict records
 * @restore: whether the value that lost comes back; else the one that stands is kept
 * @error: return location
 *
 * Decides them all in one transaction: all or none.
 *
 * Returns: %TRUE when it is stored
 */
gboolean
dure_conflicts_decide (DureStore *store, const char *label, GPtrArray *conflicts, gboolean restore, GError **error)
{
  if (!dure_store_begin (store, label, error))
    return FALSE;
  for (guint i = 0; i < conflicts->len; i++)
    {
      DureRecord *conflict = g_ptr_array_index (conflicts, i);

      dure_record_set (conflict, DURE_CONFLICT_STATE, restore ? "restored" : "kept");
      if ((restore && !write_value (store, conflict, dure_record_get (conflict, DURE_CONFLICT_LOST), error))
          || !dure_store_write (store, conflict, error))
        {
          dure_store_rollback (store);
          return FALSE;
        }
    }
  return dure_store_commit (store, error);
}

/**
 * dure_conflict_write:
 * @store: a store
 * @label: what undo calls it
 * @conflict: a conflict record
 * @value: (nullable): canonical value of the field; of a clash with a deletion "1" deletes, else the record comes back
 * @error: return location
 *
 * Ends a conflict with a value that is neither of the two.
 *
 * Returns: %TRUE when it is stored
 */
gboolean
dure_conflict_write (DureStore *store, const char *label, DureRecord *conflict, const char *value, GError **error)
{
  if (!dure_store_begin (store, label, error))
    return FALSE;
  dure_record_set (conflict, DURE_CONFLICT_STATE, "written");
  if (write_value (store, conflict, value, error) && dure_store_write (store, conflict, error))
    return dure_store_commit (store, error);
  dure_store_rollback (store);
  return FALSE;
}

/* Whether the officer at this device has to hear of it: while it can be decided, and also when a colleague kept the
 * other value before the officer had seen it. */
static gboolean
concerns (DureStore *store, DureRecord *conflict)
{
  const char *state = dure_record_get (conflict, DURE_CONFLICT_STATE);
  const char *lost = dure_record_get (conflict, DURE_CONFLICT_LOST_STAMP);

  if (g_strcmp0 (state, "open") == 0)
    return TRUE;
  return g_strcmp0 (state, "kept") == 0 && lost != NULL && dure_stamp_is_valid (lost)
         && strcmp (dure_stamp_device (lost), dure_store_get_device (store)) == 0;
}

/**
 * dure_conflicts_untold:
 * @store: a store, outside of a transaction
 * @error: return location
 *
 * Finds the conflicts in which a value of the officer who is enrolled here lost, and notes that they were told of: each
 * comes once.
 *
 * Returns: (transfer full) (element-type DureRecord) (nullable): conflict records
 */
GPtrArray *
dure_conflicts_untold (DureStore *store, GError **error)
{
  g_autofree char *user = dure_store_get_meta (store, DURE_META_USER);
  g_autofree char *told = dure_store_get_meta (store, DURE_META_TOLD);
  g_autofree char *last = g_strdup (told);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) list = NULL;

  if (user == NULL)
    return g_ptr_array_new ();
  dure_query_where (query, DURE_CONFLICT_LOST_BY, DURE_EQUAL, user);
  dure_query_sort (query, DURE_CONFLICT_LOST_STAMP, TRUE);
  dure_query_limit (query, MOST_TOLD);
  list = dure_store_list (store, query, error);
  for (guint i = list != NULL ? list->len : 0; i-- > 0;)
    {
      DureRecord *conflict = g_ptr_array_index (list, i);
      const char *stamp = dure_record_get_stamp (conflict);

      /* The server's stamps: the order in which it found the clashes. */
      if (g_strcmp0 (stamp, last) > 0)
        {
          g_free (last);
          last = g_strdup (stamp);
        }
      if (g_strcmp0 (stamp, told) <= 0 || !concerns (store, conflict))
        g_ptr_array_remove_index (list, i);
    }
  if (list == NULL || (g_strcmp0 (last, told) != 0 && !dure_store_set_meta (store, DURE_META_TOLD, last, error)))
    return NULL;
  return g_steal_pointer (&list);
}
