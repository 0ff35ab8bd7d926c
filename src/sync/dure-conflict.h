/* dure-conflict.h: what stands of a clash now, and what an officer decides about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/**
 * DureConflictNow: a conflict beside what stands of its record today.
 *
 * Between the clash and its review the field may have been written again, the record deleted or purged; or a newer
 * program made the conflict, and this one does not know the field.
 */
typedef struct
{
  const DureEntity *entity;         /* (nullable): %NULL for one that only newer programs know */
  int               field;          /* -1 for one that only newer programs know, and for deleted */
  gboolean          of_deletion;    /* one edited the record, the other deleted it */
  gboolean          can_write;      /* another value than the one that stands can be written */
  gboolean          record_missing; /* not in this store, or not any more */
  gboolean          record_deleted;
  gboolean          moved_on;       /* neither value stands any more */
  gboolean          merged;         /* the record was merged into another, which this is about now */
  char             *id;             /* of the record */
  char             *title;          /* of the record */
  char             *value;          /* what stands now */
  char             *by;             /* who wrote it; when @moved_on */
  char             *stamp;          /* and when */
} DureConflictNow;

DureConflictNow *dure_conflict_look (DureStore *store, DureRecord *conflict);
char            *dure_conflict_now_sentence (const DureConflictNow *self);
void             dure_conflict_now_free (DureConflictNow *self);
char            *dure_conflict_both (DureRecord *conflict);
GPtrArray       *dure_conflict_edit (DureStore *store, DureRecord *conflict);
gboolean dure_conflicts_decide (DureStore *store, const char *label, GPtrArray *conflicts, gboolean restore, GError **error);
gboolean
dure_conflict_write (DureStore *store, const char *label, DureRecord *conflict, const char *value, GError **error);
GPtrArray *dure_conflicts_untold (DureStore *store, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureConflictNow, dure_conflict_now_free)

G_END_DECLS
