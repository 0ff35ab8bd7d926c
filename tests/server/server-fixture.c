/* server-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "server-fixture.h"

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <string.h>

#include "server/dure-password.h"
#include "server/dure-postgres.h"

static char *
make_directory (void)
{
  /* Memory rather than disk, where there is some: the tests commit thousands of times. */
  char *shm = g_strdup ("/dev/shm/dure-test-XXXXXX");

  if (g_mkdtemp (shm) != NULL)
    return shm;
  g_free (shm);
  return g_dir_make_tmp ("dure-test-XXXXXX", NULL);
}

void
remove_directory (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (directory, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        remove_directory (file);
      else
        g_unlink (file);
    }
  g_rmdir (directory);
}

gboolean
test_uses_postgres (void)
{
  return g_getenv ("DURE_TEST_POSTGRES") != NULL;
}

char *
test_storage_new (const char *directory)
{
  static guint n;
  const char  *uri = g_getenv ("DURE_TEST_POSTGRES");
  g_auto (GStrv) parts = NULL;
  g_autofree char *address = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (PGresult) result = NULL;
  PGconn *connection;

  if (uri == NULL)
    return g_strconcat ("sqlite:", directory, NULL);
  parts = g_strsplit (uri, "/?", 2);
  address = g_strdup_printf ("%s/postgres?%s", parts[0] + strlen ("postgres:"), parts[1]);
  connection = PQconnectdb (address);
  g_assert_cmpint (PQstatus (connection), ==, CONNECTION_OK);
  sql = g_strdup_printf ("CREATE DATABASE t%u", ++n);
  result = PQexec (connection, sql);
  g_assert_cmpstr (PQresultErrorMessage (result), ==, "");
  PQfinish (connection);
  return g_strdup_printf ("%s/t%u?%s", parts[0], n, parts[1]);
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
employ (TestServer *self, DureListener *listener)
{
  g_autoptr (GPtrArray) servers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->hands; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DureStorage) storage = dure_storage_open (self->storage, &error);

      g_assert_no_error (error);
      g_ptr_array_add (servers, dure_server_new (storage));
      dure_server_set_offset (g_ptr_array_index (servers, i), self->offset_ms);
    }
  if (self->hands > 0)
    dure_listener_employ (listener, servers);
}

static gpointer
serve (gpointer data)
{
  TestServer *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (DureListener) listener = NULL;

  g_main_context_push_thread_default (self->context);
  storage = dure_storage_open (self->storage, &error);
  g_assert_no_error (error);
  self->server = dure_server_new (storage);
  dure_server_set_offset (self->server, self->offset_ms);
  self->listener = listener = dure_listener_new (self->server);
  employ (self, listener);
  dure_acceptor_listen (dure_listener_get_acceptor (listener), "localhost", 0, &error);
  g_assert_no_error (error);
  g_mutex_lock (&self->lock);
  self->uri = dure_acceptor_get_uri (dure_listener_get_acceptor (listener));
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_main_loop_run (self->loop);
  dure_listener_stop (listener);
  for (guint i = 0; i < 50 && g_main_context_iteration (self->context, FALSE); i++)
    ;
  g_clear_object (&listener);
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

void
test_server_start (TestServer *self, gint64 offset_ms)
{
  self->offset_ms = offset_ms;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("server", serve, self);
  g_mutex_lock (&self->lock);
  while (self->uri == NULL)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
}

void
test_server_stop (TestServer *self)
{
  if (self->thread == NULL)
    return;
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (g_steal_pointer (&self->thread));
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->uri, g_free);
}

typedef struct
{
  TestServer *server;
  GFunc       func;
  gpointer    data;
  gboolean    done;
} Call;

static gboolean
call_cb (gpointer data)
{
  Call *call = data;

  call->func (call->server, call->data);
  g_mutex_lock (&call->server->lock);
  call->done = TRUE;
  g_cond_signal (&call->server->ready);
  g_mutex_unlock (&call->server->lock);
  return G_SOURCE_REMOVE;
}

void
test_server_call (TestServer *self, GFunc func, gpointer data)
{
  Call call = { self, func, data, FALSE };

  g_main_context_invoke (self->context, call_cb, &call);
  g_mutex_lock (&self->lock);
  while (!call.done)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
}

TestServer *
test_server_new (void)
{
  return test_server_new_with_hands (0);
}

TestServer *
test_server_new_with_hands (guint hands)
{
  static const struct
  {
    const char *user;
    DureRole    role;
  } users[] = { { "kim", DURE_ROLE_EDITOR }, { "lee", DURE_ROLE_EDITOR }, { "park", DURE_ROLE_VIEWER } };
  TestServer *self = g_new0 (TestServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (DureServer) server = NULL;

  dure_password_set_cheap (TRUE);
  self->hands = hands;
  self->directory = make_directory ();
  self->storage = test_storage_new (self->directory);
  storage = dure_storage_open (self->storage, &error);
  g_assert_no_error (error);
  server = dure_server_new (storage);
  dure_server_add_tenant (server, TENANT, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      dure_server_add_account (server, TENANT, users[i].user, PASSWORD, users[i].role, &error);
      g_assert_no_error (error);
    }
  g_clear_object (&server);
  g_clear_object (&storage);
  test_server_start (self, 0);
  return self;
}

void
test_server_free (TestServer *self)
{
  test_server_stop (self);
  remove_directory (self->directory);
  g_free (self->directory);
  g_free (self->storage);
  g_free (self);
}

typedef struct
{
  GSocket *from;
  GSocket *to;
  int      most;
} Pump;

static void
shut (GSocket *socket)
{
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static gpointer
pump (gpointer data)
{
  Pump *p = data;
  char  buffer[4096];

  while (p->most != 0)
    {
      gsize  want = p->most > 0 ? MIN ((gsize)p->most, sizeof buffer) : sizeof buffer;
      gssize n = g_socket_receive (p->from, buffer, want, NULL, NULL);

      if (n <= 0)
        break;
      for (gssize sent = 0, m; sent < n; sent += m)
        {
          m = g_socket_send (p->to, buffer + sent, (gsize)(n - sent), NULL, NULL);
          if (m <= 0)
            goto out;
        }
      if (p->most > 0)
        p->most -= (int)n;
    }
out:
  shut (p->from);
  shut (p->to);
  g_object_unref (p->from);
  g_object_unref (p->to);
  g_free (p);
  return NULL;
}

static gboolean
incoming_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  TestWire *self = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) other = g_socket_client_connect_to_host (client, "127.0.0.1", self->to, NULL, NULL);
  Pump    *up, *down;
  GThread *thread;

  if (other == NULL)
    return TRUE;
  up = g_new (Pump, 1);
  down = g_new (Pump, 1);
  *up = (Pump){ g_object_ref (g_socket_connection_get_socket (connection)),
                g_object_ref (g_socket_connection_get_socket (other)), g_atomic_int_get (&self->most_up) };
  *down = (Pump){ g_object_ref (up->to), g_object_ref (up->from), g_atomic_int_get (&self->most_down) };
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->open, g_object_ref (up->from));
  g_ptr_array_add (self->open, g_object_ref (up->to));
  g_mutex_unlock (&self->lock);
  thread = g_thread_new ("up", pump, up);
  pump (down);
  g_thread_join (thread);
  return TRUE;
}

static gpointer
run_wire (gpointer data)
{
  TestWire *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

TestWire *
test_wire_new (const char *uri)
{
  TestWire *self = g_new0 (TestWire, 1);

  self->to = (guint16)atoi (strrchr (uri, ':') + 1);
  self->most_up = self->most_down = -1;
  g_mutex_init (&self->lock);
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (50);
  self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, NULL);
  g_signal_connect (self->service, "run", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("wire", run_wire, self);
  return self;
}

void
test_wire_cut (TestWire *self)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->open->len; i++)
    shut (self->open->pdata[i]);
  g_ptr_array_set_size (self->open, 0);
  g_mutex_unlock (&self->lock);
}

char *
test_wire_uri (TestWire *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

void
test_wire_free (TestWire *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->open);
  g_mutex_clear (&self->lock);
  g_free (self);
}

Device *
device_new (void)
{
  Device *self = g_new0 (Device, 1);
  g_autoptr (GError) error = NULL;

  self->directory = make_directory ();
  self->path = g_build_filename (self->directory, "a.db", NULL);
  self->store = dure_store_open (self->path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
  return self;
}

void
device_free (Device *self)
{
  g_clear_object (&self->store);
  remove_directory (self->directory);
  g_free (self->directory);
  g_free (self->path);
  g_free (self);
}

void
device_enrol (Device *self, const char *uri, const char *user)
{
  const DureEnrol enrol = { uri, TENANT, user, PASSWORD, "업무 PC" };
  g_autoptr (GError) error = NULL;

  dure_sync_enrol (self->store, &enrol, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dure_sync_is_enrolled (self->store));
}

gboolean
device_try (Device *self, DureSyncResult *result, GError **error)
{
  return dure_sync_round (self->store, result, NULL, NULL, NULL, error);
}

void
device_round (Device *self)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  device_try (self, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.refused, ==, 0);
  g_assert_cmpint (dure_store_count_unsent (self->store), ==, 0);
}

char *
device_token (Device *self)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  device_try (self, &result, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&result.token);
}

guint
device_conflicts (Device *self, GPtrArray **list)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CONFLICT);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  guint n;

  dure_query_where (query, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  found = dure_store_list (self->store, query, &error);
  g_assert_no_error (error);
  n = found->len;
  if (list != NULL)
    *list = g_steal_pointer (&found);
  return n;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* All that stands, deleted records too, in an order of its own: two copies are equal when these are. */
char *
device_dump (Device *self)
{
  GString *out = g_string_new (NULL);

  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    for (gboolean deleted = FALSE; deleted <= TRUE; deleted++)
      {
        g_autoptr (DureQuery) query = dure_query_new (e);
        g_autoptr (GPtrArray) list = NULL;
        g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

        dure_query_deleted (query, deleted);
        list = dure_store_list (self->store, query, NULL);
        for (guint i = 0; i < list->len; i++)
          {
            DureRecord *record = g_ptr_array_index (list, i);
            GString    *line = g_string_new (NULL);

            g_string_append_printf (line, "%s %s %d", dure_entity (e)->key, dure_record_get_id (record), deleted);
            for (guint f = 0; f < dure_entity (e)->n_fields; f++)
              if (dure_record_get (record, f) != NULL)
                g_string_append_printf (line, " %s=%s", dure_entity (e)->fields[f].key, dure_record_get (record, f));
            if (dure_record_get_extra (record) != NULL)
              g_string_append (line, dure_record_get_extra (record));
            g_ptr_array_add (lines, g_string_free (line, FALSE));
          }
        g_ptr_array_sort (lines, compare_lines);
        for (guint i = 0; i < lines->len; i++)
          g_string_append_printf (out, "%s\n", (char *)g_ptr_array_index (lines, i));
      }
  return g_string_free (out, FALSE);
}

char *
device_add_agency (Device *self, const char *name)
{
  g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
  g_autoptr (GError) error = NULL;

  dure_record_set (agency, DURE_AGENCY_NAME, name);
  dure_record_set (agency, DURE_AGENCY_KIND, "welfare-centre");
  dure_record_set (agency, DURE_AGENCY_SECTOR, "private");
  dure_store_write (self->store, agency, &error);
  g_assert_no_error (error);
  return g_strdup (dure_record_get_id (agency));
}

void
device_set (Device *self, DureEntityId entity, const char *id, guint field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureRecord) record = dure_store_get (self->store, entity, id, &error);

  g_assert_no_error (error);
  dure_record_set (record, field, value);
  dure_store_write (self->store, record, &error);
  g_assert_no_error (error);
}

void
device_assert (Device *self, DureEntityId entity, const char *id, guint field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureRecord) record = dure_store_get (self->store, entity, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dure_record_get (record, field), ==, value);
}

/* Bytes that look like nothing. */
GBytes *
test_noise (gsize length, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guchar *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guchar)g_rand_int (random);
  return g_bytes_new_take (bytes, length);
}
