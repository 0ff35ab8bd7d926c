/* dure-switch-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-switch-row.h"

struct _DureSwitchRow
{
  DureFieldRow parent_instance;

  GtkWidget *toggle;
};

G_DEFINE_FINAL_TYPE (DureSwitchRow, dure_switch_row, DURE_TYPE_FIELD_ROW)

static void
toggled_cb (DureFieldRow *row)
{
  dure_field_row_commit (row);
}

static void
dure_switch_row_build (DureFieldRow *row)
{
  DureSwitchRow *self = DURE_SWITCH_ROW (row);

  self->toggle = gtk_switch_new ();
  gtk_widget_set_halign (self->toggle, GTK_ALIGN_START);
  gtk_widget_set_valign (self->toggle, GTK_ALIGN_CENTER);
  dure_field_row_set_editor (row, self->toggle, self->toggle, FALSE);
  g_signal_connect_swapped (self->toggle, "notify::active", G_CALLBACK (toggled_cb), row);
}

static void
dure_switch_row_show_value (DureFieldRow *row, const char *value)
{
  DureSwitchRow *self = DURE_SWITCH_ROW (row);

  g_signal_handlers_block_by_func (self->toggle, toggled_cb, row);
  gtk_switch_set_active (GTK_SWITCH (self->toggle), g_strcmp0 (value, "1") == 0);
  g_signal_handlers_unblock_by_func (self->toggle, toggled_cb, row);
}

static char *
dure_switch_row_get_typed (DureFieldRow *row)
{
  return g_strdup (gtk_switch_get_active (GTK_SWITCH (DURE_SWITCH_ROW (row)->toggle)) ? "1" : "0");
}

static void
dure_switch_row_class_init (DureSwitchRowClass *klass)
{
  DureFieldRowClass *row_class = DURE_FIELD_ROW_CLASS (klass);

  row_class->build = dure_switch_row_build;
  row_class->show_value = dure_switch_row_show_value;
  row_class->get_typed = dure_switch_row_get_typed;
}

static void
dure_switch_row_init (DureSwitchRow *self)
{
}
