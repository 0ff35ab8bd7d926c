/* dure-place-counts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-place-counts.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"

/* A burst of changes makes one count. */
#define REST_MS 400
#define TERM_DAYS 30

struct _DurePlaceCounts
{
  GObject       parent_instance;

  DureDesk     *desk;
  DureSidebar  *sidebar;
  GCancellable *cancellable;
  guint         rest_source;
  gboolean      running;
  gboolean      again;
};

G_DEFINE_FINAL_TYPE (DurePlaceCounts, dure_place_counts, G_TYPE_OBJECT)

typedef struct
{
  gint64 overdue;
  gint64 today;
  gint64 drafts;
  gint64 terms;
} Counts;

static gint64
count (DureStore *store, DureQuery *taken)
{
  g_autoptr (DureQuery) query = taken;
  gint64 number = dure_store_count (store, query, NULL);

  return MAX (number, 0);
}

static gpointer
read_counts (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  int              day = dure_day_today ();
  g_autofree char *today = dure_day_to_date (day);
  g_autofree char *tomorrow = dure_day_to_date (day + 1);
  g_autofree char *limit = dure_day_to_date (day + TERM_DAYS);
  Counts          *counts = g_new0 (Counts, 1);
  DureQuery       *query;

  query = dure_query_new (DURE_ENTITY_ACTION);
  dure_query_where (query, DURE_ACTION_STATE, DURE_EQUAL, "open");
  dure_query_where (query, DURE_ACTION_DUE, DURE_IS_SET, NULL);
  dure_query_where (query, DURE_ACTION_DUE, DURE_LESS, today);
  counts->overdue = count (store, query);

  query = dure_query_new (DURE_ENTITY_EVENT);
  dure_query_where (query, DURE_EVENT_START, DURE_AT_LEAST, today);
  dure_query_where (query, DURE_EVENT_START, DURE_LESS, tomorrow);
  dure_query_where (query, DURE_EVENT_STATE, DURE_NOT_EQUAL, "called-off");
  counts->today = count (store, query);

  query = dure_query_new (DURE_ENTITY_EVENT);
  dure_query_where (query, DURE_EVENT_START, DURE_AT_LEAST, today);
  dure_query_where (query, DURE_EVENT_STATE, DURE_EQUAL, "draft");
  counts->drafts = count (store, query);

  query = dure_query_new (DURE_ENTITY_SEAT);
  dure_query_where (query, DURE_SEAT_TERM_TO, DURE_AT_LEAST, today);
  dure_query_where (query, DURE_SEAT_TERM_TO, DURE_LESS, limit);
  dure_query_where (query, DURE_SEAT_ENDED_ON, DURE_IS_EMPTY, NULL);
  counts->terms = count (store, query);
  return counts;
}

static void
set (DurePlaceCounts *self, const char *place, gint64 number, const char *format, gboolean urgent)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  g_auto (GStrv) pieces = g_strsplit (format, "%s", 2);
  g_autofree char *meaning = g_strjoinv (text, pieces);

  dure_sidebar_set_count (self->sidebar, place, CLAMP (number, 0, G_MAXINT), meaning, urgent);
}

static void
counts_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DurePlaceCounts) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Counts *counts = dure_store_thread_run_finish (result, &error);

  self->running = FALSE;
  if (counts == NULL || self->sidebar == NULL)
    return;
  set (self, "today", counts->overdue, _ ("Overdue follow-up actions: %s"), TRUE);
  set (self, "calendar", counts->today, _ ("Events today: %s"), FALSE);
  set (self, "events", counts->drafts, _ ("Coming events still in preparation: %s"), FALSE);
  set (self, "council", counts->terms, _ ("Terms ending within 30 days: %s"), FALSE);
  if (self->again)
    dure_place_counts_refresh (self);
}

static gboolean
rested_cb (gpointer user_data)
{
  DurePlaceCounts *self = user_data;

  self->rest_source = 0;
  if (self->running)
    {
      self->again = TRUE;
      return G_SOURCE_REMOVE;
    }
  self->running = TRUE;
  self->again = FALSE;
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), read_counts, NULL, NULL, g_free, self->cancellable,
                               counts_read_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
dure_place_counts_dispose (GObject *object)
{
  DurePlaceCounts *self = DURE_PLACE_COUNTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_weak_pointer (&self->sidebar);
  G_OBJECT_CLASS (dure_place_counts_parent_class)->dispose (object);
}

static void
dure_place_counts_finalize (GObject *object)
{
  g_clear_object (&DURE_PLACE_COUNTS (object)->cancellable);
  G_OBJECT_CLASS (dure_place_counts_parent_class)->finalize (object);
}

static void
dure_place_counts_class_init (DurePlaceCountsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_place_counts_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_place_counts_finalize;
}

static void
dure_place_counts_init (DurePlaceCounts *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * dure_place_counts_new:
 *
 * Counts soon, and after every change of the store.
 */
DurePlaceCounts *
dure_place_counts_new (DureDesk *desk, DureSidebar *sidebar)
{
  DurePlaceCounts *self = g_object_new (DURE_TYPE_PLACE_COUNTS, NULL);

  g_set_object (&self->desk, desk);
  g_set_weak_pointer (&self->sidebar, sidebar);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (dure_place_counts_refresh), self,
                           G_CONNECT_SWAPPED);
  dure_place_counts_refresh (self);
  return self;
}

/** dure_place_counts_refresh: counts again after a short rest. */
void
dure_place_counts_refresh (DurePlaceCounts *self)
{
  g_return_if_fail (DURE_IS_PLACE_COUNTS (self));

  if (self->rest_source == 0 && self->desk != NULL)
    self->rest_source = g_timeout_add (REST_MS, rested_cb, self);
}
