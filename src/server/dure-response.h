/* dure-response.h: what a route answers, without a socket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DureResponseMore: appends the next part of a long answer to @out.
 * @done: (out): set to %TRUE with the last part
 *
 * Returns: %FALSE when the answer has to break off
 */
typedef gboolean (*DureResponseMore) (GString *out, gboolean *done, gpointer data);

/** DureResponse: status, head and body; the body is @body, or comes in parts from @more. */
typedef struct
{
  guint            status;
  const char      *type;
  GString         *body;
  GPtrArray       *heads;       /* (nullable): further heads, name after name its value */
  guint            retry_after; /* seconds, 0 for none */
  DureResponseMore more;
  gpointer         more_data;
  GDestroyNotify   more_free;
} DureResponse;

DureResponse *dure_response_new (guint status, const char *type);
DureResponse *dure_response_problem (guint status, const char *problem, const char *title, const char *detail);
void          dure_response_set_head (DureResponse *self, const char *name, const char *value);
const char   *dure_response_get_head (DureResponse *self, const char *name);
char         *dure_response_read (DureResponse *self, gsize *length);
void          dure_response_free (DureResponse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureResponse, dure_response_free)

G_END_DECLS
