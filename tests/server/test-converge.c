/* test-converge.c: random histories of many devices and a server; in the end all copies are one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server is the real one, asked without a socket; devices are the merge rule with an outbox, as thin as can be.
 * Messages get lost on the way there and on the way back, come twice, and are cut in the middle. DURE_SEED=N replays
 * one history, DURE_HISTORIES=N runs so many.
 */
#include "config.h"

#include <string.h>

#include "base/dure-stamp.h"
#include "base/dure-uuid.h"
#include "schema/dure-schema.h"
#include "server-fixture.h"
#include "server/dure-password.h"
#include "sync/dure-merge.h"
#include "sync/dure-wire.h"

#define RECORDS 4

typedef struct
{
  char        device[DURE_DEVICE_LENGTH + 1];
  char       *token;
  DureClock  *clock;
  GHashTable *states; /* "entity id" -> DureState */
  GPtrArray  *unsent; /* of DureChange */
  gint64      cursor;
} Model;

typedef struct
{
  GRand      *random;
  DureServer *server;
  const char *tenant;
  char        ids[RECORDS][DURE_UUID_LENGTH + 1];
  GHashTable *written; /* stamps of all that anybody wrote */
  gboolean    calm;    /* nothing goes wrong any more */
} World;

static gboolean
chance (World *world, int percent)
{
  return g_rand_int_range (world->random, 0, 100) < percent;
}

static DureResponse *
ask (World *world, Model *model, const char *method, const char *path, const char *query, GString *body)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body->str, body->len) : NULL;
  g_autoptr (DureRequest) request = dure_request_new (method, path, bytes);

  request->token = g_strdup (model->token);
  request->type = g_strdup (DURE_WIRE_TYPE);
  if (query != NULL)
    dure_request_set (request, "after", query);
  return dure_server_handle (world->server, request);
}

static DureState *
state_of (Model *model, const char *entity, const char *id)
{
  g_autofree char *key = g_strconcat (entity, " ", id, NULL);
  DureState       *state = g_hash_table_lookup (model->states, key);

  if (state == NULL)
    {
      state = dure_state_new ();
      g_hash_table_insert (model->states, g_steal_pointer (&key), state);
    }
  return state;
}

static void
edit (World *world, Model *model)
{
  static const char *const keys[] = { "name", "head", "note", "phone", DURE_CHANGE_DELETED };
  char                     stamp[DURE_STAMP_LENGTH + 1];
  const char              *id = world->ids[g_rand_int_range (world->random, 0, RECORDS)];
  const char              *key = keys[g_rand_int_range (world->random, 0, chance (world, 20) ? 5 : 4)];
  DureState               *state = state_of (model, "agency", id);
  DureChange              *holder, *change;
  DureChangeField         *standing = dure_state_find (state, key, &holder);
  g_autofree char         *value = NULL;

  if (strcmp (key, DURE_CHANGE_DELETED) == 0)
    value = standing != NULL && standing->value != NULL ? NULL : g_strdup ("1");
  else if (strcmp (key, "note") == 0)
    {
      g_auto (GStrv) lines
          = g_strsplit (standing != NULL && standing->value != NULL ? standing->value : "a\nb\nc\nd", "\n", -1);
      guint at = (guint)g_rand_int_range (world->random, 0, (gint32)g_strv_length (lines));

      g_free (lines[at]);
      lines[at] = g_strdup_printf ("%d", g_rand_int_range (world->random, 0, 1000));
      value = g_strjoinv ("\n", lines);
    }
  else if (!chance (world, 10))
    value = g_strdup_printf ("%d", g_rand_int_range (world->random, 0, 50));
  dure_clock_next (model->clock, stamp);
  change = dure_change_new (stamp, "agency", id, "kim");
  dure_change_add (change, key, value, standing != NULL ? holder->stamp : NULL);
  dure_state_apply (state, change);
  g_ptr_array_add (model->unsent, change);
  g_hash_table_add (world->written, g_strdup (stamp));
}

static gboolean
send (World *world, Model *model)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *after = g_strdup_printf ("%" G_GINT64_FORMAT, model->cursor);
  guint            n = model->unsent->len;
  g_autofree char *expected = g_strdup_printf ("{\"accepted\":%u,\"refused\":[]", n);

  if (n == 0)
    return TRUE;
  for (guint i = 0; i < n; i++)
    dure_wire_append (body, g_ptr_array_index (model->unsent, i), 0, 0);
  if (!world->calm && chance (world, 10))
    return FALSE;
  if (!world->calm && chance (world, 10))
    g_string_truncate (body, body->len / 2);
  for (guint times = !world->calm && chance (world, 10) ? 2 : 1; times > 0; times--)
    {
      g_autoptr (DureResponse) response = ask (world, model, "POST", "/v1/changes", after, body);

      g_assert_cmpuint (response->status, ==, body->len == 0 || body->str[body->len - 1] == '\n' ? 200 : 400);
      /* A cut between two lines leaves no half line behind, but fewer. */
      if (strstr (response->body->str, expected) == NULL)
        return FALSE;
    }
  if (!world->calm && chance (world, 10))
    return FALSE;
  g_ptr_array_remove_range (model->unsent, 0, n);
  return TRUE;
}

static void
take (World *world, Model *model)
{
  g_autofree char *after = g_strdup_printf ("%" G_GINT64_FORMAT, model->cursor);
  g_autoptr (DureResponse) response = ask (world, model, "GET", "/v1/changes", after, NULL);
  g_auto (GStrv) lines = NULL;

  g_assert_cmpuint (response->status, ==, 200);
  if (!world->calm && chance (world, 20))
    g_string_truncate (response->body, response->body->len / 2);
  lines = g_strsplit (response->body->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (DureWireLine) line = { 0 };

      if (!dure_wire_parse (lines[i], strlen (lines[i]), &line, NULL) || line.change == NULL)
        continue;
      dure_state_apply (state_of (model, line.change->entity, line.change->id), line.change);
      dure_clock_observe (model->clock, line.change->stamp);
      g_assert_cmpint (line.seq, ==, model->cursor + 1);
      model->cursor = line.seq;
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
dump (Model *model)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer       key, value;

  g_hash_table_iter_init (&iter, model->states);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      DureState *state = value;

      for (guint i = 0; i < state->changes->len; i++)
        {
          DureChange *change = g_ptr_array_index (state->changes, i);

          for (guint f = 0; f < change->fields->len; f++)
            {
              DureChangeField *field = g_ptr_array_index (change->fields, f);

              g_ptr_array_add (lines,
                               g_strdup_printf ("%s %s=%s @%s", (char *)key, field->key, field->value, change->stamp));
            }
        }
    }
  g_ptr_array_sort (lines, compare);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

static Model *
model_new (World *world)
{
  Model *model = g_new0 (Model, 1);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DureRequest) request = NULL;
  g_autoptr (DureResponse) response = NULL;

  for (guint i = 0; i < DURE_DEVICE_LENGTH; i++)
    model->device[i] = "0123456789abcdef"[g_rand_int_range (world->random, 0, 16)];
  g_string_printf (
      body, "{\"tenant\":\"%s\",\"user\":\"kim\",\"password\":\"" PASSWORD "\",\"device\":\"%s\",\"name\":\"PC\"}",
      world->tenant, model->device);
  bytes = g_bytes_new (body->str, body->len);
  request = dure_request_new ("POST", "/v1/enrol", bytes);
  request->type = g_strdup ("application/json");
  response = dure_server_handle (world->server, request);
  g_assert_cmpuint (response->status, ==, 200);
  model->token = g_strndup (strstr (response->body->str, "\"token\":\"") + 9, 64);
  model->clock = dure_clock_new (model->device);
  /* Hours behind, or as far ahead as is let through. */
  dure_clock_set_offset (model->clock, g_rand_int_range (world->random, -4 * 3600 * 1000, 4 * 60 * 1000));
  model->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)dure_state_free);
  model->unsent = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  return model;
}

static void
model_free (Model *model)
{
  g_free (model->token);
  dure_clock_free (model->clock);
  g_hash_table_unref (model->states);
  g_ptr_array_unref (model->unsent);
  g_free (model);
}

/* What the server's snapshot gives to a device that comes last. */
static char *
dump_snapshot (World *world, Model *like)
{
  Model *fresh = model_new (world);
  g_autoptr (DureResponse) response = ask (world, fresh, "GET", "/v1/snapshot", NULL, NULL);
  g_autofree char *all = dure_response_read (response, NULL);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  char *text;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (DureWireLine) line = { 0 };

      if (dure_wire_parse (lines[i], strlen (lines[i]), &line, NULL) && line.change != NULL)
        dure_state_apply (state_of (fresh, line.change->entity, line.change->id), line.change);
    }
  text = dump (fresh);
  model_free (fresh);
  return text;
}

static void
check_written (World *world, Model *model)
{
  g_autoptr (DureResponse) response = NULL;
  GHashTableIter iter;
  gpointer       stamp;

  model->cursor = 0;
  response = ask (world, model, "GET", "/v1/changes", "0", NULL);
  g_hash_table_iter_init (&iter, world->written);
  while (g_hash_table_iter_next (&iter, &stamp, NULL))
    g_assert_nonnull (strstr (response->body->str, stamp));
}

/* Nothing that lost is gone without a conflict: every open conflict names two values that were written. */
static guint
count_conflicts (Model *model)
{
  GHashTableIter iter;
  gpointer       key, value;
  guint          n = 0;

  g_hash_table_iter_init (&iter, model->states);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_str_has_prefix (key, "conflict ") && dure_state_find (value, DURE_CHANGE_DELETED, NULL) == NULL)
      {
        DureChangeField *won = dure_state_find (value, "won_stamp", NULL);
        DureChangeField *lost = dure_state_find (value, "lost_stamp", NULL);

        g_assert_nonnull (won);
        g_assert_nonnull (lost);
        g_assert_cmpstr (won->value, !=, lost->value);
        n++;
      }
  return n;
}

static guint
run_history (DureServer *server, guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree char *tenant = g_strdup_printf ("t%u", seed);
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func ((GDestroyNotify)model_free);
  g_autofree char *first = NULL;
  g_autofree char *snapshot = NULL;
  World            world = { .random = random, .server = server, .tenant = tenant, .written = written };
  guint n_devices = (guint)g_rand_int_range (random, 2, 6), n_steps = (guint)g_rand_int_range (random, 5, 60);

  g_assert_true (dure_server_add_tenant (server, tenant, NULL));
  g_assert_true (dure_server_add_account (server, tenant, "kim", PASSWORD, DURE_ROLE_EDITOR, NULL));
  for (guint i = 0; i < RECORDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u/%u", seed, i);

      dure_uuid_v5 ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", name, -1, world.ids[i]);
    }
  for (guint i = 0; i < n_devices; i++)
    g_ptr_array_add (models, model_new (&world));
  for (guint i = 0; i < n_steps; i++)
    {
      Model *model = g_ptr_array_index (models, (guint)g_rand_int_range (random, 0, (gint32)n_devices));

      if (chance (&world, 60))
        edit (&world, model);
      else if (send (&world, model))
        take (&world, model);
    }
  world.calm = TRUE;
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < n_devices; i++)
      {
        Model *model = g_ptr_array_index (models, i);

        g_assert_true (send (&world, model));
        take (&world, model);
      }
  first = dump (g_ptr_array_index (models, 0));
  for (guint i = 1; i < n_devices; i++)
    {
      g_autofree char *other = dump (g_ptr_array_index (models, i));

      g_assert_cmpstr (first, ==, other);
    }
  snapshot = dump_snapshot (&world, g_ptr_array_index (models, 0));
  g_assert_cmpstr (first, ==, snapshot);
  check_written (&world, g_ptr_array_index (models, 0));
  return count_conflicts (g_ptr_array_index (models, 0));
}

static void
test_histories (void)
{
  const char      *seed = g_getenv ("DURE_SEED");
  const char      *histories = g_getenv ("DURE_HISTORIES");
  guint            n = histories != NULL ? (guint)atoi (histories) : test_uses_postgres () ? 120 : 300, n_conflicts = 0;
  g_autofree char *directory = g_strdup ("/dev/shm/dure-converge-XXXXXX");
  g_autofree char *where = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (DureServer) server = NULL;

  dure_password_set_cheap (TRUE);
  if (g_mkdtemp (directory) == NULL)
    {
      g_free (directory);
      directory = g_dir_make_tmp ("dure-XXXXXX", NULL);
    }
  where = test_storage_new (directory);
  for (guint i = seed != NULL ? (guint)atoi (seed) : 0; i < (seed != NULL ? (guint)atoi (seed) + 1 : n); i++)
    {
      /* Now and then the server begins anew. */
      if (i % 50 == 0 || storage == NULL)
        {
          g_clear_object (&server);
          g_clear_object (&storage);
          storage = dure_storage_open (where, &error);
          g_assert_no_error (error);
          server = dure_server_new (storage);
        }
      g_test_message ("seed %u", i);
      n_conflicts += run_history (server, i);
    }
  g_test_message ("%u conflicts", n_conflicts);
  if (seed == NULL)
    g_assert_cmpuint (n_conflicts, >, 0);
  g_clear_object (&server);
  g_clear_object (&storage);
  remove_directory (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/converge/histories", test_histories);
  return g_test_run ();
}
