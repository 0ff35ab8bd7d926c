/* dure-server-place.c: whether a device and this server still speak of the same numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of what was folded the stamps are known, but no numbers. So the numbers that were left out when devices brought back
 * what a server had lost are noted among the marks of the tenant, as one range "gap:FIRST-LAST" over all of them: a device
 * that knows such a number has it from before. One that has it from between is only asked to bring back what is here.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <stdio.h>
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

/* Whether there is a range among @marks; @rest (nullable) gets the others. */
static gboolean
take_gap (const char *marks, gint64 *first, gint64 *last, GString *rest)
{
  g_auto (GStrv) words = g_strsplit (marks, " ", -1);
  gboolean found = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    if (sscanf (words[i], "gap:%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, first, last) == 2)
      found = TRUE;
    else if (*words[i] != '\0' && rest != NULL)
      g_string_append_printf (rest, "%s ", words[i]);
  return found;
}

/** dure_server_note_gap: notes that the numbers from @first to @last are left out. Inside a transaction of the tenant */
gboolean
dure_server_note_gap (DureServer *self, const char *tenant, gint64 first, gint64 last, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autofree char  *marks = NULL;
  g_autoptr (GString) kept = g_string_new (NULL);
  gint64 folded, before = first, unused;

  if (!storage->get_age (self->storage, tenant, &folded, &marks, error))
    return FALSE;
  take_gap (marks, &before, &unused, kept);
  g_string_append_printf (kept, "gap:%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, MIN (before, first), last);
  return storage->put_marks (self->storage, tenant, kept->str, error);
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
  gint64            folded, first, until;

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
  *has = number <= folded && line != NULL && *line == '\0'
         && !(take_gap (marks, &first, &until, NULL) && number >= first && number <= until);
  return TRUE;
}
