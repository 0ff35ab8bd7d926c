/* dure-request.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-request.h"

/** dure_request_new: @body may be %NULL. */
DureRequest *
dure_request_new (const char *method, const char *path, GBytes *body)
{
  DureRequest *self = g_new0 (DureRequest, 1);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->body = body != NULL ? g_bytes_ref (body) : g_bytes_new (NULL, 0);
  return self;
}

void
dure_request_free (DureRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->method);
  g_free (self->path);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_free (self->token);
  g_free (self->type);
  g_free (self->range);
  g_free (self->content_range);
  g_free (self->remote);
  g_bytes_unref (self->body);
  g_free (self);
}

/** dure_request_get: Returns: (transfer none) (nullable): a parameter of the query */
const char *
dure_request_get (DureRequest *self, const char *key)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, key) : NULL;
}

/**
 * dure_request_get_int:
 * @self: a request
 * @key: name of a parameter
 * @fallback: what it is when it is not given
 * @value: (out): its value, at least 0
 *
 * Returns: %FALSE when it is given and is no whole number
 */
gboolean
dure_request_get_int (DureRequest *self, const char *key, gint64 fallback, gint64 *value)
{
  const char *text = dure_request_get (self, key);

  *value = fallback;
  return text == NULL || g_ascii_string_to_signed (text, 10, 0, G_MAXINT64 - 1, value, NULL);
}

/** dure_request_set: sets a parameter of the query. */
void
dure_request_set (DureRequest *self, const char *key, const char *value)
{
  if (self->query == NULL)
    self->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (self->query, g_strdup (key), g_strdup (value));
}
