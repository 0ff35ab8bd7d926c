/* dure-today-page.h: what is next, what is missing, what is late
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-page.h"

G_BEGIN_DECLS

#define DURE_TYPE_TODAY_PAGE (dure_today_page_get_type ())
G_DECLARE_FINAL_TYPE (DureTodayPage, dure_today_page, DURE, TODAY_PAGE, DurePage)

G_END_DECLS
