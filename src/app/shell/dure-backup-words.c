/* dure-backup-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-backup-words.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"

/** dure_backup_words_when: (transfer full): day and time, as `2026. 11. 28.(토) 09:15`. */
char *
dure_backup_words_when (const DureBackup *backup)
{
  g_autofree char *date = g_strndup (backup->made, 10);
  g_autofree char *official = dure_date_format_official (date);

  return g_strdup_printf ("%s %s", official, backup->made + 11);
}

/** dure_backup_words_facts: (transfer full): how large it is, how many records it holds, and why it was made. */
char *
dure_backup_words_facts (const DureBackup *backup)
{
  g_autofree char *size = g_format_size ((guint64)backup->size);
  g_autofree char *text = backup->records < 0
                              ? g_strdup_printf (_ ("%s · cannot be read"), size)
                              : g_strdup_printf (_ ("%s · %u records"), size, (guint)backup->records);

  return backup->before ? g_strdup_printf (_ ("%s · made before going back"), text) : g_steal_pointer (&text);
}
