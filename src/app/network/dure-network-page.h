/* dure-network-page.h: the place 관계망
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-page.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_PAGE (dure_network_page_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkPage, dure_network_page, DURE, NETWORK_PAGE, DurePage)

G_END_DECLS
