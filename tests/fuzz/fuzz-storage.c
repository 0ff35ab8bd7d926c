/* fuzz-storage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz-storage.h"

#include <string.h>

#include "base/dure-date.h"
#include "base/dure-stamp.h"
#include "fuzz-fixture.h"
#include "schema/dure-schema.h"
#include "server/dure-password.h"
#include "sync/dure-wire.h"

/* The words are the tokens; the numbers of the devices are those of the stamps in the corpus. */
static const struct
{
  const char *token;
  const char *tenant;
  const char *device;
  DureRole    role;
} devices[] = {
  { "kim", FUZZ_TENANT, "00000000000000aa", DURE_ROLE_EDITOR },
  { "lee", FUZZ_TENANT, "00000000000000bb", DURE_ROLE_EDITOR },
  { "park", FUZZ_TENANT, "00000000000000cc", DURE_ROLE_VIEWER },
  { "choe", "yd", "00000000000000aa", DURE_ROLE_ADMIN },
};

gint64 __wrap_dure_now_ms (void);
void   __wrap_dure_device_new (char out[DURE_DEVICE_LENGTH + 1]);

/* The corpus is as good in ten years. */
gint64
__wrap_dure_now_ms (void)
{
  return G_GINT64_CONSTANT (1772409600000);
}

void
__wrap_dure_device_new (char out[DURE_DEVICE_LENGTH + 1])
{
  g_strlcpy (out, "00000000000000ff", DURE_DEVICE_LENGTH + 1);
}

static DureStorage *
open_storage (void)
{
  g_autofree char *where = g_strconcat ("sqlite:", fuzz_directory (), NULL);
  g_autoptr (GError) error = NULL;
  DureStorage *storage = dure_storage_open (where, &error);

  g_assert_no_error (error);
  return storage;
}

static void
set_up (void)
{
  g_autoptr (DureStorage) storage = open_storage ();
  g_autoptr (DureServer) server = dure_server_new (storage);

  dure_password_set_cheap (TRUE);
  g_assert_true (dure_server_add_tenant (server, FUZZ_TENANT, NULL));
  g_assert_true (dure_server_add_tenant (server, "yd", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      const DureEnrolment enrolment = {
        .tenant = (char *)devices[i].tenant,
        .user = (char *)devices[i].token,
        .device = (char *)devices[i].device,
        .name = (char *)"PC",
        .created = dure_now_ms (),
      };
      g_autofree char *hash = dure_token_hash (devices[i].token);

      g_assert_true (dure_server_add_account (server, devices[i].tenant, devices[i].token, "right password",
                                              devices[i].role, NULL));
      g_assert_true (DURE_STORAGE_GET_CLASS (storage)->add_enrolment (storage, hash, &enrolment, NULL));
    }
}

/** fuzz_storage_new: Returns: (transfer full): a storage of two tenants, the same each time; only one at once */
DureStorage *
fuzz_storage_new (void)
{
  static gboolean is_set_up;

  if (is_set_up)
    fuzz_directory_put_back ();
  else
    {
      set_up ();
      fuzz_directory_keep ();
      is_set_up = TRUE;
    }
  return open_storage ();
}

/* The lines of an answer, as a device reads them: "entity id field" -> "stamp value", the largest stamp of each. */
static GHashTable *
read_lines (DureServer *server, const char *token, const char *path, gboolean numbered)
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
  response = dure_server_handle (server, request);
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
      /* What is left of a change that came for a purged record says nothing of it. */
      if (dure_change_is_void (line.change))
        continue;
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

      if (strcmp (words[2], DURE_CHANGE_DELETED) == 0 || strcmp (words[2], DURE_CHANGE_PURGED) == 0)
        continue;
      number = entity != NULL ? dure_entity_find_field (entity, words[2]) : -1;
      if (number < 0 || (dure_entity_field (entity, (guint)number)->flags & DURE_FIELD_SENSITIVE) != 0)
        g_error ("a viewer sees %s", (char *)key);
    }
}

/* What stands (the snapshot) is what the changes give, a viewer sees nothing sensitive, the access log is whole. */
void
fuzz_storage_check (DureStorage *storage, DureServer *server)
{
  g_autoptr (GHashTable) changes = read_lines (server, "kim", "/v1/changes", TRUE);
  g_autoptr (GHashTable) snapshot = read_lines (server, "kim", "/v1/snapshot", FALSE);
  g_autoptr (GHashTable) seen = read_lines (server, "park", "/v1/changes", FALSE);
  g_autoptr (GHashTable) seen_snapshot = read_lines (server, "park", "/v1/snapshot", FALSE);
  gint64 n_lines;

  check_same (changes, snapshot);
  check_same (seen, seen_snapshot);
  check_viewer (seen);
  if (!DURE_STORAGE_GET_CLASS (storage)->verify_log (storage, &n_lines, NULL))
    g_error ("the access log is not whole");
}
