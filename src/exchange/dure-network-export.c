/* dure-network-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-exchange"

#include "config.h"

#include "exchange/dure-network-export.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-xml.h"
#include "exchange/dure-csv.h"
#include "exchange/dure-network-attributes.h"

static const char *const graphml_types[] = { "string", "int", "double", "boolean" };
static const char *const gexf_types[] = { "string", "integer", "double", "boolean" };

static void
append_attribute (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, " %s=\"", name);
  dure_xml_append (out, value);
  g_string_append_c (out, '"');
}

static void
append_data (GString *out, const char *prefix, const char *key, const char *value)
{
  g_string_append_printf (out, "<data key=\"%s%s\">", prefix, key);
  dure_xml_append (out, value);
  g_string_append (out, "</data>");
}

static void
graphml_values (GString                    *out,
                const DureNetworkAttribute *attributes,
                const char                 *prefix,
                const DureNetworkFacts     *facts,
                guint                       number)
{
  for (const DureNetworkAttribute *a = attributes; a->key != NULL; a++)
    {
      g_autofree char *value = a->value (facts, number, FALSE);

      if (value != NULL)
        append_data (out, prefix, a->key, value);
    }
}

/* The place of a node; y grows upwards in the programs that read it. */
static gboolean
place (const DureNetworkFacts *facts, guint v, char **x, char **y)
{
  if (facts->positions == NULL || !isfinite (facts->positions[v].x) || !isfinite (facts->positions[v].y))
    return FALSE;
  *x = dure_network_number_text (facts->positions[v].x);
  *y = dure_network_number_text (-facts->positions[v].y);
  return TRUE;
}

/**
 * dure_network_to_graphml:
 * @network: the network
 * @analysis: (nullable): its measures
 * @positions: (nullable): one place a node, written as the attributes x and y, y upwards
 *
 * Returns: (transfer full): the file
 */
GString *
dure_network_to_graphml (const DureNetwork *network, const DureAnalysis *analysis, const DurePoint *positions)
{
  DureNetworkFacts facts = { network, analysis, positions };
  GString         *out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                               "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");

  for (const DureNetworkAttribute *a = dure_network_node_attributes; a->key != NULL; a++)
    g_string_append_printf (out, "  <key id=\"n_%s\" for=\"node\" attr.name=\"%s\" attr.type=\"%s\"/>\n", a->key,
                            a->key, graphml_types[a->type]);
  if (positions != NULL)
    g_string_append (out, "  <key id=\"n_x\" for=\"node\" attr.name=\"x\" attr.type=\"double\"/>\n"
                          "  <key id=\"n_y\" for=\"node\" attr.name=\"y\" attr.type=\"double\"/>\n");
  for (const DureNetworkAttribute *a = dure_network_tie_attributes; a->key != NULL; a++)
    g_string_append_printf (out, "  <key id=\"t_%s\" for=\"edge\" attr.name=\"%s\" attr.type=\"%s\"/>\n", a->key,
                            a->key, graphml_types[a->type]);
  g_string_append (out, "  <graph id=\"dure\" edgedefault=\"undirected\">\n");
  for (guint v = 0; v < network->n_nodes; v++)
    {
      g_autofree char *x = NULL;
      g_autofree char *y = NULL;

      g_string_append (out, "    <node");
      append_attribute (out, "id", network->nodes[v].id);
      g_string_append_c (out, '>');
      graphml_values (out, dure_network_node_attributes, "n_", &facts, v);
      if (place (&facts, v, &x, &y))
        {
          append_data (out, "n_", "x", x);
          append_data (out, "n_", "y", y);
        }
      g_string_append (out, "</node>\n");
    }
  for (guint t = 0; t < network->n_ties; t++)
    {
      g_string_append_printf (out, "    <edge id=\"%u\"", t);
      append_attribute (out, "source", network->nodes[network->ties[t].from].id);
      append_attribute (out, "target", network->nodes[network->ties[t].to].id);
      g_string_append_c (out, '>');
      graphml_values (out, dure_network_tie_attributes, "t_", &facts, t);
      g_string_append (out, "</edge>\n");
    }
  g_string_append (out, "  </graph>\n</graphml>\n");
  return out;
}

static void
gexf_declare (GString *out, const char *of, const DureNetworkAttribute *attributes)
{
  g_string_append_printf (out, "    <attributes class=\"%s\">\n", of);
  for (guint i = 0; attributes[i].key != NULL; i++)
    g_string_append_printf (out, "      <attribute id=\"%u\" title=\"%s\" type=\"%s\"/>\n", i, attributes[i].key,
                            gexf_types[attributes[i].type]);
  g_string_append (out, "    </attributes>\n");
}

static void
gexf_values (GString *out, const DureNetworkAttribute *attributes, const DureNetworkFacts *facts, guint number)
{
  g_string_append (out, "<attvalues>");
  for (guint i = 0; attributes[i].key != NULL; i++)
    {
      g_autofree char *value = attributes[i].value (facts, number, FALSE);

      if (value == NULL)
        continue;
      g_string_append_printf (out, "<attvalue for=\"%u\"", i);
      append_attribute (out, "value", value);
      g_string_append (out, "/>");
    }
  g_string_append (out, "</attvalues>");
}

/**
 * dure_network_to_gexf:
 * @network: the network
 * @analysis: (nullable): its measures
 * @positions: (nullable): one place a node, y upwards in the file
 *
 * Returns: (transfer full): the file
 */
GString *
dure_network_to_gexf (const DureNetwork *network, const DureAnalysis *analysis, const DurePoint *positions)
{
  DureNetworkFacts facts = { network, analysis, positions };
  GString         *out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                               "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\""
                                               " version=\"1.3\">\n  <meta>\n    <creator>Dure</creator>\n  </meta>\n"
                                               "  <graph defaultedgetype=\"undirected\" mode=\"static\">\n");

  gexf_declare (out, "node", dure_network_node_attributes);
  gexf_declare (out, "edge", dure_network_tie_attributes);
  g_string_append (out, "    <nodes>\n");
  for (guint v = 0; v < network->n_nodes; v++)
    {
      g_autofree char *x = NULL;
      g_autofree char *y = NULL;

      g_string_append (out, "      <node");
      append_attribute (out, "id", network->nodes[v].id);
      append_attribute (out, "label", network->nodes[v].label);
      g_string_append_c (out, '>');
      gexf_values (out, dure_network_node_attributes, &facts, v);
      if (place (&facts, v, &x, &y))
        g_string_append_printf (out, "<viz:position x=\"%s\" y=\"%s\" z=\"0\"/>", x, y);
      g_string_append (out, "</node>\n");
    }
  g_string_append (out, "    </nodes>\n    <edges>\n");
  for (guint t = 0; t < network->n_ties; t++)
    {
      const DureNetworkTie *tie = &network->ties[t];
      g_autofree char      *weight = dure_network_number_text (tie->weight);

      g_string_append_printf (out, "      <edge id=\"%u\"", t);
      append_attribute (out, "source", network->nodes[tie->from].id);
      append_attribute (out, "target", network->nodes[tie->to].id);
      append_attribute (out, "weight", weight != NULL ? weight : "1");
      g_string_append_c (out, '>');
      gexf_values (out, dure_network_tie_attributes, &facts, t);
      g_string_append (out, "</edge>\n");
    }
  g_string_append (out, "    </edges>\n  </graph>\n</gexf>\n");
  return out;
}

static void
append_row (GString *out, GPtrArray *cells)
{
  dure_csv_append_row (out, (const char *const *)cells->pdata, cells->len, "\r\n");
  g_ptr_array_set_size (cells, 0);
}

static void
add_headings (GPtrArray *cells, const DureNetworkAttribute *attributes)
{
  for (const DureNetworkAttribute *a = attributes; a->key != NULL; a++)
    g_ptr_array_add (cells, g_strdup (_ (a->heading)));
}

static void
add_values (GPtrArray *cells, const DureNetworkAttribute *attributes, const DureNetworkFacts *facts, guint number)
{
  for (const DureNetworkAttribute *a = attributes; a->key != NULL; a++)
    g_ptr_array_add (cells, a->value (facts, number, TRUE));
}

/**
 * dure_network_agencies_to_csv:
 * @network: the network
 * @analysis: (nullable): its measures
 *
 * Returns: (transfer full): a table with one agency a row, for spreadsheets
 */
GString *
dure_network_agencies_to_csv (const DureNetwork *network, const DureAnalysis *analysis)
{
  DureNetworkFacts facts = { network, analysis, NULL };
  GString         *out = g_string_new (DURE_CSV_BOM);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, g_strdup ("id"));
  add_headings (cells, dure_network_node_attributes);
  append_row (out, cells);
  for (guint v = 0; v < network->n_nodes; v++)
    {
      g_ptr_array_add (cells, g_strdup (network->nodes[v].id));
      add_values (cells, dure_network_node_attributes, &facts, v);
      append_row (out, cells);
    }
  return out;
}

/**
 * dure_network_ties_to_csv:
 * @network: the network
 *
 * Returns: (transfer full): a table with one tie a row: the two agencies by name and id, then the attributes
 */
GString *
dure_network_ties_to_csv (const DureNetwork *network)
{
  DureNetworkFacts facts = { network, NULL, NULL };
  GString         *out = g_string_new (DURE_CSV_BOM);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, g_strdup (_ ("Agency")));
  g_ptr_array_add (cells, g_strdup (_ ("Partner")));
  add_headings (cells, dure_network_tie_attributes);
  g_ptr_array_add (cells, g_strdup (_ ("Id of the agency")));
  g_ptr_array_add (cells, g_strdup (_ ("Id of the partner")));
  append_row (out, cells);
  for (guint t = 0; t < network->n_ties; t++)
    {
      const DureNetworkNode *from = &network->nodes[network->ties[t].from];
      const DureNetworkNode *to = &network->nodes[network->ties[t].to];

      g_ptr_array_add (cells, g_strdup (from->name));
      g_ptr_array_add (cells, g_strdup (to->name));
      add_values (cells, dure_network_tie_attributes, &facts, t);
      g_ptr_array_add (cells, g_strdup (from->id));
      g_ptr_array_add (cells, g_strdup (to->id));
      append_row (out, cells);
    }
  return out;
}

/**
 * dure_network_ties_path:
 * @path: where the agencies go, as "/home/a/network.csv"
 *
 * Returns: (transfer full): where the ties go then: "/home/a/network-ties.csv"
 */
char *
dure_network_ties_path (const char *path)
{
  const char      *end = g_str_has_suffix (path, ".csv") ? path + strlen (path) - 4 : path + strlen (path);
  g_autofree char *stem = g_strndup (path, (gsize)(end - path));

  return g_strconcat (stem, "-ties.csv", NULL);
}

static gboolean
write_text (const char *path, GString *text, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (g_file_set_contents_full (path, text->str, (gssize)text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &local))
    return TRUE;
  g_set_error (error, DURE_ERROR, DURE_ERROR_FAILED, _ ("The file “%s” could not be written: %s"), path,
               local->message);
  return FALSE;
}

/**
 * dure_network_export_data:
 * @network: the network
 * @analysis: (nullable): its measures; without them those attributes are missing
 * @positions: (nullable): one place a node
 * @format: the kind of file
 * @path: the file; for CSV that of the agencies, see dure_network_ties_path()
 * @error: return location
 *
 * Writes the network for another program. A file is replaced as a whole or not at all, and only its owner may read it.
 *
 * Returns: whether it was written
 */
gboolean
dure_network_export_data (const DureNetwork  *network,
                          const DureAnalysis *analysis,
                          const DurePoint    *positions,
                          DureNetworkFormat   format,
                          const char         *path,
                          GError            **error)
{
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) ties = NULL;
  g_autofree char *ties_path = NULL;

  switch (format)
    {
    case DURE_NETWORK_GRAPHML:
      text = dure_network_to_graphml (network, analysis, positions);
      break;
    case DURE_NETWORK_GEXF:
      text = dure_network_to_gexf (network, analysis, positions);
      break;
    case DURE_NETWORK_CSV:
    default:
      text = dure_network_agencies_to_csv (network, analysis);
      ties = dure_network_ties_to_csv (network);
      ties_path = dure_network_ties_path (path);
      if (!write_text (ties_path, ties, error))
        return FALSE;
    }
  return write_text (path, text, error);
}
