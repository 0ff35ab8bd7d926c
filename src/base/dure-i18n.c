/* dure-i18n.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-i18n.h"

#include <libintl.h>
#include <locale.h>

/**
 * dure_i18n_init:
 *
 * Takes the locale from the environment and binds the messages. `DURE_LOCALEDIR` in the environment stands in for the
 * installed place, so that the program can run from its build tree.
 */
void
dure_i18n_init (void)
{
  const char *directory = g_getenv ("DURE_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : DURE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/**
 * dure_i18n_is_korean:
 *
 * Returns: %TRUE when the first language that messages are looked up in is Korean
 */
gboolean
dure_i18n_is_korean (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");

  return names[0] != NULL && g_str_has_prefix (names[0], "ko");
}
