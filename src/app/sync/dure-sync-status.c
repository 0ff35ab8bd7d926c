/* dure-sync-status.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-sync-status.h"

#include <glib/gi18n-lib.h>

#include "app/sync/dure-sync-session.h"
#include "app/sync/dure-sync-time.h"
#include "app/widgets/dure-dialog.h"
#include "base/dure-hangul.h"
#include "sync/dure-conflict.h"

/* The labels of the popover want less than this, so that their height is measured at the width that they get. */
#define CONTENT_WIDTH 280

struct _DureSyncStatus
{
  AdwBin parent_instance;

  DureDesk        *desk;
  DureSyncSession *session;

  GtkButton      *button;
  GtkPopover     *popover;
  GtkWidget      *content;
  GtkImage       *icon;
  GtkLabel       *label;
  GtkImage       *big_icon;
  GtkLabel       *heading;
  GtkLabel       *sentence;
  GtkLabel       *server;
  GtkProgressBar *progress;
  GtkButton      *conflicts;
  GtkWidget      *understood;
  GtkWidget      *sync_now;
  GtkButton      *enrol;
  GtkWidget      *more;
  GtkButton      *pause;
};

G_DEFINE_FINAL_TYPE (DureSyncStatus, dure_sync_status, ADW_TYPE_BIN)

static gboolean
has_problem (DureSyncStatus *self, const char *name)
{
  return g_strcmp0 (dure_sync_session_get_problem (self->session), name) == 0;
}

static const char *
format_denied (DureSyncStatus *self)
{
  if (has_problem (self, "token-expired"))
    return _ ("Enrolment has run out");
  if (has_problem (self, "device-copied"))
    return _ ("Copied file: enrol again");
  if (has_problem (self, "locked"))
    return _ ("Account locked");
  return _ ("Enrol this computer again");
}

static char *
format_line (DureSyncStatus *self, DureSyncState state, guint waiting)
{
  gint64           last = dure_sync_session_get_last (self->session);
  guint            n_conflicts = dure_sync_session_get_n_conflicts (self->session);
  guint            n_refused = dure_sync_session_get_n_refused (self->session);
  g_autofree char *when = last > 0 ? dure_sync_format_time (last, TRUE) : NULL;

  if (state == DURE_SYNC_NOT_ENROLLED)
    return g_strdup (_ ("Not enrolled with a server"));
  if (state == DURE_SYNC_DENIED)
    return g_strdup (format_denied (self));
  if (state == DURE_SYNC_PAUSED)
    return waiting > 0 ? g_strdup_printf (_ ("%u waiting · paused"), waiting) : g_strdup (_ ("Paused"));
  if (state == DURE_SYNC_RUNNING && dure_sync_session_get_fraction (self->session) >= 0)
    return g_strdup_printf (_ ("Synchronising · %d %%"), (int)(dure_sync_session_get_fraction (self->session) * 100));
  if (n_conflicts > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u conflict", "%u conflicts", n_conflicts), n_conflicts);
  if (n_refused > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change refused", "%u changes refused", n_refused),
                            n_refused);
  if (state == DURE_SYNC_OFFLINE && has_problem (self, "proxy"))
    return waiting > 0 ? g_strdup_printf (_ ("%u waiting · proxy not reached"), waiting)
                       : g_strdup (_ ("Proxy not reached"));
  if (state == DURE_SYNC_OFFLINE)
    return waiting > 0 ? g_strdup_printf (_ ("%u waiting · offline"), waiting) : g_strdup (_ ("Offline"));
  if (state == DURE_SYNC_FAILED)
    return g_strdup (_ ("Could not synchronise"));
  if (waiting > 0)
    return g_strdup_printf (_ ("%u waiting"), waiting);
  return when != NULL ? g_strdup_printf (_ ("All synchronised · %s"), when) : g_strdup (_ ("All synchronised"));
}

static const char *
icon_name (DureSyncState state, guint waiting, gboolean look)
{
  if (state == DURE_SYNC_NOT_ENROLLED)
    return "network-server-symbolic";
  if (state == DURE_SYNC_DENIED)
    return "dialog-password-symbolic";
  if (look || state == DURE_SYNC_FAILED)
    return "dialog-warning-symbolic";
  if (state == DURE_SYNC_OFFLINE)
    return "network-offline-symbolic";
  if (state == DURE_SYNC_PAUSED)
    return "media-playback-pause-symbolic";
  if (state == DURE_SYNC_RUNNING || waiting > 0)
    return "emblem-synchronizing-symbolic";
  return "emblem-ok-symbolic";
}

/* What the server will never take, and why. */
static char *
format_refused (DureSyncStatus *self, guint n_refused)
{
  const char      *why = dure_sync_session_get_refusal (self->session);
  g_autofree char *count = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "The server refused %u change for good. It stays on this computer only.",
                   "The server refused %u changes for good. They stay on this computer only.", n_refused),
      n_refused);

  return why != NULL && *why != '\0' ? g_strconcat (count, " ", why, NULL) : g_steal_pointer (&count);
}

/* What the line means and what can be done, for the popover. */
static char *
format_sentence (DureSyncStatus *self, DureSyncState state, guint waiting)
{
  const char *error = dure_sync_session_get_error (self->session);
  guint       n_refused = dure_sync_session_get_n_refused (self->session);

  if (state == DURE_SYNC_NOT_ENROLLED)
    return g_strdup (
        _ ("Everything is kept on this computer only. Enrol it to share the register with your colleagues."));
  if (state == DURE_SYNC_PAUSED)
    return g_strdup (_ ("Nothing goes to the server or comes from it until you let it go on. What you write is kept."));
  if (error != NULL)
    return g_strdup (error);
  if (dure_sync_session_get_metered (self->session))
    return g_strdup (_ ("This connection is paid by volume: synchronise by hand when it suits."));
  if (n_refused > 0)
    return format_refused (self, n_refused);
  if (dure_sync_session_get_n_conflicts (self->session) > 0)
    return g_strdup (_ ("Two people changed the same thing. Both values are kept until one is chosen."));
  if (waiting > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change is on this computer and goes to the server next.",
                                         "%u changes are on this computer and go to the server next.", waiting),
                            waiting);
  return g_strdup (
      _ ("The server has everything that was written here, and this computer has everything of the others."));
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
refresh (DureSyncStatus *self)
{
  DureSyncState    state = dure_sync_session_get_state (self->session);
  guint            waiting = dure_sync_session_get_n_waiting (self->session);
  guint            n_conflicts = dure_sync_session_get_n_conflicts (self->session);
  double           fraction = dure_sync_session_get_fraction (self->session);
  const char      *server = dure_sync_session_get_server (self->session);
  guint            n_refused = dure_sync_session_get_n_refused (self->session);
  gboolean         look = n_conflicts > 0 || n_refused > 0;
  const char      *icon = icon_name (state, waiting, look);
  g_autofree char *line = format_line (self, state, waiting);
  g_autofree char *sentence = format_sentence (self, state, waiting);
  g_autofree char *conflicts = NULL;

  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_image_set_from_icon_name (self->big_icon, icon);
  set_class (GTK_WIDGET (self->icon), "warning", look || state == DURE_SYNC_FAILED || state == DURE_SYNC_DENIED);
  gtk_label_set_label (self->label, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), line);
  /* Labels inside of a button's box do not name it by themselves. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, line, -1);
  gtk_label_set_label (self->heading, line);
  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->server, server != NULL && state != DURE_SYNC_NOT_ENROLLED ? server : "");
  gtk_widget_set_visible (GTK_WIDGET (self->server), server != NULL && state != DURE_SYNC_NOT_ENROLLED);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == DURE_SYNC_RUNNING && fraction >= 0);
  gtk_progress_bar_set_fraction (self->progress, MAX (fraction, 0));
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts), n_conflicts > 0);
  conflicts = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Review %u Conflict", "Review %u Conflicts", n_conflicts),
                               n_conflicts);
  gtk_button_set_label (self->conflicts, conflicts);
  gtk_widget_set_visible (self->understood, n_refused > 0 && dure_sync_session_get_error (self->session) == NULL);
  gtk_widget_set_visible (self->sync_now, state != DURE_SYNC_NOT_ENROLLED && state != DURE_SYNC_DENIED
                                             && state != DURE_SYNC_PAUSED);
  gtk_widget_set_visible (self->more, state != DURE_SYNC_NOT_ENROLLED);
  gtk_widget_set_visible (GTK_WIDGET (self->pause), state != DURE_SYNC_DENIED);
  gtk_button_set_label (self->pause, state == DURE_SYNC_PAUSED ? _ ("Go On") : _ ("Pause"));
  gtk_widget_set_sensitive (self->sync_now, state != DURE_SYNC_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->enrol), state == DURE_SYNC_NOT_ENROLLED || state == DURE_SYNC_DENIED
                                                       || (state == DURE_SYNC_OFFLINE && has_problem (self, "proxy")));
  gtk_button_set_label (self->enrol, state == DURE_SYNC_NOT_ENROLLED ? _ ("Enrol with a Server…")
                                                                     : _ ("Register Again…"));
}

/* "하나복지관 · 기관장" */
static char *
name_of (DureSyncStatus *self, DureRecord *conflict)
{
  const char      *key = dure_record_get (conflict, DURE_CONFLICT_FIELD);
  g_autoptr (DureConflictNow) now = dure_conflict_look (dure_desk_get_store (self->desk), conflict);
  const char      *field = now->of_deletion  ? _ ("Deleted and edited at once")
                           : now->field >= 0 ? dure_field_label (dure_entity_field (now->entity, (guint)now->field))
                                             : key;

  return g_strdup_printf ("%s · %s", now->title != NULL ? now->title : "", field != NULL ? field : "");
}

/* A value that was written here lost against a later one: said once, with the way to it. */
static void
lost_cb (DureSyncStatus *self, GPtrArray *conflicts)
{
  DureRecord      *first = g_ptr_array_index (conflicts, 0);
  const char      *winner = dure_record_get (first, DURE_CONFLICT_WON_BY);
  gboolean         open = FALSE;
  g_autofree char *name = name_of (self, first);
  g_autofree char *sentence = NULL;
  g_autofree char *action = NULL;

  for (guint i = 0; i < conflicts->len; i++)
    open = open || g_strcmp0 (dure_record_get (conflicts->pdata[i], DURE_CONFLICT_STATE), "open") == 0;
  if (conflicts->len == 1)
    sentence = dure_hangul_printf (_ ("%s: what %s wrote stands. What you wrote is kept."), name,
                                   winner != NULL ? winner : _ ("a colleague"));
  else
    sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "In %u place what a colleague wrote stands. What you wrote "
                                                              "is kept.",
                                             "In %u places what colleagues wrote stands. What you wrote is kept.",
                                             conflicts->len),
                                conflicts->len);
  /* What a colleague has decided already is put back from the history of the record. */
  action = open ? g_strdup ("win.conflicts")
                : g_strdup_printf ("win.open(('%s','%s'))", dure_record_get (first, DURE_CONFLICT_ENTITY),
                                   dure_record_get (first, DURE_CONFLICT_RECORD));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.hint", "(sss)", sentence, _ ("Look"), action);
}

static void
clicked_cb (DureSyncStatus *self)
{
  gtk_widget_set_size_request (self->content, (int)(CONTENT_WIDTH * dure_dialog_text_scale ()), -1);
  gtk_popover_popup (self->popover);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE, -1);
}

static void
popover_closed_cb (DureSyncStatus *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

static void
activate_cb (DureSyncStatus *self, GtkButton *button)
{
  const char *action = g_object_get_data (G_OBJECT (button), "action");

  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
refused_read_cb (DureSyncStatus *self)
{
  if (self->session != NULL)
    dure_sync_session_forget_refused (self->session);
}

static void
pause_cb (DureSyncStatus *self)
{
  if (self->session != NULL)
    dure_sync_session_set_paused (self->session, dure_sync_session_get_state (self->session) != DURE_SYNC_PAUSED);
}

static void
leave_response_cb (AdwMessageDialog *dialog, const char *response, DureSyncStatus *self)
{
  if (g_strcmp0 (response, "leave") == 0 && self->session != NULL)
    dure_sync_session_leave (self->session);
}

static void
leave_cb (DureSyncStatus *self)
{
  GtkRoot         *root = gtk_widget_get_root (GTK_WIDGET (self));
  guint            waiting = self->session != NULL ? dure_sync_session_get_n_waiting (self->session) : 0;
  g_autofree char *unsent = NULL;
  g_autofree char *body = NULL;
  GtkWidget       *dialog;

  gtk_popover_popdown (self->popover);
  if (waiting > 0)
    unsent = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change was not sent yet.", "%u changes were not sent yet.",
                                           waiting),
                              waiting);
  body = g_strjoin (unsent != NULL ? "\n" : "",
                    _ ("Everything stays on this computer, but nothing goes to the server or comes from it any more until "
                       "it is enrolled again."),
                    unsent != NULL ? unsent : "", NULL);
  dialog = adw_message_dialog_new (GTK_WINDOW (root), _ ("Take this computer out?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "leave", _ ("Take Out"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (leave_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
dure_sync_status_dispose (GObject *object)
{
  DureSyncStatus *self = DURE_SYNC_STATUS (object);

  dure_sync_status_set_desk (self, NULL);
  /* It is a child of the button, which does not know it. */
  if (self->popover != NULL && gtk_widget_get_parent (GTK_WIDGET (self->popover)) != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  G_OBJECT_CLASS (dure_sync_status_parent_class)->dispose (object);
}

static void
dure_sync_status_class_init (DureSyncStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_sync_status_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/sync/dure-sync-status.ui");
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, button);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, popover);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, content);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, icon);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, label);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, big_icon);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, heading);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, sentence);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, server);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, progress);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, conflicts);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, understood);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, sync_now);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, enrol);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, more);
  gtk_widget_class_bind_template_child (widget_class, DureSyncStatus, pause);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, pause_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, refused_read_cb);
}

static void
dure_sync_status_init (DureSyncStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self->button));
  g_object_set_data (G_OBJECT (self->conflicts), "action", (gpointer) "win.conflicts");
  g_object_set_data (G_OBJECT (self->sync_now), "action", (gpointer) "win.sync-now");
  g_object_set_data (G_OBJECT (self->enrol), "action", (gpointer) "win.enrol");
}

/** dure_sync_status_new: Returns: (transfer full): a status line; empty until it has a desk. */
GtkWidget *
dure_sync_status_new (void)
{
  return g_object_new (DURE_TYPE_SYNC_STATUS, NULL);
}

/**
 * dure_sync_status_set_desk:
 * @self: a status line
 * @desk: (nullable): the desk whose sync it tells of; its session starts now
 */
void
dure_sync_status_set_desk (DureSyncStatus *self, DureDesk *desk)
{
  g_return_if_fail (DURE_IS_SYNC_STATUS (self));
  if (self->desk == desk)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_set_object (&self->desk, desk);
  if (desk == NULL)
    return;
  self->session = g_object_ref (dure_sync_session_for_desk (desk));
  g_signal_connect_object (self->session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "lost", G_CALLBACK (lost_cb), self, G_CONNECT_SWAPPED);
  refresh (self);
}

/** dure_sync_status_sync_now: runs a round at once; for an action of the window. */
void
dure_sync_status_sync_now (DureSyncStatus *self)
{
  g_return_if_fail (DURE_IS_SYNC_STATUS (self));
  if (self->session != NULL)
    dure_sync_session_sync_now (self->session);
}
