/* dure-sync-status.h: the line at the foot of the sidebar: what waits, what clashed, when it last went well
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_SYNC_STATUS (dure_sync_status_get_type ())
G_DECLARE_FINAL_TYPE (DureSyncStatus, dure_sync_status, DURE, SYNC_STATUS, AdwBin)

GtkWidget *dure_sync_status_new (void);
void       dure_sync_status_set_desk (DureSyncStatus *self, DureDesk *desk);
void       dure_sync_status_sync_now (DureSyncStatus *self);

G_END_DECLS
