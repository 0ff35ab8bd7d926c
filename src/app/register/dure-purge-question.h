/* dure-purge-question.h: asks before records are destroyed, and why they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

void dure_purge_question_present (GtkWindow *parent, DureDesk *desk, GPtrArray *records);

G_END_DECLS
