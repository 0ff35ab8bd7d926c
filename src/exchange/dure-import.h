/* dure-import.h: a table of values becomes records: all of it or, when a row is wrong, nothing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "exchange/dure-csv.h"
#include "store/dure-store.h"

G_BEGIN_DECLS

/**
 * DureImportFlags:
 * @DURE_IMPORT_DRY_RUN: read and check only, for a preview
 * @DURE_IMPORT_SKIP_BAD: write the rows that are right although others are wrong
 */
typedef enum
{
  DURE_IMPORT_DRY_RUN = 1 << 0,
  DURE_IMPORT_SKIP_BAD = 1 << 1,
} DureImportFlags;

/** DureImportNote: something to say about one row. */
typedef struct
{
  guint row;     /* as a spreadsheet numbers it; 1 is the heading */
  char *field;   /* label of the column, %NULL for the whole row */
  char *message; /* a whole sentence */
} DureImportNote;

/** DureImportReport: what an import did, or would do. */
typedef struct
{
  gboolean    written;
  guint       n_rows;
  guint       n_added;
  guint       n_changed;
  guint       n_same;
  GPtrArray  *problems; /* of DureImportNote: rows that are wrong, in order */
  GPtrArray  *notices;  /* of DureImportNote: what was put right or left out */
  const char *encoding;
  char        delimiter;
} DureImportReport;

/** DureImportProgress: @done goes from 0 to 1; called on the thread of the import. */
typedef void (*DureImportProgress) (double done, gpointer data);

DureImportReport *dure_import_csv (DureStore         *store,
                                   DureEntityId       entity,
                                   DureCsv           *csv,
                                   DureImportFlags    flags,
                                   DureImportProgress progress,
                                   gpointer           progress_data,
                                   GCancellable      *cancellable,
                                   GError           **error);
void              dure_import_report_free (DureImportReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureImportReport, dure_import_report_free)

G_END_DECLS
