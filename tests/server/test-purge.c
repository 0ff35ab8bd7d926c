/* test-purge.c: what one computer purges is gone on all of them, and on the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "config.h"

#include <string.h>

#include "server-fixture.h"
#include "server/dure-storage.h"

#define NAME "김파기대상"
#define NOTE "아무도 다시 보아서는 안 되는 적바림"

typedef struct
{
  TestServer *server;
  Device     *a;
  Device     *b;
  char       *id; /* of a person that both know */
} Pair;

static char *
add_person (Device *device, const char *name)
{
  g_autoptr (DureRecord) person = dure_record_new (DURE_ENTITY_PERSON);
  g_autoptr (GError) error = NULL;

  dure_record_set (person, DURE_PERSON_NAME, name);
  dure_record_set (person, DURE_PERSON_MOBILE, "01098765432");
  dure_store_write (device->store, person, &error);
  g_assert_no_error (error);
  return g_strdup (dure_record_get_id (person));
}

static void
set_up (Pair *pair, gconstpointer data)
{
  pair->server = test_server_new ();
  pair->a = device_new ();
  pair->b = device_new ();
  device_enrol (pair->a, pair->server->uri, "kim");
  device_enrol (pair->b, pair->server->uri, "lee");
  pair->id = add_person (pair->a, NAME);
  device_round (pair->a);
  device_round (pair->b);
}

static void
tear_down (Pair *pair, gconstpointer data)
{
  device_free (pair->a);
  device_free (pair->b);
  test_server_free (pair->server);
  g_free (pair->id);
}

static void
purge (Device *device, const char *id)
{
  const char *const ids[] = { id, NULL };
  g_autoptr (GError) error = NULL;

  dure_store_purge (device->store, DURE_ENTITY_PERSON, ids, "request", &error);
  g_assert_no_error (error);
}

static gboolean
clean_cb (gpointer server)
{
  dure_server_clean (server);
  return G_SOURCE_REMOVE;
}

static void
stored_cb (gint64 number, const char *lines, gsize length, gpointer data)
{
  g_string_append_len (data, lines, (gssize)length);
}

static gboolean
directory_holds (const char *directory, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  gboolean    found = FALSE;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *bytes = NULL;
      gsize            length;

      if (g_file_get_contents (path, &bytes, &length, NULL) && memmem (bytes, length, text, strlen (text)) != NULL)
        {
          g_test_message ("%s is in %s", text, name);
          found = TRUE;
        }
    }
  return found;
}

/* Ends the server: what it has of @text, in lines and in the bytes of its files. */
static gboolean
server_holds (Pair *pair, const char *text)
{
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (pair->server->thread != NULL)
    g_main_context_invoke (pair->server->context, clean_cb, pair->server->server);
  test_server_stop (pair->server);
  storage = dure_storage_open (pair->server->storage, &error);
  g_assert_no_error (error);
  DURE_STORAGE_GET_CLASS (storage)->read_changes (storage, TENANT, 0, 100000, stored_cb, all, &error);
  g_assert_no_error (error);
  DURE_STORAGE_GET_CLASS (storage)->read_records (storage, TENANT, 0, 100000, stored_cb, all, &error);
  g_assert_no_error (error);
  return strstr (all->str, text) != NULL || directory_holds (pair->server->directory, text);
}

static void
assert_gone (Device *device, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureRecord) record = dure_store_get (device->store, DURE_ENTITY_PERSON, id, &error);

  g_assert_no_error (error);
  g_assert_true (dure_store_is_purged (record));
  g_assert_false (directory_holds (device->directory, NAME));
  g_assert_false (directory_holds (device->directory, NOTE));
}

static void
assert_alike (Pair *pair)
{
  g_autofree char *a = device_dump (pair->a);
  g_autofree char *b = device_dump (pair->b);

  g_assert_cmpstr (a, ==, b);
}

static void
test_reaches (Pair *pair, gconstpointer data)
{
  g_autoptr (GPtrArray) purges = NULL;
  const DurePurge *fact;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *note = g_strdup_printf ("%s %u", NOTE, i);
      g_autofree char *other = g_strdup_printf ("이웃 기관 %u", i);
      g_autofree char *agency = device_add_agency (pair->a, other);

      device_set (pair->a, DURE_ENTITY_PERSON, pair->id, DURE_PERSON_NOTE, note);
    }
  device_round (pair->a);
  device_round (pair->b);
  device_assert (pair->b, DURE_ENTITY_PERSON, pair->id, DURE_PERSON_NAME, NAME);
  purge (pair->a, pair->id);
  device_round (pair->a);
  device_round (pair->b);
  assert_gone (pair->a, pair->id);
  assert_gone (pair->b, pair->id);
  assert_alike (pair);
  purges = dure_store_purges (pair->b->store, NULL);
  g_assert_cmpuint (purges->len, ==, 1);
  fact = g_ptr_array_index (purges, 0);
  g_assert_cmpstr (fact->by, ==, "kim");
  g_assert_cmpstr (fact->reason, ==, "request");
  g_assert_false (server_holds (pair, NAME));
  g_assert_false (server_holds (pair, NOTE));
  g_assert_false (server_holds (pair, "01098765432"));
  g_assert_true (server_holds (pair, "이웃 기관 7"));
}

/* Whoever did not know goes on writing, deletes, attaches: nothing of it stays, and nobody is asked. */
static void
test_offline (Pair *pair, gconstpointer data)
{
  g_autoptr (DureRecord) attachment = dure_record_new (DURE_ENTITY_ATTACHMENT);
  g_autoptr (DureRecord) left = NULL;
  g_autoptr (GError) error = NULL;

  purge (pair->a, pair->id);
  device_set (pair->b, DURE_ENTITY_PERSON, pair->id, DURE_PERSON_NOTE, NOTE);
  dure_record_set (attachment, DURE_ATTACHMENT_OWNER_ENTITY, "person");
  dure_record_set (attachment, DURE_ATTACHMENT_OWNER, pair->id);
  dure_record_set (attachment, DURE_ATTACHMENT_NAME, NAME " 동의서.pdf");
  dure_store_write (pair->b->store, attachment, &error);
  g_assert_no_error (error);
  device_round (pair->a);
  device_round (pair->b);
  device_round (pair->a);
  assert_gone (pair->a, pair->id);
  assert_gone (pair->b, pair->id);
  assert_alike (pair);
  left = dure_store_get (pair->b->store, DURE_ENTITY_ATTACHMENT, dure_record_get_id (attachment), NULL);
  g_assert_true (dure_store_is_purged (left));
  g_assert_cmpuint (device_conflicts (pair->a, NULL), ==, 0);
  g_assert_cmpuint (device_conflicts (pair->b, NULL), ==, 0);
  g_assert_false (server_holds (pair, NOTE));
  g_assert_false (server_holds (pair, NAME));
}

/* The edit was first on the server, and the purge was made without knowing of it. */
static void
test_edit_first (Pair *pair, gconstpointer data)
{
  device_set (pair->b, DURE_ENTITY_PERSON, pair->id, DURE_PERSON_NOTE, NOTE);
  device_round (pair->b);
  purge (pair->a, pair->id);
  device_round (pair->a);
  device_round (pair->b);
  assert_gone (pair->a, pair->id);
  assert_gone (pair->b, pair->id);
  assert_alike (pair);
  g_assert_cmpuint (device_conflicts (pair->b, NULL), ==, 0);
  g_assert_false (server_holds (pair, NOTE));
}

/* A conflict holds two values: it goes too. */
static void
test_conflict (Pair *pair, gconstpointer data)
{
  device_set (pair->a, DURE_ENTITY_PERSON, pair->id, DURE_PERSON_POSITION, "과장 후보");
  g_usleep (5000);
  device_set (pair->b, DURE_ENTITY_PERSON, pair->id, DURE_PERSON_POSITION, "국장 후보");
  device_round (pair->a);
  device_round (pair->b);
  g_assert_cmpuint (device_conflicts (pair->b, NULL), ==, 1);
  /* This one does not have the conflict yet. */
  purge (pair->a, pair->id);
  device_round (pair->a);
  device_round (pair->b);
  g_assert_cmpuint (device_conflicts (pair->a, NULL), ==, 0);
  g_assert_cmpuint (device_conflicts (pair->b, NULL), ==, 0);
  assert_alike (pair);
  g_assert_false (directory_holds (pair->b->directory, "과장 후보"));
  g_assert_false (server_holds (pair, "과장 후보"));
  g_assert_false (server_holds (pair, "국장 후보"));
}

/* Two purge the same record; and whoever sends again what was sent does no harm. */
static void
test_twice (Pair *pair, gconstpointer data)
{
  g_autoptr (GPtrArray) purges = NULL;

  device_set (pair->b, DURE_ENTITY_PERSON, pair->id, DURE_PERSON_NOTE, NOTE);
  device_round (pair->b);
  purge (pair->a, pair->id);
  g_usleep (5000);
  purge (pair->b, pair->id);
  device_round (pair->b);
  device_round (pair->a);
  device_round (pair->b);
  assert_alike (pair);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (dure_store_mark_sent (pair->a->store, 0, NULL));
      g_assert_true (dure_store_mark_sent (pair->b->store, 0, NULL));
      device_round (pair->a);
      device_round (pair->b);
      assert_alike (pair);
    }
  purges = dure_store_purges (pair->a->store, NULL);
  g_assert_cmpuint (purges->len, ==, 1);
  g_assert_cmpstr (((DurePurge *)g_ptr_array_index (purges, 0))->by, ==, "lee");
  g_assert_cmpuint (device_conflicts (pair->a, NULL), ==, 0);
  g_assert_false (server_holds (pair, NOTE));
}

static void
merge (Device *device, const char *goes, const char *stays)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_store_begin (device->store, "합치기", &error));
  g_assert_true (dure_store_merge_into (device->store, DURE_ENTITY_PERSON, goes, stays, &error));
  g_assert_no_error (error);
  g_assert_true (dure_store_commit (device->store, &error));
}

/* One purges a person of whom another finds two entries at the same time, or three: all of them go, whichever comes
 * first. */
static void
test_merged (Pair *pair, gconstpointer data)
{
  for (guint first = 0; first < 2; first++)
    {
      Device          *devices[] = { pair->a, pair->b };
      g_autofree char *stays = add_person (pair->b, NAME);
      g_autofree char *goes = add_person (pair->b, NAME " " NOTE);
      g_autofree char *goes_too = add_person (pair->b, NOTE);

      device_round (pair->b);
      device_round (pair->a);
      purge (pair->a, stays);
      merge (pair->b, goes_too, goes);
      merge (pair->b, goes, stays);
      device_round (devices[first]);
      device_round (devices[1 - first]);
      device_round (pair->a);
      device_round (pair->b);
      assert_alike (pair);
      purge (pair->a, pair->id);
      device_round (pair->a);
      device_round (pair->b);
      assert_gone (pair->a, goes);
      assert_gone (pair->b, goes);
      assert_gone (pair->a, goes_too);
      assert_gone (pair->b, goes_too);
    }
  g_assert_false (server_holds (pair, NOTE));
}

/* A new computer gets the mark and nothing else; so does one whose account may only read. */
static void
test_new_devices (Pair *pair, gconstpointer data)
{
  static const char *const users[] = { "lee", "park" };

  purge (pair->a, pair->id);
  device_round (pair->a);
  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      Device *device = device_new ();

      device_enrol (device, pair->server->uri, users[i]);
      device_round (device);
      assert_gone (device, pair->id);
      device_free (device);
    }
}

/* The purge of a record that the server never had. */
static void
test_never_sent (Pair *pair, gconstpointer data)
{
  g_autofree char *id = add_person (pair->a, "아무도 모르는 사람");

  purge (pair->a, id);
  device_round (pair->a);
  device_round (pair->b);
  {
    g_autoptr (DureRecord) left = dure_store_get (pair->b->store, DURE_ENTITY_PERSON, id, NULL);

    g_assert_true (dure_store_is_purged (left));
  }
  assert_alike (pair);
  g_assert_false (server_holds (pair, "아무도 모르는 사람"));
  g_assert_true (server_holds (pair, NAME));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(PATH, FUNCTION) g_test_add ("/server/purge/" PATH, Pair, NULL, set_up, FUNCTION, tear_down)
  ADD ("reaches", test_reaches);
  ADD ("offline", test_offline);
  ADD ("edit-first", test_edit_first);
  ADD ("conflict", test_conflict);
  ADD ("twice", test_twice);
  ADD ("merged", test_merged);
  ADD ("new-devices", test_new_devices);
  ADD ("never-sent", test_never_sent);
  return g_test_run ();
}
