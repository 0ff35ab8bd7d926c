/* dure-network-timeline-draw.c: the bars, the years and the periods
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-timeline-private.h"

static void
append_years (DureNetworkTimeline *self, GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  double width = dure_timeline_month_width (self);
  int    n_months = self->months != NULL ? (int)self->months->len : 0;
  double end = -1;

  for (int i = 0; i < n_months; i++)
    {
      const DureNetworkMonth *month = &g_array_index (self->months, DureNetworkMonth, i);
      g_autoptr (PangoLayout) layout = NULL;
      g_autofree char *text = NULL;
      int              text_width;

      if (month->month != 1 && i > 0)
        continue;
      text = g_strdup_printf ("%d", month->year);
      layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
      pango_layout_get_pixel_size (layout, &text_width, NULL);
      if (i * width < end || i * width + text_width > gtk_widget_get_width (GTK_WIDGET (self)))
        continue;
      end = i * width + text_width + 6;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)(i * width), DURE_TIMELINE_BAR + 1));
      gtk_snapshot_append_layout (snapshot, layout, colour);
      gtk_snapshot_restore (snapshot);
    }
}

static void
append_range (
    DureNetworkTimeline *self, GtkSnapshot *snapshot, DureTimelineRange range, const GdkRGBA *colour, gboolean filled)
{
  double          width = dure_timeline_month_width (self);
  GskRoundedRect  outline;
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float)(range.first * width), 0,
                                             (float)((range.last - range.first + 1) * width), DURE_TIMELINE_BAR);
  const float     widths[] = { 1.5f, 1.5f, 1.5f, 1.5f };
  GdkRGBA         soft = *colour;
  const GdkRGBA   colours[] = { *colour, *colour, *colour, *colour };

  soft.alpha = filled ? 0.25f : 0.08f;
  gsk_rounded_rect_init_from_rect (&outline, &area, 4);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &soft, &area);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

/* GtkWidgetClass.snapshot */
void
dure_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DureNetworkTimeline *self = DURE_NETWORK_TIMELINE (widget);
  GtkStyleContext     *style = gtk_widget_get_style_context (widget);
  double               width = dure_timeline_month_width (self);
  int                  n_months = self->months != NULL ? (int)self->months->len : 0;
  GdkRGBA              foreground;
  GdkRGBA              accent;
  GdkRGBA              dim;

  gtk_style_context_get_color (style, &foreground);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = foreground;
  dim = foreground;
  dim.alpha *= 0.45f;
  for (int i = 0; i < n_months; i++)
    {
      double   height = self->most > 0 ? (DURE_TIMELINE_BAR - 4.0) * self->count[i] / self->most : 0;
      gboolean inside = self->whole && !self->two;

      for (int r = 0; r < (self->two ? 2 : 1); r++)
        inside |= !self->whole && i >= self->ranges[r].first && i <= self->ranges[r].last;
      gtk_snapshot_append_color (snapshot, inside ? &accent : &dim,
                                 &GRAPHENE_RECT_INIT ((float)(i * width + MIN (1, width / 4)),
                                                      (float)(DURE_TIMELINE_BAR - height),
                                                      (float)MAX (width - MIN (2, width / 2), 0.5), (float)height));
    }
  if (!self->whole || self->two)
    {
      append_range (self, snapshot, self->ranges[0], &accent, !self->two);
      if (self->two)
        append_range (self, snapshot, self->ranges[1], &accent, TRUE);
    }
  append_years (self, snapshot, &dim);
  if (gtk_widget_has_visible_focus (widget))
    gtk_snapshot_render_focus (snapshot, style, 0, 0, gtk_widget_get_width (widget), DURE_TIMELINE_BAR);
}
