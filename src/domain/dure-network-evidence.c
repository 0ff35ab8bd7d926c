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

typedef struct
{
  DureStore       *store;
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

static GPtrArray *
list (Reading *self, DureEntityId entity, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;
  return dure_store_list (self->store, query, error);
}

static gboolean
read_ties (Reading *self, guint layers, GError **error)
{
  const DureField *kinds = dure_entity_field (dure_entity (DURE_ENTITY_TIE), DURE_TIE_KIND);
  g_autoptr (GPtrArray) records = NULL;

  if ((layers & (DURE_LAYER_REFERRAL - 1)) == 0)
    return TRUE;
  records = list (self, DURE_ENTITY_TIE, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord       *record = g_ptr_array_index (records, i);
      const DureChoice *kind = dure_field_choice (kinds, dure_record_get (record, DURE_TIE_KIND));
      DureEvidence      evidence = {
             .layer = kind != NULL ? (guint)(kind - kinds->choices) : 4,
             .from = day_or_none (dure_record_get (record, DURE_TIE_SINCE)),
             .to = day_or_none (dure_record_get (record, DURE_TIE_UNTIL)),
             .entity = DURE_ENTITY_TIE,
             .id = dure_record_get_id (record),
             .first = dure_record_get (record, DURE_TIE_FROM),
             .second = dure_record_get (record, DURE_TIE_TO),
             .weight = (double)CLAMP (dure_record_get_int (record, DURE_TIE_STRENGTH), 1, 4),
             .record = record,
      };

      if ((layers & (1u << evidence.layer)) != 0)
        self->func (&evidence, self->data);
    }
  return TRUE;
}

static gboolean
read_referrals (Reading *self, GError **error)
{
  g_autoptr (GPtrArray) records = list (self, DURE_ENTITY_REFERRAL, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord  *record = g_ptr_array_index (records, i);
      const char  *month = dure_record_get (record, DURE_REFERRAL_MONTH);
      gint64       sent = dure_record_get_int (record, DURE_REFERRAL_SENT);
      char         date[11];
      DureEvidence evidence = {
        .layer = 5,
        .once = TRUE,
        .from = DURE_NO_DAY,
        .to = DURE_NO_DAY,
        .entity = DURE_ENTITY_REFERRAL,
        .id = dure_record_get_id (record),
        .first = dure_record_get (record, DURE_REFERRAL_FROM),
        .second = dure_record_get (record, DURE_REFERRAL_TO),
        .weight = (double)sent,
        .sent = (guint)CLAMP (sent, 0, G_MAXINT),
        .record = record,
      };

      if (sent <= 0)
        continue;
      if (month != NULL && g_snprintf (date, sizeof date, "%s-01", month) == 10)
        evidence.from = dure_day (date);
      if (evidence.from != DURE_NO_DAY)
        {
          int year;
          int number;
          int day;

          dure_day_to_ymd (evidence.from, &year, &number, &day);
          evidence.to = evidence.from + dure_month_days (year, number) - 1;
        }
      self->func (&evidence, self->data);
    }
  return TRUE;
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
        .record = seat,
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
            .record = record,
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
  Reading  self = { .store = store, .func = func, .data = data, .cancellable = cancellable };
  gboolean ok = read_ties (&self, layers, error)
                && ((layers & DURE_LAYER_REFERRAL) == 0 || read_referrals (&self, error))
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
