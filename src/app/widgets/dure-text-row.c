/* dure-text-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-text-row.h"

struct _DureTextRow
{
  DureFieldRow parent_instance;

  GtkWidget *text;
};

G_DEFINE_FINAL_TYPE (DureTextRow, dure_text_row, DURE_TYPE_FIELD_ROW)

static void
dure_text_row_build (DureFieldRow *row)
{
  DureTextRow    *self = DURE_TEXT_ROW (row);
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_FREE_FORM;

  switch (dure_field_row_get_field (row)->type)
    {
    case DURE_VALUE_INTEGER:
    case DURE_VALUE_MONEY:
      purpose = GTK_INPUT_PURPOSE_NUMBER;
      break;
    case DURE_VALUE_PHONE:
      purpose = GTK_INPUT_PURPOSE_PHONE;
      break;
    case DURE_VALUE_MAIL:
      purpose = GTK_INPUT_PURPOSE_EMAIL;
      break;
    default:
      break;
    }
  /* An entry, not a bare GtkText: screen readers read only what an entry holds. */
  self->text = gtk_entry_new ();
  gtk_widget_add_css_class (self->text, "flat");
  gtk_entry_set_input_purpose (GTK_ENTRY (self->text), purpose);
  if (purpose != GTK_INPUT_PURPOSE_FREE_FORM)
    gtk_widget_add_css_class (self->text, "numeric");
  dure_field_row_set_editor (row, self->text, self->text, FALSE);
  dure_field_row_watch_text (row, self->text);
}

static void
dure_text_row_show_value (DureFieldRow *row, const char *value)
{
  g_autofree char *text = dure_field_format (dure_field_row_get_field (row), value);

  gtk_editable_set_text (GTK_EDITABLE (DURE_TEXT_ROW (row)->text), text);
}

static char *
dure_text_row_get_typed (DureFieldRow *row)
{
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (DURE_TEXT_ROW (row)->text)));
}

static void
dure_text_row_set_typed (DureFieldRow *row, const char *typed)
{
  gtk_editable_set_text (GTK_EDITABLE (DURE_TEXT_ROW (row)->text), typed);
}

static void
dure_text_row_class_init (DureTextRowClass *klass)
{
  DureFieldRowClass *row_class = DURE_FIELD_ROW_CLASS (klass);

  row_class->build = dure_text_row_build;
  row_class->show_value = dure_text_row_show_value;
  row_class->get_typed = dure_text_row_get_typed;
  row_class->set_typed = dure_text_row_set_typed;
}

static void
dure_text_row_init (DureTextRow *self)
{
}
