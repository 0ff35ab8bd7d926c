/* dure-pace.h: cuts off who is slower than any network, so that nobody keeps others out by taking his time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _DurePace DurePace;

/**
 * DurePaceLimits: how slow a client may be.
 * @begin_ms: from one answer, or from when it connected, until its next request begins
 * @head_ms: from the first byte of the head of a request to its last
 * @slow_ms: so long a body or an answer may come or go slower than @rate
 * @rate: bytes a second
 */
typedef struct
{
  guint begin_ms;
  guint head_ms;
  guint slow_ms;
  guint rate;
} DurePaceLimits;

#define DURE_PACE_LIMITS ((DurePaceLimits){ .begin_ms = 75000, .head_ms = 20000, .slow_ms = 30000, .rate = 500 })

DurePace *dure_pace_new (void);
void      dure_pace_free (DurePace *self);
void      dure_pace_set_limits (DurePace *self, const DurePaceLimits *limits);
void      dure_pace_watch (DurePace *self, GIOStream *stream, GSocketAddress *remote);
void      dure_pace_follow (SoupServerMessage *message);
void      dure_pace_be_live (SoupServerMessage *message);
guint64   dure_pace_get_cut (DurePace *self);

G_END_DECLS
