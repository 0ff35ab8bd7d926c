/* dure-network-page-search.c: an agency is found by part of its name, or by its initial consonants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-page-private.h"

#define MATCHES_MOST 6

/* The first that fits comes to the middle, the next few are offered. */
static void
show_matches (DureNetworkPage *self)
{
  DureNetwork *network = dure_network_canvas_get_network (self->canvas);
  gboolean     searching = *gtk_editable_get_text (self->search) != '\0' && network != NULL;
  guint        nodes[MATCHES_MOST];
  guint        n = searching ? dure_network_list_matches (self->list, nodes, MATCHES_MOST) : 0;
  GtkWidget   *child;

  while ((child = gtk_widget_get_first_child (self->matches)) != NULL)
    gtk_box_remove (GTK_BOX (self->matches), child);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (network->nodes[nodes[i]].name);

      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (button, "flat");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "network.select");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", network->nodes[nodes[i]].id);
      gtk_box_append (GTK_BOX (self->matches), button);
    }
  gtk_widget_set_visible (self->matches, n > 0);
  if (n > 0)
    dure_network_canvas_select (self->canvas, network->nodes[nodes[0]].id, TRUE);
}

static void
search_changed_cb (DureNetworkPage *self)
{
  dure_network_list_set_search (self->list, gtk_editable_get_text (self->search));
  show_matches (self);
}

/* A sorted list has other rows too, but then nothing is offered. */
static void
searched_cb (DureNetworkPage *self)
{
  if (!gtk_widget_get_visible (self->matches))
    show_matches (self);
}

static void
search_next_cb (DureNetworkPage *self)
{
  const char *text = gtk_editable_get_text (self->search);
  int         after = dure_network_canvas_get_selected (self->canvas);
  int         node = *text != '\0' ? dure_network_list_next_match (self->list, text, after) : -1;

  if (node >= 0)
    dure_network_canvas_select (self->canvas, dure_network_canvas_get_network (self->canvas)->nodes[node].id, TRUE);
}

void
dure_network_page_bind_search (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_callback (class, search_changed_cb);
  gtk_widget_class_bind_template_callback (class, search_next_cb);
}

void
dure_network_page_watch_search (DureNetworkPage *self)
{
  g_signal_connect_object (self->list, "searched", G_CALLBACK (searched_cb), self, G_CONNECT_SWAPPED);
}
