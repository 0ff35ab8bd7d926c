/* dure-merge.h: the merge rule: what stands of a record, and what clashed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "schema/dure-change.h"

G_BEGIN_DECLS

/**
 * DureState: what stands of one record: changes of which each holds only those of its fields that no later one
 * replaced. Written as lines of the wire format it is the record's part of a snapshot.
 */
typedef struct
{
  GPtrArray *changes; /* of DureChange; seq is that of the server */
} DureState;

/** DureClash: two values of one field, written without knowledge of each other. */
typedef struct
{
  char *key;
  char *won;
  char *won_by;
  char *won_stamp;
  char *lost;
  char *lost_by;
  char *lost_stamp;
} DureClash;

/**
 * DureMergeBase: what a change had set.
 * @value: (out) (transfer full) (nullable): the value
 *
 * Returns: whether the change with @stamp is known and set @key
 */
typedef gboolean (*DureMergeBase) (const char *stamp, const char *key, char **value, gpointer data);

/**
 * DureMergeKnew:
 * @change: a change that set @key
 * @stamp: stamp of a smaller one that did
 *
 * Returns: whether @change was made in knowledge of that one, also when that cannot be told
 */
typedef gboolean (*DureMergeKnew) (const DureChange *change, const char *stamp, const char *key, gpointer data);

DureState       *dure_state_new (void);
void             dure_state_free (DureState *self);
gboolean         dure_state_parse (DureState *self, const char *lines, gsize length, GError **error);
char            *dure_state_write (DureState *self, gint64 key);
DureChangeField *dure_state_find (DureState *self, const char *key, DureChange **holder);
gboolean         dure_state_is_purged (DureState *self);
gboolean         dure_state_apply (DureState *self, const DureChange *change);

DureChange *dure_merge (DureState        *state,
                        const DureChange *change,
                        gint64            after,
                        DureMergeBase     base,
                        gpointer          base_data,
                        GPtrArray        *clashes);
DureChange *dure_merge_back (DureState        *state,
                             const DureChange *change,
                             DureMergeBase     base,
                             DureMergeKnew     knew,
                             gpointer          data,
                             GPtrArray        *clashes);
void        dure_clash_free (gpointer clash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureState, dure_state_free)

G_END_DECLS
