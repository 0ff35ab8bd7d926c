/* dure-network-canvas-private.h: shared by the files of the canvas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-network-canvas.h"
#include "graph/dure-labels.h"

G_BEGIN_DECLS

/** DureCanvasView: a place p of the layout is drawn at p * zoom + offset. */
typedef struct
{
  double zoom;
  double x;
  double y;
} DureCanvasView;

/** DureCanvasColours: as the style of the moment has them. */
typedef struct
{
  GdkRGBA  foreground;
  GdkRGBA  background;
  GdkRGBA  accent;
  GdkRGBA  warning;
  gboolean dark;
} DureCanvasColours;

/** DureCanvasStyle: a DureCanvasLook of the canvas's own; shared with the thread that draws. */
typedef struct
{
  gatomicrefcount refs;
  DureColour     *palette;
  guint           n_palette;
  guint          *colour;      /* NULL: by area */
  float          *size;        /* NULL: all alike */
  guint          *group;       /* NULL: none */
  char          **group_names; /* n_groups */
  guint           n_groups;
  guint8         *node_change; /* NULL: none */
  guint8         *tie_change;
  gboolean        hulls;
  gboolean        arrows;
  gboolean        widths;
} DureCanvasStyle;

/** DureCanvasScene: all that drawing needs, so that a thread can draw from a copy. */
typedef struct
{
  DureNetwork                *network;
  DureCanvasStyle            *style;
  DurePoint                  *points;
  gboolean                   *pinned;
  gboolean                   *alone; /* may be NULL */
  gboolean                   *faded; /* may be NULL */
  double                     *label_width;
  double                      label_height;
  int                         selected;
  int                         hovered;
  int                         dragged;
  DureCanvasView              view;
  gboolean                    view_is_own;
  double                      width;
  double                      height;
  int                         scale;
  DureCanvasColours           colours;
  PangoFontDescription       *font;
  double                      resolution;
  const cairo_font_options_t *font_options; /* may be NULL */
} DureCanvasScene;

struct _DureNetworkCanvas
{
  GtkWidget parent_instance;

  DureNetwork     *network;
  DureCanvasStyle *style;
  GtkBitset       *selection;
  gboolean         lasso;  /* dragging on the ground selects instead of panning */
  DurePoint       *points; /* where the nodes are now */
  gboolean        *pinned;
  gboolean        *in_room; /* NULL when there is no room */
  gboolean        *alone;   /* in the room, and tied to nobody there; NULL when there is no room */
  gboolean        *faded;   /* by room and focus */
  double          *label_width;
  double           label_height;
  guint            steps; /* how far from the selected node the focus reaches */
  int              selected;
  int              hovered;
  int              dragged;

  DureCanvasView view;
  gboolean       view_is_own; /* the officer has panned or zoomed: no longer fitted to the window */

  /* The picture of what does not change from frame to frame, larger than the window, so that panning only moves it. */
  GdkTexture      *picture;
  cairo_surface_t *picture_surface;   /* the same again, for the cairo renderer */
  gboolean         picture_is_old;    /* it shows what was, until the new one is drawn */
  gboolean         picture_is_coming; /* a thread is drawing */
  graphene_rect_t  picture_area;      /* where it lies when the view is picture_view */
  DureCanvasView   picture_view;
  guint            refresh_source;

  /* Moving to new places or another view */
  guint          tick;
  gint64         move_begin;
  DurePoint     *from_points;
  DurePoint     *to_points;
  DureCanvasView from_view;
  DureCanvasView to_view;

  /* Gestures */
  DureCanvasView press_view;
  DurePoint      press_point;
  gboolean       moved;
  double         pinch_zoom;
  double         pointer_x;
  double         pointer_y;
};

#define DURE_CANVAS_LABEL_GAP 3
/* Longer labels end in «…»; the whole name is shown when the pointer is there. */
#define DURE_CANVAS_LABEL_MOST 150

DureCanvasScene  dure_canvas_scene (DureNetworkCanvas *self);
void             dure_canvas_scene_clear (DureCanvasScene *scene);
double           dure_canvas_radius (double zoom);
DurePoint        dure_canvas_to_screen (DureNetworkCanvas *self, guint node);
void             dure_canvas_measure_labels (DureNetworkCanvas *self);
void             dure_canvas_draw (const DureCanvasScene *self, cairo_t *cr, DureRect area, gboolean labels);
void             dure_canvas_draw_lively (const DureCanvasScene *self, cairo_t *cr);
void             dure_canvas_append_picture (DureNetworkCanvas *self, GtkSnapshot *snapshot, gboolean stretching);
void             dure_canvas_clear_picture (DureNetworkCanvas *self);
void             dure_canvas_invalidate (DureNetworkCanvas *self);
void             dure_canvas_set_view (DureNetworkCanvas *self, DureCanvasView view, gboolean own, gboolean glide);
void             dure_canvas_zoom_at (DureNetworkCanvas *self, double factor, double x, double y, gboolean glide);
void             dure_canvas_set_selected (DureNetworkCanvas *self, int node);
void             dure_canvas_toggle_selected (DureNetworkCanvas *self, guint node);
void             dure_canvas_take_selection (DureNetworkCanvas *self, GtkBitset *nodes, int current);
void             dure_canvas_update_faded (DureNetworkCanvas *self);
DureCanvasStyle *dure_canvas_style_new (const DureCanvasLook *look, guint n_nodes, guint n_ties);
DureCanvasStyle *dure_canvas_style_ref (DureCanvasStyle *self);
void             dure_canvas_style_unref (DureCanvasStyle *self);
DureColour
         dure_canvas_style_colour (const DureCanvasStyle *self, const DureNetwork *network, guint node, gboolean dark);
void     dure_canvas_add_input (DureNetworkCanvas *self);
void     dure_canvas_install_keys (GtkWidgetClass *class);
void     dure_canvas_stop (DureNetworkCanvas *self);
gboolean dure_canvas_is_moving (DureNetworkCanvas *self);
gboolean dure_canvas_may_move (DureNetworkCanvas *self);
void     dure_canvas_start_moving (DureNetworkCanvas *self, DureCanvasView view);
DureCanvasView dure_canvas_fitted_view (DureNetworkCanvas *self, const DurePoint *points);

G_END_DECLS
