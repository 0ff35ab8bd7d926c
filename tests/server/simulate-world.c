/* simulate-world.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clock and the random numbers of the program are the world's (the linker puts __wrap_… in their place), so that a
 * seed gives the same history each time.
 */
#include "config.h"

#include "simulate-world.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-stamp.h"
#include "base/dure-uuid.h"
#include "server-fixture.h"
#include "server/dure-password.h"
#include "sync/dure-gzip.h"
#include "sync/dure-transport.h"

/* 2026-03-02T09:00 in Seoul */
#define START_MS G_GINT64_CONSTANT (1772409600000)
#define MOST_MACHINES 6

static gint64 true_ms = START_MS;
static gint64 here_ms; /* how far the clock is off where the program runs just now */
static GRand *names;

gint64 __wrap_dure_now_ms (void);
void   __wrap_dure_uuid_v7 (char out[DURE_UUID_LENGTH + 1]);
void   __wrap_dure_device_new (char out[DURE_DEVICE_LENGTH + 1]);

gint64
__wrap_dure_now_ms (void)
{
  return true_ms + here_ms;
}

static guint32
some_digits (void)
{
  if (names == NULL)
    names = g_rand_new_with_seed (0);
  return g_rand_int (names);
}

void
__wrap_dure_uuid_v7 (char out[DURE_UUID_LENGTH + 1])
{
  guint32 a = some_digits (), b = some_digits (), c = some_digits ();

  g_snprintf (out, DURE_UUID_LENGTH + 1, "%08x-%04x-7000-8000-%08x%04x", a, b & 0xffff, c, b >> 16);
}

/* Device numbers decide between stamps of one moment. */
void
__wrap_dure_device_new (char out[DURE_DEVICE_LENGTH + 1])
{
  guint32 a = some_digits (), b = some_digits ();

  g_snprintf (out, DURE_DEVICE_LENGTH + 1, "%08x%08x", a, b);
}

gboolean
world_chance (World *self, int percent)
{
  return g_rand_int_range (self->random, 0, 100) < percent;
}

guint
world_pick (World *self, guint n)
{
  return (guint)g_rand_int_range (self->random, 0, (gint32)n);
}

void
world_pass (World *self, gint64 milliseconds)
{
  true_ms += milliseconds;
}

/* From now on the program runs on @machine, or on the server. */
void
world_at (World *self, Machine *machine)
{
  here_ms = machine != NULL ? machine->error_ms : 0;
}

void
world_stop (World *self)
{
  g_clear_object (&self->server);
  g_clear_object (&self->storage);
}

void
world_restart (World *self)
{
  g_autoptr (GError) error = NULL;

  world_stop (self);
  self->storage = dure_storage_open (self->where, &error);
  g_assert_no_error (error);
  self->server = dure_server_new (self->storage);
}

static DureRequest *
copy_request (DureRequest *request)
{
  DureRequest   *copy = dure_request_new (request->method, request->path, request->body);
  GHashTableIter iter;
  gpointer       key, value;

  copy->token = g_strdup (request->token);
  copy->type = g_strdup (request->type);
  copy->range = g_strdup (request->range);
  copy->content_range = g_strdup (request->content_range);
  if (request->query != NULL)
    {
      g_hash_table_iter_init (&iter, request->query);
      while (g_hash_table_iter_next (&iter, &key, &value))
        dure_request_set (copy, key, value);
    }
  return copy;
}

static DureRequest *
make_request (const DureCall *call)
{
  g_auto (GStrv) parts = g_strsplit (call->path, "?", 2);
  g_auto (GStrv) pairs = g_strsplit (parts[1] != NULL ? parts[1] : "", "&", -1);
  g_autoptr (GBytes) body = NULL;
  DureRequest *request;
  gsize        length;
  const char  *data;

  if (call->body != NULL && call->packed)
    {
      data = g_bytes_get_data (call->body, &length);
      body = dure_gzip_unpack (data, length, DURE_SERVER_MAX_PUSH, NULL);
      g_assert_nonnull (body);
    }
  else if (call->body != NULL)
    body = g_bytes_ref (call->body);
  request = dure_request_new (call->method, parts[0], body);
  request->token = g_strdup (call->token);
  request->type = g_strdup (call->type);
  request->range = g_strdup (call->range);
  request->content_range = g_strdup (call->content_range);
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      if (pair[0] != NULL && pair[1] != NULL)
        dure_request_set (request, pair[0], pair[1]);
    }
  return request;
}

/* A copy that the network had kept comes after others that were sent later. */
static void
deliver_late (World *self)
{
  g_autoptr (DureResponse) response = NULL;
  DureRequest *request;

  if (self->late->len == 0 || !world_chance (self, 30))
    return;
  request = g_ptr_array_index (self->late, world_pick (self, self->late->len));
  response = dure_server_handle (self->server, request);
  g_ptr_array_remove_fast (self->late, request);
}

/** world_calm: all that is under way arrives; from now on nothing goes wrong any more. */
void
world_calm (World *self)
{
  self->calm = TRUE;
  world_at (self, NULL);
  while (self->late->len > 0)
    deliver_late (self);
}

/* The connection broke while the device was sending. */
static void
cut_body (World *self, DureRequest *request)
{
  GBytes *part = g_bytes_new_from_bytes (request->body, 0, 1 + world_pick (self, (guint)g_bytes_get_size (request->body) - 1));

  g_bytes_unref (request->body);
  request->body = part;
}

static gboolean
lose (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the network");
  return FALSE;
}

/** world_note_ended: notes the stamps of changes that went on from a record that had ended with age: they are not taken,
 *  and whoever has the record still sends it whole. */
void
world_note_ended (World *self, const char *answer)
{
  for (const char *at = answer; (at = strstr (at, "{\"line\":")) != NULL; at++)
    {
      const char *stamp = strstr (at, "\"stamp\":\"");

      if (stamp == NULL)
        return;
      stamp += strlen ("\"stamp\":\"");
      if (g_str_has_prefix (stamp + DURE_STAMP_LENGTH, "\",\"type\":\"urn:dure:problem:record-ended\""))
        g_hash_table_add (self->ended, g_strndup (stamp, DURE_STAMP_LENGTH));
    }
}

static gboolean
carry (const DureCall *call, DureReply *reply, gpointer data, GCancellable *cancellable, GError **error)
{
  World *self = data;
  gint64 there_ms = here_ms;
  g_autoptr (DureRequest) request = make_request (call);
  g_autoptr (DureResponse) response = NULL;
  char *text;
  gsize length;

  if (!self->calm && self->asking != NULL && world_chance (self, 10))
    self->meanwhile (self);
  if (!self->calm && world_chance (self, 8))
    return lose (error);
  world_pass (self, g_rand_int_range (self->random, 1, 2000));
  here_ms = 0;
  deliver_late (self);
  if (!self->calm && world_chance (self, 5))
    world_restart (self);
  if (!self->calm && g_bytes_get_size (request->body) > 1 && world_chance (self, 5))
    cut_body (self, request);
  for (guint times = !self->calm && world_chance (self, 10) ? 2 : 1; times > 0; times--)
    {
      g_clear_pointer (&response, dure_response_free);
      response = dure_server_handle (self->server, request);
    }
  if (!self->calm && world_chance (self, 5))
    g_ptr_array_add (self->late, copy_request (request));
  if (response->status == 200 && call->body != NULL)
    world_note_ended (self, response->body->str);
  text = dure_response_read (response, &length);
  if (!self->calm && world_chance (self, 5))
    world_restart (self);
  here_ms = there_ms;
  world_pass (self, g_rand_int_range (self->random, 1, 2000));
  if (self->loud)
    g_printerr ("    %s %s: %u%s\n", call->method, call->path, response->status,
                response->status == 200 && response->body->len < 2000 && call->body != NULL ? response->body->str : "");
  if (!self->calm && world_chance (self, 8))
    {
      g_free (text);
      return lose (error);
    }
  if (!self->calm && length > 0 && world_chance (self, 8))
    length = world_pick (self, (guint)length);
  reply->status = response->status;
  reply->type = g_strdup (response->type);
  if (dure_response_get_head (response, "Upload-Offset") != NULL)
    reply->offset = g_ascii_strtoll (dure_response_get_head (response, "Upload-Offset"), NULL, 10);
  reply->content_range = g_strdup (dure_response_get_head (response, "Content-Range"));
  reply->stream = g_memory_input_stream_new_from_data (text, (gssize)length, g_free);
  return TRUE;
}

static void
machine_free (gpointer data)
{
  Machine *machine = data;

  g_clear_object (&machine->store);
  g_free (machine->path);
  g_free (machine->copy);
  g_free (machine);
}

/** world_new: @where is the server's storage, which has room for many histories, or %NULL for one in @directory. */
World *
world_new (guint seed, const char *directory, const char *template, const char *where)
{
  World *self = g_new0 (World, 1);

  g_assert_cmpint (g_mkdir (directory, 0700), ==, 0);

  true_ms = START_MS;
  here_ms = 0;
  g_clear_pointer (&names, g_rand_free);
  names = g_rand_new_with_seed (seed);
  self->random = g_rand_new_with_seed (seed + 1);
  self->directory = g_strdup (directory);
  self->template = g_strdup (template);
  self->where = where != NULL ? g_strdup (where) : g_strconcat ("sqlite:", directory, "/server", NULL);
  self->tenant = g_strdup_printf ("t%u", seed);
  self->machines = g_ptr_array_new_with_free_func (machine_free);
  self->written = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  self->ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folded = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  self->late = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_request_free);
  self->calm = TRUE;
  world_restart (self);
  g_assert_true (dure_server_add_tenant (self->server, self->tenant, NULL));
  g_assert_true (dure_server_add_account (self->server, self->tenant, "kim", "right password", DURE_ROLE_EDITOR, NULL));
  dure_client_set_transport (carry, self);
  return self;
}

void
world_free (World *self)
{
  dure_client_set_transport (NULL, NULL);
  g_ptr_array_unref (self->machines);
  g_ptr_array_unref (self->late);
  g_ptr_array_unref (self->written);
  g_ptr_array_unref (self->folded);
  g_hash_table_unref (self->ended);
  g_free (self->server_copy);
  dure_clock_free (self->newer);
  g_hash_table_unref (self->newer_seen);
  g_string_free (self->newer_lines, TRUE);
  world_stop (self);
  remove_directory (self->directory);
  g_rand_free (self->random);
  g_free (self->directory);
  g_free (self->template);
  g_free (self->where);
  g_free (self->tenant);
  g_free (self);
}

void
machine_reopen (World *self, Machine *machine)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&machine->store);
  machine->store = dure_store_open (machine->path, 0, &error);
  g_assert_no_error (error);
}

/* Keeps a copy of the store aside, as the daily one. */
void
machine_copy (World *self, Machine *machine)
{
  g_autoptr (GError) error = NULL;

  if (machine->copy == NULL)
    machine->copy = g_strconcat (machine->path, ".copy", NULL);
  dure_store_backup (machine->store, machine->copy, &error);
  g_assert_no_error (error);
  machine->copy_noted = machine->noted;
}

/* The latest under its number: a computer that was put back before has given the number twice. */
static void
forget_written (World *self, const DureChange *change, const char *path)
{
  for (guint i = self->written->len; i-- > 0;)
    {
      const DureChange *other = g_ptr_array_index (self->written, i);

      if (other->seq != change->seq || strcmp (other->id, change->id) != 0 || strcmp (other->by, path) != 0)
        continue;
      g_ptr_array_remove_index (self->written, i);
      return;
    }
}

/* The disk broke, and the copy takes the place of the store: what was written since and not sent is gone. */
void
machine_put_back (World *self, Machine *machine)
{
  g_autoptr (GPtrArray) unsent = dure_store_unsent (machine->store, 100000, NULL);
  g_autoptr (GError) error = NULL;

  if (machine->copy == NULL)
    return;
  g_assert_nonnull (unsent);
  for (guint i = 0; i < unsent->len; i++)
    {
      const DureChange *change = g_ptr_array_index (unsent, i);

      /* In the copy it waits with its number. */
      if (change->seq > machine->copy_noted)
        forget_written (self, change, machine->path);
    }
  g_clear_object (&machine->store);
  dure_store_restore_file (machine->copy, machine->path, dure_sync_carry, &error);
  g_assert_no_error (error);
  machine->noted = machine->copy_noted;
  machine_reopen (self, machine);
}

static char *
copy_template (World *self)
{
  g_autofree char *name = g_strdup_printf ("device-%08x.db", some_digits ());
  char            *path = g_build_filename (self->directory, name, NULL);
  g_autofree char *text = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (self->template, &text, &length, NULL));
  g_assert_true (g_file_set_contents_full (path, text, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  return path;
}

/* A computer that was just set up. */
Machine *
world_add (World *self)
{
  Machine  *machine = g_new0 (Machine, 1);
  char      number[DURE_DEVICE_LENGTH + 1];
  gboolean  calm = self->calm;
  DureEnrol enrol = { "http://server", self->tenant, "kim", "right password", "업무 PC" };
  g_autoptr (GError) error = NULL;

  machine->path = copy_template (self);
  machine->store = dure_store_open (machine->path, 0, &error);
  g_assert_no_error (error);
  dure_device_new (number);
  g_assert_true (dure_store_set_meta (machine->store, "device", number, NULL));
  machine_reopen (self, machine);
  self->calm = TRUE;
  dure_sync_enrol (machine->store, &enrol, NULL, &error);
  g_assert_no_error (error);
  self->calm = calm;
  g_ptr_array_add (self->machines, machine);
  return machine;
}

/** copy_directory: copies a directory with all that is in it. */
void
copy_directory (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *bytes = NULL;
      gsize            length;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          copy_directory (source, target);
          continue;
        }
      g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents_full (target, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
}

/* Somebody takes his file to another computer, with the files beside it, and goes on with both. */
void
world_twin (World *self, Machine *machine)
{
  Machine         *twin;
  g_autofree char *name = NULL;
  g_autofree char *files = NULL;
  g_autofree char *twin_files = NULL;
  g_autoptr (GError) error = NULL;

  if (self->machines->len >= MOST_MACHINES)
    return;
  twin = g_new0 (Machine, 1);
  name = g_strdup_printf ("device-%08x.db", some_digits ());
  twin->path = g_build_filename (self->directory, name, NULL);
  dure_store_backup (machine->store, twin->path, &error);
  g_assert_no_error (error);
  files = g_strconcat (machine->path, ".blobs", NULL);
  twin_files = g_strconcat (twin->path, ".blobs", NULL);
  if (g_file_test (files, G_FILE_TEST_IS_DIR))
    copy_directory (files, twin_files);
  twin->store = dure_store_open (twin->path, 0, &error);
  g_assert_no_error (error);
  twin->noted = machine->noted;
  twin->error_ms = machine->error_ms;
  g_ptr_array_add (self->machines, twin);
}
