/* dure-client-private.h: what the files of the client share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/dure-client.h"
#include "sync/dure-transport.h"

G_BEGIN_DECLS

gboolean dure_client_exchange (
    DureClient *self, DureCall *call, DureReply *reply, GCancellable *cancellable, GError **error);
void dure_client_refuse (DureClient *self, DureReply *reply, GCancellable *cancellable, GError **error);
void dure_client_translate (DureClient *self, GError *failure, GError **error);
void dure_reply_clear (DureReply *reply);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureReply, dure_reply_clear)

G_END_DECLS
