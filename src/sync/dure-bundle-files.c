/* dure-bundle-files.c: the lines of a bundle that are about files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-bundle-files.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"

static const char *const heads[] = {
  [DURE_BUNDLE_FILE_WANT] = "{\"want\":\"",
  [DURE_BUNDLE_FILE_HAS] = "{\"has\":\"",
  [DURE_BUNDLE_FILE_PART] = "{\"file\":\"",
};

static int
kind_of (const char *text, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    if (length > strlen (heads[i]) && memcmp (text, heads[i], strlen (heads[i])) == 0)
      return (int)i;
  return -1;
}

/** dure_bundle_file_is_line: Returns: whether this line is about a file, not one of changes */
gboolean
dure_bundle_file_is_line (const char *text, gsize length)
{
  return kind_of (text, length) >= 0;
}

static gboolean
take (const char **at, const char *word)
{
  if (!g_str_has_prefix (*at, word))
    return FALSE;
  *at += strlen (word);
  return TRUE;
}

static gboolean
take_number (const char **at, gint64 *number)
{
  char *end;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  *number = g_ascii_strtoll (*at, &end, 10);
  *at = end;
  return *number < G_MAXINT64;
}

static gboolean
take_data (DureBundleFile *self, const char *at)
{
  const char      *end = strchr (at, '"');
  g_autofree char *text = end != NULL ? g_strndup (at, (gsize)(end - at)) : NULL;
  gsize            length = 0;
  guchar          *bytes = text != NULL ? g_base64_decode (text, &length) : NULL;

  self->data = g_bytes_new_take (bytes, length);
  return end != NULL && strcmp (end, "\"}") == 0 && length > 0 && length <= DURE_BUNDLE_FILE_PIECE
         && self->at + (gint64)length <= self->size;
}

/**
 * dure_bundle_file_parse:
 * @self: (out caller-allocates): what the line says
 * @text: a line without its end
 * @length: its bytes
 * @error: return location; %DURE_ERROR_PROTOCOL
 *
 * Returns: whether it is a line about a file
 */
gboolean
dure_bundle_file_parse (DureBundleFile *self, const char *text, gsize length, GError **error)
{
  g_autofree char *line = g_strndup (text, length);
  int              kind = kind_of (text, length);
  const char      *at = kind >= 0 ? line + strlen (heads[kind]) : line;
  gboolean         good = kind >= 0 && strlen (at) > DURE_SHA256_LENGTH;

  memset (self, 0, sizeof *self);
  if (good)
    {
      self->kind = (DureBundleFileKind)kind;
      g_strlcpy (self->sha256, at, sizeof self->sha256);
      at += DURE_SHA256_LENGTH;
      good = dure_sha256_is_valid (self->sha256);
    }
  if (good && self->kind != DURE_BUNDLE_FILE_PART)
    good = strcmp (at, "\"}") == 0;
  else if (good)
    good = take (&at, "\",\"size\":") && take_number (&at, &self->size) && take (&at, ",\"at\":")
           && take_number (&at, &self->at) && self->at <= self->size && take (&at, ",\"data\":\"") && take_data (self, at);
  if (good)
    return TRUE;
  dure_bundle_file_clear (self);
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL, _ ("A file in the bundle is not in Dure's format."));
  return FALSE;
}

/** dure_bundle_file_append: appends @file as a line. */
void
dure_bundle_file_append (GString *out, const DureBundleFile *file)
{
  g_string_append (out, heads[file->kind]);
  g_string_append (out, file->sha256);
  if (file->kind == DURE_BUNDLE_FILE_PART)
    {
      gsize            length;
      gconstpointer    bytes = g_bytes_get_data (file->data, &length);
      g_autofree char *text = g_base64_encode (bytes, length);

      g_string_append_printf (out, "\",\"size\":%" G_GINT64_FORMAT ",\"at\":%" G_GINT64_FORMAT ",\"data\":\"%s", file->size,
                              file->at, text);
    }
  g_string_append (out, "\"}\n");
}

void
dure_bundle_file_clear (DureBundleFile *self)
{
  g_clear_pointer (&self->data, g_bytes_unref);
}
