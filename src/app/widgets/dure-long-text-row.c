/* dure-long-text-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-long-text-row.h"

#include "app/widgets/dure-dialog.h"

#define LEAST_HEIGHT 60
#define MOST_HEIGHT 320

struct _DureLongTextRow
{
  DureFieldRow parent_instance;

  GtkWidget         *view;
  GtkScrolledWindow *scrolled;
  guint              idle; /* fits the height to the text */
};

G_DEFINE_FINAL_TYPE (DureLongTextRow, dure_long_text_row, DURE_TYPE_FIELD_ROW)

static int
least_height (void)
{
  return (int) (LEAST_HEIGHT * dure_dialog_text_scale ());
}

static gboolean
fit_cb (gpointer data)
{
  DureLongTextRow *self = data;
  int              height;

  self->idle = 0;
  gtk_widget_measure (self->view, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (self->view), NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (self->scrolled, MIN (MAX (height, least_height ()), MOST_HEIGHT));
  return G_SOURCE_REMOVE;
}

/* A list gives its rows the least height that they can do with, so this has to be that of the text. GTK knows it only
 * when the lines have been laid out. */
static void
changed_cb (DureLongTextRow *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (fit_cb, self);
}

static void
dure_long_text_row_build (DureFieldRow *row)
{
  DureLongTextRow *self = DURE_LONG_TEXT_ROW (row);
  GtkWidget       *scrolled = gtk_scrolled_window_new ();

  self->view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_pixels_below_lines (GTK_TEXT_VIEW (self->view), 2);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), least_height ());
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MOST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  self->scrolled = GTK_SCROLLED_WINDOW (scrolled);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  dure_field_row_set_editor (row, scrolled, self->view, TRUE);
  dure_field_row_watch_text (row, self->view);
}

static void
dure_long_text_row_set_typed (DureFieldRow *row, const char *typed)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (DURE_LONG_TEXT_ROW (row)->view));

  gtk_text_buffer_set_text (buffer, typed != NULL ? typed : "", -1);
}

static char *
dure_long_text_row_get_typed (DureFieldRow *row)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (DURE_LONG_TEXT_ROW (row)->view));
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
dure_long_text_row_dispose (GObject *object)
{
  g_clear_handle_id (&DURE_LONG_TEXT_ROW (object)->idle, g_source_remove);
  G_OBJECT_CLASS (dure_long_text_row_parent_class)->dispose (object);
}

static void
dure_long_text_row_class_init (DureLongTextRowClass *klass)
{
  DureFieldRowClass *row_class = DURE_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_long_text_row_dispose;
  row_class->build = dure_long_text_row_build;
  row_class->show_value = dure_long_text_row_set_typed;
  row_class->get_typed = dure_long_text_row_get_typed;
  row_class->set_typed = dure_long_text_row_set_typed;
}

static void
dure_long_text_row_init (DureLongTextRow *self)
{
}
