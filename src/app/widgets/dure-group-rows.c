/* dure-group-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AdwPreferencesGroup does not tell its rows: who fills one remembers them.
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-group-rows.h"

/** dure_group_rows_add: adds @row to @group, and remembers it in @rows. */
void
dure_group_rows_add (GPtrArray *rows, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
}

/** dure_group_rows_clear: takes all @rows out of their groups. */
void
dure_group_rows_clear (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (
        ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (rows->pdata[i], ADW_TYPE_PREFERENCES_GROUP)), rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}
