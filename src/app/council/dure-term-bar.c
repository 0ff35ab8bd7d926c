/* dure-term-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-council"

#include "config.h"

#include "app/council/dure-term-bar.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/dure-date.h"

#define BAR_HEIGHT 4

struct _DureTermBar
{
  GtkWidget parent_instance;

  GtkWidget    *label;
  DureTermState state;
  double        fraction;
};

G_DEFINE_FINAL_TYPE (DureTermBar, dure_term_bar, GTK_TYPE_WIDGET)

/* Days where they can be counted, months and years where not. */
static char *
left_text (int days)
{
  g_autofree char *span = NULL;

  if (days <= DURE_TERM_SOON_DAYS)
    return g_strdup_printf (ngettext ("%u day left", "%u days left", (guint) days), (guint) days);
  if (days < 365)
    return g_strdup_printf (ngettext ("%u month left", "%u months left", (guint) days / 30), (guint) days / 30);
  if (days / 30 % 12 == 0)
    return g_strdup_printf (ngettext ("%u year left", "%u years left", (guint) days / 365), (guint) days / 365);
  return g_strdup_printf (_ ("%u years %u months left"), (guint) days / 365, (guint) (days % 365) / 30);
}

/* The year only where it is not this one. */
static char *
date_text (const char *date, int today)
{
  int this_year, year, month, day;

  dure_day_to_ymd (today, &this_year, &month, &day);
  dure_day_to_ymd (dure_day (date), &year, &month, &day);
  return year == this_year ? dure_date_format_short (date) : g_strdup_printf ("%d. %d. %d.", year, month, day);
}

/**
 * dure_term_text:
 *
 * Returns: (transfer full): where the term stands, in words
 */
char *
dure_term_text (const char *from, const char *to, const char *ended, int today)
{
  g_autofree char *date = NULL;

  switch (dure_term_state (from, to, ended, today, NULL))
    {
    case DURE_TERM_ENDED:
      date = date_text (ended, today);
      return g_strdup_printf (_ ("ended %s"), date);
    case DURE_TERM_COMING:
      date = date_text (from, today);
      return g_strdup_printf (_ ("from %s"), date);
    case DURE_TERM_OVER:
      date = date_text (to, today);
      return g_strdup_printf (_ ("over since %s"), date);
    case DURE_TERM_OPEN:
      return g_strdup (_ ("no end"));
    case DURE_TERM_ENDING:
    case DURE_TERM_RUNNING:
    default:
      return left_text (dure_day (to) - today);
    }
}

static const char *
colour_name (DureTermState state)
{
  switch (state)
    {
    case DURE_TERM_OVER:
      return "error_color";
    case DURE_TERM_ENDING:
      return "warning_color";
    default:
      return "accent_color";
    }
}

static void
dure_term_bar_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  gtk_widget_measure (DURE_TERM_BAR (widget)->label, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum += BAR_HEIGHT + 2;
      *natural += BAR_HEIGHT + 2;
    }
}

static void
dure_term_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkAllocation allocation = { 0, 0, width, height - BAR_HEIGHT - 2 };

  gtk_widget_size_allocate (DURE_TERM_BAR (widget)->label, &allocation, -1);
}

static void
append_bar (GtkSnapshot *snapshot, float width, float top, const GdkRGBA *colour)
{
  GskRoundedRect shape;

  if (width <= 0)
    return;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (0, top, width, BAR_HEIGHT), BAR_HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, colour, &shape.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
dure_term_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DureTermBar     *self = DURE_TERM_BAR (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  float            width = gtk_widget_get_width (widget);
  float            top = gtk_widget_get_height (widget) - BAR_HEIGHT;
  GdkRGBA          track;
  GdkRGBA          fill;

  gtk_widget_snapshot_child (widget, self->label, snapshot);
  if (self->state == DURE_TERM_OPEN || self->state == DURE_TERM_ENDED)
    return;
  gtk_style_context_get_color (context, &track);
  track.alpha = 0.15f;
  if (!gtk_style_context_lookup_color (context, colour_name (self->state), &fill))
    gtk_style_context_get_color (context, &fill);
  append_bar (snapshot, width, top, &track);
  append_bar (snapshot, width * (float) self->fraction, top, &fill);
}

static void
dure_term_bar_dispose (GObject *object)
{
  g_clear_pointer (&DURE_TERM_BAR (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (dure_term_bar_parent_class)->dispose (object);
}

static void
dure_term_bar_class_init (DureTermBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_term_bar_dispose;
  widget_class->measure = dure_term_bar_measure;
  widget_class->size_allocate = dure_term_bar_size_allocate;
  widget_class->snapshot = dure_term_bar_snapshot;
}

static void
dure_term_bar_init (DureTermBar *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/** dure_term_bar_new: (transfer floating): an empty bar. */
GtkWidget *
dure_term_bar_new (void)
{
  return g_object_new (DURE_TYPE_TERM_BAR, NULL);
}

/** dure_term_bar_set: shows a term as it stands today. */
void
dure_term_bar_set (DureTermBar *self, const char *from, const char *to, const char *ended)
{
  g_autofree char *text = NULL;
  int              today = dure_day_today ();

  g_return_if_fail (DURE_IS_TERM_BAR (self));

  self->state = dure_term_state (from, to, ended, today, &self->fraction);
  text = dure_term_text (from, to, ended, today);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  if (self->state == DURE_TERM_OVER)
    gtk_widget_add_css_class (self->label, "error");
  else
    gtk_widget_remove_css_class (self->label, "error");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
