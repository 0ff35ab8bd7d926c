/* simulate-purge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "simulate-purge.h"

#include <string.h>

#include "simulate-officer.h"

void
purge_some (World *world, Machine *machine)
{
  DureEntityId entity = some_kind (world);
  gboolean     deleted = world_chance (world, 20);
  g_autoptr (DureRecord) record = some_record (world, machine, entity, deleted);
  g_autoptr (GError) error = NULL;
  const char *ids[] = { record != NULL ? dure_record_get_id (record) : NULL, NULL };

  if (record == NULL)
    return;
  dure_store_purge (machine->store, entity, ids, dure_purge_reasons ()[world_pick (world, 4)].key, &error);
  g_assert_no_error (error);
}

gboolean
is_purged (Machine *machine, const char *entity, const char *id)
{
  const DureEntity *table = dure_entity_by_key (entity);
  g_autoptr (DureRecord) record = table != NULL ? dure_store_get (machine->store, table->id, id, NULL) : NULL;

  return record != NULL && dure_store_is_purged (record);
}

/** check_purged: fails when a line of the server still says something of a record that was purged. */
void
check_purged (World *world, GPtrArray *log)
{
  Machine *first = g_ptr_array_index (world->machines, 0);

  for (guint i = 0; i < log->len; i++)
    {
      DureChange *change = g_ptr_array_index (log, i);

      if (!is_purged (first, change->entity, change->id))
        continue;
      for (guint f = 0; f < change->fields->len; f++)
        {
          const DureChangeField *field = g_ptr_array_index (change->fields, f);

          if (strcmp (field->key, DURE_CHANGE_PURGED) != 0 && strcmp (field->key, DURE_CHANGE_DELETED) != 0)
            g_error ("%s=%s of %s %s is still there", field->key, field->value, change->entity, change->id);
        }
    }
}
