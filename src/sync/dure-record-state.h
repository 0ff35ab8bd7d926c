/* dure-record-state.h: whether the server has what was written to a record, and whether it clashed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/**
 * DureRecordState:
 * @DURE_RECORD_LOCAL: this computer has no server; there is nothing to tell
 * @DURE_RECORD_SENT: the server has all that was written here
 * @DURE_RECORD_HERE: something is on this computer only
 * @DURE_RECORD_CLASH: two values of a field wait for a decision
 */
typedef enum
{
  DURE_RECORD_LOCAL,
  DURE_RECORD_SENT,
  DURE_RECORD_HERE,
  DURE_RECORD_CLASH,
} DureRecordState;

DureRecordState dure_record_state_of (DureStore *store, DureEntityId entity, const char *id);
const char     *dure_record_state_key (DureRecordState state);
const char     *dure_record_state_label (DureRecordState state);

G_END_DECLS
