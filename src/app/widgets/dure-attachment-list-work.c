/* dure-attachment-list-work.c: copying, hashing and fetching, on the desk's thread for files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "app/widgets/dure-attachment-list-private.h"
#include "base/dure-error.h"
#include "domain/dure-attachment.h"

/* What is sooner done than this is not shown as under way. */
#define SHOW_MS 250
#define TICK_MS 100

/** Job: one file under way; the widgets are of the main thread, the rest is not written while it runs. */
typedef struct
{
  DureAttachmentList *list; /* main thread only */
  GtkWidget          *row;  /* (nullable): main thread only */
  GtkWidget          *bar;
  guint               tick;
  guint               ticks;

  DureAttachmentWork work;
  DureEntityId       entity;
  char              *owner;
  DureRecord        *record; /* (nullable): of an attachment that is there; not used on the main thread meanwhile */
  GFile             *file;   /* (nullable): what is added, or where the copy goes */
  char              *name;
  GCancellable      *cancellable;
  gint               thousandths; /* atomic */
} Job;

static void
job_unref (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->list);
  g_clear_object (&job->row);
  g_clear_object (&job->record);
  g_clear_object (&job->file);
  g_clear_object (&job->cancellable);
  g_free (job->owner);
  g_free (job->name);
}

static void
progress_cb (goffset done, goffset total, gpointer data)
{
  Job *job = data;

  g_atomic_int_set (&job->thousandths, total > 0 ? (gint)(done * 1000 / total) : 0);
}

static gboolean
add (DureStore *store, Job *job, GCancellable *cancellable, GError **error)
{
  g_autofree char *sha256 = NULL;
  g_autoptr (DureRecord) attachment = NULL;
  gint64 size;

  if (!dure_blob_add_file (dure_store_get_path (store), job->file, progress_cb, job, cancellable, &sha256, &size, error))
    return FALSE;
  attachment = dure_attachment_add (store, job->entity, job->owner, job->name, sha256, size, error);
  return attachment != NULL;
}

/* A copy of its own for each opening: other programs get no hold of what is kept. */
static GFile *
place_to_open (const char *name, GError **error)
{
  g_autofree char *directory = g_build_filename (g_get_user_cache_dir (), "dure", "open", "XXXXXX", NULL);
  g_autofree char *above = g_path_get_dirname (directory);

  if (g_mkdir_with_parents (above, 0700) == 0 && g_mkdtemp_full (directory, 0700) != NULL)
    return g_file_new_build_filename (directory, name, NULL);
  dure_set_error (error, DURE_ERROR_FAILED, _ ("“%s” could not be written: %s."), directory, g_strerror (errno));
  return NULL;
}

static gboolean
copy_out (DureStore *store, Job *job, GCancellable *cancellable, GError **error)
{
  const char *sha256 = dure_record_get (job->record, DURE_ATTACHMENT_SHA256);

  if (!dure_sync_fetch_blob (store, sha256, progress_cb, job, cancellable, error))
    return FALSE;
  if (job->work == DURE_ATTACHMENT_FETCH)
    return TRUE;
  if (job->work == DURE_ATTACHMENT_OPEN)
    job->file = place_to_open (job->name, error);
  if (job->file == NULL
      || !dure_blob_copy (dure_store_get_path (store), sha256, job->file, progress_cb, job, cancellable, error))
    return FALSE;
  /* A change to the copy would be lost: better that it cannot be saved there. */
  if (job->work == DURE_ATTACHMENT_OPEN)
    g_chmod (g_file_peek_path (job->file), 0400);
  return TRUE;
}

static gpointer
run_job (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return GINT_TO_POINTER (job->work == DURE_ATTACHMENT_ADD ? add (store, job, cancellable, error)
                                                          : copy_out (store, job, cancellable, error));
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureAttachmentList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
}

static void
tell_done (Job *job)
{
  g_autofree char *uri = NULL;
  g_autofree char *text = NULL;

  if (job->work == DURE_ATTACHMENT_OPEN)
    {
      uri = g_file_get_uri (job->file);
      g_app_info_launch_default_for_uri_async (uri, NULL, NULL, launched_cb, g_object_ref (job->list));
    }
  if (job->work == DURE_ATTACHMENT_OPEN || job->work == DURE_ATTACHMENT_FETCH)
    return;
  text = job->work == DURE_ATTACHMENT_ADD ? g_strdup_printf (_ ("“%s” was attached."), job->name)
                                          : g_strdup_printf (_ ("“%s” was saved."), job->name);
  gtk_widget_activate_action (GTK_WIDGET (job->list), job->work == DURE_ATTACHMENT_ADD ? "win.toast-undo" : "win.toast",
                              "s", text);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job               *job = user_data;
  g_autoptr (GError) error = NULL;

  dure_store_thread_run_finish (result, &error);
  g_clear_handle_id (&job->tick, g_source_remove);
  if (job->list->desk != NULL)
    {
      if (job->row != NULL && g_ptr_array_remove (job->list->jobs, job->row))
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (job->list), job->row);
      dure_store_poll (dure_desk_get_store (job->list->desk));
      dure_attachment_list_reload (job->list);
      if (error == NULL)
        tell_done (job);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_activate_action (GTK_WIDGET (job->list), "win.error", "s", error->message);
    }
  g_atomic_rc_box_release_full (job, job_unref);
}

static void
cancel_cb (GtkButton *button, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
show_row (Job *job)
{
  GtkWidget       *cancel = gtk_button_new_from_icon_name ("process-stop-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Stop “%s”"), job->name);

  job->row = g_object_ref_sink (adw_action_row_new ());
  job->bar = gtk_progress_bar_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (job->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (job->row), job->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (job->row),
                               job->work == DURE_ATTACHMENT_ADD ? _ ("Being attached") : _ ("Being fetched"));
  gtk_widget_set_valign (job->bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (job->bar, 120, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (job->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, job->name, -1);
  gtk_widget_set_valign (cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cancel, "flat");
  gtk_widget_set_tooltip_text (cancel, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cancel), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_cb), job->cancellable, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (job->row), job->bar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (job->row), cancel);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (job->list), job->row);
  g_ptr_array_add (job->list->jobs, job->row);
}

static gboolean
tick_cb (gpointer data)
{
  Job *job = data;

  if (job->list->desk == NULL)
    {
      job->tick = 0;
      return G_SOURCE_REMOVE;
    }
  if (++job->ticks * TICK_MS < SHOW_MS)
    return G_SOURCE_CONTINUE;
  if (job->row == NULL)
    show_row (job);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (job->bar), g_atomic_int_get (&job->thousandths) / 1000.0);
  return G_SOURCE_CONTINUE;
}

/* Begins with @file (to be added, or where a copy goes) or with the file of @record. */
void
dure_attachment_list_work (DureAttachmentList *self, DureAttachmentWork work, DureRecord *record, GFile *file)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->list = g_object_ref (self);
  job->work = work;
  job->entity = self->entity;
  job->owner = g_strdup (self->owner);
  job->record = record != NULL ? dure_record_copy (record) : NULL;
  job->file = file != NULL ? g_object_ref (file) : NULL;
  job->name = record != NULL ? dure_attachment_file_name (record) : g_file_get_basename (file);
  job->cancellable = g_cancellable_new ();
  /* What is being attached is finished when the page goes; what is fetched is of no use then. */
  if (work != DURE_ATTACHMENT_ADD)
    g_signal_connect_object (self->cancellable, "cancelled", G_CALLBACK (g_cancellable_cancel), job->cancellable,
                             G_CONNECT_SWAPPED);
  if (!g_utf8_validate (job->name, -1, NULL))
    {
      char *valid = g_utf8_make_valid (job->name, -1);

      g_free (job->name);
      job->name = valid;
    }
  job->tick = g_timeout_add (TICK_MS, tick_cb, job);
  dure_store_thread_run_async (dure_desk_get_files (self->desk), run_job, job, NULL, NULL, job->cancellable, done_cb, job);
}
