/* bench-meeting.c: what the network says before a meeting of 100 out of 1,000 agencies, and of a room that is supposed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <time.h>

#include "domain/dure-network-meeting.h"
#include "domain/dure-network-what-if.h"

#define AGENCIES 1000
#define TIES 4000
#define INVITED 100
#define RUNS 9
#define MOST_MS 100

static DureNetwork *
make_network (void)
{
  g_autofree DureNetworkNode *nodes = g_new0 (DureNetworkNode, AGENCIES);
  g_autofree DureNetworkTie  *ties = g_new0 (DureNetworkTie, TIES);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint v = 0; v < AGENCIES; v++)
    {
      char *name = g_strdup_printf ("%04u", v);

      g_ptr_array_add (names, name);
      nodes[v] = (DureNetworkNode){ .id = name, .name = name, .label = name, .areas = 1u << (v % DURE_N_AREAS) };
    }
  for (guint t = 0; t < TIES; t++)
    {
      const guint a = (guint)g_rand_int_range (random, 0, AGENCIES);

      ties[t] = (DureNetworkTie){
        .from = a, .to = (a + 1 + (guint)g_rand_int_range (random, 0, 60)) % AGENCIES, .count = 1, .by_layer = { 1 }
      };
    }
  return dure_network_new (nodes, AGENCIES, ties, TIES);
}

static double
cpu_ms (void)
{
  return (double)clock () * 1e3 / CLOCKS_PER_SEC;
}

int
main (void)
{
  g_autoptr (DureNetwork) network = make_network ();
  g_auto (GStrv) invited = g_new0 (char *, INVITED + 1);
  const guint gone = 7;
  double      best = G_MAXDOUBLE, best_trial = G_MAXDOUBLE;

  for (guint i = 0; i < INVITED; i++)
    invited[i] = g_strdup (network->nodes[i * AGENCIES / INVITED].id);
  for (guint run = 0; run < RUNS; run++)
    {
      double begin = cpu_ms ();
      g_autoptr (DureBeforeMeeting) before = dure_network_before_meeting (network, (const char *const *)invited);
      g_autoptr (DureNetworkWhatIf) trial = NULL;
      g_autoptr (DureBeforeMeeting) room = NULL;

      best = MIN (best, cpu_ms () - begin);
      begin = cpu_ms ();
      trial = dure_network_what_if (network, &gone, 1, NULL, 0, NULL, NULL);
      room = dure_network_before_meeting (trial->network, (const char *const *)invited);
      best_trial = MIN (best_trial, cpu_ms () - begin);
    }
  g_print ("before a meeting, %d of %d agencies: %.1f ms, of a supposed room %.1f ms (limit %d)\n", INVITED, AGENCIES,
           best, best_trial, MOST_MS);
  return best < MOST_MS && best_trial < MOST_MS ? EXIT_SUCCESS : EXIT_FAILURE;
}
