/* dure-event-parts.c: the parts of an event as a timeline, and its agenda
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each part begins when the one before it ends, the first with the event: order and length are all that the officer
 * says. Rows are dragged, or moved with Alt+Up and Alt+Down.
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-parts.h"

#include <glib/gi18n-lib.h>

#include "app/meeting/dure-part-row.h"
#include "app/widgets/dure-new-record-dialog.h"
#include "base/dure-date.h"
#include "domain/dure-event.h"

#define NEW_PART_MINUTES 60

struct _DureEventParts
{
  DureEventTab parent_instance;

  GtkWidget  *list;
  GtkWidget  *empty;
  GtkWidget  *total;
  GtkWidget  *agenda_list;
  GtkWidget  *agenda_empty;
  GPtrArray  *parts;  /* of DureRecord, in order */
  GPtrArray  *agenda; /* of DureRecord, in order */
  DureRecord *event;
  char       *focus_id; /* the row that gets the focus back after a move */
};

G_DEFINE_FINAL_TYPE (DureEventParts, dure_event_parts, DURE_TYPE_EVENT_TAB)

/* Numbers the parts and lets their times follow. */
static void
retime (DureEventParts *self, GPtrArray *parts)
{
  int day, minute;

  if (!dure_time_split (dure_record_get (self->event, DURE_EVENT_START), &day, &minute))
    return;
  for (guint i = 0; i < parts->len; i++)
    {
      DureRecord *part = g_ptr_array_index (parts, i);
      g_autofree char *start = dure_time_join (day + minute / 1440, minute % 1440);

      dure_record_set_int (part, DURE_PART_ORDER, i + 1);
      dure_record_set (part, DURE_PART_START, start);
      minute += (int) dure_record_get_int (part, DURE_PART_MINUTES);
    }
}

static GPtrArray *
copy_parts (DureEventParts *self)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->parts != NULL && i < self->parts->len; i++)
    g_ptr_array_add (parts, dure_record_copy (g_ptr_array_index (self->parts, i)));
  return parts;
}

static void
set_focus_id (DureEventParts *self, DureRecord *record)
{
  g_free (self->focus_id);
  self->focus_id = g_strdup (dure_record_get_id (record));
}

/**
 * dure_event_parts_move:
 * @self: the tab
 * @from: place of a part, from 0
 * @to: its new place
 */
void
dure_event_parts_move (DureEventParts *self, guint from, guint to)
{
  g_autoptr (GPtrArray) parts = NULL;
  DureRecord *part;

  g_return_if_fail (DURE_IS_EVENT_PARTS (self));
  if (self->parts == NULL || from >= self->parts->len || to >= self->parts->len || from == to)
    return;
  parts = copy_parts (self);
  part = g_object_ref (g_ptr_array_index (parts, from));
  set_focus_id (self, part);
  g_ptr_array_remove_index (parts, from);
  g_ptr_array_insert (parts, to, part);
  retime (self, parts);
  dure_event_tab_apply (DURE_EVENT_TAB (self), _("Order of the parts"), parts, NULL, NULL);
}

/* The parts after it move along. */
void
dure_event_parts_set_minutes (DureEventParts *self, guint position, int minutes)
{
  g_autoptr (GPtrArray) parts = NULL;
  DureRecord *part;

  g_return_if_fail (DURE_IS_EVENT_PARTS (self));
  if (self->parts == NULL || position >= self->parts->len)
    return;
  parts = copy_parts (self);
  part = g_ptr_array_index (parts, position);
  if (dure_record_get_int (part, DURE_PART_MINUTES) == minutes)
    return;
  dure_record_set_int (part, DURE_PART_MINUTES, minutes);
  retime (self, parts);
  dure_event_tab_apply (DURE_EVENT_TAB (self), _("Length of a part"), parts, NULL, NULL);
}

guint
dure_event_parts_get_n_parts (DureEventParts *self)
{
  g_return_val_if_fail (DURE_IS_EVENT_PARTS (self), 0);
  return self->parts != NULL ? self->parts->len : 0;
}

/* Returns: (transfer full) (nullable): "14:00~15:30 Training", as the row says it */
char *
dure_event_parts_describe (DureEventParts *self, guint position)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (DURE_IS_EVENT_PARTS (self), NULL);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) position);
  return row != NULL ? dure_part_row_describe (DURE_PART_ROW (row)) : NULL;
}

static void
row_move_cb (DureEventParts *self, int from, int to)
{
  if (from >= 0 && to >= 0)
    dure_event_parts_move (self, (guint) from, (guint) to);
}

static void
row_minutes_cb (DureEventParts *self, int minutes, DurePartRow *row)
{
  dure_event_parts_set_minutes (self, (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), minutes);
}

/* The dialog wrote the part; the times of all follow it. */
static void
part_written_cb (DureEventParts *self, DureRecord *written)
{
  g_autoptr (GPtrArray) parts = dure_event_records (dure_event_tab_get_store (DURE_EVENT_TAB (self)),
                                                    DURE_ENTITY_PART,
                                                    dure_event_tab_get_event_id (DURE_EVENT_TAB (self)),
                                                    NULL);

  if (parts == NULL)
    return;
  set_focus_id (self, written);
  retime (self, parts);
  dure_event_tab_apply (DURE_EVENT_TAB (self), _("Times of the parts"), parts, NULL, NULL);
}

static void
edit_part (DureEventParts *self, DureRecord *part, const char *title)
{
  static const int fields[] = { DURE_PART_TITLE,    DURE_PART_KIND,  DURE_PART_MINUTES, DURE_PART_LECTURER,
                                DURE_PART_SUMMARY,  DURE_PART_VENUE, -1 };
  DureNewRecordDialog *dialog = dure_new_record_dialog_present_fields (
    GTK_WIDGET (self), dure_event_tab_get_desk (DURE_EVENT_TAB (self)), part, title, fields);

  g_signal_connect_object (dialog, "created", G_CALLBACK (part_written_cb), self, G_CONNECT_SWAPPED);
}

static void
row_edit_cb (DureEventParts *self, DurePartRow *row)
{
  edit_part (self, dure_part_row_get_part (row), _("Edit Part"));
}

static void
row_remove_cb (DureEventParts *self, DurePartRow *row)
{
  g_autoptr (GPtrArray) parts = copy_parts (self);
  g_autoptr (GPtrArray) deleted = g_ptr_array_new_with_free_func (g_object_unref);
  guint position = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  if (position >= parts->len)
    return;
  g_ptr_array_add (deleted, g_object_ref (g_ptr_array_index (parts, position)));
  g_ptr_array_remove_index (parts, position);
  retime (self, parts);
  dure_event_tab_apply (DURE_EVENT_TAB (self), _("Remove part"), parts, deleted, _("Part removed"));
}

static void
add_part_cb (DureEventParts *self)
{
  g_autoptr (DureRecord) part = dure_event_tab_new_record (DURE_EVENT_TAB (self), DURE_ENTITY_PART);
  int day, minute;

  dure_record_set_int (part, DURE_PART_ORDER, self->parts != NULL ? self->parts->len + 1 : 1);
  dure_record_set_int (part, DURE_PART_MINUTES, NEW_PART_MINUTES);
  dure_record_set (part, DURE_PART_KIND, "discussion");
  if (self->event != NULL && dure_time_split (dure_record_get (self->event, DURE_EVENT_START), &day, &minute))
    {
      g_autofree char *start = NULL;

      for (guint i = 0; self->parts != NULL && i < self->parts->len; i++)
        minute += (int) dure_record_get_int (g_ptr_array_index (self->parts, i), DURE_PART_MINUTES);
      start = dure_time_join (day + minute / 1440, minute % 1440);
      dure_record_set (part, DURE_PART_START, start);
    }
  edit_part (self, part, _("New Part"));
}

/* Agenda */

static void
edit_item (DureEventParts *self, DureRecord *item, const char *title)
{
  static const int fields[] = { DURE_AGENDA_ITEM_TITLE, DURE_AGENDA_ITEM_KIND, DURE_AGENDA_ITEM_PROPOSER, -1 };

  dure_new_record_dialog_present_fields (
    GTK_WIDGET (self), dure_event_tab_get_desk (DURE_EVENT_TAB (self)), item, title, fields);
}

static void
add_item_cb (DureEventParts *self)
{
  g_autoptr (DureRecord) item = dure_event_tab_new_record (DURE_EVENT_TAB (self), DURE_ENTITY_AGENDA_ITEM);

  dure_record_set_int (item, DURE_AGENDA_ITEM_ORDER, self->agenda != NULL ? self->agenda->len + 1 : 1);
  edit_item (self, item, _("New Agenda Item"));
}

static void
item_activated_cb (DureEventParts *self, GtkListBoxRow *row)
{
  guint position = (guint) gtk_list_box_row_get_index (row);

  if (self->agenda != NULL && position < self->agenda->len)
    edit_item (self, g_ptr_array_index (self->agenda, position), _("Edit Agenda Item"));
}

static void
item_remove_cb (DureEventParts *self, GtkButton *button)
{
  dure_event_tab_remove_row (DURE_EVENT_TAB (self), GTK_WIDGET (button), self->agenda, _("Remove agenda item"),
                             _("Agenda item removed"));
}

static void
clear_list (GtkWidget *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), GTK_WIDGET (row));
}

static void
show_agenda (DureEventParts *self)
{
  DureStore *store = dure_event_tab_get_store (DURE_EVENT_TAB (self));

  clear_list (self->agenda_list);
  for (guint i = 0; i < self->agenda->len; i++)
    {
      DureRecord *item = g_ptr_array_index (self->agenda, i);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
      g_autofree char *kind = dure_store_format (store, item, DURE_AGENDA_ITEM_KIND);
      g_autofree char *proposer = dure_store_format (store, item, DURE_AGENDA_ITEM_PROPOSER);
      g_autofree char *title = g_strdup_printf ("%u. %s", i + 1, dure_record_get_title (item));
      g_autofree char *name = g_strdup_printf (_("Remove %s"), dure_record_get_title (item));
      gboolean both = kind != NULL && *kind != '\0' && proposer != NULL && *proposer != '\0';
      g_autofree char *subtitle =
        g_strconcat (kind != NULL ? kind : "", both ? " · " : "", proposer != NULL ? proposer : "", NULL);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_add_css_class (remove, "flat");
      gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (remove, _("Remove"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_signal_connect_object (remove, "clicked", G_CALLBACK (item_remove_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
      gtk_list_box_append (GTK_LIST_BOX (self->agenda_list), row);
    }
  gtk_widget_set_visible (self->agenda_list, self->agenda->len > 0);
  gtk_widget_set_visible (self->agenda_empty, self->agenda->len == 0);
}

static void
show_total (DureEventParts *self)
{
  int minutes = 0, day, start, last, end;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->parts->len; i++)
    minutes += (int) dure_record_get_int (g_ptr_array_index (self->parts, i), DURE_PART_MINUTES);
  gtk_widget_remove_css_class (self->total, "warning");
  if (self->parts->len == 0)
    text = g_strdup ("");
  else if (dure_time_split (dure_record_get (self->event, DURE_EVENT_START), &day, &start)
           && dure_time_split (dure_record_get (self->event, DURE_EVENT_END), &last, &end)
           && minutes > (last - day) * 1440 + end - start)
    {
      text = g_strdup_printf (_("%d minutes in all, %d more than the event lasts"),
                              minutes,
                              minutes - ((last - day) * 1440 + end - start));
      gtk_widget_add_css_class (self->total, "warning");
    }
  else
    text = g_strdup_printf (_("%d minutes in all"), minutes);
  gtk_label_set_text (GTK_LABEL (self->total), text);
}

static void
dure_event_parts_load (DureEventTab *tab, DureRecord *event)
{
  DureEventParts *self = DURE_EVENT_PARTS (tab);
  DureStore *store = dure_event_tab_get_store (tab);
  int day = DURE_NO_DAY, minute = 0;
  GtkWidget *focused = NULL;

  g_set_object (&self->event, event);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->agenda, g_ptr_array_unref);
  self->parts = dure_event_records (store, DURE_ENTITY_PART, dure_record_get_id (event), NULL);
  if (self->parts == NULL)
    self->parts = g_ptr_array_new ();
  self->agenda = dure_event_records (store, DURE_ENTITY_AGENDA_ITEM, dure_record_get_id (event), NULL);
  if (self->agenda == NULL)
    self->agenda = g_ptr_array_new ();

  clear_list (self->list);
  dure_time_split (dure_record_get (event, DURE_EVENT_START), &day, &minute);
  for (guint i = 0; i < self->parts->len; i++)
    {
      DureRecord *part = g_ptr_array_index (self->parts, i);
      int length = (int) dure_record_get_int (part, DURE_PART_MINUTES);
      GtkWidget *row = dure_part_row_new (store, part, minute, minute + length);

      g_signal_connect_object (row, "move", G_CALLBACK (row_move_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "minutes", G_CALLBACK (row_minutes_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "edit", G_CALLBACK (row_edit_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "remove", G_CALLBACK (row_remove_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      if (g_strcmp0 (dure_record_get_id (part), self->focus_id) == 0)
        focused = row;
      minute += length;
    }
  gtk_widget_set_visible (self->list, self->parts->len > 0);
  gtk_widget_set_visible (self->empty, self->parts->len == 0);
  show_total (self);
  show_agenda (self);
  if (focused != NULL)
    gtk_widget_grab_focus (focused);
}

static void
row_activated_cb (DureEventParts *self, GtkListBoxRow *row)
{
  row_edit_cb (self, DURE_PART_ROW (row));
}

static void
dure_event_parts_dispose (GObject *object)
{
  DureEventParts *self = DURE_EVENT_PARTS (object);

  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->agenda, g_ptr_array_unref);
  g_clear_object (&self->event);
  g_clear_pointer (&self->focus_id, g_free);
  G_OBJECT_CLASS (dure_event_parts_parent_class)->dispose (object);
}

static void
dure_event_parts_class_init (DureEventPartsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_event_parts_dispose;
  DURE_EVENT_TAB_CLASS (klass)->load = dure_event_parts_load;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/meeting/dure-event-parts.ui");
  gtk_widget_class_bind_template_child (widget_class, DureEventParts, list);
  gtk_widget_class_bind_template_child (widget_class, DureEventParts, empty);
  gtk_widget_class_bind_template_child (widget_class, DureEventParts, total);
  gtk_widget_class_bind_template_child (widget_class, DureEventParts, agenda_list);
  gtk_widget_class_bind_template_child (widget_class, DureEventParts, agenda_empty);
  gtk_widget_class_bind_template_callback (widget_class, add_part_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_item_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, item_activated_cb);
}

static void
dure_event_parts_init (DureEventParts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
