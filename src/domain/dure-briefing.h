/* dure-briefing.h: what the officer should know before a meeting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A DureBriefing is a value made from one store; it may be read on another thread.
 */
#pragma once

#include "domain/dure-event.h"
#include "domain/dure-network-meeting.h"
#include "graph/dure-layout.h"

G_BEGIN_DECLS

/** DureBriefingBody: one agency that is invited, by itself or through its people. */
typedef struct
{
  char    *id;
  char    *name;
  char    *label; /* map label, or the name */
  gboolean is_private;
  char    *reply; /* choice key; the most certain one of its people */
} DureBriefingBody;

/** DureBriefingPart: one part of the programme. */
typedef struct
{
  char  *title;
  char  *time;  /* "14:00~15:30", or empty */
  char  *text;  /* its summary, or empty */
  char  *who;   /* lecturer or speaker, or empty */
  char **items; /* titles of agenda items */
} DureBriefingPart;

/** DureBriefingMeeting: one of the last meetings, for who came. */
typedef struct
{
  char *id;
  char *title;
  int   day;
} DureBriefingMeeting;

/** DureBriefingTopic: what a list is about, in the order of use: who is alone, what holds the room together and what
 * would, whom to bring together; then what went before. */
typedef enum
{
  DURE_BRIEFING_NO_TIE,
  DURE_BRIEFING_NONE_IN_ROOM,
  DURE_BRIEFING_CUT_OFF,
  DURE_BRIEFING_JOIN,      /* the fewest introductions that join all parts */
  DURE_BRIEFING_JOINERS,   /* uninvited agencies that would join parts */
  DURE_BRIEFING_INTRODUCE, /* other pairs worth introducing */
  DURE_BRIEFING_PARTS,     /* into which the room falls */
  DURE_BRIEFING_MISSING,   /* areas and regions */
  DURE_BRIEFING_ATTENDANCE,
  DURE_BRIEFING_ACTIONS,
  DURE_BRIEFING_AGREEMENTS,
  DURE_BRIEFING_OFFERS,
} DureBriefingTopic;

#define DURE_N_BRIEFING_TOPICS (DURE_BRIEFING_OFFERS + 1)

/** DureBriefingItem: a line of a list. */
typedef struct
{
  char  *text;
  char  *detail;   /* what follows or why, or NULL */
  char  *marks;    /* attendance: one sign a meeting, the latest last; or NULL */
  char **agencies; /* ids that it is about; a pair to introduce is two of them; may be empty */
} DureBriefingItem;

/** DureBriefingList: a list with the sentence that says what it means. */
typedef struct
{
  DureBriefingTopic topic;
  char             *heading;
  char             *sentence;
  gboolean          names; /* short items that may stand in one paragraph */
  GPtrArray        *items; /* of DureBriefingItem */
} DureBriefingList;

/** DureBriefing: fields are for reading. */
typedef struct
{
  char              *event_id;
  char              *title;
  char              *kind;  /* label */
  char              *when;  /* "2025. 6. 26.(목) 14:00~17:00" */
  char              *venue; /* may be empty, as the next ones */
  char              *host;
  char              *lecturers;
  char              *purpose;
  char              *keywords;
  int                day;
  GPtrArray         *bodies; /* of DureBriefingBody: public, then private, by name */
  guint              n_public;
  guint              n_people; /* people invited in person, without lecturers */
  guint              n_yes;    /* bodies */
  guint              n_no;
  guint              n_none;  /* no reply, or undecided */
  GPtrArray         *parts;   /* of DureBriefingPart */
  DureNetwork       *network; /* all agencies, as things stand, or stood on the day */
  DurePoint         *places;  /* of the nodes when some were placed by hand, else NULL */
  DureBeforeMeeting *before;
  char             **room;     /* ids of bodies */
  GPtrArray         *meetings; /* of DureBriefingMeeting: at most three that went before, the latest last */
  GPtrArray         *lists;    /* of DureBriefingList, one a topic, in their order */
  char              *coverage; /* sentence */
} DureBriefing;

DureBriefing *dure_briefing_new (DureStore *store, const char *event_id, GCancellable *cancellable, GError **error);
DureBriefing *dure_briefing_new_of (DureStore         *store,
                                    const char        *event_id,
                                    DureNetwork       *network,
                                    const char *const *absent,
                                    GCancellable      *cancellable,
                                    GError           **error);
void          dure_briefing_free (DureBriefing *self);
DureNetworkFilter      *dure_briefing_filter (int day);
const DureBriefingList *dure_briefing_list (const DureBriefing *self, DureBriefingTopic topic);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureBriefing, dure_briefing_free)

G_END_DECLS
