/* dure-network-page-time.c: two periods side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-page-private.h"

static gboolean
is_same (DureCanvasView a, DureCanvasView b)
{
  return a.zoom == b.zoom && a.x == b.x && a.y == b.y;
}

/* Whichever of the two has been moved leads the other. */
static gboolean
link_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  DureNetworkPage *self = data;

  if (!is_same (self->canvas->view, self->linked_view))
    self->linked_view = self->canvas->view;
  else if (!is_same (self->before_canvas->view, self->linked_view))
    self->linked_view = self->before_canvas->view;
  else
    return G_SOURCE_CONTINUE;
  if (!is_same (self->canvas->view, self->linked_view))
    dure_canvas_set_view (self->canvas, self->linked_view, TRUE, FALSE);
  if (!is_same (self->before_canvas->view, self->linked_view))
    dure_canvas_set_view (self->before_canvas, self->linked_view, TRUE, FALSE);
  return G_SOURCE_CONTINUE;
}

void
dure_network_page_unlink (DureNetworkPage *self)
{
  if (self->link_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->before), self->link_tick);
  self->link_tick = 0;
}

/* Everybody stands at the left where they stand at the right. */
static DureNetworkPlaces *
places_of (const DureNetwork *part, const DureNetwork *whole, const DureNetworkPlaces *places)
{
  DureNetworkPlaces *self = g_new0 (DureNetworkPlaces, 1);
  gsize              n = (gsize)part->n_nodes + 1;

  self->n = part->n_nodes;
  self->points = g_new0 (DurePoint, n);
  self->base = g_new0 (DurePoint, n);
  self->pinned = g_new0 (gboolean, n);
  for (guint v = 0; v < part->n_nodes; v++)
    {
      guint w;

      if (dure_network_find (whole, part->nodes[v].id, &w))
        self->points[v] = self->base[v] = places->points[w];
    }
  return self;
}

/* Shows the first period beside the picture of both, or takes it away again. */
void
dure_network_page_show_periods (DureNetworkPage *self)
{
  const DureNetworkComparison *comparison = dure_network_model_get_comparison (self->model);
  gboolean                     side = comparison != NULL && dure_network_time_panel_get_side (self->time);
  g_autoptr (DureNetworkPlaces) places = NULL;

  dure_network_page_unlink (self);
  gtk_widget_set_visible (self->before, side);
  if (!side)
    {
      dure_network_canvas_set_network (self->before_canvas, NULL, NULL);
      return;
    }
  places = places_of (comparison->before_network, comparison->network, dure_network_model_get_places (self->model));
  dure_network_canvas_set_network (self->before_canvas, comparison->before_network, places);
  self->linked_view = self->before_canvas->view;
  self->link_tick = gtk_widget_add_tick_callback (self->before, link_cb, self, NULL);
}

static void
period_changed_cb (DureNetworkPage *self)
{
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_copy (dure_network_model_get_view (self->model)->filter);
  DureDaySpan span;

  dure_network_time_panel_get_period (self->time, &span);
  filter->from = span.from;
  filter->to = span.to;
  dure_network_model_set_filter (self->model, filter);
}

static void
compare_changed_cb (DureNetworkPage *self)
{
  DureDaySpan first;
  DureDaySpan second;

  if (dure_network_timeline_get_two (dure_network_time_panel_get_timeline (self->time), &first, &second))
    dure_network_model_compare (self->model, &first, &second);
  else
    dure_network_model_compare (self->model, NULL, NULL);
}

/* Two pictures need the room of the filters. */
static void
side_changed_cb (DureNetworkPage *self)
{
  gboolean side = dure_network_time_panel_get_side (self->time);

  if (side)
    self->folded_for_side = gtk_toggle_button_get_active (self->filters_toggle);
  if (self->folded_for_side)
    gtk_toggle_button_set_active (self->filters_toggle, !side);
  if (!side)
    self->folded_for_side = FALSE;
  dure_network_page_show_periods (self);
}

void
dure_network_page_bind_time (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_callback (class, period_changed_cb);
  gtk_widget_class_bind_template_callback (class, compare_changed_cb);
  gtk_widget_class_bind_template_callback (class, side_changed_cb);
}
