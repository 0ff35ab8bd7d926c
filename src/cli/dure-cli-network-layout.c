/* dure-cli-network-layout.c: durectl network layout
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "cli/dure-cli-network.h"
#include "cli/dure-cli-output.h"
#include "graph/dure-edge-list.h"
#include "graph/dure-layout.h"

const DureCliOption dure_cli_network_layout_options[] = {
  { "output", 'o', N_ ("FILE"), N_ ("Write to this file") },
  { "reading", 0, N_ ("NUMBER"), N_ ("From 0, true distances, to 1, few crossings") },
  { "seed", 0, N_ ("NUMBER"), N_ ("Where chance begins; the same seed gives the same picture") },
  { "starts", 0, N_ ("NUMBER"), N_ ("How often to try; the truest drawing is taken") },
  { NULL },
};

static gboolean
read_reading (DureCli *cli, double *reading, GError **error)
{
  const char *text = dure_cli_option (cli, "reading");
  char       *end;

  if (text == NULL)
    return TRUE;
  *reading = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && *reading >= 0 && *reading <= 1)
    return TRUE;
  dure_set_error (error, DURE_ERROR_INVALID, _ ("The option “--reading” needs a number from 0 to 1, not “%s”."), text);
  return FALSE;
}

static GString *
positions (const DureEdgeList *list, const DurePoint *points)
{
  GString *text = g_string_sized_new (32 * (gsize)list->n_nodes + 1);
  char     number[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint v = 0; v < list->n_nodes; v++)
    {
      g_string_append (text, list->ids[v]);
      g_string_append_c (text, ' ');
      g_string_append (text, g_ascii_formatd (number, sizeof number, "%.9g", points[v].x));
      g_string_append_c (text, ' ');
      g_string_append (text, g_ascii_formatd (number, sizeof number, "%.9g", points[v].y));
      g_string_append_c (text, '\n');
    }
  return text;
}

static gboolean
write_positions (DureCli *cli, const GString *text, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *path = dure_cli_option (cli, "output");

  if (path == NULL)
    {
      fwrite (text->str, 1, text->len, cli->out);
      return TRUE;
    }
  if (g_file_set_contents_full (path, text->str, (gssize)text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0666, &local))
    return TRUE;
  g_set_error (error, DURE_ERROR, DURE_ERROR_FAILED, _ ("The file “%s” could not be written: %s"), path,
               local->message);
  return FALSE;
}

/** dure_cli_network_layout: places for the nodes of an edge list, so that anyone can measure the layout. */
int
dure_cli_network_layout (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureEdgeList) list = NULL;
  g_autofree DurePoint *points = NULL;
  g_autoptr (GString) text = NULL;
  DureLayoutOptions options;
  gint64            began;
  gint64            took;

  dure_layout_options_init (&options);
  options.reading = DURE_LAYOUT_READING_DEFAULT;
  if (!read_reading (cli, &options.reading, &error) || !dure_cli_option_number (cli, "seed", &options.seed, &error)
      || !dure_cli_option_number (cli, "starts", &options.starts, &error))
    return dure_cli_misuse (cli, "%s", error->message);
  list = dure_edge_list_read (dure_cli_argument (cli, 0), &error);
  if (list == NULL)
    return dure_cli_fail (cli, error);
  began = g_get_monotonic_time ();
  points = dure_layout (list->graph, &options, NULL, &error);
  took = g_get_monotonic_time () - began;
  if (points == NULL)
    return dure_cli_fail (cli, error);
  text = positions (list, points);
  if (!write_positions (cli, text, &error))
    return dure_cli_fail (cli, error);
  if (dure_cli_option (cli, "output") == NULL)
    return DURE_CLI_OK;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "nodes");
      json_builder_add_int_value (builder, list->n_nodes);
      json_builder_set_member_name (builder, "ties");
      json_builder_add_int_value (builder, list->graph->n_ties);
      json_builder_set_member_name (builder, "layout_seconds");
      json_builder_add_double_value (builder, took / 1e6);
      json_builder_end_object (builder);
      dure_cli_json_print (builder, cli->out);
      fputc ('\n', cli->out);
    }
  else
    fprintf (cli->out, _ ("%u nodes and %u ties laid out in %.3f s.\n"), list->n_nodes, list->graph->n_ties,
             took / 1e6);
  return DURE_CLI_OK;
}
