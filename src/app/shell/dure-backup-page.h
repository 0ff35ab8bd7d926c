/* dure-backup-page.h: the preferences of backups, which there are, and the way back to one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-window.h"

G_BEGIN_DECLS

#define DURE_TYPE_BACKUP_PAGE (dure_backup_page_get_type ())
G_DECLARE_FINAL_TYPE (DureBackupPage, dure_backup_page, DURE, BACKUP_PAGE, AdwPreferencesPage)

void dure_backup_page_set_window (DureBackupPage *self, DureWindow *window);

G_END_DECLS
