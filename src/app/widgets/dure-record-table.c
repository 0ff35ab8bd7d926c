/* dure-record-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-record-table-private.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-place.h"
#include "app/widgets/dure-new-record-dialog.h"
#include "app/widgets/dure-typed.h"
#include "app/widgets/dure-widgets-style.h"
#include "base/dure-hangul.h"

#define WAIT_MS 150
/* Of the first frame */
#define ROWS_FIRST 2

G_DEFINE_FINAL_TYPE (DureRecordTable, dure_record_table, ADW_TYPE_BIN)

enum
{
  SELECTED,
  OPENED,
  MAKE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- the list --- */

static void
query_for (DureRecordTable *self, const char *text)
{
  g_autoptr (DureQuery) query = dure_query_copy (self->base);

  if (*text != '\0')
    dure_query_text (query, text);
  for (guint f = 0; f < self->entity->n_fields; f++)
    if (self->filters[f] != NULL)
      dure_query_where (query, f, self->entity->fields[f].type == DURE_VALUE_SET ? DURE_HAS : DURE_EQUAL,
                        self->filters[f]);
  dure_query_sort (query, self->sort, self->descending);
  dure_record_list_set_query (self->list, query);
  dure_record_table_show_count (self);
}

/** dure_record_table_requery: asks the store for what filters and headings say now. */
void
dure_record_table_requery (DureRecordTable *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_clear_pointer (&self->keys, g_free);
  self->keys = dure_typed_on_korean_keys (text);
  query_for (self, text);
}

/* Where nothing was found the keyboard may have been in English. */
static void
loading_cb (DureRecordTable *self)
{
  if (!dure_record_list_get_loading (self->list) && self->keys != NULL
      && g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    {
      g_autofree char *keys = g_steal_pointer (&self->keys);

      query_for (self, keys);
    }
  dure_record_table_show_count (self);
}

static void
sorter_changed_cb (GtkSorter *sorter, GtkSorterChange change, DureRecordTable *self)
{
  /* The view takes its columns away, and their sorters, when it ends. */
  if (self->showing_sort || self->list == NULL)
    return;
  dure_record_table_read_sort (self);
  dure_record_table_requery (self);
}

static guint
n_selected (DureRecordTable *self, guint *first)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->rows));

  if (first != NULL)
    *first = gtk_bitset_get_minimum (selected);
  return (guint) gtk_bitset_get_size (selected);
}

static gboolean
tell_cb (gpointer user_data)
{
  DureRecordTable *self = user_data;
  g_autoptr (DureRecord) record = NULL;
  guint                  position;
  guint                  n = n_selected (self, &position);
  g_autofree char       *text = NULL;

  self->tell_source = 0;
  if (n == 1)
    record = dure_row_model_get_record (self->rows, position);
  g_free (self->selected_id);
  self->selected_id = g_strdup (record != NULL ? dure_record_get_id (record) : NULL);
  text = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);
  if (n > 1)
    gtk_label_set_text (GTK_LABEL (self->bar_label), text);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->bar), n > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "list.delete-selected", n > 0);
  g_signal_emit (self, signals[SELECTED], 0, record);
  return G_SOURCE_REMOVE;
}

/* Holding an arrow key down opens only the last record. */
static void
selection_changed_cb (GtkSelectionModel *model, guint position, guint n_items, DureRecordTable *self)
{
  if (!self->restoring && self->tell_source == 0)
    self->tell_source = g_timeout_add (WAIT_MS / 3, tell_cb, self);
}

static gboolean
select_id (DureRecordTable *self, const char *id, gboolean quiet)
{
  int position = dure_record_list_find (self->list, id);

  if (position < 0)
    return FALSE;
  if ((guint) position >= g_list_model_get_n_items (G_LIST_MODEL (self->rows)))
    dure_row_model_set_n_rows (self->rows, G_MAXUINT);
  self->restoring = quiet;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->rows), (guint) position, TRUE);
  self->restoring = FALSE;
  /* The action belongs to the list inside the column view. */
  if (!quiet)
    gtk_widget_activate_action (gtk_widget_get_last_child (self->view), "list.scroll-to-item", "u", (guint) position);
  return TRUE;
}

/* A record that changed comes back as another row: it stays selected. */
static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, DureRecordTable *self)
{
  if (self->wanted_id != NULL && select_id (self, self->wanted_id, FALSE))
    g_clear_pointer (&self->wanted_id, g_free);
  else if (self->selected_id != NULL && n_selected (self, NULL) == 0 && !select_id (self, self->selected_id, TRUE)
           && self->tell_source == 0 && !dure_record_list_get_loading (self->list))
    self->tell_source = g_timeout_add (WAIT_MS, tell_cb, self);
  dure_record_table_show_count (self);
  dure_record_table_queue_rows (self);
}

static gboolean
refresh_cb (gpointer user_data)
{
  DureRecordTable *self = user_data;

  self->refresh_source = 0;
  dure_record_table_refresh_cells (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (DureStore *store, guint entity, const char *id, DureRecordTable *self)
{
  if (entity == self->entity->id)
    dure_record_table_queue_count (self, WAIT_MS);
  if ((entity == self->entity->id || id == NULL || g_hash_table_contains (self->titles, id))
      && self->refresh_source == 0)
    self->refresh_source = g_idle_add (refresh_cb, self);
}

static void
activate_cb (GtkColumnView *view, guint position, DureRecordTable *self)
{
  g_autoptr (DureRecord) record = dure_row_model_get_record (self->rows, position);

  if (record != NULL)
    g_signal_emit (self, signals[OPENED], 0, record);
}

/* --- buttons --- */

static void
unselect_cb (GtkButton *button, DureRecordTable *self)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->rows));
}

static void
clear_cb (GtkButton *button, DureRecordTable *self)
{
  dure_record_table_clear_filters (self);
  dure_record_table_requery (self);
}

static void
make_cb (GtkButton *button, DureRecordTable *self)
{
  dure_record_table_make (self);
}

static void
created_cb (DureNewRecordDialog *dialog, DureRecord *record, DureRecordTable *self)
{
  dure_record_table_select (self, dure_record_get_id (record));
}

/* Down from the search goes into the list. */
static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  keyval,
               guint                  keycode,
               GdkModifierType        state,
               DureRecordTable       *self)
{
  if (keyval != GDK_KEY_Down || g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return GDK_EVENT_PROPAGATE;
  if (n_selected (self, NULL) == 0)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->rows), 0, TRUE);
  gtk_widget_child_focus (self->view, GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

static gboolean
fit_cb (gpointer user_data)
{
  DureRecordTable *self = user_data;

  self->fit_source = 0;
  dure_record_table_fit_columns (self, self->fitted_width);
  return G_SOURCE_REMOVE;
}

/* The room for columns is what the scrolled window shows at once. */
static void
page_size_cb (GtkAdjustment *adjustment, GParamSpec *pspec, DureRecordTable *self)
{
  int width = (int) gtk_adjustment_get_page_size (adjustment);

  if (width == self->fitted_width || width == 0)
    return;
  self->fitted_width = width;
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

static void
dure_record_table_dispose (GObject *object)
{
  DureRecordTable *self = DURE_RECORD_TABLE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_handle_id (&self->count_source, g_source_remove);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (self->view, self->tick);
  self->tick = 0;
  if (self->view != NULL && self->rows != NULL)
    gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), NULL);
  g_clear_object (&self->rows);
  g_clear_object (&self->list);
  g_clear_object (&self->prefill);
  g_clear_object (&self->desk);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (dure_record_table_parent_class)->dispose (object);
}

static void
dure_record_table_finalize (GObject *object)
{
  DureRecordTable *self = DURE_RECORD_TABLE (object);

  for (guint f = 0; self->filters != NULL && f < self->entity->n_fields; f++)
    g_free (self->filters[f]);
  g_free (self->filters);
  g_free (self->selected_id);
  g_free (self->wanted_id);
  g_free (self->keys);
  g_clear_pointer (&self->base, dure_query_free);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_hash_table_unref (self->titles);
  g_hash_table_unref (self->bound);
  g_hash_table_unref (self->asleep);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (dure_record_table_parent_class)->finalize (object);
}

static void
dure_record_table_class_init (DureRecordTableClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = dure_record_table_dispose;
  object_class->finalize = dure_record_table_finalize;

  signals[SELECTED] = g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    DURE_TYPE_RECORD);
  signals[OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  DURE_TYPE_RECORD);
  signals[MAKE] = g_signal_new ("make", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/widgets/dure-record-table.ui");
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, search);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, chips);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, clear);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, count);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, stack);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, view);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, empty);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, second);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, make);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, nothing);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, bar);
  gtk_widget_class_bind_template_child (widget_class, DureRecordTable, bar_label);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, unselect_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_size_cb);
  gtk_widget_class_install_action (widget_class, "list.delete-selected", NULL, dure_record_table_delete_selected);
  dure_widgets_style_load ();
}

static void
dure_record_table_init (DureRecordTable *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkShortcut        *shortcut;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->bound = g_hash_table_new (NULL, NULL);
  self->asleep = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
  self->sort = DURE_SORT_TITLE;
  self->total = -1;
  self->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "table", G_ACTION_GROUP (self->actions));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "list.delete-selected", FALSE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (self->search, keys);

  /* Only while the list itself has the focus: elsewhere Delete belongs to the text. */
  keys = gtk_shortcut_controller_new ();
  shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                               gtk_named_action_new ("list.delete-selected"));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
  gtk_widget_add_controller (self->view, keys);
}

/**
 * dure_record_table_new:
 * @desk: the open store
 * @entity: the entity
 *
 * Returns: (transfer floating): the list of all records of @entity, with the columns that the table marks for lists
 */
GtkWidget *
dure_record_table_new (DureDesk *desk, DureEntityId entity)
{
  DureRecordTable  *self = g_object_new (DURE_TYPE_RECORD_TABLE, NULL);
  g_autoptr (DureQuery) query = dure_query_new (entity);
  g_autofree char  *title = NULL;
  g_autofree char  *make = NULL;
  g_autofree char  *nothing = NULL;

  self->desk = g_object_ref (desk);
  self->entity = dure_entity (entity);
  self->base = dure_query_new (entity);
  self->filters = g_new0 (char *, self->entity->n_fields);
  dure_query_sort (query, DURE_SORT_TITLE, FALSE);
  self->list = dure_record_list_new (dure_desk_get_store (desk), dure_desk_get_reader (desk), query);
  self->rows = dure_row_model_new (self->list, ROWS_FIRST);
  dure_record_table_watch_sight (self);
  dure_record_table_show_columns (self);
  dure_record_table_show_filters (self, NULL);
  dure_record_table_show_sort (self);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), GTK_SELECTION_MODEL (self->rows));
  g_signal_connect_object (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view)), "changed",
                           G_CALLBACK (sorter_changed_cb), self, 0);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (dure_record_table_requery), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "selection-changed", G_CALLBACK (selection_changed_cb), self, 0);
  g_signal_connect_object (self->rows, "rows-changed", G_CALLBACK (dure_record_table_change_rows), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dure_entity_plural (self->entity), -1);

  make = g_strdup_printf (_ ("New %s"), dure_entity_label (self->entity));
  gtk_button_set_label (GTK_BUTTON (self->make), make);
  title = dure_hangul_printf (_ ("No %s yet"), dure_entity_label (self->entity));
  dure_record_table_set_empty (self, dure_entity_icon (entity), title, NULL, NULL, NULL);
  nothing = dure_hangul_printf (_ ("No %s fits these conditions"), dure_entity_label (self->entity));
  adw_status_page_set_title (ADW_STATUS_PAGE (self->nothing), nothing);
  dure_record_table_queue_count (self, 0);
  return GTK_WIDGET (self);
}

/**
 * dure_record_table_set_base:
 * @query: what the list holds before the user filters it
 */
void
dure_record_table_set_base (DureRecordTable *self, const DureQuery *query)
{
  g_return_if_fail (DURE_IS_RECORD_TABLE (self));
  g_return_if_fail (dure_query_get_entity (query) == self->entity->id);

  dure_query_free (self->base);
  self->base = dure_query_copy (query);
  self->total = -1;
  g_clear_pointer (&self->selected_id, g_free);
  dure_record_table_requery (self);
  dure_record_table_queue_count (self, 0);
}

/**
 * dure_record_table_set_empty:
 * @sentence: (nullable): what the list is for
 * @second_label: (nullable): the second first step; the first is to make a record
 * @second_action: (nullable): detailed name of its action
 *
 * What stands there while there is no record at all.
 */
void
dure_record_table_set_empty (DureRecordTable *self,
                             const char      *icon_name,
                             const char      *title,
                             const char      *sentence,
                             const char      *second_label,
                             const char      *second_action)
{
  g_return_if_fail (DURE_IS_RECORD_TABLE (self));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->empty), icon_name);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->empty), sentence);
  gtk_widget_set_visible (self->second, second_label != NULL);
  if (second_label == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->second), second_label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->second), second_action);
}

/** dure_record_table_set_can_make: whether the first step of the empty list is to make a record, or the second one. */
void
dure_record_table_set_can_make (DureRecordTable *self, gboolean can_make)
{
  g_return_if_fail (DURE_IS_RECORD_TABLE (self));

  gtk_widget_set_visible (self->make, can_make);
  if (can_make)
    gtk_widget_remove_css_class (self->second, "suggested-action");
  else
    gtk_widget_add_css_class (self->second, "suggested-action");
}

/** dure_record_table_sort: @field: a field number, or %DURE_SORT_TITLE. */
void
dure_record_table_sort (DureRecordTable *self, int field, gboolean descending)
{
  g_return_if_fail (DURE_IS_RECORD_TABLE (self));

  self->sort = field;
  self->descending = descending;
  dure_record_table_show_sort (self);
  dure_record_table_requery (self);
}

/** dure_record_table_set_prefill: (nullable): what new records made here begin with. */
void
dure_record_table_set_prefill (DureRecordTable *self, DureRecord *prefilled)
{
  g_return_if_fail (DURE_IS_RECORD_TABLE (self));

  g_set_object (&self->prefill, prefilled);
}

/** dure_record_table_make: a new record; it is selected when it was made. */
void
dure_record_table_make (DureRecordTable *self)
{
  g_autoptr (DureRecord) record = NULL;
  DureNewRecordDialog   *dialog;

  g_return_if_fail (DURE_IS_RECORD_TABLE (self));

  if (g_signal_has_handler_pending (self, signals[MAKE], 0, FALSE))
    {
      g_signal_emit (self, signals[MAKE], 0);
      return;
    }
  record = self->prefill != NULL ? dure_record_copy (self->prefill) : dure_record_new (self->entity->id);
  dialog = dure_new_record_dialog_present_for (GTK_WIDGET (self), self->desk, record);
  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), self, 0);
}

/** dure_record_table_focus_search: puts the cursor into the search. */
void
dure_record_table_focus_search (DureRecordTable *self)
{
  g_return_if_fail (DURE_IS_RECORD_TABLE (self));

  gtk_widget_grab_focus (self->search);
}

/** dure_record_table_set_search: shows what fits @text. */
void
dure_record_table_set_search (DureRecordTable *self, const char *text)
{
  g_return_if_fail (DURE_IS_RECORD_TABLE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  dure_record_table_requery (self);
}

/**
 * dure_record_table_select:
 * @id: id of a record
 *
 * Selects and shows the row of a record, as soon as the list has it; filters that hide it are taken away.
 *
 * Returns: %FALSE when there is no such record
 */
gboolean
dure_record_table_select (DureRecordTable *self, const char *id)
{
  g_return_val_if_fail (DURE_IS_RECORD_TABLE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (select_id (self, id, FALSE))
    return TRUE;
  if (dure_store_row_of (dure_desk_get_store (self->desk), self->entity->id, id) <= 0)
    return FALSE;
  g_free (self->wanted_id);
  self->wanted_id = g_strdup (id);
  if (dure_record_table_is_filtered (self))
    clear_cb (NULL, self);
  return TRUE;
}

/** dure_record_table_get_list: (transfer none): the model. */
DureRecordList *
dure_record_table_get_list (DureRecordTable *self)
{
  g_return_val_if_fail (DURE_IS_RECORD_TABLE (self), NULL);

  return self->list;
}
