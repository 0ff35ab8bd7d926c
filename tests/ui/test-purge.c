/* test-purge.c: records that are destroyed from the window: the question, and who is past the time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "app/register/dure-privacy-dialog.h"
#include "app/register/dure-purge-question.h"
#include "dure-ui-test.h"

typedef struct
{
  DureDesk  *desk;
  GtkWindow *window;
  char      *id;
  char      *said; /* by win.toast */
} Fixture;

static void
toast_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_free (*(char **)data);
  *(char **)data = g_variant_dup_string (parameter, NULL);
}

static char *
add_person (Fixture *fixture)
{
  g_autoptr (DureStore) store = dure_store_open (dure_store_get_path (dure_desk_get_store (fixture->desk)), 0, NULL);
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_PERSON);
  g_autoptr (GError) error = NULL;

  dure_record_set (record, DURE_PERSON_NAME, "김두레");
  dure_record_set (record, DURE_PERSON_MOBILE, "01012345678");
  dure_record_set (record, DURE_PERSON_KEEP_UNTIL, "2020-12-31");
  dure_store_write (store, record, &error);
  g_assert_no_error (error);
  return g_strdup (dure_record_get_id (record));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desk = dure_ui_test_open_desk (NULL);
  fixture->id = add_person (fixture);
  fixture->window = dure_ui_test_window_new ("toast", "s", G_CALLBACK (toast_cb), &fixture->said);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  dure_ui_test_close (fixture->window);
  dure_ui_test_let_go (fixture->desk);
  g_free (fixture->id);
  g_free (fixture->said);
}

static gboolean
is_said (gpointer data)
{
  return ((Fixture *)data)->said != NULL;
}

static DureRecord *
look (Fixture *fixture)
{
  return dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_PERSON, fixture->id, NULL);
}

/* Without a reason there is no purge; with one it is done, and said. */
static void
answer (Fixture *fixture)
{
  GtkWidget *dialog = dure_ui_test_find_window (ADW_TYPE_MESSAGE_DIALOG);
  GtkWidget *reason;
  g_autoptr (DureRecord) person = NULL;

  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), "김두레"));
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "purge"));
  reason = dure_ui_test_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_nonnull (reason);
  gtk_widget_activate (reason);
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "purge"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "purge");
  dure_ui_test_wait (is_said, fixture, "the purge is said");
  g_assert_nonnull (strstr (fixture->said, "김두레"));
  person = look (fixture);
  g_assert_true (dure_store_is_purged (person));
  g_assert_null (dure_record_get (person, DURE_PERSON_MOBILE));
}

static void
test_question (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (records, look (fixture));
  dure_purge_question_present (fixture->window, fixture->desk, records);
  answer (fixture);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DureRecord) person = NULL;
  GtkWidget *dialog;

  g_ptr_array_add (records, look (fixture));
  dure_purge_question_present (fixture->window, fixture->desk, records);
  dialog = dure_ui_test_find_window (ADW_TYPE_MESSAGE_DIALOG);
  gtk_widget_activate (dure_ui_test_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL));
  gtk_window_close (GTK_WINDOW (dialog));
  dure_ui_test_rest (100);
  person = look (fixture);
  g_assert_cmpstr (dure_record_get (person, DURE_PERSON_MOBILE), ==, "01012345678");
}

static gboolean
shows_person (gpointer dialog)
{
  return dure_ui_test_find (dialog, ADW_TYPE_ACTION_ROW, "김두레") != NULL;
}

static gboolean
is_asked (gpointer data)
{
  return dure_ui_test_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

static gboolean
shows_no_person (gpointer dialog)
{
  return !shows_person (dialog);
}

/* Who is past the time is listed, and goes from there. */
static void
test_past_the_time (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  dure_privacy_dialog_present (fixture->window, fixture->desk);
  dialog = dure_ui_test_find_window (DURE_TYPE_PRIVACY_DIALOG);
  g_assert_nonnull (dialog);
  dure_ui_test_wait (shows_person, dialog, "who is past the time is listed");
  gtk_widget_activate (dure_ui_test_find (dialog, GTK_TYPE_BUTTON, "Purge…"));
  dure_ui_test_wait (is_asked, NULL, "the question");
  answer (fixture);
  dure_ui_test_wait (shows_no_person, dialog, "nobody is past the time any more");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add ("/ui/purge/question", Fixture, NULL, set_up, test_question, tear_down);
  g_test_add ("/ui/purge/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/ui/purge/past-the-time", Fixture, NULL, set_up, test_past_the_time, tear_down);
  return g_test_run ();
}
