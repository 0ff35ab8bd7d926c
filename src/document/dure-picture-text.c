/* dure-picture-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-picture-text.h"

#include "base/dure-xml.h"

/* How much of the white edge behind a label is opaque. */
#define HALO_ALPHA 0.9

/** Text: one line. */
typedef struct
{
  char  *text;
  char  *family;
  double x;
  double y; /* of the base line */
  double width;
  double size;
  double halo;
  int    weight;
  int    ink; /* 0xrrggbb */
} Text;

/** DurePictureTexts: what dure_picture_text() was asked to draw on one context. */
struct _DurePictureTexts
{
  cairo_t *cr;
  GArray  *texts;
};

static const cairo_user_data_key_t texts_key;

static void
text_clear (gpointer data)
{
  Text *text = data;

  g_free (text->text);
  g_free (text->family);
}

/**
 * dure_picture_texts_new:
 * @cr: a context whose user space is that of the file
 *
 * From now on texts on @cr are collected in place of drawn.
 *
 * Returns: (transfer full): the collection; must go before @cr
 */
DurePictureTexts *
dure_picture_texts_new (cairo_t *cr)
{
  DurePictureTexts *self = g_new0 (DurePictureTexts, 1);

  self->cr = cr;
  self->texts = g_array_new (FALSE, FALSE, sizeof (Text));
  g_array_set_clear_func (self->texts, text_clear);
  cairo_set_user_data (cr, &texts_key, self, NULL);
  return self;
}

/**
 * dure_picture_texts_free:
 * @self: (nullable) (transfer full): a collection
 */
void
dure_picture_texts_free (DurePictureTexts *self)
{
  if (self == NULL)
    return;
  cairo_set_user_data (self->cr, &texts_key, NULL, NULL);
  g_array_unref (self->texts);
  g_free (self);
}

/* What of a line is seen: an ellipsis stands for what it hides. */
static char *
visible_text (PangoLayoutLine *line, const char *text)
{
  GString *out = g_string_new (NULL);

  for (GSList *runs = line->runs; runs != NULL; runs = runs->next)
    {
      const PangoItem *item = ((PangoLayoutRun *)runs->data)->item;

      if (item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS)
        g_string_append (out, "…");
      else
        g_string_append_len (out, text + item->offset, item->length);
    }
  return g_string_free (out, FALSE);
}

static int
ink_of (cairo_t *cr)
{
  double red = 0;
  double green = 0;
  double blue = 0;
  double alpha;

  cairo_pattern_get_rgba (cairo_get_source (cr), &red, &green, &blue, &alpha);
  return (int)(red * 255 + 0.5) << 16 | (int)(green * 255 + 0.5) << 8 | (int)(blue * 255 + 0.5);
}

static void
collect (DurePictureTexts *self, PangoLayout *layout, double x, double y, double halo)
{
  const PangoFontDescription *font = pango_layout_get_font_description (layout);
  PangoLayoutIter            *iter = pango_layout_get_iter (layout);

  do
    {
      PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
      PangoRectangle   extents;
      Text             text = { .halo = halo, .ink = ink_of (self->cr), .weight = 400 };

      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      text.text = visible_text (line, pango_layout_get_text (layout));
      text.x = x + (double)extents.x / PANGO_SCALE;
      text.y = y + (double)pango_layout_iter_get_baseline (iter) / PANGO_SCALE;
      text.width = (double)extents.width / PANGO_SCALE;
      if (font != NULL)
        {
          text.family = g_strdup (pango_font_description_get_family (font));
          text.size = (double)pango_font_description_get_size (font) / PANGO_SCALE;
          text.weight = (int)pango_font_description_get_weight (font);
        }
      cairo_user_to_device (self->cr, &text.x, &text.y);
      g_array_append_val (self->texts, text);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

/**
 * dure_picture_text:
 * @cr: where to draw; the current point is the upper left corner
 * @layout: the text, with a font of an absolute size
 * @halo: width of a white edge around the letters, 0 for none
 *
 * Draws a text in the current colour, or collects it, see dure_picture_texts_new().
 */
void
dure_picture_text (cairo_t *cr, PangoLayout *layout, double halo)
{
  DurePictureTexts *texts = cairo_get_user_data (cr, &texts_key);
  cairo_pattern_t  *ink;
  double            x;
  double            y;

  cairo_get_current_point (cr, &x, &y);
  if (texts != NULL)
    {
      collect (texts, layout, x, y, halo);
      return;
    }
  if (halo > 0)
    {
      ink = cairo_pattern_reference (cairo_get_source (cr));
      pango_cairo_layout_path (cr, layout);
      cairo_set_source_rgba (cr, 1, 1, 1, HALO_ALPHA);
      cairo_set_line_width (cr, halo);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_stroke (cr);
      cairo_set_source (cr, ink);
      cairo_pattern_destroy (ink);
      cairo_move_to (cr, x, y);
    }
  pango_cairo_show_layout (cr, layout);
}

static void
append_number (GString *out, const char *name, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (out, " %s=\"%s\"", name, g_ascii_formatd (text, sizeof text, "%.2f", number));
}

/**
 * dure_picture_texts_to_svg:
 * @self: what was collected
 * @out: where to
 *
 * Appends the texts as elements of an SVG whose user space is that of the context. Each is as wide as it was measured,
 * whatever font the reader has.
 */
void
dure_picture_texts_to_svg (const DurePictureTexts *self, GString *out)
{
  for (guint i = 0; i < self->texts->len; i++)
    {
      const Text *text = &g_array_index (self->texts, Text, i);

      if (text->text[0] == '\0')
        continue;
      g_string_append (out, "<text");
      append_number (out, "x", text->x);
      append_number (out, "y", text->y);
      append_number (out, "font-size", text->size);
      append_number (out, "textLength", text->width);
      g_string_append (out, " lengthAdjust=\"spacingAndGlyphs\" font-family=\"");
      if (text->family != NULL)
        {
          dure_xml_append (out, text->family);
          g_string_append (out, ", ");
        }
      g_string_append_printf (out, "sans-serif\" font-weight=\"%d\" fill=\"#%06x\"", text->weight, (guint)text->ink);
      if (text->halo > 0)
        {
          append_number (out, "stroke-width", text->halo);
          append_number (out, "stroke-opacity", HALO_ALPHA);
          g_string_append (out, " stroke=\"#ffffff\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        }
      g_string_append_c (out, '>');
      dure_xml_append (out, text->text);
      g_string_append (out, "</text>\n");
    }
}
