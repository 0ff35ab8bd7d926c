/* dure-record-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-record-form.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _DureRecordForm
{
  GtkBox parent_instance;

  DureDesk         *desk;
  const DureEntity *entity;
  DureRecord       *record;
  gboolean          live; /* each field is written when it is left */
  DureFieldRow    **rows; /* by field number, NULL where the form has none */
  guint            *pending;
  GHashTable       *drafts; /* "ID/FIELD" -> Draft: wrong text stays as it was typed */
  GCancellable     *cancellable;
  guint             made; /* fields up to here have their rows */
  guint             idle;
  AdwPreferencesGroup *group; /* of the last row */
};

G_DEFINE_FINAL_TYPE (DureRecordForm, dure_record_form, GTK_TYPE_BOX)

typedef struct
{
  char *typed;
  char *sentence;
} Draft;

typedef struct
{
  DureRecordForm *form;
  guint           field;
  char           *id;
  char           *was;
} Write;

static guint edited_signal;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_free (draft->typed);
  g_free (draft->sentence);
  g_free (draft);
}

static char *
draft_key (DureRecordForm *self, guint field)
{
  return g_strdup_printf ("%s/%u", dure_record_get_id (self->record), field);
}

static gboolean
shows (DureRecordForm *self, const char *id)
{
  return self->record != NULL && g_strcmp0 (dure_record_get_id (self->record), id) == 0;
}

/* The row goes back to what is stored, but the text stays as it was typed. */
static void
refuse (DureFieldRow *row, const char *was, const char *sentence)
{
  g_autofree char *typed = dure_field_format (dure_field_row_get_field (row), dure_field_row_get_value (row));

  dure_field_row_set_value (row, was);
  dure_field_row_set_draft (row, typed, sentence);
}

static void
fill_rows (DureRecordForm *self)
{
  for (guint f = 0; f < self->entity->n_fields; f++)
    if (self->rows[f] != NULL && self->pending[f] == 0)
      dure_field_row_set_value (self->rows[f], self->record != NULL ? dure_record_get (self->record, f) : NULL);
}

static void
reload (DureRecordForm *self)
{
  g_autoptr (DureRecord) fresh = NULL;

  if (self->record == NULL || dure_record_get_id (self->record) == NULL)
    return;
  fresh = dure_store_get (dure_desk_get_store (self->desk), self->entity->id, dure_record_get_id (self->record), NULL);
  if (fresh == NULL)
    return;
  dure_record_assign (self->record, fresh);
  for (guint f = 0; f < self->entity->n_fields; f++)
    if (self->rows[f] != NULL && self->pending[f] > 0)
      dure_record_set (self->record, f, dure_field_row_get_value (self->rows[f]));
  fill_rows (self);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Write              *write = user_data;
  DureRecordForm     *self = write->form;
  g_autoptr (GError)  error = NULL;
  gboolean            written = dure_desk_write_finish (DURE_DESK (source), result, &error);
  DureFieldRow       *row = self->rows[write->field];

  self->pending[write->field]--;
  if (!g_cancellable_is_cancelled (self->cancellable) && shows (self, write->id))
    {
      if (written)
        {
          reload (self);
          dure_field_row_show_saved (row);
        }
      else if (self->pending[write->field] == 0)
        {
          dure_record_set (self->record, write->field, write->was);
          refuse (row, write->was, error->message);
          reload (self);
        }
    }
  else if (!written)
    g_warning ("A field was not stored: %s", error->message);
  g_object_unref (self);
  g_free (write->id);
  g_free (write->was);
  g_free (write);
}

static void
edited_cb (DureFieldRow *row, DureRecordForm *self)
{
  guint              field = dure_field_row_get_number (row);
  g_autofree char   *was = NULL;
  g_autofree char   *label = NULL;
  g_autoptr (DureRecord) old = NULL;
  g_autoptr (GError) error = NULL;
  Write             *write;

  if (self->record == NULL)
    return;
  old = dure_record_copy (self->record);
  was = g_strdup (dure_record_get (self->record, field));
  dure_record_set (self->record, field, dure_field_row_get_value (row));
  if (!self->live)
    {
      g_signal_emit (self, edited_signal, 0, field);
      return;
    }
  if (!dure_record_check_change (self->record, old, NULL, &error))
    {
      dure_record_set (self->record, field, was);
      refuse (row, was, error->message);
      return;
    }
  /* Translators: what undo names: kind of record and field. */
  label = g_strdup_printf (_ ("%s changed: %s"), dure_entity_label (self->entity),
                           dure_field_label (dure_field_row_get_field (row)));
  write = g_new0 (Write, 1);
  write->form = g_object_ref (self);
  write->field = field;
  write->id = g_strdup (dure_record_get_id (self->record));
  write->was = g_steal_pointer (&was);
  self->pending[field]++;
  dure_desk_write_one_async (self->desk, label, self->record, NULL, written_cb, write);
  g_signal_emit (self, edited_signal, 0, field);
}

static void
store_changed_cb (DureStore *store, guint entity, const char *id, DureRecordForm *self)
{
  if (!self->live || self->record == NULL)
    return;
  if (entity == self->entity->id && (id == NULL || shows (self, id)))
    {
      reload (self);
      return;
    }
  /* A linked record may be called otherwise now. */
  for (guint f = 0; f < self->entity->n_fields; f++)
    if (self->rows[f] != NULL && self->entity->fields[f].type == DURE_VALUE_LINK
        && self->entity->fields[f].target == entity && dure_record_get (self->record, f) != NULL
        && (id == NULL || g_str_equal (id, dure_record_get (self->record, f))))
      dure_field_row_set_value (self->rows[f], dure_record_get (self->record, f));
}

static void
add_row (DureRecordForm *self, guint field)
{
  const DureField *description = dure_entity_field (self->entity, field);
  GtkWidget       *row = dure_field_row_new (self->desk, self->entity->id, field);

  if (self->group == NULL || (self->live && dure_field_group (description) != NULL))
    {
      self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      if (self->live && dure_field_group (description) != NULL)
        adw_preferences_group_set_title (self->group, dure_field_group (description));
      gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->group));
    }
  self->rows[field] = DURE_FIELD_ROW (row);
  /* The links of a natural key say which record it is. */
  if (self->live && (description->flags & DURE_FIELD_KEY) && description->type == DURE_VALUE_LINK)
    dure_field_row_set_read_only (self->rows[field], TRUE);
  g_signal_connect (row, "edited", G_CALLBACK (edited_cb), self);
  adw_preferences_group_add (self->group, row);
}

static void
make_next (DureRecordForm *self)
{
  guint field = self->made++;

  if (dure_entity_field (self->entity, field)->flags & DURE_FIELD_HIDDEN)
    return;
  add_row (self, field);
  if (self->record != NULL)
    dure_field_row_set_value (self->rows[field], dure_record_get (self->record, field));
}

/* The form of a pane is made row by row: all at once would stop the window when its page is shown. */
static gboolean
make_cb (gpointer user_data)
{
  DureRecordForm *self = user_data;

  if (self->made < self->entity->n_fields)
    {
      make_next (self);
      return G_SOURCE_CONTINUE;
    }
  self->idle = 0;
  return G_SOURCE_REMOVE;
}

static void
make_all (DureRecordForm *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  while (self->made < self->entity->n_fields)
    make_next (self);
}

static void
dure_record_form_dispose (GObject *object)
{
  DureRecordForm *self = DURE_RECORD_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->idle, g_source_remove);
  for (guint f = 0; self->rows != NULL && f < self->entity->n_fields; f++)
    if (self->rows[f] != NULL)
      g_signal_handlers_disconnect_by_func (self->rows[f], edited_cb, self);
  g_clear_object (&self->record);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_record_form_parent_class)->dispose (object);
}

static void
dure_record_form_finalize (GObject *object)
{
  DureRecordForm *self = DURE_RECORD_FORM (object);

  g_free (self->rows);
  g_free (self->pending);
  g_hash_table_unref (self->drafts);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (dure_record_form_parent_class)->finalize (object);
}

static void
dure_record_form_class_init (DureRecordFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_record_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_record_form_finalize;

  /**
   * DureRecordForm::edited:
   * @field: number of the field
   *
   * A new value was taken; in a live form it is on its way to the store.
   */
  edited_signal = g_signal_new ("edited", DURE_TYPE_RECORD_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_UINT);
}

static void
dure_record_form_init (DureRecordForm *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, draft_free);
  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
}

/**
 * dure_record_form_new:
 * @desk: the open store
 * @entity: the entity
 *
 * Returns: (transfer floating): a form with every field of @entity that writes each field when it is left
 */
GtkWidget *
dure_record_form_new (DureDesk *desk, DureEntityId entity)
{
  return dure_record_form_new_for_fields (desk, entity, NULL, TRUE);
}

/**
 * dure_record_form_new_for_fields:
 * @fields: (nullable): field numbers in their order, ended by -1; %NULL for all
 * @live: whether each field is written when it is left; else values are only put into the record
 *
 * Returns: (transfer floating): a form
 */
GtkWidget *
dure_record_form_new_for_fields (DureDesk *desk, DureEntityId entity, const int *fields, gboolean live)
{
  DureRecordForm *self = g_object_new (DURE_TYPE_RECORD_FORM, NULL);

  self->desk = g_object_ref (desk);
  self->entity = dure_entity (entity);
  self->live = live;
  self->rows = g_new0 (DureFieldRow *, self->entity->n_fields);
  self->pending = g_new0 (guint, self->entity->n_fields);
  if (fields != NULL)
    {
      self->made = self->entity->n_fields;
      for (; *fields >= 0; fields++)
        add_row (self, (guint) *fields);
    }
  else if (live)
    self->idle = g_idle_add_full (G_PRIORITY_LOW, make_cb, self, NULL);
  else
    make_all (self);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self, 0);
  return GTK_WIDGET (self);
}

/** dure_record_form_get_record: (transfer none) (nullable): the record with the values taken so far. */
DureRecord *
dure_record_form_get_record (DureRecordForm *self)
{
  g_return_val_if_fail (DURE_IS_RECORD_FORM (self), NULL);

  return self->record;
}

/* Fields that were being written are taken; wrong ones are kept for when the record comes back. */
static void
leave_record (DureRecordForm *self)
{
  for (guint f = 0; f < self->entity->n_fields; f++)
    {
      DureFieldRow    *row = self->rows[f];
      g_autofree char *typed = NULL;

      if (row == NULL)
        continue;
      if (!dure_field_row_commit (row) && (typed = dure_field_row_get_draft (row)) != NULL)
        {
          Draft *draft = g_new0 (Draft, 1);

          draft->typed = g_steal_pointer (&typed);
          draft->sentence = g_strdup (dure_field_row_get_error (row));
          g_hash_table_replace (self->drafts, draft_key (self, f), draft);
        }
      else
        {
          g_autofree char *key = draft_key (self, f);

          g_hash_table_remove (self->drafts, key);
        }
      dure_field_row_revert (row);
    }
}

/**
 * dure_record_form_set_record:
 * @record: (nullable): the record; a live form works on a copy
 */
void
dure_record_form_set_record (DureRecordForm *self, DureRecord *record)
{
  g_return_if_fail (DURE_IS_RECORD_FORM (self));
  g_return_if_fail (record == NULL || dure_record_get_entity (record) == self->entity);

  if (self->live && record != NULL && shows (self, dure_record_get_id (record)))
    {
      reload (self);
      return;
    }
  if (self->live && self->record != NULL)
    leave_record (self);
  g_clear_object (&self->record);
  memset (self->pending, 0, sizeof (guint) * self->entity->n_fields);
  if (record != NULL)
    self->record = self->live ? dure_record_copy (record) : g_object_ref (record);
  fill_rows (self);
  if (!self->live || record == NULL)
    return;
  for (guint f = 0; f < self->entity->n_fields; f++)
    {
      g_autofree char *key = draft_key (self, f);
      Draft           *draft = g_hash_table_lookup (self->drafts, key);

      if (draft != NULL && self->rows[f] != NULL)
        dure_field_row_set_draft (self->rows[f], draft->typed, draft->sentence);
    }
}

/** dure_record_form_get_row: (transfer none) (nullable): the row of a field. */
DureFieldRow *
dure_record_form_get_row (DureRecordForm *self, guint field)
{
  g_return_val_if_fail (DURE_IS_RECORD_FORM (self), NULL);
  g_return_val_if_fail (field < self->entity->n_fields, NULL);

  make_all (self);
  return self->rows[field];
}

/**
 * dure_record_form_commit:
 *
 * Takes what is typed in every row.
 *
 * Returns: %FALSE when a row is wrong; it has the focus then
 */
gboolean
dure_record_form_commit (DureRecordForm *self)
{
  gboolean right = TRUE;

  g_return_val_if_fail (DURE_IS_RECORD_FORM (self), FALSE);

  for (guint f = 0; f < self->entity->n_fields; f++)
    if (self->rows[f] != NULL && !dure_field_row_commit (self->rows[f]))
      {
        if (right)
          gtk_widget_grab_focus (GTK_WIDGET (self->rows[f]));
        right = FALSE;
      }
  return right;
}

/**
 * dure_record_form_check:
 *
 * Takes every row and checks the record as a whole; the field that is wrong is marked.
 *
 * Returns: %TRUE when the record may be stored
 */
gboolean
dure_record_form_check (DureRecordForm *self)
{
  g_autoptr (GError) error = NULL;
  int                field = -1;

  g_return_val_if_fail (DURE_IS_RECORD_FORM (self), FALSE);

  if (!dure_record_form_commit (self))
    return FALSE;
  if (self->record == NULL || dure_record_check (self->record, &field, &error))
    return self->record != NULL;
  if (field >= 0 && self->rows[field] != NULL)
    {
      dure_field_row_set_error (self->rows[field], error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->rows[field]));
    }
  return FALSE;
}
