/* dure-today.h: what is next, what is missing, what is late
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A DureToday is a value: made on any thread with its store, read on another.
 */
#pragma once

#include "domain/dure-event.h"

G_BEGIN_DECLS

/** DureReady: what an event needs; each is a place in the event page where it is done. */
typedef enum
{
  DURE_READY_VENUE,
  DURE_READY_PROGRAMME,
  DURE_READY_LECTURER,
  DURE_READY_NOTICE,
  DURE_READY_REPLIES,
} DureReady;

/** DureReadiness: one of them. */
typedef struct
{
  DureReady what;
  gboolean  done;
  gboolean  late;  /* missing and the time for it is over */
  char     *label; /* "Replies 24/32" */
} DureReadiness;

/** DureTodayEvent: an event that comes, or is going on. */
typedef struct
{
  char       *id;
  char       *title;
  char       *kind;  /* choice key */
  char       *start; /* of this occurrence, `2025-06-26T14:00` */
  char       *end;
  char       *venue; /* name, or NULL */
  int         day;
  DureReplies replies;
  GPtrArray  *ready;   /* of DureReadiness, in the order of the work */
  char       *warning; /* sentence about the notice, or NULL */
} DureTodayEvent;

/** DureTodayItem: something with a day to it: an action, a seat or an agreement. */
typedef struct
{
  DureEntityId entity;
  char        *id;
  char        *title;
  char        *detail; /* who is in charge, which body; may be empty */
  int          day;    /* due, or the last day */
  gboolean     late;
} DureTodayItem;

/** DureToday: fields are for reading. */
typedef struct
{
  int        today;
  char      *sentence;
  GPtrArray *events;  /* of DureTodayEvent, the next first */
  GPtrArray *actions; /* of DureTodayItem: overdue, then due within a month */
  GPtrArray
      *terms; /* of DureTodayItem: seats whose term ends within 60 days, or ended in the last 60 and still stands */
  GPtrArray *agreements; /* of DureTodayItem: agreements that end within 60 days */
  guint      n_overdue;
  guint      n_conflicts;
  guint      n_expired; /* people whose time to keep is over */
  guint      n_records; /* agencies and events: 0 in a new store */
} DureToday;

#define DURE_TYPE_TODAY (dure_today_get_type ())
GType      dure_today_get_type (void);
DureToday *dure_today_new (DureStore *store, GCancellable *cancellable, GError **error);
DureToday *dure_today_ref (DureToday *self);
void       dure_today_unref (DureToday *self);
GPtrArray *dure_event_readiness (DureStore *store, DureRecord *event, DureReplies *replies, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureToday, dure_today_unref)

G_END_DECLS
