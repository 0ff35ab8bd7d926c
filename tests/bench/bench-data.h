/* bench-data.h: a city of made-up records, the same for the same seed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

#define BENCH_SEED 20250626

typedef struct
{
  GRand     *rand;
  GPtrArray *agency_ids; /* filled by bench_agency(), used by people and events */
  guint      n;
} BenchData;

BenchData  *bench_data_new (void);
void        bench_data_free (BenchData *self);
DureRecord *bench_agency (BenchData *self);
DureRecord *bench_person (BenchData *self);
DureRecord *bench_event (BenchData *self);

/* Fills a store with agencies, people and events in the proportion 20 : 8 : 2. */
gboolean bench_fill (DureStore *store, guint n_records, GError **error);

/* Takes away a store, or any SQLite file, with what stands beside it. */
void bench_remove_store (const char *path);

/* Milliseconds on a clock that only goes forwards; medians and percentiles. */
double bench_now (void);
double bench_percentile (GArray *times, double percent);
void   bench_line (const char *what, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchData, bench_data_free)
