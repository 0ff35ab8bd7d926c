/* dure-links.h: which record a person or a file means by a name, and what to call a record so that it is found again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

typedef struct _DureLinks DureLinks;

DureLinks  *dure_links_new (DureStore *store);
void        dure_links_free (DureLinks *self);
char       *dure_links_find (DureLinks *self, DureEntityId entity, const char *name, GError **error);
void        dure_links_add (DureLinks *self, DureEntityId entity, const char *title, const char *id);
const char *dure_links_name (DureLinks *self, DureEntityId entity, const char *id);
char       *dure_links_parse (DureLinks *self, const DureField *field, const char *typed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureLinks, dure_links_free)

G_END_DECLS
