/* dure-network-what-if.h: what changes when agencies go or ties come; the records stay as they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

/** DureNodePair: two nodes, by number. */
typedef struct
{
  guint a;
  guint b;
} DureNodePair;

/** DureNetworkState: what the network looks like as a whole; agencies that are taken away do not count. */
typedef struct
{
  guint  n_nodes;
  guint  n_ties;
  guint  n_parts;    /* parts of two and more */
  guint  n_isolates; /* agencies without a tie */
  guint  largest;    /* agencies of the largest part */
  double two_step;   /* mean share of the others within two steps, 0–1 */
} DureNetworkState;

/** DureNetworkWhatIf: node numbers are those of the network as it is; fields are for reading. */
typedef struct
{
  DureNetwork     *network; /* as it would be: the same agencies in the same order, without their ties if taken away */
  gboolean        *gone;    /* per node: taken away */
  DureNetworkState before;
  DureNetworkState after;
  GArray          *isolated;  /* guint: lose their last tie */
  GArray          *connected; /* guint: had no tie and get one */
  GPtrArray       *cut_off;   /* of GArray of guint: groups that come apart from their largest part; single ones too */
  double          *reach_before; /* per node: share of the others within two steps, 0–1 */
  double          *reach_after;
} DureNetworkWhatIf;

DureNetworkWhatIf *dure_network_what_if (const DureNetwork  *network,
                                         const guint        *without,
                                         guint               n_without,
                                         const DureNodePair *with,
                                         guint               n_with,
                                         GCancellable       *cancellable,
                                         GError            **error);
void               dure_network_what_if_free (DureNetworkWhatIf *self);
GPtrArray         *dure_network_what_if_sentences (const DureNetworkWhatIf *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureNetworkWhatIf, dure_network_what_if_free)

G_END_DECLS
