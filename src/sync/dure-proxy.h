/* dure-proxy.h: the way to the server: the system's proxy, none, or one of the officer's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SoupMessage SoupMessage;
typedef struct _SoupSession SoupSession;

gboolean dure_proxy_check (const char *typed, char **proxy, GError **error);
void     dure_proxy_apply (SoupSession *session, const char *proxy);
void     dure_proxy_answer (SoupMessage *message, const char *proxy);
char    *dure_proxy_to_show (const char *proxy);

G_END_DECLS
