/* dure-text-private.h: what the files of dure-text.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/dure-text.h"

G_BEGIN_DECLS

/** DureOrigin: the bytes of a text, from @start up to but without @end, that a byte of its folded form comes from. */
typedef struct
{
  gsize start;
  gsize end;
} DureOrigin;

/* g_unichar_to_utf8() without the call: most of what is written is Hangul, and every record that is written passes here.
 * @c is a character; returns where the next one goes. */
static inline char *
dure_text_put (char *out, gunichar c)
{
  if (c < 0x80)
    *out++ = (char)c;
  else if (c < 0x800 || c > 0xffff)
    out += g_unichar_to_utf8 (c, out);
  else
    {
      *out++ = (char)(0xe0 | c >> 12);
      *out++ = (char)(0x80 | (c >> 6 & 0x3f));
      *out++ = (char)(0x80 | (c & 0x3f));
    }
  return out;
}

/* g_utf8_get_char() and g_utf8_next_char() in one, for valid text that does not end here. */
static inline gunichar
dure_text_take (const char **at)
{
  const guchar *p = (const guchar *)*at;
  gunichar      c;

  if (p[0] < 0x80)
    {
      *at += 1;
      return p[0];
    }
  if (p[0] >= 0xe0 && p[0] < 0xf0)
    {
      *at += 3;
      return ((gunichar)p[0] & 0xf) << 12 | ((gunichar)p[1] & 0x3f) << 6 | ((gunichar)p[2] & 0x3f);
    }
  c = g_utf8_get_char (*at);
  *at = g_utf8_next_char (*at);
  return c;
}

char *dure_text_fold_traced (const char *text, GArray *origins);

G_END_DECLS
