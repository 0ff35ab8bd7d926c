/* dure-token-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The token is kept by the Secret Service of the session (GNOME Keyring, KWallet), under the device's number, the server
 * and the tenant. Where there is none, as for durectl without a session, or none that is open, the store file keeps it,
 * which only its owner may read; from there it moves when a service comes. The file remembers which of the two it is.
 * When both have one, as after the file was put back from an older copy, the one that was given later is right.
 *
 * Nothing here asks the officer anything: what is locked stays locked. Every call ends within seconds; none is for the
 * main thread. The environment variable DURE_KEYRING=no keeps the service out.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-token-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

#include "base/dure-error.h"
#include "sync/dure-sync-private.h"

#define PATIENCE_MS 3000

/* What the service says. */
typedef enum
{
  FOUND,
  NONE,
  LOCKED,
  AWAY,
} Answer;

/** Whose token it is. */
typedef struct
{
  const char *device, *url, *tenant;
} Owner;

/* A call that is given up after a while. */
typedef struct
{
  GMutex        lock;
  GCond         changed;
  gboolean      over;
  GCancellable *cancellable;
  GThread      *thread;
} Patience;

static const SecretSchema schema = { "kr.dure.Dure.Token",
                                     SECRET_SCHEMA_NONE,
                                     { { "device", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { "tenant", SECRET_SCHEMA_ATTRIBUTE_STRING } } };

static gpointer
wait_patiently (gpointer data)
{
  Patience *patience = data;
  gint64    end = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  g_mutex_lock (&patience->lock);
  while (!patience->over && g_cond_wait_until (&patience->changed, &patience->lock, end))
    ;
  if (!patience->over)
    g_cancellable_cancel (patience->cancellable);
  g_mutex_unlock (&patience->lock);
  return NULL;
}

static void
begin_patience (Patience *patience)
{
  *patience = (Patience){ .cancellable = g_cancellable_new () };
  g_mutex_init (&patience->lock);
  g_cond_init (&patience->changed);
  patience->thread = g_thread_new ("dure-patience", wait_patiently, patience);
}

static void
end_patience (Patience *patience)
{
  g_mutex_lock (&patience->lock);
  patience->over = TRUE;
  g_cond_signal (&patience->changed);
  g_mutex_unlock (&patience->lock);
  g_thread_join (patience->thread);
  g_cond_clear (&patience->changed);
  g_mutex_clear (&patience->lock);
  g_object_unref (patience->cancellable);
}

/* Without the bus of a session GLib would start one, to no end. */
static gboolean
has_session (void)
{
  const char      *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *bus = runtime != NULL ? g_build_filename (runtime, "bus", NULL) : NULL;

  return g_strcmp0 (g_getenv ("DURE_KEYRING"), "no") != 0
         && (g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL || (bus != NULL && g_file_test (bus, G_FILE_TEST_EXISTS)));
}

static SecretService *
open_service (GCancellable *cancellable, GError **error)
{
  if (has_session ())
    return secret_service_open_sync (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION, cancellable, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no session");
  return NULL;
}

static GHashTable *
attributes_of (const Owner *owner)
{
  return secret_attributes_build (&schema, "device", owner->device, "server", owner->url, "tenant", owner->tenant, NULL);
}

void
dure_token_clear (DureToken *token)
{
  if (token->token != NULL)
    explicit_bzero (token->token, strlen (token->token));
  if (token->previous != NULL)
    explicit_bzero (token->previous, strlen (token->previous));
  g_free (token->token);
  g_free (token->previous);
  *token = (DureToken){ 0 };
}

/* "TIME TOKEN", or "TIME TOKEN PREVIOUS"; older programs wrote the token alone. */
static gboolean
parse (const char *text, DureToken *token)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  guint n = g_strv_length (words);

  dure_token_clear (token);
  if (n == 1)
    token->token = g_strdup (words[0]);
  else if (n > 1 && g_ascii_string_to_signed (words[0], 10, 0, G_MAXINT64, &token->issued, NULL))
    {
      token->token = g_strdup (words[1]);
      token->previous = g_strdup (words[2]);
    }
  return token->token != NULL && *token->token != '\0';
}

static char *
format (const DureToken *token)
{
  return token->previous != NULL
             ? g_strdup_printf ("%" G_GINT64_FORMAT " %s %s", token->issued, token->token, token->previous)
             : g_strdup_printf ("%" G_GINT64_FORMAT " %s", token->issued, token->token);
}

static Answer
read_items (GList *items, DureToken *token)
{
  Answer answer = NONE;

  for (; items != NULL; items = items->next)
    {
      g_autoptr (SecretValue) value = NULL;
      g_auto (DureToken) read = { 0 };

      if (secret_item_get_locked (items->data))
        {
          answer = answer == NONE ? LOCKED : answer;
          continue;
        }
      value = secret_item_get_secret (items->data);
      if (value == NULL || secret_value_get_text (value) == NULL || !parse (secret_value_get_text (value), &read)
          || (answer == FOUND && read.issued <= token->issued))
        continue;
      dure_token_clear (token);
      *token = read;
      read = (DureToken){ 0 };
      answer = FOUND;
    }
  return answer;
}

static Answer
look_up (const Owner *owner, DureToken *token)
{
  g_autoptr (GHashTable) attributes = attributes_of (owner);
  g_autoptr (SecretService) service = NULL;
  g_autoptr (GError) error = NULL;
  Patience patience;
  GList   *items = NULL;
  Answer   answer;

  begin_patience (&patience);
  service = open_service (patience.cancellable, &error);
  if (service != NULL)
    items = secret_service_search_sync (service, &schema, attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS,
                                        patience.cancellable, &error);
  end_patience (&patience);
  answer = error != NULL ? AWAY : read_items (items, token);
  if (error != NULL)
    g_debug ("no secret service: %s", error->message);
  g_list_free_full (items, g_object_unref);
  return answer;
}

static gboolean
create_item (SecretService *service, const Owner *owner, const DureToken *token, GCancellable *cancellable, GError **error)
{
  g_autoptr (SecretCollection) collection
      = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable, error);
  g_autoptr (GHashTable) attributes = attributes_of (owner);
  g_autoptr (SecretValue) value = NULL;
  g_autoptr (SecretItem) item = NULL;
  g_autofree char *text = format (token);
  g_autofree char *label = NULL;

  /* To make one, or to open it, the service would ask the officer for a password. */
  if (collection == NULL || secret_collection_get_locked (collection))
    {
      explicit_bzero (text, strlen (text));
      return FALSE;
    }
  label = g_strdup_printf (_ ("Dure: token of this computer for %s"), owner->url);
  value = secret_value_new (text, -1, "text/plain");
  explicit_bzero (text, strlen (text));
  item = secret_item_create_sync (collection, &schema, attributes, label, value, SECRET_ITEM_CREATE_REPLACE, cancellable,
                                  error);
  return item != NULL;
}

/**
 * dure_token_store_keep:
 * @device: the device's number
 * @url: the server
 * @tenant: the municipality
 * @token: what is to be kept
 *
 * Gives the token to the Secret Service. What becomes of it has to be noted with dure_token_store_note().
 *
 * Returns: whether the service has it; else there is none, or it is locked
 */
gboolean
dure_token_store_keep (const char *device, const char *url, const char *tenant, const DureToken *token)
{
  const Owner owner = { device, url, tenant };
  g_autoptr (SecretService) service = NULL;
  g_autoptr (GError) error = NULL;
  Patience patience;
  gboolean kept;

  begin_patience (&patience);
  service = open_service (patience.cancellable, &error);
  kept = service != NULL && create_item (service, &owner, token, patience.cancellable, &error);
  end_patience (&patience);
  if (error != NULL)
    g_debug ("no secret service: %s", error->message);
  return kept;
}

/**
 * dure_token_store_note:
 * @store: the store of this device; in the open transaction when there is one
 * @token: its token
 * @kept: what dure_token_store_keep() returned; when %FALSE the file keeps the token
 * @error: return location
 *
 * Returns: whether that was stored
 */
gboolean
dure_token_store_note (DureStore *store, const DureToken *token, gboolean kept, GError **error)
{
  g_autofree char *text = format (token);
  gboolean         good = dure_store_set_meta (store, DURE_META_TOKEN, kept ? NULL : text, error)
                  && dure_store_set_meta (store, DURE_META_KEYRING, kept ? "1" : NULL, error);

  explicit_bzero (text, strlen (text));
  return good;
}

/** dure_token_store_has: Returns: whether this device has a token, as far as the file knows; asks no service */
gboolean
dure_token_store_has (DureStore *store)
{
  g_autofree char *text = dure_store_get_meta (store, DURE_META_TOKEN);
  g_autofree char *keyring = dure_store_get_meta (store, DURE_META_KEYRING);

  return text != NULL || keyring != NULL;
}

/* Whose token it is, by what the store says; the texts are to be freed. */
static void
read_owner (DureStore *store, Owner *owner, char **url, char **tenant)
{
  *url = dure_store_get_meta (store, DURE_META_URL);
  *tenant = dure_store_get_meta (store, DURE_META_TENANT);
  *owner = (Owner){ dure_store_get_device (store), *url != NULL ? *url : "", *tenant != NULL ? *tenant : "" };
}

static gboolean
fail (Answer answer, GError **error)
{
  switch (answer)
    {
    case LOCKED:
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_UNREACHABLE,
                           _ ("The keyring that holds the token of this computer is locked. What was written is on this "
                              "computer and is sent when the keyring is unlocked."));
      break;
    case AWAY:
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_UNREACHABLE,
                           _ ("The keyring that holds the token of this computer cannot be reached. What was written is "
                              "on this computer. Log in to the desktop, or enrol this computer again."));
      break;
    case FOUND:
    case NONE:
    default:
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED,
                           _ ("The token of this computer is no longer in the keyring. What was written is on this "
                              "computer; enrol it again to send it."));
    }
  return FALSE;
}

/**
 * dure_token_store_get:
 * @store: the store of a device that was enrolled
 * @token: (out caller-allocates): its token
 * @error: return location: %DURE_ERROR_UNREACHABLE when the keyring is locked or away, %DURE_ERROR_DENIED when the token
 *   is gone
 *
 * A token in the file moves into the service when there is one.
 *
 * Returns: whether there is a token
 */
gboolean
dure_token_store_get (DureStore *store, DureToken *token, GError **error)
{
  g_autofree char *text = dure_store_get_meta (store, DURE_META_TOKEN);
  g_autofree char *url = NULL;
  g_autofree char *tenant = NULL;
  g_auto (DureToken) kept = { 0 };
  g_auto (DureToken) file = { 0 };
  Owner    owner;
  Answer   answer;
  gboolean in_file;

  *token = (DureToken){ 0 };
  read_owner (store, &owner, &url, &tenant);
  in_file = text != NULL && parse (text, &file);
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  answer = look_up (&owner, &kept);
  if (answer == FOUND && (!in_file || kept.issued >= file.issued))
    {
      if (text != NULL && !dure_token_store_note (store, &kept, TRUE, error))
        return FALSE;
      *token = kept;
      kept = (DureToken){ 0 };
      return TRUE;
    }
  if (!in_file)
    return fail (answer, error);
  if (answer <= NONE && dure_token_store_keep (owner.device, owner.url, owner.tenant, &file)
      && !dure_token_store_note (store, &file, TRUE, error))
    return FALSE;
  *token = file;
  file = (DureToken){ 0 };
  return TRUE;
}

/**
 * dure_token_store_put:
 * @store: the store of this device, without an open transaction
 * @token: its token, in place of the one before
 * @error: return location
 *
 * Returns: whether it is kept now, by the service or by the file
 */
gboolean
dure_token_store_put (DureStore *store, const DureToken *token, GError **error)
{
  g_autofree char *url = NULL;
  g_autofree char *tenant = NULL;
  Owner owner;

  read_owner (store, &owner, &url, &tenant);
  return dure_token_store_note (
      store, token, dure_token_store_keep (owner.device, owner.url, owner.tenant, token), error);
}

/** dure_token_store_remove: forgets the token of this device, wherever it is. Returns: whether that was stored */
gboolean
dure_token_store_remove (DureStore *store, GError **error)
{
  g_autoptr (GHashTable) attributes = NULL;
  g_autoptr (SecretService) service = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *url = NULL;
  g_autofree char *tenant = NULL;
  Owner    owner;
  Patience patience;

  read_owner (store, &owner, &url, &tenant);
  attributes = attributes_of (&owner);
  begin_patience (&patience);
  service = open_service (patience.cancellable, &failure);
  if (service != NULL)
    secret_service_clear_sync (service, &schema, attributes, patience.cancellable, &failure);
  end_patience (&patience);
  if (failure != NULL)
    g_debug ("no secret service: %s", failure->message);
  return dure_store_set_meta (store, DURE_META_TOKEN, NULL, error)
         && dure_store_set_meta (store, DURE_META_KEYRING, NULL, error);
}
