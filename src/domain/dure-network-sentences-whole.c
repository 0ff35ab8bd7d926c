/* dure-network-sentences-whole.c: the network as a whole in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-sentences-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "graph/dure-core-periphery.h"

/* Where words change; none of these numbers comes from a law. */
#define CONCENTRATED 0.3
#define SPREAD 0.15
#define DIVIDED 0.3
#define BOTH_WAYS 0.5
#define EQUAL 1e-9

#define BY_EVENTS ((guint)(DURE_LAYER_SEATS | DURE_LAYER_ATTENDANCE))

static void
say_coverage (GPtrArray *out, const DureNetwork *network)
{
  g_autofree char     *coverage = dure_network_coverage (network);
  DureNetworkSentence *one = dure_sentence_add (out, "coverage", _ ("On record"), _ ("Coverage"), "%u / %u",
                                                network->n_tied, network->n_nodes);

  dure_sentence_say (one, "%s", coverage);
  if (network->n_tied < network->n_nodes)
    dure_sentence_warn (one, _ ("Who has no tie on record may still work with others."));
}

static void
say_parts (GPtrArray *out, const DureNetwork *network, const DureAnalysis *analysis)
{
  const DureComponents *parts = analysis->components;
  guint                 n_parts = parts->n_components - analysis->n_isolates;
  DureNetworkSentence  *one
      = dure_sentence_add (out, "components", _ ("Groups that hang together"), _ ("Components"), "%u", n_parts);

  if (n_parts == 0)
    dure_sentence_say (one, _ ("No two agencies are tied."));
  else if (n_parts == 1 && analysis->n_isolates == 0)
    dure_sentence_say (one, _ ("Every agency reaches every other, over partners of partners."));
  else if (n_parts == 1)
    dure_sentence_say (one, _ ("All agencies that have a tie reach each other."));
  else
    dure_sentence_say (one, _ ("Between these groups there is no tie; the largest has %1$u of %2$u agencies."),
                       parts->size[0], analysis->n_nodes);

  one = dure_sentence_add (out, "isolates", _ ("Agencies without a tie"), _ ("Isolates"), "%u", analysis->n_isolates);
  for (guint v = 0; v < analysis->n_nodes; v++)
    if (analysis->degree[v] == 0)
      dure_sentence_about (one, v);
  if (analysis->n_isolates == 0)
    dure_sentence_say (one, _ ("Every agency has at least one tie."));
  else
    {
      g_autofree char *names = dure_sentence_names (network, one->nodes);

      dure_sentence_say (one, _ ("Without any tie on record: %s."), names);
    }
}

static void
say_cuts (GPtrArray *out, const DureNetwork *network, const DureAnalysis *analysis)
{
  const DureCuts      *cuts = analysis->cuts;
  DureNetworkSentence *one = dure_sentence_add (out, "cut-points", _ ("Agencies whose absence cuts others off"),
                                                _ ("Cut points"), "%u", cuts->n_cut_points);
  guint                to_one = 0;

  for (guint v = 0; v < analysis->n_nodes; v++)
    if (cuts->is_cut_point[v])
      dure_sentence_about (one, v);
  if (cuts->n_cut_points == 0)
    dure_sentence_say (one, _ ("Nobody is cut off when one agency drops out."));
  else
    {
      g_autofree char *names = dure_sentence_names (network, one->nodes);

      dure_sentence_say (one, _ ("If one of these drops out, somebody loses the way to the others: %s."), names);
    }
  for (guint i = 0; i < network->n_ties; i++)
    if (cuts->is_bridge[i]
        && (analysis->degree[network->ties[i].from] == 1 || analysis->degree[network->ties[i].to] == 1))
      to_one++;
  one = dure_sentence_add (out, "bridges", _ ("Only links"), _ ("Bridges"), "%u", cuts->n_bridges);
  if (cuts->n_bridges == 0)
    dure_sentence_say (one, _ ("No single tie holds anybody alone."));
  else
    dure_sentence_say (one,
                       g_dngettext (GETTEXT_PACKAGE,
                                    "%1$u tie is the only way to somebody; of these, %2$u lead to a single agency.",
                                    "%1$u ties are the only way to somebody; of these, %2$u lead to a single agency.",
                                    cuts->n_bridges),
                       cuts->n_bridges, to_one);
}

static void
say_concentration (GPtrArray *out, const DureNetwork *network, const DureAnalysis *analysis)
{
  double               degrees = analysis->degree_centralisation;
  double               ways = analysis->betweenness_centralisation;
  DureNetworkSentence *one = dure_sentence_add (out, "degree-centralisation", _ ("Concentration of ties"),
                                                _ ("Degree centralisation (Freeman)"), "%.2f", degrees);

  dure_sentence_about (one, analysis->hub);
  if (degrees >= CONCENTRATED)
    dure_sentence_say (one, _ ("Ties gather around %1$s, which has %2$u."), network->nodes[analysis->hub].name,
                       analysis->degree[analysis->hub]);
  else if (degrees >= SPREAD)
    dure_sentence_say (one, _ ("Some agencies have clearly more ties than others; %1$s has most, %2$u."),
                       network->nodes[analysis->hub].name, analysis->degree[analysis->hub]);
  else if (degrees < EQUAL)
    dure_sentence_say (one, _ ("Every agency has as many ties as every other."));
  else
    dure_sentence_say (one, _ ("Ties are spread evenly; even %1$s, which has most, has only %2$u."),
                       network->nodes[analysis->hub].name, analysis->degree[analysis->hub]);

  one = dure_sentence_add (out, "betweenness-centralisation", _ ("Concentration of go-betweens"),
                           _ ("Betweenness centralisation (Freeman)"), "%.2f", ways);
  if (ways >= CONCENTRATED)
    dure_sentence_say (one, _ ("Most ways between agencies lead over very few."));
  else if (ways >= SPREAD)
    dure_sentence_say (one, _ ("Some agencies lie on many of the ways between others."));
  else
    dure_sentence_say (one, _ ("The ways between agencies do not depend on anybody in particular."));
  dure_sentence_warn (one, _ ("Ties that are not on record change this easily."));
}

static void
say_brokers (GPtrArray *out, const DureNetwork *network, const DureAnalysis *analysis)
{
  g_autofree char     *names = NULL;
  DureNetworkSentence *one;
  guint                n = 0;

  for (guint v = 0; v < analysis->n_nodes; v++)
    n += analysis->band[v] == DURE_BAND_HIGH ? 1 : 0;
  one = dure_sentence_add (out, "brokers", _ ("Go-betweens"), _ ("Betweenness: upper tenth"), "%u", n);
  for (guint v = 0; v < analysis->n_nodes; v++)
    if (analysis->band[v] == DURE_BAND_HIGH)
      dure_sentence_about (one, v);
  names = dure_sentence_names (network, one->nodes);
  if (n == 0)
    {
      dure_sentence_say (one, _ ("No agency stands out as a go-between."));
      return;
    }
  dure_sentence_say (one, _ ("Others reach each other mostly over these: %s."), names);
  dure_sentence_warn (one, _ ("Unstable when ties are missing: trust the group, not the order in it."));
  if (analysis->n_sources < analysis->n_nodes)
    dure_sentence_warn (one, _ ("In a network this large shortest ways are estimated from a sample."));
}

static void
say_density (GPtrArray *out, const DureAnalysis *analysis)
{
  DureNetworkSentence *one
      = dure_sentence_add (out, "density", _ ("Density"), _ ("Density"), "%.1f%%", 100 * analysis->density);

  dure_sentence_say (one, _ ("Of 100 pairs that could work together, %.0f do."), 100 * analysis->density);
  dure_sentence_warn (one, _ ("Density falls as a network grows: do not compare networks of different size."));
}

static void
say_core (GPtrArray *out, const DureNetwork *network, const DureAnalysis *analysis)
{
  double               fit = analysis->core_fit;
  guint                most = 0;
  guint                members = 0;
  g_autofree char     *names = NULL;
  DureNetworkSentence *one;

  if (!isnan (fit))
    {
      one = dure_sentence_add (out, "core-periphery", _ ("Core and periphery"),
                               _ ("Correlation with the ideal pattern (Borgatti–Everett)"), "%.2f", fit);
      if (fit >= DURE_CORE_FIT_CLEAR)
        {
          g_autofree char *core = NULL;

          for (guint v = 0; v < analysis->n_nodes; v++)
            if (analysis->in_core[v])
              dure_sentence_about (one, v);
          core = dure_sentence_names (network, one->nodes);
          dure_sentence_say (one, _ ("There is a core on which the others hang: %s."), core);
        }
      else
        {
          dure_sentence_say (one, _ ("No clear core."));
          dure_sentence_warn (one, _ ("The ties are far from a pattern of core and periphery."));
        }
    }
  for (guint v = 0; v < analysis->n_nodes; v++)
    most = MAX (most, analysis->core[v]);
  for (guint v = 0; v < analysis->n_nodes; v++)
    members += analysis->core[v] == most ? 1 : 0;
  one = dure_sentence_add (out, "k-core", _ ("Innermost layer"), _ ("k-core"), "%u", members);
  for (guint v = 0; v < analysis->n_nodes; v++)
    if (analysis->core[v] == most)
      dure_sentence_about (one, v);
  names = dure_sentence_names (network, one->nodes);
  dure_sentence_say (one, _ ("Each of these has at least %1$u ties among them: %2$s."), most, names);
}

static void
say_communities (GPtrArray *out, const DureAnalysis *analysis)
{
  guint                n = 0;
  guint                largest = 0;
  DureNetworkSentence *one;

  for (guint c = 0; c < analysis->n_communities; c++)
    {
      n += analysis->community_size[c] > 1 ? 1 : 0;
      largest = MAX (largest, analysis->community_size[c]);
    }
  one = dure_sentence_add (out, "communities", _ ("Communities"), _ ("Leiden algorithm, modularity Q"), "%u", n);
  if (n > 1)
    dure_sentence_say (
        one,
        _ ("Agencies fall into %1$u sets that work together more than with others; the largest has %2$u (Q = %3$.2f)."),
        n, largest, analysis->modularity);
  else
    dure_sentence_say (one, _ ("The ties show no sets within the network."));
  if (analysis->modularity < DIVIDED)
    dure_sentence_warn (one, _ ("The division is weak; not every network has communities."));
}

static void
say_ties (GPtrArray *out, const DureNetwork *network, const DureAnalysis *analysis)
{
  double               both = dure_network_reciprocity (network);
  guint                several = 0;
  guint                layers = 0;
  DureNetworkSentence *one;

  for (guint i = 0; i < network->n_ties; i++)
    {
      layers |= network->ties[i].layers;
      several += dure_network_multiplexity (&network->ties[i]) > 1 ? 1 : 0;
    }
  if (!isnan (analysis->transitivity))
    {
      one = dure_sentence_add (out, "transitivity", _ ("Partners who know each other"), _ ("Transitivity"), "%.0f%%",
                               100 * analysis->transitivity);
      dure_sentence_say (one, _ ("Of 100 pairs with a common partner, %.0f are tied themselves."),
                         100 * analysis->transitivity);
      if (layers & BY_EVENTS)
        dure_sentence_warn (one, _ ("Shared meetings and seats raise this: everybody in a room is tied to everybody."));
    }
  if (!isnan (both))
    {
      one = dure_sentence_add (out, "reciprocity", _ ("Give and take"), _ ("Reciprocity of referrals"), "%.0f%%",
                               100 * both);
      if (both >= BOTH_WAYS)
        dure_sentence_say (one, _ ("Agencies that send referrals mostly get some back."));
      else
        dure_sentence_say (one, _ ("Referrals mostly go one way only."));
    }
  one = dure_sentence_add (out, "multiplexity", _ ("Ties of several kinds"), _ ("Multiplexity"), "%u", several);
  dure_sentence_say (one, _ ("Of %1$u tied pairs, %2$u work together in more than one way."), network->n_ties, several);
}

/**
 * dure_network_sentences_whole:
 * @network: a network
 * @analysis: its measures
 *
 * Returns: (transfer full) (element-type DureNetworkSentence): the parts first, then who matters, then indices, which
 *   small networks have none of
 */
GPtrArray *
dure_network_sentences_whole (const DureNetwork *network, const DureAnalysis *analysis)
{
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_network_sentence_free);

  say_coverage (out, network);
  if (network->n_nodes == 0)
    return out;
  say_parts (out, network, analysis);
  if (network->n_ties == 0)
    return out;
  say_cuts (out, network, analysis);
  if (network->n_nodes < DURE_ENOUGH_FOR_INDICES)
    return out;
  say_brokers (out, network, analysis);
  say_concentration (out, network, analysis);
  say_core (out, network, analysis);
  say_communities (out, analysis);
  say_density (out, analysis);
  say_ties (out, network, analysis);
  return out;
}
