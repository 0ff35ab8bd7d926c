/* dure-briefing-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first page, from top to bottom: title and facts, four figures, the network, who is invited, what the network says
 * in two columns, the programme. The second, only when there is something for it: what of the lists had no room, who
 * came lately, what is open, what ends, who brings what. A page is first measured: type goes from 10.5 pt down until
 * all of it has its place, and then the lists get shorter («and N more»); the network takes what is left.
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-briefing-page.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "base/dure-error.h"
#include "document/dure-briefing-page-private.h"
#include "document/dure-network-picture.h"
#include "document/dure-paper-places.h"

#define TOP (15 * DURE_MM)
#define BOTTOM (DURE_A4_HEIGHT - 15 * DURE_MM)
#define MOST_TYPE 10.5
#define LEAST_TYPE (7.5 / DURE_BRIEFING_SMALL)
#define LEAST_PICTURE 215.0
#define MOST_PICTURE 330.0
#define ENOUGH_ITEMS 8 /* with shorter lists than this some of them go to the second page */
#define MOST_WISHED 8  /* introductions in the picture */

static void
picture_options (DureBriefingPage *self, DureNetworkPictureOptions *options)
{
  dure_network_picture_options_init (options);
  options->font = DURE_SHEET_FONT;
  options->font_size = MAX (7.5, self->sheet.size * 0.8);
  options->radius = 6;
}

static void
draw_network (DureBriefingPage *self, const DurePoint *positions, double y)
{
  const DureBriefing       *b = self->briefing;
  const GArray             *pairs = b->before->introductions;
  g_autofree guint         *wished = g_new (guint, 2 * (gsize)pairs->len + 1);
  DureNetworkPictureOptions options;

  if (b->network->n_nodes == 0)
    dure_sheet_text (&self->sheet, _ ("No agency is registered yet, so there is no network to draw."),
                     DURE_BRIEFING_LEFT, y + self->picture / 2, DURE_BRIEFING_WIDTH, 1, FALSE, DURE_INK_GREY,
                     PANGO_ALIGN_CENTER, 2);
  picture_options (self, &options);
  /* Who is not there stands out only where somebody is not there. */
  if (b->before->invited->len < b->network->n_nodes)
    options.room = (const char *const *)b->room;
  for (guint i = 0; i < pairs->len; i++)
    {
      wished[2 * i] = g_array_index (pairs, DureIntroduction, i).a;
      wished[2 * i + 1] = g_array_index (pairs, DureIntroduction, i).b;
    }
  options.wished = wished;
  /* Lines to and fro would hide what there is. */
  options.n_wished = pairs->len <= MOST_WISHED ? pairs->len : 0;
  dure_network_picture_draw (self->sheet.cr, b->network, positions, &options, DURE_BRIEFING_LEFT, y,
                             DURE_BRIEFING_WIDTH, self->picture);
}

static double
draw_coverage (DureBriefingPage *self, double y)
{
  return dure_sheet_text (&self->sheet, self->briefing->coverage, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH, 0.85,
                          FALSE, DURE_INK_GREY, PANGO_ALIGN_RIGHT, 1)
         + self->sheet.size * 0.4;
}

static double
first_height (DureBriefingPage *self)
{
  return dure_briefing_draw_head (self, 0) + dure_briefing_draw_figures (self, 0) + draw_coverage (self, 0)
         + dure_briefing_draw_bodies (self, 0) + dure_briefing_draw_lists (self, DURE_BRIEFING_NO_TIE, self->last, 0)
         + dure_briefing_draw_programme (self, 0);
}

static double
second_height (DureBriefingPage *self)
{
  return dure_briefing_draw_second_head (self, 0)
         + dure_briefing_draw_lists (self, self->last + 1, DURE_BRIEFING_MISSING, 0)
         + dure_briefing_draw_attendance (self, 0)
         + dure_briefing_draw_lists (self, DURE_BRIEFING_ACTIONS, DURE_BRIEFING_OFFERS, 0);
}

/* Finds the largest type and then the longest lists that leave @room free. Returns what is left. */
static double
fit (DureBriefingPage *self, double (*height) (DureBriefingPage *), double room)
{
  const double whole = BOTTOM - TOP;
  double       left;

  self->sheet.measure = TRUE;
  self->most_items = 16;
  self->most_bodies = 200;
  for (self->sheet.size = MOST_TYPE; self->sheet.size > LEAST_TYPE; self->sheet.size -= 0.25)
    if (whole - height (self) >= room)
      break;
  self->sheet.size = MAX (self->sheet.size, LEAST_TYPE);
  for (;;)
    {
      left = whole - height (self);
      if (left >= room || (self->most_items <= 2 && self->most_bodies <= 24))
        break;
      if (self->most_items > 2)
        self->most_items--;
      self->most_bodies = MAX (24, self->most_bodies * 4 / 5);
    }
  self->sheet.measure = FALSE;
  return left;
}

static void
draw_number (DureBriefingPage *self, const char *number)
{
  self->sheet.size = 9;
  dure_sheet_text (&self->sheet, number, DURE_BRIEFING_LEFT, DURE_A4_HEIGHT - 10 * DURE_MM - 5, DURE_BRIEFING_WIDTH, 1,
                   FALSE, DURE_INK_GREY, PANGO_ALIGN_CENTER, 1);
}

static void
draw_first (DureBriefingPage *self, const DurePoint *positions)
{
  double y = TOP;

  y += dure_briefing_draw_head (self, y);
  y += dure_briefing_draw_figures (self, y);
  draw_network (self, positions, y);
  y += self->picture;
  y += draw_coverage (self, y);
  y += dure_briefing_draw_bodies (self, y);
  y += dure_briefing_draw_lists (self, DURE_BRIEFING_NO_TIE, self->last, y);
  dure_briefing_draw_programme (self, y);
  draw_number (self, "- 1 -");
  cairo_show_page (self->sheet.cr);
}

static void
draw_second (DureBriefingPage *self)
{
  double y = TOP;

  for (DureBriefingTopic topic = self->last == DURE_BRIEFING_MISSING ? DURE_BRIEFING_ATTENDANCE : DURE_BRIEFING_JOINERS;
       dure_briefing_list (self->briefing, topic)->items->len == 0; topic++)
    if (topic == DURE_BRIEFING_OFFERS)
      return;
  fit (self, second_height, 0);
  y += dure_briefing_draw_second_head (self, y);
  y += dure_briefing_draw_lists (self, self->last + 1, DURE_BRIEFING_MISSING, y);
  y += dure_briefing_draw_attendance (self, y);
  dure_briefing_draw_lists (self, DURE_BRIEFING_ACTIONS, DURE_BRIEFING_OFFERS, y);
  draw_number (self, "- 2 -");
  cairo_show_page (self->sheet.cr);
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * dure_briefing_make_pdf:
 *
 * Fonts are embedded and the text can be selected. Takes as long as the layout of the network: well under a second for
 * a city.
 *
 * Returns: (transfer full): a PDF of one A4 page, or two
 */
GBytes *
dure_briefing_make_pdf (const DureBriefing *briefing, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autofree DurePoint     *own = NULL;
  const DurePoint          *positions = briefing->places;
  DureNetworkPictureOptions picture;
  cairo_surface_t          *surface;
  cairo_status_t            status;
  DureBriefingPage          page = { .briefing = briefing };
  double                    left;
  cairo_t                  *cr;

  g_return_val_if_fail (briefing != NULL, NULL);
  surface = cairo_pdf_surface_create_for_stream (collect, data, DURE_A4_WIDTH, DURE_A4_HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, briefing->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, _ ("Briefing sheet"));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, briefing->keywords);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Dure " DURE_VERSION);
  cr = cairo_create (surface);
  dure_sheet_init (&page.sheet, cr);
  page.last = DURE_BRIEFING_MISSING;
  left = fit (&page, first_height, LEAST_PICTURE);
  if (page.most_items < ENOUGH_ITEMS && briefing->before->invited->len > 0)
    {
      page.last = DURE_BRIEFING_JOIN;
      left = fit (&page, first_height, LEAST_PICTURE);
    }
  page.picture = CLAMP (left, 0, briefing->network->n_nodes == 0 ? LEAST_PICTURE / 3 : MOST_PICTURE);
  if (positions == NULL)
    {
      picture_options (&page, &picture);
      positions = own = dure_paper_places (briefing->network, &picture, &page.sheet, DURE_BRIEFING_WIDTH, page.picture,
                                           cancellable, error);
    }
  if (positions != NULL)
    {
      draw_first (&page, positions);
      draw_second (&page);
    }
  dure_sheet_clear (&page.sheet);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (positions == NULL)
    return NULL;
  if (status != CAIRO_STATUS_SUCCESS)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The page could not be set: %s."), cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

/**
 * dure_briefing_write_pdf:
 * @store: read only is enough
 * @event_id: an event
 * @path: file to write; what was there before is replaced only when the whole page is written
 * @error: %DURE_ERROR_FULL when the disk has no room
 */
gboolean
dure_briefing_write_pdf (
    DureStore *store, const char *event_id, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureBriefing) briefing = dure_briefing_new (store, event_id, cancellable, error);
  g_autoptr (GBytes) pdf = briefing == NULL ? NULL : dure_briefing_make_pdf (briefing, cancellable, error);
  g_autoptr (GError) problem = NULL;

  if (pdf == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (g_file_set_contents_full (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf),
                                G_FILE_SET_CONTENTS_CONSISTENT, 0600, &problem))
    return TRUE;
  if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    dure_set_error (error, DURE_ERROR_FULL, _ ("There is no room on the disk for %s. Nothing was written."), path);
  else
    dure_set_error (error, DURE_ERROR_FAILED, _ ("%s could not be written: %s"), path, problem->message);
  return FALSE;
}
