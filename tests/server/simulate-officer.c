/* simulate-officer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "simulate-officer.h"

#include <string.h>

#include "base/dure-error.h"
#include "simulate-check.h"
#include "sync/dure-conflict.h"

/* Entities that are written to; those with a natural key are made twice on purpose. */
static const DureEntityId kinds[] = {
  DURE_ENTITY_AGENCY,        DURE_ENTITY_AGENCY, DURE_ENTITY_PERSON, DURE_ENTITY_EVENT,   DURE_ENTITY_ACTION,
  DURE_ENTITY_PARTICIPATION, DURE_ENTITY_TIE,    DURE_ENTITY_SEAT,   DURE_ENTITY_SETTING, DURE_ENTITY_REFERRAL,
};

/** some_kind: a history is about few kinds, so that computers meet in the same records. */
DureEntityId
some_kind (World *world)
{
  return kinds[(world->kind + world_pick (world, 3)) % G_N_ELEMENTS (kinds)];
}

/** some_record: Returns: (transfer full) (nullable): a record that @machine has. */
DureRecord *
some_record (World *world, Machine *machine, DureEntityId entity, gboolean deleted)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);
  g_autoptr (GPtrArray) list = NULL;

  dure_query_deleted (query, deleted);
  list = dure_store_list (machine->store, query, NULL);
  g_assert_nonnull (list);
  return list->len > 0 ? g_object_ref (g_ptr_array_index (list, world_pick (world, MIN (list->len, 3)))) : NULL;
}

/* One line of a long text becomes another, is taken out, or put in. */
static char *
edit_text (World *world, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "가\n나\n다\n라\n마\n바", "\n", -1);
  guint    at = world_pick (world, g_strv_length (lines)), kind = world_pick (world, 6);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i == at && kind == 0 && g_strv_length (lines) > 1)
        continue;
      if (i == at && kind == 1)
        g_string_append_printf (out, "%s새 줄 %u", out->len > 0 ? "\n" : "", world_pick (world, 1000));
      if (out->len > 0)
        g_string_append_c (out, '\n');
      if (i == at && kind > 1)
        g_string_append_printf (out, "줄 %u", world_pick (world, 1000));
      else
        g_string_append (out, lines[i]);
    }
  return g_string_free (out, FALSE);
}

static char *
some_value (World *world, Machine *machine, const DureField *field, const char *was)
{
  guint n = world_pick (world, 30);
  g_autoptr (DureRecord) target = NULL;
  g_autoptr (GString) set = NULL;

  switch (field->type)
    {
    case DURE_VALUE_TEXT:
      return field->flags & DURE_FIELD_MONTH ? g_strdup_printf ("2026-%02u", n % 3 + 1) : g_strdup_printf ("%u", n);
    case DURE_VALUE_LONG_TEXT:
      return edit_text (world, was);
    case DURE_VALUE_INTEGER:
    case DURE_VALUE_MONEY:
      return g_strdup_printf ("%" G_GINT64_FORMAT, MIN (field->min + n % 5, field->max));
    case DURE_VALUE_DATE:
      return g_strdup_printf ("2026-03-%02u", n % 5 + 1);
    case DURE_VALUE_DATE_TIME:
      return g_strdup_printf ("2026-03-01T%02u:00", n % 24);
    case DURE_VALUE_YES_NO:
      return g_strdup (n % 2 ? "1" : "0");
    case DURE_VALUE_PHONE:
      return g_strdup_printf ("022680%04u", n);
    case DURE_VALUE_MAIL:
      return g_strdup_printf ("u%u@gm.go.kr", n);
    case DURE_VALUE_CHOICE:
    case DURE_VALUE_SET:
      set = g_string_new (NULL);
      for (guint i = 0, count = field->type == DURE_VALUE_SET ? n % 3 + 1 : 1; field->choices[i].key != NULL; i++)
        if (n % 4 <= i && count > 0)
          {
            g_string_append_printf (set, "%s%s", set->len > 0 ? "," : "", field->choices[i].key);
            count--;
          }
      return set->len > 0 ? g_string_free (g_steal_pointer (&set), FALSE) : g_strdup (field->choices[0].key);
    case DURE_VALUE_LINK:
      target = some_record (world, machine, field->target, FALSE);
      return target != NULL ? g_strdup (dure_record_get_id (target)) : NULL;
    default:
      return NULL;
    }
}

static void
set_some (World *world, Machine *machine, DureRecord *record, gboolean is_new)
{
  const DureEntity *entity = dure_record_get_entity (record);

  for (guint f = 0; f < entity->n_fields; f++)
    {
      const DureField *field = &entity->fields[f];
      gboolean         needed = is_new && (field->flags & (DURE_FIELD_REQUIRED | DURE_FIELD_KEY));
      g_autofree char *value = NULL;

      if (!needed && !world_chance (world, is_new ? 25 : 20))
        continue;
      if (needed || !world_chance (world, 8))
        value = some_value (world, machine, field, dure_record_get (record, f));
      /* Few keys, so that two computers make the same record. */
      if (needed && field->type == DURE_VALUE_TEXT && entity->natural && !(field->flags & DURE_FIELD_MONTH))
        value[1] = '\0';
      dure_record_set (record, f, value);
    }
}

/* As a form does; what the checks refuse was never written. */
static void
write_record (Machine *machine, DureRecord *record)
{
  g_autoptr (GError) error = NULL;

  if (!dure_store_write (machine->store, record, &error))
    g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
}

/** write_some: edits a record, or makes one. */
void
write_some (World *world, Machine *machine, gboolean is_new)
{
  DureEntityId entity = some_kind (world);
  g_autoptr (DureRecord) record = is_new ? dure_record_new (entity) : some_record (world, machine, entity, FALSE);

  if (record == NULL)
    return;
  set_some (world, machine, record, is_new);
  write_record (machine, record);
}

static void
delete_or_restore (World *world, Machine *machine, gboolean restore)
{
  DureEntityId entity = some_kind (world);
  g_autoptr (DureRecord) record = some_record (world, machine, entity, restore);
  g_autoptr (GError) error = NULL;

  if (record == NULL || dure_store_is_purged (record))
    return;
  if (restore)
    dure_store_restore (machine->store, entity, dure_record_get_id (record), &error);
  else
    dure_store_delete (machine->store, entity, dure_record_get_id (record), &error);
  g_assert_no_error (error);
}

void
edit_some (World *world, Machine *machine)
{
  write_some (world, machine, FALSE);
}

void
add_some (World *world, Machine *machine)
{
  write_some (world, machine, TRUE);
}

void
delete_some (World *world, Machine *machine)
{
  delete_or_restore (world, machine, FALSE);
}

void
restore_some (World *world, Machine *machine)
{
  delete_or_restore (world, machine, TRUE);
}

void
undo_some (World *world, Machine *machine)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label
      = world_chance (world, 70) ? dure_store_undo (machine->store, &error) : dure_store_redo (machine->store, &error);

  if (error != NULL)
    g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
}

void
decide_some (World *world, Machine *machine)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  dure_query_where (query, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  open = dure_store_list (machine->store, query, &error);
  g_assert_no_error (error);
  if (open->len == 0)
    return;
  g_ptr_array_add (one, g_ptr_array_index (open, world_pick (world, open->len)));
  if (!dure_conflicts_decide (machine->store, "충돌 정리", one, world_chance (world, 50), &error))
    g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
}

/* Somebody else's computer; NULL when there is none. */
static Machine *
other_machine (World *world, Machine *machine)
{
  Machine *other = g_ptr_array_index (world->machines, world_pick (world, world->machines->len));

  return other != machine ? other : NULL;
}

static void
decide (World *world, Machine *machine, DureRecord *conflict, gboolean won)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  world_at (world, machine);
  g_ptr_array_add (one, conflict);
  if (!dure_conflicts_decide (machine->store, "충돌 정리", one, won, &error))
    g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  check_note (world, machine);
}

/** decide_twice: two officers decide one conflict, each in his way, before they hear of each other. */
void
decide_twice (World *world, Machine *machine)
{
  Machine *other = other_machine (world, machine);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) open = NULL;
  gboolean won = world_chance (world, 50);

  dure_query_where (query, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  open = dure_store_list (machine->store, query, NULL);
  for (guint i = 0; other != NULL && i < open->len; i++)
    {
      DureRecord *conflict = g_ptr_array_index (open, i);
      g_autoptr (DureRecord) there
          = dure_store_get (other->store, DURE_ENTITY_CONFLICT, dure_record_get_id (conflict), NULL);

      if (there == NULL || g_strcmp0 (dure_record_get (there, DURE_CONFLICT_STATE), "open") != 0)
        continue;
      decide (world, machine, conflict, won);
      decide (world, other, there, !won);
      return;
    }
}

/** make_twice: two officers enter the same, which has one natural key, and each some more. */
void
make_twice (World *world, Machine *machine)
{
  static const DureEntityId natural[] = { DURE_ENTITY_PARTICIPATION, DURE_ENTITY_TIE,     DURE_ENTITY_SEAT,
                                          DURE_ENTITY_SETTING,       DURE_ENTITY_REFERRAL };
  Machine                  *other = other_machine (world, machine);
  g_autoptr (DureRecord) one = dure_record_new (natural[world_pick (world, G_N_ELEMENTS (natural))]);
  g_autoptr (DureRecord) two = NULL;
  const DureEntity *entity = dure_record_get_entity (one);

  if (other == NULL)
    return;
  two = dure_record_new (entity->id);
  set_some (world, machine, one, TRUE);
  for (guint f = 0; f < entity->n_fields; f++)
    if (entity->fields[f].flags & (DURE_FIELD_REQUIRED | DURE_FIELD_KEY) || world_chance (world, 50))
      dure_record_set (two, f, dure_record_get (one, f));
  set_some (world, other, two, FALSE);
  for (guint f = 0; f < entity->n_fields; f++)
    if (entity->fields[f].flags & DURE_FIELD_KEY)
      dure_record_set (two, f, dure_record_get (one, f));
  write_record (machine, one);
  world_at (world, other);
  write_record (other, two);
  check_note (world, other);
}

/** undo_sent: what was sent already is undone, while others may have gone on from it. */
void
undo_sent (World *world, Machine *machine)
{
  edit_some (world, machine);
  check_note (world, machine);
  sync_some (world, machine);
  undo_some (world, machine);
}

/** merge_some: an officer says that two records are one. */
void
merge_some (World *world, Machine *machine)
{
  DureEntityId kind = some_kind (world);
  g_autoptr (DureRecord) stays = some_record (world, machine, kind, FALSE);
  g_autoptr (DureRecord) goes = some_record (world, machine, kind, world_chance (world, 10));
  g_autoptr (GError) error = NULL;

  if (stays == NULL || goes == NULL || dure_entity (kind)->merged_field < 0 || dure_store_is_purged (goes)
      || strcmp (dure_record_get_id (stays), dure_record_get_id (goes)) == 0)
    return;
  g_assert_true (dure_store_begin (machine->store, "합치기", NULL));
  dure_store_merge_into (machine->store, kind, dure_record_get_id (goes), dure_record_get_id (stays), &error);
  g_assert_no_error (error);
  g_assert_true (dure_store_commit (machine->store, NULL));
}

void
shift_clock (World *world, Machine *machine)
{
  static const gint64 most[] = { 0, 30000, 240000, 6 * 3600000, 40 * 24 * G_GINT64_CONSTANT (3600000) };
  gint64              limit = most[world_pick (world, G_N_ELEMENTS (most))];

  machine->error_ms = (gint64)(g_rand_double_range (world->random, -1, 1) * (double)limit);
}

void
sync_some (World *world, Machine *machine)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  world->asking = machine;
  if (!dure_sync_round (machine->store, &result, NULL, NULL, NULL, &error) && world->loud)
    g_printerr ("    %s\n", error->message);
  world->asking = NULL;
  g_assert_cmpuint (result.refused, ==, 0);
}
