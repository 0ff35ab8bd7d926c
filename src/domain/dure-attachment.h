/* dure-attachment.h: files that belong to a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

GPtrArray  *dure_attachment_list (DureStore *store, DureEntityId entity, const char *owner, GError **error);
DureRecord *dure_attachment_add (DureStore   *store,
                                 DureEntityId entity,
                                 const char  *owner,
                                 const char  *name,
                                 const char  *sha256,
                                 gint64       size,
                                 GError     **error);
char       *dure_attachment_file_name (DureRecord *attachment);

G_END_DECLS
