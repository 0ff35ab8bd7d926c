/* dure-resources-page.h: the place of programmes, calls and applications, good practices, venues
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/register/dure-tabs-page.h"

G_BEGIN_DECLS

#define DURE_TYPE_RESOURCES_PAGE (dure_resources_page_get_type ())
G_DECLARE_FINAL_TYPE (DureResourcesPage, dure_resources_page, DURE, RESOURCES_PAGE, DureTabsPage)

G_END_DECLS
