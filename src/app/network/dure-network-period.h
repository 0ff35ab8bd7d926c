/* dure-network-period.h: which time is shown, and how fast what is old fades
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal: `changed`, when the user has chosen.
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_PERIOD (dure_network_period_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkPeriod, dure_network_period, DURE, NETWORK_PERIOD, AdwBin)

void   dure_network_period_set (DureNetworkPeriod *self, int from, int to, double half_life);
int    dure_network_period_get_from (DureNetworkPeriod *self);
int    dure_network_period_get_to (DureNetworkPeriod *self);
double dure_network_period_get_half_life (DureNetworkPeriod *self);
char  *dure_network_period_text (int from, int to);

G_END_DECLS
