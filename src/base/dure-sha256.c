/* dure-sha256.c: the hash that names a file, as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-sha256.h"

#include <string.h>

/** dure_sha256_is_valid: @text: (nullable). Returns: whether it is 64 lower-case hexadecimal digits */
gboolean
dure_sha256_is_valid (const char *text)
{
  return text != NULL && strlen (text) == DURE_SHA256_LENGTH
         && strspn (text, "0123456789abcdef") == DURE_SHA256_LENGTH;
}
