/* dure-first-steps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-first-steps.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-place.h"

struct _DureFirstSteps
{
  AdwWindow            parent_instance;

  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (DureFirstSteps, dure_first_steps, ADW_TYPE_WINDOW)

static const struct
{
  const char *icon;
  const char *title;
  const char *detail;
  const char *action; /* detailed */
} steps[] = {
  { "dure-agencies-symbolic", N_ ("Bring in the partner agencies"),
    N_ ("Import the list you already keep in a spreadsheet, or enter the first one."), "win.import" },
  { "dure-council-symbolic", N_ ("Enter the council"),
    N_ ("Bodies, members and their terms. Terms that end soon appear under Today."), "win.go('council')" },
  { "dure-events-symbolic", N_ ("Plan a meeting"),
    N_ ("Invite bodies, record replies as they ring in, take attendance at the door."), "win.go('events')" },
  { "dure-network-symbolic", N_ ("Look at the network before you meet"),
    N_ ("Who works with whom, and who in the room knows nobody yet."), "win.go('network')" },
  { "system-search-symbolic", N_ ("Find anything with Ctrl+K"),
    N_ ("A name, its initial consonants (ㄱㅁㅂㅈ), or typed on the English keyboard."), "win.palette" },
  { "network-server-symbolic", N_ ("Work together"),
    N_ ("Register this computer with the server, and colleagues see the same records."), "win.enrol" },
};

static void
step_activated_cb (AdwActionRow *row, DureFirstSteps *self)
{
  guint                 index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "dure-step"));
  GtkWindow            *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char      *name = NULL;
  g_autoptr (GVariant)  target = NULL;

  gtk_window_close (GTK_WINDOW (self));
  if (parent != NULL && g_action_parse_detailed_name (steps[index].action, &name, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), name, target);
}

static void
dure_first_steps_class_init (DureFirstStepsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-first-steps.ui");
  gtk_widget_class_bind_template_child (widget_class, DureFirstSteps, group);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dure_first_steps_init (DureFirstSteps *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (steps[i].title));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (steps[i].detail));
      adw_action_row_set_icon_name (ADW_ACTION_ROW (row), steps[i].icon);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "dure-step", GUINT_TO_POINTER (i));
      g_signal_connect (row, "activated", G_CALLBACK (step_activated_cb), self);
      adw_preferences_group_add (self->group, row);
    }
}

/** dure_first_steps_new: the steps; their actions are those of the window that it is shown over. */
GtkWidget *
dure_first_steps_new (void)
{
  return g_object_new (DURE_TYPE_FIRST_STEPS, NULL);
}
