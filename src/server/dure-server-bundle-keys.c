/* dure-server-bundle-keys.c: the keys of bundles, and what is known of the devices that send them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's secret key and the state of each device are with the accounts: in the directory of a SQLite storage in
 * accounts.db, which only its owner may read; they are in its backups.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-json-read.h"
#include "server/dure-password.h"
#include "server/dure-server-bundle-private.h"

static DureStorageClass *
storage_class (DureServer *self, GError **error)
{
  DureStorageClass *klass = DURE_STORAGE_GET_CLASS (self->storage);

  if (klass->get_bundle != NULL)
    return klass;
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_FAILED, _ ("This storage does not keep what bundles need."));
  return NULL;
}

/* The server's own key, made when there is none. */
gboolean
dure_server_bundle_own (DureServer *self, DureBundleKey *key, GError **error)
{
  DureStorageClass *storage = storage_class (self, error);
  g_autofree char  *text = NULL;
  gboolean          good;

  if (storage == NULL || !storage->get_bundle (self->storage, "", "", &text, error))
    return FALSE;
  if (text != NULL)
    good = dure_bundle_key_parse (key, text, error);
  else
    {
      if (!dure_bundle_key_new (key, "", error))
        return FALSE;
      text = dure_bundle_key_write (key);
      good = storage->put_bundle (self->storage, "", "", text, error);
    }
  explicit_bzero (text, strlen (text));
  return good;
}

/**
 * dure_server_bundle_key:
 * @self: a server
 * @key: (out caller-allocates): what devices have to know of it
 * @error: return location
 *
 * Returns: whether there is one
 */
gboolean
dure_server_bundle_key (DureServer *self, DureBundlePublic *key, GError **error)
{
  g_auto (DureBundleKey) own = { 0 };

  if (!dure_server_bundle_own (self, &own, error))
    return FALSE;
  *key = own.public;
  return TRUE;
}

static gboolean
check_tenant (DureServer *self, const char *tenant, GError **error)
{
  if (dure_storage_is_name (tenant) && DURE_STORAGE_GET_CLASS (self->storage)->has_tenant (self->storage, tenant))
    return TRUE;
  dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no tenant “%s”."), tenant);
  return FALSE;
}

static DureEnrolment *
find_enrolment (DureServer *self, const char *tenant, const char *device, GError **error)
{
  g_autoptr (GPtrArray) list = DURE_STORAGE_GET_CLASS (self->storage)->list_enrolments (self->storage, tenant, error);

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (strcmp (((DureEnrolment *)list->pdata[i])->device, device) == 0)
      return g_ptr_array_steal_index (list, i);
  dure_set_error (error, DURE_ERROR_DENIED,
                  _ ("The device “%s” of “%s” may send no bundles; “dured device add” lets it."), device, tenant);
  return NULL;
}

/* The device that a bundle names, with what its account may do now. */
gboolean
dure_server_bundle_find (
    DureServer *self, const char *tenant, const char *device, DureBundleDevice *found, GError **error)
{
  DureStorageClass *storage = storage_class (self, error);
  g_autofree char  *text = NULL;
  g_autofree char  *key = NULL;
  g_autoptr (DureAccount) account = NULL;

  if (storage == NULL || !check_tenant (self, tenant, error)
      || (found->who = find_enrolment (self, tenant, device, error)) == NULL
      || (account = storage->get_account (self->storage, tenant, found->who->user, error)) == NULL
      || !storage->get_bundle (self->storage, tenant, device, &text, error))
    return FALSE;
  if (account->locked)
    {
      dure_set_error (error, DURE_ERROR_DENIED, _ ("The account “%s” is locked."), account->user);
      return FALSE;
    }
  found->state = g_key_file_new ();
  if (text == NULL || !g_key_file_load_from_data (found->state, text, (gsize)-1, G_KEY_FILE_NONE, NULL)
      || (key = g_key_file_get_string (found->state, DURE_BUNDLE_GROUP, "key", NULL)) == NULL)
    {
      dure_set_error (error, DURE_ERROR_DENIED,
                      _ ("The device “%s” of “%s” may send no bundles; “dured device add” lets it."), device, tenant);
      return FALSE;
    }
  return dure_bundle_public_parse (&found->key, key, error);
}

gboolean
dure_server_bundle_keep (DureServer *self, DureBundleDevice *device, GError **error)
{
  g_autofree char *text = g_key_file_to_data (device->state, NULL, NULL);

  return DURE_STORAGE_GET_CLASS (self->storage)
      ->put_bundle (self->storage, device->who->tenant, device->who->device, text, error);
}

gint64
dure_bundle_device_get (DureBundleDevice *self, const char *key, gint64 fallback)
{
  return g_key_file_has_key (self->state, DURE_BUNDLE_GROUP, key, NULL)
             ? g_key_file_get_int64 (self->state, DURE_BUNDLE_GROUP, key, NULL)
             : fallback;
}

void
dure_bundle_device_set (DureBundleDevice *self, const char *key, gint64 value)
{
  g_key_file_set_int64 (self->state, DURE_BUNDLE_GROUP, key, value);
}

void
dure_bundle_device_clear (DureBundleDevice *self)
{
  g_clear_pointer (&self->who, dure_enrolment_free);
  g_clear_pointer (&self->state, g_key_file_unref);
}

/* A route refused: its sentence becomes ours. */
gboolean
dure_server_bundle_check (DureResponse *response, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = NULL;
  const char *detail = NULL;

  if (response->status == 200)
    return TRUE;
  if (json_parser_load_from_data (parser, response->body->str, (gssize)response->body->len, NULL))
    object = dure_json_object_in (json_parser_get_root (parser));
  if (object != NULL)
    detail = dure_json_text (object, "detail", NULL);
  g_set_error_literal (error, DURE_ERROR, response->status == 503 ? DURE_ERROR_BUSY : DURE_ERROR_FAILED,
                       detail != NULL ? detail : _ ("The server could not do this. Nothing was stored."));
  return FALSE;
}

static gboolean
add (DureServer *self, DureEnrolment *who, GKeyFile *state, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autofree char  *text = g_key_file_to_data (state, NULL, NULL);
  /* Nobody has this token: the device is listed and can be revoked as others, and comes by bundles alone. */
  g_autofree char *token = dure_token_new ();
  g_autofree char *hash = dure_token_hash (token);
  g_autoptr (DureRequest) request = dure_request_new ("POST", "/v1/enrol", NULL);

  request->remote = g_strdup ("bundle");
  if (!dure_server_note (self, who, request, "enrol-bundle", who->name))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_FAILED,
                           _ ("The server could not do this. Nothing was stored."));
      return FALSE;
    }
  return storage->put_bundle (self->storage, who->tenant, who->device, text, error)
         && storage->revoke (self->storage, who->tenant, who->device, NULL, error)
         && storage->add_enrolment (self->storage, hash, who, error);
}

/**
 * dure_server_bundle_add_device:
 * @self: a server
 * @tenant: municipality
 * @user: account that the device belongs to
 * @key: what `durectl bundle key` printed
 * @name: how the list of devices shows it
 * @device: (out caller-allocates): the key, taken apart
 * @error: return location; %DURE_ERROR_INVALID, %DURE_ERROR_NOT_FOUND
 *
 * Lets a device send bundles. A device that was there begins anew; its token of the network is taken away.
 *
 * Returns: whether it may
 */
gboolean
dure_server_bundle_add_device (DureServer       *self,
                               const char       *tenant,
                               const char       *user,
                               const char       *key,
                               const char       *name,
                               DureBundlePublic *device,
                               GError          **error)
{
  DureStorageClass *storage = storage_class (self, error);
  g_autoptr (DureAccount) account = NULL;
  g_autoptr (GKeyFile) state = g_key_file_new ();
  g_autofree char *word = NULL;
  DureEnrolment    who = { (char *)tenant, (char *)user, device->device, (char *)name, dure_server_now (self), 0 };

  if (storage == NULL || !check_tenant (self, tenant, error)
      || (account = storage->get_account (self->storage, tenant, user, error)) == NULL
      || !dure_bundle_public_parse (device, key, error))
    return FALSE;
  if (*device->device == '\0' || *name == '\0' || strlen (name) > 200 || !dure_server_is_plain (name))
    {
      g_set_error_literal (
          error, DURE_ERROR, DURE_ERROR_INVALID,
          _ ("The key of a computer and a name for it are needed: “durectl bundle key” shows the key."));
      return FALSE;
    }
  word = dure_bundle_public_write (device);
  g_key_file_set_string (state, DURE_BUNDLE_GROUP, "key", word);
  return add (self, &who, state, error);
}
