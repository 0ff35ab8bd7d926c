/* dure-briefing-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From top to bottom: title and facts, four figures, the network, who is invited, the lists in two columns, the
 * programme. The page is first measured: type goes from 10 pt down to 7.5 pt and then the lists get shorter («and N
 * more») until all of it leaves room for the network, which takes what is left.
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-briefing-page.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "document/dure-network-picture.h"
#include "document/dure-paper-places.h"
#include "document/dure-sheet.h"

#define LEFT (20 * DURE_MM)
#define WIDTH (DURE_A4_WIDTH - 40 * DURE_MM)
#define TOP (20 * DURE_MM)
#define BOTTOM (DURE_A4_HEIGHT - 15 * DURE_MM)
#define GAP 16.0 /* between columns */
#define COLUMN ((WIDTH - GAP) / 2)
#define MOST_TYPE 10.0
#define LEAST_TYPE 7.5
#define LEAST_PICTURE 215.0
#define MOST_PICTURE 330.0

typedef struct
{
  const DureBriefing *briefing;
  DureSheet           sheet;
  guint               most_items; /* of a list */
  guint               most_bodies;
  double              picture; /* height */
} Page;

static double
draw_head (Page *self, double y)
{
  const DureBriefing *b = self->briefing;
  const double        top = y;
  g_autofree char    *today = dure_day_to_date (dure_day_today ());
  g_autofree char    *date = dure_date_format_official (today);
  g_autofree char    *made = g_strdup_printf (_ ("As of %s"), date);
  g_autoptr (GString) facts = g_string_new (b->when);
  double size = self->sheet.size;

  dure_sheet_text (&self->sheet, made, LEFT, y, WIDTH, 0.85, FALSE, DURE_INK_GREY, PANGO_ALIGN_RIGHT, 1);
  y += dure_sheet_text (&self->sheet, _ ("Briefing sheet"), LEFT, y, WIDTH * 0.6, 0.9, TRUE, DURE_INK_ACCENT,
                        PANGO_ALIGN_LEFT, 1);
  y += dure_sheet_text (&self->sheet, b->title, LEFT, y, WIDTH, 2.1, TRUE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 2)
       + size * 0.1;
  if (*b->venue != '\0')
    g_string_append_printf (facts, "  ·  %s", b->venue);
  if (*b->host != '\0')
    g_string_append_printf (facts, _ ("  ·  held by %s"), b->host);
  if (*b->lecturers != '\0')
    g_string_append_printf (facts, _ ("  ·  lecturer %s"), b->lecturers);
  y += dure_sheet_text (&self->sheet, facts->str, LEFT, y, WIDTH, 1, FALSE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 3)
       + size * 0.5;
  dure_sheet_line (&self->sheet, LEFT, y, WIDTH, 1.2, DURE_INK_BLACK);
  return y + size * 0.6 - top;
}

static void
figure (Page *self, double x, double y, double width, const char *label, const char *value, const char *note)
{
  const double size = self->sheet.size;

  dure_sheet_text (&self->sheet, label, x, y, width, 0.85, FALSE, DURE_INK_GREY, PANGO_ALIGN_LEFT, 1);
  dure_sheet_text (&self->sheet, value, x, y + size * 1.2, width, 1.6, TRUE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 1);
  dure_sheet_text (&self->sheet, note, x, y + size * 3.5, width, 0.85, FALSE, DURE_INK_GREY, PANGO_ALIGN_LEFT, 1);
}

static double
draw_figures (Page *self, double y)
{
  const DureBriefing *b = self->briefing;
  const double        quarter = WIDTH / 4;
  const guint         n = b->bodies->len;
  g_autofree char    *invited = g_strdup_printf (_ ("%u agencies"), n);
  g_autofree char    *sectors
      = b->n_people > n
            ? g_strdup_printf (_ ("%u people, public %u, private %u"), b->n_people, b->n_public, n - b->n_public)
            : g_strdup_printf (_ ("public %u, private %u"), b->n_public, n - b->n_public);
  g_autofree char *coming = g_strdup_printf (_ ("%u agencies"), b->n_yes);
  g_autofree char *others = g_strdup_printf (_ ("not %u, no reply %u"), b->n_no, b->n_none);
  g_autofree char *alone = g_strdup_printf (_ ("%u agencies"), b->before->no_tie->len + b->before->none_in_room->len);
  g_autofree char *alone_note
      = g_strdup_printf (_ ("no tie at all %u, none here %u"), b->before->no_tie->len, b->before->none_in_room->len);
  g_autofree char *cuts = g_strdup_printf (_ ("%u agencies"), b->before->cut_points->len);

  figure (self, LEFT, y, quarter - 6, _ ("Invited"), invited, sectors);
  figure (self, LEFT + quarter, y, quarter - 6, _ ("Coming"), coming, others);
  figure (self, LEFT + quarter * 2, y, quarter - 6, _ ("Without a tie in the room"), alone, alone_note);
  figure (self, LEFT + quarter * 3, y, quarter - 6, _ ("Cut others off if missing"), cuts, _ ("see the list below"));
  return self->sheet.size * 5.2;
}

static const char *
reply_mark (const char *reply)
{
  if (strcmp (reply, "yes") == 0)
    return "●";
  if (strcmp (reply, "proxy") == 0)
    return "◐";
  if (strcmp (reply, "no") == 0)
    return "×";
  return strcmp (reply, "maybe") == 0 ? "△" : "○";
}

static double
heading (Page *self, const char *text, const char *note, double x, double y, double width)
{
  const double size = self->sheet.size;

  dure_sheet_line (&self->sheet, x, y, width, 0.5, DURE_INK_LINE);
  if (note != NULL)
    dure_sheet_text (&self->sheet, note, x, y + size * 0.42, width, 0.8, FALSE, DURE_INK_GREY, PANGO_ALIGN_RIGHT, 1);
  return size * 0.3
         + dure_sheet_text (&self->sheet, text, x, y + size * 0.3, width, 1, TRUE, DURE_INK_ACCENT, PANGO_ALIGN_LEFT,
                            1);
}

/* One paragraph a sector. */
static double
draw_bodies (Page *self, double y)
{
  const GPtrArray *bodies = self->briefing->bodies;
  const double     top = y;

  if (bodies->len == 0)
    return 0;
  y += heading (self, _ ("Who is invited"), _ ("● yes  ◐ proxy  △ maybe  × no  ○ no reply"), LEFT, y, WIDTH);
  for (int is_private = 0; is_private < 2; is_private++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      const guint n = is_private ? bodies->len - self->briefing->n_public : self->briefing->n_public;
      /* When there is no place for all, both sectors lose their share. */
      const guint most = bodies->len <= self->most_bodies ? n : (n * self->most_bodies + bodies->len - 1) / bodies->len;
      guint       shown = 0, left_out = 0;

      for (guint i = 0; i < bodies->len; i++)
        {
          const DureBriefingBody *body = g_ptr_array_index (bodies, i);

          if (body->is_private != is_private)
            continue;
          if (shown >= most)
            left_out++;
          else
            {
              /* A mark and its name stay on one line. */
              g_auto (GStrv) words = g_strsplit (body->label, " ", -1);
              g_autofree char *label = g_strjoinv ("\302\240", words);

              g_string_append_printf (text, "%s%s%s", text->len > 0 ? "  " : "", reply_mark (body->reply), label);
              shown++;
            }
        }
      if (n == 0)
        continue;
      if (left_out > 0)
        {
          g_autofree char *rest = g_strdup_printf (_ ("and %u more agencies"), left_out);

          g_string_append_printf (text, "%s%s", text->len > 0 ? "  " : "", rest);
        }
      {
        g_autofree char *sector = g_strdup_printf (is_private ? _ ("Private %u") : _ ("Public %u"), n);
        const double     indent = self->sheet.size * 5;

        dure_sheet_text (&self->sheet, sector, LEFT, y, indent, 0.9, TRUE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 1);
        y += dure_sheet_text (&self->sheet, text->str, LEFT + indent, y, WIDTH - indent, 0.9, FALSE, DURE_INK_BLACK,
                              PANGO_ALIGN_LEFT, 0);
      }
    }
  return y + self->sheet.size * 0.5 - top;
}

static double
draw_list (Page *self, const DureBriefingList *list, double x, double y)
{
  const double top = y;
  const guint  n = list->items->len;
  /* Names are short: three lines of them stand for one item of another list. */
  const guint      shown = MIN (n, list->names ? self->most_items * 3 : self->most_items);
  g_autofree char *title = n > 0 ? g_strdup_printf ("%s  %u", list->heading, n) : g_strdup (list->heading);
  g_autofree char *rest
      = n > shown ? g_strdup_printf (list->topic == DURE_BRIEFING_NO_TIE || list->topic == DURE_BRIEFING_NONE_IN_ROOM
                                         ? _ ("and %u more agencies")
                                         : _ ("and %u more"),
                                     n - shown)
                  : NULL;

  y += heading (self, title, NULL, x, y, COLUMN);
  y += dure_sheet_text (&self->sheet, list->sentence, x, y, COLUMN, 0.85, FALSE, DURE_INK_GREY, PANGO_ALIGN_LEFT, 2);
  if (list->names && n > 0)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < shown; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *)g_ptr_array_index (list->items, i));
      if (rest != NULL)
        g_string_append_printf (text, " %s", rest);
      y += dure_sheet_text (&self->sheet, text->str, x, y, COLUMN, 0.92, FALSE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 0);
    }
  else
    {
      const double indent = self->sheet.size * 0.9;

      for (guint i = 0; i < shown; i++)
        {
          dure_sheet_text (&self->sheet, "ㆍ", x - indent * 0.1, y, indent * 2, 0.92, FALSE, DURE_INK_GREY,
                           PANGO_ALIGN_LEFT, 1);
          y += dure_sheet_text (&self->sheet, g_ptr_array_index (list->items, i), x + indent, y, COLUMN - indent, 0.92,
                                FALSE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 2);
        }
      y += dure_sheet_text (&self->sheet, rest, x + indent, y, COLUMN - indent, 0.92, FALSE, DURE_INK_GREY,
                            PANGO_ALIGN_LEFT, 1);
    }
  return y + self->sheet.size * 0.55 - top;
}

/* The lists stand in their order, cut in two where the longer column is shortest. */
static double
draw_lists (Page *self, double y)
{
  const GPtrArray *lists = self->briefing->lists;
  const gboolean   measure = self->sheet.measure;
  double           heights[16] = { 0 };
  double           whole = 0, left = 0, best = G_MAXDOUBLE;
  guint            split = 0;
  double           column[2] = { 0, 0 };

  g_return_val_if_fail (lists->len <= G_N_ELEMENTS (heights), 0);
  self->sheet.measure = TRUE;
  for (guint i = 0; i < lists->len; i++)
    whole += heights[i] = draw_list (self, g_ptr_array_index (lists, i), LEFT, y);
  for (guint i = 0; i <= lists->len; i++)
    {
      if (MAX (left, whole - left) < best)
        {
          best = MAX (left, whole - left);
          split = i;
        }
      left += i < lists->len ? heights[i] : 0;
    }
  self->sheet.measure = measure;
  for (guint i = 0; i < lists->len && !measure; i++)
    {
      const int right = i >= split;

      column[right] += draw_list (self, g_ptr_array_index (lists, i), LEFT + right * (COLUMN + GAP), y + column[right]);
    }
  return best;
}

static char *
part_text (const DureBriefingPart *part)
{
  g_autofree char *items = g_strjoinv (" · ", part->items);

  return g_strdup (*items != '\0' ? items : part->text);
}

static double
draw_programme (Page *self, double y)
{
  const GPtrArray *parts = self->briefing->parts;
  const double     top = y;
  const double     size = self->sheet.size;
  gboolean         speakers = FALSE;
  const char      *heads[] = { _ ("Time"), _ ("Part"), _ ("Content"), _ ("Lecturer") };
  const guint      shown = MIN (parts->len, self->most_items);

  double widths[] = { WIDTH * 0.14, WIDTH * 0.27, WIDTH * 0.37, WIDTH * 0.22 };
  guint  n_columns = 4;

  if (parts->len == 0)
    return 0;
  for (guint i = 0; i < parts->len; i++)
    speakers |= *((const DureBriefingPart *)g_ptr_array_index (parts, i))->who != '\0';
  if (!speakers)
    {
      n_columns = 3;
      widths[2] += widths[3];
    }
  y += heading (self, _ ("Programme"), NULL, LEFT, y, WIDTH) + size * 0.15;
  dure_sheet_bar (&self->sheet, LEFT, y, WIDTH, size * 1.65, 0.93);
  for (guint c = 0, at = 0; c < n_columns; c++)
    {
      dure_sheet_text (&self->sheet, heads[c], LEFT + at + 4, y + size * 0.18, widths[c] - 8, 0.88, TRUE,
                       DURE_INK_BLACK, PANGO_ALIGN_LEFT, 1);
      at += (guint)widths[c];
    }
  y += size * 1.65;
  for (guint i = 0; i < shown; i++)
    {
      const DureBriefingPart *part = g_ptr_array_index (parts, i);
      g_autofree char        *text = part_text (part);
      const char             *cells[] = { part->time, part->title, text, part->who };
      double                  height = size * 1.3;

      for (guint c = 0, at = 0; c < n_columns; c++)
        {
          const double h = dure_sheet_text (&self->sheet, cells[c], LEFT + at + 4, y + size * 0.2, widths[c] - 8, 0.92,
                                            c == 1, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 3);

          height = MAX (height, h);
          at += (guint)widths[c];
        }
      y += height + size * 0.45;
      dure_sheet_line (&self->sheet, LEFT, y, WIDTH, 0.4, DURE_INK_LINE);
    }
  if (parts->len > shown)
    {
      g_autofree char *rest = g_strdup_printf (_ ("and %u more"), parts->len - shown);

      y += dure_sheet_text (&self->sheet, rest, LEFT + 4, y, WIDTH, 0.9, FALSE, DURE_INK_GREY, PANGO_ALIGN_LEFT, 1);
    }
  return y - top;
}

static void
picture_options (Page *self, DureNetworkPictureOptions *options)
{
  dure_network_picture_options_init (options);
  options->font = DURE_SHEET_FONT;
  options->font_size = MAX (7, self->sheet.size * 0.8);
  options->radius = 6;
}

static void
draw_network (Page *self, const DurePoint *positions, double y)
{
  const DureBriefing       *b = self->briefing;
  DureNetworkPictureOptions options;

  if (b->network->n_nodes == 0)
    dure_sheet_text (&self->sheet, _ ("No agency is registered yet, so there is no network to draw."), LEFT,
                     y + self->picture / 2, WIDTH, 1, FALSE, DURE_INK_GREY, PANGO_ALIGN_CENTER, 2);
  picture_options (self, &options);
  /* Who is not there stands out only where somebody is not there. */
  if (b->before->invited->len < b->network->n_nodes)
    options.room = (const char *const *)b->room;
  dure_network_picture_draw (self->sheet.cr, b->network, positions, &options, LEFT, y, WIDTH, self->picture);
}

static double
draw_coverage (Page *self, double y)
{
  return dure_sheet_text (&self->sheet, self->briefing->coverage, LEFT, y, WIDTH, 0.85, FALSE, DURE_INK_GREY,
                          PANGO_ALIGN_RIGHT, 1)
         + self->sheet.size * 0.4;
}

static double
fixed_height (Page *self)
{
  return draw_head (self, 0) + draw_figures (self, 0) + draw_coverage (self, 0) + draw_bodies (self, 0)
         + draw_lists (self, 0) + draw_programme (self, 0);
}

/* Finds the largest type and then the longest lists that leave the network its place. */
static void
fit (Page *self)
{
  double left = 0;

  self->sheet.measure = TRUE;
  self->most_items = 12;
  self->most_bodies = 200;
  for (self->sheet.size = MOST_TYPE; self->sheet.size > LEAST_TYPE; self->sheet.size -= 0.25)
    if (BOTTOM - TOP - fixed_height (self) >= LEAST_PICTURE)
      break;
  for (;;)
    {
      left = BOTTOM - TOP - fixed_height (self);
      if (left >= LEAST_PICTURE || (self->most_items <= 2 && self->most_bodies <= 24))
        break;
      if (self->most_items > 2)
        self->most_items--;
      self->most_bodies = MAX (24, self->most_bodies * 4 / 5);
    }
  self->picture = CLAMP (left, 0, self->briefing->network->n_nodes == 0 ? LEAST_PICTURE / 3 : MOST_PICTURE);
  self->sheet.measure = FALSE;
}

static void
draw_page (Page *self, const DurePoint *positions)
{
  double y = TOP;

  y += draw_head (self, y);
  y += draw_figures (self, y);
  draw_network (self, positions, y);
  y += self->picture;
  y += draw_coverage (self, y);
  y += draw_bodies (self, y);
  y += draw_lists (self, y);
  draw_programme (self, y);
  self->sheet.size = 9;
  dure_sheet_text (&self->sheet, "- 1 -", LEFT, DURE_A4_HEIGHT - 10 * DURE_MM - 5, WIDTH, 1, FALSE, DURE_INK_GREY,
                   PANGO_ALIGN_CENTER, 1);
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
 * Returns: (transfer full): a PDF of one A4 page
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
  Page                      page = { .briefing = briefing };
  cairo_t                  *cr;

  g_return_val_if_fail (briefing != NULL, NULL);
  surface = cairo_pdf_surface_create_for_stream (collect, data, DURE_A4_WIDTH, DURE_A4_HEIGHT);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, briefing->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, _ ("Briefing sheet"));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, briefing->keywords);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Dure " DURE_VERSION);
  cr = cairo_create (surface);
  dure_sheet_init (&page.sheet, cr);
  fit (&page);
  if (positions == NULL)
    {
      picture_options (&page, &picture);
      positions = own
          = dure_paper_places (briefing->network, &picture, &page.sheet, WIDTH, page.picture, cancellable, error);
    }
  if (positions != NULL)
    {
      draw_page (&page, positions);
      cairo_show_page (cr);
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
