/* dure-today.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-today.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-hangul.h"
#include "domain/dure-privacy.h"

#define DAYS_OF_EVENTS 60
#define DAYS_OF_ACTIONS 31
#define DAYS_OF_TERMS 60
#define MOST_EVENTS 12

G_DEFINE_BOXED_TYPE (DureToday, dure_today, dure_today_ref, dure_today_unref)

static void
readiness_free (gpointer pointer)
{
  DureReadiness *self = pointer;

  g_free (self->label);
  g_free (self);
}

static void
event_free (gpointer pointer)
{
  DureTodayEvent *self = pointer;

  g_free (self->id);
  g_free (self->title);
  g_free (self->kind);
  g_free (self->start);
  g_free (self->end);
  g_free (self->venue);
  g_clear_pointer (&self->ready, g_ptr_array_unref);
  g_free (self->warning);
  g_free (self);
}

static void
item_free (gpointer pointer)
{
  DureTodayItem *self = pointer;

  g_free (self->id);
  g_free (self->title);
  g_free (self->detail);
  g_free (self);
}

static void
today_clear (gpointer pointer)
{
  DureToday *self = pointer;

  g_free (self->sentence);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_clear_pointer (&self->agreements, g_ptr_array_unref);
}

/** dure_today_ref: Returns: (transfer full): the same, from any thread */
DureToday *
dure_today_ref (DureToday *self)
{
  return g_atomic_rc_box_acquire (self);
}

/** dure_today_unref: */
void
dure_today_unref (DureToday *self)
{
  g_atomic_rc_box_release_full (self, today_clear);
}

static void
add_ready (GPtrArray *ready, DureReady what, gboolean done, gboolean late, char *label)
{
  DureReadiness *item = g_new0 (DureReadiness, 1);

  item->what = what;
  item->done = done;
  item->late = !done && late;
  item->label = label;
  g_ptr_array_add (ready, item);
}

/**
 * dure_event_readiness:
 * @replies: (out caller-allocates)
 *
 * Returns: (transfer full) (element-type DureReadiness): what the event needs, in the order of the work; without a
 * lecturer where no part is a training
 */
GPtrArray *
dure_event_readiness (DureStore *store, DureRecord *event, DureReplies *replies, GError **error)
{
  const char *id = dure_record_get_id (event);
  const char *start = dure_record_get (event, DURE_EVENT_START);
  const int   day = start == NULL ? DURE_NO_DAY : dure_day (start);
  const int   today = dure_day_today ();
  const char *mode = dure_record_get (event, DURE_EVENT_MODE);
  gboolean    needs_venue = g_strcmp0 (mode, "written") != 0 && g_strcmp0 (mode, "video") != 0;
  g_autoptr (GPtrArray) parts = dure_event_records (store, DURE_ENTITY_PART, id, error);
  g_autoptr (GPtrArray) ready = NULL;
  guint n_training = 0, n_lecturers = 0;

  if (parts == NULL || !dure_event_count_replies (store, id, replies, error))
    return NULL;
  for (guint i = 0; i < parts->len; i++)
    if (g_strcmp0 (dure_record_get (g_ptr_array_index (parts, i), DURE_PART_KIND), "training") == 0)
      {
        n_training++;
        n_lecturers += dure_record_get (g_ptr_array_index (parts, i), DURE_PART_LECTURER) != NULL;
      }
  ready = g_ptr_array_new_with_free_func (readiness_free);
  if (needs_venue)
    add_ready (ready, DURE_READY_VENUE, dure_record_get (event, DURE_EVENT_VENUE) != NULL, day - today <= 7,
               g_strdup (_ ("Venue")));
  add_ready (ready, DURE_READY_PROGRAMME, parts->len > 0, day - today <= 7, g_strdup (_ ("Programme")));
  if (n_training > 0)
    add_ready (ready, DURE_READY_LECTURER, n_lecturers == n_training, day - today <= 14, g_strdup (_ ("Lecturer")));
  add_ready (ready, DURE_READY_NOTICE, dure_record_get (event, DURE_EVENT_NOTICE_SENT) != NULL,
             day != DURE_NO_DAY && today > dure_event_notice_day (store, event), g_strdup (_ ("Notice")));
  add_ready (ready, DURE_READY_REPLIES, replies->invited > 0 && replies->none == 0, day - today <= 2,
             replies->invited == 0
                 ? g_strdup (_ ("Nobody invited"))
                 : g_strdup_printf (_ ("Replies %u/%u"), replies->invited - replies->none, replies->invited));
  return g_steal_pointer (&ready);
}

static gboolean
add_event (DureToday *self, DureStore *store, DureRecord *event, int day, GError **error)
{
  DureTodayEvent *item;
  const char     *start = dure_record_get (event, DURE_EVENT_START);
  const char     *end = dure_record_get (event, DURE_EVENT_END);
  int             first, first_end, minute, end_minute;

  if (!dure_time_split (start, &first, &minute))
    return TRUE;
  if (end == NULL || !dure_time_split (end, &first_end, &end_minute))
    {
      first_end = first;
      end_minute = minute;
    }
  item = g_new0 (DureTodayEvent, 1);
  g_ptr_array_add (self->events, item);
  item->id = g_strdup (dure_record_get_id (event));
  item->title = g_strdup (dure_record_get (event, DURE_EVENT_TITLE));
  item->kind = g_strdup (dure_record_get (event, DURE_EVENT_KIND));
  item->start = dure_time_join (day, minute);
  item->end = dure_time_join (day + first_end - first, end_minute);
  item->day = day;
  if (dure_record_get (event, DURE_EVENT_VENUE) != NULL)
    item->venue = dure_store_title (store, DURE_ENTITY_VENUE, dure_record_get (event, DURE_EVENT_VENUE));
  item->ready = dure_event_readiness (store, event, &item->replies, error);
  if (item->ready == NULL)
    return FALSE;
  item->warning = dure_event_notice_warning (store, event);
  return TRUE;
}

typedef struct
{
  DureRecord *event;
  int         day;
  const char *start;
} Coming;

static int
compare_coming (gconstpointer a, gconstpointer b)
{
  const Coming *x = a;
  const Coming *y = b;

  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return g_strcmp0 (strchr (x->start, 'T'), strchr (y->start, 'T'));
}

static gpointer
ref_record (gconstpointer record, gpointer unused)
{
  return g_object_ref ((gpointer) record);
}

/* Events that begin before @until and are repeated, or are not over at @now: years of past events are not read. */
static GPtrArray *
list_events (DureStore *store, const char *now, const char *until, GError **error)
{
  g_autoptr (DureQuery) repeated = dure_query_new (DURE_ENTITY_EVENT);
  g_autoptr (DureQuery) single = dure_query_new (DURE_ENTITY_EVENT);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) more = NULL;

  dure_query_where (repeated, DURE_EVENT_REPEAT, DURE_IS_SET, NULL);
  dure_query_where (repeated, DURE_EVENT_START, DURE_LESS, until);
  dure_query_where (single, DURE_EVENT_REPEAT, DURE_IS_EMPTY, NULL);
  dure_query_where (single, DURE_EVENT_START, DURE_LESS, until);
  dure_query_where (single, DURE_EVENT_END, DURE_AT_LEAST, now);
  all = dure_store_list (store, repeated, error);
  more = all != NULL ? dure_store_list (store, single, error) : NULL;
  if (more == NULL)
    return NULL;
  g_ptr_array_extend (all, more, ref_record, NULL);
  return g_steal_pointer (&all);
}

/* An occurrence of a repeated event that is over. */
static gboolean
is_over (DureRecord *event, int day, const char *now)
{
  int              first, last, minute;
  g_autofree char *end = NULL;

  if (!dure_time_split (dure_record_get (event, DURE_EVENT_START), &first, NULL)
      || !dure_time_split (dure_record_get (event, DURE_EVENT_END), &last, &minute))
    return FALSE;
  end = dure_time_join (day + last - first, minute);
  return g_strcmp0 (end, now) < 0;
}

static gboolean
gather_events (DureToday *self, DureStore *store, GError **error)
{
  g_autofree char *now = dure_now_local ();
  g_autofree char *until = dure_day_to_date (self->today + DAYS_OF_EVENTS + 1);
  g_autoptr (GPtrArray) all = list_events (store, now, until, error);
  g_autoptr (GArray) coming = g_array_new (FALSE, FALSE, sizeof (Coming));

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      DureRecord *event = g_ptr_array_index (all, i);
      const char *state = dure_record_get (event, DURE_EVENT_STATE);
      const char *repeat = dure_record_get (event, DURE_EVENT_REPEAT);
      const char *end = dure_record_get (event, DURE_EVENT_END);
      g_autoptr (GArray) days = NULL;

      if (dure_record_get (event, DURE_EVENT_START) == NULL || g_strcmp0 (state, "called-off") == 0)
        continue;
      if (repeat == NULL && (g_strcmp0 (state, "held") == 0 || g_strcmp0 (end, now) < 0))
        continue;
      days = dure_event_days (event, repeat == NULL ? G_MININT + 1 : self->today, self->today + DAYS_OF_EVENTS, NULL);
      for (guint j = 0; days != NULL && j < days->len; j++)
        {
          const Coming one = { event, g_array_index (days, int, j), dure_record_get (event, DURE_EVENT_START) };

          if (repeat == NULL || !is_over (event, one.day, now))
            g_array_append_val (coming, one);
        }
    }
  g_array_sort (coming, compare_coming);
  for (guint i = 0; i < MIN (coming->len, MOST_EVENTS); i++)
    if (!add_event (self, store, g_array_index (coming, Coming, i).event, g_array_index (coming, Coming, i).day, error))
      return FALSE;
  return TRUE;
}

static DureTodayItem *
add_item (GPtrArray *items, DureRecord *record, int day, int today, char *title, char *detail)
{
  DureTodayItem *item = g_new0 (DureTodayItem, 1);

  item->entity = dure_record_get_entity (record)->id;
  item->id = g_strdup (dure_record_get_id (record));
  item->day = day;
  item->late = day < today;
  item->title = title;
  item->detail = detail;
  g_ptr_array_add (items, item);
  return item;
}

static gboolean
gather_actions (DureToday *self, DureStore *store, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_ACTION);
  g_autofree char *until = dure_day_to_date (self->today + DAYS_OF_ACTIONS);
  g_autoptr (GPtrArray) all = NULL;

  dure_query_where (query, DURE_ACTION_DUE, DURE_AT_MOST, until);
  dure_query_where (query, DURE_ACTION_STATE, DURE_EQUAL, "open");
  dure_query_sort (query, DURE_ACTION_DUE, FALSE);
  all = dure_store_list (store, query, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      DureRecord *action = g_ptr_array_index (all, i);
      const char *agency = dure_record_get (action, DURE_ACTION_AGENCY);

      self->n_overdue
          += add_item (self->actions, action, dure_day (dure_record_get (action, DURE_ACTION_DUE)), self->today,
                       g_strdup (dure_record_get_title (action)),
                       agency == NULL ? g_strdup ("") : dure_store_title (store, DURE_ENTITY_AGENCY, agency))
                 ->late;
    }
  return all != NULL;
}

static gboolean
gather_terms (DureToday *self, DureStore *store, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_SEAT);
  g_autofree char *from = dure_day_to_date (self->today - DAYS_OF_TERMS);
  g_autofree char *until = dure_day_to_date (self->today + DAYS_OF_TERMS);
  g_autoptr (GPtrArray) all = NULL;

  dure_query_where (query, DURE_SEAT_TERM_TO, DURE_AT_LEAST, from);
  dure_query_where (query, DURE_SEAT_TERM_TO, DURE_AT_MOST, until);
  dure_query_where (query, DURE_SEAT_ENDED_ON, DURE_IS_EMPTY, NULL);
  dure_query_sort (query, DURE_SEAT_TERM_TO, FALSE);
  all = dure_store_list (store, query, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      DureRecord *seat = g_ptr_array_index (all, i);

      add_item (self->terms, seat, dure_day (dure_record_get (seat, DURE_SEAT_TERM_TO)), self->today,
                dure_store_title (store, DURE_ENTITY_PERSON, dure_record_get (seat, DURE_SEAT_PERSON)),
                dure_store_title (store, DURE_ENTITY_BODY, dure_record_get (seat, DURE_SEAT_BODY)));
    }
  return all != NULL;
}

static gboolean
gather_agreements (DureToday *self, DureStore *store, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_TIE);
  g_autofree char *from = dure_day_to_date (self->today);
  g_autofree char *until = dure_day_to_date (self->today + DAYS_OF_TERMS);
  g_autoptr (GPtrArray) all = NULL;

  dure_query_where (query, DURE_TIE_KIND, DURE_EQUAL, "agreement");
  dure_query_where (query, DURE_TIE_UNTIL, DURE_AT_LEAST, from);
  dure_query_where (query, DURE_TIE_UNTIL, DURE_AT_MOST, until);
  dure_query_sort (query, DURE_TIE_UNTIL, FALSE);
  all = dure_store_list (store, query, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      DureRecord      *tie = g_ptr_array_index (all, i);
      g_autofree char *a = dure_store_title (store, DURE_ENTITY_AGENCY, dure_record_get (tie, DURE_TIE_FROM));
      g_autofree char *b = dure_store_title (store, DURE_ENTITY_AGENCY, dure_record_get (tie, DURE_TIE_TO));
      const char      *note = dure_record_get (tie, DURE_TIE_NOTE);

      add_item (self->agreements, tie, dure_day (dure_record_get (tie, DURE_TIE_UNTIL)), self->today,
                g_strdup_printf ("%s – %s", a != NULL ? a : "", b != NULL ? b : ""),
                g_strdup (note != NULL ? note : ""));
    }
  return all != NULL;
}

static gboolean
count (DureStore *store, DureQuery *query, guint *n, GError **error)
{
  const gint64 found = dure_store_count (store, query, error);

  dure_query_free (query);
  *n += found > 0 ? (guint)found : 0;
  return found >= 0;
}

static char *
make_sentence (DureToday *self)
{
  g_autofree char *when = NULL;
  DureTodayEvent  *next;

  if (self->n_records == 0)
    return g_strdup (_ ("The register is empty. Add the first agency, or begin with a sample."));
  if (self->events->len == 0)
    return self->n_overdue > 0
               ? g_strdup_printf (_ ("Nothing in the next %d days, %u overdue."), DAYS_OF_EVENTS, self->n_overdue)
               : g_strdup_printf (_ ("Nothing in the next %d days."), DAYS_OF_EVENTS);
  next = g_ptr_array_index (self->events, 0);
  when = dure_day_format_relative (next->day, self->today);
  if (next->replies.invited == 0)
    return g_strdup_printf (_ ("%s %s %s, nobody is invited yet."), when, strchr (next->start, 'T') + 1, next->title);
  if (next->replies.none > 0)
    return g_strdup_printf (_ ("%s %s %s, no reply from %u."), when, strchr (next->start, 'T') + 1, next->title,
                            next->replies.none);
  return g_strdup_printf (_ ("%s %s %s, all have replied."), when, strchr (next->start, 'T') + 1, next->title);
}

/**
 * dure_today_new:
 * @store: read only is enough
 *
 * Uses the clock of dure_day_today(). A few queries and one for each coming event.
 *
 * Returns: (transfer full): what the first page shows
 */
DureToday *
dure_today_new (DureStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureToday) self = g_atomic_rc_box_new0 (DureToday);
  g_autoptr (GPtrArray) expired = NULL;
  DureQuery *conflicts;

  g_return_val_if_fail (DURE_IS_STORE (store), NULL);
  self->today = dure_day_today ();
  self->events = g_ptr_array_new_with_free_func (event_free);
  self->actions = g_ptr_array_new_with_free_func (item_free);
  self->terms = g_ptr_array_new_with_free_func (item_free);
  self->agreements = g_ptr_array_new_with_free_func (item_free);
  if (!gather_events (self, store, error) || !gather_actions (self, store, error) || !gather_terms (self, store, error)
      || !gather_agreements (self, store, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  conflicts = dure_query_new (DURE_ENTITY_CONFLICT);
  dure_query_where (conflicts, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  if (!count (store, conflicts, &self->n_conflicts, error)
      || !count (store, dure_query_new (DURE_ENTITY_AGENCY), &self->n_records, error)
      || !count (store, dure_query_new (DURE_ENTITY_EVENT), &self->n_records, error))
    return NULL;
  expired = dure_privacy_expired (store, self->today, error);
  if (expired == NULL)
    return NULL;
  self->n_expired = expired->len;
  self->sentence = make_sentence (self);
  return g_steal_pointer (&self);
}
