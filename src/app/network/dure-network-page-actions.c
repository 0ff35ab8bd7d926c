/* dure-network-page-actions.c: what panels, menus and keys ask of the page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-page-private.h"

#include <glib/gi18n-lib.h>

static void
select_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_network_canvas_select (DURE_NETWORK_PAGE (widget)->canvas, g_variant_get_string (parameter, NULL), TRUE);
}

static void
select_tie_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (widget);
  DureNetwork     *network = dure_network_canvas_get_network (self->canvas);
  g_autoptr (GtkBitset) both = gtk_bitset_new_empty ();
  const char *ids[2];

  g_variant_get (parameter, "(&s&s)", &ids[0], &ids[1]);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      guint node;

      if (network != NULL && dure_network_find (network, ids[i], &node))
        gtk_bitset_add (both, node);
    }
  dure_network_page_select (self, both);
}

static void
unpin_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (widget);

  dure_network_model_unpin (self->model, dure_network_canvas_get_selection (self->canvas));
}

static void
name_community_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage    *self = DURE_NETWORK_PAGE (widget);
  const DureAnalysis *analysis = dure_network_model_get_analysis (self->model);
  g_autoptr (DureNetworkView) view = dure_network_view_copy (dure_network_model_get_view (self->model));
  guint       number;
  guint       n;
  guint       old_n;
  char      **names;
  const char *name;

  g_variant_get (parameter, "(u&s)", &number, &name);
  if (analysis == NULL || number >= analysis->n_communities)
    return;
  old_n = view->community_names != NULL ? g_strv_length (view->community_names) : 0;
  n = MAX (old_n, number + 1);
  names = g_new0 (char *, (gsize)n + 1);
  for (guint i = 0; i < n; i++)
    names[i] = g_strdup (i == number ? name : i < old_n ? view->community_names[i] : "");
  g_strfreev (view->community_names);
  view->community_names = names;
  dure_network_model_set_view (self->model, view);
  dure_network_list_show (self->list, self->model);
  gtk_widget_activate_action (widget, "win.toast", "s",
                              dure_network_model_get_saved (self->model) != NULL
                                  ? _ ("Renamed. Save the view to keep the name.")
                                  : _ ("Renamed. Save what is shown as a view to keep the name."));
}

static void
show_list_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_toggle_button_set_active (DURE_NETWORK_PAGE (widget)->list_toggle, TRUE);
}

static void
list_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (widget);

  if (!self->in_meeting_room)
    gtk_toggle_button_set_active (self->list_toggle, !gtk_toggle_button_get_active (self->list_toggle));
}

static void
stop_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (widget);

  dure_network_model_stop (self->model);
  gtk_widget_activate_action (widget, "win.toast", "s", _ ("Stopped. The picture stays as it was."));
}

static void
reset_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (widget);
  g_autoptr (DureNetworkView) view = dure_network_view_new ();

  dure_network_time_panel_set_comparing (self->time, FALSE);
  dure_network_model_compare (self->model, NULL, NULL);
  dure_network_model_set_view (self->model, view);
}

static void
lasso_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (widget);

  gtk_toggle_button_set_active (self->lasso, !gtk_toggle_button_get_active (self->lasso));
}

static void
show_header (GtkWidget *root, gboolean visible)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (root));

  for (GtkWidget *child = gtk_widget_get_first_child (content); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ADW_IS_HEADER_BAR (child))
      gtk_widget_set_visible (child, visible);
}

/* Folded or not, they go at once: the window changes its size at the same time. */
static void
show_panels (DureNetworkPage *self, gboolean visible)
{
  gtk_widget_set_visible (GTK_WIDGET (self->left), visible);
  gtk_widget_set_visible (GTK_WIDGET (self->right), visible);
  gtk_widget_set_visible (GTK_WIDGET (self->bottom), visible);
}

/* Fills the screen with the picture: no sidebar, no panels, no names of persons; large labels. Esc leads back. */
static void
enter_meeting_room (DureNetworkPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->in_meeting_room || !ADW_IS_APPLICATION_WINDOW (root))
    return;
  self->in_meeting_room = TRUE;
  g_object_get (root, "sidebar-shown", &self->had_sidebar, NULL);
  g_object_set (root, "sidebar-shown", FALSE, NULL);
  show_panels (self, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dure-meeting-room");
  show_header (GTK_WIDGET (root), FALSE);
  gtk_window_fullscreen (GTK_WINDOW (root));
  dure_network_model_set_discreet (self->model, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  dure_network_canvas_fit (self->canvas);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Esc leaves the full screen."));
}

static void
leave_meeting_room (DureNetworkPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!self->in_meeting_room)
    return;
  self->in_meeting_room = FALSE;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dure-meeting-room");
  show_panels (self, TRUE);
  if (ADW_IS_APPLICATION_WINDOW (root))
    {
      g_object_set (root, "sidebar-shown", self->had_sidebar, NULL);
      show_header (GTK_WIDGET (root), TRUE);
      gtk_window_unfullscreen (GTK_WINDOW (root));
    }
  dure_network_model_set_discreet (self->model, FALSE);
  dure_network_canvas_fit (self->canvas);
}

static void
meeting_room_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (widget);

  if (self->in_meeting_room)
    leave_meeting_room (self);
  else
    enter_meeting_room (self);
}

void
dure_network_page_install_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "network.select", "s", select_cb);
  gtk_widget_class_install_action (class, "network.select-tie", "(ss)", select_tie_cb);
  gtk_widget_class_install_action (class, "network.unpin", NULL, unpin_cb);
  gtk_widget_class_install_action (class, "network.name-community", "(us)", name_community_cb);
  gtk_widget_class_install_action (class, "network.show-list", NULL, show_list_cb);
  gtk_widget_class_install_action (class, "network.list", NULL, list_cb);
  gtk_widget_class_install_action (class, "network.lasso", NULL, lasso_cb);
  gtk_widget_class_install_action (class, "network.stop", NULL, stop_cb);
  gtk_widget_class_install_action (class, "network.reset", NULL, reset_cb);
  gtk_widget_class_install_action (class, "network.meeting-room", NULL, meeting_room_cb);
}

/* The page's switches stand in the header bar, outside the page: its keys hold in the whole window while it is seen. */
static gboolean
key_cb (GtkWidget *page, GVariant *args, gpointer user_data)
{
  return gtk_widget_get_mapped (page) && gtk_widget_activate_action (page, user_data, NULL);
}

static gboolean
escape_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, DureNetworkPage *self)
{
  if (keyval != GDK_KEY_Escape || !self->in_meeting_room)
    return GDK_EVENT_PROPAGATE;
  leave_meeting_room (self);
  return GDK_EVENT_STOP;
}

static void
unmapped_cb (DureNetworkPage *self)
{
  leave_meeting_room (self);
  dure_network_time_panel_stop (self->time);
}

void
dure_network_page_add_keys (DureNetworkPage *self)
{
  static const struct
  {
    guint       key;
    const char *action;
  } keys[] = { { GDK_KEY_F8, "network.list" }, { GDK_KEY_F11, "network.meeting-room" } };
  GtkEventController *global = gtk_shortcut_controller_new ();
  GtkEventController *escape = gtk_event_controller_key_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (global), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (global),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                          gtk_callback_action_new (key_cb, (gpointer)keys[i].action, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), global);
  /* Before the canvas, which gives up its selection by the same key. */
  gtk_event_controller_set_propagation_phase (escape, GTK_PHASE_CAPTURE);
  g_signal_connect_object (escape, "key-pressed", G_CALLBACK (escape_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), escape);
  g_signal_connect (self, "unmap", G_CALLBACK (unmapped_cb), NULL);
}
