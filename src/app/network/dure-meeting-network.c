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

#include "app/network/dure-meeting-network.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-meeting-bar.h"
#include "app/network/dure-meeting-compare.h"
#include "app/network/dure-meeting-lists.h"
#include "app/network/dure-network-canvas.h"
#include "app/network/dure-network-model.h"
#include "base/dure-date.h"
#include "base/dure-error.h"
#include "base/dure-hangul.h"
#include "domain/dure-event.h"

/* Changes come in bursts: one reading for all of them. */
#define BURST_MS 120
/* What comes sooner than this needs no announcement. */
#define WAIT_MS 200
/* Width of the lists; the picture takes the rest. */
#define LISTS_WIDTH 342

struct _DureMeetingNetwork
{
  AdwBin parent_instance;

  DureDesk           *desk;
  char               *event;
  DureNetworkModel   *model;
  DureMeetingTrial   *trial;
  DureMeetingReading *reading;
  GCancellable       *cancellable;
  guint               refresh_source;
  guint               wait_source;

  GtkStack           *stack;
  GtkWidget          *switcher;
  DureNetworkCanvas  *canvas;
  GtkWidget          *waiting; /* says that the picture is coming */
  DureMeetingBar     *bar;
  DureMeetingLists   *lists;
  GtkRevealer        *trial_bar;
  GtkLabel           *trial_text;
  GtkLabel           *trial_sentences;
  DureMeetingCompare *compare; /* NULL until it is looked at */
};

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

static void
say_error (DureMeetingNetwork *self, const GError *error)
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
        say_error (self, error);
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

static void
read_again (DureMeetingNetwork *self)
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
    say_error (self, error);
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
  read_again (self);
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

/* --- what is asked of the tab --- */

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureMeetingNetwork     *self = DURE_MEETING_NETWORK (widget);
  DureNetwork            *network = dure_network_canvas_get_network (self->canvas);
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);
  g_autoptr (GtkBitset) nodes = gtk_bitset_new_empty ();
  gboolean all = TRUE;
  guint    v;

  for (guint i = 0; network != NULL && ids[i] != NULL; i++)
    if (dure_network_find (network, ids[i], &v))
      {
        gtk_bitset_add (nodes, v);
        all = all && dure_network_canvas_shows (self->canvas, ids[i]);
      }
  if (gtk_bitset_is_empty (nodes))
    return;
  dure_network_canvas_set_selection (self->canvas, nodes);
  if (gtk_bitset_get_size (nodes) == 1 || !all)
    dure_network_canvas_centre_on (self->canvas, ids[0]);
}

typedef struct
{
  DureMeetingNetwork *self;
  char               *toast;
} Done;

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Done *done = user_data;
  g_autoptr (GError) error = NULL;

  if (dure_desk_write_finish (DURE_DESK (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (done->self), "win.toast-undo", "s", done->toast);
  else
    say_error (done->self, error);
  g_object_unref (done->self);
  g_free (done->toast);
  g_free (done);
}

static void
introduce_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureMeetingNetwork *self = DURE_MEETING_NETWORK (widget);
  g_autoptr (DureRecord) action = dure_record_new (DURE_ENTITY_ACTION);
  g_autofree char *title = NULL;
  g_autofree char *due = NULL;
  const char      *one, *two;
  guint            a, b;
  Done            *done;

  g_variant_get (parameter, "(&s&s)", &one, &two);
  if (self->reading == NULL || !dure_network_find (self->reading->picture, one, &a)
      || !dure_network_find (self->reading->picture, two, &b))
    return;
  title
      = dure_meeting_introduction_title (self->reading->picture->nodes[a].name, self->reading->picture->nodes[b].name);
  due = dure_day_to_date (MAX (self->reading->briefing->day, dure_day_today ()));
  dure_record_set (action, DURE_ACTION_EVENT, self->event);
  dure_record_set (action, DURE_ACTION_TITLE, title);
  dure_record_set (action, DURE_ACTION_AGENCY, self->reading->host);
  dure_record_set (action, DURE_ACTION_DUE, due);
  done = g_new0 (Done, 1);
  done->self = g_object_ref (self);
  done->toast = g_strdup_printf (_ ("Added to the actions: %s"), title);
  dure_desk_write_one_async (self->desk, title, action, NULL, written_cb, done);
}

typedef struct
{
  char *event;
  char *agencies[2];
} Invitation;

static void
invitation_free (gpointer data)
{
  Invitation *invitation = data;

  g_free (invitation->event);
  g_free (invitation->agencies[0]);
  g_free (invitation);
}

static gpointer
invite_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Invitation *invitation = data;

  return GINT_TO_POINTER (dure_event_invite (store, invitation->event, (const char *const *)invitation->agencies, error)
                          >= 0);
}

static void
invited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Done *done = user_data;
  g_autoptr (GError) error = NULL;

  dure_desk_run_finish (DURE_DESK (source), result, &error);
  if (error == NULL)
    gtk_widget_activate_action (GTK_WIDGET (done->self), "win.toast-undo", "s", done->toast);
  else
    say_error (done->self, error);
  g_object_unref (done->self);
  g_free (done->toast);
  g_free (done);
}

static void
invite_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureMeetingNetwork *self = DURE_MEETING_NETWORK (widget);
  const char         *id = g_variant_get_string (parameter, NULL);
  Invitation         *invitation;
  Done               *done;
  guint               node;

  if (self->reading == NULL || !dure_network_find (self->reading->picture, id, &node))
    return;
  invitation = g_new0 (Invitation, 1);
  invitation->event = g_strdup (self->event);
  invitation->agencies[0] = g_strdup (id);
  done = g_new0 (Done, 1);
  done->self = g_object_ref (self);
  done->toast = dure_hangul_printf (_ ("%s was invited"), self->reading->picture->nodes[node].name);
  dure_desk_run_async (self->desk, invite_func, invitation, invitation_free, NULL, NULL, invited_cb, done);
}

static void
without_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureMeetingNetwork     *self = DURE_MEETING_NETWORK (widget);
  g_autofree const char **ids = NULL;
  gboolean                absent;

  g_variant_get (parameter, "(^a&sb)", &ids, &absent);
  for (guint i = 0; ids[i] != NULL; i++)
    dure_meeting_trial_set_absent (self->trial, ids[i], absent);
  read_again (self);
}

static void
join_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureMeetingNetwork *self = DURE_MEETING_NETWORK (widget);
  const char         *one, *two;

  g_variant_get (parameter, "(&s&s)", &one, &two);
  dure_meeting_trial_add_tie (self->trial, one, two);
  read_again (self);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureMeetingNetwork *self = DURE_MEETING_NETWORK (widget);

  dure_meeting_trial_clear (self->trial);
  read_again (self);
}

static void
more_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureMeetingNetwork *self = DURE_MEETING_NETWORK (widget);

  dure_meeting_lists_open (self->lists, g_variant_get_uint32 (parameter));
  if (self->reading != NULL)
    dure_meeting_lists_show (self->lists, self->reading, self->reading->sentences != NULL);
}

static void
invite_some_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *stack = gtk_widget_get_ancestor (widget, ADW_TYPE_VIEW_STACK);

  if (stack != NULL)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (stack), "people");
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
  read_again (self);
}

static void
selection_changed_cb (DureMeetingNetwork *self)
{
  dure_meeting_bar_show (self->bar, self->reading, self->trial, dure_network_canvas_get_selection (self->canvas));
}

static void
placed_cb (DureMeetingNetwork *self, GtkBitset *nodes)
{
  DureNetwork  *network = dure_network_canvas_get_network (self->canvas);
  GtkBitsetIter iter;
  guint         v;

  for (gboolean is = gtk_bitset_iter_init_first (&iter, nodes, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    {
      DurePoint point = dure_network_canvas_get_point (self->canvas, v);

      dure_network_model_place (self->model, network->nodes[v].id, point.x, point.y);
    }
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
  read_again (self);
  dure_network_model_load (self->model);
  read_change (self);
  if (self->wait_source == 0)
    self->wait_source = g_timeout_add (WAIT_MS, wait_cb, self);
}

static void
page_changed_cb (DureMeetingNetwork *self)
{
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
  gtk_widget_class_install_action (widget_class, "meeting.show", "as", show_action);
  gtk_widget_class_install_action (widget_class, "meeting.introduce", "(ss)", introduce_action);
  gtk_widget_class_install_action (widget_class, "meeting.invite", "s", invite_action);
  gtk_widget_class_install_action (widget_class, "meeting.without", "(asb)", without_action);
  gtk_widget_class_install_action (widget_class, "meeting.join", "(ss)", join_action);
  gtk_widget_class_install_action (widget_class, "meeting.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "meeting.more", "u", more_action);
  gtk_widget_class_install_action (widget_class, "meeting.invite-some", NULL, invite_some_action);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Says as long as it lasts that what is seen is only supposed, and what would change. */
static GtkWidget *
new_trial_bar (DureMeetingNetwork *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *word = gtk_label_new (_ ("Supposed"));
  GtkWidget *back = gtk_button_new_with_label (_ ("Back to How It Is"));

  self->trial_bar = GTK_REVEALER (revealer);
  self->trial_text = GTK_LABEL (new_label (NULL, "heading"));
  self->trial_sentences = GTK_LABEL (new_label (NULL, "trial-sentences"));
  gtk_widget_set_valign (word, GTK_ALIGN_START);
  gtk_widget_add_css_class (word, "trial-word");
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->trial_text));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->trial_sentences));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "meeting.back");
  gtk_widget_set_valign (back, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (back, "suggested-action");
  gtk_box_append (GTK_BOX (line), word);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), back);
  gtk_widget_add_css_class (line, "trial-bar");
  gtk_revealer_set_child (GTK_REVEALER (revealer), line);
  return revealer;
}

static GtkWidget *
new_waiting (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), new_label (_ ("The picture is being drawn"), "dim-label"));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (box, FALSE);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static GtkWidget *
new_before (DureMeetingNetwork *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->canvas = DURE_NETWORK_CANVAS (dure_network_canvas_new ());
  self->bar = DURE_MEETING_BAR (dure_meeting_bar_new ());
  self->lists = DURE_MEETING_LISTS (dure_meeting_lists_new ());
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->canvas));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->bar));
  self->waiting = new_waiting ();
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->waiting);
  gtk_widget_set_hexpand (overlay, TRUE);
  /* As wide as it is told, not as its longest sentence would like. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->lists));
  gtk_widget_set_size_request (scrolled, LISTS_WIDTH, -1);
  gtk_widget_set_hexpand (scrolled, FALSE);
  gtk_box_append (GTK_BOX (line), overlay);
  gtk_box_append (GTK_BOX (line), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (line), scrolled);
  return line;
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
  gtk_stack_add_titled (self->stack, new_before (self), "before", _ ("Before the Meeting"));
  gtk_stack_add_titled (self->stack, adw_bin_new (), "after", _ ("Before and After"));
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (self->switcher), self->stack);
  gtk_widget_set_halign (self->switcher, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->switcher, 6);
  gtk_widget_set_margin_bottom (self->switcher, 6);
  gtk_widget_set_visible (self->switcher, FALSE);
  gtk_widget_set_vexpand (stack, TRUE);
  gtk_box_append (GTK_BOX (box), self->switcher);
  gtk_box_append (GTK_BOX (box), new_trial_bar (self));
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
