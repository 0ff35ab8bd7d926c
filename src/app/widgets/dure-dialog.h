/* dure-dialog.h: what windows over another window share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A task may keep a dialog longer than the dialog is open, and longer than the window under it lives. GTK forgets that
 * window only when the dialog ends, so a dialog is shown with dure_dialog_present() and not with `transient-for` and
 * `destroy-with-parent`; what a task tells it afterwards is shown only when dure_dialog_is_open().
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

double   dure_dialog_text_scale    (void);
void     dure_dialog_present       (GtkWindow *self, GtkWindow *parent);
gboolean dure_dialog_is_open       (gpointer self);
void     dure_dialog_cancel_closed (GtkWindow *self, GCancellable *cancellable);
GtkWindow *dure_dialog_find_main   (GtkWindow *self);

G_END_DECLS
