/* bench-list.c: whether a long list ever stops the main thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opens a list of all agencies as a view does, and scrolls: each frame asks for the rows that came into sight. What is
 * measured is the longest time that one turn of the main loop, or one frame's rows, kept the main thread.
 */
#include "config.h"

#include "bench.h"

#include "bench-data.h"
#include "store/dure-record-list.h"

#define ROWS_A_FRAME 12
#define ROWS_IN_SIGHT 200 /* a GtkListView of GTK 4.8 keeps about so many rows */
#define FRAMES 3000
#define WAIT_MS 20000

static void
turn (double *longest)
{
  double begun = bench_now ();
  double took;

  g_main_context_iteration (NULL, FALSE);
  took = bench_now () - begun;
  *longest = MAX (*longest, took);
}

void
bench_list (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) reader = dure_store_open (path, DURE_STORE_READ_ONLY, &error);
  g_autoptr (DureStoreThread) thread = dure_store_thread_new (path, 0);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GQueue) sight = g_queue_new ();
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));
  DureRecordList *list;
  double          begun, opened, longest = 0;
  guint           n, at = 0;

  g_assert_no_error (error);
  dure_query_sort (query, DURE_SORT_TITLE, FALSE);
  begun = bench_now ();
  list = dure_record_list_new (reader, thread, query);
  longest = bench_now () - begun;
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0 && bench_now () - begun < WAIT_MS)
    {
      turn (&longest);
      g_usleep (200);
    }
  opened = bench_now () - begun;
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_assert_cmpuint (n, >, 0);

  for (guint frame = 0; frame < FRAMES; frame++)
    {
      double frame_begun = bench_now ();
      double took;

      /* Every fiftieth frame drags the scroll bar somewhere else: all rows in sight are new. */
      guint rows = frame % 50 == 49 ? ROWS_IN_SIGHT / 4 : ROWS_A_FRAME;

      at = frame % 50 == 49 ? (at + n / 7) % n : (at + ROWS_A_FRAME) % n;
      for (guint i = 0; i < rows; i++)
        {
          DureRecord *record = g_list_model_get_item (G_LIST_MODEL (list), (at + i) % n);

          g_assert_nonnull (dure_record_get_title (record));
          g_queue_push_tail (sight, record);
          if (sight->length > ROWS_IN_SIGHT)
            g_object_unref (g_queue_pop_head (sight));
        }
      took = bench_now () - frame_begun;
      g_array_append_val (frames, took);
      turn (&longest);
    }
  g_print ("(c) list of %u agencies, %u frames of scrolling\n", n, FRAMES);
  bench_line ("    until the rows are there", "%8.1f ms", opened);
  bench_line ("    rows of a frame, p50 and longest", "%8.2f ms %8.2f ms", bench_percentile (frames, 50),
              bench_percentile (frames, 100));
  bench_line ("    longest stop of the main loop (goal 8 ms)", "%8.2f ms",
              MAX (longest, bench_percentile (frames, 100)));
  while (!g_queue_is_empty (sight))
    g_object_unref (g_queue_pop_head (sight));
  g_object_unref (list);
  dure_store_thread_drain (thread);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
