/* dure-desk.h: the officer's open store, as the desktop sees it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One per window. The main thread reads on its own connection; everything slow or writing runs on one of two threads,
 * and the `changed` signal of the reader tells the widgets afterwards.
 */
#pragma once

#include "store/dure-store-thread.h"

G_BEGIN_DECLS

#define DURE_TYPE_DESK (dure_desk_get_type ())
G_DECLARE_FINAL_TYPE (DureDesk, dure_desk, DURE, DESK, GObject)

DureDesk        *dure_desk_open (const char *path, GError **error);
DureStore       *dure_desk_get_store (DureDesk *self);
DureStoreThread *dure_desk_get_reader (DureDesk *self);
DureStoreThread *dure_desk_get_writer (DureDesk *self);
DureStoreThread *dure_desk_get_files (DureDesk *self);
void             dure_desk_drain (DureDesk *self);

/* Writes copies of @records in one transaction that undo knows as @label; new records have their id before this
   returns. */
void     dure_desk_write_async (DureDesk           *self,
                                const char         *label,
                                GPtrArray          *records,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback done,
                                gpointer            user_data);
void     dure_desk_write_one_async (DureDesk           *self,
                                    const char         *label,
                                    DureRecord         *record,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback done,
                                    gpointer            user_data);
gboolean dure_desk_write_finish (DureDesk *self, GAsyncResult *result, GError **error);

/* Deletes (or with @restore brings back) records in one transaction; @records need only entity and id. */
void     dure_desk_delete_async (DureDesk           *self,
                                 const char         *label,
                                 GPtrArray          *records,
                                 gboolean            restore,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback done,
                                 gpointer            user_data);
gboolean dure_desk_delete_finish (DureDesk *self, GAsyncResult *result, GError **error);

/* The finish functions return the label of what was undone or redone. */
void  dure_desk_undo_async (DureDesk *self, GAsyncReadyCallback done, gpointer user_data);
void  dure_desk_redo_async (DureDesk *self, GAsyncReadyCallback done, gpointer user_data);
char *dure_desk_undo_finish (DureDesk *self, GAsyncResult *result, GError **error);

/* Runs @func on the writer's thread and polls the reader afterwards: imports, samples, sync. */
void     dure_desk_run_async (DureDesk           *self,
                              DureStoreFunc       func,
                              gpointer            data,
                              GDestroyNotify      free_data,
                              GDestroyNotify      free_result,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback done,
                              gpointer            user_data);
gpointer dure_desk_run_finish (DureDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
