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
#include "server/dure-password.h"
#include "server/dure-server-private.h"
#include "sync/dure-wire.h"

/* So many wrong passwords cost nothing; each further one doubles the wait, from a second to an hour. */
#define FREE_FAILURES 5
#define MAX_WAIT_MS (60 * 60 * 1000)

static const char *
text_member (JsonObject *object, const char *name, gsize most)
{
  JsonNode   *node = json_object_get_member (object, name);
  const char *text;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  text = json_node_get_string (node);
  return *text != '\0' && strlen (text) <= most ? text : NULL;
}

static JsonObject *
parse_body (JsonParser *parser, DureRequest *request)
{
  gsize       length;
  const char *text = g_bytes_get_data (request->body, &length);
  JsonNode   *root;

  if (length == 0 || !g_utf8_validate_len (text, length, NULL) || !dure_wire_is_shallow (text, length, 8)
      || !json_parser_load_from_data (parser, text, (gssize)length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static DureResponse *
refuse_login (DureServer *self, DureEnrolment *who, DureRequest *request, DureAccount *account)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);

  if (account != NULL)
    {
      account->failures = MIN (account->failures + 1, 1000);
      if (account->failures >= FREE_FAILURES)
        account->locked_until
            = dure_server_now (self) + MIN ((gint64)1000 << MIN (account->failures - FREE_FAILURES, 20), MAX_WAIT_MS);
      storage->put_account (self->storage, account, NULL);
    }
  dure_server_note (self, who, request, "enrol-refused", NULL);
  return dure_response_problem (401, "wrong-password", "Wrong user or password",
                                _ ("The tenant, the user name or the password is wrong."));
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

DureResponse *
dure_server_enrol (DureServer *self, DureRequest *request)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (DureAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject      *object = parse_body (parser, request);
  const char      *tenant, *user, *password, *device, *name;
  g_autofree char *token = NULL;
  g_autofree char *hash = NULL;
  DureEnrolment    who = { 0 };

  if (object == NULL)
    return dure_response_problem (400, "format", "Not the protocol", _ ("What was sent is not a request to enrol."));
  tenant = text_member (object, "tenant", 40);
  user = text_member (object, "user", 100);
  password = text_member (object, "password", DURE_PASSWORD_MAX);
  device = text_member (object, "device", DURE_DEVICE_LENGTH);
  name = text_member (object, "name", 200);
  if (tenant == NULL || user == NULL || password == NULL || device == NULL || name == NULL
      || strlen (device) != DURE_DEVICE_LENGTH || strspn (device, "0123456789abcdef") != DURE_DEVICE_LENGTH)
    return dure_response_problem (400, "format", "Not the protocol",
                                  _ ("To enrol, tenant, user, password, device and name are needed."));
  who.tenant = (char *)tenant;
  who.user = (char *)user;
  who.device = (char *)device;
  who.name = (char *)name;
  who.created = dure_server_now (self);

  if (dure_storage_is_name (tenant) && storage->has_tenant (self->storage, tenant))
    account = storage->get_account (self->storage, tenant, user, &error);
  if (error != NULL && !g_error_matches (error, DURE_ERROR, DURE_ERROR_NOT_FOUND))
    return dure_server_failure (self, error);
  if (account != NULL && account->locked_until > who.created)
    {
      DureResponse *response
          = dure_response_problem (429, "wait", "Too many wrong passwords",
                                   _ ("The password was wrong too often. Wait a while, then try again."));

      response->retry_after = (guint)((account->locked_until - who.created + 999) / 1000);
      return response;
    }
  if (!dure_password_verify (account != NULL ? account->hash : NULL, password))
    return refuse_login (self, &who, request, account);
  if (account->locked)
    return dure_response_problem (403, "locked", "Account locked",
                                  _ ("This account is locked. Ask the administrator."));

  account->failures = 0;
  account->locked_until = 0;
  token = dure_token_new ();
  hash = dure_token_hash (token);
  who.role = account->role;
  if (!dure_server_note (self, &who, request, "enrol", name) || !storage->put_account (self->storage, account, &error)
      || !storage->revoke (self->storage, tenant, device, &error)
      || !storage->add_enrolment (self->storage, hash, &who, &error))
    return dure_server_failure (self, error);
  return answer_enrol (self, token, &who);
}
