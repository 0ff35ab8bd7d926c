/* dure-text-merge.h: brings two edits of one text together, line by line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dure_text_merge (const char *base, const char *ours, const char *theirs);

G_END_DECLS
