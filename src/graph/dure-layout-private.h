/* dure-layout-private.h: what the steps of dure_layout() share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-components.h"
#include "graph/dure-distance-rows.h"
#include "graph/dure-layout.h"

G_BEGIN_DECLS

/* Up to this size all distances of a part are worked out, above those of some nodes drawn by chance. */
#define DURE_LAYOUT_ALL_ROWS 4000

/** DureLayoutWork: one run of dure_layout(). */
typedef struct
{
  const DureGraph         *graph;
  const DureLayoutOptions *options;
  GCancellable            *cancellable;
  DurePoint               *points;
  double                  *width;
  double                  *height;
  guint64                  random;
  guint                    done; /* nodes of the parts that are laid out */
} DureLayoutWork;

/** DureLayoutPart: a connected part; its nodes have numbers of their own. */
typedef struct
{
  DureGraph   *graph;
  const guint *nodes;  /* their numbers in the whole */
  DurePoint   *points; /* one tie is DURE_LAYOUT_STEP long */
  gboolean    *known;  /* has an old place */
  gboolean    *pinned; /* must not leave it */
  double      *width;
  double      *height;
  guint        n_known;
  guint        n_pinned;
  double       scale;    /* how many times larger than points the drawing is */
  gboolean     anchored; /* stands where it stood before */
  gboolean     kept;     /* who is known has stayed where it was */
} DureLayoutPart;

gboolean dure_layout_has_sizes (const DureLayoutWork *work);
gboolean dure_layout_is_known (const DureLayoutWork *work, guint node);
gboolean dure_layout_is_pinned (const DureLayoutWork *work, guint node);
void     dure_layout_tell (const DureLayoutWork *work, guint n_nodes, double fraction);
gboolean dure_layout_make_room (const DureLayoutWork *work,
                                guint                 n,
                                DurePoint            *points,
                                const double         *width,
                                const double         *height,
                                const gboolean       *settled,
                                const gboolean       *pinned,
                                GError              **error);

DureLayoutPart *dure_layout_part_new (const DureLayoutWork *work, const guint *nodes, guint n);
void            dure_layout_part_free (DureLayoutPart *self);
gboolean        dure_layout_part_draw (DureLayoutWork *work, DureLayoutPart *part, GError **error);
gboolean        dure_layout_part_put (DureLayoutWork *work, DureLayoutPart *part, double scale, GError **error);

DureDistanceRows *dure_layout_rows (DureLayoutWork *work, const DureGraph *graph, GError **error);
gboolean          dure_layout_by_distance (DureLayoutWork *work, DureLayoutPart *part, double share, GError **error);
gboolean          dure_layout_keep (DureLayoutWork *work, DureLayoutPart *part, GError **error);
void dure_layout_arrange (DureLayoutWork *work, const DureComponents *parts, guint n_parts, const gboolean *anchored);

G_END_DECLS
