/* dure-event-minutes.c: the agenda at the left, what was said and decided at the right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-minutes.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/dure-new-record-dialog.h"
#include "app/widgets/dure-record-form.h"
#include "domain/dure-event.h"

struct _DureEventMinutes
{
  DureEventTab parent_instance;

  GtkWidget *list;
  GtkWidget *right;
  GtkWidget *title;
  GtkWidget *remarks;
  GtkWidget *remarks_empty;
  GtkWidget *form;
  GPtrArray *agenda;
  GPtrArray *shown; /* remarks of the chosen item */
  char      *item_id; /* NULL for what belongs to no item */
  gboolean   loading;
};

G_DEFINE_FINAL_TYPE (DureEventMinutes, dure_event_minutes, DURE_TYPE_EVENT_TAB)

static DureRecord *
chosen_item (DureEventMinutes *self)
{
  for (guint i = 0; self->item_id != NULL && i < self->agenda->len; i++)
    if (g_strcmp0 (dure_record_get_id (g_ptr_array_index (self->agenda, i)), self->item_id) == 0)
      return g_ptr_array_index (self->agenda, i);
  return NULL;
}

static void
clear_list (GtkWidget *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), GTK_WIDGET (row));
}

static void
edit_remark (DureEventMinutes *self, DureRecord *remark, const char *title)
{
  static const int fields[] = { DURE_REMARK_PERSON, DURE_REMARK_TEXT, -1 };

  dure_new_record_dialog_present_fields (
    GTK_WIDGET (self), dure_event_tab_get_desk (DURE_EVENT_TAB (self)), remark, title, fields);
}

static void
add_remark_cb (DureEventMinutes *self)
{
  g_autoptr (DureRecord) remark = dure_event_tab_new_record (DURE_EVENT_TAB (self), DURE_ENTITY_REMARK);

  dure_record_set (remark, DURE_REMARK_AGENDA_ITEM, self->item_id);
  edit_remark (self, remark, _("New Remark"));
}

static void
remark_activated_cb (DureEventMinutes *self, GtkListBoxRow *row)
{
  guint position = (guint) gtk_list_box_row_get_index (row);

  if (self->shown != NULL && position < self->shown->len)
    edit_remark (self, g_ptr_array_index (self->shown, position), _("Edit Remark"));
}

static void
remark_remove_cb (DureEventMinutes *self, GtkButton *button)
{
  dure_event_tab_remove_row (DURE_EVENT_TAB (self), GTK_WIDGET (button), self->shown, _("Remove remark"),
                             _("Remark removed"));
}

static void
add_action_cb (DureEventMinutes *self)
{
  g_autoptr (DureRecord) action = dure_event_tab_new_record (DURE_EVENT_TAB (self), DURE_ENTITY_ACTION);

  dure_record_set (action, DURE_ACTION_AGENDA_ITEM, self->item_id);
  dure_new_record_dialog_present_for (GTK_WIDGET (self), dure_event_tab_get_desk (DURE_EVENT_TAB (self)), action);
}

static void
add_item_cb (DureEventMinutes *self)
{
  static const int fields[] = { DURE_AGENDA_ITEM_TITLE, DURE_AGENDA_ITEM_KIND, DURE_AGENDA_ITEM_PROPOSER, -1 };
  g_autoptr (DureRecord) item = dure_event_tab_new_record (DURE_EVENT_TAB (self), DURE_ENTITY_AGENDA_ITEM);

  dure_record_set_int (item, DURE_AGENDA_ITEM_ORDER, self->agenda != NULL ? self->agenda->len + 1 : 1);
  dure_new_record_dialog_present_fields (
    GTK_WIDGET (self), dure_event_tab_get_desk (DURE_EVENT_TAB (self)), item, _("New Agenda Item"), fields);
}

static void
show_remarks (DureEventMinutes *self)
{
  DureEventTab *tab = DURE_EVENT_TAB (self);
  DureStore *store = dure_event_tab_get_store (tab);
  g_autoptr (GPtrArray) all =
    dure_event_records (store, DURE_ENTITY_REMARK, dure_event_tab_get_event_id (tab), NULL);

  clear_list (self->remarks);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      DureRecord *remark = g_ptr_array_index (all, i);
      g_autofree char *person = NULL;
      GtkWidget *row, *remove;

      if (g_strcmp0 (dure_record_get (remark, DURE_REMARK_AGENDA_ITEM), self->item_id) != 0)
        continue;
      person = dure_store_format (store, remark, DURE_REMARK_PERSON);
      row = adw_action_row_new ();
      remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dure_record_get (remark, DURE_REMARK_TEXT));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), person != NULL ? person : "");
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_add_css_class (remove, "flat");
      gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (remove, _("Remove"));
      gtk_accessible_update_property (
        GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove remark"), -1);
      g_signal_connect_object (remove, "clicked", G_CALLBACK (remark_remove_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
      gtk_list_box_append (GTK_LIST_BOX (self->remarks), row);
      g_ptr_array_add (self->shown, g_object_ref (remark));
    }
  gtk_widget_set_visible (self->remarks, self->shown->len > 0);
  gtk_widget_set_visible (self->remarks_empty, self->shown->len == 0);
}

static void
show_item (DureEventMinutes *self)
{
  DureRecord *item = chosen_item (self);

  gtk_label_set_text (GTK_LABEL (self->title),
                      item != NULL ? dure_record_get_title (item) : _("Remarks without an agenda item"));
  gtk_widget_set_visible (self->form, item != NULL);
  dure_record_form_set_record (DURE_RECORD_FORM (self->form), item);
  show_remarks (self);
}

static void
row_selected_cb (DureEventMinutes *self, GtkListBoxRow *row)
{
  guint position;

  if (self->loading || row == NULL)
    return;
  position = (guint) gtk_list_box_row_get_index (row);
  g_clear_pointer (&self->item_id, g_free);
  if (position < self->agenda->len)
    self->item_id = g_strdup (dure_record_get_id (g_ptr_array_index (self->agenda, position)));
  show_item (self);
}

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), label);
  if (subtitle != NULL && *subtitle != '\0')
    {
      label = gtk_label_new (subtitle);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  return box;
}

static void
dure_event_minutes_event_set (DureEventTab *tab)
{
  static const int fields[] = { DURE_AGENDA_ITEM_RESULT,        DURE_AGENDA_ITEM_VOTES_FOR,
                                DURE_AGENDA_ITEM_VOTES_AGAINST, DURE_AGENDA_ITEM_VOTES_ABSTAIN,
                                DURE_AGENDA_ITEM_DECISION,      -1 };
  DureEventMinutes *self = DURE_EVENT_MINUTES (tab);

  g_clear_pointer (&self->item_id, g_free);
  if (self->form == NULL)
    {
      self->form =
        dure_record_form_new_for_fields (dure_event_tab_get_desk (tab), DURE_ENTITY_AGENDA_ITEM, fields, TRUE);
      gtk_box_insert_child_after (GTK_BOX (self->right), self->form, self->title);
    }
}

static void
dure_event_minutes_load (DureEventTab *tab, DureRecord *event)
{
  DureEventMinutes *self = DURE_EVENT_MINUTES (tab);
  DureStore *store = dure_event_tab_get_store (tab);
  guint chosen;

  g_clear_pointer (&self->agenda, g_ptr_array_unref);
  self->agenda = dure_event_records (store, DURE_ENTITY_AGENDA_ITEM, dure_record_get_id (event), NULL);
  if (self->agenda == NULL)
    self->agenda = g_ptr_array_new ();
  if (chosen_item (self) == NULL)
    {
      g_clear_pointer (&self->item_id, g_free);
      if (self->agenda->len > 0)
        self->item_id = g_strdup (dure_record_get_id (g_ptr_array_index (self->agenda, 0)));
    }
  chosen = self->agenda->len;
  self->loading = TRUE;
  clear_list (self->list);
  for (guint i = 0; i < self->agenda->len; i++)
    {
      DureRecord *item = g_ptr_array_index (self->agenda, i);
      g_autofree char *title = g_strdup_printf ("%u. %s", i + 1, dure_record_get_title (item));
      g_autofree char *result = dure_store_format (store, item, DURE_AGENDA_ITEM_RESULT);

      gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (title, result));
      if (g_strcmp0 (dure_record_get_id (item), self->item_id) == 0)
        chosen = i;
    }
  gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (_("Other remarks"), NULL));
  gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) chosen));
  self->loading = FALSE;
  show_item (self);
}

static void
dure_event_minutes_dispose (GObject *object)
{
  DureEventMinutes *self = DURE_EVENT_MINUTES (object);

  g_clear_pointer (&self->agenda, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->item_id, g_free);
  G_OBJECT_CLASS (dure_event_minutes_parent_class)->dispose (object);
}

static void
dure_event_minutes_class_init (DureEventMinutesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_event_minutes_dispose;
  DURE_EVENT_TAB_CLASS (klass)->event_set = dure_event_minutes_event_set;
  DURE_EVENT_TAB_CLASS (klass)->load = dure_event_minutes_load;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/meeting/dure-event-minutes.ui");
  gtk_widget_class_bind_template_child (widget_class, DureEventMinutes, list);
  gtk_widget_class_bind_template_child (widget_class, DureEventMinutes, right);
  gtk_widget_class_bind_template_child (widget_class, DureEventMinutes, title);
  gtk_widget_class_bind_template_child (widget_class, DureEventMinutes, remarks);
  gtk_widget_class_bind_template_child (widget_class, DureEventMinutes, remarks_empty);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, remark_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_remark_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_action_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_item_cb);
}

static void
dure_event_minutes_init (DureEventMinutes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
