/* dure-worker.h: one thread that runs tasks one after another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DureWorker DureWorker;

DureWorker *dure_worker_new (const char *name);
void        dure_worker_free (DureWorker *self);
void        dure_worker_run (DureWorker *self, GTask *task, GTaskThreadFunc func);
void        dure_worker_drain (DureWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureWorker, dure_worker_free)

G_END_DECLS
