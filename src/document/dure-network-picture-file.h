/* dure-network-picture-file.h: the picture of a network as a file: PNG, SVG, PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "document/dure-network-picture.h"

G_BEGIN_DECLS

gboolean dure_network_export_picture (const DureNetwork               *network,
                                      const DurePoint                 *positions,
                                      const DureNetworkPictureOptions *options,
                                      const char                      *path,
                                      GError                         **error);

G_END_DECLS
