/* dure-record-mark.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-record-mark.h"

#include "app/sync/dure-sync-session.h"
#include "sync/dure-record-state.h"

struct _DureRecordMark
{
  AdwBin parent_instance;

  DureDesk     *desk;
  DureEntityId  entity;
  char         *id; /* (nullable) */
  guint         later;
  gboolean      listens; /* to the session, which is not needed before there is a record */

  GtkWidget *line;
  GtkImage  *icon;
  GtkLabel  *label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (DureRecordMark, dure_record_mark, ADW_TYPE_BIN)

static void
refresh (DureRecordMark *self)
{
  DureRecordState state = self->id != NULL && self->desk != NULL
                              ? dure_record_state_of (dure_desk_get_store (self->desk), self->entity, self->id)
                              : DURE_RECORD_LOCAL;
  const char *label = dure_record_state_label (state);

  gtk_widget_set_visible (GTK_WIDGET (self), label != NULL);
  if (label == NULL)
    return;
  gtk_widget_set_visible (self->button, state == DURE_RECORD_CLASH);
  gtk_widget_set_visible (self->line, state != DURE_RECORD_CLASH);
  gtk_label_set_label (self->label, label);
  gtk_image_set_from_icon_name (self->icon,
                                state == DURE_RECORD_HERE ? "emblem-synchronizing-symbolic" : "emblem-ok-symbolic");
}

static gboolean
later_cb (gpointer data)
{
  DureRecordMark *self = data;

  self->later = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* Writes and rounds come in bursts. */
static void
something_changed_cb (DureRecordMark *self)
{
  if (self->later == 0 && self->id != NULL)
    self->later = g_timeout_add (150, later_cb, self);
}

static void
dure_record_mark_dispose (GObject *object)
{
  DureRecordMark *self = DURE_RECORD_MARK (object);

  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_record_mark_parent_class)->dispose (object);
}

static void
dure_record_mark_finalize (GObject *object)
{
  g_free (DURE_RECORD_MARK (object)->id);
  G_OBJECT_CLASS (dure_record_mark_parent_class)->finalize (object);
}

static void
dure_record_mark_class_init (DureRecordMarkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_record_mark_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_record_mark_finalize;
}

static void
dure_record_mark_init (DureRecordMark *self)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *content = adw_button_content_new ();

  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_widget_add_css_class (self->line, "caption");
  gtk_widget_add_css_class (self->line, "dim-label");
  gtk_box_append (GTK_BOX (self->line), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (self->line), GTK_WIDGET (self->label));
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "dialog-warning-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), dure_record_state_label (DURE_RECORD_CLASH));
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), content);
  gtk_widget_add_css_class (self->button, "warning");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.conflicts");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dure_record_state_label (DURE_RECORD_CLASH), -1);
  gtk_box_append (GTK_BOX (both), self->line);
  gtk_box_append (GTK_BOX (both), self->button);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  adw_bin_set_child (ADW_BIN (self), both);
}

/** dure_record_mark_new: Returns: (transfer floating): a mark; hidden until it has a record, and without a server */
GtkWidget *
dure_record_mark_new (DureDesk *desk)
{
  DureRecordMark *self = g_object_new (DURE_TYPE_RECORD_MARK, "visible", FALSE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (something_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** dure_record_mark_set_record: @record: (nullable): of which it tells */
void
dure_record_mark_set_record (DureRecordMark *self, DureRecord *record)
{
  g_return_if_fail (DURE_IS_RECORD_MARK (self));

  if (record != NULL && !self->listens)
    g_signal_connect_object (dure_sync_session_for_desk (self->desk), "changed", G_CALLBACK (something_changed_cb), self,
                             G_CONNECT_SWAPPED);
  self->listens = self->listens || record != NULL;
  g_free (self->id);
  self->id = record != NULL ? g_strdup (dure_record_get_id (record)) : NULL;
  if (record != NULL)
    self->entity = dure_record_get_entity (record)->id;
  refresh (self);
}
