/* dure-server-config.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-server-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"

#define GROUP "dured"

typedef enum
{
  TEXT,
  NUMBER,
  YES_NO,
} Kind;

static const struct
{
  const char *key;
  Kind        kind;
  gsize       offset;
} options[] = {
  { "storage", TEXT, G_STRUCT_OFFSET (DureServerConfig, storage) },
  { "listen", TEXT, G_STRUCT_OFFSET (DureServerConfig, listen) },
  { "tls-certificate", TEXT, G_STRUCT_OFFSET (DureServerConfig, tls_certificate) },
  { "tls-key", TEXT, G_STRUCT_OFFSET (DureServerConfig, tls_key) },
  { "most-connections", NUMBER, G_STRUCT_OFFSET (DureServerConfig, most_connections) },
  { "most-file", NUMBER, G_STRUCT_OFFSET (DureServerConfig, most_file) },
  { "most-files", NUMBER, G_STRUCT_OFFSET (DureServerConfig, most_files) },
  { "silent-seconds", NUMBER, G_STRUCT_OFFSET (DureServerConfig, silent_seconds) },
  { "head-seconds", NUMBER, G_STRUCT_OFFSET (DureServerConfig, head_seconds) },
  { "slow-seconds", NUMBER, G_STRUCT_OFFSET (DureServerConfig, slow_seconds) },
  { "least-rate", NUMBER, G_STRUCT_OFFSET (DureServerConfig, least_rate) },
  { "token-days", NUMBER, G_STRUCT_OFFSET (DureServerConfig, token_days) },
  { "keep-days", NUMBER, G_STRUCT_OFFSET (DureServerConfig, keep_days) },
  { "metrics", YES_NO, G_STRUCT_OFFSET (DureServerConfig, metrics) },
};

static gboolean
take (DureServerConfig *self, GKeyFile *file, const char *path, const char *key, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      gpointer         place = G_STRUCT_MEMBER_P (self, options[i].offset);
      g_autofree char *raw = NULL;
      g_autofree char *value = NULL;
      guint64          number;

      if (strcmp (options[i].key, key) != 0)
        continue;
      raw = g_key_file_get_value (file, GROUP, key, NULL);
      value = g_strstrip (g_utf8_make_valid (raw, -1));
      if (options[i].kind == TEXT && *value != '\0')
        {
          g_free (*(char **)place);
          *(char **)place = g_steal_pointer (&value);
          return TRUE;
        }
      if (options[i].kind == NUMBER && g_ascii_string_to_unsigned (value, 10, 1, 1000000, &number, NULL))
        {
          *(guint *)place = (guint)number;
          return TRUE;
        }
      if (options[i].kind == YES_NO && (strcmp (value, "yes") == 0 || strcmp (value, "no") == 0))
        {
          *(gboolean *)place = strcmp (value, "yes") == 0;
          return TRUE;
        }
      dure_set_error (error, DURE_ERROR_INVALID, _ ("%s: “%s” cannot be “%s”."), path, key, value);
      return FALSE;
    }
  dure_set_error (error, DURE_ERROR_INVALID, _ ("%s: there is no setting “%s”."), path, key);
  return FALSE;
}

/**
 * dure_server_config_read:
 * @self: settings; those of the file take the places of what is there
 * @path: the file
 * @error: return location; names the file, the line or the setting
 *
 * Returns: whether all of it is understood
 */
gboolean
dure_server_config_read (DureServerConfig *self, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) failure = NULL;
  g_auto (GStrv) groups = NULL;
  g_auto (GStrv) keys = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &failure))
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("The settings “%s” could not be read: %s."), path,
                      failure->message);
      return FALSE;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    if (strcmp (*group, GROUP) != 0)
      {
        dure_set_error (error, DURE_ERROR_INVALID, _ ("%s: there is no section “%s”, only “%s”."), path, *group, GROUP);
        return FALSE;
      }
  keys = g_key_file_get_keys (file, GROUP, NULL, NULL);
  for (char **key = keys; key != NULL && *key != NULL; key++)
    if (!take (self, file, path, *key, error))
      return FALSE;
  return TRUE;
}

/** dure_server_config_clear: frees what @self holds. */
void
dure_server_config_clear (DureServerConfig *self)
{
  g_free (self->storage);
  g_free (self->listen);
  g_free (self->tls_certificate);
  g_free (self->tls_key);
  *self = (DureServerConfig){ 0 };
}
