/* dure-network-time-panel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-time-panel.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-period.h"
#include "base/dure-date.h"

/* A month a second and a bit: long enough to see what came and what went. */
#define PLAY_MS 1200

struct _DureNetworkTimePanel
{
  AdwBin parent_instance;

  GtkButton           *play;
  GtkButton           *all;
  GtkLabel            *text;
  DureNetworkTimeline *timeline;
  GtkToggleButton     *compare;
  GtkToggleButton     *side;
  guint                play_source;
  gboolean             setting;
};

G_DEFINE_FINAL_TYPE (DureNetworkTimePanel, dure_network_time_panel, ADW_TYPE_BIN)

enum
{
  PERIOD_CHANGED,
  COMPARE_CHANGED,
  SIDE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_text (DureNetworkTimePanel *self)
{
  DureDaySpan      first;
  DureDaySpan      second;
  g_autofree char *text = NULL;
  gboolean         two = dure_network_timeline_get_two (self->timeline, &first, &second);
  gboolean         one = !two && dure_network_timeline_get_period (self->timeline, &first);

  if (two)
    {
      g_autofree char *before = dure_network_period_text (first.from, first.to);
      g_autofree char *after = dure_network_period_text (second.from, second.to);

      text = g_strdup_printf ("%s → %s", before, after);
    }
  else
    text = one ? dure_network_period_text (first.from, first.to) : dure_network_period_text (DURE_NO_DAY, DURE_NO_DAY);
  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->all), one);
  gtk_widget_set_visible (GTK_WIDGET (self->side), two);
  gtk_widget_set_sensitive (GTK_WIDGET (self->play), !two);
}

static void
update_play (DureNetworkTimePanel *self)
{
  gboolean    playing = self->play_source != 0;
  const char *label = playing ? _ ("Stop") : _ ("Play Month by Month");

  gtk_button_set_icon_name (self->play, playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static gboolean
step_cb (gpointer data)
{
  DureNetworkTimePanel *self = data;

  if (dure_network_timeline_move (self->timeline, 1))
    return G_SOURCE_CONTINUE;
  self->play_source = 0;
  update_play (self);
  return G_SOURCE_REMOVE;
}

static void
play_cb (DureNetworkTimePanel *self)
{
  if (self->play_source != 0)
    {
      dure_network_time_panel_stop (self);
      return;
    }
  /* From the last month there is nowhere to go but the first. */
  if (!dure_network_timeline_move (self->timeline, 1))
    dure_network_timeline_move (self->timeline, -(int)dure_network_timeline_get_n (self->timeline) + 1);
  self->play_source = g_timeout_add (PLAY_MS, step_cb, self);
  update_play (self);
}

static void
all_cb (DureNetworkTimePanel *self)
{
  dure_network_time_panel_stop (self);
  dure_network_timeline_set_period (self->timeline, (DureDaySpan){ DURE_NO_DAY, DURE_NO_DAY });
  update_text (self);
  g_signal_emit (self, signals[PERIOD_CHANGED], 0);
}

static void
moved_cb (DureNetworkTimePanel *self)
{
  update_text (self);
  g_signal_emit (self, signals[gtk_toggle_button_get_active (self->compare) ? COMPARE_CHANGED : PERIOD_CHANGED], 0);
}

static void
compare_cb (DureNetworkTimePanel *self)
{
  if (self->setting)
    return;
  dure_network_time_panel_stop (self);
  if (!gtk_toggle_button_get_active (self->compare))
    gtk_toggle_button_set_active (self->side, FALSE);
  dure_network_timeline_set_two (self->timeline, gtk_toggle_button_get_active (self->compare));
  update_text (self);
  g_signal_emit (self, signals[COMPARE_CHANGED], 0);
}

static void
side_cb (DureNetworkTimePanel *self)
{
  g_signal_emit (self, signals[SIDE_CHANGED], 0);
}

static void
dure_network_time_panel_dispose (GObject *object)
{
  g_clear_handle_id (&DURE_NETWORK_TIME_PANEL (object)->play_source, g_source_remove);
  G_OBJECT_CLASS (dure_network_time_panel_parent_class)->dispose (object);
}

static void
dure_network_time_panel_class_init (DureNetworkTimePanelClass *class)
{
  static const char *const names[] = { "period-changed", "compare-changed", "side-changed" };

  G_OBJECT_CLASS (class)->dispose = dure_network_time_panel_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i]
        = g_signal_new (names[i], G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkToggleButton *
new_toggle (DureNetworkTimePanel *self, const char *label, GCallback toggled)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_label (label);

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  g_signal_connect_object (toggle, "toggled", toggled, self, G_CONNECT_SWAPPED);
  return GTK_TOGGLE_BUTTON (toggle);
}

static void
dure_network_time_panel_init (DureNetworkTimePanel *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  GtkBox *texts = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));

  self->play = GTK_BUTTON (gtk_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->play), "circular");
  gtk_widget_set_valign (GTK_WIDGET (self->play), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->play, "clicked", G_CALLBACK (play_cb), self, G_CONNECT_SWAPPED);
  self->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->text, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->text), "numeric");
  self->all = GTK_BUTTON (gtk_button_new_with_label (_ ("All Again")));
  gtk_widget_add_css_class (GTK_WIDGET (self->all), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->all), "caption");
  g_signal_connect_object (self->all, "clicked", G_CALLBACK (all_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (texts, GTK_WIDGET (self->text));
  gtk_box_append (texts, GTK_WIDGET (self->all));
  gtk_widget_set_valign (GTK_WIDGET (texts), GTK_ALIGN_CENTER);
  self->timeline = g_object_new (DURE_TYPE_NETWORK_TIMELINE, NULL);
  gtk_widget_set_valign (GTK_WIDGET (self->timeline), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->timeline, "period-changed", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  self->compare = new_toggle (self, _ ("Compare Two Periods"), G_CALLBACK (compare_cb));
  self->side = new_toggle (self, _ ("Side by Side"), G_CALLBACK (side_cb));
  gtk_box_append (box, GTK_WIDGET (self->play));
  gtk_box_append (box, GTK_WIDGET (texts));
  gtk_box_append (box, GTK_WIDGET (self->timeline));
  gtk_box_append (box, GTK_WIDGET (self->side));
  gtk_box_append (box, GTK_WIDGET (self->compare));
  gtk_widget_add_css_class (GTK_WIDGET (self), "dure-network-card");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
  update_play (self);
  update_text (self);
}

/**
 * dure_network_time_panel_show:
 * @self: a panel
 * @model: what to show; read now, so call this again when it changes
 */
void
dure_network_time_panel_show (DureNetworkTimePanel *self, DureNetworkModel *model)
{
  const DureNetworkFilter *filter;

  g_return_if_fail (DURE_IS_NETWORK_TIME_PANEL (self));

  filter = dure_network_model_get_view (model)->filter;
  dure_network_timeline_set_months (self->timeline, dure_network_model_get_months (model), filter->layers);
  dure_network_timeline_set_period (self->timeline, (DureDaySpan){ filter->from, filter->to });
  update_text (self);
}

/** dure_network_time_panel_get_timeline: (transfer none): the months. */
DureNetworkTimeline *
dure_network_time_panel_get_timeline (DureNetworkTimePanel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_TIME_PANEL (self), NULL);

  return self->timeline;
}

/** dure_network_time_panel_get_period: whether one period is chosen; @span is open at both ends when it is not. */
gboolean
dure_network_time_panel_get_period (DureNetworkTimePanel *self, DureDaySpan *span)
{
  g_return_val_if_fail (DURE_IS_NETWORK_TIME_PANEL (self), FALSE);

  *span = (DureDaySpan){ DURE_NO_DAY, DURE_NO_DAY };
  return dure_network_timeline_get_period (self->timeline, span);
}

/** dure_network_time_panel_get_side: whether the two periods are to stand side by side. */
gboolean
dure_network_time_panel_get_side (DureNetworkTimePanel *self)
{
  g_return_val_if_fail (DURE_IS_NETWORK_TIME_PANEL (self), FALSE);

  return gtk_toggle_button_get_active (self->compare) && gtk_toggle_button_get_active (self->side);
}

/** dure_network_time_panel_set_comparing: shows one period or two, without `compare-changed`. */
void
dure_network_time_panel_set_comparing (DureNetworkTimePanel *self, gboolean comparing)
{
  g_return_if_fail (DURE_IS_NETWORK_TIME_PANEL (self));

  self->setting = TRUE;
  gtk_toggle_button_set_active (self->compare, comparing);
  dure_network_timeline_set_two (self->timeline, comparing);
  self->setting = FALSE;
  update_text (self);
}

/** dure_network_time_panel_stop: stops playing. */
void
dure_network_time_panel_stop (DureNetworkTimePanel *self)
{
  g_return_if_fail (DURE_IS_NETWORK_TIME_PANEL (self));

  g_clear_handle_id (&self->play_source, g_source_remove);
  update_play (self);
}
