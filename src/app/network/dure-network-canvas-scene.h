/* dure-network-canvas-scene.h: what is drawn, apart from the widget, so that a thread can draw from a copy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include <math.h>

#include "app/network/dure-network-canvas.h"
#include "graph/dure-labels.h"

G_BEGIN_DECLS

/** DureCanvasView: a place p of the layout is drawn at p * zoom + (x, y). */
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

/** DureCanvasStyle: a DureCanvasLook of the canvas's own; never changed once made, shared with the thread that draws.
 */
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

/** DureCanvasTexts: the widths of labels, measured when they are first needed, by whoever draws. */
typedef struct
{
  gatomicrefcount refs;
  float          *width; /* below 0: not measured yet */
} DureCanvasTexts;

typedef enum
{
  DURE_CANVAS_PINNED = 1 << 0,
  DURE_CANVAS_ALONE = 1 << 1,  /* invited, and tied to nobody in the room */
  DURE_CANVAS_FADED = 1 << 2,  /* not concerned */
  DURE_CANVAS_LIFTED = 1 << 3, /* being dragged */
  DURE_CANVAS_SELECTED = 1 << 4,
} DureCanvasFlags;

/** DureCanvasScene: all that drawing needs. */
typedef struct
{
  DureNetwork                *network;
  DureCanvasStyle            *style;
  DureCanvasTexts            *texts;
  DurePoint                  *points;
  guint8                     *flags;      /* DureCanvasFlags */
  int                         emphasised; /* its ties are drawn in the accent colour; DURE_NO_NODE for none */
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

/** DureCanvasCluster: agencies that are drawn as one disc from afar. */
typedef struct
{
  char      *name;
  guint      n;
  guint      n_inside;  /* ties among them */
  guint      n_outside; /* ties to others */
  DurePoint  middle;    /* in units of the layout */
  DureRect   bounds;    /* of most of its members, in units of the layout */
  double     radius;    /* on the screen */
  DurePoint  shift;     /* on the screen: how far it was pushed, so that discs do not lie upon one another */
  DureColour colour;
  gboolean   faded;
  gboolean   selected;
} DureCanvasCluster;

static inline DurePoint
dure_canvas_cluster_point (const DureCanvasCluster *self, DureCanvasView view)
{
  return (DurePoint){ self->middle.x * view.zoom + view.x + self->shift.x,
                      self->middle.y * view.zoom + view.y + self->shift.y };
}

/** DureCanvasBand: the ties between two clusters. */
typedef struct
{
  guint a;
  guint b;
  guint n;
} DureCanvasBand;

/** DureCanvasClusters: all agencies, as they are drawn from afar. */
typedef struct
{
  GPtrArray *clusters;   /* of DureCanvasCluster */
  guint     *cluster_of; /* one a node */
  GArray    *bands;      /* of DureCanvasBand */
} DureCanvasClusters;

/** DureCanvasName: the name of a group, on the screen. */
typedef struct
{
  const char *text;
  DurePoint   at;
  double      radius; /* of what it belongs to; the name stands beside it */
  double      importance;
  gboolean    faded;
  gboolean    quiet; /* a mere count */
} DureCanvasName;

/* Longer labels end in «…»; the whole name is shown when the pointer is there. */
#define DURE_CANVAS_LABEL_EMS 13
#define DURE_CANVAS_LABEL_GAP 3
/* With more agencies than this in the window they are drawn as groups. */
#define DURE_CANVAS_NEAR_MOST 2500

static inline DurePoint
dure_canvas_scene_point (const DureCanvasScene *self, guint node)
{
  return (DurePoint){ self->points[node].x * self->view.zoom + self->view.x,
                      self->points[node].y * self->view.zoom + self->view.y };
}

/* Nodes grow less than distances do, so that zooming in makes room. */
static inline double
dure_canvas_radius (double zoom)
{
  return CLAMP (13 * pow (zoom, 0.6), 3.5, 22);
}

static inline double
dure_canvas_scene_radius (const DureCanvasScene *self, guint node)
{
  return dure_canvas_radius (self->view.zoom) * (self->style->size != NULL ? (double)self->style->size[node] : 1);
}

static inline gboolean
dure_canvas_in_area (DurePoint at, DureRect area, double margin)
{
  return at.x > area.x - margin && at.x < area.x + area.width + margin && at.y > area.y - margin
         && at.y < area.y + area.height + margin;
}

static inline void
dure_canvas_set_rgba (cairo_t *cr, const GdkRGBA *rgba, double alpha)
{
  cairo_set_source_rgba (cr, rgba->red, rgba->green, rgba->blue, rgba->alpha * alpha);
}

static inline void
dure_canvas_set_colour (cairo_t *cr, DureColour colour, double alpha)
{
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, alpha);
}

/* -look.c */
DureCanvasStyle *dure_canvas_style_new (const DureCanvasLook *look, guint n_nodes, guint n_ties);
DureCanvasStyle *dure_canvas_style_ref (DureCanvasStyle *self);
void             dure_canvas_style_unref (DureCanvasStyle *self);
DureColour
dure_canvas_style_colour (const DureCanvasStyle *self, const DureNetwork *network, guint node, gboolean dark);
DureColour
dure_canvas_style_common_colour (const DureCanvasScene *scene, const guint *nodes, guint n, DureColour otherwise);

/* -labels.c */
DureCanvasTexts *dure_canvas_texts_new (guint n);
DureCanvasTexts *dure_canvas_texts_ref (DureCanvasTexts *self);
void             dure_canvas_texts_unref (DureCanvasTexts *self);
PangoLayout     *dure_canvas_layout (const DureCanvasScene *self, cairo_t *cr, gboolean bold);

void dure_canvas_draw_text (
    cairo_t *cr, PangoLayout *layout, double x, double y, const GdkRGBA *ink, const GdkRGBA *halo, double alpha);

void dure_canvas_draw_labels (const DureCanvasScene *self,
                              cairo_t               *cr,
                              DureRect               area,
                              const guint           *nodes,
                              guint                  n,
                              const DureCanvasName  *names,
                              guint                  n_names);

/* -marks.c */
void dure_canvas_draw_tie (const DureCanvasScene *self, cairo_t *cr, guint tie, const GdkRGBA *rgba, double alpha);
void dure_canvas_draw_node (const DureCanvasScene *self, cairo_t *cr, guint node, double grow);
void dure_canvas_draw_ring (const DureCanvasScene *self, cairo_t *cr, guint node, const GdkRGBA *rgba, double width);
void dure_canvas_draw_alone (const DureCanvasScene *self, cairo_t *cr, guint node);

/* -hulls.c */
void dure_canvas_draw_hulls (
    const DureCanvasScene *self, cairo_t *cr, DureRect area, const guint *nodes, guint n, GArray *names);

/* -scene.c */
gboolean dure_canvas_scene_is_far (const DureCanvasScene *self);
GPtrArray *
dure_canvas_draw (const DureCanvasScene *self, cairo_surface_t *surface, cairo_t *cr, DureRect area, gboolean labels);

void dure_canvas_draw_lifted (const DureCanvasScene *self, cairo_t *cr, DureRect area);

/* -clusters.c, -far.c */
DureCanvasClusters *dure_canvas_clusters_new (const DureCanvasScene *scene);
void                dure_canvas_clusters_free (DureCanvasClusters *self);
GPtrArray *dure_canvas_draw_far (const DureCanvasScene *self, cairo_surface_t *surface, cairo_t *cr, DureRect area);

G_END_DECLS
