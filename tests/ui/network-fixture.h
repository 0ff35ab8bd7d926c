/* network-fixture.h: the window at the place of the network, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-network-page-private.h"
#include "app/shell/dure-window.h"
#include "dure-ui-test.h"

G_BEGIN_DECLS

/* A window with a new store of that sample, at the network; the second form waits until it is read and measured. */
DureWindow      *network_ui_open_network (const char *sample);
DureNetworkPage *network_ui_open_settled (const char *sample, DureWindow **window);
DureNetworkPage *network_ui_page_of (DureWindow *window);
DureNetwork     *network_ui_network_of (DureNetworkPage *page);
gboolean         network_ui_is_settled (gpointer page);
/* Waits until what was just asked for is read and measured. */
void network_ui_settle (DureNetworkPage *page);

G_END_DECLS
