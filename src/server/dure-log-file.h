/* dure-log-file.h: the access log as a file for an auditor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON lines: {"n","at","time","tenant","user","device","remote","what","detail","previous","hash"}; “at” is milliseconds
 * since 1970, “time” the same in Seoul. “hash” is the SHA-256, in hexadecimal, of these lines joined by single line
 * feeds: the hash of the line before (nothing for the first), “at”, and tenant, user, device, remote, what and detail
 * each as the JSON value that it is here. So each line can be verified alone, and lines whose numbers follow each other
 * as a chain. As CSV (for spreadsheets) it has the same columns.
 */
#pragma once

#include <stdio.h>

#include "server/dure-storage.h"

G_BEGIN_DECLS

/** DureLogChoice: which lines: of one tenant (nullable), from and before a time in milliseconds. */
typedef struct
{
  const char *tenant;
  gint64      from;
  gint64      before;
  gboolean    csv;
} DureLogChoice;

gboolean dure_log_file_write (DureStorage *storage, const DureLogChoice *choice, FILE *out, GError **error);
gboolean dure_log_file_verify (FILE *in, gint64 *n_lines, gint64 *n_gaps, GError **error);

G_END_DECLS
