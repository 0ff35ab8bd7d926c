/* fuzz-server.c: the server with a real storage, asked anything by anybody
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An input is several requests: a line `METHOD PATH?QUERY TOKEN TYPE` and a body each, parted as fuzz-fixture.h says.
 * Whatever was asked, the server has no fault; numbers only grow and have no gaps; what stands (the snapshot) is what
 * the changes give, each field from the largest stamp; a viewer sees nothing sensitive; and the access log is whole.
 */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "fuzz-fixture.h"
#include "fuzz-storage.h"
#include "server/dure-server.h"

static DureStorage *storage;
static DureServer  *server;
static gboolean     touched;

static DureRequest *
make_request (const char *part, gsize length)
{
  const char      *stop = memchr (part, '\n', length);
  gsize            head_length = stop != NULL ? (gsize)(stop - part) : length;
  g_autofree char *head = g_strndup (part, head_length);
  g_auto (GStrv) words = g_strsplit (head, " ", 4);
  guint       n = g_strv_length (words);
  const char *target = n > 1 ? words[1] : "/";
  g_auto (GStrv) sides = g_strsplit (target, "?", 2);
  g_auto (GStrv) pairs = g_strsplit (n > 1 && sides[0] != NULL && sides[1] != NULL ? sides[1] : "", "&", -1);
  g_autoptr (GBytes) body = stop != NULL ? g_bytes_new (stop + 1, length - head_length - 1) : NULL;
  DureRequest *request = dure_request_new (n > 0 ? words[0] : "", sides[0] != NULL ? sides[0] : "", body);

  if (n > 2 && strcmp (words[2], "-") != 0)
    request->token = g_strdup (words[2]);
  if (n > 3)
    request->type = g_strdup (words[3]);
  request->remote = g_strdup ("192.0.2.1");
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      if (pair[0] != NULL && pair[1] != NULL)
        dure_request_set (request, pair[0], pair[1]);
    }
  return request;
}

static DureResponse *
ask (DureRequest *request)
{
  DureResponse *response = dure_server_handle (server, request);

  touched = touched || response->status == 200 || response->status == 401;
  if (response->status >= 500)
    g_error ("a fault of the server: %s", response->body->str);
  if (response->status != 200)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();

      if (strcmp (response->type, "application/problem+json") != 0
          || !json_parser_load_from_data (parser, response->body->str, (gssize)response->body->len, NULL))
        g_error ("%u without a problem: %s", response->status, response->body->str);
    }
  return response;
}

static gint64
last_seq (const char *tenant)
{
  gint64 seq, epoch;

  g_assert_true (DURE_STORAGE_GET_CLASS (storage)->last_seq (storage, tenant, &seq, &epoch, NULL));
  return seq;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsize  length;
  gint64 seq = 0, other;
  char  *part;

  if (storage == NULL)
    storage = fuzz_storage_new ();
  /* What slows down wrong passwords is in memory. */
  server = dure_server_new (storage);
  for (guint n = 0; n < 12 && (part = fuzz_next_part (&data, &size, &length)) != NULL; n++)
    {
      g_autoptr (DureRequest) request = make_request (part, length);
      g_autoptr (DureResponse) response = ask (request);
      g_autofree char *answer = dure_response_read (response, NULL);

      g_free (part);
      other = seq;
      seq = last_seq (FUZZ_TENANT);
      if (seq < other)
        g_error ("the last number falls from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, other, seq);
    }
  if (seq > 0)
    fuzz_storage_check (storage, server);
  g_clear_object (&server);
  if (touched)
    g_clear_object (&storage);
  touched = FALSE;
  return 0;
}
