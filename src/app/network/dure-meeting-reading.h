/* dure-meeting-reading.h: all that the network tab of an event shows, read on the reader's thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-meeting-trial.h"
#include "domain/dure-briefing.h"
#include "domain/dure-network-compare.h"
#include "domain/dure-network-places.h"

G_BEGIN_DECLS

/** DureMeetingReading: a value; fields are for reading. */
typedef struct
{
  DureBriefing      *briefing;   /* as things are, or as they are supposed */
  GHashTable        *actions;    /* titles of the event's actions that are not dropped */
  char              *host;       /* id of the agency that holds the event, or NULL */
  char             **declined;   /* ids of invited agencies that said no */
  gboolean           over;       /* the event is past */
  DureNetwork       *picture;    /* what the canvas is to show; with a trial also the ties that would be lost */
  guint8            *tie_change; /* DureNetworkChange per tie of picture; NULL without a trial */
  GPtrArray         *sentences;  /* of char *: what would change; NULL without a trial */
  DureNetworkPlaces *places;     /* of picture; NULL while they are not known */
} DureMeetingReading;

DureMeetingReading *dure_meeting_reading_new (DureStore               *store,
                                              const char              *event,
                                              DureNetwork             *network,
                                              const DureNetworkPlaces *places,
                                              const DureMeetingTrial  *trial,
                                              GCancellable            *cancellable,
                                              GError                 **error);
void                dure_meeting_reading_free (DureMeetingReading *self);
char               *dure_meeting_introduction_title (const char *one, const char *two);

/** DureMeetingChange: before and after an event; fields are for reading. */
typedef struct
{
  DureNetworkComparison *comparison;
  DureNetworkPlaces     *before_places; /* the same place for the same agency */
  DureNetworkPlaces     *after_places;
  guint8                *before_change; /* DureNetworkChange per tie of the network before: what was lost */
  guint8                *after_change;  /* per tie of the network after: what is new */
  char                  *before_text;   /* «until …» */
  char                  *after_text;
  char                 **room;
} DureMeetingChange;

DureMeetingChange      *
dure_meeting_change_new (DureStore *store, const char *event, GCancellable *cancellable, GError **error);
void dure_meeting_change_free (DureMeetingChange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureMeetingReading, dure_meeting_reading_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureMeetingChange, dure_meeting_change_free)

G_END_DECLS
