/* dure-network-canvas-hulls.c: a soft ground under the members of each group, and its name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ground of a group follows the shortest tree that joins its members, drawn very thick: unlike a convex hull it
 * does not lie under others who merely stand between them. Far members get islands of their own.
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-scene.h"

#define ROOM 11.0
/* Pieces of the tree longer than so many times the middle one are left out. */
#define ISLAND_FROM 2.4
/* A group with more members than this is only dotted: its tree would take too long. */
#define TREE_MOST 1500

typedef struct
{
  guint  from; /* numbers in the list of members */
  guint  to;
  double length;
} Branch;

static int
compare_lengths (gconstpointer left, gconstpointer right)
{
  double a = ((const Branch *)left)->length;
  double b = ((const Branch *)right)->length;

  return (a > b) - (a < b);
}

/* Prim's tree over the places of @members; O(n²). */
static Branch *
shortest_tree (const DurePoint *at, guint n)
{
  Branch              *tree = g_new (Branch, n);
  g_autofree double   *least = g_new (double, n);
  g_autofree guint    *nearest = g_new0 (guint, n);
  g_autofree gboolean *in = g_new0 (gboolean, n);
  guint                last = 0;

  for (guint i = 0; i < n; i++)
    least[i] = G_MAXDOUBLE;
  in[0] = TRUE;
  for (guint k = 0; k + 1 < n; k++)
    {
      guint best = 0;

      for (guint i = 1; i < n; i++)
        {
          double length = hypot (at[i].x - at[last].x, at[i].y - at[last].y);

          if (in[i])
            continue;
          if (length < least[i])
            {
              least[i] = length;
              nearest[i] = last;
            }
          if (best == 0 || least[i] < least[best])
            best = i;
        }
      in[best] = TRUE;
      tree[k] = (Branch){ nearest[best], best, least[best] };
      last = best;
    }
  return tree;
}

static guint
root_of (guint *parent, guint i)
{
  while (parent[i] != i)
    i = parent[i] = parent[parent[i]];
  return i;
}

/* Adds the ground to the path, and finds the uppermost member of the largest island. */
static DurePoint
add_ground (cairo_t *cr, const DurePoint *at, guint n)
{
  g_autofree guint  *parent = g_new (guint, n);
  g_autofree guint  *size = g_new0 (guint, n);
  g_autofree Branch *tree = n <= TREE_MOST ? shortest_tree (at, n) : NULL;
  guint              largest = 0;
  DurePoint          top = { 0, G_MAXDOUBLE };
  double             most = 0;

  for (guint i = 0; i < n; i++)
    {
      parent[i] = i;
      cairo_move_to (cr, at[i].x, at[i].y);
      cairo_line_to (cr, at[i].x + 0.01, at[i].y);
    }
  if (tree != NULL && n > 1)
    {
      qsort (tree, n - 1, sizeof *tree, compare_lengths);
      most = MAX (tree[(n - 1) / 2].length * ISLAND_FROM, 60);
    }
  for (guint k = 0; tree != NULL && k + 1 < n && tree[k].length <= most; k++)
    {
      cairo_move_to (cr, at[tree[k].from].x, at[tree[k].from].y);
      cairo_line_to (cr, at[tree[k].to].x, at[tree[k].to].y);
      parent[root_of (parent, tree[k].from)] = root_of (parent, tree[k].to);
    }
  for (guint i = 0; i < n; i++)
    {
      guint root = root_of (parent, i);

      if (++size[root] > size[largest])
        largest = root;
    }
  for (guint i = 0; i < n; i++)
    if (root_of (parent, i) == largest && at[i].y < top.y)
      top = at[i];
  return top;
}

static void
draw_hull (const DureCanvasScene *self,
           cairo_t               *cr,
           const guint           *members,
           guint                  n,
           guint                  group,
           DureColour             colour,
           GArray                *names)
{
  g_autofree DurePoint *at = g_new (DurePoint, n);
  double                radius = 0;
  gboolean              faded = TRUE;
  double                x1;
  double                y1;
  double                x2;
  double                y2;
  DureCanvasName        name;

  for (guint i = 0; i < n; i++)
    {
      at[i] = dure_canvas_scene_point (self, members[i]);
      radius = MAX (radius, dure_canvas_scene_radius (self, members[i]));
      faded = faded && (self->flags[members[i]] & DURE_CANVAS_FADED) != 0;
    }
  radius += ROOM;
  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  name = (DureCanvasName){ .text = self->style->group_names[group], .at = add_ground (cr, at, n), .faded = faded };
  cairo_set_line_width (cr, 2 * radius + 2.4);
  cairo_stroke_extents (cr, &x1, &y1, &x2, &y2);
  {
    /* Clipped, so that the group of drawing operations is no larger than the ground. */
    cairo_path_t *path = cairo_copy_path (cr);

    cairo_new_path (cr);
    cairo_rectangle (cr, x1 - 1, y1 - 1, x2 - x1 + 2, y2 - y1 + 2);
    cairo_clip (cr);
    cairo_push_group (cr);
    cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
    cairo_append_path (cr, path);
    cairo_path_destroy (path);
  }
  dure_canvas_set_colour (cr, colour, faded ? 0.12 : 0.38);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, 2 * radius);
  dure_canvas_set_colour (cr, colour, faded ? 0.03 : (self->colours.dark ? 0.14 : 0.09));
  cairo_stroke (cr);
  cairo_pop_group_to_source (cr);
  cairo_paint (cr);
  cairo_restore (cr);

  /* Names stand below their place where there is room: so that this one stands on the ground. */
  name.at.y -= radius + 6 + 1.4 * pango_font_description_get_size (self->font) / PANGO_SCALE;
  if (!self->view_is_own)
    name.at.y = MAX (name.at.y, 2 - DURE_CANVAS_LABEL_GAP);
  name.importance = 2e7 + n;
  if (*name.text != '\0')
    g_array_append_val (names, name);
}

static gboolean
belongs (const DureCanvasScene *self, guint node)
{
  return self->style->group[node] < self->style->n_groups && (self->flags[node] & DURE_CANVAS_LIFTED) == 0;
}

static gboolean
is_same (DureColour a, DureColour b)
{
  return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

/* Each group in the colour of its members, if that tells the groups apart; else in colours of their own. */
static DureColour *
colours_of (const DureCanvasScene *self, const guint *first, const guint *members)
{
  guint            n = self->style->n_groups;
  DureColour      *colours = g_new (DureColour, (gsize)n + 1);
  const DureColour none = { -1, -1, -1 };
  gboolean         apart = TRUE;

  for (guint g = 0; g < n; g++)
    {
      colours[g] = dure_canvas_style_common_colour (self, members + first[g], first[g + 1] - first[g], none);
      for (guint h = 0; h < g && first[g + 1] > first[g]; h++)
        apart = apart && (first[h + 1] == first[h] || !is_same (colours[g], colours[h]));
      apart = apart && (first[g + 1] == first[g] || colours[g].red >= 0);
    }
  for (guint g = 0; g < n && !apart; g++)
    colours[g] = dure_network_area_colour ((int)(g % DURE_N_AREAS), self->colours.dark);
  return colours;
}

/* The grounds of all groups; their names are added to @names (of DureCanvasName). */
void
dure_canvas_draw_hulls (
    const DureCanvasScene *self, cairo_t *cr, DureRect area, const guint *nodes, guint n, GArray *names)
{
  guint                  n_groups = self->style->n_groups;
  g_autofree guint      *first = g_new0 (guint, (gsize)n_groups + 2);
  g_autofree guint      *members = g_new (guint, (gsize)n + 1);
  g_autofree DureColour *colours = NULL;

  for (guint i = 0; i < n; i++)
    if (belongs (self, nodes[i]))
      first[self->style->group[nodes[i]] + 2]++;
  for (guint g = 0; g < n_groups; g++)
    first[g + 2] += first[g + 1];
  for (guint i = 0; i < n; i++)
    if (belongs (self, nodes[i]))
      members[first[self->style->group[nodes[i]] + 1]++] = nodes[i];
  colours = colours_of (self, first, members);
  for (guint g = 0; g < n_groups; g++)
    {
      guint begin = first[g];
      guint end = first[g + 1];

      if (end > begin)
        draw_hull (self, cr, members + begin, end - begin, g, colours[g], names);
    }
}
