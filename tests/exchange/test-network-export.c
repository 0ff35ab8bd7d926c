/* test-network-export.c: awkward names in files for other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/dure-error.h"
#include "exchange/dure-csv.h"
#include "exchange/dure-network-export.h"

/* 60 characters */
#define LONG_NAME                                                                                                                                                               \
  "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후가" \
  "나다라"
#define AWKWARD "<나눔> & \"이웃\"\x01\x0b\t돌봄\x7f"

static DureNetwork *
awkward_network (void)
{
  DureNetworkNode nodes[] = {
    { .id = (char *)"a",
      .name = (char *)AWKWARD,
      .label = (char *)AWKWARD,
      .sector = DURE_SECTOR_PRIVATE,
      .area = 0,
      .areas = 1 | 1 << 5,
      .kind = (char *)"welfare-centre",
      .region_name = (char *)"하안2동",
      .lat = NAN,
      .lon = NAN },
    { .id = (char *)"b&<",
      .name = (char *)LONG_NAME,
      .label = (char *)LONG_NAME,
      .sector = DURE_SECTOR_PUBLIC,
      .area = DURE_NO_AREA,
      .lat = NAN,
      .lon = NAN },
    { .id = (char *)"c",
      .name = (char *)"가족센터",
      .label = (char *)"가족센터",
      .sector = DURE_SECTOR_COUNCIL,
      .area = DURE_NO_AREA,
      .lat = NAN,
      .lon = NAN },
    { .id = (char *)"d",
      .name = (char *)"가족센터",
      .label = (char *)"=가족센터",
      .area = DURE_NO_AREA,
      .lat = NAN,
      .lon = NAN },
    { .id = (char *)"e",
      .name = (char *)"깨진 \xff\xfe 이름",
      .label = (char *)"\xed\xa0\x80",
      .area = DURE_NO_AREA,
      .lat = NAN,
      .lon = NAN },
  };
  DureNetworkTie ties[] = {
    { .from = 0, .to = 1, .layers = DURE_LAYER_AGREEMENT, .count = 1 },
    { .from = 1, .to = 2, .layers = DURE_LAYER_REFERRAL, .count = 2, .sent = 7, .returned = 3 },
    { .from = 2, .to = 3, .layers = DURE_LAYER_PROGRAMME, .count = 1 },
  };

  ties[0].by_layer[0] = 2;
  ties[1].by_layer[5] = 7;
  ties[2].by_layer[3] = 1;
  return dure_network_new (nodes, G_N_ELEMENTS (nodes), ties, G_N_ELEMENTS (ties));
}

typedef struct
{
  guint    nodes;
  guint    edges;
  guint    values;
  guint    positions;
  gboolean awkward; /* the awkward name was read as it was meant */
} Seen;

static void
start_cb (GMarkupParseContext *context,
          const char          *element,
          const char         **names,
          const char         **values,
          gpointer             data,
          GError             **error)
{
  Seen *seen = data;

  seen->nodes += g_str_equal (element, "node") ? 1 : 0;
  seen->edges += g_str_equal (element, "edge") ? 1 : 0;
  seen->values += g_str_equal (element, "attvalue") || g_str_equal (element, "data") ? 1 : 0;
  seen->positions += g_str_equal (element, "viz:position") ? 1 : 0;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (values[i], "<나눔> & \"이웃\"\t돌봄"))
      seen->awkward = TRUE;
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Seen            *seen = data;
  g_autofree char *whole = g_strndup (text, length);

  if (g_str_equal (whole, "<나눔> & \"이웃\"\t돌봄"))
    seen->awkward = TRUE;
}

/* Reads XML strictly: what GLib's parser lets pass, the characters that XML forbids, is looked for by hand. */
static Seen
read_xml (const char *xml, gsize length)
{
  static const GMarkupParser parser = { .start_element = start_cb, .text = text_cb };
  Seen                       seen = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &seen, NULL);

  g_assert_cmpuint (strlen (xml), ==, length);
  g_assert_true (g_utf8_validate (xml, (gssize)length, NULL));
  for (const char *p = xml; *p != '\0'; p++)
    g_assert_true ((guchar)*p >= 0x20 || *p == '\n');
  g_assert_true (g_markup_parse_context_parse (context, xml, (gssize)length, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  return seen;
}

static void
test_graphml (void)
{
  g_autoptr (DureNetwork) network = awkward_network ();
  DurePoint places[] = { { 1, 2 }, { 3, -4 }, { NAN, 0 }, { 5, 6 }, { 7, 8 } };
  g_autoptr (GString) xml = dure_network_to_graphml (network, NULL, places);
  Seen seen = read_xml (xml->str, xml->len);

  g_assert_cmpuint (seen.nodes, ==, 5);
  g_assert_cmpuint (seen.edges, ==, 3);
  g_assert_true (seen.awkward);
  g_assert_nonnull (strstr (xml->str, "<data key=\"n_areas\">welfare,mental-health</data>"));
  g_assert_nonnull (strstr (xml->str, "<data key=\"t_sent\">7</data><data key=\"t_returned\">3</data>"));
  /* y grows upwards there. */
  g_assert_nonnull (strstr (xml->str, "<data key=\"n_x\">3</data><data key=\"n_y\">4</data>"));
  g_assert_nonnull (strstr (xml->str, "<node id=\"b&amp;&lt;\">"));
  g_assert_nonnull (strstr (xml->str, LONG_NAME));
}

static void
test_gexf (void)
{
  g_autoptr (DureNetwork) network = awkward_network ();
  g_autoptr (DureAnalysis) analysis = dure_analysis_new (network->graph, NULL, NULL, NULL);
  DurePoint places[] = { { 1, 2 }, { 3, -4 }, { NAN, 0 }, { 5, 6 }, { 7, 8 } };
  g_autoptr (GString) xml = dure_network_to_gexf (network, analysis, places);
  Seen seen = read_xml (xml->str, xml->len);

  g_assert_cmpuint (seen.nodes, ==, 5);
  g_assert_cmpuint (seen.edges, ==, 3);
  g_assert_cmpuint (seen.positions, ==, 4);
  g_assert_true (seen.awkward);
  g_assert_null (strstr (xml->str, "nan"));
  g_assert_nonnull (strstr (xml->str, "weight=\"7\""));
  g_assert_nonnull (strstr (xml->str, "<viz:position x=\"3\" y=\"4\" z=\"0\"/>"));
}

static void
test_csv (void)
{
  g_autoptr (DureNetwork) network = awkward_network ();
  g_autoptr (GString) agencies = dure_network_agencies_to_csv (network, NULL);
  g_autoptr (GString) ties = dure_network_ties_to_csv (network);
  g_autoptr (DureCsv) csv = dure_csv_new (ties->str, ties->len, NULL);
  GPtrArray *row;
  guint      rows = 0;

  g_assert_true (g_str_has_prefix (agencies->str, DURE_CSV_BOM "id,"));
  /* A name that a spreadsheet would take for a formula is text. */
  g_assert_nonnull (strstr (agencies->str, ",'=가족센터,"));
  g_assert_nonnull (csv);
  while (dure_csv_next (csv, &row, NULL))
    {
      g_assert_cmpuint (row->len, ==, 9);
      if (rows == 2)
        {
          g_assert_cmpstr (row->pdata[0], ==, LONG_NAME);
          g_assert_cmpstr (row->pdata[1], ==, "가족센터");
          g_assert_cmpstr (row->pdata[8], ==, "c");
        }
      rows++;
    }
  g_assert_cmpuint (rows, ==, 4);
}

static void
test_empty (void)
{
  g_autoptr (DureNetwork) network = dure_network_new (NULL, 0, NULL, 0);
  g_autoptr (DureAnalysis) analysis = dure_analysis_new (network->graph, NULL, NULL, NULL);
  g_autoptr (GString) graphml = dure_network_to_graphml (network, analysis, NULL);
  g_autoptr (GString) gexf = dure_network_to_gexf (network, analysis, NULL);

  g_assert_cmpuint (read_xml (graphml->str, graphml->len).nodes, ==, 0);
  g_assert_cmpuint (read_xml (gexf->str, gexf->len).nodes, ==, 0);
}

static void
test_files (void)
{
  g_autoptr (DureNetwork) network = awkward_network ();
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("dure-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "관계망.csv", NULL);
  g_autofree char *ties = g_build_filename (directory, "관계망-ties.csv", NULL);
  g_autofree char *nowhere = g_build_filename (directory, "없음", "x.gexf", NULL);
  GStatBuf         status;

  g_assert_true (dure_network_export_data (network, NULL, NULL, DURE_NETWORK_CSV, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (ties, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_false (dure_network_export_data (network, NULL, NULL, DURE_NETWORK_GEXF, nowhere, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, nowhere));
  g_unlink (path);
  g_unlink (ties);
  g_rmdir (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-export/graphml", test_graphml);
  g_test_add_func ("/network-export/gexf", test_gexf);
  g_test_add_func ("/network-export/csv", test_csv);
  g_test_add_func ("/network-export/empty", test_empty);
  g_test_add_func ("/network-export/files", test_files);
  return g_test_run ();
}
