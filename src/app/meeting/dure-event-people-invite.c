/* dure-event-people-invite.c: invitations: one agency, one person, all agencies, the members of a body
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-people-private.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"
#include "domain/dure-event.h"

static gpointer
invite_all_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *event_id = data;
  g_autoptr (DureRecord) event = dure_store_get (store, DURE_ENTITY_EVENT, event_id, error);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) agencies = NULL;
  g_auto (GStrv) ids = NULL;
  int day;

  if (event == NULL)
    return NULL;
  day = dure_day (dure_record_get (event, DURE_EVENT_START));
  agencies = dure_store_list (store, query, error);
  if (agencies == NULL)
    return NULL;
  for (guint i = 0; i < agencies->len; i++)
    {
      DureRecord *agency = g_ptr_array_index (agencies, i);
      const char *from = dure_record_get (agency, DURE_AGENCY_ACTIVE_FROM);
      const char *to = dure_record_get (agency, DURE_AGENCY_ACTIVE_TO);

      if ((from == NULL || dure_day (from) <= day) && (to == NULL || dure_day (to) >= day))
        g_strv_builder_add (builder, dure_record_get_id (agency));
    }
  ids = g_strv_builder_end (builder);
  return GINT_TO_POINTER (dure_event_invite (store, event_id, (const char *const *) ids, error) >= 0);
}

/* Invites every agency at work on the day of the event; those already invited stay as they are. */
void
dure_event_people_invite_all (DureEventPeople *self)
{
  g_return_if_fail (DURE_IS_EVENT_PEOPLE (self));
  dure_event_tab_run (DURE_EVENT_TAB (self),
                      invite_all_func,
                      g_strdup (dure_event_tab_get_event_id (DURE_EVENT_TAB (self))),
                      g_free,
                      _("All agencies invited"));
}

typedef struct
{
  char *event_id;
  char *agency_id;
} InviteOne;

static void
invite_one_free (gpointer data)
{
  InviteOne *invite = data;

  g_free (invite->event_id);
  g_free (invite->agency_id);
  g_free (invite);
}

static gpointer
invite_one_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  InviteOne *invite = data;
  const char *const ids[] = { invite->agency_id, NULL };

  return GINT_TO_POINTER (dure_event_invite (store, invite->event_id, ids, error) >= 0);
}

void
dure_event_people_invite_agency (DureEventPeople *self, const char *id)
{
  InviteOne *invite = g_new0 (InviteOne, 1);

  invite->event_id = g_strdup (dure_event_tab_get_event_id (DURE_EVENT_TAB (self)));
  invite->agency_id = g_strdup (id);
  dure_event_tab_run (DURE_EVENT_TAB (self), invite_one_func, invite, invite_one_free, _("Invited"));
}

static gboolean
is_invited (DureStore *store, const char *event_id, const char *person_id)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PARTICIPATION);

  dure_query_where (query, DURE_PARTICIPATION_EVENT, DURE_EQUAL, event_id);
  dure_query_where (query, DURE_PARTICIPATION_PERSON, DURE_EQUAL, person_id);
  return dure_store_count (store, query, NULL) > 0;
}

static void
add_person (DureEventPeople *self, GPtrArray *records, const char *person_id, const char *role)
{
  DureEventTab *tab = DURE_EVENT_TAB (self);
  DureRecord *record;

  if (is_invited (dure_event_tab_get_store (tab), dure_event_tab_get_event_id (tab), person_id))
    return;
  record = dure_event_tab_new_record (tab, DURE_ENTITY_PARTICIPATION);
  dure_record_set (record, DURE_PARTICIPATION_PERSON, person_id);
  if (role != NULL)
    dure_record_set (record, DURE_PARTICIPATION_ROLE, role);
  g_ptr_array_add (records, record);
}

void
dure_event_people_invite_person (DureEventPeople *self, const char *id)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  add_person (self, records, id, NULL);
  if (records->len > 0)
    dure_event_tab_apply (DURE_EVENT_TAB (self), _("Invitations"), records, NULL, _("Invited"));
}

/* Invites those whose seat in the body stands on the day of today. */
void
dure_event_people_invite_members (DureEventPeople *self, const char *body)
{
  DureStore *store = dure_event_tab_get_store (DURE_EVENT_TAB (self));
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_SEAT);
  g_autoptr (GPtrArray) seats = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  int today = dure_day_today ();

  dure_query_where (query, DURE_SEAT_BODY, DURE_EQUAL, body);
  dure_query_where (query, DURE_SEAT_ENDED_ON, DURE_IS_EMPTY, NULL);
  seats = dure_store_list (store, query, NULL);
  for (guint i = 0; seats != NULL && i < seats->len; i++)
    {
      DureRecord *seat = g_ptr_array_index (seats, i);
      const char *to = dure_record_get (seat, DURE_SEAT_TERM_TO);

      if (to == NULL || dure_day (to) >= today)
        add_person (self, records, dure_record_get (seat, DURE_SEAT_PERSON), "member");
    }
  if (records->len > 0)
    dure_event_tab_apply (DURE_EVENT_TAB (self), _("Invitations"), records, NULL, _("Members invited"));
}
