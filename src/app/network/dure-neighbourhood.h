/* dure-neighbourhood.h: a small picture of an agency and those around it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A click leads to the agency. The list of partners that stands beside it says the same to the keyboard and to a screen
 * reader.
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_NEIGHBOURHOOD (dure_neighbourhood_get_type ())
G_DECLARE_FINAL_TYPE (DureNeighbourhood, dure_neighbourhood, DURE, NEIGHBOURHOOD, AdwBin)

GtkWidget *dure_neighbourhood_new (void);
void       dure_neighbourhood_set_agency (DureNeighbourhood *self, DureDesk *desk, const char *agency);

G_END_DECLS
