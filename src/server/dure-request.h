/* dure-request.h: what a route is asked, without a socket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** DureRequest: one request, its body already unpacked. */
typedef struct
{
  char       *method;
  char       *path;
  GHashTable *query;  /* (nullable): text to text */
  char       *token;  /* (nullable): of the Authorization header */
  char       *type;   /* (nullable): media type of the body */
  char       *range;         /* (nullable): the heads of these names */
  char       *content_range; /* (nullable) */
  char       *remote; /* (nullable): address of the other side */
  GBytes     *body;
} DureRequest;

DureRequest *dure_request_new (const char *method, const char *path, GBytes *body);
void         dure_request_free (DureRequest *self);
const char  *dure_request_get (DureRequest *self, const char *key);
gboolean     dure_request_get_int (DureRequest *self, const char *key, gint64 fallback, gint64 *value);
void         dure_request_set (DureRequest *self, const char *key, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureRequest, dure_request_free)

G_END_DECLS
