/* dure-layout.h: places for the nodes of a network, so that distance on paper is distance in the network
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "graph/dure-graph.h"

G_BEGIN_DECLS

/** DurePoint: a place; x grows to the right, y downwards. One tie is DURE_LAYOUT_STEP long where the network allows it.
 */
typedef struct
{
  double x;
  double y;
} DurePoint;

#define DURE_LAYOUT_STEP 100.0
#define DURE_LAYOUT_READING_DEFAULT 0.5

/** DureLayoutProgress: called from the thread that lays out; @fraction goes from 0 to 1. */
typedef void (*DureLayoutProgress) (double fraction, gpointer data);

/** DureLayoutOptions: start from dure_layout_options_init(). Arrays are of the number of nodes and are borrowed. */
typedef struct
{
  const DurePoint   *start;  /* old places, or NULL for none */
  const gboolean    *known;  /* which of start hold a place; NULL for all */
  const gboolean    *pinned; /* which must stay where start has them; NULL for none */
  const double      *width;  /* widths of the nodes with their space, or NULL for a common size */
  const double      *height;
  double             aspect;  /* width / height of the whole that is wished */
  double             reading; /* 0 = true distances … 1 = as few crossings as possible */
  guint              seed;
  guint              starts; /* how often to try; 0 lets the size decide */
  DureLayoutProgress progress;
  gpointer           progress_data;
} DureLayoutOptions;

void dure_layout_options_init (DureLayoutOptions *options);
DurePoint *
dure_layout (const DureGraph *graph, const DureLayoutOptions *options, GCancellable *cancellable, GError **error);

G_END_DECLS
