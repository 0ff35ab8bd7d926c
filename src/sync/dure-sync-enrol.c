/* dure-sync-enrol.c: makes this device known to a server, and forgets it again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-json-check.h"
#include "base/dure-json-read.h"
#include "base/dure-stamp.h"
#include "store/dure-store-blobs.h"
#include "store/dure-store-return.h"
#include "sync/dure-proxy.h"
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

/* The last change of which the server said that it has it: number and stamp; by it a server that was put back is known.
 * Returns: its number, 0 for none. */
gint64
dure_sync_get_at (DureStore *store, char stamp[DURE_STAMP_LENGTH + 1])
{
  g_autofree char *at = dure_store_get_meta (store, DURE_META_AT);
  gint64           seq;

  return at != NULL && sscanf (at, "%" G_GINT64_FORMAT " %34s", &seq, stamp) == 2 && dure_stamp_is_valid (stamp) ? seq
                                                                                                                 : 0;
}

/* Keeps it when it is later than the one before; @seq of 0 forgets it, @stamp may be NULL when the server does not
 * tell. */
gboolean
dure_sync_note_at (DureStore *store, gint64 seq, const char *stamp, GError **error)
{
  char             known[DURE_STAMP_LENGTH + 1];
  g_autofree char *at = NULL;

  if (seq > 0 && (stamp == NULL || *stamp == '\0' || dure_sync_get_at (store, known) > seq))
    return TRUE;
  at = seq > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT " %s", seq, stamp) : NULL;
  return dure_store_set_meta (store, DURE_META_AT, at, error);
}

/* Where changes go to and come from. */
char *
dure_sync_changes_path (DureStore *store)
{
  char   stamp[DURE_STAMP_LENGTH + 1];
  gint64 cursor = MAX (dure_sync_get_number (store, DURE_META_CURSOR, 0), 0), seq = dure_sync_get_at (store, stamp);

  if (seq > 0)
    return g_strdup_printf ("/v1/changes?after=%" G_GINT64_FORMAT "&known=%" G_GINT64_FORMAT "&last=%s", cursor, seq,
                            stamp);
  return g_strdup_printf ("/v1/changes?after=%" G_GINT64_FORMAT, cursor);
}

/* The object of a small answer; @parser keeps it. */
JsonObject *
dure_sync_parse_object (JsonParser *parser, GBytes *body, GError **error)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);
  JsonObject *object = NULL;

  if (dure_json_is_object (text, length, DURE_JSON_DEPTH)
      && json_parser_load_from_data (parser, text, (gssize)length, NULL))
    object = dure_json_object_in (json_parser_get_root (parser));
  if (object != NULL)
    return object;
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL, _ ("The answer of the server is not in Dure's format."));
  return NULL;
}

/** dure_sync_is_enrolled: Returns: whether this store belongs to a server */
gboolean
dure_sync_is_enrolled (DureStore *store)
{
  g_autofree char *url = dure_store_get_meta (store, DURE_META_URL);

  return url != NULL && dure_token_store_has (store);
}

/**
 * dure_sync_is_elsewhere:
 * @store: a store
 * @url: address of a server, as somebody types it
 * @tenant: name of a municipality on it
 *
 * Returns: whether @store was enrolled last, but not there
 */
gboolean
dure_sync_is_elsewhere (DureStore *store, const char *url, const char *tenant)
{
  g_autofree char *whole = dure_client_check_url (url, NULL);
  g_autofree char *old_url = dure_store_get_meta (store, DURE_META_URL);
  g_autofree char *old_tenant = dure_store_get_meta (store, DURE_META_TENANT);

  return whole != NULL && old_url != NULL && (strcmp (old_url, whole) != 0 || g_strcmp0 (old_tenant, tenant) != 0);
}

/* It goes into a header and a line of text. */
gboolean
dure_sync_is_token (const char *token)
{
  gsize length = strlen (token);

  return length > 0 && length <= 128 && strspn (token, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._-") == length;
}

static GString *
make_body (const char *device, const DureEnrol *enrol)
{
  const struct
  {
    const char *name, *value;
  } members[] = {
    { "{\"tenant\":", enrol->tenant },     { ",\"user\":", enrol->user },
    { ",\"password\":", enrol->password }, { ",\"device\":", device },
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

/* What an enrolment brought. */
typedef struct
{
  char       device[DURE_DEVICE_LENGTH + 1];
  char      *url;
  char      *proxy; /* (nullable) */
  char      *role;
  DureToken  token;
  gboolean   kept; /* the token, by the Secret Service */
} Enrolled;

static void
enrolled_clear (Enrolled *enrolled)
{
  g_free (enrolled->url);
  g_free (enrolled->proxy);
  g_free (enrolled->role);
  dure_token_clear (&enrolled->token);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Enrolled, enrolled_clear)

/* Bundles are made and read under the number that was. */
static gboolean
renumber (DureStore *store, const char *device, GError **error)
{
  static const char *const keys[] = { DURE_META_BUNDLE_KEY, DURE_META_BUNDLE_SERVER, DURE_META_BUNDLE_MADE,
                                      DURE_META_BUNDLE_GOT, DURE_META_BUNDLE_MARKS };
  guint n;

  if (strcmp (device, dure_store_get_device (store)) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!dure_store_set_meta (store, keys[i], NULL, error))
      return FALSE;
  /* A copy may lack the files that stand beside the store. */
  return dure_store_forget_marks (store, error) && dure_store_renumber (store, device, &n, error);
}

/* Whether anything stands here that a server once had, or that came from elsewhere. */
static gboolean
holds_anything (DureStore *store)
{
  g_autoptr (GPtrArray) unknown = dure_store_unknown_after (store, "", 1, NULL);

  return dure_store_count_held (store, 0) > 0 || unknown == NULL || unknown->len > 0;
}

/* Another server may be the old one under another name, which knows the last change that it had. Where it does not, as
 * when it stands in for one that is lost, it gets all that this store holds, whoever wrote it, and gives all that it has:
 * it says so itself, as one that was put back. */
static gboolean
change_server (DureStore *store, GError **error)
{
  static const char *const keys[]
      = { DURE_META_START, DURE_META_RETURN, DURE_META_SWEEP, DURE_META_ANEW };
  char     stamp[DURE_STAMP_LENGTH + 1];
  gboolean between = dure_sync_get_at (store, stamp) <= 0;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = dure_store_get_meta (store, keys[i]);

      between = between || value != NULL;
    }
  if (!dure_store_forget_marks (store, error) || !dure_store_set_meta (store, DURE_META_EPOCH, NULL, error))
    return FALSE;
  if (!between)
    return TRUE;
  if (holds_anything (store))
    return dure_sync_set_anew (store, error);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!dure_store_set_meta (store, keys[i], NULL, error))
      return FALSE;
  return dure_store_set_meta (store, DURE_META_CURSOR, NULL, error) && dure_sync_note_at (store, 0, NULL, error);
}

static gboolean
keep (DureStore *store, const DureEnrol *enrol, const Enrolled *enrolled, GError **error)
{
  g_autofree char *old_url = dure_store_get_meta (store, DURE_META_URL);
  gboolean same = old_url != NULL && !dure_sync_is_elsewhere (store, enrolled->url, enrol->tenant);

  if (!renumber (store, enrolled->device, error) || !dure_store_set_meta (store, DURE_META_URL, enrolled->url, error)
      || !dure_store_set_meta (store, DURE_META_TENANT, enrol->tenant, error)
      || !dure_store_set_meta (store, DURE_META_USER, enrol->user, error)
      || !dure_token_store_note (store, &enrolled->token, enrolled->kept, error)
      || !dure_sync_note_machine (store, error) || !dure_store_set_meta (store, DURE_META_ROOT, enrol->root, error)
      || !dure_store_set_meta (store, DURE_META_PROXY, enrolled->proxy, error)
      || !dure_store_set_meta (store, DURE_META_ROLE, enrolled->role, error)
      || !dure_sync_forget_refused (store, error) || !dure_store_set_meta (store, "author", enrol->user, error))
    return FALSE;
  return same || change_server (store, error);
}

/* What the officer typed, put right; the number is another where this file is a copy. */
static gboolean
prepare (DureStore *store, const DureEnrol *enrol, Enrolled *enrolled, GError **error)
{
  enrolled->url = dure_client_check_url (enrol->url, error);
  if (enrolled->url == NULL
      || (enrol->proxy != NULL && !dure_proxy_check (enrol->proxy, &enrolled->proxy, error)))
    return FALSE;
  if (enrol->proxy == NULL)
    enrolled->proxy = dure_store_get_meta (store, DURE_META_PROXY);
  if (dure_sync_is_copied (store))
    dure_device_new (enrolled->device);
  else
    g_strlcpy (enrolled->device, dure_store_get_device (store), sizeof enrolled->device);
  return TRUE;
}

static gboolean
ask (const DureEnrol *enrol, Enrolled *enrolled, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureClient) client = dure_client_new (enrolled->url, NULL, enrol->root, enrolled->proxy);
  g_autoptr (GString) body = make_body (enrolled->device, enrol);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) answer
      = dure_client_post (client, "/v1/enrol", "application/json", body, cancellable, error);
  JsonObject *object;
  const char *token, *role;

  explicit_bzero (body->str, body->len);
  object = answer != NULL ? dure_sync_parse_object (parser, answer, error) : NULL;
  if (object == NULL)
    return FALSE;
  token = dure_json_text (object, "token", NULL);
  role = dure_json_text (object, "role", NULL);
  if (token == NULL || !dure_sync_is_token (token) || role == NULL)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL,
                           _ ("The answer of the server is not in Dure's format."));
      return FALSE;
    }
  enrolled->token.token = g_strdup (token);
  enrolled->token.issued = MAX (dure_json_int (object, "now", 0), 0);
  enrolled->role = g_strdup (role);
  return TRUE;
}

/**
 * dure_sync_enrol:
 * @store: the store of this device
 * @enrol: what the officer typed
 * @cancellable: (nullable): stops it
 * @error: return location: %DURE_ERROR_INVALID, %DURE_ERROR_UNREACHABLE, %DURE_ERROR_DENIED, %DURE_ERROR_PROTOCOL
 *
 * Gets a token for this device and keeps it. The password is not kept. A file of which dure_sync_is_copied() says so
 * becomes another device: dure_store_get_device() tells its new number.
 *
 * Returns: whether the device is enrolled
 */
gboolean
dure_sync_enrol (DureStore *store, const DureEnrol *enrol, GCancellable *cancellable, GError **error)
{
  g_auto (Enrolled) enrolled = { 0 };

  if (!prepare (store, enrol, &enrolled, error) || !ask (enrol, &enrolled, cancellable, error))
    return FALSE;
  enrolled.kept = dure_token_store_keep (enrolled.device, enrolled.url, enrol->tenant, &enrolled.token);
  if (!dure_store_begin (store, NULL, error))
    return FALSE;
  if (keep (store, enrol, &enrolled, error))
    return dure_store_commit (store, error);
  dure_store_rollback (store);
  return FALSE;
}

/**
 * dure_sync_set_proxy:
 * @store: a store
 * @proxy: "system", "none" or an address
 * @error: return location; %DURE_ERROR_INVALID and those of the store
 *
 * Returns: whether the next round goes that way
 */
gboolean
dure_sync_set_proxy (DureStore *store, const char *proxy, GError **error)
{
  g_autofree char *checked = NULL;

  return dure_proxy_check (proxy, &checked, error) && dure_store_set_meta (store, DURE_META_PROXY, checked, error);
}

/** dure_sync_forget: this device takes no more part; what it has stays. Returns: whether that was stored */
gboolean
dure_sync_forget (DureStore *store, GError **error)
{
  static const char *const keys[]
      = { DURE_META_ROLE, DURE_META_LAST, DURE_META_REFUSED, DURE_META_REFUSAL, DURE_META_PAUSED };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!dure_store_set_meta (store, keys[i], NULL, error))
      return FALSE;
  return dure_token_store_remove (store, error);
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
