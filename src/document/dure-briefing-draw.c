/* dure-briefing-draw.c: the pieces of a briefing sheet
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-document"

#include "config.h"

#include "document/dure-briefing-page-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"

#define GAP 16.0 /* between columns */
#define COLUMN ((DURE_BRIEFING_WIDTH - GAP) / 2)
#define LONG_TITLE 44 /* more letters are set smaller */

double
dure_briefing_draw_head (DureBriefingPage *self, double y)
{
  const DureBriefing *b = self->briefing;
  const double        top = y;
  g_autofree char    *today = dure_day_to_date (dure_day_today ());
  g_autofree char    *date = dure_date_format_official (today);
  g_autofree char    *made = g_strdup_printf (_ ("As of %s"), date);
  g_autoptr (GString) facts = g_string_new (b->when);
  double size = self->sheet.size;

  dure_sheet_text (&self->sheet, made, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH, DURE_BRIEFING_SMALL, FALSE,
                   DURE_INK_GREY, PANGO_ALIGN_RIGHT, 1);
  y += dure_sheet_text (&self->sheet, _ ("Briefing sheet"), DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH * 0.6, 0.9, TRUE,
                        DURE_INK_ACCENT, PANGO_ALIGN_LEFT, 1);
  y += dure_sheet_text (&self->sheet, b->title, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH,
                        g_utf8_strlen (b->title, -1) <= LONG_TITLE ? 2.1 : 1.3, TRUE, DURE_INK_BLACK, PANGO_ALIGN_LEFT,
                        0)
       + size * 0.1;
  if (*b->venue != '\0')
    g_string_append_printf (facts, "  ·  %s", b->venue);
  if (*b->host != '\0')
    g_string_append_printf (facts, _ ("  ·  held by %s"), b->host);
  if (*b->lecturers != '\0')
    g_string_append_printf (facts, _ ("  ·  lecturer %s"), b->lecturers);
  y += dure_sheet_text (&self->sheet, facts->str, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH, 1, FALSE, DURE_INK_BLACK,
                        PANGO_ALIGN_LEFT, 3)
       + size * 0.5;
  dure_sheet_line (&self->sheet, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH, 1.2, DURE_INK_BLACK);
  return y + size * 0.6 - top;
}

static void
figure (
    DureBriefingPage *self, double x, double y, double width, const char *label, const char *value, const char *note)
{
  const double size = self->sheet.size;

  dure_sheet_text (&self->sheet, label, x, y, width, DURE_BRIEFING_SMALL, FALSE, DURE_INK_GREY, PANGO_ALIGN_LEFT, 1);
  dure_sheet_text (&self->sheet, value, x, y + size * 1.2, width, 1.6, TRUE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 1);
  dure_sheet_text (&self->sheet, note, x, y + size * 3.5, width, DURE_BRIEFING_SMALL, FALSE, DURE_INK_GREY,
                   PANGO_ALIGN_LEFT, 1);
}

double
dure_briefing_draw_figures (DureBriefingPage *self, double y)
{
  const DureBriefing *b = self->briefing;
  const double        quarter = DURE_BRIEFING_WIDTH / 4;
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
  g_autofree char *cuts = g_strdup_printf (_ ("%u agencies"), b->before->cuts->len);

  figure (self, DURE_BRIEFING_LEFT, y, quarter - 6, _ ("Invited"), invited, sectors);
  figure (self, DURE_BRIEFING_LEFT + quarter, y, quarter - 6, _ ("Coming"), coming, others);
  figure (self, DURE_BRIEFING_LEFT + quarter * 2, y, quarter - 6, _ ("Without a tie in the room"), alone, alone_note);
  figure (self, DURE_BRIEFING_LEFT + quarter * 3, y, quarter - 6, _ ("Cut others off if missing"), cuts,
          _ ("see the list below"));
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
heading (DureBriefingPage *self, const char *text, const char *note, double x, double y, double width)
{
  const double size = self->sheet.size;

  dure_sheet_line (&self->sheet, x, y, width, 0.5, DURE_INK_LINE);
  if (note != NULL)
    dure_sheet_text (&self->sheet, note, x, y + size * 0.42, width, DURE_BRIEFING_SMALL, FALSE, DURE_INK_GREY,
                     PANGO_ALIGN_RIGHT, 1);
  return size * 0.3
         + dure_sheet_text (&self->sheet, text, x, y + size * 0.3, width, 1, TRUE, DURE_INK_ACCENT, PANGO_ALIGN_LEFT,
                            1);
}

/* One paragraph a sector. */
double
dure_briefing_draw_bodies (DureBriefingPage *self, double y)
{
  const GPtrArray *bodies = self->briefing->bodies;
  const double     top = y;

  if (bodies->len == 0)
    return 0;
  y += heading (self, _ ("Who is invited"), _ ("● yes  ◐ proxy  △ maybe  × no  ○ no reply"), DURE_BRIEFING_LEFT, y,
                DURE_BRIEFING_WIDTH);
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

        dure_sheet_text (&self->sheet, sector, DURE_BRIEFING_LEFT, y, indent, 0.9, TRUE, DURE_INK_BLACK,
                         PANGO_ALIGN_LEFT, 1);
        y += dure_sheet_text (&self->sheet, text->str, DURE_BRIEFING_LEFT + indent, y, DURE_BRIEFING_WIDTH - indent,
                              0.9, FALSE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 0);
      }
    }
  return y + self->sheet.size * 0.5 - top;
}

/* What a list leaves out. Returns: (transfer full) */
static char *
rest_of (const DureBriefingList *list, guint n)
{
  switch (list->topic)
    {
    case DURE_BRIEFING_NO_TIE:
    case DURE_BRIEFING_NONE_IN_ROOM:
    case DURE_BRIEFING_JOINERS:
    case DURE_BRIEFING_ATTENDANCE:
    case DURE_BRIEFING_OFFERS:
      return g_strdup_printf (_ ("and %u more agencies"), n);
    default:
      return g_strdup_printf (_ ("and %u more"), n);
    }
}

/* The items of one list as one paragraph, «and N more» at its end. */
static double
draw_names (DureBriefingPage *self, const DureBriefingList *list, guint shown, double x, double y)
{
  const guint n = list->items->len;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < shown; i++)
    {
      const DureBriefingItem *item = g_ptr_array_index (list->items, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", item->text);
    }
  if (shown < n)
    {
      g_autofree char *rest = rest_of (list, n - shown);

      g_string_append_printf (text, " %s", rest);
    }
  return dure_sheet_text (&self->sheet, text->str, x, y, COLUMN, 0.92, FALSE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 0);
}

static double
draw_items (DureBriefingPage *self, const DureBriefingList *list, guint shown, double x, double y)
{
  const double top = y;
  const double indent = self->sheet.size * 0.9;

  for (guint i = 0; i < shown; i++)
    {
      const DureBriefingItem *item = g_ptr_array_index (list->items, i);
      const gboolean          one_line = list->topic == DURE_BRIEFING_OFFERS;
      g_autofree char        *text = one_line ? g_strdup_printf ("%s: %s", item->text, item->detail) : NULL;

      dure_sheet_text (&self->sheet, "ㆍ", x - indent * 0.1, y, indent * 2, 0.92, FALSE, DURE_INK_GREY,
                       PANGO_ALIGN_LEFT, 1);
      y += dure_sheet_text (&self->sheet, one_line ? text : item->text, x + indent, y, COLUMN - indent, 0.92, FALSE,
                            DURE_INK_BLACK, PANGO_ALIGN_LEFT, 0);
      if (!one_line)
        y += dure_sheet_text (&self->sheet, item->detail, x + indent, y, COLUMN - indent, DURE_BRIEFING_SMALL, FALSE,
                              DURE_INK_GREY, PANGO_ALIGN_LEFT, 0);
    }
  if (shown < list->items->len)
    {
      g_autofree char *rest = rest_of (list, list->items->len - shown);

      y += dure_sheet_text (&self->sheet, rest, x + indent, y, COLUMN - indent, 0.92, FALSE, DURE_INK_GREY,
                            PANGO_ALIGN_LEFT, 1);
    }
  return y - top;
}

static double
draw_list (DureBriefingPage *self, const DureBriefingList *list, double x, double y)
{
  const double top = y;
  const guint  n = list->items->len;
  /* Names are short: three lines of them stand for one item of another list. */
  const guint      shown = MIN (n, list->names ? self->most_items * 3 : self->most_items);
  g_autofree char *title = n > 0 ? g_strdup_printf ("%s  %u", list->heading, n) : g_strdup (list->heading);

  y += heading (self, title, NULL, x, y, COLUMN);
  y += dure_sheet_text (&self->sheet, list->sentence, x, y, COLUMN, DURE_BRIEFING_SMALL, FALSE, DURE_INK_GREY,
                        PANGO_ALIGN_LEFT, 0);
  if (n > 0)
    y += list->names ? draw_names (self, list, shown, x, y) : draw_items (self, list, shown, x, y);
  return y + self->sheet.size * 0.55 - top;
}

/* Of an empty room one sentence is enough; what only repeats another list is left away. */
static gboolean
is_shown (DureBriefingPage *self, const DureBriefingList *list)
{
  if (list->items->len > 0)
    return list->topic != DURE_BRIEFING_PARTS || list->items->len > 1;
  if (self->briefing->bodies->len == 0)
    return list->topic == DURE_BRIEFING_NO_TIE;
  return list->topic < DURE_BRIEFING_JOINERS || list->topic == DURE_BRIEFING_MISSING;
}

/* The lists stand in their order, cut in two where the longer column is shortest. */
double
dure_briefing_draw_lists (DureBriefingPage *self, DureBriefingTopic first, DureBriefingTopic last, double y)
{
  const GPtrArray *all = self->briefing->lists;
  const gboolean   measure = self->sheet.measure;
  double           heights[DURE_N_BRIEFING_TOPICS] = { 0 };
  guint            shown[DURE_N_BRIEFING_TOPICS];
  double           whole = 0, left = 0, best = G_MAXDOUBLE;
  guint            n = 0, split = 0;
  double           column[2] = { 0, 0 };

  self->sheet.measure = TRUE;
  for (guint i = 0; i < all->len; i++)
    {
      const DureBriefingList *list = g_ptr_array_index (all, i);

      if (list->topic < first || list->topic > last || !is_shown (self, list))
        continue;
      shown[n] = i;
      whole += heights[n++] = draw_list (self, list, DURE_BRIEFING_LEFT, y);
    }
  for (guint i = 0; i <= n; i++)
    {
      if (MAX (left, whole - left) < best)
        {
          best = MAX (left, whole - left);
          split = i;
        }
      left += i < n ? heights[i] : 0;
    }
  self->sheet.measure = measure;
  for (guint i = 0; i < n && !measure; i++)
    {
      const int right = i >= split;

      column[right] += draw_list (self, g_ptr_array_index (all, shown[i]), DURE_BRIEFING_LEFT + right * (COLUMN + GAP),
                                  y + column[right]);
    }
  return n > 0 ? best : 0;
}

/* Three columns: one sign a meeting, then the name. */
double
dure_briefing_draw_attendance (DureBriefingPage *self, double y)
{
  const DureBriefingList *list = dure_briefing_list (self->briefing, DURE_BRIEFING_ATTENDANCE);
  const double            top = y;
  const double            size = self->sheet.size;
  const double            column = (DURE_BRIEFING_WIDTH - 2 * GAP) / 3;
  const double            signs = size * (1.1 * self->briefing->meetings->len + 0.5);
  const guint             n = list->items->len;
  const guint             shown = MIN (n, self->most_bodies);
  const guint             rows = (shown + 2) / 3;

  if (n == 0)
    return 0;
  y += heading (self, list->heading, _ ("● came  ◐ by proxy  △ excused  × absent  – not recorded  · not invited"),
                DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH);
  y += dure_sheet_text (&self->sheet, list->sentence, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH, DURE_BRIEFING_SMALL,
                        FALSE, DURE_INK_GREY, PANGO_ALIGN_LEFT, 0)
       + size * 0.2;
  for (guint row = 0; row < rows; row++)
    {
      double height = size * 1.4;

      for (guint c = 0; c < 3 && c * rows + row < shown; c++)
        {
          const DureBriefingItem *item = g_ptr_array_index (list->items, c * rows + row);
          const double            x = DURE_BRIEFING_LEFT + c * (column + GAP);
          double                  h;

          dure_sheet_text (&self->sheet, item->marks, x, y, signs, 0.92, FALSE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 1);
          h = dure_sheet_text (&self->sheet, item->text, x + signs, y, column - signs, 0.92, FALSE, DURE_INK_BLACK,
                               PANGO_ALIGN_LEFT, 0);
          height = MAX (height, h);
        }
      y += height;
    }
  if (shown < n)
    {
      g_autofree char *rest = rest_of (list, n - shown);

      y += dure_sheet_text (&self->sheet, rest, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH, 0.92, FALSE, DURE_INK_GREY,
                            PANGO_ALIGN_LEFT, 1);
    }
  return y + size * 0.6 - top;
}

double
dure_briefing_draw_second_head (DureBriefingPage *self, double y)
{
  const double     top = y;
  g_autofree char *line = g_strdup_printf ("%s  ·  %s", self->briefing->title, self->briefing->when);

  y += dure_sheet_text (&self->sheet, _ ("Briefing sheet: what went before"), DURE_BRIEFING_LEFT, y,
                        DURE_BRIEFING_WIDTH, 0.9, TRUE, DURE_INK_ACCENT, PANGO_ALIGN_LEFT, 1);
  y += dure_sheet_text (&self->sheet, line, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH, 1.1, TRUE, DURE_INK_BLACK,
                        PANGO_ALIGN_LEFT, 0)
       + self->sheet.size * 0.4;
  dure_sheet_line (&self->sheet, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH, 1.2, DURE_INK_BLACK);
  return y + self->sheet.size * 0.8 - top;
}

static char *
part_text (const DureBriefingPart *part)
{
  g_autofree char *items = g_strjoinv (" · ", part->items);

  return g_strdup (*items != '\0' ? items : part->text);
}

double
dure_briefing_draw_programme (DureBriefingPage *self, double y)
{
  const GPtrArray *parts = self->briefing->parts;
  const double     top = y;
  const double     size = self->sheet.size;
  gboolean         speakers = FALSE;
  const char      *heads[] = { _ ("Time"), _ ("Part"), _ ("Content"), _ ("Lecturer") };
  const guint      shown = MIN (parts->len, self->most_items);

  double widths[] = { DURE_BRIEFING_WIDTH * 0.14, DURE_BRIEFING_WIDTH * 0.27, DURE_BRIEFING_WIDTH * 0.37,
                      DURE_BRIEFING_WIDTH * 0.22 };
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
  y += heading (self, _ ("Programme"), NULL, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH) + size * 0.15;
  dure_sheet_bar (&self->sheet, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH, size * 1.65, 0.93);
  for (guint c = 0, at = 0; c < n_columns; c++)
    {
      dure_sheet_text (&self->sheet, heads[c], DURE_BRIEFING_LEFT + at + 4, y + size * 0.18, widths[c] - 8,
                       DURE_BRIEFING_SMALL, TRUE, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 1);
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
          const double h = dure_sheet_text (&self->sheet, cells[c], DURE_BRIEFING_LEFT + at + 4, y + size * 0.2,
                                            widths[c] - 8, 0.92, c == 1, DURE_INK_BLACK, PANGO_ALIGN_LEFT, 3);

          height = MAX (height, h);
          at += (guint)widths[c];
        }
      y += height + size * 0.45;
      dure_sheet_line (&self->sheet, DURE_BRIEFING_LEFT, y, DURE_BRIEFING_WIDTH, 0.4, DURE_INK_LINE);
    }
  if (parts->len > shown)
    {
      g_autofree char *rest = g_strdup_printf (_ ("and %u more"), parts->len - shown);

      y += dure_sheet_text (&self->sheet, rest, DURE_BRIEFING_LEFT + 4, y, DURE_BRIEFING_WIDTH, 0.9, FALSE,
                            DURE_INK_GREY, PANGO_ALIGN_LEFT, 1);
    }
  return y - top;
}
