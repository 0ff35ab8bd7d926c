/* dure-body-tree.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-council"

#include "config.h"

#include "app/council/dure-body-tree.h"

#include <glib/gi18n-lib.h>

#include "app/council/dure-body-node.h"

struct _DureBodyTree
{
  AdwBin parent_instance;

  DureDesk           *desk;
  GListStore         *top;
  GtkTreeListModel   *rows;
  GtkSingleSelection *selection;
  GtkWidget          *view;
  GCancellable       *cancellable;
  char               *selected_id; /* NULL for all members */
  guint               later;
  guint               n_bodies;
  gboolean            filling;
};

G_DEFINE_FINAL_TYPE (DureBodyTree, dure_body_tree, ADW_TYPE_BIN)

static guint selected_signal;

static GListModel *
parts_of (gpointer item, gpointer user_data)
{
  GListModel *parts = dure_body_node_get_parts (item);

  return g_list_model_get_n_items (parts) > 0 ? g_object_ref (parts) : NULL;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "caption");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), count);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkTreeListRow  *row = gtk_list_item_get_item (item);
  GtkWidget       *expander = gtk_list_item_get_child (item);
  GtkWidget       *box = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (expander));
  GtkWidget       *name = gtk_widget_get_first_child (box);
  DureBodyNode    *node = gtk_tree_list_row_get_item (row);
  DureRecord      *body = dure_body_node_get_body (node);
  const char      *title = body != NULL ? dure_record_get (body, DURE_BODY_NAME) : _ ("All members");
  g_autofree char *count = g_strdup_printf ("%u", dure_body_node_get_members (node));

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (expander), row);
  gtk_label_set_text (GTK_LABEL (name), title != NULL ? title : "");
  gtk_widget_set_tooltip_text (name, title);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)), count);
  g_object_unref (node);
}

static DureRecord *
body_at (DureBodyTree *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  g_autoptr (DureBodyNode)   node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return node != NULL ? dure_body_node_get_body (node) : NULL;
}

static void
tell (DureBodyTree *self)
{
  DureRecord *body = dure_body_tree_get_body (self);

  if (self->filling)
    return;
  g_free (self->selected_id);
  self->selected_id = g_strdup (body != NULL ? dure_record_get_id (body) : NULL);
  g_signal_emit (self, selected_signal, 0, body);
}

static void
select_id (DureBodyTree *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint found = 0;

  for (guint i = 0; self->selected_id != NULL && i < n; i++)
    {
      DureRecord *body = body_at (self, i);

      if (body != NULL && g_strcmp0 (dure_record_get_id (body), self->selected_id) == 0)
        found = i;
    }
  gtk_single_selection_set_selected (self->selection, found);
  if (n > 0)
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", found);
}

static guint
count_bodies (GListModel *nodes)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (DureBodyNode) node = g_list_model_get_item (nodes, i);

      n += (dure_body_node_get_body (node) != NULL) + count_bodies (dure_body_node_get_parts (node));
    }
  return n;
}

static gpointer
load_nodes (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_body_node_load (store, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureBodyTree) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GPtrArray)    top = dure_store_thread_run_finish (result, &error);

  if (top == NULL || self->desk == NULL)
    return;
  self->filling = TRUE;
  g_list_store_splice (self->top, 0, g_list_model_get_n_items (G_LIST_MODEL (self->top)), top->pdata, top->len);
  self->n_bodies = count_bodies (G_LIST_MODEL (self->top));
  select_id (self);
  self->filling = FALSE;
  tell (self);
}

static void
load (DureBodyTree *self)
{
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), load_nodes, NULL, NULL,
                               (GDestroyNotify) g_ptr_array_unref, self->cancellable, loaded_cb, g_object_ref (self));
}

static gboolean
later_cb (gpointer user_data)
{
  DureBodyTree *self = user_data;

  self->later = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (DureStore *store, guint entity, const char *id, DureBodyTree *self)
{
  if ((entity == DURE_ENTITY_BODY || entity == DURE_ENTITY_SEAT) && self->later == 0)
    self->later = g_timeout_add (100, later_cb, self);
}

static void
dure_body_tree_dispose (GObject *object)
{
  DureBodyTree *self = DURE_BODY_TREE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_body_tree_parent_class)->dispose (object);
}

static void
dure_body_tree_finalize (GObject *object)
{
  DureBodyTree *self = DURE_BODY_TREE (object);

  g_clear_object (&self->selection);
  g_free (self->selected_id);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (dure_body_tree_parent_class)->finalize (object);
}

static void
dure_body_tree_class_init (DureBodyTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_body_tree_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_body_tree_finalize;
  selected_signal = g_signal_new ("selected", DURE_TYPE_BODY_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, DURE_TYPE_RECORD);
}

static void
dure_body_tree_init (DureBodyTree *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget          *scrolled = gtk_scrolled_window_new ();

  self->cancellable = g_cancellable_new ();
  self->top = g_list_store_new (DURE_TYPE_BODY_NODE);
  self->rows = gtk_tree_list_model_new (G_LIST_MODEL (self->top), FALSE, TRUE, parts_of, NULL, NULL);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (self->rows));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->view = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), factory);
  gtk_widget_add_css_class (self->view, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Tree of the council"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
}

/** dure_body_tree_new: (transfer floating): all bodies, below one row that stands for all members. */
GtkWidget *
dure_body_tree_new (DureDesk *desk)
{
  DureBodyTree *self = g_object_new (DURE_TYPE_BODY_TREE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self, 0);
  load (self);
  return GTK_WIDGET (self);
}

/** dure_body_tree_select: @id: (nullable): of a body; %NULL for all members. */
void
dure_body_tree_select (DureBodyTree *self, const char *id)
{
  g_return_if_fail (DURE_IS_BODY_TREE (self));

  if (g_strcmp0 (self->selected_id, id) == 0)
    return;
  g_free (self->selected_id);
  self->selected_id = g_strdup (id);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0)
    select_id (self);
}

/** dure_body_tree_get_body: (transfer none) (nullable): the body that is selected. */
DureRecord *
dure_body_tree_get_body (DureBodyTree *self)
{
  GtkTreeListRow          *row;
  g_autoptr (DureBodyNode) node = NULL;

  g_return_val_if_fail (DURE_IS_BODY_TREE (self), NULL);

  row = gtk_single_selection_get_selected_item (self->selection);
  node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  return node != NULL ? dure_body_node_get_body (node) : NULL;
}

/** dure_body_tree_get_n_bodies: how many there are. */
guint
dure_body_tree_get_n_bodies (DureBodyTree *self)
{
  g_return_val_if_fail (DURE_IS_BODY_TREE (self), 0);

  return self->n_bodies;
}
