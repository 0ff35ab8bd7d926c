/* dure-conflict-card.h: one conflict: both values side by side, each with a button that chooses it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "store/dure-store.h"

G_BEGIN_DECLS

#define DURE_TYPE_CONFLICT_CARD (dure_conflict_card_get_type ())
G_DECLARE_FINAL_TYPE (DureConflictCard, dure_conflict_card, DURE, CONFLICT_CARD, AdwBin)

GtkWidget  *dure_conflict_card_new (DureStore *store, DureRecord *conflict);
DureRecord *dure_conflict_card_get_conflict (DureConflictCard *self);
GtkWidget  *dure_conflict_card_get_focus (DureConflictCard *self);

G_END_DECLS
