/* bench-network.c: how long the network of a whole country takes from the store: bench-network [STORE]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Without a STORE, as `national` makes it, one is made. Times are the least of several runs, in processor time: what
 * else the machine does should not count.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <time.h>

#include "bench-national.h"
#include "domain/dure-network-compare.h"
#include "domain/dure-network-months.h"
#include "domain/dure-network-what-if.h"

#define RUNS 5

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

typedef gpointer (*Work) (DureStore *store, DureNetwork *network, GError **error);

static gpointer
build (DureStore *store, DureNetwork *network, GError **error)
{
  return dure_network_build (store, NULL, NULL, error);
}

static gpointer
months (DureStore *store, DureNetwork *network, GError **error)
{
  return dure_network_months (store, NULL, NULL, error);
}

static gpointer
compare (DureStore *store, DureNetwork *network, GError **error)
{
  return dure_network_compare (network, network);
}

static gpointer
without (DureStore *store, DureNetwork *network, GError **error)
{
  guint node = 0;

  return dure_network_what_if (network, &node, 1, NULL, 0, NULL, error);
}

static gboolean
measure (const char *name, Work work, GDestroyNotify done, DureStore *store, DureNetwork *network, GError **error)
{
  double least = G_MAXDOUBLE;

  for (guint i = 0; i < RUNS; i++)
    {
      double   begin = now ();
      gpointer result = work (store, network, error);

      least = MIN (least, now () - begin);
      if (result == NULL)
        return FALSE;
      done (result);
    }
  g_print ("%-10s %7.0f ms\n", name, least * 1e3);
  return TRUE;
}

static DureStore *
make_store (const char *path, GError **error)
{
  g_autoptr (BenchNational) national = bench_national_new (BENCH_NATIONAL_AGENCIES, BENCH_NATIONAL_TIES, error);
  g_autoptr (DureStore) store = national != NULL ? dure_store_open (path, DURE_STORE_CREATE, error) : NULL;

  return store != NULL && bench_national_fill (national, store, error) ? g_steal_pointer (&store) : NULL;
}

int
main (int argc, char **argv)
{
  static const char *const endings[] = { "", "-wal", "-shm" };
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = argc < 2 ? g_dir_make_tmp ("dure-bench-XXXXXX", &error) : NULL;
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "store.dure", NULL) : g_strdup (argv[1]);
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureNetwork) network = NULL;
  gboolean ok;

  if (path != NULL)
    store = folder != NULL ? make_store (path, &error) : dure_store_open (path, DURE_STORE_READ_ONLY, &error);
  if (store != NULL)
    network = dure_network_build (store, NULL, NULL, &error);
  ok = network != NULL && measure ("build", build, (GDestroyNotify)dure_network_unref, store, network, &error)
       && measure ("months", months, (GDestroyNotify)g_array_unref, store, network, &error)
       && measure ("compare", compare, (GDestroyNotify)dure_network_comparison_free, store, network, &error)
       && measure ("without", without, (GDestroyNotify)dure_network_what_if_free, store, network, &error);
  if (ok)
    g_print ("%u agencies, %u ties\n", network->n_nodes, network->n_ties);
  else
    g_printerr ("bench-network: %s\n", error->message);
  g_clear_object (&store);
  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_remove (file);
    }
  if (folder != NULL)
    g_rmdir (folder);
  return ok ? 0 : 1;
}
