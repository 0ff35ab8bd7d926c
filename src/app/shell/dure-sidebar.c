/* dure-sidebar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-sidebar.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-place.h"

/* What a count shows at most; the meaning in the tooltip says all of it. */
#define MOST 999u

struct _DureSidebar
{
  AdwBin      parent_instance;

  GtkListBox *list;
  AdwBin     *foot;
  GPtrArray  *counts; /* of GtkLabel, in the order of the places */
};

G_DEFINE_FINAL_TYPE (DureSidebar, dure_sidebar, ADW_TYPE_BIN)

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  guint            n_places;
  const DurePlace *places = dure_places (&n_places);

  gtk_widget_activate_action (GTK_WIDGET (list), "win.go", "s", places[gtk_list_box_row_get_index (row)].key);
}

static void
add_place (DureSidebar *self, const DurePlace *place, guint number)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *label = gtk_label_new (_ (place->title));
  GtkWidget       *count = gtk_label_new (NULL);
  g_autofree char *tooltip = g_strdup_printf ("Ctrl+%u", number);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "count");
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_set_valign (count, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (count, FALSE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (place->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (place->title), -1);
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->counts, count);
}

static int
find (const char *key)
{
  guint            n_places;
  const DurePlace *places = dure_places (&n_places);

  for (guint i = 0; i < n_places; i++)
    if (g_strcmp0 (places[i].key, key) == 0)
      return i;
  return -1;
}

static void
dure_sidebar_dispose (GObject *object)
{
  DureSidebar *self = DURE_SIDEBAR (object);

  g_clear_pointer (&self->counts, g_ptr_array_unref);
  G_OBJECT_CLASS (dure_sidebar_parent_class)->dispose (object);
}

static void
dure_sidebar_class_init (DureSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_sidebar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, DureSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, DureSidebar, foot);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
dure_sidebar_init (DureSidebar *self)
{
  guint            n_places;
  const DurePlace *places = dure_places (&n_places);

  self->counts = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < n_places; i++)
    add_place (self, &places[i], i + 1);
}

/** dure_sidebar_select: marks the place that is shown; activates nothing. */
void
dure_sidebar_select (DureSidebar *self, const char *place)
{
  int index = find (place);

  g_return_if_fail (DURE_IS_SIDEBAR (self));

  gtk_list_box_select_row (self->list, index < 0 ? NULL : gtk_list_box_get_row_at_index (self->list, index));
}

/**
 * dure_sidebar_set_count:
 * @count: 0 hides it
 * @meaning: what is counted, for the tooltip and the screen reader: "2 actions overdue"
 * @urgent: whether something is wrong
 */
void
dure_sidebar_set_count (DureSidebar *self, const char *place, guint count, const char *meaning, gboolean urgent)
{
  int              index = find (place);
  GtkWidget       *label;
  GtkListBoxRow   *row;
  g_autofree char *text = count > MOST ? g_strdup_printf ("%u+", MOST) : g_strdup_printf ("%u", count);

  g_return_if_fail (DURE_IS_SIDEBAR (self));

  if (index < 0)
    return;
  label = g_ptr_array_index (self->counts, index);
  row = gtk_list_box_get_row_at_index (self->list, index);
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, count > 0);
  gtk_widget_set_tooltip_text (label, meaning);
  if (urgent)
    gtk_widget_add_css_class (label, "urgent");
  else
    gtk_widget_remove_css_class (label, "urgent");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  count > 0 && meaning != NULL ? meaning : "", -1);
}

/** dure_sidebar_set_foot: puts @widget below the places. */
void
dure_sidebar_set_foot (DureSidebar *self, GtkWidget *widget)
{
  g_return_if_fail (DURE_IS_SIDEBAR (self));

  adw_bin_set_child (self->foot, widget);
}
