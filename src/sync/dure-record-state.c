/* dure-record-state.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-record-state.h"

#include <glib/gi18n-lib.h>

#include "sync/dure-sync.h"

static gboolean
has_clash (DureStore *store, DureEntityId entity, const char *id)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CONFLICT);

  dure_query_where (query, DURE_CONFLICT_RECORD, DURE_EQUAL, id);
  dure_query_where (query, DURE_CONFLICT_ENTITY, DURE_EQUAL, dure_entity (entity)->key);
  dure_query_where (query, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  return dure_store_count (store, query, NULL) > 0;
}

/**
 * dure_record_state_of:
 * @store: a store
 * @entity: number of the entity
 * @id: id of a record
 *
 * One look into the index of the journal and one through the conflicts: for the record that is shown, not for each row
 * of a list.
 *
 * Returns: the state of that record
 */
DureRecordState
dure_record_state_of (DureStore *store, DureEntityId entity, const char *id)
{
  if (!dure_sync_is_enrolled (store))
    return DURE_RECORD_LOCAL;
  if (has_clash (store, entity, id))
    return DURE_RECORD_CLASH;
  return dure_store_has_unsent (store, entity, id) ? DURE_RECORD_HERE : DURE_RECORD_SENT;
}

/** dure_record_state_key: Returns: (transfer none) (nullable): for JSON; %NULL where there is nothing to tell */
const char *
dure_record_state_key (DureRecordState state)
{
  static const char *const keys[] = { NULL, "sent", "here", "clash" };

  return keys[state];
}

/** dure_record_state_label: Returns: (transfer none) (nullable): for the screen; %NULL where there is nothing to tell */
const char *
dure_record_state_label (DureRecordState state)
{
  switch (state)
    {
    case DURE_RECORD_SENT:
      return _ ("The server has it");
    case DURE_RECORD_HERE:
      return _ ("Saved here, not sent yet");
    case DURE_RECORD_CLASH:
      return _ ("Conflict to review");
    case DURE_RECORD_LOCAL:
    default:
      return NULL;
    }
}
