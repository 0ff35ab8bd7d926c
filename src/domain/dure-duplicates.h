/* dure-duplicates.h: records that two officers may have made of one and the same thing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/** DureAlike: what two records have in common. */
typedef enum
{
  DURE_ALIKE_NAME = 1 << 0,    /* but for spaces, dots and company forms */
  DURE_ALIKE_SIMILAR = 1 << 1, /* one name is part of the other */
  DURE_ALIKE_AGENCY = 1 << 2,
  DURE_ALIKE_PHONE = 1 << 3,
  DURE_ALIKE_MAIL = 1 << 4,
  DURE_ALIKE_WEB = 1 << 5,
  DURE_ALIKE_ADDRESS = 1 << 6,
} DureAlike;

/** DureDuplicate: two records that look like one. */
typedef struct
{
  char *one;   /* the smaller id */
  char *other;
  guint alike; /* of #DureAlike */
  guint score; /* the higher, the surer */
} DureDuplicate;

GPtrArray *dure_duplicates_find (DureStore *store, DureEntityId entity, GCancellable *cancellable, GError **error);
GPtrArray *dure_duplicates_of (DureStore *store, DureRecord *record, GError **error);
char      *dure_duplicate_reasons (const DureDuplicate *self);
gboolean   dure_duplicates_dismiss (
      DureStore *store, const char *label, DureEntityId entity, const char *a, const char *b, GError **error);
void dure_duplicate_free (DureDuplicate *self);

G_END_DECLS
