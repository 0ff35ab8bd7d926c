/* dure-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-sheet.h"

static void
set_ink (cairo_t *cr, DureInk ink)
{
  static const double inks[][3]
      = { { 0.09, 0.09, 0.1 }, { 0.38, 0.38, 0.41 }, { 0.75, 0.75, 0.77 }, { 0.07, 0.3, 0.55 } };

  cairo_set_source_rgb (cr, inks[ink][0], inks[ink][1], inks[ink][2]);
}

/* Korean may break between any two syllables, but reads better when lines end between words. A word wider than the line
 * still breaks. */
static PangoAttrList *
keep_words (const char *text)
{
  PangoAttrList *list = pango_attr_list_new ();
  const char    *start = NULL;

  for (const char *c = text;; c = g_utf8_next_char (c))
    {
      const gboolean in_word = *c != '\0' && *c != ' ' && *c != '\n';

      if (in_word && start == NULL)
        start = c;
      else if (!in_word && start != NULL)
        {
          PangoAttribute *attribute = pango_attr_allow_breaks_new (FALSE);

          attribute->start_index = (guint)(start - text);
          attribute->end_index = (guint)(c - text);
          pango_attr_list_insert (list, attribute);
          start = NULL;
        }
      if (*c == '\0')
        return list;
    }
}

/**
 * dure_sheet_init:
 * @self: (out caller-allocates): a sheet that draws on @cr
 */
void
dure_sheet_init (DureSheet *self, cairo_t *cr)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  *self = (DureSheet){ .cr = cr, .layout = pango_cairo_create_layout (cr), .size = 10 };
  /* Han characters take their Korean shapes whatever the language of the session is. */
  pango_context_set_language (pango_layout_get_context (self->layout), pango_language_from_string ("ko"));
  /* Paper has no pixels that glyphs would have to meet. */
  pango_context_set_round_glyph_positions (pango_layout_get_context (self->layout), FALSE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (pango_layout_get_context (self->layout), options);
  cairo_font_options_destroy (options);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
}

/** dure_sheet_clear: frees what the sheet holds; not the cairo context */
void
dure_sheet_clear (DureSheet *self)
{
  g_clear_object (&self->layout);
}

/**
 * dure_sheet_text:
 * @width: lines break here
 * @scale: of the base size
 * @most_lines: more end in an ellipsis; 0 for no end
 *
 * Returns: the height that the text takes; 0 for an empty one
 */
double
dure_sheet_text (DureSheet     *self,
                 const char    *text,
                 double         x,
                 double         y,
                 double         width,
                 double         scale,
                 gboolean       bold,
                 DureInk        ink,
                 PangoAlignment align,
                 int            most_lines)
{
  g_autoptr (PangoFontDescription) font = NULL;
  g_autoptr (PangoAttrList) words = NULL;
  int height;

  if (text == NULL || *text == '\0')
    return 0;
  font = pango_font_description_from_string (DURE_SHEET_FONT);
  pango_font_description_set_absolute_size (font, self->size * scale * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_width (self->layout, (int)(width * PANGO_SCALE));
  pango_layout_set_alignment (self->layout, align);
  pango_layout_set_line_spacing (self->layout, 0.95f);
  pango_layout_set_ellipsize (self->layout, most_lines > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  pango_layout_set_height (self->layout, most_lines > 0 ? -most_lines : -1);
  pango_layout_set_text (self->layout, text, -1);
  words = keep_words (text);
  pango_layout_set_attributes (self->layout, words);
  pango_layout_get_size (self->layout, NULL, &height);
  if (!self->measure)
    {
      set_ink (self->cr, ink);
      cairo_move_to (self->cr, x, y);
      pango_cairo_show_layout (self->cr, self->layout);
    }
  return (double)height / PANGO_SCALE;
}

/**
 * dure_sheet_width:
 * @size: of the type, not of the sheet
 *
 * Returns: how wide the text is on one line
 */
double
dure_sheet_width (DureSheet *self, const char *text, double size)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (DURE_SHEET_FONT);
  int width;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_attributes (self->layout, NULL);
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_size (self->layout, &width, NULL);
  return (double)width / PANGO_SCALE;
}

/** dure_sheet_line: a horizontal line */
void
dure_sheet_line (DureSheet *self, double x, double y, double width, double thickness, DureInk ink)
{
  if (self->measure)
    return;
  set_ink (self->cr, ink);
  cairo_set_line_width (self->cr, thickness);
  cairo_move_to (self->cr, x, y);
  cairo_line_to (self->cr, x + width, y);
  cairo_stroke (self->cr);
}

/** dure_sheet_bar: a filled rectangle; @grey 0 is black */
void
dure_sheet_bar (DureSheet *self, double x, double y, double width, double height, double grey)
{
  if (self->measure)
    return;
  cairo_set_source_rgb (self->cr, grey, grey, grey);
  cairo_rectangle (self->cr, x, y, width, height);
  cairo_fill (self->cr);
}
