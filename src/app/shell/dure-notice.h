/* dure-notice.h: a bar under the header that stays until it was read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DURE_TYPE_NOTICE (dure_notice_get_type ())
G_DECLARE_FINAL_TYPE (DureNotice, dure_notice, DURE, NOTICE, AdwBin)

void        dure_notice_error (DureNotice *self, const char *sentence);
void        dure_notice_hint (DureNotice *self, const char *sentence, const char *button, const char *action);
void        dure_notice_clear (DureNotice *self);
const char *dure_notice_get_text (DureNotice *self);

G_END_DECLS
