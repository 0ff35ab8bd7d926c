/* dure-month-view.c: six weeks of days with their holidays and events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The days are 42 light widgets; a bar for each event and week lies over them (see dure-month-layout.h). What does not
 * fit stands behind a button «+3». The events themselves belong to whoever calls dure_month_view_set_items().
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-month-view-private.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"
#include "domain/dure-holidays.h"

enum
{
  SIGNAL_MONTH_CHANGED,
  SIGNAL_DAY_SELECTED,
  SIGNAL_MAKE,
  SIGNAL_MOVE,
  SIGNAL_EVENT_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DureMonthView, dure_month_view, GTK_TYPE_WIDGET)

static char *
format_lunar (int day)
{
  int month, month_day;
  gboolean leap;

  if (!dure_lunar_date (day, &month, &month_day, &leap))
    return NULL;
  return g_strdup_printf ("%s%d.%d", leap ? C_ ("leap month", "leap ") : "", month, month_day);
}

static void
update_days (DureMonthView *self)
{
  int today = dure_day_today ();

  for (int i = 0; i < 7; i++)
    {
      /* 2023-01-01 was a Sunday. */
      g_autoptr (GDateTime) day = g_date_time_new_utc (2023, 1, 1 + (self->week_start + i) % 7, 0, 0, 0);
      g_autofree char *name = g_date_time_format (day, "%a");

      gtk_label_set_text (GTK_LABEL (self->heads[i]), name);
      gtk_widget_remove_css_class (self->heads[i], "off");
      gtk_widget_remove_css_class (self->heads[i], "saturday");
      if ((self->week_start + i) % 7 == 0)
        gtk_widget_add_css_class (self->heads[i], "off");
      if ((self->week_start + i) % 7 == 6)
        gtk_widget_add_css_class (self->heads[i], "saturday");
    }
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    {
      int day = self->first_day + i;
      int year, month, month_day;
      g_autofree char *lunar = self->show_lunar ? format_lunar (day) : NULL;

      dure_day_to_ymd (day, &year, &month, &month_day);
      dure_day_cell_set_day (DURE_DAY_CELL (self->cells[i]), day, month == self->month, day == today, lunar);
      dure_day_cell_set_selected (DURE_DAY_CELL (self->cells[i]), day == self->selected);
    }
}

static gboolean
item_on_day (DureCalendarItem *item, int day)
{
  return dure_calendar_item_get_first_day (item) <= day && day <= dure_calendar_item_get_last_day (item);
}

/* Only the events of the selected day can be reached by Tab. */
static void
update_bar_focus (DureMonthView *self)
{
  for (guint i = 0; i < self->bars->len; i++)
    {
      DureEventBar *bar = g_ptr_array_index (self->bars, i);

      gtk_widget_set_focusable (GTK_WIDGET (bar), item_on_day (dure_event_bar_get_item (bar), self->selected));
    }
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    gtk_widget_set_focusable (self->more[i], self->first_day + i == self->selected);
}

static void
bar_clicked_cb (DureMonthView *self, DureEventBar *bar)
{
  g_signal_emit (self, signals[SIGNAL_EVENT_ACTIVATED], 0, dure_event_bar_get_item (bar), bar);
}

static void
update_bars (DureMonthView *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  gboolean had_focus = focus != NULL && DURE_IS_EVENT_BAR (focus);
  guint n_events[DURE_MONTH_DAYS] = { 0 };

  for (guint i = 0; i < self->bars->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->bars, i));
  g_ptr_array_set_size (self->bars, 0);
  g_clear_pointer (&self->spans, g_array_unref);

  self->spans = dure_month_layout (self->items, self->first_day);
  for (guint i = 0; i < self->spans->len; i++)
    {
      DureMonthSpan *span = &g_array_index (self->spans, DureMonthSpan, i);
      DureCalendarItem *item = g_ptr_array_index (self->items, span->item);
      GtkWidget *bar = dure_event_bar_new (item, span->begins, span->ends);

      g_signal_connect_object (bar, "clicked", G_CALLBACK (bar_clicked_cb), self, G_CONNECT_SWAPPED);
      /* By Tab: the day, its events, its «+3». */
      gtk_widget_insert_before (bar, GTK_WIDGET (self), self->more[0]);
      g_ptr_array_add (self->bars, bar);
      for (int column = span->column; column < span->column + span->columns; column++)
        n_events[span->week * 7 + column]++;
    }
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    dure_day_cell_set_n_events (DURE_DAY_CELL (self->cells[i]), n_events[i]);
  self->capacity = 0;
  update_bar_focus (self);
  if (had_focus)
    dure_month_view_select_day (self, self->selected, TRUE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
show_more_cb (DureMonthView *self, GtkButton *button)
{
  int index = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "index"));
  int day = self->first_day + index;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *date = dure_day_to_date (day);
  g_autofree char *text = dure_date_format_official (date);
  GtkWidget *title = gtk_label_new (text);

  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_box_append (GTK_BOX (box), title);
  for (guint i = 0; i < self->items->len; i++)
    {
      DureCalendarItem *item = g_ptr_array_index (self->items, i);

      if (item_on_day (item, day))
        {
          GtkWidget *bar = dure_event_bar_new (item, TRUE, TRUE);

          g_signal_connect_object (bar, "clicked", G_CALLBACK (bar_clicked_cb), self, G_CONNECT_SWAPPED);
          gtk_box_append (GTK_BOX (box), bar);
        }
    }
  gtk_widget_set_size_request (box, 240, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  dure_month_view_popup (self, popover, GTK_WIDGET (button));
}

/* Keys */

static gboolean
move_selection_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  DureMonthView *self = DURE_MONTH_VIEW (widget);

  dure_month_view_select_day (self, self->selected + g_variant_get_int32 (args), TRUE);
  return TRUE;
}

static gboolean
step_month_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  dure_month_view_step (DURE_MONTH_VIEW (widget), g_variant_get_int32 (args));
  return TRUE;
}

static gboolean
go_today_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  dure_month_view_select_day (DURE_MONTH_VIEW (widget), dure_day_today (), TRUE);
  return TRUE;
}

static gboolean
make_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  DureMonthView *self = DURE_MONTH_VIEW (widget);
  GtkWidget *focus = gtk_widget_get_focus_child (widget);

  if (focus == NULL || !DURE_IS_DAY_CELL (focus))
    return FALSE;
  dure_month_view_make (self, self->selected, self->selected);
  return TRUE;
}

static void
dure_month_view_dispose (GObject *object)
{
  DureMonthView *self = DURE_MONTH_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->more_source, g_source_remove);
  self->popover = NULL;
  g_clear_pointer (&self->bars, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (dure_month_view_parent_class)->dispose (object);
}

static void
dure_month_view_class_init (DureMonthViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  static const struct
  {
    guint       key;
    GtkShortcutFunc func;
    int         step;
  } keys[] = {
    { GDK_KEY_Left, move_selection_cb, -1 },   { GDK_KEY_Right, move_selection_cb, 1 },
    { GDK_KEY_Up, move_selection_cb, -7 },     { GDK_KEY_Down, move_selection_cb, 7 },
    { GDK_KEY_Page_Up, step_month_cb, -1 },    { GDK_KEY_Page_Down, step_month_cb, 1 },
    { GDK_KEY_KP_Left, move_selection_cb, -1 }, { GDK_KEY_KP_Right, move_selection_cb, 1 },
    { GDK_KEY_KP_Up, move_selection_cb, -7 },  { GDK_KEY_KP_Down, move_selection_cb, 7 },
    { GDK_KEY_KP_Page_Up, step_month_cb, -1 }, { GDK_KEY_KP_Page_Down, step_month_cb, 1 },
  };

  G_OBJECT_CLASS (klass)->dispose = dure_month_view_dispose;
  widget_class->measure = dure_month_view_measure;
  widget_class->size_allocate = dure_month_view_size_allocate;

  /* Other days are shown than before. */
  signals[SIGNAL_MONTH_CHANGED] =
    g_signal_new ("month-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DAY_SELECTED] =
    g_signal_new ("day-selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /* The officer wants an event from the first day to the last. */
  signals[SIGNAL_MAKE] =
    g_signal_new ("make", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  /* The officer drags an event so many days away. */
  signals[SIGNAL_MOVE] = g_signal_new ("move",
                                       type,
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       2,
                                       DURE_TYPE_CALENDAR_ITEM,
                                       G_TYPE_INT);
  /* An event was clicked; the widget is what a popover should point to. */
  signals[SIGNAL_EVENT_ACTIVATED] = g_signal_new ("event-activated",
                                                  type,
                                                  G_SIGNAL_RUN_LAST,
                                                  0,
                                                  NULL,
                                                  NULL,
                                                  NULL,
                                                  G_TYPE_NONE,
                                                  2,
                                                  DURE_TYPE_CALENDAR_ITEM,
                                                  GTK_TYPE_WIDGET);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, 0, keys[i].func, "i", keys[i].step);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, go_today_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Home, 0, go_today_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, make_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, make_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "month-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
dure_month_view_init (DureMonthView *self)
{
  int month_day;

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->bars = g_ptr_array_new ();
  self->show_lunar = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Month"), -1);

  for (int i = 0; i < 7; i++)
    {
      self->heads[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->heads[i], "weekday");
      gtk_widget_set_parent (self->heads[i], GTK_WIDGET (self));
    }
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    {
      self->cells[i] = dure_day_cell_new ();
      if (i % 7 == 6)
        gtk_widget_add_css_class (self->cells[i], "last");
      gtk_widget_set_parent (self->cells[i], GTK_WIDGET (self));
    }
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    {
      self->more[i] = gtk_button_new_with_label ("+0");
      gtk_widget_set_visible (self->more[i], FALSE);
      gtk_widget_add_css_class (self->more[i], "flat");
      gtk_widget_add_css_class (self->more[i], "more");
      g_object_set_data (G_OBJECT (self->more[i]), "index", GINT_TO_POINTER (i));
      g_signal_connect_swapped (self->more[i], "clicked", G_CALLBACK (show_more_cb), self);
      gtk_widget_set_parent (self->more[i], GTK_WIDGET (self));
    }
  dure_month_view_add_pointer (self);

  self->selected = dure_day_today ();
  dure_day_to_ymd (self->selected, &self->year, &self->month, &month_day);
  self->first_day = dure_month_first_day (self->year, self->month, self->week_start);
  dure_month_view_refresh (self);
}

/* Draws everything anew: the day or the holidays have changed. */
void
dure_month_view_refresh (DureMonthView *self)
{
  g_return_if_fail (DURE_IS_MONTH_VIEW (self));
  update_days (self);
  update_bars (self);
}

/* @weekday: 0 for Sunday … 6 for Saturday */
void
dure_month_view_set_week_start (DureMonthView *self, int weekday)
{
  g_return_if_fail (DURE_IS_MONTH_VIEW (self));
  g_return_if_fail (weekday >= 0 && weekday < 7);
  if (self->week_start == weekday)
    return;
  self->week_start = weekday;
  self->first_day = dure_month_first_day (self->year, self->month, weekday);
  dure_month_view_refresh (self);
  g_signal_emit (self, signals[SIGNAL_MONTH_CHANGED], 0);
}

void
dure_month_view_set_show_lunar (DureMonthView *self, gboolean show)
{
  g_return_if_fail (DURE_IS_MONTH_VIEW (self));
  if (self->show_lunar == !!show)
    return;
  self->show_lunar = !!show;
  update_days (self);
}

/**
 * dure_month_view_set_month:
 * @self: a month view
 * @year: a year
 * @month: 1–12
 *
 * The selected day goes along: the same day of the month, or its last.
 */
void
dure_month_view_set_month (DureMonthView *self, int year, int month)
{
  int selected_year, selected_month, month_day;

  g_return_if_fail (DURE_IS_MONTH_VIEW (self));
  g_return_if_fail (month >= 1 && month <= 12);
  if (self->year == year && self->month == month)
    return;
  dure_day_to_ymd (self->selected, &selected_year, &selected_month, &month_day);
  if (selected_year != year || selected_month != month)
    self->selected = dure_day_from_ymd (year, month, MIN (month_day, dure_month_days (year, month)));
  self->year = year;
  self->month = month;
  self->first_day = dure_month_first_day (year, month, self->week_start);
  dure_month_view_refresh (self);
  g_signal_emit (self, signals[SIGNAL_MONTH_CHANGED], 0);
}

void
dure_month_view_get_month (DureMonthView *self, int *year, int *month)
{
  g_return_if_fail (DURE_IS_MONTH_VIEW (self));
  *year = self->year;
  *month = self->month;
}

/* Goes so many months on, backwards when negative. */
void
dure_month_view_step (DureMonthView *self, int months)
{
  GtkWidget *focus;
  int number;

  g_return_if_fail (DURE_IS_MONTH_VIEW (self));
  number = self->year * 12 + self->month - 1 + months;
  focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  dure_month_view_set_month (self, number / 12, number % 12 + 1);
  dure_month_view_select_day (self, self->selected, focus != NULL);
}

/* The days that are shown, both inclusive. */
void
dure_month_view_get_span (DureMonthView *self, int *first_day, int *last_day)
{
  g_return_if_fail (DURE_IS_MONTH_VIEW (self));
  *first_day = self->first_day;
  *last_day = self->first_day + DURE_MONTH_DAYS - 1;
}

/**
 * dure_month_view_select_day:
 * @self: a month view
 * @day: any day; its month is shown when it is not yet
 * @focus: whether to move the keyboard focus there
 */
void
dure_month_view_select_day (DureMonthView *self, int day, gboolean focus)
{
  int year, month, month_day;
  int before;

  g_return_if_fail (DURE_IS_MONTH_VIEW (self));
  g_return_if_fail (day != DURE_NO_DAY);

  before = self->selected;
  self->selected = day;
  dure_day_to_ymd (day, &year, &month, &month_day);
  if (day < self->first_day || day >= self->first_day + DURE_MONTH_DAYS)
    dure_month_view_set_month (self, year, month);
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    dure_day_cell_set_selected (DURE_DAY_CELL (self->cells[i]), self->first_day + i == day);
  update_bar_focus (self);
  if (focus)
    gtk_widget_grab_focus (self->cells[day - self->first_day]);
  if (before != day)
    g_signal_emit (self, signals[SIGNAL_DAY_SELECTED], 0, day);
}

int
dure_month_view_get_selected_day (DureMonthView *self)
{
  g_return_val_if_fail (DURE_IS_MONTH_VIEW (self), DURE_NO_DAY);
  return self->selected;
}

/* @items: (element-type DureCalendarItem): sorted; a reference is kept */
void
dure_month_view_set_items (DureMonthView *self, GPtrArray *items)
{
  g_return_if_fail (DURE_IS_MONTH_VIEW (self));
  g_return_if_fail (items != NULL);
  g_ptr_array_ref (items);
  g_ptr_array_unref (self->items);
  self->items = items;
  update_bars (self);
}

/* Not while another page slides over it. */
static gboolean
is_at_front (GtkWidget *view)
{
  GtkWidget *stack = gtk_widget_get_ancestor (view, GTK_TYPE_STACK);
  GtkWidget *shown = stack != NULL ? gtk_stack_get_visible_child (GTK_STACK (stack)) : NULL;

  return gtk_widget_get_mapped (view) && (shown == NULL || gtk_widget_is_ancestor (view, shown));
}

static gboolean
unparent_cb (gpointer popover)
{
  GtkWidget *view = gtk_widget_get_parent (popover);

  if (view == NULL)
    return G_SOURCE_REMOVE;
  gtk_widget_unparent (popover);
  /* The keyboard goes on where it was. */
  if (DURE_MONTH_VIEW (view)->popover == NULL && is_at_front (view))
    dure_month_view_select_day (DURE_MONTH_VIEW (view), DURE_MONTH_VIEW (view)->selected, TRUE);
  return G_SOURCE_REMOVE;
}

static void
popover_closed_cb (DureMonthView *self, GtkWidget *popover)
{
  if (self->popover == popover)
    self->popover = NULL;
  /* The button in the popover that closed it still wants to run its action. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

/**
 * dure_month_view_popup:
 * @self: a month view
 * @popover: (transfer floating): a new GtkPopover
 * @at: a widget in the view, or in a popover of the view
 *
 * Shows a popover that points to @at, in place of the one that was open.
 */
void
dure_month_view_popup (DureMonthView *self, GtkWidget *popover, GtkWidget *at)
{
  graphene_rect_t bounds;
  GdkRectangle rectangle = { 0 };

  g_return_if_fail (DURE_IS_MONTH_VIEW (self));
  g_return_if_fail (GTK_IS_POPOVER (popover));

  if (self->popover != NULL && gtk_widget_is_ancestor (at, self->popover))
    gtk_popover_get_pointing_to (GTK_POPOVER (self->popover), &rectangle);
  else if (gtk_widget_compute_bounds (at, GTK_WIDGET (self), &bounds))
    rectangle = (GdkRectangle) { bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height };
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));

  self->popover = popover;
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &rectangle);
  g_signal_connect_object (popover, "closed", G_CALLBACK (popover_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* Returns: the day at a place of the view; DURE_NO_DAY outside the days */
int
dure_month_view_day_at (DureMonthView *self, double x, double y)
{
  for (int i = 0; i < DURE_MONTH_DAYS; i++)
    {
      graphene_rect_t bounds;

      if (gtk_widget_compute_bounds (self->cells[i], GTK_WIDGET (self), &bounds)
          && graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT (x, y)))
        return self->first_day + i;
    }
  return DURE_NO_DAY;
}

void
dure_month_view_make (DureMonthView *self, int first_day, int last_day)
{
  g_signal_emit (self, signals[SIGNAL_MAKE], 0, first_day, last_day);
}

void
dure_month_view_move (DureMonthView *self, DureCalendarItem *item, int days)
{
  if (days != 0)
    g_signal_emit (self, signals[SIGNAL_MOVE], 0, item, days);
}
