/* fuzz-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE /* memmem */
#include "config.h"

#include "fuzz-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static char       *directory;
static GHashTable *kept; /* name -> GBytes */

static void
end_trapped (int number)
{
  abort ();
}

/* GLib ends what is critical with a trap; libFuzzer keeps an input that ends in abort() alone. */
int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  signal (SIGTRAP, end_trapped);
  return 0;
}

/**
 * fuzz_next_part:
 * @data: (inout): what is left of the input
 * @size: (inout): bytes of @data
 * @length: (out): bytes of the part
 *
 * Returns: (transfer full) (nullable): the next part, with a NUL behind it; %NULL when nothing is left
 */
char *
fuzz_next_part (const uint8_t **data, size_t *size, gsize *length)
{
  static const char mark[] = "\n%%\n";
  const uint8_t    *stop = *size > 0 ? memmem (*data, *size, mark, strlen (mark)) : NULL;
  char             *part;

  if (*data == NULL)
    return NULL;
  *length = stop != NULL ? (gsize)(stop - *data) : *size;
  part = g_malloc (*length + 1);
  if (*length > 0)
    memcpy (part, *data, *length);
  part[*length] = '\0';
  *size -= stop != NULL ? *length + strlen (mark) : *length;
  *data = stop != NULL ? stop + strlen (mark) : NULL;
  return part;
}

static void
empty_directory (void)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
}

static void
remove_directory (void)
{
  empty_directory ();
  g_rmdir (directory);
}

const char *
fuzz_directory (void)
{
  if (directory == NULL)
    {
      directory = g_strdup ("/dev/shm/dure-fuzz-XXXXXX");
      if (g_mkdtemp (directory) == NULL)
        {
          g_free (directory);
          directory = g_dir_make_tmp ("dure-fuzz-XXXXXX", NULL);
        }
      atexit (remove_directory);
    }
  return directory;
}

void
fuzz_directory_keep (void)
{
  g_autoptr (GDir) dir = g_dir_open (fuzz_directory (), 0, NULL);
  const char *name;

  g_clear_pointer (&kept, g_hash_table_unref);
  kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      char            *text;
      gsize            length;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      g_hash_table_insert (kept, g_strdup (name), g_bytes_new_take (text, length));
    }
}

void
fuzz_directory_put_back (void)
{
  GHashTableIter iter;
  gpointer       name, bytes;

  empty_directory ();
  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      gsize            length;
      const char      *text = g_bytes_get_data (bytes, &length);

      g_assert_true (
          g_file_set_contents_full (path, text, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
}
