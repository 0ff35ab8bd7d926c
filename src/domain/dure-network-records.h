/* dure-network-records.h: the records that lie behind a tie
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

/** DureTieRecord: one record behind a tie. */
typedef struct
{
  DureLayer    layer;
  DureEntityId entity; /* what @id belongs to: tie, referral, body or event */
  char        *id;
  char *label; /* what it is, in the user's language: «업무협약 · 고독사 예방 업무협약», «의뢰 5건» */
  char    *date;       /* when, in the user's language; "" unknown */
  int      day;        /* to sort by, or DURE_NO_DAY */
  guint    count;      /* referrals sent; otherwise 1 */
  gboolean from_first; /* referrals: sent by the first agency to the second */
} DureTieRecord;

GPtrArray *dure_network_tie_records (DureStore               *store,
                                     const DureNetworkFilter *filter,
                                     const char              *first,
                                     const char              *second,
                                     GCancellable            *cancellable,
                                     GError                 **error);
void       dure_tie_record_free (DureTieRecord *self);

G_END_DECLS
