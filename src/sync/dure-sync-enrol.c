/* dure-sync-enrol.c: makes this device known to a server, and forgets it again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "store/dure-store-blobs.h"
#include "sync/dure-sync-private.h"

gint64
dure_sync_get_number (DureStore *store, const char *key, gint64 fallback)
{
  g_autofree char *text = dure_store_get_meta (store, key);
  gint64           value;

  return text != NULL && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL) ? value : fallback;
}

gboolean
dure_sync_set_number (DureStore *store, const char *key, gint64 value, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return dure_store_set_meta (store, key, text, error);
}

/* The object of a small answer; @parser keeps it. */
JsonObject *
dure_sync_parse_object (JsonParser *parser, GBytes *body, GError **error)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);
  JsonNode   *root = NULL;

  if (dure_wire_is_object (text, length) && json_parser_load_from_data (parser, text, (gssize)length, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_get_object (root);
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL, _ ("The answer of the server is not in Dure's format."));
  return NULL;
}

/** dure_sync_is_enrolled: Returns: whether this store belongs to a server */
gboolean
dure_sync_is_enrolled (DureStore *store)
{
  g_autofree char *url = dure_store_get_meta (store, DURE_META_URL);
  g_autofree char *token = dure_store_get_meta (store, DURE_META_TOKEN);

  return url != NULL && token != NULL;
}

static GString *
make_body (DureStore *store, const DureEnrol *enrol)
{
  const struct
  {
    const char *name, *value;
  } members[] = {
    { "{\"tenant\":", enrol->tenant },     { ",\"user\":", enrol->user },
    { ",\"password\":", enrol->password }, { ",\"device\":", dure_store_get_device (store) },
    { ",\"name\":", enrol->device_name },
  };
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_string_append (body, members[i].name);
      dure_json_append_string (body, members[i].value);
    }
  g_string_append_c (body, '}');
  return body;
}

static gboolean
keep (DureStore *store, const char *url, const DureEnrol *enrol, const char *token, const char *role, GError **error)
{
  g_autofree char *old_url = dure_store_get_meta (store, DURE_META_URL);
  g_autofree char *old_tenant = dure_store_get_meta (store, DURE_META_TENANT);
  gboolean         same = g_strcmp0 (old_url, url) == 0 && g_strcmp0 (old_tenant, enrol->tenant) == 0;

  if (!dure_store_set_meta (store, DURE_META_URL, url, error)
      || !dure_store_set_meta (store, DURE_META_TENANT, enrol->tenant, error)
      || !dure_store_set_meta (store, DURE_META_USER, enrol->user, error)
      || !dure_store_set_meta (store, DURE_META_TOKEN, token, error)
      || !dure_store_set_meta (store, DURE_META_ROOT, enrol->root, error)
      || !dure_store_set_meta (store, DURE_META_ROLE, role, error) || !dure_sync_forget_refused (store, error)
      || !dure_store_set_meta (store, "author", enrol->user, error))
    return FALSE;
  /* Another server has nothing of this store: it gets everything, and gives everything. */
  return same
         || (dure_store_mark_sent (store, 0, error) && dure_store_forget_marks (store, error)
             && dure_store_set_meta (store, DURE_META_CURSOR, NULL, error)
             && dure_store_set_meta (store, DURE_META_EPOCH, NULL, error)
             && dure_store_set_meta (store, DURE_META_START, NULL, error));
}

/**
 * dure_sync_enrol:
 * @store: the store of this device
 * @enrol: what the officer typed
 * @cancellable: (nullable): stops it
 * @error: return location: %DURE_ERROR_INVALID, %DURE_ERROR_UNREACHABLE, %DURE_ERROR_DENIED, %DURE_ERROR_PROTOCOL
 *
 * Gets a token for this device and keeps it in the store, whose file only its owner may read. The password is not kept.
 *
 * Returns: whether the device is enrolled
 */
gboolean
dure_sync_enrol (DureStore *store, const DureEnrol *enrol, GCancellable *cancellable, GError **error)
{
  g_autofree char *url = dure_client_check_url (enrol->url, error);
  g_autoptr (DureClient) client = NULL;
  g_autoptr (GString) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  const char *token, *role;

  if (url == NULL)
    return FALSE;
  client = dure_client_new (url, NULL, enrol->root);
  body = make_body (store, enrol);
  answer = dure_client_post (client, "/v1/enrol", "application/json", body, cancellable, error);
  explicit_bzero (body->str, body->len);
  object = answer != NULL ? dure_sync_parse_object (parser, answer, error) : NULL;
  if (object == NULL)
    return FALSE;
  token = json_object_get_string_member_with_default (object, "token", NULL);
  role = json_object_get_string_member_with_default (object, "role", NULL);
  if (token == NULL || strlen (token) > 128 || role == NULL)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL,
                           _ ("The answer of the server is not in Dure's format."));
      return FALSE;
    }
  if (!dure_store_begin (store, NULL, error))
    return FALSE;
  if (keep (store, url, enrol, token, role, error))
    return dure_store_commit (store, error);
  dure_store_rollback (store);
  return FALSE;
}

/** dure_sync_forget: this device takes no more part; what it has stays. Returns: whether that was stored */
gboolean
dure_sync_forget (DureStore *store, GError **error)
{
  static const char *const keys[]
      = { DURE_META_TOKEN, DURE_META_ROLE, DURE_META_LAST, DURE_META_REFUSED, DURE_META_REFUSAL, DURE_META_PAUSED };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!dure_store_set_meta (store, keys[i], NULL, error))
      return FALSE;
  return TRUE;
}

/** dure_sync_get_paused: Returns: whether nothing goes to the server by itself for now; it stays so over the night */
gboolean
dure_sync_get_paused (DureStore *store)
{
  return dure_sync_get_number (store, DURE_META_PAUSED, 0) != 0;
}

/** dure_sync_set_paused: Returns: whether that was stored */
gboolean
dure_sync_set_paused (DureStore *store, gboolean paused, GError **error)
{
  return dure_store_set_meta (store, DURE_META_PAUSED, paused ? "1" : NULL, error);
}

/**
 * dure_sync_get_refused:
 * @store: a store
 * @why: (out) (transfer full) (nullable): what the server said of the first, a sentence
 *
 * Returns: how many changes made here the server will never take; they stay on this computer alone
 */
guint
dure_sync_get_refused (DureStore *store, char **why)
{
  guint n = (guint)CLAMP (dure_sync_get_number (store, DURE_META_REFUSED, 0), 0, G_MAXINT);

  *why = n > 0 ? dure_store_get_meta (store, DURE_META_REFUSAL) : NULL;
  return n;
}

/** dure_sync_forget_refused: the officer knows of what was refused. Returns: whether that was stored */
gboolean
dure_sync_forget_refused (DureStore *store, GError **error)
{
  return dure_store_set_meta (store, DURE_META_REFUSED, NULL, error)
         && dure_store_set_meta (store, DURE_META_REFUSAL, NULL, error);
}
