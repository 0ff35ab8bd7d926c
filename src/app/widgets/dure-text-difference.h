/* dure-text-difference.h: two values beside each other, with what differs marked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dure_text_difference_show (GtkLabel *label_a, const char *a, GtkLabel *label_b, const char *b);

G_END_DECLS
