/* dure-calls-view.h: calls and their applications: a board by stage, or a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_CALLS_VIEW (dure_calls_view_get_type ())
G_DECLARE_FINAL_TYPE (DureCallsView, dure_calls_view, DURE, CALLS_VIEW, AdwBin)

GtkWidget *dure_calls_view_new (DureDesk *desk);
void       dure_calls_view_make (DureCallsView *self);
void       dure_calls_view_search (DureCallsView *self);
gboolean   dure_calls_view_open (DureCallsView *self, DureEntityId entity, const char *id);
char      *dure_calls_view_where (DureCallsView *self);
void       dure_calls_view_move (DureCallsView *self, DureRecord *application, const char *stage);

G_END_DECLS
