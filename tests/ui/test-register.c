/* test-register.c: forms, lists, the dialog of a new record, the board of applications, the council
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "app/council/dure-body-tree.h"
#include "app/council/dure-council-page.h"
#include "app/council/dure-term-bar.h"
#include "app/register/dure-calls-view.h"
#include "app/register/dure-list-detail.h"
#include "app/register/dure-register-page.h"
#include "app/register/dure-resources-page.h"
#include "app/shell/dure-window.h"
#include "app/widgets/dure-new-record-dialog.h"
#include "app/widgets/dure-record-form.h"
#include "app/widgets/dure-record-table.h"
#include "app/widgets/dure-typed.h"
#include "base/dure-date.h"
#include "domain/dure-body-check.h"
#include "domain/dure-term.h"
#include "dure-ui-test.h"

typedef struct
{
  DureDesk   *desk;
  DureStore  *store;
  GtkWindow  *window;
  DureRecord *agency; /* the first by name */
} Fixture;

static DureRecord *
first_of (DureStore *store, DureEntityId entity)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);
  g_autoptr (GPtrArray) found = dure_store_list (store, query, NULL);

  g_assert_cmpuint (found->len, >, 0);
  return g_object_ref (g_ptr_array_index (found, 0));
}

static void
set_up (Fixture *fixture, gconstpointer sample)
{
  fixture->desk = dure_ui_test_open_desk (sample);
  fixture->store = dure_desk_get_store (fixture->desk);
  fixture->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (fixture->window, 1000, 700);
  if (sample != NULL)
    fixture->agency = first_of (fixture->store, DURE_ENTITY_AGENCY);
}

static void
tear_down (Fixture *fixture, gconstpointer sample)
{
  dure_ui_test_close (fixture->window);
  g_clear_object (&fixture->agency);
  dure_ui_test_let_go (fixture->desk);
}

/* --- forms --- */

static DureRecordForm *
show_form (Fixture *fixture)
{
  GtkWidget *form = dure_record_form_new (fixture->desk, DURE_ENTITY_AGENCY);

  adw_window_set_content (ADW_WINDOW (fixture->window), form);
  dure_record_form_set_record (DURE_RECORD_FORM (form), fixture->agency);
  /* All rows are there before somebody types. */
  g_assert_nonnull (dure_record_form_get_row (DURE_RECORD_FORM (form), DURE_AGENCY_WEB));
  gtk_window_present (fixture->window);
  dure_ui_test_rest (50);
  return DURE_RECORD_FORM (form);
}

/* Types into a row as a person does: goes there, types, goes on to the next. */
static GtkEditable *
type_into (DureRecordForm *form, guint field, const char *text)
{
  GtkWidget *row = GTK_WIDGET (dure_record_form_get_row (form, field));
  GtkWidget *entry = dure_ui_test_find (row, GTK_TYPE_TEXT, NULL);

  g_assert_true (gtk_widget_grab_focus (row));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (dure_record_form_get_row (form, DURE_AGENCY_WEB))));
  return GTK_EDITABLE (entry);
}

typedef struct
{
  Fixture    *fixture;
  const char *id;
  guint       field;
  const char *value;
} Stored;

static gboolean
is_stored (gpointer data)
{
  Stored                *stored = data;
  g_autoptr (DureRecord) record = dure_store_get (stored->fixture->store, DURE_ENTITY_AGENCY,
                                                  dure_record_get_id (stored->fixture->agency), NULL);

  return g_strcmp0 (dure_record_get (record, stored->field), stored->value) == 0;
}

static gboolean
row_shows (gpointer data)
{
  gpointer *pair = data;

  return g_strcmp0 (gtk_editable_get_text (pair[0]), pair[1]) == 0;
}

static void
test_saves (Fixture *fixture, gconstpointer data)
{
  DureRecordForm *form = show_form (fixture);
  Stored          stored = { fixture, NULL, DURE_AGENCY_PHONE, "0226801234" };
  GtkEditable    *entry = type_into (form, DURE_AGENCY_PHONE, "02 2680 1234");

  dure_ui_test_wait (is_stored, &stored, "a field is stored when it is left");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "02-2680-1234");
  g_assert_null (dure_field_row_get_error (dure_record_form_get_row (form, DURE_AGENCY_PHONE)));
}

static gboolean
is_wrong (gpointer row)
{
  return dure_field_row_get_error (row) != NULL;
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  g_autofree char       *before = g_strdup (dure_record_get (fixture->agency, DURE_AGENCY_PHONE));
  g_autoptr (DureRecord) other = dure_record_new (DURE_ENTITY_AGENCY);
  DureRecordForm        *form = show_form (fixture);
  DureFieldRow          *row = dure_record_form_get_row (form, DURE_AGENCY_PHONE);
  Stored                 stored = { fixture, NULL, DURE_AGENCY_PHONE, before };
  GtkEditable           *entry = type_into (form, DURE_AGENCY_PHONE, "call me");

  dure_ui_test_wait (is_wrong, row, "the telephone number is marked");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "wrong"));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "call me");
  g_assert_true (is_stored (&stored));
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (row), GTK_TYPE_LABEL, dure_field_row_get_error (row)));

  /* Another record comes and goes: what was typed is still there. */
  dure_record_set_id (other, "00000000-0000-7000-8000-000000000001");
  dure_record_form_set_record (form, other);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  g_assert_null (dure_field_row_get_error (row));
  dure_record_form_set_record (form, fixture->agency);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "call me");
  g_assert_nonnull (dure_field_row_get_error (row));

  type_into (form, DURE_AGENCY_PHONE, "031-123-4567");
  stored.value = "0311234567";
  dure_ui_test_wait (is_stored, &stored, "a corrected value is stored");
  g_assert_null (dure_field_row_get_error (row));
}

static void
test_required (Fixture *fixture, gconstpointer data)
{
  DureRecordForm *form = show_form (fixture);
  Stored          stored = { fixture, NULL, DURE_AGENCY_NAME, dure_record_get (fixture->agency, DURE_AGENCY_NAME) };

  type_into (form, DURE_AGENCY_NAME, "  ");
  dure_ui_test_wait (is_wrong, dure_record_form_get_row (form, DURE_AGENCY_NAME), "the name is marked");
  g_assert_true (is_stored (&stored));
}

/* The end may not be before the beginning: the table says so of the two fields together. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  DureRecordForm *form = show_form (fixture);
  Stored          from = { fixture, NULL, DURE_AGENCY_ACTIVE_FROM, "2025-06-01" };
  Stored          to = { fixture, NULL, DURE_AGENCY_ACTIVE_TO, NULL };
  GtkEditable    *entry;

  type_into (form, DURE_AGENCY_ACTIVE_FROM, "2025-06-01");
  dure_ui_test_wait (is_stored, &from, "the beginning is stored");
  entry = type_into (form, DURE_AGENCY_ACTIVE_TO, "2024-01-01");
  dure_ui_test_wait (is_wrong, dure_record_form_get_row (form, DURE_AGENCY_ACTIVE_TO), "the end is marked");
  g_assert_nonnull (strstr (gtk_editable_get_text (entry), "2024"));
  g_assert_true (is_stored (&to));
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *label = dure_desk_undo_finish (DURE_DESK (source), result, NULL);

  g_assert_nonnull (label);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
undo (Fixture *fixture)
{
  gboolean undone = FALSE;

  dure_desk_undo_async (fixture->desk, undone_cb, &undone);
  dure_ui_test_wait (is_true, &undone, "undo");
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  const char     *before = dure_record_get (fixture->agency, DURE_AGENCY_HEAD);
  DureRecordForm *form = show_form (fixture);
  Stored          stored = { fixture, NULL, DURE_AGENCY_HEAD, "Somebody else" };
  GtkEditable    *entry = type_into (form, DURE_AGENCY_HEAD, "Somebody else");
  gpointer        shows[] = { entry, (gpointer) (before != NULL ? before : "") };

  dure_ui_test_wait (is_stored, &stored, "the change");
  undo (fixture);
  dure_ui_test_wait (row_shows, shows, "the form shows what undo brought back");
}

/* Somebody else's change arrives while a field is being typed: the text stays, the other field follows. */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  DureRecordForm        *form = show_form (fixture);
  g_autoptr (DureRecord) copy = dure_record_copy (fixture->agency);
  GtkWidget             *head = GTK_WIDGET (dure_record_form_get_row (form, DURE_AGENCY_HEAD));
  GtkWidget             *web = GTK_WIDGET (dure_record_form_get_row (form, DURE_AGENCY_WEB));
  GtkWidget             *text = dure_ui_test_find (head, GTK_TYPE_TEXT, NULL);
  gpointer               shows[] = { dure_ui_test_find (web, GTK_TYPE_TEXT, NULL), "https://example.kr" };

  gtk_widget_grab_focus (head);
  gtk_editable_set_text (GTK_EDITABLE (text), "half a na");
  dure_record_set (copy, DURE_AGENCY_WEB, "https://example.kr");
  dure_record_set (copy, DURE_AGENCY_HEAD, "Another");
  dure_desk_write_one_async (fixture->desk, "elsewhere", copy, NULL, NULL, NULL);
  dure_ui_test_wait (row_shows, shows, "a field that nobody types in follows the store");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "half a na");
}

/* --- lists --- */

typedef struct
{
  DureRecordTable *table;
  guint            n;
} Count;

static gboolean
has_rows (gpointer data)
{
  Count *count = data;

  return g_list_model_get_n_items (G_LIST_MODEL (dure_record_table_get_list (count->table))) == count->n
         && !dure_record_list_get_loading (dure_record_table_get_list (count->table));
}

static DureRecordTable *
show_table (Fixture *fixture, DureEntityId entity, guint n)
{
  Count count = { DURE_RECORD_TABLE (dure_record_table_new (fixture->desk, entity)), n };

  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (count.table));
  gtk_window_present (fixture->window);
  dure_ui_test_wait (has_rows, &count, "the list is filled");
  dure_ui_test_rest (100);
  return count.table;
}

static gboolean
label_is_there (gpointer data)
{
  gpointer *pair = data;

  return dure_ui_test_find (pair[0], GTK_TYPE_LABEL, pair[1]) != NULL;
}

static void
test_list_follows (Fixture *fixture, gconstpointer data)
{
  DureRecordTable       *table = show_table (fixture, DURE_ENTITY_AGENCY, 32);
  g_autoptr (DureRecord) copy = dure_record_copy (fixture->agency);
  g_autoptr (DureRecord) added = dure_record_new (DURE_ENTITY_AGENCY);
  gpointer               shows[] = { table, "0 renamed" };
  gpointer               total[] = { table, "33 agencies" };
  Count                  count = { table, 33 };

  dure_record_set (copy, DURE_AGENCY_NAME, "0 renamed");
  dure_desk_write_one_async (fixture->desk, "rename", copy, NULL, NULL, NULL);
  dure_ui_test_wait (label_is_there, shows, "the row shows the new name");
  dure_record_set (added, DURE_AGENCY_NAME, "0 added");
  dure_record_set (added, DURE_AGENCY_KIND, "civic");
  dure_record_set (added, DURE_AGENCY_SECTOR, "private");
  dure_desk_write_one_async (fixture->desk, "add", added, NULL, NULL, NULL);
  dure_ui_test_wait (has_rows, &count, "the new record is in the list");
  dure_ui_test_wait (label_is_there, total, "the count follows");
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  DureRecordTable *table = show_table (fixture, DURE_ENTITY_AGENCY, 32);
  Count            count = { table, 1 };
  gpointer         few[] = { table, "1 of 32 agencies" };
  gpointer         all[] = { table, "32 agencies" };
  GtkWidget       *clear;

  dure_record_table_set_search (table, "ㅈㅅㄱㄱ");
  dure_ui_test_wait (has_rows, &count, "initial consonants find one");
  dure_ui_test_wait (label_is_there, few, "the count says how many of how many");
  clear = dure_ui_test_find (GTK_WIDGET (table), GTK_TYPE_BUTTON, "Clear conditions");
  g_signal_emit_by_name (clear, "clicked");
  count.n = 32;
  dure_ui_test_wait (has_rows, &count, "everything is back");
  dure_record_table_set_search (table, "wjdtlsrjsrkd");
  count.n = 1;
  dure_ui_test_wait (has_rows, &count, "the keyboard may stand in English");
  dure_record_table_set_search (table, "");
  count.n = 32;
  dure_ui_test_wait (has_rows, &count, "everything is back once more");
  gtk_widget_activate_action (GTK_WIDGET (table), "table.kind", "s", "dong-centre");
  count.n = 19;
  dure_ui_test_wait (has_rows, &count, "only the dong centres");
  gtk_widget_activate_action (GTK_WIDGET (table), "table.kind", "s", "");
  count.n = 32;
  dure_ui_test_wait (has_rows, &count, "all kinds");
  dure_ui_test_wait (label_is_there, all, "the count is whole again");
  dure_record_table_set_search (table, "no such agency at all");
  count.n = 0;
  dure_ui_test_wait (has_rows, &count, "nothing fits");
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (table), ADW_TYPE_STATUS_PAGE, "No Agency fits these conditions"));
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  DureRecordTable       *table = show_table (fixture, DURE_ENTITY_AGENCY, 32);
  GtkColumnView         *view = GTK_COLUMN_VIEW (dure_ui_test_find (GTK_WIDGET (table), GTK_TYPE_COLUMN_VIEW, NULL));
  g_autoptr (GtkColumnViewColumn) name = g_list_model_get_item (gtk_column_view_get_columns (view), 0);
  g_autoptr (DureRecord) before = g_list_model_get_item (G_LIST_MODEL (dure_record_table_get_list (table)), 0);
  g_autofree char       *first = g_strdup (dure_record_get_id (before));
  g_autoptr (DureRecord) after = NULL;

  gtk_column_view_sort_by_column (view, name, GTK_SORT_DESCENDING);
  dure_ui_test_rest (300);
  after = g_list_model_get_item (G_LIST_MODEL (dure_record_table_get_list (table)), 31);
  g_assert_cmpstr (dure_record_get_id (after), ==, first);
}

static void
test_linked_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PERSON);
  g_autoptr (GPtrArray) people = dure_store_list (fixture->store, query, NULL);
  DureRecordTable      *table = show_table (fixture, DURE_ENTITY_PERSON, people->len);
  const char           *agency = NULL;
  Count                 count = { table, 0 };
  g_autofree char      *title = NULL;

  for (guint i = 0; agency == NULL && i < people->len; i++)
    agency = dure_record_get (g_ptr_array_index (people, i), DURE_PERSON_AGENCY);
  for (guint i = 0; i < people->len; i++)
    count.n += g_strcmp0 (dure_record_get (g_ptr_array_index (people, i), DURE_PERSON_AGENCY), agency) == 0;
  title = dure_store_title (fixture->store, DURE_ENTITY_AGENCY, agency);
  dure_record_table_set_search (table, title);
  dure_ui_test_wait (has_rows, &count, "people are found by the name of their agency");
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  DureRecordTable *table = show_table (fixture, DURE_ENTITY_AGENCY, 32);
  Count            count = { table, 31 };

  g_assert_true (dure_record_table_select (table, dure_record_get_id (fixture->agency)));
  dure_ui_test_rest (150);
  gtk_widget_activate_action (GTK_WIDGET (table), "list.delete-selected", NULL);
  dure_ui_test_wait (has_rows, &count, "it is gone from the list");
  undo (fixture);
  count.n = 32;
  dure_ui_test_wait (has_rows, &count, "undo brings it back");
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  DureRecordTable *table = show_table (fixture, DURE_ENTITY_AGENCY, 0);
  gpointer         empty[] = { table, "No Agency yet" };

  dure_ui_test_wait (label_is_there, empty, "an empty list says so");
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (table), GTK_TYPE_BUTTON, "New Agency"));
}

/* A row far down has its text when it comes into sight, and follows its record from then on. */
static void
test_list_sight (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureStore) store = dure_store_open (dure_store_get_path (fixture->store), 0, NULL);
  g_autoptr (DureRecord) last = dure_record_new (DURE_ENTITY_PERSON);
  DureRecordTable       *table;
  GtkWidget             *view;
  gpointer               shows[] = { NULL, "힣맨끝" };

  g_assert_true (dure_store_begin (store, "fill", NULL));
  for (int i = 0; i < 300; i++)
    {
      g_autoptr (DureRecord) person = dure_record_new (DURE_ENTITY_PERSON);
      g_autofree char       *name = g_strdup_printf ("김서연%05d", i);

      dure_record_set (person, DURE_PERSON_NAME, name);
      g_assert_true (dure_store_write (store, person, NULL));
    }
  dure_record_set (last, DURE_PERSON_NAME, "힣맨끝");
  g_assert_true (dure_store_write (store, last, NULL));
  g_assert_true (dure_store_commit (store, NULL));
  dure_store_poll (fixture->store);

  table = show_table (fixture, DURE_ENTITY_PERSON, 334);
  shows[0] = table;
  view = dure_ui_test_find (GTK_WIDGET (table), GTK_TYPE_COLUMN_VIEW, NULL);
  g_assert_false (label_is_there (shows));
  g_assert_true (dure_record_table_select (table, dure_record_get_id (last)));
  dure_ui_test_wait (label_is_there, shows, "the last row shows its name");
  shows[1] = "힣더끝";
  dure_record_set (last, DURE_PERSON_NAME, "힣더끝");
  dure_desk_write_one_async (fixture->desk, "rename", last, NULL, NULL, NULL);
  dure_ui_test_wait (label_is_there, shows, "the last row shows its new name");
  shows[1] = "김서연00000";
  gtk_widget_activate_action (gtk_widget_get_last_child (view), "list.scroll-to-item", "u", 0);
  dure_ui_test_wait (label_is_there, shows, "the first rows are there again");
}

/* --- a new record --- */

static void
created_cb (DureNewRecordDialog *dialog, DureRecord *record, gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Closed by mistake: what was typed is there again, and can be thrown away on purpose. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureRecord) blank = dure_record_new (DURE_ENTITY_PERSON);
  DureNewRecordDialog   *dialog;
  DureRecordForm        *form;
  GtkWidget             *text;

  gtk_window_present (fixture->window);
  dialog = dure_new_record_dialog_present (fixture->window, fixture->desk, blank);
  form = dure_new_record_dialog_get_form (dialog);
  text = dure_ui_test_find (GTK_WIDGET (dure_record_form_get_row (form, DURE_PERSON_NAME)), GTK_TYPE_TEXT, NULL);
  gtk_editable_set_text (GTK_EDITABLE (text), "표본새봄");
  dure_ui_test_close (dialog);

  dialog = dure_new_record_dialog_present (fixture->window, fixture->desk, blank);
  form = dure_new_record_dialog_get_form (dialog);
  g_assert_cmpstr (dure_record_get (dure_record_form_get_record (form), DURE_PERSON_NAME), ==, "표본새봄");
  g_signal_emit_by_name (dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Start anew"), "clicked");
  text = dure_ui_test_find (GTK_WIDGET (dure_record_form_get_row (form, DURE_PERSON_NAME)), GTK_TYPE_TEXT, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "");
  gtk_window_close (GTK_WINDOW (dialog));
  dialog = dure_new_record_dialog_present (fixture->window, fixture->desk, blank);
  g_assert_null (dure_record_get (dure_record_form_get_record (dure_new_record_dialog_get_form (dialog)), DURE_PERSON_NAME));
  gtk_window_close (GTK_WINDOW (dialog));
}

static gboolean
is_high (gpointer view)
{
  return gtk_widget_get_height (gtk_widget_get_parent (view)) > 120;
}

static gboolean
is_low (gpointer view)
{
  return gtk_widget_get_height (gtk_widget_get_parent (view)) < 80;
}

/* The row of a long text is as high as the text, up to a height from which on it scrolls. */
static void
test_long_text (Fixture *fixture, gconstpointer data)
{
  DureRecordForm *form = show_form (fixture);
  GtkWidget      *row = GTK_WIDGET (dure_record_form_get_row (form, DURE_AGENCY_NOTE));
  GtkWidget      *view = dure_ui_test_find (row, GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer  *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autoptr (GString) many = g_string_new ("1");

  gtk_text_buffer_set_text (buffer, "1\n2\n3\n4\n5\n6\n7\n8\n9", -1);
  dure_ui_test_wait (is_high, view, "room for nine lines");
  gtk_text_buffer_set_text (buffer, "1", -1);
  dure_ui_test_wait (is_low, view, "room for few lines again");
  /* What an input method, or a reader of the screen, writes without the focus is taken, too. */
  g_assert_cmpstr (dure_record_get (dure_record_form_get_record (form), DURE_AGENCY_NOTE), ==, "1");
  for (guint i = 0; i < 100; i++)
    g_string_append (many, "\n1");
  gtk_text_buffer_set_text (buffer, many->str, -1);
  dure_ui_test_wait (is_high, view, "room for many lines");
  dure_ui_test_rest (100);
  g_assert_cmpint (gtk_widget_get_height (gtk_widget_get_parent (view)), <, 400);
  gtk_text_buffer_set_text (buffer, "", -1);
}

/* Escape closes the list to choose from, also where the search has the focus. */
static void
test_picker_escape (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureRecord) blank = dure_record_new (DURE_ENTITY_AGENCY);
  DureNewRecordDialog   *dialog;
  GtkWidget             *row, *button, *picker;

  gtk_window_present (fixture->window);
  dialog = dure_new_record_dialog_present (fixture->window, fixture->desk, blank);
  row = GTK_WIDGET (dure_record_form_get_row (dure_new_record_dialog_get_form (dialog), DURE_AGENCY_REGION));
  button = dure_ui_test_find (row, GTK_TYPE_MENU_BUTTON, NULL);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  picker = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  g_assert_true (gtk_widget_get_visible (picker));
  g_signal_emit_by_name (dure_ui_test_find (picker, GTK_TYPE_SEARCH_ENTRY, NULL), "stop-search");
  g_assert_false (gtk_widget_get_visible (picker));
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureRecord) blank = dure_record_new (DURE_ENTITY_AGENCY);
  g_autoptr (DureQuery)  query = dure_query_new (DURE_ENTITY_PERSON);
  DureNewRecordDialog   *dialog;
  DureRecordForm        *form;
  DureFieldRow          *name;
  gboolean               created = FALSE;
  gint64                 people = dure_store_count (fixture->store, query, NULL);
  GtkWidget             *last = NULL;

  gtk_window_present (fixture->window);
  dialog = dure_new_record_dialog_present (fixture->window, fixture->desk, blank);
  form = dure_new_record_dialog_get_form (dialog);
  g_signal_connect (dialog, "created", G_CALLBACK (created_cb), &created);

  dure_new_record_dialog_save (dialog);
  dure_ui_test_rest (100);
  g_assert_false (created);
  g_assert_nonnull (dure_field_row_get_error (dure_record_form_get_row (form, DURE_AGENCY_NAME)));

  name = dure_record_form_get_row (form, DURE_AGENCY_NAME);
  gtk_editable_set_text (GTK_EDITABLE (dure_ui_test_find (GTK_WIDGET (name), GTK_TYPE_TEXT, NULL)), "하안종합사회복지관");
  g_assert_true (dure_field_row_commit (name));
  g_assert_cmpstr (dure_record_get (dure_record_form_get_record (form), DURE_AGENCY_KIND), ==, "welfare-centre");
  g_assert_cmpstr (dure_record_get (dure_record_form_get_record (form), DURE_AGENCY_SECTOR), ==, "private");

  /* The contact of the name card: the second form of the dialog. */
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_parent (GTK_WIDGET (form))); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (DURE_IS_RECORD_FORM (child))
      last = child;
  g_assert_true (last != NULL && last != GTK_WIDGET (form));
  gtk_editable_set_text (GTK_EDITABLE (dure_ui_test_find (
                             GTK_WIDGET (dure_record_form_get_row (DURE_RECORD_FORM (last), DURE_PERSON_NAME)),
                             GTK_TYPE_TEXT, NULL)),
                         "표본새봄");
  dure_new_record_dialog_save (dialog);
  dure_ui_test_wait (is_true, &created, "the agency is stored");
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, people + 1);
  undo (fixture);
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, people);
}

/* --- history --- */

static void
test_history (Fixture *fixture, gconstpointer data)
{
  const char     *before = dure_record_get (fixture->agency, DURE_AGENCY_ADDRESS);
  GtkWidget      *detail = dure_record_detail_new (fixture->desk, DURE_ENTITY_AGENCY);
  DureRecordForm *form = dure_record_detail_get_form (DURE_RECORD_DETAIL (detail));
  Stored          stored = { fixture, NULL, DURE_AGENCY_ADDRESS, "1 Another street" };
  g_autofree char *title
      = g_strdup_printf ("Address: %s → 1 Another street", before != NULL ? before : "nothing");
  gpointer   shows[] = { detail, title };
  GtkWidget *row;

  adw_window_set_content (ADW_WINDOW (fixture->window), detail);
  dure_record_detail_set_record (DURE_RECORD_DETAIL (detail), fixture->agency);
  gtk_window_present (fixture->window);
  dure_ui_test_rest (100);
  type_into (form, DURE_AGENCY_ADDRESS, "1 Another street");
  dure_ui_test_wait (is_stored, &stored, "the change");
  dure_ui_test_wait (label_is_there, shows, "the history tells of it");
  row = gtk_widget_get_ancestor (dure_ui_test_find (detail, GTK_TYPE_LABEL, title), ADW_TYPE_ACTION_ROW);
  g_signal_emit_by_name (dure_ui_test_find (row, GTK_TYPE_BUTTON, NULL), "clicked");
  stored.value = before;
  dure_ui_test_wait (is_stored, &stored, "one press brings the earlier value back");
}

/* --- places --- */

static void
test_stage (Fixture *fixture, gconstpointer data)
{
  GtkWidget             *view = dure_calls_view_new (fixture->desk);
  g_autoptr (DureRecord) application = first_of (fixture->store, DURE_ENTITY_APPLICATION);
  g_autoptr (DureQuery)  query = dure_query_new (DURE_ENTITY_APPLICATION);
  g_autofree char       *title = NULL;
  gint64                 before;
  gpointer               shows[] = { view, NULL };

  dure_query_where (query, DURE_APPLICATION_STAGE, DURE_EQUAL, "finished");
  before = dure_store_count (fixture->store, query, NULL);
  title = g_strdup_printf ("Finished  %d", (int) before + 1);
  shows[1] = title;
  adw_window_set_content (ADW_WINDOW (fixture->window), view);
  gtk_window_present (fixture->window);
  dure_calls_view_move (DURE_CALLS_VIEW (view), application, "finished");
  dure_ui_test_wait (label_is_there, shows, "the column of the new stage counts the card");
  undo (fixture);
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, before);
}

static void
test_terms (void)
{
  int    today = dure_day ("2025-06-20");
  double part;

  g_assert_cmpint (dure_term_state ("2025-01-01", "2026-12-31", NULL, today, &part), ==, DURE_TERM_RUNNING);
  g_assert_cmpfloat (part, >, 0.2);
  g_assert_cmpfloat (part, <, 0.25);
  g_assert_cmpint (dure_term_state ("2023-07-01", "2025-06-30", NULL, today, NULL), ==, DURE_TERM_ENDING);
  g_assert_cmpint (dure_term_state ("2023-07-01", "2025-06-20", NULL, today, NULL), ==, DURE_TERM_ENDING);
  g_assert_cmpint (dure_term_state ("2023-06-20", "2025-06-19", NULL, today, &part), ==, DURE_TERM_OVER);
  g_assert_cmpfloat (part, ==, 1);
  g_assert_cmpint (dure_term_state ("2025-07-01", "2027-06-30", NULL, today, NULL), ==, DURE_TERM_COMING);
  g_assert_cmpint (dure_term_state ("2025-01-01", NULL, NULL, today, NULL), ==, DURE_TERM_OPEN);
  g_assert_cmpint (dure_term_state ("2025-01-01", "2026-12-31", "2025-03-01", today, NULL), ==, DURE_TERM_ENDED);
  g_assert_cmpint (dure_term_state ("rubbish", "rubbish", NULL, today, &part), ==, DURE_TERM_OPEN);
}

/* Nine members in an eup-myeon-dong council, no chair: two sentences, each with the article. */
static void
test_law (void)
{
  g_autofree char       *path = dure_ui_test_path ();
  g_autoptr (DureStore)  store = dure_store_open (path, DURE_STORE_CREATE, NULL);
  g_autoptr (DureRecord) body = dure_record_new (DURE_ENTITY_BODY);
  g_autoptr (DureBodyCheck) check = NULL;
  g_autoptr (GError)     error = NULL;

  dure_record_set (body, DURE_BODY_NAME, "A dong council");
  dure_record_set (body, DURE_BODY_LEVEL, "local");
  g_assert_true (dure_store_begin (store, "fill", NULL));
  dure_store_write (store, body, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 10; i++)
    {
      g_autoptr (DureRecord) person = dure_record_new (DURE_ENTITY_PERSON);
      g_autoptr (DureRecord) seat = dure_record_new (DURE_ENTITY_SEAT);
      g_autofree char       *name = g_strdup_printf ("Member %d", i);

      dure_record_set (person, DURE_PERSON_NAME, name);
      dure_store_write (store, person, &error);
      g_assert_no_error (error);
      dure_record_set (seat, DURE_SEAT_BODY, dure_record_get_id (body));
      dure_record_set (seat, DURE_SEAT_PERSON, dure_record_get_id (person));
      dure_record_set (seat, DURE_SEAT_TERM_FROM, "2025-01-01");
      dure_record_set (seat, DURE_SEAT_TERM_TO, "2026-12-31");
      if (i == 9)
        dure_record_set (seat, DURE_SEAT_ENDED_ON, "2025-02-01");
      dure_store_write (store, seat, &error);
      g_assert_no_error (error);
    }
  g_assert_true (dure_store_commit (store, NULL));
  check = dure_body_check (store, body, dure_day ("2025-06-20"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (check->seated, ==, 9);
  g_assert_cmpuint (check->least, ==, 10);
  g_assert_cmpuint (check->most, ==, 0);
  g_assert_cmpuint (check->warnings->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (check->warnings, 0), "at least 10"));
  g_assert_nonnull (strstr (g_ptr_array_index (check->warnings, 0), "Art. 7"));
  g_assert_nonnull (strstr (g_ptr_array_index (check->warnings, 1), "chair"));
}

/* Re-appointed: the old term runs to its end, the new one begins on the day after; there is no day without a member. */
static void
test_reappointed (void)
{
  int last = dure_day ("2025-07-20");

  g_assert_cmpint (dure_term_state ("2023-07-21", "2025-07-20", "2025-07-20", last - 30, NULL), ==, DURE_TERM_ENDING);
  g_assert_cmpint (dure_term_state ("2023-07-21", "2025-07-20", "2025-07-20", last, NULL), ==, DURE_TERM_ENDING);
  g_assert_cmpint (dure_term_state ("2023-07-21", "2025-07-20", "2025-07-20", last + 1, NULL), ==, DURE_TERM_ENDED);
  g_assert_cmpint (dure_term_state ("2023-07-21", "2025-07-20", "2025-06-20", last - 30, NULL), ==, DURE_TERM_ENDED);
  g_assert_cmpint (dure_term_state ("2023-07-21", NULL, "nonsense", last, NULL), ==, DURE_TERM_ENDED);
}

/* What people type who do not type everything; the clock stands at 2025-06-20. */
static void
test_typed_date (void)
{
  static const struct
  {
    const char *typed;
    const char *near;
    gboolean    with_time;
    const char *value;
  } cases[] = {
    { "6.26", NULL, FALSE, "2025-06-26" },
    { "6/26", "2024-01-05", FALSE, "2024-06-26" },
    { "6월 26일", NULL, FALSE, "2025-06-26" },
    { " 12. 3. ", NULL, FALSE, "2025-12-03" },
    { "6.26 14:00", NULL, TRUE, "2025-06-26T14:00" },
    { "6월 26일 오후 2시", NULL, TRUE, "2025-06-26T14:00" },
    { "6.26", "2025-06-20T10:30", TRUE, "2025-06-26T10:30" },
    { "2026-01-02", "2025-06-20T10:30", TRUE, "2026-01-02T10:30" },
    { "15:00", "2025-06-26T14:00", TRUE, "2025-06-26T15:00" },
    { "오후 3시", "2025-06-26T14:00", TRUE, "2025-06-26T15:00" },
    { "6.31", NULL, FALSE, NULL },
    { "6.26", NULL, TRUE, NULL },
    { "26", NULL, FALSE, NULL },
    { "", NULL, FALSE, NULL },
    { "soon", "2025-06-26T14:00", TRUE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = dure_typed_date (cases[i].typed, cases[i].near, cases[i].with_time);

      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    GType (*type) (void);
    DureEntityId entity;
  } pages[] = {
    { dure_register_page_get_type, DURE_ENTITY_AGENCY },
    { dure_register_page_get_type, DURE_ENTITY_PERSON },
    { dure_council_page_get_type, DURE_ENTITY_BODY },
    { dure_council_page_get_type, DURE_ENTITY_SEAT },
    { dure_resources_page_get_type, DURE_ENTITY_PROGRAMME },
    { dure_resources_page_get_type, DURE_ENTITY_CALL },
    { dure_resources_page_get_type, DURE_ENTITY_APPLICATION },
  };

  gtk_window_present (fixture->window);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      DurePage              *page = g_object_new (pages[i].type (), NULL);
      g_autoptr (DureRecord) record = first_of (fixture->store, pages[i].entity);
      g_autofree char       *where = NULL;
      g_autofree char       *expected = NULL;

      adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (page));
      dure_page_set_desk (page, fixture->desk);
      g_assert_false (dure_page_open (page, pages[i].entity, "00000000-0000-7000-8000-000000000000"));
      g_assert_false (dure_page_open (page, DURE_ENTITY_EVENT, dure_record_get_id (record)));
      g_assert_true (dure_page_open (page, pages[i].entity, dure_record_get_id (record)));
      dure_ui_test_rest (400);
      where = dure_page_where (page);
      if (pages[i].entity == DURE_ENTITY_SEAT)
        expected = g_strdup_printf ("body/%s", dure_record_get (record, DURE_SEAT_BODY));
      else
        expected = g_strdup_printf ("%s/%s", dure_entity (pages[i].entity)->key, dure_record_get_id (record));
      g_assert_cmpstr (where, ==, expected);
    }
}

int
main (int argc, char *argv[])
{
  dure_ui_test_init (&argc, &argv);
#define ADD(PATH, SAMPLE, FUNC) g_test_add (PATH, Fixture, SAMPLE, set_up, FUNC, tear_down)
  ADD ("/register/form/saves", "gwangmyeong", test_saves);
  ADD ("/register/form/wrong", "gwangmyeong", test_wrong);
  ADD ("/register/form/required", "gwangmyeong", test_required);
  ADD ("/register/form/order", "gwangmyeong", test_order);
  ADD ("/register/form/undo", "gwangmyeong", test_undo);
  ADD ("/register/form/follows", "gwangmyeong", test_follows);
  ADD ("/register/list/follows", "gwangmyeong", test_list_follows);
  ADD ("/register/list/filter", "gwangmyeong", test_filter);
  ADD ("/register/list/sort", "gwangmyeong", test_sort);
  ADD ("/register/list/linked-text", "gwangmyeong", test_linked_text);
  ADD ("/register/list/delete", "gwangmyeong", test_delete);
  ADD ("/register/list/empty", NULL, test_empty);
  ADD ("/register/list/sight", "gwangmyeong", test_list_sight);
  ADD ("/register/new", "gwangmyeong", test_new);
  ADD ("/register/kept", "gwangmyeong", test_kept);
  ADD ("/register/picker-escape", "gwangmyeong", test_picker_escape);
  ADD ("/register/long-text", "gwangmyeong", test_long_text);
  ADD ("/register/history", "gwangmyeong", test_history);
  ADD ("/register/stage", "gimcheon", test_stage);
  ADD ("/register/pages", "gimcheon", test_pages);
  g_test_add_func ("/register/typed-date", test_typed_date);
  g_test_add_func ("/council/terms", test_terms);
  g_test_add_func ("/council/reappointed", test_reappointed);
  g_test_add_func ("/council/law", test_law);
  return g_test_run ();
}
