/* dure-event-bar.c: one event in a calendar, as a bar that can be clicked, focused and dragged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An event of one day shows its time and a strip in the colour of its kind; one of several days is filled.
 */
#define G_LOG_DOMAIN "dure-calendar"
#include "config.h"

#include "app/calendar/dure-event-bar.h"

#include "schema/dure-record.h"

#define SPACING 4
#define LEAST_TITLE 56

struct _DureEventBar
{
  GtkWidget parent_instance;

  DureCalendarItem *item;
  GtkWidget        *time;
  GtkWidget        *title;
};

enum
{
  SIGNAL_CLICKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DureEventBar, dure_event_bar, GTK_TYPE_WIDGET)

static void
released_cb (DureEventBar *self, int n_press, double x, double y)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static GdkContentProvider *
drag_prepare_cb (DureEventBar *self, double x, double y, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (DURE_TYPE_CALENDAR_ITEM, self->item);
}

static void
drag_begin_cb (DureEventBar *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
}

static void
drag_end_cb (DureEventBar *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

static void
dure_event_bar_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  DureEventBar *self = DURE_EVENT_BAR (widget);
  int time = 0, title_minimum, title;

  gtk_widget_measure (self->title, orientation, -1, &title_minimum, &title, NULL, NULL);
  if (gtk_widget_should_layout (self->time))
    gtk_widget_measure (self->time, orientation, -1, NULL, &time, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 0 : MAX (title_minimum, time);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? title + (time > 0 ? time + SPACING : 0) : MAX (title, time);
}

/* In a narrow bar the title comes before the time. */
static void
dure_event_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DureEventBar *self = DURE_EVENT_BAR (widget);
  int time = 0, minimum, x = 0;

  gtk_widget_measure (self->title, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (gtk_widget_should_layout (self->time))
    {
      gtk_widget_measure (self->time, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &time, NULL, NULL);
      gtk_widget_set_child_visible (self->time, width >= time + SPACING + LEAST_TITLE);
      if (width >= time + SPACING + LEAST_TITLE)
        {
          gtk_widget_size_allocate (self->time, &(GtkAllocation) { 0, 0, time, height }, -1);
          x = time + SPACING;
        }
    }
  gtk_widget_size_allocate (self->title, &(GtkAllocation) { x, 0, MAX (minimum, width - x), height }, -1);
}

static void
dure_event_bar_dispose (GObject *object)
{
  DureEventBar *self = DURE_EVENT_BAR (object);

  g_clear_pointer (&self->time, gtk_widget_unparent);
  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (dure_event_bar_parent_class)->dispose (object);
}

static void
dure_event_bar_class_init (DureEventBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_event_bar_dispose;
  widget_class->measure = dure_event_bar_measure;
  widget_class->size_allocate = dure_event_bar_size_allocate;
  /* The bar was clicked, or activated from the keyboard. */
  signals[SIGNAL_CLICKED] =
    g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_activate_signal (widget_class, signals[SIGNAL_CLICKED]);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Return, 0, "clicked", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_KP_Enter, 0, "clicked", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_space, 0, "clicked", NULL);
  gtk_widget_class_set_css_name (widget_class, "event-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
dure_event_bar_init (DureEventBar *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  self->time = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->time, "numeric");
  gtk_widget_add_css_class (self->time, "time");
  gtk_widget_set_parent (self->time, GTK_WIDGET (self));
  self->title = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));

  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect_swapped (drag, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * dure_event_bar_new:
 * @item: what to show
 * @begins: whether the event begins at this bar; a bar that continues has no round corner there
 * @ends: whether it ends at this bar
 */
GtkWidget *
dure_event_bar_new (DureCalendarItem *item, gboolean begins, gboolean ends)
{
  DureEventBar *self;
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_EVENT), DURE_EVENT_KIND);
  const DureChoice *kind;
  g_autofree char *when = NULL;
  g_autofree char *class = NULL;
  g_autofree char *name = NULL;
  g_autofree char *tip = NULL;
  const char *venue;
  const char *title;

  g_return_val_if_fail (DURE_IS_CALENDAR_ITEM (item), NULL);

  self = g_object_new (DURE_TYPE_EVENT_BAR, NULL);
  self->item = g_object_ref (item);
  title = dure_calendar_item_get_title (item);
  venue = dure_calendar_item_get_venue (item);
  when = dure_calendar_item_format_when (item);
  kind = dure_field_choice (field, dure_calendar_item_get_kind (item));

  class = g_strconcat ("kind-", dure_calendar_item_get_kind (item), NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), class);
  if (dure_calendar_item_get_first_day (item) != dure_calendar_item_get_last_day (item))
    gtk_widget_add_css_class (GTK_WIDGET (self), "long");
  if (!begins)
    gtk_widget_add_css_class (GTK_WIDGET (self), "continues");
  if (!ends)
    gtk_widget_add_css_class (GTK_WIDGET (self), "goes-on");
  if (dure_calendar_item_is_called_off (item))
    gtk_widget_add_css_class (GTK_WIDGET (self), "called-off");

  if (begins && dure_calendar_item_get_start_minute (item) > 0)
    {
      int minute = dure_calendar_item_get_start_minute (item);
      g_autofree char *time = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

      gtk_label_set_text (GTK_LABEL (self->time), time);
    }
  else
    gtk_widget_set_visible (self->time, FALSE);
  gtk_label_set_text (GTK_LABEL (self->title), title);

  tip = g_strjoin ("\n", title, when, venue != NULL ? venue : "", NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), g_strchomp (tip));
  name = g_strjoin (", ", title, kind != NULL ? dure_choice_label (kind) : "", when, venue, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

DureCalendarItem *
dure_event_bar_get_item (DureEventBar *self)
{
  g_return_val_if_fail (DURE_IS_EVENT_BAR (self), NULL);
  return self->item;
}
