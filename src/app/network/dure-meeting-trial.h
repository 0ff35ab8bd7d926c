/* dure-meeting-trial.h: what is only supposed of a meeting: who does not come, who would know whom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

/** DureMeetingTrial: fields are for reading. */
typedef struct
{
  GPtrArray *absent; /* of char *: ids of agencies */
  GPtrArray *ties;   /* of char *: ids, two and two */
} DureMeetingTrial;

DureMeetingTrial *dure_meeting_trial_new (void);
DureMeetingTrial *dure_meeting_trial_copy (const DureMeetingTrial *self);
void              dure_meeting_trial_free (DureMeetingTrial *self);
gboolean          dure_meeting_trial_is_empty (const DureMeetingTrial *self);
void              dure_meeting_trial_clear (DureMeetingTrial *self);
gboolean          dure_meeting_trial_is_absent (const DureMeetingTrial *self, const char *id);
void              dure_meeting_trial_set_absent (DureMeetingTrial *self, const char *id, gboolean absent);
void              dure_meeting_trial_add_tie (DureMeetingTrial *self, const char *one, const char *two);
char             *dure_meeting_trial_text (const DureMeetingTrial *self, const DureNetwork *network);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureMeetingTrial, dure_meeting_trial_free)

G_END_DECLS
