/* dure-network-model.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-model-private.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-arranger.h"

/* Changes come in bursts: one reading for all of them. */
#define BURST_MS 120
#define PROGRESS_MS 100

G_DEFINE_FINAL_TYPE (DureNetworkModel, dure_network_model, G_TYPE_OBJECT)

enum
{
  CHANGED,
  ANALYSED,
  VIEW_CHANGED,
  LOADING_CHANGED,
  FAILED,
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
dure_model_fail (DureNetworkModel *self, const char *sentence)
{
  g_signal_emit (self, signals[FAILED], 0, sentence);
}

void
dure_model_saved (DureNetworkModel *self, const char *id)
{
  g_signal_emit (self, signals[SAVED], 0, id);
}

static void
cancel (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static DureModelWork *
new_work (DureNetworkModel *self)
{
  DureModelWork *work = g_new0 (DureModelWork, 1);

  work->view = dure_network_view_copy (self->view);
  work->saved = g_strdup (self->saved);
  work->comparing = self->comparing;
  work->discreet = self->discreet;
  work->spans[0] = self->spans[0];
  work->spans[1] = self->spans[1];
  if (self->picture != NULL)
    work->old_network = dure_network_ref (self->picture->network);
  return work;
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNetworkModel) self = user_data;
  g_autoptr (GError) error = NULL;
  DureModelMeasures *made = dure_store_thread_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->measuring);
  if (made == NULL)
    {
      dure_model_fail (self, error->message);
      return;
    }
  g_clear_pointer (&self->measures, dure_model_measures_free);
  self->measures = made;
  if (made->months != NULL)
    {
      g_clear_pointer (&self->months, g_array_unref);
      self->months = g_array_ref (made->months);
      self->months_stale = FALSE;
    }
  if (made->analysis != NULL)
    dure_network_view_keep_communities (self->view, self->picture->network, made->analysis->community);
  g_signal_emit (self, signals[ANALYSED], 0);
}

static void
measure (DureNetworkModel *self)
{
  DureModelWork *work = new_work (self);

  cancel (&self->measuring);
  self->measuring = g_cancellable_new ();
  work->with_months = self->months_stale || self->months == NULL;
  if (dure_network_model_get_analysis (self) != NULL)
    work->analysis = dure_analysis_ref (dure_network_model_get_analysis (self));
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), dure_model_measure, work, dure_model_work_free,
                               dure_model_measures_free, self->measuring, measured_cb, g_object_ref (self));
}

static void
stop_progress (DureNetworkModel *self)
{
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_pointer (&self->permille, g_atomic_rc_box_release);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNetworkModel) self = user_data;
  g_autoptr (GError) error = NULL;
  DureModelPicture *made = dure_store_thread_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  stop_progress (self);
  if (made != NULL && made->components == NULL)
    {
      /* Only the places are new. */
      g_clear_pointer (&self->picture->places, dure_network_places_free);
      self->picture->places = g_steal_pointer (&made->places);
      dure_model_picture_free (made);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else if (made != NULL)
    {
      g_clear_pointer (&self->measures, dure_model_measures_free);
      g_clear_pointer (&self->picture, dure_model_picture_free);
      g_clear_pointer (&self->shown, dure_network_view_free);
      self->picture = made;
      self->shown = dure_network_view_copy (self->view);
      g_signal_emit (self, signals[CHANGED], 0);
      measure (self);
    }
  else
    dure_model_fail (self, error->message);
  g_signal_emit (self, signals[LOADING_CHANGED], 0);
}

static gboolean
progress_cb (gpointer data)
{
  g_signal_emit (data, signals[LOADING_CHANGED], 0);
  return G_SOURCE_CONTINUE;
}

static void
start (DureNetworkModel *self)
{
  DureModelWork *work;

  if (self->desk == NULL || !self->wanted || !self->stale)
    return;
  /* A reading that is under way may have missed the network itself; what replaces it must not. */
  if (self->cancellable != NULL)
    {
      self->places_only = FALSE;
      cancel (&self->cancellable);
    }
  self->cancellable = g_cancellable_new ();
  stop_progress (self);
  self->permille = g_atomic_rc_box_new0 (int);
  self->progress_source = g_timeout_add (PROGRESS_MS, progress_cb, self);
  work = new_work (self);
  work->permille = g_atomic_rc_box_acquire (self->permille);
  work->places_only = self->places_only && self->picture != NULL;
  if (self->picture != NULL)
    {
      work->old_places = dure_network_places_copy (self->picture->places);
      work->same_picture = self->shown->picture == self->view->picture && self->shown->reading == self->view->reading;
      if (!self->new_register)
        work->everybody = dure_network_ref (self->picture->everybody);
    }
  if (!work->places_only)
    cancel (&self->measuring);
  self->stale = self->new_register = FALSE;
  self->places_only = TRUE;
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), dure_model_make_picture, work, dure_model_work_free,
                               dure_model_picture_free, self->cancellable, done_cb, g_object_ref (self));
  g_signal_emit (self, signals[LOADING_CHANGED], 0);
}

static void
start_anew (DureNetworkModel *self)
{
  self->stale = TRUE;
  self->places_only = FALSE;
  start (self);
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
  gboolean people = entity == DURE_ENTITY_SEAT || entity == DURE_ENTITY_PARTICIPATION || entity == DURE_ENTITY_EVENT
                    || entity == DURE_ENTITY_PERSON || entity == DURE_ENTITY_BODY;

  if (people && (self->view->filter->layers & (DURE_LAYER_SEATS | DURE_LAYER_ATTENDANCE)) == 0
      && self->view->picture != DURE_PICTURE_COUNCIL && self->view->filter->council == DURE_COUNCIL_ALL)
    return;
  if (entity == DURE_ENTITY_AGENCY || entity == DURE_ENTITY_REGION)
    self->new_register = TRUE;
  if (people || self->new_register || entity == DURE_ENTITY_TIE || entity == DURE_ENTITY_REFERRAL)
    {
      self->places_only = FALSE;
      self->months_stale = TRUE;
    }
  else if (entity == DURE_ENTITY_VIEW)
    {
      g_signal_emit (self, signals[VIEW_CHANGED], 0);
      return;
    }
  else if (entity != DURE_ENTITY_POSITION)
    return;
  self->stale = TRUE;
  if (self->burst_source == 0)
    self->burst_source = g_timeout_add (BURST_MS, burst_cb, self);
}

static void
clear_result (DureNetworkModel *self)
{
  cancel (&self->cancellable);
  cancel (&self->measuring);
  stop_progress (self);
  g_clear_pointer (&self->picture, dure_model_picture_free);
  g_clear_pointer (&self->measures, dure_model_measures_free);
  g_clear_pointer (&self->months, g_array_unref);
}

static void
dure_network_model_dispose (GObject *object)
{
  DureNetworkModel *self = DURE_NETWORK_MODEL (object);

  clear_result (self);
  g_clear_handle_id (&self->burst_source, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_network_model_parent_class)->dispose (object);
}

static void
dure_network_model_finalize (GObject *object)
{
  DureNetworkModel *self = DURE_NETWORK_MODEL (object);

  dure_network_view_free (self->view);
  g_clear_pointer (&self->shown, dure_network_view_free);
  g_free (self->saved);
  G_OBJECT_CLASS (dure_network_model_parent_class)->finalize (object);
}

static void
dure_network_model_class_init (DureNetworkModelClass *class)
{
  static const char *const plain[] = { "changed", "analysed", "view-changed", "loading-changed" };
  GObjectClass            *object_class = G_OBJECT_CLASS (class);
  GType                    type = G_TYPE_FROM_CLASS (class);

  object_class->dispose = dure_network_model_dispose;
  object_class->finalize = dure_network_model_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    signals[CHANGED + i] = g_signal_new (plain[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED]
      = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dure_network_model_init (DureNetworkModel *self)
{
  self->view = dure_network_view_new ();
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
  clear_result (self);
  if (desk != NULL)
    g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (record_changed_cb), self,
                             G_CONNECT_SWAPPED);
  start_anew (self);
}

/** dure_network_model_get_desk: (transfer none) (nullable): the desk. */
DureDesk *
dure_network_model_get_desk (DureNetworkModel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_MODEL (self), NULL);

  return self->desk;
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
 * dure_network_model_stop:
 * @self: a model
 *
 * Gives up the reading that is under way; what was shown stays.
 */
void
dure_network_model_stop (DureNetworkModel *self)
{
  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  if (self->cancellable == NULL)
    return;
  cancel (&self->cancellable);
  stop_progress (self);
  self->stale = TRUE;
  self->places_only = FALSE;
  g_signal_emit (self, signals[LOADING_CHANGED], 0);
}

static gboolean
is_same_but_for_the_period (const DureNetworkFilter *old, const DureNetworkFilter *new)
{
  g_autoptr (DureNetworkFilter) copy = dure_network_filter_copy (old);

  copy->from = new->from;
  copy->to = new->to;
  return dure_network_filter_equal (copy, new);
}

/**
 * dure_network_model_set_view:
 * @self: a model
 * @view: what to show and how; copied
 *
 * Reads anew only if more than colours and sizes are others.
 */
void
dure_network_model_set_view (DureNetworkModel *self, const DureNetworkView *view)
{
  DureNetworkView *copy;
  gboolean         anew;
  gboolean         regroup;

  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  copy = dure_network_view_copy (view);
  regroup = self->view->group != view->group && self->picture != NULL;
  self->months_stale |= !is_same_but_for_the_period (self->view->filter, view->filter);
  anew = !dure_network_filter_equal (self->view->filter, view->filter) || self->view->picture != view->picture
         || self->view->reading != view->reading
         || (view->picture == DURE_PICTURE_GROUP && self->view->group != view->group)
         || (view->picture == DURE_PICTURE_CONCENTRIC && self->view->size != view->size);
  dure_network_view_free (self->view);
  self->view = copy;
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
  if (anew)
    start_anew (self);
  else if (regroup && self->cancellable == NULL)
    measure (self);
}

/**
 * dure_network_model_set_filter:
 * @self: a model
 * @filter: which agencies and ties to show; copied
 */
void
dure_network_model_set_filter (DureNetworkModel *self, const DureNetworkFilter *filter)
{
  g_autoptr (DureNetworkView) view = NULL;

  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  view = dure_network_view_copy (self->view);
  dure_network_filter_free (view->filter);
  view->filter = dure_network_filter_copy (filter);
  dure_network_model_set_view (self, view);
}

/**
 * dure_network_model_set_discreet:
 * @self: a model
 * @discreet: whether persons are shown without their names
 */
void
dure_network_model_set_discreet (DureNetworkModel *self, gboolean discreet)
{
  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  if (self->discreet == discreet)
    return;
  self->discreet = discreet;
  if (self->view->picture == DURE_PICTURE_COUNCIL)
    start_anew (self);
}

/**
 * dure_network_model_compare:
 * @self: a model
 * @first: (nullable): the earlier period; %NULL to show one period again
 * @second: (nullable): the later one
 *
 * Shows whoever and whatever is in either period.
 */
void
dure_network_model_compare (DureNetworkModel *self, const DureDaySpan *first, const DureDaySpan *second)
{
  gboolean comparing = first != NULL && second != NULL;

  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  if (!comparing && !self->comparing)
    return;
  if (comparing && self->comparing && memcmp (&self->spans[0], first, sizeof *first) == 0
      && memcmp (&self->spans[1], second, sizeof *second) == 0)
    return;
  self->comparing = comparing;
  if (comparing)
    {
      self->spans[0] = *first;
      self->spans[1] = *second;
    }
  start_anew (self);
}

/**
 * dure_network_model_set_saved:
 * @self: a model
 * @id: (nullable): id of the saved view to show; %NULL for the common picture
 * @view: what it keeps; copied
 */
void
dure_network_model_set_saved (DureNetworkModel *self, const char *id, const DureNetworkView *view)
{
  g_return_if_fail (DURE_IS_NETWORK_MODEL (self));

  g_free (self->saved);
  self->saved = g_strdup (id);
  dure_network_view_free (self->view);
  self->view = dure_network_view_copy (view);
  self->months_stale = TRUE;
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
  start_anew (self);
}
