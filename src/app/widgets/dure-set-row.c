/* dure-set-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-set-row.h"

#include <glib/gi18n-lib.h>

#define COLUMNS 2

struct _DureSetRow
{
  DureFieldRow parent_instance;

  GtkWidget *button;
  GtkWidget *label;
  GPtrArray *checks; /* of GtkCheckButton, in the order of the choices */
};

G_DEFINE_FINAL_TYPE (DureSetRow, dure_set_row, DURE_TYPE_FIELD_ROW)

static char *
dure_set_row_get_typed (DureFieldRow *row)
{
  DureSetRow      *self = DURE_SET_ROW (row);
  const DureField *field = dure_field_row_get_field (row);
  g_autoptr (GString) keys = g_string_new (NULL);

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_string_append_printf (keys, "%s%s", keys->len > 0 ? "," : "", field->choices[i].key);
  return g_strdup (keys->str);
}

static void
show_label (DureSetRow *self)
{
  g_autofree char *keys = dure_set_row_get_typed (DURE_FIELD_ROW (self));
  g_autofree char *text = dure_field_format (dure_field_row_get_field (DURE_FIELD_ROW (self)), keys);

  gtk_label_set_text (GTK_LABEL (self->label), *keys != '\0' ? text : _ ("None"));
}

static void
toggled_cb (GtkCheckButton *check, DureSetRow *self)
{
  show_label (self);
}

static void
closed_cb (GtkPopover *popover, DureSetRow *self)
{
  dure_field_row_commit (DURE_FIELD_ROW (self));
}

static void
dure_set_row_build (DureFieldRow *row)
{
  DureSetRow      *self = DURE_SET_ROW (row);
  const DureField *field = dure_field_row_get_field (row);
  GtkWidget       *popover = gtk_popover_new ();
  GtkWidget       *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (guint i = 0; field->choices[i].key != NULL; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (dure_choice_label (&field->choices[i]));

      g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
      gtk_grid_attach (GTK_GRID (grid), check, (int) i % COLUMNS, (int) i / COLUMNS, 1, 1);
      g_ptr_array_add (self->checks, check);
    }
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), self);
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_set_halign (gtk_widget_get_parent (self->label), GTK_ALIGN_FILL);
  gtk_widget_add_css_class (self->button, "dure-flat");
  dure_field_row_set_editor (row, self->button, self->button, FALSE);
}

static void
dure_set_row_show_value (DureFieldRow *row, const char *value)
{
  DureSetRow      *self = DURE_SET_ROW (row);
  const DureField *field = dure_field_row_get_field (row);
  g_auto (GStrv)   keys = g_strsplit (value != NULL ? value : "", ",", -1);

  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->checks, i),
                                 g_strv_contains ((const char *const *) keys, field->choices[i].key));
  show_label (self);
}

static void
dure_set_row_finalize (GObject *object)
{
  g_ptr_array_unref (DURE_SET_ROW (object)->checks);
  G_OBJECT_CLASS (dure_set_row_parent_class)->finalize (object);
}

static void
dure_set_row_class_init (DureSetRowClass *klass)
{
  DureFieldRowClass *row_class = DURE_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dure_set_row_finalize;
  row_class->build = dure_set_row_build;
  row_class->show_value = dure_set_row_show_value;
  row_class->get_typed = dure_set_row_get_typed;
}

static void
dure_set_row_init (DureSetRow *self)
{
  self->checks = g_ptr_array_new ();
}
