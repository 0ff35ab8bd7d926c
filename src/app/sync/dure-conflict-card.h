/* dure-conflict-card.h: one conflict: both values side by side, each with a button that chooses it, and a third
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

/**
 * DureConflictChoice:
 * @DURE_CONFLICT_KEEP: what stands stays
 * @DURE_CONFLICT_RESTORE: the value that lost comes back
 * @DURE_CONFLICT_WRITE: another value
 */
typedef enum
{
  DURE_CONFLICT_KEEP,
  DURE_CONFLICT_RESTORE,
  DURE_CONFLICT_WRITE,
} DureConflictChoice;

#define DURE_TYPE_CONFLICT_CARD (dure_conflict_card_get_type ())
G_DECLARE_FINAL_TYPE (DureConflictCard, dure_conflict_card, DURE, CONFLICT_CARD, AdwBin)

GtkWidget  *dure_conflict_card_new (DureDesk *desk, DureRecord *conflict);
DureRecord *dure_conflict_card_get_conflict (DureConflictCard *self);
GtkWidget  *dure_conflict_card_get_focus (DureConflictCard *self);
gboolean    dure_conflict_card_is_editing (DureConflictCard *self);

G_END_DECLS
