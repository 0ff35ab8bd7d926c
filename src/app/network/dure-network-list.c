/* dure-network-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-list.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-rows.h"
#include "app/network/dure-network-words.h"

struct _DureNetworkList
{
  AdwBin parent_instance;

  DureNetworkRows   *rows;
  GtkSelectionModel *selection;
  GtkColumnView     *view;
  GtkLabel          *count;
  GtkBitset         *wanted; /* nodes that are selected, also while a search hides them */
  guint              n_all;
  int                asked_column; /* while the view's sorter is asked which column it goes by */
  gboolean           setting;
};

G_DEFINE_FINAL_TYPE (DureNetworkList, dure_network_list, ADW_TYPE_BIN)

enum
{
  SELECTION_CHANGED,
  ROW_ACTIVATED,
  SEARCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The columns only tell which of them the heading was clicked of; the rows sort themselves by number. */
typedef struct
{
  DureNetworkList  *list;
  DureNetworkColumn column;
} ColumnSorter;

static int
asked_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  ColumnSorter *sorter = data;

  if (sorter->list->asked_column < 0)
    sorter->list->asked_column = (int)sorter->column;
  return -1;
}

static void
show_selection (DureNetworkList *self)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)));
  GtkBitsetIter iter;
  guint         node;

  if (gtk_bitset_iter_init_first (&iter, self->wanted, &node))
    do
      {
        guint position = dure_network_rows_position (self->rows, node);

        if (position != G_MAXUINT)
          gtk_bitset_add (selected, position);
      }
    while (gtk_bitset_iter_next (&iter, &node));
  self->setting = TRUE;
  gtk_selection_model_set_selection (self->selection, selected, mask);
  self->setting = FALSE;
}

static void
sorter_changed_cb (DureNetworkList *self)
{
  GtkSorter  *sorter = gtk_column_view_get_sorter (self->view);
  GtkOrdering order;
  g_autoptr (GObject) one = NULL;
  g_autoptr (GObject) other = NULL;

  /* The columns go after the rows when the list ends. */
  if (self->rows == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0)
    return;
  /* Two objects, though of one row: a sorter does not ask when both are the same. */
  one = g_list_model_get_item (G_LIST_MODEL (self->rows), 0);
  other = g_list_model_get_item (G_LIST_MODEL (self->rows), 0);
  self->asked_column = -1;
  order = gtk_sorter_compare (sorter, one, other);
  self->setting = TRUE;
  if (self->asked_column < 0)
    dure_network_rows_sort (self->rows, DURE_COLUMN_NAME, FALSE);
  else
    {
      /* Numbers begin with the largest. */
      gboolean text = self->asked_column == DURE_COLUMN_NAME || self->asked_column == DURE_COLUMN_SECTOR
                      || self->asked_column == DURE_COLUMN_COMMUNITY;

      dure_network_rows_sort (self->rows, (DureNetworkColumn)self->asked_column,
                              text == (order == GTK_ORDERING_LARGER));
    }
  self->setting = FALSE;
  show_selection (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean   number = GPOINTER_TO_INT (data) == DURE_COLUMN_DEGREE || GPOINTER_TO_INT (data) == DURE_COLUMN_CUTS;

  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, DureNetworkList *self)
{
  int              column = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "column"));
  guint            node = dure_network_item_get_node (gtk_list_item_get_item (item));
  g_autofree char *text = dure_network_rows_text (self->rows, node, (DureNetworkColumn)column);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), column == DURE_COLUMN_NAME ? text : NULL);
}

static void
add_column (DureNetworkList *self, DureNetworkColumn number, const char *title, int width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  ColumnSorter       *asked = g_new0 (ColumnSorter, 1);
  g_autoptr (GtkSorter) sorter = NULL;
  g_autoptr (GtkColumnViewColumn) column = NULL;

  asked->list = self;
  asked->column = number;
  sorter = GTK_SORTER (gtk_custom_sorter_new (asked_cb, asked, g_free));
  g_object_set_data (G_OBJECT (factory), "column", GINT_TO_POINTER (number));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (number));
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->view, column);
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
  g_autoptr (GtkBitset) positions = NULL;
  GtkBitsetIter iter;
  guint         position;

  if (self->setting)
    return;
  positions = gtk_selection_model_get_selection (self->selection);
  gtk_bitset_remove_all (self->wanted);
  if (gtk_bitset_iter_init_first (&iter, positions, &position))
    do
      gtk_bitset_add (self->wanted, dure_network_rows_node (self->rows, position));
    while (gtk_bitset_iter_next (&iter, &position));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
items_changed_cb (DureNetworkList *self)
{
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  g_autofree char *all = dure_network_count_agencies (self->n_all);
  g_autofree char *some = g_strdup_printf (_ ("%1$u of %2$s"), n, all);

  gtk_label_set_label (self->count, n == self->n_all ? all : some);
  if (self->setting)
    return;
  show_selection (self);
  g_signal_emit (self, signals[SEARCHED], 0);
}

static void
activate_cb (GtkColumnView *view, guint position, DureNetworkList *self)
{
  g_autoptr (DureNetworkItem) item = g_list_model_get_item (G_LIST_MODEL (self->rows), position);

  if (item != NULL)
    g_signal_emit (self, signals[ROW_ACTIVATED], 0, dure_network_item_get_id (item));
}

static void
dure_network_list_dispose (GObject *object)
{
  DureNetworkList *self = DURE_NETWORK_LIST (object);

  if (self->rows != NULL)
    g_signal_handlers_disconnect_by_data (self->rows, self);
  g_clear_object (&self->rows);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->wanted, gtk_bitset_unref);
  G_OBJECT_CLASS (dure_network_list_parent_class)->dispose (object);
}

static void
dure_network_list_class_init (DureNetworkListClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dure_network_list_dispose;
  signals[SELECTION_CHANGED]
      = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SEARCHED] = g_signal_new ("searched", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ROW_ACTIVATED]
      = g_signal_new ("row-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dure_network_list_init (DureNetworkList *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->wanted = gtk_bitset_new_empty ();
  self->rows = dure_network_rows_new ();
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_model (self->view, self->selection);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Agencies of the network"), -1);
  add_column (self, DURE_COLUMN_NAME, _ ("Agency"), 0);
  add_column (self, DURE_COLUMN_SECTOR, _ ("Sector"), 50);
  add_column (self, DURE_COLUMN_DEGREE, _ ("Ties"), 58);
  add_column (self, DURE_COLUMN_BETWEENNESS, _ ("Between"), 68);
  add_column (self, DURE_COLUMN_COMMUNITY, _ ("Community"), 74);
  add_column (self, DURE_COLUMN_CUTS, _ ("Would cut off"), 70);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sorter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->count, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_widget_set_margin_start (GTK_WIDGET (self->count), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->count), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->count), 6);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  adw_bin_set_child (ADW_BIN (self), box);
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
 *
 * Nobody is selected in a network that is new to the list.
 */
void
dure_network_list_show (DureNetworkList *self, DureNetworkModel *model)
{
  DureNetwork *network;

  g_return_if_fail (DURE_IS_NETWORK_LIST (self));

  network = dure_network_model_get_network (model);
  self->n_all = network != NULL ? network->n_nodes : 0;
  self->setting = TRUE;
  dure_network_rows_set (self->rows, network, dure_network_model_get_analysis (model),
                         dure_network_model_get_cut_off (model), dure_network_model_get_view (model));
  self->setting = FALSE;
  show_selection (self);
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

  self->setting = TRUE;
  dure_network_rows_set_search (self->rows, text);
  self->setting = FALSE;
  show_selection (self);
}

/**
 * dure_network_list_matches:
 * @self: a list
 * @nodes: (out caller-allocates): room for @most numbers of agencies
 * @most: how many at most
 *
 * Returns: how many of the first rows were given; none while a search is under way
 */
guint
dure_network_list_matches (DureNetworkList *self, guint *nodes, guint most)
{
  guint n;

  g_return_val_if_fail (DURE_IS_NETWORK_LIST (self), 0);

  if (dure_network_rows_is_searching (self->rows))
    return 0;
  n = MIN (most, g_list_model_get_n_items (G_LIST_MODEL (self->rows)));
  for (guint i = 0; i < n; i++)
    nodes[i] = dure_network_rows_node (self->rows, i);
  return n;
}

/** dure_network_list_get_selection: (transfer none): numbers of the agencies that are selected. */
GtkBitset *
dure_network_list_get_selection (DureNetworkList *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_LIST (self), NULL);

  return self->wanted;
}

/**
 * dure_network_list_set_selection:
 * @self: a list
 * @nodes: the agencies to select
 *
 * Selects without `selection-changed`, and brings the first row into view.
 */
void
dure_network_list_set_selection (DureNetworkList *self, GtkBitset *nodes)
{
  guint first;

  g_return_if_fail (DURE_IS_NETWORK_LIST (self));

  if (gtk_bitset_equals (self->wanted, nodes))
    return;
  gtk_bitset_unref (self->wanted);
  self->wanted = gtk_bitset_copy (nodes);
  show_selection (self);
  if (gtk_bitset_is_empty (nodes))
    return;
  first = dure_network_rows_position (self->rows, gtk_bitset_get_minimum (nodes));
  if (first != G_MAXUINT && gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    scroll_to (self, first);
}

/**
 * dure_network_list_next_match:
 * @self: a list
 * @text: part of a name, or initial consonants
 * @after: the agency behind which to look first, or a negative number
 *
 * Returns: the next agency whose name holds it, from the beginning again after the last; negative when there is none
 */
int
dure_network_list_next_match (DureNetworkList *self, const char *text, int after)
{
  guint node;

  g_return_val_if_fail (DURE_IS_NETWORK_LIST (self), -1);

  node = dure_network_rows_next (self->rows, text, after >= 0 ? (guint)after : G_MAXUINT);
  return node != G_MAXUINT ? (int)node : -1;
}
