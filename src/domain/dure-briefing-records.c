/* dure-briefing-records.c: what the records say of those who are invited: who came lately, what is open, what ends,
 * what they bring
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-briefing-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"

#define DAYS_OF_AGREEMENTS 90
#define MEETINGS_MOST 3
/* How many events to look through for the last three meetings. */
#define EVENTS_MOST 60

/* --- who came to the last meetings --- */

/* The signs of paper and screen; of several people of one agency the best counts. */
static const struct
{
  const char *key;
  const char *mark;
} marks[] = { { "expected", "–" }, { "absent", "×" },  { "excused", "△" },
              { "proxy", "◐" },    { "walk-in", "●" }, { "present", "●" } };

#define NOT_INVITED "·"

static guint
rank_of (const char *attendance)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_strcmp0 (attendance, marks[i].key) == 0)
      return i;
  return 0;
}

/** DureCame: an earlier event: agency id → rank + 1. */
typedef struct
{
  DureRecord *event;
  GHashTable *ranks;
} DureCame;

static void
came_free (gpointer data)
{
  DureCame *self = data;

  g_object_unref (self->event);
  g_hash_table_unref (self->ranks);
  g_free (self);
}

/* NULL when nobody who is invited now was there to be counted, or nobody counted. */
static DureCame *
came_new (DureBriefing *self, DureStore *store, DureRecord *event)
{
  g_autoptr (GPtrArray) all = dure_event_records (store, DURE_ENTITY_PARTICIPATION, dure_record_get_id (event), NULL);
  g_autoptr (GHashTable) ranks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean  counted = FALSE;
  gboolean  ours = FALSE;
  DureCame *came;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      DureRecord      *record = g_ptr_array_index (all, i);
      g_autofree char *agency = dure_event_participant_agency (store, record);
      const guint      rank = rank_of (dure_record_get (record, DURE_PARTICIPATION_ATTENDANCE));

      if (agency == NULL)
        continue;
      counted |= rank > 0;
      ours |= g_strv_contains ((const char *const *)self->room, agency);
      if (GPOINTER_TO_UINT (g_hash_table_lookup (ranks, agency)) < rank + 1)
        g_hash_table_replace (ranks, g_strdup (agency), GUINT_TO_POINTER (rank + 1));
    }
  if (!counted || !ours)
    return NULL;
  came = g_new0 (DureCame, 1);
  came->event = g_object_ref (event);
  came->ranks = g_steal_pointer (&ranks);
  return came;
}

static gboolean
is_called_off (DureRecord *event)
{
  return g_strcmp0 (dure_record_get (event, DURE_EVENT_STATE), "called-off") == 0;
}

/* Meetings of the same council body, else of the same kind, else any: the latest three before this one. */
static GPtrArray *
last_meetings (DureBriefing *self, DureStore *store, DureRecord *event, GError **error)
{
  static const int fields[] = { DURE_EVENT_BODY, DURE_EVENT_KIND, -1 };
  const char      *start = dure_record_get (event, DURE_EVENT_START);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (came_free);

  for (guint i = 0; i < G_N_ELEMENTS (fields) && found->len == 0; i++)
    {
      g_autoptr (DureQuery) query = NULL;
      g_autoptr (GPtrArray) events = NULL;
      const char *value = fields[i] >= 0 ? dure_record_get (event, fields[i]) : NULL;

      if (start == NULL || (fields[i] >= 0 && value == NULL))
        continue;
      query = dure_query_new (DURE_ENTITY_EVENT);
      dure_query_where (query, DURE_EVENT_START, DURE_AT_MOST, start);
      if (fields[i] >= 0)
        dure_query_where (query, (guint)fields[i], DURE_EQUAL, value);
      dure_query_sort (query, DURE_EVENT_START, TRUE);
      dure_query_limit (query, EVENTS_MOST);
      events = dure_store_list (store, query, error);
      if (events == NULL)
        return NULL;
      for (guint k = 0; k < events->len && found->len < MEETINGS_MOST; k++)
        {
          DureRecord *other = g_ptr_array_index (events, k);
          DureCame   *came;

          if (g_strcmp0 (dure_record_get_id (other), self->event_id) == 0 || is_called_off (other)
              || g_strcmp0 (dure_record_get (other, DURE_EVENT_START), start) >= 0)
            continue;
          came = came_new (self, store, other);
          if (came != NULL)
            g_ptr_array_insert (found, 0, came);
        }
    }
  return g_steal_pointer (&found);
}

static void
keep_meeting (DureBriefing *self, DureRecord *event)
{
  DureBriefingMeeting *meeting = g_new0 (DureBriefingMeeting, 1);

  meeting->id = g_strdup (dure_record_get_id (event));
  meeting->title = g_strdup (dure_record_get_title (event));
  meeting->day = dure_day (dure_record_get (event, DURE_EVENT_START));
  g_ptr_array_add (self->meetings, meeting);
}

/* Whoever was absent most often comes first; after them the order of the bodies. */
static int
compare_absences (gconstpointer left, gconstpointer right)
{
  const DureBriefingItem *x = *(const DureBriefingItem *const *)left;
  const DureBriefingItem *y = *(const DureBriefingItem *const *)right;
  int                     n[2] = { 0, 0 };

  for (const char *at = strstr (x->marks, "×"); at != NULL; at = strstr (at + 1, "×"))
    n[0]++;
  for (const char *at = strstr (y->marks, "×"); at != NULL; at = strstr (at + 1, "×"))
    n[1]++;
  return n[1] - n[0];
}

static void
add_body (DureBriefingList *list, const DureBriefingBody *body, const GPtrArray *found)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) ids = g_new0 (char *, 2);
  gboolean any = FALSE;

  for (guint m = 0; m < found->len; m++)
    {
      const DureCame *came = g_ptr_array_index (found, m);
      const guint     rank = GPOINTER_TO_UINT (g_hash_table_lookup (came->ranks, body->id));

      any |= rank > 0;
      g_string_append (text, rank > 0 ? marks[rank - 1].mark : NOT_INVITED);
    }
  if (!any)
    return;
  ids[0] = g_strdup (body->id);
  dure_briefing_add_item (list, g_strdup (body->label), NULL, g_strdup (text->str), g_steal_pointer (&ids));
}

static gboolean
list_attendance (DureBriefing *self, DureStore *store, GError **error)
{
  DureBriefingList *list
      = dure_briefing_add_list (self, DURE_BRIEFING_ATTENDANCE, _ ("Who came to the last meetings"), FALSE);
  g_autoptr (DureRecord) event = dure_store_get (store, DURE_ENTITY_EVENT, self->event_id, error);
  g_autoptr (GPtrArray) found = event != NULL ? last_meetings (self, store, event, error) : NULL;
  g_autoptr (GString) days = g_string_new (NULL);

  if (found == NULL)
    return FALSE;
  for (guint m = 0; m < found->len; m++)
    {
      DureRecord      *other = ((DureCame *)g_ptr_array_index (found, m))->event;
      g_autofree char *date = dure_day_to_date (dure_day (dure_record_get (other, DURE_EVENT_START)));
      g_autofree char *day = dure_date_format_official (date);

      keep_meeting (self, other);
      g_string_append_printf (days, "%s%s %s", m > 0 ? ", " : "", day, dure_record_get_title (other));
    }
  for (guint b = 0; b < self->bodies->len && found->len > 0; b++)
    add_body (list, g_ptr_array_index (self->bodies, b), found);
  g_ptr_array_sort (list->items, compare_absences);
  list->sentence = found->len > 0 ? g_strdup_printf (_ ("From left to right: %s."), days->str)
                                  : g_strdup (_ ("No earlier meeting of those invited has its attendance on record."));
  return TRUE;
}

/* --- what is open --- */

static gboolean
is_invited (const DureBriefing *self, const char *agency)
{
  return agency != NULL && g_strv_contains ((const char *const *)self->room, agency);
}

/* The agency in charge, by itself or by its person. Returns: (transfer full) (nullable) */
static char *
in_charge (DureStore *store, DureRecord *action)
{
  const char *agency = dure_record_get (action, DURE_ACTION_AGENCY);
  const char *person = dure_record_get (action, DURE_ACTION_PERSON);
  g_autoptr (DureRecord) someone = NULL;

  if (agency != NULL)
    return g_strdup (agency);
  someone = person != NULL ? dure_store_get (store, DURE_ENTITY_PERSON, person, NULL) : NULL;
  return someone != NULL ? g_strdup (dure_record_get (someone, DURE_PERSON_AGENCY)) : NULL;
}

static const char *
label_of (const DureBriefing *self, const char *id)
{
  guint node;

  return dure_network_find (self->network, id, &node) ? self->network->nodes[node].label : "";
}

static gboolean
list_actions (DureBriefing *self, DureStore *store, GError **error)
{
  DureBriefingList *list = dure_briefing_add_list (self, DURE_BRIEFING_ACTIONS, _ ("Still to do"), FALSE);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_ACTION);
  g_autoptr (GPtrArray) all = NULL;
  guint     n_due = 0;
  const int today = dure_day_today ();

  dure_query_where (query, DURE_ACTION_STATE, DURE_EQUAL, "open");
  dure_query_sort (query, DURE_ACTION_DUE, FALSE);
  all = dure_store_list (store, query, error);
  if (all == NULL)
    return FALSE;
  /* What has a day comes first. */
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < all->len; i++)
      {
        DureRecord      *action = g_ptr_array_index (all, i);
        const char      *due = dure_record_get (action, DURE_ACTION_DUE);
        g_autofree char *agency = in_charge (store, action);
        g_autofree char *date = NULL;
        char           **ids;

        if ((due == NULL) != (pass == 1) || !is_invited (self, agency))
          continue;
        date = due != NULL ? dure_date_format_short (due) : g_strdup (_ ("No date"));
        n_due += due != NULL && dure_day (due) <= self->day;
        ids = g_new0 (char *, 2);
        ids[0] = g_strdup (agency);
        dure_briefing_add_item (
            list,
            g_strdup_printf (due != NULL && dure_day (due) < today ? _ ("%1$s (overdue) %2$s") : "%1$s %2$s", date,
                             dure_record_get_title (action)),
            g_strdup (label_of (self, agency)), NULL, ids);
      }
  list->sentence = list->items->len > 0 ? g_strdup_printf (
                       _ ("Open with those invited: %1$u, of which due by the meeting: %2$u."), list->items->len, n_due)
                                        : g_strdup (_ ("Nothing is open with those invited."));
  return TRUE;
}

/* --- agreements --- */

static gboolean
list_agreements (DureBriefing *self, DureStore *store, GError **error)
{
  DureBriefingList *list
      = dure_briefing_add_list (self, DURE_BRIEFING_AGREEMENTS, _ ("Agreements that end soon"), FALSE);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_TIE);
  g_autofree char *from = dure_day_to_date (MIN (self->day, dure_day_today ()));
  g_autofree char *until = dure_day_to_date (self->day + DAYS_OF_AGREEMENTS);
  g_autoptr (GPtrArray) all = NULL;

  dure_query_where (query, DURE_TIE_KIND, DURE_EQUAL, "agreement");
  dure_query_where (query, DURE_TIE_UNTIL, DURE_AT_LEAST, from);
  dure_query_where (query, DURE_TIE_UNTIL, DURE_AT_MOST, until);
  dure_query_sort (query, DURE_TIE_UNTIL, FALSE);
  all = dure_store_list (store, query, error);
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      DureRecord      *tie = g_ptr_array_index (all, i);
      const char      *one = dure_record_get (tie, DURE_TIE_FROM);
      const char      *two = dure_record_get (tie, DURE_TIE_TO);
      const char      *note = dure_record_get (tie, DURE_TIE_NOTE);
      guint            a, b;
      g_autofree char *date = NULL;
      char           **ids;

      if ((!is_invited (self, one) && !is_invited (self, two)) || !dure_network_find (self->network, one, &a)
          || !dure_network_find (self->network, two, &b))
        continue;
      date = dure_date_format_short (dure_record_get (tie, DURE_TIE_UNTIL));
      ids = g_new0 (char *, 3);
      ids[0] = g_strdup (one);
      ids[1] = g_strdup (two);
      dure_briefing_add_item (
          list,
          g_strdup_printf (_ ("%s – %s, until %s"), self->network->nodes[a].label, self->network->nodes[b].label, date),
          g_strdup (note), NULL, ids);
    }
  list->sentence = list->items->len > 0 ? g_strdup (_ ("They end within 90 days of the meeting; ask whether to renew."))
                                        : g_strdup (_ ("No agreement ends within 90 days of the meeting."));
  return TRUE;
}

/* --- who brings what --- */

/* Whether it runs on the day of the meeting and has places left. */
static gboolean
is_offered (const DureBriefing *self, DureRecord *programme)
{
  const char *from = dure_record_get (programme, DURE_PROGRAMME_FROM);
  const char *to = dure_record_get (programme, DURE_PROGRAMME_TO);

  return (from == NULL || dure_day (from) <= self->day) && (to == NULL || dure_day (to) >= self->day)
         && dure_record_get_int (programme, DURE_PROGRAMME_LEFT) > 0;
}

static void
append (GString *text, DureRecord *programme, gboolean offered)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, dure_record_get_title (programme));
  if (offered)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("(%d places left)"), (int)dure_record_get_int (programme, DURE_PROGRAMME_LEFT));
    }
}

static void
add_offers (DureBriefing *self, DureBriefingList *list, const DureBriefingBody *body, GPtrArray *all, guint *n)
{
  g_autoptr (GString) fresh = g_string_new (NULL);
  g_autoptr (GString) offered = g_string_new (NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  char **ids;

  for (guint i = 0; i < all->len; i++)
    {
      DureRecord    *programme = g_ptr_array_index (all, i);
      const gboolean has_places = is_offered (self, programme);

      if (g_strcmp0 (dure_record_get (programme, DURE_PROGRAMME_AGENCY), body->id) != 0)
        continue;
      if (g_strcmp0 (dure_record_get (programme, DURE_PROGRAMME_NEW_THIS_YEAR), "1") == 0)
        {
          append (fresh, programme, has_places);
          n[0]++;
        }
      else if (has_places)
        {
          append (offered, programme, TRUE);
          n[1]++;
        }
    }
  if (fresh->len == 0 && offered->len == 0)
    return;
  if (fresh->len > 0)
    g_string_append_printf (line, _ ("new: %s"), fresh->str);
  if (offered->len > 0)
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", offered->str);
  ids = g_new0 (char *, 2);
  ids[0] = g_strdup (body->id);
  dure_briefing_add_item (list, g_strdup (body->label), g_strdup (line->str), NULL, ids);
}

/* New programmes of those who come and what still has places, one line an agency. */
static gboolean
list_offers (DureBriefing *self, DureStore *store, GError **error)
{
  DureBriefingList *list = dure_briefing_add_list (self, DURE_BRIEFING_OFFERS, _ ("Who brings what"), FALSE);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PROGRAMME);
  g_autoptr (GPtrArray) all = NULL;
  guint n[2] = { 0, 0 };

  dure_query_sort (query, DURE_SORT_TITLE, FALSE);
  all = dure_store_list (store, query, error);
  if (all == NULL)
    return FALSE;
  for (guint b = 0; b < self->bodies->len; b++)
    add_offers (self, list, g_ptr_array_index (self->bodies, b), all, n);
  list->sentence
      = list->items->len > 0
            ? g_strdup_printf (_ ("New programmes of this year: %1$u; others with places left: %2$u."), n[0], n[1])
            : g_strdup (_ ("No new programme and no free place is on record."));
  return TRUE;
}

gboolean
dure_briefing_list_records (DureBriefing *self, DureStore *store, GError **error)
{
  return list_attendance (self, store, error) && list_actions (self, store, error)
         && list_agreements (self, store, error) && list_offers (self, store, error);
}
