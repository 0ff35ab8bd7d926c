/* test-meeting.c: what the network says before a meeting, on small networks worked out by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "domain/dure-network-around.h"
#include "domain/dure-network-meeting.h"

#include <string.h>
#include <time.h>

#define WELFARE (1u << 0)
#define HEALTH (1u << 1)
#define WORK (1u << 2)
#define HOUSING (1u << 3)
#define CARE (1u << 6)

/* Agencies named A, B, C… with the given areas; @pairs are letters: "AB BC". */
static DureNetwork *
network_of (guint n, const guint *areas, const char *pairs)
{
  g_autofree DureNetworkNode *nodes = g_new0 (DureNetworkNode, n + 1);
  g_autoptr (GArray) ties = g_array_new (FALSE, TRUE, sizeof (DureNetworkTie));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint v = 0; v < n; v++)
    {
      char *name = g_strdup_printf ("%c", 'A' + v);

      g_ptr_array_add (names, name);
      nodes[v] = (DureNetworkNode){ .id = name, .name = name, .label = name, .areas = areas != NULL ? areas[v] : 0 };
    }
  for (const char *at = pairs; *at != '\0'; at += at[2] == ' ' ? 3 : 2)
    {
      DureNetworkTie tie = { .from = (guint)(at[0] - 'A'), .to = (guint)(at[1] - 'A'), .count = 1, .by_layer = { 1 } };

      g_array_append_val (ties, tie);
    }
  return dure_network_new (nodes, n, (const DureNetworkTie *)(gpointer)ties->data, ties->len);
}

static DureBeforeMeeting *
before_of (const DureNetwork *network, const char *invited)
{
  g_auto (GStrv) ids = g_new0 (char *, strlen (invited) + 1);

  for (gsize i = 0; invited[i] != '\0'; i++)
    ids[i] = g_strndup (&invited[i], 1);
  return dure_network_before_meeting (network, (const char *const *)ids);
}

/* The nodes as letters. */
static char *
letters (const GArray *nodes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < nodes->len; i++)
    g_string_append_c (text, (char)('A' + g_array_index (nodes, guint, i)));
  return g_string_free (text, FALSE);
}

#define assert_letters(NODES, TEXT)              \
  G_STMT_START                                   \
  {                                              \
    g_autofree char *letters_ = letters (NODES); \
    g_assert_cmpstr (letters_, ==, TEXT);        \
  }                                              \
  G_STMT_END

/* "AD BF": the pairs in their order. */
static char *
pairs_of (const GArray *pairs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pairs->len; i++)
    {
      const DureIntroduction *pair = &g_array_index (pairs, DureIntroduction, i);

      g_string_append_printf (text, "%s%c%c", i > 0 ? " " : "", (char)('A' + pair->a), (char)('A' + pair->b));
    }
  return g_string_free (text, FALSE);
}

#define assert_pairs(PAIRS, TEXT)               \
  G_STMT_START                                  \
  {                                             \
    g_autofree char *pairs_ = pairs_of (PAIRS); \
    g_assert_cmpstr (pairs_, ==, TEXT);         \
  }                                             \
  G_STMT_END

/* A-B-C hang together through B, D knows only E, who is not invited, F knows nobody; E knows A and D. */
static void
test_who_knows_whom (void)
{
  const DureNetworkNode nodes[] = {
    { .id = "A", .name = "A", .areas = 1 << 0, .region_name = "하안동" },
    { .id = "B", .name = "B", .areas = 1 << 1, .region_name = "하안동" },
    { .id = "C", .name = "C", .areas = 1 << 2 },
    { .id = "D", .name = "D", .areas = 1 << 0 },
    { .id = "E", .name = "E", .areas = 1 << 3, .region_name = "철산동" },
    { .id = "F", .name = "F", .areas = 1 << 5 },
  };
  const DureNetworkTie ties[] = {
    { .from = 1, .to = 0, .count = 1, .by_layer = { 1 } },
    { .from = 1, .to = 2, .count = 1, .by_layer = { 1 } },
    { .from = 3, .to = 4, .count = 1, .by_layer = { 1 } },
    { .from = 4, .to = 0, .count = 1, .by_layer = { 1 } },
  };
  const char *const invited[] = { "F", "A", "B", "C", "D", "A", "nobody", NULL };
  g_autoptr (DureNetwork) network = dure_network_new (nodes, 6, ties, 4);
  g_autoptr (DureBeforeMeeting) before = dure_network_before_meeting (network, invited);
  const DureMeetingCut *cut;
  const DureJoiner     *joiner;

  assert_letters (before->invited, "ABCDF");
  g_assert_cmpuint (before->n_unknown, ==, 1);
  assert_letters (before->no_tie, "F");
  assert_letters (before->none_in_room, "D");
  g_assert_cmpuint (before->components->len, ==, 3);
  assert_letters (g_ptr_array_index (before->components, 0), "ABC");
  g_assert_cmpuint (before->cuts->len, ==, 1);
  cut = g_ptr_array_index (before->cuts, 0);
  g_assert_cmpuint (cut->node, ==, 1);
  assert_letters (cut->cut_off, "C"); /* of two equal halves the later one */
  g_assert_cmphex (before->areas_missing, ==, 0xff & ~(1 << 0 | 1 << 1 | 1 << 2 | 1 << 5));
  g_assert_cmpuint (before->regions_missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (before->regions_missing, 0), ==, "철산동");
  g_assert_cmpuint (before->joiners->len, ==, 1);
  joiner = g_ptr_array_index (before->joiners, 0);
  g_assert_cmpuint (joiner->node, ==, 4);
  g_assert_cmpuint (joiner->parts->len, ==, 2);
  /* D meets A, with whom it shares E; F has nothing in common with anyone and meets B, who knows the most. */
  assert_pairs (before->introductions, "AD BF");
  g_assert_cmpuint (g_array_index (before->introductions, DureIntroduction, 0).common, ==, 1);
  /* A and C share B; A and D are named already. */
  assert_pairs (before->worth, "AC");
}

/* A chain of five: without C two are cut off, without B or D one. */
static void
test_cuts (void)
{
  g_autoptr (DureNetwork) network = network_of (5, NULL, "AB BC CD DE");
  g_autoptr (DureBeforeMeeting) before = before_of (network, "ABCDE");
  const char *const expected[] = { "C:DE", "B:A", "D:E" };

  g_assert_cmpuint (before->cuts->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const DureMeetingCut *cut = g_ptr_array_index (before->cuts, i);
      g_autofree char      *off = letters (cut->cut_off);
      g_autofree char      *text = g_strdup_printf ("%c:%s", (char)('A' + cut->node), off);

      g_assert_cmpstr (text, ==, expected[i]);
    }
  /* Who is not in the room holds nothing together in it. */
  g_clear_pointer (&before, dure_before_meeting_free);
  before = before_of (network, "ABDE");
  g_assert_cmpuint (before->cuts->len, ==, 0);
  g_assert_cmpuint (before->components->len, ==, 2);
  g_assert_cmpuint (((DureJoiner *)g_ptr_array_index (before->joiners, 0))->node, ==, 2);
}

/* Three parts, ABC, D and E. Nobody knows both ABC and E, so the best list goes through D: A and D share G, D and E
 * share F. */
static void
test_joining_goes_where_most_is_in_common (void)
{
  g_autoptr (DureNetwork) network = network_of (7, NULL, "AB BC DF EF AG DG");
  g_autoptr (DureBeforeMeeting) before = before_of (network, "ABCDE");

  g_assert_cmpuint (before->components->len, ==, 3);
  assert_pairs (before->introductions, "AD DE");
  g_assert_cmpuint (before->joiners->len, ==, 2);
  /* G reaches the larger parts. */
  g_assert_cmpuint (((DureJoiner *)g_ptr_array_index (before->joiners, 0))->node, ==, 6);
  g_assert_cmpuint (((DureJoiner *)g_ptr_array_index (before->joiners, 1))->node, ==, 5);
}

/* Every list of introductions is as short as can be and joins everybody. */
static void
test_joining_joins (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 60; round++)
    {
      const guint n = 2 + (guint)g_rand_int_range (random, 0, 22);
      g_autoptr (GString) pairs = g_string_new (NULL);
      g_autoptr (GString) invited = g_string_new (NULL);
      g_autoptr (DureNetwork) network = NULL;
      g_autoptr (DureBeforeMeeting) before = NULL;
      g_autoptr (DureBeforeMeeting) again = NULL;
      g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));
      g_autoptr (DureGraph) joined = NULL;
      g_autoptr (DureGraph) room = NULL;
      g_autoptr (DureComponents) parts = NULL;

      for (guint v = 0; v < n; v++)
        if (v < 2 || g_rand_boolean (random))
          g_string_append_c (invited, (char)('A' + v));
      for (guint t = 0; t < n * 2 / 3; t++)
        {
          const guint a = (guint)g_rand_int_range (random, 0, (gint32)n);
          const guint b = (guint)g_rand_int_range (random, 0, (gint32)n);

          if (a != b)
            g_string_append_printf (pairs, "%s%c%c", pairs->len > 0 ? " " : "", (char)('A' + a), (char)('A' + b));
        }
      network = network_of (n, NULL, pairs->str);
      before = before_of (network, invited->str);
      again = before_of (network, invited->str);
      g_assert_cmpuint (before->introductions->len, ==, before->components->len - 1);
      g_assert_cmpmem (before->introductions->data, before->introductions->len * sizeof (DureIntroduction),
                       again->introductions->data, again->introductions->len * sizeof (DureIntroduction));
      g_array_append_vals (all, network->graph->ties, network->graph->n_ties);
      for (guint i = 0; i < before->introductions->len; i++)
        {
          const DureIntroduction *pair = &g_array_index (before->introductions, DureIntroduction, i);
          DureGraphTie            tie = { pair->a, pair->b, 1 };

          g_assert_false (dure_graph_find_tie (network->graph, pair->a, pair->b, NULL));
          g_array_append_val (all, tie);
        }
      joined = dure_graph_new (n, (const DureGraphTie *)(gpointer)all->data, all->len);
      room = dure_graph_subgraph (joined, (const guint *)(gpointer)before->invited->data, before->invited->len);
      parts = dure_components_new (room);
      g_assert_cmpuint (parts->n_components, ==, 1);
    }
}

/* More partners in common come first, then areas that differ in one. */
static void
test_worth (void)
{
  const guint areas[] = { WELFARE, WELFARE | CARE, HEALTH, HEALTH, WORK, HOUSING, 0, 0 };
  g_autoptr (DureNetwork) network = network_of (8, areas, "CG DG CH DH EG AG");
  g_autoptr (DureBeforeMeeting) before = before_of (network, "ABCDEFG");
  const DureIntroduction *pair;
  g_autofree char        *two = NULL;
  g_autofree char        *near = NULL;
  g_autofree char        *none = NULL;
  DureIntroduction        strangers = { 0, 5, 0, 0, WELFARE | HOUSING };

  /* C and D share G and H; A, C, D, E share G, and A stands nowhere more than three times. */
  pair = &g_array_index (before->worth, DureIntroduction, 0);
  g_assert_cmpuint (pair->a, ==, 2);
  g_assert_cmpuint (pair->b, ==, 3);
  g_assert_cmpuint (pair->common, ==, 2);
  two = dure_introduction_reason (network, pair);
  g_assert_cmpstr (two, ==, "Both work with G, H.");
  for (guint i = 1; i < before->worth->len; i++)
    g_assert_cmpuint (g_array_index (before->worth, DureIntroduction, i).common, <=, 1);
  /* B is its own part; A is nearest to it by area. */
  pair = &g_array_index (before->introductions, DureIntroduction, 0);
  g_assert_cmpuint (pair->a, ==, 0);
  g_assert_cmpuint (pair->b, ==, 1);
  near = dure_introduction_reason (network, pair);
  g_assert_cmpstr (near, ==, "Both work in Welfare, one of them in Care too.");
  none = dure_introduction_reason (network, &strangers);
  g_assert_cmpstr (none, ==, "They have neither a partner nor an area in common yet.");
}

/* Ten agencies that all work with K: K would make forty-five pairs, nobody stands in more than three. */
static void
test_worth_is_shared_out (void)
{
  g_autoptr (DureNetwork) network = network_of (11, NULL, "AK BK CK DK EK FK GK HK IK JK");
  g_autoptr (DureBeforeMeeting) before = before_of (network, "ABCDEFGHIJK");
  guint named[11] = { 0 };

  g_assert_cmpuint (before->worth->len, ==, 8);
  for (guint i = 0; i < before->worth->len; i++)
    {
      named[g_array_index (before->worth, DureIntroduction, i).a]++;
      named[g_array_index (before->worth, DureIntroduction, i).b]++;
    }
  for (guint v = 0; v < 11; v++)
    g_assert_cmpuint (named[v], <=, 3);
}

static void
test_everyone_alone (void)
{
  g_autoptr (DureNetwork) network = network_of (5, NULL, "");
  g_autoptr (DureBeforeMeeting) before = before_of (network, "ABCDE");

  assert_letters (before->no_tie, "ABCDE");
  g_assert_cmpuint (before->none_in_room->len, ==, 0);
  g_assert_cmpuint (before->components->len, ==, 5);
  g_assert_cmpuint (before->cuts->len, ==, 0);
  g_assert_cmpuint (before->joiners->len, ==, 0);
  assert_pairs (before->introductions, "AB AC AD AE");
  g_assert_cmpuint (before->worth->len, ==, 0);
}

static void
test_few (void)
{
  g_autoptr (DureNetwork) nothing = dure_network_new (NULL, 0, NULL, 0);
  g_autoptr (DureNetwork) network = network_of (3, NULL, "AB");
  g_autoptr (DureBeforeMeeting) nobody = dure_network_before_meeting (nothing, NULL);
  g_autoptr (DureBeforeMeeting) unknown = before_of (network, "XYZ");
  g_autoptr (DureBeforeMeeting) one = before_of (network, "A");

  g_assert_cmpuint (nobody->invited->len, ==, 0);
  g_assert_cmpuint (nobody->components->len, ==, 0);
  g_assert_cmpuint (nobody->introductions->len, ==, 0);
  g_assert_cmpuint (unknown->invited->len, ==, 0);
  g_assert_cmpuint (unknown->n_unknown, ==, 3);
  assert_letters (one->none_in_room, "A");
  g_assert_cmpuint (one->introductions->len, ==, 0);
  g_assert_cmpuint (one->cuts->len, ==, 0);
}

/* A works with B and C, B with D, D with E, C with B: two steps reach D but not E. */
static void
test_around (void)
{
  g_autoptr (DureNetwork) network = network_of (6, NULL, "AB AC BD DE BC");
  g_autoptr (DureNetwork) two = dure_network_around (network, 0, 4, 18);
  g_autoptr (DureNetwork) one = dure_network_around (network, 0, 2, 18);
  g_autoptr (DureNetwork) narrow = dure_network_around (network, 0, 4, 1);
  g_autoptr (DureNetwork) alone = dure_network_around (network, 5, 4, 18);

  g_assert_cmpuint (two->n_nodes, ==, 4);
  g_assert_cmpuint (two->n_ties, ==, 4); /* AB, AC, BC, BD */
  g_assert_false (dure_network_find (two, "E", NULL));
  g_assert_cmpuint (one->n_nodes, ==, 3);
  g_assert_cmpuint (one->n_ties, ==, 3); /* the tie between the two partners too */
  g_assert_cmpuint (narrow->n_nodes, ==, 2);
  g_assert_cmpuint (alone->n_nodes, ==, 1);
  g_assert_cmpuint (alone->n_ties, ==, 0);
}

static DureNetwork *
large (guint n, guint m)
{
  g_autofree DureNetworkNode *nodes = g_new0 (DureNetworkNode, n);
  g_autofree DureNetworkTie  *ties = g_new0 (DureNetworkTie, m);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint v = 0; v < n; v++)
    {
      char *name = g_strdup_printf ("%04u", v);

      g_ptr_array_add (names, name);
      nodes[v] = (DureNetworkNode){ .id = name, .name = name, .label = name, .areas = 1u << (v % DURE_N_AREAS) };
    }
  for (guint t = 0; t < m; t++)
    {
      const guint a = (guint)g_rand_int_range (random, 0, (gint32)n);

      ties[t] = (DureNetworkTie){
        .from = a, .to = (a + 1 + (guint)g_rand_int_range (random, 0, (gint32)n - 1)) % n, .count = 1, .by_layer = { 1 }
      };
    }
  return dure_network_new (nodes, n, ties, m);
}

/* A hundred who are invited out of a thousand. */
static void
test_speed (void)
{
  g_autoptr (DureNetwork) network = large (1000, 4000);
  g_auto (GStrv) ids = g_new0 (char *, 101);
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < 100; i++)
    ids[i] = g_strdup (network->nodes[i * 10].id);
  for (guint round = 0; round < 3; round++)
    {
      const clock_t begin = clock ();
      g_autoptr (DureBeforeMeeting) before = dure_network_before_meeting (network, (const char *const *)ids);

      best = MIN (best, (double)(clock () - begin) * 1e3 / CLOCKS_PER_SEC);
      g_assert_cmpuint (before->invited->len, ==, 100);
      g_assert_cmpuint (before->introductions->len, ==, before->components->len - 1);
    }
  g_test_message ("100 of 1000: %.1f ms", best);
  g_assert_cmpfloat (best, <, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/meeting/who-knows-whom", test_who_knows_whom);
  g_test_add_func ("/domain/meeting/cuts", test_cuts);
  g_test_add_func ("/domain/meeting/most-in-common", test_joining_goes_where_most_is_in_common);
  g_test_add_func ("/domain/meeting/joining-joins", test_joining_joins);
  g_test_add_func ("/domain/meeting/worth", test_worth);
  g_test_add_func ("/domain/meeting/worth-is-shared-out", test_worth_is_shared_out);
  g_test_add_func ("/domain/meeting/everyone-alone", test_everyone_alone);
  g_test_add_func ("/domain/meeting/few", test_few);
  g_test_add_func ("/domain/meeting/around", test_around);
  g_test_add_func ("/domain/meeting/speed", test_speed);
  return g_test_run ();
}
