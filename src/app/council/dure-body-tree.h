/* dure-body-tree.h: the bodies of the council as a tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal `selected` (DureRecord *body): %NULL stands for all members.
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_BODY_TREE (dure_body_tree_get_type ())
G_DECLARE_FINAL_TYPE (DureBodyTree, dure_body_tree, DURE, BODY_TREE, AdwBin)

GtkWidget  *dure_body_tree_new (DureDesk *desk);
void        dure_body_tree_select (DureBodyTree *self, const char *id);
DureRecord *dure_body_tree_get_body (DureBodyTree *self);
guint       dure_body_tree_get_n_bodies (DureBodyTree *self);

G_END_DECLS
