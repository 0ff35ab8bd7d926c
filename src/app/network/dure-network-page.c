/* dure-network-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-page.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-canvas.h"
#include "app/network/dure-network-facts.h"
#include "app/network/dure-network-filters.h"
#include "app/network/dure-network-list.h"
#include "app/network/dure-network-model.h"

#define WAIT_MS 200
/* Narrower than this the filters fold away when the page is first seen, so that the picture has room. */
#define ROOM_FOR_FILTERS 880
/* And beside the list only in a window that is wide enough. */
#define ROOM_FOR_FILTERS_AND_LIST 1000

struct _DureNetworkPage
{
  DurePage parent_instance;

  DureNetworkModel   *model;
  GtkStack           *stack;
  GtkRevealer        *left;
  GtkRevealer        *right;
  GtkStack           *right_stack;
  GtkEditable        *search;
  DureNetworkFilters *filters;
  DureNetworkCanvas  *canvas;
  DureNetworkFacts   *facts;
  DureNetworkList    *list;
  GtkWidget          *hint;
  GtkSpinner         *spinner;
  GtkToggleButton    *filters_toggle;
  GtkToggleButton    *list_toggle;
  char               *wanted; /* an agency to select when the network has been read */
  guint               wait_source;
  gboolean            was_seen;
  gboolean            folded_for_list;
};

G_DEFINE_FINAL_TYPE (DureNetworkPage, dure_network_page, DURE_TYPE_PAGE)

static const char *
selected_id (DureNetworkPage *self)
{
  DureNetwork *network = dure_network_canvas_get_network (self->canvas);
  int          node = dure_network_canvas_get_selected (self->canvas);

  return network != NULL && node >= 0 ? network->nodes[node].id : NULL;
}

static void
canvas_selected_cb (DureNetworkPage *self)
{
  dure_network_list_select (self->list, selected_id (self));
  dure_network_facts_show (self->facts, self->model, dure_network_canvas_get_selected (self->canvas));
}

static void
list_selected_cb (DureNetworkPage *self)
{
  const char *id = dure_network_list_get_selected (self->list);

  dure_network_canvas_select (self->canvas, id, !dure_network_canvas_shows (self->canvas, id));
}

static void
activated_cb (DureNetworkPage *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "agency", id);
}

static void
placed_cb (DureNetworkPage *self, GtkBitset *nodes)
{
  DureNetwork  *network = dure_network_canvas_get_network (self->canvas);
  GtkBitsetIter iter;
  guint         v;

  for (gboolean is = gtk_bitset_iter_init_first (&iter, nodes, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    {
      DurePoint point = dure_network_canvas_get_point (self->canvas, v);

      dure_network_model_place (self->model, network->nodes[v].id, point.x, point.y);
    }
}

static void
filter_changed_cb (DureNetworkPage *self)
{
  dure_network_model_set_filter (self->model, dure_network_filters_get (self->filters));
}

static void
find (DureNetworkPage *self, const char *after)
{
  const char *text = gtk_editable_get_text (self->search);
  const char *id = *text != '\0' ? dure_network_list_first_match (self->list, text, after) : NULL;

  if (id != NULL)
    dure_network_canvas_select (self->canvas, id, TRUE);
}

static void
search_changed_cb (DureNetworkPage *self)
{
  dure_network_list_set_search (self->list, gtk_editable_get_text (self->search));
  find (self, NULL);
}

static void
search_next_cb (DureNetworkPage *self)
{
  find (self, selected_id (self));
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
model_changed_cb (DureNetworkPage *self)
{
  DureNetwork *network = dure_network_model_get_network (self->model);
  gboolean     nothing = network->n_nodes == 0;

  gtk_stack_set_visible_child_name (self->stack,
                                    nothing && dure_network_filters_is_clear (self->filters) ? "empty" : "network");
  gtk_widget_set_visible (self->hint, nothing);
  dure_network_canvas_set_network (self->canvas, network, dure_network_model_get_places (self->model));
  dure_network_list_show (self->list, self->model);
  dure_network_facts_show (self->facts, self->model, dure_network_canvas_get_selected (self->canvas));
  if (self->wanted != NULL)
    {
      dure_network_canvas_select (self->canvas, self->wanted, TRUE);
      g_clear_pointer (&self->wanted, g_free);
    }
}

static gboolean
waited_cb (gpointer data)
{
  DureNetworkPage *self = data;

  self->wait_source = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
loading_changed_cb (DureNetworkPage *self)
{
  g_clear_handle_id (&self->wait_source, g_source_remove);
  if (dure_network_model_get_loading (self->model))
    self->wait_source = g_timeout_add (WAIT_MS, waited_cb, self);
  else
    {
      gtk_spinner_stop (self->spinner);
      gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
    }
}

static void
failed_cb (DureNetworkPage *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", message);
}

static void
list_toggled_cb (DureNetworkPage *self)
{
  gboolean list = gtk_toggle_button_get_active (self->list_toggle);

  gtk_stack_set_visible_child_name (self->right_stack, list ? "list" : "facts");
  if (list)
    {
      self->folded_for_list = gtk_toggle_button_get_active (self->filters_toggle)
                              && gtk_widget_get_width (GTK_WIDGET (self)) < ROOM_FOR_FILTERS_AND_LIST;
      if (self->folded_for_list)
        gtk_toggle_button_set_active (self->filters_toggle, FALSE);
      dure_network_list_focus (self->list);
    }
  else if (self->folded_for_list)
    gtk_toggle_button_set_active (self->filters_toggle, TRUE);
}

static void
filters_toggled_cb (DureNetworkPage *self)
{
  gtk_revealer_set_reveal_child (self->left, gtk_toggle_button_get_active (self->filters_toggle));
}

static void
list_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (widget);

  gtk_toggle_button_set_active (self->list_toggle, !gtk_toggle_button_get_active (self->list_toggle));
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

  if (entity == DURE_ENTITY_AGENCY)
    agency = g_strdup (id);
  else if ((entity == DURE_ENTITY_TIE || entity == DURE_ENTITY_REFERRAL) && desk != NULL)
    {
      g_autoptr (DureRecord) record = dure_store_get (dure_desk_get_store (desk), entity, id, NULL);

      if (record != NULL)
        agency = g_strdup (dure_record_get (record, entity == DURE_ENTITY_TIE ? DURE_TIE_FROM : DURE_REFERRAL_FROM));
    }
  else if (entity == DURE_ENTITY_VIEW)
    return TRUE;
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
  return GTK_WIDGET (DURE_NETWORK_PAGE (page)->filters_toggle);
}

static GtkWidget *
dure_network_page_header_end (DurePage *page)
{
  return GTK_WIDGET (DURE_NETWORK_PAGE (page)->list_toggle);
}

static void
dure_network_page_dispose (GObject *object)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (object);

  g_clear_handle_id (&self->wait_source, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_clear_object (&self->filters_toggle);
  g_clear_object (&self->list_toggle);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (dure_network_page_parent_class)->dispose (object);
}

static void
dure_network_page_class_init (DureNetworkPageClass *class)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  DurePageClass  *page_class = DURE_PAGE_CLASS (class);

  object_class->dispose = dure_network_page_dispose;
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
  g_type_ensure (DURE_TYPE_NETWORK_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/network/dure-network-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, left);
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, right);
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, right_stack);
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, search);
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, filters);
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, canvas);
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, facts);
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, list);
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, hint);
  gtk_widget_class_bind_template_child (widget_class, DureNetworkPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, canvas_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, placed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, zoom_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, fit_cb);
  gtk_widget_class_install_action (widget_class, "network.list", NULL, list_action_cb);
}

/* The page's switches stand in the header bar, outside the page. */
static gboolean
list_key_cb (GtkWidget *page, GVariant *args, gpointer user_data)
{
  return gtk_widget_get_mapped (page) && gtk_widget_activate_action (page, "network.list", NULL);
}

static void
add_list_key (DureNetworkPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F8, 0),
                                                          gtk_callback_action_new (list_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
dure_network_page_init (DureNetworkPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_list_key (self);
  self->model = dure_network_model_new ();
  self->filters_toggle = g_object_ref_sink (GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Filters"))));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->filters_toggle), _ ("Filters and Legend"));
  gtk_toggle_button_set_active (self->filters_toggle, TRUE);
  g_signal_connect_object (self->filters_toggle, "toggled", G_CALLBACK (filters_toggled_cb), self, G_CONNECT_SWAPPED);
  self->list_toggle = g_object_ref_sink (GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("List"))));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->list_toggle), _ ("Agencies as a List (F8)"));
  g_signal_connect_object (self->list_toggle, "toggled", G_CALLBACK (list_toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "loading-changed", G_CALLBACK (loading_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}
