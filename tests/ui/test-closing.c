/* test-closing.c: windows that close while something works for their dialogs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each case opens a dialog, starts its work and closes before the main loop hears of the end: the dialog first, or the
 * window under it at once. What a task tells afterwards finds nobody, and nothing is left.
 */
#include "config.h"

#include "app/calendar/dure-event-dialog.h"
#include "app/register/dure-duplicates-dialog.h"
#include "app/register/dure-merge-dialog.h"
#include "app/register/dure-privacy-dialog.h"
#include "app/register/dure-purge-question.h"
#include "app/shell/dure-export-dialog.h"
#include "app/shell/dure-file-dialog.h"
#include "app/shell/dure-import-dialog.h"
#include "app/shell/dure-palette.h"
#include "app/shell/dure-preferences.h"
#include "app/sync/dure-conflict-dialog.h"
#include "app/sync/dure-enrol-dialog.h"
#include "app/widgets/dure-dialog.h"
#include "app/widgets/dure-new-record-dialog.h"
#include "dure-ui-test.h"
#include "store/dure-store-backups.h"

typedef struct
{
  const char *name;
  /* Opens the dialog, starts its work, returns the dialog. */
  GtkWidget *(*start) (DureWindow *window);
} Case;

static GtkWidget *
dialog_of (GType type)
{
  GtkWidget *dialog = dure_ui_test_find_window (type);

  g_assert_nonnull (dialog);
  return dialog;
}

static void
click (GtkWidget *dialog, const char *label)
{
  GtkWidget *button = dure_ui_test_find (dialog, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static GPtrArray *
list (DureWindow *window, DureEntityId entity)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);
  GPtrArray *found = dure_store_list (dure_desk_get_store (dure_window_get_desk (window)), query, NULL);

  g_assert_cmpuint (found->len, >, 1);
  return found;
}

static GtkWidget *
start_duplicates (DureWindow *window)
{
  dure_duplicates_dialog_present (GTK_WINDOW (window), dure_window_get_desk (window), DURE_ENTITY_AGENCY);
  return dialog_of (DURE_TYPE_DUPLICATES_DIALOG);
}

static GtkWidget *
start_merge (DureWindow *window)
{
  g_autoptr (GPtrArray) agencies = list (window, DURE_ENTITY_AGENCY);
  GtkWidget *dialog;

  dure_merge_dialog_present (GTK_WINDOW (window), dure_window_get_desk (window), DURE_ENTITY_AGENCY,
                             dure_record_get_id (agencies->pdata[0]), dure_record_get_id (agencies->pdata[1]));
  dialog = dialog_of (DURE_TYPE_MERGE_DIALOG);
  g_assert_true (gtk_widget_activate_action (dialog, "merge.merge", NULL));
  return dialog;
}

static GtkWidget *
start_conflicts (DureWindow *window)
{
  GtkWidget *dialog;

  dure_conflict_dialog_present (GTK_WINDOW (window), dure_window_get_desk (window));
  dialog = dialog_of (DURE_TYPE_CONFLICT_DIALOG);
  click (dialog, "Keep All Latest");
  return dialog;
}

static GtkWidget *
start_privacy (DureWindow *window)
{
  dure_privacy_dialog_present (GTK_WINDOW (window), dure_window_get_desk (window));
  return dialog_of (DURE_TYPE_PRIVACY_DIALOG);
}

static GtkWidget *
start_purge (DureWindow *window)
{
  GtkWidget *dialog = start_privacy (window);
  g_autoptr (GPtrArray) people = list (window, DURE_ENTITY_PERSON);
  GtkWidget *question;

  g_ptr_array_set_size (people, 1);
  dure_purge_question_present (GTK_WINDOW (dialog), dure_window_get_desk (window), people);
  question = dialog_of (ADW_TYPE_MESSAGE_DIALOG);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (dure_ui_test_find (question, GTK_TYPE_CHECK_BUTTON, NULL)), TRUE);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "purge");
  return dialog;
}

/* Not answered: what it asks about is given back, too. */
static GtkWidget *
start_question (DureWindow *window)
{
  g_autoptr (GPtrArray) people = list (window, DURE_ENTITY_PERSON);

  dure_purge_question_present (GTK_WINDOW (window), dure_window_get_desk (window), people);
  return dialog_of (ADW_TYPE_MESSAGE_DIALOG);
}

static GtkWidget *
start_enrolment (DureWindow *window)
{
  static const struct
  {
    const char *title;
    const char *text;
  } rows[] = {
    { "Server address", "https://127.0.0.1:1" },
    { "Municipality (as the server names it)", "gm" },
    { "User name", "kim" },
    { "Password", "x" },
  };
  GtkWidget *dialog;

  dure_enrol_dialog_present (GTK_WINDOW (window), dure_window_get_desk (window));
  dialog = dialog_of (DURE_TYPE_ENROL_DIALOG);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_editable_set_text (GTK_EDITABLE (dure_ui_test_find (dialog, ADW_TYPE_ENTRY_ROW, rows[i].title)), rows[i].text);
  click (dialog, "Enrol");
  return dialog;
}

static GtkWidget *
start_event (DureWindow *window)
{
  DureEventDialog *dialog = dure_event_dialog_present (GTK_WIDGET (window), dure_window_get_desk (window), 20259, 20259);

  dure_event_dialog_set_value (dialog, DURE_EVENT_TITLE, "간담회");
  dure_event_dialog_set_value (dialog, DURE_EVENT_KIND, "round-table");
  dure_event_dialog_save (dialog);
  return GTK_WIDGET (dialog);
}

static GtkWidget *
start_record (DureWindow *window)
{
  g_autoptr (DureRecord) venue = dure_record_new (DURE_ENTITY_VENUE);
  DureNewRecordDialog *dialog;

  dure_record_set (venue, DURE_VENUE_NAME, "새 회의실");
  dialog = dure_new_record_dialog_present (GTK_WINDOW (window), dure_window_get_desk (window), venue);
  dure_new_record_dialog_save (dialog);
  return GTK_WIDGET (dialog);
}

static GtkWidget *
start_import (DureWindow *window)
{
  g_autofree char *folder = g_path_get_dirname (dure_window_get_path (window));
  g_autofree char *path = g_build_filename (folder, "agencies.csv", NULL);
  GtkWidget       *dialog;

  g_assert_true (g_file_set_contents (path, "name,kind,sector\n새 기관,welfare-centre,private\n", -1, NULL));
  dialog = dure_import_dialog_new (window, path);
  dure_dialog_present (GTK_WINDOW (dialog), GTK_WINDOW (window));
  click (dialog, "_Import");
  return dialog;
}

static GFile *
choose_folder (GtkFileChooserAction action, const char *title, gpointer data)
{
  g_autofree char *path = dure_ui_test_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  return g_file_new_for_path (folder);
}

static gboolean
has_begun (gpointer dialog)
{
  return !dure_dialog_is_open (dialog)
         || gtk_widget_get_visible (dure_ui_test_find (dialog, GTK_TYPE_PROGRESS_BAR, NULL));
}

/* One that has ended before it was seen at work is begun anew. */
static GtkWidget *
start_export (DureWindow *window)
{
  GtkWidget *dialog = NULL;
  gboolean   open = FALSE;

  dure_file_dialog_set_stub (choose_folder, NULL);
  while (!open)
    {
      dure_export_dialog_present (window);
      dialog = dialog_of (DURE_TYPE_EXPORT_DIALOG);
      g_object_ref (dialog);
      gtk_editable_set_text (GTK_EDITABLE (dure_ui_test_find (dialog, ADW_TYPE_ENTRY_ROW, NULL)), "감사 자료");
      click (dialog, "_Export…");
      dure_ui_test_wait (has_begun, dialog, "the export begins");
      open = dure_dialog_is_open (dialog);
      g_object_unref (dialog);
    }
  return dialog;
}

static GtkWidget *
start_palette (DureWindow *window)
{
  GtkWidget *dialog = dure_palette_new (window);

  dure_dialog_present (GTK_WINDOW (dialog), GTK_WINDOW (window));
  dure_palette_set_text (DURE_PALETTE (dialog), "복지");
  dure_palette_set_text (DURE_PALETTE (dialog), "복지관");
  return dialog;
}

static GtkWidget *
start_preferences (DureWindow *window)
{
  GtkWidget *dialog = dure_preferences_new (window);

  dure_dialog_present (GTK_WINDOW (dialog), GTK_WINDOW (window));
  g_signal_emit_by_name (dure_ui_test_find (dialog, ADW_TYPE_ENTRY_ROW, NULL), "apply");
  click (dialog, "Back Up Now");
  return dialog;
}

static const Case cases[] = {
  { "duplicates", start_duplicates }, { "merge", start_merge },     { "conflicts", start_conflicts },
  { "privacy", start_privacy },       { "purge", start_purge },     { "question", start_question },
  { "enrolment", start_enrolment },   { "event", start_event },     { "new-record", start_record },
  { "import", start_import },         { "export", start_export },   { "palette", start_palette },
  { "preferences", start_preferences },
};

static gboolean
is_ready (gpointer window)
{
  return dure_window_get_backups (window) != NULL;
}

static void
run (const Case *one, gboolean dialog_first)
{
  g_autofree char *path = dure_ui_test_path ();
  DureWindow *window;
  gpointer    weak_window, weak_desk, weak_dialog;

  dure_ui_test_make_store (path, "gwangmyeong");
  window = dure_ui_test_open (path);
  dure_ui_test_wait (is_ready, window, "the window stands");
  weak_window = window;
  weak_desk = dure_window_get_desk (window);
  weak_dialog = one->start (window);
  g_object_add_weak_pointer (G_OBJECT (window), &weak_window);
  g_object_add_weak_pointer (G_OBJECT (weak_desk), &weak_desk);
  g_object_add_weak_pointer (G_OBJECT (weak_dialog), &weak_dialog);
  if (dialog_first)
    gtk_window_destroy (weak_dialog);
  gtk_window_destroy (GTK_WINDOW (window));
  dure_ui_test_wait (dure_ui_test_is_gone, &weak_window, "the window is finalised");
  dure_ui_test_wait (dure_ui_test_is_gone, &weak_dialog, "the dialog is finalised");
  dure_ui_test_wait (dure_ui_test_is_gone, &weak_desk, "nothing holds the store any more");
  dure_file_dialog_set_stub (NULL, NULL);
}

static void
test_dialog_first (gconstpointer data)
{
  run (data, TRUE);
}

static void
test_window_at_once (gconstpointer data)
{
  run (data, FALSE);
}

/* The window that goes back to a backup. */
static void
test_restore (void)
{
  g_autofree char *path = dure_ui_test_path ();
  g_autofree char *folder = dure_backups_folder (path, NULL);
  g_autofree char *backup = NULL;
  g_autoptr (GError) error = NULL;
  DureWindow *window;

  dure_ui_test_make_store (path, "gwangmyeong");
  {
    g_autoptr (DureStore) store = dure_store_open (path, 0, &error);

    backup = dure_backups_make (store, folder, 14, FALSE, NULL, &error);
    g_assert_no_error (error);
  }
  window = dure_ui_test_open (path);
  dure_ui_test_wait (is_ready, window, "the window stands");
  dure_window_restore (window, backup);
  dure_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = g_strdup_printf ("/ui/closing/%s/dialog-first", cases[i].name);
      g_autofree char *at_once = g_strdup_printf ("/ui/closing/%s/window-at-once", cases[i].name);

      g_test_add_data_func (first, &cases[i], test_dialog_first);
      g_test_add_data_func (at_once, &cases[i], test_window_at_once);
    }
  g_test_add_func ("/ui/closing/restore", test_restore);
  return g_test_run ();
}
