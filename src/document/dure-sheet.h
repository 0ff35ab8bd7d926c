/* dure-sheet.h: text and lines on a sheet of paper, with Pango and Cairo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lengths are points. A sheet that only measures draws nothing, so that a page can be tried before it is set.
 */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

#define DURE_MM (72.0 / 25.4)
#define DURE_A4_WIDTH (210 * DURE_MM)
#define DURE_A4_HEIGHT (297 * DURE_MM)
#define DURE_SHEET_FONT "Noto Sans CJK KR, NanumGothic, Noto Sans, Sans"

/** DureInk: black and two greys that print, and the accent. */
typedef enum
{
  DURE_INK_BLACK,
  DURE_INK_GREY,
  DURE_INK_LINE,
  DURE_INK_ACCENT,
} DureInk;

/** DureSheet: fields may be set between calls. */
typedef struct
{
  cairo_t     *cr;
  PangoLayout *layout;
  double       size;    /* base size of type */
  gboolean     measure; /* draw nothing */
} DureSheet;

void   dure_sheet_init (DureSheet *self, cairo_t *cr);
void   dure_sheet_clear (DureSheet *self);
double dure_sheet_text (DureSheet     *self,
                        const char    *text,
                        double         x,
                        double         y,
                        double         width,
                        double         scale,
                        gboolean       bold,
                        DureInk        ink,
                        PangoAlignment align,
                        int            most_lines);
double dure_sheet_width (DureSheet *self, const char *text, double size);
void   dure_sheet_line (DureSheet *self, double x, double y, double width, double thickness, DureInk ink);
void   dure_sheet_bar (DureSheet *self, double x, double y, double width, double height, double grey);

G_END_DECLS
