/* dure-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-dialog.h"

/* gtk-xft-dpi of text that is not enlarged */
#define USUAL_DPI (96 * 1024)

/* Closing lets it keep what was typed. */
static void
parent_destroyed_cb (GtkWindow *self)
{
  gtk_window_set_transient_for (self, NULL);
  gtk_window_close (self);
  gtk_window_destroy (self);
}

/** dure_dialog_text_scale: how much larger text is than usual; 1 where it is smaller */
double
dure_dialog_text_scale (void)
{
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return MAX ((double)dpi / USUAL_DPI, 1);
}

/* The size that a dialog asks for is thought for text of the usual size. GTK shrinks what is larger than the screen. */
static void
grow_with_text (GtkWindow *self)
{
  double scale = dure_dialog_text_scale ();
  int    width, height;

  gtk_window_get_default_size (self, &width, &height);
  gtk_window_set_default_size (self, width > 0 ? (int)(width * scale) : width, height > 0 ? (int)(height * scale) : height);
}

/**
 * dure_dialog_present:
 * @self: a new window
 * @parent: (nullable): the window that it stands over
 *
 * Shows @self, larger where text is; it closes when @parent ends.
 */
void
dure_dialog_present (GtkWindow *self, GtkWindow *parent)
{
  g_return_if_fail (GTK_IS_WINDOW (self));

  if (parent != NULL)
    {
      gtk_window_set_transient_for (self, parent);
      g_signal_connect_object (parent, "destroy", G_CALLBACK (parent_destroyed_cb), self, G_CONNECT_SWAPPED);
    }
  grow_with_text (self);
  gtk_window_present (self);
}

/** dure_dialog_is_open: whether @self, a window that was shown, is open still; one that a task keeps may not be. */
gboolean
dure_dialog_is_open (gpointer self)
{
  return gtk_widget_get_realized (GTK_WIDGET (self));
}

/** dure_dialog_cancel_closed: cancels @cancellable when @self closes; a task that keeps @self does not wait for its end. */
void
dure_dialog_cancel_closed (GtkWindow *self, GCancellable *cancellable)
{
  g_signal_connect_object (self, "unrealize", G_CALLBACK (g_cancellable_cancel), cancellable, G_CONNECT_SWAPPED);
}

/** dure_dialog_find_main: Returns: (transfer none): the main window, of which @self is a dialog, or a dialog of one */
GtkWindow *
dure_dialog_find_main (GtkWindow *self)
{
  while (gtk_window_get_transient_for (self) != NULL)
    self = gtk_window_get_transient_for (self);
  return self;
}
