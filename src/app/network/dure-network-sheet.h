/* dure-network-sheet.h: the style sheet of the network
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void dure_network_sheet_load (void);

G_END_DECLS
