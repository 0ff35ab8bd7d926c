/* dure-record-merge.h: two records of one thing become one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/**
 * DureTake: whose value of a field stands.
 * @DURE_TAKE_STAYS: that of the record that stays
 * @DURE_TAKE_GOES: that of the record that goes
 * @DURE_TAKE_BOTH: both joined; long texts and sets
 */
typedef enum
{
  DURE_TAKE_STAYS,
  DURE_TAKE_GOES,
  DURE_TAKE_BOTH,
} DureTake;

DureTake *dure_record_merge_suggest (DureRecord *stays, DureRecord *goes);
gboolean  dure_record_merge_differs (DureRecord *stays, DureRecord *goes, guint field);
gboolean  dure_record_merge_can_join (DureRecord *record, guint field);
char     *dure_record_merge_value (DureRecord *stays, DureRecord *goes, guint field, DureTake take);
gint64    dure_record_merge_links (DureStore *store, DureEntityId entity, const char *id);
gboolean  dure_record_merge (DureStore      *store,
                             const char     *label,
                             DureEntityId    entity,
                             const char     *stays,
                             const char     *goes,
                             const DureTake *takes,
                             GError        **error);

G_END_DECLS
