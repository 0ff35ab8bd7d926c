/* dure-network-picture-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-network-picture-file.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-xml.h"
#include "document/dure-picture-text.h"
#include "document/dure-sheet.h"

#define MARGIN (10 * DURE_MM)
#define PNG_SCALE 2

/** Page: where a picture goes; lengths in points. */
typedef struct
{
  const DureNetwork               *network;
  const DurePoint                 *positions;
  const DureNetworkPictureOptions *options;
  double                           width;
  double                           height;
} Page;

/* A4 across holds about 120 names; larger networks get the larger sheets of the same shape, up to A0. */
static void
choose_sheet (Page *page)
{
  guint sheets = 120;

  page->width = DURE_A4_HEIGHT;
  page->height = DURE_A4_WIDTH;
  for (int i = 0; i < 4 && page->network->n_nodes > sheets; i++, sheets *= 2)
    {
      double width = page->width;

      page->width = page->height * 2;
      page->height = width;
    }
}

static void
draw (const Page *page, cairo_t *cr)
{
  dure_network_picture_draw (cr, page->network, page->positions, page->options, MARGIN, MARGIN,
                             page->width - 2 * MARGIN, page->height - 2 * MARGIN);
}

/* Viewers may show a dark ground behind what is not painted. */
static void
paint_white (cairo_t *cr)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
}

static cairo_status_t
append_cb (void *data, const unsigned char *bytes, unsigned int length)
{
  g_string_append_len (data, (const char *)bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, DURE_ERROR, DURE_ERROR_FAILED, _ ("The picture could not be drawn: %s"),
               cairo_status_to_string (status));
  return FALSE;
}

static gboolean
draw_png (const Page *page, GString *out, GError **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)ceil (page->width * PNG_SCALE),
                                                         (int)ceil (page->height * PNG_SCALE));
  cairo_t         *cr = cairo_create (surface);
  cairo_status_t   status;

  cairo_scale (cr, PNG_SCALE, PNG_SCALE);
  paint_white (cr);
  draw (page, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_cb, out);
  cairo_surface_destroy (surface);
  return check (status, error);
}

static gboolean
draw_pdf (const Page *page, GString *out, GError **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, out, page->width, page->height);
  cairo_t         *cr = cairo_create (surface);
  cairo_status_t   status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Dure");
  if (page->options->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, page->options->title);
  draw (page, cr);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = status == CAIRO_STATUS_SUCCESS ? cairo_surface_status (surface) : status;
  cairo_surface_destroy (surface);
  return check (status, error);
}

/* The shapes by Cairo, then a title for those who cannot see, and the texts on top. */
static gboolean
draw_svg (const Page *page, GString *out, GError **error)
{
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_cb, out, page->width, page->height);
  cairo_t         *cr = cairo_create (surface);
  g_autoptr (DurePictureTexts) texts = dure_picture_texts_new (cr);
  g_autoptr (GString) body = g_string_new (NULL);
  cairo_status_t status;
  char          *at;

  paint_white (cr);
  draw (page, cr);
  status = cairo_status (cr);
  dure_picture_texts_to_svg (texts, body);
  g_clear_pointer (&texts, dure_picture_texts_free);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = status == CAIRO_STATUS_SUCCESS ? cairo_surface_status (surface) : status;
  cairo_surface_destroy (surface);
  if (!check (status, error))
    return FALSE;
  at = g_strrstr (out->str, "</svg>");
  if (at != NULL)
    g_string_insert_len (out, at - out->str, body->str, (gssize)body->len);
  at = strstr (out->str, "<svg ");
  at = at != NULL ? strchr (at, '>') : NULL;
  if (at != NULL && page->options->title != NULL)
    {
      g_string_assign (body, "\n<title>");
      dure_xml_append (body, page->options->title);
      g_string_append (body, "</title>");
      g_string_insert_len (out, at + 1 - out->str, body->str, (gssize)body->len);
    }
  return TRUE;
}

/**
 * dure_network_export_picture:
 * @network: the network
 * @positions: (nullable): one place a node; %NULL to find them here
 * @options: (nullable): how it looks, lengths in points; %NULL for the usual
 * @path: the file, whose name ends in .png, .svg or .pdf
 * @error: return location
 *
 * Writes the picture on a white sheet, A4 across for usual networks, larger for larger ones: PNG with two pixels a
 * point, PDF with its fonts, SVG with text that can be selected and searched. A file is replaced as a whole or not at
 * all, and only its owner may read it. An empty network makes an empty sheet.
 *
 * Returns: whether it was written
 */
gboolean
dure_network_export_picture (const DureNetwork               *network,
                             const DurePoint                 *positions,
                             const DureNetworkPictureOptions *options,
                             const char                      *path,
                             GError                         **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  g_autofree char          *name = g_ascii_strdown (path, -1);
  DureNetworkPictureOptions usual;
  Page                      page = { network, positions, options, 0, 0 };
  gboolean                  drawn;

  dure_network_picture_options_init (&usual);
  usual.font = DURE_SHEET_FONT;
  if (options == NULL)
    page.options = &usual;
  choose_sheet (&page);
  if (g_str_has_suffix (name, ".png"))
    drawn = draw_png (&page, out, error);
  else if (g_str_has_suffix (name, ".pdf"))
    drawn = draw_pdf (&page, out, error);
  else if (g_str_has_suffix (name, ".svg"))
    drawn = draw_svg (&page, out, error);
  else
    {
      g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID,
                   _ ("The name of a picture ends in .png, .svg or .pdf, not “%s”."), path);
      return FALSE;
    }
  if (!drawn)
    return FALSE;
  if (g_file_set_contents_full (path, out->str, (gssize)out->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &local))
    return TRUE;
  g_set_error (error, DURE_ERROR, DURE_ERROR_FAILED, _ ("The file “%s” could not be written: %s"), path,
               local->message);
  return FALSE;
}
