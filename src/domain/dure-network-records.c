/* dure-network-records.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-records.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/dure-date.h"
#include "domain/dure-network-evidence.h"

typedef struct
{
  DureStore         *store;
  const char        *first;
  const char        *second;
  DureEvidencePeriod period;
  GPtrArray         *records;
  GHashTable        *groups; /* id of a body or an event -> Group */
} Reading;

/* Days from … to. */
typedef struct
{
  int from;
  int to;
} Span;

/* The days of both agencies in one body or at one event. */
typedef struct
{
  guint        layer;
  DureEntityId entity;
  GArray      *spans[2]; /* of Span */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_array_unref (group->spans[0]);
  g_array_unref (group->spans[1]);
  g_free (group);
}

static char *
shown_date (int day)
{
  g_autofree char *date = day != DURE_NO_DAY ? dure_day_to_date (day) : NULL;

  return date != NULL ? dure_date_format_official (date) : NULL;
}

static char *
date_of (int from, int to)
{
  g_autofree char *first = shown_date (from);
  g_autofree char *last = shown_date (to);

  if (first != NULL && last != NULL && from != to)
    return g_strdup_printf (_ ("%1$s to %2$s"), first, last);
  if (first != NULL)
    return last == NULL ? g_strdup_printf (_ ("since %s"), first) : g_strdup (first);
  return last != NULL ? g_strdup_printf (_ ("until %s"), last) : g_strdup ("");
}

static DureTieRecord *
add (Reading *self, guint layer, DureEntityId entity, const char *id, int day)
{
  DureTieRecord *record = g_new0 (DureTieRecord, 1);

  record->layer = (DureLayer)(1u << layer);
  record->entity = entity;
  record->id = g_strdup (id);
  record->day = day;
  record->count = 1;
  g_ptr_array_add (self->records, record);
  return record;
}

static void
add_tie (Reading *self, const DureEvidence *evidence)
{
  DureTieRecord   *record = add (self, evidence->layer, DURE_ENTITY_TIE, evidence->id, evidence->from);
  const char      *label = dure_layer_label (record->layer);
  g_autofree char *line = evidence->text != NULL ? g_strndup (evidence->text, strcspn (evidence->text, "\n")) : NULL;

  record->label = line != NULL && *line != '\0' ? g_strdup_printf ("%s · %s", label, line) : g_strdup (label);
  record->date = date_of (evidence->from, evidence->to);
}

static void
add_referral (Reading *self, const DureEvidence *evidence)
{
  DureTieRecord    *record = add (self, evidence->layer, DURE_ENTITY_REFERRAL, evidence->id, evidence->from);
  const DureField  *kinds = dure_entity_field (dure_entity (DURE_ENTITY_REFERRAL), DURE_REFERRAL_KIND);
  const DureChoice *kind = dure_field_choice (kinds, evidence->text);
  int               year;
  int               month;
  int               day;

  /* Translators: kind of referral, how many were sent, how many of them were accepted. */
  record->label = g_strdup_printf (_ ("%1$s: %2$u sent, %3$u accepted"),
                                   kind != NULL ? dure_choice_label (kind) : dure_layer_label (record->layer),
                                   evidence->sent, evidence->accepted);
  record->count = evidence->sent;
  record->from_first = strcmp (evidence->first, self->first) == 0;
  if (evidence->from == DURE_NO_DAY)
    record->date = g_strdup ("");
  else
    {
      dure_day_to_ymd (evidence->from, &year, &month, &day);
      /* Translators: year and month. */
      record->date = g_strdup_printf (_ ("%1$d-%2$02d"), year, month);
    }
}

static void
take_member (Reading *self, const DureEvidence *evidence)
{
  guint  which = g_strcmp0 (evidence->first, self->first) == 0 ? 0 : 1;
  Span   span = { evidence->from, evidence->to };
  Group *group;

  if (which == 1 && g_strcmp0 (evidence->first, self->second) != 0)
    return;
  group = g_hash_table_lookup (self->groups, evidence->id);
  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->layer = evidence->layer;
      group->entity = evidence->entity;
      group->spans[0] = g_array_new (FALSE, FALSE, sizeof (Span));
      group->spans[1] = g_array_new (FALSE, FALSE, sizeof (Span));
      g_hash_table_insert (self->groups, g_strdup (evidence->id), group);
    }
  g_array_append_val (group->spans[which], span);
}

static void
evidence_cb (const DureEvidence *evidence, gpointer data)
{
  Reading *self = data;

  if (!dure_evidence_in_period (&self->period, evidence))
    return;
  if (evidence->layer >= 6)
    take_member (self, evidence);
  else if (evidence->first != NULL && evidence->second != NULL
           && ((strcmp (evidence->first, self->first) == 0 && strcmp (evidence->second, self->second) == 0)
               || (strcmp (evidence->first, self->second) == 0 && strcmp (evidence->second, self->first) == 0)))
    {
      if (evidence->entity == DURE_ENTITY_REFERRAL)
        add_referral (self, evidence);
      else
        add_tie (self, evidence);
    }
}

/* A body or an event counts when both were there on one day. */
static void
add_group (Reading *self, const char *id, const Group *group)
{
  int from = G_MAXINT;
  int to = G_MININT;

  for (guint i = 0; i < group->spans[0]->len; i++)
    for (guint j = 0; j < group->spans[1]->len; j++)
      {
        const Span *a = &g_array_index (group->spans[0], Span, i);
        const Span *b = &g_array_index (group->spans[1], Span, j);
        int         start = MAX (a->from, b->from);
        int         end = MIN (a->to == DURE_NO_DAY ? G_MAXINT : a->to, b->to == DURE_NO_DAY ? G_MAXINT : b->to);

        if (start > end)
          continue;
        from = MIN (from, start);
        to = MAX (to, end);
      }
  if (from <= to)
    {
      DureTieRecord   *record = add (self, group->layer, group->entity, id, from);
      g_autofree char *title = dure_store_title (self->store, group->entity, id);

      record->label = g_strdup_printf ("%s · %s", dure_layer_label (record->layer), title != NULL ? title : "");
      record->date = date_of (from, to == G_MAXINT ? DURE_NO_DAY : to);
    }
}

static int
compare_records (const void *left, const void *right)
{
  const DureTieRecord *x = *(DureTieRecord *const *)left;
  const DureTieRecord *y = *(DureTieRecord *const *)right;

  if (x->layer != y->layer)
    return x->layer < y->layer ? -1 : 1;
  if (x->day != y->day)
    return x->day > y->day ? -1 : 1;
  return strcmp (x->id, y->id);
}

/**
 * dure_network_tie_records:
 * @store: the officer's file
 * @filter: (nullable): which layers and which period
 * @first: id of an agency
 * @second: id of the other
 * @cancellable: (nullable): stops between the tables
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureTieRecord) (nullable): all that lies behind the tie of the two, layer by
 *   layer, the latest first
 */
GPtrArray *
dure_network_tie_records (DureStore               *store,
                          const DureNetworkFilter *filter,
                          const char              *first,
                          const char              *second,
                          GCancellable            *cancellable,
                          GError                 **error)
{
  g_autoptr (DureNetworkFilter) usual = dure_network_filter_new ();
  Reading    self = { .store = store, .first = first, .second = second };
  GPtrArray *records;

  if (filter == NULL)
    filter = usual;
  self.period = dure_evidence_period (filter);
  self.records = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_tie_record_free);
  self.groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, group_free);
  records = self.records;
  if (dure_evidence_each (store, filter->layers, evidence_cb, &self, cancellable, error))
    {
      GHashTableIter iter;
      gpointer       id;
      gpointer       group;

      g_hash_table_iter_init (&iter, self.groups);
      while (g_hash_table_iter_next (&iter, &id, &group))
        add_group (&self, id, group);
      if (records->len > 1)
        qsort (records->pdata, records->len, sizeof (gpointer), compare_records);
    }
  else
    g_clear_pointer (&records, g_ptr_array_unref);
  g_hash_table_unref (self.groups);
  return records;
}

/**
 * dure_tie_record_free:
 * @self: (nullable) (transfer full): a record behind a tie
 */
void
dure_tie_record_free (DureTieRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->label);
  g_free (self->date);
  g_free (self);
}
