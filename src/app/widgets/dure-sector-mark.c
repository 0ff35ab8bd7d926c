/* dure-sector-mark.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-sector-mark.h"

#include <string.h>

struct _DureSectorMark
{
  GtkWidget parent_instance;

  int   size;
  char *sector;
  char *area;
};

G_DEFINE_FINAL_TYPE (DureSectorMark, dure_sector_mark, GTK_TYPE_WIDGET)

/* UI.md's colours of the areas: at least 3:1 against both backgrounds; the second is the lighter mate for dark. */
static const struct
{
  const char *area;
  const char *light;
  const char *dark;
} colours[] = {
  { "welfare", "#1c71d8", "#78aeed" },   { "health", "#26a269", "#57e389" },
  { "employment", "#c64600", "#ffa348" }, { "housing", "#813d9c", "#c061cb" },
  { "education", "#9c6e00", "#e5b93c" },  { "mental-health", "#c01c76", "#f066ae" },
  { "care", "#0b8a94", "#4fc3cd" },       { "safety", "#77767b", "#b5b3ba" },
};

/**
 * dure_area_colour:
 * @area: (nullable): key of an area; anything else gives grey
 * @colour: (out): its colour
 */
void
dure_area_colour (const char *area, gboolean dark, GdkRGBA *colour)
{
  const char *found = dark ? "#b5b3ba" : "#77767b";

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    if (g_strcmp0 (area, colours[i].area) == 0)
      found = dark ? colours[i].dark : colours[i].light;
  gdk_rgba_parse (colour, found);
}

static void
dure_sector_mark_measure (GtkWidget     *widget,
                          GtkOrientation orientation,
                          int            for_size,
                          int           *minimum,
                          int           *natural,
                          int           *minimum_baseline,
                          int           *natural_baseline)
{
  *minimum = *natural = DURE_SECTOR_MARK (widget)->size;
}

static void
dure_sector_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DureSectorMark *self = DURE_SECTOR_MARK (widget);
  float           size = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  GskRoundedRect  shape;
  GdkRGBA         colour;

  dure_area_colour (self->area, adw_style_manager_get_dark (adw_style_manager_get_default ()), &colour);
  gsk_rounded_rect_init_from_rect (&shape,
                                   &GRAPHENE_RECT_INIT ((gtk_widget_get_width (widget) - size) / 2,
                                                        (gtk_widget_get_height (widget) - size) / 2, size, size),
                                   g_strcmp0 (self->sector, "private") == 0 ? size / 2 : size / 5);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &colour, &shape.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
dure_sector_mark_finalize (GObject *object)
{
  DureSectorMark *self = DURE_SECTOR_MARK (object);

  g_free (self->sector);
  g_free (self->area);
  G_OBJECT_CLASS (dure_sector_mark_parent_class)->finalize (object);
}

static void
dure_sector_mark_class_init (DureSectorMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dure_sector_mark_finalize;
  widget_class->measure = dure_sector_mark_measure;
  widget_class->snapshot = dure_sector_mark_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dure_sector_mark_init (DureSectorMark *self)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/** dure_sector_mark_new: @size: in pixels. The words for what it shows stand beside it. */
GtkWidget *
dure_sector_mark_new (int size)
{
  DureSectorMark *self = g_object_new (DURE_TYPE_SECTOR_MARK, "valign", GTK_ALIGN_CENTER, NULL);

  self->size = size;
  return GTK_WIDGET (self);
}

/** dure_sector_mark_set: @sector: (nullable): key of the sector; @areas: (nullable): set of areas, the first counts. */
void
dure_sector_mark_set (DureSectorMark *self, const char *sector, const char *areas)
{
  g_return_if_fail (DURE_IS_SECTOR_MARK (self));

  g_free (self->sector);
  g_free (self->area);
  self->sector = g_strdup (sector);
  self->area = areas != NULL ? g_strndup (areas, strcspn (areas, ",")) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
