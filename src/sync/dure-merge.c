/* dure-merge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rule is the same everywhere: for each field the larger stamp stands. So every copy that has seen the same
 * changes is the same, in whatever order they came. What the rule would lose is found by the server, the only one that
 * sees every change: it compares what a change says to have replaced (`seen`) with what stands. Kinds of clash, by name:
 *
 * - both edited: two values of one field; the earlier one goes into a conflict
 * - both wrote: two values of one long text; merged by line when the lines differ, else as above
 * - both made: a record with a natural key was made twice; an empty value or a field's initial value gives way
 * - edited, deleted: the record comes back, and a conflict of the pseudo-field "deleted" tells of it
 *
 * A purge ends all that: beside it nothing stands, of two the larger, and what comes for a purged record says nothing.
 *
 * Whatever the rule alone would not give (a merged text, a record that comes back) the server writes as one more change
 * with a stamp of its own, so that devices need no rule but the first.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-merge.h"

#include <string.h>

#include "base/dure-error.h"
#include "base/dure-stamp.h"
#include "schema/dure-schema.h"
#include "sync/dure-text-merge.h"
#include "sync/dure-wire.h"

/** dure_state_new: Returns: (transfer full): of a record of which nothing is known */
DureState *
dure_state_new (void)
{
  DureState *self = g_new0 (DureState, 1);

  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  return self;
}

void
dure_state_free (DureState *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->changes);
  g_free (self);
}

/**
 * dure_state_parse:
 * @self: an empty state
 * @lines: what dure_state_write() returned
 * @length: bytes of @lines
 * @error: return location
 *
 * Returns: whether all lines were good
 */
gboolean
dure_state_parse (DureState *self, const char *lines, gsize length, GError **error)
{
  const char *end = lines + length;

  while (lines < end)
    {
      const char *stop = memchr (lines, '\n', (gsize)(end - lines));
      g_auto (DureWireLine) line = { 0 };

      if (stop == NULL)
        stop = end;
      if (!dure_wire_parse (lines, (gsize)(stop - lines), &line, error))
        return FALSE;
      if (line.change != NULL)
        g_ptr_array_add (self->changes, g_steal_pointer (&line.change));
      lines = stop + 1;
    }
  return TRUE;
}

/**
 * dure_state_write:
 * @self: a state
 * @key: number of the record, for the last line; 0 for none
 *
 * Returns: (transfer full): the lines of a snapshot
 */
char *
dure_state_write (DureState *self, gint64 key)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->changes->len; i++)
    {
      const DureChange *change = g_ptr_array_index (self->changes, i);

      dure_wire_append (out, change, change->seq, i + 1 == self->changes->len ? key : 0);
    }
  return g_string_free (out, FALSE);
}

/**
 * dure_state_find:
 * @self: a state
 * @key: key of a field
 * @holder: (out) (optional) (transfer none) (nullable): the change that set it
 *
 * Returns: (transfer none) (nullable): what stands of the field
 */
DureChangeField *
dure_state_find (DureState *self, const char *key, DureChange **holder)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      DureChange      *change = g_ptr_array_index (self->changes, i);
      DureChangeField *field = dure_change_find (change, key);

      if (field == NULL)
        continue;
      if (holder != NULL)
        *holder = change;
      return field;
    }
  if (holder != NULL)
    *holder = NULL;
  return NULL;
}

/**
 * dure_state_is_purged:
 * @self: a state
 *
 * Returns: whether nothing of the record is left; then @self has one change, the purge
 */
gboolean
dure_state_is_purged (DureState *self)
{
  return self->changes->len == 1 && dure_change_is_purge (g_ptr_array_index (self->changes, 0));
}

static gboolean
apply_purge (DureState *self, const DureChange *change)
{
  DureChange *purge;

  if (!dure_change_is_purge (change)
      || (dure_state_is_purged (self)
          && strcmp (((DureChange *)g_ptr_array_index (self->changes, 0))->stamp, change->stamp) >= 0))
    return FALSE;
  purge = dure_change_new (change->stamp, change->entity, change->id, change->by);
  purge->seq = change->seq;
  dure_change_set_purge (purge, dure_change_find ((DureChange *)change, DURE_CHANGE_PURGED)->value);
  g_ptr_array_set_size (self->changes, 0);
  g_ptr_array_add (self->changes, purge);
  return TRUE;
}

/* A change that was brought back may come in parts. */
static gboolean
join_part (DureState *self, const DureChange *part)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      DureChange *change = g_ptr_array_index (self->changes, i);

      if (strcmp (change->stamp, part->stamp) != 0)
        continue;
      change->seq = part->seq;
      for (guint f = 0; f < part->fields->len; f++)
        {
          const DureChangeField *field = g_ptr_array_index (part->fields, f);

          dure_change_add (change, field->key, field->value, NULL);
        }
      return TRUE;
    }
  return FALSE;
}

/**
 * dure_state_apply:
 * @self: a state
 * @change: a change of the same record
 *
 * Takes every field of @change whose stamp is larger than what stands, or all that @change leaves of the record when it
 * purges it.
 *
 * Returns: whether any field was taken
 */
gboolean
dure_state_apply (DureState *self, const DureChange *change)
{
  g_autoptr (DureChange) taken = dure_change_new (change->stamp, change->entity, change->id, change->by);

  taken->seq = change->seq;
  if (dure_state_is_purged (self) || dure_change_is_purge (change))
    return apply_purge (self, change);
  if (dure_change_is_void (change))
    return FALSE;
  for (guint i = 0; i < change->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (change->fields, i);
      DureChange            *holder;
      DureChangeField       *standing = dure_state_find (self, field->key, &holder);

      if (standing != NULL && strcmp (holder->stamp, change->stamp) >= 0)
        continue;
      if (standing != NULL)
        {
          g_ptr_array_remove (holder->fields, standing);
          if (holder->fields->len == 0)
            g_ptr_array_remove (self->changes, holder);
        }
      dure_change_add (taken, field->key, field->value, NULL);
    }
  if (taken->fields->len == 0)
    return FALSE;
  if (!join_part (self, taken))
    g_ptr_array_add (self->changes, g_steal_pointer (&taken));
  return TRUE;
}

void
dure_clash_free (gpointer data)
{
  DureClash *clash = data;

  g_free (clash->key);
  g_free (clash->won);
  g_free (clash->won_by);
  g_free (clash->won_stamp);
  g_free (clash->lost);
  g_free (clash->lost_by);
  g_free (clash->lost_stamp);
  g_free (clash);
}

static void
add_clash (GPtrArray        *clashes,
           const char       *key,
           const char       *won,
           const DureChange *winner,
           const char       *lost,
           const DureChange *loser)
{
  DureClash *clash = g_new0 (DureClash, 1);

  clash->key = g_strdup (key);
  clash->won = g_strdup (won);
  clash->won_by = g_strdup (winner->by);
  clash->won_stamp = g_strdup (winner->stamp);
  clash->lost = g_strdup (lost);
  clash->lost_by = g_strdup (loser->by);
  clash->lost_stamp = g_strdup (loser->stamp);
  g_ptr_array_add (clashes, clash);
}

static gboolean
same_device (const DureChange *a, const DureChange *b)
{
  return strcmp (dure_stamp_device (a->stamp), dure_stamp_device (b->stamp)) == 0;
}

static gboolean
is_set (const char *deleted)
{
  return deleted != NULL && strcmp (deleted, "0") != 0 && *deleted != '\0';
}

static const DureField *
known_field (const char *entity_key, const char *key)
{
  const DureEntity *entity = dure_entity_by_key (entity_key);
  int               number = entity != NULL ? dure_entity_find_field (entity, key) : -1;

  return number >= 0 ? dure_entity_field (entity, (guint)number) : NULL;
}

/* Nobody meant anything by an empty value, or by the value that every new record has. */
static gboolean
is_blank (const DureField *field, const char *value)
{
  return value == NULL || *value == '\0' || (field != NULL && g_strcmp0 (field->initial, value) == 0);
}

/* Decides one field; returns TRUE with @settled when the server has to write a value of its own. */
static gboolean
merge_field (DureState             *state,
             const DureChange      *change,
             const DureChangeField *field,
             DureMergeBase          base,
             gpointer               base_data,
             GPtrArray             *clashes,
             char                 **settled)
{
  DureChange       *holder;
  DureChangeField  *standing = dure_state_find (state, field->key, &holder);
  const DureField  *known;
  const DureChange *winner, *loser;
  const char       *won, *lost;
  g_autofree char  *common = NULL;

  if (standing == NULL || strcmp (holder->stamp, change->stamp) == 0 || g_strcmp0 (field->seen, holder->stamp) == 0
      || g_strcmp0 (standing->value, field->value) == 0)
    return FALSE;

  known = known_field (change->entity, field->key);
  winner = strcmp (change->stamp, holder->stamp) > 0 ? change : holder;
  loser = winner == change ? holder : change;
  won = winner == change ? field->value : standing->value;
  lost = winner == change ? standing->value : field->value;

  if (known != NULL && known->type == DURE_VALUE_LONG_TEXT
      && (field->seen == NULL || base (field->seen, field->key, &common, base_data)))
    {
      g_autofree char *merged = dure_text_merge (common, standing->value, field->value);

      if (merged != NULL)
        {
          *settled = *merged != '\0' ? g_strdup (merged) : NULL;
          return TRUE;
        }
    }
  /* What stands is what the author saw, only that somebody else wrote the same, or he himself under another number. */
  if (winner == change && field->seen != NULL
      && (common != NULL || base (field->seen, field->key, &common, base_data)) && common != NULL
      && g_strcmp0 (common, standing->value) == 0)
    return FALSE;
  if (field->seen == NULL && is_blank (known, lost))
    return FALSE;
  if (field->seen == NULL && is_blank (known, won))
    {
      *settled = g_strdup (lost);
      return TRUE;
    }
  add_clash (clashes, field->key, won, winner, lost, loser);
  return FALSE;
}

/* Whether the author of @change knew of @other: by what he says to have had of the record, or by the number up to which
 * his device had taken. */
static gboolean
is_known (const DureChange *change, const DureChange *other, gint64 after)
{
  if (change->knew == NULL)
    return other->seq <= after;
  for (guint i = 0; i < other->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (other->fields, i);
      const char            *stamp = g_hash_table_lookup (change->knew, field->key);

      if (stamp == NULL || strcmp (stamp, other->stamp) < 0)
        return FALSE;
    }
  return TRUE;
}

/* The latest change of the record that the author of @change cannot have known: it came after what his device had
 * taken, from another device, and did more than delete. */
static const DureChange *
unknown_edit (DureState *state, const DureChange *change, gint64 after)
{
  const DureChange *latest = NULL;

  for (guint i = 0; i < state->changes->len; i++)
    {
      const DureChange *other = g_ptr_array_index (state->changes, i);

      if (is_known (change, other, after) || same_device (other, change))
        continue;
      if (other->fields->len == 1 && dure_change_find ((DureChange *)other, DURE_CHANGE_DELETED) != NULL)
        continue;
      if (latest == NULL || strcmp (other->stamp, latest->stamp) > 0)
        latest = other;
    }
  return latest;
}

static gboolean
merge_deleted (DureState *state, const DureChange *change, gint64 after, GPtrArray *clashes)
{
  DureChangeField  *deletes = dure_change_find ((DureChange *)change, DURE_CHANGE_DELETED);
  DureChange       *holder;
  DureChangeField  *standing = dure_state_find (state, DURE_CHANGE_DELETED, &holder);
  const DureChange *other;

  if (deletes != NULL && is_set (deletes->value))
    {
      if (standing != NULL && is_set (standing->value))
        return FALSE;
      other = unknown_edit (state, change, after);
      if (other == NULL)
        return FALSE;
      add_clash (clashes, DURE_CHANGE_DELETED, NULL, other, deletes->value, change);
      return TRUE;
    }
  if (standing == NULL || !is_set (standing->value) || deletes != NULL || is_known (change, holder, after)
      || same_device (holder, change))
    return FALSE;
  add_clash (clashes, DURE_CHANGE_DELETED, NULL, change, standing->value, holder);
  return TRUE;
}

/* Conflicts do not clash with each other, and where a node stands is no statement. */
static gboolean
may_clash (DureState *state, const DureChange *change)
{
  return strcmp (change->entity, "conflict") != 0 && strcmp (change->entity, "position") != 0
         && !dure_state_is_purged (state) && dure_change_find ((DureChange *)change, DURE_CHANGE_PURGED) == NULL;
}

/* Takes @change; what is to be written besides replaces what stands then. */
static DureChange *
settle (DureState *state, const DureChange *change, DureChange *besides)
{
  dure_state_apply (state, change);
  for (guint i = 0; i < besides->fields->len; i++)
    {
      DureChangeField *field = g_ptr_array_index (besides->fields, i);
      DureChange      *holder;

      if (dure_state_find (state, field->key, &holder) != NULL)
        field->seen = dure_change_keep (besides, holder->stamp);
    }
  if (besides->fields->len > 0)
    return besides;
  dure_change_free (besides);
  return NULL;
}

/**
 * dure_merge:
 * @state: what stands of the record; the change is applied to it
 * @change: a change that @state does not hold yet, with its sequence number
 * @after: the last sequence number that the author's device had taken
 * @base: finds what an earlier change had set
 * @base_data: for @base
 * @clashes: (element-type DureClash): what clashed is added
 *
 * Applies @change to @state and finds what the rule alone would lose.
 *
 * Returns: (transfer full) (nullable): what the server has to write besides, with neither stamp nor number
 */
DureChange *
dure_merge (DureState        *state,
            const DureChange *change,
            gint64            after,
            DureMergeBase     base,
            gpointer          base_data,
            GPtrArray        *clashes)
{
  g_autoptr (DureChange) besides = dure_change_new (NULL, change->entity, change->id, change->by);

  if (may_clash (state, change))
    {
      for (guint i = 0; i < change->fields->len; i++)
        {
          const DureChangeField *field = g_ptr_array_index (change->fields, i);
          g_autofree char       *settled = NULL;

          if (strcmp (field->key, DURE_CHANGE_DELETED) != 0
              && merge_field (state, change, field, base, base_data, clashes, &settled))
            dure_change_add (besides, field->key, settled, NULL);
        }
      if (merge_deleted (state, change, after, clashes))
        dure_change_add (besides, DURE_CHANGE_DELETED, NULL, NULL);
    }
  return settle (state, change, g_steal_pointer (&besides));
}

/**
 * dure_merge_back:
 * @state: what stands of the record; the change is applied to it
 * @change: a change that somebody brought back for its author
 * @base: finds what an earlier change had set
 * @knew: finds whether one change was made in knowledge of another
 * @data: for both
 * @clashes: (element-type DureClash): what clashed is added
 *
 * As dure_merge(), in whatever order changes are brought back, and although most were merged before: of two values the
 * smaller one is lost only where the larger was written without knowledge of it. What deletes is no clash: nothing says
 * any more who knew what.
 *
 * Returns: (transfer full) (nullable): what the server has to write besides, with neither stamp nor number
 */
DureChange *
dure_merge_back (DureState        *state,
                 const DureChange *change,
                 DureMergeBase     base,
                 DureMergeKnew     knew,
                 gpointer          data,
                 GPtrArray        *clashes)
{
  g_autoptr (DureChange) besides = dure_change_new (NULL, change->entity, change->id, change->by);

  for (guint i = 0; may_clash (state, change) && i < change->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (change->fields, i);
      g_autofree char       *settled = NULL;
      DureChange            *holder;
      DureChangeField       *standing = dure_state_find (state, field->key, &holder);
      gboolean               larger;

      if (strcmp (field->key, DURE_CHANGE_DELETED) == 0 || standing == NULL)
        continue;
      larger = strcmp (change->stamp, holder->stamp) > 0;
      if (larger ? knew (change, holder->stamp, field->key, data) : knew (holder, change->stamp, field->key, data))
        continue;
      if (merge_field (state, change, field, base, data, clashes, &settled)
          && g_strcmp0 (settled, larger ? field->value : standing->value) != 0)
        dure_change_add (besides, field->key, settled, NULL);
    }
  return settle (state, change, g_steal_pointer (&besides));
}
