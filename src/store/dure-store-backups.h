/* dure-store-backups.h: the copies of a store that are made day by day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They stand in a folder of their own, `STORE.backups` beside the store, or another that the user chose, one file each,
 * named after the day and time in Seoul: `dure-20261128-091500.db`. Files of other names are left alone. A copy counts
 * when it was read again and found sound; only then older ones go: the last of each day stays, for as many days as
 * asked, three of the newest day, and three of those that were made before a restore (`…-before.db`). Copies that hold
 * what was purged since go when the next one is made, which is due at once then.
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/** DURE_BACKUPS_KEEP: for so many days copies are kept, unless the user says otherwise. */
#define DURE_BACKUPS_KEEP 14

/** DureBackup: one copy. */
typedef struct
{
  char    *path;
  char    *made; /* local time, as `2026-11-28T09:15` */
  gint64   size; /* bytes */
  gint64   records; /* not deleted ones; -1 when the copy cannot be read */
  gboolean before; /* made before a restore */
} DureBackup;

char      *dure_backups_folder (const char *store_path, const char *chosen);
GPtrArray *dure_backups_list (const char *folder, GError **error);
gboolean   dure_backups_is_due (DureStore *store, const char *folder);
char      *dure_backups_make (
         DureStore *store, const char *folder, guint keep, gboolean before, GCancellable *cancellable, GError **error);
void dure_backup_free (DureBackup *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureBackup, dure_backup_free)

G_END_DECLS
