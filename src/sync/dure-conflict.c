/* dure-conflict.c: what an officer decides about a clash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-conflict.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"

/* Writes the value that lost over the one that stands. */
static gboolean
bring_back (DureStore *store, DureRecord *conflict, GError **error)
{
  const DureEntity *entity = dure_entity_by_key (dure_record_get (conflict, DURE_CONFLICT_ENTITY));
  const char       *key = dure_record_get (conflict, DURE_CONFLICT_FIELD);
  const char       *id = dure_record_get (conflict, DURE_CONFLICT_RECORD);
  const char       *lost = dure_record_get (conflict, DURE_CONFLICT_LOST);
  int               field = entity != NULL ? dure_entity_find_field (entity, key) : -1;
  g_autoptr (DureRecord) record = NULL;

  if (entity != NULL && strcmp (key, DURE_CHANGE_DELETED) == 0)
    return g_strcmp0 (lost, "1") == 0 ? dure_store_delete (store, entity->id, id, error)
                                      : dure_store_restore (store, entity->id, id, error);
  if (field < 0)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_NEWER,
                           _ ("This conflict is about a field that only a newer program knows."));
      return FALSE;
    }
  record = dure_store_get (store, entity->id, id, error);
  if (record == NULL)
    return FALSE;
  dure_record_set (record, (guint)field, lost);
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
      if ((restore && !bring_back (store, conflict, error)) || !dure_store_write (store, conflict, error))
        {
          dure_store_rollback (store);
          return FALSE;
        }
    }
  return dure_store_commit (store, error);
}
