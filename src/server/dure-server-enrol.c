/* dure-server-enrol.c: POST /v1/enrol: user and password against a token for one device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-json-check.h"
#include "base/dure-json-read.h"
#include "server/dure-password.h"
#include "server/dure-server-private.h"

struct _DureLogin
{
  DureEnrolment who;
  char         *password;
  char         *hash; /* (nullable): of the account, if there is one */
  gboolean      locked;
};

static const char *
text_member (JsonObject *object, const char *name, gsize most)
{
  const char *text = dure_json_text (object, name, "");

  return *text != '\0' && strlen (text) <= most ? text : NULL;
}

/* A member that is there and is no text. */
static gboolean
has_wrong_type (JsonObject *object)
{
  static const char *const names[] = { "tenant", "user", "password", "device", "name" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *node = json_object_get_member (object, names[i]);

      if (node != NULL && (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING))
        return TRUE;
    }
  return FALSE;
}

static DureResponse *
refuse_body (const char *problem)
{
  static const struct
  {
    const char *problem, *title, *detail;
  } kinds[] = {
    { "not-utf8", "Not UTF-8", N_ ("What was sent holds bytes that are not UTF-8.") },
    { "too-deep", "Too deep", N_ ("What was sent is nested too deeply.") },
    { "truncated", "Broken off", N_ ("What was sent broke off on the way.") },
    { "wrong-type", "Wrong type", N_ ("To enrol, tenant, user, password, device and name are texts.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].problem, problem) == 0)
      return dure_response_problem (400, problem, kinds[i].title, _ (kinds[i].detail));
  return dure_response_problem (400, "format", "Not the protocol", _ ("What was sent is not a request to enrol."));
}

static JsonObject *
parse_body (JsonParser *parser, DureRequest *request, DureResponse **problem)
{
  gsize       length;
  const char *text = g_bytes_get_data (request->body, &length);
  const char *wrong = dure_json_check_object (text, length, DURE_JSON_DEPTH);
  JsonObject *object;

  if (g_strcmp0 (request->type, "application/json") != 0)
    {
      *problem = dure_response_problem (415, "content-type", "Wrong content type",
                                        _ ("A request to enrol is sent as application/json."));
      return NULL;
    }
  if (wrong == NULL && !json_parser_load_from_data (parser, text, (gssize)length, NULL))
    wrong = "format";
  object = wrong == NULL ? json_node_get_object (json_parser_get_root (parser)) : NULL;
  if (object != NULL && has_wrong_type (object))
    wrong = "wrong-type";
  if (wrong == NULL)
    return object;
  *problem = refuse_body (wrong);
  return NULL;
}

static DureResponse *
answer_enrol (DureServer *self, const char *token, DureEnrolment *who)
{
  DureResponse *response = dure_response_new (200, "application/json");
  GString      *body = response->body;

  g_string_append (body, "{\"token\":");
  dure_json_append_string (body, token);
  g_string_append (body, ",\"tenant\":");
  dure_json_append_string (body, who->tenant);
  g_string_append (body, ",\"user\":");
  dure_json_append_string (body, who->user);
  g_string_append_printf (body, ",\"role\":\"%s\",\"now\":%" G_GINT64_FORMAT "}\n", dure_role_key (who->role),
                          dure_server_now (self));
  return response;
}

void
dure_login_free (DureLogin *self)
{
  if (self == NULL)
    return;
  explicit_bzero (self->password, strlen (self->password));
  g_free (self->password);
  g_free (self->hash);
  g_free (self->who.tenant);
  g_free (self->who.user);
  g_free (self->who.device);
  g_free (self->who.name);
  g_free (self);
}

static DureLogin *
read_login (DureRequest *request, DureResponse **problem)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = parse_body (parser, request, problem);
  const char *tenant, *user, *password, *device, *name;
  DureLogin  *login;

  if (object == NULL)
    return NULL;
  tenant = text_member (object, "tenant", 40);
  user = text_member (object, "user", 100);
  password = text_member (object, "password", DURE_PASSWORD_MAX);
  device = text_member (object, "device", DURE_DEVICE_LENGTH);
  name = text_member (object, "name", 200);
  if (tenant == NULL || user == NULL || password == NULL || device == NULL || name == NULL
      || strlen (device) != DURE_DEVICE_LENGTH || strspn (device, "0123456789abcdef") != DURE_DEVICE_LENGTH
      || !dure_server_is_plain (tenant) || !dure_server_is_plain (user) || !dure_server_is_plain (name))
    {
      *problem = dure_response_problem (400, "format", "Not the protocol",
                                        _ ("To enrol, tenant, user, password, device and name are needed."));
      return NULL;
    }
  login = g_new0 (DureLogin, 1);
  login->who.tenant = g_strdup (tenant);
  login->who.user = g_strdup (user);
  login->who.device = g_strdup (device);
  login->who.name = g_strdup (name);
  login->password = g_strdup (password);
  return login;
}

/* Which municipalities there are is no secret, but who tries names waits as one who tries passwords. */
static gboolean
check_tenant (DureServer *self, DureRequest *request, DureLogin *login, DureResponse **problem)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autoptr (GPtrArray) tenants = NULL;
  g_autoptr (GError) error = NULL;

  if (dure_storage_is_name (login->who.tenant) && storage->has_tenant (self->storage, login->who.tenant))
    return TRUE;
  /* Whether there is none, or the storage failed. */
  tenants = storage->list_tenants (self->storage, &error);
  if (tenants == NULL)
    {
      *problem = dure_server_failure (self, error);
      return FALSE;
    }
  dure_login_guard_failed (self->guard, login->who.tenant, login->who.user, request->remote, dure_server_now (self));
  dure_server_note (self, &login->who, request, "enrol-refused", NULL);
  *problem = dure_response_problem (404, "unknown-tenant", "Unknown tenant", _ ("The server has no such municipality."));
  return FALSE;
}

/**
 * dure_server_begin_login:
 * @self: a server
 * @request: POST /v1/enrol
 * @problem: (out) (transfer full): the answer when this fails
 *
 * The first third of enrolment, which reads. Then comes dure_login_verify(), which takes a tenth of a second and may
 * run on any thread, then dure_server_end_login().
 *
 * Returns: (transfer full) (nullable): what is to be verified
 */
DureLogin *
dure_server_begin_login (DureServer *self, DureRequest *request, DureResponse **problem)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autoptr (DureLogin) login = read_login (request, problem);
  g_autoptr (DureAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = dure_server_now (self), wait;

  if (login == NULL)
    return NULL;
  login->who.created = now;
  wait = dure_login_guard_wait (self->guard, login->who.tenant, login->who.user, request->remote, now);
  if (wait > 0)
    {
      *problem = dure_response_problem (429, "wait", "Too many wrong passwords",
                                        _ ("The password was wrong too often. Wait a while, then try again."));
      (*problem)->retry_after = (guint)((wait + 999) / 1000);
      return NULL;
    }
  if (!check_tenant (self, request, login, problem))
    return NULL;
  account = storage->get_account (self->storage, login->who.tenant, login->who.user, &error);
  if (error != NULL && !g_error_matches (error, DURE_ERROR, DURE_ERROR_NOT_FOUND))
    {
      *problem = dure_server_failure (self, error);
      return NULL;
    }
  if (account != NULL)
    {
      login->hash = g_strdup (account->hash);
      login->locked = account->locked;
      login->who.role = account->role;
    }
  return g_steal_pointer (&login);
}

/** dure_login_verify: Returns: whether the password is right; on any thread */
gboolean
dure_login_verify (DureLogin *self)
{
  return dure_password_verify (self->hash, self->password);
}

/**
 * dure_server_end_login:
 * @self: a server
 * @request: the one that dure_server_begin_login() was given
 * @login: what it returned
 * @right: what dure_login_verify() returned
 *
 * Returns: (transfer full): the answer
 */
DureResponse *
dure_server_end_login (DureServer *self, DureRequest *request, DureLogin *login, gboolean right)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  DureEnrolment    *who = &login->who;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autofree char *hash = NULL;

  if (!right)
    {
      dure_login_guard_failed (self->guard, who->tenant, who->user, request->remote, dure_server_now (self));
      dure_server_note (self, who, request, "enrol-refused", NULL);
      return dure_response_problem (401, "wrong-password", "Wrong user or password",
                                    _ ("The tenant, the user name or the password is wrong."));
    }
  dure_login_guard_passed (self->guard, who->tenant, who->user, request->remote);
  if (login->locked)
    return dure_response_problem (403, "locked", "Account locked",
                                  _ ("This account is locked. Ask the administrator."));
  token = dure_token_new ();
  hash = dure_token_hash (token);
  if (!dure_server_note (self, who, request, "enrol", who->name)
      || !storage->revoke (self->storage, who->tenant, who->device, NULL, &error)
      || !storage->add_enrolment (self->storage, hash, who, &error))
    return dure_server_failure (self, error);
  return answer_enrol (self, token, who);
}

/** dure_server_enrol: all of enrolment at once. Returns: (transfer full): the answer */
DureResponse *
dure_server_enrol (DureServer *self, DureRequest *request)
{
  DureResponse *problem = NULL;
  g_autoptr (DureLogin) login = dure_server_begin_login (self, request, &problem);

  return login != NULL ? dure_server_end_login (self, request, login, dure_login_verify (login)) : problem;
}
