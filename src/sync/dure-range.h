/* dure-range.h: the heads Range and Content-Range of RFC 9110, for bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DureRange:
 * @DURE_RANGE_ALL: there is none, or one that need not be heeded: send all
 * @DURE_RANGE_PART: send that part
 * @DURE_RANGE_BEYOND: nothing of it is there
 */
typedef enum
{
  DURE_RANGE_ALL,
  DURE_RANGE_PART,
  DURE_RANGE_BEYOND,
} DureRange;

DureRange dure_range_parse (const char *head, gint64 size, gint64 *first, gint64 *last);
gboolean  dure_content_range_parse (const char *head, gint64 *first, gint64 *last, gint64 *total);

G_END_DECLS
