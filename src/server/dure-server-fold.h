/* dure-server-fold.h: changes older than a year are folded into what stands of the records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-server.h"

G_BEGIN_DECLS

/** DURE_KEEP_DAYS: for so many days changes are kept, unless the settings say otherwise. */
#define DURE_KEEP_DAYS 365

/** DureFold: one fold of one tenant, under way. */
typedef struct _DureFold DureFold;

DureFold *dure_fold_new (const char *tenant, guint days);
void      dure_fold_free (DureFold *self);
void      dure_fold_get_counts (DureFold *self, guint *changes, guint *records);
gboolean  dure_server_fold (DureServer *self, DureFold *fold, gboolean *done, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureFold, dure_fold_free)

G_END_DECLS
