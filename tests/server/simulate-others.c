/* simulate-others.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "simulate-others.h"

#include <string.h>

#include "base/dure-date.h"
#include "base/dure-stamp.h"
#include "base/dure-uuid.h"
#include "server/dure-password.h"
#include "simulate-officer.h"

#define NEWER_DEVICE "00000000000000ee"
#define NEWER_TOKEN "newer"

/** newer_start: a computer with a newer program is set up, before anything else happens. */
void
newer_start (World *world)
{
  const DureEnrolment enrolment = {
    .tenant = world->tenant,
    .user = (char *)"kim",
    .device = (char *)NEWER_DEVICE,
    .name = (char *)"새 프로그램",
    .created = dure_now_ms (),
  };
  g_autofree char *token = g_strdup_printf (NEWER_TOKEN "-%s", world->tenant);
  g_autofree char *hash = dure_token_hash (token);

  world->newer = dure_clock_new (NEWER_DEVICE);
  world->newer_seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  world->newer_lines = g_string_new (NULL);
  g_assert_true (DURE_STORAGE_GET_CLASS (world->storage)->add_enrolment (world->storage, hash, &enrolment, NULL));
}

/* All that it ever wrote; what the server has already does nothing. Not while the account may only read. */
static void
newer_sends (World *world)
{
  g_autoptr (GBytes) body = g_bytes_new (world->newer_lines->str, world->newer_lines->len);
  g_autoptr (DureRequest) request = dure_request_new ("POST", "/v1/changes", body);
  g_autoptr (DureResponse) response = NULL;

  request->type = g_strdup (DURE_WIRE_TYPE);
  request->token = g_strdup_printf (NEWER_TOKEN "-%s", world->tenant);
  response = dure_server_handle (world->server, request);
  if (response->status == 200)
    world_note_ended (world, response->body->str);
  else
    g_assert_cmpuint (response->status, ==, 403);
}

/* Knows what it wrote itself. */
static void
add_field (World *world, DureChange *change, const char *key)
{
  g_autofree char *value = g_strdup_printf ("%u", world_pick (world, 1000));
  char            *place = g_strdup_printf ("%s %s %s", change->entity, change->id, key);

  dure_change_add (change, key, value, g_hash_table_lookup (world->newer_seen, place));
  g_hash_table_replace (world->newer_seen, place, g_strdup (change->stamp));
}

/** newer_program: a program that knows more than these sends a field of a known record, or a record of a new kind. */
void
newer_program (World *world, Machine *machine)
{
  static const char *const ids[]
      = { "01977777-aaaa-7bbb-8ccc-000000000001", "01977777-aaaa-7bbb-8ccc-000000000002" };
  DureEntityId kind = some_kind (world);
  g_autoptr (DureRecord) record = world_chance (world, 60) ? some_record (world, machine, kind, FALSE) : NULL;
  DureChange *change;
  char        stamp[DURE_STAMP_LENGTH + 1];

  world_at (world, NULL);
  dure_clock_next (world->newer, stamp);
  change = dure_change_new (stamp, record != NULL ? dure_record_get_entity (record)->key : "future",
                            record != NULL ? dure_record_get_id (record) : ids[world_pick (world, 2)], "kim");
  add_field (world, change, "future");
  if (record == NULL && world_chance (world, 50))
    add_field (world, change, "words");
  dure_wire_append (world->newer_lines, change, 0, 0);
  g_ptr_array_add (world->written, change);
  newer_sends (world);
  world_at (world, machine);
}

/** set_role: the account may do what it may, also after the server was put back. */
void
set_role (World *world)
{
  g_autoptr (GError) error = NULL;

  dure_server_add_account (world->server, world->tenant, "kim", "right password",
                           world->reads_only ? DURE_ROLE_VIEWER : DURE_ROLE_EDITOR, &error);
  g_assert_no_error (error);
}

/** others_end: the account may write, and the newer program has sent all. */
void
others_end (World *world)
{
  world_at (world, NULL);
  world->reads_only = FALSE;
  set_role (world);
  if (world->newer_lines->len > 0)
    newer_sends (world);
}

/** change_role: the administrator lets the account only read for a while. */
void
change_role (World *world, Machine *machine)
{
  world_at (world, NULL);
  world->reads_only = !world->reads_only;
  set_role (world);
  world_at (world, machine);
}
