/* dure-store-merged.c: records that were merged into others, and what still points to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A merged record is deleted and holds the id of the one that stands for it. Links lead to that one: they are moved
 * when the records are merged, and again whenever another device brings a link that it wrote without knowing of the
 * merge. What is written then follows from what stands alone, so that devices which do it at the same time write the
 * same values, which clash with nothing.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "store/dure-store-private.h"

/**
 * dure_store_survivor:
 * @self: a store
 * @entity: number of the entity
 * @id: id of a record
 *
 * Follows merged records to the one that stands for them. Where records were merged into each other in a circle, that
 * is the one with the smallest id, on every device.
 *
 * Returns: (transfer full): its id; @id itself when it was not merged
 */
char *
dure_store_survivor (DureStore *self, DureEntityId entity, const char *id)
{
  const DureEntity *table = dure_entity (entity);
  char             *last = g_strdup (id);
  g_autoptr (GPtrArray) way = g_ptr_array_new_with_free_func (g_free);

  if (table->merged_field < 0)
    return last;
  for (;;)
    {
      g_autoptr (DureRecord) record = dure_store_find (self, table, last, NULL, NULL);
      const char *next = record != NULL ? dure_record_get (record, (guint)table->merged_field) : NULL;
      guint       at = 0;

      if (next == NULL)
        return last;
      g_ptr_array_add (way, g_steal_pointer (&last));
      last = g_strdup (next);
      for (; at < way->len && strcmp (way->pdata[at], next) != 0; at++)
        ;
      if (at == way->len)
        continue;
      for (; at < way->len; at++)
        if (strcmp (way->pdata[at], last) < 0)
          {
            g_free (last);
            last = g_strdup (way->pdata[at]);
          }
      return last;
    }
}


static gboolean move_links (DureStore *self, const DureEntity *target, const char *from, const char *to, GError **error);

/* Whether a record was deleted before: then what it counts was added to another already. */
static gboolean
was_deleted_before (DureStore *self, DureRecord *record)
{
  g_autoptr (GPtrArray) items
      = dure_store_history (self, dure_record_get_entity (record)->id, dure_record_get_id (record), NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const DureHistoryItem *item = g_ptr_array_index (items, i);

      if (strcmp (item->key, DURE_CHANGE_DELETED) == 0 && g_strcmp0 (item->value, "1") == 0)
        return TRUE;
    }
  return FALSE;
}

/* Puts what @gone has into @stays: filled fields over empty ones, over initial values too; counts add up. */
static void
fill (DureStore *self, DureRecord *stays, DureRecord *gone)
{
  const DureEntity *entity = dure_record_get_entity (stays);
  gboolean          again = was_deleted_before (self, gone);

  for (guint f = 0; f < entity->n_fields; f++)
    {
      const DureField *field = &entity->fields[f];
      const char      *has = dure_record_get (stays, f), *gives = dure_record_get (gone, f);

      if (gives == NULL || (field->flags & (DURE_FIELD_KEY | DURE_FIELD_HIDDEN)))
        continue;
      if (has != NULL && (field->flags & DURE_FIELD_COUNT))
        {
          gint64 a = dure_record_get_int (stays, f), b = dure_record_get_int (gone, f);

          dure_record_set_int (stays, f, again ? MAX (a, b) : MIN (a + b, field->max > 0 ? field->max : G_MAXINT64));
        }
      else if (has == NULL || g_strcmp0 (has, field->initial) == 0)
        dure_record_set (stays, f, gives);
    }
}

/* A record whose id comes from its key gets another id with another key: it goes into the one that has it, or makes it. */
static gboolean
move_natural (DureStore *self, DureRecord *record, guint field, const char *to, GError **error)
{
  const DureEntity *entity = dure_record_get_entity (record);
  g_autoptr (DureRecord) moved = dure_record_new (entity->id);
  g_autoptr (DureRecord) there = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *id = NULL;

  /* What lacks something, as a record of an older program may, keeps its id. */
  if (!dure_record_check (record, NULL, NULL))
    {
      dure_record_set (record, field, to);
      return dure_store_write (self, record, error);
    }
  for (guint f = 0; f < entity->n_fields; f++)
    dure_record_set (moved, f, f == field ? to : dure_record_get (record, f));
  id = dure_store_natural_id (self, moved, error);
  if (id == NULL)
    return FALSE;
  there = dure_store_find (self, entity, id, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  /* One that was deleted gives nothing: it is made anew. */
  if (there != NULL && !dure_record_get_deleted (there))
    {
      fill (self, there, record);
      g_set_object (&moved, there);
    }
  else
    dure_record_set_id (moved, id);
  /* A referral of an agency to itself ends with the merge. */
  if (dure_record_check (moved, NULL, NULL) && !dure_store_write (self, moved, error))
    return FALSE;
  return dure_store_delete (self, entity->id, dure_record_get_id (record), error)
         && move_links (self, entity, dure_record_get_id (record), id, error);
}

static gboolean
move_link (DureStore *self, DureRecord *record, guint field, const char *to, GError **error)
{
  const DureEntity *entity = dure_record_get_entity (record);
  const DureField  *known = &entity->fields[field];
  gboolean          deleted = dure_record_get_deleted (record);

  /* Of what is deleted the title follows; links with a key stay what they were. */
  if (entity->natural && (known->flags & DURE_FIELD_KEY))
    return deleted || move_natural (self, record, field, to, error);
  /* Nothing is part of itself. */
  dure_record_set (record, field,
                   known->target == entity->id && strcmp (dure_record_get_id (record), to) == 0 ? NULL : to);
  if (!dure_record_check (record, NULL, NULL))
    {
      g_autoptr (DureRecord) old = dure_store_find (self, entity, dure_record_get_id (record), NULL, NULL);

      /* A tie between the two is a tie of one to itself now. */
      if (old != NULL && !dure_record_check_change (record, old, NULL, NULL))
        return deleted || dure_store_delete (self, entity->id, dure_record_get_id (record), error);
    }
  return dure_store_write (self, record, error);
}

static gboolean
move_records (
    DureStore *self, const DureEntity *entity, guint field, const char *from, const char *to, gboolean deleted, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (entity->id);
  g_autoptr (GPtrArray) records = NULL;

  dure_query_where (query, field, DURE_EQUAL, from);
  dure_query_deleted (query, deleted);
  records = dure_store_list (self, query, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    if (!move_link (self, g_ptr_array_index (records, i), field, to, error))
      return FALSE;
  return records != NULL;
}

static gboolean
move_attachments (DureStore *self, const DureEntity *target, const char *from, const char *to, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_ATTACHMENT);
  g_autoptr (GPtrArray) records = NULL;

  dure_query_where (query, DURE_ATTACHMENT_OWNER, DURE_EQUAL, from);
  dure_query_where (query, DURE_ATTACHMENT_OWNER_ENTITY, DURE_EQUAL, target->key);
  records = dure_store_list (self, query, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      DureRecord *record = g_ptr_array_index (records, i);

      dure_record_set (record, DURE_ATTACHMENT_OWNER, to);
      if (!dure_store_write (self, record, error))
        return FALSE;
    }
  return records != NULL;
}

/* All that points to one record points to another. */
static gboolean
move_links (DureStore *self, const DureEntity *target, const char *from, const char *to, GError **error)
{
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      const DureEntity *entity = dure_entity (e);

      for (guint f = 0; f < entity->n_fields; f++)
        if (entity->fields[f].type == DURE_VALUE_LINK && entity->fields[f].target == target->id
            && !(entity->fields[f].flags & DURE_FIELD_HIDDEN)
            && (!move_records (self, entity, f, from, to, FALSE, error)
                || !move_records (self, entity, f, from, to, TRUE, error)))
          return FALSE;
    }
  return move_attachments (self, target, from, to, error);
}

/**
 * dure_store_merge_into:
 * @self: a store with an open transaction
 * @entity: number of an entity whose records can be merged
 * @id: id of the record that goes
 * @survivor: id of the one that stands for it from now on
 * @error: return location
 *
 * Marks the record as merged and moves everything that points to it. Its own fields stay as they are.
 *
 * Returns: %TRUE when it is written
 */
gboolean
dure_store_merge_into (DureStore *self, DureEntityId entity, const char *id, const char *survivor, GError **error)
{
  const DureEntity *table = dure_entity (entity);
  g_autoptr (DureRecord) record = NULL;
  g_autoptr (DureChange) set = dure_change_new (NULL, table->key, id, NULL);
  g_autoptr (GError) failure = NULL;
  gint64 row = 0;

  g_return_val_if_fail (table->merged_field >= 0 && self->txn != 0, FALSE);
  record = dure_store_find (self, table, id, &row, &failure);
  if (record == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no %s with the number %s."), dure_entity_label (table),
                        id);
      return FALSE;
    }
  /* One change: a merge that another made at the same time must not look like an edit of what was deleted. */
  dure_change_add (set, table->fields[table->merged_field].key, survivor, NULL);
  dure_change_add (set, DURE_CHANGE_DELETED, "1", NULL);
  return dure_store_change_fields (self, record, row, set, error) && move_links (self, table, id, survivor, error);
}

/* A merged record that the server brought back, because somebody had edited it, goes again: the edit stands in its
 * conflict. The one that stands for a circle comes back. */
static gboolean
settle_record (DureStore *self, DureRecord *record, GError **error)
{
  const DureEntity *table = dure_record_get_entity (record);
  const char       *id = dure_record_get_id (record);
  guint             field = (guint)table->merged_field;
  g_autofree char  *survivor = dure_store_survivor (self, table->id, id);
  g_autoptr (DureRecord) there = NULL;

  if (strcmp (survivor, id) == 0)
    {
      dure_record_set (record, field, NULL);
      dure_record_set_deleted (record, FALSE);
      return dure_store_write (self, record, error);
    }
  there = dure_store_find (self, table, survivor, NULL, NULL);
  /* What was merged into something that never came here stays as it is. */
  if (there == NULL)
    return TRUE;
  if (!dure_record_get_deleted (record) && !dure_store_delete (self, table->id, id, error))
    return FALSE;
  return move_links (self, table, id, survivor, error);
}

static gboolean
settle_entity (DureStore *self, const DureEntity *table, GError **error)
{
  for (int deleted = 1; deleted >= 0; deleted--)
    {
      g_autoptr (DureQuery) query = dure_query_new (table->id);
      g_autoptr (GPtrArray) records = NULL;

      dure_query_where (query, (guint)table->merged_field, DURE_IS_SET, NULL);
      dure_query_deleted (query, deleted != 0);
      records = dure_store_list (self, query, error);
      for (guint i = 0; records != NULL && i < records->len; i++)
        if (!settle_record (self, g_ptr_array_index (records, i), error))
          return FALSE;
      if (records == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_merged (DureStore *self)
{
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      const DureEntity *table = dure_entity (e);
      g_autofree char  *sql = NULL;

      if (table->merged_field < 0)
        continue;
      sql = g_strdup_printf ("SELECT EXISTS (SELECT 1 FROM \"%s\" WHERE \"%s\" IS NOT NULL)", table->key,
                             table->fields[table->merged_field].key);
      if (dure_store_scalar (self, sql, 0) != 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * dure_store_settle_merged:
 * @self: a store, outside of a transaction
 * @changed: (out): whether anything was written
 * @error: return location
 *
 * After changes of other devices: links to merged records lead to those that stand for them, and records that were
 * merged into each other have one that stands. Doing it again does nothing. Cost: some index look-ups for each merged
 * record.
 *
 * Returns: whether all is settled
 */
gboolean
dure_store_settle_merged (DureStore *self, gboolean *changed, GError **error)
{
  gint64 before;

  *changed = FALSE;
  if (!has_merged (self))
    return TRUE;
  before = dure_store_scalar (self, "SELECT max (seq) FROM journal", 0);
  if (!dure_store_begin_settling (self, error))
    return FALSE;
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    if (dure_entity (e)->merged_field >= 0 && !settle_entity (self, dure_entity (e), error))
      {
        dure_store_rollback (self);
        return FALSE;
      }
  *changed = dure_store_scalar (self, "SELECT max (seq) FROM journal", 0) > before;
  return dure_store_commit (self, error);
}
