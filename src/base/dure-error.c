/* dure-error.c: the error domain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-error.h"

#include "base/dure-hangul.h"

G_DEFINE_QUARK (dure-error-quark, dure_error)

/**
 * dure_set_error:
 * @error: return location, or %NULL
 * @code: what kind of failure
 * @format: a whole sentence in the user's language, printf() format
 * @...: what goes into it
 *
 * Sets an error whose Korean particles agree with what was put before them.
 */
void
dure_set_error (GError **error, DureError code, const char *format, ...)
{
  g_autofree char *plain = NULL;
  g_autofree char *sentence = NULL;
  va_list          arguments;

  if (error == NULL)
    return;
  va_start (arguments, format);
  plain = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sentence = dure_hangul_particles (plain);
  g_set_error_literal (error, DURE_ERROR, (int) code, sentence);
}
