/* test-worker.c: tasks run in order, off the main thread, and none is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test-worker"

#include "config.h"

#include "base/dure-worker.h"

static GThread *main_thread;

static void
append_number (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_assert_true (g_thread_self () != main_thread);
  g_usleep (1000);
  g_task_return_int (task, GPOINTER_TO_INT (data));
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GArray *order = user_data;
  g_autoptr (GError) error = NULL;
  int number = (int)g_task_propagate_int (G_TASK (result), &error);

  g_assert_true (g_thread_self () == main_thread);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    number = -1;
  else
    g_assert_no_error (error);
  g_array_append_val (order, number);
}

static void
hand_in (DureWorker *worker, int number, GCancellable *cancellable, GArray *order)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, finished_cb, order);

  g_task_set_task_data (task, GINT_TO_POINTER (number), NULL);
  dure_worker_run (worker, task, append_number);
}

static void
test_order (void)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
  DureWorker *worker = dure_worker_new ("test");

  for (int i = 0; i < 20; i++)
    hand_in (worker, i, NULL, order);
  dure_worker_drain (worker);
  g_assert_cmpuint (order->len, ==, 0);
  while (order->len < 20)
    g_main_context_iteration (NULL, TRUE);
  for (int i = 0; i < 20; i++)
    g_assert_cmpint (g_array_index (order, int, i), ==, i);
  dure_worker_free (worker);
}

/* What was handed in before the end is still done. */
static void
test_free (void)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
  DureWorker *worker = dure_worker_new ("test");

  for (int i = 0; i < 5; i++)
    hand_in (worker, i, NULL, order);
  dure_worker_free (worker);
  while (order->len < 5)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_array_index (order, int, 4), ==, 4);
  dure_worker_free (NULL);
}

static void
test_cancelled (void)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  DureWorker *worker = dure_worker_new ("test");

  hand_in (worker, 1, NULL, order);
  hand_in (worker, 2, cancellable, order);
  g_cancellable_cancel (cancellable);
  hand_in (worker, 3, NULL, order);
  dure_worker_free (worker);
  while (order->len < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_array_index (order, int, 1), ==, -1);
  g_assert_cmpint (g_array_index (order, int, 2), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  main_thread = g_thread_self ();
  g_test_add_func ("/worker/order", test_order);
  g_test_add_func ("/worker/free", test_free);
  g_test_add_func ("/worker/cancelled", test_cancelled);
  return g_test_run ();
}
