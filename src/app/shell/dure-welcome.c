/* dure-welcome.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-welcome.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "app/shell/dure-file-dialog.h"
#include "base/dure-error.h"
#include "domain/dure-sample.h"
#include "exchange/dure-import-all.h"

#define PROGRESS_MS 100

/* What the thread that makes the store needs; the page reads only @permille meanwhile. */
typedef struct
{
  char       *path;
  char       *sample;   /* NULL for an empty store */
  char       *exported; /* (nullable): a folder into which everything was exported */
  const char *action;
  gint        permille;
} Making;

struct _DureWelcome
{
  AdwBin               parent_instance;

  AdwPreferencesGroup *start_group;
  AdwPreferencesGroup *sample_group;
  AdwActionRow        *empty_row;
  AdwActionRow        *import_row;
  GtkWidget           *waiting;
  GtkWidget           *importing;
  GtkProgressBar      *progress;
  GtkLabel            *error_label;

  char                *path;
  GCancellable        *cancellable; /* of what is under way */
  Making              *making;      /* of the import that is under way, or NULL */
  guint                source;
  gboolean             samples_apart;
};

G_DEFINE_FINAL_TYPE (DureWelcome, dure_welcome, ADW_TYPE_BIN)

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
making_free (gpointer data)
{
  Making *making = data;

  g_free (making->path);
  g_free (making->sample);
  g_free (making->exported);
  g_free (making);
}

static void
make_store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Making          *making = data;
  g_autofree char *folder = g_path_get_dirname (making->path);
  g_autofree char *part = g_strconcat (making->path, ".part", NULL);
  g_autoptr (DureStore) store = NULL;
  GError          *error = NULL;

  /* A sample that was looked at before is there already. */
  if (g_file_test (making->path, G_FILE_TEST_EXISTS))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_task_return_new_error (task, DURE_ERROR, DURE_ERROR_FAILED, _ ("The folder “%s” could not be made: %s."),
                               folder, g_strerror (errno));
      return;
    }
  /* The store takes its name when it is whole, so that a start that was cut short is a first start again. */
  g_unlink (part);
  store = dure_store_open (part, DURE_STORE_CREATE, &error);
  if (store != NULL && making->sample != NULL && !dure_sample_fill (store, making->sample, &error))
    g_clear_object (&store);
  if (store == NULL)
    {
      g_unlink (part);
      g_task_return_error (task, error);
      return;
    }
  g_clear_object (&store);
  if (g_rename (part, making->path) != 0)
    g_task_return_new_error (task, DURE_ERROR, DURE_ERROR_FAILED, _ ("The file “%s” could not be made: %s."),
                             making->path, g_strerror (errno));
  else
    g_task_return_boolean (task, TRUE);
}

static void
told (double done, gpointer data)
{
  g_atomic_int_set (&((Making *)data)->permille, (gint)(done * 1000));
}

static void
import_store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Making         *making = data;
  DureImportedAll imported;
  GError         *error = NULL;

  if (dure_import_all (making->exported, making->path, told, making, cancellable, &imported, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  dure_imported_all_clear (&imported);
}

static gboolean
progress_cb (gpointer user_data)
{
  DureWelcome *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->making->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

/* @making: what is under way, or %NULL. An import may be large: it shows how far it is, and can be stopped. */
static void
set_busy (DureWelcome *self, Making *making)
{
  gboolean imports = making != NULL && making->exported != NULL;

  self->making = making;
  g_clear_handle_id (&self->source, g_source_remove);
  if (imports)
    self->source = g_timeout_add (PROGRESS_MS, progress_cb, self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->start_group), making == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sample_group), making == NULL);
  gtk_widget_set_visible (self->waiting, making != NULL && !imports);
  gtk_widget_set_visible (self->importing, imports);
}

static void
say (DureWelcome *self, const char *sentence)
{
  gtk_label_set_label (self->error_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DureWelcome *self = DURE_WELCOME (source);
  Making      *making = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  set_busy (self, NULL);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_signal_emit (self, signals[READY], 0, making->path, making->action);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message);
}

static void
begin (DureWelcome *self, const char *sample, char *exported, const char *action)
{
  g_autoptr (GTask) task = NULL;
  Making *making = g_new0 (Making, 1);

  if (sample != NULL && self->samples_apart)
    {
      g_autofree char *folder = g_path_get_dirname (self->path);
      g_autofree char *name = g_strconcat ("sample-", sample, ".db", NULL);

      making->path = g_build_filename (folder, name, NULL);
    }
  else
    making->path = g_strdup (self->path);
  making->sample = g_strdup (sample);
  making->exported = exported;
  making->action = action;
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
  set_busy (self, making);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, made_cb, NULL);
  /* What was made is told as made. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, making, making_free);
  g_task_run_in_thread (task, exported != NULL ? import_store : make_store);
}

static void
empty_activated_cb (DureWelcome *self)
{
  begin (self, NULL, NULL, NULL);
}

static void
import_activated_cb (DureWelcome *self)
{
  begin (self, NULL, NULL, "win.import");
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureWelcome) self = user_data;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, NULL);
  char *folder = file != NULL ? g_file_get_path (file) : NULL;

  if (folder != NULL)
    begin (self, NULL, folder, NULL);
  else if (file != NULL)
    say (self, _ ("This folder cannot be used as one of this computer. Choose another."));
}

static void
exported_activated_cb (DureWelcome *self)
{
  dure_file_dialog_folder_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Folder of an Export"), NULL,
                                 folder_chosen_cb, g_object_ref (self));
}

static void
cancel_clicked_cb (DureWelcome *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* The window closes: nothing is left of what is under way. */
static void
dure_welcome_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (DURE_WELCOME (widget)->cancellable);
  GTK_WIDGET_CLASS (dure_welcome_parent_class)->unrealize (widget);
}

static void
sample_activated_cb (AdwActionRow *row, DureWelcome *self)
{
  begin (self, g_object_get_data (G_OBJECT (row), "dure-sample"), NULL, NULL);
}

static void
dure_welcome_dispose (GObject *object)
{
  g_clear_handle_id (&DURE_WELCOME (object)->source, g_source_remove);
  G_OBJECT_CLASS (dure_welcome_parent_class)->dispose (object);
}

static void
dure_welcome_finalize (GObject *object)
{
  g_clear_object (&DURE_WELCOME (object)->cancellable);
  g_free (DURE_WELCOME (object)->path);
  G_OBJECT_CLASS (dure_welcome_parent_class)->finalize (object);
}

static void
dure_welcome_class_init (DureWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_welcome_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_welcome_finalize;
  widget_class->unrealize = dure_welcome_unrealize;

  signals[READY] = g_signal_new ("ready", DURE_TYPE_WELCOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, DureWelcome, start_group);
  gtk_widget_class_bind_template_child (widget_class, DureWelcome, sample_group);
  gtk_widget_class_bind_template_child (widget_class, DureWelcome, empty_row);
  gtk_widget_class_bind_template_child (widget_class, DureWelcome, import_row);
  gtk_widget_class_bind_template_child (widget_class, DureWelcome, waiting);
  gtk_widget_class_bind_template_child (widget_class, DureWelcome, importing);
  gtk_widget_class_bind_template_child (widget_class, DureWelcome, progress);
  gtk_widget_class_bind_template_child (widget_class, DureWelcome, error_label);
  gtk_widget_class_bind_template_callback (widget_class, empty_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, exported_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
}

static void
dure_welcome_init (DureWelcome *self)
{
  const DureSample *samples = dure_sample_names ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; samples[i].name != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), samples[i].title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), samples[i].detail);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_object_set_data_full (G_OBJECT (row), "dure-sample", g_strdup (samples[i].name), g_free);
      g_signal_connect (row, "activated", G_CALLBACK (sample_activated_cb), self);
      adw_preferences_group_add (self->sample_group, row);
    }
}

/**
 * dure_welcome_new:
 * @path: where the store will be
 * @samples_apart: samples get files of their own beside @path, so that they never mix with an officer's records
 */
GtkWidget *
dure_welcome_new (const char *path, gboolean samples_apart)
{
  DureWelcome *self = g_object_new (DURE_TYPE_WELCOME, NULL);

  self->path = g_strdup (path);
  self->samples_apart = samples_apart;
  if (samples_apart)
    adw_preferences_group_set_description (self->sample_group,
                                           _ ("Kept in a file of its own. It never mixes with your records."));
  return GTK_WIDGET (self);
}

/** dure_welcome_begin: as if a row was activated: with a sample, or with %NULL empty. */
void
dure_welcome_begin (DureWelcome *self, const char *sample)
{
  g_return_if_fail (DURE_IS_WELCOME (self));

  begin (self, sample, NULL, NULL);
}
