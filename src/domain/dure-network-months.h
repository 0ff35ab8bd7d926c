/* dure-network-months.h: how much is on record month by month, for the time slider
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

/** DureNetworkMonth: one calendar month. */
typedef struct
{
  int   year;
  int   month;                   /* 1–12 */
  int   first;                   /* day number of its first day */
  int   last;                    /* of its last day */
  guint in_layer[DURE_N_LAYERS]; /* records of a layer in force, or made, in the month; pairs of agencies for seats and
                                    attendance */
  guint started;                 /* ties and seats that begin in it */
  guint ended;                   /* and that end in it */
} DureNetworkMonth;

GArray *
dure_network_months (DureStore *store, const DureNetworkFilter *filter, GCancellable *cancellable, GError **error);

G_END_DECLS
