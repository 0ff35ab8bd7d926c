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
has_rgb (cairo_surface_t *surface, guint32 rgb)
{
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (pixel (surface, x, y) == rgb)
        return TRUE;
  return FALSE;
}

static gboolean
has_colour (cairo_surface_t *surface, int area)
{
  DureColour colour = dure_network_area_colour (area, FALSE);

  return has_rgb (surface, (guint32)(colour.red * 255 + .5) << 16 | (guint32)(colour.green * 255 + .5) << 8
                               | (guint32)(colour.blue * 255 + .5));
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

/* Colours of the owner's, not those of the areas. */
static void
test_palette (void)
{
  g_autoptr (DureNetwork) network = ring (8, 0);
  const DureColour          palette[] = { { 0, 1, 0 }, { 1, 0, 1 } };
  const guint               colour[] = { 0, 1, 0, 1, 0, 1, 0, G_MAXUINT };
  DureNetworkPictureOptions options;
  cairo_surface_t          *surface;

  dure_network_picture_options_init (&options);
  options.legend = FALSE;
  options.palette = palette;
  options.n_palette = 2;
  options.colour = colour;
  surface = draw (network, &options);
  g_assert_false (has_colour (surface, 0) || has_colour (surface, 3));
  g_assert_true (has_rgb (surface, 0x00ff00) && has_rgb (surface, 0xff00ff));
  cairo_surface_destroy (surface);
}

/* Larger nodes, hulls, arrows, a title, a footnote, marks and wishes each leave ink, and nothing leaves the rectangle.
 */
static void
test_options (void)
{
  g_autoptr (DureNetwork) network = ring (12, 2);
  const double      size[] = { 2.5, 1, 1, 1, 1, 1, 0.1, 1, 1, 1, 1, 9, 1, 1 };
  const guint       group[] = { 0, 0, 0, 1, 1, 1, G_MAXUINT, 2, 2, 2, 2, 2, 3, G_MAXUINT };
  const char *const names[] = { "하나", "둘", "셋", "혼자" };
  const guint8      marks[] = { 1, 2, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0 };
  const guint       wished[] = { 12, 0, 13, 1 };
  guint             plain, now;

  for (guint option = 0; option < 8; option++)
    {
      DureNetworkPictureOptions options;
      cairo_surface_t          *surface;

      dure_network_picture_options_init (&options);
      surface = draw (network, &options);
      plain = ink (surface, TRUE);
      cairo_surface_destroy (surface);
      options.size = option == 0 ? size : NULL;
      options.group = option == 1 ? group : NULL;
      options.group_names = names;
      options.n_groups = 4;
      options.hulls = option == 1;
      options.title = option == 2 ? "광명시 관계망" : NULL;
      options.footnote = option == 3 ? "32개 기관 중 30개 기관의 관계가 기록되어 있습니다." : NULL;
      options.tie_mark = option == 4 ? marks : NULL;
      options.wished = wished;
      options.n_wished = option == 5 ? 2 : 0;
      options.privacy = option == 6;
      options.widths = option != 7;
      surface = draw (network, &options);
      now = ink (surface, TRUE);
      g_assert_cmpuint (now, !=, plain);
      g_assert_cmpuint (ink (surface, FALSE), ==, 0);
      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/network-picture/inside", test_stays_inside);
  g_test_add_func ("/document/network-picture/room", test_room);
  g_test_add_func ("/document/network-picture/empty", test_empty);
  g_test_add_func ("/document/network-picture/palette", test_palette);
  g_test_add_func ("/document/network-picture/options", test_options);
  return g_test_run ();
}
