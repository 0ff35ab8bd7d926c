/* dure-seat-table.h: the columns of a table of seats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/widgets/dure-record-table.h"

G_BEGIN_DECLS

GtkWidget *dure_seat_table_new (DureDesk *desk);
void       dure_seat_table_show_body (DureRecordTable *table, DureRecord *body, gboolean former);

G_END_DECLS
