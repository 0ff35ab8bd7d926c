/* dure-network-rows.h: the agencies of a network as a list model, made one by one when they are looked at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list of DureNetworkItem. Searching and sorting go by arrays of numbers, so that 50,000 agencies cost 50,000 numbers
 * and not 50,000 objects.
 */
#pragma once

#include <gio/gio.h>

#include "app/network/dure-network-item.h"
#include "domain/dure-network-view.h"
#include "graph/dure-analysis.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_ROWS (dure_network_rows_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkRows, dure_network_rows, DURE, NETWORK_ROWS, GObject)

/** DureNetworkColumn: what a column shows, and what the rows can be sorted by. */
typedef enum
{
  DURE_COLUMN_NAME,
  DURE_COLUMN_SECTOR,
  DURE_COLUMN_DEGREE,
  DURE_COLUMN_BETWEENNESS,
  DURE_COLUMN_COMMUNITY,
  DURE_COLUMN_CUTS,
} DureNetworkColumn;

#define DURE_N_COLUMNS 6

DureNetworkRows *dure_network_rows_new (void);
void             dure_network_rows_set (DureNetworkRows       *self,
                                        DureNetwork           *network,
                                        DureAnalysis          *analysis,
                                        const guint           *cut_off,
                                        const DureNetworkView *view);
void             dure_network_rows_set_search (DureNetworkRows *self, const char *text);
void             dure_network_rows_sort (DureNetworkRows *self, DureNetworkColumn column, gboolean descending);
guint            dure_network_rows_position (DureNetworkRows *self, guint node);
guint            dure_network_rows_node (DureNetworkRows *self, guint position);
char            *dure_network_rows_text (DureNetworkRows *self, guint node, DureNetworkColumn column);
guint            dure_network_rows_next (DureNetworkRows *self, const char *text, guint after);
gboolean         dure_network_rows_is_searching (DureNetworkRows *self);

G_END_DECLS
