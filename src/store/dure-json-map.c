/* dure-json-map.c: the small flat JSON maps that records keep beside their fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Maps of text to text or null, written only by this file: field stamps and the values of unknown fields. They are
 * short (a few fields), so they are searched, not parsed into a table.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <string.h>

#include "store/dure-store-private.h"

/* Reads the JSON string that begins at *at (a quote), moves *at behind it; NULL for `null`. */
static char *
read_string (const char **at)
{
  GString    *text;
  const char *c = *at;

  if (strncmp (c, "null", 4) == 0)
    {
      *at = c + 4;
      return NULL;
    }
  text = g_string_new (NULL);
  for (c++; *c != '\0' && *c != '"'; c++)
    {
      if (*c != '\\')
        {
          g_string_append_c (text, *c);
          continue;
        }
      c++;
      if (*c == 'n')
        g_string_append_c (text, '\n');
      else if (*c == 'u' && strlen (c) >= 5)
        {
          char hex[5] = { c[1], c[2], c[3], c[4], 0 };

          g_string_append_unichar (text, (gunichar)g_ascii_strtoull (hex, NULL, 16));
          c += 4;
        }
      else if (*c == '\0')
        break;
      else
        g_string_append_c (text, *c);
    }
  *at = *c == '"' ? c + 1 : c;
  return g_string_free (text, FALSE);
}

/* Value of a key, NULL when the map has none. */
char *
dure_json_map_get (const char *json, const char *key)
{
  const char *at = json != NULL ? strchr (json, '"') : NULL;

  while (at != NULL && *at == '"')
    {
      g_autofree char *name = read_string (&at);
      g_autofree char *value = NULL;

      if (*at != ':')
        return NULL;
      at++;
      value = read_string (&at);
      if (g_strcmp0 (name, key) == 0)
        return g_steal_pointer (&value);
      if (*at == ',')
        at++;
    }
  return NULL;
}

/* The map with one key set (NULL value: removed); (transfer full), NULL when it became empty. */
char *
dure_json_map_set (const char *json, const char *key, const char *value)
{
  g_autoptr (GString) map = g_string_new ("{");
  const char *at = json != NULL ? strchr (json, '"') : NULL;

  while (at != NULL && *at == '"')
    {
      g_autofree char *name = read_string (&at);
      g_autofree char *kept = NULL;

      if (*at != ':')
        break;
      at++;
      kept = read_string (&at);
      if (g_strcmp0 (name, key) != 0)
        {
          if (map->len > 1)
            g_string_append_c (map, ',');
          dure_json_append_string (map, name);
          g_string_append_c (map, ':');
          dure_json_append_string (map, kept);
        }
      if (*at == ',')
        at++;
    }
  if (value != NULL)
    {
      if (map->len > 1)
        g_string_append_c (map, ',');
      dure_json_append_string (map, key);
      g_string_append_c (map, ':');
      dure_json_append_string (map, value);
    }
  if (map->len == 1)
    return NULL;
  g_string_append_c (map, '}');
  return g_strdup (map->str);
}
