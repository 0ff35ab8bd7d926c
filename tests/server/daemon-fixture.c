/* daemon-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "daemon-fixture.h"

#include <signal.h>
#include <string.h>

char *dured_program;

int
dured_run (const char *input, char **said, const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *err = NULL;
  va_list          list;

  g_ptr_array_add (words, dured_program);
  va_start (list, first);
  for (const char *word = first; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (words, (char *)word);
  va_end (list);
  g_ptr_array_add (words, NULL);
  process = g_subprocess_newv (
      (const char *const *)words->pdata,
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  if (said != NULL)
    *said = g_steal_pointer (&err);
  return g_subprocess_get_exit_status (process);
}

void
dured_read_uri (Daemon *daemon)
{
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (daemon->process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (line, "listening on http"));
  g_free (daemon->uri);
  daemon->uri = g_strdup (line + strlen ("listening on "));
  daemon->port = (guint16)atoi (strrchr (line, ':') + 1);
}

void
dured_start (Daemon *daemon)
{
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", daemon->port);
  g_autoptr (GError) error = NULL;

  daemon->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, dured_program, "--storage",
                                      daemon->storage, "--listen", listen, "serve", NULL);
  g_assert_no_error (error);
  dured_read_uri (daemon);
}

/* Ends it gracefully. */
void
dured_stop (Daemon *daemon)
{
  g_subprocess_send_signal (daemon->process, SIGTERM);
  g_subprocess_wait (daemon->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (daemon->process));
  g_assert_cmpint (g_subprocess_get_exit_status (daemon->process), ==, 0);
  g_clear_object (&daemon->process);
}
