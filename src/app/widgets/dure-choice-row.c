/* dure-choice-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-choice-row.h"

#include <glib/gi18n-lib.h>

#define SEARCH_FROM 10

struct _DureChoiceRow
{
  DureFieldRow parent_instance;

  GtkWidget *drop_down;
};

G_DEFINE_FINAL_TYPE (DureChoiceRow, dure_choice_row, DURE_TYPE_FIELD_ROW)

static void
selected_cb (DureFieldRow *row)
{
  /* Nothing changes when the row itself shows a value. */
  dure_field_row_commit (row);
}

static void
dure_choice_row_build (DureFieldRow *row)
{
  DureChoiceRow   *self = DURE_CHOICE_ROW (row);
  const DureField *field = dure_field_row_get_field (row);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  /* The first one stands for nothing chosen. */
  gtk_string_list_append (labels, field->flags & DURE_FIELD_REQUIRED ? _ ("Choose") : _ ("None"));
  for (const DureChoice *choice = field->choices; choice->key != NULL; choice++)
    gtk_string_list_append (labels, dure_choice_label (choice));
  self->drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)),
                                       gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (
      GTK_DROP_DOWN (self->drop_down),
      g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (self->drop_down))) > SEARCH_FROM);
  gtk_widget_add_css_class (self->drop_down, "dure-flat");
  dure_field_row_set_editor (row, self->drop_down, self->drop_down, FALSE);
  g_signal_connect_swapped (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), row);
}

static void
dure_choice_row_show_value (DureFieldRow *row, const char *value)
{
  DureChoiceRow   *self = DURE_CHOICE_ROW (row);
  const DureField *field = dure_field_row_get_field (row);
  guint            position = 0;

  for (guint i = 0; value != NULL && field->choices[i].key != NULL; i++)
    if (g_str_equal (field->choices[i].key, value))
      position = i + 1;
  g_signal_handlers_block_by_func (self->drop_down, selected_cb, row);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), position);
  g_signal_handlers_unblock_by_func (self->drop_down, selected_cb, row);
}

static char *
dure_choice_row_get_typed (DureFieldRow *row)
{
  guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (DURE_CHOICE_ROW (row)->drop_down));

  if (position == 0 || position == GTK_INVALID_LIST_POSITION)
    return g_strdup ("");
  return g_strdup (dure_field_row_get_field (row)->choices[position - 1].key);
}

static void
dure_choice_row_class_init (DureChoiceRowClass *klass)
{
  DureFieldRowClass *row_class = DURE_FIELD_ROW_CLASS (klass);

  row_class->build = dure_choice_row_build;
  row_class->show_value = dure_choice_row_show_value;
  row_class->get_typed = dure_choice_row_get_typed;
}

static void
dure_choice_row_init (DureChoiceRow *self)
{
}
