/* dure-client.h: the HTTP of sync: requests out, answers in, every failure a sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sync/dure-lines.h"

G_BEGIN_DECLS

typedef struct _DureClient DureClient;

char       *dure_client_check_url (const char *typed, GError **error);
DureClient *dure_client_new (const char *url, const char *token, const char *root, const char *proxy);
void        dure_client_set_token (DureClient *self, const char *token);
void        dure_client_free (DureClient *self);
const char *dure_client_get_problem (DureClient *self);
const char *dure_client_explain (const char *type);
GBytes     *dure_client_post (
        DureClient *self, const char *path, const char *type, GString *body, GCancellable *cancellable, GError **error);
DureLines *dure_client_get_lines (DureClient *self, const char *path, GCancellable *cancellable, GError **error);
gboolean   dure_client_head_blob (
      DureClient *self, const char *sha256, gboolean *whole, gint64 *got, GCancellable *cancellable, GError **error);
gboolean   dure_client_put_blob (DureClient   *self,
                                 const char   *sha256,
                                 gint64        at,
                                 GBytes       *piece,
                                 gint64        total,
                                 gint64       *got,
                                 GCancellable *cancellable,
                                 GError      **error);
GInputStream *dure_client_get_blob (
    DureClient *self, const char *sha256, gint64 from, gint64 *at, GCancellable *cancellable, GError **error);
gssize dure_client_read (
    DureClient *self, GInputStream *stream, gpointer buffer, gsize most, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureClient, dure_client_free)

G_END_DECLS
