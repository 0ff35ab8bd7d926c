/* replay.c: runs what is kept in the corpus through a target once more, without a fuzzer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arguments: folders and files. Each input lies in memory of just its size, so that the address sanitizer sees a read
 * beyond it.
 */
#include "config.h"

#include <gio/gio.h>
#include <signal.h>

#include "fuzz-fixture.h"

static const char *current = "";
static guint       n_inputs;

static void
replay_file (const char *path)
{
  g_autofree char    *text = NULL;
  g_autofree uint8_t *input = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  current = path;
  input = g_memdup2 (text, length);
  LLVMFuzzerTestOneInput (input, length);
  n_inputs++;
}

static void
replay (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      replay_file (path);
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      replay (inside);
    }
}

/* What fails ends the program: the input is told before. A trap, as which GLib ends what is critical, would go on behind
 * it. */
static void
tell_input (int number)
{
  g_printerr ("with the input %s\n", current);
  signal (number, SIG_DFL);
  raise (number);
}

int
main (int argc, char **argv)
{
  signal (SIGABRT, tell_input);
  signal (SIGTRAP, tell_input);
  for (int i = 1; i < argc; i++)
    replay (argv[i]);
  g_print ("%u inputs\n", n_inputs);
  return n_inputs > 0 ? 0 : 1;
}
