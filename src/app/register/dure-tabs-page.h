/* dure-tabs-page.h: a page with one list and its details a tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/register/dure-tabs.h"
#include "app/shell/dure-page.h"

G_BEGIN_DECLS

#define DURE_TYPE_TABS_PAGE (dure_tabs_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (DureTabsPage, dure_tabs_page, DURE, TABS_PAGE, DurePage)

struct _DureTabsPageClass
{
  DurePageClass parent_class;
};

DureTabs *dure_tabs_page_build (DureTabsPage *self, DureTabFunc func);
DureTabs *dure_tabs_page_get_tabs (DureTabsPage *self);

G_END_DECLS
