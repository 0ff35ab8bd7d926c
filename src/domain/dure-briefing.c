/* dure-briefing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-briefing.h"

#include <string.h>

#include "base/dure-date.h"
#include "base/dure-text.h"
#include "domain/dure-briefing-private.h"
#include "domain/dure-network-places.h"

#define DAYS_BEFORE 365 /* how far back referrals count for a meeting that is over */

static void
body_free (gpointer pointer)
{
  DureBriefingBody *self = pointer;

  g_free (self->id);
  g_free (self->name);
  g_free (self->label);
  g_free (self->reply);
  g_free (self);
}

static void
part_free (gpointer pointer)
{
  DureBriefingPart *self = pointer;

  g_free (self->title);
  g_free (self->time);
  g_free (self->text);
  g_free (self->who);
  g_strfreev (self->items);
  g_free (self);
}

static void
meeting_free (gpointer pointer)
{
  DureBriefingMeeting *self = pointer;

  g_free (self->id);
  g_free (self->title);
  g_free (self);
}

/** dure_briefing_free: @self: (nullable) (transfer full): a briefing */
void
dure_briefing_free (DureBriefing *self)
{
  if (self == NULL)
    return;
  g_free (self->event_id);
  g_free (self->title);
  g_free (self->kind);
  g_free (self->when);
  g_free (self->venue);
  g_free (self->host);
  g_free (self->lecturers);
  g_free (self->purpose);
  g_free (self->keywords);
  g_clear_pointer (&self->bodies, g_ptr_array_unref);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->network, dure_network_unref);
  g_free (self->places);
  g_clear_pointer (&self->before, dure_before_meeting_free);
  g_strfreev (self->room);
  g_clear_pointer (&self->meetings, g_ptr_array_unref);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_free (self->coverage);
  g_free (self);
}

/**
 * dure_briefing_list:
 *
 * Returns: (transfer none): the list of that topic; it may hold no items, its sentence says so then
 */
const DureBriefingList *
dure_briefing_list (const DureBriefing *self, DureBriefingTopic topic)
{
  for (guint i = 0; i < self->lists->len; i++)
    if (((DureBriefingList *)g_ptr_array_index (self->lists, i))->topic == topic)
      return g_ptr_array_index (self->lists, i);
  g_return_val_if_reached (NULL);
}

static char *
title_or_empty (DureStore *store, DureEntityId entity, const char *id)
{
  char *title = id == NULL ? NULL : dure_store_title (store, entity, id);

  return title != NULL ? title : g_strdup ("");
}

static char *
copy_or_empty (DureRecord *record, guint field)
{
  const char *value = dure_record_get (record, field);

  return g_strdup (value != NULL ? value : "");
}

/* "name position": a person as a programme shows them. */
static char *
person_line (DureStore *store, const char *id)
{
  g_autoptr (DureRecord) person = id == NULL ? NULL : dure_store_get (store, DURE_ENTITY_PERSON, id, NULL);
  const char *position;

  if (person == NULL)
    return g_strdup ("");
  position = dure_record_get (person, DURE_PERSON_POSITION);
  return position == NULL ? copy_or_empty (person, DURE_PERSON_NAME)
                          : g_strdup_printf ("%s(%s)", dure_record_get (person, DURE_PERSON_NAME), position);
}

static int
certainty (const char *reply)
{
  static const char *const order[] = { "none", "maybe", "no", "proxy", "yes" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (g_strcmp0 (reply, order[i]) == 0)
      return (int)i;
  return 0;
}

static int
compare_bodies (gconstpointer a, gconstpointer b)
{
  const DureBriefingBody *x = *(DureBriefingBody *const *)a;
  const DureBriefingBody *y = *(DureBriefingBody *const *)b;
  g_autofree char        *kx = NULL;
  g_autofree char        *ky = NULL;

  if (x->is_private != y->is_private)
    return x->is_private ? 1 : -1;
  kx = dure_text_sort_key (x->name);
  ky = dure_text_sort_key (y->name);
  return strcmp (kx, ky);
}

static DureBriefingBody *
body_new (DureStore *store, const char *id)
{
  g_autoptr (DureRecord) agency = dure_store_get (store, DURE_ENTITY_AGENCY, id, NULL);
  DureBriefingBody *body;
  const char       *label;

  if (agency == NULL || dure_record_get_deleted (agency))
    return NULL;
  body = g_new0 (DureBriefingBody, 1);
  label = dure_record_get (agency, DURE_AGENCY_MAP_LABEL);
  body->id = g_strdup (id);
  body->name = copy_or_empty (agency, DURE_AGENCY_NAME);
  body->label = label != NULL ? g_strdup (label) : g_strdup (body->name);
  body->is_private = g_strcmp0 (dure_record_get (agency, DURE_AGENCY_SECTOR), "private") == 0;
  body->reply = g_strdup ("none");
  return body;
}

static gboolean
gather_bodies (DureBriefing *self, DureStore *store, const char *const *absent, GError **error)
{
  g_autoptr (GPtrArray) all = dure_event_records (store, DURE_ENTITY_PARTICIPATION, self->event_id, error);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GStrvBuilder) room = g_strv_builder_new ();

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      DureRecord       *participation = g_ptr_array_index (all, i);
      const char       *reply = dure_record_get (participation, DURE_PARTICIPATION_REPLY);
      g_autofree char  *id = NULL;
      DureBriefingBody *body;

      if (g_strcmp0 (dure_record_get (participation, DURE_PARTICIPATION_ROLE), "lecturer") == 0)
        continue;
      self->n_people += dure_record_get (participation, DURE_PARTICIPATION_PERSON) != NULL;
      id = dure_event_participant_agency (store, participation);
      if (id == NULL || (absent != NULL && g_strv_contains (absent, id)))
        continue;
      body = g_hash_table_lookup (by_id, id);
      if (body == NULL)
        {
          body = body_new (store, id);
          if (body == NULL)
            continue;
          g_hash_table_insert (by_id, body->id, body);
          g_ptr_array_add (self->bodies, body);
        }
      if (reply != NULL && certainty (reply) > certainty (body->reply))
        {
          g_free (body->reply);
          body->reply = g_strdup (reply);
        }
    }
  g_ptr_array_sort (self->bodies, compare_bodies);
  for (guint i = 0; i < self->bodies->len; i++)
    {
      const DureBriefingBody *body = g_ptr_array_index (self->bodies, i);

      g_strv_builder_add (room, body->id);
      self->n_public += !body->is_private;
      self->n_yes += certainty (body->reply) >= 3;
      self->n_no += certainty (body->reply) == 2;
      self->n_none += certainty (body->reply) < 2;
    }
  self->room = g_strv_builder_end (room);
  return TRUE;
}

static char *
part_time (DureRecord *part)
{
  int day, minute, minutes;

  if (dure_record_get (part, DURE_PART_START) == NULL
      || !dure_time_split (dure_record_get (part, DURE_PART_START), &day, &minute))
    return g_strdup ("");
  minutes = minute + (int)dure_record_get_int (part, DURE_PART_MINUTES);
  return g_strdup_printf ("%02d:%02d~%02d:%02d", minute / 60, minute % 60, minutes / 60 % 24, minutes % 60);
}

static gboolean
gather_parts (DureBriefing *self, DureStore *store, GError **error)
{
  g_autoptr (GPtrArray) parts = dure_event_records (store, DURE_ENTITY_PART, self->event_id, error);
  g_autoptr (GPtrArray) items
      = parts == NULL ? NULL : dure_event_records (store, DURE_ENTITY_AGENDA_ITEM, self->event_id, error);
  g_autoptr (GString) lecturers = g_string_new (NULL);

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      DureRecord       *record = g_ptr_array_index (parts, i);
      DureBriefingPart *part = g_new0 (DureBriefingPart, 1);
      g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();

      part->title = copy_or_empty (record, DURE_PART_TITLE);
      part->time = part_time (record);
      part->text = copy_or_empty (record, DURE_PART_SUMMARY);
      part->who = person_line (store, dure_record_get (record, DURE_PART_LECTURER));
      for (guint j = 0; j < items->len; j++)
        if (g_strcmp0 (dure_record_get (g_ptr_array_index (items, j), DURE_AGENDA_ITEM_PART),
                       dure_record_get_id (record))
            == 0)
          g_strv_builder_add (titles, dure_record_get (g_ptr_array_index (items, j), DURE_AGENDA_ITEM_TITLE));
      part->items = g_strv_builder_end (titles);
      if (*part->who != '\0' && strstr (lecturers->str, part->who) == NULL)
        g_string_append_printf (lecturers, "%s%s", lecturers->len > 0 ? ", " : "", part->who);
      g_ptr_array_add (self->parts, part);
    }
  self->lecturers = g_strdup (lecturers->str);
  return TRUE;
}

/* Paper shows the common picture of the screen as soon as somebody has arranged it by hand. */
static gboolean
gather_places (DureBriefing *self, DureStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureNetworkPlaces) places = NULL;
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_POSITION);
  gint64 n;

  dure_query_where (query, DURE_POSITION_VIEW, DURE_IS_EMPTY, NULL);
  dure_query_where (query, DURE_POSITION_PINNED, DURE_EQUAL, "1");
  n = dure_store_count (store, query, error);
  if (n <= 0 || self->network->n_nodes == 0)
    return n >= 0;
  places = dure_network_places_new (store, self->network, NULL, NULL, NULL, cancellable, error);
  if (places == NULL)
    return FALSE;
  self->places = g_steal_pointer (&places->points);
  return TRUE;
}

/**
 * dure_briefing_filter:
 * @day: of the meeting
 *
 * A meeting to come is seen as things stand today; one that is over as they stood then.
 *
 * Returns: (transfer full): what of the network is read for it
 */
DureNetworkFilter *
dure_briefing_filter (int day)
{
  DureNetworkFilter *filter = dure_network_filter_new ();

  if (day < dure_day_today ())
    {
      filter->from = day - DAYS_BEFORE;
      filter->to = day;
    }
  return filter;
}

static gboolean
gather_network (DureBriefing *self, DureStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureNetworkFilter) filter = dure_briefing_filter (self->day);

  self->network = dure_network_build (store, filter, cancellable, error);
  if (self->network == NULL)
    return FALSE;
  return gather_places (self, store, cancellable, error);
}

/* The network tells bodies of one name apart. */
static void
take_labels (DureBriefing *self)
{
  for (guint b = 0; b < self->bodies->len; b++)
    {
      DureBriefingBody *body = g_ptr_array_index (self->bodies, b);
      guint             node;

      if (!dure_network_find (self->network, body->id, &node))
        continue;
      g_free (body->label);
      body->label = g_strdup (self->network->nodes[node].label);
    }
}

static DureBriefing *
briefing_new (DureRecord *event, DureStore *store)
{
  DureBriefing    *self = g_new0 (DureBriefing, 1);
  const DureField *kind = dure_entity_field (dure_entity (DURE_ENTITY_EVENT), DURE_EVENT_KIND);
  const char      *start = dure_record_get (event, DURE_EVENT_START);

  self->event_id = g_strdup (dure_record_get_id (event));
  self->title = copy_or_empty (event, DURE_EVENT_TITLE);
  self->kind = dure_field_format (kind, dure_record_get (event, DURE_EVENT_KIND));
  self->when = dure_time_format_range (start, dure_record_get (event, DURE_EVENT_END));
  self->venue = title_or_empty (store, DURE_ENTITY_VENUE, dure_record_get (event, DURE_EVENT_VENUE));
  self->host = title_or_empty (store, DURE_ENTITY_AGENCY, dure_record_get (event, DURE_EVENT_HOST));
  self->purpose = copy_or_empty (event, DURE_EVENT_PURPOSE);
  self->keywords = copy_or_empty (event, DURE_EVENT_KEYWORDS);
  self->day = start == NULL || dure_day (start) == DURE_NO_DAY ? dure_day_today () : dure_day (start);
  self->bodies = g_ptr_array_new_with_free_func (body_free);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->lists = g_ptr_array_new_with_free_func (dure_briefing_list_free);
  self->meetings = g_ptr_array_new_with_free_func (meeting_free);
  return self;
}

/**
 * dure_briefing_new_of:
 * @store: read only is enough
 * @event_id: an event
 * @network: (nullable): all agencies, as they are or as they would be; %NULL to read them here, with their places
 * @absent: (array zero-terminated=1) (nullable): ids of agencies that count as not invited
 * @error: %DURE_ERROR_NOT_FOUND when there is no such event
 *
 * Returns: (transfer full): everything for the page
 */
DureBriefing *
dure_briefing_new_of (DureStore         *store,
                      const char        *event_id,
                      DureNetwork       *network,
                      const char *const *absent,
                      GCancellable      *cancellable,
                      GError           **error)
{
  g_autoptr (DureBriefing) self = NULL;
  g_autoptr (DureRecord) event = NULL;

  g_return_val_if_fail (DURE_IS_STORE (store) && event_id != NULL, NULL);
  event = dure_store_get (store, DURE_ENTITY_EVENT, event_id, error);
  if (event == NULL)
    return NULL;
  self = briefing_new (event, store);
  if (!gather_bodies (self, store, absent, error) || !gather_parts (self, store, error))
    return NULL;
  if (network != NULL)
    self->network = dure_network_ref (network);
  else if (!gather_network (self, store, cancellable, error))
    return NULL;
  take_labels (self);
  self->before = dure_network_before_meeting (self->network, (const char *const *)self->room);
  self->coverage = dure_network_coverage (self->network);
  return dure_briefing_make_lists (self, store, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * dure_briefing_new:
 * @store: read only is enough
 * @event_id: an event
 * @error: %DURE_ERROR_NOT_FOUND when there is no such event
 *
 * Returns: (transfer full): everything for the page
 */
DureBriefing *
dure_briefing_new (DureStore *store, const char *event_id, GCancellable *cancellable, GError **error)
{
  return dure_briefing_new_of (store, event_id, NULL, NULL, cancellable, error);
}
