/* dure-password.h: passwords and tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DURE_PASSWORD_MIN 8
#define DURE_PASSWORD_MAX 256

char    *dure_password_hash (const char *password, GError **error);
gboolean dure_password_verify (const char *hash, const char *password);
void     dure_password_set_cheap (gboolean cheap);
char    *dure_token_new (void);
char    *dure_token_hash (const char *token);

G_END_DECLS
