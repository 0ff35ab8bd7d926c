/* dure-network-compare.h: two states of the network in one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"
#include "graph/dure-analysis.h"

G_BEGIN_DECLS

/** DureNetworkChange: what became of a node or a tie from the first state to the second. */
typedef enum
{
  DURE_CHANGE_NONE,
  DURE_CHANGE_NEW,
  DURE_CHANGE_LOST,
} DureNetworkChange;

/** DureNetworkComparison: fields are for reading. */
typedef struct
{
  DureNetwork  *network;       /* whoever and whatever is in either state; a tie as it is in the second, or was */
  guint8       *node_change;   /* DureNetworkChange per node of network */
  guint8       *tie_change;    /* DureNetworkChange per tie of network */
  double       *weight_before; /* per tie of network; 0 when it is new */
  double       *weight_after;  /* per tie of network; 0 when it is lost */
  guint         n_new;         /* ties */
  guint         n_lost;
  guint         n_kept;
  guint         n_nodes_new;
  guint         n_nodes_lost;
  DureNetwork  *before_network;
  DureNetwork  *after_network;
  DureAnalysis *before; /* NULL until dure_network_comparison_analyse() */
  DureAnalysis *after;
} DureNetworkComparison;

/** DureDaySpan: days from … to, both within; DURE_NO_DAY for an open end. */
typedef struct
{
  int from;
  int to;
} DureDaySpan;

DureNetworkComparison *dure_network_compare (DureNetwork *before, DureNetwork *after);
DureNetworkComparison *dure_network_compare_periods (DureStore               *store,
                                                     const DureNetworkFilter *filter,
                                                     DureDaySpan              first,
                                                     DureDaySpan              second,
                                                     GCancellable            *cancellable,
                                                     GError                 **error);
gboolean               dure_network_meeting_spans (
                  DureStore *store, const char *event, DureDaySpan *first, DureDaySpan *second, GError **error);
gboolean   dure_network_comparison_analyse (DureNetworkComparison *self, GCancellable *cancellable, GError **error);
void       dure_network_comparison_free (DureNetworkComparison *self);
GPtrArray *dure_network_comparison_sentences (const DureNetworkComparison *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureNetworkComparison, dure_network_comparison_free)

G_END_DECLS
