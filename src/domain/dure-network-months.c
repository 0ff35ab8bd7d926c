/* dure-network-months.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-months.h"

#include <string.h>

#include "base/dure-date.h"
#include "domain/dure-network-evidence.h"

/* Records before or after these years are slips of the pen that would make the slider of no use. */
#define YEAR_FIRST 1990
#define YEAR_LAST 2100
#define N_MONTHS ((YEAR_LAST - YEAR_FIRST + 1) * 12)

/* Somebody of an agency in a body or at an event: months from … to, -1 for an open end. */
typedef struct
{
  guint node;
  int   from;
  int   to;
} Member;

typedef struct
{
  guint   layer;
  GArray *members; /* of Member, one an agency */
} Group;

typedef struct
{
  const DureNetwork *network;
  GHashTable        *groups;                            /* id of a body or an event -> Group */
  int                step[DURE_N_LAYERS][N_MONTHS + 1]; /* what begins in a month less what ended in the one before */
  guint              started[N_MONTHS];
  guint              ended[N_MONTHS];
  int                now;   /* this month */
  int                least; /* first and last month that a record names */
  int                most;
} Months;

static int
month_of (int day)
{
  int year = 0;
  int month = 0;
  int month_day;

  if (day != DURE_NO_DAY)
    dure_day_to_ymd (day, &year, &month, &month_day);
  return month != 0 && year >= YEAR_FIRST && year <= YEAR_LAST ? (year - YEAR_FIRST) * 12 + month - 1 : -1;
}

static void
widen (Months *self, int month)
{
  if (month < 0)
    return;
  self->least = MIN (self->least, month);
  self->most = MAX (self->most, month);
}

/* The months that a record names, -1 for an open end; FALSE when none of them is on the slider. */
static gboolean
find_months (const DureEvidence *evidence, int *from, int *to)
{
  int first = dure_day_from_ymd (YEAR_FIRST, 1, 1);
  int last = dure_day_from_ymd (YEAR_LAST, 12, 31);

  *from = month_of (evidence->from);
  *to = month_of (evidence->to);
  if (evidence->once && *from < 0)
    return FALSE;
  if (evidence->from != DURE_NO_DAY
      && (evidence->from > last || (evidence->to != DURE_NO_DAY && evidence->from > evidence->to)))
    return FALSE;
  return evidence->to == DURE_NO_DAY || evidence->to >= first;
}

/* What ends one day in the future does not make the slider longer: 2099 often means never. */
static void
widen_by (Months *self, int from, int to)
{
  widen (self, from);
  if (to <= self->now)
    widen (self, to);
}

static void
count (Months *self, guint layer, int from, int to)
{
  self->step[layer][MAX (from, 0)]++;
  self->step[layer][to < 0 ? N_MONTHS : to + 1]--;
}

static void
take_pair (Months *self, const DureEvidence *evidence)
{
  int from;
  int to;

  if (!find_months (evidence, &from, &to) || !dure_network_find (self->network, evidence->first, NULL)
      || !dure_network_find (self->network, evidence->second, NULL) || strcmp (evidence->first, evidence->second) == 0)
    return;
  widen_by (self, from, to);
  count (self, evidence->layer, from, to);
  if (!evidence->once && from >= 0)
    self->started[from]++;
  if (!evidence->once && to >= 0)
    self->ended[to]++;
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_array_unref (group->members);
  g_free (group);
}

static void
take_member (Months *self, const DureEvidence *evidence)
{
  Member member;
  Group *group;

  if (!find_months (evidence, &member.from, &member.to)
      || !dure_network_find (self->network, evidence->first, &member.node))
    return;
  group = g_hash_table_lookup (self->groups, evidence->id);
  if (group == NULL)
    {
      group = g_new (Group, 1);
      group->layer = evidence->layer;
      group->members = g_array_new (FALSE, FALSE, sizeof (Member));
      g_hash_table_insert (self->groups, g_strdup (evidence->id), group);
    }
  widen_by (self, member.from, member.to);
  /* Several seats of one agency count as one, from the first to the last. */
  for (guint i = 0; i < group->members->len; i++)
    {
      Member *old = &g_array_index (group->members, Member, i);

      if (old->node != member.node)
        continue;
      old->from = MIN (old->from, member.from);
      old->to = old->to < 0 || member.to < 0 ? -1 : MAX (old->to, member.to);
      return;
    }
  g_array_append_val (group->members, member);
}

static void
evidence_cb (const DureEvidence *evidence, gpointer data)
{
  if (evidence->second == NULL && evidence->layer >= 6)
    take_member (data, evidence);
  else
    take_pair (data, evidence);
}

static void
count_group (Months *self, const Group *group)
{
  for (guint i = 0; i < group->members->len; i++)
    for (guint j = i + 1; j < group->members->len; j++)
      {
        const Member *a = &g_array_index (group->members, Member, i);
        const Member *b = &g_array_index (group->members, Member, j);
        int           from = MAX (a->from, b->from);
        int           to = a->to < 0 ? b->to : b->to < 0 ? a->to : MIN (a->to, b->to);

        if (to < 0 || from <= to)
          count (self, group->layer, from, to);
      }
}

static GArray *
collect (Months *self)
{
  GArray *months = g_array_new (FALSE, TRUE, sizeof (DureNetworkMonth));
  guint   now[DURE_N_LAYERS] = { 0 };

  for (int i = 0; i <= self->most; i++)
    {
      DureNetworkMonth month = { .year = YEAR_FIRST + i / 12, .month = i % 12 + 1 };

      for (guint k = 0; k < DURE_N_LAYERS; k++)
        {
          now[k] += (guint)self->step[k][i];
          month.in_layer[k] = now[k];
        }
      if (i < self->least)
        continue;
      month.first = dure_day_from_ymd (month.year, month.month, 1);
      month.last = month.first + dure_month_days (month.year, month.month) - 1;
      month.started = self->started[i];
      month.ended = self->ended[i];
      g_array_append_val (months, month);
    }
  return months;
}

/**
 * dure_network_months:
 * @store: the officer's file
 * @filter: (nullable): which agencies and layers; its period does not count
 * @cancellable: (nullable): stops between the tables
 * @error: return location
 *
 * One pass over the records, whatever the number of months.
 *
 * Returns: (transfer full) (element-type DureNetworkMonth) (nullable): every month from the first that a record names
 * to the last, this month among them; empty when no record has a day
 */
GArray *
dure_network_months (DureStore *store, const DureNetworkFilter *filter, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureNetworkFilter) nodes = filter != NULL ? dure_network_filter_copy (filter) : dure_network_filter_new ();
  g_autoptr (DureNetwork) network = NULL;
  g_autofree Months *self = g_new0 (Months, 1);
  guint              layers = nodes->layers;
  GArray            *months = NULL;

  /* The agencies that the filter shows, at any time. */
  nodes->layers = 0;
  nodes->from = dure_day_from_ymd (1, 1, 1);
  nodes->to = dure_day_from_ymd (9999, 12, 31);
  network = dure_network_build (store, nodes, cancellable, error);
  if (network == NULL)
    return NULL;
  self->network = network;
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, group_free);
  self->now = month_of (dure_day_today ());
  self->least = N_MONTHS;
  self->most = -1;
  if (dure_evidence_each (store, layers, evidence_cb, self, cancellable, error))
    {
      GHashTableIter iter;
      gpointer       group;

      g_hash_table_iter_init (&iter, self->groups);
      while (g_hash_table_iter_next (&iter, NULL, &group))
        count_group (self, group);
      if (self->most >= 0)
        widen (self, self->now);
      months = collect (self);
    }
  g_hash_table_unref (self->groups);
  return months;
}
