/* test-network-sentences.c: what the measures of a network say in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "domain/dure-network-sentences.h"

#define N_RAYS 12

static DureNetworkTie
tie (guint from, guint to, DureLayer layer)
{
  DureNetworkTie one = { .from = from, .to = to, .layers = layer, .count = 1 };

  one.by_layer[g_bit_nth_lsf (layer, -1)] = 1;
  return one;
}

/* Agencies called 0, 1, 2… */
static DureNetwork *
make (guint n_nodes, const DureNetworkTie *ties, guint n_ties)
{
  g_autofree DureNetworkNode *nodes = g_new0 (DureNetworkNode, n_nodes + 1);
  g_auto (GStrv) names = g_new0 (char *, n_nodes + 1);

  for (guint v = 0; v < n_nodes; v++)
    {
      names[v] = g_strdup_printf ("agency %u", v);
      nodes[v] = (DureNetworkNode){ .id = names[v], .name = names[v], .area = DURE_NO_AREA };
    }
  return dure_network_new (nodes, n_nodes, ties, n_ties);
}

/* One in the middle, the others around it, and the last one alone. */
static DureNetwork *
make_star (DureLayer layer)
{
  DureNetworkTie ties[N_RAYS];

  for (guint i = 0; i < N_RAYS; i++)
    ties[i] = tie (0, i + 1, layer);
  return make (N_RAYS + 2, ties, N_RAYS);
}

static DureAnalysis *
analyse (const DureNetwork *network)
{
  g_autoptr (GError) error = NULL;
  DureAnalysis *analysis = dure_analysis_new (network->graph, NULL, NULL, &error);

  g_assert_no_error (error);
  return analysis;
}

static const DureNetworkSentence *
find (GPtrArray *sentences, const char *key)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      const DureNetworkSentence *one = g_ptr_array_index (sentences, i);

      if (strcmp (one->key, key) == 0)
        return one;
    }
  return NULL;
}

static void
assert_says (GPtrArray *sentences, const char *key, const char *value, const char *words)
{
  const DureNetworkSentence *one = find (sentences, key);

  g_assert_nonnull (one);
  if (value != NULL)
    g_assert_cmpstr (one->value, ==, value);
  if (strstr (one->sentence, words) == NULL)
    g_error ("“%s” does not say “%s”", one->sentence, words);
}

/* Nothing is shown without a heading and a whole sentence, and no number that is not one. */
static void
assert_whole (GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      const DureNetworkSentence *one = g_ptr_array_index (sentences, i);

      g_assert_cmpuint (strlen (one->heading), >, 0);
      g_assert_nonnull (one->sentence);
      g_assert_true (g_str_has_suffix (one->sentence, ".") || strchr (one->sentence, ':') != NULL);
      g_assert_null (strstr (one->value, "nan"));
      g_assert_null (strstr (one->sentence, "nan"));
      g_assert_true (one->caution == NULL || *one->caution != '\0');
    }
}

static void
test_whole (void)
{
  g_autoptr (DureNetwork) network = make_star (DURE_LAYER_AGREEMENT);
  g_autoptr (DureAnalysis) analysis = analyse (network);
  g_autoptr (GPtrArray) sentences = dure_network_sentences_whole (network, analysis);
  const DureNetworkSentence *one;

  assert_whole (sentences);
  assert_says (sentences, "coverage", "13 / 14", "Of 14 agencies, 13");
  assert_says (sentences, "components", "1", "All agencies that have a tie");
  assert_says (sentences, "isolates", "1", "agency 13");
  assert_says (sentences, "cut-points", "1", "agency 0");
  assert_says (sentences, "bridges", "12", "12 lead to a single agency");
  assert_says (sentences, "brokers", "1", "agency 0");
  assert_says (sentences, "degree-centralisation", NULL, "gather around agency 0, which has 12");
  assert_says (sentences, "core-periphery", NULL, "agency 0");
  assert_says (sentences, "communities", "1", "no sets");
  /* What must not be misread says so. */
  one = find (sentences, "density");
  g_assert_true (strstr (one->caution, "do not compare") != NULL);
  one = find (sentences, "brokers");
  g_assert_true (strstr (one->caution, "Unstable") != NULL);
  one = find (sentences, "cut-points");
  g_assert_cmpuint (one->nodes->len, ==, 1);
  g_assert_null (find (sentences, "transitivity")->caution);
  g_assert_null (find (sentences, "reciprocity"));
}

/* Where all are alike nobody is named. */
static void
test_ring (void)
{
  DureNetworkTie ties[N_RAYS];
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureAnalysis) analysis = NULL;
  g_autoptr (GPtrArray) sentences = NULL;

  for (guint i = 0; i < N_RAYS; i++)
    ties[i] = tie (i, (i + 1) % N_RAYS, DURE_LAYER_OTHER);
  network = make (N_RAYS, ties, N_RAYS);
  analysis = analyse (network);
  sentences = dure_network_sentences_whole (network, analysis);
  assert_whole (sentences);
  assert_says (sentences, "degree-centralisation", "0.00", "as many ties as every other");
  assert_says (sentences, "brokers", "0", "No agency stands out");
  assert_says (sentences, "core-periphery", NULL, "No clear core");
  assert_says (sentences, "cut-points", "0", "Nobody is cut off");
}

/* Being in one room closes triads by itself. */
static void
test_attendance (void)
{
  g_autoptr (DureNetwork) network = make_star (DURE_LAYER_ATTENDANCE);
  g_autoptr (DureAnalysis) analysis = analyse (network);
  g_autoptr (GPtrArray) sentences = dure_network_sentences_whole (network, analysis);

  g_assert_true (strstr (find (sentences, "transitivity")->caution, "raise") != NULL);
}

static void
test_small (void)
{
  const DureNetworkTie ties[] = { tie (0, 1, DURE_LAYER_OTHER), tie (1, 2, DURE_LAYER_OTHER) };
  g_autoptr (DureNetwork) network = make (4, ties, G_N_ELEMENTS (ties));
  g_autoptr (DureAnalysis) analysis = analyse (network);
  g_autoptr (GPtrArray) whole = dure_network_sentences_whole (network, analysis);
  g_autoptr (GPtrArray) agency = dure_network_sentences_agency (network, analysis, NULL, NULL, 1);
  static const char *const indices[] = { "density",     "degree-centralisation", "core-periphery",
                                         "communities", "transitivity",          "brokers",
                                         "betweenness" };

  assert_whole (whole);
  assert_whole (agency);
  assert_says (whole, "cut-points", "1", "agency 1");
  for (guint i = 0; i < G_N_ELEMENTS (indices); i++)
    {
      g_assert_null (find (whole, indices[i]));
      g_assert_null (find (agency, indices[i]));
    }
}

static void
test_nothing (void)
{
  g_autoptr (DureNetwork) none = make (0, NULL, 0);
  g_autoptr (DureNetwork) untied = make (20, NULL, 0);
  g_autoptr (DureAnalysis) of_none = analyse (none);
  g_autoptr (DureAnalysis) of_untied = analyse (untied);
  g_autoptr (GPtrArray) first = dure_network_sentences_whole (none, of_none);
  g_autoptr (GPtrArray) second = dure_network_sentences_whole (untied, of_untied);

  assert_whole (first);
  assert_whole (second);
  assert_says (second, "components", "0", "No two agencies");
  assert_says (second, "isolates", "20", "and 15 more agencies");
}

static void
test_agency (void)
{
  g_autoptr (DureNetwork) network = make_star (DURE_LAYER_AGREEMENT);
  g_autoptr (DureAnalysis) analysis = analyse (network);
  g_autoptr (GPtrArray) hub = dure_network_sentences_agency (network, analysis, NULL, NULL, 0);
  g_autoptr (GPtrArray) leaf = dure_network_sentences_agency (network, analysis, NULL, NULL, 5);
  g_autoptr (GPtrArray) alone = dure_network_sentences_agency (network, analysis, NULL, NULL, 13);

  assert_whole (hub);
  assert_whole (leaf);
  assert_whole (alone);
  assert_says (hub, "degree", "12", "tied to 12 agencies");
  assert_says (hub, "cut-point", "11", "Without it 11 agencies would be cut off");
  assert_says (hub, "betweenness", "High", "go-between");
  assert_says (hub, "core-periphery", "Core", "others hang");
  assert_says (hub, "constraint", NULL, "different sides");
  assert_says (hub, "effective-size", "12.0 / 12", "circle of its own");
  assert_says (leaf, "cut-point", "0", "stay together");
  assert_says (leaf, "bridges", "1", "only over agency 0");
  assert_says (leaf, "betweenness", "Low", "hardly need it");
  assert_says (leaf, "two-step", "92%", "12 of the 13 others");
  assert_says (leaf, "constraint", "1.00", "one partner alone");
  g_assert_cmpuint (alone->len, ==, 1);
  assert_says (alone, "degree", "0", "No tie");
}

static void
test_groups (void)
{
  const guint              group[N_RAYS + 2] = { 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3 };
  static const char *const names[] = { "Elders", "Children", "Health", "Housing", NULL };
  g_autoptr (DureNetwork) network = make_star (DURE_LAYER_AGREEMENT);
  g_autoptr (DureAnalysis) analysis = analyse (network);
  g_autoptr (DureGroups) groups = dure_groups_new (network->graph, group, 4);
  g_autoptr (GPtrArray) sentences = dure_network_sentences_groups (groups, names);
  g_autoptr (GPtrArray) hub = dure_network_sentences_agency (network, analysis, groups, names, 0);

  assert_whole (sentences);
  assert_whole (hub);
  g_assert_cmpuint (sentences->len, ==, 5);
  assert_says (sentences, "ei", "+0.00", "6 ties stay inside a group and 6 lead");
  assert_says (sentences, "ei", NULL, "The sizes of the groups alone would give +");
  assert_says (sentences, "group", "inside 6 · outside 6", "more with other groups");
  assert_says (hub, "ei", "inside 6 · outside 6", "“Elders”");
  /* 15 pairs of its own group, 6 + 1 within another, 36 across its border, 8 between two others. */
  assert_says (hub, "brokerage", "66", "all in its own group: 15");
  assert_says (hub, "brokerage", NULL, "inside another group: 7");
  assert_says (hub, "brokerage", NULL, "its own group and another: 36");
  assert_says (hub, "brokerage", NULL, "two other groups: 8");
}

static void
test_reciprocity (void)
{
  DureNetworkTie ties[]
      = { tie (0, 1, DURE_LAYER_REFERRAL), tie (1, 2, DURE_LAYER_REFERRAL), tie (2, 3, DURE_LAYER_OTHER) };
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureNetwork) without = make (4, &ties[2], 1);

  ties[0].sent = 3;
  ties[0].returned = 1;
  ties[1].sent = 2;
  network = make (4, ties, G_N_ELEMENTS (ties));
  /* Three directions, two of them answered. */
  g_assert_cmpfloat_with_epsilon (dure_network_reciprocity (network), 2 / 3.0, 5e-4);
  g_assert_true (dure_network_reciprocity (without) != dure_network_reciprocity (without));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/network-sentences/whole", test_whole);
  g_test_add_func ("/domain/network-sentences/ring", test_ring);
  g_test_add_func ("/domain/network-sentences/attendance", test_attendance);
  g_test_add_func ("/domain/network-sentences/small", test_small);
  g_test_add_func ("/domain/network-sentences/nothing", test_nothing);
  g_test_add_func ("/domain/network-sentences/agency", test_agency);
  g_test_add_func ("/domain/network-sentences/groups", test_groups);
  g_test_add_func ("/domain/network-sentences/reciprocity", test_reciprocity);
  return g_test_run ();
}
