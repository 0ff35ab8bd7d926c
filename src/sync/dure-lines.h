/* dure-lines.h: the lines of an answer, or of a bundle, as they come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sync/dure-wire.h"

G_BEGIN_DECLS

typedef struct _DureLines DureLines;

DureLines *dure_lines_new (GInputStream *stream, GCancellable *cancellable);
gboolean   dure_lines_peek (DureLines *self, const char **text, gsize *length, GError **error);
void       dure_lines_skip (DureLines *self);
gboolean   dure_lines_next (DureLines *self, DureWireLine *line, GError **error);
void       dure_lines_free (DureLines *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureLines, dure_lines_free)

G_END_DECLS
