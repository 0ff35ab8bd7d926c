/* dure-sections.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-sections.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-text.h"

#define MOST_EVENTS 5
#define MOST_PAST 3
#define MOST_ITEMS 60

static void
item_free (gpointer data)
{
  DureSectionItem *item = data;

  g_free (item->id);
  g_free (item->title);
  g_free (item->detail);
  g_free (item->note);
  g_free (item);
}

static void
section_free (gpointer data)
{
  DureSection *section = data;

  g_free (section->title);
  g_free (section->empty);
  g_ptr_array_unref (section->items);
  g_free (section);
}

static DureSection *
add_section (GPtrArray *sections, const char *title, const char *empty)
{
  DureSection *section = g_new0 (DureSection, 1);

  section->title = g_strdup (title);
  section->empty = g_strdup (empty);
  section->field = -1;
  section->items = g_ptr_array_new_with_free_func (item_free);
  g_ptr_array_add (sections, section);
  return section;
}

/* Takes over the texts. */
static void
add_item (DureSection *section, DureEntityId entity, const char *id, char *title, char *detail, char *note)
{
  DureSectionItem *item = g_new0 (DureSectionItem, 1);

  item->entity = entity;
  item->id = g_strdup (id);
  item->title = title;
  item->detail = detail;
  item->note = note;
  g_ptr_array_add (section->items, item);
}

static char *
join (const char *first, const char *second)
{
  gboolean a = first != NULL && *first != '\0';
  gboolean b = second != NULL && *second != '\0';

  return a && b ? g_strdup_printf ("%s · %s", first, second) : g_strdup (a ? first : b ? second : NULL);
}

/* Records whose link @field is @id; never NULL. */
static GPtrArray *
linked (DureStore *store, DureEntityId entity, guint field, const char *id, int sort, gboolean descending)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);
  GPtrArray            *records;

  dure_query_where (query, field, DURE_EQUAL, id);
  dure_query_sort (query, sort, descending);
  records = dure_store_list (store, query, NULL);
  return records != NULL ? records : g_ptr_array_new_with_free_func (g_object_unref);
}

/* --- people --- */

static gboolean
can_be_called (DureRecord *person)
{
  return dure_record_get (person, DURE_PERSON_PHONE) != NULL || dure_record_get (person, DURE_PERSON_MOBILE) != NULL;
}

static void
add_people (DureStore *store, GPtrArray *sections, const char *agency)
{
  g_autoptr (GPtrArray) people
      = linked (store, DURE_ENTITY_PERSON, DURE_PERSON_AGENCY, agency, DURE_SORT_TITLE, FALSE);
  DureSection *section = add_section (sections, _ ("Contacts"), _ ("Nobody is entered yet."));

  section->make = _ ("Add a person");
  section->entity = DURE_ENTITY_PERSON;
  section->field = DURE_PERSON_AGENCY;
  /* Who can be called comes first. */
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < people->len && section->items->len < MOST_ITEMS; i++)
      {
        DureRecord *person = g_ptr_array_index (people, i);
        const char *phone = dure_record_get (person, DURE_PERSON_PHONE);

        if (can_be_called (person) != (pass == 0))
          continue;
        if (phone == NULL)
          phone = dure_record_get (person, DURE_PERSON_MOBILE);
        add_item (section, DURE_ENTITY_PERSON, dure_record_get_id (person),
                  g_strdup (dure_record_get (person, DURE_PERSON_NAME)),
                  join (dure_record_get (person, DURE_PERSON_POSITION), dure_record_get (person, DURE_PERSON_DUTIES)),
                  phone != NULL ? dure_phone_format (phone)
                                : g_strdup (dure_record_get (person, DURE_PERSON_MAIL)));
      }
}

/* --- events --- */

typedef struct
{
  DureRecord *event;
  const char *reply;      /* label, or NULL */
  const char *attendance; /* label, or NULL */
} Meeting;

static void
meeting_free (gpointer data)
{
  g_object_unref (((Meeting *) data)->event);
  g_free (data);
}

static int
by_start (gconstpointer a, gconstpointer b)
{
  const Meeting *one = *(const Meeting *const *) a;
  const Meeting *two = *(const Meeting *const *) b;

  return g_strcmp0 (dure_record_get (one->event, DURE_EVENT_START), dure_record_get (two->event, DURE_EVENT_START));
}

static void
collect (DureStore *store, GPtrArray *meetings, GHashTable *seen, const char *event_id, DureRecord *participation)
{
  const DureEntity *entity = dure_entity (DURE_ENTITY_PARTICIPATION);
  DureRecord       *event;
  Meeting          *meeting;

  if (event_id == NULL || g_hash_table_contains (seen, event_id))
    return;
  event = dure_store_get (store, DURE_ENTITY_EVENT, event_id, NULL);
  if (event == NULL || dure_record_get_deleted (event))
    {
      g_clear_object (&event);
      return;
    }
  g_hash_table_add (seen, g_strdup (event_id));
  meeting = g_new0 (Meeting, 1);
  meeting->event = event;
  if (participation != NULL)
    {
      const DureChoice *reply = dure_field_choice (&entity->fields[DURE_PARTICIPATION_REPLY],
                                                   dure_record_get (participation, DURE_PARTICIPATION_REPLY));
      const DureChoice *attendance = dure_field_choice (&entity->fields[DURE_PARTICIPATION_ATTENDANCE],
                                                        dure_record_get (participation, DURE_PARTICIPATION_ATTENDANCE));

      meeting->reply = reply != NULL ? dure_choice_label (reply) : NULL;
      meeting->attendance = attendance != NULL ? dure_choice_label (attendance) : NULL;
    }
  g_ptr_array_add (meetings, meeting);
}

static void
add_meetings (DureStore *store, GPtrArray *sections, GPtrArray *meetings)
{
  g_autofree char *now = dure_now_local ();
  DureSection     *next = add_section (sections, _ ("Next with them"), _ ("Nothing is planned."));
  DureSection     *past = add_section (sections, _ ("Lately"), NULL);

  g_ptr_array_sort (meetings, by_start);
  for (guint i = 0; i < meetings->len && next->items->len < MOST_EVENTS; i++)
    {
      Meeting    *meeting = g_ptr_array_index (meetings, i);
      const char *end = dure_record_get (meeting->event, DURE_EVENT_END);

      if (g_strcmp0 (end, now) >= 0)
        add_item (next, DURE_ENTITY_EVENT, dure_record_get_id (meeting->event),
                  g_strdup (dure_record_get (meeting->event, DURE_EVENT_TITLE)),
                  dure_time_format_range (dure_record_get (meeting->event, DURE_EVENT_START), end),
                  g_strdup (meeting->reply));
    }
  for (guint i = meetings->len; i > 0 && past->items->len < MOST_PAST; i--)
    {
      Meeting    *meeting = g_ptr_array_index (meetings, i - 1);
      const char *end = dure_record_get (meeting->event, DURE_EVENT_END);

      if (g_strcmp0 (end, now) < 0)
        add_item (past, DURE_ENTITY_EVENT, dure_record_get_id (meeting->event),
                  g_strdup (dure_record_get (meeting->event, DURE_EVENT_TITLE)),
                  dure_time_format_range (dure_record_get (meeting->event, DURE_EVENT_START), end),
                  g_strdup (meeting->attendance));
    }
}

static void
add_actions (DureStore *store, GPtrArray *sections, guint field, const char *id)
{
  g_autoptr (GPtrArray) actions = linked (store, DURE_ENTITY_ACTION, field, id, DURE_ACTION_DUE, FALSE);
  DureSection          *section = add_section (sections, _ ("To do"), NULL);

  for (guint i = 0; i < actions->len && section->items->len < MOST_ITEMS; i++)
    {
      DureRecord *action = g_ptr_array_index (actions, i);
      const char *due = dure_record_get (action, DURE_ACTION_DUE);

      if (g_strcmp0 (dure_record_get (action, DURE_ACTION_STATE), "open") == 0)
        add_item (section, DURE_ENTITY_ACTION, dure_record_get_id (action),
                  g_strdup (dure_record_get (action, DURE_ACTION_TITLE)),
                  dure_record_get (action, DURE_ACTION_EVENT) != NULL
                      ? dure_store_title (store, DURE_ENTITY_EVENT, dure_record_get (action, DURE_ACTION_EVENT))
                      : NULL,
                  due != NULL ? dure_day_format_relative (dure_day (due), dure_day_today ()) : NULL);
    }
}

/* --- how an agency is connected --- */

typedef struct
{
  char    *id;
  GString *kinds;
  gint64   sent;
  gint64   received;
} Partner;

static void
partner_free (gpointer data)
{
  Partner *partner = data;

  g_free (partner->id);
  g_string_free (partner->kinds, TRUE);
  g_free (partner);
}

static Partner *
partner_of (GPtrArray *partners, GHashTable *by_id, const char *id)
{
  Partner *partner = g_hash_table_lookup (by_id, id);

  if (partner != NULL)
    return partner;
  partner = g_new0 (Partner, 1);
  partner->id = g_strdup (id);
  partner->kinds = g_string_new (NULL);
  g_ptr_array_add (partners, partner);
  g_hash_table_insert (by_id, partner->id, partner);
  return partner;
}

static void
take_ties (DureStore *store, GPtrArray *partners, GHashTable *by_id, const char *id, guint near, guint far)
{
  g_autoptr (GPtrArray) ties = linked (store, DURE_ENTITY_TIE, near, id, DURE_TIE_KIND, FALSE);
  const DureField      *kinds = dure_entity_field (dure_entity (DURE_ENTITY_TIE), DURE_TIE_KIND);
  g_autofree char      *today = dure_day_to_date (dure_day_today ());

  for (guint i = 0; i < ties->len; i++)
    {
      DureRecord       *tie = g_ptr_array_index (ties, i);
      const char       *until = dure_record_get (tie, DURE_TIE_UNTIL);
      const DureChoice *kind = dure_field_choice (kinds, dure_record_get (tie, DURE_TIE_KIND));
      const char       *label = kind != NULL ? dure_choice_label (kind) : NULL;
      Partner          *partner;

      if (dure_record_get (tie, far) == NULL || (until != NULL && g_strcmp0 (until, today) < 0))
        continue;
      partner = partner_of (partners, by_id, dure_record_get (tie, far));
      if (label != NULL && strstr (partner->kinds->str, label) == NULL)
        g_string_append_printf (partner->kinds, "%s%s", partner->kinds->len > 0 ? ", " : "", label);
    }
}

static void
take_referrals (DureStore *store, GPtrArray *partners, GHashTable *by_id, const char *id, gboolean sent)
{
  guint                 near = sent ? DURE_REFERRAL_FROM : DURE_REFERRAL_TO;
  g_autoptr (GPtrArray) referrals = linked (store, DURE_ENTITY_REFERRAL, near, id, DURE_REFERRAL_MONTH, TRUE);

  for (guint i = 0; i < referrals->len; i++)
    {
      DureRecord *referral = g_ptr_array_index (referrals, i);
      const char *other = dure_record_get (referral, sent ? DURE_REFERRAL_TO : DURE_REFERRAL_FROM);
      gint64      n = dure_record_get_int (referral, DURE_REFERRAL_SENT);

      if (other == NULL || n == 0)
        continue;
      if (sent)
        partner_of (partners, by_id, other)->sent += n;
      else
        partner_of (partners, by_id, other)->received += n;
    }
}

static void
add_partners (DureStore *store, GPtrArray *sections, const char *id)
{
  g_autoptr (GPtrArray) partners = g_ptr_array_new_with_free_func (partner_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *title = NULL;
  DureSection     *section;

  take_ties (store, partners, by_id, id, DURE_TIE_FROM, DURE_TIE_TO);
  take_ties (store, partners, by_id, id, DURE_TIE_TO, DURE_TIE_FROM);
  take_referrals (store, partners, by_id, id, TRUE);
  take_referrals (store, partners, by_id, id, FALSE);
  title = partners->len > 0
              ? g_strdup_printf (ngettext ("Works with %u agency", "Works with %u agencies", partners->len),
                                 partners->len)
              : g_strdup (_ ("Works with"));
  section = add_section (sections, title, _ ("No tie to another agency is recorded."));
  section->make = _ ("Add a tie");
  section->entity = DURE_ENTITY_TIE;
  section->field = DURE_TIE_FROM;
  for (guint i = 0; i < partners->len && i < MOST_ITEMS; i++)
    {
      Partner         *partner = g_ptr_array_index (partners, i);
      g_autofree char *referred = NULL;

      if (partner->sent + partner->received > 0)
        referred = g_strdup_printf (_ ("referrals: %d sent, %d received"), (int) partner->sent,
                                    (int) partner->received);
      add_item (section, DURE_ENTITY_AGENCY, partner->id, dure_store_title (store, DURE_ENTITY_AGENCY, partner->id),
                join (partner->kinds->str, referred), NULL);
    }
}

static void
load_agency (DureStore *store, GPtrArray *sections, const char *id)
{
  g_autoptr (GPtrArray) meetings = g_ptr_array_new_with_free_func (meeting_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) parts = linked (store, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_AGENCY, id,
                                        DURE_PARTICIPATION_REPLIED_ON, TRUE);
  g_autoptr (GPtrArray) hosted = linked (store, DURE_ENTITY_EVENT, DURE_EVENT_HOST, id, DURE_EVENT_START, TRUE);
  g_autoptr (GPtrArray) programmes
      = linked (store, DURE_ENTITY_PROGRAMME, DURE_PROGRAMME_AGENCY, id, DURE_SORT_TITLE, FALSE);
  DureSection *section;

  add_people (store, sections, id);
  for (guint i = 0; i < parts->len; i++)
    collect (store, meetings, seen, dure_record_get (parts->pdata[i], DURE_PARTICIPATION_EVENT), parts->pdata[i]);
  for (guint i = 0; i < hosted->len; i++)
    collect (store, meetings, seen, dure_record_get_id (hosted->pdata[i]), NULL);
  add_meetings (store, sections, meetings);
  add_actions (store, sections, DURE_ACTION_AGENCY, id);

  section = add_section (sections, _ ("What they offer"), _ ("No programme or resource is entered."));
  section->make = _ ("Add a programme");
  section->entity = DURE_ENTITY_PROGRAMME;
  section->field = DURE_PROGRAMME_AGENCY;
  for (guint i = 0; i < programmes->len && i < MOST_ITEMS; i++)
    {
      DureRecord *programme = programmes->pdata[i];
      const char *left = dure_record_get (programme, DURE_PROGRAMME_LEFT);

      add_item (section, DURE_ENTITY_PROGRAMME, dure_record_get_id (programme),
                g_strdup (dure_record_get (programme, DURE_PROGRAMME_NAME)),
                join (dure_record_get (programme, DURE_PROGRAMME_FOR_WHOM),
                      dure_record_get (programme, DURE_PROGRAMME_FUNDED_BY)),
                left != NULL ? g_strdup_printf (_ ("%s places left"), left) : NULL);
    }
  add_partners (store, sections, id);
}

static void
load_person (DureStore *store, GPtrArray *sections, const char *id)
{
  g_autoptr (GPtrArray) meetings = g_ptr_array_new_with_free_func (meeting_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) parts = linked (store, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_PERSON, id,
                                        DURE_PARTICIPATION_REPLIED_ON, TRUE);
  g_autoptr (GPtrArray) seats = linked (store, DURE_ENTITY_SEAT, DURE_SEAT_PERSON, id, DURE_SEAT_TERM_FROM, TRUE);
  DureSection *section;

  for (guint i = 0; i < parts->len; i++)
    collect (store, meetings, seen, dure_record_get (parts->pdata[i], DURE_PARTICIPATION_EVENT), parts->pdata[i]);
  add_meetings (store, sections, meetings);
  add_actions (store, sections, DURE_ACTION_PERSON, id);

  section = add_section (sections, _ ("Seats in the council"), _ ("No seat in the council."));
  section->make = _ ("Add a seat");
  section->entity = DURE_ENTITY_SEAT;
  section->field = DURE_SEAT_PERSON;
  for (guint i = 0; i < seats->len && i < MOST_ITEMS; i++)
    {
      DureRecord      *seat = seats->pdata[i];
      g_autofree char *role = dure_store_format (store, seat, DURE_SEAT_ROLE);
      g_autofree char *from = dure_store_format (store, seat, DURE_SEAT_TERM_FROM);
      g_autofree char *to = dure_store_format (store, seat, DURE_SEAT_TERM_TO);
      const char      *body = dure_record_get (seat, DURE_SEAT_BODY);

      add_item (section, DURE_ENTITY_SEAT, dure_record_get_id (seat),
                body != NULL ? dure_store_title (store, DURE_ENTITY_BODY, body) : NULL,
                g_strdup_printf ("%s · %s ~ %s", role, from, to),
                g_strdup (dure_record_get (seat, DURE_SEAT_ENDED_ON) != NULL ? _ ("ended") : NULL));
    }
}

static void
load_call (DureStore *store, GPtrArray *sections, const char *id)
{
  g_autoptr (GPtrArray) applications
      = linked (store, DURE_ENTITY_APPLICATION, DURE_APPLICATION_CALL, id, DURE_APPLICATION_STAGE, FALSE);
  DureSection *section = add_section (sections, _ ("Applications"), _ ("No application has come in."));

  section->make = _ ("Add an application");
  section->entity = DURE_ENTITY_APPLICATION;
  section->field = DURE_APPLICATION_CALL;
  for (guint i = 0; i < applications->len && i < MOST_ITEMS; i++)
    {
      DureRecord      *application = applications->pdata[i];
      g_autofree char *body = dure_store_format (store, application, DURE_APPLICATION_BODY);
      g_autofree char *agency = dure_store_format (store, application, DURE_APPLICATION_AGENCY);

      add_item (section, DURE_ENTITY_APPLICATION, dure_record_get_id (application),
                dure_store_record_title (store, application), join (body, agency),
                dure_store_format (store, application, DURE_APPLICATION_STAGE));
    }
}

static void
load_venue (DureStore *store, GPtrArray *sections, const char *id)
{
  g_autoptr (GPtrArray) meetings = g_ptr_array_new_with_free_func (meeting_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) events = linked (store, DURE_ENTITY_EVENT, DURE_EVENT_VENUE, id, DURE_EVENT_START, TRUE);

  for (guint i = 0; i < events->len; i++)
    collect (store, meetings, seen, dure_record_get_id (events->pdata[i]), NULL);
  add_meetings (store, sections, meetings);
}

/**
 * dure_sections_load:
 * @store: the store of this thread
 * @id: id of a record of @entity
 *
 * Returns: (transfer full) (element-type DureSection): what belongs to the record; empty for entities without sections
 */
GPtrArray *
dure_sections_load (DureStore *store, DureEntityId entity, const char *id, GError **error)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (section_free);

  switch (entity)
    {
    case DURE_ENTITY_AGENCY:
      load_agency (store, sections, id);
      break;
    case DURE_ENTITY_PERSON:
      load_person (store, sections, id);
      break;
    case DURE_ENTITY_CALL:
      load_call (store, sections, id);
      break;
    case DURE_ENTITY_VENUE:
      load_venue (store, sections, id);
      break;
    default:
      break;
    }
  return sections;
}

/* The telephone rings: how to reach a person stands at the top, not only in the form. */
static gboolean
is_way_to_reach (const DureEntity *entity, guint field)
{
  return entity->id == DURE_ENTITY_PERSON && (field == DURE_PERSON_MOBILE || field == DURE_PERSON_MAIL);
}

/**
 * dure_sections_facts:
 *
 * Returns: (transfer full): one line of facts under the title: what the list shows of the record
 */
char *
dure_sections_facts (DureStore *store, DureRecord *record)
{
  const DureEntity *entity = dure_record_get_entity (record);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint f = 0; f < entity->n_fields; f++)
    {
      const DureField *field = &entity->fields[f];
      g_autofree char *part = NULL;

      if ((int) f == entity->title_field || dure_record_get (record, f) == NULL
          || !((field->flags & DURE_FIELD_LIST) || is_way_to_reach (entity, f)))
        continue;
      part = dure_store_format (store, record, f);
      if (part == NULL || *part == '\0')
        continue;
      if (field->type == DURE_VALUE_INTEGER || field->type == DURE_VALUE_MONEY || field->type == DURE_VALUE_DATE
          || field->type == DURE_VALUE_YES_NO)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", dure_field_label (field), part);
      else
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
    }
  return g_strdup (text->str);
}
