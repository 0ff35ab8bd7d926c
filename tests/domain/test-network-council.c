/* test-network-council.c: the council as a network
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network-fixture.h"

#include <string.h>

#include "domain/dure-network-council.h"
#include "domain/dure-sample.h"
#include "graph/dure-components.h"

static guint
count (const DureNetwork *network, DureNodeType type)
{
  guint n = 0;

  for (guint v = 0; v < network->n_nodes; v++)
    n += network->nodes[v].type == type ? 1 : 0;
  return n;
}

/* One city, 6 divisions, 22 local councils and the members of 557 seats, all of one piece. */
static void
test_gimcheon (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureNetwork) agencies = NULL;
  g_autoptr (DureComponents) parts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *coverage = NULL;
  guint            n_children = 0;
  guint            seats = 0;

  g_assert_true (dure_sample_fill (fixture->store, "gimcheon", &error));
  g_assert_no_error (error);
  network = dure_network_build_council (fixture->store, NULL, DURE_COUNCIL_SEATS, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (network, DURE_NODE_BODY), ==, 29);
  g_assert_cmpuint (count (network, DURE_NODE_MEMBER), ==, 550);
  g_assert_cmpuint (network->parent[0], ==, 0);
  for (guint v = 1; v < network->n_nodes; v++)
    {
      g_assert_cmpuint (network->nodes[network->parent[v]].type, ==, DURE_NODE_BODY);
      n_children += network->parent[v] == 0 && network->nodes[v].type == DURE_NODE_BODY ? 1 : 0;
    }
  g_assert_cmpuint (n_children, ==, 28);
  for (guint v = 0; v < network->n_nodes; v++)
    seats += network->nodes[v].type == DURE_NODE_BODY ? network->nodes[v].council_seats : 0;
  g_assert_cmpuint (seats, ==, 557);
  parts = dure_components_new (network->graph);
  g_assert_cmpuint (parts->n_components, ==, 1);
  coverage = dure_network_coverage (network);
  g_assert_nonnull (strstr (coverage, "29"));
  g_assert_nonnull (strstr (coverage, "557"));
  /* In the official order of the dong, by short names. */
  g_assert_cmpstr (network->nodes[7].label, ==, "아포읍");
  g_assert_cmpstr (network->nodes[28].label, ==, "율곡동");

  agencies = dure_network_build_council (fixture->store, NULL, DURE_COUNCIL_AGENCIES, NULL, &error);
  g_assert_cmpuint (count (agencies, DURE_NODE_MEMBER), ==, 0);
  g_assert_cmpuint (count (agencies, DURE_NODE_AGENCY), >=, 22);
}

/* Where others look on, no name of a member stands anywhere. */
static void
test_no_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_true (dure_sample_fill (fixture->store, "gimcheon", NULL));
  network = dure_network_build_council (fixture->store, NULL, DURE_COUNCIL_SEATS | DURE_COUNCIL_NO_NAMES, NULL, NULL);
  for (guint v = 0; v < network->n_nodes; v++)
    if (network->nodes[v].type == DURE_NODE_MEMBER)
      {
        g_assert_null (strstr (network->nodes[v].name, "표본"));
        g_assert_null (strstr (network->nodes[v].label, "표본"));
        g_assert_true (g_hash_table_add (names, network->nodes[v].name));
      }
}

/* Terms, sectors, a circle of bodies, a person who is gone. */
static void
test_odd (Fixture *fixture, gconstpointer data)
{
  g_autofree char *city
      = write_record (fixture, DURE_ENTITY_BODY, DURE_BODY_NAME, "대표", DURE_BODY_LEVEL, "representative", -1);
  g_autofree char *division = write_record (fixture, DURE_ENTITY_BODY, DURE_BODY_NAME, "분과", DURE_BODY_LEVEL,
                                            "division", DURE_BODY_PARENT, city, -1);
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *both = member (fixture, a, city, "2024-01-01", NULL);
  g_autofree char *gone = member (fixture, a, city, "2024-01-01", NULL);
  g_autofree char *over = member (fixture, a, city, "2022-01-01", "2023-12-31");
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureNetwork) empty = NULL;
  g_autoptr (DureRecord) body = dure_store_get (fixture->store, DURE_ENTITY_BODY, city, NULL);
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (GError) error = NULL;
  guint v;

  g_free (write_record (fixture, DURE_ENTITY_SEAT, DURE_SEAT_BODY, division, DURE_SEAT_PERSON, both,
                        DURE_SEAT_TERM_FROM, "2024-01-01", -1));
  dure_record_set (body, DURE_BODY_PARENT, division);
  g_assert_true (dure_store_write (fixture->store, body, &error));
  g_assert_true (dure_store_delete (fixture->store, DURE_ENTITY_PERSON, gone, &error));
  network = dure_network_build_council (fixture->store, NULL, DURE_COUNCIL_SEATS | DURE_COUNCIL_AGENCIES, NULL, &error);
  g_assert_no_error (error);
  v = node (network, both);
  /* Of two bodies the smaller one is above. */
  g_assert_cmpstr (network->nodes[network->parent[v]].id, ==, division);
  g_assert_cmpuint (network->nodes[v].council_seats, ==, 2);
  g_assert_cmpuint (dure_graph_degree (network->graph, v), ==, 2);
  g_assert_false (dure_network_find (network, over, NULL));
  g_assert_cmpuint (network->n_ended, ==, 1);
  g_assert_cmpuint (network->n_left_out, ==, 1);
  g_assert_true (dure_network_find (network, a, NULL));

  filter->sectors = 1u << DURE_SECTOR_PUBLIC;
  empty = dure_network_build_council (fixture->store, filter, DURE_COUNCIL_SEATS, NULL, &error);
  g_assert_cmpuint (count (empty, DURE_NODE_MEMBER), ==, 0);
  g_assert_cmpuint (count (empty, DURE_NODE_BODY), ==, 2);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = dure_network_build_council (fixture->store, NULL, DURE_COUNCIL_SEATS, NULL, NULL);

  g_assert_cmpuint (network->n_nodes, ==, 0);
  g_assert_nonnull (network->parent);
}

int
main (int argc, char **argv)
{
  g_setenv ("DURE_NOW", "2024-06-20T09:00", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("/domain/network-council/gimcheon", test_gimcheon);
  ADD ("/domain/network-council/no-names", test_no_names);
  ADD ("/domain/network-council/odd", test_odd);
  ADD ("/domain/network-council/none", test_none);
  return g_test_run ();
}
