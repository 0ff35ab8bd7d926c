/* bench-peers.h: the same network drawn by other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** BenchPeer: another program or library; the table ends with a %NULL name. */
typedef struct
{
  const char *name;
  guint       up_to;       /* larger networks take minutes */
  guint       large_up_to; /* the same, when there is time */
  /* One place a node and the seconds of processor time it took; %NULL when it is not there or failed. */
  DurePoint *(*draw) (const DureGraph *graph, const char *argument, double *seconds);
  const char *argument;
} BenchPeer;

extern const BenchPeer bench_peers[];

double bench_cpu_seconds (void);

G_END_DECLS
