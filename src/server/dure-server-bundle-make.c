/* dure-server-bundle-make.c: the bundle that answers a device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a device has is known by its last bundle alone: an answer that never came costs nothing, the next one begins at
 * the same place.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <string.h>

#include "base/dure-error.h"
#include "server/dure-server-bundle-private.h"
#include "sync/dure-bundle-writer.h"
#include "sync/dure-wire.h"

/* Writes the answer of a route into the bundle, part by part; @first and @last are its first and last line. */
static gboolean
write_response (
    DureBundleWriter *writer, DureResponse *response, DureWireLine *first, DureWireLine *last, GError **error)
{
  g_autoptr (GString) part = g_string_new_len (response->body->str, (gssize)response->body->len);
  gboolean    done = response->more == NULL;
  const char *stop;

  if (!dure_server_bundle_check (response, error))
    return FALSE;
  stop = memchr (part->str, '\n', part->len);
  if (stop == NULL || !dure_wire_parse (part->str, (gsize)(stop - part->str), first, error))
    return FALSE;
  for (;;)
    {
      if (!dure_bundle_writer_add (writer, part->str, part->len, error))
        return FALSE;
      if (done)
        break;
      g_string_truncate (part, 0);
      if (!response->more (part, &done, response->more_data))
        {
          g_set_error_literal (error, DURE_ERROR, DURE_ERROR_FAILED, "snapshot");
          return FALSE;
        }
    }
  stop = part->str + part->len - 1;
  while (stop > part->str && stop[-1] != '\n')
    stop--;
  return dure_wire_parse (stop, (gsize)(part->str + part->len - 1 - stop), last, error);
}

static DureRequest *
make_request (const char *path, gint64 after)
{
  DureRequest     *request = dure_request_new ("GET", path, NULL);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, after);

  request->remote = g_strdup ("bundle");
  dure_request_set (request, "after", number);
  return request;
}

static gboolean
write_body (DureServer *self, DureBundleDevice *device, DureBundleWriter *writer, DureBundle *made, GError **error)
{
  gint64 after = made->base;

  if (after < 0)
    {
      g_autoptr (DureRequest) request = make_request ("/v1/snapshot", 0);
      g_autoptr (DureResponse) response = dure_server_snapshot (self, device->who, request);
      g_auto (DureWireLine) first = { 0 };
      g_auto (DureWireLine) last = { 0 };

      if (!write_response (writer, response, &first, &last, error))
        return FALSE;
      after = first.seq;
    }
  for (gboolean more = TRUE; more;)
    {
      g_autoptr (DureRequest) request = make_request ("/v1/changes", after);
      g_autoptr (DureResponse) response = dure_server_pull (self, device->who, request);
      g_auto (DureWireLine) first = { 0 };
      g_auto (DureWireLine) last = { 0 };

      if (!write_response (writer, response, &first, &last, error))
        return FALSE;
      after = made->seq = last.seq;
      more = last.more;
    }
  return TRUE;
}

static gboolean
fill (DureServer *self, DureBundleDevice *device, DureBundle *made, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autofree char  *marks = NULL;
  gint64            seq, epoch, folded;

  if (!storage->last_seq (self->storage, device->who->tenant, &seq, &epoch, error)
      || !storage->get_age (self->storage, device->who->tenant, &folded, &marks, error))
    return FALSE;
  made->from_server = TRUE;
  made->device = g_strdup (device->who->device);
  made->tenant = g_strdup (device->who->tenant);
  made->user = g_strdup (device->who->user);
  made->made = dure_server_now (self);
  made->previous = dure_bundle_device_get (device, "made", 0);
  made->number = MAX (made->previous + 1, made->made);
  made->epoch = epoch;
  made->base = dure_bundle_device_get (device, "cursor", DURE_BUNDLE_EVERYTHING);
  if (made->base > seq || dure_bundle_device_get (device, "ahead", 0) != 0)
    made->base = DURE_BUNDLE_ANEW;
  else if (made->base >= 0 && made->base < folded)
    made->base = DURE_BUNDLE_EVERYTHING;
  made->taken = g_key_file_get_string (device->state, DURE_BUNDLE_GROUP, "taken", NULL);
  made->refused = g_key_file_get_string (device->state, DURE_BUNDLE_GROUP, "refused", NULL);
  made->clock = dure_bundle_device_get (device, "clock", 0);
  return TRUE;
}

/**
 * dure_server_bundle_make:
 * @self: a server
 * @tenant: municipality
 * @device: number of a device that may send bundles
 * @path: where the bundle is to be
 * @made: (out caller-allocates): its manifest
 * @error: return location
 *
 * Writes what the device has not seen, and what the server has of it. A device that never sent a bundle gets
 * everything. Memory: a page of changes or a part of the snapshot.
 *
 * Returns: whether the file is there
 */
gboolean
dure_server_bundle_make (
    DureServer *self, const char *tenant, const char *device, const char *path, DureBundle *made, GError **error)
{
  g_auto (DureBundleDevice) found = { 0 };
  g_auto (DureBundleKey) own = { 0 };
  g_autoptr (DureBundleWriter) writer = NULL;

  memset (made, 0, sizeof *made);
  if (!dure_server_bundle_own (self, &own, error) || !dure_server_bundle_find (self, tenant, device, &found, error)
      || !fill (self, &found, made, error))
    return FALSE;
  writer = dure_bundle_writer_new (path, &own, &found.key, error);
  if (writer == NULL || !dure_server_bundle_add_files (self, &found, writer, made, error)
      || !write_body (self, &found, writer, made, error))
    return FALSE;
  dure_bundle_device_set (&found, "made", made->number);
  return dure_server_bundle_keep (self, &found, error) && dure_bundle_writer_close (writer, made, error);
}
