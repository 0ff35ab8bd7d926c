/* dure-meeting-reading.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-reading.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"
#include "domain/dure-event.h"
#include "domain/dure-network-what-if.h"

/* --- before the meeting --- */

/**
 * dure_meeting_introduction_title:
 *
 * Returns: (transfer full): what an action is called that introduces the two
 */
char *
dure_meeting_introduction_title (const char *one, const char *two)
{
  /* Translators: an action: to introduce two agencies to each other. */
  return g_strdup_printf (_ ("Introduce %1$s and %2$s"), one, two);
}

void
dure_meeting_reading_free (DureMeetingReading *self)
{
  if (self == NULL)
    return;
  dure_briefing_free (self->briefing);
  g_clear_pointer (&self->actions, g_hash_table_unref);
  g_free (self->host);
  g_strfreev (self->declined);
  dure_network_unref (self->picture);
  g_free (self->tie_change);
  g_clear_pointer (&self->sentences, g_ptr_array_unref);
  dure_network_places_free (self->places);
  g_free (self);
}

static gboolean
read_event (DureMeetingReading *self, DureStore *store, const char *id, GError **error)
{
  g_autoptr (DureRecord) event = dure_store_get (store, DURE_ENTITY_EVENT, id, error);
  g_autoptr (GPtrArray) actions = event != NULL ? dure_event_records (store, DURE_ENTITY_ACTION, id, error) : NULL;
  g_autofree char *now = dure_now_local ();

  if (actions == NULL)
    return FALSE;
  self->host = g_strdup (dure_record_get (event, DURE_EVENT_HOST));
  self->over = g_strcmp0 (dure_record_get (event, DURE_EVENT_STATE), "held") == 0
               || g_strcmp0 (dure_record_get (event, DURE_EVENT_END), now) < 0;
  self->actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < actions->len; i++)
    {
      DureRecord *action = g_ptr_array_index (actions, i);
      const char *title = dure_record_get (action, DURE_ACTION_TITLE);

      if (title != NULL && g_strcmp0 (dure_record_get (action, DURE_ACTION_STATE), "dropped") != 0)
        g_hash_table_add (self->actions, g_strdup (title));
    }
  return TRUE;
}

static void
find_declined (DureMeetingReading *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->briefing->bodies->len; i++)
    {
      const DureBriefingBody *body = g_ptr_array_index (self->briefing->bodies, i);

      if (g_strcmp0 (body->reply, "no") == 0)
        g_strv_builder_add (ids, body->id);
    }
  self->declined = g_strv_builder_end (ids);
}

/* Places of the agencies of @network where they stand in @other; agencies that are not there stand at the origin. */
static DureNetworkPlaces *
take_places (const DureNetwork *network, const DureNetwork *other, const DureNetworkPlaces *places)
{
  DureNetworkPlaces *taken = g_new0 (DureNetworkPlaces, 1);

  taken->n = network->n_nodes;
  taken->points = g_new0 (DurePoint, (gsize)network->n_nodes + 1);
  taken->base = g_new0 (DurePoint, (gsize)network->n_nodes + 1);
  taken->pinned = g_new0 (gboolean, (gsize)network->n_nodes + 1);
  for (guint v = 0; v < network->n_nodes; v++)
    {
      guint w;

      if (!dure_network_find (other, network->nodes[v].id, &w))
        continue;
      taken->points[v] = places->points[w];
      taken->base[v] = places->base[w];
      taken->pinned[v] = places->pinned[w];
    }
  return taken;
}

/* How the room would differ, in one sentence before those of the whole network. */
static char *
room_sentence (const DureBriefing *before, const DureBriefing *after)
{
  const guint parts[] = { before->before->components->len, after->before->components->len };
  const guint alone[] = { before->before->no_tie->len + before->before->none_in_room->len,
                          after->before->no_tie->len + after->before->none_in_room->len };

  if (parts[0] == parts[1] && alone[0] == alone[1])
    return g_strdup_printf (_ ("The room stays as it is: %1$u parts, %2$u agencies without a tie in it."), parts[0],
                            alone[0]);
  return g_strdup_printf (_ ("Parts of the room: %1$u → %2$u. Without a tie in the room: %3$u → %4$u."), parts[0],
                          parts[1], alone[0], alone[1]);
}

static DureNetworkWhatIf *
suppose (DureNetwork *network, const DureMeetingTrial *trial, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) without = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) with = g_array_new (FALSE, FALSE, sizeof (DureNodePair));

  for (guint i = 0; i < trial->absent->len; i++)
    {
      guint v;

      if (dure_network_find (network, g_ptr_array_index (trial->absent, i), &v))
        g_array_append_val (without, v);
    }
  for (guint i = 0; i + 1 < trial->ties->len; i += 2)
    {
      DureNodePair pair;

      if (dure_network_find (network, g_ptr_array_index (trial->ties, i), &pair.a)
          && dure_network_find (network, g_ptr_array_index (trial->ties, i + 1), &pair.b))
        g_array_append_val (with, pair);
    }
  return dure_network_what_if (network, (const guint *)(gpointer)without->data, without->len,
                               (const DureNodePair *)(gpointer)with->data, with->len, cancellable, error);
}

static gboolean
read_trial (DureMeetingReading      *self,
            DureStore               *store,
            const char              *event,
            DureNetwork             *network,
            const DureNetworkPlaces *places,
            const DureMeetingTrial  *trial,
            GCancellable            *cancellable,
            GError                 **error)
{
  g_autoptr (DureNetworkWhatIf) what_if = suppose (network, trial, cancellable, error);
  g_autoptr (DureNetworkComparison) both = NULL;
  g_autoptr (GPtrArray) absent = NULL;
  DureBriefing *briefing;

  if (what_if == NULL)
    return FALSE;
  absent = g_ptr_array_copy (trial->absent, NULL, NULL);
  g_ptr_array_set_free_func (absent, NULL);
  g_ptr_array_add (absent, NULL);
  briefing
      = dure_briefing_new_of (store, event, what_if->network, (const char *const *)absent->pdata, cancellable, error);
  if (briefing == NULL)
    return FALSE;
  both = dure_network_compare (network, what_if->network);
  self->picture = dure_network_ref (both->network);
  self->tie_change = g_memdup2 (both->tie_change, (gsize)both->network->n_ties + 1);
  self->places = take_places (self->picture, network, places);
  self->sentences = dure_network_what_if_sentences (what_if);
  g_ptr_array_insert (self->sentences, 0, room_sentence (self->briefing, briefing));
  dure_briefing_free (self->briefing);
  self->briefing = briefing;
  return TRUE;
}

static DureNetwork *
read_network (DureStore *store, const char *id, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureRecord) event = dure_store_get (store, DURE_ENTITY_EVENT, id, error);
  g_autoptr (DureNetworkFilter) filter = NULL;
  const char *start = event != NULL ? dure_record_get (event, DURE_EVENT_START) : NULL;
  const int   day = start != NULL ? dure_day (start) : DURE_NO_DAY;

  if (event == NULL)
    return NULL;
  filter = dure_briefing_filter (day != DURE_NO_DAY ? day : dure_day_today ());
  return dure_network_build (store, filter, cancellable, error);
}

/**
 * dure_meeting_reading_new:
 * @store: read only is enough
 * @event: id of an event
 * @network: (nullable): all agencies, as they are; %NULL to read them here
 * @places: (nullable): where they stand; lists can be read before a picture is there
 * @trial: (nullable): what is supposed; only with @network and @places
 *
 * Returns: (transfer full): what to show
 */
DureMeetingReading *
dure_meeting_reading_new (DureStore               *store,
                          const char              *event,
                          DureNetwork             *network,
                          const DureNetworkPlaces *places,
                          const DureMeetingTrial  *trial,
                          GCancellable            *cancellable,
                          GError                 **error)
{
  g_autoptr (DureMeetingReading) self = g_new0 (DureMeetingReading, 1);
  g_autoptr (DureNetwork) own = NULL;

  if (!read_event (self, store, event, error))
    return NULL;
  own = network == NULL ? read_network (store, event, cancellable, error) : dure_network_ref (network);
  self->briefing = own != NULL ? dure_briefing_new_of (store, event, own, NULL, cancellable, error) : NULL;
  if (self->briefing == NULL)
    return NULL;
  find_declined (self);
  if (network != NULL && trial != NULL && !dure_meeting_trial_is_empty (trial))
    return read_trial (self, store, event, network, places, trial, cancellable, error) ? g_steal_pointer (&self) : NULL;
  self->picture = g_steal_pointer (&own);
  self->places = places != NULL ? dure_network_places_copy (places) : NULL;
  return g_steal_pointer (&self);
}

/* --- after the meeting --- */

void
dure_meeting_change_free (DureMeetingChange *self)
{
  if (self == NULL)
    return;
  dure_network_comparison_free (self->comparison);
  dure_network_places_free (self->before_places);
  dure_network_places_free (self->after_places);
  g_free (self->before_change);
  g_free (self->after_change);
  g_free (self->before_text);
  g_free (self->after_text);
  g_strfreev (self->room);
  g_free (self);
}

/* What became of the ties of one of the two networks. */
static guint8 *
changes_of (const DureNetworkComparison *both, const DureNetwork *network, guint8 wanted)
{
  guint8 *change = g_new0 (guint8, (gsize)network->n_ties + 1);

  for (guint t = 0; t < both->network->n_ties; t++)
    {
      const DureNetworkTie *tie = &both->network->ties[t];
      guint                 a, b, found;

      if (both->tie_change[t] == wanted && dure_network_find (network, both->network->nodes[tie->from].id, &a)
          && dure_network_find (network, both->network->nodes[tie->to].id, &b)
          && dure_graph_find_tie (network->graph, a, b, &found))
        change[found] = wanted;
    }
  return change;
}

/* "2025. 1. 1.(수) – 2025. 6. 25.(수)", never later than today. */
static char *
span_text (DureDaySpan span)
{
  g_autofree char *from = dure_day_to_date (span.from);
  g_autofree char *to = dure_day_to_date (MIN (span.to, MAX (dure_day_today (), span.from)));
  g_autofree char *first = dure_date_format_official (from);
  g_autofree char *last = dure_date_format_official (to);

  return g_strdup_printf ("%s – %s", first, last);
}

/**
 * dure_meeting_change_new:
 * @store: read only is enough
 * @event: id of an event
 * @error: %DURE_ERROR_INVALID when the event has no day
 *
 * Returns: (transfer full): the network before the event and the one since, every agency at the same place in both
 */
DureMeetingChange *
dure_meeting_change_new (DureStore *store, const char *event, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureMeetingChange) self = g_new0 (DureMeetingChange, 1);
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (DureNetworkPlaces) places = NULL;
  g_autoptr (DureBriefing) briefing = NULL;
  g_autofree char             *before = NULL;
  g_autofree char             *after = NULL;
  const DureNetworkComparison *both;
  DureDaySpan                  first, second;

  if (!dure_network_meeting_spans (store, event, &first, &second, error))
    return NULL;
  self->comparison = dure_network_compare_periods (store, filter, first, second, cancellable, error);
  if (self->comparison == NULL)
    return NULL;
  both = self->comparison;
  briefing = dure_briefing_new_of (store, event, both->network, NULL, cancellable, error);
  if (briefing == NULL)
    return NULL;
  places = dure_network_places_new (store, both->network, NULL, NULL, NULL, cancellable, error);
  if (places == NULL)
    return NULL;
  self->room = g_strdupv (briefing->room);
  self->before_places = take_places (both->before_network, both->network, places);
  self->after_places = take_places (both->after_network, both->network, places);
  self->before_change = changes_of (both, both->before_network, DURE_CHANGE_LOST);
  self->after_change = changes_of (both, both->after_network, DURE_CHANGE_NEW);
  before = span_text (first);
  after = span_text (second);
  /* Translators: the days of a period. */
  self->before_text = g_strdup_printf (_ ("Before: %s"), before);
  self->after_text = g_strdup_printf (_ ("Since: %s"), after);
  return g_steal_pointer (&self);
}
