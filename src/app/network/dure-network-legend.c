/* dure-network-legend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-legend.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define ENTRIES_MOST 12
#define MARK_SIZE 14
#define N_AREA_BITS (DURE_N_AREAS + 1)

/* One line: a class of the colour, or a sector. */
typedef struct
{
  gboolean is_sector;
  int      number; /* of the area, sector, community or core */
  char    *key;
} Entry;

struct _DureNetworkLegend
{
  AdwBin parent_instance;

  GtkFlowBox        *box;
  DureNetworkFilter *filter;
  DureColourBy       colour;
  GHashTable        *members; /* key of a class -> GPtrArray of ids, for communities and cores */
  char             **kinds;   /* keys of all kinds */
};

G_DEFINE_FINAL_TYPE (DureNetworkLegend, dure_network_legend, ADW_TYPE_BIN)

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

static void
entry_free (gpointer data, GClosure *closure)
{
  Entry *entry = data;

  g_free (entry->key);
  g_free (entry);
}

/* A click on one of many shows it alone; on the only one, all again; on one that is hidden, it too. */
static guint
click_mask (guint mask, int number, guint n)
{
  guint all = (1u << n) - 1;
  guint one = 1u << number;

  if (mask == 0 || mask == all)
    return one;
  if (mask == one)
    return 0;
  mask ^= one;
  return mask == all ? 0 : mask;
}

static char **
click_keys (char **keys, const char *key, const char *const *all)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  if (keys != NULL && keys[0] != NULL && keys[1] == NULL && g_str_equal (keys[0], key))
    return NULL;
  for (guint i = 0; all[i] != NULL; i++)
    {
      gboolean is_it = g_str_equal (all[i], key);
      gboolean is_in = keys != NULL && g_strv_contains ((const char *const *)keys, all[i]);

      if (is_it != is_in)
        {
          g_strv_builder_add (builder, all[i]);
          n++;
        }
    }
  return n > 0 && n < g_strv_length ((char **)all) ? g_strv_builder_end (builder) : NULL;
}

static void
clicked_cb (GtkButton *button, Entry *entry)
{
  DureNetworkLegend *self
      = DURE_NETWORK_LEGEND (gtk_widget_get_ancestor (GTK_WIDGET (button), DURE_TYPE_NETWORK_LEGEND));
  DureNetworkFilter *filter = self->filter;

  if (entry->is_sector || self->colour == DURE_COLOUR_SECTOR)
    filter->sectors = click_mask (filter->sectors, entry->number, DURE_N_SECTORS);
  else if (self->colour == DURE_COLOUR_AREA)
    filter->areas = click_mask (filter->areas, entry->number, N_AREA_BITS);
  else if (self->colour == DURE_COLOUR_KIND)
    {
      char **keys = click_keys (filter->kinds, entry->key, (const char *const *)self->kinds);

      g_strfreev (filter->kinds);
      filter->kinds = keys;
    }
  else if (filter->agencies != NULL)
    g_clear_pointer (&filter->agencies, g_strfreev);
  else
    {
      GPtrArray *ids = g_hash_table_lookup (self->members, entry->key);

      filter->agencies = ids != NULL ? g_strdupv ((char **)ids->pdata) : NULL;
    }
  g_signal_emit (self, signals[FILTER_CHANGED], 0);
}

/* The keyboard goes to the button, not to the cell around it. */
static void
append (DureNetworkLegend *self, GtkWidget *child)
{
  GtkWidget *cell = gtk_flow_box_child_new ();

  gtk_widget_set_focusable (cell, FALSE);
  gtk_widget_set_halign (cell, GTK_ALIGN_START);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (cell), child);
  gtk_flow_box_append (self->box, cell);
}

static void
add_entry (DureNetworkLegend *self, Entry *entry, GtkWidget *mark, const char *label, guint count, gboolean shown)
{
  GtkWidget       *button = gtk_toggle_button_new ();
  GtkWidget       *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *text = gtk_label_new (label);
  g_autofree char *number = g_strdup_printf ("%u", count);
  g_autofree char *spoken = g_strdup_printf ("%s, %u", label, count);
  GtkWidget       *size = gtk_label_new (number);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 12);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (size, "numeric");
  gtk_widget_add_css_class (size, "dim-label");
  gtk_widget_add_css_class (size, "caption");
  gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line), size);
  gtk_widget_set_opacity (line, shown ? 1 : 0.45);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), shown);
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "dure-legend-entry");
  gtk_widget_set_tooltip_text (button, _ ("Show only these, or all again"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (clicked_cb), entry, entry_free, 0);
  append (self, button);
}

static void
add_title (DureNetworkLegend *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_start (label, 6);
  append (self, label);
}

static void
add_sectors (DureNetworkLegend *self, DureNetwork *everybody)
{
  guint counts[DURE_N_SECTORS] = { 0 };

  for (guint v = 0; v < everybody->n_nodes; v++)
    counts[everybody->nodes[v].sector % DURE_N_SECTORS]++;
  add_title (self, _ ("Shape: sector"));
  for (int i = 0; i < DURE_N_SECTORS; i++)
    if (counts[i] > 0)
      {
        Entry *entry = g_new0 (Entry, 1);

        entry->is_sector = TRUE;
        entry->number = i;
        add_entry (self, entry, dure_network_mark_new ((DureNetworkSector)i, DURE_NO_AREA, MARK_SIZE),
                   dure_sector_label ((DureNetworkSector)i), counts[i],
                   self->filter->sectors == 0 || (self->filter->sectors & 1u << i) != 0);
      }
}

static gboolean
is_shown (DureNetworkLegend *self, const DureNetworkClass *class)
{
  const DureNetworkFilter *filter = self->filter;

  if (self->colour == DURE_COLOUR_SECTOR)
    return filter->sectors == 0 || (filter->sectors & 1u << class->number) != 0;
  if (self->colour == DURE_COLOUR_AREA)
    return filter->areas == 0 || (filter->areas & 1u << class->number) != 0;
  if (self->colour == DURE_COLOUR_KIND)
    return filter->kinds == NULL || g_strv_contains ((const char *const *)filter->kinds, class->key);
  return TRUE;
}

static void
add_classes (DureNetworkLegend *self, const DureNetworkLook *look, const DureNetworkView *view)
{
  g_autofree char *title = g_strdup_printf (_ ("Colour: %s"), dure_colour_by_label (view->colour));
  guint            n = MIN (look->classes->n_classes, ENTRIES_MOST);

  add_title (self, title);
  for (guint i = 0; i < n; i++)
    {
      const DureNetworkClass *class = &look->classes->classes[i];
      Entry            *entry = g_new0 (Entry, 1);
      guint             colour = look->colour_of_class[i];
      DureNetworkSector shape = DURE_SECTOR_PRIVATE;

      if (view->colour == DURE_COLOUR_SECTOR)
        shape = (DureNetworkSector)(class->number % DURE_N_SECTORS);
      entry->number = class->number;
      entry->key = g_strdup (class->key);
      add_entry (self, entry,
                 dure_network_mark_new (shape, colour < DURE_N_AREAS ? (int)colour : DURE_NO_AREA, MARK_SIZE),
                 class->label, class->size, is_shown (self, class));
    }
  if (look->classes->n_classes > n)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), look->classes->n_classes - n);

      add_title (self, more);
    }
}

static void
add_size (DureNetworkLegend *self, const DureNetworkLook *look, const DureNetworkView *view)
{
  g_autofree char *text = NULL;

  if (look->size == NULL || view->picture == DURE_PICTURE_COUNCIL)
    return;
  /* Translators: what the size of a mark says, and the least and the greatest value of it. */
  text = g_strdup_printf (_ ("Size: %1$s (%2$.4g–%3$.4g)"), dure_size_by_label (view->size), look->least_size,
                          look->most_size);
  add_title (self, text);
}

/* Communities and cores are no condition of the register: a click shows their members by name. */
static void
keep_members (DureNetworkLegend *self, const DureNetworkLook *look, DureNetwork *network)
{
  g_hash_table_remove_all (self->members);
  if (self->colour != DURE_COLOUR_COMMUNITY && self->colour != DURE_COLOUR_CORE)
    return;
  for (guint v = 0; v < network->n_nodes; v++)
    {
      guint class = look->classes->of[v];
      GPtrArray *ids;

      if (class == G_MAXUINT)
        continue;
      ids = g_hash_table_lookup (self->members, look->classes->classes[class].key);
      if (ids == NULL)
        {
          ids = g_ptr_array_new_null_terminated (8, g_free, TRUE);
          g_hash_table_insert (self->members, g_strdup (look->classes->classes[class].key), ids);
        }
      g_ptr_array_add (ids, g_strdup (network->nodes[v].id));
    }
}

static void
dure_network_legend_finalize (GObject *object)
{
  DureNetworkLegend *self = DURE_NETWORK_LEGEND (object);

  dure_network_filter_free (self->filter);
  g_hash_table_unref (self->members);
  g_strfreev (self->kinds);
  G_OBJECT_CLASS (dure_network_legend_parent_class)->finalize (object);
}

static void
dure_network_legend_class_init (DureNetworkLegendClass *class)
{
  G_OBJECT_CLASS (class)->finalize = dure_network_legend_finalize;
  signals[FILTER_CHANGED] = g_signal_new ("filter-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
dure_network_legend_init (DureNetworkLegend *self)
{
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->filter = dure_network_filter_new ();
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->box, ENTRIES_MOST + DURE_N_SECTORS + 4);
  gtk_flow_box_set_row_spacing (self->box, 0);
  gtk_flow_box_set_column_spacing (self->box, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Legend"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dure-network-legend");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * dure_network_legend_show:
 * @self: a legend
 * @look: what the marks look like
 * @network: what is shown
 * @everybody: all agencies of the register
 * @view: what is asked for
 */
void
dure_network_legend_show (DureNetworkLegend     *self,
                          const DureNetworkLook *look,
                          DureNetwork           *network,
                          DureNetwork           *everybody,
                          const DureNetworkView *view)
{
  g_autoptr (GStrvBuilder) kinds = g_strv_builder_new ();
  GtkWidget *focus;
  GtkWidget *child;
  int        place = -1;

  g_return_if_fail (DURE_IS_NETWORK_LEGEND (self));

  focus = gtk_widget_get_focus_child (GTK_WIDGET (self->box));
  for (child = focus; child != NULL; child = gtk_widget_get_prev_sibling (child))
    place++;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_flow_box_remove (self->box, child);
  dure_network_filter_free (self->filter);
  self->filter = dure_network_filter_copy (view->filter);
  self->colour = view->colour;
  for (guint i = 0; i < look->classes->n_classes; i++)
    g_strv_builder_add (kinds, look->classes->classes[i].key);
  g_strfreev (self->kinds);
  self->kinds = g_strv_builder_end (kinds);
  keep_members (self, look, network);
  if (view->colour != DURE_COLOUR_SECTOR)
    add_sectors (self, everybody);
  add_classes (self, look, view);
  add_size (self, look, view);
  if (focus != NULL)
    for (child = gtk_widget_get_first_child (GTK_WIDGET (self->box)); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      if (place-- == 0)
        gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

/** dure_network_legend_get_filter: (transfer none): what the user wants to see now. */
const DureNetworkFilter *
dure_network_legend_get_filter (DureNetworkLegend *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_LEGEND (self), NULL);

  return self->filter;
}
