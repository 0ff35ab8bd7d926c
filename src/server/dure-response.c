/* dure-response.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-response.h"

#include "schema/dure-change.h"

/** dure_response_new: @type is a media type and static. */
DureResponse *
dure_response_new (guint status, const char *type)
{
  DureResponse *self = g_new0 (DureResponse, 1);

  self->status = status;
  self->type = type;
  self->body = g_string_new (NULL);
  return self;
}

/**
 * dure_response_problem:
 * @status: HTTP status
 * @problem: name of the problem, which devices know: "wrong-password"
 * @title: what this kind of problem is
 * @detail: a sentence
 *
 * Returns: (transfer full): problem+json, RFC 9457
 */
DureResponse *
dure_response_problem (guint status, const char *problem, const char *title, const char *detail)
{
  DureResponse *self = dure_response_new (status, "application/problem+json");

  g_string_append_printf (self->body, "{\"type\":\"urn:dure:problem:%s\",\"title\":", problem);
  dure_json_append_string (self->body, title);
  g_string_append_printf (self->body, ",\"status\":%u,\"detail\":", status);
  dure_json_append_string (self->body, detail);
  g_string_append (self->body, "}\n");
  return self;
}

/** dure_response_set_head: adds a head that the answer did not have. */
void
dure_response_set_head (DureResponse *self, const char *name, const char *value)
{
  if (self->heads == NULL)
    self->heads = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->heads, g_strdup (name));
  g_ptr_array_add (self->heads, g_strdup (value));
}

/** dure_response_get_head: Returns: (nullable): what dure_response_set_head() was given */
const char *
dure_response_get_head (DureResponse *self, const char *name)
{
  for (guint i = 0; self->heads != NULL && i < self->heads->len; i += 2)
    if (g_ascii_strcasecmp (self->heads->pdata[i], name) == 0)
      return self->heads->pdata[i + 1];
  return NULL;
}

/** dure_response_read: Returns: (transfer full): the whole body, also of one that comes in parts; for tests. */
char *
dure_response_read (DureResponse *self, gsize *length)
{
  gboolean done = self->more == NULL;
  GString *all = g_string_new_len (self->body->str, (gssize)self->body->len);

  while (!done && self->more (all, &done, self->more_data))
    ;
  if (length != NULL)
    *length = all->len;
  return g_string_free (all, FALSE);
}

void
dure_response_free (DureResponse *self)
{
  if (self == NULL)
    return;
  if (self->more_free != NULL)
    self->more_free (self->more_data);
  g_clear_pointer (&self->heads, g_ptr_array_unref);
  g_string_free (self->body, TRUE);
  g_free (self);
}
