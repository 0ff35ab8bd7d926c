/* dure-network-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-page-private.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-sheet.h"
#include "app/network/dure-network-words.h"

#define WAIT_MS 200
/* Narrower than this the filters fold away when the page is first seen, so that the picture has room. */
#define ROOM_FOR_FILTERS 980

G_DEFINE_FINAL_TYPE (DureNetworkPage, dure_network_page, DURE_TYPE_PAGE)

static const char *
selected_id (DureNetworkPage *self)
{
  DureNetwork *network = dure_network_canvas_get_network (self->canvas);
  int          node = dure_network_canvas_get_selected (self->canvas);

  return network != NULL && node >= 0 ? network->nodes[node].id : NULL;
}

/* The selection goes to every part but the one that it comes from, which has it already. */
void
dure_network_page_select (DureNetworkPage *self, GtkBitset *nodes)
{
  if (self->selecting)
    return;
  self->selecting = TRUE;
  dure_network_canvas_set_selection (self->canvas, nodes);
  dure_network_list_set_selection (self->list, nodes);
  if (gtk_widget_get_visible (self->before) && selected_id (self) != NULL)
    dure_network_canvas_select (self->before_canvas, selected_id (self), FALSE);
  dure_network_facts_show (self->facts, self->model, nodes);
  self->selecting = FALSE;
}

static void
canvas_selected_cb (DureNetworkPage *self)
{
  g_autoptr (GtkBitset) nodes = gtk_bitset_copy (dure_network_canvas_get_selection (self->canvas));

  dure_network_page_select (self, nodes);
}

static void
list_selected_cb (DureNetworkPage *self)
{
  g_autoptr (GtkBitset) nodes = gtk_bitset_copy (dure_network_list_get_selection (self->list));
  DureNetwork *network = dure_network_canvas_get_network (self->canvas);

  dure_network_page_select (self, nodes);
  if (gtk_bitset_get_size (nodes) == 1 && network != NULL)
    {
      const char *id = network->nodes[gtk_bitset_get_minimum (nodes)].id;

      if (!dure_network_canvas_shows (self->canvas, id))
        dure_network_canvas_centre_on (self->canvas, id);
    }
}

static void
activated_cb (DureNetworkPage *self, const char *id)
{
  DureNetwork *network = dure_network_canvas_get_network (self->canvas);
  guint        node;

  if (network != NULL && dure_network_find (network, id, &node))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", dure_network_node_entity (&network->nodes[node]),
                                id);
}

static void
placed_cb (DureNetworkPage *self, GtkBitset *nodes)
{
  DureNetwork          *network = dure_network_model_get_network (self->model);
  g_autofree DurePoint *points = NULL;
  GtkBitsetIter         iter;
  guint                 node;

  if (network == NULL || !gtk_bitset_iter_init_first (&iter, nodes, &node))
    return;
  points = g_new0 (DurePoint, (gsize)network->n_nodes + 1);
  do
    points[node] = dure_network_canvas_get_point (self->canvas, node);
  while (gtk_bitset_iter_next (&iter, &node));
  dure_network_model_place_many (self->model, nodes, points);
}

static void
filters_changed_cb (DureNetworkPage *self)
{
  dure_network_model_set_view (self->model, dure_network_filters_get_view (self->filters));
}

static void
legend_changed_cb (DureNetworkPage *self)
{
  dure_network_model_set_filter (self->model, dure_network_legend_get_filter (self->legend));
}

static void
zoom_in_cb (DureNetworkPage *self)
{
  dure_network_canvas_zoom (self->canvas, 1.5);
}

static void
zoom_out_cb (DureNetworkPage *self)
{
  dure_network_canvas_zoom (self->canvas, 1 / 1.5);
}

static void
fit_cb (DureNetworkPage *self)
{
  dure_network_canvas_fit (self->canvas);
}

static void
lasso_cb (DureNetworkPage *self)
{
  dure_network_canvas_set_lasso (self->canvas, gtk_toggle_button_get_active (self->lasso));
}

static void
lasso_changed_cb (DureNetworkPage *self)
{
  gtk_toggle_button_set_active (self->lasso, dure_network_canvas_get_lasso (self->canvas));
}

/* Colours, sizes, groups and the legend, from what is known now. */
void
dure_network_page_show_look (DureNetworkPage *self)
{
  DureLookSource source = {
    .network = dure_network_model_get_network (self->model),
    .everybody = dure_network_model_get_everybody (self->model),
    .view = dure_network_model_get_view (self->model),
    .analysis = dure_network_model_get_analysis (self->model),
    .comparison = dure_network_model_get_comparison (self->model),
    .hulls = dure_network_filters_get_hulls (self->filters),
    .dark = adw_style_manager_get_dark (adw_style_manager_get_default ()),
  };

  if (source.network == NULL)
    return;
  if (source.network->parent != NULL)
    source.everybody = source.network;
  g_clear_pointer (&self->look, dure_network_look_free);
  self->look = dure_network_look_new (&source);
  dure_network_canvas_set_look (self->canvas, &self->look->canvas);
  dure_network_legend_show (self->legend, self->look, source.network, source.everybody, source.view);
}

static void
show_hint (DureNetworkPage *self, DureNetwork *network)
{
  const char *text = NULL;

  if (network->n_nodes == 0)
    text = _ ("Nothing fits these conditions.");
  else if (network->n_nodes == 1)
    text = _ ("One agency alone is no network yet.");
  else if (network->n_ties == 0)
    text = _ ("No tie between these agencies is on record.");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), text != NULL);
  gtk_widget_set_valign (GTK_WIDGET (self->hint), network->n_nodes == 0 ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
  gtk_widget_set_margin_top (GTK_WIDGET (self->hint), network->n_nodes == 0 ? 0 : 48);
  if (text != NULL)
    gtk_label_set_label (self->hint, text);
}

static void
model_changed_cb (DureNetworkPage *self)
{
  DureNetwork *network = dure_network_model_get_network (self->model);
  DureNetwork *everybody = dure_network_model_get_everybody (self->model);

  gtk_stack_set_visible_child_name (self->stack, everybody->n_nodes == 0 ? "empty" : "network");
  self->selecting = TRUE;
  dure_network_canvas_set_network (self->canvas, network, dure_network_model_get_places (self->model));
  self->selecting = FALSE;
  dure_network_page_show_look (self);
  dure_network_page_show_periods (self);
  show_hint (self, network);
  dure_network_filters_set_network (self->filters, network, everybody);
  dure_network_list_show (self->list, self->model);
  if (self->wanted != NULL)
    {
      dure_network_canvas_select (self->canvas, self->wanted, TRUE);
      g_clear_pointer (&self->wanted, g_free);
    }
  canvas_selected_cb (self);
}

static void
model_analysed_cb (DureNetworkPage *self)
{
  dure_network_page_show_look (self);
  dure_network_list_show (self->list, self->model);
  dure_network_time_panel_show (self->time, self->model);
  dure_network_facts_show (self->facts, self->model, dure_network_canvas_get_selection (self->canvas));
}

static void
view_changed_cb (DureNetworkPage *self)
{
  guint            n = dure_network_conditions (dure_network_model_get_view (self->model)->filter);
  g_autofree char *label = n > 0 ? g_strdup_printf ("%s %u", _ ("Conditions"), n) : g_strdup (_ ("Conditions"));

  gtk_button_set_label (GTK_BUTTON (self->filters_toggle), label);
  dure_network_filters_set_view (self->filters, dure_network_model_get_view (self->model));
  dure_network_time_panel_show (self->time, self->model);
  dure_network_page_show_look (self);
  if (dure_network_model_get_network (self->model) != NULL)
    dure_network_facts_show (self->facts, self->model, dure_network_canvas_get_selection (self->canvas));
}

static gboolean
waited_cb (gpointer data)
{
  DureNetworkPage *self = data;

  self->wait_source = 0;
  gtk_widget_set_visible (self->waiting, TRUE);
  return G_SOURCE_REMOVE;
}

static void
loading_changed_cb (DureNetworkPage *self)
{
  gboolean loading = dure_network_model_get_loading (self->model);

  gtk_progress_bar_set_fraction (self->progress, dure_network_model_get_progress (self->model));
  if (!loading)
    {
      g_clear_handle_id (&self->wait_source, g_source_remove);
      gtk_widget_set_visible (self->waiting, FALSE);
    }
  else if (self->wait_source == 0 && !gtk_widget_get_visible (self->waiting))
    self->wait_source = g_timeout_add (WAIT_MS, waited_cb, self);
}

static void
failed_cb (DureNetworkPage *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", message);
}

static void
saved_cb (DureNetworkPage *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _ ("Saved the view."));
}

static void
dure_network_page_desk_set (DurePage *page)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (page);

  dure_network_canvas_set_network (self->canvas, NULL, NULL);
  dure_network_model_set_desk (self->model, dure_page_get_desk (page));
}

static void
dure_network_page_activate (DurePage *page)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (page);
  int              width = gtk_widget_get_width (gtk_widget_get_parent (GTK_WIDGET (self)));

  if (!self->was_seen && width > 0)
    {
      self->was_seen = TRUE;
      if (width < ROOM_FOR_FILTERS)
        gtk_toggle_button_set_active (self->filters_toggle, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
    }
  dure_network_model_load (self->model);
}

static void
dure_network_page_search (DurePage *page)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (page);

  gtk_toggle_button_set_active (self->filters_toggle, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
dure_network_page_open (DurePage *page, DureEntityId entity, const char *id)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (page);
  DureDesk        *desk = dure_page_get_desk (page);
  g_autofree char *agency = NULL;

  if (entity == DURE_ENTITY_VIEW)
    return dure_network_views_open (self->views, id);
  if (entity == DURE_ENTITY_AGENCY)
    agency = g_strdup (id);
  else if ((entity == DURE_ENTITY_TIE || entity == DURE_ENTITY_REFERRAL) && desk != NULL)
    {
      g_autoptr (DureRecord) record = dure_store_get (dure_desk_get_store (desk), entity, id, NULL);

      if (record != NULL)
        agency = g_strdup (dure_record_get (record, entity == DURE_ENTITY_TIE ? DURE_TIE_FROM : DURE_REFERRAL_FROM));
    }
  if (agency == NULL)
    return FALSE;
  if (dure_network_canvas_get_network (self->canvas) != NULL)
    dure_network_canvas_select (self->canvas, agency, TRUE);
  else
    {
      g_free (self->wanted);
      self->wanted = g_steal_pointer (&agency);
    }
  return TRUE;
}

static char *
dure_network_page_where (DurePage *page)
{
  const char *id = selected_id (DURE_NETWORK_PAGE (page));

  return id != NULL ? g_strconcat ("agency/", id, NULL) : NULL;
}

static GtkWidget *
dure_network_page_header_start (DurePage *page)
{
  return DURE_NETWORK_PAGE (page)->header_start;
}

static GtkWidget *
dure_network_page_header_end (DurePage *page)
{
  return DURE_NETWORK_PAGE (page)->header_end;
}

static void
dure_network_page_dispose (GObject *object)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (object);

  g_clear_handle_id (&self->wait_source, g_source_remove);
  dure_network_page_unlink (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_object (&self->header_start);
  g_clear_object (&self->header_end);
  g_clear_pointer (&self->look, dure_network_look_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->export_format, g_free);
  g_clear_pointer (&self->export_folder, g_free);
  G_OBJECT_CLASS (dure_network_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_child (class, DureNetworkPage, stack);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, left);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, right);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, bottom);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, right_stack);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, search);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, matches);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, filters);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, before);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, before_canvas);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, canvas);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, legend);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, facts);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, list);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, time);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, lasso);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, hint);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, waiting);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, progress);
  gtk_widget_class_bind_template_child (class, DureNetworkPage, export_menu);
  gtk_widget_class_bind_template_callback (class, canvas_selected_cb);
  gtk_widget_class_bind_template_callback (class, list_selected_cb);
  gtk_widget_class_bind_template_callback (class, activated_cb);
  gtk_widget_class_bind_template_callback (class, placed_cb);
  gtk_widget_class_bind_template_callback (class, filters_changed_cb);
  gtk_widget_class_bind_template_callback (class, legend_changed_cb);
  gtk_widget_class_bind_template_callback (class, zoom_in_cb);
  gtk_widget_class_bind_template_callback (class, zoom_out_cb);
  gtk_widget_class_bind_template_callback (class, fit_cb);
  gtk_widget_class_bind_template_callback (class, lasso_cb);
}

static void
dure_network_page_class_init (DureNetworkPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  DurePageClass  *page_class = DURE_PAGE_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dure_network_page_dispose;
  page_class->desk_set = dure_network_page_desk_set;
  page_class->activate = dure_network_page_activate;
  page_class->search = dure_network_page_search;
  page_class->open = dure_network_page_open;
  page_class->where = dure_network_page_where;
  page_class->header_start = dure_network_page_header_start;
  page_class->header_end = dure_network_page_header_end;

  g_type_ensure (DURE_TYPE_NETWORK_CANVAS);
  g_type_ensure (DURE_TYPE_NETWORK_FACTS);
  g_type_ensure (DURE_TYPE_NETWORK_FILTERS);
  g_type_ensure (DURE_TYPE_NETWORK_LEGEND);
  g_type_ensure (DURE_TYPE_NETWORK_LIST);
  g_type_ensure (DURE_TYPE_NETWORK_TIME_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/network/dure-network-page.ui");
  bind_children (widget_class);
  dure_network_page_install_actions (widget_class);
  dure_network_page_install_exports (widget_class);
  dure_network_page_bind_time (widget_class);
  dure_network_page_bind_search (widget_class);
}

static void
dure_network_page_init (DureNetworkPage *self)
{
  dure_network_sheet_load ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->model = dure_network_model_new ();
  dure_network_page_build_header (self);
  dure_network_page_add_keys (self);
  dure_network_page_watch_search (self);
  g_signal_connect_object (self->canvas, "lasso-changed", G_CALLBACK (lasso_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "analysed", G_CALLBACK (model_analysed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "view-changed", G_CALLBACK (view_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "loading-changed", G_CALLBACK (loading_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (dure_network_page_show_look),
                           self, G_CONNECT_SWAPPED);
}
