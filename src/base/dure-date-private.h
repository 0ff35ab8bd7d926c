/* dure-date-private.h: what the files of dure-date.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/dure-date.h"

G_BEGIN_DECLS

/* Sunday first; the same in every language, as official documents want it. */
extern const char *const dure_weekdays[7];

gboolean dure_read_digits (const char *text, int count, int *value);

G_END_DECLS
