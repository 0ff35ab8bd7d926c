/* dure-dictionary.h: the data dictionary, written from the table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dure_dictionary_markdown (void);

G_END_DECLS
