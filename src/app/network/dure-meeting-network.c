/* dure-meeting-network.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The model keeps the network and its picture in step with the store; what the lists say of it and of the event is read
 * on the reader's thread whenever one of the two changes. A trial (who does not come, who would know whom) goes through
 * the same reading and is never written.
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-network-private.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"
#include "base/dure-error.h"

/* Changes come in bursts: one reading for all of them. */
#define BURST_MS 120
/* What comes sooner than this needs no announcement. */
#define WAIT_MS 200

/* What goes to the reader's thread. */
typedef struct
{
  char              *event;
  DureNetwork       *network; /* NULL to read it */
  DureNetworkPlaces *places;
  DureMeetingTrial  *trial;
} Wanted;

G_DEFINE_FINAL_TYPE (DureMeetingNetwork, dure_meeting_network, ADW_TYPE_BIN)

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->event);
  dure_network_unref (wanted->network);
  dure_network_places_free (wanted->places);
  dure_meeting_trial_free (wanted->trial);
  g_free (wanted);
}

/* --- showing --- */

static void
show_trial (DureMeetingNetwork *self)
{
  const gboolean trial = !dure_meeting_trial_is_empty (self->trial) && self->reading->sentences != NULL;

  gtk_revealer_set_reveal_child (self->trial_bar, trial);
  if (trial)
    {
      g_autofree char *text = dure_meeting_trial_text (self->trial, self->reading->picture);
      g_autoptr (GString) sentences = g_string_new (NULL);

      for (guint i = 0; i < self->reading->sentences->len; i++)
        g_string_append_printf (sentences, "%s%s", i > 0 ? "\n" : "",
                                (const char *)g_ptr_array_index (self->reading->sentences, i));
      gtk_label_set_text (self->trial_text, text);
      gtk_label_set_text (self->trial_sentences, sentences->str);
      gtk_widget_add_css_class (GTK_WIDGET (self), "trial");
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "trial");
}

static void
show (DureMeetingNetwork *self)
{
  const DureMeetingReading *reading = self->reading;
  const DureCanvasLook      look = { .tie_change = reading->tie_change, .widths = TRUE };

  if (reading->places != NULL)
    {
      if (dure_network_canvas_get_network (self->canvas) != reading->picture)
        dure_network_canvas_set_network (self->canvas, reading->picture, reading->places);
      dure_network_canvas_set_look (self->canvas, &look);
      dure_network_canvas_set_room (
          self->canvas, *reading->briefing->room != NULL ? (const char *const *)reading->briefing->room : NULL);
    }
  show_trial (self);
  dure_meeting_lists_show (self->lists, reading, reading->sentences != NULL);
  dure_meeting_bar_show (self->bar, reading, self->trial, dure_network_canvas_get_selection (self->canvas));
  gtk_widget_set_visible (self->switcher, reading->over);
  if (!reading->over)
    gtk_stack_set_visible_child_name (self->stack, "before");
}

void
dure_meeting_network_say_error (DureMeetingNetwork *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
}

/* --- reading --- */

static gpointer
read_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wanted *wanted = data;

  return dure_meeting_reading_new (store, wanted->event, wanted->network, wanted->places, wanted->trial, cancellable,
                                   error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureMeetingNetwork) self = user_data;
  g_autoptr (GError) error = NULL;
  DureMeetingReading *reading = dure_store_thread_run_finish (result, &error);
  DureMeetingReading *old;

  if (error != NULL)
    {
      /* An event that was deleted meanwhile has no tab any more. */
      if (!g_error_matches (error, DURE_ERROR, DURE_ERROR_NOT_FOUND))
        dure_meeting_network_say_error (self, error);
      return;
    }
  if (self->desk == NULL)
    {
      dure_meeting_reading_free (reading);
      return;
    }
  g_clear_object (&self->cancellable);
  old = self->reading;
  self->reading = reading;
  show (self);
  dure_meeting_reading_free (old);
}

void
dure_meeting_network_read (DureMeetingNetwork *self)
{
  DureNetwork *network = dure_network_model_get_network (self->model);
  Wanted      *wanted;

  if (self->event == NULL || self->desk == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wanted = g_new0 (Wanted, 1);
  wanted->event = g_strdup (self->event);
  if (network != NULL)
    {
      wanted->network = dure_network_ref (network);
      wanted->places = dure_network_places_copy (dure_network_model_get_places (self->model));
    }
  wanted->trial = dure_meeting_trial_copy (self->trial);
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), read_func, wanted, wanted_free,
                               (GDestroyNotify)dure_meeting_reading_free, self->cancellable, read_cb,
                               g_object_ref (self));
}

static gpointer
change_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_meeting_change_new (store, ((const Wanted *)data)->event, cancellable, error);
}

static void
change_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureMeetingNetwork) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureMeetingChange) change = dure_store_thread_run_finish (result, &error);

  if (error != NULL)
    dure_meeting_network_say_error (self, error);
  else if (self->desk != NULL)
    dure_meeting_compare_show (self->compare, change);
}

static void
read_change (DureMeetingNetwork *self)
{
  Wanted *wanted;

  if (self->desk == NULL || self->event == NULL
      || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "after") != 0)
    return;
  wanted = g_new0 (Wanted, 1);
  wanted->event = g_strdup (self->event);
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), change_func, wanted, wanted_free,
                               (GDestroyNotify)dure_meeting_change_free, NULL, change_cb, g_object_ref (self));
}

static gboolean
refresh_cb (gpointer data)
{
  DureMeetingNetwork *self = data;

  self->refresh_source = 0;
  dure_meeting_network_read (self);
  read_change (self);
  return G_SOURCE_REMOVE;
}

static void
record_changed_cb (DureMeetingNetwork *self, guint entity, const char *id)
{
  switch (entity)
    {
    case DURE_ENTITY_PARTICIPATION:
    case DURE_ENTITY_PERSON:
    case DURE_ENTITY_EVENT:
    case DURE_ENTITY_ACTION:
    case DURE_ENTITY_PROGRAMME:
    case DURE_ENTITY_TIE:
    case DURE_ENTITY_AGENCY:
      if (self->refresh_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
        self->refresh_source = g_timeout_add (BURST_MS, refresh_cb, self);
      break;
    default:
      break;
    }
}

/* --- the picture --- */

static void
model_changed_cb (DureMeetingNetwork *self)
{
  /* The picture comes at once; what there is to say of it a moment later. */
  if (dure_network_canvas_get_network (self->canvas) == NULL)
    dure_network_canvas_set_network (self->canvas, dure_network_model_get_network (self->model),
                                     dure_network_model_get_places (self->model));
  gtk_widget_set_visible (self->waiting, FALSE);
  dure_meeting_network_read (self);
}

static void
selection_changed_cb (DureMeetingNetwork *self)
{
  dure_meeting_bar_show (self->bar, self->reading, self->trial, dure_network_canvas_get_selection (self->canvas));
}

/* Several that were dragged together are one step of undo. What is supposed may have other numbers than what is. */
static void
placed_cb (DureMeetingNetwork *self, GtkBitset *nodes)
{
  DureNetwork *shown = dure_network_canvas_get_network (self->canvas);
  DureNetwork *network = dure_network_model_get_network (self->model);
  g_autoptr (GtkBitset) placed = gtk_bitset_new_empty ();
  g_autofree DurePoint *points = NULL;
  GtkBitsetIter         iter;
  guint                 v, w;

  if (network == NULL)
    return;
  points = g_new0 (DurePoint, (gsize)network->n_nodes + 1);
  for (gboolean is = gtk_bitset_iter_init_first (&iter, nodes, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    if (dure_network_find (network, shown->nodes[v].id, &w))
      {
        points[w] = dure_network_canvas_get_point (self->canvas, v);
        gtk_bitset_add (placed, w);
      }
  dure_network_model_place_many (self->model, placed, points);
}

static void
activated_cb (DureMeetingNetwork *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "agency", id);
}

static void
failed_cb (DureMeetingNetwork *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", message);
}

static gboolean
wait_cb (gpointer data)
{
  DureMeetingNetwork *self = data;

  self->wait_source = 0;
  gtk_widget_set_visible (self->waiting, dure_network_canvas_get_network (self->canvas) == NULL);
  return G_SOURCE_REMOVE;
}

/* The lists need no picture, so they are asked for first. */
static void
mapped_cb (DureMeetingNetwork *self)
{
  dure_meeting_network_read (self);
  dure_network_model_load (self->model);
  read_change (self);
  if (self->wait_source == 0)
    self->wait_source = g_timeout_add (WAIT_MS, wait_cb, self);
}

static void
page_changed_cb (DureMeetingNetwork *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->trial_bar),
                          g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "before") == 0);
  if (self->compare == NULL && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "after") == 0)
    {
      self->compare = DURE_MEETING_COMPARE (dure_meeting_compare_new ());
      adw_bin_set_child (ADW_BIN (gtk_stack_get_child_by_name (self->stack, "after")), GTK_WIDGET (self->compare));
    }
  read_change (self);
}

/* --- making --- */

static void
dure_meeting_network_dispose (GObject *object)
{
  DureMeetingNetwork *self = DURE_MEETING_NETWORK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->wait_source, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->event, g_free);
  G_OBJECT_CLASS (dure_meeting_network_parent_class)->dispose (object);
}

static void
dure_meeting_network_finalize (GObject *object)
{
  DureMeetingNetwork *self = DURE_MEETING_NETWORK (object);

  dure_meeting_reading_free (self->reading);
  dure_meeting_trial_free (self->trial);
  G_OBJECT_CLASS (dure_meeting_network_parent_class)->finalize (object);
}

static void
dure_meeting_network_class_init (DureMeetingNetworkClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dure_meeting_network_dispose;
  G_OBJECT_CLASS (class)->finalize = dure_meeting_network_finalize;
  dure_meeting_network_install_actions (widget_class);
}

static void
dure_meeting_network_init (DureMeetingNetwork *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *stack = gtk_stack_new ();

  self->model = dure_network_model_new ();
  self->trial = dure_meeting_trial_new ();
  self->stack = GTK_STACK (stack);
  self->switcher = gtk_stack_switcher_new ();
  gtk_stack_add_titled (self->stack, dure_meeting_network_new_before (self), "before", _ ("Before the Meeting"));
  gtk_stack_add_titled (self->stack, adw_bin_new (), "after", _ ("Before and After"));
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (self->switcher), self->stack);
  gtk_widget_set_halign (self->switcher, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->switcher, 6);
  gtk_widget_set_margin_bottom (self->switcher, 6);
  gtk_widget_set_visible (self->switcher, FALSE);
  gtk_widget_set_vexpand (stack, TRUE);
  gtk_box_append (GTK_BOX (box), self->switcher);
  gtk_box_append (GTK_BOX (box), dure_meeting_network_new_trial_bar (self));
  gtk_box_append (GTK_BOX (box), stack);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "nodes-placed", G_CALLBACK (placed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "node-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (stack, "notify::visible-child", G_CALLBACK (page_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
}

/**
 * dure_meeting_network_new:
 *
 * Returns: (transfer floating): the picture and the lists, still of no event
 */
GtkWidget *
dure_meeting_network_new (void)
{
  return g_object_new (DURE_TYPE_MEETING_NETWORK, NULL);
}

/* What is read of the network depends on whether the event is still to come. */
static void
take_filter (DureMeetingNetwork *self)
{
  g_autoptr (DureRecord) event
      = dure_store_get (dure_desk_get_store (self->desk), DURE_ENTITY_EVENT, self->event, NULL);
  const char *start = event != NULL ? dure_record_get (event, DURE_EVENT_START) : NULL;
  const int   day = start != NULL ? dure_day (start) : DURE_NO_DAY;
  g_autoptr (DureNetworkFilter) filter = dure_briefing_filter (day != DURE_NO_DAY ? day : dure_day_today ());

  dure_network_model_set_filter (self->model, filter);
}

/**
 * dure_meeting_network_set_event:
 * @self: the picture and the lists
 * @desk: (nullable): where to read
 * @event_id: (nullable): the event
 *
 * Reads nothing before it is seen, and follows the store then.
 */
void
dure_meeting_network_set_event (DureMeetingNetwork *self, DureDesk *desk, const char *event_id)
{
  g_return_if_fail (DURE_IS_MEETING_NETWORK (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_free (self->event);
  self->event = g_strdup (event_id);
  dure_meeting_trial_clear (self->trial);
  gtk_revealer_set_reveal_child (self->trial_bar, FALSE);
  dure_meeting_lists_show (self->lists, NULL, FALSE);
  g_clear_pointer (&self->reading, dure_meeting_reading_free);
  gtk_stack_set_visible_child_name (self->stack, "before");
  if (self->desk != desk)
    {
      if (self->desk != NULL)
        g_signal_handlers_disconnect_by_data (dure_desk_get_store (self->desk), self);
      g_set_object (&self->desk, desk);
      dure_network_canvas_set_network (self->canvas, NULL, NULL);
      dure_network_model_set_desk (self->model, desk);
      if (desk != NULL)
        g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (record_changed_cb), self,
                                 G_CONNECT_SWAPPED);
    }
  if (desk != NULL && event_id != NULL)
    take_filter (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    mapped_cb (self);
}
