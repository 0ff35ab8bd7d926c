/* tsan-glib.c: tells the thread sanitizer how GLib hands things from thread to thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Debian's GLib is built without the sanitizer, and its locks are its own: without this every value that is passed
 * through a queue, a task or a lock seems to race. The calls of this program are wrapped (see meson.build), those within
 * GLib are not. What lies in memory of GLib itself (hash tables, arrays) the sanitizer cannot see.
 */
#include <gio/gio.h>
#include <sanitizer/tsan_interface.h>

#define WRAP(type, name, ...) \
  type __real_##name (__VA_ARGS__); \
  type __wrap_##name (__VA_ARGS__); \
  type __wrap_##name (__VA_ARGS__)

WRAP (void, g_mutex_lock, GMutex *mutex)
{
  __real_g_mutex_lock (mutex);
  __tsan_acquire (mutex);
}

WRAP (void, g_mutex_unlock, GMutex *mutex)
{
  __tsan_release (mutex);
  __real_g_mutex_unlock (mutex);
}

WRAP (void, g_cond_wait, GCond *cond, GMutex *mutex)
{
  __tsan_release (mutex);
  __real_g_cond_wait (cond, mutex);
  __tsan_acquire (mutex);
}

WRAP (gboolean, g_cond_wait_until, GCond *cond, GMutex *mutex, gint64 end)
{
  gboolean in_time;

  __tsan_release (mutex);
  in_time = __real_g_cond_wait_until (cond, mutex, end);
  __tsan_acquire (mutex);
  return in_time;
}

WRAP (void, g_async_queue_push, GAsyncQueue *queue, gpointer data)
{
  __tsan_release (queue);
  __real_g_async_queue_push (queue, data);
}

WRAP (gpointer, g_async_queue_pop, GAsyncQueue *queue)
{
  gpointer data = __real_g_async_queue_pop (queue);

  __tsan_acquire (queue);
  return data;
}

WRAP (void, g_task_return_pointer, GTask *task, gpointer result, GDestroyNotify destroy)
{
  __tsan_release (task);
  __real_g_task_return_pointer (task, result, destroy);
}

WRAP (void, g_task_return_boolean, GTask *task, gboolean result)
{
  __tsan_release (task);
  __real_g_task_return_boolean (task, result);
}

WRAP (gpointer, g_task_propagate_pointer, GTask *task, GError **error)
{
  __tsan_acquire (task);
  return __real_g_task_propagate_pointer (task, error);
}

WRAP (gboolean, g_task_propagate_boolean, GTask *task, GError **error)
{
  __tsan_acquire (task);
  return __real_g_task_propagate_boolean (task, error);
}

/* The last one to let go sees what all others did before. */
WRAP (void, g_object_unref, gpointer object)
{
  __tsan_release (object);
  __tsan_acquire (object);
  __real_g_object_unref (object);
}

typedef struct
{
  GSourceFunc    func;
  gpointer       data;
  GDestroyNotify notify;
} Invoked;

static gboolean
invoked_cb (gpointer data)
{
  Invoked *invoked = data;

  __tsan_acquire (invoked);
  return invoked->func (invoked->data);
}

static void
invoked_free (gpointer data)
{
  Invoked *invoked = data;

  __tsan_acquire (invoked);
  if (invoked->notify != NULL)
    invoked->notify (invoked->data);
  g_free (invoked);
}

WRAP (void,
      g_main_context_invoke_full,
      GMainContext  *context,
      gint           priority,
      GSourceFunc    func,
      gpointer       data,
      GDestroyNotify notify)
{
  Invoked *invoked = g_new (Invoked, 1);

  *invoked = (Invoked){ func, data, notify };
  __tsan_release (invoked);
  __real_g_main_context_invoke_full (context, priority, invoked_cb, invoked, invoked_free);
}

void __wrap_g_main_context_invoke (GMainContext *context, GSourceFunc func, gpointer data);

void
__wrap_g_main_context_invoke (GMainContext *context, GSourceFunc func, gpointer data)
{
  __wrap_g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, func, data, NULL);
}
