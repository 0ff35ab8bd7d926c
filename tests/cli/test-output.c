/* test-output.c: columns that line up with Hangul in them, JSON that is what the table says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cli/dure-cli-output.h"

static char *
print_table (DureCliTable *table)
{
  char  *text = NULL;
  size_t size = 0;
  FILE  *out = open_memstream (&text, &size);

  dure_cli_table_print (table, out);
  fclose (out);
  return text;
}

static void
test_width (void)
{
  g_assert_cmpuint (dure_cli_text_width (""), ==, 0);
  g_assert_cmpuint (dure_cli_text_width ("abc"), ==, 3);
  g_assert_cmpuint (dure_cli_text_width ("광명"), ==, 4);
  g_assert_cmpuint (dure_cli_text_width ("e\xCC\x81"), ==, 1);
}

static void
test_columns_line_up (void)
{
  static const char *const cells[] = { "id", "기관명", "kind", "1", "복지관", "a", "22", "x", "" };
  g_autoptr (DureCliTable) table = dure_cli_table_new (3);
  char *text;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    dure_cli_table_add (table, cells[i]);
  text = print_table (table);
  g_assert_cmpstr (text, ==,
                   "id  기관명  kind\n"
                   "1   복지관  a\n"
                   "22  x\n");
  free (text);
}

static void
test_cells_stay_on_one_line (void)
{
  g_autoptr (DureCliTable) table = dure_cli_table_new (2);
  g_autoptr (GString) wide = g_string_new (NULL);
  char *text;

  for (guint i = 0; i < 100; i++)
    g_string_append (wide, "가");
  dure_cli_table_add (table, "a\nb\tc\033[31m");
  dure_cli_table_add (table, wide->str);
  text = print_table (table);
  g_assert_null (strchr (text, '\033'));
  g_assert_true (strchr (text, '\n') == text + strlen (text) - 1);
  g_assert_nonnull (strstr (text, "…"));
  g_assert_cmpuint (dure_cli_text_width (text), <, 80);
  free (text);
}

static void
test_json_follows_the_table (void)
{
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_PROGRAMME);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  char       *text = NULL;
  size_t      size = 0;
  FILE       *out = open_memstream (&text, &size);

  dure_record_set_id (record, "01890000-0000-7000-8000-000000000000");
  dure_record_set (record, DURE_PROGRAMME_NAME, "\"따옴표\" \\ 😀");
  dure_record_set (record, DURE_PROGRAMME_AREAS, "welfare,care");
  dure_record_set (record, DURE_PROGRAMME_CAPACITY, "30");
  dure_record_set (record, DURE_PROGRAMME_NEW_THIS_YEAR, "1");
  dure_cli_json_record (builder, record);
  dure_cli_json_print (builder, out);
  fclose (out);
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "\"따옴표\" \\ 😀");
  g_assert_cmpint (json_object_get_int_member (object, "capacity"), ==, 30);
  g_assert_true (json_object_get_boolean_member (object, "new_this_year"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "areas")), ==, 2);
  g_assert_true (json_object_get_null_member (object, "agency"));
  g_assert_false (json_object_has_member (object, "deleted"));
  g_assert_cmpuint (json_object_get_size (object), ==, 1 + DURE_PROGRAMME_N_FIELDS);
  free (text);
}

/* Runs the whole program in this process. */
static int
run (char **said, char **complained, const char *const *words)
{
  size_t out_size = 0, err_size = 0;
  FILE  *in = fopen ("/dev/null", "re");
  FILE  *out = open_memstream (said, &out_size);
  FILE  *err = open_memstream (complained, &err_size);
  int    status = dure_cli_run ((int)g_strv_length ((char **)words), (char **)words, in, out, err);

  fclose (in);
  fclose (out);
  fclose (err);
  return status;
}

static void
test_statuses (void)
{
  static const struct
  {
    const char *words[6];
    int         status;
  } runs[] = {
    { { "durectl", "--help" }, DURE_CLI_OK },
    { { "durectl", "help", "list" }, DURE_CLI_OK },
    { { "durectl", "--version" }, DURE_CLI_OK },
    { { "durectl" }, DURE_CLI_MISUSED },
    { { "durectl", "nothing" }, DURE_CLI_MISUSED },
    { { "durectl", "--store" }, DURE_CLI_MISUSED },
    { { "durectl", "list", "agency", "-x" }, DURE_CLI_MISUSED },
    { { "durectl", "list", "agency", "--store", "/nonexistent/store.db" }, DURE_CLI_FAILED },
    { { "durectl", "--store=/nonexistent/store.db", "init" }, DURE_CLI_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      char *said = NULL, *complained = NULL;
      int   status = run (&said, &complained, runs[i].words);

      g_test_message ("%s %s", runs[i].words[0], runs[i].words[1]);
      g_assert_cmpint (status, ==, runs[i].status);
      if (status == DURE_CLI_OK)
        g_assert_cmpstr (complained, ==, "");
      else
        g_assert_cmpstr (complained, !=, "");
      free (said);
      free (complained);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/output/width", test_width);
  g_test_add_func ("/cli/output/columns-line-up", test_columns_line_up);
  g_test_add_func ("/cli/output/cells-stay-on-one-line", test_cells_stay_on_one_line);
  g_test_add_func ("/cli/output/json-follows-the-table", test_json_follows_the_table);
  g_test_add_func ("/cli/statuses", test_statuses);
  return g_test_run ();
}
