/* dure-server-token.c: who asks; POST /v1/token: a new token in place of the one that asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A token that another followed is dead from the moment in which that one was first used. Whoever comes with it has a
 * copy of a store that goes on elsewhere, or one that was put back from an older copy.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "server/dure-password.h"
#include "server/dure-server-private.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)
#define HOUR_MS G_GINT64_CONSTANT (3600000)

/** dure_server_set_token_days: how long a token is good from the day on which it was given. */
void
dure_server_set_token_days (DureServer *self, guint days)
{
  self->token_days = days;
}

/** dure_server_token_end: Returns: until when the token of @who is good, in milliseconds */
gint64
dure_server_token_end (DureServer *self, const DureEnrolment *who)
{
  return who->created + self->token_days * DAY_MS;
}

/* Written down at most once an hour for each device, however often the copy asks. */
static void
note_copied (DureServer *self, DureEnrolment *who, DureRequest *request)
{
  g_autofree char *key = g_strconcat (who->tenant, "\n", who->device, NULL);
  gint64          *last = g_hash_table_lookup (self->copied, key);
  gint64           now = dure_server_now (self);

  if (last != NULL && now - *last < HOUR_MS)
    return;
  last = g_new (gint64, 1);
  *last = now;
  g_hash_table_insert (self->copied, g_steal_pointer (&key), last);
  dure_server_note (self, who, request, "device-copied", NULL);
}

static DureResponse *
say_revoked (void)
{
  return dure_response_problem (401, "token-revoked", "Not enrolled any more",
                                _ ("The server does not know this computer any more. Enrol it again."));
}

static DureResponse *
refuse (DureServer *self, DureEnrolment *who, DureRequest *request)
{
  if (who->state == DURE_TOKEN_ROTATED)
    {
      note_copied (self, who, request);
      return dure_response_problem (401, "device-copied", "Used on two computers",
                                    _ ("This copy of the file is not the one that goes on under its number. Enrol it "
                                       "again."));
    }
  if (who->state == DURE_TOKEN_REVOKED)
    return say_revoked ();
  if (who->locked)
    return dure_response_problem (403, "locked", "Account locked",
                                  _ ("This account is locked. Ask the administrator."));
  if (dure_server_now (self) > dure_server_token_end (self, who))
    return dure_response_problem (401, "token-expired", "Enrolment has run out",
                                  _ ("The enrolment of this computer has run out. Enrol it again."));
  return NULL;
}

/* The first use ends the token before; later ones are noted by the hour. */
static DureResponse *
note_use (DureServer *self, DureEnrolment *who, const char *hash)
{
  gint64 now = dure_server_now (self);
  g_autoptr (GError) error = NULL;

  if (who->used > 0 && now - who->used < HOUR_MS)
    return NULL;
  if (DURE_STORAGE_GET_CLASS (self->storage)->use_token (self->storage, hash, who, now, &error) || who->used > 0)
    return NULL;
  return dure_server_failure (self, error);
}

/**
 * dure_server_authenticate:
 * @self: a server
 * @request: a request
 * @problem: (out) (transfer full): the answer when this fails
 *
 * Returns: (transfer full) (nullable): the device that asks, with what its account may do now
 */
DureEnrolment *
dure_server_authenticate (DureServer *self, DureRequest *request, DureResponse **problem)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (DureEnrolment) who = NULL;

  if (request->token == NULL)
    {
      *problem = dure_response_problem (401, "token-missing", "Not enrolled", _ ("This computer is not enrolled."));
      return NULL;
    }
  /* Looked up by hash: what is compared is not the secret, so the time that it takes tells nothing. */
  hash = dure_token_hash (request->token);
  who = DURE_STORAGE_GET_CLASS (self->storage)->find_enrolment (self->storage, hash, &error);
  if (who == NULL)
    *problem = g_error_matches (error, DURE_ERROR, DURE_ERROR_DENIED)
                   ? say_revoked ()
                   : dure_server_failure (self, error);
  else
    {
      *problem = refuse (self, who, request);
      if (*problem == NULL)
        *problem = note_use (self, who, hash);
    }
  return *problem == NULL ? g_steal_pointer (&who) : NULL;
}

/** dure_server_rotate: POST /v1/token. Returns: (transfer full): the answer */
DureResponse *
dure_server_rotate (DureServer *self, DureEnrolment *who, DureRequest *request)
{
  g_autofree char *hash = dure_token_hash (request->token);
  g_autofree char *token = dure_token_new ();
  g_autofree char *next = dure_token_hash (token);
  g_autoptr (GError) error = NULL;
  DureResponse *response;

  if (!dure_server_note (self, who, request, "token", NULL)
      || !DURE_STORAGE_GET_CLASS (self->storage)
              ->rotate_token (self->storage, hash, next, who, dure_server_now (self), &error))
    return g_error_matches (error, DURE_ERROR, DURE_ERROR_DENIED) ? say_revoked () : dure_server_failure (self, error);
  response = dure_response_new (200, "application/json");
  g_string_append_printf (response->body, "{\"token\":\"%s\",\"now\":%" G_GINT64_FORMAT "}\n", token,
                          dure_server_now (self));
  return response;
}
