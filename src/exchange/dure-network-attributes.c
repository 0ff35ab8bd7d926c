/* dure-network-attributes.c: what a file for other programs says of agencies and ties
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-exchange"

#include "config.h"

#include "exchange/dure-network-attributes.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *const layer_keys[DURE_N_LAYERS]
    = { "agreement", "information", "resource", "programme", "other", "referral", "seats", "attendance" };
static const char *const sector_keys[DURE_N_SECTORS] = { "public", "private", "council" };

/** dure_network_number_text: @number as programs read it; %NULL for one that is not a number. */
char *
dure_network_number_text (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return isfinite (number) ? g_strdup (g_ascii_formatd (text, sizeof text, "%.10g", number)) : NULL;
}

static char *
yes_no (gboolean value, gboolean words)
{
  if (words)
    return g_strdup (value ? _ ("Yes") : _ ("No"));
  return g_strdup (value ? "true" : "false");
}

static const DureNetworkNode *
node_of (const DureNetworkFacts *facts, guint v)
{
  return &facts->network->nodes[v];
}

static char *
node_name (const DureNetworkFacts *facts, guint v, gboolean words)
{
  return g_strdup (node_of (facts, v)->name);
}

static char *
node_label (const DureNetworkFacts *facts, guint v, gboolean words)
{
  return g_strdup (node_of (facts, v)->label);
}

static char *
node_sector (const DureNetworkFacts *facts, guint v, gboolean words)
{
  DureNetworkSector sector = node_of (facts, v)->sector;

  return g_strdup (words ? dure_sector_label (sector) : sector_keys[sector]);
}

static char *
node_kind (const DureNetworkFacts *facts, guint v, gboolean words)
{
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND);
  const char      *kind = node_of (facts, v)->kind;

  if (kind == NULL)
    return NULL;
  return words ? dure_field_format (field, kind) : g_strdup (kind);
}

static char *
node_areas (const DureNetworkFacts *facts, guint v, gboolean words)
{
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_AREAS);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint a = 0; a < DURE_N_AREAS && field->choices[a].key != NULL; a++)
    if (node_of (facts, v)->areas & (1u << a))
      g_string_append_printf (out, "%s%s", out->len > 0 ? "," : "",
                              words ? dure_area_label ((int)a) : field->choices[a].key);
  return out->len > 0 ? g_strdup (out->str) : NULL;
}

static char *
node_region (const DureNetworkFacts *facts, guint v, gboolean words)
{
  return g_strdup (node_of (facts, v)->region_name);
}

static char *
node_degree (const DureNetworkFacts *facts, guint v, gboolean words)
{
  return g_strdup_printf ("%u", dure_graph_degree (facts->network->graph, v));
}

static char *
measure (const DureNetworkFacts *facts, const double *values, guint v)
{
  return values != NULL ? dure_network_number_text (values[v]) : NULL;
}

#define MEASURE(name)                                                                  \
  static char *node_##name (const DureNetworkFacts *facts, guint v, gboolean words)    \
  {                                                                                    \
    return measure (facts, facts->analysis != NULL ? facts->analysis->name : NULL, v); \
  }

MEASURE (strength)
MEASURE (betweenness)
MEASURE (closeness)
MEASURE (harmonic)
MEASURE (constraint)
MEASURE (effective_size)

static char *
node_core (const DureNetworkFacts *facts, guint v, gboolean words)
{
  return facts->analysis != NULL ? g_strdup_printf ("%u", facts->analysis->core[v]) : NULL;
}

static char *
node_community (const DureNetworkFacts *facts, guint v, gboolean words)
{
  return facts->analysis != NULL ? g_strdup_printf ("%u", facts->analysis->community[v] + 1) : NULL;
}

static char *
node_cut_point (const DureNetworkFacts *facts, guint v, gboolean words)
{
  return facts->analysis != NULL ? yes_no (facts->analysis->cuts->is_cut_point[v], words) : NULL;
}

const DureNetworkAttribute dure_network_node_attributes[] = {
  { "name", N_ ("Name"), DURE_ATTRIBUTE_TEXT, node_name },
  { "label", N_ ("Map label"), DURE_ATTRIBUTE_TEXT, node_label },
  { "sector", N_ ("Sector"), DURE_ATTRIBUTE_TEXT, node_sector },
  { "kind", N_ ("Kind"), DURE_ATTRIBUTE_TEXT, node_kind },
  { "areas", N_ ("Areas"), DURE_ATTRIBUTE_TEXT, node_areas },
  { "region", N_ ("Region"), DURE_ATTRIBUTE_TEXT, node_region },
  { "degree", N_ ("Ties"), DURE_ATTRIBUTE_WHOLE, node_degree },
  { "strength", N_ ("Strength of ties"), DURE_ATTRIBUTE_NUMBER, node_strength },
  { "betweenness", N_ ("Betweenness"), DURE_ATTRIBUTE_NUMBER, node_betweenness },
  { "closeness", N_ ("Closeness"), DURE_ATTRIBUTE_NUMBER, node_closeness },
  { "harmonic", N_ ("Harmonic closeness"), DURE_ATTRIBUTE_NUMBER, node_harmonic },
  { "constraint", N_ ("Constraint"), DURE_ATTRIBUTE_NUMBER, node_constraint },
  { "effective_size", N_ ("Effective size"), DURE_ATTRIBUTE_NUMBER, node_effective_size },
  { "core", N_ ("Core layer"), DURE_ATTRIBUTE_WHOLE, node_core },
  { "community", N_ ("Community"), DURE_ATTRIBUTE_WHOLE, node_community },
  { "cut_point", N_ ("Cut point"), DURE_ATTRIBUTE_YES_NO, node_cut_point },
  { NULL },
};

static char *
tie_layers (const DureNetworkFacts *facts, guint t, gboolean words)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint layer = 0; layer < DURE_N_LAYERS; layer++)
    if (facts->network->ties[t].layers & (1u << layer))
      g_string_append_printf (out, "%s%s", out->len > 0 ? "," : "",
                              words ? dure_layer_label (1u << layer) : layer_keys[layer]);
  return g_strdup (out->str);
}

static char *
tie_count (const DureNetworkFacts *facts, guint t, gboolean words)
{
  return g_strdup_printf ("%u", facts->network->ties[t].count);
}

static char *
tie_weight (const DureNetworkFacts *facts, guint t, gboolean words)
{
  return dure_network_number_text (facts->network->ties[t].weight);
}

static char *
tie_sent (const DureNetworkFacts *facts, guint t, gboolean words)
{
  return g_strdup_printf ("%u", facts->network->ties[t].sent);
}

static char *
tie_returned (const DureNetworkFacts *facts, guint t, gboolean words)
{
  return g_strdup_printf ("%u", facts->network->ties[t].returned);
}

const DureNetworkAttribute dure_network_tie_attributes[] = {
  { "layers", N_ ("Layers"), DURE_ATTRIBUTE_TEXT, tie_layers },
  { "count", N_ ("Number of records"), DURE_ATTRIBUTE_WHOLE, tie_count },
  { "weight", N_ ("Weight"), DURE_ATTRIBUTE_NUMBER, tie_weight },
  { "sent", N_ ("Referrals sent"), DURE_ATTRIBUTE_WHOLE, tie_sent },
  { "returned", N_ ("Referrals returned"), DURE_ATTRIBUTE_WHOLE, tie_returned },
  { NULL },
};
