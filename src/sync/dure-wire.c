/* dure-wire.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wire format, version 1
 * ======================
 * Devices and server exchange lines: one JSON object of RFC 8259 a line, UTF-8, ended by a line feed, media type
 * application/x-dure-lines, as a rule under gzip. The same lines stand in the server's storage and in bundle files.
 *
 * A change sets fields of one record:
 *
 *   {"stamp":"0197…-0000-9f3c…","entity":"agency","id":"0197…","set":{"name":"…","note":null},
 *    "seen":{"name":"0196…-0000-11d0…"},"by":"kim"}
 *
 * - stamp: when and where it was written, dure-stamp.h; a change is known by its stamp, so sending it twice is harmless
 * - entity: key of the table's entity, or one that only a newer program knows: [a-z][a-z0-9_-]*, at most 64 bytes
 * - id: UUID of the record
 * - set: field key to canonical text, or null for none; 1 to 256 fields, a value has at most 1 MiB. The pseudo-field
 *   "deleted" holds "1" for a deleted record
 * - seen: field key to the stamp of the value that was replaced; a field without one was empty
 * - by: user name of the author, at most 800 bytes; the server puts the account's own in its place
 * - back: from the server only: number of the device that brought the change back for its author, after the server had
 *   been put back to an older state
 * - part: 1 for a change of which only what stood in a snapshot is known; what it replaced is not in `seen`
 * - knew: field key to stamp: all that the author's device had of the record, where the number up to which it had taken
 *   does not say it
 * - seq: from the server only: its sequence number
 * - key: in a snapshot only, on the last line of each record: number of the record, from which a broken snapshot goes on
 *
 * Answers of many lines begin with {"start":1,"seq":…,"epoch":…,"total":…,"role":"editor","last":"0197…"} and end with
 * {"end":1,"seq":…,"epoch":…,"now":…,"more":false,"role":"editor","last":"0197…"}; `last` is the stamp of the change
 * with the number `seq`. An answer without its end line broke off; the lines before that are good all the same. `seq` of the end line of /v1/changes is the next `after`; `seq` of the start line
 * of /v1/snapshot is where /v1/changes goes on afterwards.
 *
 * A line has at most 4 MiB. Members that are not named here are skipped (a newer server may add some), up to 8 levels
 * deep; a member that comes twice, a wrong type, a lone surrogate, a NUL and bytes that are not UTF-8 are refused.
 *
 * Stamps that are more than five minutes ahead of the server's clock are refused by the server; see docs/protocol.md
 * for the requests themselves.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-wire-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-stamp.h"
#include "base/dure-uuid.h"

/* For the fields; what stands between the texts of a line makes room for more. */
#define ROOM_BESIDES 64

/**
 * dure_wire_is_key:
 * @key: a text
 *
 * Returns: whether @key may name an entity or a field: [a-z][a-z0-9_-]*, at most 64 bytes
 */
gboolean
dure_wire_is_key (const char *key)
{
  gsize i;

  if (!g_ascii_islower (key[0]))
    return FALSE;
  for (i = 1; key[i] != '\0'; i++)
    if (i >= DURE_WIRE_MAX_KEY
        || !(g_ascii_islower (key[i]) || g_ascii_isdigit (key[i]) || key[i] == '_' || key[i] == '-'))
      return FALSE;
  return TRUE;
}

/* Few fields: a walk; many: the same, 256 are still few. */
static gboolean
read_set (DureWireReader *r, DureChange *change)
{
  if (!dure_wire_take (r, '{'))
    return dure_wire_refuse (r, "an object was expected");
  if (dure_wire_take (r, '}'))
    return dure_wire_refuse (r, "nothing is set");
  do
    {
      const char *key = dure_wire_read_string (r);
      const char *value = NULL;

      if (key == NULL || !dure_wire_take (r, ':'))
        return dure_wire_refuse (r, "':' was expected");
      if (!dure_wire_is_key (key))
        return dure_wire_refuse (r, "bad field key");
      if (change->fields->len >= DURE_WIRE_MAX_FIELDS)
        return dure_wire_refuse (r, "too many fields");
      if (dure_change_find (change, key) != NULL)
        return dure_wire_refuse (r, "a field twice");
      if (!dure_wire_read_word (r, "null"))
        {
          value = dure_wire_read_string (r);
          if (value == NULL)
            return FALSE;
          if (strlen (value) > DURE_WIRE_MAX_VALUE)
            return dure_wire_refuse (r, "value too long");
        }
      dure_change_add_kept (change, key, value, NULL);
    }
  while (dure_wire_take (r, ','));
  return dure_wire_take (r, '}') || dure_wire_refuse (r, "open bracket");
}

static gboolean
read_seen (DureWireReader *r, DureChange *change)
{
  if (!dure_wire_take (r, '{'))
    return dure_wire_refuse (r, "an object was expected");
  if (dure_wire_take (r, '}'))
    return TRUE;
  do
    {
      char             key[DURE_WIRE_MAX_KEY + 2];
      const char      *stamp;
      DureChangeField *field;

      if (!dure_wire_read_name (r, key) || !dure_wire_take (r, ':'))
        return dure_wire_refuse (r, "':' was expected");
      if (dure_wire_read_word (r, "null"))
        continue;
      stamp = dure_wire_read_string (r);
      if (stamp == NULL)
        return FALSE;
      if (!dure_stamp_is_valid (stamp))
        return dure_wire_refuse (r, "bad stamp in \"seen\"");
      field = dure_change_find (change, key);
      if (field == NULL)
        continue;
      if (field->seen != NULL)
        return dure_wire_refuse (r, "a field twice");
      field->seen = stamp;
    }
  while (dure_wire_take (r, ','));
  return dure_wire_take (r, '}') || dure_wire_refuse (r, "open bracket");
}

/* What the author's device had of the record, also of fields that the change does not set. */
static gboolean
read_knew (DureWireReader *r, DureChange *change)
{
  if (change->knew != NULL)
    return dure_wire_refuse (r, "a member twice");
  if (!dure_wire_take (r, '{'))
    return dure_wire_refuse (r, "an object was expected");
  dure_change_add_known (change, NULL, NULL);
  if (dure_wire_take (r, '}'))
    return TRUE;
  do
    {
      char        key[DURE_WIRE_MAX_KEY + 2];
      const char *stamp;

      if (!dure_wire_read_name (r, key) || !dure_wire_take (r, ':'))
        return dure_wire_refuse (r, "':' was expected");
      stamp = dure_wire_read_string (r);
      if (stamp == NULL)
        return FALSE;
      if (!dure_wire_is_key (key))
        return dure_wire_refuse (r, "bad field key");
      if (!dure_stamp_is_valid (stamp))
        return dure_wire_refuse (r, "bad stamp in \"knew\"");
      if (g_hash_table_size (change->knew) >= DURE_WIRE_MAX_FIELDS)
        return dure_wire_refuse (r, "too many fields");
      dure_change_add_known (change, key, stamp);
    }
  while (dure_wire_take (r, ','));
  return dure_wire_take (r, '}') || dure_wire_refuse (r, "open bracket");
}

static gboolean
read_text_once (DureWireReader *r, const char **text)
{
  if (*text != NULL)
    return dure_wire_refuse (r, "a member twice");
  *text = dure_wire_read_string (r);
  return *text != NULL;
}

/* Of a line that is no change. */
static gboolean
read_own_text (DureWireReader *r, char **text)
{
  const char *read = *text;

  if (dure_wire_read_word (r, "null"))
    return TRUE;
  if (!read_text_once (r, &read))
    return FALSE;
  *text = g_strdup (read);
  return TRUE;
}

static gboolean
read_members (DureWireReader *r, DureWireLine *line, DureChange *change)
{
  const char *seen = NULL;
  gint64      mark = 0, part = 0;
  guint       kinds = 0;

  if (!dure_wire_take (r, '{'))
    return dure_wire_refuse (r, "no object");
  do
    {
      char             key[DURE_WIRE_MAX_KEY + 2];
      gboolean         good;

      if (!dure_wire_read_name (r, key) || !dure_wire_take (r, ':'))
        return dure_wire_refuse (r, "':' was expected");
      if (strcmp (key, "stamp") == 0)
        good = read_text_once (r, &change->stamp);
      else if (strcmp (key, "entity") == 0)
        good = read_text_once (r, &change->entity);
      else if (strcmp (key, "id") == 0)
        good = read_text_once (r, &change->id);
      else if (strcmp (key, "by") == 0)
        good = dure_wire_read_word (r, "null") || read_text_once (r, &change->by);
      else if (strcmp (key, "role") == 0)
        good = read_own_text (r, &line->role);
      else if (strcmp (key, "wanted") == 0)
        good = read_own_text (r, &line->wanted);
      else if (strcmp (key, "last") == 0)
        good = read_own_text (r, &line->last)
               && (line->last == NULL || dure_stamp_is_valid (line->last) || dure_wire_refuse (r, "bad stamp"));
      else if (strcmp (key, "set") == 0)
        good = change->fields->len == 0 ? read_set (r, change) : dure_wire_refuse (r, "a member twice");
      else if (strcmp (key, "seen") == 0)
        {
          if (seen != NULL)
            return dure_wire_refuse (r, "a member twice");
          dure_wire_skip_space (r);
          seen = r->at;
          good = dure_wire_skip_value (r);
        }
      else if (strcmp (key, "knew") == 0)
        good = read_knew (r, change);
      else if (strcmp (key, "back") == 0)
        good = read_text_once (r, &change->back)
               && (strlen (change->back) == DURE_DEVICE_LENGTH || dure_wire_refuse (r, "bad number of a device"));
      else if (strcmp (key, "part") == 0)
        {
          good = dure_wire_read_integer (r, &part);
          change->part = part != 0;
        }
      else if (strcmp (key, "seq") == 0)
        good = dure_wire_read_integer (r, &line->seq);
      else if (strcmp (key, "key") == 0)
        good = dure_wire_read_integer (r, &line->key);
      else if (strcmp (key, "epoch") == 0)
        good = dure_wire_read_integer (r, &line->epoch);
      else if (strcmp (key, "total") == 0)
        good = dure_wire_read_integer (r, &line->total);
      else if (strcmp (key, "returning") == 0)
        good = dure_wire_read_integer (r, &line->returning);
      else if (strcmp (key, "now") == 0)
        good = dure_wire_read_integer (r, &line->now);
      else if (strcmp (key, "more") == 0)
        {
          line->more = dure_wire_read_word (r, "true");
          good = line->more || dure_wire_read_word (r, "false") || dure_wire_refuse (r, "true or false was expected");
        }
      else if (strcmp (key, "start") == 0 || strcmp (key, "end") == 0)
        {
          line->kind = key[0] == 's' ? DURE_WIRE_START : DURE_WIRE_END;
          kinds++;
          good = dure_wire_read_integer (r, &mark);
        }
      else
        good = dure_wire_skip_value (r);
      if (!good)
        return dure_wire_refuse (r, "bad member");
    }
  while (dure_wire_take (r, ','));
  if (!dure_wire_take (r, '}'))
    return dure_wire_refuse (r, "open bracket");
  dure_wire_skip_space (r);
  if (r->at != r->end)
    return dure_wire_refuse (r, "something after the object");
  if (kinds > 1)
    return dure_wire_refuse (r, "both start and end");
  if (kinds == 1)
    return mark == DURE_WIRE_VERSION || dure_wire_refuse (r, "another version of the protocol");
  if (seen != NULL)
    {
      r->at = seen;
      if (!read_seen (r, change))
        return FALSE;
    }
  if (change->stamp == NULL || !dure_stamp_is_valid (change->stamp))
    return dure_wire_refuse (r, "bad stamp");
  if (change->entity == NULL || !dure_wire_is_key (change->entity))
    return dure_wire_refuse (r, "bad entity");
  if (change->id == NULL || !dure_uuid_is_valid (change->id))
    return dure_wire_refuse (r, "bad id");
  if (change->fields->len == 0)
    return dure_wire_refuse (r, "nothing is set");
  if (change->by != NULL && strlen (change->by) > DURE_WIRE_MAX_BY)
    return dure_wire_refuse (r, "name of the author too long");
  change->seq = line->seq;
  return TRUE;
}

/* The kind of problem, as docs/protocol.md has them. */
static const char *
name_problem (const char *wrong)
{
  static const struct
  {
    const char *wrong, *problem;
  } names[] = {
    { "too deep", "too-deep" },
    { "not UTF-8", "not-utf8" },
    { "line too long", "too-large" },
    { "value too long", "too-large" },
    { "too many fields", "too-large" },
    { "a text was expected", "wrong-type" },
    { "an object was expected", "wrong-type" },
    { "a whole number was expected", "wrong-type" },
    { "true or false was expected", "wrong-type" },
  };

  for (guint i = 0; wrong != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].wrong, wrong) == 0)
      return names[i].problem;
  return "format";
}

/**
 * dure_wire_parse:
 * @text: one line, with or without its line feed; need not end with a NUL
 * @length: bytes of @text
 * @line: (out caller-allocates): the parts; cleared first, and empty but for its problem when this fails
 * @error: return location; %DURE_ERROR_PROTOCOL
 *
 * Takes one line of the wire format apart, strictly. Cost: linear in @length.
 *
 * Returns: whether the line is good
 */
gboolean
dure_wire_parse (const char *text, gsize length, DureWireLine *line, GError **error)
{
  g_autoptr (DureChange) change = NULL;
  DureWireReader r = { text, text, text + length, NULL, NULL };

  memset (line, 0, sizeof *line);
  if (length > 0 && text[length - 1] == '\n')
    r.end--;
  if (length > DURE_WIRE_MAX_LINE)
    dure_wire_refuse (&r, "line too long");
  else if (!dure_wire_is_utf8 (text, length))
    dure_wire_refuse (&r, "not UTF-8");
  else
    {
      r.change = change = dure_change_new_sized (length + ROOM_BESIDES);
      if (read_members (&r, line, change))
        {
          if (line->kind == DURE_WIRE_CHANGE)
            line->change = g_steal_pointer (&change);
          return TRUE;
        }
    }
  dure_wire_line_clear (line);
  line->problem = name_problem (r.wrong);
  dure_set_error (error, DURE_ERROR_PROTOCOL, _ ("What was sent is not in Dure's format (%s, at byte %u of the line)."),
                  r.wrong != NULL ? r.wrong : "?", (guint)(r.at - r.start));
  return FALSE;
}

/** dure_wire_line_clear: frees what @line holds and empties it. */
void
dure_wire_line_clear (DureWireLine *line)
{
  g_clear_pointer (&line->change, dure_change_free);
  g_clear_pointer (&line->role, g_free);
  g_clear_pointer (&line->wanted, g_free);
  g_clear_pointer (&line->last, g_free);
  memset (line, 0, sizeof *line);
}
