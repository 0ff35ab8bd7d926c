/* dure-sync-bundle-make.c: the keys of a device, and the bundle that it sends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "store/dure-store-blobs.h"
#include "sync/dure-sync-bundle-private.h"

#define BATCH 2000

/* The key of this device; made when there is none and @create. */
gboolean
dure_sync_bundle_own (DureStore *store, gboolean create, DureBundleKey *key, GError **error)
{
  g_autofree char *text = dure_store_get_meta (store, DURE_META_BUNDLE_KEY);
  gboolean         kept;

  if (text != NULL)
    {
      kept = dure_bundle_key_parse (key, text, error);
      explicit_bzero (text, strlen (text));
      return kept;
    }
  if (!create)
    {
      g_set_error_literal (
          error, DURE_ERROR, DURE_ERROR_DENIED,
          _ ("This computer is not set up for bundles: “durectl bundle enrol” tells it the server's key."));
      return FALSE;
    }
  if (!dure_bundle_key_new (key, dure_store_get_device (store), error))
    return FALSE;
  text = dure_bundle_key_write (key);
  kept = dure_store_set_meta (store, DURE_META_BUNDLE_KEY, text, error);
  explicit_bzero (text, strlen (text));
  return kept;
}

/* Both keys of a device that was enrolled for bundles. */
gboolean
dure_sync_bundle_ends (DureStore *store, DureBundleKey *own, DureBundlePublic *server, GError **error)
{
  g_autofree char *text = dure_store_get_meta (store, DURE_META_BUNDLE_SERVER);

  if (dure_sync_is_enrolled (store))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED,
                           _ ("This computer reaches its server over the network; it takes no bundles."));
      return FALSE;
    }
  if (text != NULL)
    return dure_sync_bundle_own (store, FALSE, own, error) && dure_bundle_public_parse (server, text, error);
  g_set_error_literal (
      error, DURE_ERROR, DURE_ERROR_DENIED,
      _ ("This computer is not set up for bundles: “durectl bundle enrol” tells it the server's key."));
  return FALSE;
}

/**
 * dure_sync_bundle_key:
 * @store: the store of this device
 * @key: (out caller-allocates): what the server has to know of it
 * @error: return location
 *
 * Makes a key when there is none. The secret half stays in the store, whose file only its owner may read.
 *
 * Returns: whether there is one
 */
gboolean
dure_sync_bundle_key (DureStore *store, DureBundlePublic *key, GError **error)
{
  g_auto (DureBundleKey) own = { 0 };

  if (!dure_sync_bundle_own (store, TRUE, &own, error))
    return FALSE;
  *key = own.public;
  return TRUE;
}

static gboolean
keep (DureStore *store, const char *key, const char *tenant, const char *user, GError **error)
{
  g_autofree char *old_key = dure_store_get_meta (store, DURE_META_BUNDLE_SERVER);
  g_autofree char *old_tenant = dure_store_get_meta (store, DURE_META_TENANT);
  gboolean         same = g_strcmp0 (old_key, key) == 0 && g_strcmp0 (old_tenant, tenant) == 0;

  if (!dure_store_set_meta (store, DURE_META_BUNDLE_SERVER, key, error)
      || !dure_store_set_meta (store, DURE_META_TENANT, tenant, error)
      || !dure_store_set_meta (store, DURE_META_USER, user, error)
      || !dure_store_set_meta (store, "author", user, error))
    return FALSE;
  /* Another server has nothing of this store: it gets everything, and gives everything. */
  return same
         || (dure_store_mark_sent (store, 0, error) && dure_store_forget_marks (store, error)
             && dure_store_set_meta (store, DURE_META_CURSOR, NULL, error)
             && dure_sync_note_at (store, 0, NULL, error)
             && dure_store_set_meta (store, DURE_META_EPOCH, NULL, error)
             && dure_store_set_meta (store, DURE_META_RETURN, NULL, error)
             && dure_store_set_meta (store, DURE_META_ANEW, NULL, error)
             && dure_store_set_meta (store, DURE_META_START, NULL, error)
             && dure_store_set_meta (store, DURE_META_ROLE, NULL, error)
             && dure_store_set_meta (store, DURE_META_BUNDLE_GOT, NULL, error)
             && dure_store_set_meta (store, DURE_META_BUNDLE_MARKS, NULL, error)
             && dure_sync_forget_refused (store, error));
}

/**
 * dure_sync_bundle_enrol:
 * @store: the store of this device
 * @server_key: what `dured bundle key` printed
 * @tenant: municipality on the server
 * @user: account on the server
 * @error: return location; %DURE_ERROR_INVALID, %DURE_ERROR_DENIED
 *
 * Returns: whether bundles may go to and come from that server
 */
gboolean
dure_sync_bundle_enrol (DureStore *store, const char *server_key, const char *tenant, const char *user, GError **error)
{
  g_auto (DureBundleKey) own = { 0 };
  DureBundlePublic server;
  g_autofree char *word = NULL;

  if (dure_sync_is_enrolled (store))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED,
                           _ ("This computer reaches its server over the network; it takes no bundles."));
      return FALSE;
    }
  if (!dure_bundle_public_parse (&server, server_key, error))
    return FALSE;
  if (*server.device != '\0')
    {
      g_set_error_literal (
          error, DURE_ERROR, DURE_ERROR_INVALID,
          _ ("This is the key of a computer. The server's key is needed: “dured bundle key” shows it."));
      return FALSE;
    }
  word = dure_bundle_public_write (&server);
  if (!dure_sync_bundle_own (store, TRUE, &own, error) || !dure_store_begin (store, NULL, error))
    return FALSE;
  if (keep (store, word, tenant, user, error))
    return dure_store_commit (store, error);
  dure_store_rollback (store);
  return FALSE;
}

/* Up to which number this device had taken when it wrote the change @seq. */
static gint64
find_after (char **marks, gint64 seq, gint64 cursor)
{
  for (char **mark = marks; *mark != NULL; mark++)
    {
      char  *rest = NULL;
      gint64 up_to = g_ascii_strtoll (*mark, &rest, 10);

      if (seq <= up_to && *rest == ':')
        return MAX (g_ascii_strtoll (rest + 1, NULL, 10), 0);
    }
  return MAX (cursor, 0);
}

static gboolean
add_waiting (DureStore *store, DureBundleWriter *writer, gint64 cursor, gint64 epoch, char **last, GError **error)
{
  g_autofree char *text = dure_store_get_meta (store, DURE_META_BUNDLE_MARKS);
  g_auto (GStrv) marks = g_strsplit (text != NULL ? text : "", " ", -1);
  gint64 after = -1, seq = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) changes = dure_store_unsent_after (store, seq, BATCH, error);
      g_autoptr (GString) lines = g_string_new (NULL);

      if (changes == NULL)
        return FALSE;
      if (changes->len == 0)
        return TRUE;
      for (guint i = 0; i < changes->len; i++)
        {
          const DureChange *change = g_ptr_array_index (changes, i);
          gint64            this_after = find_after (marks, change->seq, cursor);

          seq = change->seq;
          g_free (*last);
          *last = g_strdup (change->stamp);
          /* A new record of which nothing is set says nothing. */
          if (change->fields->len == 0)
            continue;
          if (this_after != after)
            dure_wire_append_start (lines, this_after, epoch, 0);
          after = this_after;
          dure_wire_append (lines, change, 0, 0);
        }
      if (!dure_bundle_writer_add (writer, lines->str, lines->len, error))
        return FALSE;
    }
}

/* What the server does not have any more goes before what waits. The first line says where this device has come to. */
static gboolean
add_place (DureStore *store, DureBundleWriter *writer, gint64 epoch, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  char   stamp[DURE_STAMP_LENGTH + 1];
  gint64 seq = dure_sync_get_at (store, stamp);

  if (seq == 0)
    return TRUE;
  dure_wire_append_start (lines, seq, epoch, 0);
  dure_wire_append_member (lines, "last", stamp);
  return dure_bundle_writer_add (writer, lines->str, lines->len, error);
}

static gboolean
add_held (DureStore *store, DureBundleWriter *writer, gint64 epoch, GError **error)
{
  DureReturnPlace place;

  if (!dure_sync_get_return (store, &place))
    return TRUE;
  for (gboolean first = TRUE;; first = FALSE)
    {
      g_autoptr (GPtrArray) changes = dure_sync_read_return (store, &place, error);
      g_autoptr (GString) lines = g_string_new (NULL);

      if (changes == NULL)
        return FALSE;
      if (changes->len == 0)
        return TRUE;
      if (first)
        g_string_append_printf (lines, "{\"start\":1,\"epoch\":%" G_GINT64_FORMAT ",\"returning\":%" G_GINT64_FORMAT "}\n",
                                epoch, MAX (place.cursor, 1));
      for (guint i = 0; i < changes->len; i++)
        dure_sync_write_return (lines, g_ptr_array_index (changes, i), &place);
      if (!dure_bundle_writer_add (writer, lines->str, lines->len, error))
        return FALSE;
    }
}

static gboolean
fill (DureStore *store, const DureBundleKey *own, DureBundle *made)
{
  g_autofree char *start = dure_store_get_meta (store, DURE_META_START);

  memset (made, 0, sizeof *made);
  made->device = g_strdup (own->public.device);
  made->tenant = dure_store_get_meta (store, DURE_META_TENANT);
  made->user = dure_store_get_meta (store, DURE_META_USER);
  made->previous = MAX (dure_sync_get_number (store, DURE_META_BUNDLE_MADE, 0), 0);
  made->made = dure_now_ms ();
  /* Larger than any before, also when this file was put back from a copy. */
  made->number = MAX (made->previous + 1, made->made);
  made->epoch = MAX (dure_sync_get_number (store, DURE_META_EPOCH, 0), 0);
  made->base
      = start == NULL ? dure_sync_get_number (store, DURE_META_CURSOR, DURE_BUNDLE_EVERYTHING) : DURE_BUNDLE_EVERYTHING;
  made->seq = made->base;
  return made->tenant != NULL && made->user != NULL;
}

/**
 * dure_sync_bundle_make:
 * @store: the store of this device
 * @path: where the bundle is to be
 * @made: (out caller-allocates): its manifest
 * @error: return location
 *
 * Writes all that waits for the server, also what stood in earlier bundles that no answer has acknowledged, and up to
 * where this device has taken. Nothing counts as sent before an answer says so. Memory: one batch.
 *
 * Returns: whether the file is there
 */
gboolean
dure_sync_bundle_make (DureStore *store, const char *path, DureBundle *made, GError **error)
{
  g_auto (DureBundleKey) own = { 0 };
  DureBundlePublic server;
  g_autoptr (DureBundleWriter) writer = NULL;
  g_autofree char *role = dure_store_get_meta (store, DURE_META_ROLE);

  memset (made, 0, sizeof *made);
  if (!dure_sync_bundle_ends (store, &own, &server, error))
    return FALSE;
  if (!fill (store, &own, made))
    {
      g_set_error_literal (
          error, DURE_ERROR, DURE_ERROR_DENIED,
          _ ("This computer is not set up for bundles: “durectl bundle enrol” tells it the server's key."));
      return FALSE;
    }
  writer = dure_bundle_writer_new (path, &own, &server, error);
  if (writer == NULL)
    return FALSE;
  /* An account that may only read keeps what it wrote. */
  if (!add_place (store, writer, made->epoch, error)
      || (g_strcmp0 (role, "viewer") != 0 && !add_held (store, writer, made->epoch, error)))
    return FALSE;
  if (g_strcmp0 (role, "viewer") != 0
      && !add_waiting (store, writer, dure_sync_get_number (store, DURE_META_CURSOR, 0), made->epoch, &made->taken,
                       error))
    return FALSE;
  if (g_strcmp0 (role, "viewer") != 0 && !dure_sync_bundle_add_files (store, writer, made, error))
    return FALSE;
  return dure_sync_set_number (store, DURE_META_BUNDLE_MADE, made->number, error)
         && dure_bundle_writer_close (writer, made, error);
}
