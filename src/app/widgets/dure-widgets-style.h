/* dure-widgets-style.h: the style sheet of the widgets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void dure_widgets_style_load (void);

G_END_DECLS
