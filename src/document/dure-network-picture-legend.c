/* dure-network-picture-legend.c: what stands around the picture: title, legend, footnote
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-network-picture-private.h"

#include <glib/gi18n-lib.h>

#include "document/dure-picture-text.h"

/** DureEntry: a mark and its word. */
typedef struct
{
  DureNetworkSector sector;
  DureColour        colour;
  gboolean          filled;
  DureTieMark       tie; /* a piece of line in place of a shape, unless none */
  const char       *text;
} DureEntry;

/* Text of as many lines as it needs, at most @most; returns its height. */
static double
text (DurePicture *self, const char *words, DurePoint at, double width, double scale, int most, gboolean draw)
{
  PangoFontDescription *font = pango_font_description_copy (pango_layout_get_font_description (self->layout));
  PangoLayout          *layout = pango_layout_new (pango_layout_get_context (self->layout));
  int                   height;

  pango_font_description_set_absolute_size (font, self->options->font_size * scale * PANGO_SCALE);
  if (scale > 1)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -most);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (layout, words, -1);
  pango_layout_get_size (layout, NULL, &height);
  if (draw)
    {
      dure_picture_ink (self->cr, scale > 1 ? 0 : 0.35);
      cairo_move_to (self->cr, at.x, at.y);
      dure_picture_text (self->cr, layout, 0);
    }
  g_object_unref (layout);
  pango_font_description_free (font);
  return (double)height / PANGO_SCALE;
}

/* Draws the title at the top of @box. Returns the height that it takes. */
double
dure_picture_head (DurePicture *self, DureRect box)
{
  if (self->options->title == NULL || *self->options->title == '\0')
    return 0;
  return text (self, self->options->title, (DurePoint){ box.x, box.y }, box.width, 1.6, 2, TRUE)
         + self->options->font_size * 0.6;
}

static void
add (GArray *entries, DureNetworkSector sector, DureColour colour, gboolean filled, DureTieMark tie, const char *words)
{
  DureEntry entry = { sector, colour, filled, tie, words };

  g_array_append_val (entries, entry);
}

static void
add_shapes (DurePicture *self, GArray *entries)
{
  gboolean   sectors[DURE_N_SECTORS] = { FALSE };
  DureColour plain = dure_network_area_colour (DURE_NO_AREA, FALSE);

  for (guint v = 0; v < self->network->n_nodes; v++)
    sectors[self->network->nodes[v].sector] = TRUE;
  for (int s = 0; s < DURE_N_SECTORS; s++)
    if (sectors[s])
      add (entries, s, plain, TRUE, DURE_TIE_MARK_NONE, dure_sector_label (s));
  if (self->options->room != NULL)
    {
      add (entries, DURE_SECTOR_PRIVATE, plain, TRUE, DURE_TIE_MARK_NONE, _ ("Invited"));
      add (entries, DURE_SECTOR_PRIVATE, plain, FALSE, DURE_TIE_MARK_NONE, _ ("Not invited"));
    }
  if (self->options->tie_mark != NULL)
    {
      add (entries, 0, plain, TRUE, DURE_TIE_MARK_NEW, _ ("New tie"));
      add (entries, 0, plain, TRUE, DURE_TIE_MARK_LOST, _ ("Lost tie"));
    }
  if (self->options->n_wished > 0)
    add (entries, 0, plain, TRUE, DURE_TIE_MARK_WISHED, _ ("To be introduced"));
}

static void
add_colours (DurePicture *self, GArray *entries)
{
  const DureNetworkPictureOptions *options = self->options;

  if (options->palette == NULL)
    {
      gboolean areas[DURE_N_AREAS] = { FALSE };

      for (guint v = 0; v < self->network->n_nodes; v++)
        if (self->network->nodes[v].area >= 0)
          areas[self->network->nodes[v].area] = TRUE;
      for (int a = 0; a < DURE_N_AREAS; a++)
        if (areas[a])
          add (entries, DURE_SECTOR_PRIVATE, dure_network_area_colour (a, FALSE), TRUE, DURE_TIE_MARK_NONE,
               dure_area_label (a));
    }
  else if (options->colour_names != NULL && options->colour != NULL)
    {
      g_autofree gboolean *used = g_new0 (gboolean, (gsize)options->n_palette + 1);

      for (guint v = 0; v < self->network->n_nodes; v++)
        if (options->colour[v] < options->n_palette)
          used[options->colour[v]] = TRUE;
      for (guint c = 0; c < options->n_palette; c++)
        if (used[c] && options->colour_names[c] != NULL)
          add (entries, DURE_SECTOR_PRIVATE, options->palette[c], TRUE, DURE_TIE_MARK_NONE, options->colour_names[c]);
    }
}

static void
draw_mark (DurePicture *self, const DureEntry *entry, DurePoint at, double r)
{
  const double dash[] = { r * 0.8, r * 0.5 };
  const double dots[] = { 1.6, 2.6 };

  if (entry->tie == DURE_TIE_MARK_NONE)
    {
      dure_picture_shape (self, entry->sector, entry->colour, entry->filled, at, r);
      return;
    }
  dure_picture_ink (self->cr, entry->tie == DURE_TIE_MARK_LOST ? 0.4 : 0.1);
  cairo_set_line_width (self->cr, entry->tie == DURE_TIE_MARK_NEW ? r * 0.5 : r * 0.35);
  if (entry->tie != DURE_TIE_MARK_NEW)
    cairo_set_dash (self->cr, entry->tie == DURE_TIE_MARK_LOST ? dash : dots, 2, 0);
  cairo_move_to (self->cr, at.x - r, at.y);
  cairo_line_to (self->cr, at.x + r * 1.6, at.y);
  cairo_stroke (self->cr);
  cairo_set_dash (self->cr, NULL, 0, 0);
}

/* Sets the entries in lines from @top on; a line that is full goes on below. Returns where the next line would be. */
static double
set_entries (DurePicture *self, const GArray *entries, DureRect box, double top, gboolean draw)
{
  const double size = self->options->font_size;
  const double r = size * 0.42;
  DurePoint    at = { box.x, top };

  for (guint i = 0; i < entries->len; i++)
    {
      const DureEntry *entry = &g_array_index (entries, DureEntry, i);
      const double     mark = entry->tie != DURE_TIE_MARK_NONE ? 3 * r : 2 * r;
      int              w, h;

      pango_layout_set_text (self->layout, entry->text, -1);
      pango_layout_get_size (self->layout, &w, &h);
      if (at.x > box.x && at.x + mark + (double)w / PANGO_SCALE + size > box.x + box.width)
        at = (DurePoint){ box.x, at.y + size * 1.7 };
      if (draw)
        {
          draw_mark (self, entry, (DurePoint){ at.x + r, at.y + size * 0.8 }, r);
          dure_picture_ink (self->cr, 0.2);
          cairo_move_to (self->cr, at.x + mark + size * 0.4, at.y + size * 0.8 - (double)h / PANGO_SCALE / 2);
          dure_picture_text (self->cr, self->layout, 0);
        }
      at.x += mark + (double)w / PANGO_SCALE + size * 1.6;
    }
  return entries->len > 0 ? at.y + size * 1.7 : top;
}

/* Draws legend and footnote at the bottom of @box. Returns the height that they take. */
double
dure_picture_legend (DurePicture *self, DureRect box)
{
  const DureNetworkPictureOptions *options = self->options;
  g_autoptr (GArray) shapes = g_array_new (FALSE, FALSE, sizeof (DureEntry));
  g_autoptr (GArray) colours = g_array_new (FALSE, FALSE, sizeof (DureEntry));
  double height = 0;

  if (options->legend)
    {
      add_shapes (self, shapes);
      add_colours (self, colours);
    }
  for (int pass = 0; pass < 2; pass++)
    {
      const double top = box.y + box.height - height;
      double       y = set_entries (self, shapes, box, top, pass == 1);

      y = set_entries (self, colours, box, y, pass == 1);
      if (options->footnote != NULL && *options->footnote != '\0')
        y += text (self, options->footnote, (DurePoint){ box.x, y }, box.width, 0.9, 3, pass == 1)
             + options->font_size * 0.3;
      height = y - top;
    }
  return height;
}
