/* dure-sector-mark.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-sector-mark.h"

#include "document/dure-network-style.h"

struct _DureSectorMark
{
  GtkWidget parent_instance;

  int               size;
  DureNetworkSector sector;
  int               area;
};

G_DEFINE_FINAL_TYPE (DureSectorMark, dure_sector_mark, GTK_TYPE_WIDGET)

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
  double          width = gtk_widget_get_width (widget);
  double          height = gtk_widget_get_height (widget);
  DureColour      colour = dure_network_area_colour (self->area,
                                                adw_style_manager_get_dark (adw_style_manager_get_default ()));
  cairo_t        *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  /* The hexagon reaches a tenth beyond its radius. */
  dure_network_shape (cr, self->sector, width / 2, height / 2, MIN (width, height) / 2.2);
  cairo_set_source_rgb (cr, colour.red, colour.green, colour.blue);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
dure_sector_mark_class_init (DureSectorMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

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

/** dure_sector_mark_set: shows the shape and the colour that @agency has in the network. */
void
dure_sector_mark_set (DureSectorMark *self, DureRecord *agency)
{
  guint areas;

  g_return_if_fail (DURE_IS_SECTOR_MARK (self));

  areas = dure_network_agency_areas (agency);
  self->sector = dure_network_agency_sector (agency);
  self->area = areas != 0 ? g_bit_nth_lsf (areas, -1) : DURE_NO_AREA;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
