/* dure-network-evidence.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-evidence.h"

#include <math.h>

#include "base/dure-date.h"

#define DAYS_A_MONTH (365.2425 / 12)
#define STRENGTH_MOST 4

typedef struct
{
  DureStore       *store;
  guint            layers;
  GHashTable      *agency_of; /* person id -> agency id or "" */
  DureEvidenceFunc func;
  gpointer         data;
  GCancellable    *cancellable;
} Reading;

static int
day_or_none (const char *date)
{
  return date != NULL && *date != '\0' ? dure_day (date) : DURE_NO_DAY;
}

static gint64
number (const char *text)
{
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* A kind that this program does not know counts as another. */
static guint
tie_layer (const char *kind)
{
  const DureField  *kinds = dure_entity_field (dure_entity (DURE_ENTITY_TIE), DURE_TIE_KIND);
  const DureChoice *choice = dure_field_choice (kinds, kind);

  return choice != NULL ? (guint)(choice - kinds->choices) : 4;
}

static GPtrArray *
list (Reading *self, DureEntityId entity, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;
  return dure_store_list (self->store, query, error);
}

static gboolean
scan (Reading *self, DureEntityId entity, const guint *fields, guint n_fields, DureScanFunc func, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);

  return !g_cancellable_set_error_if_cancelled (self->cancellable, error)
         && dure_store_scan (self->store, query, fields, n_fields, func, self, self->cancellable, error);
}

static const guint tie_fields[]
    = { DURE_TIE_FROM, DURE_TIE_TO, DURE_TIE_KIND, DURE_TIE_STRENGTH, DURE_TIE_SINCE, DURE_TIE_UNTIL, DURE_TIE_NOTE };

static void
tie_cb (const char *const *values, gpointer data)
{
  Reading     *self = data;
  DureEvidence evidence = {
    .layer = tie_layer (values[3]),
    .from = day_or_none (values[5]),
    .to = day_or_none (values[6]),
    .entity = DURE_ENTITY_TIE,
    .id = values[0],
    .first = values[1],
    .second = values[2],
    .weight = (double)CLAMP (number (values[4]), 1, STRENGTH_MOST),
    .text = values[7],
  };

  if ((self->layers & (1u << evidence.layer)) != 0)
    self->func (&evidence, self->data);
}

static const guint referral_fields[] = { DURE_REFERRAL_FROM, DURE_REFERRAL_TO,   DURE_REFERRAL_MONTH,
                                         DURE_REFERRAL_KIND, DURE_REFERRAL_SENT, DURE_REFERRAL_ACCEPTED };

static void
referral_cb (const char *const *values, gpointer data)
{
  Reading     *self = data;
  gint64       sent = number (values[5]);
  char         date[11];
  DureEvidence evidence = {
    .layer = 5,
    .once = TRUE,
    .from = DURE_NO_DAY,
    .to = DURE_NO_DAY,
    .entity = DURE_ENTITY_REFERRAL,
    .id = values[0],
    .first = values[1],
    .second = values[2],
    .weight = (double)sent,
    .sent = (guint)CLAMP (sent, 0, G_MAXINT),
    .text = values[4],
    .accepted = (guint)CLAMP (number (values[6]), 0, G_MAXINT),
  };

  if (sent <= 0)
    return;
  if (values[3] != NULL && g_snprintf (date, sizeof date, "%s-01", values[3]) == 10)
    evidence.from = dure_day (date);
  if (evidence.from != DURE_NO_DAY)
    {
      int year;
      int month;
      int day;

      dure_day_to_ymd (evidence.from, &year, &month, &day);
      evidence.to = evidence.from + dure_month_days (year, month) - 1;
    }
  self->func (&evidence, self->data);
}

static gboolean
read_people (Reading *self, GError **error)
{
  g_autoptr (GPtrArray) people = NULL;

  if (self->agency_of != NULL)
    return TRUE;
  people = list (self, DURE_ENTITY_PERSON, error);
  if (people == NULL)
    return FALSE;
  self->agency_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < people->len; i++)
    {
      DureRecord *person = g_ptr_array_index (people, i);
      const char *agency = dure_record_get (person, DURE_PERSON_AGENCY);

      g_hash_table_insert (self->agency_of, g_strdup (dure_record_get_id (person)),
                           g_strdup (agency != NULL ? agency : ""));
    }
  return TRUE;
}

/* Gives on what one person of an agency adds to a body or an event. Nobody's agency is not known for one who is gone:
 * that is told with first = NULL; a person without an agency ties nobody. */
static void
give_member (Reading *self, DureEvidence *evidence, const char *agency, const char *person)
{
  if (agency == NULL && person != NULL)
    agency = g_hash_table_lookup (self->agency_of, person);
  if (agency != NULL && *agency == '\0')
    return;
  evidence->first = agency;
  self->func (evidence, self->data);
}

static gboolean
read_seats (Reading *self, GError **error)
{
  g_autoptr (GPtrArray) records = list (self, DURE_ENTITY_SEAT, error);

  if (records == NULL || (records->len > 0 && !read_people (self, error)))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord  *seat = g_ptr_array_index (records, i);
      int          ended = day_or_none (dure_record_get (seat, DURE_SEAT_ENDED_ON));
      DureEvidence evidence = {
        .layer = 6,
        .from = day_or_none (dure_record_get (seat, DURE_SEAT_TERM_FROM)),
        .to = day_or_none (dure_record_get (seat, DURE_SEAT_TERM_TO)),
        .entity = DURE_ENTITY_BODY,
        .id = dure_record_get (seat, DURE_SEAT_BODY),
      };

      if (ended != DURE_NO_DAY && (evidence.to == DURE_NO_DAY || ended < evidence.to))
        evidence.to = ended;
      if (evidence.id != NULL)
        give_member (self, &evidence, NULL, dure_record_get (seat, DURE_SEAT_PERSON));
    }
  return TRUE;
}

static gboolean
was_there (DureRecord *participation)
{
  static const char *const there[] = { "present", "proxy", "walk-in", NULL };
  const char              *attendance = dure_record_get (participation, DURE_PARTICIPATION_ATTENDANCE);

  return attendance != NULL && g_strv_contains (there, attendance);
}

static gboolean
read_attendance (Reading *self, GError **error)
{
  g_autoptr (GHashTable) day_of = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) events = list (self, DURE_ENTITY_EVENT, error);
  g_autoptr (GPtrArray) records = NULL;

  if (events == NULL || !read_people (self, error))
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      DureRecord *event = g_ptr_array_index (events, i);
      const char *start = dure_record_get (event, DURE_EVENT_START);
      int         day = DURE_NO_DAY;
      int         minute;

      if (g_strcmp0 (dure_record_get (event, DURE_EVENT_STATE), "called-off") == 0 || start == NULL
          || !dure_time_split (start, &day, &minute))
        continue;
      g_hash_table_insert (day_of, (gpointer)dure_record_get_id (event), GINT_TO_POINTER (day));
    }
  records = list (self, DURE_ENTITY_PARTICIPATION, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord *record = g_ptr_array_index (records, i);
      const char *event = dure_record_get (record, DURE_PARTICIPATION_EVENT);
      gpointer    day;

      if (event != NULL && was_there (record) && g_hash_table_lookup_extended (day_of, event, NULL, &day))
        {
          DureEvidence evidence = {
            .layer = 7,
            .once = TRUE,
            .from = GPOINTER_TO_INT (day),
            .to = GPOINTER_TO_INT (day),
            .entity = DURE_ENTITY_EVENT,
            .id = event,
          };

          give_member (self, &evidence, dure_record_get (record, DURE_PARTICIPATION_AGENCY),
                       dure_record_get (record, DURE_PARTICIPATION_PERSON));
        }
    }
  return TRUE;
}

/**
 * dure_evidence_each:
 * @store: the officer's file
 * @layers: bits of DureLayer
 * @func: called with each record of these layers
 * @data: passed on
 * @cancellable: (nullable): looked at between the tables
 * @error: return location
 *
 * Seats and participations are given one by one: whoever is of the same body or event is tied. The agency of a person
 * who is gone is %NULL.
 *
 * Returns: whether all was read
 */
gboolean
dure_evidence_each (
    DureStore *store, guint layers, DureEvidenceFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading  self = { .store = store, .layers = layers, .func = func, .data = data, .cancellable = cancellable };
  gboolean ok
      = ((layers & (DURE_LAYER_REFERRAL - 1)) == 0
         || scan (&self, DURE_ENTITY_TIE, tie_fields, G_N_ELEMENTS (tie_fields), tie_cb, error))
        && ((layers & DURE_LAYER_REFERRAL) == 0
            || scan (&self, DURE_ENTITY_REFERRAL, referral_fields, G_N_ELEMENTS (referral_fields), referral_cb, error))
        && ((layers & DURE_LAYER_SEATS) == 0 || read_seats (&self, error))
        && ((layers & DURE_LAYER_ATTENDANCE) == 0 || read_attendance (&self, error));

  g_clear_pointer (&self.agency_of, g_hash_table_unref);
  return ok;
}

/** dure_evidence_period: the period of @filter, as of today. */
DureEvidencePeriod
dure_evidence_period (const DureNetworkFilter *filter)
{
  int today = dure_day_today ();

  return (DureEvidencePeriod){
    .from = filter->from,
    .to = filter->to,
    .end = filter->to != DURE_NO_DAY ? filter->to : today,
    .today = today,
    .half_life = filter->half_life,
  };
}

/**
 * dure_evidence_holds:
 * @period: the period
 * @from: first day, or %DURE_NO_DAY
 * @to: last day, or %DURE_NO_DAY
 *
 * Returns: whether [@from, @to] meets the period; without a period today counts, so that what has ended is left out
 */
gboolean
dure_evidence_holds (const DureEvidencePeriod *period, int from, int to)
{
  if (period->from == DURE_NO_DAY && period->to == DURE_NO_DAY)
    return to == DURE_NO_DAY || to >= period->today;
  if (period->to != DURE_NO_DAY && from != DURE_NO_DAY && from > period->to)
    return FALSE;
  return period->from == DURE_NO_DAY || to == DURE_NO_DAY || to >= period->from;
}

/**
 * dure_evidence_in_period:
 * @period: the period
 * @evidence: a record
 *
 * A month belongs to the period that holds its middle, so that of two periods side by side one gets it; or to a period
 * within it.
 *
 * Returns: whether the record counts
 */
gboolean
dure_evidence_in_period (const DureEvidencePeriod *period, const DureEvidence *evidence)
{
  int middle;

  if (!evidence->once)
    return dure_evidence_holds (period, evidence->from, evidence->to);
  if (period->from == DURE_NO_DAY && period->to == DURE_NO_DAY)
    return TRUE;
  if (evidence->from == DURE_NO_DAY)
    return FALSE;
  if (period->from != DURE_NO_DAY && period->to != DURE_NO_DAY && period->from >= evidence->from
      && period->to <= evidence->to)
    return TRUE;
  middle = evidence->from + (evidence->to - evidence->from) / 2;
  return (period->to == DURE_NO_DAY || middle <= period->to) && (period->from == DURE_NO_DAY || middle >= period->from);
}

/**
 * dure_evidence_faded:
 * @period: the period, with its half-life
 * @day: the day of a record, or %DURE_NO_DAY
 * @weight: its weight
 *
 * Returns: @weight, halved for each half-life from @day to the end of the period; one without a day keeps its weight
 */
double
dure_evidence_faded (const DureEvidencePeriod *period, int day, double weight)
{
  if (!(period->half_life > 0) || day == DURE_NO_DAY || day >= period->end)
    return weight;
  return weight * exp2 (-(double)(period->end - day) / (period->half_life * DAYS_A_MONTH));
}

/** dure_evidence_day: the day that the age of a record counts from, or DURE_NO_DAY. */
int
dure_evidence_day (const DureEvidence *evidence)
{
  if (!evidence->once || evidence->from == DURE_NO_DAY)
    return evidence->from;
  return evidence->from + (evidence->to - evidence->from) / 2;
}
