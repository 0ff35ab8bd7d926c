/* dure-network-canvas-private.h: shared by the files of the canvas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-network-canvas-scene.h"

G_BEGIN_DECLS

/** DureCanvasLayer: a picture that was drawn once, and where it lies when the view is @view. */
typedef struct
{
  cairo_surface_t *surface; /* for the cairo renderer; NULL: none yet */
  GdkTexture      *texture; /* for the others */
  DureRect         area;
  DureCanvasView   view;
  GPtrArray       *clusters; /* of DureCanvasCluster, when it shows groups; else NULL */
} DureCanvasLayer;

/** DureCanvasGrid: the nodes in square cells, for finding who is near a place. */
typedef struct
{
  double x;
  double y;
  double cell;
  guint  columns;
  guint  rows;
  guint *first; /* columns * rows + 1 */
  guint *nodes;
} DureCanvasGrid;

/** DureCanvasPress: what dragging does. */
typedef enum
{
  DURE_CANVAS_PRESS_NONE,
  DURE_CANVAS_PRESS_PAN,
  DURE_CANVAS_PRESS_NODES,
  DURE_CANVAS_PRESS_LASSO,
  DURE_CANVAS_PRESS_CANCELLED, /* by Escape; nothing more until the button is let go */
} DureCanvasPress;

struct _DureNetworkCanvas
{
  GtkWidget parent_instance;

  DureNetwork     *network;
  DureCanvasStyle *style;
  DureCanvasTexts *texts;
  DurePoint       *points; /* where the nodes are now */
  gboolean        *pinned;
  gboolean        *in_room; /* NULL when there is no room */
  gboolean        *alone;   /* in the room, and tied to nobody there; NULL when there is no room */
  gboolean        *faded;   /* by room and focus; NULL for nobody */
  guint8          *flags;   /* DureCanvasFlags, made when needed */
  DureCanvasGrid  *grid;    /* made when needed */
  GtkBitset       *selection;
  guint            steps;    /* how far from the selected nodes the focus reaches */
  int              selected; /* of those that are selected, the one that was last; keys go on from it */
  int              hovered;
  int              hovered_tie;
  int              hovered_cluster; /* of the picture on the screen */
  int              emphasised;      /* hovered, with so many ties that the thread draws them */

  DureCanvasView view;
  gboolean       view_is_own; /* the officer has panned or zoomed: no longer fitted to the window */

  DureCanvasLayer picture;        /* larger than the window, so that panning only moves it */
  DureCanvasLayer overview;       /* all of the network, coarse, for where the picture does not reach */
  DureCanvasLayer lifted_layer;   /* many that are dragged, on a transparent ground, where they were lifted */
  gboolean        picture_is_old; /* it shows what was, until the new one is drawn */
  gboolean        overview_is_old;
  gboolean        picture_is_coming; /* a thread is drawing */
  guint           refresh_source;

  /* Moving to new places or another view */
  guint          tick;
  gint64         move_begin;
  DurePoint     *from_points;
  DurePoint     *to_points;
  DureCanvasView from_view;
  DureCanvasView to_view;

  /* Gestures */
  DureCanvasPress press;
  DureCanvasView  press_view;
  int             press_node;
  DurePoint       press_at;
  gboolean        press_adds;  /* to the selection */
  gboolean        lasso;       /* dragging on the ground selects instead of panning */
  GArray         *loop;        /* of DurePoint: the lasso, in units of the layout */
  GtkBitset      *lifted;      /* nodes that are being dragged, or were pushed by keys; else NULL */
  DurePoint      *lifted_from; /* in the order of @lifted */
  DurePoint       pushed;
  guint           push_source;
  double          pinch_zoom;
  double          pointer_x;
  double          pointer_y;
};

/* More than this are dragged as a picture. */
#define DURE_CANVAS_LIFTED_FEW 24
#define DURE_CANVAS_LIFTED_MOST 3000
#define DURE_CANVAS_PAN_STEP 60.0
#define DURE_CANVAS_ZOOM_STEP 1.25

/* dure-network-canvas.c */
void dure_canvas_forget_texts (DureNetworkCanvas *self);

/* -state.c */
GdkRGBA dure_canvas_ground (DureNetworkCanvas *self);

/* -picture.c */
DureCanvasScene dure_canvas_scene (DureNetworkCanvas *self);
void            dure_canvas_scene_clear (DureCanvasScene *scene);
void            dure_canvas_append_picture (DureNetworkCanvas *self, GtkSnapshot *snapshot, gboolean stretching);
void            dure_canvas_clear_pictures (DureNetworkCanvas *self);
gboolean        dure_canvas_is_light (DureNetworkCanvas *self);
gboolean        dure_canvas_is_covered (DureNetworkCanvas *self);
void            dure_canvas_clear_lifted (DureNetworkCanvas *self);

/* -view.c */
DurePoint      dure_canvas_to_screen (DureNetworkCanvas *self, guint node);
void           dure_canvas_invalidate (DureNetworkCanvas *self);
void           dure_canvas_points_changed (DureNetworkCanvas *self);
void           dure_canvas_set_view (DureNetworkCanvas *self, DureCanvasView view, gboolean own, gboolean glide);
void           dure_canvas_zoom_at (DureNetworkCanvas *self, double factor, double x, double y, gboolean glide);
void           dure_canvas_show_rect (DureNetworkCanvas *self, DureRect rect);
void           dure_canvas_stop (DureNetworkCanvas *self);
gboolean       dure_canvas_is_moving (DureNetworkCanvas *self);
gboolean       dure_canvas_may_move (DureNetworkCanvas *self);
gboolean       dure_canvas_may_rearrange (DureNetworkCanvas *self);
void           dure_canvas_start_moving (DureNetworkCanvas *self, DureCanvasView view);
DureCanvasView dure_canvas_fitted_view (DureNetworkCanvas *self, const DurePoint *points);

/* -lively.c */
void dure_canvas_append_lively (DureNetworkCanvas *self, const DureCanvasScene *scene, GtkSnapshot *snapshot);
void dure_canvas_append_card (DureNetworkCanvas *self, const DureCanvasScene *scene, GtkSnapshot *snapshot);

/* -selection.c */
void dure_canvas_set_selected (DureNetworkCanvas *self, int node);
void dure_canvas_toggle_selected (DureNetworkCanvas *self, guint node);
void dure_canvas_take_selection (DureNetworkCanvas *self, GtkBitset *nodes, int current);
void dure_canvas_update_faded (DureNetworkCanvas *self);

/* -drag.c, -lasso.c */
void        dure_canvas_lift (DureNetworkCanvas *self, GtkBitset *nodes);
void        dure_canvas_move_lifted (DureNetworkCanvas *self, double dx, double dy);
void        dure_canvas_drop (DureNetworkCanvas *self, gboolean keep);
void        dure_canvas_press (DureNetworkCanvas *self, double x, double y);
void        dure_canvas_press_move (DureNetworkCanvas *self, GdkModifierType state, double dx, double dy);
void        dure_canvas_release (DureNetworkCanvas *self, GdkModifierType state);
void        dure_canvas_push (DureNetworkCanvas *self, double dx, double dy);
gboolean    dure_canvas_cancel_press (DureNetworkCanvas *self);
GtkGesture *dure_canvas_add_drag (DureNetworkCanvas *self);
void        dure_canvas_lasso_add (DureNetworkCanvas *self, double x, double y);
void        dure_canvas_lasso_end (DureNetworkCanvas *self, gboolean select);
void        dure_canvas_draw_lasso (DureNetworkCanvas *self, const DureCanvasScene *scene, cairo_t *cr);

/* -input.c, -keys.c, -pick.c */
void dure_canvas_set_hovered (DureNetworkCanvas *self, int node, int tie, int cluster);
void dure_canvas_hover_at (DureNetworkCanvas *self, double x, double y);
void dure_canvas_activate (DureNetworkCanvas *self, int node);
void dure_canvas_add_input (DureNetworkCanvas *self);
void dure_canvas_install_keys (GtkWidgetClass *class);
void dure_canvas_grid_free (DureCanvasGrid *grid);
int  dure_canvas_pick_tie (DureNetworkCanvas *self, double x, double y);
int  dure_canvas_pick_cluster (DureNetworkCanvas *self, double x, double y);
int  dure_canvas_pick_towards (DureNetworkCanvas *self, double dx, double dy);

G_END_DECLS
