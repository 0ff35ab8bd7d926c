/* dure-attachment-list-private.h: what the files of the list share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/widgets/dure-attachment-list.h"
#include "sync/dure-sync-blobs.h"

G_BEGIN_DECLS

/** DureAttachmentItem: one attachment, where its file is, and who attached it. */
typedef struct
{
  DureRecord   *record;
  DureBlobState state;
  char         *by; /* (nullable) */
} DureAttachmentItem;

struct _DureAttachmentList
{
  AdwPreferencesGroup parent_instance;

  DureDesk     *desk;
  DureEntityId  entity;
  char         *owner; /* (nullable): id */
  GPtrArray    *items; /* of DureAttachmentItem */
  GPtrArray    *rows;
  GPtrArray    *jobs; /* rows of work that runs */
  GtkWidget    *fetch_all;
  GCancellable *cancellable;
  guint         request;
  guint         later;
};

/** DureAttachmentWork: what is done with a file on the thread for files. */
typedef enum
{
  DURE_ATTACHMENT_ADD,
  DURE_ATTACHMENT_OPEN,
  DURE_ATTACHMENT_SAVE,
  DURE_ATTACHMENT_FETCH,
} DureAttachmentWork;

/* dure-attachment-list-work.c */
void dure_attachment_list_work (DureAttachmentList *self, DureAttachmentWork work, DureRecord *record, GFile *file);

/* dure-attachment-list.c */
void dure_attachment_list_reload (DureAttachmentList *self);

G_END_DECLS
