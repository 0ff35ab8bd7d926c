/* dure-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-server.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "server/dure-password.h"
#include "server/dure-server-private.h"

/* One file, and all files of one tenant, when nothing else is said. */
#define BLOB_MOST (200 * G_GINT64_CONSTANT (1024) * 1024)
#define BLOB_QUOTA (20 * G_GINT64_CONSTANT (1024) * 1024 * 1024)

G_DEFINE_FINAL_TYPE (DureServer, dure_server, G_TYPE_OBJECT)

enum
{
  PUSHED,
  FILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

typedef DureResponse *(*Route) (DureServer *self, DureEnrolment *who, DureRequest *request);

static const struct
{
  const char *method;
  const char *path;
  Route       route;
} routes[] = {
  { "POST", "/v1/changes", dure_server_push },
  { "GET", "/v1/changes", dure_server_pull },
  { "GET", "/v1/snapshot", dure_server_snapshot },
  { "POST", "/v1/token", dure_server_rotate },
};

static void
dure_server_finalize (GObject *object)
{
  DureServer *self = DURE_SERVER (object);

  g_clear_object (&self->storage);
  g_clear_pointer (&self->clock, dure_clock_free);
  g_clear_pointer (&self->copied, g_hash_table_unref);
  g_clear_pointer (&self->unclean, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
  g_clear_pointer (&self->guard, dure_login_guard_free);
  G_OBJECT_CLASS (dure_server_parent_class)->finalize (object);
}

static void
dure_server_class_init (DureServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dure_server_finalize;

  /**
   * DureServer::pushed:
   * @tenant: where
   * @seq: its last sequence number
   *
   * Something new was stored.
   */
  signals[PUSHED] = g_signal_new ("pushed", DURE_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_INT64);

  /**
   * DureServer::filed:
   * @tenant: where
   * @sha256: which blob
   *
   * All of a blob is here now.
   */
  signals[FILED] = g_signal_new ("filed", DURE_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_STRING, G_TYPE_STRING);
}

static void
dure_server_init (DureServer *self)
{
  char device[DURE_DEVICE_LENGTH + 1];

  dure_device_new (device);
  self->clock = dure_clock_new (device);
  self->copied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->token_days = DURE_SERVER_TOKEN_DAYS;
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  self->unclean = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  self->guard = dure_login_guard_new ();
  self->blob_most = BLOB_MOST;
  self->blob_quota = BLOB_QUOTA;
}

/** dure_server_new: Returns: (transfer full): a server that answers out of @storage. */
DureServer *
dure_server_new (DureStorage *storage)
{
  DureServer *self = g_object_new (DURE_TYPE_SERVER, NULL);

  self->storage = g_object_ref (storage);
  return self;
}

/** dure_server_get_storage: Returns: (transfer none): where it keeps things. */
DureStorage *
dure_server_get_storage (DureServer *self)
{
  return self->storage;
}

/** dure_server_set_offset: for tests: how far this server's clock is ahead of the machine's. */
void
dure_server_set_offset (DureServer *self, gint64 milliseconds)
{
  self->offset_ms = milliseconds;
  dure_clock_set_offset (self->clock, milliseconds);
}

/** dure_server_set_blob_limits: how many bytes one file may have, and all of a tenant together; 0 leaves what is. */
void
dure_server_set_blob_limits (DureServer *self, gint64 most, gint64 quota)
{
  if (most > 0)
    self->blob_most = most;
  if (quota > 0)
    self->blob_quota = quota;
}

gint64
dure_server_now (DureServer *self)
{
  return dure_now_ms () + self->offset_ms;
}

void
dure_server_announce (DureServer *self, const char *tenant, gint64 seq)
{
  g_signal_emit (self, signals[PUSHED], 0, tenant, seq);
}

void
dure_server_announce_blob (DureServer *self, const char *tenant, const char *sha256)
{
  g_signal_emit (self, signals[FILED], 0, tenant, sha256);
}

static void
moved_cb (DureStorage *storage, const char *tenant, gint64 seq, gpointer data)
{
  dure_server_announce (data, tenant, seq);
}

static void
filed_cb (DureStorage *storage, const char *tenant, const char *sha256, gpointer data)
{
  dure_server_announce_blob (data, tenant, sha256);
}

/** dure_server_watch: from now on DureServer::pushed and ::filed also tell what other servers store in the same storage.
 */
void
dure_server_watch (DureServer *self)
{
  g_signal_connect_object (self->storage, "moved", G_CALLBACK (moved_cb), self, 0);
  g_signal_connect_object (self->storage, "filed", G_CALLBACK (filed_cb), self, 0);
  DURE_STORAGE_GET_CLASS (self->storage)->watch (self->storage);
}

/* What went wrong inside is told to the log, not to whoever asks. */
DureResponse *
dure_server_failure (DureServer *self, GError *error)
{
  if (g_error_matches (error, DURE_ERROR, DURE_ERROR_BUSY))
    {
      DureResponse *response
          = dure_response_problem (503, "busy", "Busy", _ ("The server is busy. Try again in a moment."));

      response->retry_after = 5;
      return response;
    }
  g_warning ("%s", error != NULL ? error->message : "failed");
  if (g_error_matches (error, DURE_ERROR, DURE_ERROR_FULL))
    return dure_response_problem (507, "full", "Storage full", _ ("The server's disk is full. Nothing was stored."));
  return dure_response_problem (500, "failed", "Server failure",
                                _ ("The server could not do this. Nothing was stored."));
}

/* Appends to the access log; what cannot be logged is not done. */
gboolean
dure_server_note (DureServer *self, DureEnrolment *who, DureRequest *request, const char *what, const char *detail)
{
  const DureAccess access = {
    .at = dure_server_now (self),
    .tenant = who->tenant,
    .user = who->user,
    .device = who->device,
    .remote = request->remote,
    .what = what,
    .detail = detail,
  };
  g_autoptr (GError) error = NULL;

  if (DURE_STORAGE_GET_CLASS (self->storage)->append_log (self->storage, &access, &error))
    return TRUE;
  g_warning ("access log: %s", error->message);
  return FALSE;
}

/** dure_server_body_limit: Returns: how many bytes the body of @request may have, unpacked. */
gsize
dure_server_body_limit (DureRequest *request)
{
  if (g_str_has_prefix (request->path, DURE_SERVER_BLOBS))
    return DURE_SERVER_MAX_PIECE;
  return strcmp (request->path, "/v1/changes") == 0 ? DURE_SERVER_MAX_PUSH : DURE_SERVER_MAX_BODY;
}

static DureResponse *
health (DureServer *self)
{
  DureResponse *response = dure_response_new (200, "application/json");

  g_string_append_printf (response->body,
                          "{\"status\":\"ok\",\"version\":\"%s\",\"protocol\":1,\"now\":%" G_GINT64_FORMAT "}\n",
                          DURE_VERSION, dure_server_now (self));
  return response;
}

/**
 * dure_server_handle:
 * @self: a server
 * @request: what is asked
 *
 * Returns: (transfer full): the answer, a problem too
 */
DureResponse *
dure_server_handle (DureServer *self, DureRequest *request)
{
  gboolean path_known = FALSE;

  if (g_bytes_get_size (request->body) > dure_server_body_limit (request))
    return dure_response_problem (413, "too-large", "Too large", _ ("More was sent at once than the server takes."));
  if (strcmp (request->path, "/v1/health") == 0 && strcmp (request->method, "GET") == 0)
    return health (self);
  if (strcmp (request->path, "/v1/enrol") == 0 && strcmp (request->method, "POST") == 0)
    return dure_server_enrol (self, request);
  if (g_str_has_prefix (request->path, DURE_SERVER_BLOBS))
    {
      DureResponse *problem = NULL;
      g_autoptr (DureEnrolment) who = dure_server_authenticate (self, request, &problem);

      return who != NULL ? dure_server_blob (self, who, request) : problem;
    }
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autoptr (DureEnrolment) who = NULL;
      DureResponse *problem = NULL;

      if (strcmp (request->path, routes[i].path) != 0)
        continue;
      path_known = TRUE;
      if (strcmp (request->method, routes[i].method) != 0)
        continue;
      who = dure_server_authenticate (self, request, &problem);
      return who != NULL ? routes[i].route (self, who, request) : problem;
    }
  if (path_known || strcmp (request->path, "/v1/health") == 0 || strcmp (request->path, "/v1/enrol") == 0)
    return dure_response_problem (405, "method", "Method not allowed", _ ("The server does not do that here."));
  return dure_response_problem (404, "not-found", "Not found", _ ("The server has nothing at this address."));
}

/** dure_server_add_tenant: makes a tenant and its storage. */
gboolean
dure_server_add_tenant (DureServer *self, const char *tenant, GError **error)
{
  return DURE_STORAGE_GET_CLASS (self->storage)->add_tenant (self->storage, tenant, error);
}

/* Names are shown on terminals and in lists: whatever would steer those is no part of a name. */
gboolean
dure_server_is_plain (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static gboolean
is_user_name (const char *user)
{
  return *user != '\0' && strlen (user) <= 100 && dure_server_is_plain (user) && strchr (user, '/') == NULL;
}

/**
 * dure_server_add_account:
 * @self: a server
 * @tenant: where
 * @user: name to log in with
 * @password: his password
 * @role: what he may do
 * @error: return location
 *
 * Makes an account, or gives an existing one a new password and role, and unlocks it.
 *
 * Returns: whether it is there now
 */
gboolean
dure_server_add_account (
    DureServer *self, const char *tenant, const char *user, const char *password, DureRole role, GError **error)
{
  DureAccount      account = { .tenant = (char *)tenant, .user = (char *)user, .role = role };
  g_autofree char *hash = NULL;

  if (!dure_storage_is_name (tenant) || !DURE_STORAGE_GET_CLASS (self->storage)->has_tenant (self->storage, tenant))
    {
      dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no tenant “%s”."), tenant);
      return FALSE;
    }
  if (!is_user_name (user))
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” cannot be a user name."), user);
      return FALSE;
    }
  hash = dure_password_hash (password, error);
  if (hash == NULL)
    return FALSE;
  account.hash = hash;
  return DURE_STORAGE_GET_CLASS (self->storage)->put_account (self->storage, &account, error);
}
