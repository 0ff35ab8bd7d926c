/* test-sync.c: the sync line, enrolment and conflict review, with a real server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "../server/server-fixture.h"
#include "app/sync/dure-conflict-dialog.h"
#include "app/sync/dure-enrol-dialog.h"
#include "app/sync/dure-record-mark.h"
#include "app/sync/dure-sync-session.h"
#include "app/sync/dure-sync-status.h"
#include "app/widgets/dure-field-row.h"
#include "dure-ui-test.h"

typedef struct
{
  TestServer      *server;
  Device          *other; /* a colleague's computer */
  DureDesk        *desk;
  DureSyncSession *session;
  GtkWindow       *window;
  GtkWidget       *status;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = dure_ui_test_path ();
  g_autoptr (GError) error = NULL;

  fixture->server = test_server_new ();
  fixture->other = device_new ();
  device_enrol (fixture->other, fixture->server->uri, "lee");
  dure_ui_test_make_store (path, NULL);
  fixture->desk = dure_desk_open (path, &error);
  g_assert_no_error (error);
  fixture->session = dure_sync_session_for_desk (fixture->desk);
  fixture->window = GTK_WINDOW (adw_window_new ());
  fixture->status = dure_sync_status_new ();
  dure_sync_status_set_desk (DURE_SYNC_STATUS (fixture->status), fixture->desk);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->status);
  gtk_window_present (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer session = fixture->session, desk = fixture->desk;

  g_object_add_weak_pointer (G_OBJECT (fixture->session), &session);
  gtk_window_destroy (fixture->window);
  dure_ui_test_rest (50);
  /* A look for lost values may be under way. */
  g_object_add_weak_pointer (G_OBJECT (fixture->desk), &desk);
  g_object_unref (fixture->desk);
  for (guint i = 0; i < 300 && desk != NULL; i++)
    dure_ui_test_rest (10);
  g_assert_null (desk);
  for (guint i = 0; i < 300 && session != NULL; i++)
    dure_ui_test_rest (10);
  g_assert_null (session);
  device_free (fixture->other);
  test_server_free (fixture->server);
}

static gboolean
is_resting (gpointer data)
{
  Fixture *fixture = data;

  return dure_sync_session_get_state (fixture->session) == DURE_SYNC_RESTING
         && dure_sync_session_get_last (fixture->session) > 0
         && dure_sync_session_get_n_waiting (fixture->session) == 0;
}

static gboolean
is_offline (gpointer data)
{
  return dure_sync_session_get_state (((Fixture *)data)->session) == DURE_SYNC_OFFLINE;
}

static gboolean
has_conflict (gpointer data)
{
  return dure_sync_session_get_n_conflicts (((Fixture *)data)->session) == 1;
}

static gboolean
has_no_conflict (gpointer data)
{
  return dure_sync_session_get_n_conflicts (((Fixture *)data)->session) == 0;
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
enrol (Fixture *fixture)
{
  const DureEnrol enrol = { fixture->server->uri, TENANT, "kim", PASSWORD, "PC" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dure_sync_session_enrol_async (fixture->session, &enrol, NULL, done_cb, &result);
  dure_ui_test_wait (is_set, &result, "enrolled");
  g_assert_true (dure_sync_session_enrol_finish (fixture->session, result, &error));
  g_assert_no_error (error);
  dure_ui_test_wait (is_resting, fixture, "first round");
}

static void
write_field (Fixture *fixture, const char *id, guint field, const char *value)
{
  g_autoptr (DureRecord) agency = dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_AGENCY, id, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (agency);
  dure_record_set (agency, field, value);
  dure_desk_write_one_async (fixture->desk, "기관장", agency, NULL, done_cb, &result);
  dure_ui_test_wait (is_set, &result, "written");
  g_assert_true (dure_desk_write_finish (fixture->desk, result, &error));
  g_assert_no_error (error);
}

static void
write_head (Fixture *fixture, const char *id, const char *head)
{
  write_field (fixture, id, DURE_AGENCY_HEAD, head);
}

static void
assert_value (Fixture *fixture, const char *id, guint field, const char *value)
{
  g_autoptr (DureRecord) agency = dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_AGENCY, id, NULL);

  g_assert_cmpstr (dure_record_get (agency, field), ==, value);
}

static void
assert_line (Fixture *fixture, const char *text)
{
  if (dure_ui_test_find (fixture->status, GTK_TYPE_LABEL, text) == NULL)
    g_error ("the sync line does not say “%s”", text);
}

static void
test_not_enrolled (Fixture *fixture, gconstpointer data)
{
  assert_line (fixture, "Not enrolled with a server");
  dure_sync_status_sync_now (DURE_SYNC_STATUS (fixture->status));
  g_assert_cmpint (dure_sync_session_get_state (fixture->session), ==, DURE_SYNC_NOT_ENROLLED);
}

static void
test_both_ways (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  g_autoptr (DureRecord) agency = NULL;

  device_round (fixture->other);
  enrol (fixture);
  write_head (fixture, id, "김두레");
  /* By itself, some seconds after the write. */
  for (guint i = 0; i < 100; i++)
    {
      g_clear_object (&agency);
      device_round (fixture->other);
      agency = dure_store_get (fixture->other->store, DURE_ENTITY_AGENCY, id, NULL);
      if (dure_record_get (agency, DURE_AGENCY_HEAD) != NULL)
        break;
      dure_ui_test_rest (50);
    }
  device_assert (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  /* And back, by the live channel, without being asked for. */
  device_set (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_FAX, "0226108081");
  device_round (fixture->other);
  for (guint i = 0; i < 300; i++)
    {
      g_clear_object (&agency);
      agency = dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_AGENCY, id, NULL);
      if (dure_record_get (agency, DURE_AGENCY_FAX) != NULL)
        break;
      dure_ui_test_rest (10);
    }
  g_assert_cmpstr (dure_record_get (agency, DURE_AGENCY_FAX), ==, "0226108081");
}

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");

  device_round (fixture->other);
  enrol (fixture);
  test_server_stop (fixture->server);
  write_head (fixture, id, "김두레");
  dure_ui_test_wait (is_offline, fixture, "offline");
  assert_line (fixture, "1 waiting · offline");
  g_assert_nonnull (dure_sync_session_get_error (fixture->session));
}

static GtkWindow *find_dialog (GType type);

static void
click (GtkWidget *below, const char *label)
{
  GtkWidget *button = dure_ui_test_find (below, GTK_TYPE_BUTTON, label);

  if (button == NULL)
    g_error ("there is no button “%s”", label);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_not_enrolled (gpointer data)
{
  return dure_sync_session_get_state (((Fixture *)data)->session) == DURE_SYNC_NOT_ENROLLED;
}

/* While it is paused nothing goes out; then what waited goes. Taken out, the computer keeps what it has. */
static void
test_paused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  g_autoptr (DureRecord) agency = NULL;

  device_round (fixture->other);
  enrol (fixture);
  click (fixture->status, "Pause");
  g_assert_cmpint (dure_sync_session_get_state (fixture->session), ==, DURE_SYNC_PAUSED);
  write_head (fixture, id, "김두레");
  dure_sync_status_sync_now (DURE_SYNC_STATUS (fixture->status));
  dure_ui_test_rest (400);
  assert_line (fixture, "1 waiting · paused");
  device_round (fixture->other);
  device_assert (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, NULL);
  click (fixture->status, "Go On");
  dure_ui_test_wait (is_resting, fixture, "what waited has gone");
  device_round (fixture->other);
  device_assert (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");

  click (fixture->status, "Take Out…");
  gtk_window_present (find_dialog (ADW_TYPE_MESSAGE_DIALOG));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog (ADW_TYPE_MESSAGE_DIALOG)), "leave");
  dure_ui_test_wait (is_not_enrolled, fixture, "taken out");
  assert_line (fixture, "Not enrolled with a server");
  agency = dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_AGENCY, id, NULL);
  g_assert_cmpstr (dure_record_get (agency, DURE_AGENCY_HEAD), ==, "김두레");
  enrol (fixture);
}

static void
make_conflict (Fixture *fixture, const char *id)
{
  device_set (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이두레");
  write_head (fixture, id, "김두레");
  device_round (fixture->other);
  dure_sync_status_sync_now (DURE_SYNC_STATUS (fixture->status));
  dure_ui_test_wait (has_conflict, fixture, "conflict");
}

static GtkWindow *
find_dialog (GType type)
{
  GtkWidget *window = dure_ui_test_find_window (type);

  if (window == NULL)
    g_error ("no %s", g_type_name (type));
  return GTK_WINDOW (window);
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  g_autoptr (DureRecord) before = NULL;
  g_autoptr (DureRecord) after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *undone = NULL;
  GtkWindow       *dialog;
  GtkWidget       *button;

  device_round (fixture->other);
  enrol (fixture);
  make_conflict (fixture, id);
  assert_line (fixture, "1 conflict");
  before = dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_AGENCY, id, NULL);
  dure_conflict_dialog_present (fixture->window, fixture->desk);
  dialog = find_dialog (DURE_TYPE_CONFLICT_DIALOG);
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "김두레"));
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "이두레"));
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "하나복지관"));
  button = dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Put This Back");
  g_assert_nonnull (button);
  /* Tab goes from one button to the next. */
  gtk_widget_grab_focus (dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Keep This"));
  gtk_widget_child_focus (GTK_WIDGET (dialog), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (dialog) == button);
  g_signal_emit_by_name (button, "clicked");
  dure_ui_test_wait (has_no_conflict, fixture, "settled");
  after = dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_AGENCY, id, NULL);
  g_assert_cmpstr (dure_record_get (after, DURE_AGENCY_HEAD), !=, dure_record_get (before, DURE_AGENCY_HEAD));
  /* One action, so one undo. */
  dure_desk_undo_async (fixture->desk, done_cb, &result);
  dure_ui_test_wait (is_set, &result, "undone");
  undone = dure_desk_undo_finish (fixture->desk, result, NULL);
  g_assert_nonnull (undone);
  dure_ui_test_wait (has_conflict, fixture, "conflict again");
  g_clear_object (&after);
  after = dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_AGENCY, id, NULL);
  g_assert_cmpstr (dure_record_get (after, DURE_AGENCY_HEAD), ==, dure_record_get (before, DURE_AGENCY_HEAD));
  gtk_window_destroy (dialog);
}

/* The conflict dialog of the only conflict there is. */
static GtkWidget *
open_conflicts (Fixture *fixture)
{
  dure_conflict_dialog_present (fixture->window, fixture->desk);
  return GTK_WIDGET (find_dialog (DURE_TYPE_CONFLICT_DIALOG));
}

/* A wrong third value stays as it was typed, with a sentence; a good one ends the conflict. */
static void
test_third_value (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  GtkWidget       *dialog, *row, *entry;

  device_round (fixture->other);
  enrol (fixture);
  device_set (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_FAX, "0226108081");
  write_field (fixture, id, DURE_AGENCY_FAX, "0226108082");
  device_round (fixture->other);
  dure_sync_status_sync_now (DURE_SYNC_STATUS (fixture->status));
  dure_ui_test_wait (has_conflict, fixture, "conflict");
  dialog = open_conflicts (fixture);
  g_assert_false (gtk_widget_get_visible (dure_ui_test_find (dialog, GTK_TYPE_BUTTON, "Take Both…")));
  click (dialog, "Write Another…");
  row = dure_ui_test_find (dialog, DURE_TYPE_FIELD_ROW, NULL);
  g_assert_nonnull (row);
  entry = dure_ui_test_find (row, GTK_TYPE_EDITABLE, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "전화 아님");
  click (dialog, "Save This");
  g_assert_nonnull (dure_field_row_get_error (DURE_FIELD_ROW (row)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "전화 아님");
  gtk_editable_set_text (GTK_EDITABLE (entry), "02-2610-8088");
  click (dialog, "Save This");
  dure_ui_test_wait (has_no_conflict, fixture, "settled");
  assert_value (fixture, id, DURE_AGENCY_FAX, "0226108088");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
has_attributes (GtkWidget *label)
{
  PangoAttrList *list = gtk_label_get_attributes (GTK_LABEL (label));
  GSList        *all = list != NULL ? pango_attr_list_get_attributes (list) : NULL;
  gboolean       any = all != NULL;

  g_slist_free_full (all, (GDestroyNotify)pango_attribute_destroy);
  return any;
}

/* The words that differ are marked; both texts are joined, the common lines once. */
static void
test_both_texts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  GtkWidget       *dialog, *label;

  device_set (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, "월요일 방문\n담당 김두레");
  device_round (fixture->other);
  enrol (fixture);
  device_set (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, "화요일 방문\n담당 김두레");
  write_field (fixture, id, DURE_AGENCY_NOTE, "수요일 방문\n담당 김두레");
  device_round (fixture->other);
  dure_sync_status_sync_now (DURE_SYNC_STATUS (fixture->status));
  dure_ui_test_wait (has_conflict, fixture, "conflict");
  dialog = open_conflicts (fixture);
  label = dure_ui_test_find (dialog, GTK_TYPE_LABEL, "수요일 방문\n담당 김두레");
  g_assert_nonnull (label);
  g_assert_true (has_attributes (label));
  gtk_test_accessible_assert_property (label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Only here: “수요일”");
  click (dialog, "Take Both…");
  click (dialog, "Save This");
  dure_ui_test_wait (has_no_conflict, fixture, "settled");
  assert_value (fixture, id, DURE_AGENCY_NOTE, "수요일 방문\n화요일 방문\n담당 김두레");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* The record is written again before anybody reviews the conflict: that is said, and shown. */
static void
test_moved_on (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  GtkWidget       *dialog;

  device_round (fixture->other);
  enrol (fixture);
  make_conflict (fixture, id);
  write_head (fixture, id, "최두레");
  dialog = open_conflicts (fixture);
  g_assert_nonnull (dure_ui_test_find (dialog, GTK_TYPE_LABEL, "최두레"));
  g_assert_nonnull (dure_ui_test_find (
      dialog, GTK_TYPE_LABEL, "This was written again after the conflict. What stands now is shown."));
  click (dialog, "Keep This");
  dure_ui_test_wait (has_no_conflict, fixture, "settled");
  assert_value (fixture, id, DURE_AGENCY_HEAD, "최두레");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* One edits, one deletes: said in words, with what the edit was. */
static void
test_deleted_and_edited (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  g_autoptr (DureRecord) agency = NULL;
  GtkWidget *dialog;

  device_round (fixture->other);
  enrol (fixture);
  g_assert_true (dure_store_delete (fixture->other->store, DURE_ENTITY_AGENCY, id, NULL));
  write_head (fixture, id, "김두레");
  device_round (fixture->other);
  dure_sync_status_sync_now (DURE_SYNC_STATUS (fixture->status));
  dure_ui_test_wait (has_conflict, fixture, "conflict");
  dialog = open_conflicts (fixture);
  g_assert_nonnull (dure_ui_test_find (dialog, GTK_TYPE_LABEL, "Edited:\nHead: 김두레"));
  click (dialog, "Delete the Record");
  dure_ui_test_wait (has_no_conflict, fixture, "settled");
  agency = dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_AGENCY, id, NULL);
  g_assert_true (dure_record_get_deleted (agency));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
hint_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  char **sentence = data;

  g_free (*sentence);
  g_variant_get_child (parameter, 0, "s", sentence);
}

/* Whose value lost hears of it, once. */
static void
test_loser_is_told (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  g_autofree char *sentence = NULL;
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) hint = g_simple_action_new ("hint", G_VARIANT_TYPE ("(sss)"));

  g_signal_connect (hint, "activate", G_CALLBACK (hint_cb), &sentence);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (hint));
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->window), "win", G_ACTION_GROUP (actions));
  device_round (fixture->other);
  enrol (fixture);
  click (fixture->status, "Pause");
  write_head (fixture, id, "김두레");
  device_set (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이두레");
  device_round (fixture->other);
  click (fixture->status, "Go On");
  dure_ui_test_wait (has_conflict, fixture, "conflict");
  dure_ui_test_wait (is_set, &sentence, "told");
  g_assert_cmpstr (sentence, ==, "하나복지관 · Head: what lee wrote stands. What you wrote is kept.");
  g_clear_pointer (&sentence, g_free);
  write_head (fixture, id, "최두레");
  dure_ui_test_rest (400);
  g_assert_null (sentence);
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->window), "win", NULL);
}

static gboolean
shows (gpointer data)
{
  gpointer *both = data;

  return dure_ui_test_find (both[0], GTK_TYPE_LABEL, both[1]) != NULL;
}

/* The record itself says whether the server has it. */
static void
test_record_mark (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  GtkWidget       *mark = g_object_ref_sink (dure_record_mark_new (fixture->desk));
  g_autoptr (DureRecord) agency = NULL;

  device_round (fixture->other);
  enrol (fixture);
  agency = dure_store_get (dure_desk_get_store (fixture->desk), DURE_ENTITY_AGENCY, id, NULL);
  dure_record_mark_set_record (DURE_RECORD_MARK (mark), agency);
  g_assert_true (shows ((gpointer[]){ mark, "The server has it" }));
  click (fixture->status, "Pause");
  write_head (fixture, id, "김두레");
  dure_ui_test_wait (shows, (gpointer[]){ mark, "Saved here, not sent yet" }, "waits");
  device_set (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이두레");
  device_round (fixture->other);
  click (fixture->status, "Go On");
  dure_ui_test_wait (has_conflict, fixture, "conflict");
  dure_ui_test_rest (400);
  g_assert_true (gtk_widget_get_visible (dure_ui_test_find (mark, GTK_TYPE_BUTTON, NULL)));
  dure_record_mark_set_record (DURE_RECORD_MARK (mark), NULL);
  g_assert_false (gtk_widget_get_visible (mark));
  g_object_unref (mark);
}

static void
type_into (GtkWindow *dialog, const char *title, const char *text)
{
  GtkWidget *row = dure_ui_test_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static gboolean
says_elsewhere (GtkWindow *dialog)
{
  GtkWidget *label = dure_ui_test_find (
      GTK_WIDGET (dialog), GTK_TYPE_LABEL,
      "This is another server, or another municipality, than before. What it lacks of this store goes there, also what"
      " others wrote. Make sure that it is the right one.");

  return label != NULL && gtk_widget_get_visible (label);
}

static void
test_enrol_dialog (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog;
  gpointer   weak;
  GtkWidget *button;

  dure_enrol_dialog_present (fixture->window, fixture->desk);
  dialog = find_dialog (DURE_TYPE_ENROL_DIALOG);
  weak = dialog;
  g_object_add_weak_pointer (G_OBJECT (dialog), &weak);
  button = dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Enrol");
  g_assert_false (gtk_widget_get_sensitive (button));
  type_into (dialog, "Server address", fixture->server->uri);
  type_into (dialog, "Municipality (as the server names it)", TENANT);
  type_into (dialog, "User name", "kim");
  type_into (dialog, "Password", "wrong password");
  type_into (dialog, "Name of this computer", "PC");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  for (guint i = 0; i < 500 && !gtk_widget_get_sensitive (button); i++)
    dure_ui_test_rest (10);
  /* The error stands at the field, and what was typed is still there. */
  g_assert_true (
      gtk_widget_has_css_class (dure_ui_test_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "Password"), "error"));
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (dure_ui_test_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "User name"))),
      ==, "kim");
  g_assert_cmpint (dure_sync_session_get_state (fixture->session), ==, DURE_SYNC_NOT_ENROLLED);
  type_into (dialog, "Password", PASSWORD);
  g_signal_emit_by_name (button, "clicked");
  dure_ui_test_wait (dure_ui_test_is_gone, &weak, "dialog closed");
  dure_ui_test_wait (is_resting, fixture, "first round");
  /* Who means another server is told what goes there. */
  dure_enrol_dialog_present (fixture->window, fixture->desk);
  dialog = find_dialog (DURE_TYPE_ENROL_DIALOG);
  g_assert_false (says_elsewhere (dialog));
  type_into (dialog, "Server address", "dure.example.go.kr");
  g_assert_true (says_elsewhere (dialog));
  type_into (dialog, "Server address", fixture->server->uri);
  g_assert_false (says_elsewhere (dialog));
  type_into (dialog, "Municipality (as the server names it)", "gimcheon");
  g_assert_true (says_elsewhere (dialog));
  gtk_window_destroy (dialog);
}

static gboolean
is_denied (gpointer data)
{
  return dure_sync_session_get_state (((Fixture *)data)->session) == DURE_SYNC_DENIED;
}

static gboolean
is_refused (gpointer data)
{
  return dure_sync_session_get_n_refused (((Fixture *)data)->session) == 1;
}

static gboolean
is_not_refused (gpointer data)
{
  return dure_sync_session_get_n_refused (((Fixture *)data)->session) == 0;
}

/* The administrator takes the token away: that is said, and enrolling again goes on where it ended. */
static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  g_autofree char *where = g_strconcat ("sqlite:", fixture->server->directory, NULL);
  g_autoptr (DureStorage) storage = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  device_round (fixture->other);
  enrol (fixture);
  storage = dure_storage_open (where, &error);
  g_assert_no_error (error);
  DURE_STORAGE_GET_CLASS (storage)->revoke (storage, TENANT,
                                            dure_store_get_device (dure_desk_get_store (fixture->desk)), &n, &error);
  g_assert_cmpuint (n, ==, 1);
  write_head (fixture, id, "김두레");
  dure_ui_test_wait (is_denied, fixture, "denied");
  assert_line (fixture, "Enrol this computer again");
  g_assert_nonnull (strstr (dure_sync_session_get_error (fixture->session), "enrol it again"));
  g_assert_true (gtk_widget_get_visible (dure_ui_test_find (fixture->status, GTK_TYPE_BUTTON, "Register Again…")));
  enrol (fixture);
  device_round (fixture->other);
  device_assert (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
}

/* What a second program writes down in the file. */
static void
set_meta (Fixture *fixture, const char *key, const char *value)
{
  g_autoptr (DureStore) store = dure_store_open (dure_store_get_path (dure_desk_get_store (fixture->desk)), 0, NULL);

  g_assert_nonnull (store);
  g_assert_true (dure_store_set_meta (store, key, value, NULL));
}

static char *
get_device (Fixture *fixture)
{
  g_autoptr (DureStore) store = dure_store_open (dure_store_get_path (dure_desk_get_store (fixture->desk)), 0, NULL);

  return g_strdup (dure_store_get_device (store));
}

static GtkWindow *
present_enrol (Fixture *fixture)
{
  g_assert_true (gtk_widget_get_visible (dure_ui_test_find (fixture->status, GTK_TYPE_BUTTON, "Register Again…")));
  dure_enrol_dialog_present (fixture->window, fixture->desk);
  return find_dialog (DURE_TYPE_ENROL_DIALOG);
}

/* The dialog needs nothing but the password then. */
static void
enrol_again (GtkWindow *dialog)
{
  gpointer weak = dialog;

  g_object_add_weak_pointer (G_OBJECT (dialog), &weak);
  type_into (dialog, "Password", PASSWORD);
  g_signal_emit_by_name (dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Enrol"), "clicked");
  dure_ui_test_wait (dure_ui_test_is_gone, &weak, "dialog closed");
}

/* The file came from another computer: that is said, nothing goes out, and one dialog makes it a device of its own. */
static void
test_copied (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GtkWindow       *dialog;

  device_round (fixture->other);
  enrol (fixture);
  before = get_device (fixture);
  set_meta (fixture, "sync.machine", "another computer");
  write_head (fixture, id, "김두레");
  dure_sync_status_sync_now (DURE_SYNC_STATUS (fixture->status));
  dure_ui_test_wait (is_denied, fixture, "denied");
  assert_line (fixture, "Copied file: enrol again");
  g_assert_nonnull (strstr (dure_sync_session_get_error (fixture->session), "a number of its own"));
  dialog = present_enrol (fixture);
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL,
                                       "This file comes from another computer, or from an older copy. It gets a number "
                                       "of its own, and what was not sent yet goes to the server under it. The other "
                                       "computer works on as before."));
  enrol_again (dialog);
  dure_ui_test_wait (is_resting, fixture, "round");
  after = get_device (fixture);
  g_assert_cmpstr (after, !=, before);
  device_round (fixture->other);
  device_assert (fixture->other, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
}

static void
test_expired (Fixture *fixture, gconstpointer data)
{
  enrol (fixture);
  dure_server_set_offset (fixture->server->server, 91 * G_GINT64_CONSTANT (86400000));
  dure_sync_status_sync_now (DURE_SYNC_STATUS (fixture->status));
  dure_ui_test_wait (is_denied, fixture, "denied");
  assert_line (fixture, "Enrolment has run out");
  enrol_again (present_enrol (fixture));
  dure_ui_test_wait (is_resting, fixture, "round");
}

/* The proxy is not there: that is said, and the dialog takes another way. */
static void
test_proxy (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog;
  GtkWidget *way, *button;

  enrol (fixture);
  set_meta (fixture, "sync.proxy", "http://kim:secret-word@127.0.0.1:1");
  dure_sync_status_sync_now (DURE_SYNC_STATUS (fixture->status));
  dure_ui_test_wait (is_offline, fixture, "offline");
  assert_line (fixture, "Proxy not reached");
  g_assert_null (strstr (dure_sync_session_get_error (fixture->session), "secret-word"));
  dialog = present_enrol (fixture);
  way = dure_ui_test_find (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, "Way to the server");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (way)), ==, 2);
  type_into (dialog, "Address of the proxy", "no proxy");
  type_into (dialog, "Password", PASSWORD);
  button = dure_ui_test_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Enrol");
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (gtk_widget_has_css_class (
      dure_ui_test_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "Address of the proxy"), "error"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (way), 1);
  enrol_again (dialog);
  dure_ui_test_wait (is_resting, fixture, "round");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = device_add_agency (fixture->other, "하나복지관");
  g_autofree char *huge = g_strnfill (1024 * 1024 + 1, 'x');

  device_round (fixture->other);
  enrol (fixture);
  write_head (fixture, id, huge);
  dure_ui_test_wait (is_refused, fixture, "refused");
  assert_line (fixture, "1 change refused");
  g_signal_emit_by_name (dure_ui_test_find (fixture->status, GTK_TYPE_BUTTON, "Understood"), "clicked");
  dure_ui_test_wait (is_not_refused, fixture, "understood");
  g_assert_null (dure_ui_test_find (fixture->status, GTK_TYPE_LABEL, "1 change refused"));
}

/* The window is closed while a round runs: the session ends, on the main thread (see tear_down()). */
static void
test_closed_while_running (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("기관 %u호", i);
      g_autofree char *id = device_add_agency (fixture->other, name);
    }
  device_round (fixture->other);
  enrol (fixture);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("기관 %u-2호", i);
      g_autofree char *id = device_add_agency (fixture->other, name);
    }
  device_round (fixture->other);
  dure_sync_status_sync_now (DURE_SYNC_STATUS (fixture->status));
  g_assert_cmpint (dure_sync_session_get_state (fixture->session), ==, DURE_SYNC_RUNNING);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/sync/paused", test_paused },
    { "/ui/sync/not-enrolled", test_not_enrolled }, { "/ui/sync/both-ways", test_both_ways },
    { "/ui/sync/offline", test_offline },           { "/ui/sync/conflict", test_conflict },
    { "/ui/sync/third-value", test_third_value },   { "/ui/sync/both-texts", test_both_texts },
    { "/ui/sync/moved-on", test_moved_on },         { "/ui/sync/deleted-and-edited", test_deleted_and_edited },
    { "/ui/sync/loser-is-told", test_loser_is_told }, { "/ui/sync/record-mark", test_record_mark },
    { "/ui/sync/enrol-dialog", test_enrol_dialog }, { "/ui/sync/revoked", test_revoked },
    { "/ui/sync/copied", test_copied },             { "/ui/sync/expired", test_expired },
    { "/ui/sync/proxy", test_proxy },
    { "/ui/sync/refused", test_refused },           { "/ui/sync/closed-while-running", test_closed_while_running },
  };

  dure_ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
