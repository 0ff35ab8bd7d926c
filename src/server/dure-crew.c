/* dure-crew.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A push of many lines, a disk that is slow or a lock in PostgreSQL holds up one thread, not everybody. The servers of
 * a crew share nothing but the storage, as several `dured` share a PostgreSQL. All that a tenant asks goes to one of
 * them, in the order in which it came: so its file is open once, and nobody waits for the lock of the other.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-crew.h"

struct _DureCrew
{
  GArray *hands; /* of DureHand */
};

/**
 * dure_crew_new:
 * @servers: (element-type DureServer): each on a storage that nothing else uses from now on
 *
 * Returns: (transfer full): a thread for each of them
 */
DureCrew *
dure_crew_new (GPtrArray *servers)
{
  DureCrew *self = g_new0 (DureCrew, 1);

  self->hands = g_array_new (FALSE, FALSE, sizeof (DureHand));
  for (guint i = 0; i < servers->len; i++)
    {
      DureHand hand = { g_object_ref (g_ptr_array_index (servers, i)), dure_worker_new ("dured-hand") };

      g_array_append_val (self->hands, hand);
    }
  return self;
}

/** dure_crew_choose: Returns: (transfer none): the thread that answers @tenant. */
DureHand *
dure_crew_choose (DureCrew *self, const char *tenant)
{
  return &g_array_index (self->hands, DureHand, g_str_hash (tenant) % self->hands->len);
}

static void
clean_there (GTask *task, gpointer source, gpointer server, GCancellable *cancellable)
{
  dure_server_clean (server);
  g_task_return_boolean (task, TRUE);
}

/** dure_crew_clean: each takes what was purged out of its files, after what it has to answer; see dure_server_clean(). */
void
dure_crew_clean (DureCrew *self)
{
  for (guint i = 0; i < self->hands->len; i++)
    {
      const DureHand *hand = &g_array_index (self->hands, DureHand, i);
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

      g_task_set_source_tag (task, dure_crew_clean);
      g_task_set_task_data (task, g_object_ref (hand->server), g_object_unref);
      dure_worker_run (hand->worker, task, clean_there);
    }
}

/** dure_crew_drain: blocks until all that was handed in is answered. */
void
dure_crew_drain (DureCrew *self)
{
  for (guint i = 0; i < self->hands->len; i++)
    dure_worker_drain (g_array_index (self->hands, DureHand, i).worker);
}

void
dure_crew_free (DureCrew *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->hands->len; i++)
    {
      DureHand *hand = &g_array_index (self->hands, DureHand, i);

      dure_worker_free (hand->worker);
      g_object_unref (hand->server);
    }
  g_array_unref (self->hands);
  g_free (self);
}
