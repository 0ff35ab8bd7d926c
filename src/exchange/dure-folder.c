/* dure-folder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-exchange"

#include "config.h"

#include "exchange/dure-folder.h"

#include <glib/gstdio.h>

/** dure_folder_remove: removes the folder @path with all that is in it; links are removed, and not what they name. */
void
dure_folder_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        dure_folder_remove (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}
