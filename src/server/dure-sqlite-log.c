/* dure-sqlite-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each line has to be on the disk before its request is answered, and is chained to the line before. Threads that come
 * while one is writing leave their lines for the next, who writes them all in one transaction: under load the log costs
 * one wait for the disk for many requests, alone it costs one as before.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-sqlite-log.h"

typedef struct
{
  const DureAccess *access;
  gboolean          done;
  GError           *error; /* NULL when it is on the disk */
} Line;

struct _DureSqliteLog
{
  char      *path;
  guint      n_users; /* under logs_lock */
  GMutex     lock;
  GCond      written;
  GPtrArray *waiting; /* of Line, on the stacks of who waits */
  gboolean   writing;
};

/* One for each file that this process has open. */
static GMutex      logs_lock;
static GHashTable *logs; /* path -> DureSqliteLog */

/** dure_sqlite_log_get: Returns: (transfer full): the log of the file @path; the same for every thread. */
DureSqliteLog *
dure_sqlite_log_get (const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&logs_lock);
  DureSqliteLog *self;

  if (logs == NULL)
    logs = g_hash_table_new (g_str_hash, g_str_equal);
  self = g_hash_table_lookup (logs, path);
  if (self == NULL)
    {
      self = g_new0 (DureSqliteLog, 1);
      self->path = g_strdup (path);
      g_mutex_init (&self->lock);
      g_cond_init (&self->written);
      self->waiting = g_ptr_array_new ();
      g_hash_table_insert (logs, self->path, self);
    }
  self->n_users++;
  return self;
}

void
dure_sqlite_log_unref (DureSqliteLog *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&logs_lock);

  if (--self->n_users > 0)
    return;
  g_hash_table_remove (logs, self->path);
  g_ptr_array_unref (self->waiting);
  g_cond_clear (&self->written);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self);
}

static gboolean
last_hash (DureDatabase *db, char **hash, GError **error)
{
  sqlite3_stmt *stmt = dure_database_prepare (db, "SELECT hash FROM log ORDER BY n DESC LIMIT 1", error);
  int           step = stmt != NULL ? dure_database_step (db, stmt, error) : SQLITE_ERROR;

  if (step == SQLITE_ROW)
    *hash = g_strdup (dure_database_text (stmt, 0));
  else if (step == SQLITE_DONE)
    *hash = g_strdup ("");
  else
    return FALSE;
  sqlite3_reset (stmt);
  return TRUE;
}

/* @hash: (inout): of the line before, then of this one */
static gboolean
insert (DureDatabase *db, const DureAccess *access, char **hash, GError **error)
{
  sqlite3_stmt *stmt = dure_database_prepare (
      db, "INSERT INTO log (at, tenant, user, device, remote, what, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  char *next;

  if (stmt == NULL)
    return FALSE;
  next = dure_access_hash (*hash, access);
  g_free (*hash);
  *hash = next;
  sqlite3_bind_int64 (stmt, 1, access->at);
  dure_database_bind (stmt, 2, access->tenant);
  dure_database_bind (stmt, 3, access->user);
  dure_database_bind (stmt, 4, access->device);
  dure_database_bind (stmt, 5, access->remote);
  dure_database_bind (stmt, 6, access->what);
  dure_database_bind (stmt, 7, access->detail);
  dure_database_bind (stmt, 8, *hash);
  return dure_database_run (db, stmt, error);
}

static gboolean
write_all (DureDatabase *db, GPtrArray *lines, GError **error)
{
  g_autofree char *hash = NULL;
  gboolean         good;

  /* The last hash is read and the next written under one lock. */
  if (!dure_database_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  good = last_hash (db, &hash, error);
  for (guint i = 0; good && i < lines->len; i++)
    good = insert (db, ((Line *)g_ptr_array_index (lines, i))->access, &hash, error);
  if (good && dure_database_exec (db, "COMMIT", error))
    return TRUE;
  dure_database_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

/**
 * dure_sqlite_log_append:
 * @self: a log
 * @db: this thread's own connection to its file, in no transaction
 * @access: a line
 * @error: return location
 *
 * Returns: whether the line is on the disk
 */
gboolean
dure_sqlite_log_append (DureSqliteLog *self, DureDatabase *db, const DureAccess *access, GError **error)
{
  Line line = { .access = access };

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->waiting, &line);
  while (!line.done && self->writing)
    g_cond_wait (&self->written, &self->lock);
  if (!line.done)
    {
      g_autoptr (GPtrArray) lines = g_steal_pointer (&self->waiting);
      g_autoptr (GError) failure = NULL;

      self->waiting = g_ptr_array_new ();
      self->writing = TRUE;
      g_mutex_unlock (&self->lock);
      write_all (db, lines, &failure);
      g_mutex_lock (&self->lock);
      for (guint i = 0; i < lines->len; i++)
        {
          Line *written = g_ptr_array_index (lines, i);

          written->error = failure != NULL ? g_error_copy (failure) : NULL;
          written->done = TRUE;
        }
      self->writing = FALSE;
      g_cond_broadcast (&self->written);
    }
  g_mutex_unlock (&self->lock);
  if (line.error == NULL)
    return TRUE;
  g_propagate_error (error, line.error);
  return FALSE;
}
