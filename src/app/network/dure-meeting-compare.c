/* dure-meeting-compare.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two pictures with the same agencies at the same places: at the left what was lost is marked, at the right what is
 * new. Both lists stand beside them.
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-compare.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-meeting-rows.h"
#include "app/network/dure-network-canvas.h"

#define ROWS_MOST 200

typedef struct
{
  GtkLabel          *caption;
  DureNetworkCanvas *canvas;
} Side;

struct _DureMeetingCompare
{
  AdwBin parent_instance;

  Side    before;
  Side    after;
  GtkBox *lists;
};

G_DEFINE_FINAL_TYPE (DureMeetingCompare, dure_meeting_compare, ADW_TYPE_BIN)

/* Whoever is chosen in one picture or in a list is chosen in both. */
static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureMeetingCompare     *self = DURE_MEETING_COMPARE (widget);
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);
  const Side             *sides[] = { &self->before, &self->after };

  for (guint s = 0; s < 2; s++)
    {
      DureNetwork *network = dure_network_canvas_get_network (sides[s]->canvas);
      g_autoptr (GtkBitset) nodes = gtk_bitset_new_empty ();
      guint v;

      for (guint i = 0; network != NULL && ids[i] != NULL; i++)
        if (dure_network_find (network, ids[i], &v))
          gtk_bitset_add (nodes, v);
      dure_network_canvas_set_selection (sides[s]->canvas, nodes);
      if (network != NULL && ids[0] != NULL && dure_network_find (network, ids[0], &v)
          && !dure_network_canvas_shows (sides[s]->canvas, ids[0]))
        dure_network_canvas_centre_on (sides[s]->canvas, ids[0]);
    }
}

static void
activated_cb (DureMeetingCompare *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "agency", id);
}

static GtkWidget *
new_side (DureMeetingCompare *self, Side *side)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *caption = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_ellipsize (GTK_LABEL (caption), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (caption, "heading");
  gtk_widget_set_margin_start (caption, 12);
  gtk_widget_set_margin_top (caption, 6);
  gtk_widget_set_margin_bottom (caption, 6);
  side->caption = GTK_LABEL (caption);
  side->canvas = DURE_NETWORK_CANVAS (dure_network_canvas_new ());
  g_signal_connect_object (side->canvas, "node-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (side->canvas));
  return box;
}

static void
add_ties (DureMeetingCompare *self, const DureNetworkComparison *both, guint8 wanted, const char *heading)
{
  GtkWidget       *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget       *rows = gtk_list_box_new ();
  const guint      n = wanted == DURE_CHANGE_NEW ? both->n_new : both->n_lost;
  g_autofree char *title = g_strdup_printf ("%s %u", heading, n);
  guint            shown = 0;

  if (n == 0)
    {
      g_object_unref (g_object_ref_sink (group));
      g_object_unref (g_object_ref_sink (rows));
      return;
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  for (guint t = 0; t < both->network->n_ties && shown < ROWS_MOST; t++)
    {
      const DureNetworkTie  *tie = &both->network->ties[t];
      const DureNetworkNode *from = &both->network->nodes[tie->from];
      const DureNetworkNode *to = &both->network->nodes[tie->to];
      char                  *ids[] = { from->id, to->id, NULL };
      g_autoptr (GString) layers = g_string_new (NULL);
      g_autofree char *text = NULL;

      if (both->tie_change[t] != wanted)
        continue;
      for (guint l = 0; l < DURE_N_LAYERS; l++)
        if (tie->layers & (1u << l))
          g_string_append_printf (layers, "%s%s", layers->len > 0 ? " · " : "",
                                  dure_layer_label ((DureLayer)(1u << l)));
      text = g_strdup_printf ("%s – %s", from->name, to->name);
      gtk_list_box_append (GTK_LIST_BOX (rows), dure_meeting_row (text, layers->str, ids));
      shown++;
    }
  gtk_box_append (GTK_BOX (group), dure_meeting_label (title, "heading"));
  gtk_box_append (GTK_BOX (group), rows);
  if (shown < n)
    {
      g_autofree char *rest = g_strdup_printf (_ ("and %u more"), n - shown);

      gtk_box_append (GTK_BOX (group), dure_meeting_label (rest, "dim-label"));
    }
  gtk_box_append (self->lists, group);
}

static void
show_side (Side *side, DureNetwork *network, const DureNetworkPlaces *places, const guint8 *change, char **room)
{
  const DureCanvasLook look = { .tie_change = change, .widths = TRUE };

  dure_network_canvas_set_network (side->canvas, network, places);
  dure_network_canvas_set_look (side->canvas, &look);
  dure_network_canvas_set_room (side->canvas, *room != NULL ? (const char *const *)room : NULL);
}

static void
dure_meeting_compare_class_init (DureMeetingCompareClass *class)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (class), "meeting.show", "as", show_action);
}

static void
dure_meeting_compare_init (DureMeetingCompare *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *pictures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_box_set_homogeneous (GTK_BOX (pictures), TRUE);
  gtk_box_append (GTK_BOX (pictures), new_side (self, &self->before));
  gtk_box_append (GTK_BOX (pictures), new_side (self, &self->after));
  gtk_widget_add_css_class (gtk_widget_get_last_child (pictures), "meeting-after");
  self->lists = GTK_BOX (box);
  gtk_widget_add_css_class (box, "meeting-lists");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_size_request (scrolled, 288, -1);
  gtk_widget_set_hexpand (scrolled, FALSE);
  gtk_widget_set_hexpand (pictures, TRUE);
  gtk_box_append (GTK_BOX (line), pictures);
  gtk_box_append (GTK_BOX (line), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (line), scrolled);
  adw_bin_set_child (ADW_BIN (self), line);
}

/** dure_meeting_compare_new: (transfer floating): two empty pictures. */
GtkWidget *
dure_meeting_compare_new (void)
{
  return g_object_new (DURE_TYPE_MEETING_COMPARE, NULL);
}

/** dure_meeting_compare_show: @change: what to show; read now and not kept. */
void
dure_meeting_compare_show (DureMeetingCompare *self, const DureMeetingChange *change)
{
  g_autoptr (GPtrArray) sentences = NULL;
  const DureNetworkComparison *both;
  GtkWidget                   *child;

  g_return_if_fail (DURE_IS_MEETING_COMPARE (self));

  both = change->comparison;
  gtk_label_set_text (self->before.caption, change->before_text);
  gtk_label_set_text (self->after.caption, change->after_text);
  show_side (&self->before, both->before_network, change->before_places, change->before_change, change->room);
  show_side (&self->after, both->after_network, change->after_places, change->after_change, change->room);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lists))) != NULL)
    gtk_box_remove (self->lists, child);
  sentences = dure_network_comparison_sentences (both);
  for (guint i = 0; i < sentences->len; i++)
    gtk_box_append (self->lists, dure_meeting_label (g_ptr_array_index (sentences, i), i == 0 ? "title-4" : NULL));
  add_ties (self, both, DURE_CHANGE_NEW, _ ("New ties"));
  add_ties (self, both, DURE_CHANGE_LOST, _ ("Lost ties"));
}
