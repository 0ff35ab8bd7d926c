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

/* Whose values a record repeats: (transfer full) (nullable) */
static char *
find_owner (DureState *state)
{
  const DureChange *any = state->changes->len > 0 ? g_ptr_array_index (state->changes, 0) : NULL;

  if (any == NULL || dure_state_is_purged (state))
    return NULL;
  if (strcmp (any->entity, "conflict") == 0)
    return make_name (value_of (state, "entity"), value_of (state, "record"));
  if (strcmp (any->entity, "attachment") == 0)
    return make_name (value_of (state, "owner_entity"), value_of (state, "owner"));
  return NULL;
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
  g_autofree char *owner = NULL;

  if (!dure_state_parse (state, lines, length, NULL))
    return;
  owner = find_owner (state);
  if (owner != NULL && g_hash_table_contains (walk->purged, owner))
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
  g_free (change->by);
  change->by = g_strdup (who->user);
  dure_change_set_purge (change, "other");
  dure_server_note_purge (purged, change);
  *plain = FALSE;
  return dure_server_write_own (self, who->tenant, change, seq, error);
}

static gboolean
purge_dependents (
    DureServer *self, DureEnrolment *who, GHashTable *purged, gint64 *seq, gboolean *plain, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  Walk walk = { .purged = purged, .found = found };

  if (!storage->read_entity (self->storage, who->tenant, "conflict", record_cb, &walk, error)
      || !storage->read_entity (self->storage, who->tenant, "attachment", record_cb, &walk, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    if (!purge_dependent (self, who, g_ptr_array_index (found, i), purged, seq, plain, error))
      return FALSE;
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
 * What somebody attached to a record without knowing that it was purged goes after it.
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
  g_autoptr (DureState) owner = NULL;
  g_autoptr (DureChange) named = NULL;
  g_autoptr (DureChange) purge = NULL;
  gint64 number;

  if (strcmp (change->entity, "attachment") != 0)
    return TRUE;
  state = dure_server_load (self, who->tenant, change, &number, error);
  if (state == NULL)
    return FALSE;
  if (dure_state_is_purged (state))
    return TRUE;
  named = dure_change_new (NULL, value_of (state, "owner_entity"), value_of (state, "owner"), NULL);
  owner = dure_server_load (self, who->tenant, named, &number, error);
  if (owner == NULL)
    return FALSE;
  if (!dure_state_is_purged (owner))
    return TRUE;
  purge = dure_change_new (NULL, change->entity, change->id, NULL);
  return purge_dependent (self, who, purge, purged, seq, plain, error);
}
