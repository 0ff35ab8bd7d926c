/* dure-network-sentences-agency.c: one agency's place in the network in words
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
#define BOUND 0.5
#define FREE 0.25
#define MOSTLY_NEW 0.7

/** Speaker: what all sentences about one agency need. */
typedef struct
{
  GPtrArray          *out;
  const DureNetwork  *network;
  const DureGraph    *graph;
  const DureAnalysis *analysis;
  guint               node;
  guint               degree;
} Speaker;

static void
say_degree (const Speaker *self)
{
  guint                n = self->network->n_nodes;
  guint                fewer = 0;
  DureNetworkSentence *one = dure_sentence_add (self->out, "degree", _ ("Ties"),
                                                _ ("Degree, and the weight of all ties together"), "%u", self->degree);

  for (guint k = self->graph->first[self->node]; k < self->graph->first[self->node + 1]; k++)
    dure_sentence_about (one, self->graph->neighbours[k]);
  if (self->degree == 0)
    {
      dure_sentence_say (one, _ ("No tie to any other agency is on record."));
      dure_sentence_warn (one, _ ("Who has no tie on record may still work with others."));
      return;
    }
  for (guint v = 0; v < n; v++)
    fewer += self->analysis->degree[v] < self->degree ? 1 : 0;
  dure_sentence_say (
      one, g_dngettext (GETTEXT_PACKAGE, "It is tied to %u agency.", "It is tied to %u agencies.", self->degree),
      self->degree);
  if (n >= DURE_ENOUGH_FOR_INDICES)
    dure_sentence_say (one, _ ("Of the others, %1$u have fewer ties. Counted by weight: %2$.0f."), fewer,
                       self->analysis->strength[self->node]);
}

static void
say_referrals (const Speaker *self)
{
  guint                sent = 0;
  guint                received = 0;
  guint                several = 0;
  DureNetworkSentence *one;

  for (guint k = self->graph->first[self->node]; k < self->graph->first[self->node + 1]; k++)
    {
      const DureNetworkTie *tie = &self->network->ties[self->graph->tie_of[k]];

      sent += tie->from == self->node ? tie->sent : tie->returned;
      received += tie->from == self->node ? tie->returned : tie->sent;
      several += dure_network_multiplexity (tie) > 1 ? 1 : 0;
    }
  if (sent + received > 0)
    {
      one = dure_sentence_add (self->out, "referrals", _ ("Referrals"), _ ("Out-strength and in-strength of referrals"),
                               "%u · %u", sent, received);
      if (received == 0)
        dure_sentence_say (one, _ ("It sent %u and received none."), sent);
      else if (sent == 0)
        dure_sentence_say (one, _ ("It received %u and sent none."), received);
      else
        dure_sentence_say (one, _ ("It sent %1$u and received %2$u."), sent, received);
    }
  if (several > 0)
    {
      one = dure_sentence_add (self->out, "multiplexity", _ ("Ties of several kinds"), _ ("Multiplexity"), "%u",
                               several);
      dure_sentence_say (one,
                         g_dngettext (GETTEXT_PACKAGE, "With %u partner it works together in more than one way.",
                                      "With %u partners it works together in more than one way.", several),
                         several);
    }
}

static void
say_part (const Speaker *self)
{
  const DureComponents *parts = self->analysis->components;
  guint                 part = parts->component[self->node];
  guint                 size = parts->size[part];
  DureNetworkSentence  *one;

  if (size == parts->size[0])
    return;
  one = dure_sentence_add (self->out, "component", _ ("Group that hangs together"), _ ("Component"), "%u", size);
  for (guint i = parts->first[part]; i < parts->first[part + 1]; i++)
    dure_sentence_about (one, parts->nodes[i]);
  dure_sentence_say (one, _ ("It belongs to a small group of %u agencies that is not tied to the rest."), size);
}

static void
say_cut (const Speaker *self)
{
  g_autoptr (GArray) off = NULL;
  guint                only = 0;
  DureNetworkSentence *one;

  for (guint k = self->graph->first[self->node]; k < self->graph->first[self->node + 1]; k++)
    only += self->analysis->cuts->is_bridge[self->graph->tie_of[k]] ? 1 : 0;
  if (self->analysis->cuts->is_cut_point[self->node])
    {
      g_autofree char *names = NULL;

      off = dure_cut_off (self->graph, self->node);
      one = dure_sentence_add (self->out, "cut-point", _ ("Cut off without it"), _ ("Cut point"), "%u", off->len);
      one->nodes = g_array_ref (off);
      names = dure_sentence_names (self->network, off);
      dure_sentence_say (one,
                         g_dngettext (GETTEXT_PACKAGE, "Without it %1$u agency would be cut off: %2$s",
                                      "Without it %1$u agencies would be cut off: %2$s", off->len),
                         off->len, names);
    }
  else
    {
      one = dure_sentence_add (self->out, "cut-point", _ ("Cut off without it"), _ ("Cut point"), "0");
      dure_sentence_say (one, _ ("The others stay together without it."));
    }
  if (self->degree == 1)
    {
      one = dure_sentence_add (self->out, "bridges", _ ("Only links"), _ ("Bridges"), "1");
      dure_sentence_say (one, _ ("It reaches the others only over %s."),
                         self->network->nodes[self->graph->neighbours[self->graph->first[self->node]]].name);
    }
  else if (only > 0)
    {
      one = dure_sentence_add (self->out, "bridges", _ ("Only links"), _ ("Bridges"), "%u", only);
      dure_sentence_say (one,
                         g_dngettext (GETTEXT_PACKAGE, "%u of its ties is the only way to what lies behind it.",
                                      "%u of its ties are the only way to what lies behind them.", only),
                         only);
    }
}

static void
say_between (const Speaker *self)
{
  DureBand             band = (DureBand)self->analysis->band[self->node];
  DureNetworkSentence *one = dure_sentence_add (self->out, "betweenness", _ ("Between others"), _ ("Betweenness"), "%s",
                                                dure_band_label (band));

  if (band == DURE_BAND_HIGH)
    dure_sentence_say (one, _ ("Many others reach each other over it: it is a go-between."));
  else if (band == DURE_BAND_MIDDLE)
    dure_sentence_say (one, _ ("Some others reach each other over it."));
  else
    dure_sentence_say (one, _ ("Others hardly need it to reach each other."));
  dure_sentence_warn (one, _ ("Unstable when ties are missing: trust the group, not the order in it."));
  if (self->analysis->n_sources < self->analysis->n_nodes)
    dure_sentence_warn (one, _ ("In a network this large shortest ways are estimated from a sample."));
}

static void
say_near (const Speaker *self)
{
  guint                n = self->network->n_nodes;
  const double        *harmonic = self->analysis->harmonic;
  double               two = self->analysis->two_step[self->node];
  guint                farther = 0;
  DureNetworkSentence *one;

  for (guint v = 0; v < n; v++)
    farther += harmonic[v] < harmonic[self->node] - 1e-9 ? 1 : 0;
  one = dure_sentence_add (self->out, "closeness", _ ("Easy to reach"), _ ("Harmonic closeness"), "%.2f",
                           harmonic[self->node]);
  dure_sentence_say (one, _ ("It reaches the others by shorter ways than %1$u of %2$u agencies do."), farther, n - 1);
  if (self->analysis->components->n_components > 1)
    dure_sentence_warn (one, _ ("Agencies that cannot be reached count as 0."));
  one = dure_sentence_add (self->out, "two-step", _ ("Within two steps"), _ ("Two-step reach"), "%.0f%%", 100 * two);
  dure_sentence_say (one, _ ("With its partners and their partners it reaches %1$.0f of the %2$u others."),
                     two * (n - 1), n - 1);
}

static void
say_core (const Speaker *self)
{
  guint                core = self->analysis->core[self->node];
  guint                most = 0;
  DureNetworkSentence *one;

  for (guint v = 0; v < self->network->n_nodes; v++)
    most = MAX (most, self->analysis->core[v]);
  one = dure_sentence_add (self->out, "k-core", _ ("Core layer"), _ ("k-core"), "%u / %u", core, most);
  if (core == most)
    dure_sentence_say (one, _ ("It is in the innermost layer, where each has at least %u ties to the others of it."),
                       core);
  else
    dure_sentence_say (one, _ ("Its layer is number %1$u; the innermost is number %2$u."), core, most);
  if (!isnan (self->analysis->core_fit) && self->analysis->core_fit >= DURE_CORE_FIT_CLEAR)
    {
      one = dure_sentence_add (self->out, "core-periphery", _ ("Core and periphery"), _ ("Borgatti–Everett"), "%s",
                               self->analysis->in_core[self->node] ? _ ("Core") : _ ("Periphery"));
      if (self->analysis->in_core[self->node])
        dure_sentence_say (one, _ ("It is one of those on whom the others hang."));
      else
        dure_sentence_say (one, _ ("It hangs on the core more than on others like itself."));
    }
}

static void
say_holes (const Speaker *self)
{
  double               bound = self->analysis->constraint[self->node];
  double               size = self->analysis->effective_size[self->node];
  DureNetworkSentence *one
      = dure_sentence_add (self->out, "constraint", _ ("How bound it is"), _ ("Constraint (Burt)"), "%.2f", bound);

  if (self->degree == 1)
    dure_sentence_say (one, _ ("It depends on one partner alone."));
  else if (bound >= BOUND)
    dure_sentence_say (one, _ ("Its partners are few or know each other: it hears much the same from all."));
  else if (bound >= FREE)
    dure_sentence_say (one, _ ("Some of its partners know each other, some do not."));
  else
    dure_sentence_say (one, _ ("Its partners hardly know each other: it hears from different sides."));
  dure_sentence_warn (one, _ ("The lower the freer; with few partners it can exceed 1."));
  one = dure_sentence_add (self->out, "effective-size", _ ("Partners of different circles"),
                           _ ("Effective size (Burt)"), "%.1f / %u", size, self->degree);
  if (size / self->degree >= MOSTLY_NEW)
    dure_sentence_say (one, _ ("Nearly every partner opens a circle of its own."));
  else
    dure_sentence_say (one, _ ("Of its %1$u partners, as many as %2$.1f open circles of their own; the rest overlap."),
                       self->degree, size);
}

static void
say_community (const Speaker *self)
{
  guint                mine = self->analysis->community[self->node];
  guint                others = self->analysis->community_size[mine] - 1;
  g_autofree char     *names = NULL;
  DureNetworkSentence *one;

  if (others == 0)
    return;
  one = dure_sentence_add (self->out, "community", _ ("Community"), _ ("Leiden algorithm"), "%u", mine + 1);
  for (guint v = 0; v < self->network->n_nodes; v++)
    if (v != self->node && self->analysis->community[v] == mine)
      dure_sentence_about (one, v);
  names = dure_sentence_names (self->network, one->nodes);
  dure_sentence_say (one, _ ("It works mostly in one set with %s."), names);
}

static void
say_roles (const Speaker *self, const DureBrokerage *roles)
{
  guint                all = roles->coordinator + roles->itinerant + roles->gatekeeper + roles->liaison;
  DureNetworkSentence *one = dure_sentence_add (
      self->out, "brokerage", _ ("Brokerage between groups"),
      _ ("Gould–Fernandez roles; ties have no direction, so gatekeeper and representative are one"), "%u", all);

  if (all == 0)
    {
      dure_sentence_say (one, _ ("It joins no two agencies that are not tied themselves."));
      return;
    }
  dure_sentence_say (one,
                     g_dngettext (GETTEXT_PACKAGE, "It joins %u pair that is not tied itself.",
                                  "It joins %u pairs that are not tied themselves.", all),
                     all);
  if (roles->coordinator > 0)
    dure_sentence_say (one, _ ("Coordinator, all in its own group: %u."), roles->coordinator);
  if (roles->itinerant > 0)
    dure_sentence_say (one, _ ("Consultant, inside another group: %u."), roles->itinerant);
  if (roles->gatekeeper > 0)
    dure_sentence_say (one, _ ("Gatekeeper, between its own group and another: %u."), roles->gatekeeper);
  if (roles->liaison > 0)
    dure_sentence_say (one, _ ("Liaison, between two other groups: %u."), roles->liaison);
}

static void
say_groups (const Speaker *self, const DureGroups *groups, const char *name)
{
  guint                inside = groups->node_internal[self->node];
  guint                outside = groups->node_external[self->node];
  DureNetworkSentence *one;

  if (inside + outside == 0)
    return;
  one = dure_sentence_add (self->out, "ei", _ ("Ties inside and outside its group"), _ ("E–I index (Krackhardt–Stern)"),
                           _ ("inside %1$u · outside %2$u"), inside, outside);
  if (outside == 0)
    dure_sentence_say (one, _ ("All its ties stay inside “%s”."), name);
  else if (inside == 0)
    dure_sentence_say (one, _ ("All its ties lead out of “%s”."), name);
  else
    dure_sentence_say (one, _ ("%1$u of its ties stay inside “%2$s”, %3$u lead outside."), inside, name, outside);
  say_roles (self, &groups->brokerage[self->node]);
}

/**
 * dure_network_sentences_agency:
 * @network: a network
 * @analysis: its measures
 * @groups: (nullable): what its ties say about groups
 * @group_names: (nullable) (array): names of the groups, by number
 * @node: which agency
 *
 * Returns: (transfer full) (element-type DureNetworkSentence): what the network says about it; of indices nothing in a
 *   small network, and nothing but that for an agency without ties
 */
GPtrArray *
dure_network_sentences_agency (const DureNetwork  *network,
                               const DureAnalysis *analysis,
                               const DureGroups   *groups,
                               const char *const  *group_names,
                               guint               node)
{
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_network_sentence_free);
  Speaker    speaker = { out, network, network->graph, analysis, node, 0 };

  g_return_val_if_fail (node < network->n_nodes && network->n_nodes == analysis->n_nodes, out);

  speaker.degree = analysis->degree[node];
  say_degree (&speaker);
  if (speaker.degree == 0)
    return out;
  say_referrals (&speaker);
  say_part (&speaker);
  say_cut (&speaker);
  if (network->n_nodes >= DURE_ENOUGH_FOR_INDICES)
    {
      say_between (&speaker);
      say_near (&speaker);
      say_core (&speaker);
      say_holes (&speaker);
      say_community (&speaker);
      if (groups != NULL && group_names != NULL && groups->group[node] != G_MAXUINT)
        say_groups (&speaker, groups, group_names[groups->group[node]]);
    }
  return out;
}
