/* dure-network-meeting.h: what the network says before a meeting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-introductions.h"

G_BEGIN_DECLS

/** DureMeetingCut: an agency in the room whose absence would cut others off. */
typedef struct
{
  guint   node;
  GArray *cut_off; /* of guint: who would lose the only way to the rest of the room */
} DureMeetingCut;

/** DureJoiner: an uninvited agency with ties into several parts of the room. */
typedef struct
{
  guint   node;
  GArray *parts; /* of guint: numbers of the parts, ascending */
} DureJoiner;

/** DureBeforeMeeting: lists of node numbers (guint) of the network it was made from; fields are for reading. */
typedef struct
{
  GArray    *invited;         /* in the order of the nodes, each once */
  guint      n_unknown;       /* invited ids that the network does not hold */
  GArray    *no_tie;          /* no tie at all, in the room or outside */
  GArray    *none_in_room;    /* tied, but to nobody in the room */
  GPtrArray *components;      /* of GArray: the parts into which the room falls, largest first; single agencies too */
  GPtrArray *cuts;            /* of DureMeetingCut, the one who cuts off the most first */
  guint      areas_missing;   /* bit per area that nobody in the room works in */
  GPtrArray *regions_missing; /* names of regions of the network that nobody in the room is from */
  GPtrArray *joiners;         /* of DureJoiner: the best few, the one who joins the most parts first */
  GArray    *introductions;   /* of DureIntroduction: the fewest that join all parts */
  GArray    *worth;           /* of DureIntroduction: other pairs that have much in common */
} DureBeforeMeeting;

DureBeforeMeeting *dure_network_before_meeting (const DureNetwork *network, const char *const *invited);
void               dure_before_meeting_free (DureBeforeMeeting *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureBeforeMeeting, dure_before_meeting_free)

G_END_DECLS
