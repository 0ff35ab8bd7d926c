/* dure-record-table-filters.c: the filter line of a record table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A choice or a set is a button with a menu; the menu's items set the state of an action `table.KEY`.
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-record-table-private.h"

#include <glib/gi18n-lib.h>

#define MOST_CHIPS 4

static GtkWidget *
find_chip (DureRecordTable *self, const char *key)
{
  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    if (g_strcmp0 (gtk_widget_get_name (chip), key) == 0)
      return chip;
  return NULL;
}

static void
show_chip (DureRecordTable *self, guint number)
{
  const DureField  *field = &self->entity->fields[number];
  GtkWidget        *chip = find_chip (self, field->key);
  const DureChoice *choice = dure_field_choice (field, self->filters[number]);
  g_autofree char  *label = NULL;

  if (chip == NULL)
    return;
  if (choice != NULL)
    label = g_strdup_printf ("%s: %s", dure_field_label (field), dure_choice_label (choice));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (chip), label != NULL ? label : dure_field_label (field));
  if (choice != NULL)
    gtk_widget_add_css_class (chip, "chosen");
  else
    gtk_widget_remove_css_class (chip, "chosen");
}

static void
change_state_cb (GSimpleAction *action, GVariant *value, DureRecordTable *self)
{
  int         number = dure_entity_find_field (self->entity, g_action_get_name (G_ACTION (action)));
  const char *key = g_variant_get_string (value, NULL);

  g_simple_action_set_state (action, value);
  g_free (self->filters[number]);
  self->filters[number] = *key != '\0' ? g_strdup (key) : NULL;
  show_chip (self, (guint) number);
  dure_record_table_requery (self);
}

/* A menu costs more than all the rest of the line, and most are never opened. */
static void
make_menu_cb (GtkMenuButton *chip, gpointer user_data)
{
  const DureField *field = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *name = g_strconcat ("table.", field->key, NULL);

  for (int i = -1; i < 0 || field->choices[i].key != NULL; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (i < 0 ? _ ("All") : dure_choice_label (&field->choices[i]), NULL);

      g_menu_item_set_action_and_target (item, name, "s", i < 0 ? "" : field->choices[i].key);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_popover (chip, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static void
add_chip (DureRecordTable *self, guint number)
{
  const DureField *field = &self->entity->fields[number];
  g_autoptr (GSimpleAction) action
      = g_simple_action_new_stateful (field->key, G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  GtkWidget *chip = gtk_menu_button_new ();

  g_signal_connect (action, "change-state", G_CALLBACK (change_state_cb), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (chip), make_menu_cb, (gpointer) field, NULL);
  gtk_widget_set_name (chip, field->key);
  gtk_widget_add_css_class (chip, "dure-chip");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->chips), chip);
  show_chip (self, number);
}

/**
 * dure_record_table_show_filters:
 * @fields: (nullable): fields of type choice or set, ended by -1; %NULL for those that the table marks for lists
 */
void
dure_record_table_show_filters (DureRecordTable *self, const int *fields)
{
  GtkWidget *chip;
  guint      n = 0;

  while ((chip = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_box_remove (GTK_BOX (self->chips), chip);
  for (; fields != NULL && *fields >= 0; fields++, n++)
    add_chip (self, (guint) *fields);
  for (guint f = 0; fields == NULL && f < self->entity->n_fields && n < MOST_CHIPS; f++)
    if ((self->entity->fields[f].flags & DURE_FIELD_LIST) && self->entity->fields[f].choices != NULL)
      {
        add_chip (self, f);
        n++;
      }
}

/** dure_record_table_set_filters: chooses which fields of type choice or set can be filtered by; ended by -1. */
void
dure_record_table_set_filters (DureRecordTable *self, const int *fields)
{
  g_return_if_fail (DURE_IS_RECORD_TABLE (self));
  g_return_if_fail (fields != NULL);

  dure_record_table_show_filters (self, fields);
}

/** dure_record_table_clear_filters: takes away the text and all chosen values. */
void
dure_record_table_clear_filters (DureRecordTable *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  for (guint f = 0; f < self->entity->n_fields; f++)
    if (self->filters[f] != NULL)
      g_action_group_change_action_state (G_ACTION_GROUP (self->actions), self->entity->fields[f].key,
                                          g_variant_new_string (""));
}

/** dure_record_table_is_filtered: whether the list shows less than the page asked for. */
gboolean
dure_record_table_is_filtered (DureRecordTable *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    return TRUE;
  for (guint f = 0; f < self->entity->n_fields; f++)
    if (self->filters[f] != NULL)
      return TRUE;
  return FALSE;
}
