/* bench-national.h: a made-up picture of the whole country: real provinces and municipalities, invented agencies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Agencies and ties are drawn by a seeded generator, so that every run has the same. Municipalities differ in size as
 * the real ones do by the number of their dong; seven ties of ten stay in the municipality, two in the province.
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

#define BENCH_NATIONAL_AGENCIES 50000
#define BENCH_NATIONAL_TIES 200000

/** BenchMunicipality: a city, county or district. */
typedef struct
{
  guint      province;
  char      *code; /* ten digits */
  char      *name; /* "광명시" */
  double     lat;
  double     lon;
  GPtrArray *dong; /* names */
} BenchMunicipality;

/** BenchAgency: one invented agency. */
typedef struct
{
  guint municipality;
  guint kind;
  int   area;
  char *name;
  char *label;
} BenchAgency;

/** BenchTie: one tie between two of them; no pair has two. */
typedef struct
{
  guint from;
  guint to;
  guint layer; /* number of a DureLayer */
  guint strength;
} BenchTie;

typedef struct
{
  GPtrArray *provinces; /* names */
  GArray    *municipalities;
  GArray    *agencies;
  GArray    *ties;
} BenchNational;

BenchNational *bench_national_new (guint n_agencies, guint n_ties, GError **error);
void           bench_national_free (BenchNational *self);
DureNetwork   *bench_national_network (const BenchNational *self);
guint         *bench_national_groups (const BenchNational *self, gboolean by_province);
gboolean       bench_national_fill (const BenchNational *self, DureStore *store, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchNational, bench_national_free)

G_END_DECLS
