/* dure-network.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "base/dure-date.h"

G_DEFINE_BOXED_TYPE (DureNetwork, dure_network, dure_network_ref, dure_network_unref)

/**
 * dure_network_filter_new:
 *
 * Returns: (transfer full): a filter that shows every agency, the usual layers and what holds today
 */
DureNetworkFilter *
dure_network_filter_new (void)
{
  DureNetworkFilter *self = g_new0 (DureNetworkFilter, 1);

  self->layers = DURE_LAYERS_DEFAULT;
  self->from = DURE_NO_DAY;
  self->to = DURE_NO_DAY;
  return self;
}

/**
 * dure_network_filter_copy:
 * @self: a filter
 *
 * Returns: (transfer full): one like it
 */
DureNetworkFilter *
dure_network_filter_copy (const DureNetworkFilter *self)
{
  DureNetworkFilter *copy = g_new (DureNetworkFilter, 1);

  *copy = *self;
  copy->kinds = g_strdupv (self->kinds);
  copy->agencies = g_strdupv (self->agencies);
  copy->regions = g_strdupv (self->regions);
  return copy;
}

/**
 * dure_network_filter_free:
 * @self: (nullable) (transfer full): a filter
 */
void
dure_network_filter_free (DureNetworkFilter *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->kinds);
  g_strfreev (self->agencies);
  g_strfreev (self->regions);
  g_free (self);
}

static gboolean
lists_equal (char **left, char **right)
{
  if (left == NULL || right == NULL)
    return left == right;
  return g_strv_equal ((const char *const *)left, (const char *const *)right);
}

/**
 * dure_network_filter_equal:
 * @self: a filter
 * @other: another
 *
 * Returns: whether both ask for the same, lists in the same order
 */
gboolean
dure_network_filter_equal (const DureNetworkFilter *self, const DureNetworkFilter *other)
{
  return self->layers == other->layers && self->from == other->from && self->to == other->to
         && self->sectors == other->sectors && self->areas == other->areas && self->council == other->council
         && fabs (self->least - other->least) < 1e-9 && fabs (self->half_life - other->half_life) < 1e-9
         && lists_equal (self->kinds, other->kinds) && lists_equal (self->agencies, other->agencies)
         && lists_equal (self->regions, other->regions);
}

static int
compare_ties (const void *left, const void *right)
{
  const DureNetworkTie *x = left;
  const DureNetworkTie *y = right;

  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return (x->to > y->to) - (x->to < y->to);
}

static void
swap_ends (DureNetworkTie *tie)
{
  guint node = tie->from;
  guint sent = tie->sent;

  tie->from = tie->to;
  tie->to = node;
  tie->sent = tie->returned;
  tie->returned = sent;
}

static void
add_tie (DureNetworkTie *to, const DureNetworkTie *tie)
{
  to->layers |= tie->layers;
  to->count += tie->count;
  to->sent += tie->sent;
  to->returned += tie->returned;
  for (guint i = 0; i < DURE_N_LAYERS; i++)
    to->by_layer[i] += tie->by_layer[i];
}

static void
take_ties (DureNetwork *self, const DureNetworkTie *ties, guint n_ties)
{
  guint n = 0;
  guint merged = 0;

  self->ties = g_new (DureNetworkTie, (gsize)n_ties + 1);
  for (guint i = 0; i < n_ties; i++)
    {
      if (ties[i].from == ties[i].to || ties[i].from >= self->n_nodes || ties[i].to >= self->n_nodes)
        continue;
      self->ties[n] = ties[i];
      if (self->ties[n].from > self->ties[n].to)
        swap_ends (&self->ties[n]);
      n++;
    }
  if (n > 1)
    qsort (self->ties, n, sizeof *self->ties, compare_ties);
  for (guint i = 0; i < n; i++)
    {
      if (merged > 0 && compare_ties (&self->ties[merged - 1], &self->ties[i]) == 0)
        add_tie (&self->ties[merged - 1], &self->ties[i]);
      else
        self->ties[merged++] = self->ties[i];
    }
  self->n_ties = merged;
}

static void
build_graph (DureNetwork *self)
{
  g_autofree DureGraphTie *ties = g_new (DureGraphTie, (gsize)self->n_ties + 1);

  for (guint i = 0; i < self->n_ties; i++)
    {
      DureNetworkTie *tie = &self->ties[i];

      tie->weight = 0;
      for (guint k = 0; k < DURE_N_LAYERS; k++)
        tie->weight += tie->by_layer[k];
      ties[i] = (DureGraphTie){ tie->from, tie->to, tie->weight };
    }
  self->graph = dure_graph_new (self->n_nodes, ties, self->n_ties);
  g_assert (self->graph->n_ties == self->n_ties);
}

/**
 * dure_network_new:
 * @nodes: (array length=n_nodes): the agencies; copied
 * @n_nodes: how many
 * @ties: (array length=n_ties): the ties in any order; of one pair there may be several; `weight` is worked out
 * @n_ties: how many
 *
 * Returns: (transfer full): the network
 */
DureNetwork *
dure_network_new (const DureNetworkNode *nodes, guint n_nodes, const DureNetworkTie *ties, guint n_ties)
{
  DureNetwork *self = g_new0 (DureNetwork, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n_nodes = n_nodes;
  self->nodes = g_new0 (DureNetworkNode, (gsize)n_nodes + 1);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint v = 0; v < n_nodes; v++)
    {
      DureNetworkNode *node = &self->nodes[v];

      *node = nodes[v];
      node->id = g_strdup (nodes[v].id);
      node->name = g_strdup (nodes[v].name);
      node->label = g_strdup (nodes[v].label != NULL ? nodes[v].label : nodes[v].name);
      node->kind = g_strdup (nodes[v].kind);
      node->region = g_strdup (nodes[v].region);
      node->region_name = g_strdup (nodes[v].region_name);
      g_hash_table_insert (self->by_id, node->id, GUINT_TO_POINTER (v + 1));
    }
  take_ties (self, ties, n_ties);
  build_graph (self);
  for (guint v = 0; v < n_nodes; v++)
    self->n_tied += dure_graph_degree (self->graph, v) > 0 ? 1 : 0;
  return self;
}

/**
 * dure_network_ref:
 * @self: a network
 *
 * Returns: (transfer full): @self
 */
DureNetwork *
dure_network_ref (DureNetwork *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * dure_network_unref:
 * @self: (nullable) (transfer full): a network
 */
void
dure_network_unref (DureNetwork *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  for (guint v = 0; v < self->n_nodes; v++)
    {
      g_free (self->nodes[v].id);
      g_free (self->nodes[v].name);
      g_free (self->nodes[v].label);
      g_free (self->nodes[v].kind);
      g_free (self->nodes[v].region);
      g_free (self->nodes[v].region_name);
    }
  g_free (self->nodes);
  g_free (self->ties);
  g_free (self->parent);
  dure_graph_free (self->graph);
  g_free (self);
}

/**
 * dure_network_multiplexity:
 * @tie: a tie
 *
 * Returns: how many layers are in it
 */
guint
dure_network_multiplexity (const DureNetworkTie *tie)
{
  guint n = 0;

  for (guint i = 0; i < DURE_N_LAYERS; i++)
    n += (tie->layers >> i) & 1u;
  return n;
}

/**
 * dure_network_find:
 * @self: a network
 * @id: (nullable): id of an agency
 * @node: (out) (optional): its node number
 *
 * Returns: whether the network holds it
 */
gboolean
dure_network_find (const DureNetwork *self, const char *id, guint *node)
{
  gpointer number = id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;

  if (number == NULL)
    return FALSE;
  if (node != NULL)
    *node = GPOINTER_TO_UINT (number) - 1;
  return TRUE;
}

/**
 * dure_network_coverage:
 * @self: a network
 *
 * How much of the network is recorded at all: to be shown beside every number made of it.
 *
 * Returns: (transfer full): a sentence
 */
char *
dure_network_coverage (const DureNetwork *self)
{
  if (self->parent != NULL)
    {
      guint bodies = 0;
      guint seats = 0;

      for (guint v = 0; v < self->n_nodes; v++)
        if (self->nodes[v].type == DURE_NODE_BODY)
          {
            bodies++;
            seats += self->nodes[v].council_seats;
          }
      return g_strdup_printf (_ ("Bodies of the council: %1$u, seats: %2$u."), bodies, seats);
    }
  /* Translators: the first number is all agencies, the second those with a tie. */
  return g_strdup_printf (_ ("Of %1$u agencies, %2$u have ties on record."), self->n_nodes, self->n_tied);
}

/**
 * dure_network_left_out:
 * @self: a network
 *
 * Returns: (transfer full) (nullable): what is not in the picture and why, as one sentence; %NULL when nothing is
 * missing
 */
char *
dure_network_left_out (const DureNetwork *self)
{
  if (self->n_left_out == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u record is left out: its agency is gone or is the same twice.",
                                    "%u records are left out: their agency is gone or is the same twice.",
                                    self->n_left_out),
                          self->n_left_out);
}

/**
 * dure_layer_label:
 * @layer: one layer
 *
 * Returns: its name in the user's language
 */
const char *
dure_layer_label (DureLayer layer)
{
  const DureField *kind = dure_entity_field (dure_entity (DURE_ENTITY_TIE), DURE_TIE_KIND);

  switch (layer)
    {
    case DURE_LAYER_AGREEMENT:
      return dure_choice_label (dure_field_choice (kind, "agreement"));
    case DURE_LAYER_INFORMATION:
      return dure_choice_label (dure_field_choice (kind, "information"));
    case DURE_LAYER_RESOURCE:
      return dure_choice_label (dure_field_choice (kind, "resource"));
    case DURE_LAYER_PROGRAMME:
      return dure_choice_label (dure_field_choice (kind, "programme"));
    case DURE_LAYER_OTHER:
      return dure_choice_label (dure_field_choice (kind, "other"));
    case DURE_LAYER_REFERRAL:
      return dure_entity_label (dure_entity (DURE_ENTITY_REFERRAL));
    case DURE_LAYER_SEATS:
      return _ ("Shared council seats");
    case DURE_LAYER_ATTENDANCE:
      return _ ("Joint attendance");
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * dure_sector_label:
 * @sector: a sector
 *
 * Returns: its name in the user's language
 */
const char *
dure_sector_label (DureNetworkSector sector)
{
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_SECTOR);

  if (sector == DURE_SECTOR_COUNCIL)
    return _ ("Council");
  return dure_choice_label (dure_field_choice (field, sector == DURE_SECTOR_PUBLIC ? "public" : "private"));
}

/**
 * dure_area_label:
 * @area: number of an area, or %DURE_NO_AREA
 *
 * Returns: its name in the user's language
 */
const char *
dure_area_label (int area)
{
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_AREAS);

  if (area < 0 || area >= DURE_N_AREAS)
    return _ ("No area given");
  return dure_choice_label (&field->choices[area]);
}
