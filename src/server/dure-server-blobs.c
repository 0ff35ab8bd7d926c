/* dure-server-blobs.c: PUT, HEAD and GET /v1/blobs/SHA256; what nobody needs any more goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A blob comes in pieces, one request each. Beside an upload stands the SHA-256 as far as it was reckoned (the state of
 * libsodium's), so that each piece is read once and the last one settles whether the blob is what its name says.
 *
 * Nobody has said of a file what in it is sensitive, so accounts that may only read get none.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-sha256.h"
#include "schema/dure-schema.h"
#include "server/dure-server-private.h"
#include "sync/dure-range.h"

G_STATIC_ASSERT (sizeof (crypto_hash_sha256_state) <= DURE_BLOB_STATE_MOST);

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))
/* An upload that nobody went on with, and a blob whose record never came, stay that long. */
#define WAIT_MS (7 * DAY_MS)
/* So long the deletion of an attachment can be undone everywhere. */
#define KEEP_MS (30 * DAY_MS)
/* Smaller pieces, but for the last, would be many rows. */
#define PIECE_LEAST (64 * 1024)
/* So many files are told of that somebody lacks. */
#define MOST_WANTED 50

static DureResponse *
fail (DureServer *self, GError *error)
{
  return dure_server_failure (self, error);
}

static void
tell_progress (DureResponse *response, gint64 got)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, got);

  dure_response_set_head (response, "Upload-Offset", text);
}

/* A device that once sent a file does so again only when it hears that it is lacking: a server that was put back to an
 * older state has lost it, and nobody else might notice. */
static void
note_wanted (DureServer *self, const char *tenant, const char *sha256, gboolean wanted)
{
  GHashTable *set = g_hash_table_lookup (self->wanted, tenant);

  if (wanted && set == NULL)
    {
      set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->wanted, g_strdup (tenant), set);
    }
  /* What goes is asked for again. */
  if (wanted && g_hash_table_size (set) >= MOST_WANTED)
    g_hash_table_remove_all (set);
  if (wanted)
    g_hash_table_add (set, g_strdup (sha256));
  else if (!wanted && set != NULL)
    g_hash_table_remove (set, sha256);
}

/** dure_server_list_wanted: Returns: (transfer full) (nullable): hashes of files that somebody asked for in vain since
 *  this server began, with spaces between them; not all when they are very many */
char *
dure_server_list_wanted (DureServer *self, const char *tenant)
{
  GHashTable       *set = g_hash_table_lookup (self->wanted, tenant);
  g_autofree char **hashes = set != NULL ? (char **)g_hash_table_get_keys_as_array (set, NULL) : NULL;

  return hashes != NULL && hashes[0] != NULL ? g_strjoinv (" ", hashes) : NULL;
}

static DureResponse *
unknown (gint64 got)
{
  DureResponse *response = dure_response_problem (404, "blob-unknown", "No such file",
                                                  _ ("The server does not have this file, or not all of it yet."));

  tell_progress (response, got);
  return response;
}

typedef struct
{
  DureServer *server;
  char       *tenant;
  char       *sha256;
  gint64      at;
  gint64      end; /* behind the last byte */
} Download;

static void
download_free (gpointer data)
{
  Download *download = data;

  g_object_unref (download->server);
  g_free (download->tenant);
  g_free (download->sha256);
  g_free (download);
}

static gboolean
download_more (GString *out, gboolean *done, gpointer data)
{
  Download    *download = data;
  DureStorage *storage = download->server->storage;
  g_autoptr (GError) error = NULL;
  gsize  before = out->len;
  gint64 n;

  if (!DURE_STORAGE_GET_CLASS (storage)->read_piece (storage, download->tenant, download->sha256, download->at, out,
                                                     &error))
    {
      g_warning ("blob: %s", error->message);
      return FALSE;
    }
  n = MIN ((gint64)(out->len - before), download->end - download->at);
  g_string_truncate (out, before + (gsize)n);
  download->at += n;
  *done = download->at == download->end;
  /* A piece that went meanwhile breaks the answer off. */
  return n > 0;
}

static DureResponse *
get_blob (DureServer *self, DureEnrolment *who, DureRequest *request, const char *sha256, const DureStoredBlob *blob)
{
  gint64           first, last;
  DureRange        range = dure_range_parse (request->range, blob->size, &first, &last);
  DureResponse    *response;
  g_autofree char *said = NULL;
  Download        *download;

  if (range == DURE_RANGE_BEYOND)
    {
      response = dure_response_problem (416, "range", "Range not satisfiable", _ ("The file ends before that byte."));
      said = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, blob->size);
      dure_response_set_head (response, "Content-Range", said);
      return response;
    }
  if (!dure_server_note (self, who, request, "blob-get", sha256))
    return fail (self, NULL);
  response = dure_response_new (range == DURE_RANGE_PART ? 206 : 200, "application/octet-stream");
  dure_response_set_head (response, "Accept-Ranges", "bytes");
  if (range == DURE_RANGE_PART)
    {
      said = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, first, last,
                              blob->size);
      dure_response_set_head (response, "Content-Range", said);
    }
  download = g_new0 (Download, 1);
  download->server = g_object_ref (self);
  download->tenant = g_strdup (who->tenant);
  download->sha256 = g_strdup (sha256);
  download->at = first;
  download->end = last + 1;
  response->more = download_more;
  response->more_data = download;
  response->more_free = download_free;
  return response;
}

static DureResponse *
head_blob (const DureStoredBlob *blob)
{
  DureResponse    *response = dure_response_new (200, "application/octet-stream");
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, blob->size);

  dure_response_set_head (response, "Accept-Ranges", "bytes");
  dure_response_set_head (response, "Content-Length", size);
  tell_progress (response, blob->size);
  return response;
}

static DureResponse *
say_stored (const DureStoredBlob *blob)
{
  DureResponse *response = dure_response_new (200, "application/json");

  g_string_append_printf (response->body, "{\"got\":%" G_GINT64_FORMAT ",\"size\":%" G_GINT64_FORMAT "}\n", blob->got,
                          blob->size);
  tell_progress (response, blob->got);
  return response;
}

static DureResponse *
elsewhere (gint64 got)
{
  DureResponse *response = dure_response_problem (409, "blob-offset", "Another place",
                                                  _ ("The upload goes on at another byte; HEAD tells at which."));

  tell_progress (response, got);
  return response;
}

/* Is there room for a blob that begins now? */
static DureResponse *
check_room (DureServer *self, const char *tenant, gint64 size)
{
  g_autoptr (GError) error = NULL;
  gint64 n, bytes;

  if (size > self->blob_most)
    return dure_response_problem (413, "blob-too-large", "File too large",
                                  _ ("The server takes no files of this size."));
  if (!DURE_STORAGE_GET_CLASS (self->storage)->count_blobs (self->storage, tenant, &n, &bytes, &error))
    return fail (self, error);
  if (bytes + size > self->blob_quota)
    return dure_response_problem (507, "blob-quota", "No room for files",
                                  _ ("The files of this municipality have used up their room on the server."));
  return NULL;
}

/* Reckons the hash on from @blob over @bytes into @then; at the end, is it the right one? */
static gboolean
reckon (const DureStoredBlob *blob, GBytes *bytes, gint64 at, DureStoredBlob *then, const char *sha256)
{
  crypto_hash_sha256_state state;
  guchar                   hash[crypto_hash_sha256_BYTES];
  char                     hex[DURE_SHA256_LENGTH + 1];

  if (at == 0)
    crypto_hash_sha256_init (&state);
  else
    memcpy (&state, blob->state, sizeof state);
  crypto_hash_sha256_update (&state, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  memset (then->state, 0, sizeof then->state);
  if (then->got < then->size)
    {
      memcpy (then->state, &state, sizeof state);
      then->state_length = sizeof state;
      return TRUE;
    }
  then->state_length = 0;
  crypto_hash_sha256_final (&state, hash);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  return strcmp (hex, sha256) == 0;
}

static DureResponse *
store_piece (
    DureServer *self, DureEnrolment *who, DureRequest *request, const char *sha256, const DureStoredBlob *blob, gint64 at)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autoptr (GError) error = NULL;
  DureStoredBlob then = *blob;
  gboolean       stored;

  then.got = at + (gint64)g_bytes_get_size (request->body);
  then.at = dure_server_now (self);
  if (at > 0 && blob->state_length != sizeof (crypto_hash_sha256_state))
    return storage->remove_blob (self->storage, who->tenant, sha256, &error) ? elsewhere (0) : fail (self, error);
  if (!reckon (blob, request->body, at, &then, sha256))
    {
      if (!storage->remove_blob (self->storage, who->tenant, sha256, &error))
        return fail (self, error);
      return dure_response_problem (422, "blob-mismatch", "Not what its name says",
                                    _ ("What was sent is not the file of this name. The upload was dropped."));
    }
  if (then.got == then.size && !dure_server_note (self, who, request, "blob-put", sha256))
    return fail (self, NULL);
  if (!storage->add_piece (self->storage, who->tenant, sha256, at, request->body, &then, &stored, &error))
    return fail (self, error);
  if (!stored)
    return elsewhere (0);
  /* Who has the record waits for this. */
  if (then.got == then.size)
    dure_server_announce_blob (self, who->tenant, sha256);
  return say_stored (&then);
}

static DureResponse *
put_blob (DureServer *self, DureEnrolment *who, DureRequest *request, const char *sha256, const DureStoredBlob *there)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autoptr (GError) error = NULL;
  DureStoredBlob blob = { 0 };
  gint64         length = (gint64)g_bytes_get_size (request->body);
  gint64         first = 0, last = length - 1, total = length;
  DureResponse  *problem;

  if (length == 0 || (request->content_range != NULL
                      && (!dure_content_range_parse (request->content_range, &first, &last, &total)
                          || last - first + 1 != length)))
    return dure_response_problem (400, "format", "Not the protocol",
                                  _ ("“Content-Range” is “bytes FIRST-LAST/TOTAL” and agrees with the body."));
  /* Sent twice, as when an answer was lost. */
  if (there != NULL && there->size == total && last < there->got)
    return say_stored (there);
  if (there != NULL && there->got == there->size)
    return say_stored (there);
  if (length < PIECE_LEAST && last + 1 < total)
    return dure_response_problem (400, "format", "Not the protocol", _ ("All pieces but the last have 64 KiB at least."));
  if (there != NULL && (there->size == total ? first != there->got : first != 0))
    return elsewhere (there->got);
  if (there == NULL && first != 0)
    return elsewhere (0);
  /* One of the two sizes is wrong; whoever sends all of it now may prove his. */
  if (there != NULL && there->size != total && !storage->remove_blob (self->storage, who->tenant, sha256, &error))
    return fail (self, error);
  if (first == 0)
    {
      problem = check_room (self, who->tenant, total);
      if (problem != NULL)
        return problem;
      blob.size = total;
    }
  else
    blob = *there;
  return store_piece (self, who, request, sha256, &blob, first);
}

/** dure_server_blob: the routes of one blob, whose name is the end of the path. */
DureResponse *
dure_server_blob (DureServer *self, DureEnrolment *who, DureRequest *request)
{
  const char    *sha256 = request->path + strlen (DURE_SERVER_BLOBS);
  gboolean       put = strcmp (request->method, "PUT") == 0, head = strcmp (request->method, "HEAD") == 0;
  DureStoredBlob blob;
  gboolean       found;
  g_autoptr (GError) error = NULL;

  if (!dure_sha256_is_valid (sha256))
    return dure_response_problem (404, "not-found", "Not found", _ ("The server has nothing at this address."));
  if (!put && !head && strcmp (request->method, "GET") != 0)
    return dure_response_problem (405, "method", "Method not allowed", _ ("The server does not do that here."));
  if (who->role == DURE_ROLE_VIEWER)
    return dure_response_problem (403, "role", "Not allowed", _ ("Accounts that may only read get no files."));
  if (!DURE_STORAGE_GET_CLASS (self->storage)->get_blob (self->storage, who->tenant, sha256, &blob, &found, &error))
    return fail (self, error);
  if (put)
    return put_blob (self, who, request, sha256, found ? &blob : NULL);
  if (!found || blob.got < blob.size)
    {
      if (!head)
        note_wanted (self, who->tenant, sha256, TRUE);
      return unknown (found ? blob.got : 0);
    }
  note_wanted (self, who->tenant, sha256, FALSE);
  return head ? head_blob (&blob) : get_blob (self, who, request, sha256, &blob);
}

typedef struct
{
  GHashTable *needed;
  GPtrArray  *unneeded;
  gint64      now;
} Sweep;

/* A record that stands, or that was deleted of late. */
static void
note_record (gint64 number, const char *lines, gsize length, gpointer data)
{
  Sweep *sweep = data;
  g_autoptr (DureState) state = dure_state_new ();
  DureChange      *deletion = NULL;
  DureChangeField *hash, *deleted;

  if (!dure_state_parse (state, lines, length, NULL))
    return;
  hash = dure_state_find (state, "sha256", NULL);
  deleted = dure_state_find (state, DURE_CHANGE_DELETED, &deletion);
  if (hash != NULL && hash->value != NULL
      && (deleted == NULL || deleted->value == NULL || sweep->now - dure_stamp_ms (deletion->stamp) < KEEP_MS))
    g_hash_table_add (sweep->needed, g_strdup (hash->value));
}

static void
note_blob (const char *sha256, const DureStoredBlob *blob, gpointer data)
{
  Sweep *sweep = data;

  if (sweep->now - blob->at >= WAIT_MS
      && (blob->got < blob->size || !g_hash_table_contains (sweep->needed, sha256)))
    g_ptr_array_add (sweep->unneeded, g_strdup (sha256));
}

/**
 * dure_server_sweep_blobs:
 * @self: a server
 * @tenant: a tenant
 * @n_removed: (out): how many went
 * @error: return location
 *
 * Removes uploads that nobody went on with for a week, and blobs older than a week that no record names: none that
 * stands, and none that was deleted within thirty days.
 *
 * Returns: whether it could be done
 */
gboolean
dure_server_sweep_blobs (DureServer *self, const char *tenant, guint *n_removed, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autoptr (GHashTable) needed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) unneeded = g_ptr_array_new_with_free_func (g_free);
  Sweep  sweep = { needed, unneeded, dure_server_now (self) };
  gint64 n, bytes;

  *n_removed = 0;
  if (!storage->count_blobs (self->storage, tenant, &n, &bytes, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  if (!storage->read_entity (self->storage, tenant, dure_entity (DURE_ENTITY_ATTACHMENT)->key, note_record, &sweep,
                             error)
      || !storage->list_blobs (self->storage, tenant, note_blob, &sweep, error))
    return FALSE;
  for (guint i = 0; i < unneeded->len; i++, ++*n_removed)
    if (!storage->remove_blob (self->storage, tenant, unneeded->pdata[i], error))
      return FALSE;
  return TRUE;
}
