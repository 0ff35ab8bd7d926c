/* dure-ui-test.h: what the tests with a display share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-window.h"
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
/* A desk with a new store of that sample, or with %NULL empty. */
DureDesk *dure_ui_test_open_desk (const char *sample);
/* A plain window in the place of the program's, in which @activated hears of the action "win.NAME". */
GtkWindow *dure_ui_test_window_new (const char *name, const char *type, GCallback activated, gpointer data);
/* A window of the program with the store at @path. */
DureWindow *dure_ui_test_open (const char *path);
/* The same with a new store of that sample, or with %NULL empty. */
DureWindow *dure_ui_test_open_sample (const char *sample);
/* Closes @window; fails when anything holds it longer. */
void  dure_ui_test_close (gpointer window);
/* Gives back a reference; fails when another one is not given back either, soon. */
void  dure_ui_test_let_go (gpointer object);
/* A condition: what the weak pointer at @data pointed to was finalised. */
gboolean dure_ui_test_is_gone (gpointer data);
/* The first window of @type that is open, or %NULL. */
GtkWidget *dure_ui_test_find_window (GType type);
/* The first widget of @type below @widget whose text, label or title is @text (%NULL for any), or %NULL. */
GtkWidget *dure_ui_test_find (GtkWidget *widget, GType type, const char *text);
/* The first label below @widget that holds @part, or %NULL. */
GtkWidget *dure_ui_test_find_part (GtkWidget *widget, const char *part);

G_END_DECLS
