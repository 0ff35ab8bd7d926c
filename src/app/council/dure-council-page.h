/* dure-council-page.h: the place of the council: its bodies and their seats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-page.h"

G_BEGIN_DECLS

#define DURE_TYPE_COUNCIL_PAGE (dure_council_page_get_type ())
G_DECLARE_FINAL_TYPE (DureCouncilPage, dure_council_page, DURE, COUNCIL_PAGE, DurePage)

G_END_DECLS
