/* dure-network-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `order` holds the numbers of the agencies in the order of the rows, `position` the way back.
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-rows.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-words.h"
#include "app/widgets/dure-typed.h"

/* How long one turn of a search may take; the rest waits for the main loop. */
#define TURN_US 3000
#define NAMES_A_LOOK 64

struct _DureNetworkRows
{
  GObject parent_instance;

  DureNetwork      *network;
  DureAnalysis     *analysis; /* NULL until it is computed */
  guint            *cut_off;  /* of each node, or NULL */
  DureNetworkView  *view;
  char             *search;
  gboolean         *hidden; /* by the search; NULL for none */
  guint            *order;
  guint            *position; /* G_MAXUINT when hidden */
  guint             n;
  DureNetworkColumn column;
  gboolean          descending;
  guint             search_source;
  guint             searched; /* how many names the search has looked at */
};

static GType
get_item_type (GListModel *list)
{
  return DURE_TYPE_NETWORK_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return DURE_NETWORK_ROWS (list)->n;
}

static gpointer
get_item (GListModel *list, guint position)
{
  DureNetworkRows *self = DURE_NETWORK_ROWS (list);

  return position < self->n ? dure_network_item_new (self->network, self->order[position]) : NULL;
}

static void
list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DureNetworkRows,
                               dure_network_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_init))

/* What the rows are sorted by, as a number that grows with it. */
static guint32
sort_key (DureNetworkRows *self, guint node)
{
  switch (self->column)
    {
    case DURE_COLUMN_SECTOR:
      return self->network->nodes[node].sector;
    case DURE_COLUMN_DEGREE:
      return dure_graph_degree (self->network->graph, node);
    case DURE_COLUMN_BETWEENNESS:
      return self->analysis != NULL ? (guint32)(CLAMP (self->analysis->betweenness[node], 0, 1) * G_MAXINT32) : 0;
    case DURE_COLUMN_COMMUNITY:
      if (dure_graph_degree (self->network->graph, node) == 0)
        return G_MAXINT32;
      return self->analysis != NULL ? self->analysis->community[node] : 0;
    case DURE_COLUMN_CUTS:
      return self->cut_off != NULL ? self->cut_off[node] : 0;
    case DURE_COLUMN_NAME:
    default:
      return node;
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *)a;
  guint64 y = *(const guint64 *)b;

  return x < y ? -1 : x > y;
}

/* Equal ones stay in the order of their names, whichever way the column goes. */
static void
arrange (DureNetworkRows *self)
{
  guint               n_nodes = self->network != NULL ? self->network->n_nodes : 0;
  guint               before = self->n;
  g_autofree guint64 *keys = g_new (guint64, (gsize)n_nodes + 1);
  guint               n = 0;

  g_free (self->order);
  g_free (self->position);
  self->order = g_new (guint, (gsize)n_nodes + 1);
  self->position = g_new (guint, (gsize)n_nodes + 1);
  for (guint v = 0; v < n_nodes; v++)
    {
      guint32 key = sort_key (self, v);

      self->position[v] = G_MAXUINT;
      if (self->hidden == NULL || !self->hidden[v])
        keys[n++] = (guint64)(self->descending ? G_MAXUINT32 - key : key) << 32 | v;
    }
  if (self->column != DURE_COLUMN_NAME || self->descending)
    qsort (keys, n, sizeof *keys, compare_keys);
  for (guint i = 0; i < n; i++)
    {
      self->order[i] = (guint)(keys[i] & G_MAXUINT32);
      self->position[self->order[i]] = i;
    }
  self->n = n;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, n);
}

static gboolean
search_cb (gpointer data)
{
  DureNetworkRows *self = data;
  gint64           end = g_get_monotonic_time () + TURN_US;

  while (self->searched < self->network->n_nodes)
    {
      guint last = MIN (self->searched + NAMES_A_LOOK, self->network->n_nodes);

      for (; self->searched < last; self->searched++)
        self->hidden[self->searched]
            = !dure_typed_find (self->network->nodes[self->searched].name, self->search, NULL, NULL);
      if (g_get_monotonic_time () > end)
        return G_SOURCE_CONTINUE;
    }
  self->search_source = 0;
  arrange (self);
  return G_SOURCE_REMOVE;
}

/* The first turn at once: in a city it is the only one. */
static void
search (DureNetworkRows *self)
{
  g_clear_handle_id (&self->search_source, g_source_remove);
  g_clear_pointer (&self->hidden, g_free);
  if (self->network == NULL || self->search == NULL || *self->search == '\0')
    {
      arrange (self);
      return;
    }
  self->hidden = g_new0 (gboolean, (gsize)self->network->n_nodes + 1);
  self->searched = 0;
  if (search_cb (self) == G_SOURCE_CONTINUE)
    self->search_source = g_idle_add (search_cb, self);
}

static void
dure_network_rows_finalize (GObject *object)
{
  DureNetworkRows *self = DURE_NETWORK_ROWS (object);

  g_clear_handle_id (&self->search_source, g_source_remove);
  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->analysis, dure_analysis_unref);
  g_clear_pointer (&self->view, dure_network_view_free);
  g_free (self->cut_off);
  g_free (self->search);
  g_free (self->hidden);
  g_free (self->order);
  g_free (self->position);
  G_OBJECT_CLASS (dure_network_rows_parent_class)->finalize (object);
}

static void
dure_network_rows_class_init (DureNetworkRowsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = dure_network_rows_finalize;
}

static void
dure_network_rows_init (DureNetworkRows *self)
{
}

/**
 * dure_network_rows_new:
 *
 * Returns: (transfer full): no rows
 */
DureNetworkRows *
dure_network_rows_new (void)
{
  return g_object_new (DURE_TYPE_NETWORK_ROWS, NULL);
}

/**
 * dure_network_rows_set:
 * @self: rows
 * @network: (nullable): the network
 * @analysis: (nullable): its measures, when they are known
 * @cut_off: (nullable): of each agency, how many would be cut off without it; copied
 * @view: (nullable): for the names that communities were given; copied
 *
 * Keeps search and order.
 */
void
dure_network_rows_set (DureNetworkRows       *self,
                       DureNetwork           *network,
                       DureAnalysis          *analysis,
                       const guint           *cut_off,
                       const DureNetworkView *view)
{
  guint    before;
  gboolean same;

  g_return_if_fail (DURE_IS_NETWORK_ROWS (self));

  same = network == self->network;
  g_clear_pointer (&self->analysis, dure_analysis_unref);
  g_clear_pointer (&self->cut_off, g_free);
  g_clear_pointer (&self->view, dure_network_view_free);
  if (analysis != NULL)
    self->analysis = dure_analysis_ref (analysis);
  if (cut_off != NULL && network != NULL)
    self->cut_off = g_memdup2 (cut_off, network->n_nodes * sizeof *cut_off);
  if (view != NULL)
    self->view = dure_network_view_copy (view);
  if (same)
    {
      arrange (self);
      return;
    }
  g_clear_handle_id (&self->search_source, g_source_remove);
  g_clear_pointer (&self->hidden, g_free);
  g_clear_pointer (&self->network, dure_network_unref);
  /* The rows of the old network go before those of the new one come: they have other numbers. */
  before = self->n;
  self->n = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
  if (network != NULL)
    self->network = dure_network_ref (network);
  search (self);
}

/**
 * dure_network_rows_set_search:
 * @self: rows
 * @text: (nullable): only names that hold it are listed; initial consonants will do
 */
void
dure_network_rows_set_search (DureNetworkRows *self, const char *text)
{
  g_return_if_fail (DURE_IS_NETWORK_ROWS (self));

  if (g_strcmp0 (text, self->search) == 0)
    return;
  g_free (self->search);
  self->search = g_strdup (text);
  search (self);
}

/**
 * dure_network_rows_is_searching:
 * @self: rows
 *
 * Returns: whether a search has not looked at all names yet
 */
gboolean
dure_network_rows_is_searching (DureNetworkRows *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_ROWS (self), FALSE);

  return self->search_source != 0;
}

/**
 * dure_network_rows_sort:
 * @self: rows
 * @column: by what
 * @descending: the largest first
 */
void
dure_network_rows_sort (DureNetworkRows *self, DureNetworkColumn column, gboolean descending)
{
  g_return_if_fail (DURE_IS_NETWORK_ROWS (self));

  if (self->column == column && self->descending == descending)
    return;
  self->column = column;
  self->descending = descending;
  arrange (self);
}

/**
 * dure_network_rows_position:
 * @self: rows
 * @node: number of an agency
 *
 * Returns: its row, or %G_MAXUINT when it is not listed
 */
guint
dure_network_rows_position (DureNetworkRows *self, guint node)
{
  g_return_val_if_fail (DURE_IS_NETWORK_ROWS (self), G_MAXUINT);

  return self->network != NULL && node < self->network->n_nodes ? self->position[node] : G_MAXUINT;
}

/**
 * dure_network_rows_node:
 * @self: rows
 * @position: a row
 *
 * Returns: the agency there, or %G_MAXUINT
 */
guint
dure_network_rows_node (DureNetworkRows *self, guint position)
{
  g_return_val_if_fail (DURE_IS_NETWORK_ROWS (self), G_MAXUINT);

  return position < self->n ? self->order[position] : G_MAXUINT;
}

/**
 * dure_network_rows_next:
 * @self: rows
 * @text: part of a name, or initial consonants
 * @after: the agency behind which to look first, or %G_MAXUINT
 *
 * Returns: the next agency in the order of names that fits, from the beginning again after the last; %G_MAXUINT when
 * there is none
 */
guint
dure_network_rows_next (DureNetworkRows *self, const char *text, guint after)
{
  guint n;
  guint start;

  g_return_val_if_fail (DURE_IS_NETWORK_ROWS (self), G_MAXUINT);

  n = self->network != NULL ? self->network->n_nodes : 0;
  start = after < n ? after + 1 : 0;
  for (guint i = 0; i < n; i++)
    {
      guint v = (start + i) % n;

      if (dure_typed_find (self->network->nodes[v].name, text, NULL, NULL))
        return v;
    }
  return G_MAXUINT;
}

/**
 * dure_network_rows_text:
 * @self: rows
 * @node: number of an agency
 * @column: which of its facts
 *
 * Returns: (transfer full): what stands in the cell
 */
char *
dure_network_rows_text (DureNetworkRows *self, guint node, DureNetworkColumn column)
{
  g_return_val_if_fail (DURE_IS_NETWORK_ROWS (self), NULL);
  g_return_val_if_fail (self->network != NULL && node < self->network->n_nodes, NULL);

  switch (column)
    {
    case DURE_COLUMN_SECTOR:
      return g_strdup (dure_sector_label (self->network->nodes[node].sector));
    case DURE_COLUMN_DEGREE:
      return g_strdup_printf ("%u", dure_graph_degree (self->network->graph, node));
    case DURE_COLUMN_BETWEENNESS:
      return g_strdup (self->analysis != NULL ? dure_network_band (self->analysis, node) : "");
    case DURE_COLUMN_COMMUNITY:
      return self->analysis != NULL ? dure_network_community_of (self->view, self->analysis, node) : g_strdup ("");
    case DURE_COLUMN_CUTS:
      return self->cut_off != NULL && self->cut_off[node] > 0 ? dure_network_count_agencies (self->cut_off[node])
                                                              : g_strdup ("");
    case DURE_COLUMN_NAME:
    default:
      return g_strdup (self->network->nodes[node].name);
    }
}
