/* dure-reading-search-private.h: what keeps a search and what moves it share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-reading-kernels.h"
#include "graph/dure-reading-search.h"

G_BEGIN_DECLS

/* Places tried for a node at a time; the first is where it is. */
#define DURE_READING_PLACES 8
/* Nodes nearer than this, in ties, are pushed apart. */
#define DURE_READING_NEAR 0.2f
/* Nodes nearer than this to a tie of others are taken for its end. */
#define DURE_READING_ON_TIE 0.06f
/* Where nothing is near. */
#define DURE_READING_AWAY 1e15f

struct _DureReadingSearch
{
  const DureGraph   *graph;
  guint64           *random;
  DureReadingKernels kernels;
  guint              n;
  guint              n_padded;
  guint              m_padded;
  float             *memory;
  float             *x; /* in ties */
  float             *y;
  float             *inverse; /* n × n_padded: 1 / distance, 0 for a node itself */
  float             *mass;
  DureReadingTies    ties;
  DureReadingTies    close;                           /* those that a node could cross where it is tried */
  guint             *found;                           /* their numbers */
  guint             *place;                           /* of a tie among them, if found[place] is its number */
  float             *side_near;                       /* of a neighbour to all ties */
  float             *side_place[DURE_READING_PLACES]; /* of each place to all ties */
  guint             *order;
  double             pairs;
  DureReadingSums    sums;        /* of all pairs */
  double             on_tie_cost; /* of a node on a tie, as part of a crossing */
  double             part_cost;   /* of a pair in one place while pairs are parted, else 0 */
  double             crossings;   /* and a part of one for each node that lies on a tie, or nearly */
  DurePoint          centre;      /* of the drawing that was given */
  double             work;        /* done since last asked */
};

void dure_reading_search_place (DureReadingSearch *self, guint node, float x, float y);
void dure_reading_search_measure (
    DureReadingSearch *self, guint node, const float *px, const float *py, guint n, DureReadingSums *sums);
double dure_reading_search_cost_of (const DureReadingSearch *self,
                                    double                   share,
                                    const DureReadingSums   *sums,
                                    double                   crossings);

G_END_DECLS
