/* dure-network-model-store.c: places and saved views are kept in the store, where undo finds them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-model-private.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-arranger.h"
#include "base/dure-hangul.h"
#include "base/dure-uuid.h"

/* In a larger network only what is placed by hand is kept with a view: the rest lays itself out. */
#define PLACES_MOST 3000

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNetworkModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dure_desk_write_finish (DURE_DESK (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dure_model_fail (self, error->message);
}

/* In a picture that is drawn by the data alone, moving one makes it a picture by hand: everybody else stays. */
static void
become_free (DureNetworkModel *self)
{
  g_autoptr (DureNetworkView) view = NULL;

  if (dure_network_takes_pins (self->view, self->saved))
    return;
  view = dure_network_view_copy (self->view);
  view->picture = DURE_PICTURE_FREE;
  dure_network_model_set_view (self, view);
}

/**
 * dure_network_model_place_many:
 * @self: a model
 * @nodes: numbers of agencies
 * @points: one a node of the network: where they were put
 *
 * Keeps the places in the store, in one step.
 */
void
dure_network_model_place_many (DureNetworkModel *self, GtkBitset *nodes, const DurePoint *points)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *label = NULL;
  GtkBitsetIter    iter;
  guint            v;

  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  /* Bodies and members of the council have no place but the one in their tree. */
  if (self->desk == NULL || self->picture == NULL || self->picture->network->parent != NULL
      || !gtk_bitset_iter_init_first (&iter, nodes, &v))
    return;
  do
    {
      DureNetwork *network = self->picture->network;

      if (v >= network->n_nodes)
        break;
      self->picture->places->points[v] = points[v];
      self->picture->places->pinned[v] = TRUE;
      g_ptr_array_add (records, dure_network_places_record (self->saved, network->nodes[v].id, points[v]));
      if (label == NULL)
        label = g_strdup_printf (_ ("Move %s"), network->nodes[v].name);
    }
  while (gtk_bitset_iter_next (&iter, &v));
  if (records->len > 1)
    {
      g_free (label);
      label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Move %u agency", "Move %u agencies", records->len),
                               records->len);
    }
  become_free (self);
  dure_desk_write_async (self->desk, label, records, NULL, written_cb, g_object_ref (self));
}

/**
 * dure_network_model_unpin:
 * @self: a model
 * @nodes: numbers of agencies that were placed by hand
 *
 * Gives them back to the layout.
 */
void
dure_network_model_unpin (DureNetworkModel *self, GtkBitset *nodes)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint         v;

  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  if (self->desk == NULL || self->picture == NULL || !gtk_bitset_iter_init_first (&iter, nodes, &v))
    return;
  do
    {
      DureNetworkPlaces *places = self->picture->places;

      if (v < places->n && places->pinned[v])
        {
          DureRecord *record
              = dure_network_places_record (self->saved, self->picture->network->nodes[v].id, places->base[v]);

          dure_record_set (record, DURE_POSITION_PINNED, "0");
          g_ptr_array_add (records, record);
        }
    }
  while (gtk_bitset_iter_next (&iter, &v));
  if (records->len > 0)
    dure_desk_write_async (self->desk, _ ("Unpin"), records, NULL, written_cb, g_object_ref (self));
}

/* A view on its way into the store. */
typedef struct
{
  DureNetworkModel *model;
  char             *id;
} Saving;

static void
view_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (GError) error = NULL;

  if (dure_desk_write_finish (DURE_DESK (source), result, &error))
    dure_model_saved (saving->model, saving->id);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dure_model_fail (saving->model, error->message);
  g_object_unref (saving->model);
  g_free (saving->id);
  g_free (saving);
}

/* A DureStoreFunc: the records of a view, positions that it had included. */
typedef struct
{
  char *id;
} Removal;

static void
removal_free (gpointer data)
{
  g_free (((Removal *)data)->id);
  g_free (data);
}

static gboolean
remove_view (DureStore *store, const char *id, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_POSITION);
  g_autoptr (GPtrArray) records = NULL;

  dure_query_where (query, DURE_POSITION_VIEW, DURE_EQUAL, id);
  records = dure_store_list (store, query, error);
  if (records == NULL || !dure_store_begin (store, _ ("Delete saved view"), error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!dure_store_delete (store, DURE_ENTITY_POSITION, dure_record_get_id (g_ptr_array_index (records, i)), error))
      {
        dure_store_rollback (store);
        return FALSE;
      }
  if (!dure_store_delete (store, DURE_ENTITY_VIEW, id, error))
    {
      dure_store_rollback (store);
      return FALSE;
    }
  return dure_store_commit (store, error);
}

static gpointer
remove_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return store != NULL && remove_view (store, ((Removal *)data)->id, error) ? GINT_TO_POINTER (1) : NULL;
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNetworkModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dure_desk_run_finish (DURE_DESK (source), result, &error) == NULL && error != NULL)
    dure_model_fail (self, error->message);
}

/**
 * dure_network_model_save_view:
 * @self: a model
 * @name: what it is called
 * @as_new: whether to make another one when a saved view is shown
 *
 * Writes what is shown, and where everybody stands, as a view; `saved` follows, and the view is shown from now on.
 */
void
dure_network_model_save_view (DureNetworkModel *self, const char *name, gboolean as_new)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DureRecord) record = NULL;
  g_autofree char        *json = NULL;
  g_autofree char        *label = NULL;
  const DureModelPicture *picture;
  Saving                 *saving;

  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  if (self->desk == NULL || self->picture == NULL)
    return;
  picture = self->picture;
  if (!as_new && self->saved != NULL)
    record = dure_store_get (dure_desk_get_store (self->desk), DURE_ENTITY_VIEW, self->saved, NULL);
  if (record == NULL)
    {
      char id[DURE_UUID_LENGTH + 1];

      dure_uuid_v7 (id);
      record = dure_record_new (DURE_ENTITY_VIEW);
      dure_record_set_id (record, id);
    }
  json = dure_network_view_to_json (self->view);
  dure_record_set (record, DURE_VIEW_NAME, name);
  dure_record_set (record, DURE_VIEW_FILTERS, json);
  g_ptr_array_add (records, g_object_ref (record));
  for (guint v = 0; v < picture->network->n_nodes && picture->network->parent == NULL; v++)
    {
      DureRecord *place;

      if (picture->network->n_nodes > PLACES_MOST && !picture->places->pinned[v])
        continue;
      place = dure_network_places_record (dure_record_get_id (record), picture->network->nodes[v].id,
                                          picture->places->points[v]);
      if (!picture->places->pinned[v])
        dure_record_set (place, DURE_POSITION_PINNED, "0");
      g_ptr_array_add (records, place);
    }
  g_free (self->saved);
  self->saved = g_strdup (dure_record_get_id (record));
  saving = g_new0 (Saving, 1);
  saving->model = g_object_ref (self);
  saving->id = g_strdup (self->saved);
  label = g_strdup_printf (_ ("Save view %s"), name);
  dure_desk_write_async (self->desk, label, records, NULL, view_written_cb, saving);
}

/**
 * dure_network_model_rename_view:
 * @self: a model
 * @id: a saved view
 * @name: its new name
 */
void
dure_network_model_rename_view (DureNetworkModel *self, const char *id, const char *name)
{
  g_autoptr (DureRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  if (self->desk == NULL)
    return;
  record = dure_store_get (dure_desk_get_store (self->desk), DURE_ENTITY_VIEW, id, &error);
  if (record == NULL)
    {
      dure_model_fail (self, error->message);
      return;
    }
  dure_record_set (record, DURE_VIEW_NAME, name);
  label = dure_hangul_printf (_ ("Rename view %s"), name);
  dure_desk_write_one_async (self->desk, label, record, NULL, written_cb, g_object_ref (self));
}

/**
 * dure_network_model_delete_view:
 * @self: a model
 * @id: a saved view
 *
 * Deletes it with the places it keeps; undo brings both back.
 */
void
dure_network_model_delete_view (DureNetworkModel *self, const char *id)
{
  Removal *removal;

  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  if (self->desk == NULL)
    return;
  removal = g_new0 (Removal, 1);
  removal->id = g_strdup (id);
  if (g_strcmp0 (self->saved, id) == 0)
    g_clear_pointer (&self->saved, g_free);
  dure_desk_run_async (self->desk, remove_func, removal, removal_free, NULL, NULL, removed_cb, g_object_ref (self));
}
