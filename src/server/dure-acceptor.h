/* dure-acceptor.h: takes connections: as many as are allowed, with TLS when there is a certificate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DureAcceptor DureAcceptor;

/** DureAccepted: a connection was taken. */
typedef void (*DureAccepted) (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer data);

DureAcceptor *dure_acceptor_new (DureAccepted accepted, gpointer data);
void          dure_acceptor_free (DureAcceptor *self);
gboolean dure_acceptor_set_certificate (DureAcceptor *self, const char *certificate, const char *key, GError **error);
void     dure_acceptor_set_silence (DureAcceptor *self, guint seconds);
void     dure_acceptor_set_most (DureAcceptor *self, guint most);
gboolean dure_acceptor_listen (DureAcceptor *self, const char *host, guint port, GError **error);
char    *dure_acceptor_get_uri (DureAcceptor *self);
guint    dure_acceptor_get_connections (DureAcceptor *self);
void     dure_acceptor_stop (DureAcceptor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureAcceptor, dure_acceptor_free)

G_END_DECLS
