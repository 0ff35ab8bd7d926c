/* dure-import-all.h: the way back from dure-export-all.h: a new store of what was exported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records keep their ids, stamps and history, deleted ones too, and attachments their files. The store is a new
 * computer's: it has a device number of its own, is enrolled nowhere, and has nothing to send; what was exported counts
 * as written elsewhere. The author, the register of exports and what undo could take back are not in an export.
 * Of the files json/, history.jsonl and attachments/ are read, against the sums of manifest.json.
 */
#pragma once

#include "exchange/dure-export-all.h"

G_BEGIN_DECLS

/** DureImportedAll: what was read back, and what the manifest says of the export. */
typedef struct
{
  guint records;
  guint changes;
  guint files; /* of attachments */
  char *made;
  char *by;
  char *reason;
} DureImportedAll;

gboolean dure_import_all (const char        *directory,
                          const char        *path,
                          DureExportProgress progress,
                          gpointer           data,
                          GCancellable      *cancellable,
                          DureImportedAll   *imported,
                          GError           **error);
void     dure_imported_all_clear (DureImportedAll *self);

G_END_DECLS
