/* dure-setting.h: numbers of the law and the house that the office may change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

gint64 dure_setting_int (DureStore *store, const char *name, gint64 usual, char **article);

G_END_DECLS
