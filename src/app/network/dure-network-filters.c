/* dure-network-filters.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-filters.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/network/dure-network-checks.h"
#include "app/network/dure-network-grouping.h"
#include "app/network/dure-network-legend.h"
#include "app/network/dure-network-period.h"
#include "base/dure-date.h"

/* A bit that no sector and no area has: nothing is ticked, so nothing is shown. */
#define NOTHING (1u << 30)
/* The slider moves in steps; the picture follows when it rests. */
#define READING_REST_MS 250
#define N_AREA_BITS (DURE_N_AREAS + 1)

struct _DureNetworkFilters
{
  AdwBin parent_instance;

  DureNetworkView   *view;
  DureNetwork       *everybody;
  GtkBox            *box;
  GtkDropDown       *picture;
  GtkWidget         *reading_box;
  GtkRange          *reading;
  GtkDropDown       *colour;
  GtkDropDown       *size;
  GtkDropDown       *group;
  GtkSwitch         *hulls;
  DureNetworkChecks *layers;
  DureNetworkPeriod *period;
  DureNetworkChecks *sectors;
  DureNetworkChecks *areas;
  DureNetworkChecks *kinds;
  DureNetworkChecks *regions;
  GtkDropDown       *council;
  GtkSpinButton     *least;
  GtkWidget         *only;
  GtkWidget         *clear;
  guint              reading_source;
  gboolean           setting;
};

G_DEFINE_FINAL_TYPE (DureNetworkFilters, dure_network_filters, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* All ticked is no filter; none ticked shows nothing. */
static guint
as_filter (guint mask, guint n)
{
  return mask == (1u << n) - 1 ? 0 : mask == 0 ? NOTHING : mask;
}

static void
update_clear (DureNetworkFilters *self)
{
  guint            n = dure_network_conditions (self->view->filter);
  g_autofree char *text
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Clear %u Condition", "Clear %u Conditions", n), n);

  gtk_button_set_label (GTK_BUTTON (self->clear), text);
  gtk_widget_set_visible (self->clear, n > 0);
  gtk_widget_set_visible (self->only, self->view->filter->agencies != NULL);
  gtk_widget_set_visible (self->reading_box, self->view->picture == DURE_PICTURE_DISTANCE);
}

static void
take_keys (char ***where, DureNetworkChecks *checks)
{
  g_strfreev (*where);
  *where = dure_network_checks_get_keys (checks);
}

static void
changed_cb (DureNetworkFilters *self)
{
  DureNetworkView   *view = self->view;
  DureNetworkFilter *filter = view->filter;

  if (self->setting)
    return;
  view->picture = (DurePictureKind)gtk_drop_down_get_selected (self->picture);
  view->colour = (DureColourBy)gtk_drop_down_get_selected (self->colour);
  view->size = (DureSizeBy)gtk_drop_down_get_selected (self->size);
  view->group = (DureGroupBy)gtk_drop_down_get_selected (self->group);
  view->reading = gtk_range_get_value (self->reading);
  filter->layers = dure_network_checks_get_mask (self->layers);
  filter->sectors = as_filter (dure_network_checks_get_mask (self->sectors), DURE_N_SECTORS);
  filter->areas = as_filter (dure_network_checks_get_mask (self->areas), N_AREA_BITS);
  if (dure_network_checks_get_n (self->kinds) > 0)
    take_keys (&filter->kinds, self->kinds);
  if (dure_network_checks_get_n (self->regions) > 0)
    take_keys (&filter->regions, self->regions);
  filter->from = dure_network_period_get_from (self->period);
  filter->to = dure_network_period_get_to (self->period);
  filter->half_life = dure_network_period_get_half_life (self->period);
  filter->council = gtk_drop_down_get_selected (self->council);
  filter->least = gtk_spin_button_get_value (self->least);
  update_clear (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
reading_rested_cb (gpointer data)
{
  DureNetworkFilters *self = data;

  self->reading_source = 0;
  changed_cb (self);
  return G_SOURCE_REMOVE;
}

static void
reading_cb (DureNetworkFilters *self)
{
  if (self->setting)
    return;
  g_clear_handle_id (&self->reading_source, g_source_remove);
  self->reading_source = g_timeout_add (READING_REST_MS, reading_rested_cb, self);
}

static void
only_cb (DureNetworkFilters *self)
{
  g_clear_pointer (&self->view->filter->agencies, g_strfreev);
  changed_cb (self);
}

static GtkBox *
add_group (DureNetworkFilters *self, const char *title)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (group), label);
  gtk_box_append (self->box, group);
  return GTK_BOX (group);
}

/* A line with its name at the left and what is chosen at the right. */
static void
add_line (GtkBox *group, const char *title, GtkWidget *control)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), control);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), control);
  gtk_box_append (group, line);
}

static GtkDropDown *
add_choice (DureNetworkFilters *self, GtkBox *group, const char *title, const char *const *labels)
{
  GtkDropDown *choice = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (labels));

  gtk_widget_add_css_class (GTK_WIDGET (choice), "dure-network-choice");
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  add_line (group, title, GTK_WIDGET (choice));
  return choice;
}

static DureNetworkChecks *
add_checks (DureNetworkFilters *self, const char *title, gboolean expanded)
{
  DureNetworkChecks *checks = DURE_NETWORK_CHECKS (dure_network_checks_new (title));

  dure_network_checks_set_expanded (checks, expanded);
  g_signal_connect_object (checks, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (checks));
  return checks;
}

#define LABELS(n, function, type)   \
  for (guint i = 0; i < (n); i++)   \
    labels[i] = function ((type)i); \
  labels[n] = NULL

static void
add_reading (DureNetworkFilters *self, GtkBox *group)
{
  GtkWidget *ends = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *left = gtk_label_new (_ ("By distance"));
  GtkWidget *right = gtk_label_new (_ ("Easy to read"));

  self->reading_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->reading = GTK_RANGE (gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.1));
  gtk_scale_set_draw_value (GTK_SCALE (self->reading), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reading), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("From true distances to few crossings"), -1);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_widget_add_css_class (left, "caption");
  gtk_widget_add_css_class (left, "dim-label");
  gtk_widget_add_css_class (right, "caption");
  gtk_widget_add_css_class (right, "dim-label");
  gtk_box_append (GTK_BOX (ends), left);
  gtk_box_append (GTK_BOX (ends), right);
  gtk_box_append (GTK_BOX (self->reading_box), GTK_WIDGET (self->reading));
  gtk_box_append (GTK_BOX (self->reading_box), ends);
  gtk_box_append (group, self->reading_box);
  g_signal_connect_object (self->reading, "value-changed", G_CALLBACK (reading_cb), self, G_CONNECT_SWAPPED);
}

static void
build_picture (DureNetworkFilters *self)
{
  GtkBox     *group = add_group (self, _ ("Picture"));
  const char *labels[8];

  LABELS (DURE_N_PICTURES, dure_picture_label, DurePictureKind);
  self->picture = add_choice (self, group, _ ("Layout"), labels);
  add_reading (self, group);
  LABELS (DURE_N_COLOURS, dure_colour_by_label, DureColourBy);
  self->colour = add_choice (self, group, _ ("Colour"), labels);
  LABELS (DURE_N_SIZES, dure_size_by_label, DureSizeBy);
  self->size = add_choice (self, group, _ ("Size"), labels);
  LABELS (DURE_N_GROUPS, dure_group_by_label, DureGroupBy);
  self->group = add_choice (self, group, _ ("Groups"), labels);
  self->hulls = GTK_SWITCH (gtk_switch_new ());
  g_signal_connect_object (self->hulls, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  add_line (group, _ ("Outline groups"), GTK_WIDGET (self->hulls));
}

/* Kinds and regions that occur in the register, the most frequent first. */
static void
fill_checks (DureNetworkChecks *checks, const DureNetwork *everybody, DureGroupBy by, char **keys)
{
  g_autoptr (DureNetworkGrouping) grouping = dure_network_grouping_new (everybody, by, NULL, NULL);

  for (guint i = 0; i < grouping->n_classes; i++)
    {
      dure_network_checks_add (checks, grouping->classes[i].key, grouping->classes[i].label, NULL);
      dure_network_checks_set_count (checks, i, grouping->classes[i].size);
    }
  dure_network_checks_set_keys (checks, (const char *const *)keys);
}

/* A country has hundreds of regions: they are listed when somebody looks. */
static void
fill_unfolded (DureNetworkFilters *self)
{
  const DureNetworkFilter *filter = self->view->filter;

  if (self->everybody == NULL)
    return;
  if (dure_network_checks_get_n (self->kinds) == 0 && dure_network_checks_get_expanded (self->kinds))
    fill_checks (self->kinds, self->everybody, DURE_GROUP_KIND, filter->kinds);
  if (dure_network_checks_get_n (self->regions) == 0 && dure_network_checks_get_expanded (self->regions))
    fill_checks (self->regions, self->everybody, DURE_GROUP_REGION, filter->regions);
}

static void
build_conditions (DureNetworkFilters *self)
{
  const char *councils[] = { _ ("All"), _ ("With seats"), _ ("Without seats"), NULL };
  GtkBox     *group;

  self->layers = add_checks (self, _ ("Layers"), TRUE);
  for (guint i = 0; i < DURE_N_LAYERS; i++)
    dure_network_checks_add (self->layers, "", dure_layer_label ((DureLayer)(1u << i)), NULL);
  group = add_group (self, _ ("Period"));
  self->period = g_object_new (DURE_TYPE_NETWORK_PERIOD, NULL);
  g_signal_connect_object (self->period, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (group, GTK_WIDGET (self->period));
  self->sectors = add_checks (self, _ ("Sector (shape)"), TRUE);
  for (int i = 0; i < DURE_N_SECTORS; i++)
    dure_network_checks_add (self->sectors, "", dure_sector_label ((DureNetworkSector)i),
                             dure_network_mark_new ((DureNetworkSector)i, DURE_NO_AREA, 16));
  self->areas = add_checks (self, _ ("Area"), FALSE);
  for (int i = 0; i < N_AREA_BITS; i++)
    {
      int area = i < DURE_N_AREAS ? i : DURE_NO_AREA;

      dure_network_checks_add (self->areas, "", dure_area_label (area),
                               dure_network_mark_new (DURE_SECTOR_PRIVATE, area, 14));
    }
  self->kinds = add_checks (self, _ ("Kind of agency"), FALSE);
  self->regions = add_checks (self, _ ("Region"), FALSE);
  g_signal_connect_object (self->kinds, "unfolded", G_CALLBACK (fill_unfolded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->regions, "unfolded", G_CALLBACK (fill_unfolded), self, G_CONNECT_SWAPPED);
  group = add_group (self, _ ("Further conditions"));
  self->council = add_choice (self, group, _ ("Council"), councils);
  self->least = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, 999, 1));
  gtk_spin_button_set_digits (self->least, 1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->least), _ ("Weaker ties are left away; 0 shows all"));
  g_signal_connect_object (self->least, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  add_line (group, _ ("Least strength"), GTK_WIDGET (self->least));
  self->only = gtk_button_new_with_label (_ ("Only chosen agencies: show all"));
  gtk_widget_add_css_class (self->only, "flat");
  g_signal_connect_object (self->only, "clicked", G_CALLBACK (only_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (group, self->only);
}

static void
dure_network_filters_dispose (GObject *object)
{
  g_clear_handle_id (&DURE_NETWORK_FILTERS (object)->reading_source, g_source_remove);
  G_OBJECT_CLASS (dure_network_filters_parent_class)->dispose (object);
}

static void
dure_network_filters_finalize (GObject *object)
{
  DureNetworkFilters *self = DURE_NETWORK_FILTERS (object);

  dure_network_view_free (self->view);
  g_clear_pointer (&self->everybody, dure_network_unref);
  G_OBJECT_CLASS (dure_network_filters_parent_class)->finalize (object);
}

static void
dure_network_filters_class_init (DureNetworkFiltersClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dure_network_filters_dispose;
  G_OBJECT_CLASS (class)->finalize = dure_network_filters_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dure_network_filters_init (DureNetworkFilters *self)
{
  g_autoptr (DureNetworkView) view = dure_network_view_new ();
  GtkWidget *reset;

  self->setting = TRUE;
  self->view = dure_network_view_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  self->clear = gtk_button_new ();
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (dure_network_filters_clear), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, self->clear);
  build_picture (self);
  build_conditions (self);
  reset = gtk_button_new_with_label (_ ("As at the Beginning"));
  gtk_widget_set_tooltip_text (reset, _ ("Takes back the conditions, the layout, colours and sizes"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (reset), "network.reset");
  gtk_box_append (self->box, reset);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  dure_network_filters_set_view (self, view);
}

/**
 * dure_network_conditions:
 * @filter: a filter
 *
 * Returns: how many of its conditions are on
 */
guint
dure_network_conditions (const DureNetworkFilter *filter)
{
  return (filter->layers != DURE_LAYERS_DEFAULT) + (filter->sectors != 0) + (filter->areas != 0)
         + (filter->kinds != NULL) + (filter->regions != NULL) + (filter->agencies != NULL)
         + (filter->from != DURE_NO_DAY || filter->to != DURE_NO_DAY) + (filter->council != DURE_COUNCIL_ALL)
         + (filter->least > 0) + (filter->half_life > 0);
}

/**
 * dure_network_filters_set_view:
 * @self: a panel
 * @view: what is shown; copied
 *
 * Shows it without `changed`.
 */
void
dure_network_filters_set_view (DureNetworkFilters *self, const DureNetworkView *view)
{
  DureNetworkView         *copy;
  const DureNetworkFilter *filter;

  g_return_if_fail (DURE_IS_NETWORK_FILTERS (self));

  copy = dure_network_view_copy (view);
  dure_network_view_free (self->view);
  self->view = copy;
  filter = copy->filter;
  self->setting = TRUE;
  gtk_drop_down_set_selected (self->picture, copy->picture);
  gtk_drop_down_set_selected (self->colour, copy->colour);
  gtk_drop_down_set_selected (self->size, copy->size);
  gtk_drop_down_set_selected (self->group, copy->group);
  if (self->reading_source == 0)
    gtk_range_set_value (self->reading, copy->reading);
  dure_network_checks_set_mask (self->layers, filter->layers);
  dure_network_checks_set_mask (self->sectors, filter->sectors != 0 ? filter->sectors : G_MAXUINT);
  dure_network_checks_set_mask (self->areas, filter->areas != 0 ? filter->areas : G_MAXUINT);
  dure_network_checks_set_keys (self->kinds, (const char *const *)filter->kinds);
  dure_network_checks_set_keys (self->regions, (const char *const *)filter->regions);
  dure_network_period_set (self->period, filter->from, filter->to, filter->half_life);
  gtk_drop_down_set_selected (self->council, filter->council);
  gtk_spin_button_set_value (self->least, filter->least);
  self->setting = FALSE;
  update_clear (self);
}

/** dure_network_filters_get_view: (transfer none): what is to be shown. */
const DureNetworkView *
dure_network_filters_get_view (DureNetworkFilters *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_FILTERS (self), NULL);

  return self->view;
}

/** dure_network_filters_get_hulls: whether groups are outlined. */
gboolean
dure_network_filters_get_hulls (DureNetworkFilters *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_FILTERS (self), FALSE);

  return gtk_switch_get_active (self->hulls);
}

/**
 * dure_network_filters_clear:
 * @self: a panel
 *
 * Takes all conditions away; the kind of picture and its colours stay.
 */
void
dure_network_filters_clear (DureNetworkFilters *self)
{
  g_autoptr (DureNetworkView) view = NULL;

  g_return_if_fail (DURE_IS_NETWORK_FILTERS (self));

  view = dure_network_view_copy (self->view);
  dure_network_filter_free (view->filter);
  view->filter = dure_network_filter_new ();
  dure_network_filters_set_view (self, view);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * dure_network_filters_set_network:
 * @self: a panel
 * @network: what is shown, for the counts of the layers
 * @everybody: all agencies of the register, for the other counts
 */
void
dure_network_filters_set_network (DureNetworkFilters *self, DureNetwork *network, DureNetwork *everybody)
{
  guint layers[DURE_N_LAYERS] = { 0 };
  guint sectors[DURE_N_SECTORS] = { 0 };
  guint areas[N_AREA_BITS] = { 0 };

  g_return_if_fail (DURE_IS_NETWORK_FILTERS (self));

  for (guint t = 0; t < network->n_ties; t++)
    for (guint i = 0; i < DURE_N_LAYERS; i++)
      layers[i] += network->ties[t].layers >> i & 1;
  for (guint i = 0; i < DURE_N_LAYERS; i++)
    dure_network_checks_set_count (self->layers, i, (self->view->filter->layers >> i & 1) != 0 ? layers[i] : G_MAXUINT);
  if (everybody == self->everybody)
    return;
  g_clear_pointer (&self->everybody, dure_network_unref);
  self->everybody = dure_network_ref (everybody);
  for (guint v = 0; v < everybody->n_nodes; v++)
    {
      const DureNetworkNode *node = &everybody->nodes[v];

      sectors[node->sector % DURE_N_SECTORS]++;
      for (guint i = 0; i < DURE_N_AREAS; i++)
        areas[i] += node->areas >> i & 1;
      areas[DURE_N_AREAS] += node->area == DURE_NO_AREA;
    }
  for (guint i = 0; i < DURE_N_SECTORS; i++)
    dure_network_checks_set_count (self->sectors, i, sectors[i]);
  for (guint i = 0; i < N_AREA_BITS; i++)
    dure_network_checks_set_count (self->areas, i, areas[i]);
  dure_network_checks_clear (self->kinds);
  dure_network_checks_clear (self->regions);
  fill_unfolded (self);
}
