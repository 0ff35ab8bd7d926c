/* dure-body-node.h: a body in the tree of the council
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "store/dure-store.h"

G_BEGIN_DECLS

#define DURE_TYPE_BODY_NODE (dure_body_node_get_type ())
G_DECLARE_FINAL_TYPE (DureBodyNode, dure_body_node, DURE, BODY_NODE, GObject)

GPtrArray  *dure_body_node_load (DureStore *store, GError **error);
DureRecord *dure_body_node_get_body (DureBodyNode *self);
guint       dure_body_node_get_members (DureBodyNode *self);
GListModel *dure_body_node_get_parts (DureBodyNode *self);

G_END_DECLS
