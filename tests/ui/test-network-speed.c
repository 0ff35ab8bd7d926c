/* test-network-speed.c: what the place of the network costs the main thread; `./dev bench` runs it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <time.h>

#include "app/network/dure-network-rows.h"
#include "network-fixture.h"

static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* What the main thread does for one selection, and for new settings: the whole of the panels and the legend. */
static void
test_main_thread (void)
{
  DureWindow      *window;
  DureNetworkPage *page = network_ui_open_settled ("gwangmyeong", &window);
  guint            hub = dure_network_model_get_analysis (page->model)->hub;
  g_autoptr (GtkBitset) one = gtk_bitset_new_range (hub, 1);
  g_autoptr (GtkBitset) none = gtk_bitset_new_empty ();
  double best[3] = { G_MAXDOUBLE, G_MAXDOUBLE, G_MAXDOUBLE };

  for (guint i = 0; i < 9; i++)
    {
      double begin = thread_ms ();

      dure_network_facts_show (page->facts, page->model, one);
      best[0] = MIN (best[0], thread_ms () - begin);
      begin = thread_ms ();
      dure_network_facts_show (page->facts, page->model, none);
      best[1] = MIN (best[1], thread_ms () - begin);
      begin = thread_ms ();
      dure_network_page_show_look (page);
      best[2] = MIN (best[2], thread_ms () - begin);
    }
  g_test_message ("facts of the hub %.2f ms, of all %.2f ms, look and legend %.2f ms", best[0], best[1], best[2]);
  dure_ui_test_close (window);
}

#define COUNTRY 50000

static double
best_of (double best, double begin)
{
  return MIN (best, thread_ms () - begin);
}

/* The list of a country: numbers are sorted, objects made only for the rows in sight. */
static void
test_country (void)
{
  g_autofree DureNetworkNode *nodes = g_new0 (DureNetworkNode, COUNTRY);
  g_autofree DureNetworkTie  *ties = g_new0 (DureNetworkTie, 4 * COUNTRY);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureNetworkView) view = dure_network_view_new ();
  g_autoptr (DureNetworkRows) rows = dure_network_rows_new ();
  DureLookSource source = { .view = view };
  double         set = G_MAXDOUBLE;
  double         sort = G_MAXDOUBLE;
  double         search = G_MAXDOUBLE;
  double         look = G_MAXDOUBLE;

  for (guint v = 0; v < COUNTRY; v++)
    {
      char *name = g_strdup_printf ("%05u 종합사회복지관", v);

      g_ptr_array_add (names, name);
      nodes[v] = (DureNetworkNode){ .id = name,
                                    .name = name,
                                    .label = name,
                                    .kind = (char *)"welfare-centre",
                                    .sector = v % 2,
                                    .area = (int)(v % DURE_N_AREAS),
                                    .areas = 1u << v % DURE_N_AREAS };
      for (guint k = 0; k < 4; k++)
        ties[4 * v + k] = (DureNetworkTie){ .from = v,
                                            .to = (guint)g_rand_int_range (random, 0, COUNTRY),
                                            .layers = 1,
                                            .count = 1,
                                            .weight = 1,
                                            .by_layer = { 1 } };
    }
  network = dure_network_new (nodes, COUNTRY, ties, 4 * COUNTRY);
  source.network = source.everybody = network;
  for (guint i = 0; i < 5; i++)
    {
      double begin = thread_ms ();

      dure_network_rows_set (rows, network, NULL, NULL, view);
      set = best_of (set, begin);
      begin = thread_ms ();
      dure_network_rows_sort (rows, DURE_COLUMN_DEGREE, i % 2 == 0);
      sort = best_of (sort, begin);
      begin = thread_ms ();
      dure_network_rows_set_search (rows, "ㅂㅈㄱ 9");
      search = best_of (search, begin);
      dure_network_rows_set_search (rows, NULL);
      begin = thread_ms ();
      dure_network_look_free (dure_network_look_new (&source));
      look = best_of (look, begin);
      dure_network_rows_set (rows, NULL, NULL, NULL, NULL);
    }
  g_test_message ("50,000 agencies: list %.2f ms, sort %.2f ms, a turn of a search %.2f ms, look %.2f ms", set, sort,
                  search, look);
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/network-speed/main-thread", test_main_thread);
  g_test_add_func ("/ui/network-speed/country", test_country);
  return g_test_run ();
}
