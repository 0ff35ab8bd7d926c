/* dure-network-checks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-checks.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char      *key;
  char      *label;
  GtkWidget *check;
  GtkWidget *count;
} Choice;

struct _DureNetworkChecks
{
  AdwBin parent_instance;

  GtkExpander *expander;
  GtkLabel    *title;
  GtkLabel    *summary;
  GtkBox      *box;
  GPtrArray   *choices; /* of Choice */
  gboolean     setting;
};

G_DEFINE_FINAL_TYPE (DureNetworkChecks, dure_network_checks, ADW_TYPE_BIN)

enum
{
  CHANGED,
  UNFOLDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->key);
  g_free (choice->label);
  g_free (choice);
}

static Choice *
choice_at (DureNetworkChecks *self, guint index)
{
  return index < self->choices->len ? g_ptr_array_index (self->choices, index) : NULL;
}

/* A folded group still says that it holds something back. */
static void
update_summary (DureNetworkChecks *self)
{
  guint            n = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->choices->len; i++)
    n += gtk_check_button_get_active (GTK_CHECK_BUTTON (choice_at (self, i)->check)) ? 1 : 0;
  text = g_strdup_printf ("%u / %u", n, self->choices->len);
  gtk_label_set_label (self->summary, text);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), n < self->choices->len);
}

static void
toggled_cb (DureNetworkChecks *self)
{
  if (self->setting)
    return;
  update_summary (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
expanded_cb (DureNetworkChecks *self)
{
  if (gtk_expander_get_expanded (self->expander))
    g_signal_emit (self, signals[UNFOLDED], 0);
}

static void
dure_network_checks_finalize (GObject *object)
{
  g_ptr_array_unref (DURE_NETWORK_CHECKS (object)->choices);
  G_OBJECT_CLASS (dure_network_checks_parent_class)->finalize (object);
}

static void
dure_network_checks_class_init (DureNetworkChecksClass *class)
{
  G_OBJECT_CLASS (class)->finalize = dure_network_checks_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNFOLDED]
      = g_signal_new ("unfolded", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dure_network_checks_init (DureNetworkChecks *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->choices = g_ptr_array_new_with_free_func (choice_free);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "accent");
  gtk_widget_set_visible (GTK_WIDGET (self->summary), FALSE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->summary));
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), 6);
  self->expander = GTK_EXPANDER (gtk_expander_new (NULL));
  gtk_expander_set_label_widget (self->expander, line);
  gtk_expander_set_child (self->expander, GTK_WIDGET (self->box));
  g_signal_connect_object (self->expander, "notify::expanded", G_CALLBACK (expanded_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->expander));
}

/**
 * dure_network_checks_new:
 * @title: what the conditions are about
 *
 * Returns: (transfer floating): an empty group, folded
 */
GtkWidget *
dure_network_checks_new (const char *title)
{
  DureNetworkChecks *self = g_object_new (DURE_TYPE_NETWORK_CHECKS, NULL);

  gtk_label_set_label (self->title, title);
  return GTK_WIDGET (self);
}

/** dure_network_checks_clear: takes all conditions out. */
void
dure_network_checks_clear (DureNetworkChecks *self)
{
  GtkWidget *child;

  g_return_if_fail (DURE_IS_NETWORK_CHECKS (self));

  g_ptr_array_set_size (self->choices, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  update_summary (self);
}

/**
 * dure_network_checks_add:
 * @self: a group
 * @key: what dure_network_checks_get_keys() calls it
 * @label: what the user reads
 * @mark: (nullable): shape and colour of such agencies
 *
 * Adds a condition that is ticked.
 */
void
dure_network_checks_add (DureNetworkChecks *self, const char *key, const char *label, GtkWidget *mark)
{
  Choice    *choice;
  GtkWidget *line;
  GtkWidget *text;

  g_return_if_fail (DURE_IS_NETWORK_CHECKS (self));

  choice = g_new0 (Choice, 1);
  choice->key = g_strdup (key);
  choice->label = g_strdup (label);
  choice->check = gtk_check_button_new ();
  choice->count = gtk_label_new (NULL);
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  text = gtk_label_new (label);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (choice->count, "numeric");
  gtk_widget_add_css_class (choice->count, "dim-label");
  gtk_widget_add_css_class (choice->count, "caption");
  if (mark != NULL)
    gtk_box_append (GTK_BOX (line), mark);
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line), choice->count);
  gtk_widget_set_hexpand (line, TRUE);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (choice->check), line);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice->check), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice->check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (choice->check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, choice->check);
  g_ptr_array_add (self->choices, choice);
}

/** dure_network_checks_get_n: how many conditions there are. */
guint
dure_network_checks_get_n (DureNetworkChecks *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_CHECKS (self), 0);

  return self->choices->len;
}

/** dure_network_checks_get_ticked: whether a condition is ticked. */
gboolean
dure_network_checks_get_ticked (DureNetworkChecks *self, guint index)
{
  g_return_val_if_fail (DURE_IS_NETWORK_CHECKS (self), FALSE);

  return choice_at (self, index) != NULL
         && gtk_check_button_get_active (GTK_CHECK_BUTTON (choice_at (self, index)->check));
}

/** dure_network_checks_set_ticked: ticks a condition as the user does: `changed` follows. */
void
dure_network_checks_set_ticked (DureNetworkChecks *self, guint index, gboolean ticked)
{
  g_return_if_fail (DURE_IS_NETWORK_CHECKS (self));

  if (choice_at (self, index) != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (choice_at (self, index)->check), ticked);
}

/** dure_network_checks_set_count: shows how many there are of it; %G_MAXUINT when that is not known. */
void
dure_network_checks_set_count (DureNetworkChecks *self, guint index, guint count)
{
  Choice          *choice;
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (DURE_IS_NETWORK_CHECKS (self));

  choice = choice_at (self, index);
  if (choice == NULL)
    return;
  text = count != G_MAXUINT ? g_strdup_printf ("%u", count) : g_strdup ("");
  spoken = count != G_MAXUINT ? g_strdup_printf ("%s, %u", choice->label, count) : g_strdup (choice->label);
  gtk_label_set_label (GTK_LABEL (choice->count), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice->check), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/** dure_network_checks_get_mask: a bit per condition that is ticked, of at most 32. */
guint
dure_network_checks_get_mask (DureNetworkChecks *self)
{
  guint mask = 0;

  g_return_val_if_fail (DURE_IS_NETWORK_CHECKS (self), 0);

  for (guint i = 0; i < MIN (self->choices->len, 32); i++)
    if (dure_network_checks_get_ticked (self, i))
      mask |= 1u << i;
  return mask;
}

/** dure_network_checks_set_mask: ticks by bits, without `changed`. */
void
dure_network_checks_set_mask (DureNetworkChecks *self, guint mask)
{
  g_return_if_fail (DURE_IS_NETWORK_CHECKS (self));

  self->setting = TRUE;
  for (guint i = 0; i < MIN (self->choices->len, 32); i++)
    dure_network_checks_set_ticked (self, i, (mask & 1u << i) != 0);
  self->setting = FALSE;
  update_summary (self);
}

/** dure_network_checks_get_keys: (transfer full) (nullable): keys of those that are ticked; %NULL when all are. */
char **
dure_network_checks_get_keys (DureNetworkChecks *self)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  gboolean all = TRUE;

  g_return_val_if_fail (DURE_IS_NETWORK_CHECKS (self), NULL);

  for (guint i = 0; i < self->choices->len; i++)
    if (dure_network_checks_get_ticked (self, i))
      g_strv_builder_add (keys, choice_at (self, i)->key);
    else
      all = FALSE;
  return all ? NULL : g_strv_builder_end (keys);
}

/** dure_network_checks_set_keys: ticks by keys, or all for %NULL, without `changed`. */
void
dure_network_checks_set_keys (DureNetworkChecks *self, const char *const *keys)
{
  g_return_if_fail (DURE_IS_NETWORK_CHECKS (self));

  self->setting = TRUE;
  for (guint i = 0; i < self->choices->len; i++)
    dure_network_checks_set_ticked (self, i, keys == NULL || g_strv_contains (keys, choice_at (self, i)->key));
  self->setting = FALSE;
  update_summary (self);
}

/** dure_network_checks_get_expanded: whether the group is unfolded. */
gboolean
dure_network_checks_get_expanded (DureNetworkChecks *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_CHECKS (self), FALSE);

  return gtk_expander_get_expanded (self->expander);
}

/** dure_network_checks_set_expanded: unfolds the group, or folds it. */
void
dure_network_checks_set_expanded (DureNetworkChecks *self, gboolean expanded)
{
  g_return_if_fail (DURE_IS_NETWORK_CHECKS (self));

  gtk_expander_set_expanded (self->expander, expanded);
}
