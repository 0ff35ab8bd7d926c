/* dure-server-place.c: whether a device and this server still speak of the same numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <string.h>

#include "server/dure-server-private.h"
#include "sync/dure-wire.h"

static void
stamp_cb (gint64 number, const char *text, gsize length, gpointer data)
{
  g_auto (DureWireLine) line = { 0 };
  DureChange **change = data;

  if (dure_wire_parse (text, length, &line, NULL) && line.change != NULL)
    {
      line.change->seq = number;
      *change = g_steal_pointer (&line.change);
    }
}

/* Stamp of the change with the number @seq; NULL when there is none (any more). */
gboolean
dure_server_find_last (DureServer *self, const char *tenant, gint64 seq, char **stamp, GError **error)
{
  g_autoptr (DureChange) change = NULL;

  *stamp = NULL;
  if (seq > 0
      && !DURE_STORAGE_GET_CLASS (self->storage)
              ->read_changes (self->storage, tenant, seq - 1, 1, stamp_cb, &change, error))
    return FALSE;
  if (change != NULL && change->seq == seq)
    *stamp = g_strdup (change->stamp);
  return TRUE;
}

/**
 * dure_server_has_place:
 * @self: a server
 * @tenant: whose
 * @number: a sequence number
 * @last: (nullable): stamp of the change that a device knows under that number
 * @has: (out): whether it is that one here too; when a server was put back to an older state its numbers are soon
 *   others' than before
 * @error: return location
 *
 * Returns: whether the storage could be read
 */
gboolean
dure_server_has_place (
    DureServer *self, const char *tenant, gint64 number, const char *last, gboolean *has, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autofree char  *stamp = NULL;
  g_autofree char  *line = NULL;
  g_autofree char  *marks = NULL;
  gint64            folded;

  *has = TRUE;
  if (last == NULL)
    return TRUE;
  if (!dure_server_find_last (self, tenant, number, &stamp, error))
    return FALSE;
  *has = g_strcmp0 (stamp, last) == 0;
  if (stamp != NULL)
    return TRUE;
  /* It was folded; or the number was never given since the server was put back. */
  if (!storage->get_age (self->storage, tenant, &folded, &marks, error)
      || !storage->has_stamp (self->storage, tenant, last, &line, error))
    return FALSE;
  *has = number <= folded && line != NULL && *line == '\0';
  return TRUE;
}
