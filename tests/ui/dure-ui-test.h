/* dure-ui-test.h: what the tests with a display share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "store/dure-store.h"

G_BEGIN_DECLS

typedef gboolean (*DureUiCondition) (gpointer data);

/* Starts GTK and GTest; when there is no display the program ends with 77, which meson counts as skipped. */
void  dure_ui_test_init (int *argc, char ***argv);
/* A file in a new folder; nothing is there yet. */
char *dure_ui_test_path (void);
/* A store at @path with the sample of that name, or with %NULL empty. */
void  dure_ui_test_make_store (const char *path, const char *sample);
/* Runs the main loop until @condition holds; fails after ten seconds, naming @what. */
void  dure_ui_test_wait (DureUiCondition condition, gpointer data, const char *what);
/* Runs the main loop for a while; for "nothing happens" only. */
void  dure_ui_test_rest (guint milliseconds);
/* The first widget of @type below @widget whose text, label or title is @text (%NULL for any), or %NULL. */
GtkWidget *dure_ui_test_find (GtkWidget *widget, GType type, const char *text);

G_END_DECLS
