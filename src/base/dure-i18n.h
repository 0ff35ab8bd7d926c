/* dure-i18n.h: the language of the session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     dure_i18n_init (void);
gboolean dure_i18n_is_korean (void);

G_END_DECLS
