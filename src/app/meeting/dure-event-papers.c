/* dure-event-papers.c: what is printed for an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-papers.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-file-dialog.h"
#include "app/widgets/dure-attachment-list.h"
#include "document/dure-briefing-page.h"

/* How long nothing is said about work that is soon done. */
#define WAIT_MS 200

struct _DureEventPapers
{
  DureEventTab parent_instance;

  GtkWidget    *box;
  GtkWidget    *group;
  GtkWidget    *attachments; /* (nullable): until there is a desk */
  GtkWidget    *spinner;
  GtkWidget    *make;
  GtkWidget    *cancel;
  GtkWidget    *done;
  GtkWidget    *done_label;
  GCancellable *cancellable; /* while a document is being made */
  GFile        *file;        /* what was made last */
  char         *title;
  guint         wait_source;
};

G_DEFINE_FINAL_TYPE (DureEventPapers, dure_event_papers, DURE_TYPE_EVENT_TAB)

typedef struct
{
  char *event_id;
  char *path;
} Paper;

static void
paper_free (gpointer data)
{
  Paper *paper = data;

  g_free (paper->event_id);
  g_free (paper->path);
  g_free (paper);
}

static gpointer
briefing_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Paper *paper = data;

  return GINT_TO_POINTER (dure_briefing_write_pdf (store, paper->event_id, paper->path, cancellable, error));
}

static gboolean
wait_cb (gpointer user_data)
{
  DureEventPapers *self = user_data;

  self->wait_source = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_widget_set_visible (self->cancel, TRUE);
  return G_SOURCE_REMOVE;
}

static void
stop_waiting (DureEventPapers *self)
{
  g_clear_handle_id (&self->wait_source, g_source_remove);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "papers.briefing", TRUE);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureEventPapers) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  dure_store_thread_run_finish (result, &error);
  if (self->group == NULL)
    return;
  stop_waiting (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
      return;
    }
  name = g_file_get_basename (self->file);
  text = g_strdup_printf (_("%s was saved"), name);
  gtk_label_set_text (GTK_LABEL (self->done_label), text);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->done), TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureEventPapers) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, &error);
  DureDesk *desk = dure_event_tab_get_desk (DURE_EVENT_TAB (self));
  Paper *paper;

  if (file == NULL || desk == NULL || self->cancellable != NULL)
    {
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
      return;
    }
  paper = g_new0 (Paper, 1);
  paper->event_id = g_strdup (dure_event_tab_get_event_id (DURE_EVENT_TAB (self)));
  paper->path = g_file_get_path (file);
  g_set_object (&self->file, file);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->done), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "papers.briefing", FALSE);
  self->cancellable = g_cancellable_new ();
  self->wait_source = g_timeout_add (WAIT_MS, wait_cb, self);
  dure_store_thread_run_async (dure_desk_get_reader (desk),
                               briefing_func,
                               paper,
                               paper_free,
                               NULL,
                               self->cancellable,
                               made_cb,
                               g_object_ref (self));
}

/* Asks for a file and makes the sheet there. */
void
dure_event_papers_make_briefing (DureEventPapers *self)
{
  GtkRoot *root;
  g_autofree char *name = NULL;

  g_return_if_fail (DURE_IS_EVENT_PAPERS (self));
  root = gtk_widget_get_root (GTK_WIDGET (self));
  /* Translators: a file name; the name of the event stands for %s */
  name = g_strdup_printf (_("%s - briefing sheet.pdf"), self->title != NULL ? self->title : "");
  g_strdelimit (name, "/\\:", ' ');
  dure_file_dialog_save_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                               _("Save the Briefing Sheet"),
                               name,
                               NULL,
                               chosen_cb,
                               g_object_ref (self));
}

static void
briefing_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_event_papers_make_briefing (DURE_EVENT_PAPERS (widget));
}

static void
cancel_cb (DureEventPapers *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureEventPapers) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
}

static void
open_cb (DureEventPapers *self)
{
  g_autofree char *uri = self->file != NULL ? g_file_get_uri (self->file) : NULL;

  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, launched_cb, g_object_ref (self));
}

static void
dure_event_papers_load (DureEventTab *tab, DureRecord *event)
{
  DureEventPapers *self = DURE_EVENT_PAPERS (tab);

  g_free (self->title);
  self->title = g_strdup (dure_record_get_title (event));
}

static void
dure_event_papers_event_set (DureEventTab *tab)
{
  DureEventPapers *self = DURE_EVENT_PAPERS (tab);

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->done), FALSE);
  if (self->attachments != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->attachments);
  self->attachments = NULL;
  if (dure_event_tab_get_desk (tab) == NULL)
    return;
  self->attachments = dure_attachment_list_new (dure_event_tab_get_desk (tab));
  gtk_box_append (GTK_BOX (self->box), self->attachments);
  dure_attachment_list_set_owner (DURE_ATTACHMENT_LIST (self->attachments), DURE_ENTITY_EVENT,
                                  dure_event_tab_get_event_id (tab));
}

static void
dure_event_papers_dispose (GObject *object)
{
  DureEventPapers *self = DURE_EVENT_PAPERS (object);

  g_clear_handle_id (&self->wait_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_pointer (&self->title, g_free);
  self->group = NULL;
  G_OBJECT_CLASS (dure_event_papers_parent_class)->dispose (object);
}

static void
dure_event_papers_class_init (DureEventPapersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_event_papers_dispose;
  DURE_EVENT_TAB_CLASS (klass)->load = dure_event_papers_load;
  DURE_EVENT_TAB_CLASS (klass)->event_set = dure_event_papers_event_set;
  gtk_widget_class_install_action (widget_class, "papers.briefing", NULL, briefing_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/meeting/dure-event-papers.ui");
  gtk_widget_class_bind_template_child (widget_class, DureEventPapers, box);
  gtk_widget_class_bind_template_child (widget_class, DureEventPapers, group);
  gtk_widget_class_bind_template_child (widget_class, DureEventPapers, spinner);
  gtk_widget_class_bind_template_child (widget_class, DureEventPapers, make);
  gtk_widget_class_bind_template_child (widget_class, DureEventPapers, cancel);
  gtk_widget_class_bind_template_child (widget_class, DureEventPapers, done);
  gtk_widget_class_bind_template_child (widget_class, DureEventPapers, done_label);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
dure_event_papers_init (DureEventPapers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
