/* dure-cli-network-export.c: durectl network export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/dure-cli-network.h"
#include "document/dure-network-picture-file.h"
#include "document/dure-sheet.h"
#include "domain/dure-network-council.h"
#include "domain/dure-network-places.h"
#include "exchange/dure-network-export.h"
#include "graph/dure-layout-shapes.h"

const DureCliOption dure_cli_network_export_options[] = {
  { "output", 'o', N_ ("FILE"), N_ ("Write to this file; only its owner may read it") },
  { "format", 0, N_ ("FORMAT"), N_ ("graphml, gexf, csv, png, svg or pdf; otherwise by the name of the file") },
  { "picture", 0, N_ ("KIND"), N_ ("How the agencies stand: distance, group, concentric, council or dong") },
  { "group", 0, N_ ("KIND"), N_ ("What makes a group: area, sector, kind, region or community") },
  { "title", 0, N_ ("TEXT"), N_ ("Stands above the picture") },
  DURE_CLI_NETWORK_FILTER,
  { NULL },
};

static const char *const formats[] = { "graphml", "gexf", "csv", "png", "svg", "pdf", NULL };
static const char *const pictures[] = { "distance", "group", "concentric", "council", "dong", NULL };
static const char *const groups[] = { "area", "sector", "kind", "region", "community", NULL };

/* The number of a word in @words. An option that is not there is the first. */
static gboolean
read_word (DureCli *cli, const char *option, const char *const *words, guint *number, int *status)
{
  const char      *word = dure_cli_option (cli, option);
  g_autofree char *known = NULL;

  *number = 0;
  if (word == NULL)
    return TRUE;
  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      {
        *number = i;
        return TRUE;
      }
  known = g_strjoinv (", ", (char **)words);
  *status = dure_cli_misuse (cli, _ ("The option “--%s” does not know “%s”; it knows %s."), option, word, known);
  return FALSE;
}

/** Groups: what makes a group, and its name. */
typedef struct
{
  guint     *of; /* of each agency */
  GPtrArray *names;
} Groups;

static void
groups_clear (Groups *self)
{
  g_free (self->of);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Groups, groups_clear)

/* The name of the group of a node; agencies with one name are of one group. */
static char *
group_name (const DureNetwork *network, const DureAnalysis *analysis, const char *by, guint v)
{
  const DureField       *kinds = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND);
  const DureNetworkNode *node = &network->nodes[v];

  if (strcmp (by, "sector") == 0)
    return g_strdup (dure_sector_label (node->sector));
  if (strcmp (by, "kind") == 0)
    return node->kind != NULL ? dure_field_format (kinds, node->kind) : g_strdup ("");
  if (strcmp (by, "region") == 0)
    return g_strdup (node->region_name != NULL ? node->region_name : "");
  if (strcmp (by, "community") == 0)
    return g_strdup_printf ("%u", analysis->community[v] + 1);
  return g_strdup (node->area != DURE_NO_AREA ? dure_area_label (node->area) : "");
}

static void
find_groups (Groups *self, const DureNetwork *network, const DureAnalysis *analysis, const char *by)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->of = g_new0 (guint, (gsize)network->n_nodes + 1);
  self->names = g_ptr_array_new_with_free_func (g_free);
  for (guint v = 0; v < network->n_nodes; v++)
    {
      g_autofree char *name = group_name (network, analysis, by, v);
      /* Two municipalities may have one name. */
      const char *region = strcmp (by, "region") == 0 ? network->nodes[v].region : NULL;
      char       *key = g_strdup (region != NULL ? region : name);
      guint       number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, key));

      if (number == 0)
        {
          g_ptr_array_add (self->names, g_steal_pointer (&name));
          number = self->names->len;
        }
      g_hash_table_insert (numbers, key, GUINT_TO_POINTER (number));
      self->of[v] = number - 1;
    }
}

static DurePoint *
lay_out (
    const DureNetwork *network, const DureAnalysis *analysis, const char *picture, const Groups *group, GError **error)
{
  gsize              n = (gsize)network->n_nodes + 1;
  g_autofree double *width = g_new (double, n);
  g_autofree double *height = g_new (double, n);
  DureLayoutOptions  options;

  dure_network_label_room (network, width, height);
  dure_layout_options_init (&options);
  options.width = width;
  options.height = height;
  options.aspect = G_SQRT2;
  options.reading = DURE_LAYOUT_READING_DEFAULT;
  if (group->of != NULL)
    return dure_layout_by_group (network->graph, group->of, &options, NULL, error);
  if (strcmp (picture, "concentric") == 0)
    return dure_layout_concentric (network->graph, analysis->betweenness, &options, NULL, error);
  if (strcmp (picture, "council") == 0 && network->parent != NULL)
    return dure_layout_tree (network->graph, network->parent, &options, NULL, error);
  if (strcmp (picture, "dong") == 0)
    {
      g_autofree DurePoint *centroid = g_new (DurePoint, n);

      for (guint v = 0; v < network->n_nodes; v++)
        centroid[v] = (DurePoint){ network->nodes[v].lon, network->nodes[v].lat };
      return dure_layout_map (network->graph, centroid, &options, NULL, error);
    }
  return dure_layout (network->graph, &options, NULL, error);
}

static gboolean
write_picture (DureCli           *cli,
               const DureNetwork *network,
               const DurePoint   *positions,
               const Groups      *group,
               const char        *path,
               GError           **error)
{
  DureNetworkPictureOptions options;
  g_autofree char          *coverage = dure_network_coverage (network);

  dure_network_picture_options_init (&options);
  options.font = DURE_SHEET_FONT;
  options.title = dure_cli_option (cli, "title");
  options.footnote = network->n_nodes > 0 && network->parent == NULL ? coverage : NULL;
  options.arrows = TRUE;
  if (group->of != NULL)
    {
      options.hulls = TRUE;
      options.group = group->of;
      options.group_names = (const char *const *)group->names->pdata;
      options.n_groups = group->names->len;
    }
  return dure_network_export_picture (network, positions, &options, path, error);
}

/* The kind of file that is asked for, or that the name says. */
static gboolean
read_format (DureCli *cli, const char *path, guint *format, int *status)
{
  const char *dot = strrchr (path, '.');

  if (dure_cli_option (cli, "format") != NULL)
    return read_word (cli, "format", formats, format, status);
  for (*format = 0; dot != NULL && formats[*format] != NULL; (*format)++)
    if (g_ascii_strcasecmp (formats[*format], dot + 1) == 0)
      return TRUE;
  *status = dure_cli_misuse (cli, _ ("Name the kind of file with “--format”."));
  return FALSE;
}

static gboolean
has_ending (const char *path, const char *format)
{
  const char *dot = strrchr (path, '.');

  return dot != NULL && g_ascii_strcasecmp (dot + 1, format) == 0;
}

/** dure_cli_network_export: the network as a file for other programs, or as a picture. */
int
dure_cli_network_export (DureCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = NULL;
  g_autoptr (DureNetworkFilter) filter = dure_cli_network_filter (cli, &error);
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureAnalysis) analysis = NULL;
  g_autofree DurePoint *positions = NULL;
  const char           *path = dure_cli_option (cli, "output");
  guint                 format;
  guint                 picture;
  guint                 by;
  g_auto (Groups) group = { 0 };
  int      status = DURE_CLI_OK;
  gboolean written;

  if (filter == NULL)
    return dure_cli_misuse (cli, "%s", error->message);
  if (path == NULL)
    return dure_cli_misuse (cli, _ ("Name the file with “-o FILE”."));
  if (!read_format (cli, path, &format, &status) || !read_word (cli, "picture", pictures, &picture, &status)
      || !read_word (cli, "group", groups, &by, &status))
    return status;
  if (format > DURE_NETWORK_CSV && !has_ending (path, formats[format]))
    return dure_cli_misuse (cli, _ ("The name of this file should end in “.%s”."), formats[format]);
  store = dure_cli_open (cli, DURE_STORE_READ_ONLY, &error);
  if (store != NULL)
    network = strcmp (pictures[picture], "council") == 0
                  ? dure_network_build_council (store, filter, DURE_COUNCIL_SEATS, NULL, &error)
                  : dure_network_build (store, filter, NULL, &error);
  if (network != NULL)
    analysis = dure_analysis_new (network->graph, NULL, NULL, &error);
  if (analysis != NULL && strcmp (pictures[picture], "group") == 0)
    find_groups (&group, network, analysis, groups[by]);
  if (analysis != NULL)
    positions = lay_out (network, analysis, pictures[picture], &group, &error);
  if (positions == NULL)
    return dure_cli_fail (cli, error);
  written = format <= DURE_NETWORK_CSV
                ? dure_network_export_data (network, analysis, positions, (DureNetworkFormat)format, path, &error)
                : write_picture (cli, network, positions, &group, path, &error);
  if (!written)
    return dure_cli_fail (cli, error);
  fprintf (cli->out, "%s\n", path);
  return DURE_CLI_OK;
}
