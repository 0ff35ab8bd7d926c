/* dure-today-page.c: what is next, what is missing, what is late
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-today-page.h"

#include <glib/gi18n-lib.h>

#include "app/calendar/dure-calendar-style.h"
#include "app/meeting/dure-event-overview.h"
#include "app/meeting/dure-events-page.h"
#include "app/meeting/dure-meeting-style.h"
#include "app/shell/dure-window.h"
#include "base/dure-date.h"
#include "domain/dure-holidays.h"
#include "domain/dure-today.h"

#define SOON_DAYS 7

struct _DureTodayPage
{
  DurePage parent_instance;

  GtkWidget    *stack;
  GtkWidget    *date;
  GtkWidget    *sentence;
  GtkWidget    *cards;
  GtkWidget    *cards_empty;
  GtkWidget    *right;
  GCancellable *cancellable;
  guint         load_source;
  gboolean      stale;
};

G_DEFINE_FINAL_TYPE (DureTodayPage, dure_today_page, DURE_TYPE_PAGE)

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* To the event, and there to the tab where the thing is done. */
static void
ready_clicked_cb (DureTodayPage *self, GtkButton *button)
{
  const char *id = g_object_get_data (G_OBJECT (button), "event");
  DureReady what = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "what"));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  DurePage *page;

  if (!gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "event", id) || !DURE_IS_WINDOW (root))
    return;
  page = dure_window_get_page (DURE_WINDOW (root));
  if (DURE_IS_EVENTS_PAGE (page))
    dure_events_page_show_tab (DURE_EVENTS_PAGE (page), dure_ready_tab (what));
}

static char *
format_event_time (const DureTodayEvent *event)
{
  g_autofree char *first = g_strndup (event->start, 10);
  g_autofree char *date = dure_date_format_official (first);

  if (strncmp (event->start, event->end, 10) == 0)
    return g_strdup_printf ("%s %s~%s", date, event->start + 11, event->end + 11);
  return g_strdup_printf ("%s %s", date, event->start + 11);
}

static GtkWidget *
new_card (DureTodayPage *self, const DureTodayEvent *event, int today)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *title = gtk_button_new ();
  GtkWidget *when, *flow;
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_EVENT), DURE_EVENT_KIND);
  const DureChoice *kind = event->kind != NULL ? dure_field_choice (field, event->kind) : NULL;
  g_autofree char *class = g_strconcat ("kind-", event->kind != NULL ? event->kind : "other", NULL);
  g_autofree char *relative = dure_day_format_relative (event->day, today);
  g_autofree char *time = format_event_time (event);
  g_autoptr (GString) facts = g_string_new (time);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "event-card");

  gtk_widget_add_css_class (dot, "kind-dot");
  gtk_widget_add_css_class (dot, class);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (title), new_label (event->title, "title-4"));
  gtk_widget_add_css_class (title, "flat");
  gtk_widget_add_css_class (title, "card-title");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_halign (title, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (title), GTK_ACCESSIBLE_PROPERTY_LABEL, event->title, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (title), "win.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (title), "(ss)", "event", event->id);
  when = gtk_label_new (relative);
  gtk_widget_add_css_class (when, "heading");
  gtk_widget_add_css_class (when, "numeric");
  gtk_widget_add_css_class (when, event->day - today <= SOON_DAYS ? "when-soon" : "dim-label");
  gtk_box_append (GTK_BOX (head), dot);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), when);
  gtk_box_append (GTK_BOX (card), head);

  if (event->venue != NULL)
    g_string_append_printf (facts, " · %s", event->venue);
  if (kind != NULL)
    g_string_append_printf (facts, " · %s", dure_choice_label (kind));
  gtk_box_append (GTK_BOX (card), new_label (facts->str, "dim-label"));
  if (event->warning != NULL)
    gtk_box_append (GTK_BOX (card), new_label (event->warning, "warning"));

  flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 3);
  /* It needs the whole width of the card: a flow box that is aligned is as narrow as its widest child. */
  for (guint i = 0; i < event->ready->len; i++)
    {
      const DureReadiness *item = g_ptr_array_index (event->ready, i);
      GtkWidget *button = dure_ready_button_new (item);

      g_object_set_data (G_OBJECT (button), "what", GINT_TO_POINTER (item->what));
      g_object_set_data_full (G_OBJECT (button), "event", g_strdup (event->id), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (ready_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), button);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  gtk_box_append (GTK_BOX (card), flow);
  return card;
}

static GtkWidget *
new_item_row (const DureTodayItem *item, int today)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *when;
  g_autofree char *relative = dure_day_format_relative (item->day, today);
  g_autofree char *date = dure_day_to_date (item->day);
  g_autofree char *official = dure_date_format_official (date);
  g_autofree char *text = item->late ? g_strdup_printf (_("%s, overdue"), relative) : g_strdup (relative);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->title != NULL ? item->title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), item->detail != NULL ? item->detail : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  when = gtk_label_new (text);
  gtk_widget_add_css_class (when, "numeric");
  gtk_widget_add_css_class (when, "caption");
  if (item->late)
    gtk_widget_add_css_class (when, "when-late");
  else
    gtk_widget_add_css_class (when, item->day - today <= SOON_DAYS ? "when-soon" : "dim-label");
  gtk_widget_set_tooltip_text (when, official);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), when);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open");
  gtk_actionable_set_action_target (
    GTK_ACTIONABLE (row), "(ss)", dure_entity (item->entity)->key, item->id);
  return row;
}

static void
add_group (DureTodayPage *self, const char *title, GPtrArray *items, int today)
{
  GtkWidget *group;
  g_autofree char *heading = NULL;

  if (items->len == 0)
    return;
  group = adw_preferences_group_new ();
  heading = g_strdup_printf ("%s %u", title, items->len);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), heading);
  for (guint i = 0; i < items->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_item_row (g_ptr_array_index (items, i), today));
  gtk_box_append (GTK_BOX (self->right), group);
}

static void
add_conflicts (DureTodayPage *self, guint n_conflicts)
{
  GtkWidget *group, *row;
  g_autofree char *title = NULL;

  if (n_conflicts == 0)
    return;
  group = adw_preferences_group_new ();
  row = adw_action_row_new ();
  title = g_strdup_printf (ngettext ("%u conflict to review", "%u conflicts to review", n_conflicts), n_conflicts);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Conflicts"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Both values are kept until one is chosen"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.conflicts");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_box_append (GTK_BOX (self->right), group);
}

static void
add_expired (DureTodayPage *self, guint n_expired)
{
  GtkWidget *group, *row;
  g_autofree char *title = NULL;

  if (n_expired == 0)
    return;
  group = adw_preferences_group_new ();
  row = adw_action_row_new ();
  title = g_strdup_printf (ngettext ("%u person kept too long", "%u people kept too long", n_expired), n_expired);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Personal data"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Their time to keep is over: look through them and purge"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dure-person-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.privacy");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_box_append (GTK_BOX (self->right), group);
}

static void
show_today (DureTodayPage *self, const DureToday *today)
{
  g_autofree char *date = dure_day_to_date (today->today);
  g_autofree char *official = dure_date_format_official (date);
  const char *holiday = dure_holiday_name (today->today);
  g_autofree char *text =
    holiday != NULL ? g_strdup_printf ("%s · %s", official, holiday) : g_strdup (official);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), today->n_records == 0 ? "first" : "today");
  gtk_label_set_text (GTK_LABEL (self->date), text);
  gtk_label_set_text (GTK_LABEL (self->sentence), today->sentence);
  clear (self->cards);
  for (guint i = 0; i < today->events->len; i++)
    gtk_box_append (GTK_BOX (self->cards), new_card (self, g_ptr_array_index (today->events, i), today->today));
  gtk_widget_set_visible (self->cards_empty, today->events->len == 0);
  clear (self->right);
  add_conflicts (self, today->n_conflicts);
  add_expired (self, today->n_expired);
  add_group (self, _("Actions due"), today->actions, today->today);
  add_group (self, _("Terms ending"), today->terms, today->today);
  add_group (self, _("Agreements ending"), today->agreements, today->today);
  if (gtk_widget_get_first_child (self->right) == NULL)
    {
      GtkWidget *label = new_label (_("Nothing is due, no term and no agreement ends soon."), "dim-label");

      gtk_box_append (GTK_BOX (self->right), label);
    }
}

static gpointer
load_func (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_today_new (store, cancellable, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureTodayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureToday) today = dure_store_thread_run_finish (result, &error);

  if (self->stack == NULL)
    return;
  if (today != NULL)
    show_today (self, today);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
}

static gboolean
load_cb (gpointer user_data)
{
  DureTodayPage *self = user_data;
  DureDesk *desk = dure_page_get_desk (DURE_PAGE (self));

  self->load_source = 0;
  if (desk == NULL)
    return G_SOURCE_REMOVE;
  self->stale = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  dure_store_thread_run_async (dure_desk_get_reader (desk),
                               load_func,
                               NULL,
                               NULL,
                               (GDestroyNotify) dure_today_unref,
                               self->cancellable,
                               loaded_cb,
                               g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* A page in the back waits until it comes to the front. */
static void
queue_load (DureTodayPage *self)
{
  self->stale = TRUE;
  if (self->load_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->load_source = g_idle_add (load_cb, self);
}

static void
dure_today_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dure_today_page_parent_class)->map (widget);
  if (DURE_TODAY_PAGE (widget)->stale)
    queue_load (DURE_TODAY_PAGE (widget));
}

static void
dure_today_page_desk_set (DurePage *page)
{
  g_signal_connect_object (dure_desk_get_store (dure_page_get_desk (page)),
                           "changed",
                           G_CALLBACK (queue_load),
                           page,
                           G_CONNECT_SWAPPED);
  queue_load (DURE_TODAY_PAGE (page));
}

/* The day may be another one than when it was left. */
static void
dure_today_page_activate (DurePage *page)
{
  queue_load (DURE_TODAY_PAGE (page));
}

static void
dure_today_page_dispose (GObject *object)
{
  DureTodayPage *self = DURE_TODAY_PAGE (object);

  g_clear_handle_id (&self->load_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->stack = NULL;
  G_OBJECT_CLASS (dure_today_page_parent_class)->dispose (object);
}

static void
dure_today_page_class_init (DureTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  DurePageClass *page_class = DURE_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_today_page_dispose;
  widget_class->map = dure_today_page_map;
  page_class->desk_set = dure_today_page_desk_set;
  page_class->activate = dure_today_page_activate;
  dure_calendar_style_load ();
  dure_meeting_style_load ();
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/meeting/dure-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DureTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DureTodayPage, date);
  gtk_widget_class_bind_template_child (widget_class, DureTodayPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, DureTodayPage, cards);
  gtk_widget_class_bind_template_child (widget_class, DureTodayPage, cards_empty);
  gtk_widget_class_bind_template_child (widget_class, DureTodayPage, right);
}

static void
dure_today_page_init (DureTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
