/* dure-attachment-list.h: the files that belong to a record: adds, opens, saves, removes them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_ATTACHMENT_LIST (dure_attachment_list_get_type ())
G_DECLARE_FINAL_TYPE (DureAttachmentList, dure_attachment_list, DURE, ATTACHMENT_LIST, AdwPreferencesGroup)

GtkWidget *dure_attachment_list_new (DureDesk *desk);
void       dure_attachment_list_set_owner (DureAttachmentList *self, DureEntityId entity, const char *id);
void       dure_attachment_list_add_file (DureAttachmentList *self, GFile *file);

G_END_DECLS
