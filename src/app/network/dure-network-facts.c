/* dure-network-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-facts.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-filters.h"
#include "graph/dure-measures.h"

/* In a network smaller than this lists say more than indices. */
#define ENOUGH_FOR_INDICES 10
#define NAMES_MOST 6

struct _DureNetworkFacts
{
  AdwBin parent_instance;

  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (DureNetworkFacts, dure_network_facts, ADW_TYPE_BIN)

static void
dure_network_facts_class_init (DureNetworkFactsClass *class)
{
}

static void
dure_network_facts_init (DureNetworkFacts *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/** dure_network_new_text: (transfer floating): a label of as many lines as it needs. */
GtkWidget *
dure_network_new_text (const char *text, const char *css_class, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkBox *
add_group (DureNetworkFacts *self, const char *title)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  if (title != NULL)
    gtk_box_append (GTK_BOX (group), dure_network_new_text (title, "heading", FALSE));
  gtk_box_append (self->box, group);
  return GTK_BOX (group);
}

static void
add_number (GtkBox *group, const char *title, const char *number, const char *tooltip)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = dure_network_new_text (title, NULL, TRUE);
  GtkWidget *value = dure_network_new_text (number, "numeric", FALSE);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), value);
  gtk_widget_set_tooltip_text (line, tooltip);
  gtk_box_append (group, line);
}

static char *
count_agencies (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u agency", "%u agencies", n), n);
}

/**
 * dure_network_names:
 * @network: a network
 * @nodes: (element-type guint): some of its nodes
 * @most: how many names to give at most
 *
 * Returns: (transfer full): their names in one line, «… and 3 more» when there are more
 */
char *
dure_network_names (const DureNetwork *network, const GArray *nodes, guint most)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint shown = nodes->len > most + 1 ? most : nodes->len;

  for (guint i = 0; i < shown; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", network->nodes[g_array_index (nodes, guint, i)].name);
  if (shown < nodes->len)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (
          text, g_dngettext (GETTEXT_PACKAGE, "and %u more agency", "and %u more agencies", nodes->len - shown),
          nodes->len - shown);
    }
  return g_strdup (text->str);
}

/**
 * dure_network_agency_row:
 * @network: a network
 * @node: one of its agencies
 * @detail: (nullable): a second line
 *
 * Returns: (transfer floating): a row of a list box that leads to the agency
 */
GtkWidget *
dure_network_agency_row (const DureNetwork *network, guint node, const char *detail)
{
  const DureNetworkNode *agency = &network->nodes[node];
  GtkWidget             *row = gtk_list_box_row_new ();
  GtkWidget             *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget             *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget             *name = gtk_label_new (agency->name);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (name, agency->name);
  gtk_box_append (GTK_BOX (texts), name);
  if (detail != NULL && *detail != '\0')
    {
      GtkWidget *second = gtk_label_new (detail);

      gtk_label_set_xalign (GTK_LABEL (second), 0);
      gtk_label_set_ellipsize (GTK_LABEL (second), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (second, "caption");
      gtk_widget_add_css_class (second, "dim-label");
      gtk_box_append (GTK_BOX (texts), second);
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), dure_network_mark_new (agency->sector, agency->area, 14));
  gtk_box_append (GTK_BOX (line), texts);
  gtk_widget_set_margin_start (line, 6);
  gtk_widget_set_margin_end (line, 6);
  gtk_widget_set_margin_top (line, 6);
  gtk_widget_set_margin_bottom (line, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", "agency", agency->id);
  return row;
}

static void
show_whole (DureNetworkFacts *self, DureNetworkModel *model)
{
  const DureNetwork    *network = dure_network_model_get_network (model);
  const DureComponents *parts = dure_network_model_get_components (model);
  const DureCuts       *cuts = dure_network_model_get_cuts (model);
  GtkBox               *group = add_group (self, _ ("Whole network"));
  g_autofree char      *agencies = count_agencies (network->n_nodes);
  guint                 n_isolates = dure_components_isolates (parts);
  g_autofree char      *isolates = count_agencies (n_isolates);
  g_autofree char      *ties
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u tie", "%u ties", network->n_ties), network->n_ties);
  g_autofree char *groups
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u group", "%u groups", parts->n_components - n_isolates),
                         parts->n_components - n_isolates);
  g_autofree char *cut_points = count_agencies (cuts->n_cut_points);
  g_autofree char *coverage = dure_network_coverage (network);

  add_number (group, _ ("Agencies"), agencies, NULL);
  add_number (group, _ ("Pairs that are tied"), ties, _ ("Several ties between the same two count once."));
  add_number (group, _ ("Groups that hang together"), groups, _ ("Components of two agencies or more"));
  add_number (group, _ ("Agencies without a tie"), isolates, _ ("Isolates"));
  add_number (group, _ ("Agencies whose absence cuts others off"), cut_points, _ ("Cut points"));
  if (network->n_nodes >= ENOUGH_FOR_INDICES)
    {
      g_autofree char *density = g_strdup_printf ("%.1f%%", dure_density (network->graph) * 100);
      const char      *caution
          = _ ("Density falls as a network grows: do not compare networks of different size.");

      add_number (group, _ ("Density"), density, _ ("Ties that there are, of all that there could be"));
      gtk_box_append (group, dure_network_new_text (caution, "caption", TRUE));
    }
  gtk_box_append (group, dure_network_new_text (coverage, "caption", TRUE));
  if (network->n_left_out > 0)
    {
      g_autofree char *left_out = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u record names an agency that was deleted and is left out.",
                       "%u records name an agency that was deleted and are left out.", network->n_left_out),
          network->n_left_out);

      gtk_box_append (group, dure_network_new_text (left_out, "caption", TRUE));
    }
}

static char *
layers_of (const DureNetworkTie *tie, gboolean from_is_self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < DURE_N_LAYERS; i++)
    {
      DureLayer layer = (DureLayer)(1u << i);

      if ((tie->layers & layer) == 0)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", dure_layer_label (layer));
      if (layer == DURE_LAYER_REFERRAL)
        {
          g_string_append_c (text, ' ');
          /* Translators: referrals sent and received. */
          g_string_append_printf (text, _ ("sent %1$u, received %2$u"), from_is_self ? tie->sent : tie->returned,
                                  from_is_self ? tie->returned : tie->sent);
        }
    }
  return g_strdup (text->str);
}

static void
add_sentences (GtkBox *group, DureNetworkModel *model, guint node)
{
  const DureNetwork *network = dure_network_model_get_network (model);
  const DureCuts    *cuts = dure_network_model_get_cuts (model);
  guint              degree = dure_graph_degree (network->graph, node);
  g_autofree char   *sentence = NULL;

  if (degree == 0)
    sentence = g_strdup (_ ("No tie to any other agency is on record."));
  else
    sentence = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "It is tied to %u agency.", "It is tied to %u agencies.", degree), degree);
  gtk_box_append (group, dure_network_new_text (sentence, NULL, FALSE));
  if (cuts->is_cut_point[node])
    {
      g_autoptr (GArray) off = dure_cut_off (network->graph, node);
      g_autofree char *names = dure_network_names (network, off, NAMES_MOST);
      g_autofree char *cut
          = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Without it %1$u agency would be cut off: %2$s",
                                          "Without it %1$u agencies would be cut off: %2$s", off->len),
                             off->len, names);

      gtk_box_append (group, dure_network_new_text (cut, NULL, FALSE));
    }
}

static void
show_agency (DureNetworkFacts *self, DureNetworkModel *model, guint node)
{
  const DureNetwork     *network = dure_network_model_get_network (model);
  const DureGraph       *graph = network->graph;
  const DureNetworkNode *agency = &network->nodes[node];
  GtkBox                *group = add_group (self, NULL);
  const DureField       *kind = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND);
  g_autofree char       *kind_label = dure_field_format (kind, agency->kind);
  g_autofree char       *facts = g_strjoin (" · ", kind_label, dure_sector_label (agency->sector),
                                            dure_area_label (agency->area), agency->region_name, NULL);
  GtkWidget             *open = gtk_button_new_with_label (_ ("Open Agency"));
  GtkWidget             *list;

  gtk_box_append (group, dure_network_new_text (agency->name, "title-4", FALSE));
  gtk_box_append (group, dure_network_new_text (facts, "caption", TRUE));
  add_sentences (group, model, node);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "(ss)", "agency", agency->id);
  gtk_widget_set_halign (open, GTK_ALIGN_START);
  gtk_box_append (group, open);
  if (dure_graph_degree (graph, node) == 0)
    return;

  group = add_group (self, _ ("Partners"));
  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint k = graph->first[node]; k < graph->first[node + 1]; k++)
    {
      const DureNetworkTie *tie = &network->ties[graph->tie_of[k]];
      g_autofree char      *layers = layers_of (tie, tie->from == node);

      gtk_list_box_append (GTK_LIST_BOX (list), dure_network_agency_row (network, graph->neighbours[k], layers));
    }
  gtk_box_append (group, list);
}

/**
 * dure_network_facts_show:
 * @self: a panel
 * @model: what to speak of; read now, so call this again when it changes
 * @node: the agency that is selected, or a negative number
 */
void
dure_network_facts_show (DureNetworkFacts *self, DureNetworkModel *model, int node)
{
  GtkWidget *child;

  g_return_if_fail (DURE_IS_NETWORK_FACTS (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  if (dure_network_model_get_network (model) == NULL)
    return;
  if (node >= 0)
    show_agency (self, model, (guint)node);
  show_whole (self, model);
}
