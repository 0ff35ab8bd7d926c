/* dure-network-ties.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-ties.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/network/dure-network-facts.h"
#include "app/network/dure-network-legend.h"
#include "domain/dure-network-records.h"

/* More rows than this end in «and 12 more». */
#define ROWS_MOST 30
/* Rows that are made at a time; the others follow when the window has nothing else to do. */
#define ROWS_A_TURN 5
#define RECORDS_MOST 20

struct _DureNetworkTies
{
  GtkWidget parent_instance;

  GtkBox            *box;
  DureDesk          *desk;
  DureNetwork       *network;
  DureNetworkFilter *filter;
  GCancellable      *cancellable;
  DureNetworkModel  *model; /* while rows are to come */
  GtkListBox        *list;
  GArray            *ties; /* guint: the strongest first */
  guint              made;
  guint              source;
  guint              node;
};

G_DEFINE_FINAL_TYPE (DureNetworkTies, dure_network_ties, GTK_TYPE_WIDGET)

/* What lies behind one tie: on its way to the reader's thread. */
typedef struct
{
  DureNetworkFilter *filter;
  char              *first;
  char              *second;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  dure_network_filter_free (question->filter);
  g_free (question->first);
  g_free (question->second);
  g_free (question);
}

static gpointer
read_records (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  return dure_network_tie_records (store, question->filter, question->first, question->second, cancellable, error);
}

static void
add_record (GtkBox *box, const DureTieRecord *record)
{
  const DureEntity *entity = dure_entity (record->entity);
  GtkWidget        *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (texts), dure_network_new_text (record->label, NULL, FALSE));
  if (record->date != NULL && *record->date != '\0')
    gtk_box_append (GTK_BOX (texts), dure_network_new_text (record->date, "caption", TRUE));
  /* Ties and referrals have no page but this one. */
  if (record->entity == DURE_ENTITY_EVENT || record->entity == DURE_ENTITY_BODY)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), texts);
      gtk_widget_add_css_class (button, "flat");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", entity->key, record->id);
      gtk_box_append (box, button);
    }
  else
    {
      gtk_widget_set_margin_bottom (texts, 3);
      gtk_box_append (box, texts);
    }
}

static void
records_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkBox) box = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = dure_store_thread_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (records == NULL)
    {
      gtk_box_append (box, dure_network_new_text (error->message, NULL, FALSE));
      return;
    }
  for (guint i = 0; i < MIN (records->len, RECORDS_MOST); i++)
    add_record (box, g_ptr_array_index (records, i));
  if (records->len > RECORDS_MOST)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), records->len - RECORDS_MOST);

      gtk_box_append (box, dure_network_new_text (more, "caption", TRUE));
    }
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, DureNetworkTies *self)
{
  GtkRevealer *revealer = g_object_get_data (G_OBJECT (row), "revealer");
  GtkWidget   *box = gtk_revealer_get_child (revealer);
  gboolean     open = !gtk_revealer_get_reveal_child (revealer);
  guint        other = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "other"));

  gtk_revealer_set_reveal_child (revealer, open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  if (open && g_object_get_data (G_OBJECT (row), "asked") == NULL)
    {
      Question *question = g_new0 (Question, 1);

      g_object_set_data (G_OBJECT (row), "asked", row);
      question->filter = dure_network_filter_copy (self->filter);
      question->first = g_strdup (self->network->nodes[self->node].id);
      question->second = g_strdup (self->network->nodes[other].id);
      dure_store_thread_run_async (dure_desk_get_reader (self->desk), read_records, question, question_free,
                                   (GDestroyNotify)g_ptr_array_unref, self->cancellable, records_cb,
                                   g_object_ref (box));
    }
}

/**
 * dure_network_tie_layers:
 * @tie: a tie
 * @from_is_self: whether the agency that is spoken of is its first
 *
 * Returns: (transfer full): what the tie consists of, with referrals by direction
 */
char *
dure_network_tie_layers (const DureNetworkTie *tie, gboolean from_is_self)
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

static char *
detail_of (DureNetworkModel *model, guint tie_number, gboolean from_is_self)
{
  const DureNetworkComparison *comparison = dure_network_model_get_comparison (model);
  const DureNetworkTie        *tie = &dure_network_model_get_network (model)->ties[tie_number];
  g_autofree char             *layers = dure_network_tie_layers (tie, from_is_self);

  if (comparison == NULL || comparison->tie_change[tie_number] == DURE_CHANGE_NONE)
    return g_steal_pointer (&layers);
  return g_strdup_printf ("%s · %s", comparison->tie_change[tie_number] == DURE_CHANGE_NEW ? _ ("New") : _ ("Lost"),
                          layers);
}

static GtkWidget *
new_row (DureNetworkTies *self, DureNetworkModel *model, guint other, guint tie_number)
{
  const DureNetworkNode *agency = &self->network->nodes[other];
  g_autofree char       *detail = detail_of (model, tie_number, self->network->ties[tie_number].from == self->node);
  g_autofree char       *spoken = g_strdup_printf ("%s, %s", agency->name, detail);
  GtkWidget             *row = gtk_list_box_row_new ();
  GtkWidget             *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget             *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget             *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget             *name = gtk_label_new (agency->name);
  GtkWidget             *second = dure_network_new_text (detail, "caption", TRUE);
  GtkWidget             *go = gtk_button_new_from_icon_name ("find-location-symbolic");
  GtkWidget             *revealer = gtk_revealer_new ();
  GtkWidget             *records = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (name, agency->name);
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), second);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_tooltip_text (go, _ ("Select this agency"));
  gtk_widget_add_css_class (go, "flat");
  gtk_widget_set_valign (go, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (go), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Select this agency"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (go), "network.select");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (go), "s", agency->id);
  gtk_box_append (GTK_BOX (line), dure_network_mark_new (agency->sector, agency->area, 14));
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), go);
  gtk_box_append (GTK_BOX (box), line);
  gtk_revealer_set_child (GTK_REVEALER (revealer), records);
  gtk_box_append (GTK_BOX (box), revealer);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 3);
  gtk_widget_set_margin_top (box, 3);
  gtk_widget_set_margin_bottom (box, 3);
  gtk_widget_set_margin_top (records, 3);
  gtk_widget_set_margin_start (records, 14);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, _ ("What lies behind this tie"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
  g_object_set_data (G_OBJECT (row), "revealer", revealer);
  g_object_set_data (G_OBJECT (row), "other", GUINT_TO_POINTER (other));
  return row;
}

static void
dure_network_ties_dispose (GObject *object)
{
  DureNetworkTies *self = DURE_NETWORK_TIES (object);
  GtkWidget       *child;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->model);
  g_clear_pointer (&self->ties, g_array_unref);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->filter, dure_network_filter_free);
  G_OBJECT_CLASS (dure_network_ties_parent_class)->dispose (object);
}

static void
dure_network_ties_class_init (DureNetworkTiesClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dure_network_ties_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
dure_network_ties_init (DureNetworkTies *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

/* The strongest first. */
static int
compare_ties (gconstpointer a, gconstpointer b, gpointer data)
{
  const DureNetworkTie *x = &((const DureNetworkTie *)data)[*(const guint *)a];
  const DureNetworkTie *y = &((const DureNetworkTie *)data)[*(const guint *)b];

  if (x->weight > y->weight || x->weight < y->weight)
    return x->weight > y->weight ? -1 : 1;
  return x->from != y->from ? (x->from < y->from ? -1 : 1) : (x->to < y->to ? -1 : 1);
}

static GArray *
ties_of (const DureNetwork *network, guint node, GtkBitset *among)
{
  const DureGraph *graph = network->graph;
  GArray          *ties = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint k = graph->first[node]; k < graph->first[node + 1]; k++)
    if (among == NULL || gtk_bitset_contains (among, graph->neighbours[k]))
      g_array_append_val (ties, graph->tie_of[k]);
  g_array_sort_with_data (ties, compare_ties, network->ties);
  return ties;
}

/* Another few rows; in a network that the model has left behind none. */
static gboolean
add_rows_cb (gpointer data)
{
  DureNetworkTies *self = data;
  guint            most = MIN (self->ties->len, ROWS_MOST);
  guint            last = MIN (self->made + ROWS_A_TURN, most);

  if (dure_network_model_get_network (self->model) != self->network)
    last = most = self->made;
  for (; self->made < last; self->made++)
    {
      guint                 number = g_array_index (self->ties, guint, self->made);
      const DureNetworkTie *tie = &self->network->ties[number];

      gtk_list_box_append (self->list,
                           new_row (self, self->model, tie->from == self->node ? tie->to : tie->from, number));
    }
  if (self->made < most)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  g_clear_object (&self->model);
  return G_SOURCE_REMOVE;
}

/**
 * dure_network_ties_count:
 * @network: a network
 * @node: an agency
 * @among: (nullable): only ties to these
 *
 * Returns: how many there are
 */
guint
dure_network_ties_count (const DureNetwork *network, guint node, GtkBitset *among)
{
  g_autoptr (GArray) ties = ties_of (network, node, among);

  return ties->len;
}

/**
 * dure_network_ties_new:
 * @model: the network
 * @node: an agency
 * @among: (nullable): only ties to these
 *
 * Returns: (transfer floating): its ties, the strongest first
 */
GtkWidget *
dure_network_ties_new (DureNetworkModel *model, guint node, GtkBitset *among)
{
  DureNetworkTies *self = g_object_new (DURE_TYPE_NETWORK_TIES, NULL);

  self->model = g_object_ref (model);
  self->desk = g_object_ref (dure_network_model_get_desk (model));
  self->network = dure_network_ref (dure_network_model_get_network (model));
  self->filter = dure_network_filter_copy (dure_network_model_get_view (model)->filter);
  self->node = node;
  self->ties = ties_of (self->network, node, among);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
  gtk_box_append (self->box, GTK_WIDGET (self->list));
  if (self->ties->len > ROWS_MOST)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), self->ties->len - ROWS_MOST);

      gtk_box_append (self->box, dure_network_new_text (more, "caption", TRUE));
    }
  if (add_rows_cb (self) == G_SOURCE_CONTINUE)
    self->source = g_idle_add (add_rows_cb, self);
  return GTK_WIDGET (self);
}
