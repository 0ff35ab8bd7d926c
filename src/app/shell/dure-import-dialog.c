/* dure-import-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-file-dialog.h"
#include "app/widgets/dure-dialog.h"
#include "exchange/dure-import.h"

#define PREVIEW_ROWS 4 /* with the heading */
#define PREVIEW_COLUMNS 12
#define MAX_NOTES 200
#define PROGRESS_MS 100

/* Entities that officers keep in spreadsheets, the likeliest first. */
static const DureEntityId entities[] = {
  DURE_ENTITY_AGENCY, DURE_ENTITY_PERSON,    DURE_ENTITY_SEAT, DURE_ENTITY_BODY,   DURE_ENTITY_VENUE,
  DURE_ENTITY_EVENT,  DURE_ENTITY_PROGRAMME, DURE_ENTITY_TIE,  DURE_ENTITY_REGION, DURE_ENTITY_ACTION,
};

struct _DureImportDialog
{
  AdwWindow            parent_instance;

  GtkWidget           *import_button;
  GtkWidget           *cancel_button;
  GtkProgressBar      *progress;
  AdwActionRow        *file_row;
  AdwComboRow         *entity_row;
  GtkWidget           *preview_group;
  GtkGrid             *preview;
  AdwPreferencesGroup *result_group;
  GtkWidget           *skip_list;
  GtkSwitch           *skip_switch;
  GtkWidget           *notes_group;
  GtkListBox          *notes;

  DureWindow          *window; /* weak */
  char                *path;
  GCancellable        *cancellable; /* of the run under way */
  guint                progress_source;
  struct Job          *job; /* under way, or NULL */
  guint                ready; /* rows that can be imported as they are */
  guint                wrong;
};

G_DEFINE_FINAL_TYPE (DureImportDialog, dure_import_dialog, ADW_TYPE_WINDOW)

/* What a run on another thread needs; the dialog reads only @permille meanwhile. */
typedef struct Job
{
  gatomicrefcount count;
  char           *path;
  DureEntityId    entity;
  DureImportFlags flags;
  int             permille;
} Job;

static void
job_unref (gpointer data)
{
  Job *job = data;

  if (!g_atomic_ref_count_dec (&job->count))
    return;
  g_free (job->path);
  g_free (job);
}

static void
progressed_cb (double done, gpointer data)
{
  g_atomic_int_set (&((Job *) data)->permille, (int) (done * 1000));
}

static gpointer
run_import (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (DureCsv) csv = dure_csv_open (job->path, error);

  if (csv == NULL)
    return NULL;
  return dure_import_csv (store, job->entity, csv, job->flags, progressed_cb, job, cancellable, error);
}

static void
free_report (gpointer data)
{
  dure_import_report_free (data);
}

static void
clear_notes (DureImportDialog *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->notes, 0)) != NULL)
    gtk_list_box_remove (self->notes, GTK_WIDGET (row));
}

static void
add_note (DureImportDialog *self, DureImportNote *note, gboolean problem)
{
  GtkWidget       *row = adw_action_row_new ();
  const char      *name = problem ? "dialog-error-symbolic" : "dialog-information-symbolic";
  GtkWidget       *icon = gtk_image_new_from_icon_name (name);
  g_autofree char *where = note->row == 0 ? NULL
                           : note->field != NULL
                               ? g_strdup_printf (_ ("Row %u, %s"), note->row, note->field)
                               : g_strdup_printf (_ ("Row %u"), note->row);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), note->message);
  if (where != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), where);
  gtk_widget_add_css_class (icon, problem ? "error" : "dim-label");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_append (self->notes, row);
}

static void
update_button (DureImportDialog *self)
{
  gboolean         skip = gtk_switch_get_active (self->skip_switch);
  g_autofree char *label = g_strdup_printf (_ ("_Import %u"), self->ready);

  gtk_button_set_label (GTK_BUTTON (self->import_button), self->ready > 0 ? label : _ ("_Import"));
  gtk_widget_set_sensitive (self->import_button, self->job == NULL && self->ready > 0 && (self->wrong == 0 || skip));
}

static void
show_report (DureImportDialog *self, DureImportReport *report)
{
  g_autofree char *text = g_strdup_printf (_ ("%u rows: %u new, %u changed, %u the same, %u wrong"), report->n_rows,
                                           report->n_added, report->n_changed, report->n_same, report->problems->len);

  self->ready = report->n_added + report->n_changed;
  self->wrong = report->problems->len;
  adw_preferences_group_set_description (self->result_group, text);
  gtk_widget_set_visible (self->skip_list, self->wrong > 0);
  clear_notes (self);
  for (guint i = 0; i < report->problems->len && i < MAX_NOTES; i++)
    add_note (self, g_ptr_array_index (report->problems, i), TRUE);
  for (guint i = 0; i < report->notices->len && i < MAX_NOTES; i++)
    add_note (self, g_ptr_array_index (report->notices, i), FALSE);
  gtk_widget_set_visible (self->notes_group, report->problems->len + report->notices->len > 0);
}

static gboolean
tick_cb (gpointer user_data)
{
  DureImportDialog *self = user_data;

  if (self->job != NULL)
    gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->job->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
end_job (DureImportDialog *self)
{
  g_clear_pointer (&self->job, job_unref);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
}

static Job *
begin_job (DureImportDialog *self, DureImportFlags flags)
{
  Job *job = g_new0 (Job, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  end_job (self);
  g_atomic_ref_count_init (&job->count);
  g_atomic_ref_count_inc (&job->count);
  job->path = g_strdup (self->path);
  job->entity = entities[MIN (adw_combo_row_get_selected (self->entity_row), G_N_ELEMENTS (entities) - 1)];
  job->flags = flags;
  self->job = job;
  self->cancellable = g_cancellable_new ();
  dure_dialog_cancel_closed (GTK_WINDOW (self), self->cancellable);
  self->progress_source = g_timeout_add (PROGRESS_MS, tick_cb, self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_sensitive (self->import_button, FALSE);
  return job;
}

static void
say_error (DureImportDialog *self, const GError *error)
{
  DureImportNote note = { .message = error->message };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->ready = 0;
  self->wrong = 0;
  adw_preferences_group_set_description (self->result_group, _ ("Nothing can be imported."));
  gtk_widget_set_visible (self->skip_list, FALSE);
  clear_notes (self);
  add_note (self, &note, TRUE);
  gtk_widget_set_visible (self->notes_group, TRUE);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureImportReport) report = dure_store_thread_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !dure_dialog_is_open (self))
    return;
  end_job (self);
  if (report != NULL)
    show_report (self, report);
  else if (error != NULL)
    say_error (self, error);
  update_button (self);
}

/* Reads and checks the whole file without writing. */
static void
look (DureImportDialog *self)
{
  DureDesk *desk = self->window != NULL ? dure_window_get_desk (self->window) : NULL;
  Job      *job;

  if (desk == NULL || self->path == NULL)
    return;
  job = begin_job (self, DURE_IMPORT_DRY_RUN);
  dure_store_thread_run_async (dure_desk_get_reader (desk), run_import, job, job_unref, free_report, self->cancellable,
                               looked_cb, g_object_ref (self));
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureImportReport) report = dure_desk_run_finish (DURE_DESK (source), result, &error);

  end_job (self);
  if (self->window == NULL)
    return;
  if (report != NULL && report->written)
    {
      g_autofree char *text = g_strdup_printf (_ ("Imported: %u new, %u changed"), report->n_added, report->n_changed);

      dure_window_toast (self->window, text, TRUE);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (report != NULL)
    show_report (self, report);
  else if (error != NULL)
    say_error (self, error);
  update_button (self);
}

static void
import_clicked_cb (DureImportDialog *self)
{
  DureDesk *desk = self->window != NULL ? dure_window_get_desk (self->window) : NULL;
  gboolean  skip = self->wrong > 0 && gtk_switch_get_active (self->skip_switch);
  Job      *job;

  if (desk == NULL)
    return;
  job = begin_job (self, skip ? DURE_IMPORT_SKIP_BAD : 0);
  dure_desk_run_async (desk, run_import, job, job_unref, free_report, self->cancellable, imported_cb,
                       g_object_ref (self));
}

static void
cancel_clicked_cb (DureImportDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
entity_selected_cb (DureImportDialog *self)
{
  look (self);
}

static void
skip_changed_cb (DureImportDialog *self)
{
  update_button (self);
}

/* The entity whose fields the headings name most; an index into entities[]. */
static guint
guess (GPtrArray *heading)
{
  guint best = 0, most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      guint known = 0;

      for (guint c = 0; c < heading->len; c++)
        known += dure_entity_find_label (dure_entity (entities[i]), g_ptr_array_index (heading, c)) >= 0;
      if (known > most)
        {
          most = known;
          best = i;
        }
    }
  return best;
}

static void
show_first_rows (DureImportDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureCsv) csv = dure_csv_open (self->path, &error);
  GtkWidget *child;
  guint      n_rows = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->preview))) != NULL)
    gtk_grid_remove (self->preview, child);
  while (csv != NULL && n_rows < PREVIEW_ROWS)
    {
      GPtrArray *row = NULL;

      if (!dure_csv_next (csv, &row, &error) || row == NULL)
        break;
      if (n_rows == 0)
        adw_combo_row_set_selected (self->entity_row, guess (row));
      for (guint c = 0; c < row->len && c < PREVIEW_COLUMNS; c++)
        {
          GtkWidget *label = gtk_label_new (g_ptr_array_index (row, c));

          gtk_label_set_xalign (GTK_LABEL (label), 0);
          gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
          gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
          if (n_rows == 0)
            gtk_widget_add_css_class (label, "heading");
          gtk_grid_attach (self->preview, label, c, n_rows, 1, 1);
        }
      n_rows++;
    }
  gtk_widget_set_visible (self->preview_group, n_rows > 0);
}

static void
set_path (DureImportDialog *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_free (self->path);
  self->path = g_strdup (path);
  adw_action_row_set_subtitle (self->file_row, name);
  /* The guess may change the row, which looks once; else look here. */
  show_first_rows (self);
  look (self);
}

static void
rechosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureImportDialog) self = user_data;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && dure_dialog_is_open (self))
    set_path (self, path);
}

static void
choose_clicked_cb (DureImportDialog *self)
{
  dure_file_dialog_open_async (GTK_WINDOW (self), _ ("Choose a Spreadsheet"), _ ("Spreadsheets as text (CSV)"),
                               "csv tsv txt", NULL, rechosen_cb, g_object_ref (self));
}

static void
dure_import_dialog_dispose (GObject *object)
{
  DureImportDialog *self = DURE_IMPORT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->job, job_unref);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (dure_import_dialog_parent_class)->dispose (object);
}

static void
dure_import_dialog_finalize (GObject *object)
{
  g_free (DURE_IMPORT_DIALOG (object)->path);
  G_OBJECT_CLASS (dure_import_dialog_parent_class)->finalize (object);
}

static void
dure_import_dialog_class_init (DureImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_import_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, entity_row);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, preview_group);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, result_group);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, skip_list);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, skip_switch);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, notes_group);
  gtk_widget_class_bind_template_child (widget_class, DureImportDialog, notes);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, entity_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dure_import_dialog_init (DureImportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    gtk_string_list_append (names, dure_entity_label (dure_entity (entities[i])));
  adw_combo_row_set_model (self->entity_row, G_LIST_MODEL (names));
}

/** dure_import_dialog_new: shows what importing @path would do. */
GtkWidget *
dure_import_dialog_new (DureWindow *window, const char *path)
{
  DureImportDialog *self = g_object_new (DURE_TYPE_IMPORT_DIALOG, NULL);

  g_set_weak_pointer (&self->window, window);
  set_path (self, path);
  return GTK_WIDGET (self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureWindow) window = user_data;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    dure_dialog_present (GTK_WINDOW (dure_import_dialog_new (window, path)), GTK_WINDOW (window));
}

/** dure_import_dialog_ask: asks for a file and shows what importing it would do. */
void
dure_import_dialog_ask (DureWindow *window)
{
  dure_file_dialog_open_async (GTK_WINDOW (window), _ ("Choose a Spreadsheet"), _ ("Spreadsheets as text (CSV)"),
                               "csv tsv txt", NULL, chosen_cb, g_object_ref (window));
}
