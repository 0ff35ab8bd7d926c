/* dure-backup.h: a copy of the store where the user wants it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-window.h"

G_BEGIN_DECLS

void dure_backup_ask (DureWindow *window);

G_END_DECLS
