/* dure-conflict-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-conflict-card.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/sync/dure-sync-time.h"
#include "app/widgets/dure-field-row.h"
#include "app/widgets/dure-text-difference.h"
#include "base/dure-stamp.h"
#include "sync/dure-conflict.h"

struct _DureConflictCard
{
  AdwBin parent_instance;

  DureDesk        *desk;
  DureRecord      *conflict;
  DureConflictNow *now;
  DureFieldRow    *row; /* (nullable): of another value, while it is written */

  GtkLabel    *kind;
  GtkLabel    *record;
  GtkLabel    *field;
  GtkWidget   *note;
  GtkLabel    *note_label;
  GtkLabel    *won_title;
  GtkLabel    *won;
  GtkLabel    *won_who;
  GtkLabel    *lost_title;
  GtkLabel    *lost;
  GtkLabel    *lost_who;
  GtkButton   *keep;
  GtkButton   *restore;
  GtkWidget   *both;
  GtkWidget   *another;
  GtkWidget   *more;
  GtkRevealer *editor;
  GtkListBox  *editor_list;
};

G_DEFINE_FINAL_TYPE (DureConflictCard, dure_conflict_card, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* A record that was deleted again since is brought back by a write; what stands is the deletion. */
static gboolean
is_deleted_again (DureConflictCard *self)
{
  return self->now->of_deletion && (self->now->record_deleted || self->now->merged);
}

static void
keep_cb (DureConflictCard *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, is_deleted_again (self) ? DURE_CONFLICT_WRITE : DURE_CONFLICT_KEEP, NULL);
}

static void
restore_cb (DureConflictCard *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, DURE_CONFLICT_RESTORE, NULL);
}

static void
close_editor (DureConflictCard *self)
{
  gtk_revealer_set_reveal_child (self->editor, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->editor), FALSE);
  gtk_widget_set_visible (self->more, TRUE);
  if (self->row != NULL)
    gtk_list_box_remove (self->editor_list, GTK_WIDGET (self->row));
  self->row = NULL;
}

/* The field's own editor, with its own checks. */
static void
open_editor (DureConflictCard *self, const char *value)
{
  close_editor (self);
  self->row = DURE_FIELD_ROW (dure_field_row_new (self->desk, self->now->entity->id, (guint)self->now->field));
  dure_field_row_set_value (self->row, value);
  gtk_list_box_append (self->editor_list, GTK_WIDGET (self->row));
  gtk_widget_set_visible (self->more, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->editor), TRUE);
  gtk_revealer_set_reveal_child (self->editor, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->row));
}

static void
both_cb (DureConflictCard *self)
{
  g_autofree char *joined = dure_conflict_both (self->conflict);

  open_editor (self, joined);
}

static void
another_cb (DureConflictCard *self)
{
  open_editor (self, self->now->value);
}

static void
cancel_cb (DureConflictCard *self)
{
  close_editor (self);
  gtk_widget_grab_focus (self->another);
}

static void
save_cb (DureConflictCard *self)
{
  if (self->row != NULL && dure_field_row_commit (self->row))
    g_signal_emit (self, signals[CHOSEN], 0, DURE_CONFLICT_WRITE, dure_field_row_get_value (self->row));
}

static void
dure_conflict_card_dispose (GObject *object)
{
  DureConflictCard *self = DURE_CONFLICT_CARD (object);

  self->row = NULL;
  g_clear_object (&self->conflict);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->now, dure_conflict_now_free);
  G_OBJECT_CLASS (dure_conflict_card_parent_class)->dispose (object);
}

static void
dure_conflict_card_class_init (DureConflictCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_conflict_card_dispose;

  /**
   * DureConflictCard::chosen:
   * @choice: a #DureConflictChoice
   * @value: (nullable): canonical value of %DURE_CONFLICT_WRITE
   */
  signals[CHOSEN] = g_signal_new ("chosen", DURE_TYPE_CONFLICT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/sync/dure-conflict-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, kind);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, record);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, field);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, note);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, note_label);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, won_title);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, won);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, won_who);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, lost_title);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, lost);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, lost_who);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, keep);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, restore);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, both);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, another);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, more);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, editor);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, editor_list);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, both_cb);
  gtk_widget_class_bind_template_callback (widget_class, another_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
dure_conflict_card_init (DureConflictCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* "kim · 어제 09:12" */
static char *
format_who (const char *by, const char *stamp)
{
  g_autofree char *time = NULL;

  if (stamp == NULL || !dure_stamp_is_valid (stamp))
    return g_strdup (by != NULL ? by : "");
  time = dure_sync_format_time (dure_stamp_ms (stamp), FALSE);
  return by != NULL ? g_strdup_printf ("%s · %s", by, time) : g_steal_pointer (&time);
}

/* A value as the forms show it: links by name, choices by label. */
static char *
format_value (DureConflictCard *self, const DureEntity *entity, int field, const char *value)
{
  g_autoptr (DureRecord) record = NULL;

  if (value == NULL || *value == '\0')
    return g_strdup (_ ("(empty)"));
  if (entity == NULL || field < 0)
    return g_strdup (value);
  record = dure_record_new (entity->id);
  dure_record_set (record, (guint)field, value);
  return dure_store_format (dure_desk_get_store (self->desk), record, (guint)field);
}

/* What the edit was that somebody else's deletion would have taken along: "담당 업무: 복지", one a line. */
static char *
describe_edit (DureConflictCard *self)
{
  GString *text = g_string_new (_ ("Edited:"));
  g_autoptr (GPtrArray) items = dure_conflict_edit (dure_desk_get_store (self->desk), self->conflict);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const DureHistoryItem *item = g_ptr_array_index (items, i);
      int                    field = dure_entity_find_field (self->now->entity, item->key);
      g_autofree char       *value = NULL;

      value = format_value (self, self->now->entity, field, item->value);
      g_string_append_printf (text, "\n%s: %s", dure_field_label (dure_entity_field (self->now->entity, (guint)field)),
                              value);
    }
  return g_string_free (text, FALSE);
}

static void
show_deletion (DureConflictCard *self)
{
  gboolean         again = is_deleted_again (self), merged = self->now->merged;
  g_autofree char *edit = describe_edit (self);

  gtk_label_set_label (self->field, merged ? _ ("Merged and edited at once") : _ ("Deleted and edited at once"));
  gtk_label_set_label (self->won_title, again ? _ ("Edited") : _ ("Edited, so it was kept"));
  gtk_label_set_label (self->lost_title, merged ? _ ("Merged") : _ ("Deleted"));
  gtk_label_set_label (self->won, edit);
  gtk_label_set_label (self->lost, _ ("The whole record"));
  gtk_button_set_label (self->keep, merged  ? _ ("Take the Edit Over")
                                    : again ? _ ("Bring the Record Back")
                                            : _ ("Keep the Record"));
  gtk_button_set_label (self->restore, merged  ? _ ("Leave It Out")
                                       : again ? _ ("Leave It Deleted")
                                               : _ ("Delete the Record"));
}

static void
show_values (DureConflictCard *self, const char *key)
{
  const DureConflictNow *now = self->now;
  const char            *won = now->field >= 0 ? now->value : dure_record_get (self->conflict, DURE_CONFLICT_WON);
  const char            *lost = dure_record_get (self->conflict, DURE_CONFLICT_LOST);
  g_autofree char       *won_text = format_value (self, now->entity, now->field, won);
  g_autofree char       *lost_text = format_value (self, now->entity, now->field, lost);

  gtk_label_set_label (self->field,
                       now->field >= 0 ? dure_field_label (dure_entity_field (now->entity, (guint)now->field)) : key);
  if (won != NULL && lost != NULL)
    dure_text_difference_show (self->won, won_text, self->lost, lost_text);
  else
    {
      gtk_label_set_label (self->won, won_text);
      gtk_label_set_label (self->lost, lost_text);
    }
}

/**
 * dure_conflict_card_new:
 * @desk: where names of records are read
 * @conflict: a record of the entity conflict
 *
 * Returns: (transfer full): a card
 */
GtkWidget *
dure_conflict_card_new (DureDesk *desk, DureRecord *conflict)
{
  DureConflictCard *self = g_object_new (DURE_TYPE_CONFLICT_CARD, NULL);
  const char       *entity_key = dure_record_get (conflict, DURE_CONFLICT_ENTITY);
  const char       *key = dure_record_get (conflict, DURE_CONFLICT_FIELD);
  gboolean          moved;
  g_autofree char  *sentence = NULL;
  g_autofree char  *won_who = NULL;
  g_autofree char  *lost_who = format_who (dure_record_get (conflict, DURE_CONFLICT_LOST_BY),
                                           dure_record_get (conflict, DURE_CONFLICT_LOST_STAMP));
  g_autofree char  *joined = dure_conflict_both (conflict);
  g_autofree char  *whole = NULL;

  self->desk = g_object_ref (desk);
  self->conflict = g_object_ref (conflict);
  self->now = dure_conflict_look (dure_desk_get_store (desk), conflict);
  moved = self->now->moved_on && self->now->stamp != NULL;
  won_who = format_who (moved ? self->now->by : dure_record_get (conflict, DURE_CONFLICT_WON_BY),
                        moved ? self->now->stamp : dure_record_get (conflict, DURE_CONFLICT_WON_STAMP));
  gtk_label_set_label (self->kind, self->now->entity != NULL ? dure_entity_label (self->now->entity) : entity_key);
  gtk_label_set_label (self->record, self->now->title != NULL ? self->now->title : "");
  if (self->now->of_deletion)
    show_deletion (self);
  else
    show_values (self, key != NULL ? key : "");
  gtk_label_set_label (self->won_who, won_who);
  gtk_label_set_label (self->lost_who, lost_who);
  sentence = dure_conflict_now_sentence (self->now);
  gtk_label_set_label (self->note_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->note, sentence != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->restore), self->now->can_write);
  gtk_widget_set_visible (self->both, joined != NULL && self->now->can_write);
  gtk_widget_set_visible (self->another, self->now->field >= 0 && self->now->can_write);
  gtk_widget_set_visible (self->more, self->now->field >= 0 && self->now->can_write);
  if (self->now->record_missing)
    gtk_button_set_label (self->keep, _ ("Close the Conflict"));
  whole = g_strdup_printf ("%s, %s", self->now->title != NULL ? self->now->title : "",
                           gtk_label_get_label (self->field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  return GTK_WIDGET (self);
}

/** dure_conflict_card_get_conflict: Returns: (transfer none): the record that it shows. */
DureRecord *
dure_conflict_card_get_conflict (DureConflictCard *self)
{
  return self->conflict;
}

/** dure_conflict_card_get_focus: Returns: (transfer none): where the keyboard begins. */
GtkWidget *
dure_conflict_card_get_focus (DureConflictCard *self)
{
  return GTK_WIDGET (self->keep);
}

/** dure_conflict_card_is_editing: Returns: whether somebody is writing another value, which must not be lost. */
gboolean
dure_conflict_card_is_editing (DureConflictCard *self)
{
  return self->row != NULL;
}
