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
#include "base/dure-stamp.h"

struct _DureConflictCard
{
  AdwBin parent_instance;

  DureRecord *conflict;

  GtkLabel  *kind;
  GtkLabel  *record;
  GtkLabel  *field;
  GtkLabel  *won;
  GtkLabel  *won_who;
  GtkLabel  *lost;
  GtkLabel  *lost_who;
  GtkWidget *keep;
  GtkWidget *restore;
};

G_DEFINE_FINAL_TYPE (DureConflictCard, dure_conflict_card, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
keep_cb (DureConflictCard *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, FALSE);
}

static void
restore_cb (DureConflictCard *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, TRUE);
}

static void
dure_conflict_card_dispose (GObject *object)
{
  g_clear_object (&DURE_CONFLICT_CARD (object)->conflict);
  G_OBJECT_CLASS (dure_conflict_card_parent_class)->dispose (object);
}

static void
dure_conflict_card_class_init (DureConflictCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_conflict_card_dispose;

  /**
   * DureConflictCard::chosen:
   * @restore: %FALSE keeps the value that stands, %TRUE puts the other one in its place
   */
  signals[CHOSEN] = g_signal_new ("chosen", DURE_TYPE_CONFLICT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/sync/dure-conflict-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, kind);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, record);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, field);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, won);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, won_who);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, lost);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, lost_who);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, keep);
  gtk_widget_class_bind_template_child (widget_class, DureConflictCard, restore);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
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
    return g_strdup (by);
  time = dure_sync_format_time (dure_stamp_ms (stamp), FALSE);
  return by != NULL ? g_strdup_printf ("%s · %s", by, time) : g_steal_pointer (&time);
}

/* A value as the forms show it: links by name, choices by label. */
static char *
format_value (DureStore *store, const DureEntity *entity, int field, const char *value)
{
  g_autoptr (DureRecord) record = NULL;
  char *text;

  if (value == NULL || *value == '\0')
    return g_strdup (_ ("(empty)"));
  if (entity == NULL || field < 0)
    return g_strdup (value);
  record = dure_record_new (entity->id);
  dure_record_set (record, (guint)field, value);
  text = dure_store_format (store, record, (guint)field);
  return text != NULL ? text : g_strdup (value);
}

static void
show_values (DureConflictCard *self, DureStore *store, const DureEntity *entity, const char *key)
{
  gboolean         deleted = strcmp (key, DURE_CHANGE_DELETED) == 0;
  int              field = entity != NULL && !deleted ? dure_entity_find_field (entity, key) : -1;
  const char      *won = dure_record_get (self->conflict, DURE_CONFLICT_WON);
  const char      *lost = dure_record_get (self->conflict, DURE_CONFLICT_LOST);
  g_autofree char *won_text
      = deleted ? g_strdup (_ ("Kept, because somebody had edited it")) : format_value (store, entity, field, won);
  g_autofree char *lost_text = deleted ? g_strdup (_ ("Deleted")) : format_value (store, entity, field, lost);

  gtk_label_set_label (self->won, won_text);
  gtk_label_set_label (self->lost, lost_text);
  gtk_label_set_label (self->field, deleted      ? _ ("Deleted and edited at once")
                                    : field >= 0 ? dure_field_label (dure_entity_field (entity, (guint)field))
                                                 : key);
  gtk_widget_set_sensitive (self->restore, entity != NULL && (deleted || field >= 0));
}

/**
 * dure_conflict_card_new:
 * @store: where names of records are read
 * @conflict: a record of the entity conflict
 *
 * Returns: (transfer full): a card
 */
GtkWidget *
dure_conflict_card_new (DureStore *store, DureRecord *conflict)
{
  DureConflictCard *self = g_object_new (DURE_TYPE_CONFLICT_CARD, NULL);
  const char       *entity_key = dure_record_get (conflict, DURE_CONFLICT_ENTITY);
  const char       *id = dure_record_get (conflict, DURE_CONFLICT_RECORD);
  const char       *key = dure_record_get (conflict, DURE_CONFLICT_FIELD);
  const DureEntity *entity = entity_key != NULL ? dure_entity_by_key (entity_key) : NULL;
  g_autofree char  *title = entity != NULL && id != NULL ? dure_store_title (store, entity->id, id) : NULL;
  g_autofree char  *won_who = format_who (dure_record_get (conflict, DURE_CONFLICT_WON_BY),
                                          dure_record_get (conflict, DURE_CONFLICT_WON_STAMP));
  g_autofree char  *lost_who = format_who (dure_record_get (conflict, DURE_CONFLICT_LOST_BY),
                                           dure_record_get (conflict, DURE_CONFLICT_LOST_STAMP));
  g_autofree char  *whole = NULL;

  self->conflict = g_object_ref (conflict);
  gtk_label_set_label (self->kind, entity != NULL ? dure_entity_label (entity) : entity_key);
  gtk_label_set_label (self->record, title != NULL ? title : "");
  show_values (self, store, entity, key != NULL ? key : "");
  gtk_label_set_label (self->won_who, won_who != NULL ? won_who : "");
  gtk_label_set_label (self->lost_who, lost_who != NULL ? lost_who : "");
  whole = g_strdup_printf ("%s, %s", title != NULL ? title : "", gtk_label_get_label (self->field));
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
  return self->keep;
}
