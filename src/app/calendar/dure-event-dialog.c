/* dure-event-dialog.c: a new event in one small window, empty or from a template
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-event-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/dure-dialog.h"
#include "app/widgets/dure-record-form.h"
#include "base/dure-date.h"
#include "base/dure-uuid.h"
#include "domain/dure-event.h"

#define START_HOUR 14
#define HOURS 2
#define TRAINING_HOURS 3

struct _DureEventDialog
{
  AdwWindow parent_instance;

  DureDesk       *desk;
  GtkWidget      *templates[2]; /* by DureEventTemplate */
  GtkWidget      *save;
  GtkWidget      *error;
  GtkWidget      *error_revealer;
  DureRecordForm *form;
  GtkWidget      *template_box;
  DureFieldRow   *lecturer;
  GtkWidget      *invite;
  GtkWidget      *kept;
  char           *title_given; /* by the template, and replaced while it stands untouched */
  char           *start;
  gboolean        saving;
};

enum
{
  SIGNAL_CREATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DureEventDialog, dure_event_dialog, ADW_TYPE_WINDOW)

static void
show_error (DureEventDialog *self, const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->error), sentence != NULL ? sentence : "");
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->error_revealer), sentence != NULL);
}

static gboolean
is_training (DureEventDialog *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->templates[DURE_EVENT_TRAINING]));
}

static void
set_hours (DureEventDialog *self, int hours)
{
  DureRecord *record = dure_record_form_get_record (self->form);
  int day, minute, last_day, last_minute;

  if (dure_time_split (dure_record_get (record, DURE_EVENT_START), &day, &minute)
      && dure_time_split (dure_record_get (record, DURE_EVENT_END), &last_day, &last_minute) && day == last_day)
    {
      g_autofree char *text = dure_time_join (day + (minute + hours * 60) / 1440, (minute + hours * 60) % 1440);

      dure_event_dialog_set_value (self, DURE_EVENT_END, text);
    }
}

static void
template_cb (DureEventDialog *self)
{
  DureRecord *record = dure_record_form_get_record (self->form);
  const char *title = dure_record_get (record, DURE_EVENT_TITLE);

  gtk_widget_set_visible (self->template_box, is_training (self));
  if (is_training (self))
    {
      if (dure_record_get (record, DURE_EVENT_KIND) == NULL)
        dure_event_dialog_set_value (self, DURE_EVENT_KIND, "joint-training");
      if (title == NULL || *title == '\0')
        dure_event_dialog_set_value (self, DURE_EVENT_TITLE, self->title_given);
      set_hours (self, TRAINING_HOURS);
    }
  else
    {
      if (g_strcmp0 (title, self->title_given) == 0)
        dure_event_dialog_set_value (self, DURE_EVENT_TITLE, NULL);
      set_hours (self, HOURS);
    }
  gtk_window_set_default_size (GTK_WINDOW (self), 560, -1);
}

/* The end keeps its distance from the start. */
static void
edited_cb (DureEventDialog *self, guint field)
{
  DureRecord *record = dure_record_form_get_record (self->form);
  const char *start = dure_record_get (record, DURE_EVENT_START);
  const char *end = dure_record_get (record, DURE_EVENT_END);
  int from, from_minute, to, to_minute, last, last_minute;

  if (field != DURE_EVENT_START)
    return;
  if (dure_time_split (self->start, &from, &from_minute) && dure_time_split (start, &to, &to_minute)
      && dure_time_split (end, &last, &last_minute))
    {
      int moved = (to - from) * 1440 + to_minute - from_minute;
      int minutes = last * 1440 + last_minute + moved;
      g_autofree char *text = dure_time_join (minutes / 1440, minutes % 1440);

      dure_event_dialog_set_value (self, DURE_EVENT_END, text);
    }
  g_free (self->start);
  self->start = g_strdup (start);
}

/* What the writer's thread needs to make an event from the template. */
typedef struct
{
  DureRecord *event;
  char       *lecturer;
  gboolean    invite;
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  g_object_unref (plan->event);
  g_free (plan->lecturer);
  g_free (plan);
}

static gpointer
plan_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const nobody[] = { NULL };
  Plan *plan = data;

  return GINT_TO_POINTER (dure_event_plan (store, plan->event, plan->lecturer, plan->invite ? NULL : nobody, error));
}

static void
written (DureEventDialog *self, const GError *error)
{
  self->saving = FALSE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", TRUE);
  if (error != NULL)
    {
      GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

      if (!dure_dialog_is_open (self) && parent != NULL)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.error", "s", error->message);
      show_error (self, error->message);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_CREATED], 0, dure_record_get_id (dure_record_form_get_record (self->form)));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureEventDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  dure_desk_write_finish (DURE_DESK (source), result, &error);
  written (self, error);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureEventDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  dure_desk_run_finish (DURE_DESK (source), result, &error);
  written (self, error);
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_event_dialog_save (DURE_EVENT_DIALOG (widget));
}

/* What was typed when the dialog was closed without saving; the times belong to the day that was asked for. */
static const guint kept_fields[] = { DURE_EVENT_TITLE, DURE_EVENT_KIND, DURE_EVENT_VENUE };

#define KEPT "dure-kept-event-dialog"

static gboolean
dure_event_dialog_close_request (GtkWindow *window)
{
  DureEventDialog *self = DURE_EVENT_DIALOG (window);
  g_autoptr (DureRecord) kept = dure_record_new (DURE_ENTITY_EVENT);
  gboolean any = FALSE;

  if (self->saving)
    return GTK_WINDOW_CLASS (dure_event_dialog_parent_class)->close_request (window);
  if (is_training (self)) /* what it filled in goes, what was typed stays */
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->templates[DURE_EVENT_EMPTY]), TRUE);
  dure_record_form_commit (self->form);
  for (guint i = 0; i < G_N_ELEMENTS (kept_fields); i++)
    {
      const char *value = dure_record_get (dure_record_form_get_record (self->form), kept_fields[i]);

      dure_record_set (kept, kept_fields[i], value);
      any = any || (value != NULL && kept_fields[i] != DURE_EVENT_KIND);
    }
  g_object_set_data_full (G_OBJECT (self->desk), KEPT, any ? g_steal_pointer (&kept) : NULL, g_object_unref);
  return GTK_WINDOW_CLASS (dure_event_dialog_parent_class)->close_request (window);
}

static void
bring_back (DureEventDialog *self)
{
  g_autoptr (DureRecord) kept = g_object_steal_data (G_OBJECT (self->desk), KEPT);

  for (guint i = 0; kept != NULL && i < G_N_ELEMENTS (kept_fields); i++)
    if (dure_record_get (kept, kept_fields[i]) != NULL)
      dure_event_dialog_set_value (self, kept_fields[i], dure_record_get (kept, kept_fields[i]));
  gtk_widget_set_visible (self->kept, kept != NULL);
}

static void
dure_event_dialog_dispose (GObject *object)
{
  DureEventDialog *self = DURE_EVENT_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->title_given, g_free);
  g_clear_pointer (&self->start, g_free);
  G_OBJECT_CLASS (dure_event_dialog_parent_class)->dispose (object);
}

static void
dure_event_dialog_class_init (DureEventDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_event_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = dure_event_dialog_close_request;
  signals[SIGNAL_CREATED] = g_signal_new (
    "created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "dialog.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "dialog.save", NULL);
}

static void
dure_event_dialog_init (DureEventDialog *self)
{
}

static GtkWidget *
new_template_row (DureEventDialog *self, DureEventTemplate number, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  self->templates[number] = check;
  if (number > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (self->templates[0]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

static void
build_template (DureEventDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  gint64 n_agencies = MAX (0, dure_store_count (dure_desk_get_store (self->desk), query, NULL));
  g_autofree char *count =
    g_strdup_printf (ngettext ("%d agency in the register", "%d agencies in the register", (gulong) n_agencies),
                     (int) n_agencies);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Programme"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _("Part 1 training 90 minutes, part 2 exchange of welfare resources 90 minutes"));
  self->lecturer = DURE_FIELD_ROW (dure_field_row_new (self->desk, DURE_ENTITY_PART, DURE_PART_LECTURER));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->lecturer));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Invite All Agencies"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), count);
  self->invite = gtk_switch_new ();
  gtk_widget_set_valign (self->invite, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (self->invite), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->invite);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->invite);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  self->template_box = group;
  gtk_widget_set_visible (group, FALSE);
}

static void
build (DureEventDialog *self, DureRecord *event)
{
  static const int fields[] = { DURE_EVENT_TITLE, DURE_EVENT_KIND,  DURE_EVENT_START,
                                DURE_EVENT_END,   DURE_EVENT_VENUE, -1 };
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_label (_("Cancel"));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = adw_preferences_group_new ();

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  self->save = gtk_button_new_with_label (_("Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save), "dialog.save");
  gtk_widget_set_tooltip_text (self->save, _("Save (Ctrl+Enter)"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  gtk_box_append (GTK_BOX (outer), header);

  self->error = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->error), TRUE);
  gtk_widget_add_css_class (self->error, "error");
  self->error_revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->error_revealer), self->error);
  gtk_box_append (GTK_BOX (box), self->error_revealer);
  self->kept = gtk_label_new (_("What you had typed was brought back."));
  gtk_label_set_xalign (GTK_LABEL (self->kept), 0);
  gtk_widget_add_css_class (self->kept, "dim-label");
  gtk_widget_set_visible (self->kept, FALSE);
  gtk_box_append (GTK_BOX (box), self->kept);

  adw_preferences_group_add (
    ADW_PREFERENCES_GROUP (group),
    new_template_row (self, DURE_EVENT_EMPTY, _("Empty Event"), _("Programme and invitations come later")));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             new_template_row (self,
                                               DURE_EVENT_TRAINING,
                                               _("Joint Training and Round-Table"),
                                               _("Two parts, all agencies invited")));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->templates[DURE_EVENT_EMPTY]), TRUE);
  gtk_box_append (GTK_BOX (box), group);
  self->form = DURE_RECORD_FORM (dure_record_form_new_for_fields (self->desk, DURE_ENTITY_EVENT, fields, FALSE));
  dure_record_form_set_record (self->form, event);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->form));
  build_template (self);
  gtk_box_append (GTK_BOX (box), self->template_box);

  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 600);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (outer), scroller);
  adw_window_set_content (ADW_WINDOW (self), outer);

  g_signal_connect_object (
    self->templates[DURE_EVENT_TRAINING], "toggled", G_CALLBACK (template_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
}

/**
 * dure_event_dialog_present:
 * @widget: a widget of the window that it belongs to
 * @desk: the desk
 * @first_day: when the event begins
 * @last_day: when it ends, the same day as a rule
 *
 * Returns: (transfer none): the window
 */
DureEventDialog *
dure_event_dialog_present (GtkWidget *widget, DureDesk *desk, int first_day, int last_day)
{
  DureEventDialog *self;
  GtkRoot *root;
  g_autoptr (DureRecord) event = dure_record_new (DURE_ENTITY_EVENT);
  g_autofree char *start = dure_time_join (first_day, START_HOUR * 60);
  g_autofree char *end = dure_time_join (last_day, (START_HOUR + HOURS) * 60);

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (DURE_IS_DESK (desk), NULL);

  root = gtk_widget_get_root (widget);
  self = g_object_new (DURE_TYPE_EVENT_DIALOG,
                       "title", _("New Event"),
                       "modal", TRUE,
                       "default-width", 560,
                       NULL);
  self->desk = g_object_ref (desk);
  self->title_given = g_strdup (_("Joint public-private training and round-table"));
  self->start = g_strdup (start);
  dure_record_set (event, DURE_EVENT_START, start);
  dure_record_set (event, DURE_EVENT_END, end);
  build (self, event);
  bring_back (self);
  dure_dialog_present (GTK_WINDOW (self), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  gtk_widget_grab_focus (GTK_WIDGET (dure_record_form_get_row (self->form, DURE_EVENT_TITLE)));
  return self;
}

void
dure_event_dialog_set_template (DureEventDialog *self, DureEventTemplate template_)
{
  g_return_if_fail (DURE_IS_EVENT_DIALOG (self));
  g_return_if_fail (template_ <= DURE_EVENT_TRAINING);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->templates[template_]), TRUE);
}

/* Fills in a field of the event, as if it had been typed. */
void
dure_event_dialog_set_value (DureEventDialog *self, guint field, const char *value)
{
  DureFieldRow *row;

  g_return_if_fail (DURE_IS_EVENT_DIALOG (self));
  dure_record_set (dure_record_form_get_record (self->form), field, value);
  row = dure_record_form_get_row (self->form, field);
  if (row != NULL)
    dure_field_row_set_value (row, value);
}

/* Stores everything in one transaction, or marks the rows that are wrong. */
void
dure_event_dialog_save (DureEventDialog *self)
{
  DureRecord *event;
  char id[DURE_UUID_LENGTH + 1];

  g_return_if_fail (DURE_IS_EVENT_DIALOG (self));
  if (self->saving)
    return;
  show_error (self, NULL);
  if (!dure_record_form_check (self->form) || !dure_field_row_commit (self->lecturer))
    return;
  event = dure_record_form_get_record (self->form);
  if (dure_record_get_id (event) == NULL)
    {
      dure_uuid_v7 (id);
      dure_record_set_id (event, id);
    }
  self->saving = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", FALSE);
  if (is_training (self))
    {
      Plan *plan = g_new0 (Plan, 1);

      plan->event = dure_record_copy (event);
      plan->lecturer = g_strdup (dure_field_row_get_value (self->lecturer));
      plan->invite = gtk_switch_get_active (GTK_SWITCH (self->invite));
      dure_desk_run_async (self->desk, plan_func, plan, plan_free, NULL, NULL, planned_cb, g_object_ref (self));
    }
  else
    dure_desk_write_one_async (self->desk, _("New event"), event, NULL, written_cb, g_object_ref (self));
}
