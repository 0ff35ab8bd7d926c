/* dure-network-build.c: a network out of the records of a store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/dure-date.h"
#include "domain/dure-network-evidence.h"
#include "domain/dure-network-private.h"

/* Somebody of an agency in a body or at an event. */
typedef struct
{
  const char *agency; /* interned in strings */
  guint       node;
  int         from;
  int         to;
} Member;

typedef struct
{
  DureStore               *store;
  const DureNetworkFilter *filter;
  GCancellable            *cancellable;
  DureEvidencePeriod       period;
  GStringChunk            *strings;
  GArray                  *nodes; /* of DureNetworkNode; strings borrowed from agencies, regions and strings */
  GPtrArray               *agencies;
  GPtrArray               *regions;
  GHashTable              *region_of; /* id -> DureRecord of a region */
  GHashTable              *node_of;   /* id of every agency that is not deleted -> node + 1, or HIDDEN */
  GHashTable              *seats;     /* agency id -> seats */
  GPtrArray               *groups;    /* of Group; those who sit in a body or were at an event */
  GHashTable              *group_of;  /* id of a body or an event -> Group */
  GArray                  *ties;      /* of DureNetworkTie */
  guint                    n_left_out;
  guint                    n_ended;
} Builder;

typedef struct
{
  guint   layer;
  GArray *members; /* of Member */
} Group;

/* The agency is there, and the filter does not show it. */
#define HIDDEN G_MAXUINT

static GPtrArray *
list (Builder *self, DureEntityId entity, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;
  return dure_store_list (self->store, query, error);
}

static int
day_or_none (const char *date)
{
  return date != NULL && *date != '\0' ? dure_day (date) : DURE_NO_DAY;
}

static int
compare_nodes (const void *left, const void *right)
{
  const DureNetworkNode *x = left;
  const DureNetworkNode *y = right;
  int                    order = strcmp (x->name, y->name);

  return order != 0 ? order : strcmp (x->id, y->id);
}

static gboolean
shows (Builder *self, const DureNetworkNode *node)
{
  const DureNetworkFilter *filter = self->filter;
  guint                    areas = node->areas != 0 ? node->areas : 1u << DURE_N_AREAS;

  if (filter->sectors != 0 && (filter->sectors & (1u << node->sector)) == 0)
    return FALSE;
  if (filter->areas != 0 && (filter->areas & areas) == 0)
    return FALSE;
  if (filter->kinds != NULL
      && (node->kind == NULL || !g_strv_contains ((const char *const *)filter->kinds, node->kind)))
    return FALSE;
  if (filter->council != DURE_COUNCIL_ALL && (filter->council == DURE_COUNCIL_MEMBERS) != node->in_council)
    return FALSE;
  return filter->regions == NULL || dure_network_in_regions (self->region_of, node->region, filter->regions);
}

static DureNetworkNode
node_of_agency (Builder *self, DureRecord *agency)
{
  DureNetworkNode node = dure_network_agency_node (agency);
  DureRecord     *region = node.region != NULL ? g_hash_table_lookup (self->region_of, node.region) : NULL;

  if (region != NULL)
    {
      node.region_name = (char *)dure_record_get (region, DURE_REGION_NAME);
      dure_network_find_place (self->region_of, region, &node.lat, &node.lon);
    }
  node.council_seats = GPOINTER_TO_UINT (g_hash_table_lookup (self->seats, node.id));
  node.in_council = node.council_seats > 0;
  return node;
}

static gboolean
read_regions (Builder *self, GError **error)
{
  self->regions = list (self, DURE_ENTITY_REGION, error);
  if (self->regions == NULL)
    return FALSE;
  for (guint i = 0; i < self->regions->len; i++)
    {
      DureRecord *region = g_ptr_array_index (self->regions, i);

      g_hash_table_insert (self->region_of, (gpointer)dure_record_get_id (region), region);
    }
  return TRUE;
}

static gboolean
read_agencies (Builder *self, GError **error)
{
  self->agencies = list (self, DURE_ENTITY_AGENCY, error);
  if (self->agencies == NULL)
    return FALSE;
  for (guint i = 0; i < self->agencies->len; i++)
    g_hash_table_insert (self->node_of, (gpointer)dure_record_get_id (g_ptr_array_index (self->agencies, i)),
                         GUINT_TO_POINTER (HIDDEN));
  return TRUE;
}

static void
choose_nodes (Builder *self)
{
  const DureNetworkFilter *filter = self->filter;
  g_autoptr (GHashTable) wanted = NULL;

  if (filter->agencies != NULL)
    {
      wanted = g_hash_table_new (g_str_hash, g_str_equal);
      for (char **id = filter->agencies; *id != NULL; id++)
        g_hash_table_add (wanted, *id);
    }
  for (guint i = 0; i < self->agencies->len; i++)
    {
      DureRecord     *agency = g_ptr_array_index (self->agencies, i);
      DureNetworkNode node;

      if (wanted != NULL && !g_hash_table_contains (wanted, dure_record_get_id (agency)))
        continue;
      if (!dure_evidence_holds (&self->period, day_or_none (dure_record_get (agency, DURE_AGENCY_ACTIVE_FROM)),
                                day_or_none (dure_record_get (agency, DURE_AGENCY_ACTIVE_TO))))
        continue;
      node = node_of_agency (self, agency);
      if (shows (self, &node))
        g_array_append_val (self->nodes, node);
    }
  if (self->nodes->len > 1)
    qsort (self->nodes->data, self->nodes->len, sizeof (DureNetworkNode), compare_nodes);
  for (guint v = 0; v < self->nodes->len; v++)
    g_hash_table_insert (self->node_of, g_array_index (self->nodes, DureNetworkNode, v).id, GUINT_TO_POINTER (v + 1));
  dure_network_tell_apart ((DureNetworkNode *)(gpointer)self->nodes->data, self->nodes->len, self->region_of,
                           self->strings);
}

static void
add (Builder *self, DureNetworkTie *tie, guint layer, double weight)
{
  tie->layers = 1u << layer;
  tie->count = 1;
  tie->by_layer[layer] = weight;
  g_array_append_val (self->ties, *tie);
}

/* Its node + 1, or HIDDEN; 0 when it is gone. */
static guint
find_agency (Builder *self, const char *id)
{
  return id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->node_of, id)) : 0;
}

/* A record of two agencies; one that names an agency which is gone is counted, one whose agency is only filtered out is
 * not. */
static void
take_pair (Builder *self, const DureEvidence *evidence)
{
  DureNetworkTie tie = { .sent = evidence->sent };
  guint          a;
  guint          b;

  if (!dure_evidence_in_period (&self->period, evidence))
    {
      int first = self->filter->from != DURE_NO_DAY ? self->filter->from : self->period.today;

      if (!evidence->once && evidence->to != DURE_NO_DAY && evidence->to < first)
        self->n_ended++;
      return;
    }
  a = find_agency (self, evidence->first);
  b = find_agency (self, evidence->second);
  if (a == 0 || b == 0 || strcmp (evidence->first, evidence->second) == 0)
    {
      self->n_left_out++;
      return;
    }
  if (a == HIDDEN || b == HIDDEN)
    return;
  tie.from = a - 1;
  tie.to = b - 1;
  add (self, &tie, evidence->layer,
       dure_evidence_faded (&self->period, dure_evidence_day (evidence), evidence->weight));
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_array_unref (group->members);
  g_free (group);
}

/* Somebody of an agency in a body or at an event. */
static void
take_member (Builder *self, const DureEvidence *evidence)
{
  Group *group;
  Member member = { .from = evidence->from, .to = evidence->to };

  if (!dure_evidence_in_period (&self->period, evidence))
    return;
  if (find_agency (self, evidence->first) == 0)
    {
      self->n_left_out += (self->filter->layers & (1u << evidence->layer)) != 0 ? 1 : 0;
      return;
    }
  member.agency = g_string_chunk_insert_const (self->strings, evidence->first);
  if (evidence->layer == 6)
    {
      guint seats = GPOINTER_TO_UINT (g_hash_table_lookup (self->seats, member.agency));

      g_hash_table_insert (self->seats, (gpointer)member.agency, GUINT_TO_POINTER (seats + 1));
    }
  if ((self->filter->layers & (1u << evidence->layer)) == 0)
    return;
  group = g_hash_table_lookup (self->group_of, evidence->id);
  if (group == NULL)
    {
      group = g_new (Group, 1);
      group->layer = evidence->layer;
      group->members = g_array_new (FALSE, FALSE, sizeof (Member));
      g_ptr_array_add (self->groups, group);
      g_hash_table_insert (self->group_of, g_string_chunk_insert (self->strings, evidence->id), group);
    }
  g_array_append_val (group->members, member);
}

static void
evidence_cb (const DureEvidence *evidence, gpointer data)
{
  if (evidence->layer >= 6)
    take_member (data, evidence);
  else
    take_pair (data, evidence);
}

static int
compare_members (const void *left, const void *right)
{
  const Member *x = left;
  const Member *y = right;

  return (x->node > y->node) - (x->node < y->node);
}

/* The first day on which somebody of both was there at once; FALSE when there was none. Members stand sorted by node.
 */
static gboolean
find_together (const Member *members, guint a, guint a_end, guint b, guint b_end, int *day)
{
  gboolean found = FALSE;

  for (guint i = a; i < a_end; i++)
    for (guint j = b; j < b_end; j++)
      {
        /* DURE_NO_DAY is less than any day. */
        int from = MAX (members[i].from, members[j].from);
        int to_i = members[i].to == DURE_NO_DAY ? G_MAXINT : members[i].to;
        int to_j = members[j].to == DURE_NO_DAY ? G_MAXINT : members[j].to;

        if (from <= MIN (to_i, to_j) && (!found || from < *day))
          {
            *day = from;
            found = TRUE;
          }
      }
  return found;
}

/* A group of k agencies gives each of its pairs 1 / (k - 1), so that one large meeting does not make everyone a partner
 * of everyone. */
static void
add_group (Builder *self, Group *group)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  Member *members = (Member *)(gpointer)group->members->data;
  guint   n = 0;

  for (guint i = 0; i < group->members->len; i++)
    {
      guint node = find_agency (self, members[i].agency);

      if (node == 0 || node == HIDDEN)
        continue;
      members[n] = members[i];
      members[n++].node = node - 1;
    }
  qsort (members, n, sizeof *members, compare_members);
  for (guint i = 0; i < n; i++)
    if (i == 0 || members[i].node != members[i - 1].node)
      g_array_append_val (starts, i);
  for (guint i = 0; i < starts->len; i++)
    for (guint j = i + 1; j < starts->len; j++)
      {
        const guint   *start = (const guint *)(gpointer)starts->data;
        guint          end = j + 1 < starts->len ? start[j + 1] : n;
        DureNetworkTie tie = { .from = members[start[i]].node, .to = members[start[j]].node };
        int            day = DURE_NO_DAY;

        if (find_together (members, start[i], start[i + 1], start[j], end, &day))
          add (self, &tie, group->layer, dure_evidence_faded (&self->period, day, 1.0 / (starts->len - 1)));
      }
}

/* Without the ties that weigh less than the filter wants. */
static DureNetwork *
drop_weak (DureNetwork *network, double least)
{
  g_autofree DureNetworkTie *ties = g_new (DureNetworkTie, (gsize)network->n_ties + 1);
  DureNetwork               *rest;
  guint                      n = 0;

  for (guint i = 0; i < network->n_ties; i++)
    if (network->ties[i].weight >= least - 1e-9)
      ties[n++] = network->ties[i];
  rest = dure_network_new (network->nodes, network->n_nodes, ties, n);
  rest->n_weak = network->n_ties - n;
  dure_network_unref (network);
  return rest;
}

static DureNetwork *
make (Builder *self)
{
  DureNetwork *network;

  for (guint i = 0; i < self->groups->len; i++)
    add_group (self, g_ptr_array_index (self->groups, i));
  network = dure_network_new ((DureNetworkNode *)(gpointer)self->nodes->data, self->nodes->len,
                              (DureNetworkTie *)(gpointer)self->ties->data, self->ties->len);
  if (self->filter->least > 0)
    network = drop_weak (network, self->filter->least);
  network->n_left_out = self->n_left_out;
  network->n_ended = self->n_ended;
  return network;
}

static void
clear (Builder *self)
{
  g_clear_pointer (&self->nodes, g_array_unref);
  g_clear_pointer (&self->region_of, g_hash_table_unref);
  g_clear_pointer (&self->node_of, g_hash_table_unref);
  g_clear_pointer (&self->seats, g_hash_table_unref);
  g_clear_pointer (&self->group_of, g_hash_table_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->ties, g_array_unref);
  g_clear_pointer (&self->agencies, g_ptr_array_unref);
  g_clear_pointer (&self->regions, g_ptr_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
}

/**
 * dure_network_build:
 * @store: the officer's file
 * @filter: (nullable): what to show; %NULL for what dure_network_filter_new() shows
 * @cancellable: (nullable): stops between the tables
 * @error: return location
 *
 * Reads agencies and whatever ties them. Records that name an agency which is deleted or missing, or one and the same
 * agency twice, are left out and counted. Without a period the network is as it stands today; with one, whatever held
 * at some time in it. Memory and time grow with the records, and with the square of an event's or body's agencies when
 * those layers are asked for.
 *
 * Returns: (transfer full) (nullable): the network
 */
DureNetwork *
dure_network_build (DureStore *store, const DureNetworkFilter *filter, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureNetworkFilter) usual = dure_network_filter_new ();
  Builder      self = { .store = store, .filter = filter != NULL ? filter : usual, .cancellable = cancellable };
  DureNetwork *network = NULL;
  guint        rest;

  g_return_val_if_fail (DURE_IS_STORE (store), NULL);

  self.period = dure_evidence_period (self.filter);
  self.strings = g_string_chunk_new (4096);
  self.nodes = g_array_new (FALSE, FALSE, sizeof (DureNetworkNode));
  self.ties = g_array_new (FALSE, FALSE, sizeof (DureNetworkTie));
  self.region_of = g_hash_table_new (g_str_hash, g_str_equal);
  self.node_of = g_hash_table_new (g_str_hash, g_str_equal);
  self.seats = g_hash_table_new (g_str_hash, g_str_equal);
  self.group_of = g_hash_table_new (g_str_hash, g_str_equal);
  self.groups = g_ptr_array_new_with_free_func (group_free);
  rest = self.filter->layers & ~(guint)DURE_LAYER_SEATS;

  /* Who has a seat is known before the nodes are chosen. */
  if (read_regions (&self, error) && read_agencies (&self, error)
      && dure_evidence_each (store, DURE_LAYER_SEATS, evidence_cb, &self, cancellable, error))
    {
      choose_nodes (&self);
      if (dure_evidence_each (store, rest, evidence_cb, &self, cancellable, error))
        network = make (&self);
    }
  clear (&self);
  return network;
}
