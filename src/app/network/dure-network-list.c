/* dure-network-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-list.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-item.h"
#include "app/widgets/dure-typed.h"

struct _DureNetworkList
{
  AdwBin parent_instance;

  GListStore         *items;
  GtkFilter          *filter;
  GtkSingleSelection *selection;
  GtkColumnView      *view;
  char               *search;
  gboolean            setting;
};

G_DEFINE_FINAL_TYPE (DureNetworkList, dure_network_list, ADW_TYPE_BIN)

enum
{
  SELECTION_CHANGED,
  ROW_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
matches_cb (gpointer item, gpointer data)
{
  DureNetworkList *self = data;

  return self->search == NULL || *self->search == '\0'
         || dure_typed_find (dure_network_item_get_name (item), self->search, NULL, NULL);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), GPOINTER_TO_INT (data) ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (GPOINTER_TO_INT (data))
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const char *property = g_object_get_data (G_OBJECT (factory), "property");
  g_auto (GValue) value = G_VALUE_INIT;
  g_auto (GValue) text = G_VALUE_INIT;

  g_value_init (&text, G_TYPE_STRING);
  g_object_get_property (gtk_list_item_get_item (item), property, &value);
  g_value_transform (&value, &text);
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), g_value_get_string (&text));
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), g_value_get_string (&text));
}

static GtkColumnViewColumn *
add_column (DureNetworkList *self, const char *title, const char *property, const char *sort_by, int width)
{
  GtkListItemFactory  *factory = gtk_signal_list_item_factory_new ();
  gboolean             number = g_str_equal (property, "degree");
  GtkColumnViewColumn *column;
  GtkExpression       *expression = gtk_property_expression_new (DURE_TYPE_NETWORK_ITEM, NULL, sort_by);
  GtkSorter           *sorter = g_str_equal (sort_by, "name") || g_str_equal (sort_by, "sector")
                                    ? GTK_SORTER (gtk_string_sorter_new (expression))
                                    : GTK_SORTER (gtk_numeric_sorter_new (expression));

  if (GTK_IS_NUMERIC_SORTER (sorter) && !g_str_equal (sort_by, "component-number"))
    gtk_numeric_sorter_set_sort_order (GTK_NUMERIC_SORTER (sorter), GTK_SORT_DESCENDING);
  g_object_set_data (G_OBJECT (factory), "property", (gpointer)property);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (number));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->view, column);
  g_object_unref (sorter);
  g_object_unref (column);
  return column;
}

/* The action belongs to the list inside the column view. */
static void
scroll_to (DureNetworkList *self, guint position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

static void
selected_cb (DureNetworkList *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
activate_cb (GtkColumnView *view, guint position, DureNetworkList *self)
{
  g_autoptr (DureNetworkItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    g_signal_emit (self, signals[ROW_ACTIVATED], 0, dure_network_item_get_id (item));
}

static void
dure_network_list_dispose (GObject *object)
{
  DureNetworkList *self = DURE_NETWORK_LIST (object);

  g_clear_object (&self->items);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->search, g_free);
  G_OBJECT_CLASS (dure_network_list_parent_class)->dispose (object);
}

static void
dure_network_list_class_init (DureNetworkListClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dure_network_list_dispose;
  signals[SELECTION_CHANGED]
      = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ROW_ACTIVATED]
      = g_signal_new ("row-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dure_network_list_init (DureNetworkList *self)
{
  GtkWidget          *scrolled = gtk_scrolled_window_new ();
  GtkFilterListModel *filtered;
  GtkSortListModel   *sorted;

  self->items = g_list_store_new (DURE_TYPE_NETWORK_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches_cb, self, NULL));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->items)), g_object_ref (self->filter));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Agencies of the network"), -1);
  add_column (self, _ ("Agency"), "name", "name", 0);
  add_column (self, _ ("Sector"), "sector", "sector", 62);
  add_column (self, _ ("Ties"), "degree", "degree", 68);
  add_column (self, _ ("Group"), "component", "component-number", 92);
  add_column (self, _ ("Would cut off"), "cuts", "n-cuts", 82);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

/**
 * dure_network_list_focus:
 * @self: a list
 *
 * Puts the keyboard into the rows.
 */
void
dure_network_list_focus (DureNetworkList *self)
{
  g_return_if_fail (DURE_IS_NETWORK_LIST (self));

  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
}

/**
 * dure_network_list_show:
 * @self: a list
 * @model: what to show; read now, so call this again when it changes
 */
void
dure_network_list_show (DureNetworkList *self, DureNetworkModel *model)
{
  DureNetwork *network;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *selected = NULL;

  g_return_if_fail (DURE_IS_NETWORK_LIST (self));

  network = dure_network_model_get_network (model);
  selected = g_strdup (dure_network_list_get_selected (self));
  for (guint v = 0; network != NULL && v < network->n_nodes; v++)
    g_ptr_array_add (rows, dure_network_item_new (network, dure_network_model_get_components (model),
                                                  dure_network_model_get_cuts (model), v));
  self->setting = TRUE;
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), rows->pdata, rows->len);
  self->setting = FALSE;
  dure_network_list_select (self, selected);
}

/**
 * dure_network_list_set_search:
 * @self: a list
 * @text: (nullable): shows only names that hold it; initial consonants will do
 */
void
dure_network_list_set_search (DureNetworkList *self, const char *text)
{
  g_return_if_fail (DURE_IS_NETWORK_LIST (self));

  if (g_strcmp0 (text, self->search) == 0)
    return;
  g_free (self->search);
  self->search = g_strdup (text);
  self->setting = TRUE;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  self->setting = FALSE;
}

/**
 * dure_network_list_get_selected:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): id of the agency that is selected
 */
const char *
dure_network_list_get_selected (DureNetworkList *self)
{
  DureNetworkItem *item;

  g_return_val_if_fail (DURE_IS_NETWORK_LIST (self), NULL);

  item = gtk_single_selection_get_selected_item (self->selection);
  return item != NULL ? dure_network_item_get_id (item) : NULL;
}

/**
 * dure_network_list_select:
 * @self: a list
 * @id: (nullable): the agency to select; %NULL for none
 *
 * Selects without `selection-changed`, and brings the row into view.
 */
void
dure_network_list_select (DureNetworkList *self, const char *id)
{
  guint found = GTK_INVALID_LIST_POSITION;
  guint n;

  g_return_if_fail (DURE_IS_NETWORK_LIST (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  for (guint i = 0; id != NULL && i < n; i++)
    {
      g_autoptr (DureNetworkItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_str_equal (dure_network_item_get_id (item), id))
        {
          found = i;
          break;
        }
    }
  self->setting = TRUE;
  gtk_single_selection_set_selected (self->selection, found);
  self->setting = FALSE;
  if (found != GTK_INVALID_LIST_POSITION && gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    scroll_to (self, found);
}

/**
 * dure_network_list_first_match:
 * @self: a list
 * @text: part of a name, or initial consonants
 * @after: (nullable): id of the agency behind which to look first
 *
 * Returns: (transfer none) (nullable): id of the next agency whose name holds it; from the beginning again after the
 * last
 */
const char *
dure_network_list_first_match (DureNetworkList *self, const char *text, const char *after)
{
  guint       n;
  gboolean    behind = FALSE;
  const char *first = NULL;

  g_return_val_if_fail (DURE_IS_NETWORK_LIST (self), NULL);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DureNetworkItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      const char *id = dure_network_item_get_id (item);

      if (dure_typed_find (dure_network_item_get_name (item), text, NULL, NULL))
        {
          if (behind)
            return id;
          if (first == NULL)
            first = id;
        }
      behind |= g_strcmp0 (id, after) == 0;
    }
  return first;
}
