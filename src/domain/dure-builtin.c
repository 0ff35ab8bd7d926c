/* dure-builtin.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-builtin.h"

#include "domain/dure-domain-data.h"

/**
 * dure_builtin_text:
 * @name: path under data/, such as `holidays/days.csv`
 *
 * Returns: (transfer full): the text; %NULL with %G_RESOURCE_ERROR_NOT_FOUND when there is no such file
 */
char *
dure_builtin_text (const char *name, GError **error)
{
  static gsize     registered;
  g_autofree char *path = g_strconcat ("/kr/dure/data/", name, NULL);
  g_autoptr (GBytes) bytes = NULL;

  /* A resource in a static library has no constructor that the linker keeps. */
  if (g_once_init_enter (&registered))
    {
      dure_domain_data_register_resource ();
      g_once_init_leave (&registered, 1);
    }
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  return bytes == NULL ? NULL : g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}
