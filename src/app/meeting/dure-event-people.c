/* dure-event-people.c: who is invited, who replied, who came
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-people-private.h"

#include <glib/gi18n-lib.h>

#include "app/meeting/dure-attendee.h"
#include "app/widgets/dure-link-picker.h"
#include "app/widgets/dure-new-record-dialog.h"
#include "base/dure-date.h"

struct _DureEventPeople
{
  DureEventTab parent_instance;

  GtkWidget         *stack;
  GtkWidget         *search;
  GtkWidget         *show;
  GtkWidget         *counts;
  GtkWidget         *view;
  GtkWidget         *no_match;
  GtkWidget         *invite_agency;
  GtkWidget         *invite_person;
  GtkWidget         *invite_members;
  GtkWidget         *first_agency;
  GtkWidget         *attendance_mode;
  GtkWidget         *attendance_bar;
  GtkWidget         *reply_bar;
  GListStore        *all; /* of DureAttendee */
  GtkCustomFilter   *filter;
  GtkFilterListModel *shown;
  GtkMultiSelection *selection;
  GCancellable      *cancellable;
  char              *body;
  gboolean           has_pickers;
};

G_DEFINE_FINAL_TYPE (DureEventPeople, dure_event_people, DURE_TYPE_EVENT_TAB)

/** Answer: a key of the keyboard and what it says; @hangul is the letter on the same key. */
typedef struct
{
  guint       key;
  gunichar    hangul;
  guint       field;
  const char *value;
} Answer;

static const Answer answers[] = {
  { GDK_KEY_y, 0x315b, DURE_PARTICIPATION_REPLY, "yes" },
  { GDK_KEY_n, 0x315c, DURE_PARTICIPATION_REPLY, "no" },
  { GDK_KEY_m, 0x3161, DURE_PARTICIPATION_REPLY, "maybe" },
  { GDK_KEY_p, 0x3154, DURE_PARTICIPATION_REPLY, "proxy" },
  { GDK_KEY_0, 0, DURE_PARTICIPATION_REPLY, "none" },
  { GDK_KEY_1, 0, DURE_PARTICIPATION_ATTENDANCE, "present" },
  { GDK_KEY_2, 0, DURE_PARTICIPATION_ATTENDANCE, "absent" },
  { GDK_KEY_3, 0, DURE_PARTICIPATION_ATTENDANCE, "excused" },
  { GDK_KEY_4, 0, DURE_PARTICIPATION_ATTENDANCE, "proxy" },
  { GDK_KEY_5, 0, DURE_PARTICIPATION_ATTENDANCE, "walk-in" },
};

static const Answer *
find_answer (guint keyval)
{
  guint lower = gdk_keyval_to_lower (keyval);
  gunichar c = gdk_keyval_to_unicode (keyval);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (answers[i].key == lower || (c != 0 && (answers[i].key == c || answers[i].hangul == c)))
      return &answers[i];
  return NULL;
}

static guint
count_where (DureEventPeople *self, guint field, const char *value)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->all)); i++)
    {
      g_autoptr (DureAttendee) attendee = g_list_model_get_item (G_LIST_MODEL (self->all), i);

      if (!dure_attendee_is_lecturer (attendee)
          && g_strcmp0 (dure_record_get (dure_attendee_get_record (attendee), field), value) == 0)
        n++;
    }
  return n;
}

static void
show_counts (DureEventPeople *self)
{
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->all));
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  guint lecturers = 0;
  guint none = count_where (self, DURE_PARTICIPATION_REPLY, "none");
  guint came = count_where (self, DURE_PARTICIPATION_ATTENDANCE, "present")
               + count_where (self, DURE_PARTICIPATION_ATTENDANCE, "proxy")
               + count_where (self, DURE_PARTICIPATION_ATTENDANCE, "walk-in");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < all; i++)
    {
      g_autoptr (DureAttendee) attendee = g_list_model_get_item (G_LIST_MODEL (self->all), i);

      lecturers += dure_attendee_is_lecturer (attendee) ? 1 : 0;
    }
  g_string_append_printf (text, _("Replies %u/%u"), all - lecturers - none, all - lecturers);
  g_string_append (text, " · ");
  g_string_append_printf (text,
                          _("Coming %u"),
                          count_where (self, DURE_PARTICIPATION_REPLY, "yes")
                            + count_where (self, DURE_PARTICIPATION_REPLY, "proxy"));
  if (came > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("Present %u"), came);
    }
  if (shown != all)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("%u of %u shown"), shown, all);
    }
  gtk_label_set_text (GTK_LABEL (self->counts), text->str);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), all == 0 ? "empty" : "list");
  gtk_widget_set_visible (self->no_match, all > 0 && shown == 0);
}

static gboolean
filter_func (gpointer item, gpointer user_data)
{
  static const char *const replies[] = { NULL, "none", "yes", "no", "maybe", "proxy" };
  DureEventPeople *self = user_data;
  DureAttendee *attendee = item;
  guint show = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->show));
  const char *reply = dure_record_get (dure_attendee_get_record (attendee), DURE_PARTICIPATION_REPLY);

  if (show > 0 && show < G_N_ELEMENTS (replies) && g_strcmp0 (reply, replies[show]) != 0)
    return FALSE;
  return dure_attendee_matches (attendee, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
refilter_cb (DureEventPeople *self)
{
  if (self->filter == NULL)
    return;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
  show_counts (self);
}

/* Keeps the rows that are there, so that selection and place stay. */
static void
merge (DureEventPeople *self, GPtrArray *attendees)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->all));
  gboolean same = n == attendees->len;

  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (DureAttendee) old = g_list_model_get_item (G_LIST_MODEL (self->all), i);
      DureAttendee *new = g_ptr_array_index (attendees, i);

      same = g_str_equal (dure_attendee_get_id (old), dure_attendee_get_id (new)) && dure_attendee_update (old, new);
    }
  if (!same)
    {
      g_list_store_splice (self->all, 0, n, attendees->pdata, attendees->len);
      if (attendees->len > 0)
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
    }
  show_counts (self);
}

static gpointer
load_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_attendees_load (store, data, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureEventPeople) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) attendees = dure_store_thread_run_finish (result, &error);

  if (self->all == NULL)
    return;
  if (attendees != NULL)
    merge (self, attendees);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
}

static void
agency_picked_cb (DureEventPeople *self, const char *id)
{
  dure_event_people_invite_agency (self, id);
}

static void
person_picked_cb (DureEventPeople *self, const char *id)
{
  dure_event_people_invite_person (self, id);
}

static void
add_picker (DureEventPeople *self, GtkWidget *button, DureEntityId entity, GCallback picked)
{
  GtkWidget *picker = dure_link_picker_new (dure_event_tab_get_desk (DURE_EVENT_TAB (self)), entity);

  g_signal_connect_object (picker, "picked", picked, self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), picker);
}

static void
dure_event_people_event_set (DureEventTab *tab)
{
  DureEventPeople *self = DURE_EVENT_PEOPLE (tab);

  if (!self->has_pickers)
    {
      add_picker (self, self->invite_agency, DURE_ENTITY_AGENCY, G_CALLBACK (agency_picked_cb));
      add_picker (self, self->first_agency, DURE_ENTITY_AGENCY, G_CALLBACK (agency_picked_cb));
      add_picker (self, self->invite_person, DURE_ENTITY_PERSON, G_CALLBACK (person_picked_cb));
      self->has_pickers = TRUE;
    }
  g_list_store_remove_all (self->all);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->show), 0);
}

static void
dure_event_people_load (DureEventTab *tab, DureRecord *event)
{
  DureEventPeople *self = DURE_EVENT_PEOPLE (tab);

  g_free (self->body);
  self->body = g_strdup (dure_record_get (event, DURE_EVENT_BODY));
  gtk_widget_set_visible (self->invite_members, self->body != NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  dure_store_thread_run_async (dure_desk_get_reader (dure_event_tab_get_desk (tab)),
                               load_func,
                               g_strdup (dure_event_tab_get_event_id (tab)),
                               g_free,
                               (GDestroyNotify) g_ptr_array_unref,
                               self->cancellable,
                               loaded_cb,
                               g_object_ref (self));
}

static GPtrArray *
get_selected (DureEventPeople *self, guint *first)
{
  g_autoptr (GtkBitset) bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GPtrArray *selected = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < gtk_bitset_get_size (bits); i++)
    g_ptr_array_add (selected,
                     g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_nth (bits, i)));
  *first = selected->len > 0 ? gtk_bitset_get_nth (bits, 0) : 0;
  return selected;
}

static void
go_to (DureEventPeople *self, guint position)
{
  GtkWidget *list = gtk_widget_get_last_child (self->view);
  gboolean inside = (gtk_widget_get_state_flags (self->view) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  if (list != NULL)
    {
      gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
      if (inside)
        gtk_widget_child_focus (list, GTK_DIR_DOWN);
    }
}

static void
answer (DureEventPeople *self, guint field, const char *value, GPtrArray *attendees)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *today = dure_day_to_date (dure_day_today ());
  g_autofree char *now = dure_now_local ();
  gboolean came = g_strcmp0 (value, "present") == 0 || g_strcmp0 (value, "walk-in") == 0;

  for (guint i = 0; i < attendees->len; i++)
    {
      DureAttendee *attendee = g_ptr_array_index (attendees, i);
      DureRecord *record = dure_record_copy (dure_attendee_get_record (attendee));

      dure_record_set (record, field, value);
      if (field == DURE_PARTICIPATION_REPLY)
        {
          gboolean none = g_strcmp0 (value, "none") == 0;

          dure_record_set (record, DURE_PARTICIPATION_REPLIED_ON, none ? NULL : today);
        }
      else
        dure_record_set (record, DURE_PARTICIPATION_ARRIVED_AT, came ? now : NULL);
      g_ptr_array_add (records, record);
      /* Shown at once; the store says the same a moment later, or an error brings the old answer back. */
      dure_attendee_set_record (attendee, record);
    }
  if (records->len > 0)
    dure_event_tab_apply (DURE_EVENT_TAB (self),
                          field == DURE_PARTICIPATION_REPLY ? _("Record reply") : _("Record attendance"),
                          records,
                          NULL,
                          NULL);
  show_counts (self);
}

static void
remove_selected (DureEventPeople *self)
{
  guint first;
  g_autoptr (GPtrArray) selected = get_selected (self, &first);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autofree char *toast = NULL;

  for (guint i = 0; i < selected->len; i++)
    g_ptr_array_add (records, dure_attendee_get_record (g_ptr_array_index (selected, i)));
  if (records->len == 0)
    return;
  toast = g_strdup_printf (ngettext ("%u invitation removed", "%u invitations removed", records->len), records->len);
  dure_event_tab_apply (DURE_EVENT_TAB (self), _("Remove invitations"), NULL, records, toast);
}

/**
 * dure_event_people_key:
 * @self: the tab
 * @keyval: a key
 *
 * Answers for the selected rows. When it is one row, the next is selected.
 *
 * Returns: whether the key means anything here
 */
gboolean
dure_event_people_key (DureEventPeople *self, guint keyval)
{
  const Answer *found = find_answer (keyval);
  g_autoptr (GPtrArray) selected = NULL;
  guint first;

  g_return_val_if_fail (DURE_IS_EVENT_PEOPLE (self), FALSE);
  if (keyval == GDK_KEY_Delete)
    {
      remove_selected (self);
      return TRUE;
    }
  if (found == NULL)
    return FALSE;
  selected = get_selected (self, &first);
  answer (self, found->field, found->value, selected);
  if (selected->len == 1 && first + 1 < g_list_model_get_n_items (G_LIST_MODEL (self->shown)))
    go_to (self, first + 1);
  return TRUE;
}

static gboolean
key_pressed_cb (DureEventPeople *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  return dure_event_people_key (self, keyval) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
answer_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *key = g_variant_get_string (parameter, NULL);

  dure_event_people_key (DURE_EVENT_PEOPLE (widget), gdk_unicode_to_keyval ((guint32) g_utf8_get_char (key)));
}

static void
invite_all_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_event_people_invite_all (DURE_EVENT_PEOPLE (widget));
}

static void
invite_members_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureEventPeople *self = DURE_EVENT_PEOPLE (widget);

  if (self->body != NULL)
    dure_event_people_invite_members (self, self->body);
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  remove_selected (DURE_EVENT_PEOPLE (widget));
}

/* At the door: a few consonants and Enter, and the next comes in. */
static void
search_activated_cb (DureEventPeople *self)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func (g_object_unref);
  DureAttendee *first = g_list_model_get_item (G_LIST_MODEL (self->shown), 0);

  if (first == NULL)
    return;
  g_ptr_array_add (one, first);
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->attendance_mode))
      && *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    {
      g_autofree char *title = dure_attendee_get_title (first);
      g_autofree char *toast = g_strdup_printf (_("Present: %s"), title);

      answer (self, DURE_PARTICIPATION_ATTENDANCE, "present", one);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", toast);
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
    }
  else
    {
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
      gtk_widget_grab_focus (self->view);
    }
}

/* Enter or a double click: the rest of what is known of the invitation. */
static void
row_activated_cb (DureEventPeople *self, guint position)
{
  static const int fields[] = { DURE_PARTICIPATION_ROLE,       DURE_PARTICIPATION_REQUIRED,
                                DURE_PARTICIPATION_REPLY,      DURE_PARTICIPATION_REPLIED_ON,
                                DURE_PARTICIPATION_REPLY_WAY,  DURE_PARTICIPATION_ATTENDANCE,
                                DURE_PARTICIPATION_ARRIVED_AT, DURE_PARTICIPATION_ALLOWANCE,
                                DURE_PARTICIPATION_NOTE,       -1 };
  g_autoptr (DureAttendee) attendee = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autofree char *title = attendee != NULL ? dure_attendee_get_title (attendee) : NULL;

  if (attendee != NULL)
    dure_new_record_dialog_present_fields (GTK_WIDGET (self),
                                           dure_event_tab_get_desk (DURE_EVENT_TAB (self)),
                                           dure_attendee_get_record (attendee),
                                           title,
                                           fields);
}

static void
mode_cb (DureEventPeople *self)
{
  gboolean door = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->attendance_mode));

  gtk_widget_set_visible (self->attendance_bar, door);
  gtk_widget_set_visible (self->reply_bar, !door);
  if (door)
    gtk_widget_grab_focus (self->search);
}

static void
dure_event_people_dispose (GObject *object)
{
  DureEventPeople *self = DURE_EVENT_PEOPLE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->all);
  g_clear_pointer (&self->body, g_free);
  G_OBJECT_CLASS (dure_event_people_parent_class)->dispose (object);
}

static void
dure_event_people_class_init (DureEventPeopleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_event_people_dispose;
  DURE_EVENT_TAB_CLASS (klass)->event_set = dure_event_people_event_set;
  DURE_EVENT_TAB_CLASS (klass)->load = dure_event_people_load;
  gtk_widget_class_install_action (widget_class, "people.answer", "s", answer_action);
  gtk_widget_class_install_action (widget_class, "people.invite-all", NULL, invite_all_action);
  gtk_widget_class_install_action (widget_class, "people.invite-members", NULL, invite_members_action);
  gtk_widget_class_install_action (widget_class, "people.remove", NULL, remove_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/meeting/dure-event-people.ui");
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, stack);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, search);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, show);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, counts);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, view);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, no_match);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, invite_agency);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, first_agency);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, invite_person);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, invite_members);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, attendance_mode);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, attendance_bar);
  gtk_widget_class_bind_template_child (widget_class, DureEventPeople, reply_bar);
  gtk_widget_class_bind_template_callback (widget_class, refilter_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
dure_event_people_init (DureEventPeople *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->all = g_list_store_new (DURE_TYPE_ATTENDEE);
  self->filter = gtk_custom_filter_new (filter_func, self, NULL);
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->all)),
                                           g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), GTK_SELECTION_MODEL (self->selection));
  dure_event_people_add_columns (GTK_COLUMN_VIEW (self->view));
}

void
dure_event_people_select (DureEventPeople *self, guint position)
{
  g_return_if_fail (DURE_IS_EVENT_PEOPLE (self));
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}

guint
dure_event_people_get_n_shown (DureEventPeople *self)
{
  g_return_val_if_fail (DURE_IS_EVENT_PEOPLE (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}

/* Returns: the first selected row, GTK_INVALID_LIST_POSITION for none */
guint
dure_event_people_get_selected (DureEventPeople *self)
{
  guint first;
  g_autoptr (GPtrArray) selected = NULL;

  g_return_val_if_fail (DURE_IS_EVENT_PEOPLE (self), GTK_INVALID_LIST_POSITION);
  selected = get_selected (self, &first);
  return selected->len > 0 ? first : GTK_INVALID_LIST_POSITION;
}

/* Puts the cursor into the search; with @text searches for it. */
void
dure_event_people_search (DureEventPeople *self, const char *text)
{
  g_return_if_fail (DURE_IS_EVENT_PEOPLE (self));
  gtk_widget_grab_focus (self->search);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search), text);
}

/* Returns: «Replies 24/32 · Coming 20» */
const char *
dure_event_people_get_counts (DureEventPeople *self)
{
  g_return_val_if_fail (DURE_IS_EVENT_PEOPLE (self), NULL);
  return gtk_label_get_text (GTK_LABEL (self->counts));
}
