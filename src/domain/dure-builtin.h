/* dure-builtin.h: data files that are compiled in, so that nothing must be installed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dure_builtin_text (const char *name, GError **error);

G_END_DECLS
