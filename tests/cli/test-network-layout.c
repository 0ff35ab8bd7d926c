/* test-network-layout.c: durectl network layout, from a file to places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/dure-cli.h"

#define MOST_ARGUMENTS 12

typedef struct
{
  char *folder;
  char *list;
  char *places;
  char *out;
  char *err;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("dure-layout-XXXXXX", NULL);
  fixture->list = g_build_filename (fixture->folder, "square.el", NULL);
  fixture->places = g_build_filename (fixture->folder, "places.txt", NULL);
  g_assert_true (g_file_set_contents (fixture->list, "# a square\n2 10\n10 복지관\n복지관 1 2.5\n1 2\n", -1, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->list);
  g_unlink (fixture->places);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->list);
  g_free (fixture->places);
  free (fixture->out);
  free (fixture->err);
}

static int
run (Fixture *fixture, const char *const *arguments)
{
  char  *argv[MOST_ARGUMENTS + 4] = { (char *)"durectl", (char *)"network", (char *)"layout" };
  size_t size;
  FILE  *in = fopen ("/dev/null", "r");
  FILE  *out;
  FILE  *err;
  int    argc = 3;
  int    status;

  g_clear_pointer (&fixture->out, free);
  g_clear_pointer (&fixture->err, free);
  out = open_memstream (&fixture->out, &size);
  err = open_memstream (&fixture->err, &size);
  for (; *arguments != NULL; arguments++)
    argv[argc++] = (char *)*arguments;
  status = dure_cli_run (argc, argv, in, out, err);
  fclose (in);
  fclose (out);
  fclose (err);
  return status;
}

#define RUN(fixture, ...) run (fixture, (const char *const[]){ __VA_ARGS__, NULL })

/* "id x y" in the order of the list: numbers first. The square stays one. */
static void
check_square (const char *text)
{
  static const char *const ids[] = { "1", "2", "10", "복지관" };
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  double x[4];
  double y[4];

  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_cmpstr (lines[4], ==, "");
  for (guint i = 0; i < 4; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      char *end;

      g_assert_cmpuint (g_strv_length (words), ==, 3);
      g_assert_cmpstr (words[0], ==, ids[i]);
      x[i] = g_ascii_strtod (words[1], &end);
      g_assert_cmpstr (end, ==, "");
      y[i] = g_ascii_strtod (words[2], &end);
      g_assert_cmpstr (end, ==, "");
    }
  g_assert_cmpfloat_with_epsilon (hypot (x[0] - x[1], y[0] - y[1]) / hypot (x[1] - x[2], y[1] - y[2]), 1, 0.02);
  g_assert_cmpfloat_with_epsilon (hypot (x[0] - x[2], y[0] - y[2]) / hypot (x[0] - x[1], y[0] - y[1]), G_SQRT2, 0.03);
}

static void
test_to_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  g_assert_cmpint (RUN (fixture, fixture->list, "-o", fixture->places, "--reading", "0"), ==, DURE_CLI_OK);
  g_assert_true (g_str_has_prefix (fixture->out, "4 nodes and 4 ties laid out in "));
  g_assert_true (g_file_get_contents (fixture->places, &text, NULL, NULL));
  check_square (text);
  g_assert_cmpint (RUN (fixture, "--json", fixture->list, "-o", fixture->places), ==, DURE_CLI_OK);
  g_assert_true (json_parser_load_from_data (parser, fixture->out, -1, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpint (json_object_get_int_member (object, "nodes"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (object, "ties"), ==, 4);
  g_assert_cmpfloat (json_object_get_double_member (object, "layout_seconds"), >=, 0);
}

static void
test_to_the_screen (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;

  g_assert_cmpint (RUN (fixture, fixture->list, "--reading=0", "--seed", "3"), ==, DURE_CLI_OK);
  check_square (fixture->out);
  first = g_strdup (fixture->out);
  g_assert_cmpint (RUN (fixture, fixture->list, "--reading=0", "--seed", "3"), ==, DURE_CLI_OK);
  g_assert_cmpstr (fixture->out, ==, first);
}

static void
test_misused (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "-0.1", "1.01", "much", "", "nan" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_cmpint (RUN (fixture, fixture->list, "--reading", wrong[i]), ==, DURE_CLI_MISUSED);
      g_assert_nonnull (strstr (fixture->err, "--reading"));
      g_assert_cmpstr (fixture->out, ==, "");
    }
  g_assert_cmpint (RUN (fixture, "-o", fixture->places), ==, DURE_CLI_MISUSED);
}

static void
test_bad_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "where", NULL);

  g_assert_cmpint (RUN (fixture, fixture->places), ==, DURE_CLI_FAILED);
  g_assert_nonnull (strstr (fixture->err, "places.txt"));
  g_assert_cmpint (RUN (fixture, fixture->list, "-o", nowhere), ==, DURE_CLI_FAILED);
  g_assert_nonnull (strstr (fixture->err, nowhere));
  g_assert_true (g_file_set_contents (fixture->list, "1 2\n2 3 -1\n", -1, NULL));
  g_assert_cmpint (RUN (fixture, fixture->list, "-o", fixture->places), ==, DURE_CLI_FAILED);
  g_assert_nonnull (strstr (fixture->err, "Line 2 of square.el has a weight that is not above zero."));
  g_assert_false (g_file_test (fixture->places, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cli/network-layout/file", Fixture, NULL, set_up, test_to_a_file, tear_down);
  g_test_add ("/cli/network-layout/screen", Fixture, NULL, set_up, test_to_the_screen, tear_down);
  g_test_add ("/cli/network-layout/misused", Fixture, NULL, set_up, test_misused, tear_down);
  g_test_add ("/cli/network-layout/bad-files", Fixture, NULL, set_up, test_bad_files, tear_down);
  return g_test_run ();
}
