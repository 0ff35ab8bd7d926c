/* dure-network-page-private.h: what the parts of DureNetworkPage share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-network-canvas-private.h"
#include "app/network/dure-network-facts.h"
#include "app/network/dure-network-filters.h"
#include "app/network/dure-network-legend.h"
#include "app/network/dure-network-list.h"
#include "app/network/dure-network-model.h"
#include "app/network/dure-network-page.h"
#include "app/network/dure-network-time-panel.h"
#include "app/network/dure-network-views.h"

G_BEGIN_DECLS

struct _DureNetworkPage
{
  DurePage parent_instance;

  DureNetworkModel     *model;
  DureNetworkLook      *look; /* as the canvas shows it; NULL until there is a network */
  GtkStack             *stack;
  GtkRevealer          *left;
  GtkRevealer          *right;
  GtkRevealer          *bottom;
  GtkStack             *right_stack;
  GtkEditable          *search;
  GtkWidget            *matches; /* the first agencies that the search has found */
  DureNetworkFilters   *filters;
  GtkWidget            *before; /* beside the canvas, when two periods stand side by side */
  DureNetworkCanvas    *before_canvas;
  DureNetworkCanvas    *canvas;
  DureNetworkLegend    *legend;
  DureNetworkFacts     *facts;
  DureNetworkList      *list;
  DureNetworkTimePanel *time;
  GtkToggleButton      *lasso;
  GtkLabel             *hint;
  GtkWidget            *waiting;
  GtkProgressBar       *progress;
  GMenuModel           *export_menu;
  GtkWidget            *header_start;
  GtkWidget            *header_end;
  DureNetworkViews     *views;
  GtkToggleButton      *filters_toggle;
  GtkToggleButton      *list_toggle;
  GtkToggleButton      *facts_toggle;
  GtkToggleButton      *time_toggle;
  GCancellable         *cancellable; /* of exports */
  char                 *export_format;
  char                 *export_folder; /* of the last file */
  char                 *wanted;        /* an agency to select when the network has been read */
  guint                 wait_source;
  guint                 link_tick;
  DureCanvasView        linked_view;
  gboolean              was_seen;
  gboolean              folded_for_list;
  gboolean              folded_for_side;
  gboolean              selecting; /* the selection is on its way from one part to the others */
  gboolean              in_meeting_room;
  gboolean              had_sidebar; /* before the full screen */
};

/* dure-network-page.c */
void dure_network_page_show_look (DureNetworkPage *self);
void dure_network_page_select (DureNetworkPage *self, GtkBitset *nodes);

/* dure-network-page-header.c */
void dure_network_page_build_header (DureNetworkPage *self);

/* dure-network-page-actions.c */
void dure_network_page_install_actions (GtkWidgetClass *class);
void dure_network_page_add_keys (DureNetworkPage *self);

/* dure-network-page-export.c */
void dure_network_page_install_exports (GtkWidgetClass *class);

/* dure-network-page-search.c */
void dure_network_page_bind_search (GtkWidgetClass *class);
void dure_network_page_watch_search (DureNetworkPage *self);

/* dure-network-page-time.c */
void dure_network_page_show_periods (DureNetworkPage *self);
void dure_network_page_bind_time (GtkWidgetClass *class);
void dure_network_page_unlink (DureNetworkPage *self);

G_END_DECLS
