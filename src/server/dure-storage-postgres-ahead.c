/* dure-storage-postgres-ahead.c: what a push will ask for, asked at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each change of a push asks whether its stamp is known, what stands of its record, and whether a conflict hangs on what
 * it replaces: three questions, each a way to the database and back. So these are put for many changes together, and
 * answered from here until the transaction ends. What the transaction writes is followed; whatever it does to lines in
 * another way makes all of this forgotten.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "schema/dure-change.h"
#include "server/dure-storage-postgres-private.h"

struct _DurePostgresAhead
{
  GHashTable *stamps;  /* stamp -> line, NULL for a stamp that is not known */
  GHashTable *records; /* entity and id -> Record */
  GHashTable *seen;    /* stamps that conflicts were looked for */
  GHashTable *clashes; /* stamp and field of those that there are */
};

typedef struct
{
  gint64 number; /* 0 for a record that there is not */
  char  *lines;
} Record;

static void
record_free (gpointer data)
{
  Record *record = data;

  g_free (record->lines);
  g_free (record);
}

static char *
two (const char *a, const char *b)
{
  return g_strconcat (a, "\n", b, NULL);
}

void
dure_postgres_ahead_free (DurePostgresAhead *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->stamps);
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->clashes);
  g_free (self);
}

static DurePostgresAhead *
ahead_new (void)
{
  DurePostgresAhead *self = g_new0 (DurePostgresAhead, 1);

  self->stamps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, record_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->clashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/* An array of PostgreSQL. Stamps and ids were checked: nothing in them has a meaning there. */
static void
add_to_array (GString *array, const char *text)
{
  g_string_append (g_string_append_c (array, array->len > 0 ? ',' : '{'), text);
}

static PGresult *
ask (DureStoragePostgres *self, const char *sql, const char *tenant, GString *array, GError **error)
{
  const char *const values[] = { tenant, array->len > 0 ? g_string_append_c (array, '}')->str : "{}" };

  return dure_postgres_query (self->db, sql, values, G_N_ELEMENTS (values), error);
}

/* What will be asked for of @changes; what is not found is noted too. */
static void
note_questions (DurePostgresAhead *ahead, GPtrArray *changes, GString *stamps, GString *ids, GString *seen)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const DureChange *change = g_ptr_array_index (changes, i);

      if (g_hash_table_insert (ahead->stamps, g_strdup (change->stamp), NULL))
        add_to_array (stamps, change->stamp);
      if (g_hash_table_insert (ahead->records, two (change->entity, change->id), g_new0 (Record, 1)))
        add_to_array (ids, change->id);
      for (guint f = 0; f < change->fields->len; f++)
        {
          const DureChangeField *field = g_ptr_array_index (change->fields, f);

          if (field->seen != NULL && g_hash_table_add (ahead->seen, g_strdup (field->seen)))
            add_to_array (seen, field->seen);
        }
    }
}

/**
 * dure_postgres_ahead_look:
 * @self: a storage in a transaction
 * @tenant: the tenant that the transaction locks
 * @changes: (element-type DureChange): what will be pushed next, checked
 * @error: return location
 *
 * Cost: three questions for all of @changes.
 *
 * Returns: whether the database answered
 */
gboolean
dure_postgres_ahead_look (DureStoragePostgres *self, const char *tenant, GPtrArray *changes, GError **error)
{
  DurePostgresAhead *ahead = ahead_new ();
  g_autoptr (GString) stamps = g_string_new (NULL);
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (PGresult) lines = NULL;
  g_autoptr (PGresult) records = NULL;
  g_autoptr (PGresult) clashes = NULL;

  dure_postgres_ahead_free (self->ahead);
  self->ahead = ahead;
  note_questions (ahead, changes, stamps, ids, seen);
  lines = ask (self, "SELECT stamp, line FROM change WHERE tenant = $1 AND stamp = ANY ($2::text[])"
                     " UNION ALL SELECT stamp, '' FROM folded WHERE tenant = $1 AND stamp = ANY ($2::text[])",
               tenant, stamps, error);
  if (lines != NULL)
    records = ask (self, "SELECT entity, id, n, lines FROM record WHERE tenant = $1 AND id = ANY ($2::text[])", tenant,
                   ids, error);
  if (records != NULL)
    clashes = ask (self, "SELECT lost_stamp, field FROM clash WHERE tenant = $1 AND lost_stamp = ANY ($2::text[])",
                   tenant, seen, error);
  if (clashes == NULL)
    {
      g_clear_pointer (&self->ahead, dure_postgres_ahead_free);
      return FALSE;
    }
  for (int i = 0; i < PQntuples (lines); i++)
    g_hash_table_insert (ahead->stamps, g_strdup (PQgetvalue (lines, i, 0)), g_strdup (PQgetvalue (lines, i, 1)));
  for (int i = 0; i < PQntuples (records); i++)
    {
      Record *record = g_new0 (Record, 1);

      record->number = dure_postgres_number (records, i, 2);
      record->lines = g_strdup (PQgetvalue (records, i, 3));
      g_hash_table_insert (ahead->records, two (PQgetvalue (records, i, 0), PQgetvalue (records, i, 1)), record);
    }
  for (int i = 0; i < PQntuples (clashes); i++)
    g_hash_table_add (ahead->clashes, two (PQgetvalue (clashes, i, 0), PQgetvalue (clashes, i, 1)));
  return TRUE;
}

/** dure_postgres_ahead_line: Returns: whether it is known here what stands under @stamp: @line, or %NULL for nothing */
gboolean
dure_postgres_ahead_line (DurePostgresAhead *self, const char *stamp, char **line)
{
  gpointer found;

  if (self == NULL || !g_hash_table_lookup_extended (self->stamps, stamp, NULL, &found))
    return FALSE;
  *line = g_strdup (found);
  return TRUE;
}

/** dure_postgres_ahead_record: Returns: whether it is known here what stands of the record; @number is 0 for nothing */
gboolean
dure_postgres_ahead_record (DurePostgresAhead *self, const char *entity, const char *id, gint64 *number, char **lines)
{
  g_autofree char *key = self != NULL ? two (entity, id) : NULL;
  const Record    *record = self != NULL ? g_hash_table_lookup (self->records, key) : NULL;

  if (record == NULL)
    return FALSE;
  *number = record->number;
  *lines = g_strdup (record->lines);
  return TRUE;
}

/** dure_postgres_ahead_no_clash: Returns: whether it is known here that no conflict hangs on that value */
gboolean
dure_postgres_ahead_no_clash (DurePostgresAhead *self, const char *lost_stamp, const char *field)
{
  g_autofree char *key = self != NULL ? two (lost_stamp, field) : NULL;

  return self != NULL && g_hash_table_contains (self->seen, lost_stamp) && !g_hash_table_contains (self->clashes, key);
}

/** dure_postgres_ahead_appended: a line was written. */
void
dure_postgres_ahead_appended (DurePostgresAhead *self, const char *stamp, const char *line)
{
  if (self != NULL)
    g_hash_table_insert (self->stamps, g_strdup (stamp), g_strdup (line));
}

/** dure_postgres_ahead_put: a record was written; of a new one the database alone knows the number. */
void
dure_postgres_ahead_put (DurePostgresAhead *self, const char *entity, const char *id, gint64 number, const char *lines)
{
  g_autofree char *key = self != NULL ? two (entity, id) : NULL;
  Record          *record;

  if (self == NULL)
    return;
  if (number == 0)
    {
      g_hash_table_remove (self->records, key);
      return;
    }
  record = g_new0 (Record, 1);
  record->number = number;
  record->lines = g_strdup (lines);
  g_hash_table_insert (self->records, g_steal_pointer (&key), record);
}

/** dure_postgres_ahead_clashed: a conflict was written. */
void
dure_postgres_ahead_clashed (DurePostgresAhead *self, const char *lost_stamp, const char *field)
{
  if (self != NULL)
    g_hash_table_add (self->clashes, two (lost_stamp, field));
}
