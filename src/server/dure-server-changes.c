/* dure-server-changes.c: POST /v1/changes, GET /v1/changes, GET /v1/snapshot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "server/dure-server-private.h"
#include "sync/dure-wire.h"

/* A pull brings at most so many changes at once; a snapshot is read in parts of so many records. */
#define PULL_MOST 5000
#define SNAPSHOT_PART 500
/* What so many changes of a push need is asked at once. */
#define AHEAD 1000

typedef struct
{
  DureServer    *server;
  DureEnrolment *who;
  DureRequest   *request;
  gint64         after;
  gint64         seq;
  GString       *refused;
  guint          n_accepted;
  guint          n_refused;
  gboolean       plain;
  GHashTable    *purged; /* names of records */
  gint64         folded; /* the last number whose change is gone */
  gint64         returning; /* what others wrote comes, too: the device had taken up to this number before; else -1 */
  gboolean       began; /* something of that was stored */
  gboolean       ended; /* something went on from a record that has ended */
  gboolean       taken; /* a stamp was another change's: nothing behind it may overtake it */
} Push;

/* One line of a push, read. */
typedef struct
{
  DureWireLine line;
  GError      *wrong;
} Parsed;

static void
parsed_clear (gpointer data)
{
  Parsed *parsed = data;

  dure_wire_line_clear (&parsed->line);
  g_clear_error (&parsed->wrong);
}

static void
refuse (Push *push, guint line, const char *stamp, const char *problem, const char *detail)
{
  g_string_append_printf (push->refused, "%s{\"line\":%u,\"stamp\":", push->n_refused++ > 0 ? "," : "", line);
  dure_json_append_string (push->refused, stamp);
  g_string_append_printf (push->refused, ",\"type\":\"urn:dure:problem:%s\",\"detail\":", problem);
  dure_json_append_string (push->refused, detail);
  g_string_append_c (push->refused, '}');
  push->plain = FALSE;
}

/* A stamp names one change. Two devices that go by one number, as after a store was copied to another computer, could
 * give it to two, and so could a store that was put back from a copy. */
static gboolean
is_same (const char *known, const DureChange *change)
{
  g_auto (DureWireLine) line = { 0 };

  /* It was folded. */
  if (*known == '\0')
    return TRUE;
  if (!dure_wire_parse (known, strlen (known), &line, NULL) || line.change == NULL
      || strcmp (line.change->entity, change->entity) != 0 || strcmp (line.change->id, change->id) != 0)
    return FALSE;
  /* Here or there it is known by now that the record was purged. */
  if (dure_change_is_void (line.change) || dure_change_is_void (change))
    return TRUE;
  if (line.change->fields->len != change->fields->len)
    return FALSE;
  for (guint i = 0; i < change->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (change->fields, i);
      const DureChangeField *other = dure_change_find (line.change, field->key);

      if (other == NULL || g_strcmp0 (other->value, field->value) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_line (Push *push, DureChange *change, gboolean *ended, GError **error)
{
  if (!dure_server_take (push->server, push->who, change, push->after, push->folded > 0, &push->seq, &push->plain, ended,
                         error))
    return FALSE;
  if (*ended)
    return TRUE;
  if (!dure_change_is_purge (change))
    return dure_server_follow_owner (push->server, push->who, change, push->purged, &push->seq, &push->plain, error);
  dure_server_note_purge (push->purged, change);
  return TRUE;
}

/* What was brought back, maybe in part, and now comes from its author. */
static gboolean
was_brought_back (Push *push, const DureChange *change, const char *known)
{
  g_auto (DureWireLine) line = { 0 };

  return strcmp (dure_stamp_device (change->stamp), push->who->device) == 0 && *known != '\0'
         && dure_wire_parse (known, strlen (known), &line, NULL) && line.change != NULL && line.change->back != NULL;
}

/* It comes again with a stamp that is later than all that others still have of it. */
static void
refuse_ended (Push *push, guint number, const DureChange *change)
{
  push->ended = TRUE;
  refuse (push, number, change->stamp, "record-ended", _ ("The record was deleted long ago. It will be sent whole."));
}

static gboolean
return_line (Push *push, guint number, DureChange *change, const char *known, GError **error)
{
  DureReturn  back = { .server = push->server,
                       .who = push->who,
                       .claimed = push->returning,
                       .folded = push->folded > 0,
                       .began = push->began,
                       .purged = push->purged,
                       .seq = &push->seq,
                       .plain = &push->plain };
  const char *problem = NULL;

  if (!dure_server_take_back (&back, change, known, &problem, error))
    return FALSE;
  push->began = back.began;
  if (problem == NULL)
    push->n_accepted++;
  else if (strcmp (problem, "record-ended") == 0)
    refuse_ended (push, number, change);
  else
    {
      push->taken = push->returning < 0;
      refuse (push, number, change->stamp, problem,
              _ ("Another computer has sent a change with the same stamp: this file is used on two computers."));
    }
  return TRUE;
}

static gboolean
push_line (Push *push, guint number, const Parsed *parsed, GError **error)
{
  DureStorage       *storage = push->server->storage;
  const DureWireLine line = parsed->line;
  g_autofree char   *known = NULL;

  if (parsed->wrong != NULL)
    refuse (push, number, NULL, line.problem, parsed->wrong->message);
  else if (line.kind != DURE_WIRE_CHANGE)
    return TRUE;
  else if (dure_stamp_ms (line.change->stamp) > dure_server_now (push->server) + DURE_STAMP_MOST_AHEAD_MS)
    refuse (push, number, line.change->stamp, "stamp-ahead",
            _ ("The clock of this computer is ahead. The changes will be sent with the right time."));
  else if (!DURE_STORAGE_GET_CLASS (storage)->has_stamp (storage, push->who->tenant, line.change->stamp, &known, error))
    return FALSE;
  else if (push->returning >= 0 || (known != NULL && !push->taken && was_brought_back (push, line.change, known)))
    return return_line (push, number, line.change, known, error);
  /* A device that got another number has changes of its old one, which the server may have. */
  else if (strcmp (dure_stamp_device (line.change->stamp), push->who->device) != 0
           && (known == NULL || !is_same (known, line.change)))
    refuse (push, number, line.change->stamp, "wrong-device", _ ("This change was made on another computer."));
  else if (push->taken || (known != NULL && !is_same (known, line.change)))
    {
      push->taken = TRUE;
      refuse (push, number, line.change->stamp, "stamp-taken",
              _ ("Another computer has sent a change with the same stamp: this file is used on two computers."));
    }
  else
    {
      gboolean ended = FALSE;

      if (known == NULL && !take_line (push, line.change, &ended, error))
        return FALSE;
      if (ended)
        refuse_ended (push, number, line.change);
      else
        push->n_accepted++;
    }
  return TRUE;
}

/* Reads the next lines of what was sent; @changes are theirs, as far as they are good. Returns where they end. */
static const char *
read_lines (const char *text, const char *end, GArray *lines, GPtrArray *changes)
{
  g_array_set_size (lines, 0);
  g_ptr_array_set_size (changes, 0);
  while (text < end && lines->len < AHEAD)
    {
      const char *stop = memchr (text, '\n', (gsize)(end - text));
      Parsed      parsed = { 0 };
      DureChange *change;

      if (dure_wire_parse (text, (gsize)(stop - text), &parsed.line, &parsed.wrong) && parsed.line.change != NULL)
        {
          change = parsed.line.change;
          if (dure_change_is_purge (change))
            dure_change_set_purge (change, dure_change_find (change, DURE_CHANGE_PURGED)->value);
          g_ptr_array_add (changes, change);
        }
      g_array_append_val (lines, parsed);
      text = stop + 1;
    }
  return text;
}

static gboolean
push_all (Push *push, GError **error)
{
  DureStorage *storage = push->server->storage;
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Parsed));
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();
  gsize       length;
  const char *text = g_bytes_get_data (push->request->body, &length);
  const char *end;
  guint       number = 1;

  /* The data of no bytes may be no pointer. */
  if (length == 0)
    return TRUE;
  end = text + length;
  g_array_set_clear_func (lines, parsed_clear);
  while (text < end)
    {
      text = read_lines (text, end, lines, changes);
      if (changes->len > 1
          && !DURE_STORAGE_GET_CLASS (storage)->look_ahead (storage, push->who->tenant, changes, error))
        return FALSE;
      for (guint i = 0; i < lines->len; i++)
        if (!push_line (push, number++, &g_array_index (lines, Parsed, i), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
note_purges (Push *push)
{
  GHashTableIter iter;
  gpointer       name;

  g_hash_table_iter_init (&iter, push->purged);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!dure_server_note (push->server, push->who, push->request, "purge", name))
      return FALSE;
  return TRUE;
}

/* The server's own stamps go on from the last that stands in the tenant; another server may have written it. */
static gboolean
hear_clock (DureServer *self, const char *tenant, GError **error)
{
  g_autofree char *stamp = NULL;

  if (!DURE_STORAGE_GET_CLASS (self->storage)->last_stamp (self->storage, tenant, &stamp, error))
    return FALSE;
  if (stamp != NULL)
    dure_clock_observe (self->clock, stamp);
  return TRUE;
}

/* Whether this server has what the device knows it to have: @after numbers, and the change that the device names. */
static gboolean
is_known (DureServer    *self,
          DureEnrolment *who,
          DureRequest   *request,
          gint64         after,
          gint64         seq,
          gboolean      *known,
          GError       **error)
{
  gint64 number;

  *known = dure_request_get_int (request, "known", 0, &number) && MAX (after, number) <= seq;
  return !*known
         || dure_server_has_place (self, who->tenant, number, dure_request_get (request, "last"), known, error);
}

static DureResponse *
refuse_ahead (void)
{
  return dure_response_problem (409, "ahead", "Ahead of the server",
                                _ ("The server is older than this computer's copy, as after a backup was restored."));
}

/* A line without its end broke off on the way: that is no fault of the change in it. */
static gboolean
is_whole (GBytes *body)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);

  return length == 0 || text[length - 1] == '\n';
}

DureResponse *
dure_server_push (DureServer *self, DureEnrolment *who, DureRequest *request)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) refused = g_string_new (NULL);
  g_autoptr (GHashTable) purged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *detail = NULL;
  g_autofree char *last = NULL;
  g_autofree char *marks = NULL;
  Push             push = { .server = self, .who = who, .request = request, .refused = refused, .purged = purged, .plain = TRUE };
  gint64           before, epoch = 0;
  g_autofree char *at = NULL;
  gboolean         good, known = TRUE;
  DureResponse    *response;

  if (who->role == DURE_ROLE_VIEWER)
    return dure_response_problem (403, "role", "Not allowed", _ ("This account may only read."));
  if (g_strcmp0 (request->type, DURE_WIRE_TYPE) != 0)
    return dure_response_problem (415, "content-type", "Wrong content type",
                                  _ ("Changes are sent as application/x-dure-lines."));
  if (!dure_request_get_int (request, "after", 0, &push.after))
    return dure_response_problem (400, "format", "Not the protocol", _ ("“after” is a sequence number."));
  if (!dure_request_get_int (request, "returning", -1, &push.returning))
    return dure_response_problem (400, "format", "Not the protocol", _ ("“returning” is a sequence number."));
  if (!is_whole (request->body))
    return dure_response_problem (400, "truncated", "Broken off",
                                  _ ("The changes broke off on the way. Nothing was stored."));
  if (!storage->begin (self->storage, who->tenant, &error))
    return dure_server_failure (self, error);
  good = hear_clock (self, who->tenant, &error)
         && storage->last_seq (self->storage, who->tenant, &push.seq, &epoch, &error)
         && is_known (self, who, request, push.after, push.seq, &known, &error)
         && storage->get_age (self->storage, who->tenant, &push.folded, &marks, &error);
  before = push.seq;
  if (good && !known)
    {
      storage->rollback (self->storage, who->tenant);
      return refuse_ahead ();
    }
  if (!good || !push_all (&push, &error) || !dure_server_wipe (self, who, purged, &push.seq, &push.plain, &error)
      || !dure_server_find_last (self, who->tenant, push.seq, &at, &error)
      || ((push.taken || push.ended) && !storage->last_stamp (self->storage, who->tenant, &last, &error)))
    {
      storage->rollback (self->storage, who->tenant);
      return dure_server_failure (self, error);
    }
  detail = g_strdup_printf ("%u", push.n_accepted);
  if (!note_purges (&push) || (push.n_accepted > 0 && !dure_server_note (self, who, request, push.returning < 0 ? "push" : "return", detail)))
    {
      storage->rollback (self->storage, who->tenant);
      return dure_server_failure (self, NULL);
    }
  if (!storage->commit (self->storage, who->tenant, &error))
    {
      storage->rollback (self->storage, who->tenant);
      return dure_server_failure (self, error);
    }
  response = dure_response_new (200, "application/json");
  g_string_append_printf (response->body,
                          "{\"accepted\":%u,\"refused\":[%s],\"before\":%" G_GINT64_FORMAT ",\"seq\":%" G_GINT64_FORMAT
                          ",\"plain\":%s,\"epoch\":%" G_GINT64_FORMAT ",\"now\":%" G_GINT64_FORMAT ",\"role\":\"%s\"",
                          push.n_accepted, refused->str, before, push.seq, push.plain ? "true" : "false", epoch,
                          dure_server_now (self), dure_role_key (who->role));
  if (last != NULL)
    g_string_append_printf (response->body, ",\"stamp\":\"%s\"", last);
  g_string_append (response->body, "}\n");
  dure_wire_append_member (response->body, "last", at);
  if (push.seq > before)
    dure_server_announce (self, who->tenant, push.seq);
  return response;
}

typedef struct
{
  GString *out;
  gboolean viewer;
  gboolean with_key; /* the number belongs to the record's last line, else it is the sequence number */
  gint64   last;
  guint    n;
} Reading;

static void
add_hidden (Reading *reading, gint64 number, const char *lines, gsize length)
{
  g_autoptr (DureState) state = dure_state_new ();
  gint64 last = -1;

  if (!dure_state_parse (state, lines, length, NULL))
    return;
  for (guint i = 0; i < state->changes->len; i++)
    if (dure_server_hide (g_ptr_array_index (state->changes, i)))
      last = i;
  for (guint i = 0; i < state->changes->len; i++)
    {
      DureChange *change = g_ptr_array_index (state->changes, i);

      if (change->fields->len > 0)
        dure_wire_append (reading->out, change, reading->with_key ? change->seq : number,
                          reading->with_key && i == last ? number : 0);
    }
}

static void
stored_cb (gint64 number, const char *lines, gsize length, gpointer data)
{
  Reading    *reading = data;
  const char *last;

  reading->last = number;
  reading->n++;
  if (reading->viewer)
    {
      add_hidden (reading, number, lines, length);
      return;
    }
  if (!reading->with_key)
    {
      g_string_append_printf (reading->out, "{\"seq\":%" G_GINT64_FORMAT ",", number);
      g_string_append_len (reading->out, lines + 1, (gssize)length - 1);
      return;
    }
  for (last = lines + length - 1; last > lines && last[-1] != '\n'; last--)
    ;
  g_string_append_len (reading->out, lines, last - lines);
  g_string_append_printf (reading->out, "{\"key\":%" G_GINT64_FORMAT ",", number);
  g_string_append_len (reading->out, last + 1, (gssize)length - (last - lines) - 1);
}

DureResponse *
dure_server_pull (DureServer *self, DureEnrolment *who, DureRequest *request)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureResponse) response = dure_response_new (200, DURE_WIRE_TYPE);
  g_autofree char *detail = NULL;
  Reading          reading = { .out = response->body, .viewer = who->role == DURE_ROLE_VIEWER };
  g_autofree char *wanted = NULL;
  g_autofree char *last = NULL;
  g_autofree char *marks = NULL;
  gint64           after, limit, seq, epoch, folded = 0;
  gboolean         known;

  if (!dure_request_get_int (request, "after", 0, &after) || !dure_request_get_int (request, "limit", PULL_MOST, &limit)
      || limit == 0)
    return dure_response_problem (400, "format", "Not the protocol", _ ("“after” and “limit” are whole numbers."));
  if (!storage->last_seq (self->storage, who->tenant, &seq, &epoch, &error))
    return dure_server_failure (self, error);
  if (!is_known (self, who, request, after, seq, &known, &error))
    return dure_server_failure (self, error);
  if (!known)
    return refuse_ahead ();
  dure_wire_append_start (response->body, seq, epoch, seq - after);
  dure_wire_append_member (response->body, "role", dure_role_key (who->role));
  reading.last = after;
  if (after < seq
      && !storage->read_changes (self->storage, who->tenant, after, (guint)MIN (limit, PULL_MOST), stored_cb, &reading,
                                 &error))
    return dure_server_failure (self, error);
  /* Looked at afterwards: a fold may come in between. */
  if (after < seq && !storage->get_age (self->storage, who->tenant, &folded, &marks, &error))
    return dure_server_failure (self, error);
  if (after < folded)
    return dure_response_problem (409, "epoch", "From an older epoch",
                                  _ ("The changes since this computer's last sync are folded: it has to take everything "
                                     "anew."));
  detail = g_strdup_printf ("%u", reading.n);
  if (reading.n > 0 && !dure_server_note (self, who, request, "pull", detail))
    return dure_server_failure (self, NULL);
  if (!dure_server_find_last (self, who->tenant, reading.last, &last, &error))
    return dure_server_failure (self, error);
  dure_wire_append_end (response->body, reading.last, epoch, dure_server_now (self), reading.last < seq,
                        dure_role_key (who->role));
  dure_wire_append_member (response->body, "last", last);
  wanted = who->role != DURE_ROLE_VIEWER ? dure_server_list_wanted (self, who->tenant) : NULL;
  dure_wire_append_member (response->body, "wanted", wanted);
  return g_steal_pointer (&response);
}

typedef struct
{
  DureServer *server;
  char       *tenant;
  Reading     reading;
  gint64      seq;
  gint64      epoch;
  DureRole    role;
} Snapshot;

static void
snapshot_free (gpointer data)
{
  Snapshot *snapshot = data;

  g_object_unref (snapshot->server);
  g_free (snapshot->tenant);
  g_free (snapshot);
}

/* Changes that come between two parts have numbers after the start line's, so that the device takes them afterwards. */
static gboolean
snapshot_more (GString *out, gboolean *done, gpointer data)
{
  Snapshot    *snapshot = data;
  DureStorage *storage = snapshot->server->storage;
  g_autoptr (GError) error = NULL;

  snapshot->reading.out = out;
  snapshot->reading.n = 0;
  if (!DURE_STORAGE_GET_CLASS (storage)->read_records (storage, snapshot->tenant, snapshot->reading.last, SNAPSHOT_PART,
                                                       stored_cb, &snapshot->reading, &error))
    {
      g_warning ("snapshot: %s", error->message);
      return FALSE;
    }
  if (snapshot->reading.n == SNAPSHOT_PART)
    return TRUE;
  dure_wire_append_end (out, snapshot->seq, snapshot->epoch, dure_server_now (snapshot->server), FALSE,
                        dure_role_key (snapshot->role));
  *done = TRUE;
  return TRUE;
}

DureResponse *
dure_server_snapshot (DureServer *self, DureEnrolment *who, DureRequest *request)
{
  DureStorageClass *storage = DURE_STORAGE_GET_CLASS (self->storage);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureResponse) response = NULL;
  g_autofree char *last = NULL;
  Snapshot *snapshot;
  gint64    after, seq, epoch, count;
  gboolean  known;

  if (!dure_request_get_int (request, "after", 0, &after))
    return dure_response_problem (400, "format", "Not the protocol", _ ("“after” is the number of a record."));
  if (!storage->last_seq (self->storage, who->tenant, &seq, &epoch, &error)
      || !is_known (self, who, request, 0, seq, &known, &error)
      || !storage->count_records (self->storage, who->tenant, after, &count, &error)
      || !dure_server_find_last (self, who->tenant, seq, &last, &error))
    return dure_server_failure (self, error);
  if (!known)
    return refuse_ahead ();
  if (!dure_server_note (self, who, request, "snapshot", NULL))
    return dure_server_failure (self, NULL);
  response = dure_response_new (200, DURE_WIRE_TYPE);
  dure_wire_append_start (response->body, seq, epoch, count);
  dure_wire_append_member (response->body, "role", dure_role_key (who->role));
  dure_wire_append_member (response->body, "last", last);
  snapshot = g_new0 (Snapshot, 1);
  snapshot->server = g_object_ref (self);
  snapshot->tenant = g_strdup (who->tenant);
  snapshot->seq = seq;
  snapshot->epoch = epoch;
  snapshot->role = who->role;
  snapshot->reading.viewer = who->role == DURE_ROLE_VIEWER;
  snapshot->reading.with_key = TRUE;
  snapshot->reading.last = after;
  response->more = snapshot_more;
  response->more_data = snapshot;
  response->more_free = snapshot_free;
  return g_steal_pointer (&response);
}
