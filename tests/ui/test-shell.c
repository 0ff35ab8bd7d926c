/* test-shell.c: the window, its places, keys, palette, undo and first start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include "config.h"

#include <dlfcn.h>
#include <glib/gstdio.h>

#include "app/shell/dure-app.h"
#include "app/shell/dure-file-dialog.h"
#include "app/shell/dure-import-dialog.h"
#include "app/shell/dure-notice.h"
#include "app/shell/dure-palette-item.h"
#include "app/shell/dure-palette.h"
#include "app/shell/dure-place.h"
#include "app/shell/dure-settings.h"
#include "app/shell/dure-shortcuts.h"
#include "app/shell/dure-trouble.h"
#include "app/shell/dure-welcome.h"
#include "app/shell/dure-window.h"
#include "dure-ui-test.h"

/* ---- keys ---- */

static void
test_no_key_twice (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint               n_shortcuts;
  const DureShortcut *shortcuts = dure_shortcuts (&n_shortcuts);

  g_assert_cmpuint (n_shortcuts, >, 15);
  for (guint i = 0; i < n_shortcuts; i++)
    {
      guint           keyval;
      GdkModifierType modifiers;

      g_autofree char *everywhere = NULL;

      g_assert_true (gtk_accelerator_parse (shortcuts[i].accelerator, &keyval, &modifiers));
      everywhere = g_strdup_printf ("%u/%u", gdk_keyval_to_lower (keyval), modifiers);
      /* Two pages may answer the same key, each for itself, but none takes one of the window's. */
      g_assert_false (g_hash_table_contains (seen, everywhere));
      g_assert_true (g_hash_table_add (seen, shortcuts[i].action != NULL
                                                 ? g_strdup (everywhere)
                                                 : g_strdup_printf ("%s %s", shortcuts[i].group, everywhere)));
    }
}

static void
test_keys_name_actions (void)
{
  DureWindow         *window = dure_ui_test_open_sample ("gwangmyeong");
  guint               n_shortcuts;
  const DureShortcut *shortcuts = dure_shortcuts (&n_shortcuts);
  GtkWidgetClass     *klass = GTK_WIDGET_GET_CLASS (window);

  for (guint i = 0; i < n_shortcuts; i++)
    {
      g_autofree char     *name = NULL;
      g_autoptr (GVariant) target = NULL;
      const GVariantType  *type = NULL;
      gboolean             known = FALSE;

      if (shortcuts[i].action == NULL)
        continue;
      g_assert_true (g_action_parse_detailed_name (shortcuts[i].action, &name, &target, NULL));
      if (!g_str_has_prefix (name, "win."))
        continue;
      for (guint a = 0;; a++)
        {
          GType       owner;
          const char *action, *property;

          if (!gtk_widget_class_query_action (klass, a, &owner, &action, &type, &property))
            break;
          if (g_str_equal (action, name))
            {
              known = TRUE;
              break;
            }
        }
      if (!known)
        g_error ("no such action: %s", name);
      g_assert_true ((type == NULL) == (target == NULL));
      if (g_str_equal (name, "win.go"))
        g_assert_nonnull (dure_place_find (g_variant_get_string (target, NULL)));
    }
  dure_ui_test_close (window);
}

static void
test_shortcuts_window (void)
{
  GtkWindow *window = dure_shortcuts_window_new ();

  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (window), GTK_TYPE_SHORTCUTS_SHORTCUT, "Find anything"));
  gtk_window_destroy (window);
}

/* ---- places ---- */

static void
test_places (void)
{
  DureWindow      *window = dure_ui_test_open_sample ("gwangmyeong");
  guint            n_places;
  const DurePlace *places = dure_places (&n_places);

  for (guint i = 0; i < n_places; i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.go", "s", places[i].key));
      g_assert_cmpstr (dure_window_get_place (window), ==, places[i].key);
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (dure_window_get_page (window))));
      dure_ui_test_rest (30);
    }
  g_assert_false (dure_window_go (window, "nowhere"));
  g_assert_null (dure_window_get_notice (window));

  /* Back to the first, step by step, and forward again. */
  for (guint i = n_places - 1; i > 0; i--)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL));
      g_assert_cmpstr (dure_window_get_place (window), ==, places[i - 1].key);
    }
  if (n_places > 1)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.forward", NULL));
      g_assert_cmpstr (dure_window_get_place (window), ==, places[1].key);
    }
  dure_ui_test_close (window);
}

static void
test_place_is_remembered (void)
{
  guint            n_places;
  const DurePlace *places = dure_places (&n_places);
  DureWindow      *window = dure_ui_test_open_sample ("gwangmyeong");

  dure_window_go (window, places[n_places - 1].key);
  dure_ui_test_close (window);
  window = dure_ui_test_open_sample ("gwangmyeong");
  g_assert_cmpstr (dure_window_get_place (window), ==, places[n_places - 1].key);
  dure_ui_test_close (window);
  dure_settings_set_text ("place", "no such place");
  window = dure_ui_test_open_sample ("gwangmyeong");
  g_assert_cmpstr (dure_window_get_place (window), ==, places[0].key);
  dure_ui_test_close (window);
}

/* ---- palette ---- */

static gboolean
palette_rests (gpointer data)
{
  return !dure_palette_is_busy (data);
}

static gboolean
palette_finds (DurePalette *palette, const char *text, const char *title)
{
  GListModel *items = dure_palette_get_items (palette);

  dure_palette_set_text (palette, text);
  dure_ui_test_wait (palette_rests, palette, "the search ends");
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (DurePaletteItem) item = g_list_model_get_item (items, i);

      if (g_str_equal (item->title, title))
        return TRUE;
    }
  return FALSE;
}

static void
test_palette (void)
{
  DureWindow                 *window = dure_ui_test_open_sample ("gwangmyeong");
  DurePalette                *palette = DURE_PALETTE (dure_palette_new (window));
  g_autoptr (DurePaletteItem) item = NULL;
  gpointer                    weak = palette;

  g_object_add_weak_pointer (G_OBJECT (palette), &weak);
  gtk_window_present (GTK_WINDOW (palette));
  g_assert_cmpuint (g_list_model_get_n_items (dure_palette_get_items (palette)), >, 5);

  /* by a part, by initial consonants, on the wrong keyboard */
  g_assert_true (palette_finds (palette, "하안1", "하안1동 행정복지센터"));
  item = g_list_model_get_item (dure_palette_get_items (palette), 0);
  g_assert_cmpstr (item->title, ==, "하안1동 행정복지센터");
  g_assert_cmpuint (item->match_start, ==, 0);
  g_assert_cmpuint (item->match_end, ==, strlen ("하안1"));
  g_assert_true (palette_finds (palette, "ㅎㅇ1ㄷ", "하안1동 행정복지센터"));
  g_assert_true (palette_finds (palette, "gkdks1", "하안1동 행정복지센터"));
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (palette), GTK_TYPE_LABEL, "Found by “하안1” (gkdks1)"));
  g_assert_true (palette_finds (palette, "prefer", "Preferences"));
  g_assert_false (palette_finds (palette, "없는 이름 아무개", "하안1동 행정복지센터"));
  g_assert_cmpuint (g_list_model_get_n_items (dure_palette_get_items (palette)), ==, 0);

  /* Enter goes there and closes the palette */
  if (dure_place_find ("calendar") != NULL)
    {
      g_assert_true (palette_finds (palette, "Calendar", "Calendar"));
      dure_palette_activate (palette);
      dure_ui_test_wait (dure_ui_test_is_gone, &weak, "the palette closes");
      g_assert_cmpstr (dure_window_get_place (window), ==, "calendar");
    }
  dure_ui_test_close (window);
}

/* ---- undo ---- */

typedef struct
{
  DureWindow *window;
  const char *id;
  gboolean    there;
} Wanted;

static gboolean
agency_is (gpointer data)
{
  Wanted               *wanted = data;
  DureStore            *store = dure_desk_get_store (dure_window_get_desk (wanted->window));
  g_autoptr (DureRecord) record = dure_store_get (store, DURE_ENTITY_AGENCY, wanted->id, NULL);

  return wanted->there == (record != NULL && !dure_record_get_deleted (record));
}

static void
test_undo (void)
{
  DureWindow            *window = dure_ui_test_open_sample ("gwangmyeong");
  DureDesk              *desk = dure_window_get_desk (window);
  g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
  Wanted                 wanted = { .window = window, .there = TRUE };

  g_assert_true (dure_record_set (agency, DURE_AGENCY_NAME, "새 복지관"));
  g_assert_true (dure_record_set (agency, DURE_AGENCY_SECTOR, "private"));
  g_assert_true (dure_record_set (agency, DURE_AGENCY_KIND, "welfare-centre"));
  dure_desk_write_one_async (desk, "기관 추가", agency, NULL, NULL, NULL);
  wanted.id = dure_record_get_id (agency);
  g_assert_nonnull (wanted.id);
  dure_ui_test_wait (agency_is, &wanted, "the agency is written");

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL));
  wanted.there = FALSE;
  dure_ui_test_wait (agency_is, &wanted, "undo takes the agency away");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL));
  wanted.there = TRUE;
  dure_ui_test_wait (agency_is, &wanted, "redo brings it back");
  g_assert_null (dure_window_get_notice (window));
  dure_ui_test_close (window);
}

typedef struct
{
  gboolean  done;
  gboolean  ok;
  GError   *error;
} Outcome;

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->ok = dure_desk_write_finish (DURE_DESK (source), result, &outcome->error);
  outcome->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Outcome *) data)->done;
}

/* One wrong record of a batch: none is written, and the reason is a sentence. */
static void
test_batch_is_whole (void)
{
  DureWindow            *window = dure_ui_test_open_sample ("gwangmyeong");
  DureDesk              *desk = dure_window_get_desk (window);
  g_autoptr (DureRecord) good = dure_record_new (DURE_ENTITY_AGENCY);
  g_autoptr (DureRecord) bad = dure_record_new (DURE_ENTITY_AGENCY);
  g_autoptr (GPtrArray)  records = g_ptr_array_new ();
  Outcome                outcome = { 0 };
  Wanted                 wanted = { .window = window, .there = FALSE };

  dure_record_set (good, DURE_AGENCY_NAME, "옳은 기관");
  dure_record_set (good, DURE_AGENCY_SECTOR, "private");
  dure_record_set (good, DURE_AGENCY_KIND, "welfare-centre");
  g_ptr_array_add (records, good);
  g_ptr_array_add (records, bad);
  dure_desk_write_async (desk, "두 기관", records, NULL, written_cb, &outcome);
  dure_ui_test_wait (is_done, &outcome, "the write ends");
  g_assert_false (outcome.ok);
  g_assert_nonnull (outcome.error);
  g_assert_cmpuint (strlen (outcome.error->message), >, 10);
  g_clear_error (&outcome.error);
  wanted.id = dure_record_get_id (good);
  g_assert_true (agency_is (&wanted));
  dure_ui_test_close (window);
}

/* ---- first start, damage ---- */

static gboolean
has_desk (gpointer data)
{
  return dure_window_get_desk (data) != NULL;
}

static void
test_first_start (void)
{
  g_autofree char *path = dure_ui_test_path ();
  DureWindow      *window = dure_ui_test_open (path);
  GtkWidget       *welcome = dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_WELCOME, NULL);

  g_assert_nonnull (welcome);
  g_assert_null (dure_window_get_desk (window));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  /* Nothing can be done before there is a store. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.palette", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);

  dure_welcome_begin (DURE_WELCOME (welcome), NULL);
  dure_ui_test_wait (has_desk, window, "an empty store opens");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_null (dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_TROUBLE, NULL));
  dure_ui_test_close (window);
}

static void
test_damaged_is_not_written (void)
{
  g_autofree char   *path = dure_ui_test_path ();
  g_autofree char   *before = g_strnfill (8192, 'x');
  g_autofree char   *after = NULL;
  gsize              length;
  DureWindow        *window;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, before, 8192, &error);
  g_assert_no_error (error);
  window = dure_ui_test_open (path);
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_TROUBLE, NULL));
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (window), GTK_TYPE_LABEL, "The Store Is Damaged"));
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, "_Restore a Backup…"));
  g_assert_null (dure_window_get_desk (window));
  dure_ui_test_rest (50);
  dure_ui_test_close (window);
  g_assert_true (g_file_get_contents (path, &after, &length, NULL));
  g_assert_cmpuint (length, ==, 8192);
  g_assert_cmpstr (after, ==, before);
}

/* Samples of the usual store stand beside it, and lead back to the officer's own records. */
static void
test_sample_is_apart (void)
{
  g_autofree char *usual = dure_app_default_store ();
  g_autofree char *folder = g_path_get_dirname (usual);
  g_autofree char *sample = g_build_filename (folder, "sample-yeongdo.db", NULL);
  DureWindow      *window = dure_ui_test_open (usual);
  GtkWidget       *welcome = dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_WELCOME, NULL);

  g_assert_nonnull (welcome);
  dure_welcome_begin (DURE_WELCOME (welcome), "yeongdo");
  dure_ui_test_wait (has_desk, window, "the sample opens");
  g_assert_cmpstr (dure_window_get_path (window), ==, sample);
  g_assert_false (g_file_test (usual, G_FILE_TEST_EXISTS));
  g_assert_nonnull (dure_window_get_notice (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.leave-sample", NULL);
  g_assert_null (dure_window_get_desk (window));
  g_assert_nonnull (dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_WELCOME, NULL));
  g_assert_null (dure_window_get_notice (window));
  dure_ui_test_close (window);
}

/* ---- import ---- */

static GFile *
choose (GtkFileChooserAction action, const char *title, gpointer path)
{
  return g_file_new_for_path (path);
}

static GtkWidget *
import_dialog (void)
{
  return dure_ui_test_find_window (DURE_TYPE_IMPORT_DIALOG);
}

static gboolean
has_import_dialog (gpointer unused)
{
  return import_dialog () != NULL;
}

static gboolean
has_no_import_dialog (gpointer unused)
{
  return import_dialog () == NULL;
}

static gboolean
can_import_two (gpointer unused)
{
  GtkWidget *dialog = import_dialog ();
  GtkWidget *button = dialog != NULL ? dure_ui_test_find (dialog, GTK_TYPE_BUTTON, "_Import 2") : NULL;

  return button != NULL;
}

static gboolean
has_34_agencies (gpointer window)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);

  return dure_store_count (dure_desk_get_store (dure_window_get_desk (window)), query, NULL) == 34;
}

/* Two rows of three are right: nothing is imported until the wrong one is left out on purpose. */
static void
test_import (void)
{
  g_autofree char *store = dure_ui_test_path ();
  g_autofree char *csv = g_strconcat (store, ".csv", NULL);
  DureWindow      *window;
  GtkWidget       *dialog, *button, *skip, *cell;

  g_assert_true (g_file_set_contents (csv,
                                      "기관명,기관 유형,공공·민간,대표전화,팩스,전자우편,주소,비고\n"
                                      "새누리복지관,종합사회복지관,민간,02-123-4567,02-123-4568,office@saenuri.example,"
                                      "철산로 11길 3,화요일에 쉼\n"
                                      "이상한기관,없는 유형,민간,,,,,\n"
                                      "온마음센터,정신건강복지센터,민간,02-222-3333,,,,\n",
                                      -1, NULL));
  dure_ui_test_make_store (store, "gwangmyeong");
  window = dure_ui_test_open (store);
  dure_file_dialog_set_stub (choose, csv);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.import", NULL));
  dure_ui_test_wait (has_import_dialog, NULL, "the dialog opens");
  dure_ui_test_wait (can_import_two, NULL, "two rows can be imported");
  dialog = import_dialog ();
  button = dure_ui_test_find (dialog, GTK_TYPE_BUTTON, "_Import 2");
  g_assert_false (gtk_widget_get_sensitive (button));
  /* However many columns there are, what they hold can be read. */
  cell = dure_ui_test_find (dialog, GTK_TYPE_LABEL, "새누리복지관");
  g_assert_nonnull (cell);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (cell))));
  skip = dure_ui_test_find (dialog, GTK_TYPE_SWITCH, NULL);
  gtk_switch_set_active (GTK_SWITCH (skip), TRUE);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  dure_ui_test_wait (has_no_import_dialog, NULL, "the dialog closes when all is imported");
  g_assert_true (has_34_agencies (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  dure_ui_test_rest (100);
  g_assert_false (has_34_agencies (window));
  dure_file_dialog_set_stub (NULL, NULL);
  dure_ui_test_close (window);
}

/* ---- notices ---- */

static void
test_notices_queue (void)
{
  DureWindow *window = dure_ui_test_open_sample ("gwangmyeong");
  GtkWidget  *notice = dure_ui_test_find (GTK_WIDGET (window), DURE_TYPE_NOTICE, NULL);

  g_assert_null (dure_window_get_notice (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.error", "s", "첫째");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.error", "s", "둘째");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.error", "s", "첫째");
  g_assert_cmpstr (dure_window_get_notice (window), ==, "첫째");
  g_signal_emit_by_name (gtk_widget_get_last_child (gtk_widget_get_first_child (gtk_widget_get_first_child (notice))),
                         "clicked");
  g_assert_cmpstr (dure_window_get_notice (window), ==, "둘째");
  g_signal_emit_by_name (gtk_widget_get_last_child (gtk_widget_get_first_child (gtk_widget_get_first_child (notice))),
                         "clicked");
  g_assert_null (dure_window_get_notice (window));
  dure_ui_test_close (window);
}

/* ---- settings ---- */

/* The defaults in the code are those of the schema. */
static void
test_settings (void)
{
  g_autoptr (GSettingsSchema) schema =
      g_settings_schema_source_lookup (g_settings_schema_source_get_default (), DURE_APP_ID, TRUE);
  g_auto (GStrv)  keys = NULL;
  GObjectClass   *klass = g_type_class_ref (DURE_TYPE_SETTINGS);

  g_assert_nonnull (schema);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, keys[i]);
      g_autoptr (GVariant) value = g_settings_schema_key_get_default_value (key);
      GParamSpec   *pspec = g_object_class_find_property (klass, keys[i]);
      const GValue *ours;

      g_assert_nonnull (pspec);
      ours = g_param_spec_get_default_value (pspec);
      if (G_VALUE_HOLDS_BOOLEAN (ours))
        g_assert_cmpint (g_value_get_boolean (ours), ==, g_variant_get_boolean (value));
      else if (G_VALUE_HOLDS_INT (ours))
        g_assert_cmpint (g_value_get_int (ours), ==, g_variant_get_int32 (value));
      else
        g_assert_cmpstr (g_value_get_string (ours), ==, g_variant_get_string (value, NULL));
    }
  g_type_class_unref (klass);
}

/* ---- every .ui file ---- */

/* The type of a class by its name, whether anything used it before or not: DureDayCell is dure_day_cell_get_type(). */
static GType
type_by_name (const char *name)
{
  g_autoptr (GString) symbol = g_string_new (NULL);
  GType (*get_type) (void);

  for (const char *c = name; *c != '\0'; c++)
    {
      if (g_ascii_isupper (*c) && c != name)
        g_string_append_c (symbol, '_');
      g_string_append_c (symbol, g_ascii_tolower (*c));
    }
  g_string_append (symbol, "_get_type");
  *(void **) &get_type = dlsym (RTLD_DEFAULT, symbol->str);
  return get_type != NULL ? get_type () : 0;
}

static guint
walk_ui (const char *folder)
{
  g_auto (GStrv) children = g_resources_enumerate_children (folder, 0, NULL);
  guint          n_files = 0;

  for (guint i = 0; children != NULL && children[i] != NULL; i++)
    {
      g_autofree char   *path = g_strconcat (folder, children[i], NULL);
      g_autoptr (GBytes) bytes = NULL;
      const char        *xml, *template;

      if (g_str_has_suffix (path, "/"))
        {
          n_files += walk_ui (path);
          continue;
        }
      if (!g_str_has_suffix (path, ".ui"))
        continue;
      g_test_message ("%s", path);
      n_files++;
      bytes = g_resources_lookup_data (path, 0, NULL);
      xml = g_bytes_get_data (bytes, NULL);
      template = strstr (xml, "<template class=\"");
      if (template != NULL)
        {
          const char      *start = template + strlen ("<template class=\"");
          g_autofree char *name = g_strndup (start, strcspn (start, "\""));
          GType            type = type_by_name (name);
          GObject         *object;

          if (type == 0)
            g_error ("%s: nobody registered %s", path, name);
          if (G_TYPE_IS_ABSTRACT (type))
            continue;
          object = g_object_new (type, NULL);
          g_object_ref_sink (object);
          if (GTK_IS_WINDOW (object))
            gtk_window_destroy (GTK_WINDOW (object));
          g_object_unref (object);
        }
      else
        {
          g_autoptr (GtkBuilder) builder = gtk_builder_new ();
          g_autoptr (GError)     error = NULL;

          gtk_builder_add_from_resource (builder, path, &error);
          g_assert_no_error (error);
        }
    }
  return n_files;
}

static void
test_ui_files (void)
{
  g_assert_cmpuint (walk_ui ("/kr/dure/Dure/"), >=, 9);
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add_func ("/shell/no-key-twice", test_no_key_twice);
  g_test_add_func ("/shell/keys-name-actions", test_keys_name_actions);
  g_test_add_func ("/shell/shortcuts-window", test_shortcuts_window);
  g_test_add_func ("/shell/places", test_places);
  g_test_add_func ("/shell/place-is-remembered", test_place_is_remembered);
  g_test_add_func ("/shell/palette", test_palette);
  g_test_add_func ("/shell/undo", test_undo);
  g_test_add_func ("/shell/batch-is-whole", test_batch_is_whole);
  g_test_add_func ("/shell/first-start", test_first_start);
  g_test_add_func ("/shell/damaged-is-not-written", test_damaged_is_not_written);
  g_test_add_func ("/shell/sample-is-apart", test_sample_is_apart);
  g_test_add_func ("/shell/import", test_import);
  g_test_add_func ("/shell/notices-queue", test_notices_queue);
  g_test_add_func ("/shell/settings", test_settings);
  g_test_add_func ("/shell/ui-files", test_ui_files);
  return g_test_run ();
}
