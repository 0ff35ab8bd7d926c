/* dure-communities.h: numbers of communities that stay when the network changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint *dure_communities_compact (const guint *community, guint n_nodes);
guint  dure_communities_number (guint *community, guint n_nodes, const guint *old);

G_END_DECLS
