/* dure-page.h: one of the places of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a page asks of its window goes through actions of the window, so that no page knows another:
 * `win.open` (ss: entity key, id) leads to a record; `win.go` (s: place) to a place; `win.toast` (s) says something;
 * `win.toast-undo` (s) says what was done with a button that undoes it; `win.error` (s) shows a sentence that stays
 * until it was read.
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_PAGE (dure_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (DurePage, dure_page, DURE, PAGE, AdwBin)

struct _DurePageClass
{
  AdwBinClass parent_class;

  /* The desk was set; the page may query now, but should wait for `activate` with anything slow. */
  void     (*desk_set) (DurePage *self);
  /* The page came to the front. */
  void     (*activate) (DurePage *self);
  /* Ctrl+N: makes what the page is about. */
  void     (*make) (DurePage *self);
  /* Ctrl+F: puts the cursor into the page's search. */
  void     (*search) (DurePage *self);
  /* Shows a record here; FALSE when the page does not hold this entity. */
  gboolean (*open) (DurePage *self, DureEntityId entity, const char *id);
  /* Shows what the page begins with, the list; NULL for a page that has only one view. */
  void     (*home) (DurePage *self);
  /* Widgets for the header bar, made once: at the start and at the end; either may be NULL. */
  GtkWidget *(*header_start) (DurePage *self);
  GtkWidget *(*header_end) (DurePage *self);
  /* What the history keeps beside the place, so that Alt+Left comes back to it: "agency/ID"; NULL for none. */
  char    *(*where) (DurePage *self);
};

void       dure_page_set_desk (DurePage *self, DureDesk *desk);
DureDesk  *dure_page_get_desk (DurePage *self);
void       dure_page_activate (DurePage *self);
void       dure_page_make (DurePage *self);
void       dure_page_search (DurePage *self);
gboolean   dure_page_open (DurePage *self, DureEntityId entity, const char *id);
void       dure_page_home (DurePage *self);
GtkWidget *dure_page_header_start (DurePage *self);
GtkWidget *dure_page_header_end (DurePage *self);
char      *dure_page_where (DurePage *self);

G_END_DECLS
