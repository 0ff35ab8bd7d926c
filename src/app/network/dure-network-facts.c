/* dure-network-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-facts-private.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-legend.h"
#include "app/network/dure-network-words.h"

/* A list in a sentence's fold. */
#define FOLDED_MOST 60

G_DEFINE_FINAL_TYPE (DureNetworkFacts, dure_network_facts, ADW_TYPE_BIN)

static void
dure_network_facts_finalize (GObject *object)
{
  DureNetworkFacts *self = DURE_NETWORK_FACTS (object);

  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->selection, gtk_bitset_unref);
  G_OBJECT_CLASS (dure_network_facts_parent_class)->finalize (object);
}

static void
dure_network_facts_class_init (DureNetworkFactsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = dure_network_facts_finalize;
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
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", dure_network_node_entity (agency), agency->id);
  return row;
}

/* A part of the panel, with its heading. */
GtkBox *
dure_facts_add_group (DureNetworkFacts *self, const char *title)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  if (title != NULL)
    gtk_box_append (GTK_BOX (group), dure_network_new_text (title, "heading", FALSE));
  gtk_box_append (self->box, group);
  return GTK_BOX (group);
}

void
dure_facts_add_text (GtkBox *group, const char *text, const char *css_class, gboolean dim)
{
  gtk_box_append (group, dure_network_new_text (text, css_class, dim));
}

GtkWidget *
dure_facts_new_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

/* A button that asks the page or the window for something. */
GtkWidget *
dure_facts_new_button (const char *label, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (target != NULL)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  return button;
}

/* The agencies of a sentence: a row selects the agency on the picture. */
static void
unfolded_cb (GtkExpander *expander, GParamSpec *pspec, gpointer data)
{
  DureNetworkFacts *self
      = DURE_NETWORK_FACTS (gtk_widget_get_ancestor (GTK_WIDGET (expander), DURE_TYPE_NETWORK_FACTS));
  GArray    *nodes = g_object_get_data (G_OBJECT (expander), "nodes");
  GtkWidget *list;

  if (!gtk_expander_get_expanded (expander) || gtk_expander_get_child (expander) != NULL)
    return;
  list = dure_facts_new_list ();
  for (guint i = 0; i < MIN (nodes->len, FOLDED_MOST); i++)
    {
      guint      node = g_array_index (nodes, guint, i);
      GtkWidget *row = dure_network_agency_row (self->network, node, NULL);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "network.select");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", self->network->nodes[node].id);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_widget_set_margin_top (list, 6);
  gtk_expander_set_child (expander, list);
}

static void
add_nodes (GtkBox *group, const GArray *nodes)
{
  g_autofree char *count = dure_network_count_agencies (nodes->len);
  GtkWidget       *expander = gtk_expander_new (count);

  g_object_set_data_full (G_OBJECT (expander), "nodes", g_array_copy ((GArray *)nodes), (GDestroyNotify)g_array_unref);
  g_signal_connect (expander, "notify::expanded", G_CALLBACK (unfolded_cb), NULL);
  gtk_box_append (group, expander);
}

/* Each measure: its name and value, what it means here, and its caution. */
void
dure_facts_add_sentences (DureNetworkFacts *self, GtkBox *group, GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      const DureNetworkSentence *sentence = g_ptr_array_index (sentences, i);
      GtkWidget                 *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      GtkWidget                 *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget                 *heading = dure_network_new_text (sentence->heading, "dure-measure", FALSE);

      gtk_widget_set_hexpand (heading, TRUE);
      gtk_box_append (GTK_BOX (line), heading);
      if (sentence->value != NULL && *sentence->value != '\0')
        {
          GtkWidget *value = gtk_label_new (sentence->value);

          gtk_widget_add_css_class (value, "numeric");
          gtk_widget_add_css_class (value, "dure-measure");
          gtk_widget_set_valign (value, GTK_ALIGN_START);
          gtk_box_append (GTK_BOX (line), value);
        }
      if (sentence->term != NULL)
        gtk_widget_set_tooltip_text (line, sentence->term);
      gtk_box_append (GTK_BOX (box), line);
      dure_facts_add_text (GTK_BOX (box), sentence->sentence, NULL, TRUE);
      if (sentence->caution != NULL)
        dure_facts_add_text (GTK_BOX (box), sentence->caution, "caption", TRUE);
      if (sentence->nodes != NULL && sentence->nodes->len > 0)
        add_nodes (GTK_BOX (box), sentence->nodes);
      gtk_box_append (group, box);
    }
}

static void
show_council (DureNetworkFacts *self, GtkBox *group)
{
  guint            bodies = 0;
  guint            members = 0;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  for (guint v = 0; v < self->network->n_nodes; v++)
    {
      bodies += self->network->nodes[v].type == DURE_NODE_BODY;
      members += self->network->nodes[v].type == DURE_NODE_MEMBER;
    }
  first = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u body of the council", "%u bodies of the council", bodies),
                           bodies);
  second = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u member", "%u members", members), members);
  dure_facts_add_text (group, first, NULL, FALSE);
  dure_facts_add_text (group, second, NULL, FALSE);
  dure_facts_add_text (group, _ ("A line leads from a body to the body above it, and from a member to each seat."),
                       "caption", TRUE);
}

static void
show_whole (DureNetworkFacts *self, DureNetworkModel *model)
{
  const DureAnalysis *analysis = dure_network_model_get_analysis (model);
  GtkBox             *group = dure_facts_add_group (self, _ ("Whole network"));
  g_autoptr (GPtrArray) sentences = NULL;

  if (self->network->parent != NULL)
    {
      show_council (self, group);
      return;
    }
  if (self->network->n_left_out > 0)
    {
      g_autofree char *left_out = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u record names an agency that was deleted and is left out.",
                       "%u records name an agency that was deleted and are left out.", self->network->n_left_out),
          self->network->n_left_out);

      dure_facts_add_text (group, left_out, "caption", TRUE);
    }
  if (analysis == NULL)
    {
      dure_facts_add_text (group, _ ("The measures are being computed."), NULL, TRUE);
      return;
    }
  sentences = dure_network_sentences_whole (self->network, analysis);
  dure_facts_add_sentences (self, group, sentences);
}

static void
show_groups (DureNetworkFacts *self, DureNetworkModel *model)
{
  const DureGroups          *groups = dure_network_model_get_groups (model);
  const DureNetworkGrouping *grouping = dure_network_model_get_grouping (model);
  g_autofree const char    **names = NULL;
  g_autofree char           *title = NULL;
  g_autoptr (GPtrArray) sentences = NULL;

  if (groups == NULL || groups->n_groups < 2 || self->network->n_nodes < DURE_ENOUGH_FOR_INDICES)
    return;
  names = g_new0 (const char *, (gsize)grouping->n_classes + 1);
  for (guint i = 0; i < grouping->n_classes; i++)
    names[i] = grouping->classes[i].label;
  sentences = dure_network_sentences_groups (groups, names);
  if (sentences->len == 0)
    return;
  title = g_strdup_printf (_ ("Groups by %s"), dure_group_by_label (dure_network_model_get_view (model)->group));
  dure_facts_add_sentences (self, dure_facts_add_group (self, title), sentences);
}

/**
 * dure_network_facts_show:
 * @self: a panel
 * @model: what to speak of; read now, so call this again when it changes
 * @selection: (nullable): the agencies that are selected
 */
void
dure_network_facts_show (DureNetworkFacts *self, DureNetworkModel *model, GtkBitset *selection)
{
  GtkWidget *child;
  guint      n;

  g_return_if_fail (DURE_IS_NETWORK_FACTS (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->selection, gtk_bitset_unref);
  if (dure_network_model_get_network (model) == NULL)
    return;
  self->network = dure_network_ref (dure_network_model_get_network (model));
  self->selection = selection != NULL ? gtk_bitset_copy (selection) : gtk_bitset_new_empty ();
  n = (guint)gtk_bitset_get_size (self->selection);
  if (n == 1)
    dure_facts_show_agency (self, model, gtk_bitset_get_minimum (self->selection));
  else if (n > 1)
    dure_facts_show_several (self, model);
  if (dure_network_model_get_comparison (model) != NULL)
    dure_facts_show_change (self, dure_network_model_get_comparison (model));
  else if (n == 0)
    {
      show_whole (self, model);
      if (self->network->parent == NULL)
        show_groups (self, model);
    }
}
