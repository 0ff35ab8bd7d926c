/* test-attachments.c: files of a record in the real window: added, shown, saved, opened, removed and brought back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/shell/dure-file-dialog.h"
#include "app/shell/dure-window.h"
#include "app/widgets/dure-attachment-list.h"
#include "domain/dure-attachment.h"
#include "dure-ui-test.h"
#include "store/dure-store-blobs.h"

typedef struct
{
  DureWindow *window;
  DureStore  *store;
  char       *folder;
  char       *file; /* to be attached */
  char       *owner;
  DureEntityId entity;
  GtkWidget  *list;
  const char *name; /* what is looked for */
  const char *chosen;
} Fixture;

static gboolean
has_list (gpointer data)
{
  Fixture *fixture = data;

  fixture->list = dure_ui_test_find (GTK_WIDGET (fixture->window), DURE_TYPE_ATTACHMENT_LIST, NULL);
  return fixture->list != NULL;
}

static void
set_up (Fixture *fixture, gconstpointer kind)
{
  gboolean event = strcmp (kind, "event") == 0;
  g_autoptr (DureQuery) query = NULL;
  g_autoptr (GPtrArray) found = NULL;

  fixture->folder = g_dir_make_tmp ("dure-files-XXXXXX", NULL);
  fixture->file = g_build_filename (fixture->folder, "회의 자료 (최종).hwpx", NULL);
  g_assert_true (g_file_set_contents (fixture->file, "회의 자료", -1, NULL));
  g_setenv ("XDG_CACHE_HOME", fixture->folder, TRUE);
  fixture->window = dure_ui_test_open_sample ("gwangmyeong");
  fixture->entity = event ? DURE_ENTITY_EVENT : DURE_ENTITY_AGENCY;
  g_assert_true (dure_window_go (fixture->window, event ? "events" : "agencies"));
  fixture->store = dure_desk_get_store (dure_page_get_desk (dure_window_get_page (fixture->window)));
  query = dure_query_new (fixture->entity);
  found = dure_store_list (fixture->store, query, NULL);
  fixture->owner = g_strdup (dure_record_get_id (found->pdata[0]));
  g_assert_true (dure_window_open (fixture->window, fixture->entity, fixture->owner));
  dure_ui_test_wait (has_list, fixture, "the list of attachments");
}

static void
tear_down (Fixture *fixture, gconstpointer kind)
{
  dure_file_dialog_set_stub (NULL, NULL);
  dure_ui_test_close (fixture->window);
  g_free (fixture->folder);
  g_free (fixture->file);
  g_free (fixture->owner);
}

static gboolean
has_row (gpointer data)
{
  Fixture *fixture = data;

  return dure_ui_test_find (fixture->list, ADW_TYPE_ACTION_ROW, fixture->name) != NULL;
}

static gboolean
has_no_row (gpointer data)
{
  return !has_row (data);
}

static GFile *
choose (GtkFileChooserAction action, const char *title, gpointer data)
{
  return g_file_new_for_path (((Fixture *)data)->chosen);
}

static DureRecord *
only_attachment (Fixture *fixture)
{
  g_autoptr (GPtrArray) list = dure_attachment_list (fixture->store, fixture->entity, fixture->owner, NULL);

  g_assert_cmpuint (list->len, ==, 1);
  return g_object_ref (list->pdata[0]);
}

static gboolean
is_saved (gpointer path)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strcmp (text, "회의 자료") == 0;
}

/* The copy that another program gets: of its own name, in a folder of its own, only to be read. */
static gboolean
is_opened (gpointer data)
{
  Fixture         *fixture = data;
  g_autofree char *above = g_build_filename (g_get_user_cache_dir (), "dure", "open", NULL);
  g_autoptr (GDir) dir = g_dir_open (above, 0, NULL);
  const char      *name = dir != NULL ? g_dir_read_name (dir) : NULL;
  g_autofree char *copy = name != NULL ? g_build_filename (above, name, fixture->name, NULL) : NULL;
  struct stat      status;

  return copy != NULL && is_saved (copy) && stat (copy, &status) == 0 && (status.st_mode & 0777) == 0400;
}

static void
test_life (Fixture *fixture, gconstpointer kind)
{
  g_autofree char *saved = g_build_filename (fixture->folder, "saved.hwpx", NULL);
  g_autoptr (DureRecord) record = NULL;
  const char *id;

  /* An empty list says what to do. */
  g_assert_nonnull (dure_ui_test_find (fixture->list, GTK_TYPE_LABEL,
                                       "No files yet. Drop them here, or add one with the plus button."));
  fixture->name = "회의 자료 (최종).hwpx";
  fixture->chosen = fixture->file;
  dure_file_dialog_set_stub (choose, fixture);
  gtk_widget_activate_action (fixture->list, "attachments.add", NULL);
  dure_ui_test_wait (has_row, fixture, "the file in the list");
  record = only_attachment (fixture);
  id = dure_record_get_id (record);
  g_assert_cmpstr (dure_record_get (record, DURE_ATTACHMENT_NAME), ==, fixture->name);
  fixture->chosen = saved;
  gtk_widget_activate_action (fixture->list, "attachments.save", "s", id);
  dure_ui_test_wait (is_saved, saved, "the copy");
  gtk_widget_activate_action (fixture->list, "attachments.open", "s", id);
  dure_ui_test_wait (is_opened, fixture, "the copy to open");
  gtk_widget_activate_action (fixture->list, "attachments.remove", "s", id);
  dure_ui_test_wait (has_no_row, fixture, "the file is gone");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  dure_ui_test_wait (has_row, fixture, "undo brings the file back");
  g_assert_cmpint (dure_blob_size (dure_store_get_path (fixture->store), dure_record_get (record, DURE_ATTACHMENT_SHA256)),
                   ==, strlen ("회의 자료"));
}

static gboolean
has_complaint (gpointer data)
{
  return dure_ui_test_find (GTK_WIDGET (((Fixture *)data)->window), GTK_TYPE_LABEL,
                            "The file is empty; there is nothing to attach.")
         != NULL;
}

/* What cannot be attached is said, and nothing is left behind. */
static void
test_refused (Fixture *fixture, gconstpointer kind)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *empty = g_build_filename (fixture->folder, "empty.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (empty);

  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  dure_attachment_list_add_file (DURE_ATTACHMENT_LIST (fixture->list), file);
  dure_ui_test_wait (has_complaint, fixture, "the sentence");
  list = dure_attachment_list (fixture->store, fixture->entity, fixture->owner, NULL);
  g_assert_cmpuint (list->len, ==, 0);
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add ("/attachments/agency", Fixture, "agency", set_up, test_life, tear_down);
  g_test_add ("/attachments/event", Fixture, "event", set_up, test_life, tear_down);
  g_test_add ("/attachments/refused", Fixture, "agency", set_up, test_refused, tear_down);
  return g_test_run ();
}
