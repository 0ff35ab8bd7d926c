/* dure-link-picker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-link-picker.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/dure-new-record-dialog.h"
#include "app/widgets/dure-typed.h"
#include "app/widgets/dure-widgets-style.h"
#include "base/dure-hangul.h"

#define MOST_FOUND 60

struct _DureLinkPicker
{
  GtkPopover parent_instance;

  DureDesk           *desk;
  const DureEntity   *entity;
  GListStore         *found; /* of DureRecord */
  GtkSingleSelection *selection;
  GCancellable       *cancellable;
  guint               request;

  GtkWidget *search;
  GtkWidget *view;
  GtkWidget *nothing;
  GtkWidget *make;
};

G_DEFINE_FINAL_TYPE (DureLinkPicker, dure_link_picker, GTK_TYPE_POPOVER)

static guint picked_signal;

typedef struct
{
  DureLinkPicker *picker;
  guint           request;
  char           *keys; /* to be asked when nothing is found: the same keys in Hangul, or NULL */
} Request;

static void look_for (DureLinkPicker *self, const char *text, char *keys);

static gpointer
find (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_store_list (store, data, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request            *request = user_data;
  DureLinkPicker     *self = request->picker;
  g_autoptr (GError)  error = NULL;
  g_autoptr (GPtrArray) records = dure_store_thread_run_finish (result, &error);

  if (records != NULL && request->request == self->request && self->desk != NULL)
    {
      g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)), records->pdata,
                           records->len);
      gtk_widget_set_visible (self->nothing, records->len == 0 && request->keys == NULL);
      if (records->len == 0 && request->keys != NULL)
        look_for (self, request->keys, NULL);
    }
  g_object_unref (self);
  g_free (request->keys);
  g_free (request);
}

/* Takes @keys over. */
static void
look_for (DureLinkPicker *self, const char *text, char *keys)
{
  DureQuery *query = dure_query_new (self->entity->id);
  Request   *request = g_new0 (Request, 1);

  if (*text != '\0')
    dure_query_text (query, text);
  dure_query_sort (query, DURE_SORT_TITLE, FALSE);
  dure_query_limit (query, MOST_FOUND);
  request->picker = g_object_ref (self);
  request->request = ++self->request;
  request->keys = keys;
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), find, query, (GDestroyNotify) dure_query_free,
                               (GDestroyNotify) g_ptr_array_unref, self->cancellable, found_cb, request);
}

static void
search (DureLinkPicker *self)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *label = NULL;

  look_for (self, text, dure_typed_on_korean_keys (text));
  label = *text != '\0' ? g_strdup_printf (_ ("New: “%s”"), text)
                        : g_strdup_printf (_ ("New %s"), dure_entity_label (self->entity));
  gtk_button_set_label (GTK_BUTTON (self->make), label);
}

static void
pick (DureLinkPicker *self, DureRecord *record)
{
  g_autofree char *title = dure_store_record_title (dure_desk_get_store (self->desk), record);
  g_autofree char *id = g_strdup (dure_record_get_id (record));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, picked_signal, 0, id, title);
}

static void
row_activate_cb (GtkListView *view, guint position, DureLinkPicker *self)
{
  g_autoptr (DureRecord) record = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (record != NULL)
    pick (self, record);
}

static void
search_activate_cb (GtkSearchEntry *entry, DureLinkPicker *self)
{
  DureRecord *record = gtk_single_selection_get_selected_item (self->selection);

  if (record != NULL)
    pick (self, record);
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, DureLinkPicker *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint at = gtk_single_selection_get_selected (self->selection);

  if (n == 0 || (keyval != GDK_KEY_Down && keyval != GDK_KEY_Up))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Down)
    at = at == GTK_INVALID_LIST_POSITION ? 0 : MIN (at + 1, n - 1);
  else
    at = at == GTK_INVALID_LIST_POSITION || at == 0 ? 0 : at - 1;
  gtk_single_selection_set_selected (self->selection, at);
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", at);
  return GDK_EVENT_STOP;
}

static void
created_cb (DureNewRecordDialog *dialog, DureRecord *record, DureLinkPicker *self)
{
  if (self->desk != NULL)
    pick (self, record);
}

static void
make_cb (GtkButton *button, DureLinkPicker *self)
{
  g_autoptr (DureRecord) record = dure_record_new (self->entity->id);
  const char            *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  DureNewRecordDialog   *dialog;

  if (self->entity->title_field >= 0 && *text != '\0')
    dure_record_set (record, (guint) self->entity->title_field, text);
  gtk_popover_popdown (GTK_POPOVER (self));
  dialog = dure_new_record_dialog_present_for (GTK_WIDGET (self), self->desk, record);
  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), self, 0);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_list_item_set_child (item, box);
}

/* The first two fields of the list that are not the title. */
static char *
describe (DureLinkPicker *self, DureRecord *record)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint f = 0; f < self->entity->n_fields && n < 2; f++)
    if ((int) f != self->entity->title_field && (self->entity->fields[f].flags & DURE_FIELD_LIST)
        && dure_record_get (record, f) != NULL)
      {
        g_autofree char *part = dure_store_format (dure_desk_get_store (self->desk), record, f);

        if (part == NULL || *part == '\0')
          continue;
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
        n++;
      }
  return g_strdup (text->str);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, DureLinkPicker *self)
{
  DureRecord      *record = gtk_list_item_get_item (item);
  GtkWidget       *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget       *detail = gtk_widget_get_next_sibling (title);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (self->desk == NULL)
    return;
  name = dure_store_record_title (dure_desk_get_store (self->desk), record);
  text = describe (self, record);
  gtk_label_set_text (GTK_LABEL (title), name);
  gtk_label_set_text (GTK_LABEL (detail), text);
  gtk_widget_set_visible (detail, *text != '\0');
}

static void
dure_link_picker_show (GtkWidget *widget)
{
  DureLinkPicker *self = DURE_LINK_PICKER (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search (self);
  GTK_WIDGET_CLASS (dure_link_picker_parent_class)->show (widget);
  gtk_widget_grab_focus (self->search);
}

static void
dure_link_picker_dispose (GObject *object)
{
  DureLinkPicker *self = DURE_LINK_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  g_clear_object (&self->found);
  G_OBJECT_CLASS (dure_link_picker_parent_class)->dispose (object);
}

static void
dure_link_picker_finalize (GObject *object)
{
  g_object_unref (DURE_LINK_PICKER (object)->cancellable);
  G_OBJECT_CLASS (dure_link_picker_parent_class)->finalize (object);
}

static void
dure_link_picker_class_init (DureLinkPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_link_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_link_picker_finalize;
  widget_class->show = dure_link_picker_show;

  picked_signal = g_signal_new ("picked", DURE_TYPE_LINK_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/widgets/dure-link-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, DureLinkPicker, search);
  gtk_widget_class_bind_template_child (widget_class, DureLinkPicker, view);
  gtk_widget_class_bind_template_child (widget_class, DureLinkPicker, nothing);
  gtk_widget_class_bind_template_child (widget_class, DureLinkPicker, make);
  gtk_widget_class_bind_template_callback (widget_class, row_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
  dure_widgets_style_load ();
}

static void
dure_link_picker_init (DureLinkPicker *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->found = g_list_store_new (DURE_TYPE_RECORD);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->found)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->view), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->view), GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
  g_object_unref (self->selection); /* the view holds it */
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->search, keys);
}

/**
 * dure_link_picker_new:
 * @desk: the open store
 * @entity: what to pick from
 *
 * Returns: (transfer floating): a popover that finds records of @entity by any part of their text, and makes new ones
 */
GtkWidget *
dure_link_picker_new (DureDesk *desk, DureEntityId entity)
{
  DureLinkPicker  *self = g_object_new (DURE_TYPE_LINK_PICKER, NULL);
  g_autofree char *nothing = NULL;

  self->desk = g_object_ref (desk);
  self->entity = dure_entity (entity);
  nothing = dure_hangul_printf (_ ("No %s found"), dure_entity_label (self->entity));
  gtk_label_set_text (GTK_LABEL (self->nothing), nothing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dure_entity_label (self->entity), -1);
  return GTK_WIDGET (self);
}
