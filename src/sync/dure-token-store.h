/* dure-token-store.h: where this device keeps its token: the Secret Service of the session, or the store file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/** DureToken: what enrolment or a rotation gave this device. */
typedef struct
{
  char  *token;
  char  *previous; /* (nullable): good until @token was used */
  gint64 issued;   /* by the server's clock, milliseconds; 0 for long ago */
} DureToken;

gboolean dure_token_store_has (DureStore *store);
gboolean dure_token_store_get (DureStore *store, DureToken *token, GError **error);
gboolean dure_token_store_put (DureStore *store, const DureToken *token, GError **error);
gboolean
dure_token_store_keep (const char *device, const char *url, const char *tenant, const DureToken *token);
gboolean dure_token_store_note (DureStore *store, const DureToken *token, gboolean kept, GError **error);
gboolean dure_token_store_remove (DureStore *store, GError **error);
void     dure_token_clear (DureToken *token);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureToken, dure_token_clear)

G_END_DECLS
