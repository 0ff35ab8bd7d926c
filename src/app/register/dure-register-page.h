/* dure-register-page.h: the place of agencies and people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/register/dure-tabs-page.h"

G_BEGIN_DECLS

#define DURE_TYPE_REGISTER_PAGE (dure_register_page_get_type ())
G_DECLARE_FINAL_TYPE (DureRegisterPage, dure_register_page, DURE, REGISTER_PAGE, DureTabsPage)

G_END_DECLS
