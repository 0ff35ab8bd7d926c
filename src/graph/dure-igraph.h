/* dure-igraph.h: the measures that come from the igraph library
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * igraph and what it needs (BLAS, LAPACK, ARPACK, GLPK, GMP, libxml2…) cost 6 MB of memory, so it is not linked: it
 * stands behind a module that is loaded when measures are first asked for. The module fills one DureIgraphJob at a
 * time.
 */
#pragma once

#include <gio/gio.h>

#include "graph/dure-graph.h"

G_BEGIN_DECLS

/** DureIgraphJob: what is asked, and room for the answers: one value a node. */
typedef struct
{
  const DureGraph *graph;
  const guint     *start; /* communities to begin with, numbered from 0 without gaps; NULL for none */
  guint            tries; /* how often to look for communities afresh */

  guint  *core;
  guint  *triangles;    /* how many of its neighbours' ties are among themselves */
  double *constraint;   /* Burt; NaN without ties */
  guint  *community;    /* from 0, without gaps */
  double  transitivity; /* NaN when no node has two neighbours */
  double  modularity;   /* NaN without ties */
} DureIgraphJob;

typedef enum
{
  DURE_IGRAPH_DONE,
  DURE_IGRAPH_STOPPED,
  DURE_IGRAPH_FAILED,
} DureIgraphResult;

/* The one function of the module. @problem is igraph's own text. */
#define DURE_IGRAPH_FUNCTION "dure_igraph_module_measure"
typedef DureIgraphResult (*DureIgraphFunction) (DureIgraphJob *job, GCancellable *cancellable, const char **problem);

gboolean dure_igraph_measure (DureIgraphJob *job, GCancellable *cancellable, GError **error);

G_END_DECLS
