/* dure-text-difference.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words that the other text lacks are bold, underlined and on a coloured ground: none of it by colour alone. Of long
 * texts the stretches that are the same are folded, so that what differs is in sight.
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-text-difference.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-text-diff.h"

/* Lines that are the same and stand this far from what differs are folded, when there are more than so many. */
#define CONTEXT 1
#define FOLD_FROM 4

static gboolean
touches (GArray *ranges, gsize start, gsize end)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      const DureTextRange *range = &g_array_index (ranges, DureTextRange, i);

      if (range->start < end && range->end > start)
        return TRUE;
    }
  return FALSE;
}

/* Which lines are shown. */
static void
choose_lines (char **lines, guint n, GArray *ranges, gboolean *shown)
{
  gsize at = 0;

  for (guint i = 0; i < n; i++)
    {
      gsize end = at + strlen (lines[i]) + 1;

      if (touches (ranges, at, end))
        for (guint j = i > CONTEXT ? i - CONTEXT : 0; j < n && j <= i + CONTEXT; j++)
          shown[j] = TRUE;
      at = end;
    }
  for (guint i = 0; i < n;)
    {
      guint stop = i;

      while (stop < n && !shown[stop])
        stop++;
      for (guint j = i; j < stop && stop - i < FOLD_FROM; j++)
        shown[j] = TRUE;
      i = stop > i ? stop : i + 1;
    }
}

/* The text without what is folded; @ranges move along. */
static char *
fold (const char *text, GArray *ranges)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint                n = g_strv_length (lines);
  g_autofree gboolean *shown = g_new0 (gboolean, n + 1);
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (DureTextRange));
  GString *out = g_string_new (NULL);
  gsize    at = 0;

  choose_lines (lines, n, ranges, shown);
  for (guint i = 0; i < n;)
    {
      guint stop = i;

      if (out->len > 0)
        g_string_append_c (out, '\n');
      for (; stop < n && !shown[stop]; stop++)
        at += strlen (lines[stop]) + 1;
      if (stop > i)
        {
          g_string_append_printf (out, g_dngettext (GETTEXT_PACKAGE, "⋯ %u line the same", "⋯ %u lines the same", stop - i),
                                  stop - i);
          i = stop;
          continue;
        }
      for (guint r = 0; r < ranges->len; r++)
        {
          const DureTextRange *range = &g_array_index (ranges, DureTextRange, r);
          gsize                from = MAX (range->start, at), to = MIN (range->end, at + strlen (lines[i]));
          DureTextRange        here = { out->len + from - at, out->len + to - at };

          if (from < to)
            g_array_append_val (moved, here);
        }
      g_string_append (out, lines[i]);
      at += strlen (lines[i]) + 1;
      i++;
    }
  g_array_set_size (ranges, 0);
  g_array_append_vals (ranges, moved->data, moved->len);
  return g_string_free (out, FALSE);
}

static gboolean
is_whole (const char *text, GArray *ranges)
{
  return ranges->len == 1 && g_array_index (ranges, DureTextRange, 0).start == 0
         && g_array_index (ranges, DureTextRange, 0).end == strlen (text);
}

static void
add_attribute (PangoAttrList *list, PangoAttribute *attribute, const DureTextRange *range)
{
  attribute->start_index = (guint)range->start;
  attribute->end_index = (guint)range->end;
  pango_attr_list_insert (list, attribute);
}

static void
show_one (GtkLabel *label, const char *text, GArray *ranges)
{
  g_autofree char *parts = dure_text_diff_parts (text, ranges);
  g_autofree char *folded = fold (text, ranges);
  g_autofree char *description = ranges->len > 0 ? g_strdup_printf (_ ("Only here: %s"), parts) : NULL;
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  for (guint i = 0; i < ranges->len; i++)
    {
      const DureTextRange *range = &g_array_index (ranges, DureTextRange, i);

      add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), range);
      add_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), range);
      add_attribute (attributes, pango_attr_background_new (0xf6f6, 0xd3d3, 0x2d2d), range);
      add_attribute (attributes, pango_attr_background_alpha_new (0x5000), range);
    }
  gtk_label_set_label (label, folded);
  gtk_label_set_attributes (label, attributes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
}

/**
 * dure_text_difference_show:
 * @label_a: shows @a
 * @a: a value as the screen shows it
 * @label_b: shows @b
 * @b: the other value
 *
 * Where the two have nothing in common nothing is marked: that would be everything.
 */
void
dure_text_difference_show (GtkLabel *label_a, const char *a, GtkLabel *label_b, const char *b)
{
  g_autoptr (GArray) in_a = NULL;
  g_autoptr (GArray) in_b = NULL;

  dure_text_diff (a, b, &in_a, &in_b);
  if (is_whole (a, in_a) && is_whole (b, in_b))
    {
      gtk_label_set_label (label_a, a);
      gtk_label_set_label (label_b, b);
      gtk_label_set_attributes (label_a, NULL);
      gtk_label_set_attributes (label_b, NULL);
      return;
    }
  show_one (label_a, a, in_a);
  show_one (label_b, b, in_b);
}
