/* dure-server-merge.c: takes one change into a tenant: number, record, merged values, conflicts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of it runs inside the transaction of the push.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <string.h>

#include "base/dure-error.h"
#include "schema/dure-schema.h"
#include "server/dure-server-private.h"
#include "sync/dure-wire.h"

/* A #DureMergeBase; @data is a #DurePlace. */
gboolean
dure_server_find_base (const char *stamp, const char *key, char **value, gpointer data)
{
  DurePlace       *place = data;
  DureStorage     *storage = place->server->storage;
  g_autofree char *text = NULL;
  g_auto (DureWireLine) line = { 0 };
  DureChangeField *field;

  if (!DURE_STORAGE_GET_CLASS (storage)->has_stamp (storage, place->tenant, stamp, &text, NULL) || text == NULL
      || !dure_wire_parse (text, strlen (text), &line, NULL) || line.change == NULL)
    return FALSE;
  field = dure_change_find (line.change, key);
  if (field == NULL)
    return FALSE;
  *value = g_strdup (field->value);
  return TRUE;
}

gboolean
dure_server_append (DureServer *self, const char *tenant, DureChange *change, gint64 *seq, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);

  GHashTable *knew = g_steal_pointer (&change->knew);

  /* What the author's device had is for the merge alone. */
  dure_wire_append (line, change, 0, 0);
  change->knew = knew;
  change->seq = ++*seq;
  return DURE_STORAGE_GET_CLASS (self->storage)
      ->append (self->storage, tenant, change->seq, change->stamp, line->str, error);
}

DureState *
dure_server_load (DureServer *self, const char *tenant, const DureChange *change, gint64 *number, GError **error)
{
  g_autofree char *lines = NULL;
  g_autoptr (DureState) state = dure_state_new ();

  if (!DURE_STORAGE_GET_CLASS (self->storage)
           ->get_record (self->storage, tenant, change->entity, change->id, number, &lines, error))
    return NULL;
  if (lines != NULL && !dure_state_parse (state, lines, strlen (lines), error))
    return NULL;
  return g_steal_pointer (&state);
}

gboolean
dure_server_save (DureServer *self, const char *tenant, const DureChange *change, gint64 number, DureState *state, GError **error)
{
  g_autofree char *lines = dure_state_write (state, 0);

  return DURE_STORAGE_GET_CLASS (self->storage)
      ->put_record (self->storage, tenant, change->entity, change->id, number, lines, error);
}

/* A change of the server's own, which clashes with nothing; without a stamp it gets the next. */
gboolean
dure_server_write_own (DureServer *self, const char *tenant, DureChange *change, gint64 *seq, GError **error)
{
  char   stamp[DURE_STAMP_LENGTH + 1];
  gint64 number;
  g_autoptr (DureState) state = NULL;

  if (change->stamp == NULL)
    {
      dure_clock_next (self->clock, stamp);
      change->stamp = dure_change_keep (change, stamp);
    }
  state = dure_server_load (self, tenant, change, &number, error);
  if (state == NULL || !dure_server_append (self, tenant, change, seq, error))
    return FALSE;
  dure_state_apply (state, change);
  return dure_server_save (self, tenant, change, number, state, error);
}

/* An officer who goes on from a value that lost has a newer one at stake: the older conflict is over. */
gboolean
dure_server_end_conflict (
    DureServer *self, const char *tenant, const DureChange *change, const char *key, gint64 *seq, GError **error)
{
  DureChangeField *field = dure_change_find ((DureChange *)change, key);
  g_autofree char *conflict = NULL;
  g_autoptr (DureChange) end = NULL;

  if (field == NULL || field->seen == NULL)
    return TRUE;
  if (!DURE_STORAGE_GET_CLASS (self->storage)->take_clash (self->storage, tenant, field->seen, key, &conflict, error))
    return FALSE;
  if (conflict == NULL)
    return TRUE;
  end = dure_change_new (NULL, "conflict", conflict, change->by);
  dure_change_add (end, DURE_CHANGE_DELETED, "1", NULL);
  return dure_server_write_own (self, tenant, end, seq, error);
}

/* The record that tells of a clash; (transfer full), without a stamp */
DureChange *
dure_server_make_conflict (const DureChange *change, const DureClash *clash)
{
  const DureEntity *entity = dure_entity (DURE_ENTITY_CONFLICT);
  const char       *values[DURE_CONFLICT_N_FIELDS] = {
          [DURE_CONFLICT_ENTITY] = change->entity,
          [DURE_CONFLICT_RECORD] = change->id,
          [DURE_CONFLICT_FIELD] = clash->key,
          [DURE_CONFLICT_WON] = clash->won,
          [DURE_CONFLICT_WON_BY] = clash->won_by,
          [DURE_CONFLICT_WON_STAMP] = clash->won_stamp,
          [DURE_CONFLICT_LOST] = clash->lost,
          [DURE_CONFLICT_LOST_BY] = clash->lost_by,
          [DURE_CONFLICT_LOST_STAMP] = clash->lost_stamp,
          [DURE_CONFLICT_STATE] = "open",
  };
  g_autofree char *id = dure_entity_natural_id (entity, values);
  DureChange      *conflict = dure_change_new (NULL, entity->key, id, clash->lost_by);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i] != NULL)
      dure_change_add (conflict, entity->fields[i].key, values[i], NULL);
  return conflict;
}

gboolean
dure_server_write_conflict (
    DureServer *self, const char *tenant, DureChange *conflict, const DureClash *clash, gint64 *seq, GError **error)
{
  return dure_server_write_own (self, tenant, conflict, seq, error)
         && DURE_STORAGE_GET_CLASS (self->storage)
                ->put_clash (self->storage, tenant, clash->lost_stamp, clash->key, conflict->id, error);
}

/* Whether a change is about a record that was there before: it replaces something, or lacks what every new record has. A
 * record that is sent whole says that it is not deleted, and replaces nothing. */
gboolean
dure_server_goes_on (const DureChange *change)
{
  const DureEntity      *entity = dure_entity_by_key (change->entity);
  const DureChangeField *deleted = dure_change_find ((DureChange *)change, DURE_CHANGE_DELETED);

  if (deleted != NULL && deleted->value == NULL && deleted->seen == NULL)
    return FALSE;
  for (guint f = 0; entity != NULL && f < entity->n_fields; f++)
    if ((entity->fields[f].flags & DURE_FIELD_REQUIRED)
        && dure_change_find ((DureChange *)change, entity->fields[f].key) == NULL)
      return TRUE;
  for (guint i = 0; i < change->fields->len; i++)
    if (((DureChangeField *)g_ptr_array_index (change->fields, i))->seen != NULL)
      return TRUE;
  return FALSE;
}

/**
 * dure_server_take:
 * @self: a server, in a transaction of the tenant
 * @who: the device that sends
 * @change: a change that the tenant does not have yet; its number is set
 * @after: the last number that the device had taken
 * @folded: whether changes of this tenant were folded, and deleted records ended with them
 * @seq: (inout): the last number of the tenant
 * @plain: (inout): set to %FALSE when the server wrote something besides
 * @ended: (out): the change goes on from a record that has ended: nothing was stored
 * @error: return location
 *
 * Returns: whether it was stored
 */
gboolean
dure_server_take (DureServer    *self,
                  DureEnrolment *who,
                  DureChange    *change,
                  gint64         after,
                  gboolean       folded,
                  gint64        *seq,
                  gboolean      *plain,
                  gboolean      *ended,
                  GError       **error)
{
  DurePlace place = { self, who->tenant };
  gint64 number;
  g_autoptr (DureState) state = NULL;
  g_autoptr (DureChange) besides = NULL;
  g_autoptr (GPtrArray) clashes = g_ptr_array_new_with_free_func (dure_clash_free);
  gint64 first = *seq;

  change->by = dure_change_keep (change, who->user);
  change->back = NULL;
  change->part = FALSE;
  dure_clock_observe (self->clock, change->stamp);
  state = dure_server_load (self, who->tenant, change, &number, error);
  if (state == NULL)
    return FALSE;
  *ended = folded && number == 0 && dure_change_find (change, DURE_CHANGE_PURGED) == NULL && dure_server_goes_on (change);
  if (*ended)
    return TRUE;
  if (dure_state_is_purged (state) && !dure_change_is_purge (change))
    dure_change_make_void (change);
  if (!dure_server_append (self, who->tenant, change, seq, error))
    return FALSE;
  if (dure_change_is_void (change))
    return TRUE;
  besides = dure_merge (state, change, after, dure_server_find_base, &place, clashes);
  if (besides != NULL)
    {
      char stamp[DURE_STAMP_LENGTH + 1];

      dure_clock_next (self->clock, stamp);
      besides->stamp = dure_change_keep (besides, stamp);
      if (!dure_server_append (self, who->tenant, besides, seq, error))
        return FALSE;
      dure_state_apply (state, besides);
    }
  if (!dure_server_save (self, who->tenant, change, number, state, error))
    return FALSE;
  for (guint i = 0; i < change->fields->len; i++)
    {
      DureChangeField *field = g_ptr_array_index (change->fields, i);

      if (!dure_server_end_conflict (self, who->tenant, change, field->key, seq, error))
        return FALSE;
    }
  for (guint i = 0; i < clashes->len; i++)
    {
      const DureClash *clash = g_ptr_array_index (clashes, i);
      g_autoptr (DureChange) conflict = dure_server_make_conflict (change, clash);

      if (!dure_server_write_conflict (self, who->tenant, conflict, clash, seq, error))
        return FALSE;
    }
  if (*seq != first + 1)
    *plain = FALSE;
  return TRUE;
}

/* A device that this server does not know by table may hold personal data under any name. */
static gboolean
is_hidden (const DureEntity *entity, const char *key)
{
  int number;

  if (strcmp (key, DURE_CHANGE_DELETED) == 0 || strcmp (key, DURE_CHANGE_PURGED) == 0)
    return FALSE;
  number = entity != NULL ? dure_entity_find_field (entity, key) : -1;
  return number < 0 || (dure_entity_field (entity, (guint)number)->flags & DURE_FIELD_SENSITIVE) != 0;
}

static gboolean
hides_values (DureChange *conflict)
{
  DureChangeField *entity = dure_change_find (conflict, "entity");
  DureChangeField *field = dure_change_find (conflict, "field");

  return entity == NULL || field == NULL || entity->value == NULL || field->value == NULL
         || is_hidden (dure_entity_by_key (entity->value), field->value);
}

/**
 * dure_server_hide:
 * @change: a change on its way to somebody who may not see personal data
 *
 * Takes out the fields that are sensitive, and those of which the table does not say that they are not.
 *
 * Returns: whether anything is left
 */
gboolean
dure_server_hide (DureChange *change)
{
  const DureEntity *entity = dure_entity_by_key (change->entity);
  gboolean          values = strcmp (change->entity, "conflict") == 0 && hides_values (change);

  for (guint i = change->fields->len; i-- > 0;)
    {
      DureChangeField *field = g_ptr_array_index (change->fields, i);

      if (is_hidden (entity, field->key)
          || (values && (strcmp (field->key, "won") == 0 || strcmp (field->key, "lost") == 0)))
        g_ptr_array_remove_index (change->fields, i);
    }
  return change->fields->len > 0;
}
