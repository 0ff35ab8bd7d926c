/* dure-field-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-field-row.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/dure-widgets-style.h"
#include "base/dure-hangul.h"

#define SAVED_SECONDS 2

typedef struct
{
  DureDesk        *desk;
  DureEntityId     entity;
  guint            number;
  const DureField *field;
  char            *value;  /* canonical, what is stored */
  char            *shown;  /* what get_typed() said right after the value was shown */
  char            *error;
  gboolean         showing; /* the row itself changes the editor */
  guint            saved_source;
  guint            leave_source;

  GtkWidget *box;
  GtkWidget *line;
  GtkWidget *label;
  GtkWidget *mark;
  GtkWidget *sentence;
  GtkWidget *focus;
} DureFieldRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DureFieldRow, dure_field_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_0,
  PROP_DESK,
  PROP_ENTITY,
  PROP_NUMBER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint       edited_signal;

static void
show_value (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);
  DureFieldRowClass   *klass = DURE_FIELD_ROW_GET_CLASS (self);

  priv->showing = TRUE;
  klass->show_value (self, priv->value);
  priv->showing = FALSE;
  g_free (priv->shown);
  priv->shown = klass->get_typed (self);
}

static gboolean
is_dirty (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);
  g_autofree char     *typed = DURE_FIELD_ROW_GET_CLASS (self)->get_typed (self);

  return g_strcmp0 (typed, priv->shown) != 0;
}

static gboolean
has_focus_inside (DureFieldRow *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
hide_mark (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  g_clear_handle_id (&priv->saved_source, g_source_remove);
  gtk_widget_set_opacity (priv->mark, 0);
  gtk_widget_remove_css_class (priv->mark, "success");
  gtk_widget_remove_css_class (priv->mark, "error");
  gtk_widget_set_tooltip_text (priv->mark, NULL);
}

static gboolean
saved_over_cb (gpointer user_data)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (user_data);

  priv->saved_source = 0;
  hide_mark (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
left_idle_cb (gpointer user_data)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (user_data);

  priv->leave_source = 0;
  if (has_focus_inside (user_data))
    return G_SOURCE_REMOVE;
  if (priv->focus != NULL && GTK_IS_EDITABLE (priv->focus))
    gtk_editable_select_region (GTK_EDITABLE (priv->focus), 0, 0);
  dure_field_row_commit (user_data);
  return G_SOURCE_REMOVE;
}

/* The input method may hand over its last syllable after the focus went, so the text is read a moment later. */
static void
left_cb (GtkEventControllerFocus *controller, DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  if (priv->leave_source == 0)
    priv->leave_source = g_idle_add (left_idle_cb, self);
}

/* @text is an entry, or the buffer of a text view. */
static void
text_changed_cb (GObject *text, DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  if (priv->showing)
    return;
  if (priv->error != NULL)
    dure_field_row_set_error (self, NULL);
  if (!has_focus_inside (self) && gtk_widget_get_mapped (GTK_IS_WIDGET (text) ? GTK_WIDGET (text) : priv->focus))
    left_cb (NULL, self);
}

static void
text_activate_cb (GtkWidget *text, DureFieldRow *self)
{
  dure_field_row_commit (self);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        DureFieldRow          *self)
{
  if (keyval != GDK_KEY_Escape || !is_dirty (self))
    return GDK_EVENT_PROPAGATE;
  dure_field_row_revert (self);
  return GDK_EVENT_STOP;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  if (priv->focus != NULL && !has_focus_inside (self))
    gtk_widget_grab_focus (priv->focus);
}

static void
dure_field_row_unmap (GtkWidget *widget)
{
  /* Leaving a page or closing the window leaves the field too. */
  dure_field_row_commit (DURE_FIELD_ROW (widget));
  GTK_WIDGET_CLASS (dure_field_row_parent_class)->unmap (widget);
}

static gboolean
dure_field_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (DURE_FIELD_ROW (widget));

  return gtk_widget_child_focus (priv->box, direction);
}

static gboolean
dure_field_row_grab_focus (GtkWidget *widget)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (DURE_FIELD_ROW (widget));

  return priv->focus != NULL && gtk_widget_grab_focus (priv->focus);
}

static void
dure_field_row_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (DURE_FIELD_ROW (object));

  switch (property)
    {
    case PROP_DESK:
      priv->desk = g_value_dup_object (value);
      break;
    case PROP_ENTITY:
      priv->entity = g_value_get_uint (value);
      break;
    case PROP_NUMBER:
      priv->number = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
dure_field_row_constructed (GObject *object)
{
  DureFieldRow        *self = DURE_FIELD_ROW (object);
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);
  const char          *label;
  g_autofree char     *starred = NULL;

  G_OBJECT_CLASS (dure_field_row_parent_class)->constructed (object);
  priv->field = dure_entity_field (dure_entity (priv->entity), priv->number);
  label = dure_field_label (priv->field);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  if (priv->field->flags & DURE_FIELD_REQUIRED)
    starred = g_strdup_printf ("%s *", label);
  gtk_label_set_text (GTK_LABEL (priv->label), starred != NULL ? starred : label);
  if (starred != NULL)
    gtk_widget_set_tooltip_text (priv->label, _ ("Required"));
  DURE_FIELD_ROW_GET_CLASS (self)->build (self);
  show_value (self);
}

static void
dure_field_row_dispose (GObject *object)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (DURE_FIELD_ROW (object));

  g_clear_handle_id (&priv->saved_source, g_source_remove);
  g_clear_handle_id (&priv->leave_source, g_source_remove);
  g_clear_object (&priv->desk);
  G_OBJECT_CLASS (dure_field_row_parent_class)->dispose (object);
}

static void
dure_field_row_finalize (GObject *object)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (DURE_FIELD_ROW (object));

  g_free (priv->value);
  g_free (priv->shown);
  g_free (priv->error);
  G_OBJECT_CLASS (dure_field_row_parent_class)->finalize (object);
}

static void
dure_field_row_class_init (DureFieldRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = dure_field_row_set_property;
  object_class->constructed = dure_field_row_constructed;
  object_class->dispose = dure_field_row_dispose;
  object_class->finalize = dure_field_row_finalize;
  widget_class->unmap = dure_field_row_unmap;
  widget_class->focus = dure_field_row_focus;
  widget_class->grab_focus = dure_field_row_grab_focus;

  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, DURE_TYPE_DESK, flags);
  properties[PROP_ENTITY] = g_param_spec_uint ("entity", NULL, NULL, 0, DURE_N_ENTITIES - 1, 0, flags);
  properties[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DureFieldRow::edited:
   *
   * A new value was taken; dure_field_row_get_value() has it.
   */
  edited_signal = g_signal_new ("edited", DURE_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  dure_widgets_style_load ();
}

static void
dure_field_row_init (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);
  GtkEventController  *controller;

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dure-field-row");

  priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  priv->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (priv->line, "line");
  priv->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (priv->label, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (priv->label), 0);
  gtk_label_set_wrap (GTK_LABEL (priv->label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (priv->label), 13);
  gtk_label_set_max_width_chars (GTK_LABEL (priv->label), 13);
  priv->mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_widget_set_opacity (priv->mark, 0);
  gtk_box_append (GTK_BOX (priv->line), priv->label);
  gtk_box_append (GTK_BOX (priv->line), priv->mark);
  priv->sentence = gtk_label_new (NULL);
  gtk_widget_add_css_class (priv->sentence, "sentence");
  gtk_widget_add_css_class (priv->sentence, "caption");
  gtk_widget_add_css_class (priv->sentence, "error");
  gtk_label_set_xalign (GTK_LABEL (priv->sentence), 0);
  gtk_label_set_wrap (GTK_LABEL (priv->sentence), TRUE);
  gtk_widget_set_visible (priv->sentence, FALSE);
  gtk_box_append (GTK_BOX (priv->box), priv->line);
  gtk_box_append (GTK_BOX (priv->box), priv->sentence);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), priv->box);

  controller = gtk_event_controller_focus_new ();
  g_signal_connect (controller, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  controller = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  g_signal_connect (controller, "released", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/** dure_field_row_get_desk: (transfer none): the open store. */
DureDesk *
dure_field_row_get_desk (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  return priv->desk;
}

/** dure_field_row_get_field: (transfer none): the field of the table. */
const DureField *
dure_field_row_get_field (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  return priv->field;
}

/** dure_field_row_get_number: number of the field in its entity. */
guint
dure_field_row_get_number (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  return priv->number;
}

/** dure_field_row_get_value: (nullable): the canonical value that was set or taken last. */
const char *
dure_field_row_get_value (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  return priv->value;
}

/**
 * dure_field_row_set_value:
 * @value: (nullable): canonical value
 *
 * Shows what is stored. A row that holds typed text not yet taken keeps it on the screen, and one that shows the value
 * already keeps its cursor and its sentence.
 */
void
dure_field_row_set_value (DureFieldRow *self, const char *value)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);
  gboolean             dirty = is_dirty (self);

  /* A linked record may be called otherwise now. */
  if (g_strcmp0 (value, priv->value) == 0 && (dirty || priv->field->type != DURE_VALUE_LINK))
    return;
  g_free (priv->value);
  priv->value = g_strdup (value);
  if (!dirty)
    {
      dure_field_row_set_error (self, NULL);
      show_value (self);
    }
}

/**
 * dure_field_row_commit:
 *
 * Takes what is typed, if it is allowed.
 *
 * Returns: %FALSE when it is not; the row says why
 */
gboolean
dure_field_row_commit (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);
  g_autofree char     *typed = DURE_FIELD_ROW_GET_CLASS (self)->get_typed (self);
  g_autofree char     *value = NULL;
  g_autoptr (GError)   error = NULL;

  g_clear_handle_id (&priv->leave_source, g_source_remove);
  if (g_strcmp0 (typed, priv->shown) == 0)
    return priv->error == NULL;

  value = dure_field_parse (priv->field, typed, &error);
  if (error != NULL && DURE_FIELD_ROW_GET_CLASS (self)->complete != NULL)
    {
      value = DURE_FIELD_ROW_GET_CLASS (self)->complete (self, typed);
      if (value != NULL)
        g_clear_error (&error);
    }
  if (error == NULL && value != NULL && *value == '\0')
    g_clear_pointer (&value, g_free);
  if (error != NULL)
    {
      dure_field_row_set_error (self, error->message);
      return FALSE;
    }
  if (value == NULL && (priv->field->flags & DURE_FIELD_REQUIRED))
    {
      g_autofree char *sentence = dure_hangul_printf (_ ("%s cannot be empty."), dure_field_label (priv->field));

      dure_field_row_set_error (self, sentence);
      return FALSE;
    }
  dure_field_row_set_error (self, NULL);
  if (g_strcmp0 (value, priv->value) == 0)
    {
      show_value (self);
      return TRUE;
    }
  g_free (priv->value);
  priv->value = g_steal_pointer (&value);
  show_value (self);
  g_signal_emit (self, edited_signal, 0);
  return TRUE;
}

/** dure_field_row_revert: back to the stored value. */
void
dure_field_row_revert (DureFieldRow *self)
{
  dure_field_row_set_error (self, NULL);
  show_value (self);
}

/**
 * dure_field_row_get_draft:
 *
 * Returns: (transfer full) (nullable): typed text that was not taken
 */
char *
dure_field_row_get_draft (DureFieldRow *self)
{
  return is_dirty (self) ? DURE_FIELD_ROW_GET_CLASS (self)->get_typed (self) : NULL;
}

/** dure_field_row_set_draft: shows text that was not taken earlier, with the sentence that said why. */
void
dure_field_row_set_draft (DureFieldRow *self, const char *typed, const char *sentence)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  if (DURE_FIELD_ROW_GET_CLASS (self)->set_typed != NULL)
    {
      priv->showing = TRUE;
      DURE_FIELD_ROW_GET_CLASS (self)->set_typed (self, typed);
      priv->showing = FALSE;
    }
  dure_field_row_set_error (self, sentence);
}

/** dure_field_row_get_error: (nullable): the sentence beneath. */
const char *
dure_field_row_get_error (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  return priv->error;
}

/** dure_field_row_set_error: marks the row as wrong, with a sentence; %NULL takes the mark away. */
void
dure_field_row_set_error (DureFieldRow *self, const char *sentence)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  if (g_strcmp0 (priv->error, sentence) == 0)
    return;
  g_free (priv->error);
  priv->error = g_strdup (sentence);
  hide_mark (self);
  gtk_label_set_text (GTK_LABEL (priv->sentence), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (priv->sentence, sentence != NULL);
  if (sentence != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
      gtk_image_set_from_icon_name (GTK_IMAGE (priv->mark), "dialog-error-symbolic");
      gtk_widget_add_css_class (priv->mark, "error");
      gtk_widget_set_opacity (priv->mark, 1);
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
  if (priv->focus != NULL)
    gtk_accessible_update_state (GTK_ACCESSIBLE (priv->focus), GTK_ACCESSIBLE_STATE_INVALID,
                                 sentence != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/** dure_field_row_show_saved: a quiet check for two seconds. */
void
dure_field_row_show_saved (DureFieldRow *self)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  if (priv->error != NULL)
    return;
  hide_mark (self);
  gtk_image_set_from_icon_name (GTK_IMAGE (priv->mark), "object-select-symbolic");
  gtk_widget_add_css_class (priv->mark, "success");
  gtk_widget_set_tooltip_text (priv->mark, _ ("Saved"));
  gtk_widget_set_opacity (priv->mark, 1);
  priv->saved_source = g_timeout_add_seconds (SAVED_SECONDS, saved_over_cb, self);
}

/** dure_field_row_set_read_only: for viewers and for what the program writes itself. */
void
dure_field_row_set_read_only (DureFieldRow *self, gboolean read_only)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  if (priv->focus != NULL && GTK_IS_EDITABLE (priv->focus))
    gtk_editable_set_editable (GTK_EDITABLE (priv->focus), !read_only);
  else if (priv->focus != NULL)
    gtk_widget_set_sensitive (priv->focus, !read_only);
}

/**
 * dure_field_row_set_editor:
 * @editor: the widget that holds the value
 * @focus: the part of it that takes the focus and the name of the row
 * @beneath: under the label instead of beside it
 */
void
dure_field_row_set_editor (DureFieldRow *self, GtkWidget *editor, GtkWidget *focus, gboolean beneath)
{
  DureFieldRowPrivate *priv = dure_field_row_get_instance_private (self);

  priv->focus = focus;
  gtk_widget_set_hexpand (editor, TRUE);
  if (beneath)
    {
      gtk_widget_set_hexpand (priv->label, TRUE);
      gtk_box_insert_child_after (GTK_BOX (priv->box), editor, priv->line);
      gtk_widget_add_css_class (GTK_WIDGET (self), "beneath");
    }
  else
    gtk_box_insert_child_after (GTK_BOX (priv->line), editor, priv->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dure_field_label (priv->field), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, priv->sentence, NULL,
                                  -1);
  if (priv->field->flags & DURE_FIELD_REQUIRED)
    gtk_accessible_update_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE, -1);
}

/** dure_field_row_watch_text: takes the text of an entry or a text view when it is left; Esc brings the value back. */
void
dure_field_row_watch_text (DureFieldRow *self, GtkWidget *text)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  if (GTK_IS_TEXT_VIEW (text))
    g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "changed", G_CALLBACK (text_changed_cb),
                             self, 0);
  else
    {
      g_signal_connect_object (text, "changed", G_CALLBACK (text_changed_cb), self, 0);
      g_signal_connect_object (text, "activate", G_CALLBACK (text_activate_cb), self, 0);
    }
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (text, controller);
}
