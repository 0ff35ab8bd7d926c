/* dure-notice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-notice.h"

struct _DureNotice
{
  AdwBin       parent_instance;

  GtkRevealer *revealer;
  GtkWidget   *bar;
  GtkImage    *icon;
  GtkLabel    *label;
  GtkButton   *action_button;

  GQueue       waiting; /* sentences of errors that come after the one that is shown */
  char        *hint;    /* comes back when the errors were read */
  char        *hint_button;
  char        *hint_action;
  gboolean     shows_error;
};

G_DEFINE_FINAL_TYPE (DureNotice, dure_notice, ADW_TYPE_BIN)

static void
show (DureNotice *self, const char *sentence, gboolean error)
{
  self->shows_error = error;
  gtk_label_set_label (self->label, sentence);
  gtk_image_set_from_icon_name (self->icon, error ? "dialog-warning-symbolic" : "dialog-information-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->action_button), !error && self->hint_button != NULL);
  if (!error && self->hint_button != NULL)
    gtk_button_set_label (self->action_button, self->hint_button);
  if (error)
    gtk_widget_add_css_class (self->bar, "error");
  else
    gtk_widget_remove_css_class (self->bar, "error");
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
close_clicked_cb (DureNotice *self)
{
  g_autofree char *next = g_queue_pop_head (&self->waiting);

  if (next != NULL)
    show (self, next, TRUE);
  else if (self->shows_error && self->hint != NULL)
    show (self, self->hint, FALSE);
  else
    dure_notice_clear (self);
}

static void
action_clicked_cb (DureNotice *self)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  gboolean known = g_action_parse_detailed_name (self->hint_action, &name, &target, NULL);

  dure_notice_clear (self);
  if (known)
    gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
}

static void
dure_notice_finalize (GObject *object)
{
  DureNotice *self = DURE_NOTICE (object);

  g_queue_clear_full (&self->waiting, g_free);
  g_free (self->hint);
  g_free (self->hint_button);
  g_free (self->hint_action);
  G_OBJECT_CLASS (dure_notice_parent_class)->finalize (object);
}

static void
dure_notice_class_init (DureNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dure_notice_finalize;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, DureNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, DureNotice, bar);
  gtk_widget_class_bind_template_child (widget_class, DureNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, DureNotice, label);
  gtk_widget_class_bind_template_child (widget_class, DureNotice, action_button);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, action_clicked_cb);
}

static void
dure_notice_init (DureNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_queue_init (&self->waiting);
}

/**
 * dure_notice_error:
 * @sentence: what happened, what was kept, what to do
 *
 * Shows @sentence until it is closed; a second one waits for the first. The same sentence is not said twice.
 */
void
dure_notice_error (DureNotice *self, const char *sentence)
{
  g_return_if_fail (DURE_IS_NOTICE (self));
  g_return_if_fail (sentence != NULL);

  if (!self->shows_error)
    show (self, sentence, TRUE);
  else if (g_strcmp0 (gtk_label_get_label (self->label), sentence) != 0 &&
           g_queue_find_custom (&self->waiting, sentence, (GCompareFunc) g_strcmp0) == NULL)
    g_queue_push_tail (&self->waiting, g_strdup (sentence));
}

/**
 * dure_notice_hint:
 * @button: (nullable): label of a button, which activates @action
 * @action: (nullable): an action with its target, as g_action_parse_detailed_name() reads it
 *
 * Shows something worth knowing; an error takes its place until it is closed.
 */
void
dure_notice_hint (DureNotice *self, const char *sentence, const char *button, const char *action)
{
  g_return_if_fail (DURE_IS_NOTICE (self));
  g_return_if_fail (sentence != NULL);

  g_free (self->hint);
  g_free (self->hint_button);
  g_free (self->hint_action);
  self->hint = g_strdup (sentence);
  self->hint_button = g_strdup (button);
  self->hint_action = g_strdup (action);
  if (!self->shows_error)
    show (self, sentence, FALSE);
}

/** dure_notice_clear: hides the bar and forgets what it had to say. */
void
dure_notice_clear (DureNotice *self)
{
  g_return_if_fail (DURE_IS_NOTICE (self));

  g_queue_clear_full (&self->waiting, g_free);
  g_clear_pointer (&self->hint, g_free);
  g_clear_pointer (&self->hint_button, g_free);
  g_clear_pointer (&self->hint_action, g_free);
  self->shows_error = FALSE;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

/** dure_notice_get_text: (nullable): the sentence that is shown. */
const char *
dure_notice_get_text (DureNotice *self)
{
  g_return_val_if_fail (DURE_IS_NOTICE (self), NULL);

  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_label (self->label) : NULL;
}
