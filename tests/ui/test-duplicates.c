/* test-duplicates.c: pairs that look like one, two records side by side, and the hint at a new record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "app/register/dure-duplicates-dialog.h"
#include "app/register/dure-merge-dialog.h"
#include "app/widgets/dure-new-record-dialog.h"
#include "dure-ui-test.h"

typedef struct
{
  DureDesk  *desk;
  GtkWindow *window;
  char      *one;
  char      *other;
  char      *opened; /* by win.open */
} Fixture;

static char *
add_agency (Fixture *fixture, const char *name, guint field, const char *value)
{
  g_autoptr (DureStore) store = dure_store_open (dure_store_get_path (dure_desk_get_store (fixture->desk)), 0, NULL);
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_AGENCY);
  g_autoptr (GError) error = NULL;

  dure_record_set (record, DURE_AGENCY_NAME, name);
  dure_record_set (record, DURE_AGENCY_KIND, "welfare-centre");
  dure_record_set (record, DURE_AGENCY_SECTOR, "private");
  dure_record_set (record, field, value);
  dure_store_write (store, record, &error);
  g_assert_no_error (error);
  return g_strdup (dure_record_get_id (record));
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_variant_get_child (parameter, 1, "s", data);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desk = dure_ui_test_open_desk (NULL);
  fixture->one = add_agency (fixture, "하나복지관", DURE_AGENCY_HEAD, "김두레");
  fixture->other = add_agency (fixture, "하나 복지관", DURE_AGENCY_HEAD, "이두레");
  fixture->window = dure_ui_test_window_new ("open", "(ss)", G_CALLBACK (open_cb), &fixture->opened);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  dure_ui_test_close (fixture->window);
  dure_ui_test_let_go (fixture->desk);
  g_free (fixture->one);
  g_free (fixture->other);
  g_free (fixture->opened);
}

static gboolean
shows_pair (gpointer data)
{
  return dure_ui_test_find (data, ADW_TYPE_ACTION_ROW, NULL) != NULL;
}

static gboolean
shows_none (gpointer data)
{
  GtkWidget *stack = dure_ui_test_find (data, GTK_TYPE_STACK, NULL);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "empty") == 0;
}

static GtkWidget *
open_pairs (Fixture *fixture)
{
  GtkWidget *dialog;

  dure_duplicates_dialog_present (fixture->window, fixture->desk, DURE_ENTITY_AGENCY);
  dialog = dure_ui_test_find_window (DURE_TYPE_DUPLICATES_DIALOG);
  dure_ui_test_wait (shows_pair, dialog, "a pair is listed");
  return dialog;
}

static void
click (GtkWidget *below, const char *label)
{
  GtkWidget *button = dure_ui_test_find (below, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *)data != NULL;
}

static void
undo (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *label = NULL;

  dure_desk_undo_async (fixture->desk, done_cb, &result);
  dure_ui_test_wait (is_set, &result, "undone");
  label = dure_desk_undo_finish (fixture->desk, result, NULL);
  g_assert_nonnull (label);
}

static DureRecord *
read_record (Fixture *fixture, const char *id)
{
  return dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_AGENCY, id, NULL);
}

static void
test_not_the_same (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = open_pairs (fixture);

  g_assert_nonnull (dure_ui_test_find (dialog, GTK_TYPE_LABEL, "same name"));
  click (dialog, "Not the Same");
  dure_ui_test_wait (shows_none, dialog, "nothing is left");
  undo (fixture);
  dure_ui_test_wait (shows_pair, dialog, "the pair is back");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  GtkWidget *pairs = open_pairs (fixture), *dialog, *choice;
  gpointer   weak;
  g_autoptr (DureRecord) one = NULL;
  g_autoptr (DureRecord) other = NULL;

  g_signal_emit_by_name (dure_ui_test_find (pairs, ADW_TYPE_ACTION_ROW, NULL), "activated");
  dialog = dure_ui_test_find_window (DURE_TYPE_MERGE_DIALOG);
  g_assert_nonnull (dialog);
  weak = dialog;
  g_object_add_weak_pointer (G_OBJECT (dialog), &weak);
  /* The later value is suggested; the officer takes the other one. */
  choice = gtk_widget_get_ancestor (dure_ui_test_find (dialog, GTK_TYPE_LABEL, "이두레"), GTK_TYPE_CHECK_BUTTON);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (choice)));
  choice = gtk_widget_get_ancestor (dure_ui_test_find (dialog, GTK_TYPE_LABEL, "김두레"), GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
  gtk_widget_activate_action (dialog, "merge.merge", NULL);
  dure_ui_test_wait (dure_ui_test_is_gone, &weak, "merged");
  one = read_record (fixture, fixture->one);
  other = read_record (fixture, fixture->other);
  g_assert_cmpint (dure_record_get_deleted (one) + dure_record_get_deleted (other), ==, 1);
  g_assert_cmpstr (dure_record_get (dure_record_get_deleted (one) ? other : one, DURE_AGENCY_HEAD), ==, "김두레");
  dure_ui_test_wait (shows_none, pairs, "the list is empty");
  undo (fixture);
  dure_ui_test_wait (shows_pair, pairs, "the pair is back");
  gtk_window_destroy (GTK_WINDOW (pairs));
}

static gboolean
is_visible (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static void
test_hint (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_AGENCY);
  DureNewRecordDialog *dialog = dure_new_record_dialog_present (fixture->window, fixture->desk, record);
  GtkWidget *button = dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Open It");
  GtkWidget *entry;

  g_assert_false (gtk_widget_get_mapped (button));
  entry = dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_TEXT, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "하나복지관");
  g_signal_emit_by_name (entry, "activate");
  dure_ui_test_wait (is_visible, button, "the hint");
  click (GTK_WIDGET (dialog), "Open It");
  g_assert_nonnull (fixture->opened);
  g_assert_true (g_str_equal (fixture->opened, fixture->one) || g_str_equal (fixture->opened, fixture->other));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/ui/duplicates/not-the-same", test_not_the_same },
    { "/ui/duplicates/merge", test_merge },
    { "/ui/duplicates/hint", test_hint },
  };

  dure_ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
