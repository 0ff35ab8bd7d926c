/* dure-calls-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-calls-view.h"

#include <glib/gi18n-lib.h>

#include "app/register/dure-record-detail.h"
#include "app/register/dure-stage-column.h"
#include "app/shell/dure-place.h"
#include "app/widgets/dure-new-record-dialog.h"
#include "app/widgets/dure-record-table.h"
#include "base/dure-hangul.h"
#include "store/dure-record-list.h"

struct _DureCallsView
{
  AdwBin parent_instance;

  DureDesk         *desk;
  DureRecordList   *calls;
  GPtrArray        *ids;     /* of the calls in the drop-down; the first stands for all */
  GPtrArray        *columns; /* of DureStageColumn */
  DureRecordTable  *table;
  DureRecordDetail *application;
  DureRecordDetail *call;
  gboolean          filling;

  GtkWidget *which;
  GtkWidget *edit_call;
  GtkWidget *as_list;
  GtkWidget *views;
  GtkWidget *board;
  GtkWidget *table_place;
  GtkWidget *side;
  GtkWidget *side_stack;
};

G_DEFINE_FINAL_TYPE (DureCallsView, dure_calls_view, ADW_TYPE_BIN)

static const char *
chosen_call (DureCallsView *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->which));

  return at > 0 && at < self->ids->len ? g_ptr_array_index (self->ids, at) : NULL;
}

static void
filter (DureCallsView *self)
{
  const char           *call = chosen_call (self);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_APPLICATION);
  g_autoptr (DureRecord) prefill = dure_record_new (DURE_ENTITY_APPLICATION);

  if (call != NULL)
    dure_query_where (query, DURE_APPLICATION_CALL, DURE_EQUAL, call);
  dure_record_set (prefill, DURE_APPLICATION_CALL, call);
  for (guint i = 0; i < self->columns->len; i++)
    dure_stage_column_set_call (g_ptr_array_index (self->columns, i), call);
  dure_record_table_set_base (self->table, query);
  dure_record_table_set_prefill (self->table, prefill);
  gtk_widget_set_sensitive (self->edit_call, call != NULL);
}

static void
which_cb (DureCallsView *self)
{
  if (!self->filling)
    filter (self);
}

static void
fill_calls (DureCallsView *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_strdup (chosen_call (self));
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->calls));
  guint            at = 0;

  g_ptr_array_set_size (self->ids, 0);
  g_ptr_array_add (self->ids, NULL);
  gtk_string_list_append (titles, _ ("All calls"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (DureRecord) call = g_list_model_get_item (G_LIST_MODEL (self->calls), i);
      const char *title = dure_record_get (call, DURE_CALL_TITLE);

      gtk_string_list_append (titles, title != NULL ? title : "");
      g_ptr_array_add (self->ids, g_strdup (dure_record_get_id (call)));
      if (g_strcmp0 (chosen, dure_record_get_id (call)) == 0)
        at = i + 1;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->which), G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->which), at);
  self->filling = FALSE;
  if (g_strcmp0 (chosen, chosen_call (self)) != 0)
    filter (self);
}

static void
show_side (DureCallsView *self, DureRecord *record)
{
  gboolean call = dure_record_get_entity (record)->id == DURE_ENTITY_CALL;

  dure_record_detail_set_record (call ? self->call : self->application, record);
  gtk_stack_set_visible_child (GTK_STACK (self->side_stack), GTK_WIDGET (call ? self->call : self->application));
  gtk_widget_set_visible (self->side, TRUE);
}

static void
opened_cb (GtkWidget *widget, DureRecord *record, DureCallsView *self)
{
  if (record != NULL)
    show_side (self, record);
}

static void
close_cb (DureRecordDetail *detail, DureCallsView *self)
{
  gtk_widget_set_visible (self->side, FALSE);
}

typedef struct
{
  DureCallsView *view;
  char          *sentence;
} Move;

static void
moved_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Move              *move = user_data;
  g_autoptr (GError) error = NULL;

  if (dure_desk_write_finish (DURE_DESK (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (move->view), "win.toast-undo", "s", move->sentence);
  else
    gtk_widget_activate_action (GTK_WIDGET (move->view), "win.error", "s", error->message);
  g_object_unref (move->view);
  g_free (move->sentence);
  g_free (move);
}

/** dure_calls_view_move: sets the stage of an application; it can be undone. */
void
dure_calls_view_move (DureCallsView *self, DureRecord *application, const char *stage)
{
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_APPLICATION), DURE_APPLICATION_STAGE);
  g_autoptr (DureRecord) copy = NULL;
  g_autofree char       *title = NULL;
  Move                  *move;

  g_return_if_fail (DURE_IS_CALLS_VIEW (self));
  g_return_if_fail (dure_field_choice (field, stage) != NULL);

  copy = dure_record_copy (application);
  if (!dure_record_set (copy, DURE_APPLICATION_STAGE, stage))
    return;
  title = dure_store_record_title (dure_desk_get_store (self->desk), application);
  move = g_new0 (Move, 1);
  move->view = g_object_ref (self);
  move->sentence = dure_hangul_printf (_ ("%s moved to “%s”."), title,
                                       dure_choice_label (dure_field_choice (field, stage)));
  dure_desk_write_one_async (self->desk, _ ("Stage of an application"), copy, NULL, moved_done_cb, move);
}

static void
moved_cb (DureStageColumn *column, DureRecord *application, const char *stage, DureCallsView *self)
{
  dure_calls_view_move (self, application, stage);
}

static void
as_list_cb (GtkToggleButton *button, DureCallsView *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->views),
                                    gtk_toggle_button_get_active (button) ? "table" : "board");
}

static void
edit_call_cb (GtkButton *button, DureCallsView *self)
{
  const char *id = chosen_call (self);
  g_autoptr (DureRecord) call
      = id != NULL ? dure_store_get (dure_desk_get_store (self->desk), DURE_ENTITY_CALL, id, NULL) : NULL;

  if (call != NULL)
    show_side (self, call);
}

static void
new_call_cb (GtkButton *button, DureCallsView *self)
{
  g_autoptr (DureRecord) call = dure_record_new (DURE_ENTITY_CALL);

  dure_new_record_dialog_present_for (GTK_WIDGET (self), self->desk, call);
}

static void
dure_calls_view_dispose (GObject *object)
{
  DureCallsView *self = DURE_CALLS_VIEW (object);

  g_clear_object (&self->calls);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_calls_view_parent_class)->dispose (object);
}

static void
dure_calls_view_finalize (GObject *object)
{
  DureCallsView *self = DURE_CALLS_VIEW (object);

  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->columns);
  G_OBJECT_CLASS (dure_calls_view_parent_class)->finalize (object);
}

static void
dure_calls_view_class_init (DureCallsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_calls_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_calls_view_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/register/dure-calls-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DureCallsView, which);
  gtk_widget_class_bind_template_child (widget_class, DureCallsView, edit_call);
  gtk_widget_class_bind_template_child (widget_class, DureCallsView, as_list);
  gtk_widget_class_bind_template_child (widget_class, DureCallsView, views);
  gtk_widget_class_bind_template_child (widget_class, DureCallsView, board);
  gtk_widget_class_bind_template_child (widget_class, DureCallsView, table_place);
  gtk_widget_class_bind_template_child (widget_class, DureCallsView, side);
  gtk_widget_class_bind_template_child (widget_class, DureCallsView, side_stack);
  gtk_widget_class_bind_template_callback (widget_class, as_list_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_call_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_call_cb);
}

static void
dure_calls_view_init (DureCallsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->columns = g_ptr_array_new ();
}

static DureRecordDetail *
add_detail (DureCallsView *self, DureEntityId entity)
{
  GtkWidget *detail = dure_record_detail_new (self->desk, entity);

  dure_record_detail_set_back (DURE_RECORD_DETAIL (detail), "window-close-symbolic", _ ("Close"));
  g_signal_connect_object (detail, "back", G_CALLBACK (close_cb), self, 0);
  gtk_stack_add_child (GTK_STACK (self->side_stack), detail);
  return DURE_RECORD_DETAIL (detail);
}

/** dure_calls_view_new: (transfer floating): all calls, by stage. */
GtkWidget *
dure_calls_view_new (DureDesk *desk)
{
  DureCallsView   *self = g_object_new (DURE_TYPE_CALLS_VIEW, NULL);
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_APPLICATION), DURE_APPLICATION_STAGE);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CALL);

  self->desk = g_object_ref (desk);
  for (const DureChoice *choice = field->choices; choice->key != NULL; choice++)
    {
      GtkWidget *column = dure_stage_column_new (desk, choice->key);

      g_signal_connect_object (column, "opened", G_CALLBACK (opened_cb), self, 0);
      g_signal_connect_object (column, "moved", G_CALLBACK (moved_cb), self, 0);
      gtk_box_append (GTK_BOX (self->board), column);
      g_ptr_array_add (self->columns, column);
    }
  self->table = DURE_RECORD_TABLE (dure_record_table_new (desk, DURE_ENTITY_APPLICATION));
  dure_record_table_set_empty (self->table, dure_entity_icon (DURE_ENTITY_APPLICATION), _ ("No application yet"),
                               _ ("A call is published first, then applications move from stage to stage."), NULL,
                               NULL);
  g_signal_connect_object (self->table, "selected", G_CALLBACK (opened_cb), self, 0);
  adw_bin_set_child (ADW_BIN (self->table_place), GTK_WIDGET (self->table));
  self->application = add_detail (self, DURE_ENTITY_APPLICATION);
  self->call = add_detail (self, DURE_ENTITY_CALL);
  dure_query_sort (query, DURE_CALL_OPENS, TRUE);
  self->calls = dure_record_list_new (dure_desk_get_store (desk), dure_desk_get_reader (desk), query);
  g_signal_connect_object (self->calls, "items-changed", G_CALLBACK (fill_calls), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->which, "notify::selected", G_CALLBACK (which_cb), self, G_CONNECT_SWAPPED);
  fill_calls (self);
  filter (self);
  return GTK_WIDGET (self);
}

/** dure_calls_view_make: a new application to the call that is chosen; a call where there is none yet. */
void
dure_calls_view_make (DureCallsView *self)
{
  g_return_if_fail (DURE_IS_CALLS_VIEW (self));

  if (self->ids->len < 2)
    new_call_cb (NULL, self);
  else
    dure_record_table_make (self->table);
}

/** dure_calls_view_search: shows the list, with the cursor in its search. */
void
dure_calls_view_search (DureCallsView *self)
{
  g_return_if_fail (DURE_IS_CALLS_VIEW (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->as_list), TRUE);
  dure_record_table_focus_search (self->table);
}

/** dure_calls_view_open: shows a call or an application; %FALSE when there is no such record. */
gboolean
dure_calls_view_open (DureCallsView *self, DureEntityId entity, const char *id)
{
  g_autoptr (DureRecord) record = NULL;

  g_return_val_if_fail (DURE_IS_CALLS_VIEW (self), FALSE);

  record = dure_store_get (dure_desk_get_store (self->desk), entity, id, NULL);
  if (record == NULL || dure_record_get_deleted (record))
    return FALSE;
  show_side (self, record);
  return TRUE;
}

/** dure_calls_view_where: (transfer full) (nullable): `ENTITY/ID` of what is shown at the side. */
char *
dure_calls_view_where (DureCallsView *self)
{
  GtkWidget  *shown;
  DureRecord *record;

  g_return_val_if_fail (DURE_IS_CALLS_VIEW (self), NULL);

  shown = gtk_stack_get_visible_child (GTK_STACK (self->side_stack));
  if (!gtk_widget_get_visible (self->side) || shown == NULL)
    return NULL;
  record = dure_record_detail_get_record (DURE_RECORD_DETAIL (shown));
  return record != NULL
             ? g_strdup_printf ("%s/%s", dure_record_get_entity (record)->key, dure_record_get_id (record))
             : NULL;
}
