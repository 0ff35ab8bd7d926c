/* dure-network-canvas-state.c: the canvas of the moment, as drawing wants it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#define LABEL_SIZE 11.5

/* The colour behind all of it; not the style's own background, which would be painted below every picture. */
GdkRGBA
dure_canvas_ground (DureNetworkCanvas *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA  ground;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "view_bg_color", &ground))
    ground = dark ? (GdkRGBA){ .12f, .12f, .12f, 1 } : (GdkRGBA){ 1, 1, 1, 1 };
  ground.alpha = 1;
  return ground;
}

static DureCanvasColours
colours_of (DureNetworkCanvas *self)
{
  GtkStyleContext  *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  DureCanvasColours colours = { .background = dure_canvas_ground (self),
                                .dark = adw_style_manager_get_dark (adw_style_manager_get_default ()) };

  if (!gtk_style_context_lookup_color (style, "view_fg_color", &colours.foreground))
    gtk_style_context_get_color (style, &colours.foreground);
  if (!gtk_style_context_lookup_color (style, "accent_color", &colours.accent))
    colours.accent = colours.foreground;
  if (!gtk_style_context_lookup_color (style, "warning_color", &colours.warning))
    colours.warning = colours.foreground;
  return colours;
}

static guint8 *
flags_of (DureNetworkCanvas *self)
{
  guint         n = self->network->n_nodes;
  GtkBitsetIter iter;
  guint         v;

  if (self->flags != NULL)
    return self->flags;
  self->flags = g_new (guint8, (gsize)n + 1);
  for (guint i = 0; i < n; i++)
    self->flags[i] = (guint8)((self->pinned[i] ? DURE_CANVAS_PINNED : 0)
                              | (self->alone != NULL && self->alone[i] ? DURE_CANVAS_ALONE : 0)
                              | (self->faded != NULL && self->faded[i] ? DURE_CANVAS_FADED : 0));
  for (gboolean is = gtk_bitset_iter_init_first (&iter, self->selection, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    self->flags[v] |= DURE_CANVAS_SELECTED;
  for (gboolean is = self->lifted != NULL && gtk_bitset_iter_init_first (&iter, self->lifted, &v); is;
       is = gtk_bitset_iter_next (&iter, &v))
    self->flags[v] |= DURE_CANVAS_LIFTED;
  return self->flags;
}

/* The canvas as it is now. Arrays stay the canvas's own; dure_canvas_scene_clear() frees the rest. */
DureCanvasScene
dure_canvas_scene (DureNetworkCanvas *self)
{
  GtkWidget      *widget = GTK_WIDGET (self);
  PangoContext   *context = gtk_widget_get_pango_context (widget);
  DureCanvasScene scene = {
    .network = self->network,
    .style = self->style,
    .texts = self->texts,
    .points = self->points,
    .flags = flags_of (self),
    .emphasised = self->emphasised,
    .view = self->view,
    .view_is_own = self->view_is_own,
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .scale = gtk_widget_get_scale_factor (widget),
    .colours = colours_of (self),
    .font = pango_font_description_copy (pango_context_get_font_description (context)),
    .resolution = pango_cairo_context_get_resolution (context),
    .font_options = pango_cairo_context_get_font_options (context),
  };
  double usual = pango_font_description_get_size (scene.font) / (double)PANGO_SCALE;

  /* The officer's own text size counts: 11 points is what the desktop has by default. */
  pango_font_description_set_absolute_size (scene.font,
                                            LABEL_SIZE * MAX (usual > 0 ? usual / 11.0 : 1, 0.8) * PANGO_SCALE);
  return scene;
}

void
dure_canvas_scene_clear (DureCanvasScene *scene)
{
  g_clear_pointer (&scene->font, pango_font_description_free);
}
