/* test-edge-list.c: networks from text files, good and bad
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "graph/dure-edge-list.h"

static DureEdgeList *
parse (const char *text, GError **error)
{
  return dure_edge_list_parse (text, strlen (text), "test.el", error);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureEdgeList) list = parse (
      "\xEF\xBB\xBF# a comment\r\n10 9\r\n\n  9\t2 2.5 # the strong one\n2 9\n복지관 10\n7 7\n복지관 007", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->n_nodes, ==, 6);
  /* Numbers as numbers, then words. */
  g_assert_cmpstr (list->ids[0], ==, "2");
  g_assert_cmpstr (list->ids[1], ==, "007");
  g_assert_cmpstr (list->ids[2], ==, "7");
  g_assert_cmpstr (list->ids[3], ==, "9");
  g_assert_cmpstr (list->ids[4], ==, "10");
  g_assert_cmpstr (list->ids[5], ==, "복지관");
  g_assert_null (list->ids[6]);
  g_assert_cmpuint (list->graph->n_nodes, ==, 6);
  g_assert_cmpuint (list->graph->n_ties, ==, 4);
  g_assert_cmpuint (list->n_self, ==, 1);
  g_assert_cmpuint (list->n_merged, ==, 1);
  g_assert_cmpuint (dure_graph_degree (list->graph, 2), ==, 0);
  g_assert_true (dure_graph_find_tie (list->graph, 0, 3, NULL));
  g_assert_cmpfloat (list->graph->ties[0].weight, ==, 3.5);
}

static void
test_bad (void)
{
  static const struct
  {
    const char *text;
    const char *reason;
  } cases[] = {
    { "", "test.el has no ties" },
    { "# only a comment\n\n", "test.el has no ties" },
    { "1 2\n3\n", "Line 2 of test.el has one name only" },
    { "1 # 2\n", "Line 1 of test.el has one name only" },
    { "1 2 3 4\n", "Line 1 of test.el has more than two names" },
    { "1 2\n\n2 3 strong\n", "Line 3 of test.el has a weight that is not a number" },
    { "1 2 1.5x\n", "Line 1 of test.el has a weight that is not a number" },
    { "1 2 nan\n", "Line 1 of test.el has a weight that is not a number" },
    { "1 2 0\n", "Line 1 of test.el has a weight that is not above zero" },
    { "1 2 -3\n", "Line 1 of test.el has a weight that is not above zero" },
    { "1 2 -inf\n", "Line 1 of test.el has a weight that is not above zero" },
    { "1 2 inf\n", "Line 1 of test.el has a weight that is too large" },
    { "1 2 1e999\n", "Line 1 of test.el has a weight that is too large" },
    { "1 2\n2 \xB0\xA1\n", "Line 2 of test.el is not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].text, &error));
      g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].reason));
    }
}

static void
test_null_byte (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dure_edge_list_parse ("1 2\n3 \0 4\n", 10, "test.el", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Line 2 of test.el is not UTF-8"));
}

static void
test_long_line (void)
{
  g_autofree char *word = g_strnfill (DURE_EDGE_LIST_LINE - 2, 'a');
  g_autofree char *fits = g_strconcat (word, " b\n", NULL);
  g_autofree char *longer = g_strconcat ("1 2\na", word, " b\n", NULL);
  g_autoptr (DureEdgeList) list = NULL;
  g_autoptr (GError) error = NULL;

  list = parse (fits, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->graph->n_ties, ==, 1);
  g_assert_null (parse (longer, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Line 2 of test.el is longer"));
}

static void
test_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("dure-edge-list-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "관계.el", NULL);
  g_autoptr (DureEdgeList) list = NULL;

  g_assert_null (dure_edge_list_read (path, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "관계.el"));
  g_clear_error (&error);
  g_assert_null (dure_edge_list_read (folder, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "a b\nb c\n", -1, NULL));
  list = dure_edge_list_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->graph->n_ties, ==, 2);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/edge-list/good", test_good);
  g_test_add_func ("/graph/edge-list/bad", test_bad);
  g_test_add_func ("/graph/edge-list/null-byte", test_null_byte);
  g_test_add_func ("/graph/edge-list/long-line", test_long_line);
  g_test_add_func ("/graph/edge-list/files", test_files);
  return g_test_run ();
}
