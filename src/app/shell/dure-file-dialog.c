/* dure-file-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-file-dialog.h"

#include <glib/gi18n-lib.h>

static DureFileDialogStub stub_func;
static gpointer           stub_data;

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  /* The task holds the dialog; this breaks the circle. */
  g_task_set_task_data (task, NULL, NULL);
  if (file != NULL)
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _ ("No file was chosen."));
}

static void
ask (GtkWindow           *parent,
     const char          *title,
     GtkFileChooserAction action,
     const char          *name,
     const char          *kind,
     const char          *patterns,
     GCancellable        *cancellable,
     GAsyncReadyCallback  done,
     gpointer             user_data)
{
  GTask                *task = g_task_new (NULL, cancellable, done, user_data);
  GtkFileChooserNative *dialog;

  if (stub_func != NULL)
    {
      GFile *file = stub_func (action, title, stub_data);

      if (file != NULL)
        g_task_return_pointer (task, file, g_object_unref);
      else
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _ ("No file was chosen."));
      g_object_unref (task);
      return;
    }

  dialog = gtk_file_chooser_native_new (title, parent, action,
                                        action == GTK_FILE_CHOOSER_ACTION_SAVE ? _ ("_Save") : _ ("_Open"),
                                        _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  if (patterns != NULL)
    {
      g_auto (GStrv) list = g_strsplit (patterns, " ", -1);
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, kind);
      for (guint i = 0; list[i] != NULL; i++)
        gtk_file_filter_add_suffix (filter, list[i]);
      gtk_file_filter_set_name (all, _ ("All files"));
      gtk_file_filter_add_pattern (all, "*");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
    }
  g_task_set_task_data (task, dialog, g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * dure_file_dialog_open_async:
 * @kind: (nullable): what the wanted files are called: "CSV"
 * @patterns: (nullable): their suffixes with spaces between: "csv tsv"
 *
 * Asks for a file that exists.
 */
void
dure_file_dialog_open_async (GtkWindow          *parent,
                             const char         *title,
                             const char         *kind,
                             const char         *patterns,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback done,
                             gpointer            user_data)
{
  ask (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, kind, patterns, cancellable, done, user_data);
}

/**
 * dure_file_dialog_save_async:
 * @name: name that is proposed
 *
 * Asks where to write a file; the dialog itself asks before it lets one be replaced.
 */
void
dure_file_dialog_save_async (GtkWindow          *parent,
                             const char         *title,
                             const char         *name,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback done,
                             gpointer            user_data)
{
  ask (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, name, NULL, NULL, cancellable, done, user_data);
}

/** dure_file_dialog_folder_async: asks for a folder. */
void
dure_file_dialog_folder_async (GtkWindow          *parent,
                               const char         *title,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback done,
                               gpointer            user_data)
{
  ask (parent, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL, NULL, cancellable, done, user_data);
}

/**
 * dure_file_dialog_finish:
 *
 * Returns: (transfer full) (nullable): the file; %NULL with %G_IO_ERROR_CANCELLED when the dialog was closed
 */
GFile *
dure_file_dialog_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** dure_file_dialog_set_stub: lets @stub answer from now on; %NULL for the real dialog. */
void
dure_file_dialog_set_stub (DureFileDialogStub stub, gpointer data)
{
  stub_func = stub;
  stub_data = data;
}
