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

#include "sync/dure-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-json-check.h"
#include "base/dure-stamp.h"
#include "base/dure-uuid.h"

/* For the fields; what stands between the texts of a line makes room for more. */
#define ROOM_BESIDES 64

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  DureChange *change; /* keeps the texts */
  const char *wrong;  /* what is wrong, in a few words for whoever keeps the other side; NULL while all is well */
} Reader;

static gboolean
refuse (Reader *r, const char *why)
{
  if (r->wrong == NULL)
    r->wrong = why;
  return FALSE;
}

static void
skip_space (Reader *r)
{
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\r'))
    r->at++;
}

static gboolean
take (Reader *r, char c)
{
  skip_space (r);
  if (r->at >= r->end || *r->at != c)
    return FALSE;
  r->at++;
  return TRUE;
}

static gboolean
read_hex (Reader *r, guint *code)
{
  *code = 0;
  if (r->end - r->at < 4)
    return refuse (r, "short escape");
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*r->at++);

      if (digit < 0)
        return refuse (r, "bad escape");
      *code = *code * 16 + (guint)digit;
    }
  return TRUE;
}

static gboolean
read_escape (Reader *r, char **to)
{
  static const char from[] = "\"\\/bfnrt";
  static const char into[] = "\"\\/\b\f\n\r\t";
  const char       *which;
  guint             code, low;

  if (r->at >= r->end)
    return refuse (r, "open string");
  if (*r->at != 'u')
    {
      which = *r->at == '\0' ? NULL : strchr (from, *r->at);
      if (which == NULL)
        return refuse (r, "bad escape");
      *(*to)++ = into[which - from];
      r->at++;
      return TRUE;
    }
  r->at++;
  if (!read_hex (r, &code))
    return FALSE;
  if (code == 0)
    return refuse (r, "NUL in a text");
  if (code >= 0xdc00 && code <= 0xdfff)
    return refuse (r, "lone surrogate");
  if (code >= 0xd800 && code <= 0xdbff)
    {
      if (r->end - r->at < 6 || r->at[0] != '\\' || r->at[1] != 'u')
        return refuse (r, "lone surrogate");
      r->at += 2;
      if (!read_hex (r, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return refuse (r, "lone surrogate");
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
  *to += g_unichar_to_utf8 (code, *to);
  return TRUE;
}

/* A decoded string is never longer than its source, so the source's length is room enough. */
static const char *
read_string (Reader *r)
{
  const char *p;
  char       *out, *to;

  if (!take (r, '"'))
    {
      refuse (r, "a text was expected");
      return NULL;
    }
  for (p = r->at; p < r->end && *p != '"' && *p != '\\' && (guchar)*p >= 0x20; p++)
    ;
  if (p < r->end && *p == '"')
    {
      const gsize length = (gsize)(p - r->at);

      out = dure_change_reserve (r->change, length + 1);
      memcpy (out, r->at, length);
      out[length] = '\0';
      r->at = p + 1;
      return out;
    }
  for (; p < r->end && *p != '"'; p++)
    if (*p == '\\')
      p++;
  if (p >= r->end)
    {
      refuse (r, "open string");
      return NULL;
    }
  out = to = dure_change_reserve (r->change, (gsize)(p - r->at) + 1);
  while (r->at < r->end && *r->at != '"')
    {
      if ((guchar)*r->at < 0x20)
        refuse (r, "control character in a text");
      else if (*r->at == '\\')
        {
          r->at++;
          if (read_escape (r, &to))
            continue;
        }
      else
        {
          *to++ = *r->at++;
          continue;
        }
      return NULL;
    }
  r->at++;
  *to = '\0';
  return out;
}

/* The name of a member, without room made for it; of one that is longer than any we know, the beginning. */
static gboolean
read_name (Reader *r, char name[DURE_WIRE_MAX_KEY + 2])
{
  const char *whole;
  gsize       n = 0;

  skip_space (r);
  if (r->at < r->end && *r->at == '"')
    for (const char *p = r->at + 1; p < r->end && n <= DURE_WIRE_MAX_KEY && *p != '\\' && (guchar)*p >= 0x20; p++)
      {
        if (*p == '"')
          {
            name[n] = '\0';
            r->at = p + 1;
            return TRUE;
          }
        name[n++] = *p;
      }
  whole = read_string (r);
  if (whole == NULL)
    return FALSE;
  g_strlcpy (name, whole, DURE_WIRE_MAX_KEY + 2);
  return TRUE;
}

static gboolean
read_word (Reader *r, const char *word)
{
  gsize length = strlen (word);

  skip_space (r);
  if ((gsize)(r->end - r->at) < length || memcmp (r->at, word, length) != 0)
    return FALSE;
  r->at += length;
  return TRUE;
}

static gboolean
read_integer (Reader *r, gint64 *value)
{
  gint64 number = 0;
  guint  digits = 0;

  skip_space (r);
  for (; r->at < r->end && g_ascii_isdigit (*r->at); digits++)
    number = digits < 18 ? number * 10 + (*r->at++ - '0') : (r->at++, number);
  if (digits == 0 || digits > 18)
    return refuse (r, "a whole number was expected");
  if (r->at < r->end && (*r->at == '.' || *r->at == 'e' || *r->at == 'E'))
    return refuse (r, "a whole number was expected");
  *value = number;
  return TRUE;
}

/* A line has no line feed inside. */
static gboolean
skip_value (Reader *r)
{
  const char *from = r->at;
  const char *wrong = dure_json_skip (&r->at, r->end, DURE_JSON_DEPTH);

  if (wrong == NULL && memchr (from, '\n', (gsize)(r->at - from)) != NULL)
    wrong = "line feed in a line";
  return wrong == NULL || refuse (r, wrong);
}

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
read_set (Reader *r, DureChange *change)
{
  if (!take (r, '{'))
    return refuse (r, "an object was expected");
  if (take (r, '}'))
    return refuse (r, "nothing is set");
  do
    {
      const char *key = read_string (r);
      const char *value = NULL;

      if (key == NULL || !take (r, ':'))
        return refuse (r, "':' was expected");
      if (!dure_wire_is_key (key))
        return refuse (r, "bad field key");
      if (change->fields->len >= DURE_WIRE_MAX_FIELDS)
        return refuse (r, "too many fields");
      if (dure_change_find (change, key) != NULL)
        return refuse (r, "a field twice");
      if (!read_word (r, "null"))
        {
          value = read_string (r);
          if (value == NULL)
            return FALSE;
          if (strlen (value) > DURE_WIRE_MAX_VALUE)
            return refuse (r, "value too long");
        }
      dure_change_add_kept (change, key, value, NULL);
    }
  while (take (r, ','));
  return take (r, '}') || refuse (r, "open bracket");
}

static gboolean
read_seen (Reader *r, DureChange *change)
{
  if (!take (r, '{'))
    return refuse (r, "an object was expected");
  if (take (r, '}'))
    return TRUE;
  do
    {
      char             key[DURE_WIRE_MAX_KEY + 2];
      const char      *stamp;
      DureChangeField *field;

      if (!read_name (r, key) || !take (r, ':'))
        return refuse (r, "':' was expected");
      if (read_word (r, "null"))
        continue;
      stamp = read_string (r);
      if (stamp == NULL)
        return FALSE;
      if (!dure_stamp_is_valid (stamp))
        return refuse (r, "bad stamp in \"seen\"");
      field = dure_change_find (change, key);
      if (field == NULL)
        continue;
      if (field->seen != NULL)
        return refuse (r, "a field twice");
      field->seen = stamp;
    }
  while (take (r, ','));
  return take (r, '}') || refuse (r, "open bracket");
}

/* What the author's device had of the record, also of fields that the change does not set. */
static gboolean
read_knew (Reader *r, DureChange *change)
{
  if (change->knew != NULL)
    return refuse (r, "a member twice");
  if (!take (r, '{'))
    return refuse (r, "an object was expected");
  dure_change_add_known (change, NULL, NULL);
  if (take (r, '}'))
    return TRUE;
  do
    {
      char        key[DURE_WIRE_MAX_KEY + 2];
      const char *stamp;

      if (!read_name (r, key) || !take (r, ':'))
        return refuse (r, "':' was expected");
      stamp = read_string (r);
      if (stamp == NULL)
        return FALSE;
      if (!dure_wire_is_key (key))
        return refuse (r, "bad field key");
      if (!dure_stamp_is_valid (stamp))
        return refuse (r, "bad stamp in \"knew\"");
      if (g_hash_table_size (change->knew) >= DURE_WIRE_MAX_FIELDS)
        return refuse (r, "too many fields");
      dure_change_add_known (change, key, stamp);
    }
  while (take (r, ','));
  return take (r, '}') || refuse (r, "open bracket");
}

static gboolean
read_text_once (Reader *r, const char **text)
{
  if (*text != NULL)
    return refuse (r, "a member twice");
  *text = read_string (r);
  return *text != NULL;
}

/* Of a line that is no change. */
static gboolean
read_own_text (Reader *r, char **text)
{
  const char *read = *text;

  if (read_word (r, "null"))
    return TRUE;
  if (!read_text_once (r, &read))
    return FALSE;
  *text = g_strdup (read);
  return TRUE;
}

static gboolean
read_members (Reader *r, DureWireLine *line, DureChange *change)
{
  const char *seen = NULL;
  gint64      mark = 0, part = 0;
  guint       kinds = 0;

  if (!take (r, '{'))
    return refuse (r, "no object");
  do
    {
      char             key[DURE_WIRE_MAX_KEY + 2];
      gboolean         good;

      if (!read_name (r, key) || !take (r, ':'))
        return refuse (r, "':' was expected");
      if (strcmp (key, "stamp") == 0)
        good = read_text_once (r, &change->stamp);
      else if (strcmp (key, "entity") == 0)
        good = read_text_once (r, &change->entity);
      else if (strcmp (key, "id") == 0)
        good = read_text_once (r, &change->id);
      else if (strcmp (key, "by") == 0)
        good = read_word (r, "null") || read_text_once (r, &change->by);
      else if (strcmp (key, "role") == 0)
        good = read_own_text (r, &line->role);
      else if (strcmp (key, "wanted") == 0)
        good = read_own_text (r, &line->wanted);
      else if (strcmp (key, "last") == 0)
        good = read_own_text (r, &line->last)
               && (line->last == NULL || dure_stamp_is_valid (line->last) || refuse (r, "bad stamp"));
      else if (strcmp (key, "set") == 0)
        good = change->fields->len == 0 ? read_set (r, change) : refuse (r, "a member twice");
      else if (strcmp (key, "seen") == 0)
        {
          if (seen != NULL)
            return refuse (r, "a member twice");
          skip_space (r);
          seen = r->at;
          good = skip_value (r);
        }
      else if (strcmp (key, "knew") == 0)
        good = read_knew (r, change);
      else if (strcmp (key, "back") == 0)
        good = read_text_once (r, &change->back)
               && (strlen (change->back) == DURE_DEVICE_LENGTH || refuse (r, "bad number of a device"));
      else if (strcmp (key, "part") == 0)
        {
          good = read_integer (r, &part);
          change->part = part != 0;
        }
      else if (strcmp (key, "seq") == 0)
        good = read_integer (r, &line->seq);
      else if (strcmp (key, "key") == 0)
        good = read_integer (r, &line->key);
      else if (strcmp (key, "epoch") == 0)
        good = read_integer (r, &line->epoch);
      else if (strcmp (key, "total") == 0)
        good = read_integer (r, &line->total);
      else if (strcmp (key, "returning") == 0)
        good = read_integer (r, &line->returning);
      else if (strcmp (key, "now") == 0)
        good = read_integer (r, &line->now);
      else if (strcmp (key, "more") == 0)
        {
          line->more = read_word (r, "true");
          good = line->more || read_word (r, "false") || refuse (r, "true or false was expected");
        }
      else if (strcmp (key, "start") == 0 || strcmp (key, "end") == 0)
        {
          line->kind = key[0] == 's' ? DURE_WIRE_START : DURE_WIRE_END;
          kinds++;
          good = read_integer (r, &mark);
        }
      else
        good = skip_value (r);
      if (!good)
        return refuse (r, "bad member");
    }
  while (take (r, ','));
  if (!take (r, '}'))
    return refuse (r, "open bracket");
  skip_space (r);
  if (r->at != r->end)
    return refuse (r, "something after the object");
  if (kinds > 1)
    return refuse (r, "both start and end");
  if (kinds == 1)
    return mark == DURE_WIRE_VERSION || refuse (r, "another version of the protocol");
  if (seen != NULL)
    {
      r->at = seen;
      if (!read_seen (r, change))
        return FALSE;
    }
  if (change->stamp == NULL || !dure_stamp_is_valid (change->stamp))
    return refuse (r, "bad stamp");
  if (change->entity == NULL || !dure_wire_is_key (change->entity))
    return refuse (r, "bad entity");
  if (change->id == NULL || !dure_uuid_is_valid (change->id))
    return refuse (r, "bad id");
  if (change->fields->len == 0)
    return refuse (r, "nothing is set");
  if (change->by != NULL && strlen (change->by) > DURE_WIRE_MAX_BY)
    return refuse (r, "name of the author too long");
  change->seq = line->seq;
  return TRUE;
}

/* As g_utf8_validate_len(), which takes byte by byte; most of a line is ASCII, and a character never begins or ends
 * inside a run of it. */
static gboolean
is_utf8 (const char *text, gsize length)
{
  const char *end = text + length;

  for (;;)
    {
      const char *run;
      guint64     eight;

      for (; end - text >= 8; text += 8)
        {
          memcpy (&eight, text, 8);
          if (((eight | (eight - G_GUINT64_CONSTANT (0x0101010101010101))) & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
            break;
        }
      while (text < end && (guchar)*text - 1u < 0x7f)
        text++;
      if (text == end)
        return TRUE;
      for (run = text; text < end && (guchar)*text >= 0x80; text++)
        ;
      if (run == text || !g_utf8_validate_len (run, (gsize)(text - run), NULL))
        return FALSE;
    }
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
  Reader r = { text, text, text + length, NULL, NULL };

  memset (line, 0, sizeof *line);
  if (length > 0 && text[length - 1] == '\n')
    r.end--;
  if (length > DURE_WIRE_MAX_LINE)
    refuse (&r, "line too long");
  else if (!is_utf8 (text, length))
    refuse (&r, "not UTF-8");
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
