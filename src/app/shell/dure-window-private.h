/* dure-window-private.h: what the parts of DureWindow share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/shell/dure-notice.h"
#include "app/shell/dure-place-counts.h"
#include "app/shell/dure-place.h"
#include "app/shell/dure-sidebar.h"
#include "app/shell/dure-window.h"
#include "app/sync/dure-sync-session.h"
#include "app/sync/dure-sync-status.h"

G_BEGIN_DECLS

/* What is known of a place once it was visited. */
typedef struct
{
  const DurePlace *place;
  DurePage        *page;
  GtkWidget       *header_start; /* NULL for none */
  GtkWidget       *header_end;
} Visited;

/* One step of the history. */
typedef struct
{
  const DurePlace *place;
  char            *where; /* "agency/ID" or NULL */
} Step;

struct _DureWindow
{
  AdwApplicationWindow parent_instance;

  AdwWindowTitle      *title;
  GtkWidget           *sidebar_button;
  GtkWidget           *back_button;
  GtkWidget           *palette_button;
  GtkWidget           *menu_button;
  GtkBox              *page_start;
  GtkBox              *page_end;
  DureNotice          *notice;
  AdwToastOverlay     *toasts;
  GtkStack            *states;
  GtkRevealer         *sidebar_revealer;
  DureSidebar         *sidebar;
  GtkStack            *pages;

  char                *path;
  DureDesk            *desk; /* NULL while there is no store */
  DureBackupKeeper    *backups; /* NULL before the first frame */
  DurePlaceCounts     *counts;
  DureSyncStatus      *sync; /* at the foot of the sidebar; NULL before the first frame */
  GPtrArray           *visited; /* of Visited */
  Visited             *current;
  GPtrArray           *history; /* of Step */
  guint                step;    /* index of the present step */
  GPtrArray           *recent;  /* of DureRecent, the latest first */
  GCancellable        *cancellable;
  gboolean             sidebar_shown;
  gboolean             undid_store; /* the undo key took back something stored last, not something typed */
};

/* dure-window-actions.c */
void dure_window_install_actions (GtkWidgetClass *klass);
void dure_window_update_actions (DureWindow *self);

/* dure-window-store.c */
void dure_window_show_desk (DureWindow *self);
void dure_window_close_desk (DureWindow *self);
void dure_window_put_state (DureWindow *self, const char *name, GtkWidget *child);

/* dure-window.c */
void dure_window_step (DureWindow *self, int by);

G_END_DECLS
