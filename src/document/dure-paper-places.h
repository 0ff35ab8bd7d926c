/* dure-paper-places.h: where agencies stand on paper, so that every label has room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "document/dure-network-picture.h"
#include "document/dure-sheet.h"

G_BEGIN_DECLS

DurePoint *dure_paper_places (const DureNetwork               *network,
                              const DureNetworkPictureOptions *picture,
                              DureSheet                       *sheet,
                              double                           width,
                              double                           height,
                              GCancellable                    *cancellable,
                              GError                         **error);

G_END_DECLS
