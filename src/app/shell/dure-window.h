/* dure-window.h: the frame: header, places, pages, and what any of them asks of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-backup-keeper.h"
#include "app/shell/dure-page.h"

G_BEGIN_DECLS

#define DURE_TYPE_WINDOW (dure_window_get_type ())
G_DECLARE_FINAL_TYPE (DureWindow, dure_window, DURE, WINDOW, AdwApplicationWindow)

/** DureRecent: a record that was opened in this window, for the palette. */
typedef struct
{
  DureEntityId entity;
  char        *id;
} DureRecent;

DureWindow *dure_window_new (GtkApplication *application);
void        dure_window_open_store (DureWindow *self, const char *path);
DureDesk   *dure_window_get_desk (DureWindow *self);
const char *dure_window_get_path (DureWindow *self);
DureBackupKeeper *dure_window_get_backups (DureWindow *self);
void        dure_window_restore (DureWindow *self, const char *backup);
DurePage   *dure_window_get_page (DureWindow *self);
const char *dure_window_get_place (DureWindow *self);
gboolean    dure_window_go (DureWindow *self, const char *place);
gboolean    dure_window_open (DureWindow *self, DureEntityId entity, const char *id);
GPtrArray  *dure_window_get_recent (DureWindow *self);
void        dure_window_error (DureWindow *self, const char *sentence);
const char *dure_window_get_notice (DureWindow *self);
void        dure_window_toast (DureWindow *self, const char *text, gboolean with_undo);
void        dure_window_toast_button (DureWindow *self, const char *text, const char *button, const char *action);

G_END_DECLS
