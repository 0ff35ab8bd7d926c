/* dure-error.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-base"

#include "base/dure-error.h"

G_DEFINE_QUARK (dure - error - quark, dure_error)
