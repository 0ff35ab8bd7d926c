/* dure-xml.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-xml.h"

/**
 * dure_xml_append:
 * @out: where to
 * @text: any text
 *
 * Appends text so that it can stand between tags and in attributes. XML 1.0 cannot hold most control characters, not
 * even escaped: they are left out. What is not UTF-8 becomes U+FFFD. Line ends and tabs are escaped, as attributes
 * would lose them.
 */
void
dure_xml_append (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if (c == '\t' || c == '\n' || c == '\r')
        g_string_append_printf (out, "&#%u;", c);
      else if (c >= 0x20 && c != 0x7f && c != 0xfffe && c != 0xffff)
        g_string_append_unichar (out, c);
    }
}
