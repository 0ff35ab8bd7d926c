/* dure-network-views.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-views.h"

#include <glib/gi18n-lib.h>

#include "base/dure-hangul.h"

struct _DureNetworkViews
{
  AdwBin parent_instance;

  DureNetworkModel *model;
  GtkMenuButton    *button;
  GtkLabel         *label;
  GtkPopover       *popover;
  GtkListBox       *list;
  GtkEntry         *name;
  GtkWidget        *save;
  GtkWidget        *save_new;
};

G_DEFINE_FINAL_TYPE (DureNetworkViews, dure_network_views, ADW_TYPE_BIN)

static char *
name_of (DureNetworkViews *self, const char *id)
{
  DureDesk *desk = dure_network_model_get_desk (self->model);
  g_autoptr (DureRecord) record = NULL;

  if (id == NULL || desk == NULL)
    return NULL;
  record = dure_store_get (dure_desk_get_store (desk), DURE_ENTITY_VIEW, id, NULL);
  return record != NULL && !dure_record_get_deleted (record) ? g_strdup (dure_record_get (record, DURE_VIEW_NAME))
                                                             : NULL;
}

static void
chosen_cb (GtkListBox *list, GtkListBoxRow *row, DureNetworkViews *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));

  gtk_popover_popdown (self->popover);
  dure_network_views_open (self, id);
}

static void
rename_cb (GtkEntry *entry, GtkListBoxRow *row)
{
  DureNetworkViews *self = DURE_NETWORK_VIEWS (gtk_widget_get_ancestor (GTK_WIDGET (entry), DURE_TYPE_NETWORK_VIEWS));
  g_autofree char  *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (*name != '\0')
    {
      dure_network_model_rename_view (self->model, g_object_get_data (G_OBJECT (row), "id"), name);
      gtk_popover_popdown (self->popover);
    }
}

/* The name becomes an entry in its place. */
static void
rename_clicked_cb (GtkButton *button, GtkListBoxRow *row)
{
  GtkWidget *line = gtk_list_box_row_get_child (row);
  GtkWidget *label = g_object_get_data (G_OBJECT (row), "label");
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), gtk_label_get_text (GTK_LABEL (label)));
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 60);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("New name"), -1);
  g_signal_connect_object (entry, "activate", G_CALLBACK (rename_cb), row, 0);
  gtk_box_insert_child_after (GTK_BOX (line), entry, label);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (button), FALSE);
  gtk_widget_grab_focus (entry);
}

static void
delete_clicked_cb (GtkButton *button, GtkListBoxRow *row)
{
  DureNetworkViews *self = DURE_NETWORK_VIEWS (gtk_widget_get_ancestor (GTK_WIDGET (button), DURE_TYPE_NETWORK_VIEWS));
  g_autofree char  *id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  g_autofree char  *name = name_of (self, id);
  g_autofree char  *said = dure_hangul_printf (_ ("Deleted the saved view “%s”."), name != NULL ? name : "");

  dure_network_model_delete_view (self->model, id);
  gtk_popover_popdown (self->popover);
  dure_network_views_update (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", said);
}

static GtkWidget *
new_icon_button (const char *icon, const char *label, GCallback clicked, GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", clicked, row, 0);
  return button;
}

static void
add_row (DureNetworkViews *self, const char *id, const char *name)
{
  gboolean   current = g_strcmp0 (id, dure_network_model_get_saved (self->model)) == 0;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_set_opacity (check, current ? 1 : 0);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_start (label, 6);
  gtk_box_append (GTK_BOX (line), check);
  gtk_box_append (GTK_BOX (line), label);
  if (id != NULL)
    {
      gtk_box_append (GTK_BOX (line),
                      new_icon_button ("document-edit-symbolic", _ ("Rename"), G_CALLBACK (rename_clicked_cb), row));
      gtk_box_append (GTK_BOX (line),
                      new_icon_button ("user-trash-symbolic", _ ("Delete"), G_CALLBACK (delete_clicked_cb), row));
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data (G_OBJECT (row), "label", label);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  gtk_list_box_append (self->list, row);
}

static void
fill (DureNetworkViews *self)
{
  DureDesk        *desk = dure_network_model_get_desk (self->model);
  const char      *saved = dure_network_model_get_saved (self->model);
  g_autofree char *name = name_of (self, saved);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_VIEW);
  g_autoptr (GPtrArray) views = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  add_row (self, NULL, _ ("Common picture"));
  dure_query_where (query, DURE_VIEW_EVENT, DURE_IS_EMPTY, NULL);
  if (desk != NULL)
    views = dure_store_list (dure_desk_get_store (desk), query, NULL);
  for (guint i = 0; views != NULL && i < views->len; i++)
    add_row (self, dure_record_get_id (g_ptr_array_index (views, i)),
             dure_record_get (g_ptr_array_index (views, i), DURE_VIEW_NAME));
  gtk_editable_set_text (GTK_EDITABLE (self->name), name != NULL ? name : "");
  gtk_widget_set_visible (self->save, name != NULL);
}

static void
shown_cb (DureNetworkViews *self)
{
  fill (self);
}

static void
save (DureNetworkViews *self, gboolean as_new)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  if (*name == '\0')
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->name), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
      return;
    }
  gtk_popover_popdown (self->popover);
  dure_network_model_save_view (self->model, name, as_new);
}

static void
save_cb (DureNetworkViews *self)
{
  save (self, FALSE);
}

static void
save_new_cb (DureNetworkViews *self)
{
  save (self, TRUE);
}

static void
typed_cb (DureNetworkViews *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->name), "error");
}

static void
dure_network_views_dispose (GObject *object)
{
  DureNetworkViews *self = DURE_NETWORK_VIEWS (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (dure_network_views_parent_class)->dispose (object);
}

static void
dure_network_views_class_init (DureNetworkViewsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dure_network_views_dispose;
}

static void
dure_network_views_init (DureNetworkViews *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "dure-network-views");
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (chosen_cb), self, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  self->name = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->name, _ ("Name of what is shown"));
  gtk_entry_set_max_length (self->name, 60);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of what is shown"), -1);
  g_signal_connect_object (self->name, "activate", G_CALLBACK (save_new_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  self->save = gtk_button_new_with_label (_ ("Save Changes"));
  self->save_new = gtk_button_new_with_label (_ ("Save as New"));
  gtk_widget_add_css_class (self->save_new, "suggested-action");
  gtk_widget_set_hexpand (self->save, TRUE);
  gtk_widget_set_hexpand (self->save_new, TRUE);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save_new, "clicked", G_CALLBACK (save_new_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (buttons), self->save);
  gtk_box_append (GTK_BOX (buttons), self->save_new);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_set_size_request (box, 280, -1);
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_child (self->popover, box);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, 14);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, GTK_WIDGET (self->label));
  gtk_menu_button_set_always_show_arrow (self->button, TRUE);
  gtk_menu_button_set_popover (self->button, GTK_WIDGET (self->popover));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("Saved Views"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

/**
 * dure_network_views_new:
 * @model: the network
 *
 * Returns: (transfer floating): a button with the name of the view that is shown
 */
GtkWidget *
dure_network_views_new (DureNetworkModel *model)
{
  DureNetworkViews *self = g_object_new (DURE_TYPE_NETWORK_VIEWS, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "saved", G_CALLBACK (dure_network_views_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "changed", G_CALLBACK (dure_network_views_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "view-changed", G_CALLBACK (dure_network_views_update), self, G_CONNECT_SWAPPED);
  dure_network_views_update (self);
  return GTK_WIDGET (self);
}

/**
 * dure_network_views_update:
 * @self: a button
 *
 * Shows the name of the view that is shown now.
 */
void
dure_network_views_update (DureNetworkViews *self)
{
  g_autofree char *name = NULL;

  g_return_if_fail (DURE_IS_NETWORK_VIEWS (self));

  name = name_of (self, dure_network_model_get_saved (self->model));
  gtk_label_set_label (self->label, name != NULL ? name : _ ("Common picture"));
}

/** dure_network_views_get_name: (transfer none): what is shown is called. */
const char *
dure_network_views_get_name (DureNetworkViews *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_VIEWS (self), NULL);

  return gtk_label_get_text (self->label);
}

/**
 * dure_network_views_open:
 * @self: a button
 * @id: (nullable): a saved view; %NULL for the common picture
 *
 * Shows it.
 *
 * Returns: %FALSE when it cannot be read; the window has said why
 */
gboolean
dure_network_views_open (DureNetworkViews *self, const char *id)
{
  DureDesk *desk;
  g_autoptr (DureRecord) record = NULL;
  g_autoptr (DureNetworkView) view = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (DURE_IS_NETWORK_VIEWS (self), FALSE);

  desk = dure_network_model_get_desk (self->model);
  if (id == NULL)
    view = dure_network_view_new ();
  else if (desk != NULL)
    {
      record = dure_store_get (dure_desk_get_store (desk), DURE_ENTITY_VIEW, id, &error);
      if (record != NULL)
        view = dure_network_view_from_json (dure_record_get (record, DURE_VIEW_FILTERS), &error);
    }
  if (view == NULL)
    {
      if (error != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
      return FALSE;
    }
  dure_network_model_set_saved (self->model, id, view);
  dure_network_views_update (self);
  return TRUE;
}
