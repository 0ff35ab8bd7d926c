/* dure-meeting-network-actions.c: what rows, buttons and the bar ask of the event's network tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-network-private.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"
#include "base/dure-hangul.h"
#include "domain/dure-event.h"

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
    dure_meeting_network_say_error (done->self, error);
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
    dure_meeting_network_say_error (done->self, error);
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
  dure_meeting_network_read (self);
}

static void
join_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureMeetingNetwork *self = DURE_MEETING_NETWORK (widget);
  const char         *one, *two;

  g_variant_get (parameter, "(&s&s)", &one, &two);
  dure_meeting_trial_add_tie (self->trial, one, two);
  dure_meeting_network_read (self);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureMeetingNetwork *self = DURE_MEETING_NETWORK (widget);

  dure_meeting_trial_clear (self->trial);
  dure_meeting_network_read (self);
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

void
dure_meeting_network_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "meeting.show", "as", show_action);
  gtk_widget_class_install_action (widget_class, "meeting.introduce", "(ss)", introduce_action);
  gtk_widget_class_install_action (widget_class, "meeting.invite", "s", invite_action);
  gtk_widget_class_install_action (widget_class, "meeting.without", "(asb)", without_action);
  gtk_widget_class_install_action (widget_class, "meeting.join", "(ss)", join_action);
  gtk_widget_class_install_action (widget_class, "meeting.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "meeting.more", "u", more_action);
  gtk_widget_class_install_action (widget_class, "meeting.invite-some", NULL, invite_some_action);
}
