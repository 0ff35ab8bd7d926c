/* national.c: makes a store of the whole country: national STORE
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "bench-national.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("STORE");
  g_autoptr (BenchNational) national = NULL;
  g_autoptr (DureStore) store = NULL;
  int                agencies = BENCH_NATIONAL_AGENCIES;
  int                ties = BENCH_NATIONAL_TIES;
  const GOptionEntry options[] = {
    { "agencies", 0, 0, G_OPTION_ARG_INT, &agencies, "How many", "N" },
    { "ties", 0, 0, G_OPTION_ARG_INT, &ties, "How many", "N" },
    { NULL },
  };

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 || agencies < 1000 || ties < 0
      || ties > agencies * 20)
    {
      g_printerr ("national: %s\n", error != NULL ? error->message : "name one store; at least 1,000 agencies");
      return 2;
    }
  national = bench_national_new ((guint)agencies, (guint)ties, &error);
  if (national != NULL)
    store = dure_store_open (argv[1], DURE_STORE_CREATE, &error);
  if (store == NULL || !bench_national_fill (national, store, &error))
    {
      g_printerr ("national: %s\n", error->message);
      return 1;
    }
  g_print ("%u municipalities, %u agencies, %u ties\n", national->municipalities->len, national->agencies->len,
           national->ties->len);
  return 0;
}
