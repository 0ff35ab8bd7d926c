/* dure-login-guard.h: slows down whoever guesses passwords, and nobody else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DureLoginGuard DureLoginGuard;

DureLoginGuard *dure_login_guard_new (void);
void            dure_login_guard_free (DureLoginGuard *self);
gint64
dure_login_guard_wait (DureLoginGuard *self, const char *tenant, const char *user, const char *remote, gint64 now);
void dure_login_guard_failed (
    DureLoginGuard *self, const char *tenant, const char *user, const char *remote, gint64 now);
void dure_login_guard_passed (DureLoginGuard *self, const char *tenant, const char *user, const char *remote);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureLoginGuard, dure_login_guard_free)

G_END_DECLS
