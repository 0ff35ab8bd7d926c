/* dure-event-actions.c: what is to be done after an event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-actions.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/dure-new-record-dialog.h"
#include "base/dure-date.h"
#include "domain/dure-event.h"

#define SOON_DAYS 7

struct _DureEventActions
{
  DureEventTab parent_instance;

  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *count;
  GPtrArray *actions;
};

G_DEFINE_FINAL_TYPE (DureEventActions, dure_event_actions, DURE_TYPE_EVENT_TAB)

static gboolean
is_open (DureRecord *action)
{
  const char *state = dure_record_get (action, DURE_ACTION_STATE);

  return state == NULL || g_str_equal (state, "open");
}

/* Open ones by their day, then those that are done. */
static int
compare (gconstpointer a, gconstpointer b)
{
  DureRecord *left = *(DureRecord *const *) a;
  DureRecord *right = *(DureRecord *const *) b;
  const char *left_due = dure_record_get (left, DURE_ACTION_DUE);
  const char *right_due = dure_record_get (right, DURE_ACTION_DUE);

  if (is_open (left) != is_open (right))
    return is_open (left) ? -1 : 1;
  return g_strcmp0 (left_due != NULL ? left_due : "9999", right_due != NULL ? right_due : "9999");
}

static DureRecord *
action_of (DureEventActions *self, GtkWidget *widget)
{
  GtkWidget *row = GTK_IS_LIST_BOX_ROW (widget) ? widget : gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);
  int position = row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;

  return position >= 0 && (guint) position < self->actions->len ? g_ptr_array_index (self->actions, position) : NULL;
}

static void
edit (DureEventActions *self, DureRecord *action, const char *title)
{
  static const int fields[] = { DURE_ACTION_TITLE, DURE_ACTION_AGENCY,      DURE_ACTION_PERSON, DURE_ACTION_DUE,
                                DURE_ACTION_STATE, DURE_ACTION_AGENDA_ITEM, DURE_ACTION_RESULT, -1 };

  dure_new_record_dialog_present_fields (
    GTK_WIDGET (self), dure_event_tab_get_desk (DURE_EVENT_TAB (self)), action, title, fields);
}

static void
add_cb (DureEventActions *self)
{
  g_autoptr (DureRecord) action = dure_event_tab_new_record (DURE_EVENT_TAB (self), DURE_ENTITY_ACTION);

  edit (self, action, _("New Follow-up Action"));
}

static void
activated_cb (DureEventActions *self, GtkListBoxRow *row)
{
  DureRecord *action = action_of (self, GTK_WIDGET (row));

  if (action != NULL)
    edit (self, action, _("Edit Follow-up Action"));
}

static void
done_cb (DureEventActions *self, GtkCheckButton *check)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  DureRecord *action = action_of (self, GTK_WIDGET (check));
  DureRecord *copy;
  gboolean done = gtk_check_button_get_active (check);

  if (action == NULL)
    return;
  copy = dure_record_copy (action);
  dure_record_set (copy, DURE_ACTION_STATE, done ? "done" : "open");
  g_ptr_array_add (records, copy);
  dure_event_tab_apply (
    DURE_EVENT_TAB (self), done ? _("Action done") : _("Action open again"), records, NULL, done ? _("Done") : NULL);
}

static void
remove_cb (DureEventActions *self, GtkButton *button)
{
  g_autoptr (GPtrArray) deleted = g_ptr_array_new ();
  DureRecord *action = action_of (self, GTK_WIDGET (button));

  if (action == NULL)
    return;
  g_ptr_array_add (deleted, action);
  dure_event_tab_apply (DURE_EVENT_TAB (self), _("Remove action"), NULL, deleted, _("Action removed"));
}

static GtkWidget *
new_due_label (DureRecord *action)
{
  const char *due = dure_record_get (action, DURE_ACTION_DUE);
  int today = dure_day_today ();
  int day = due != NULL ? dure_day (due) : DURE_NO_DAY;
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *date = NULL;
  g_autofree char *relative = NULL;
  g_autofree char *text = NULL;

  gtk_widget_add_css_class (label, "numeric");
  if (day == DURE_NO_DAY)
    return label;
  date = dure_date_format_short (due);
  relative = dure_day_format_relative (day, today);
  if (is_open (action) && day < today)
    {
      text = g_strdup_printf (_("%s · %s, overdue"), date, relative);
      gtk_widget_add_css_class (label, "when-late");
    }
  else if (is_open (action))
    {
      text = g_strdup_printf ("%s · %s", date, relative);
      gtk_widget_add_css_class (label, day - today <= SOON_DAYS ? "when-soon" : "dim-label");
    }
  else
    {
      text = g_strdup (date);
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_label_set_text (GTK_LABEL (label), text);
  return label;
}

static GtkWidget *
new_row (DureEventActions *self, DureRecord *action)
{
  DureStore *store = dure_event_tab_get_store (DURE_EVENT_TAB (self));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  const char *title = dure_record_get_title (action);
  g_autofree char *agency = dure_store_format (store, action, DURE_ACTION_AGENCY);
  g_autofree char *person = dure_store_format (store, action, DURE_ACTION_PERSON);
  g_autofree char *state = dure_store_format (store, action, DURE_ACTION_STATE);
  g_autoptr (GString) who = g_string_new (agency);
  g_autofree char *name = g_strdup_printf (_("Done: %s"), title);
  g_autofree char *remove_name = g_strdup_printf (_("Remove %s"), title);

  if (person != NULL && *person != '\0')
    g_string_append_printf (who, "%s%s", who->len > 0 ? " · " : "", person);
  if (!is_open (action) && state != NULL)
    g_string_append_printf (who, "%s%s", who->len > 0 ? " · " : "", state);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), who->str);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), !is_open (action));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_due_label (action));
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, _("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, remove_name, -1);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  return row;
}

static void
dure_event_actions_load (DureEventTab *tab, DureRecord *event)
{
  DureEventActions *self = DURE_EVENT_ACTIONS (tab);
  GtkListBoxRow *row;
  guint n_open = 0;
  g_autofree char *count = NULL;

  g_clear_pointer (&self->actions, g_ptr_array_unref);
  self->actions =
    dure_event_records (dure_event_tab_get_store (tab), DURE_ENTITY_ACTION, dure_record_get_id (event), NULL);
  if (self->actions == NULL)
    self->actions = g_ptr_array_new ();
  g_ptr_array_sort (self->actions, compare);
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < self->actions->len; i++)
    {
      n_open += is_open (g_ptr_array_index (self->actions, i)) ? 1 : 0;
      gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, g_ptr_array_index (self->actions, i)));
    }
  count = g_strdup_printf (_("%u open of %u"), n_open, self->actions->len);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), self->actions->len > 0 ? "list" : "empty");
}

static void
dure_event_actions_dispose (GObject *object)
{
  g_clear_pointer (&DURE_EVENT_ACTIONS (object)->actions, g_ptr_array_unref);
  G_OBJECT_CLASS (dure_event_actions_parent_class)->dispose (object);
}

static void
dure_event_actions_class_init (DureEventActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_event_actions_dispose;
  DURE_EVENT_TAB_CLASS (klass)->load = dure_event_actions_load;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/meeting/dure-event-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, DureEventActions, stack);
  gtk_widget_class_bind_template_child (widget_class, DureEventActions, list);
  gtk_widget_class_bind_template_child (widget_class, DureEventActions, count);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
dure_event_actions_init (DureEventActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
