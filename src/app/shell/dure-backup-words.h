/* dure-backup-words.h: how a backup is called on the screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store-backups.h"

G_BEGIN_DECLS

char *dure_backup_words_when (const DureBackup *backup);
char *dure_backup_words_facts (const DureBackup *backup);

G_END_DECLS
