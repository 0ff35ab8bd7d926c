/* test-network-picture-file.c: pictures of a network as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/dure-error.h"
#include "document/dure-network-picture-file.h"

static char *directory;

static DureNetwork *
awkward_network (void)
{
  DureNetworkNode nodes[] = {
    { .id = (char *)"a",
      .name = (char *)"<나눔> & \"이웃\"\x01",
      .label = (char *)"<나눔> & \"이웃\"\x01",
      .sector = DURE_SECTOR_PRIVATE,
      .area = 0,
      .areas = 1,
      .lat = NAN,
      .lon = NAN },
    { .id = (char *)"b",
      .name = (char *)"가족센터",
      .label = (char *)"가족센터",
      .area = DURE_NO_AREA,
      .lat = NAN,
      .lon = NAN },
    { .id = (char *)"c",
      .name = (char *)"가족센터",
      .label = (char *)"가족센터",
      .area = 1,
      .areas = 2,
      .lat = NAN,
      .lon = NAN },
    { .id = (char *)"d",
      .name = (char *)"아주긴이름아주긴이름아주긴이름아주긴이름아주긴이름아주긴이름아주긴이름",
      .label = (char *)"아주긴이름아주긴이름아주긴이름아주긴이름아주긴이름아주긴이름아주긴이름",
      .sector = DURE_SECTOR_COUNCIL,
      .area = 2,
      .areas = 4,
      .lat = NAN,
      .lon = NAN },
  };
  DureNetworkTie ties[] = { { .from = 0, .to = 1, .layers = DURE_LAYER_AGREEMENT, .count = 1 },
                            { .from = 1, .to = 3, .layers = DURE_LAYER_REFERRAL, .count = 1, .sent = 2 } };

  ties[0].by_layer[0] = 1;
  ties[1].by_layer[5] = 2;
  return dure_network_new (nodes, G_N_ELEMENTS (nodes), ties, G_N_ELEMENTS (ties));
}

static char *
path_of (const char *name)
{
  return g_build_filename (directory, name, NULL);
}

static char *
export_text (const DureNetwork *network, const char *name, gsize *length)
{
  DurePoint                 places[] = { { 0, 0 }, { 200, 0 }, { 400, 50 }, { 200, 200 } };
  DureNetworkPictureOptions options;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of (name);
  char            *text;

  dure_network_picture_options_init (&options);
  options.title = "광명 <관계망>";
  g_assert_true (dure_network_export_picture (network, network->n_nodes > 0 ? places : NULL, &options, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, length, NULL));
  g_unlink (path);
  return text;
}

static guint
count (const char *text, const char *part)
{
  guint found = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    found++;
  return found;
}

static void
test_svg_has_text (void)
{
  g_autoptr (DureNetwork) network = awkward_network ();
  gsize            length;
  g_autofree char *svg = export_text (network, "a.SVG", &length);

  g_assert_true (g_utf8_validate (svg, (gssize)length, NULL));
  g_assert_nonnull (strstr (svg, "<title>광명 &lt;관계망&gt;</title>"));
  g_assert_nonnull (strstr (svg, ">&lt;나눔&gt; &amp; &quot;이웃&quot;</text>"));
  g_assert_cmpuint (count (svg, ">가족센터</text>"), ==, 2);
  /* What is drawn shortened is written shortened. */
  g_assert_nonnull (strstr (svg, "…</text>"));
  g_assert_null (strstr (svg, "glyph"));
  /* Who has not our font gets one without serifs. */
  g_assert_nonnull (strstr (svg, ", sans-serif\""));
  g_assert_true (g_str_has_suffix (svg, "</svg>\n"));
}

static void
test_kinds_of_files (void)
{
  g_autoptr (DureNetwork) network = awkward_network ();
  gsize            length;
  g_autofree char *png = export_text (network, "a.png", &length);
  g_autofree char *pdf = NULL;

  g_assert_cmpmem (png, 8, "\x89PNG\r\n\x1a\n", 8);
  pdf = export_text (network, "a.pdf", &length);
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
}

static void
test_empty (void)
{
  static const char *const names[] = { "e.png", "e.svg", "e.pdf" };
  g_autoptr (DureNetwork) network = dure_network_new (NULL, 0, NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize            length;
      g_autofree char *text = export_text (network, names[i], &length);

      g_assert_cmpuint (length, >, 100);
    }
}

/* Larger networks get larger sheets. */
static void
test_sheets_grow (void)
{
  DureNetworkNode  nodes[500];
  DurePoint        places[500];
  g_autofree char *path = path_of ("large.svg");
  g_autofree char *svg = NULL;
  g_autoptr (DureNetwork) network = NULL;

  for (guint v = 0; v < 500; v++)
    {
      nodes[v] = (DureNetworkNode){ .id = g_strdup_printf ("%u", v),
                                    .name = (char *)"기관",
                                    .label = (char *)"기관",
                                    .area = DURE_NO_AREA,
                                    .lat = NAN,
                                    .lon = NAN };
      places[v] = (DurePoint){ 100 * (v % 25), 100 * (v / 25) };
    }
  network = dure_network_new (nodes, 500, NULL, 0);
  g_assert_true (dure_network_export_picture (network, places, NULL, path, NULL));
  g_assert_true (g_file_get_contents (path, &svg, NULL, NULL));
  /* A1 across: 841 × 594 mm. */
  g_assert_nonnull (strstr (svg, "width=\"2381"));
  g_assert_cmpuint (count (svg, ">기관</text>"), >, 400);
  g_unlink (path);
  for (guint v = 0; v < 500; v++)
    g_free (nodes[v].id);
}

static void
test_bad_files (void)
{
  g_autoptr (DureNetwork) network = awkward_network ();
  g_autoptr (GError) error = NULL;
  g_autofree char *word = path_of ("a.docx");
  g_autofree char *nowhere = g_build_filename (directory, "nowhere", "a.png", NULL);

  g_assert_false (dure_network_export_picture (network, NULL, NULL, word, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "a.docx"));
  g_clear_error (&error);
  g_assert_false (dure_network_export_picture (network, NULL, NULL, nowhere, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, nowhere));
  g_assert_false (g_file_test (word, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  directory = g_dir_make_tmp ("dure-picture-XXXXXX", NULL);
  g_test_add_func ("/network-picture-files/svg", test_svg_has_text);
  g_test_add_func ("/network-picture-files/kinds", test_kinds_of_files);
  g_test_add_func ("/network-picture-files/empty", test_empty);
  g_test_add_func ("/network-picture-files/sheets", test_sheets_grow);
  g_test_add_func ("/network-picture-files/bad", test_bad_files);
  status = g_test_run ();
  g_rmdir (directory);
  g_free (directory);
  return status;
}
