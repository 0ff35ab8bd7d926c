/* dure-export-all.h: everything as files that any program opens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A directory with README.txt (in Korean), csv/ENTITY.csv for spreadsheets, json/ENTITY.jsonl and history.jsonl as
 * dure-store-dump.h says, attachments/ with the files and their index, and manifest.json: who, when and why, and the size
 * and SHA-256 of every file. Nobody sees it before it is whole.
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/** DURE_META_EXPORTS: the register of exports: lines of JSON, each with when, by whom, why and how many records. */
#define DURE_META_EXPORTS "exports"

/** DureExportProgress: @done of 0 to 1; called on the thread of the export. */
typedef void (*DureExportProgress) (double done, gpointer data);

gboolean dure_export_all (DureStore         *store,
                          const char        *directory,
                          const char        *reason,
                          DureExportProgress progress,
                          gpointer           data,
                          GCancellable      *cancellable,
                          GError           **error);

G_END_DECLS
