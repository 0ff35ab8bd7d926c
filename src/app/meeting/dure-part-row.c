/* dure-part-row.c: one part of an event in its timeline
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-part-row.h"

#include <glib/gi18n-lib.h>

#define MOST_MINUTES 1440
#define STEP_MINUTES 5
#define SETTLE_MS 500

struct _DurePartRow
{
  GtkListBoxRow parent_instance;

  DureRecord *part;
  char       *times;
  GtkWidget  *spin;
  guint       settle_source;
};

enum
{
  SIGNAL_MOVE,
  SIGNAL_MINUTES,
  SIGNAL_EDIT,
  SIGNAL_REMOVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DurePartRow, dure_part_row, GTK_TYPE_LIST_BOX_ROW)

static gboolean
move_by_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  int from = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (widget));

  g_signal_emit (widget, signals[SIGNAL_MOVE], 0, from, from + g_variant_get_int32 (args));
  return TRUE;
}

static gboolean
remove_by_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  /* Delete in the field for the minutes belongs to that field. */
  if (!gtk_widget_is_focus (widget))
    return FALSE;
  g_signal_emit (widget, signals[SIGNAL_REMOVE], 0);
  return TRUE;
}

static gboolean
settled_cb (gpointer user_data)
{
  DurePartRow *self = user_data;

  self->settle_source = 0;
  g_signal_emit (self, signals[SIGNAL_MINUTES], 0, gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->spin)));
  return G_SOURCE_REMOVE;
}

/* One change for a row of clicks. */
static void
minutes_cb (DurePartRow *self)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->settle_source = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
edit_cb (DurePartRow *self)
{
  g_signal_emit (self, signals[SIGNAL_EDIT], 0);
}

static void
remove_cb (DurePartRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static GdkContentProvider *
drag_prepare_cb (DurePartRow *self, double x, double y, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (DURE_TYPE_PART_ROW, self);
}

static gboolean
drop_cb (DurePartRow *self, const GValue *value)
{
  DurePartRow *dragged = g_value_get_object (value);

  if (dragged == NULL || dragged == self
      || gtk_widget_get_parent (GTK_WIDGET (dragged)) != gtk_widget_get_parent (GTK_WIDGET (self)))
    return FALSE;
  g_signal_emit (self,
                 signals[SIGNAL_MOVE],
                 0,
                 gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (dragged)),
                 gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self)));
  return TRUE;
}

static void
dure_part_row_dispose (GObject *object)
{
  g_clear_handle_id (&DURE_PART_ROW (object)->settle_source, g_source_remove);
  G_OBJECT_CLASS (dure_part_row_parent_class)->dispose (object);
}

static void
dure_part_row_finalize (GObject *object)
{
  DurePartRow *self = DURE_PART_ROW (object);

  g_clear_object (&self->part);
  g_free (self->times);
  G_OBJECT_CLASS (dure_part_row_parent_class)->finalize (object);
}

static void
dure_part_row_class_init (DurePartRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_part_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_part_row_finalize;
  signals[SIGNAL_MOVE] =
    g_signal_new ("move", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  signals[SIGNAL_MINUTES] =
    g_signal_new ("minutes", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_by_key_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_by_key_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, remove_by_key_cb, NULL);
}

static void
dure_part_row_init (DurePartRow *self)
{
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (DURE_TYPE_PART_ROW, GDK_ACTION_MOVE);

  gtk_widget_add_css_class (GTK_WIDGET (self), "part-row");
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect_swapped (drag, "prepare", G_CALLBACK (drag_prepare_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

static GtkWidget *
new_icon_button (DurePartRow *self, const char *icon, const char *tip, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = g_strdup_printf ("%s: %s", tip, dure_record_get_title (self->part));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  return button;
}

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

static GtkWidget *
new_texts (DurePartRow *self, DureStore *store)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *kind = dure_store_format (store, self->part, DURE_PART_KIND);
  g_autofree char *lecturer = dure_store_format (store, self->part, DURE_PART_LECTURER);
  g_autofree char *venue = dure_store_format (store, self->part, DURE_PART_VENUE);
  const char *summary = dure_record_get (self->part, DURE_PART_SUMMARY);
  const char *const facts[] = { kind, lecturer, venue };
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i] != NULL && *facts[i] != '\0')
      g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", facts[i]);
  gtk_box_append (GTK_BOX (texts), new_label (dure_record_get_title (self->part), "heading"));
  if (line->len > 0)
    gtk_box_append (GTK_BOX (texts), new_label (line->str, "dim-label"));
  if (summary != NULL)
    {
      GtkWidget *label = new_label (summary, "caption");

      gtk_label_set_lines (GTK_LABEL (label), 3);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  return texts;
}

/**
 * dure_part_row_new:
 * @store: the reader, for the names of what the part links to
 * @part: the part
 * @from_minute: when it begins, in minutes of the day
 * @to_minute: when it ends
 */
GtkWidget *
dure_part_row_new (DureStore *store, DureRecord *part, int from_minute, int to_minute)
{
  DurePartRow *self;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *grip = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  GtkWidget *spin;
  GtkWidget *rail = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  GtkWidget *times;
  g_autofree char *name = NULL;
  const char *kind;

  g_return_val_if_fail (DURE_IS_RECORD (part), NULL);

  self = g_object_new (DURE_TYPE_PART_ROW, NULL);
  self->part = g_object_ref (part);
  self->spin = spin = gtk_spin_button_new_with_range (0, MOST_MINUTES, STEP_MINUTES);
  self->times = g_strdup_printf ("%02d:%02d~%02d:%02d",
                                 from_minute / 60 % 24,
                                 from_minute % 60,
                                 to_minute / 60 % 24,
                                 to_minute % 60);
  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 12);
  gtk_widget_set_margin_top (line, 12);
  gtk_widget_set_margin_bottom (line, 12);

  gtk_widget_add_css_class (grip, "dim-label");
  gtk_widget_set_tooltip_text (grip, _("Drag, or Alt+Up and Alt+Down"));
  gtk_box_append (GTK_BOX (line), grip);
  times = new_label (self->times, "numeric");
  gtk_widget_set_valign (times, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (times), FALSE);
  gtk_box_append (GTK_BOX (line), times);
  kind = dure_record_get (part, DURE_PART_KIND);
  gtk_widget_add_css_class (rail, "rail");
  if (kind != NULL)
    gtk_widget_add_css_class (rail, kind);
  gtk_box_append (GTK_BOX (line), rail);
  gtk_box_append (GTK_BOX (line), new_texts (self, store));

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), (double) dure_record_get_int (part, DURE_PART_MINUTES));
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 4);
  gtk_widget_set_tooltip_text (spin, _("Minutes"));
  name = g_strdup_printf ("%s: %s", _("Minutes"), dure_record_get_title (part));
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (minutes_cb), self);
  gtk_box_append (GTK_BOX (line), spin);
  gtk_box_append (GTK_BOX (line), new_label (_("min"), "dim-label"));
  gtk_box_append (GTK_BOX (line),
                  new_icon_button (self, "document-edit-symbolic", _("Edit"), G_CALLBACK (edit_cb)));
  gtk_box_append (GTK_BOX (line),
                  new_icon_button (self, "user-trash-symbolic", _("Remove"), G_CALLBACK (remove_cb)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), line);
  return GTK_WIDGET (self);
}

DureRecord *
dure_part_row_get_part (DurePartRow *self)
{
  g_return_val_if_fail (DURE_IS_PART_ROW (self), NULL);
  return self->part;
}

/* Returns: (transfer full): "14:00~15:30 Training" */
char *
dure_part_row_describe (DurePartRow *self)
{
  g_return_val_if_fail (DURE_IS_PART_ROW (self), NULL);
  return g_strdup_printf ("%s %s", self->times, dure_record_get_title (self->part));
}
