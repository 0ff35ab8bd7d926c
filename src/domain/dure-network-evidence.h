/* dure-network-evidence.h: the records that tie agencies, one after the other, whatever table they stand in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

/** DureEvidence: one record; strings belong to the records and are good during the call only. */
typedef struct
{
  guint        layer; /* number of the layer, 0 … DURE_N_LAYERS - 1 */
  gboolean     once;  /* happened in [from, to]; otherwise it holds from … to */
  int          from;  /* DURE_NO_DAY open or unknown */
  int          to;
  DureEntityId entity; /* of the record to show: tie, referral, body or event */
  const char  *id;
  const char  *first;  /* agency; NULL when the record names none */
  const char  *second; /* the other agency; for a body or an event NULL: all its agencies are tied */
  double       weight;
  guint        sent;     /* referrals */
  const char  *text;     /* ties: the note; referrals: key of their kind */
  guint        accepted; /* referrals */
} DureEvidence;

typedef void (*DureEvidenceFunc) (const DureEvidence *evidence, gpointer data);

/** DureEvidencePeriod: the period of a filter, made ready. */
typedef struct
{
  int    from;
  int    to;
  int    end; /* the day from which the age of a record counts */
  int    today;
  double half_life;
} DureEvidencePeriod;

gboolean dure_evidence_each (
    DureStore *store, guint layers, DureEvidenceFunc func, gpointer data, GCancellable *cancellable, GError **error);
DureEvidencePeriod dure_evidence_period (const DureNetworkFilter *filter);
gboolean           dure_evidence_holds (const DureEvidencePeriod *period, int from, int to);
gboolean           dure_evidence_in_period (const DureEvidencePeriod *period, const DureEvidence *evidence);
double             dure_evidence_faded (const DureEvidencePeriod *period, int day, double weight);
int                dure_evidence_day (const DureEvidence *evidence);

G_END_DECLS
