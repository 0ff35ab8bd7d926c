/* dure-file-dialog.h: asks for a file or a folder, in the system's own dialog
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DureFileDialogStub: answers in place of the dialog; for tests.
 *
 * Returns: (transfer full) (nullable): the file, %NULL as if the user had closed the dialog
 */
typedef GFile *(*DureFileDialogStub) (GtkFileChooserAction action, const char *title, gpointer data);

void   dure_file_dialog_open_async (GtkWindow          *parent,
                                    const char         *title,
                                    const char         *kind,
                                    const char         *patterns,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback done,
                                    gpointer            user_data);
void   dure_file_dialog_save_async (GtkWindow          *parent,
                                    const char         *title,
                                    const char         *name,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback done,
                                    gpointer            user_data);
void   dure_file_dialog_folder_async (GtkWindow          *parent,
                                      const char         *title,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback done,
                                      gpointer            user_data);
GFile *dure_file_dialog_finish (GAsyncResult *result, GError **error);
void   dure_file_dialog_set_stub (DureFileDialogStub stub, gpointer data);

G_END_DECLS
