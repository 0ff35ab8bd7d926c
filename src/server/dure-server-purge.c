/* dure-server-purge.c: what the server does about records that were purged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A purge is taken as any change; then all earlier lines of the record are written anew without what they said, and
 * conflicts about it and attachments of it are purged too. All of it runs inside the transaction of the push. The log
 * has no index by record, which every push would pay for: it is walked through once for all purges of a push.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <string.h>

#include "schema/dure-schema.h"
#include "server/dure-server-private.h"
#include "sync/dure-wire.h"

#define PAGE 5000

static char *
make_name (const char *entity, const char *id)
{
  return g_strconcat (entity, " ", id, NULL);
}

/**
 * dure_server_note_purge:
 * @purged: names of records so far
 * @change: a change
 *
 * Adds the record of @change to @purged.
 */
void
dure_server_note_purge (GHashTable *purged, const DureChange *change)
{
  g_hash_table_add (purged, make_name (change->entity, change->id));
}

static const char *
value_of (DureState *state, const char *key)
{
  const DureChangeField *field = dure_state_find (state, key, NULL);

  return field != NULL && field->value != NULL ? field->value : "";
}

/* Whose values a record repeats, with neither stamp nor fields: (transfer full) (nullable) */
static DureChange *
find_owner (DureState *state)
{
  const DureChange *any = state->changes->len > 0 ? g_ptr_array_index (state->changes, 0) : NULL;
  const DureEntity *entity = any != NULL ? dure_entity_by_key (any->entity) : NULL;
  const char       *into;

  if (entity == NULL || dure_state_is_purged (state))
    return NULL;
  if (entity->id == DURE_ENTITY_CONFLICT)
    return dure_change_new (NULL, value_of (state, "entity"), value_of (state, "record"), NULL);
  if (entity->id == DURE_ENTITY_ATTACHMENT)
    return dure_change_new (NULL, value_of (state, "owner_entity"), value_of (state, "owner"), NULL);
  into = entity->merged_field >= 0 ? value_of (state, entity->fields[entity->merged_field].key) : "";
  return *into != '\0' ? dure_change_new (NULL, any->entity, into, NULL) : NULL;
}

typedef struct
{
  GHashTable *purged;
  GPtrArray  *found; /* of DureChange: of records, without stamps; or lines to be replaced */
  GHashTable *blobs; /* hashes of files that were attached */
  gint64      last;
  guint       n;
} Walk;

static void
record_cb (gint64 number, const char *lines, gsize length, gpointer data)
{
  Walk *walk = data;
  g_autoptr (DureState) state = dure_state_new ();
  g_autoptr (DureChange) owner = NULL;
  g_autofree char *name = NULL;

  if (!dure_state_parse (state, lines, length, NULL))
    return;
  owner = find_owner (state);
  name = owner != NULL ? make_name (owner->entity, owner->id) : NULL;
  if (name != NULL && g_hash_table_contains (walk->purged, name))
    {
      const DureChange *any = g_ptr_array_index (state->changes, 0);

      g_ptr_array_add (walk->found, dure_change_new (NULL, any->entity, any->id, NULL));
    }
}

static gboolean
purge_dependent (DureServer    *self,
                 DureEnrolment *who,
                 DureChange    *change,
                 GHashTable    *purged,
                 gint64        *seq,
                 gboolean      *plain,
                 GError       **error)
{
  change->by = dure_change_keep (change, who->user);
  dure_change_set_purge (change, "other");
  dure_server_note_purge (purged, change);
  *plain = FALSE;
  return dure_server_write_own (self, who->tenant, change, seq, error);
}

static gboolean
has_one_of (GHashTable *purged, const DureEntity *entity)
{
  g_autofree char *begin = make_name (entity->key, "");
  GHashTableIter   iter;
  gpointer         name;

  g_hash_table_iter_init (&iter, purged);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, begin))
      return TRUE;
  return FALSE;
}

/* Conflicts, attachments, and what was merged into a record. */
static gboolean
find_dependents (DureServer *self, const char *tenant, Walk *walk, GError **error)
{
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      const DureEntity *entity = dure_entity (e);

      if (e != DURE_ENTITY_CONFLICT && e != DURE_ENTITY_ATTACHMENT
          && (entity->merged_field < 0 || !has_one_of (walk->purged, entity)))
        continue;
      if (!DURE_STORAGE_GET_CLASS (self->storage)
               ->read_entity (self->storage, tenant, entity->key, record_cb, walk, error))
        return FALSE;
    }
  return TRUE;
}

/* Until nothing more is found: something may hang on what was merged into a record, too. */
static gboolean
purge_dependents (
    DureServer *self, DureEnrolment *who, GHashTable *purged, gint64 *seq, gboolean *plain, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  Walk walk = { .purged = purged, .found = found };

  do
    {
      g_ptr_array_set_size (found, 0);
      if (!find_dependents (self, who->tenant, &walk, error))
        return FALSE;
      for (guint i = 0; i < found->len; i++)
        if (!purge_dependent (self, who, g_ptr_array_index (found, i), purged, seq, plain, error))
          return FALSE;
    }
  while (found->len > 0);
  return TRUE;
}

/* "entity id" of a line that this server has written; its members stand in one order. */
static char *
name_of_line (const char *line)
{
  const char *entity = strstr (line, "\"entity\":\"");
  const char *id = entity != NULL ? strstr (entity, "\",\"id\":\"") : NULL;
  const char *end = id != NULL ? strchr (id + 8, '"') : NULL;

  return end != NULL
             ? g_strdup_printf ("%.*s %.*s", (int)(id - entity) - 10, entity + 10, (int)(end - id) - 8, id + 8)
             : NULL;
}

static void
note_blob (GHashTable *blobs, DureChange *change)
{
  const DureChangeField *field = dure_change_find (change, "sha256");

  if (field != NULL && field->value != NULL)
    g_hash_table_add (blobs, g_strdup (field->value));
}

static void
line_cb (gint64 number, const char *text, gsize length, gpointer data)
{
  Walk            *walk = data;
  g_autofree char *name = name_of_line (text);
  g_auto (DureWireLine) line = { 0 };

  walk->last = number;
  walk->n++;
  if (name == NULL || !g_hash_table_contains (walk->purged, name) || !dure_wire_parse (text, length, &line, NULL)
      || line.change == NULL || dure_change_find (line.change, DURE_CHANGE_PURGED) != NULL)
    return;
  if (strcmp (line.change->entity, "attachment") == 0)
    note_blob (walk->blobs, line.change);
  dure_change_make_void (line.change);
  line.change->seq = number;
  g_ptr_array_add (walk->found, g_steal_pointer (&line.change));
}

/* What goes after the push, with the last bytes of the lines. */
static GHashTable *
blobs_of (DureServer *self, const char *tenant)
{
  GHashTable *blobs = g_hash_table_lookup (self->unclean, tenant);

  if (blobs == NULL)
    {
      blobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->unclean, g_strdup (tenant), blobs);
    }
  return blobs;
}

static gboolean
wipe_lines (DureServer *self, const char *tenant, GHashTable *purged, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  g_autoptr (GString) line = g_string_new (NULL);
  Walk walk = { .purged = purged, .found = found, .blobs = blobs_of (self, tenant), .n = PAGE };

  while (walk.n == PAGE)
    {
      walk.n = 0;
      if (!storage->read_changes (self->storage, tenant, walk.last, PAGE, line_cb, &walk, error))
        return FALSE;
      for (guint i = 0; i < found->len; i++)
        {
          const DureChange *change = g_ptr_array_index (found, i);

          g_string_truncate (line, 0);
          dure_wire_append (line, change, 0, 0);
          if (!storage->replace_line (self->storage, tenant, change->seq, line->str, error))
            return FALSE;
        }
      g_ptr_array_set_size (found, 0);
    }
  return storage->note_scrub (self->storage, tenant, error);
}

/**
 * dure_server_wipe:
 * @self: a server, in a transaction of the tenant
 * @who: the device that sends
 * @purged: names of records that this push has purged; those that go with them are added
 * @seq: (inout): the last number of the tenant
 * @plain: (inout): set to %FALSE when the server wrote something besides
 * @error: return location
 *
 * Leaves nothing of what was ever said of them. Does nothing when @purged is empty.
 *
 * Returns: whether it was stored
 */
gboolean
dure_server_wipe (
    DureServer *self, DureEnrolment *who, GHashTable *purged, gint64 *seq, gboolean *plain, GError **error)
{
  return g_hash_table_size (purged) == 0
         || (purge_dependents (self, who, purged, seq, plain, error) && wipe_lines (self, who->tenant, purged, error));
}

static void
still_named_cb (gint64 number, const char *lines, gsize length, gpointer data)
{
  g_autoptr (DureState) state = dure_state_new ();
  DureChangeField *field;

  if (!dure_state_parse (state, lines, length, NULL))
    return;
  field = dure_state_find (state, "sha256", NULL);
  if (field != NULL && field->value != NULL)
    g_hash_table_remove (data, field->value);
}

static gboolean
remove_blobs (DureServer *self, const char *tenant, GHashTable *blobs, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  GHashTableIter    iter;
  gpointer          sha256;

  if (g_hash_table_size (blobs) == 0)
    return TRUE;
  if (!storage->read_entity (self->storage, tenant, "attachment", still_named_cb, blobs, error))
    return FALSE;
  g_hash_table_iter_init (&iter, blobs);
  while (g_hash_table_iter_next (&iter, &sha256, NULL))
    if (!storage->remove_blob (self->storage, tenant, sha256, error))
      return FALSE;
  return TRUE;
}

/**
 * dure_server_clean:
 * @self: a server, outside of any transaction
 *
 * Takes the last bytes of what pushes have purged out of the files, and removes files that were attached to it. What cannot be done now is done the next time.
 * About half a second for 100 MB; nothing when nothing was purged.
 */
void
dure_server_clean (DureServer *self)
{
  g_autofree char **tenants = (char **)g_hash_table_get_keys_as_array (self->unclean, NULL);

  for (guint i = 0; tenants[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (remove_blobs (self, tenants[i], g_hash_table_lookup (self->unclean, tenants[i]), &error)
          && DURE_STORAGE_GET_CLASS (self->storage)->scrub (self->storage, tenants[i], &error))
        g_hash_table_remove (self->unclean, tenants[i]);
      else
        g_warning ("%s", error->message);
    }
}

static gboolean
merges (const DureChange *change)
{
  const DureEntity      *entity = dure_entity_by_key (change->entity);
  const DureChangeField *into = NULL;

  if (entity != NULL && entity->merged_field >= 0)
    into = dure_change_find ((DureChange *)change, entity->fields[entity->merged_field].key);
  return into != NULL && into->value != NULL;
}

/**
 * dure_server_follow_owner:
 * @self: a server, in a transaction of the tenant
 * @who: the device that sends
 * @change: a change that was just taken
 * @purged: names of records that this push has purged
 * @seq: (inout): the last number of the tenant
 * @plain: (inout): set to %FALSE when the server wrote something besides
 * @error: return location
 *
 * What somebody attached to a record, or merged into it, without knowing that it was purged goes after it.
 *
 * Returns: whether it was stored
 */
gboolean
dure_server_follow_owner (DureServer       *self,
                          DureEnrolment    *who,
                          const DureChange *change,
                          GHashTable       *purged,
                          gint64           *seq,
                          gboolean         *plain,
                          GError          **error)
{
  g_autoptr (DureState) state = NULL;
  g_autoptr (DureState) of_owner = NULL;
  g_autoptr (DureChange) owner = NULL;
  g_autoptr (DureChange) purge = NULL;
  gint64 number;

  if (strcmp (change->entity, "attachment") != 0 && !merges (change))
    return TRUE;
  state = dure_server_load (self, who->tenant, change, &number, error);
  if (state == NULL)
    return FALSE;
  owner = find_owner (state);
  if (owner == NULL)
    return TRUE;
  of_owner = dure_server_load (self, who->tenant, owner, &number, error);
  if (of_owner == NULL)
    return FALSE;
  if (!dure_state_is_purged (of_owner))
    return TRUE;
  purge = dure_change_new (NULL, change->entity, change->id, NULL);
  return purge_dependent (self, who, purge, purged, seq, plain, error);
}
