/* dure-igraph.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-igraph.h"

#include <glib/gi18n-lib.h>
#include <gmodule.h>

#include "base/dure-error.h"

#define MODULE "libdure-igraph." G_MODULE_SUFFIX

/* Beside the program in the build tree, else where it was installed. */
static GModule *
open_module (void)
{
  const char      *told = g_getenv ("DURE_MODULEDIR");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, "graph", MODULE, NULL) : NULL;
  g_autofree char *installed = g_build_filename (told != NULL ? told : DURE_MODULEDIR, MODULE, NULL);
  const char      *path = beside != NULL && g_file_test (beside, G_FILE_TEST_EXISTS) ? beside : installed;
  GModule         *module = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

  if (module == NULL)
    g_info ("%s", g_module_error ());
  return module;
}

static DureIgraphFunction
find_function (void)
{
  static gsize              once;
  static DureIgraphFunction function;

  if (g_once_init_enter (&once))
    {
      GModule *module = open_module ();
      gpointer symbol = NULL;

      if (module != NULL && g_module_symbol (module, DURE_IGRAPH_FUNCTION, &symbol))
        {
          g_module_make_resident (module);
          function = (DureIgraphFunction)symbol;
        }
      g_once_init_leave (&once, 1);
    }
  return function;
}

/**
 * dure_igraph_measure:
 * @job: what to measure; filled
 * @cancellable: (nullable): stops the work
 * @error: that it was stopped, or that igraph is missing or failed
 *
 * May be called from any thread; calls wait for each other. The first one loads igraph.
 *
 * Returns: whether @job was filled
 */
gboolean
dure_igraph_measure (DureIgraphJob *job, GCancellable *cancellable, GError **error)
{
  DureIgraphFunction function = find_function ();
  const char        *problem = NULL;

  if (function == NULL)
    {
      g_set_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND,
                   _ ("The network cannot be measured: the part “%s” of the program is missing or does not load."),
                   MODULE);
      return FALSE;
    }
  switch (function (job, cancellable, &problem))
    {
    case DURE_IGRAPH_DONE:
      return TRUE;
    case DURE_IGRAPH_STOPPED:
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      break;
    case DURE_IGRAPH_FAILED:
    default:
      break;
    }
  g_set_error (error, DURE_ERROR, DURE_ERROR_FAILED, _ ("The network could not be measured: %s"),
               problem != NULL ? problem : "");
  return FALSE;
}
