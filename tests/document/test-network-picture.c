/* test-network-picture.c: a network on paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>

#include "document/dure-network-picture.h"
#include "document/dure-network-style.h"

#define WIDTH 480
#define HEIGHT 360

static DureNetwork *
ring (guint n, guint alone)
{
  g_autofree DureNetworkNode *nodes = g_new0 (DureNetworkNode, n + alone + 1);
  g_autofree DureNetworkTie  *ties = g_new0 (DureNetworkTie, n + 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n + alone; i++)
    {
      char *name = g_strdup_printf ("기관 %u", i);

      g_ptr_array_add (names, name);
      nodes[i] = (DureNetworkNode){
        .id = name, .name = name, .sector = i % DURE_N_SECTORS, .area = (int)(i % DURE_N_AREAS)
      };
    }
  for (guint i = 0; i < n; i++)
    ties[i] = (DureNetworkTie){ .from = i, .to = (i + 1) % n, .count = 1 + i, .by_layer = { 1 } };
  return dure_network_new (nodes, n + alone, ties, n);
}

static cairo_surface_t *
draw (const DureNetwork *network, const DureNetworkPictureOptions *options)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH + 40, HEIGHT + 40);
  cairo_t         *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  dure_network_picture_draw (cr, network, NULL, options, 20, 20, WIDTH, HEIGHT);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (surface);

  return *(const guint32 *)(gconstpointer)(data + y * cairo_image_surface_get_stride (surface) + 4 * x) & 0xffffff;
}

/* How many pixels are not white, inside or outside the rectangle that was given. */
static guint
ink (cairo_surface_t *surface, gboolean inside)
{
  guint n = 0;

  for (int y = 0; y < HEIGHT + 40; y++)
    for (int x = 0; x < WIDTH + 40; x++)
      {
        gboolean in = x >= 20 && x < WIDTH + 20 && y >= 20 && y < HEIGHT + 20;

        if (in == inside && pixel (surface, x, y) != 0xffffff)
          n++;
      }
  return n;
}

static gboolean
has_colour (cairo_surface_t *surface, int area)
{
  DureColour colour = dure_network_area_colour (area, FALSE);
  guint32    rgb = (guint32)(colour.red * 255 + .5) << 16 | (guint32)(colour.green * 255 + .5) << 8
                | (guint32)(colour.blue * 255 + .5);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (pixel (surface, x, y) == rgb)
        return TRUE;
  return FALSE;
}

static void
test_stays_inside (void)
{
  g_autoptr (DureNetwork) network = ring (24, 9);
  cairo_surface_t *surface = draw (network, NULL);

  g_assert_cmpuint (ink (surface, TRUE), >, 3000);
  g_assert_cmpuint (ink (surface, FALSE), ==, 0);
  g_assert_true (has_colour (surface, 0) && has_colour (surface, 7));
  if (g_getenv ("DURE_PICTURES") != NULL)
    {
      g_autofree char *path = g_build_filename (g_getenv ("DURE_PICTURES"), "ring.png", NULL);

      cairo_surface_write_to_png (surface, path);
    }
  cairo_surface_destroy (surface);
}

/* Who is not invited is hollow: the colour of an area that only they have is nowhere. */
static void
test_room (void)
{
  g_autoptr (DureNetwork) network = ring (8, 0);
  const char *const         room[] = { "기관 0", "기관 1", NULL };
  DureNetworkPictureOptions options;
  cairo_surface_t          *surface;

  dure_network_picture_options_init (&options);
  options.room = room;
  options.legend = FALSE;
  surface = draw (network, &options);
  g_assert_true (has_colour (surface, 0));
  g_assert_false (has_colour (surface, 5));
  cairo_surface_destroy (surface);
}

static void
test_empty (void)
{
  g_autoptr (DureNetwork) network = dure_network_new (NULL, 0, NULL, 0);
  cairo_surface_t *surface = draw (network, NULL);

  g_assert_cmpuint (ink (surface, TRUE), ==, 0);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/network-picture/inside", test_stays_inside);
  g_test_add_func ("/document/network-picture/room", test_room);
  g_test_add_func ("/document/network-picture/empty", test_empty);
  return g_test_run ();
}
