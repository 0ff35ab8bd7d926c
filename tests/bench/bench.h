/* bench.h: the measurements of dure-bench
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

void bench_import (const char *directory, guint n_records, guint runs);
void bench_search (const char *path, guint runs);
void bench_list (const char *path);
