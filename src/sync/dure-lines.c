/* dure-lines.c: the lines of an answer, or of a bundle, as they come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-lines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"

#define READ_PART (64 * 1024)

struct _DureLines
{
  GInputStream *stream;
  GByteArray   *buffer;
  gsize         at;
  gsize         next; /* behind the line that was looked at */
  GCancellable *cancellable;
};

/** dure_lines_new: Returns: (transfer full): the lines that @stream gives */
DureLines *
dure_lines_new (GInputStream *stream, GCancellable *cancellable)
{
  DureLines *lines = g_new0 (DureLines, 1);

  lines->stream = g_object_ref (stream);
  lines->buffer = g_byte_array_sized_new (READ_PART);
  lines->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return lines;
}

static gboolean
broke_off (GError **error)
{
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_UNREACHABLE,
                       _ ("The connection to the server broke off. What came is kept, and the rest is fetched later."));
  return FALSE;
}

/**
 * dure_lines_peek:
 * @self: lines of an answer
 * @text: (out) (transfer none): the next one, without its end; until the next call
 * @length: (out): its bytes
 * @error: return location; %DURE_ERROR_UNREACHABLE when the answer broke off
 *
 * Returns: whether there was a line; it stays the next one
 */
gboolean
dure_lines_peek (DureLines *self, const char **text, gsize *length, GError **error)
{
  gsize looked = 0;

  for (;;)
    {
      guint8 *start = self->buffer->data + self->at;
      gsize   there = self->buffer->len - self->at;
      guint8 *stop = there > looked ? memchr (start + looked, '\n', there - looked) : NULL;
      guint   before;
      gssize  n;
      g_autoptr (GError) failure = NULL;

      if (stop != NULL)
        {
          *text = (const char *)start;
          *length = (gsize)(stop - start);
          self->next = self->at + *length + 1;
          return TRUE;
        }
      looked = there;
      if (there > DURE_WIRE_MAX_LINE)
        {
          g_set_error_literal (error, DURE_ERROR, DURE_ERROR_PROTOCOL, _ ("What was sent is too large."));
          return FALSE;
        }
      if (self->at > 0)
        g_byte_array_remove_range (self->buffer, 0, (guint)self->at);
      self->at = 0;
      before = self->buffer->len;
      g_byte_array_set_size (self->buffer, before + READ_PART);
      n = g_input_stream_read (self->stream, self->buffer->data + before, READ_PART, self->cancellable, &failure);
      g_byte_array_set_size (self->buffer, before + (guint)MAX (n, 0));
      if (n < 0 && g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped."));
          return FALSE;
        }
      /* A bundle says itself what is wrong with it. */
      if (failure != NULL && failure->domain == DURE_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (n <= 0)
        return broke_off (error);
    }
}

/** dure_lines_skip: goes on behind the line that dure_lines_peek() gave. */
void
dure_lines_skip (DureLines *self)
{
  self->at = self->next;
}

/**
 * dure_lines_next:
 * @self: lines of an answer
 * @line: (out caller-allocates): the next one
 * @error: return location; %DURE_ERROR_UNREACHABLE when the answer broke off, %DURE_ERROR_PROTOCOL when a line is bad
 *
 * There is nothing to read after a line of %DURE_WIRE_END.
 *
 * Returns: whether there was a line
 */
gboolean
dure_lines_next (DureLines *self, DureWireLine *line, GError **error)
{
  const char *text;
  gsize       length;

  if (!dure_lines_peek (self, &text, &length, error))
    return FALSE;
  dure_lines_skip (self);
  return dure_wire_parse (text, length, line, error);
}

void
dure_lines_free (DureLines *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_byte_array_unref (self->buffer);
  g_clear_object (&self->cancellable);
  g_free (self);
}
