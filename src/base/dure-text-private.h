/* dure-text-private.h: what the files of dure-text.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/dure-text.h"

G_BEGIN_DECLS

/** DureOrigin: the bytes of a text, from @start up to but without @end, that a byte of its folded form comes from. */
typedef struct
{
  gsize start;
  gsize end;
} DureOrigin;

char *dure_text_fold_traced (const char *text, GArray *origins);

G_END_DECLS
