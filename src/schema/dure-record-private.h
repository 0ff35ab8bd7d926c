/* dure-record-private.h: registration of the record types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "schema/dure-record.h"

G_BEGIN_DECLS

GType dure_record_register (const DureEntity *entity);
void  dure_record_begin (DureRecord *self, const char *id, const char *stamp);

G_END_DECLS
