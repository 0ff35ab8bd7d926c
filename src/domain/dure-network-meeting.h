/* dure-network-meeting.h: what the network says before a meeting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

/** DureIntroduction: a pair worth introducing to each other. */
typedef struct
{
  guint a;
  guint b;
  guint common; /* partners that both have in the whole network */
} DureIntroduction;

/** DureBeforeMeeting: lists of node numbers (guint) of the network it was made from; fields are for reading. */
typedef struct
{
  GArray    *invited;         /* in the order of the nodes, each once */
  guint      n_unknown;       /* invited ids that the network does not hold */
  GArray    *no_tie;          /* no tie at all, in the room or outside */
  GArray    *none_in_room;    /* tied, but to nobody in the room */
  GPtrArray *components;      /* of GArray: the parts into which the room falls, largest first; single agencies too */
  GArray    *cut_points;      /* agencies in the room whose absence would split it */
  guint      areas_missing;   /* bit per area that nobody in the room works in */
  GPtrArray *regions_missing; /* names of regions of the network that nobody in the room is from */
  gboolean   has_joiner;
  guint      joiner;        /* the uninvited agency that would join the most parts of the room */
  guint      joiner_parts;  /* how many */
  GArray    *introductions; /* of DureIntroduction: the fewest that join all parts */
} DureBeforeMeeting;

DureBeforeMeeting *dure_network_before_meeting (const DureNetwork *network, const char *const *invited);
void               dure_before_meeting_free (DureBeforeMeeting *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureBeforeMeeting, dure_before_meeting_free)

G_END_DECLS
