/* dure-network-canvas-clusters.c: which agencies are drawn as one from afar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The owner's groups or the regions, where their members stand together; as finely as the window has room for. Where
 * they do not, squares of the picture, so that a disc always lies where its agencies are.
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-scene.h"

#include <glib/gi18n-lib.h>

/* More discs than this in a window could not be read. */
#define IN_WINDOW_MOST 90
#define SQUARE 120.0
/* So many standard deviations from the middle. */
#define MOST_OF 1.8
/* Members stand together when their spread about their middle is at most this share of the spread of all. */
#define TOGETHER 0.3

typedef struct
{
  guint        n;
  guint       *of;   /* one a node; n for none */
  const char **name; /* n, may hold NULL; borrowed */
} Partition;

static void
partition_clear (Partition *self)
{
  g_clear_pointer (&self->of, g_free);
  g_clear_pointer (&self->name, g_free);
}

static Partition
by_group (const DureCanvasScene *scene)
{
  guint     n = scene->network->n_nodes;
  Partition self
      = { scene->style->n_groups, g_new (guint, n), g_new (const char *, (gsize)scene->style->n_groups + 1) };

  for (guint v = 0; v < n; v++)
    self.of[v] = MIN (scene->style->group[v], self.n);
  for (guint g = 0; g < self.n; g++)
    self.name[g] = scene->style->group_names[g];
  return self;
}

static Partition
by_region (const DureCanvasScene *scene)
{
  guint     n = scene->network->n_nodes;
  Partition self = { 0, g_new (guint, n), NULL };
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint v = 0; v < n; v++)
    {
      const DureNetworkNode *node = &scene->network->nodes[v];
      gpointer               number;

      if (node->region == NULL)
        self.of[v] = G_MAXUINT;
      else if (g_hash_table_lookup_extended (numbers, node->region, NULL, &number))
        self.of[v] = GPOINTER_TO_UINT (number);
      else
        {
          self.of[v] = self.n;
          g_hash_table_insert (numbers, node->region, GUINT_TO_POINTER (self.n++));
          g_ptr_array_add (names, node->region_name);
        }
    }
  for (guint v = 0; v < n; v++)
    self.of[v] = MIN (self.of[v], self.n);
  g_ptr_array_add (names, NULL);
  self.name = (const char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
  return self;
}

/* Squares whose side is a power of two of the layout's unit: the same ones while the picture is moved. */
static Partition
by_square (const DureCanvasScene *scene)
{
  guint     n = scene->network->n_nodes;
  double    side = exp2 (round (log2 (SQUARE / scene->view.zoom)));
  Partition self = { 0, g_new (guint, n), NULL };
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint v = 0; v < n; v++)
    {
      gint64   column = (gint64)floor (scene->points[v].x / side);
      gint64   row = (gint64)floor (scene->points[v].y / side);
      gint64   key = (gint64)((guint64)column << 32 ^ ((guint64)row & 0xffffffff));
      gpointer number;

      if (!g_hash_table_lookup_extended (numbers, &key, NULL, &number))
        {
          number = GUINT_TO_POINTER (self.n++);
          g_hash_table_insert (numbers, g_memdup2 (&key, sizeof key), number);
        }
      self.of[v] = GPOINTER_TO_UINT (number);
    }
  self.name = g_new0 (const char *, (gsize)self.n + 1);
  return self;
}

/* Whether there are several groups, and the members of each stand together; @in_window: how many have their middle in
 * the window. */
static gboolean
is_together (const DureCanvasScene *scene, const Partition *partition, guint *in_window)
{
  gsize                 size = (gsize)partition->n + 1;
  g_autofree DurePoint *sum = g_new0 (DurePoint, size);
  g_autofree guint     *count = g_new0 (guint, size);
  DureRect              window = { 0, 0, scene->width, scene->height };
  DurePoint             all = { 0, 0 };
  double                inner = 0;
  double                outer = 0;
  guint                 n = scene->network->n_nodes;

  *in_window = 0;
  for (guint v = 0; v < n; v++)
    {
      sum[partition->of[v]].x += scene->points[v].x;
      sum[partition->of[v]].y += scene->points[v].y;
      count[partition->of[v]]++;
      all.x += scene->points[v].x / n;
      all.y += scene->points[v].y / n;
    }
  for (guint g = 0; g <= partition->n; g++)
    if (count[g] > 0)
      {
        DurePoint at;

        sum[g].x /= count[g];
        sum[g].y /= count[g];
        at = (DurePoint){ sum[g].x * scene->view.zoom + scene->view.x, sum[g].y * scene->view.zoom + scene->view.y };
        if (dure_canvas_in_area (at, window, 0))
          (*in_window)++;
      }
  for (guint v = 0; v < n; v++)
    {
      DurePoint p = scene->points[v];
      DurePoint m = sum[partition->of[v]];

      inner += (p.x - m.x) * (p.x - m.x) + (p.y - m.y) * (p.y - m.y);
      outer += (p.x - all.x) * (p.x - all.x) + (p.y - all.y) * (p.y - all.y);
    }
  return partition->n > 1 && count[partition->n] < n / 2 && inner <= outer * TOGETHER;
}

/* The finest that is not too fine for the window. */
static Partition
choose (const DureCanvasScene *scene)
{
  Partition groups = { 0, NULL, NULL };
  Partition regions = by_region (scene);
  guint     n_groups = 0;
  guint     n_regions = 0;

  if (scene->style->group != NULL)
    {
      groups = by_group (scene);
      if (!is_together (scene, &groups, &n_groups))
        partition_clear (&groups);
    }
  if (!is_together (scene, &regions, &n_regions))
    partition_clear (&regions);
  if (groups.of != NULL && regions.of != NULL)
    {
      gboolean fine = regions.n > groups.n ? n_regions <= IN_WINDOW_MOST : n_groups > IN_WINDOW_MOST;

      partition_clear (fine ? &groups : &regions);
    }
  if (groups.of != NULL)
    return groups;
  if (regions.of != NULL)
    return regions;
  return by_square (scene);
}

/* Of a square: the region of most of its members, or its best connected agency. */
static char *
name_of (const DureCanvasScene *scene, const guint *members, guint n)
{
  guint       hub = members[0];
  const char *region = NULL;
  guint       votes = 0;
  guint       same = 0;

  for (guint i = 0; i < n; i++)
    {
      const char *here = scene->network->nodes[members[i]].region_name;

      if (dure_graph_degree (scene->network->graph, members[i]) > dure_graph_degree (scene->network->graph, hub))
        hub = members[i];
      if (votes == 0)
        region = here;
      votes += g_strcmp0 (here, region) == 0 ? 1 : -1u;
    }
  for (guint i = 0; i < n; i++)
    same += g_strcmp0 (scene->network->nodes[members[i]].region_name, region) == 0 ? 1 : 0;
  if (region != NULL && 2 * same > n)
    return g_strdup (region);
  return n > 1 ? g_strdup_printf (_ ("%s and others"), scene->network->nodes[hub].label)
               : g_strdup (scene->network->nodes[hub].label);
}

static void
cluster_free (gpointer data)
{
  DureCanvasCluster *self = data;

  g_free (self->name);
  g_free (self);
}

static DureCanvasCluster *
cluster_new (const DureCanvasScene *scene, const guint *members, guint n, const char *name)
{
  DureCanvasCluster *self = g_new0 (DureCanvasCluster, 1);
  double             spread_x = 0;
  double             spread_y = 0;

  self->n = n;
  self->name = name != NULL ? g_strdup (name) : name_of (scene, members, n);
  self->faded = TRUE;
  self->colour = dure_canvas_style_common_colour (scene, members, n,
                                                  (DureColour){ (double)scene->colours.accent.red,
                                                                (double)scene->colours.accent.green,
                                                                (double)scene->colours.accent.blue });
  for (guint i = 0; i < n; i++)
    {
      DurePoint at = scene->points[members[i]];

      self->middle.x += at.x / n;
      self->middle.y += at.y / n;
      self->faded = self->faded && (scene->flags[members[i]] & DURE_CANVAS_FADED) != 0;
      self->selected = self->selected || (scene->flags[members[i]] & DURE_CANVAS_SELECTED) != 0;
    }
  for (guint i = 0; i < n; i++)
    {
      DurePoint at = scene->points[members[i]];

      spread_x += (at.x - self->middle.x) * (at.x - self->middle.x) / n;
      spread_y += (at.y - self->middle.y) * (at.y - self->middle.y) / n;
    }
  /* Most of them: a few that stand far off would make the rest small again. */
  self->bounds = (DureRect){ self->middle.x - MOST_OF * sqrt (spread_x), self->middle.y - MOST_OF * sqrt (spread_y),
                             2 * MOST_OF * sqrt (spread_x), 2 * MOST_OF * sqrt (spread_y) };
  return self;
}

static void
count_ties (const DureCanvasScene *scene, DureCanvasClusters *self)
{
  gsize n = self->clusters->len;
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint t = 0; t < scene->network->n_ties; t++)
    {
      guint              a = self->cluster_of[scene->network->ties[t].from];
      guint              b = self->cluster_of[scene->network->ties[t].to];
      DureCanvasCluster *x = self->clusters->pdata[a];
      DureCanvasCluster *y = self->clusters->pdata[b];
      gpointer           key = GSIZE_TO_POINTER (MIN (a, b) * n + MAX (a, b));
      gpointer           number;

      if (a == b)
        {
          x->n_inside++;
          continue;
        }
      x->n_outside++;
      y->n_outside++;
      if (g_hash_table_lookup_extended (numbers, key, NULL, &number))
        g_array_index (self->bands, DureCanvasBand, GPOINTER_TO_UINT (number)).n++;
      else
        {
          DureCanvasBand band = { MIN (a, b), MAX (a, b), 1 };

          g_hash_table_insert (numbers, key, GUINT_TO_POINTER (self->bands->len));
          g_array_append_val (self->bands, band);
        }
    }
}

void
dure_canvas_clusters_free (DureCanvasClusters *self)
{
  g_ptr_array_unref (self->clusters);
  g_array_unref (self->bands);
  g_free (self->cluster_of);
  g_free (self);
}

/* Those who belong to no group are one more cluster. */
DureCanvasClusters *
dure_canvas_clusters_new (const DureCanvasScene *scene)
{
  DureCanvasClusters *self = g_new0 (DureCanvasClusters, 1);
  Partition           partition = choose (scene);
  guint               n = scene->network->n_nodes;
  g_autofree guint   *first = g_new0 (guint, (gsize)partition.n + 3);
  g_autofree guint   *members = g_new (guint, (gsize)n + 1);
  g_autofree guint   *number = g_new0 (guint, (gsize)partition.n + 1);

  self->clusters = g_ptr_array_new_with_free_func (cluster_free);
  self->bands = g_array_new (FALSE, FALSE, sizeof (DureCanvasBand));
  self->cluster_of = g_new (guint, (gsize)n + 1);
  for (guint v = 0; v < n; v++)
    first[partition.of[v] + 2]++;
  for (guint g = 0; g <= partition.n; g++)
    first[g + 2] += first[g + 1];
  for (guint v = 0; v < n; v++)
    members[first[partition.of[v] + 1]++] = v;
  for (guint g = 0; g <= partition.n; g++)
    if (first[g + 1] > first[g])
      {
        const char *name = g < partition.n ? partition.name[g] : C_ ("group of agencies", "No group");

        number[g] = self->clusters->len;
        g_ptr_array_add (self->clusters, cluster_new (scene, members + first[g], first[g + 1] - first[g], name));
      }
  for (guint v = 0; v < n; v++)
    self->cluster_of[v] = number[partition.of[v]];
  partition_clear (&partition);
  count_ties (scene, self);
  return self;
}
