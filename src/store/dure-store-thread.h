/* dure-store-thread.h: a worker with a store of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

typedef struct _DureStoreThread DureStoreThread;

/**
 * DureStoreFunc: runs on the thread of the store.
 * @store: (nullable): %NULL when it could not be opened; @error is set then and the function is not called
 *
 * Returns: (transfer full) (nullable): the result; %NULL with @error set when it failed
 */
typedef gpointer (*DureStoreFunc) (DureStore *store, gpointer data, GCancellable *cancellable, GError **error);

DureStoreThread *dure_store_thread_new (const char *path, DureStoreFlags flags);
void             dure_store_thread_free (DureStoreThread *self);
void             dure_store_thread_run_async (DureStoreThread    *self,
                                              DureStoreFunc       func,
                                              gpointer            data,
                                              GDestroyNotify      free_data,
                                              GDestroyNotify      free_result,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback done,
                                              gpointer            user_data);
gpointer         dure_store_thread_run_finish (GAsyncResult *result, GError **error);
void             dure_store_thread_drain (DureStoreThread *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureStoreThread, dure_store_thread_free)

G_END_DECLS
