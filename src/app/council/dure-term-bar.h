/* dure-term-bar.h: how much of a term is over, as words with a bar beneath
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "domain/dure-term.h"

G_BEGIN_DECLS

#define DURE_TYPE_TERM_BAR (dure_term_bar_get_type ())
G_DECLARE_FINAL_TYPE (DureTermBar, dure_term_bar, DURE, TERM_BAR, GtkWidget)

char      *dure_term_text (const char *from, const char *to, const char *ended, int today);
GtkWidget *dure_term_bar_new (void);
void       dure_term_bar_set (DureTermBar *self, const char *from, const char *to, const char *ended);

G_END_DECLS
