/* dure-calendar-item.c: an event as a calendar draws it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-calendar-item.h"

#include "base/dure-date.h"
#include "domain/dure-event.h"

/* A repeated event that lasts longer is not seen in the weeks after its first. */
#define LONGEST_DAYS 14

struct _DureCalendarItem
{
  GObject parent_instance;

  DureRecord *event;
  char       *venue;
  int         first_day;
  int         last_day;
  int         start_minute;
  int         end_minute;
};

G_DEFINE_FINAL_TYPE (DureCalendarItem, dure_calendar_item, G_TYPE_OBJECT)

static void
dure_calendar_item_finalize (GObject *object)
{
  DureCalendarItem *self = DURE_CALENDAR_ITEM (object);

  g_clear_object (&self->event);
  g_clear_pointer (&self->venue, g_free);
  G_OBJECT_CLASS (dure_calendar_item_parent_class)->finalize (object);
}

static void
dure_calendar_item_class_init (DureCalendarItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dure_calendar_item_finalize;
}

static void
dure_calendar_item_init (DureCalendarItem *self)
{
}

/**
 * dure_calendar_item_new:
 * @event: an event with a valid start
 * @venue: (nullable): the name of its venue
 *
 * An event that ends at midnight does not touch the day that begins then.
 *
 * Returns: (transfer full) (nullable): %NULL when the event has no valid start
 */
DureCalendarItem *
dure_calendar_item_new (DureRecord *event, const char *venue)
{
  g_autoptr (DureCalendarItem) self = NULL;

  g_return_val_if_fail (DURE_IS_RECORD (event), NULL);

  self = g_object_new (DURE_TYPE_CALENDAR_ITEM, NULL);
  self->event = g_object_ref (event);
  self->venue = g_strdup (venue);
  if (!dure_time_split (dure_record_get (event, DURE_EVENT_START), &self->first_day, &self->start_minute))
    return NULL;
  if (!dure_time_split (dure_record_get (event, DURE_EVENT_END), &self->last_day, &self->end_minute))
    {
      self->last_day = self->first_day;
      self->end_minute = self->start_minute;
    }
  if (self->end_minute == 0 && self->last_day > self->first_day)
    {
      self->last_day--;
      self->end_minute = 24 * 60;
    }
  self->last_day = MAX (self->last_day, self->first_day);
  return g_steal_pointer (&self);
}

static void
add_item (GPtrArray *items, DureStore *store, DureRecord *event, int day, int from_day, int to_day)
{
  const char *venue_id = dure_record_get (event, DURE_EVENT_VENUE);
  g_autofree char *venue = venue_id != NULL ? dure_store_title (store, DURE_ENTITY_VENUE, venue_id) : NULL;
  g_autoptr (DureCalendarItem) item = dure_calendar_item_new (event, venue);

  if (item == NULL)
    return;
  if (day != DURE_NO_DAY)
    {
      item->last_day += day - item->first_day;
      item->first_day = day;
    }
  if (item->first_day <= to_day && item->last_day >= from_day)
    g_ptr_array_add (items, g_steal_pointer (&item));
}

/**
 * dure_calendar_items_load:
 * @store: a reader
 * @from_day: first day of the span
 * @to_day: its last day, inclusive
 * @error: return location
 *
 * An event that repeats gives an item for each time; a rule that is not understood gives the first time alone.
 *
 * Returns: (transfer full) (element-type DureCalendarItem) (nullable): every event that touches the span, in the order
 *   of dure_calendar_item_compare()
 */
GPtrArray *
dure_calendar_items_load (DureStore *store, int from_day, int to_day, GError **error)
{
  g_autofree char *before = dure_time_join (to_day + 1, 0);
  g_autofree char *after = dure_time_join (from_day, 0);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (int repeating = 0; repeating < 2; repeating++)
    {
      g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_EVENT);
      g_autoptr (GPtrArray) events = NULL;

      dure_query_where (query, DURE_EVENT_START, DURE_LESS, before);
      dure_query_where (query, DURE_EVENT_REPEAT, repeating ? DURE_IS_SET : DURE_IS_EMPTY, NULL);
      if (!repeating)
        dure_query_where (query, DURE_EVENT_END, DURE_AT_LEAST, after);
      events = dure_store_list (store, query, error);
      if (events == NULL)
        return NULL;
      for (guint i = 0; i < events->len; i++)
        {
          DureRecord *event = g_ptr_array_index (events, i);
          g_autoptr (GArray) days =
            repeating ? dure_event_days (event, from_day - LONGEST_DAYS, to_day, NULL) : NULL;

          if (days == NULL)
            add_item (items, store, event, DURE_NO_DAY, from_day, to_day);
          for (guint j = 0; days != NULL && j < days->len; j++)
            add_item (items, store, event, g_array_index (days, int, j), from_day, to_day);
        }
    }
  g_ptr_array_sort (items, dure_calendar_item_compare);
  return g_steal_pointer (&items);
}

DureRecord *
dure_calendar_item_get_event (DureCalendarItem *self)
{
  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), NULL);
  return self->event;
}

const char *
dure_calendar_item_get_id (DureCalendarItem *self)
{
  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), NULL);
  return dure_record_get_id (self->event);
}

const char *
dure_calendar_item_get_title (DureCalendarItem *self)
{
  const char *title;

  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), NULL);
  title = dure_record_get (self->event, DURE_EVENT_TITLE);
  return title != NULL ? title : "";
}

/* Returns: (nullable) */
const char *
dure_calendar_item_get_venue (DureCalendarItem *self)
{
  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), NULL);
  return self->venue;
}

/* Returns: the key of the kind; "other" when it has none */
const char *
dure_calendar_item_get_kind (DureCalendarItem *self)
{
  const char *kind;

  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), NULL);
  kind = dure_record_get (self->event, DURE_EVENT_KIND);
  return kind != NULL ? kind : "other";
}

int
dure_calendar_item_get_first_day (DureCalendarItem *self)
{
  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), DURE_NO_DAY);
  return self->first_day;
}

int
dure_calendar_item_get_last_day (DureCalendarItem *self)
{
  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), DURE_NO_DAY);
  return self->last_day;
}

int
dure_calendar_item_get_start_minute (DureCalendarItem *self)
{
  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), 0);
  return self->start_minute;
}

gboolean
dure_calendar_item_is_called_off (DureCalendarItem *self)
{
  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), FALSE);
  return g_strcmp0 (dure_record_get (self->event, DURE_EVENT_STATE), "called-off") == 0;
}

/* Returns: (transfer full): the date and the times as in official papers; whole days without times */
char *
dure_calendar_item_format_when (DureCalendarItem *self)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  gboolean whole;

  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), NULL);

  first = dure_day_to_date (self->first_day);
  from = dure_date_format_official (first);
  last = dure_day_to_date (self->last_day);
  to = dure_date_format_official (last);
  whole = self->start_minute == 0 && self->end_minute == 24 * 60;
  if (whole && self->last_day > self->first_day)
    return g_strdup_printf ("%s ~ %s", from, to);
  if (whole)
    return g_steal_pointer (&from);
  if (self->last_day > self->first_day)
    return g_strdup_printf ("%s %02d:%02d ~ %s %02d:%02d",
                            from,
                            self->start_minute / 60,
                            self->start_minute % 60,
                            to,
                            self->end_minute / 60,
                            self->end_minute % 60);
  if (self->end_minute <= self->start_minute)
    return g_strdup_printf ("%s %02d:%02d", from, self->start_minute / 60, self->start_minute % 60);
  return g_strdup_printf ("%s %02d:%02d~%02d:%02d",
                          from,
                          self->start_minute / 60,
                          self->start_minute % 60,
                          self->end_minute / 60,
                          self->end_minute % 60);
}

/**
 * dure_calendar_item_moved:
 * @self: an item
 * @days: how far, backwards when negative
 *
 * Returns: (transfer full): a copy of the event that starts and ends so many days later
 */
DureRecord *
dure_calendar_item_moved (DureCalendarItem *self, int days)
{
  static const guint fields[] = { DURE_EVENT_START, DURE_EVENT_END };
  DureRecord *event;

  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (self), NULL);

  event = dure_record_copy (self->event);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      int day, minute;

      if (dure_time_split (dure_record_get (event, fields[i]), &day, &minute))
        {
          g_autofree char *moved = dure_time_join (day + days, minute);

          dure_record_set (event, fields[i], moved);
        }
    }
  return event;
}

/* Orders pointers to items: first day, longer first, start, title. For g_ptr_array_sort(). */
int
dure_calendar_item_compare (gconstpointer a, gconstpointer b)
{
  const DureCalendarItem *left = *(DureCalendarItem *const *) a;
  const DureCalendarItem *right = *(DureCalendarItem *const *) b;

  if (left->first_day != right->first_day)
    return left->first_day < right->first_day ? -1 : 1;
  if (left->last_day != right->last_day)
    return left->last_day > right->last_day ? -1 : 1;
  if (left->start_minute != right->start_minute)
    return left->start_minute < right->start_minute ? -1 : 1;
  return g_strcmp0 (dure_record_get (left->event, DURE_EVENT_TITLE), dure_record_get (right->event, DURE_EVENT_TITLE));
}
