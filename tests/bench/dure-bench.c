/* dure-bench.c: how fast the store is, in milliseconds and beside the bare database
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-data.h"
#include "bench.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("[import] [search] [list]");
  g_autofree char   *directory = NULL;
  g_autofree char   *path = NULL;
  g_autofree char   *keep = NULL;
  int                records = 150000, imports = 100000, runs = 3;
  gboolean           import = argc == 1, search = argc == 1, list = argc == 1;
  const GOptionEntry options[] = {
    { "records", 0, 0, G_OPTION_ARG_INT, &records, "Records in the store that is searched", "N" },
    { "imports", 0, 0, G_OPTION_ARG_INT, &imports, "Records to import", "N" },
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "Runs; medians are printed", "N" },
    { "fill", 0, 0, G_OPTION_ARG_FILENAME, &keep, "Only make a store of that many records", "FILE" },
    { NULL },
  };

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("dure-bench: %s\n", error->message);
      return 2;
    }
  if (keep != NULL)
    {
      g_autoptr (DureStore) store = dure_store_open (keep, DURE_STORE_CREATE, &error);

      if (store != NULL && bench_fill (store, (guint)records, &error))
        return 0;
      g_printerr ("dure-bench: %s\n", error->message);
      return 1;
    }
  for (int i = 1; i < argc; i++)
    {
      import = import || strcmp (argv[i], "import") == 0;
      search = search || strcmp (argv[i], "search") == 0;
      list = list || strcmp (argv[i], "list") == 0;
    }
  if (!import && !search && !list)
    import = search = list = TRUE;

  directory = g_dir_make_tmp ("dure-bench-XXXXXX", &error);
  if (directory == NULL)
    {
      g_printerr ("dure-bench: %s\n", error->message);
      return 1;
    }
  path = g_build_filename (directory, "full.db", NULL);
  if (import)
    bench_import (directory, (guint)imports, (guint)runs);
  if (search || list)
    {
      DureStore *store = dure_store_open (path, DURE_STORE_CREATE, &error);
      GStatBuf   status = { 0 };

      if (store == NULL || !bench_fill (store, (guint)records, &error))
        g_error ("%s", error->message);
      g_object_unref (store);
      g_stat (path, &status);
      g_print ("    store of %d records: %.1f MB\n", records, (double)status.st_size / 1e6);
    }
  if (search)
    bench_search (path, (guint)runs);
  if (list)
    bench_list (path);
  bench_remove_store (path);
  g_rmdir (directory);
  return 0;
}
