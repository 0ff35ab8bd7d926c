/* dure-event.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-event.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "domain/dure-repeat.h"
#include "domain/dure-setting.h"

#define NOTICE_DAYS 5
#define NOTICE_ARTICLE "사회보장급여법 시행규칙 제5조부터 제7조까지"

typedef struct
{
  const char *kind;  /* of event */
  int         start; /* minutes of the day */
  int         minutes;
  struct
  {
    const char *title;
    const char *kind;
    int         minutes;
  } parts[3];
} Template;

static const Template templates[] = {
  { "joint-training",
    14 * 60,
    180,
    { { N_ ("Part 1: training"), "training", 90 },
      { N_ ("Part 2: exchange of welfare resources"), "discussion", 90 } } },
  { "round-table",
    14 * 60,
    120,
    { { N_ ("Programmes of each agency"), "talk", 60 }, { N_ ("Ways to work together"), "discussion", 60 } } },
  { "study-visit",
    10 * 60 + 30,
    120,
    { { N_ ("Introduction of the council"), "talk", 40 },
      { N_ ("Good practices"), "talk", 50 },
      { N_ ("Questions"), "discussion", 30 } } },
  { "case-conference", 14 * 60, 90, { { N_ ("Cases"), "discussion", 90 } } },
  { NULL, 14 * 60, 120, { { N_ ("Agenda"), "discussion", 120 } } },
};

static const Template *
find_template (const char *kind)
{
  const Template *at = templates;

  while (at->kind != NULL && g_strcmp0 (at->kind, kind) != 0)
    at++;
  return at;
}

/**
 * dure_event_template:
 * @kind: key of a kind of event
 * @day: day number on which it is held
 *
 * Returns: (transfer full): an unwritten event of that kind with the usual hours and its kind for a title
 */
DureRecord *
dure_event_template (const char *kind, int day)
{
  const Template *template = find_template (kind);
  DureRecord       *event = dure_record_new (DURE_ENTITY_EVENT);
  const DureField  *field = dure_entity_field (dure_entity (DURE_ENTITY_EVENT), DURE_EVENT_KIND);
  const DureChoice *choice = dure_field_choice (field, kind);
  g_autofree char  *start = dure_time_join (day, template->start);
  g_autofree char  *end = dure_time_join (day, template->start + template->minutes);

  dure_record_set (event, DURE_EVENT_KIND, choice != NULL ? kind : "other");
  dure_record_set (event, DURE_EVENT_TITLE, choice != NULL ? dure_choice_label (choice) : NULL);
  dure_record_set (event, DURE_EVENT_START, start);
  dure_record_set (event, DURE_EVENT_END, end);
  return event;
}

/**
 * dure_event_records:
 * @entity: part, agenda item, participation, remark or action
 *
 * Returns: (transfer full) (element-type DureRecord): those of the event; parts and agenda in their order
 */
GPtrArray *
dure_event_records (DureStore *store, DureEntityId entity, const char *event_id, GError **error)
{
  const int event_field = dure_entity_find_field (dure_entity (entity), "event");
  const int order_field = dure_entity_find_field (dure_entity (entity), "order");
  g_autoptr (DureQuery) query = NULL;

  g_return_val_if_fail (event_field >= 0, NULL);
  query = dure_query_new (entity);
  dure_query_where (query, (guint)event_field, DURE_EQUAL, event_id);
  if (order_field >= 0)
    dure_query_sort (query, order_field, FALSE);
  return dure_store_list (store, query, error);
}

/**
 * dure_event_participant_agency:
 * @participation: a participation
 *
 * Returns: (transfer full) (nullable): id of the agency that takes part, or to which the person belongs
 */
char *
dure_event_participant_agency (DureStore *store, DureRecord *participation)
{
  const char *agency = dure_record_get (participation, DURE_PARTICIPATION_AGENCY);
  const char *person_id = dure_record_get (participation, DURE_PARTICIPATION_PERSON);
  g_autoptr (DureRecord) person = NULL;

  if (agency != NULL)
    return g_strdup (agency);
  if (person_id != NULL)
    person = dure_store_get (store, DURE_ENTITY_PERSON, person_id, NULL);
  return person != NULL ? g_strdup (dure_record_get (person, DURE_PERSON_AGENCY)) : NULL;
}

/* In a transaction of the caller. */
static int
invite (DureStore *store, const char *event_id, const char *const *agencies, GError **error)
{
  g_autoptr (GPtrArray) there = dure_event_records (store, DURE_ENTITY_PARTICIPATION, event_id, error);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  int n = 0;

  if (there == NULL)
    return -1;
  for (guint i = 0; i < there->len; i++)
    {
      const char *agency = dure_record_get (g_ptr_array_index (there, i), DURE_PARTICIPATION_AGENCY);

      if (agency != NULL)
        g_hash_table_add (known, (gpointer)agency);
    }
  for (guint i = 0; agencies[i] != NULL; i++)
    {
      g_autoptr (DureRecord) record = NULL;

      if (!g_hash_table_add (known, (gpointer)agencies[i]))
        continue;
      record = dure_record_new (DURE_ENTITY_PARTICIPATION);
      dure_record_set (record, DURE_PARTICIPATION_EVENT, event_id);
      dure_record_set (record, DURE_PARTICIPATION_AGENCY, agencies[i]);
      if (!dure_store_write (store, record, error))
        return -1;
      n++;
    }
  return n;
}

/* Ids of the agencies that are at work on the day. */
static GStrv
active_agencies (DureStore *store, int day, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  dure_query_sort (query, DURE_SORT_TITLE, FALSE);
  all = dure_store_list (store, query, error);
  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      DureRecord *agency = g_ptr_array_index (all, i);
      const char *from = dure_record_get (agency, DURE_AGENCY_ACTIVE_FROM);
      const char *to = dure_record_get (agency, DURE_AGENCY_ACTIVE_TO);

      if ((from == NULL || dure_day (from) <= day) && (to == NULL || dure_day (to) >= day))
        g_strv_builder_add (ids, dure_record_get_id (agency));
    }
  return g_strv_builder_end (ids);
}

static gboolean
write_parts (DureStore *store, DureRecord *event, const char *lecturer, GError **error)
{
  const Template *template = find_template (dure_record_get (event, DURE_EVENT_KIND));
  int day, minute;

  if (!dure_time_split (dure_record_get (event, DURE_EVENT_START), &day, &minute))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (template->parts) && template->parts[i].title != NULL; i++)
    {
      g_autoptr (DureRecord) part = dure_record_new (DURE_ENTITY_PART);
      g_autofree char *start = dure_time_join (day, minute);

      dure_record_set (part, DURE_PART_EVENT, dure_record_get_id (event));
      dure_record_set_int (part, DURE_PART_ORDER, i + 1);
      dure_record_set (part, DURE_PART_TITLE, _ (template->parts[i].title));
      dure_record_set (part, DURE_PART_KIND, template->parts[i].kind);
      dure_record_set (part, DURE_PART_START, start);
      dure_record_set_int (part, DURE_PART_MINUTES, template->parts[i].minutes);
      dure_record_set (part, DURE_PART_VENUE, dure_record_get (event, DURE_EVENT_VENUE));
      if (strcmp (template->parts[i].kind, "training") == 0)
        dure_record_set (part, DURE_PART_LECTURER, lecturer);
      if (!dure_store_write (store, part, error))
        return FALSE;
      minute += template->parts[i].minutes;
    }
  return TRUE;
}

static gboolean
plan (DureStore *store, DureRecord *event, const char *lecturer, const char *const *agencies, GError **error)
{
  g_auto (GStrv) all = NULL;
  const char *id;

  if (!dure_store_write (store, event, error) || !write_parts (store, event, lecturer, error))
    return FALSE;
  id = dure_record_get_id (event);
  if (agencies == NULL)
    {
      all = active_agencies (store, dure_day (dure_record_get (event, DURE_EVENT_START)), error);
      if (all == NULL)
        return FALSE;
      agencies = (const char *const *)all;
    }
  if (invite (store, id, agencies, error) < 0)
    return FALSE;
  if (lecturer != NULL)
    {
      g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_PARTICIPATION);

      dure_record_set (record, DURE_PARTICIPATION_EVENT, id);
      dure_record_set (record, DURE_PARTICIPATION_PERSON, lecturer);
      dure_record_set (record, DURE_PARTICIPATION_ROLE, "lecturer");
      if (!dure_store_write (store, record, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * dure_event_plan:
 * @event: a new event, such as from dure_event_template(); gets its id
 * @lecturer: (nullable): id of the person who speaks in the training
 * @agencies: (nullable) (array zero-terminated=1): ids of whom to invite; %NULL for every agency at work on that day
 *
 * Writes the event, its usual parts and one participation for each agency, in one step.
 */
gboolean
dure_event_plan (DureStore *store, DureRecord *event, const char *lecturer, const char *const *agencies, GError **error)
{
  g_return_val_if_fail (DURE_IS_STORE (store) && DURE_IS_RECORD (event), FALSE);

  if (!dure_store_begin (store, _ ("New event"), error))
    return FALSE;
  if (!plan (store, event, lecturer, agencies, error))
    {
      dure_store_rollback (store);
      return FALSE;
    }
  return dure_store_commit (store, error);
}

/**
 * dure_event_invite:
 * @agencies: (array zero-terminated=1): ids; those already invited are left as they are
 *
 * Returns: how many were added; -1 with @error set when nothing was written
 */
int
dure_event_invite (DureStore *store, const char *event_id, const char *const *agencies, GError **error)
{
  int n;

  g_return_val_if_fail (DURE_IS_STORE (store) && event_id != NULL && agencies != NULL, -1);
  if (!dure_store_begin (store, _ ("Invitations"), error))
    return -1;
  n = invite (store, event_id, agencies, error);
  if (n < 0)
    {
      dure_store_rollback (store);
      return -1;
    }
  return dure_store_commit (store, error) ? n : -1;
}

/**
 * dure_event_count_replies:
 * @replies: (out caller-allocates): lecturers are not counted
 */
gboolean
dure_event_count_replies (DureStore *store, const char *event_id, DureReplies *replies, GError **error)
{
  g_autoptr (GPtrArray) all = dure_event_records (store, DURE_ENTITY_PARTICIPATION, event_id, error);

  *replies = (DureReplies){ 0 };
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const char *reply = dure_record_get (g_ptr_array_index (all, i), DURE_PARTICIPATION_REPLY);

      if (g_strcmp0 (dure_record_get (g_ptr_array_index (all, i), DURE_PARTICIPATION_ROLE), "lecturer") == 0)
        continue;
      replies->invited++;
      if (g_strcmp0 (reply, "yes") == 0 || g_strcmp0 (reply, "proxy") == 0)
        replies->yes++;
      else if (g_strcmp0 (reply, "no") == 0)
        replies->no++;
      else if (g_strcmp0 (reply, "maybe") == 0)
        replies->maybe++;
      else
        replies->none++;
    }
  return TRUE;
}

static gboolean
write_order (DureStore *store, DureRecord *event, GPtrArray *parts, GError **error)
{
  int day = DURE_NO_DAY, minute = 0;

  dure_time_split (dure_record_get (event, DURE_EVENT_START), &day, &minute);
  for (guint i = 0; i < parts->len; i++)
    {
      DureRecord      *part = g_ptr_array_index (parts, i);
      g_autofree char *start = day == DURE_NO_DAY ? NULL : dure_time_join (day + minute / 1440, minute % 1440);

      dure_record_set_int (part, DURE_PART_ORDER, i + 1);
      if (start != NULL)
        dure_record_set (part, DURE_PART_START, start);
      if (!dure_store_write (store, part, error))
        return FALSE;
      minute += (int)dure_record_get_int (part, DURE_PART_MINUTES);
    }
  return TRUE;
}

/**
 * dure_event_move_part:
 * @part_id: a part of the event
 * @to: its new place, from 0; past the end means last
 *
 * Numbers the parts anew; each begins when the one before it ends, the first with the event.
 */
gboolean
dure_event_move_part (DureStore *store, const char *event_id, const char *part_id, guint to, GError **error)
{
  g_autoptr (DureRecord) event = dure_store_get (store, DURE_ENTITY_EVENT, event_id, error);
  g_autoptr (GPtrArray) parts = event == NULL ? NULL : dure_event_records (store, DURE_ENTITY_PART, event_id, error);
  guint at = 0;

  if (parts == NULL)
    return FALSE;
  while (part_id != NULL && at < parts->len
         && g_strcmp0 (dure_record_get_id (g_ptr_array_index (parts, at)), part_id) != 0)
    at++;
  if (part_id != NULL && at == parts->len)
    {
      dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("The event has no such part any more."));
      return FALSE;
    }
  if (part_id != NULL)
    {
      DureRecord *part = g_object_ref (g_ptr_array_index (parts, at));

      g_ptr_array_remove_index (parts, at);
      g_ptr_array_insert (parts, (int)MIN (to, parts->len), part);
    }
  if (!dure_store_begin (store, _ ("Order of the parts"), error))
    return FALSE;
  if (!write_order (store, event, parts, error))
    {
      dure_store_rollback (store);
      return FALSE;
    }
  return dure_store_commit (store, error);
}

/**
 * dure_event_retime:
 *
 * Lets the times of the parts follow the start of the event and the minutes of each.
 */
gboolean
dure_event_retime (DureStore *store, const char *event_id, GError **error)
{
  return dure_event_move_part (store, event_id, NULL, 0, error);
}

/**
 * dure_event_is_council_meeting:
 *
 * Returns: %TRUE for the meetings whose notice the rule fixes
 */
gboolean
dure_event_is_council_meeting (DureRecord *event)
{
  static const char *const kinds[] = { "representative", "working", "local", NULL };
  const char              *kind = dure_record_get (event, DURE_EVENT_KIND);

  return kind != NULL && g_strv_contains (kinds, kind);
}

/**
 * dure_event_notice_day:
 *
 * Counts back from the meeting, which is not counted itself; the setting `notice-days` changes the five days.
 *
 * Returns: the last day on which notice is in time; %DURE_NO_DAY when the event has no start
 */
int
dure_event_notice_day (DureStore *store, DureRecord *event)
{
  const char *start = dure_record_get (event, DURE_EVENT_START);
  const int   day = start == NULL ? DURE_NO_DAY : dure_day (start);

  return day == DURE_NO_DAY ? day : day - (int)dure_setting_int (store, "notice-days", NOTICE_DAYS, NULL);
}

/**
 * dure_event_notice_warning:
 *
 * Returns: (transfer full) (nullable): a sentence with the article when the notice of a council meeting went out too
 * late, or did not go out in time; %NULL when nothing is amiss or a reason for urgency is given. Never a reason to
 * refuse.
 */
char *
dure_event_notice_warning (DureStore *store, DureRecord *event)
{
  const int        due = dure_event_notice_day (store, event);
  const char      *sent = dure_record_get (event, DURE_EVENT_NOTICE_SENT);
  g_autofree char *article = NULL;
  g_autofree char *date = NULL;
  g_autofree char *official = NULL;
  gint64           days;

  if (due == DURE_NO_DAY || !dure_event_is_council_meeting (event)
      || dure_record_get (event, DURE_EVENT_URGENT_REASON) != NULL)
    return NULL;
  if (sent != NULL ? dure_day (sent) <= due : dure_day_today () <= due)
    return NULL;
  days = dure_setting_int (store, "notice-days", NOTICE_DAYS, &article);
  date = dure_day_to_date (due);
  official = dure_date_format_official (date);
  if (sent != NULL)
    return g_strdup_printf (
        _ ("Notice went out after %s; it is due %d days before the meeting (%s). Give the reason for urgency."),
        official, (int)days, article != NULL ? article : NOTICE_ARTICLE);
  return g_strdup_printf (_ ("Notice was due by %s, %d days before the meeting (%s). Give the reason for urgency."),
                          official, (int)days, article != NULL ? article : NOTICE_ARTICLE);
}

/**
 * dure_event_days:
 * @from: first day asked for
 * @to: last day asked for
 *
 * Returns: (transfer full) (element-type int): day numbers on which the event begins; %NULL when its repeat rule is not
 * understood
 */
GArray *
dure_event_days (DureRecord *event, int from, int to, GError **error)
{
  const char *start = dure_record_get (event, DURE_EVENT_START);
  const int   day = start == NULL ? DURE_NO_DAY : dure_day (start);

  if (day == DURE_NO_DAY)
    return g_array_new (FALSE, FALSE, sizeof (int));
  return dure_repeat_days (dure_record_get (event, DURE_EVENT_REPEAT), day, from, to, error);
}
