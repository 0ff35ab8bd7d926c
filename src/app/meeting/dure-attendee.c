/* dure-attendee.c: one row of the list of those invited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-attendee.h"

#include "app/widgets/dure-typed.h"
#include "base/dure-text.h"
#include "domain/dure-event.h"

struct _DureAttendee
{
  GObject parent_instance;

  DureRecord *record;
  char       *agency; /* name, "" for none */
  char       *person; /* name and position, "" for none */
  char       *key;    /* for the order */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (DureAttendee, dure_attendee, G_TYPE_OBJECT)

static void
dure_attendee_finalize (GObject *object)
{
  DureAttendee *self = DURE_ATTENDEE (object);

  g_clear_object (&self->record);
  g_free (self->agency);
  g_free (self->person);
  g_free (self->key);
  G_OBJECT_CLASS (dure_attendee_parent_class)->finalize (object);
}

static void
dure_attendee_class_init (DureAttendeeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dure_attendee_finalize;
  changed_signal = g_signal_new (
    "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dure_attendee_init (DureAttendee *self)
{
}

static DureAttendee *
attendee_new (DureStore *store, DureRecord *record)
{
  DureAttendee *self = g_object_new (DURE_TYPE_ATTENDEE, NULL);
  const char *person_id = dure_record_get (record, DURE_PARTICIPATION_PERSON);
  g_autofree char *agency_id = dure_event_participant_agency (store, record);
  g_autofree char *agency_key = NULL;
  g_autofree char *person_key = NULL;

  self->record = g_object_ref (record);
  self->agency = agency_id != NULL ? dure_store_title (store, DURE_ENTITY_AGENCY, agency_id) : NULL;
  if (self->agency == NULL)
    self->agency = g_strdup ("");
  if (person_id != NULL)
    {
      g_autoptr (DureRecord) person = dure_store_get (store, DURE_ENTITY_PERSON, person_id, NULL);
      const char *name = person != NULL ? dure_record_get (person, DURE_PERSON_NAME) : NULL;
      const char *position = person != NULL ? dure_record_get (person, DURE_PERSON_POSITION) : NULL;

      self->person = g_strjoin (" ", name != NULL ? name : "", position, NULL);
    }
  else
    self->person = g_strdup ("");
  agency_key = dure_text_sort_key (self->agency);
  person_key = dure_text_sort_key (self->person);
  /* Lecturers first, then by body. */
  self->key = g_strdup_printf ("%d%s\x01%s", dure_attendee_is_lecturer (self) ? 0 : 1, agency_key, person_key);
  return self;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const DureAttendee *left = *(DureAttendee *const *) a;
  const DureAttendee *right = *(DureAttendee *const *) b;
  int order = strcmp (left->key, right->key);

  return order != 0 ? order : g_strcmp0 (dure_record_get_id (left->record), dure_record_get_id (right->record));
}

/**
 * dure_attendees_load:
 * @store: a reader
 * @event_id: the event
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureAttendee) (nullable): everybody invited, lecturers first, then by body
 */
GPtrArray *
dure_attendees_load (DureStore *store, const char *event_id, GError **error)
{
  g_autoptr (GPtrArray) records = dure_event_records (store, DURE_ENTITY_PARTICIPATION, event_id, error);
  GPtrArray *attendees;

  if (records == NULL)
    return NULL;
  attendees = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (attendees, attendee_new (store, g_ptr_array_index (records, i)));
  g_ptr_array_sort (attendees, compare);
  return attendees;
}

DureRecord *
dure_attendee_get_record (DureAttendee *self)
{
  g_return_val_if_fail (DURE_IS_ATTENDEE (self), NULL);
  return self->record;
}

void
dure_attendee_set_record (DureAttendee *self, DureRecord *record)
{
  g_return_if_fail (DURE_IS_ATTENDEE (self));
  if (g_set_object (&self->record, record))
    g_signal_emit (self, changed_signal, 0);
}

const char *
dure_attendee_get_id (DureAttendee *self)
{
  g_return_val_if_fail (DURE_IS_ATTENDEE (self), NULL);
  return dure_record_get_id (self->record);
}

/* Returns: the name of the body, "" for none */
const char *
dure_attendee_get_agency (DureAttendee *self)
{
  g_return_val_if_fail (DURE_IS_ATTENDEE (self), NULL);
  return self->agency;
}

/* Returns: name and position of the person, "" when the body is invited as such */
const char *
dure_attendee_get_person (DureAttendee *self)
{
  g_return_val_if_fail (DURE_IS_ATTENDEE (self), NULL);
  return self->person;
}

/* Returns: (transfer full): «name position(agency)» */
char *
dure_attendee_get_title (DureAttendee *self)
{
  g_return_val_if_fail (DURE_IS_ATTENDEE (self), NULL);
  if (*self->person == '\0')
    return g_strdup (self->agency);
  return *self->agency != '\0' ? g_strdup_printf ("%s(%s)", self->person, self->agency) : g_strdup (self->person);
}

gboolean
dure_attendee_is_lecturer (DureAttendee *self)
{
  g_return_val_if_fail (DURE_IS_ATTENDEE (self), FALSE);
  return g_strcmp0 (dure_record_get (self->record, DURE_PARTICIPATION_ROLE), "lecturer") == 0;
}

/* Whether the body or the person contains the text; initial consonants count. */
gboolean
dure_attendee_matches (DureAttendee *self, const char *query)
{
  g_return_val_if_fail (DURE_IS_ATTENDEE (self), FALSE);
  return query == NULL || *query == '\0' || dure_typed_find (self->agency, query, NULL, NULL)
         || dure_typed_find (self->person, query, NULL, NULL);
}

/**
 * dure_attendee_update:
 * @self: what is on the screen
 * @from: the same participation as it is stored now
 *
 * Returns: %FALSE when it stands elsewhere in the order now and must be put there
 */
gboolean
dure_attendee_update (DureAttendee *self, DureAttendee *from)
{
  g_return_val_if_fail (DURE_IS_ATTENDEE (self) && DURE_IS_ATTENDEE (from), FALSE);
  if (strcmp (self->key, from->key) != 0)
    return FALSE;
  dure_attendee_set_record (self, from->record);
  return TRUE;
}

