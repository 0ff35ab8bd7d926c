/* test-backup.c: backups in the window: made by themselves, on demand, and gone back to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "app/shell/dure-backup-keeper.h"
#include "app/shell/dure-backup-page.h"
#include "app/shell/dure-export-dialog.h"
#include "app/shell/dure-file-dialog.h"
#include "app/shell/dure-preferences.h"
#include "app/shell/dure-settings.h"
#include "app/shell/dure-trouble.h"
#include "app/shell/dure-welcome.h"
#include "app/shell/dure-window.h"
#include "dure-ui-test.h"
#include "exchange/dure-export-all.h"
#include "store/dure-store-backups.h"

static gboolean
has_keeper (gpointer window)
{
  return dure_window_get_backups (window) != NULL;
}

static DureWindow *
open_store (const char *path)
{
  DureWindow *window;

  dure_ui_test_make_store (path, "gwangmyeong");
  window = dure_ui_test_open (path);
  dure_ui_test_wait (has_keeper, window, "somebody keeps backups");
  return window;
}

static GPtrArray *
copies_of (const char *path)
{
  g_autofree char *folder = dure_backups_folder (path, NULL);
  GPtrArray *list = dure_backups_list (folder, NULL);

  g_assert_nonnull (list);
  return list;
}

static gboolean
has_copy (gpointer path)
{
  g_autoptr (GPtrArray) list = copies_of (path);

  return list->len == 1;
}

static guint
count_agencies (DureWindow *window)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);

  return (guint) dure_store_count (dure_desk_get_store (dure_window_get_desk (window)), query, NULL);
}

static void
add_agency (const char *path)
{
  g_autoptr (DureStore) store = dure_store_open (path, 0, NULL);
  g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
  g_autoptr (GError) error = NULL;

  dure_record_set (agency, DURE_AGENCY_NAME, "나중에 적은 기관");
  dure_record_set (agency, DURE_AGENCY_KIND, "welfare-centre");
  dure_record_set (agency, DURE_AGENCY_SECTOR, "private");
  dure_store_write (store, agency, &error);
  g_assert_no_error (error);
}

static void
test_daily (void)
{
  g_autofree char *path = dure_ui_test_path ();
  DureWindow *window = open_store (path);
  g_autoptr (GPtrArray) list = NULL;

  dure_settings_set_bool ("backup", FALSE);
  dure_backup_keeper_look (dure_window_get_backups (window));
  dure_ui_test_rest (300);
  list = copies_of (path);
  g_assert_cmpuint (list->len, ==, 0);
  dure_settings_set_bool ("backup", TRUE);
  dure_backup_keeper_look (dure_window_get_backups (window));
  dure_ui_test_wait (has_copy, path, "today's backup is made");
  add_agency (path);
  dure_ui_test_rest (300);
  dure_backup_keeper_look (dure_window_get_backups (window));
  dure_ui_test_rest (300);
  g_assert_true (has_copy (path));
  dure_ui_test_close (window);
}

static gboolean
has_notice (gpointer window)
{
  return dure_window_get_notice (window) != NULL;
}

static void
test_failure_is_said (void)
{
  g_autofree char *path = dure_ui_test_path ();
  DureWindow *window = open_store (path);

  /* A file is no folder. */
  dure_settings_set_text ("backup-folder", path);
  dure_backup_keeper_look (dure_window_get_backups (window));
  dure_ui_test_wait (has_notice, window, "the window says that there is no backup");
  g_assert_nonnull (strstr (dure_window_get_notice (window), path));
  dure_settings_set_text ("backup-folder", "");
  dure_ui_test_close (window);
}

static gboolean
can_go_back (gpointer preferences)
{
  return dure_ui_test_find (preferences, GTK_TYPE_BUTTON, "Go Back…") != NULL;
}

static gboolean
is_asked (gpointer data)
{
  return dure_ui_test_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

static gboolean
has_desk (gpointer window)
{
  return dure_window_get_desk (window) != NULL && dure_window_get_backups (window) != NULL;
}

static void
test_go_back (void)
{
  g_autofree char *path = dure_ui_test_path ();
  DureWindow *window = open_store (path);
  guint       before = count_agencies (window);
  GtkWidget  *preferences = dure_preferences_new (window);
  g_autoptr (GPtrArray) list = NULL;

  gtk_window_present (GTK_WINDOW (preferences));
  g_assert_false (can_go_back (preferences));
  g_signal_emit_by_name (dure_ui_test_find (preferences, GTK_TYPE_BUTTON, "Back Up Now"), "clicked");
  dure_ui_test_wait (can_go_back, preferences, "the list shows the new backup");
  add_agency (path);
  g_assert_cmpuint (count_agencies (window), ==, before + 1);
  g_signal_emit_by_name (dure_ui_test_find (preferences, GTK_TYPE_BUTTON, "Go Back…"), "clicked");
  dure_ui_test_wait (is_asked, NULL, "it asks first");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dure_ui_test_find_window (ADW_TYPE_MESSAGE_DIALOG)), "restore");
  g_assert_null (dure_window_get_desk (window));
  dure_ui_test_wait (has_desk, window, "the window opens what was restored");
  g_assert_cmpuint (count_agencies (window), ==, before);
  g_assert_null (dure_window_get_notice (window));
  list = copies_of (path);
  g_assert_cmpuint (list->len, ==, 2);
  for (guint i = 0; i < list->len; i++)
    {
      const DureBackup *backup = list->pdata[i];
      g_autoptr (DureStore) copy = dure_store_open (backup->path, DURE_STORE_READ_ONLY, NULL);
      g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);

      g_assert_cmpint (dure_store_count (copy, query, NULL), ==, before + backup->before);
    }
  dure_ui_test_close (window);
}

static gboolean
offers_newest (gpointer window)
{
  GtkWidget *trouble = dure_ui_test_find (window, DURE_TYPE_TROUBLE, NULL);
  GtkWidget *button = trouble != NULL ? dure_ui_test_find (trouble, GTK_TYPE_BUTTON, NULL) : NULL;

  return button != NULL && gtk_widget_get_visible (button)
         && g_str_has_prefix (gtk_button_get_label (GTK_BUTTON (button)), "_Go Back to the Backup of");
}

/* Whoever finds his store damaged in the morning goes back to yesterday with one button. */
static void
test_damaged (void)
{
  g_autofree char *path = dure_ui_test_path ();
  DureWindow *window;
  g_autoptr (GError) error = NULL;

  dure_ui_test_make_store (path, "gwangmyeong");
  {
    g_autofree char *folder = dure_backups_folder (path, NULL);
    g_autoptr (DureStore) store = dure_store_open (path, 0, &error);

    g_free (dure_backups_make (store, folder, 14, FALSE, NULL, &error));
    g_assert_no_error (error);
  }
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  window = dure_ui_test_open (path);
  dure_ui_test_wait (offers_newest, window, "the newest backup is offered");
  g_signal_emit_by_name (dure_ui_test_find (dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_TROUBLE, NULL),
                                            GTK_TYPE_BUTTON, NULL),
                         "clicked");
  dure_ui_test_wait (has_desk, window, "the window opens what was restored");
  g_assert_cmpuint (count_agencies (window), >, 10);
  dure_ui_test_close (window);
}

static GFile *
choose_folder (GtkFileChooserAction action, const char *title, gpointer data)
{
  return g_file_new_for_path (data);
}

static gboolean
has_export_dialog (gpointer data)
{
  return dure_ui_test_find_window (DURE_TYPE_EXPORT_DIALOG) != NULL;
}

static gboolean
has_no_export_dialog (gpointer data)
{
  return !has_export_dialog (data);
}

/* Personal data of many leave the program for a reason only. */
static void
test_export (void)
{
  g_autofree char *path = dure_ui_test_path ();
  DureWindow      *window = open_store (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *manifest = g_build_filename (folder, "dure-2025-06-20", "manifest.json", NULL);
  g_autofree char *text = NULL;
  GtkWidget       *dialog, *button, *reason;

  dure_file_dialog_set_stub (choose_folder, folder);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.export-all", NULL));
  dure_ui_test_wait (has_export_dialog, NULL, "the dialog opens");
  dialog = dure_ui_test_find_window (DURE_TYPE_EXPORT_DIALOG);
  button = dure_ui_test_find (dialog, GTK_TYPE_BUTTON, "_Export…");
  reason = dure_ui_test_find (dialog, ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (reason), "  ");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (reason), "감사 자료");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  dure_ui_test_wait (has_no_export_dialog, NULL, "the dialog closes when everything is there");
  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"감사 자료\""));
  dure_file_dialog_set_stub (NULL, NULL);
  dure_ui_test_close (window);
}

static gboolean
offers_export (gpointer window)
{
  return dure_ui_test_find (window, ADW_TYPE_ACTION_ROW, "Bring Back an Export") != NULL;
}

static gboolean
says_missing (gpointer window)
{
  return dure_ui_test_find_part (window, "manifest.json") != NULL;
}

/* A new computer begins with what another one exported. */
static void
test_bring_back (void)
{
  g_autofree char *path = dure_ui_test_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *out = g_build_filename (folder, "everything", NULL);
  g_autofree char *other = dure_ui_test_path ();
  g_autoptr (GError) error = NULL;
  DureWindow *window;

  dure_ui_test_make_store (path, "gwangmyeong");
  {
    g_autoptr (DureStore) store = dure_store_open (path, 0, &error);

    dure_export_all (store, out, "새 PC로 옮김", NULL, NULL, NULL, &error);
    g_assert_no_error (error);
  }
  window = dure_ui_test_open (other);
  dure_ui_test_wait (offers_export, window, "the first page offers it");
  dure_file_dialog_set_stub (choose_folder, folder);
  g_signal_emit_by_name (dure_ui_test_find (GTK_WIDGET (window), ADW_TYPE_ACTION_ROW, "Bring Back an Export"), "activated");
  dure_ui_test_wait (says_missing, window, "a folder without an export is refused");
  dure_file_dialog_set_stub (choose_folder, out);
  g_signal_emit_by_name (dure_ui_test_find (GTK_WIDGET (window), ADW_TYPE_ACTION_ROW, "Bring Back an Export"), "activated");
  dure_ui_test_wait (has_desk, window, "the window shows what was exported");
  g_assert_cmpuint (count_agencies (window), ==, 32);
  dure_file_dialog_set_stub (NULL, NULL);
  dure_ui_test_close (window);
}

static gboolean
imports (gpointer window)
{
  GtkWidget *button = dure_ui_test_find (window, GTK_TYPE_BUTTON, "Cancel");

  return button != NULL && gtk_widget_get_mapped (button);
}

static gboolean
may_begin (gpointer window)
{
  return !imports (window)
         && gtk_widget_is_sensitive (dure_ui_test_find (window, ADW_TYPE_ACTION_ROW, "Bring Back an Export"));
}

/* A large one shows that it is under way, and can be stopped: nothing of it is left. */
static void
test_bring_back_stopped (void)
{
  g_autofree char *path = dure_ui_test_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *out = g_build_filename (folder, "everything", NULL);
  g_autofree char *other = dure_ui_test_path ();
  g_autoptr (DureStore) store = NULL;
  g_autoptr (GError) error = NULL;
  DureWindow *window;

  store = dure_store_open (path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (dure_store_begin (store, "많은 기관", &error));
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
      g_autofree char *name = g_strdup_printf ("복지관 %u", i);

      dure_record_set (agency, DURE_AGENCY_NAME, name);
      dure_record_set (agency, DURE_AGENCY_KIND, "welfare-centre");
      dure_record_set (agency, DURE_AGENCY_SECTOR, "private");
      g_assert_true (dure_store_write (store, agency, &error));
    }
  g_assert_true (dure_store_commit (store, &error));
  g_assert_true (dure_export_all (store, out, "시험", NULL, NULL, NULL, &error));
  window = dure_ui_test_open (other);
  dure_ui_test_wait (offers_export, window, "the first page offers it");
  dure_file_dialog_set_stub (choose_folder, out);
  g_signal_emit_by_name (dure_ui_test_find (GTK_WIDGET (window), ADW_TYPE_ACTION_ROW, "Bring Back an Export"), "activated");
  dure_ui_test_wait (imports, window, "the import is under way");
  g_signal_emit_by_name (dure_ui_test_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, "Cancel"), "clicked");
  dure_ui_test_wait (may_begin, window, "the page is as before");
  g_assert_null (dure_window_get_desk (window));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  dure_file_dialog_set_stub (NULL, NULL);
  dure_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/backup/daily", test_daily);
  g_test_add_func ("/ui/backup/failure-is-said", test_failure_is_said);
  g_test_add_func ("/ui/backup/go-back", test_go_back);
  g_test_add_func ("/ui/backup/damaged", test_damaged);
  g_test_add_func ("/ui/backup/export", test_export);
  g_test_add_func ("/ui/backup/bring-back", test_bring_back);
  g_test_add_func ("/ui/backup/bring-back-stopped", test_bring_back_stopped);
  return g_test_run ();
}
