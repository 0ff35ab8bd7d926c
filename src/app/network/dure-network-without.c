/* dure-network-without.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-without.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/network/dure-network-facts.h"
#include "domain/dure-network-what-if.h"

#define GROUPS_MOST 8
#define NAMES_MOST 6

struct _DureNetworkWithout
{
  GtkWidget parent_instance;

  GtkBox          *box;
  GtkToggleButton *toggle;
  GtkBox          *answer;
  DureNetwork     *network;
  GtkBitset       *nodes;
  GCancellable    *cancellable;
  gboolean         asked;
};

G_DEFINE_FINAL_TYPE (DureNetworkWithout, dure_network_without, GTK_TYPE_WIDGET)

/* What goes to a thread. */
typedef struct
{
  DureNetwork *network;
  GArray      *without; /* guint */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  dure_network_unref (question->network);
  g_array_unref (question->without);
  g_free (question);
}

static void
ask (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Question          *question = data;
  GError            *error = NULL;
  DureNetworkWhatIf *what_if
      = dure_network_what_if (question->network, (const guint *)(gpointer)question->without->data,
                              question->without->len, NULL, 0, cancellable, &error);

  if (what_if != NULL)
    g_task_return_pointer (task, what_if, (GDestroyNotify)dure_network_what_if_free);
  else
    g_task_return_error (task, error);
}

static void
show (DureNetworkWithout *self, const DureNetworkWhatIf *what_if)
{
  g_autoptr (GPtrArray) sentences = dure_network_what_if_sentences (what_if);

  for (guint i = 0; i < sentences->len; i++)
    gtk_box_append (self->answer, dure_network_new_text (g_ptr_array_index (sentences, i), NULL, i > 0));
  for (guint i = 0; i < MIN (what_if->cut_off->len, GROUPS_MOST); i++)
    {
      const GArray    *part = g_ptr_array_index (what_if->cut_off, i);
      g_autofree char *names = dure_network_names (self->network, part, NAMES_MOST);
      /* Translators: agencies that would come apart from all others. */
      g_autofree char *line = g_strdup_printf (_ ("Cut off: %s"), names);

      gtk_box_append (self->answer, dure_network_new_text (line, NULL, FALSE));
    }
  gtk_box_append (self->answer, dure_network_new_text (_ ("The records stay as they are."), "caption", TRUE));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DureNetworkWithout *self = DURE_NETWORK_WITHOUT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureNetworkWhatIf) what_if = g_task_propagate_pointer (G_TASK (result), &error);

  if (what_if != NULL)
    show (self, what_if);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_box_append (self->answer, dure_network_new_text (error->message, NULL, FALSE));
}

static void
toggled_cb (DureNetworkWithout *self)
{
  gboolean      on = gtk_toggle_button_get_active (self->toggle);
  Question     *question;
  GtkBitsetIter iter;
  guint         node;
  g_autoptr (GTask) task = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->answer), on);
  if (!on || self->asked)
    return;
  self->asked = TRUE;
  question = g_new0 (Question, 1);
  question->network = dure_network_ref (self->network);
  question->without = g_array_new (FALSE, FALSE, sizeof (guint));
  if (gtk_bitset_iter_init_first (&iter, self->nodes, &node))
    do
      g_array_append_val (question->without, node);
    while (gtk_bitset_iter_next (&iter, &node));
  task = g_task_new (self, self->cancellable, answered_cb, NULL);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, ask);
}

static void
dure_network_without_dispose (GObject *object)
{
  DureNetworkWithout *self = DURE_NETWORK_WITHOUT (object);
  GtkWidget          *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->network, dure_network_unref);
  g_clear_pointer (&self->nodes, gtk_bitset_unref);
  G_OBJECT_CLASS (dure_network_without_parent_class)->dispose (object);
}

static void
dure_network_without_class_init (DureNetworkWithoutClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dure_network_without_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

static void
dure_network_without_init (DureNetworkWithout *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->toggle = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->toggle), GTK_ALIGN_START);
  self->answer = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->answer), "dure-network-answer");
  gtk_widget_set_visible (GTK_WIDGET (self->answer), FALSE);
  g_signal_connect_object (self->toggle, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (self->toggle));
  gtk_box_append (self->box, GTK_WIDGET (self->answer));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

/**
 * dure_network_without_new:
 * @network: a network
 * @nodes: the agencies to think away
 *
 * Returns: (transfer floating): the question; it is answered on a thread when it is asked
 */
GtkWidget *
dure_network_without_new (DureNetwork *network, GtkBitset *nodes)
{
  DureNetworkWithout *self = g_object_new (DURE_TYPE_NETWORK_WITHOUT, NULL);

  self->network = dure_network_ref (network);
  self->nodes = gtk_bitset_copy (nodes);
  gtk_button_set_label (GTK_BUTTON (self->toggle), gtk_bitset_get_size (nodes) == 1
                                                       ? _ ("What If It Were Not There?")
                                                       : _ ("What If They Were Not There?"));
  return GTK_WIDGET (self);
}
