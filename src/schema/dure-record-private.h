/* dure-record-private.h: registration of the record types
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "schema/dure-record.h"

G_BEGIN_DECLS

GType dure_record_register (const DureEntity *entity);

G_END_DECLS
