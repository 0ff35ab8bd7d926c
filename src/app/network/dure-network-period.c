/* dure-network-period.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-period.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/widgets/dure-field-row.h"
#include "base/dure-date.h"

struct _DureNetworkPeriod
{
  AdwBin parent_instance;

  GtkDropDown  *preset;
  GtkWidget    *days;
  DureFieldRow *from_row;
  DureFieldRow *to_row;
  GtkDropDown  *decay;
  int           from;
  int           to;
  double        half_life;
  gboolean      setting;
};

typedef enum
{
  PERIOD_NOW,
  PERIOD_THIS_YEAR,
  PERIOD_TWELVE_MONTHS,
  PERIOD_LAST_YEAR,
  PERIOD_OWN,
  N_PERIODS
} Period;

static const double half_lives[] = { 0, 6, 12, 24 };

G_DEFINE_FINAL_TYPE (DureNetworkPeriod, dure_network_period, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
days_of (Period period, int *from, int *to)
{
  int today = dure_day_today ();
  int year;
  int month;
  int day;

  dure_day_to_ymd (today, &year, &month, &day);
  *from = *to = DURE_NO_DAY;
  switch (period)
    {
    case PERIOD_TWELVE_MONTHS:
      *from = dure_day_from_ymd (year - 1, month, MIN (day, dure_month_days (year - 1, month))) + 1;
      *to = today;
      break;
    case PERIOD_THIS_YEAR:
      *from = dure_day_from_ymd (year, 1, 1);
      *to = dure_day_from_ymd (year, 12, 31);
      break;
    case PERIOD_LAST_YEAR:
      *from = dure_day_from_ymd (year - 1, 1, 1);
      *to = dure_day_from_ymd (year - 1, 12, 31);
      break;
    case PERIOD_NOW:
    case PERIOD_OWN:
    default:
      break;
    }
}

static void
show_days (DureNetworkPeriod *self)
{
  g_autofree char *from = self->from != DURE_NO_DAY ? dure_day_to_date (self->from) : NULL;
  g_autofree char *to = self->to != DURE_NO_DAY ? dure_day_to_date (self->to) : NULL;

  dure_field_row_set_value (self->from_row, from);
  dure_field_row_set_value (self->to_row, to);
}

static void
preset_cb (DureNetworkPeriod *self)
{
  Period period = (Period)gtk_drop_down_get_selected (self->preset);

  if (self->setting)
    return;
  gtk_widget_set_visible (self->days, period == PERIOD_OWN);
  /* One's own days begin with those that were shown. */
  if (period != PERIOD_OWN)
    days_of (period, &self->from, &self->to);
  show_days (self);
  if (period != PERIOD_OWN)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
day_cb (DureFieldRow *row, DureNetworkPeriod *self)
{
  const char *from = dure_field_row_get_value (self->from_row);
  const char *to = dure_field_row_get_value (self->to_row);
  int         first = from != NULL ? dure_day (from) : DURE_NO_DAY;
  int         last = to != NULL ? dure_day (to) : DURE_NO_DAY;

  if (self->setting)
    return;
  if (first != DURE_NO_DAY && last != DURE_NO_DAY && first > last)
    {
      dure_field_row_set_error (row, _ ("The period ends before it begins."));
      return;
    }
  dure_field_row_set_error (self->from_row, NULL);
  dure_field_row_set_error (self->to_row, NULL);
  self->from = first;
  self->to = last;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
decay_cb (DureNetworkPeriod *self)
{
  guint selected = gtk_drop_down_get_selected (self->decay);

  if (self->setting || selected >= G_N_ELEMENTS (half_lives))
    return;
  self->half_life = half_lives[selected];
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
dure_network_period_class_init (DureNetworkPeriodClass *class)
{
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static DureFieldRow *
add_day (DureNetworkPeriod *self, GtkListBox *list, guint field)
{
  DureFieldRow *row = DURE_FIELD_ROW (dure_field_row_new (NULL, DURE_ENTITY_TIE, field));

  g_signal_connect_object (row, "edited", G_CALLBACK (day_cb), self, 0);
  gtk_list_box_append (list, GTK_WIDGET (row));
  return row;
}

static void
dure_network_period_init (DureNetworkPeriod *self)
{
  const char *periods[] = { _ ("As it stands today"), _ ("This year"),   _ ("Last twelve months"),
                            _ ("Last year"),          _ ("From … to …"), NULL };
  const char *decays[] = { _ ("Old counts as new"), _ ("Half after 6 months"), _ ("Half after 12 months"),
                           _ ("Half after 24 months"), NULL };
  GtkBox     *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));

  self->from = self->to = DURE_NO_DAY;
  self->preset = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (periods));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preset), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Period"), -1);
  self->days = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->days), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->days, "boxed-list");
  gtk_widget_set_visible (self->days, FALSE);
  self->from_row = add_day (self, GTK_LIST_BOX (self->days), DURE_TIE_SINCE);
  self->to_row = add_day (self, GTK_LIST_BOX (self->days), DURE_TIE_UNTIL);
  self->decay = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (decays));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->decay), _ ("Whether older records weigh less"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->decay), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Whether older records weigh less"), -1);
  g_signal_connect_object (self->preset, "notify::selected", G_CALLBACK (preset_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->decay, "notify::selected", G_CALLBACK (decay_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (self->preset));
  gtk_box_append (box, self->days);
  gtk_box_append (box, GTK_WIDGET (self->decay));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
}

/**
 * dure_network_period_set:
 * @self: a chooser
 * @from: first day, or %DURE_NO_DAY
 * @to: last day, or %DURE_NO_DAY
 * @half_life: months after which a record counts half; 0 for none
 *
 * Shows the period without `changed`.
 */
void
dure_network_period_set (DureNetworkPeriod *self, int from, int to, double half_life)
{
  guint shown = PERIOD_OWN;
  guint decay = 0;

  g_return_if_fail (DURE_IS_NETWORK_PERIOD (self));

  self->from = from;
  self->to = to;
  self->half_life = half_life;
  for (guint i = 0; i < PERIOD_OWN && shown == PERIOD_OWN; i++)
    {
      int first;
      int last;

      days_of ((Period)i, &first, &last);
      if (first == from && last == to)
        shown = i;
    }
  for (guint i = 0; i < G_N_ELEMENTS (half_lives); i++)
    if (fabs (half_lives[i] - half_life) < fabs (half_lives[decay] - half_life))
      decay = i;
  self->setting = TRUE;
  gtk_drop_down_set_selected (self->preset, shown);
  gtk_drop_down_set_selected (self->decay, decay);
  gtk_widget_set_visible (self->days, shown == PERIOD_OWN);
  show_days (self);
  self->setting = FALSE;
}

/** dure_network_period_get_from: the first day, or %DURE_NO_DAY. */
int
dure_network_period_get_from (DureNetworkPeriod *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_PERIOD (self), DURE_NO_DAY);

  return self->from;
}

/** dure_network_period_get_to: the last day, or %DURE_NO_DAY. */
int
dure_network_period_get_to (DureNetworkPeriod *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_PERIOD (self), DURE_NO_DAY);

  return self->to;
}

/** dure_network_period_get_half_life: months after which a record counts half, or 0. */
double
dure_network_period_get_half_life (DureNetworkPeriod *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_PERIOD (self), 0);

  return self->half_life;
}

static char *
month_text (int day)
{
  int year;
  int month;
  int month_day;

  dure_day_to_ymd (day, &year, &month, &month_day);
  /* Translators: a month: year, month. */
  return g_strdup_printf (_ ("%1$d-%2$02d"), year, month);
}

/**
 * dure_network_period_text:
 * @from: first day, or %DURE_NO_DAY
 * @to: last day, or %DURE_NO_DAY
 *
 * Returns: (transfer full): the period by its months
 */
char *
dure_network_period_text (int from, int to)
{
  g_autofree char *first = from != DURE_NO_DAY ? month_text (from) : NULL;
  g_autofree char *last = to != DURE_NO_DAY ? month_text (to) : NULL;

  if (first == NULL && last == NULL)
    return g_strdup (_ ("As it stands today"));
  if (g_strcmp0 (first, last) == 0)
    return g_steal_pointer (&first);
  return g_strdup_printf ("%s – %s", first != NULL ? first : "", last != NULL ? last : "");
}
