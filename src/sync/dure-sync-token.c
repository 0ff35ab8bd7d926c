/* dure-sync-token.c: which computer this store belongs to, and its token from round to round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A token is rotated when it is a week old: the server gives one that follows it, which is kept together with the old
 * one before it is used. The next round that goes well with it ends the old one. A crash between any two of these steps
 * leaves a token that is good.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-json-read.h"
#include "sync/dure-sync-private.h"

#define WEEK_MS G_GINT64_CONSTANT (604800000)

/* The computer, told apart but not told: the same text for this store on this computer only. */
static char *
machine_of (const char *device)
{
  static const char *const files[] = { "/etc/machine-id", "/var/lib/dbus/machine-id" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *id = NULL;
      g_autofree char *salted = NULL;

      if (!g_file_get_contents (files[i], &id, NULL, NULL) || *g_strstrip (id) == '\0')
        continue;
      salted = g_strconcat (device, "\n", id, NULL);
      return g_compute_checksum_for_string (G_CHECKSUM_SHA256, salted, -1);
    }
  return NULL;
}

/**
 * dure_sync_is_copied:
 * @store: a store
 *
 * Returns: whether this file was enrolled on another computer, or goes on elsewhere under its number: enrolling it gives
 *   it a number of its own
 */
gboolean
dure_sync_is_copied (DureStore *store)
{
  g_autofree char *copied = dure_store_get_meta (store, DURE_META_COPIED);
  g_autofree char *known = dure_store_get_meta (store, DURE_META_MACHINE);
  g_autofree char *machine = known != NULL ? machine_of (dure_store_get_device (store)) : NULL;

  return copied != NULL || (machine != NULL && strcmp (machine, known) != 0);
}

/** dure_sync_note_machine: @store belongs to this computer from now on. */
gboolean
dure_sync_note_machine (DureStore *store, GError **error)
{
  g_autofree char *machine = machine_of (dure_store_get_device (store));

  return dure_store_set_meta (store, DURE_META_MACHINE, machine, error)
         && dure_store_set_meta (store, DURE_META_COPIED, NULL, error);
}

/* A store of an older program does not say where it was enrolled: here, then. */
gboolean
dure_sync_check_machine (DureStore *store, GError **error)
{
  g_autofree char *known = dure_store_get_meta (store, DURE_META_MACHINE);

  if (dure_sync_is_copied (store))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED, dure_client_explain ("urn:dure:problem:device-copied"));
      return FALSE;
    }
  return known != NULL || dure_sync_note_machine (store, error);
}

static gboolean
is_one_of (const char *problem, const char *const *names)
{
  return problem != NULL && g_strv_contains (names, problem);
}

/* The server does not take the token: the one before may still be good, or another program on this file has a newer one.
 */
gboolean
dure_sync_try_other_token (DureRound *round)
{
  static const char *const names[] = { "token-revoked", "token-expired", "device-copied", NULL };
  g_auto (DureToken) other = { 0 };

  if (!is_one_of (dure_client_get_problem (round->client), names))
    return FALSE;
  if (round->token.previous != NULL)
    {
      other.token = g_steal_pointer (&round->token.previous);
      round->went_back = TRUE;
    }
  else if (!dure_token_store_get (round->store, &other, NULL) || strcmp (other.token, round->token.token) == 0)
    return FALSE;
  dure_token_clear (&round->token);
  round->token = other;
  other = (DureToken){ 0 };
  dure_client_set_token (round->client, round->token.token);
  return TRUE;
}

/* A server that has none to give, an older one, is asked again with the next round. */
static gboolean
rotate (DureRound *round, GError **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) failure = NULL;
  g_auto (DureToken) next = { 0 };
  JsonObject *object;
  const char *token;

  answer = dure_client_post (round->client, "/v1/token", "application/json", body, round->cancellable, &failure);
  object = answer != NULL ? dure_sync_parse_object (parser, answer, &failure) : NULL;
  token = object != NULL ? dure_json_text (object, "token", NULL) : NULL;
  if (token == NULL || !dure_sync_is_token (token))
    {
      g_debug ("no new token: %s", failure != NULL ? failure->message : "not a token");
      return TRUE;
    }
  next.token = g_strdup (token);
  next.previous = g_strdup (round->token.token);
  next.issued = MAX (round->now, round->token.issued + 1);
  return dure_token_store_put (round->store, &next, error);
}

/* A round went well with this token. */
gboolean
dure_sync_care_for_token (DureRound *round, GError **error)
{
  if (round->token.previous != NULL || round->went_back)
    {
      g_clear_pointer (&round->token.previous, g_free);
      if (!dure_token_store_put (round->store, &round->token, error))
        return FALSE;
    }
  return round->now - round->token.issued < WEEK_MS || rotate (round, error);
}
