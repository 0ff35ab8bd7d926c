/* dure-difference-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-difference-dialog.h"

#include "app/widgets/dure-dialog.h"
#include "app/widgets/dure-text-difference.h"

struct _DureDifferenceDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkLabel       *before;
  GtkLabel       *after;
};

G_DEFINE_FINAL_TYPE (DureDifferenceDialog, dure_difference_dialog, ADW_TYPE_WINDOW)

static void
dure_difference_dialog_class_init (DureDifferenceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/widgets/dure-difference-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DureDifferenceDialog, title);
  gtk_widget_class_bind_template_child (widget_class, DureDifferenceDialog, before);
  gtk_widget_class_bind_template_child (widget_class, DureDifferenceDialog, after);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dure_difference_dialog_init (DureDifferenceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dure_difference_dialog_present:
 * @parent: the window
 * @title: what was changed
 * @subtitle: when and by whom
 * @before: the text that was replaced
 * @after: the text that replaced it
 */
void
dure_difference_dialog_present (GtkWindow  *parent,
                                const char *title,
                                const char *subtitle,
                                const char *before,
                                const char *after)
{
  DureDifferenceDialog *self = g_object_new (DURE_TYPE_DIFFERENCE_DIALOG, "title", title, NULL);

  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  dure_text_difference_show (self->before, before, self->after, after);
  dure_dialog_present (GTK_WINDOW (self), parent);
  /* GTK focuses the first text, and with that selects all of it. */
  gtk_label_select_region (self->before, 0, 0);
}
