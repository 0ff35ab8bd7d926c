/* dure-server-bundle.c: takes bundles of devices, as pushes, and makes the answers, as pulls
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-server-bundle.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-json-read.h"
#include "server/dure-server-bundle-private.h"
#include "sync/dure-bundle-reader.h"
#include "sync/dure-bundle-writer.h"
#include "sync/dure-wire.h"

#define READ_PART (64 * 1024)
#define BATCH_BYTES (4 * 1024 * 1024)
#define PROBLEM_AHEAD "urn:dure:problem:stamp-ahead"
/* A difference of clocks below this is none. */
#define CLOCK_SLACK_MS (60 * 1000)

/* A bundle on its way into the storage. */
typedef struct
{
  DureServer       *server;
  DureBundleDevice *device;
  DureServerBundle *result;
  GString          *batch;
  gint64            after;
  gint64            returning; /* what comes is brought back: the last number that the device had before; else 0 */
  gboolean          ahead;     /* the device has what this server does not have any more */
  char             *taken; /* stamp of the last change up to which all was taken */
  GString          *refused;
  guint             n_refused;
} Taking;

typedef gboolean (*LineFunc) (const char *text, gsize length, gpointer data, GError **error);

/* Every line of the stream, without its end; stops where @func fails. */
static gboolean
for_each_line (GInputStream *stream, LineFunc func, gpointer data, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *part = g_malloc (READ_PART);
  gssize           n;

  while ((n = g_input_stream_read (stream, part, READ_PART, NULL, error)) > 0)
    {
      gsize at = 0;

      g_string_append_len (text, part, n);
      for (const char *stop; (stop = memchr (text->str + at, '\n', text->len - at)) != NULL;)
        {
          gsize length = (gsize)(stop - text->str) - at;

          if (!func (text->str + at, length, data, error))
            return FALSE;
          at += length + 1;
        }
      g_string_erase (text, 0, (gssize)at);
      if (text->len > DURE_WIRE_MAX_LINE)
        {
          g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL, _ ("What was sent is too large."));
          return FALSE;
        }
    }
  return n == 0;
}

/* What was taken up to line @number of the batch, counted from 1, the last for 0. */
static void
note_taken (Taking *taking, guint number)
{
  const char *text = taking->batch->str;
  const char *found = NULL;
  guint       n = 0;
  g_auto (DureWireLine) line = { 0 };

  for (const char *stop; (number == 0 || n < number) && (stop = strchr (text, '\n')) != NULL; text = stop + 1, n++)
    found = text;
  if (found == NULL || !dure_wire_parse (found, (gsize)(strchr (found, '\n') - found), &line, NULL)
      || line.change == NULL)
    return;
  g_free (taking->taken);
  taking->taken = g_strdup (line.change->stamp);
}

static void
note_refused (Taking *taking, JsonObject *item, guint *first_ahead)
{
  const char *type = dure_json_text (item, "type", "");
  const char *stamp = dure_json_text (item, "stamp", NULL);
  guint       number = (guint)CLAMP (dure_json_int (item, "line", 0), 0, G_MAXINT);

  if (taking->result->why == NULL)
    taking->result->why = g_strdup (dure_json_text (item, "detail", ""));
  if (strcmp (type, PROBLEM_AHEAD) == 0)
    {
      taking->result->ahead++;
      if (*first_ahead == 0 || number < *first_ahead)
        *first_ahead = number;
      return;
    }
  /* The device keeps it, and brings it back no more. */
  if (taking->returning > 0)
    return;
  taking->result->refused++;
  if (stamp != NULL && taking->n_refused++ < DURE_BUNDLE_MAX_REFUSED)
    g_string_append_printf (taking->refused, "%s%s %s", taking->refused->len > 0 ? ", " : "", stamp, type);
}

static gboolean
read_answer (Taking *taking, DureResponse *response, guint *first_ahead, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  JsonArray  *refused;

  if (!json_parser_load_from_data (parser, response->body->str, (gssize)response->body->len, error))
    return FALSE;
  object = json_node_get_object (json_parser_get_root (parser));
  refused = json_object_get_array_member (object, "refused");
  taking->result->accepted += (guint)json_object_get_int_member (object, "accepted");
  for (guint i = 0; i < json_array_get_length (refused); i++)
    note_refused (taking, json_array_get_object_element (refused, i), first_ahead);
  return TRUE;
}

/* One push, as it would come over the network. What comes behind a stamp of the future is taken, and comes again: it is
 * acknowledged only in its order. */
static gboolean
push_batch (Taking *taking, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (taking->batch->str, taking->batch->len);
  g_autoptr (DureRequest) request = dure_request_new ("POST", "/v1/changes", body);
  g_autofree char *after = g_strdup_printf ("%" G_GINT64_FORMAT, taking->after);
  g_autoptr (DureResponse) response = NULL;
  gboolean in_order = taking->result->ahead == 0;
  guint    first_ahead = 0;

  if (taking->batch->len == 0)
    return TRUE;
  request->type = g_strdup (DURE_WIRE_TYPE);
  request->remote = g_strdup ("bundle");
  dure_request_set (request, "after", after);
  if (taking->returning > 0)
    {
      g_autofree char *returning = g_strdup_printf ("%" G_GINT64_FORMAT, taking->returning);

      dure_request_set (request, "returning", returning);
    }
  response = dure_server_push (taking->server, taking->device->who, request);
  if (!dure_server_bundle_check (response, error) || !read_answer (taking, response, &first_ahead, error))
    return FALSE;
  if (in_order && first_ahead != 1 && taking->returning == 0)
    note_taken (taking, first_ahead > 0 ? first_ahead - 1 : 0);
  g_string_truncate (taking->batch, 0);
  return TRUE;
}

/* The last change that the device knows this server to have. */
static gboolean
note_place (Taking *taking, const DureWireLine *line, GError **error)
{
  gboolean has;

  if (!dure_server_has_place (taking->server, taking->device->who->tenant, line->seq, line->last, &has, error))
    return FALSE;
  taking->ahead = taking->ahead || !has;
  return TRUE;
}

static gboolean
take_line (const char *text, gsize length, gpointer data, GError **error)
{
  Taking *taking = data;

  if (dure_bundle_file_is_line (text, length))
    return push_batch (taking, error)
           && dure_server_bundle_take_file (taking->server, taking->device, taking->result, text, length, error);
  if (g_str_has_prefix (text, "{\"start\":"))
    {
      g_auto (DureWireLine) line = { 0 };

      if (!push_batch (taking, error) || !dure_wire_parse (text, length, &line, error))
        return FALSE;
      taking->after = MAX (line.seq, 0);
      taking->returning = line.returning;
      return note_place (taking, &line, error);
    }
  g_string_append_len (taking->batch, text, (gssize)length);
  g_string_append_c (taking->batch, '\n');
  return taking->batch->len < BATCH_BYTES || push_batch (taking, error);
}

/* Opens and verifies the file at @path; @device is who sent it. */
static DureBundleReader *
open_bundle (DureServer *self, const char *path, DureBundleDevice *device, DureServerBundle *result, GError **error)
{
  g_autoptr (DureBundleReader) reader = dure_bundle_reader_open (path, error);
  g_auto (DureBundleKey) own = { 0 };
  const DureBundle *bundle;
  gint64            got;

  if (reader == NULL)
    return NULL;
  bundle = dure_bundle_reader_get_manifest (reader);
  if (bundle->from_server)
    {
      g_set_error_literal (
          error, DURE_ERROR, DURE_ERROR_DENIED,
          _ ("This bundle was made by a server for a computer; “durectl bundle apply” takes it there."));
      return NULL;
    }
  if (!dure_server_bundle_own (self, &own, error)
      || !dure_server_bundle_find (self, bundle->tenant, bundle->device, device, error)
      || !dure_bundle_reader_verify (reader, &device->key, error)
      || !dure_bundle_reader_decrypt (reader, &own, &device->key, error))
    return NULL;
  dure_bundle_copy (&result->manifest, bundle);
  got = dure_bundle_device_get (device, "got", 0);
  result->known = bundle->number <= got;
  if (!result->known && got > 0 && bundle->previous > got)
    result->missed = bundle->previous;
  return g_steal_pointer (&reader);
}

/* How far the device has come, by its newest bundle. */
static void
note_device (Taking *taking)
{
  const DureBundle *bundle = &taking->result->manifest;
  DureBundleDevice *device = taking->device;
  gint64            clock = bundle->made - dure_server_now (taking->server);
  const char       *taken = taking->result->ahead == 0 ? bundle->taken : taking->taken;

  dure_bundle_device_set (device, "got", bundle->number);
  dure_bundle_device_set (device, "cursor", bundle->base);
  dure_bundle_device_set (device, "epoch", bundle->epoch);
  dure_bundle_device_set (device, "ahead", taking->ahead ? 1 : 0);
  dure_bundle_device_set (device, "clock", clock > CLOCK_SLACK_MS ? clock : 0);
  if (taken != NULL)
    g_key_file_set_string (device->state, DURE_BUNDLE_GROUP, "taken", taken);
  if (taking->refused->len > 0)
    g_key_file_set_string (device->state, DURE_BUNDLE_GROUP, "refused", taking->refused->str);
  else
    g_key_file_remove_key (device->state, DURE_BUNDLE_GROUP, "refused", NULL);
}

/**
 * dure_server_bundle_apply:
 * @self: a server
 * @path: a bundle that a device made
 * @result: (out caller-allocates): what was done
 * @error: return location; %DURE_ERROR_DENIED when the sender may not, %DURE_ERROR_DAMAGED when it was changed
 *
 * Takes what is in it as the pushes of that device. One that cannot be verified changes nothing; taking one twice, or
 * after a later one, does no harm. Memory: one batch.
 *
 * Returns: whether it was taken
 */
gboolean
dure_server_bundle_apply (DureServer *self, const char *path, DureServerBundle *result, GError **error)
{
  g_auto (DureBundleDevice) device = { 0 };
  g_autoptr (DureBundleReader) reader = NULL;
  g_autoptr (GString) batch = g_string_new (NULL);
  g_autoptr (GString) refused = g_string_new (NULL);
  Taking   taking = { .server = self, .device = &device, .result = result, .batch = batch, .refused = refused };
  gboolean good;

  memset (result, 0, sizeof *result);
  reader = open_bundle (self, path, &device, result, error);
  if (reader == NULL)
    return FALSE;
  if (device.who->role == DURE_ROLE_VIEWER && result->manifest.changes > 0)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DENIED, _ ("This account may only read."));
      return FALSE;
    }
  if (!result->known)
    dure_server_bundle_begin_files (&device);
  good = for_each_line (G_INPUT_STREAM (reader), take_line, &taking, error) && push_batch (&taking, error);
  if (good && !result->known)
    {
      note_device (&taking);
      good = dure_server_bundle_keep (self, &device, error);
    }
  g_free (taking.taken);
  return good;
}

typedef struct
{
  DureServer       *server;
  DureBundleDevice *device;
  DureServerBundle *result;
  GHashTable       *records;
} Looking;

static gboolean
look_at_line (const char *text, gsize length, gpointer data, GError **error)
{
  Looking     *looking = data;
  DureStorage *storage = looking->server->storage;
  const char  *tenant = looking->device->who->tenant;
  g_auto (DureWireLine) line = { 0 };
  g_autofree char *known = NULL;
  g_autofree char *lines = NULL;
  g_autoptr (DureState) state = dure_state_new ();
  gint64 number;

  if (dure_bundle_file_is_line (text, length) || !dure_wire_parse (text, length, &line, NULL) || line.change == NULL)
    return TRUE;
  if (!DURE_STORAGE_GET_CLASS (storage)->has_stamp (storage, tenant, line.change->stamp, &known, error))
    return FALSE;
  if (known != NULL)
    return TRUE;
  g_hash_table_add (looking->records, g_strconcat (line.change->entity, " ", line.change->id, NULL));
  if (!DURE_STORAGE_GET_CLASS (storage)->get_record (storage, tenant, line.change->entity, line.change->id, &number,
                                                     &lines, error))
    return FALSE;
  if (lines == NULL || !dure_state_parse (state, lines, strlen (lines), NULL))
    return TRUE;
  for (guint i = 0; i < line.change->fields->len; i++)
    {
      DureChangeField *field = g_ptr_array_index (line.change->fields, i);
      DureChange      *holder = NULL;
      DureChangeField *stands = dure_state_find (state, field->key, &holder);

      if (stands != NULL && g_strcmp0 (field->seen, holder->stamp) != 0 && g_strcmp0 (field->value, stands->value) != 0
          && strcmp (dure_stamp_device (holder->stamp), looking->device->who->device) != 0)
        looking->result->conflicts++;
    }
  return TRUE;
}

/**
 * dure_server_bundle_show:
 *
 * As dure_server_bundle_apply(), but says only what would be done; of clashes those with what stands now.
 *
 * Returns: whether it is genuine
 */
gboolean
dure_server_bundle_show (DureServer *self, const char *path, DureServerBundle *result, GError **error)
{
  g_auto (DureBundleDevice) device = { 0 };
  g_autoptr (DureBundleReader) reader = NULL;
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Looking looking = { self, &device, result, records };

  memset (result, 0, sizeof *result);
  reader = open_bundle (self, path, &device, result, error);
  if (reader == NULL || !for_each_line (G_INPUT_STREAM (reader), look_at_line, &looking, error))
    return FALSE;
  result->records = g_hash_table_size (records);
  return TRUE;
}

void
dure_server_bundle_clear (DureServerBundle *result)
{
  dure_bundle_clear (&result->manifest);
  g_clear_pointer (&result->why, g_free);
}
