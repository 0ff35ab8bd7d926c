/* dure-region-places.h: where the regions of the country lie
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean dure_region_place (const char *code, const char *municipality, const char *name, double *lat, double *lon);

G_END_DECLS
