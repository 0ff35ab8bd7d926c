/* dure-network-filters.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-filters.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"
#include "document/dure-network-style.h"

/* A bit that no sector and no area has: nothing is ticked, so nothing is shown. */
#define NOTHING (1u << 30)

struct _DureNetworkFilters
{
  AdwBin parent_instance;

  DureNetworkFilter *filter;
  GtkWidget         *layers[DURE_N_LAYERS];
  GtkWidget         *sectors[DURE_N_SECTORS];
  GtkWidget         *areas[DURE_N_AREAS + 1];
  GtkWidget         *period;
  GtkWidget         *clear;
  gboolean           setting;
};

typedef enum
{
  PERIOD_NOW,
  PERIOD_TWELVE_MONTHS,
  PERIOD_THIS_YEAR,
  PERIOD_LAST_YEAR,
} Period;

G_DEFINE_FINAL_TYPE (DureNetworkFilters, dure_network_filters, ADW_TYPE_BIN)

enum
{
  FILTER_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
draw_mark_cb (GtkDrawingArea *drawing, cairo_t *cr, int width, int height, gpointer data)
{
  int        number = GPOINTER_TO_INT (data);
  int        area = number % 16 - 1;
  gboolean   dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  DureColour colour = dure_network_area_colour (area, dark);

  dure_network_shape (cr, (DureNetworkSector)(number / 16), width / 2.0, height / 2.0, MIN (width, height) / 2.0 - 1);
  cairo_set_source_rgb (cr, colour.red, colour.green, colour.blue);
  cairo_fill (cr);
}

/**
 * dure_network_mark_new:
 * @sector: gives the shape
 * @area: gives the colour, or %DURE_NO_AREA
 * @size: in pixels
 *
 * Returns: (transfer floating): the mark of such agencies, as on the canvas
 */
GtkWidget *
dure_network_mark_new (DureNetworkSector sector, int area, int size)
{
  GtkWidget *drawing = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (drawing), size);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (drawing), size);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (drawing), draw_mark_cb,
                                  GINT_TO_POINTER ((int)sector * 16 + area + 1), NULL);
  gtk_widget_set_valign (drawing, GTK_ALIGN_CENTER);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw),
                           drawing, G_CONNECT_SWAPPED);
  return drawing;
}

static guint
ticked (GtkWidget *const *checks, guint n)
{
  guint mask = 0;

  for (guint i = 0; i < n; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (checks[i])))
      mask |= 1u << i;
  return mask;
}

/* All ticked is no filter; none ticked shows nothing. */
static guint
as_filter (guint mask, guint n)
{
  return mask == (1u << n) - 1 ? 0 : mask == 0 ? NOTHING : mask;
}

static void
read_period (DureNetworkFilters *self)
{
  int today = dure_day_today ();
  int year;
  int month;
  int day;

  dure_day_to_ymd (today, &year, &month, &day);
  self->filter->from = self->filter->to = DURE_NO_DAY;
  switch ((Period)gtk_drop_down_get_selected (GTK_DROP_DOWN (self->period)))
    {
    case PERIOD_TWELVE_MONTHS:
      self->filter->from = dure_day_from_ymd (year - 1, month, 1);
      self->filter->to = today;
      break;
    case PERIOD_THIS_YEAR:
      self->filter->from = dure_day_from_ymd (year, 1, 1);
      self->filter->to = dure_day_from_ymd (year, 12, 31);
      break;
    case PERIOD_LAST_YEAR:
      self->filter->from = dure_day_from_ymd (year - 1, 1, 1);
      self->filter->to = dure_day_from_ymd (year - 1, 12, 31);
      break;
    case PERIOD_NOW:
    default:
      break;
    }
}

static void
changed_cb (DureNetworkFilters *self)
{
  if (self->setting)
    return;
  self->filter->layers = ticked (self->layers, DURE_N_LAYERS);
  self->filter->sectors = as_filter (ticked (self->sectors, DURE_N_SECTORS), DURE_N_SECTORS);
  self->filter->areas = as_filter (ticked (self->areas, DURE_N_AREAS + 1), DURE_N_AREAS + 1);
  read_period (self);
  gtk_widget_set_visible (self->clear, !dure_network_filters_is_clear (self));
  g_signal_emit (self, signals[FILTER_CHANGED], 0);
}

static GtkWidget *
add_check (DureNetworkFilters *self, GtkBox *box, GtkWidget *mark, const char *label, gboolean active)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (label);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  if (mark != NULL)
    gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), text);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), line);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, check);
  return check;
}

static GtkBox *
add_group (GtkBox *box, const char *title)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_bottom (label, 4);
  gtk_box_append (GTK_BOX (group), label);
  gtk_box_append (box, group);
  return GTK_BOX (group);
}

static void
dure_network_filters_finalize (GObject *object)
{
  dure_network_filter_free (DURE_NETWORK_FILTERS (object)->filter);
  G_OBJECT_CLASS (dure_network_filters_parent_class)->finalize (object);
}

static void
dure_network_filters_class_init (DureNetworkFiltersClass *class)
{
  G_OBJECT_CLASS (class)->finalize = dure_network_filters_finalize;
  signals[FILTER_CHANGED] = g_signal_new ("filter-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
dure_network_filters_init (DureNetworkFilters *self)
{
  const char *periods[]
      = { _ ("As it stands today"), _ ("Last twelve months"), _ ("This year"), _ ("Last year"), NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkBox    *group;

  self->filter = dure_network_filter_new ();
  group = add_group (GTK_BOX (box), _ ("Layers"));
  for (guint i = 0; i < DURE_N_LAYERS; i++)
    self->layers[i] = add_check (self, group, NULL, dure_layer_label ((DureLayer)(1u << i)),
                                 (self->filter->layers & (1u << i)) != 0);
  group = add_group (GTK_BOX (box), _ ("Period"));
  self->period = gtk_drop_down_new_from_strings (periods);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->period), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Period"), -1);
  g_signal_connect_object (self->period, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (group, self->period);
  group = add_group (GTK_BOX (box), _ ("Sector (shape)"));
  for (int i = 0; i < DURE_N_SECTORS; i++)
    self->sectors[i]
        = add_check (self, group, dure_network_mark_new (i, DURE_NO_AREA, 16), dure_sector_label (i), TRUE);
  group = add_group (GTK_BOX (box), _ ("Area (colour)"));
  for (int i = 0; i <= DURE_N_AREAS; i++)
    {
      int area = i < DURE_N_AREAS ? i : DURE_NO_AREA;

      self->areas[i] = add_check (self, group, dure_network_mark_new (DURE_SECTOR_PRIVATE, area, 14),
                                  dure_area_label (area), TRUE);
    }
  self->clear = gtk_button_new_with_label (_ ("Clear Filters"));
  gtk_widget_set_visible (self->clear, FALSE);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (dure_network_filters_clear), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->clear);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * dure_network_filters_get:
 * @self: filters
 *
 * Returns: (transfer none): what is to be shown
 */
const DureNetworkFilter *
dure_network_filters_get (DureNetworkFilters *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_FILTERS (self), NULL);

  return self->filter;
}

/**
 * dure_network_filters_is_clear:
 * @self: filters
 *
 * Returns: whether they are as at the beginning
 */
gboolean
dure_network_filters_is_clear (DureNetworkFilters *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_FILTERS (self), TRUE);

  return self->filter->layers == DURE_LAYERS_DEFAULT && self->filter->sectors == 0 && self->filter->areas == 0
         && self->filter->from == DURE_NO_DAY && self->filter->to == DURE_NO_DAY;
}

/**
 * dure_network_filters_clear:
 * @self: filters
 *
 * Shows everything again.
 */
void
dure_network_filters_clear (DureNetworkFilters *self)
{
  g_return_if_fail (DURE_IS_NETWORK_FILTERS (self));

  self->setting = TRUE;
  for (guint i = 0; i < DURE_N_LAYERS; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->layers[i]), (DURE_LAYERS_DEFAULT & (1u << i)) != 0);
  for (guint i = 0; i < DURE_N_SECTORS; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->sectors[i]), TRUE);
  for (guint i = 0; i <= DURE_N_AREAS; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->areas[i]), TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->period), PERIOD_NOW);
  self->setting = FALSE;
  changed_cb (self);
}
