/* window-sync.c: how long the main thread of the real window stands still while sync brings in a register
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * window-sync [AGENCIES]: the window shows a list that grows with the first sync of so many agencies, then 1,000 changes
 * come by the live channel. A stop is the time between two turns of the main loop; beside it stands how much of it this
 * thread was working, which a busy machine does not blur, without the pixels of frames that GTK draws: those are told
 * by themselves, because without a graphics card they are drawn by this processor.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/shell/dure-page.h"
#include "app/shell/dure-window.h"
#include "app/sync/dure-sync-session.h"
#include "bench-data.h"
#include "bench-sync.h"
#include "dure-ui-test.h"
#include "sync/dure-sync.h"

#define N_EDITS 1000
#define GOAL_MS 8
#define MOST_SECONDS 240

/* Milliseconds */
typedef struct
{
  double last, last_work;
  double longest, longest_work;
  double paint_begun, painted; /* in this turn */
  double longest_paint;
  guint  n_over; /* turns that worked longer than the goal */
} Pulse;

static Pulse pulse;

static double
work_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

static void
pulse_start (void)
{
  pulse = (Pulse){ .last = bench_now (), .last_work = work_time () };
}

static gboolean
pulse_cb (gpointer data)
{
  double now = bench_now ();
  double work = work_time ();
  double own = work - pulse.last_work - pulse.painted;

  pulse.longest = MAX (pulse.longest, now - pulse.last);
  pulse.longest_work = MAX (pulse.longest_work, own);
  pulse.longest_paint = MAX (pulse.longest_paint, pulse.painted);
  pulse.n_over += own > GOAL_MS;
  pulse.painted = 0;
  pulse.last = now;
  pulse.last_work = work;
  return G_SOURCE_CONTINUE;
}

/* The frame clock has measured and placed the widgets; now their pixels are drawn. */
static void
placed_cb (GdkFrameClock *clock, gpointer data)
{
  pulse.paint_begun = work_time ();
}

static void
painted_cb (GdkFrameClock *clock, gpointer data)
{
  if (pulse.paint_begun > 0)
    pulse.painted += work_time () - pulse.paint_begun;
  pulse.paint_begun = 0;
}

static void
report (const char *what)
{
  g_print ("  %-36s work %5.1f ms at most, goal %d, %u turns over it; pixels of a frame %5.1f ms, whole stop %6.1f ms\n",
           what, pulse.longest_work, GOAL_MS, pulse.n_over, pulse.longest_paint, pulse.longest);
}

/* What is waited for, looked at on a thread of its own so that the main thread does nothing for it. */
typedef struct
{
  const char *path;
  const char *cursor; /* that the device must have reached */
  gint        done;
} Watch;

static gpointer
watch (gpointer data)
{
  Watch *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_store_open (self->path, DURE_STORE_READ_ONLY, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < MOST_SECONDS * 10; i++)
    {
      g_autofree char *cursor = dure_store_get_meta (store, "sync.cursor");
      g_autofree char *start = dure_store_get_meta (store, "sync.start");

      if (cursor != NULL && start == NULL
          && g_ascii_strtoll (cursor, NULL, 10) >= g_ascii_strtoll (self->cursor, NULL, 10))
        break;
      g_usleep (100000);
    }
  g_atomic_int_set (&self->done, 1);
  return NULL;
}

static double
wait_for (const char *path, const char *cursor)
{
  Watch    self = { .path = path, .cursor = cursor };
  GThread *thread = g_thread_new ("watch", watch, &self);
  double   begun = bench_now ();

  while (!g_atomic_int_get (&self.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  begun = bench_now () - begun;
  dure_ui_test_rest (2500);
  return begun;
}

/* (transfer full): the number up to which a device has all */
static char *
cursor_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_store_open (path, DURE_STORE_READ_ONLY, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  return dure_store_get_meta (store, "sync.cursor");
}

static void
pause_sync (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_store_open (path, 0, &error);

  if (store == NULL || !dure_sync_set_paused (store, TRUE, &error))
    g_error ("%s", error->message);
}

int
main (int argc, char *argv[])
{
  static const char *const tenants[] = { "first", NULL };
  int                      n = 100000;
  g_autofree char         *path = NULL;
  g_autofree char         *author_path = NULL;
  g_autofree char         *directory = NULL;
  g_autofree char         *cursor = NULL;
  BenchServer              server = { 0 };
  BenchDevice             *author;
  DureWindow              *window;
  DureSyncSession         *session;
  double                   took;

  if (argc == 3 && strcmp (argv[1], "--device") == 0)
    return bench_device_main (argv[2]);
  dure_ui_test_init (&argc, &argv);
  n = argc > 1 ? atoi (argv[1]) : n;
  directory = g_dir_make_tmp ("dure-bench-XXXXXX", NULL);
  bench_server_prepare (&server, directory, tenants);
  bench_server_start (&server);
  author_path = g_build_filename (directory, "author.db", NULL);
  bench_enrol (author_path, server.uri, "first");
  author = bench_device_start (author_path);
  bench_device_tell (author, "add %d 0", n);
  g_free (bench_device_hear (author));
  bench_device_round (author);
  cursor = cursor_of (author_path);

  path = dure_ui_test_path ();
  dure_ui_test_make_store (path, "gwangmyeong");
  bench_enrol (path, server.uri, "first");
  pause_sync (path);
  window = dure_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  dure_window_open_store (window, path);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (dure_window_go (window, "agencies"));
  dure_ui_test_rest (2500);
  g_signal_connect_after (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "layout", G_CALLBACK (placed_cb), NULL);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (painted_cb), NULL);
  g_timeout_add_full (G_PRIORITY_HIGH, 1, pulse_cb, NULL, NULL);
  pulse_start ();
  gtk_widget_queue_draw (GTK_WIDGET (window));
  dure_ui_test_rest (1500);
  report ("the window drawn once, without sync");

  pulse_start ();
  session = dure_sync_session_for_desk (dure_page_get_desk (dure_window_get_page (window)));
  dure_sync_session_set_paused (session, FALSE);
  took = wait_for (path, cursor);
  report ("first sync of the register");
  g_print ("  it took %.0f ms\n", took);
  for (guint i = 0; i < 3; i++)
    {
      g_free (cursor);
      bench_device_tell (author, "edit %d %u", N_EDITS, i * N_EDITS);
      g_free (bench_device_hear (author));
      pulse_start ();
      bench_device_round (author);
      cursor = cursor_of (author_path);
      pulse_start ();
      wait_for (path, cursor);
      report ("1,000 changes that come in");
    }
  gtk_window_destroy (GTK_WINDOW (window));
  bench_device_stop (author);
  bench_server_clear (&server);
  bench_remove_tree (directory);
  return EXIT_SUCCESS;
}
