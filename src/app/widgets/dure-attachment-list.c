/* dure-attachment-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-attachment-list.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-file-dialog.h"
#include "app/widgets/dure-attachment-list-private.h"
#include "app/widgets/dure-group-rows.h"
#include "domain/dure-attachment.h"

G_DEFINE_FINAL_TYPE (DureAttachmentList, dure_attachment_list, ADW_TYPE_PREFERENCES_GROUP)

typedef struct
{
  DureAttachmentList *list;
  guint               request;
} Request;

typedef struct
{
  DureEntityId entity;
  char        *owner;
} Wanted;

static void
wanted_free (gpointer data)
{
  g_free (((Wanted *)data)->owner);
  g_free (data);
}

static void
item_free (gpointer data)
{
  DureAttachmentItem *item = data;

  g_object_unref (item->record);
  g_free (item->by);
  g_free (item);
}

static gpointer
read_items (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Wanted *wanted = data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  g_autoptr (GPtrArray) list = dure_attachment_list (store, wanted->entity, wanted->owner, error);

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      DureAttachmentItem *item = g_new0 (DureAttachmentItem, 1);
      g_autoptr (GPtrArray) history = NULL;

      item->record = g_object_ref (list->pdata[i]);
      item->state = dure_sync_blob_state (store, dure_record_get (item->record, DURE_ATTACHMENT_SHA256));
      history = dure_store_history (store, DURE_ENTITY_ATTACHMENT, dure_record_get_id (item->record), NULL);
      if (history != NULL && history->len > 0)
        item->by = g_strdup (((DureHistoryItem *)history->pdata[history->len - 1])->by);
      g_ptr_array_add (items, item);
    }
  return g_steal_pointer (&items);
}

static DureRecord *
record_of (DureAttachmentList *self, const char *id)
{
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      DureAttachmentItem *item = self->items->pdata[i];

      if (g_strcmp0 (dure_record_get_id (item->record), id) == 0)
        return item->record;
    }
  return NULL;
}

static GtkWindow *
window_of (DureAttachmentList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureAttachmentList) self = user_data;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, NULL);

  if (file != NULL && self->desk != NULL && self->owner != NULL)
    dure_attachment_list_add_file (self, file);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureAttachmentList *self = DURE_ATTACHMENT_LIST (widget);

  dure_file_dialog_open_async (window_of (self), _ ("Attach a File"), NULL, NULL, self->cancellable, chosen_cb,
                               g_object_ref (self));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureAttachmentList *self = DURE_ATTACHMENT_LIST (widget);
  DureRecord         *record = record_of (self, g_variant_get_string (parameter, NULL));

  if (record != NULL)
    dure_attachment_list_work (self, DURE_ATTACHMENT_OPEN, record, NULL);
}

typedef struct
{
  DureAttachmentList *list;
  DureRecord         *record;
} Saving;

static void
save_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, NULL);

  if (file != NULL && saving->list->desk != NULL)
    dure_attachment_list_work (saving->list, DURE_ATTACHMENT_SAVE, saving->record, file);
  g_object_unref (saving->list);
  g_object_unref (saving->record);
  g_free (saving);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureAttachmentList *self = DURE_ATTACHMENT_LIST (widget);
  DureRecord         *record = record_of (self, g_variant_get_string (parameter, NULL));
  g_autofree char    *proposed = record != NULL ? dure_attachment_file_name (record) : NULL;
  Saving             *saving;

  if (record == NULL)
    return;
  saving = g_new (Saving, 1);
  saving->list = g_object_ref (self);
  saving->record = g_object_ref (record);
  dure_file_dialog_save_async (window_of (self), _ ("Save the Attachment"), proposed, self->cancellable, save_chosen_cb,
                               saving);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureAttachmentList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dure_desk_delete_finish (DURE_DESK (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _ ("The attachment was removed."));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureAttachmentList *self = DURE_ATTACHMENT_LIST (widget);
  DureRecord         *record = record_of (self, g_variant_get_string (parameter, NULL));
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autofree char *label = NULL;

  if (record == NULL)
    return;
  label = g_strdup_printf (_ ("Remove “%s”"), dure_record_get (record, DURE_ATTACHMENT_NAME));
  g_ptr_array_add (records, record);
  dure_desk_delete_async (self->desk, label, records, FALSE, NULL, removed_cb, g_object_ref (self));
}

static void
fetch_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureAttachmentList *self = DURE_ATTACHMENT_LIST (widget);

  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      DureAttachmentItem *item = self->items->pdata[i];

      if (item->state == DURE_BLOB_ON_SERVER)
        dure_attachment_list_work (self, DURE_ATTACHMENT_FETCH, item->record, NULL);
    }
}

static void
add_files (DureAttachmentList *self, const GValue *value)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *at = files; at != NULL && self->owner != NULL; at = at->next)
    dure_attachment_list_add_file (self, at->data);
  g_slist_free (files);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, DureAttachmentList *self)
{
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) || self->owner == NULL)
    return FALSE;
  add_files (self, value);
  return TRUE;
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureAttachmentList) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    add_files (self, value);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureAttachmentList *self = DURE_ATTACHMENT_LIST (widget);

  gdk_clipboard_read_value_async (gtk_widget_get_clipboard (widget), GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT,
                                  self->cancellable, pasted_cb, g_object_ref (self));
}

static void
activated_cb (AdwActionRow *row, DureAttachmentList *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "attachments.open", "s", g_object_get_data (G_OBJECT (row), "id"));
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, DureAttachmentList *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if (key != GDK_KEY_Delete && key != GDK_KEY_KP_Delete)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), "attachments.remove", "s", g_object_get_data (G_OBJECT (row), "id"));
  return GDK_EVENT_STOP;
}

static GMenuModel *
menu_for (const char *id)
{
  static const struct
  {
    const char *label, *action;
  } entries[] = {
    { N_ ("Open"), "attachments.open" },
    { N_ ("Save As…"), "attachments.save" },
    { N_ ("Remove"), "attachments.remove" },
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GMenuItem) entry = g_menu_item_new (_ (entries[i].label), NULL);

      g_menu_item_set_action_and_target (entry, entries[i].action, "s", id);
      g_menu_append_item (menu, entry);
    }
  return G_MENU_MODEL (menu);
}

/* The first symbolic icon of the kind that the theme has; a coloured one would stand alone among the others. */
static GtkWidget *
icon_for (DureAttachmentList *self, DureRecord *record)
{
  GtkIconTheme    *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  const char      *type = dure_record_get (record, DURE_ATTACHMENT_TYPE);
  g_autofree char *content = g_content_type_from_mime_type (type != NULL ? type : "application/octet-stream");
  g_autoptr (GIcon) icon = g_content_type_get_symbolic_icon (content != NULL ? content : "application/octet-stream");

  const char *const *names = G_IS_THEMED_ICON (icon) ? g_themed_icon_get_names (G_THEMED_ICON (icon)) : NULL;

  for (; names != NULL && *names != NULL; names++)
    if (g_str_has_suffix (*names, "-symbolic") && gtk_icon_theme_has_icon (theme, *names))
      return gtk_image_new_from_icon_name (*names);
  return gtk_image_new_from_icon_name ("x-office-document-symbolic");
}

static const char *const state_icons[] = {
  [DURE_BLOB_HERE] = NULL,
  [DURE_BLOB_WAITING] = "document-send-symbolic",
  [DURE_BLOB_ON_SERVER] = "folder-download-symbolic",
  [DURE_BLOB_MISSING] = "content-loading-symbolic",
};

static GtkWidget *
row_for (DureAttachmentList *self, const DureAttachmentItem *item)
{
  GtkWidget          *row = adw_action_row_new ();
  GtkWidget          *more = gtk_menu_button_new ();
  const char         *id = dure_record_get_id (item->record);
  const char         *title = dure_record_get (item->record, DURE_ATTACHMENT_NAME);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GMenuModel) menu = menu_for (id);
  g_autofree char *size = g_format_size ((guint64)MAX (dure_record_get_int (item->record, DURE_ATTACHMENT_SIZE), 0));
  g_autoptr (GString) subtitle = g_string_new (size);
  g_autofree char *label = g_strdup_printf (_ ("More for “%s”"), title);

  if (item->state != DURE_BLOB_HERE)
    g_string_append_printf (subtitle, " · %s", dure_blob_state_label (item->state));
  if (item->by != NULL && *item->by != '\0')
    g_string_append_printf (subtitle, " · %s", item->by);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle->str);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon_for (self, item->record));
  if (state_icons[item->state] != NULL)
    {
      GtkWidget *state = gtk_image_new_from_icon_name (state_icons[item->state]);

      gtk_widget_add_css_class (state, "dim-label");
      gtk_widget_set_tooltip_text (state, dure_blob_state_label (item->state));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
    }
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), menu);
  gtk_widget_add_css_class (more, "flat");
  gtk_widget_set_valign (more, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (more, _ ("More"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (more), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), more);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (row, keys);
  return row;
}

static GtkWidget *
empty_row (void)
{
  const char *text = _ ("No files yet. Drop them here, or add one with the plus button.");
  GtkWidget  *row = adw_preferences_row_new ();
  GtkWidget  *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "dure-empty-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  return row;
}

static void
show_items (DureAttachmentList *self)
{
  gboolean elsewhere = FALSE;

  dure_group_rows_clear (self->rows);
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      DureAttachmentItem *item = self->items->pdata[i];

      elsewhere = elsewhere || item->state == DURE_BLOB_ON_SERVER;
      dure_group_rows_add (self->rows, ADW_PREFERENCES_GROUP (self), row_for (self, item));
    }
  if (self->rows->len == 0)
    dure_group_rows_add (self->rows, ADW_PREFERENCES_GROUP (self), empty_row ());
  gtk_widget_set_visible (self->fetch_all, elsewhere);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request            *request = user_data;
  DureAttachmentList *self = request->list;
  g_autoptr (GPtrArray) items = dure_store_thread_run_finish (result, NULL);

  if (items != NULL && request->request == self->request && self->desk != NULL)
    {
      g_clear_pointer (&self->items, g_ptr_array_unref);
      self->items = g_steal_pointer (&items);
      show_items (self);
    }
  g_object_unref (self);
  g_free (request);
}

/* Shows what is stored now. */
void
dure_attachment_list_reload (DureAttachmentList *self)
{
  Request *request;
  Wanted  *wanted;

  if (self->owner == NULL)
    return;
  request = g_new (Request, 1);
  request->list = g_object_ref (self);
  request->request = ++self->request;
  wanted = g_new (Wanted, 1);
  wanted->entity = self->entity;
  wanted->owner = g_strdup (self->owner);
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), read_items, wanted, wanted_free,
                               (GDestroyNotify)g_ptr_array_unref, self->cancellable, read_cb, request);
}

static gboolean
later_cb (gpointer user_data)
{
  DureAttachmentList *self = user_data;

  self->later = 0;
  dure_attachment_list_reload (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (DureStore *store, guint entity, const char *id, DureAttachmentList *self)
{
  if (entity == DURE_ENTITY_ATTACHMENT && self->owner != NULL && self->later == 0)
    self->later = g_idle_add (later_cb, self);
}

static void
dure_attachment_list_dispose (GObject *object)
{
  DureAttachmentList *self = DURE_ATTACHMENT_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_attachment_list_parent_class)->dispose (object);
}

static void
dure_attachment_list_finalize (GObject *object)
{
  DureAttachmentList *self = DURE_ATTACHMENT_LIST (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->jobs);
  g_object_unref (self->cancellable);
  g_free (self->owner);
  G_OBJECT_CLASS (dure_attachment_list_parent_class)->finalize (object);
}

static void
dure_attachment_list_class_init (DureAttachmentListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_attachment_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_attachment_list_finalize;
  gtk_widget_class_install_action (widget_class, "attachments.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "attachments.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "attachments.save", "s", save_action);
  gtk_widget_class_install_action (widget_class, "attachments.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "attachments.fetch-all", NULL, fetch_all_action);
  gtk_widget_class_install_action (widget_class, "attachments.paste", NULL, paste_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "attachments.paste", NULL);
}

static void
dure_attachment_list_init (DureAttachmentList *self)
{
  GtkWidget     *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget     *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->rows = g_ptr_array_new ();
  self->jobs = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->fetch_all = gtk_button_new_with_label (_ ("Fetch All"));
  gtk_widget_set_visible (self->fetch_all, FALSE);
  gtk_widget_add_css_class (self->fetch_all, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->fetch_all), "attachments.fetch-all");
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_tooltip_text (add, _ ("Attach a file"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Attach a file"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "attachments.add");
  gtk_box_append (GTK_BOX (header), self->fetch_all);
  gtk_box_append (GTK_BOX (header), add);
  gtk_widget_set_valign (header, GTK_ALIGN_CENTER);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), header);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Attachments"));
  g_signal_connect_object (drop, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/** dure_attachment_list_new: Returns: (transfer floating): a list without an owner */
GtkWidget *
dure_attachment_list_new (DureDesk *desk)
{
  DureAttachmentList *self = g_object_new (DURE_TYPE_ATTACHMENT_LIST, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self, 0);
  return GTK_WIDGET (self);
}

/** dure_attachment_list_set_owner: @id: (nullable): whose files are shown; without one the list is hidden. */
void
dure_attachment_list_set_owner (DureAttachmentList *self, DureEntityId entity, const char *id)
{
  g_return_if_fail (DURE_IS_ATTACHMENT_LIST (self));

  if (self->entity == entity && g_strcmp0 (self->owner, id) == 0)
    return;
  g_free (self->owner);
  self->owner = g_strdup (id);
  self->entity = entity;
  self->request++;
  for (guint i = 0; i < self->jobs->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->jobs->pdata[i]);
  g_ptr_array_set_size (self->jobs, 0);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  show_items (self);
  gtk_widget_set_visible (GTK_WIDGET (self), id != NULL);
  dure_attachment_list_reload (self);
}

/** dure_attachment_list_add_file: copies @file beside the store and attaches it; says when that is done. */
void
dure_attachment_list_add_file (DureAttachmentList *self, GFile *file)
{
  g_return_if_fail (DURE_IS_ATTACHMENT_LIST (self));
  g_return_if_fail (self->owner != NULL);

  dure_attachment_list_work (self, DURE_ATTACHMENT_ADD, NULL, file);
}
