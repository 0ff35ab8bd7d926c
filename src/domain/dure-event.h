/* dure-event.h: the rules of an event: templates, invitations, times of parts, notice
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/** DureReplies: who answered what; bodies and people invited count alike. */
typedef struct
{
  guint invited;
  guint yes; /* with proxies */
  guint no;
  guint maybe;
  guint none;
} DureReplies;

DureRecord *dure_event_template (const char *kind, int day);
gboolean    dure_event_plan (
       DureStore *store, DureRecord *event, const char *lecturer, const char *const *agencies, GError **error);
int        dure_event_invite (DureStore *store, const char *event_id, const char *const *agencies, GError **error);
GPtrArray *dure_event_records (DureStore *store, DureEntityId entity, const char *event_id, GError **error);
char      *dure_event_participant_agency (DureStore *store, DureRecord *participation);
gboolean   dure_event_count_replies (DureStore *store, const char *event_id, DureReplies *replies, GError **error);
gboolean   dure_event_move_part (DureStore *store, const char *event_id, const char *part_id, guint to, GError **error);
gboolean   dure_event_retime (DureStore *store, const char *event_id, GError **error);
gboolean   dure_event_is_council_meeting (DureRecord *event);
int        dure_event_notice_day (DureStore *store, DureRecord *event);
char      *dure_event_notice_warning (DureStore *store, DureRecord *event);
GArray    *dure_event_days (DureRecord *event, int from, int to, GError **error);

G_END_DECLS
