/* test-network-changes.c: durectl network compare and without, as they are typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#include "cli/dure-cli.h"

static char *store_path;

/* Runs durectl on the sample; the arguments end with NULL. Returns its status. */
static int
run (char **out, char **err, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  FILE   *in = fopen ("/dev/null", "r");
  size_t  size[2];
  FILE   *streams[2] = { open_memstream (out, &size[0]), open_memstream (err, &size[1]) };
  va_list args;
  int     status;

  g_ptr_array_add (arguments, (gpointer) "durectl");
  g_ptr_array_add (arguments, (gpointer) "--store");
  g_ptr_array_add (arguments, store_path);
  va_start (args, err);
  for (const char *word; (word = va_arg (args, const char *)) != NULL;)
    g_ptr_array_add (arguments, (gpointer)word);
  va_end (args);
  status = dure_cli_run ((int)arguments->len, (char **)arguments->pdata, in, streams[0], streams[1]);
  fclose (in);
  fclose (streams[0]);
  fclose (streams[1]);
  return status;
}

static void
test_compare (void)
{
  char *out;
  char *err;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  guint       n_lost = 0;

  /* The agreements of three years end in March 2026. */
  g_assert_cmpint (run (&out, &err, "network", "compare", "--from", "2025..2025", "--to", "2027-01..2027-12", "--layer",
                        "agreement", "--json", NULL),
                   ==, DURE_CLI_OK);
  root = json_from_string (out, &error);
  g_assert_no_error (error);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "before"), "to"), ==,
                   "2025-12-31");
  g_assert_cmpint (json_object_get_int_member (object, "new"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (object, "lost"), >, 0);
  for (guint i = 0; i < json_array_get_length (json_object_get_array_member (object, "ties")); i++)
    {
      JsonObject *tie = json_array_get_object_element (json_object_get_array_member (object, "ties"), i);

      n_lost += strcmp (json_object_get_string_member (tie, "change"), "lost") == 0 ? 1 : 0;
    }
  g_assert_cmpint (json_object_get_int_member (object, "lost"), ==, n_lost);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "sentences")), >, 1);
  free (out);
  free (err);

  g_assert_cmpint (run (&out, &err, "network", "compare", "--event", "민관 통합 교육·간담회", NULL), ==, DURE_CLI_OK);
  g_assert_cmpstr (err, ==, "");
  g_assert_nonnull (strstr (out, "ties"));
  free (out);
  free (err);
}

static void
test_compare_misused (void)
{
  static const char *const bad[][2]
      = { { NULL, NULL },   { "2025", "x" },          { "2025-02-30..2025-03-01", "2025" },
          { "..", "2025" }, { "2025..2024", "2025" }, { "2025-13..2026-01", "2025" } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      char *out;
      char *err;

      if (bad[i][0] == NULL)
        g_assert_cmpint (run (&out, &err, "network", "compare", NULL), !=, DURE_CLI_OK);
      else
        g_assert_cmpint (run (&out, &err, "network", "compare", "--from", bad[i][0], "--to", bad[i][1], NULL), !=,
                         DURE_CLI_OK);
      g_assert_cmpstr (out, ==, "");
      g_assert_cmpstr (err, !=, "");
      free (out);
      free (err);
    }
}

static void
test_without (void)
{
  char *out;
  char *err;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  g_assert_cmpint (run (&out, &err, "network", "without", "종합사회복지관 1", "시청 복지1과", "--json", NULL), ==,
                   DURE_CLI_OK);
  root = json_from_string (out, NULL);
  object = json_node_get_object (root);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "before"), "nodes"), ==, 32);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "after"), "nodes"), ==, 30);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "cut_off")), >, 0);
  free (out);
  free (err);

  g_assert_cmpint (run (&out, &err, "network", "without", "없는 기관", NULL), ==, DURE_CLI_FAILED);
  g_assert_nonnull (strstr (err, "없는 기관"));
  free (out);
  free (err);
  g_assert_cmpint (run (&out, &err, "network", "without", NULL), ==, DURE_CLI_MISUSED);
  free (out);
  free (err);
  /* Nobody hidden by the filter can be taken away. */
  g_assert_cmpint (run (&out, &err, "network", "without", "종합사회복지관 1", "--sector", "public", NULL), ==,
                   DURE_CLI_FAILED);
  free (out);
  free (err);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("dure-changes-XXXXXX", NULL);
  char            *out;
  char            *err;
  int              status;

  g_setenv ("DURE_NOW", "2025-06-20T09:00", TRUE);
  g_test_init (&argc, &argv, NULL);
  store_path = g_build_filename (folder, "store.dure", NULL);
  g_assert_cmpint (run (&out, &err, "sample", "gwangmyeong", NULL), ==, DURE_CLI_OK);
  free (out);
  free (err);
  g_test_add_func ("/cli/network-changes/compare", test_compare);
  g_test_add_func ("/cli/network-changes/compare-misused", test_compare_misused);
  g_test_add_func ("/cli/network-changes/without", test_without);
  status = g_test_run ();
  for (guint i = 0; i < 3; i++)
    {
      static const char *const endings[] = { "", "-wal", "-shm" };
      g_autofree char         *file = g_strconcat (store_path, endings[i], NULL);

      g_remove (file);
    }
  g_rmdir (folder);
  g_free (store_path);
  return status;
}
