/* dure-backup-keeper.h: makes a copy of the store each day, while work goes on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One for each open store. It works on a thread and with a connection of its own, so that neither the window nor
 * anybody who writes waits for it. What the user settled (whether, where, for how many days) is asked each time.
 *
 * Signals: `made` after each copy; `failed` (const char *sentence) when a copy that nobody asked for could not be made,
 * once until one is made again.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DURE_TYPE_BACKUP_KEEPER (dure_backup_keeper_get_type ())
G_DECLARE_FINAL_TYPE (DureBackupKeeper, dure_backup_keeper, DURE, BACKUP_KEEPER, GObject)

DureBackupKeeper *dure_backup_keeper_new (const char *path);
void              dure_backup_keeper_start (DureBackupKeeper *self);
void              dure_backup_keeper_look (DureBackupKeeper *self);
char             *dure_backup_keeper_get_folder (DureBackupKeeper *self);

/* The finish function returns the path of the copy. */
void  dure_backup_keeper_make_async (DureBackupKeeper *self, GAsyncReadyCallback done, gpointer user_data);
char *dure_backup_keeper_make_finish (DureBackupKeeper *self, GAsyncResult *result, GError **error);

/* The finish function returns an array of DureBackup, the newest first. */
void       dure_backup_keeper_list_async (DureBackupKeeper   *self,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback done,
                                          gpointer            user_data);
GPtrArray *dure_backup_keeper_list_finish (DureBackupKeeper *self, GAsyncResult *result, GError **error);

G_END_DECLS
