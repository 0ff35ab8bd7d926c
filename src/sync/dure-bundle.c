/* dure-bundle.c: the manifest of a bundle as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-bundle.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-stamp.h"

#define TITLE "두레 반출입 묶음 "
#define FIRST "두레 반출입 묶음 1 / Dure bundle 1\n"
#define SECOND "두레 반출입 묶음 2 / Dure bundle 2\n" /* as long as the first */
#define WORDS                                                                                                                                                  \
  "이 파일은 두레의 변경 내용을 통신망 없이 옮깁니다. 아래 목록은 누구나 읽을 수 있고, 내용은 받는 곳만 엽니다.\n" \
  "This file carries changes of Dure without a network. Anybody can read this list; only the receiver can\n"                                                   \
  "open what it carries. One changed character, and it is not taken. 한 글자라도 바뀌면 받지 않습니다.\n\n"
#define MAX_VALUE 20000
#define HEX "0123456789abcdef"

typedef enum
{
  FROM,
  TO,
  TENANT,
  USER,
  NUMBER,
  PREVIOUS,
  MADE,
  POSITION,
  TAKEN,
  REFUSED,
  CLOCK,
  CHANGES,
  KINDS,
  FILES,
  SIZE,
  HASH,
  SENDER,
  RECEIVER,
  SIGNATURE,
  N_ITEMS,
} Item;

static const char *const labels[N_ITEMS] = {
  "보내는 곳 / From: ",
  "받는 곳 / To: ",
  "지자체 / Tenant: ",
  "사용자 / User: ",
  "번호 / Number: ",
  "앞 묶음 / Previous: ",
  "만든 때 / Made: ",
  "위치 / Position: ",
  "받은 변경 / Taken: ",
  "거절 / Refused: ",
  "시계 / Clock: ",
  "변경 수 / Changes: ",
  "종류별 / Kinds: ",
  "첨부 파일 / Files: ",
  "암호 부분 크기 / Size: ",
  "암호 부분 SHA-256 / SHA-256: ",
  "보낸 쪽 지문 / Sender's key: ",
  "받는 쪽 지문 / Receiver's key: ",
  "서명 / Signature: ",
};

static char *
write_day (gint64 ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("-");
}

static void
append_end (GString *out, const char *device, gboolean server)
{
  if (server)
    g_string_append (out, "server\n");
  else
    g_string_append_printf (out, "device %s\n", device);
}

static void
append_number (GString *out, Item item, gint64 number)
{
  g_string_append_printf (out, "%s%" G_GINT64_FORMAT "\n", labels[item], number);
}

static void
append_text (GString *out, Item item, const char *text)
{
  g_string_append_printf (out, "%s%s\n", labels[item], text != NULL ? text : "-");
}

/** dure_bundle_write: Returns: (transfer full): the text of @self up to where the signature begins */
GString *
dure_bundle_write (const DureBundle *self)
{
  GString         *out = g_string_new (self->version > 1 ? SECOND WORDS : FIRST WORDS);
  g_autofree char *day = write_day (self->made);

  g_string_append (out, labels[FROM]);
  append_end (out, self->device, self->from_server);
  g_string_append (out, labels[TO]);
  append_end (out, self->device, !self->from_server);
  append_text (out, TENANT, self->tenant);
  append_text (out, USER, self->user);
  append_number (out, NUMBER, self->number);
  append_number (out, PREVIOUS, self->previous);
  g_string_append_printf (out, "%s%s %" G_GINT64_FORMAT "\n", labels[MADE], day, self->made);
  g_string_append_printf (out, "%s%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", labels[POSITION],
                          self->base, self->seq, self->epoch);
  append_text (out, TAKEN, self->taken);
  append_text (out, REFUSED, self->refused);
  append_number (out, CLOCK, self->clock);
  append_number (out, CHANGES, self->changes);
  append_text (out, KINDS, self->kinds);
  if (self->version > 1)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", labels[FILES], self->files,
                            self->files_size);
  append_number (out, SIZE, self->size);
  append_text (out, HASH, self->hash);
  append_text (out, SENDER, self->sender);
  append_text (out, RECEIVER, self->receiver);
  return out;
}

static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return *text != '\0';
}

/* The values of all lines in their order; @at is where the signature's line begins. */
static gboolean
split (const char *text, gsize length, char **values, gsize *at, guint *version)
{
  const char *p = text + strlen (FIRST WORDS), *end = text + length;

  if (length < strlen (FIRST WORDS))
    return FALSE;
  *version = memcmp (text, SECOND WORDS, strlen (SECOND WORDS)) == 0 ? 2 : 1;
  if (*version == 1 && memcmp (text, FIRST WORDS, strlen (FIRST WORDS)) != 0)
    return FALSE;
  for (guint i = 0; i < N_ITEMS; i++)
    {
      gsize       skip = strlen (labels[i]);
      const char *stop;

      if (i == FILES && *version == 1)
        continue;

      if (i == SIGNATURE)
        *at = (gsize)(p - text);
      if ((gsize)(end - p) < skip || memcmp (p, labels[i], skip) != 0)
        return FALSE;
      p += skip;
      stop = memchr (p, '\n', (gsize)(end - p));
      if (stop == NULL || stop - p > MAX_VALUE || !g_utf8_validate (p, stop - p, NULL))
        return FALSE;
      values[i] = g_strndup (p, (gsize)(stop - p));
      if (!is_plain (values[i]))
        return FALSE;
      p = stop + 1;
    }
  return p == end;
}

static gboolean
read_number (const char *text, gint64 least, gint64 *number)
{
  return g_ascii_string_to_signed (text, 10, least, G_MAXINT64, number, NULL);
}

static gboolean
is_device (const char *text)
{
  return g_str_has_prefix (text, "device ") && strlen (text) == 7 + DURE_DEVICE_LENGTH
         && strspn (text + 7, HEX) == DURE_DEVICE_LENGTH;
}

static gboolean
read_ends (DureBundle *self, char **values)
{
  self->from_server = strcmp (values[FROM], "server") == 0;
  if (strcmp (values[self->from_server ? FROM : TO], "server") != 0
      || !is_device (values[self->from_server ? TO : FROM]))
    return FALSE;
  self->device = g_strdup (values[self->from_server ? TO : FROM] + 7);
  return TRUE;
}

static gboolean
read_position (DureBundle *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 4);

  return g_strv_length (parts) == 3 && read_number (parts[0], DURE_BUNDLE_ANEW, &self->base)
         && read_number (parts[1], DURE_BUNDLE_ANEW, &self->seq) && read_number (parts[2], 0, &self->epoch);
}

static gboolean
read_files (DureBundle *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "0 0", " ", 3);

  return g_strv_length (parts) == 2 && read_number (parts[0], 0, &self->files)
         && read_number (parts[1], 0, &self->files_size);
}

static char *
or_none (const char *text)
{
  return strcmp (text, "-") != 0 ? g_strdup (text) : NULL;
}

static gboolean
read_values (DureBundle *self, char **values, guint8 signature[64])
{
  const char *made = strchr (values[MADE], ' ');
  const char *hex = values[SIGNATURE];

  if (made == NULL || !read_ends (self, values) || !read_position (self, values[POSITION])
      || !read_number (values[NUMBER], 1, &self->number) || !read_number (values[PREVIOUS], 0, &self->previous)
      || !read_number (made + 1, 0, &self->made) || !read_number (values[CLOCK], 0, &self->clock)
      || !read_files (self, values[FILES]) || !read_number (values[CHANGES], 0, &self->changes) || !read_number (values[SIZE], 0, &self->size)
      || (strcmp (values[TAKEN], "-") != 0 && !dure_stamp_is_valid (values[TAKEN])) || strlen (values[HASH]) != 64
      || strspn (values[HASH], HEX) != 64 || strlen (hex) != 128 || strspn (hex, HEX) != 128)
    return FALSE;
  self->tenant = g_strdup (values[TENANT]);
  self->user = g_strdup (values[USER]);
  self->taken = or_none (values[TAKEN]);
  self->refused = or_none (values[REFUSED]);
  self->kinds = or_none (values[KINDS]);
  self->hash = g_strdup (values[HASH]);
  self->sender = g_strdup (values[SENDER]);
  self->receiver = g_strdup (values[RECEIVER]);
  for (guint i = 0; i < 64; i++)
    signature[i] = (guint8)(g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return TRUE;
}

static gboolean
is_other_version (const char *text, gsize length)
{
  return length > strlen (TITLE) && memcmp (text, TITLE, strlen (TITLE)) == 0
         && (length < strlen (FIRST)
             || (memcmp (text, FIRST, strlen (FIRST)) != 0 && memcmp (text, SECOND, strlen (SECOND)) != 0))
         && g_ascii_isdigit (text[strlen (TITLE)]);
}

/**
 * dure_bundle_parse:
 * @self: (out caller-allocates): what was read
 * @text: the manifest, up to the end of the signature's line
 * @length: its bytes
 * @signature_at: (out): where the signature's line begins; what is before that is signed
 * @signature: (out): 64 bytes
 * @error: return location; %DURE_ERROR_NEWER or %DURE_ERROR_PROTOCOL
 *
 * The signature is not verified here.
 *
 * Returns: whether it is a manifest
 */
gboolean
dure_bundle_parse (
    DureBundle *self, const char *text, gsize length, gsize *signature_at, guint8 signature[64], GError **error)
{
  char    *values[N_ITEMS + 1] = { NULL };
  gboolean good;

  memset (self, 0, sizeof *self);
  *signature_at = 0;
  if (is_other_version (text, length))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_NEWER,
                           _ ("This bundle was made by another version of Dure, which this one cannot read."));
      return FALSE;
    }
  good = length <= DURE_BUNDLE_MAX_MANIFEST && split (text, length, values, signature_at, &self->version)
         && read_values (self, values, signature);
  for (guint i = 0; i < N_ITEMS; i++)
    g_free (values[i]);
  if (good)
    return TRUE;
  dure_bundle_clear (self);
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL,
                       _ ("This is not a bundle of Dure, or its list was changed."));
  return FALSE;
}

/** dure_bundle_copy: fills @to with what stands in @from. */
void
dure_bundle_copy (DureBundle *to, const DureBundle *from)
{
  *to = *from;
  to->device = g_strdup (from->device);
  to->tenant = g_strdup (from->tenant);
  to->user = g_strdup (from->user);
  to->taken = g_strdup (from->taken);
  to->refused = g_strdup (from->refused);
  to->kinds = g_strdup (from->kinds);
  to->hash = g_strdup (from->hash);
  to->sender = g_strdup (from->sender);
  to->receiver = g_strdup (from->receiver);
}

void
dure_bundle_clear (DureBundle *self)
{
  g_free (self->device);
  g_free (self->tenant);
  g_free (self->user);
  g_free (self->taken);
  g_free (self->refused);
  g_free (self->kinds);
  g_free (self->hash);
  g_free (self->sender);
  g_free (self->receiver);
  memset (self, 0, sizeof *self);
}
