/* dure-network-page-header.c: the page's switches in the header bar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-page-private.h"

#include <glib/gi18n-lib.h>

/* And beside the list only in a window that is wide enough. */
#define ROOM_FOR_FILTERS_AND_LIST 1100

static void
filters_toggled_cb (DureNetworkPage *self)
{
  gtk_revealer_set_reveal_child (self->left, gtk_toggle_button_get_active (self->filters_toggle));
}

static void
time_toggled_cb (DureNetworkPage *self)
{
  gtk_revealer_set_reveal_child (self->bottom, gtk_toggle_button_get_active (self->time_toggle));
}

static void
facts_toggled_cb (DureNetworkPage *self)
{
  if (gtk_toggle_button_get_active (self->facts_toggle))
    {
      gtk_toggle_button_set_active (self->list_toggle, FALSE);
      gtk_stack_set_visible_child_name (self->right_stack, "facts");
    }
  gtk_revealer_set_reveal_child (self->right, gtk_toggle_button_get_active (self->facts_toggle)
                                                  || gtk_toggle_button_get_active (self->list_toggle));
}

static void
list_toggled_cb (DureNetworkPage *self)
{
  gboolean list = gtk_toggle_button_get_active (self->list_toggle);

  if (list)
    {
      gtk_toggle_button_set_active (self->facts_toggle, FALSE);
      gtk_stack_set_visible_child_name (self->right_stack, "list");
      self->folded_for_list = gtk_toggle_button_get_active (self->filters_toggle)
                              && gtk_widget_get_width (GTK_WIDGET (self)) < ROOM_FOR_FILTERS_AND_LIST;
      if (self->folded_for_list)
        gtk_toggle_button_set_active (self->filters_toggle, FALSE);
    }
  else if (self->folded_for_list)
    gtk_toggle_button_set_active (self->filters_toggle, TRUE);
  gtk_revealer_set_reveal_child (self->right, list || gtk_toggle_button_get_active (self->facts_toggle));
  if (list)
    dure_network_list_focus (self->list);
  else if (!gtk_toggle_button_get_active (self->facts_toggle))
    gtk_toggle_button_set_active (self->facts_toggle, TRUE);
}

/* The header bar is not inside the page: its menus reach the page's actions this way. */
static void
forward_cb (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  g_autofree char *name = g_strconcat ("network.", g_action_get_name (G_ACTION (action)), NULL);

  gtk_widget_activate_action_variant (page, name, parameter);
}

static void
add_actions (DureNetworkPage *self)
{
  static const GActionEntry entries[] = {
    { "export", forward_cb, "s", NULL, NULL, { 0 } },
    { "copy", forward_cb, NULL, NULL, NULL, { 0 } },
    { "meeting-room", forward_cb, NULL, NULL, NULL, { 0 } },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (self->header_end, "network", G_ACTION_GROUP (group));
}

static GtkToggleButton *
add_toggle (DureNetworkPage *self, GtkWidget *box, const char *label, const char *tooltip, GCallback toggled)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_label (label);

  gtk_widget_set_tooltip_text (toggle, tooltip);
  g_signal_connect_object (toggle, "toggled", toggled, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), toggle);
  return GTK_TOGGLE_BUTTON (toggle);
}

void
dure_network_page_build_header (DureNetworkPage *self)
{
  GtkWidget *export = gtk_menu_button_new ();
  GtkWidget *room = gtk_button_new_from_icon_name ("view-fullscreen-symbolic");
  GtkWidget *switches = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->header_start = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->header_end = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->filters_toggle = add_toggle (self, self->header_start, _ ("Conditions"), _ ("What Is Shown, and How"),
                                     G_CALLBACK (filters_toggled_cb));
  gtk_toggle_button_set_active (self->filters_toggle, TRUE);
  self->views = DURE_NETWORK_VIEWS (dure_network_views_new (self->model));
  gtk_box_append (GTK_BOX (self->header_start), GTK_WIDGET (self->views));

  gtk_widget_add_css_class (switches, "linked");
  self->time_toggle
      = add_toggle (self, switches, _ ("Time"), _ ("Months, and Two Periods Compared"), G_CALLBACK (time_toggled_cb));
  self->facts_toggle = add_toggle (self, switches, _ ("Meaning"), _ ("What It Means"), G_CALLBACK (facts_toggled_cb));
  self->list_toggle
      = add_toggle (self, switches, _ ("List"), _ ("Agencies as a List (F8)"), G_CALLBACK (list_toggled_cb));
  gtk_toggle_button_set_active (self->time_toggle, TRUE);
  gtk_toggle_button_set_active (self->facts_toggle, TRUE);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (export), "document-save-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (export), self->export_menu);
  gtk_widget_set_tooltip_text (export, _ ("Save or Copy the Picture"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (export), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Save or Copy the Picture"), -1);
  gtk_widget_set_tooltip_text (room, _ ("Full Screen for the Meeting Room (F11)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (room), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Full Screen for the Meeting Room"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (room), "network.meeting-room");
  add_actions (self);
  gtk_box_append (GTK_BOX (self->header_end), switches);
  gtk_box_append (GTK_BOX (self->header_end), export);
  gtk_box_append (GTK_BOX (self->header_end), room);
}
