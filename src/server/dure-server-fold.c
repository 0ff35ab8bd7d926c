/* dure-server-fold.c: what the server forgets with age
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes are kept for a year, or as long as the settings say. Then they are folded into what stands of the records: a
 * prefix of the log goes, and what was deleted before its end goes too (a tombstone), unless something still links to it.
 * Their stamps are kept, so that what is sent again is known. What was purged stays marked for ever.
 *
 * When a change came is not in the log; each day's last number is noted (the marks: "DAY:SEQ DAY:SEQ …", and what
 * dure-server-place.c has among them), and the fold goes up to the youngest mark that is old enough. All of it is done in pieces, each a short transaction that leaves
 * everything right: a fold that was killed goes on the next day.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <string.h>

#include "base/dure-uuid.h"
#include "server/dure-server-fold.h"
#include "server/dure-server-private.h"

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))
#define PIECE 500
#define MOST_MARKS 2000

typedef enum
{
  STEP_MARK,
  STEP_CHANGES,
  STEP_LINKS,
  STEP_RECORDS,
} Step;

struct _DureFold
{
  char       *tenant;
  guint       days;
  Step        step;
  gint64      target;
  gint64      folded;
  gint64      record;  /* number of the last that was looked at */
  gboolean    raised;  /* the epoch */
  GHashTable *linked;  /* whatever a record that stands names */
  guint       changes; /* that went */
  guint       records;
};

/**
 * dure_fold_new:
 * @tenant: whose
 * @days: so long changes are kept
 *
 * Returns: (transfer full): a fold that has not begun
 */
DureFold *
dure_fold_new (const char *tenant, guint days)
{
  DureFold *self = g_new0 (DureFold, 1);

  self->tenant = g_strdup (tenant);
  self->days = days;
  self->linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
dure_fold_free (DureFold *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->linked);
  g_free (self->tenant);
  g_free (self);
}

/** dure_fold_get_counts: how many changes and deleted records went. */
void
dure_fold_get_counts (DureFold *self, guint *changes, guint *records)
{
  *changes = self->changes;
  *records = self->records;
}

/* Notes today's last number and finds up to which the log is old enough. */
static gboolean
mark (DureServer *server, DureFold *self, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (server->storage);
  gint64            seq, epoch, today = dure_server_now (server) / DAY_MS;
  g_autofree char  *text = NULL;
  g_auto (GStrv) marks = NULL;
  g_autoptr (GString) kept = g_string_new (NULL);
  guint n;

  if (!storage->last_seq (server->storage, self->tenant, &seq, &epoch, error)
      || !storage->get_age (server->storage, self->tenant, &self->folded, &text, error))
    return FALSE;
  marks = g_strsplit (text, " ", -1);
  n = g_strv_length (marks);
  self->target = self->folded;
  if (self->days == 0)
    self->target = MAX (self->folded, seq - 1);
  for (guint i = n > MOST_MARKS ? n - MOST_MARKS : 0; i < n; i++)
    {
      char  *rest = NULL;
      gint64 day = g_ascii_strtoll (marks[i], &rest, 10);
      gint64 last = *rest == ':' ? g_ascii_strtoll (rest + 1, NULL, 10) : 0;

      if (g_str_has_prefix (marks[i], "gap:"))
        {
          g_string_append_printf (kept, "%s ", marks[i]);
          continue;
        }
      if (last <= self->folded || day == today)
        continue;
      if (day <= today - (gint64)self->days)
        self->target = MAX (self->target, MIN (last, seq - 1));
      g_string_append_printf (kept, "%s ", marks[i]);
    }
  g_string_append_printf (kept, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, today, seq);
  return storage->put_marks (server->storage, self->tenant, kept->str, error);
}

/* The last change of all stays, so that the numbers go on. */
static gboolean
fold_changes (DureServer *server, DureFold *self, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (server->storage);
  g_autofree char  *marks = NULL;
  gint64            up_to;

  if (!storage->get_age (server->storage, self->tenant, &self->folded, &marks, error))
    return FALSE;
  up_to = MIN (self->folded + PIECE, self->target);
  if (up_to <= self->folded)
    return TRUE;
  if (!storage->fold (server->storage, self->tenant, up_to, !self->raised, error))
    return FALSE;
  self->raised = TRUE;
  self->changes += (guint)(up_to - self->folded);
  self->folded = up_to;
  return TRUE;
}

typedef struct
{
  DureFold *fold;
  GArray   *ended; /* numbers of records */
  guint     n;
} Walk;

/* Deleted before the end of what was folded. */
static gboolean
is_ended (DureFold *self, DureState *state)
{
  const DureChangeField *deleted = dure_state_find (state, DURE_CHANGE_DELETED, NULL);

  if (deleted == NULL || g_strcmp0 (deleted->value, "1") != 0 || dure_state_is_purged (state))
    return FALSE;
  for (guint i = 0; i < state->changes->len; i++)
    if (((DureChange *)g_ptr_array_index (state->changes, i))->seq > self->folded)
      return FALSE;
  return TRUE;
}

static void
note_links (DureFold *self, DureState *state)
{
  for (guint i = 0; i < state->changes->len; i++)
    {
      const DureChange *change = g_ptr_array_index (state->changes, i);

      for (guint f = 0; f < change->fields->len; f++)
        {
          const DureChangeField *field = g_ptr_array_index (change->fields, f);

          if (field->value != NULL && strlen (field->value) == DURE_UUID_LENGTH)
            g_hash_table_add (self->linked, g_strdup (field->value));
        }
    }
}

static void
record_cb (gint64 number, const char *lines, gsize length, gpointer data)
{
  Walk     *walk = data;
  DureFold *self = walk->fold;
  gboolean  deleted = g_strstr_len (lines, (gssize)length, "\"deleted\":\"1\"") != NULL;
  g_autoptr (DureState) state = NULL;

  self->record = number;
  walk->n++;
  if (self->step == STEP_RECORDS && !deleted)
    return;
  state = dure_state_new ();
  if (!dure_state_parse (state, lines, length, NULL) || state->changes->len == 0)
    return;
  if (self->step == STEP_LINKS)
    {
      if (!is_ended (self, state))
        note_links (self, state);
    }
  else if (is_ended (self, state)
           && !g_hash_table_contains (self->linked, ((DureChange *)g_ptr_array_index (state->changes, 0))->id))
    g_array_append_val (walk->ended, number);
}

static gboolean
walk_records (DureServer *server, DureFold *self, gboolean *end, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (server->storage);
  g_autoptr (GArray) ended = g_array_new (FALSE, FALSE, sizeof (gint64));
  Walk walk = { self, ended, 0 };

  if (!storage->read_records (server->storage, self->tenant, self->record, PIECE, record_cb, &walk, error))
    return FALSE;
  for (guint i = 0; i < ended->len; i++)
    if (!storage->remove_record (server->storage, self->tenant, g_array_index (ended, gint64, i), error))
      return FALSE;
  self->records += ended->len;
  *end = walk.n < PIECE;
  return TRUE;
}

static gboolean
piece (DureServer *server, DureFold *self, gboolean *done, GError **error)
{
  gboolean end = FALSE;

  switch (self->step)
    {
    case STEP_MARK:
      self->step = STEP_CHANGES;
      return mark (server, self, error);
    case STEP_CHANGES:
      if (!fold_changes (server, self, error))
        return FALSE;
      if (self->folded >= self->target)
        self->step = STEP_LINKS;
      *done = self->folded == 0;
      return TRUE;
    case STEP_LINKS:
      if (!walk_records (server, self, &end, error))
        return FALSE;
      if (end)
        {
          self->step = STEP_RECORDS;
          self->record = 0;
        }
      return TRUE;
    case STEP_RECORDS:
    default:
      return walk_records (server, self, done, error);
    }
}

/**
 * dure_server_fold:
 * @self: a server, outside of any transaction
 * @fold: a fold
 * @done: (out): whether nothing is left to do
 * @error: return location
 *
 * Does the next piece of @fold, some milliseconds.
 *
 * Returns: whether it was stored
 */
gboolean
dure_server_fold (DureServer *self, DureFold *fold, gboolean *done, GError **error)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);

  *done = FALSE;
  if (!storage->begin (self->storage, fold->tenant, error))
    return FALSE;
  if (piece (self, fold, done, error) && storage->commit (self->storage, fold->tenant, error))
    return TRUE;
  storage->rollback (self->storage, fold->tenant);
  return FALSE;
}
