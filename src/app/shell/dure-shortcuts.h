/* dure-shortcuts.h: every key of the window, in one table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** DureShortcut: one key; static, never freed. */
typedef struct
{
  const char *action; /* detailed name; NULL for a key that a page answers itself, listed for the reader only */
  const char *accelerator;
  const char *group; /* N_() */
  const char *title; /* N_() */
} DureShortcut;

const DureShortcut *dure_shortcuts (guint *n_shortcuts);
const char         *dure_shortcuts_find (const char *action);
GtkEventController *dure_shortcuts_controller_new (void);
GtkWindow          *dure_shortcuts_window_new (void);

G_END_DECLS
