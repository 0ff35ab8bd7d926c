/* dure-hex-private.h: the digits of ids and stamps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of 0–9 and a–f; -1 of everything else, capital letters too: this program does not write them. */
static inline int
dure_hex_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

G_END_DECLS
