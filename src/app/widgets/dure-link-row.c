/* dure-link-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-link-row.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/dure-link-picker.h"

struct _DureLinkRow
{
  DureFieldRow parent_instance;

  char      *id;
  GtkWidget *button;
  GtkWidget *label;
  GtkWidget *clear;
  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (DureLinkRow, dure_link_row, DURE_TYPE_FIELD_ROW)

/* Regions have no page of their own, and a dialog does not let go of the window behind it. */
static void
show_open (DureLinkRow *self)
{
  const DureField *field = dure_field_row_get_field (DURE_FIELD_ROW (self));
  GtkRoot         *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean         modal = GTK_IS_WINDOW (root) && gtk_window_get_modal (GTK_WINDOW (root));

  gtk_widget_set_visible (self->open, self->id != NULL && field->target != DURE_ENTITY_REGION && !modal);
}

static void
dure_link_row_show_value (DureFieldRow *row, const char *value)
{
  DureLinkRow     *self = DURE_LINK_ROW (row);
  const DureField *field = dure_field_row_get_field (row);
  DureDesk        *desk = dure_field_row_get_desk (row);
  g_autofree char *title = NULL;

  if (value != self->id)
    {
      g_free (self->id);
      self->id = g_strdup (value);
    }
  if (value != NULL && desk != NULL)
    title = dure_store_title (dure_desk_get_store (desk), field->target, value);
  gtk_label_set_text (GTK_LABEL (self->label),
                      title != NULL ? title : value != NULL ? _ ("Not found") : _ ("None"));
  gtk_widget_set_visible (self->clear, value != NULL && !(field->flags & DURE_FIELD_REQUIRED));
  show_open (self);
}

static void
picked_cb (DureLinkPicker *picker, const char *id, const char *title, DureLinkRow *self)
{
  dure_link_row_show_value (DURE_FIELD_ROW (self), id);
  dure_field_row_commit (DURE_FIELD_ROW (self));
}

static void
clear_cb (GtkWidget *button, DureLinkRow *self)
{
  dure_link_row_show_value (DURE_FIELD_ROW (self), NULL);
  dure_field_row_commit (DURE_FIELD_ROW (self));
}

static void
open_cb (GtkWidget *button, DureLinkRow *self)
{
  const DureField *field = dure_field_row_get_field (DURE_FIELD_ROW (self));

  if (self->id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", dure_entity (field->target)->key, self->id);
}

static void
popup_cb (GtkMenuButton *button, gpointer user_data)
{
  DureLinkRow *self = user_data;
  GtkWidget   *picker;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  picker = dure_link_picker_new (dure_field_row_get_desk (user_data), dure_field_row_get_field (user_data)->target);
  g_signal_connect (picker, "picked", G_CALLBACK (picked_cb), self);
  gtk_menu_button_set_popover (button, picker);
}

static GtkWidget *
icon_button (const char *icon, const char *label, GCallback clicked, gpointer data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (button, "clicked", clicked, data);
  return button;
}

static void
dure_link_row_build (DureFieldRow *row)
{
  DureLinkRow *self = DURE_LINK_ROW (row);
  GtkWidget   *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), popup_cb, self, NULL);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_set_halign (gtk_widget_get_parent (self->label), GTK_ALIGN_FILL);
  gtk_widget_add_css_class (self->button, "dure-flat");
  gtk_widget_set_hexpand (self->button, TRUE);
  self->clear = icon_button ("edit-clear-symbolic", _ ("Clear"), G_CALLBACK (clear_cb), self);
  self->open = icon_button ("go-next-symbolic", _ ("Open"), G_CALLBACK (open_cb), self);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_box_append (GTK_BOX (box), self->clear);
  gtk_box_append (GTK_BOX (box), self->open);
  dure_field_row_set_editor (row, box, self->button, FALSE);
  g_signal_connect (self, "notify::root", G_CALLBACK (show_open), NULL);
}

static char *
dure_link_row_get_typed (DureFieldRow *row)
{
  return g_strdup (DURE_LINK_ROW (row)->id);
}

static void
dure_link_row_finalize (GObject *object)
{
  g_free (DURE_LINK_ROW (object)->id);
  G_OBJECT_CLASS (dure_link_row_parent_class)->finalize (object);
}

static void
dure_link_row_class_init (DureLinkRowClass *klass)
{
  DureFieldRowClass *row_class = DURE_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dure_link_row_finalize;
  row_class->build = dure_link_row_build;
  row_class->show_value = dure_link_row_show_value;
  row_class->get_typed = dure_link_row_get_typed;
}

static void
dure_link_row_init (DureLinkRow *self)
{
}
