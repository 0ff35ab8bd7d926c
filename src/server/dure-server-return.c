/* dure-server-return.c: what devices bring back after the server was put back to an older state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A device brings all that it holds, in the order in which it knew of it: also what others wrote, and what the server
 * itself had written. A change keeps its stamp and its author; the line says which device brought it, and the access log
 * has that too. One device may hold only a part of a change, because it had later values of the rest; another brings
 * more: then the line gets a new number, so that everybody takes it again.
 *
 * What was merged before finds the same again: what the server writes besides gets a stamp that follows from what clashed
 * (dure_stamp_derive()), directly after it. So what was decided later, and comes back too, stands over it.
 *
 * All of it runs inside the transaction of the push.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <string.h>

#include "schema/dure-schema.h"
#include "server/dure-server-private.h"
#include "sync/dure-wire.h"

/* Numbers that a device may have had before the server was put back are not given again to what it brings: one that
 * comes later would take another change for the one that it knows. */
#define GAP 1000
/* And it is another after each time that a server is put back, by the clock. */
#define GAP_SPREAD 100000
/* What a device says to have had is believed up to so many numbers ahead. */
#define MOST_AHEAD 10000000
/* So many steps back in what was replaced by what. */
#define MOST_STEPS 10000

typedef struct
{
  DurePlace         place; /* first, for dure_server_find_base() */
  const DureChange *change; /* with what it replaced, which the record's state does not keep */
} Merging;

static DureChange *
find_change (DureServer *self, const char *tenant, const char *stamp, gboolean *folded)
{
  g_autofree char *text = NULL;
  g_auto (DureWireLine) line = { 0 };

  if (!DURE_STORAGE_GET_CLASS (self->storage)->has_stamp (self->storage, tenant, stamp, &text, NULL) || text == NULL)
    return NULL;
  *folded = *text == '\0';
  if (*folded || !dure_wire_parse (text, strlen (text), &line, NULL))
    return NULL;
  return g_steal_pointer (&line.change);
}

/* A #DureMergeKnew: goes back from value to value that was replaced. Where that was folded nobody can tell any more, and
 * a conflict too many is better than a value that is lost. */
static gboolean
knew (const DureChange *change, const char *stamp, const char *key, gpointer data)
{
  Merging *merging = data;
  g_autoptr (DureChange) found = NULL;
  g_autofree char *at = g_strdup (change->stamp);
  gboolean folded = FALSE;

  for (guint i = 0; i < MOST_STEPS; i++)
    {
      const DureChangeField *field;
      const DureChange      *step = merging->change;
      int                    order;

      if (strcmp (at, step->stamp) != 0)
        {
          dure_change_free (found);
          step = found = find_change (merging->place.server, merging->place.tenant, at, &folded);
        }
      field = step != NULL ? dure_change_find ((DureChange *)step, key) : NULL;
      if (field == NULL)
        return !folded;
      if (field->seen == NULL)
        return step->part;
      order = strcmp (field->seen, stamp);
      if (order <= 0)
        return order == 0;
      g_free (at);
      at = g_strdup (field->seen);
    }
  return TRUE;
}

static gboolean
is_there (DureReturn *back, const char *stamp, gboolean *there, GError **error)
{
  DureStorage     *storage = back->server->storage;
  g_autofree char *line = NULL;

  if (!DURE_STORAGE_GET_CLASS (storage)->has_stamp (storage, back->who->tenant, stamp, &line, error))
    return FALSE;
  *there = line != NULL;
  return TRUE;
}

static gboolean
leave_gap (DureReturn *back, GError **error)
{
  gint64 before = *back->seq;

  *back->plain = FALSE;
  if (back->began)
    return TRUE;
  back->began = TRUE;
  *back->seq = CLAMP (back->claimed, before, before + MOST_AHEAD) + GAP
               + dure_server_now (back->server) / 1000 % GAP_SPREAD;
  return dure_server_note_gap (back->server, back->who->tenant, before + 1, *back->seq, error);
}

/* What the rule alone would not give, directly after the later of what clashed. */
static gboolean
write_besides (DureReturn *back, const DureChange *change, DureState *state, DureChange *besides, GError **error)
{
  const char *latest = "";
  char        stamp[DURE_STAMP_LENGTH + 1];
  gboolean    there;

  for (guint i = 0; i < besides->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (besides->fields, i);

      if (field->seen != NULL && strcmp (field->seen, latest) > 0)
        latest = field->seen;
    }
  dure_stamp_derive (latest, TRUE, change->stamp, stamp);
  if (!is_there (back, stamp, &there, error))
    return FALSE;
  if (there)
    return TRUE;
  besides->stamp = dure_change_keep (besides, stamp);
  if (!dure_server_append (back->server, back->who->tenant, besides, back->seq, error))
    return FALSE;
  dure_state_apply (state, besides);
  return TRUE;
}

/* Which conflict has a value that lost, by its stamp. */
static gboolean
find_conflict (DureReturn *back, const char *lost, const char *key, char **conflict, GError **error)
{
  DureStorage      *storage = back->server->storage;
  DureStorageClass *klass = DURE_STORAGE_GET_CLASS (storage);

  return klass->take_clash (storage, back->who->tenant, lost, key, conflict, error)
         && (*conflict == NULL || klass->put_clash (storage, back->who->tenant, lost, key, *conflict, error));
}

static gboolean
write_conflict (DureReturn *back, const DureChange *change, const DureClash *clash, GError **error)
{
  const char *tenant = back->who->tenant;
  g_autoptr (DureChange) conflict = dure_server_make_conflict (change, clash);
  g_autoptr (DureState) state = NULL;
  g_autofree char *other = NULL;
  char             stamp[DURE_STAMP_LENGTH + 1];
  gint64           number;

  if (!find_conflict (back, clash->lost_stamp, clash->key, &other, error))
    return FALSE;
  state = dure_server_load (back->server, tenant, conflict, &number, error);
  if (state == NULL)
    return FALSE;
  if (other != NULL || number != 0)
    return TRUE;
  dure_stamp_derive (clash->won_stamp, TRUE, conflict->id, stamp);
  conflict->stamp = dure_change_keep (conflict, stamp);
  return dure_server_write_conflict (back->server, tenant, conflict, clash, back->seq, error);
}

/* A conflict that comes back is the one of its value: one that was written again meanwhile ends. */
static gboolean
note_conflict (DureReturn *back, DureChange *change, GError **error)
{
  DureStorage           *storage = back->server->storage;
  const DureChangeField *lost = dure_change_find (change, "lost_stamp");
  const DureChangeField *field = dure_change_find (change, "field");
  g_autofree char *other = NULL;
  g_autoptr (DureChange) end = NULL;

  if (strcmp (change->entity, "conflict") != 0 || lost == NULL || lost->value == NULL || field == NULL
      || field->value == NULL)
    return TRUE;
  if (!find_conflict (back, lost->value, field->value, &other, error)
      || !DURE_STORAGE_GET_CLASS (storage)
              ->put_clash (storage, back->who->tenant, lost->value, field->value, change->id, error))
    return FALSE;
  if (other == NULL || strcmp (other, change->id) == 0)
    return TRUE;
  end = dure_change_new (NULL, "conflict", other, change->by);
  dure_change_add (end, DURE_CHANGE_DELETED, "1", NULL);
  return dure_server_write_own (back->server, back->who->tenant, end, back->seq, error);
}

/* Takes a change, or what was lacking of one, into what stands of its record. */
static gboolean
merge (DureReturn *back, DureChange *change, const DureChange *whole, DureState *state, gint64 number, GError **error)
{
  const char *tenant = back->who->tenant;
  Merging     merging = { { back->server, tenant }, whole };
  g_autoptr (GPtrArray) clashes = g_ptr_array_new_with_free_func (dure_clash_free);
  g_autoptr (DureChange) besides
      = dure_merge_back (state, change, dure_server_find_base, knew, &merging, clashes);

  if (besides != NULL && !write_besides (back, change, state, besides, error))
    return FALSE;
  if (!dure_server_save (back->server, tenant, change, number, state, error) || !note_conflict (back, change, error))
    return FALSE;
  for (guint i = 0; i < change->fields->len; i++)
    if (!dure_server_end_conflict (back->server, tenant, change,
                                   ((DureChangeField *)g_ptr_array_index (change->fields, i))->key, back->seq, error))
      return FALSE;
  for (guint i = 0; i < clashes->len; i++)
    if (!write_conflict (back, change, g_ptr_array_index (clashes, i), error))
      return FALSE;
  if (dure_change_is_purge (change))
    dure_server_note_purge (back->purged, change);
  else
    return dure_server_follow_owner (back->server, back->who, change, back->purged, back->seq, back->plain, error);
  return TRUE;
}

/* The server has the change, or a part of it. */
static gboolean
take_rest (DureReturn *back, DureChange *change, const char *text, const char **problem, GError **error)
{
  DureStorage *storage = back->server->storage;
  g_auto (DureWireLine) line = { 0 };
  g_autoptr (DureChange) rest = NULL;
  g_autoptr (DureState) state = NULL;
  g_autoptr (GString) whole = g_string_new (NULL);
  gint64 number;

  if (!dure_wire_parse (text, strlen (text), &line, error))
    return FALSE;
  if (dure_change_is_void (line.change))
    return TRUE;
  rest = dure_change_new (change->stamp, change->entity, change->id, line.change->by);
  rest->part = change->part;
  *problem = strcmp (change->entity, line.change->entity) != 0 || strcmp (change->id, line.change->id) != 0
                 ? "stamp-taken"
                 : NULL;
  for (guint i = 0; *problem == NULL && i < change->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (change->fields, i);
      DureChangeField       *known = dure_change_find (line.change, field->key);

      if (known == NULL)
        {
          dure_change_add (rest, field->key, field->value, field->seen);
          dure_change_add (line.change, field->key, field->value, field->seen);
        }
      else if (g_strcmp0 (known->value, field->value) != 0)
        *problem = "stamp-taken";
      else if (known->seen == NULL)
        known->seen = dure_change_keep (line.change, field->seen);
    }
  if (*problem != NULL || rest->fields->len == 0)
    return TRUE;
  state = dure_server_load (back->server, back->who->tenant, change, &number, error);
  if (state == NULL)
    return FALSE;
  if (dure_state_is_purged (state))
    return TRUE;
  if (!leave_gap (back, error))
    return FALSE;
  /* What one said is known whole when somebody has all of it. */
  line.change->part = change->part || (line.change->part && change->fields->len < line.change->fields->len);
  line.change->back = dure_change_keep (line.change, change->back);
  rest->seq = ++*back->seq;
  dure_wire_append (whole, line.change, 0, 0);
  return DURE_STORAGE_GET_CLASS (storage)
             ->move_line (storage, back->who->tenant, change->stamp, rest->seq, whole->str, error)
         && merge (back, rest, line.change, state, number, error);
}

/**
 * dure_server_take_back:
 * @back: a push of what a device brings back, or with a claim of -1 of an author's own, in a transaction of the tenant
 * @change: a change, whoever wrote it
 * @known: (nullable): the line that the server has under its stamp; empty when that was folded
 * @problem: (out): name of what is wrong with it, or %NULL: nothing was stored
 * @error: return location
 *
 * Returns: whether it was stored, or need not be
 */
gboolean
dure_server_take_back (
    DureReturn *back, DureChange *change, const char *known, const char **problem, GError **error)
{
  g_autoptr (DureState) state = NULL;
  gint64 number;

  *problem = NULL;
  if (dure_change_is_void (change) || (known != NULL && *known == '\0'))
    return TRUE;
  dure_clock_observe (back->server->clock, change->stamp);
  /* From its author it comes as any change. */
  change->back = back->claimed >= 0 ? dure_change_keep (change, back->who->device) : NULL;
  if (known != NULL)
    return take_rest (back, change, known, problem, error);
  state = dure_server_load (back->server, back->who->tenant, change, &number, error);
  if (state == NULL)
    return FALSE;
  if (dure_state_is_purged (state) && !dure_change_is_purge (change))
    return TRUE;
  if (back->folded && number == 0 && !dure_change_is_purge (change) && dure_server_goes_on (change))
    {
      *problem = "record-ended";
      return TRUE;
    }
  return leave_gap (back, error) && dure_server_append (back->server, back->who->tenant, change, back->seq, error)
         && merge (back, change, change, state, number, error);
}
