/* dure-backup.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-backup.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-file-dialog.h"
#include "base/dure-date.h"

static gpointer
copy_store (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_store_backup (store, data, error) ? g_path_get_basename (data) : NULL;
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dure_store_thread_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (name == NULL)
    {
      dure_window_error (window, error->message);
      return;
    }
  text = g_strdup_printf (_ ("Backed up as “%s”"), name);
  dure_window_toast (window, text, FALSE);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureWindow) window = user_data;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, NULL);
  DureDesk *desk = dure_window_get_desk (window);

  if (file != NULL && desk != NULL)
    dure_store_thread_run_async (dure_desk_get_reader (desk), copy_store, g_file_get_path (file), g_free, g_free, NULL,
                                 copied_cb, g_object_ref (window));
}

/** dure_backup_ask: asks where to, and copies the store there while work goes on. */
void
dure_backup_ask (DureWindow *window)
{
  g_autofree char *today = dure_day_to_date (dure_day_today ());
  g_autofree char *name = g_strdup_printf ("dure-%s.db", today);

  dure_file_dialog_save_async (GTK_WINDOW (window), _ ("Make a Backup"), name, NULL, chosen_cb, g_object_ref (window));
}
