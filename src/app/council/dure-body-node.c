/* dure-body-node.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-council"

#include "config.h"

#include "app/council/dure-body-node.h"

struct _DureBodyNode
{
  GObject parent_instance;

  DureRecord *body; /* NULL for the node of all members */
  guint       members;
  GListStore *parts;
};

G_DEFINE_FINAL_TYPE (DureBodyNode, dure_body_node, G_TYPE_OBJECT)

static void
dure_body_node_finalize (GObject *object)
{
  DureBodyNode *self = DURE_BODY_NODE (object);

  g_clear_object (&self->body);
  g_clear_object (&self->parts);
  G_OBJECT_CLASS (dure_body_node_parent_class)->finalize (object);
}

static void
dure_body_node_class_init (DureBodyNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dure_body_node_finalize;
}

static void
dure_body_node_init (DureBodyNode *self)
{
  self->parts = g_list_store_new (DURE_TYPE_BODY_NODE);
}

static DureBodyNode *
node_new (DureRecord *body)
{
  DureBodyNode *self = g_object_new (DURE_TYPE_BODY_NODE, NULL);

  if (body != NULL)
    self->body = g_object_ref (body);
  return self;
}

static gboolean
is_below (DureBodyNode *node, DureBodyNode *other, GHashTable *by_id)
{
  for (guint guard = 0; node != NULL && guard < 32; guard++)
    {
      const char *parent = dure_record_get (node->body, DURE_BODY_PARENT);

      if (node == other)
        return TRUE;
      node = parent != NULL ? g_hash_table_lookup (by_id, parent) : NULL;
    }
  return node != NULL; /* a ring */
}

/**
 * dure_body_node_load:
 * @store: the store of this thread
 *
 * Returns: (transfer full) (element-type DureBodyNode) (nullable): the topmost bodies in the order of their levels,
 *   after one node that stands for all members; nobody else holds them yet, so they may go to another thread
 */
GPtrArray *
dure_body_node_load (DureStore *store, GError **error)
{
  g_autoptr (DureQuery) of_bodies = dure_query_new (DURE_ENTITY_BODY);
  g_autoptr (DureQuery) of_seats = dure_query_new (DURE_ENTITY_SEAT);
  g_autoptr (GPtrArray) bodies = NULL;
  g_autoptr (GPtrArray) seats = NULL;
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray    *top = g_ptr_array_new_with_free_func (g_object_unref);
  DureBodyNode *all = node_new (NULL);

  g_ptr_array_add (top, all);
  dure_query_sort (of_bodies, DURE_BODY_LEVEL, FALSE);
  dure_query_where (of_seats, DURE_SEAT_ENDED_ON, DURE_IS_EMPTY, NULL);
  bodies = dure_store_list (store, of_bodies, error);
  seats = bodies != NULL ? dure_store_list (store, of_seats, error) : NULL;
  if (seats == NULL)
    {
      g_ptr_array_unref (top);
      return NULL;
    }
  for (guint i = 0; i < bodies->len; i++)
    {
      DureRecord *body = g_ptr_array_index (bodies, i);

      g_hash_table_insert (by_id, (char *) dure_record_get_id (body), node_new (body));
    }
  for (guint i = 0; i < seats->len; i++)
    {
      const char   *id = dure_record_get (g_ptr_array_index (seats, i), DURE_SEAT_BODY);
      DureBodyNode *node = id != NULL ? g_hash_table_lookup (by_id, id) : NULL;

      all->members++;
      if (node != NULL)
        node->members++;
    }
  for (guint i = 0; i < bodies->len; i++)
    {
      DureRecord   *body = g_ptr_array_index (bodies, i);
      DureBodyNode *node = g_hash_table_lookup (by_id, dure_record_get_id (body));
      const char   *parent_id = dure_record_get (body, DURE_BODY_PARENT);
      DureBodyNode *parent = parent_id != NULL ? g_hash_table_lookup (by_id, parent_id) : NULL;

      if (parent != NULL && !is_below (parent, node, by_id))
        {
          g_list_store_append (parent->parts, node);
          g_object_unref (node);
        }
      else
        g_ptr_array_add (top, node);
    }
  return top;
}

/** dure_body_node_get_body: (transfer none) (nullable): the body; %NULL for the node of all members. */
DureRecord *
dure_body_node_get_body (DureBodyNode *self)
{
  g_return_val_if_fail (DURE_IS_BODY_NODE (self), NULL);

  return self->body;
}

/** dure_body_node_get_members: how many seats were not ended. */
guint
dure_body_node_get_members (DureBodyNode *self)
{
  g_return_val_if_fail (DURE_IS_BODY_NODE (self), 0);

  return self->members;
}

/** dure_body_node_get_parts: (transfer none): the bodies below, as DureBodyNode. */
GListModel *
dure_body_node_get_parts (DureBodyNode *self)
{
  g_return_val_if_fail (DURE_IS_BODY_NODE (self), NULL);

  return G_LIST_MODEL (self->parts);
}
