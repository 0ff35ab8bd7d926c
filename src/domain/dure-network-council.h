/* dure-network-council.h: the council as a network: its bodies, and who sits in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

/**
 * DureCouncilFlags:
 * @DURE_COUNCIL_AGENCIES: with the agencies whose people have seats
 * @DURE_COUNCIL_SEATS: with the members, each below the smallest body of theirs
 * @DURE_COUNCIL_NO_NAMES: members by their role and a number only, for a picture that others see
 */
typedef enum
{
  DURE_COUNCIL_AGENCIES = 1 << 0,
  DURE_COUNCIL_SEATS = 1 << 1,
  DURE_COUNCIL_NO_NAMES = 1 << 2,
} DureCouncilFlags;

DureNetwork *dure_network_build_council (DureStore               *store,
                                         const DureNetworkFilter *filter,
                                         DureCouncilFlags         flags,
                                         GCancellable            *cancellable,
                                         GError                 **error);

G_END_DECLS
