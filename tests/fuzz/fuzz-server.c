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
#include "schema/dure-schema.h"
#include "server/dure-server.h"
#include "sync/dure-wire.h"

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

/* The lines of an answer, as a device reads them: "entity id field" -> "stamp value", the largest stamp of each. */
static GHashTable *
read_lines (const char *token, const char *path, gboolean numbered)
{
  g_autoptr (DureRequest) request = dure_request_new ("GET", path, NULL);
  g_autoptr (DureResponse) response = NULL;
  g_autofree char *text = NULL;
  GHashTable      *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gsize            length;
  gint64           seq = 0;
  gboolean         ended = FALSE;

  request->token = g_strdup (token);
  dure_request_set (request, "after", "0");
  response = ask (request);
  g_assert_cmpuint (response->status, ==, 200);
  text = dure_response_read (response, &length);
  for (char *at = text, *stop; at < text + length; at = stop + 1)
    {
      g_auto (DureWireLine) line = { 0 };
      g_autoptr (GError) error = NULL;

      stop = memchr (at, '\n', (gsize)(text + length - at));
      if (stop == NULL || ended || !dure_wire_parse (at, (gsize)(stop - at), &line, &error))
        g_error ("%s%s: %s", path, at, error != NULL ? error->message : "a line too many or without its end");
      ended = line.kind == DURE_WIRE_END;
      if (line.kind != DURE_WIRE_CHANGE)
        continue;
      if (numbered && line.change->seq != ++seq)
        g_error ("number %" G_GINT64_FORMAT " in place of %" G_GINT64_FORMAT, line.change->seq, seq);
      for (guint i = 0; i < line.change->fields->len; i++)
        {
          const DureChangeField *field = g_ptr_array_index (line.change->fields, i);
          g_autofree char *key = g_strdup_printf ("%s %s %s", line.change->entity, line.change->id, field->key);
          g_autofree char *value
              = g_strdup_printf ("%s %s", line.change->stamp, field->value != NULL ? field->value : "\n");
          const char *stands = g_hash_table_lookup (fields, key);

          if (stands == NULL || strcmp (stands, value) < 0)
            g_hash_table_replace (fields, g_steal_pointer (&key), g_steal_pointer (&value));
        }
    }
  g_assert_true (ended);
  return fields;
}

static void
check_same (GHashTable *changes, GHashTable *snapshot)
{
  GHashTableIter iter;
  gpointer       key, value;

  if (g_hash_table_size (changes) != g_hash_table_size (snapshot))
    g_error ("%u fields in the changes, %u in the snapshot", g_hash_table_size (changes),
             g_hash_table_size (snapshot));
  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_strcmp0 (value, g_hash_table_lookup (snapshot, key)) != 0)
      g_error ("%s: the changes give %s, the snapshot %s", (char *)key, (char *)value,
               (char *)g_hash_table_lookup (snapshot, key));
}

static void
check_viewer (GHashTable *fields)
{
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_auto (GStrv) words = g_strsplit (key, " ", 3);
      const DureEntity *entity = dure_entity_by_key (words[0]);
      int               number;

      if (strcmp (words[2], DURE_CHANGE_DELETED) == 0)
        continue;
      number = entity != NULL ? dure_entity_find_field (entity, words[2]) : -1;
      if (number < 0 || (dure_entity_field (entity, (guint)number)->flags & DURE_FIELD_SENSITIVE) != 0)
        g_error ("a viewer sees %s", (char *)key);
    }
}

static void
check_all (void)
{
  g_autoptr (GHashTable) changes = read_lines ("kim", "/v1/changes", TRUE);
  g_autoptr (GHashTable) snapshot = read_lines ("kim", "/v1/snapshot", FALSE);
  g_autoptr (GHashTable) seen = read_lines ("park", "/v1/changes", FALSE);
  g_autoptr (GHashTable) seen_snapshot = read_lines ("park", "/v1/snapshot", FALSE);
  gint64 n_lines;

  check_same (changes, snapshot);
  check_same (seen, seen_snapshot);
  check_viewer (seen);
  if (!DURE_STORAGE_GET_CLASS (storage)->verify_log (storage, &n_lines, NULL))
    g_error ("the access log is not whole");
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
    check_all ();
  g_clear_object (&server);
  if (touched)
    g_clear_object (&storage);
  touched = FALSE;
  return 0;
}
