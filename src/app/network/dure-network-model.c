/* dure-network-model.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-model.h"

#include <glib/gi18n-lib.h>

/* Changes come in bursts: one reading for all of them. */
#define BURST_MS 120

struct _DureNetworkModel
{
  GObject parent_instance;

  DureDesk          *desk;
  DureNetworkFilter *filter;
  DureNetwork       *network;
  DureNetworkPlaces *places;
  DureComponents    *components;
  DureCuts          *cuts;
  GCancellable      *cancellable;
  guint              burst_source;
  gboolean           wanted;      /* somebody looks */
  gboolean           stale;       /* records have changed */
  gboolean           places_only; /* of what has changed, only what is placed by hand matters */
};

/* What goes to the reader's thread and what comes back. */
typedef struct
{
  DureNetworkFilter *filter; /* NULL: only the places are read again */
  DureNetwork       *network;
  DureNetworkPlaces *places;
  DureComponents    *components;
  DureCuts          *cuts;
} Work;

G_DEFINE_FINAL_TYPE (DureNetworkModel, dure_network_model, G_TYPE_OBJECT)

enum
{
  CHANGED,
  LOADING_CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
work_free (gpointer data)
{
  Work *work = data;

  dure_network_filter_free (work->filter);
  dure_network_unref (work->network);
  dure_network_places_free (work->places);
  dure_components_free (work->components);
  dure_cuts_free (work->cuts);
  g_free (work);
}

static gpointer
work_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Work *asked = data;
  Work       *made = g_new0 (Work, 1);

  if (asked->filter == NULL)
    {
      made->network = dure_network_ref (asked->network);
      made->places = dure_network_places_repin (store, asked->network, NULL, asked->places, error);
    }
  else
    {
      made->network = dure_network_build (store, asked->filter, cancellable, error);
      if (made->network != NULL)
        made->places
            = dure_network_places_new (store, made->network, NULL, asked->network, asked->places, cancellable, error);
    }
  if (made->places == NULL)
    {
      work_free (made);
      return NULL;
    }
  made->components = dure_components_new (made->network->graph);
  made->cuts = dure_cuts_new (made->network->graph);
  return made;
}

static void
clear_result (DureNetworkModel *self)
{
  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->places, dure_network_places_free);
  g_clear_pointer (&self->components, dure_components_free);
  g_clear_pointer (&self->cuts, dure_cuts_free);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNetworkModel) self = user_data;
  g_autoptr (GError) error = NULL;
  Work *made = dure_store_thread_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (made != NULL)
    {
      clear_result (self);
      self->network = g_steal_pointer (&made->network);
      self->places = g_steal_pointer (&made->places);
      self->components = g_steal_pointer (&made->components);
      self->cuts = g_steal_pointer (&made->cuts);
      work_free (made);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else
    g_signal_emit (self, signals[FAILED], 0, error->message);
  g_signal_emit (self, signals[LOADING_CHANGED], 0);
}

static void
start (DureNetworkModel *self)
{
  Work *work;

  if (self->desk == NULL || !self->wanted || !self->stale)
    return;
  /* A reading that is under way may have missed the network itself; what replaces it must not. */
  if (self->cancellable != NULL)
    {
      self->places_only = FALSE;
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
    }
  self->cancellable = g_cancellable_new ();
  work = g_new0 (Work, 1);
  if (self->network != NULL)
    {
      work->network = dure_network_ref (self->network);
      work->places = dure_network_places_copy (self->places);
    }
  if (!self->places_only || self->network == NULL)
    work->filter = dure_network_filter_copy (self->filter);
  self->stale = FALSE;
  self->places_only = TRUE;
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), work_func, work, work_free, work_free,
                               self->cancellable, done_cb, g_object_ref (self));
  g_signal_emit (self, signals[LOADING_CHANGED], 0);
}

static gboolean
burst_cb (gpointer data)
{
  DureNetworkModel *self = data;

  self->burst_source = 0;
  start (self);
  return G_SOURCE_REMOVE;
}

static void
record_changed_cb (DureNetworkModel *self, guint entity, const char *id)
{
  switch (entity)
    {
    case DURE_ENTITY_POSITION:
      break;
    case DURE_ENTITY_AGENCY:
    case DURE_ENTITY_TIE:
    case DURE_ENTITY_REFERRAL:
    case DURE_ENTITY_REGION:
      self->places_only = FALSE;
      break;
    case DURE_ENTITY_SEAT:
    case DURE_ENTITY_PARTICIPATION:
    case DURE_ENTITY_EVENT:
    case DURE_ENTITY_PERSON:
      if ((self->filter->layers & (DURE_LAYER_SEATS | DURE_LAYER_ATTENDANCE)) == 0)
        return;
      self->places_only = FALSE;
      break;
    default:
      return;
    }
  self->stale = TRUE;
  if (self->burst_source == 0)
    self->burst_source = g_timeout_add (BURST_MS, burst_cb, self);
}

static void
dure_network_model_dispose (GObject *object)
{
  DureNetworkModel *self = DURE_NETWORK_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->burst_source, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_network_model_parent_class)->dispose (object);
}

static void
dure_network_model_finalize (GObject *object)
{
  DureNetworkModel *self = DURE_NETWORK_MODEL (object);

  clear_result (self);
  dure_network_filter_free (self->filter);
  G_OBJECT_CLASS (dure_network_model_parent_class)->finalize (object);
}

static void
dure_network_model_class_init (DureNetworkModelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GType         type = G_TYPE_FROM_CLASS (class);

  object_class->dispose = dure_network_model_dispose;
  object_class->finalize = dure_network_model_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOADING_CHANGED]
      = g_signal_new ("loading-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED]
      = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dure_network_model_init (DureNetworkModel *self)
{
  self->filter = dure_network_filter_new ();
  self->stale = TRUE;
}

/**
 * dure_network_model_new:
 *
 * Returns: (transfer full): a model without a desk
 */
DureNetworkModel *
dure_network_model_new (void)
{
  return g_object_new (DURE_TYPE_NETWORK_MODEL, NULL);
}

/**
 * dure_network_model_set_desk:
 * @self: a model
 * @desk: (nullable): the desk to read from
 */
void
dure_network_model_set_desk (DureNetworkModel *self, DureDesk *desk)
{
  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (dure_desk_get_store (self->desk), self);
  if (!g_set_object (&self->desk, desk))
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  clear_result (self);
  self->stale = TRUE;
  self->places_only = FALSE;
  if (desk != NULL)
    g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (record_changed_cb), self,
                             G_CONNECT_SWAPPED);
  start (self);
}

/**
 * dure_network_model_load:
 * @self: a model
 *
 * Reads the network if that is still to be done, and follows the store from now on.
 */
void
dure_network_model_load (DureNetworkModel *self)
{
  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  self->wanted = TRUE;
  start (self);
}

/**
 * dure_network_model_set_filter:
 * @self: a model
 * @filter: what to show; copied
 */
void
dure_network_model_set_filter (DureNetworkModel *self, const DureNetworkFilter *filter)
{
  DureNetworkFilter *copy;

  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  copy = dure_network_filter_copy (filter);
  dure_network_filter_free (self->filter);
  self->filter = copy;
  self->stale = TRUE;
  self->places_only = FALSE;
  start (self);
}

/**
 * dure_network_model_get_loading:
 * @self: a model
 *
 * Returns: whether a reading is under way
 */
gboolean
dure_network_model_get_loading (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * dure_network_model_get_network:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): the network; %NULL until it was read
 */
DureNetwork *
dure_network_model_get_network (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->network;
}

/**
 * dure_network_model_get_places:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): where its agencies stand
 */
const DureNetworkPlaces *
dure_network_model_get_places (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->places;
}

/**
 * dure_network_model_get_components:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): its parts
 */
const DureComponents *
dure_network_model_get_components (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->components;
}

/**
 * dure_network_model_get_cuts:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): whose absence would split it
 */
const DureCuts *
dure_network_model_get_cuts (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->cuts;
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNetworkModel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dure_desk_write_finish (DURE_DESK (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

/**
 * dure_network_model_place:
 * @self: a model
 * @agency: id of an agency
 * @x: where it was put
 * @y: where it was put
 *
 * Keeps the place in the store, where undo finds it and the others get it.
 */
void
dure_network_model_place (DureNetworkModel *self, const char *agency, double x, double y)
{
  g_autoptr (DureRecord) record = NULL;
  g_autofree char *label = NULL;
  guint            v;

  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  if (self->desk == NULL || self->network == NULL || !dure_network_find (self->network, agency, &v))
    return;
  self->places->points[v] = (DurePoint){ x, y };
  self->places->pinned[v] = TRUE;
  record = dure_network_places_record (NULL, agency, self->places->points[v]);
  label = g_strdup_printf (_ ("Move %s"), self->network->nodes[v].name);
  dure_desk_write_one_async (self->desk, label, record, NULL, placed_cb, g_object_ref (self));
}
