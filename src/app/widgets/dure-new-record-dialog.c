/* dure-new-record-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-new-record-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/widgets/dure-dialog.h"
#include "app/widgets/dure-widgets-style.h"
#include "base/dure-date.h"
#include "base/dure-hangul.h"
#include "base/dure-uuid.h"
#include "domain/dure-duplicates.h"

#define MOST_FIELDS 9

struct _DureNewRecordDialog
{
  AdwWindow parent_instance;

  DureDesk       *desk;
  DureRecord     *record;
  DureRecordForm *form;
  DureRecordForm *contact; /* of a new agency */
  DureRecord     *initial; /* what the dialog began with */
  gboolean        existing;
  gboolean        keeps; /* what was typed is kept when the dialog is closed without saving */
  gboolean        saving;
  GtkWindow      *parent; /* weak */

  GtkWidget *box;
  GtkWidget *save;
  GtkWidget *trouble;
  GtkWidget *kept;
  GtkWidget *alike;
  GtkLabel  *alike_label;

  GCancellable *cancellable; /* of the look for records that are there already */
  char         *alike_id;
};

G_DEFINE_FINAL_TYPE (DureNewRecordDialog, dure_new_record_dialog, ADW_TYPE_WINDOW)

static guint created_signal;

/* Closed without saving: what was typed comes back with the next new record of the kind in the same store. */
static void
keep (DureNewRecordDialog *self, const char *what, DureRecord *record)
{
  g_autofree char *name = g_strdup_printf ("dure-kept-%s", what);

  g_object_set_data_full (G_OBJECT (self->desk), name, record != NULL ? dure_record_copy (record) : NULL,
                          g_object_unref);
}

static DureRecord *
take_kept (DureNewRecordDialog *self, const char *what)
{
  g_autofree char *name = g_strdup_printf ("dure-kept-%s", what);

  return g_object_steal_data (G_OBJECT (self->desk), name);
}

static void
set_row (DureNewRecordDialog *self, guint field, const char *value)
{
  DureFieldRow *row = dure_record_form_get_row (self->form, field);

  if (dure_record_get (self->record, field) != NULL)
    return;
  dure_record_set (self->record, field, value);
  if (row != NULL)
    dure_field_row_set_value (row, value);
}

/* The kind is often part of the name, and the kind says whether it is public. */
static void
suggest_for_agency (DureNewRecordDialog *self)
{
  static const char *const public_kinds[] = { "division", "health-centre", "dong-centre", "police-fire", NULL };
  const DureField         *kinds = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND);
  const char              *name = dure_record_get (self->record, DURE_AGENCY_NAME);
  const char              *kind;

  for (const DureChoice *choice = kinds->choices; name != NULL && choice->key != NULL; choice++)
    if (!g_str_equal (choice->key, "other") && strstr (name, choice->label_ko) != NULL)
      set_row (self, DURE_AGENCY_KIND, choice->key);
  if (name != NULL && strstr (name, "행정복지센터") != NULL)
    set_row (self, DURE_AGENCY_KIND, "dong-centre");
  kind = dure_record_get (self->record, DURE_AGENCY_KIND);
  if (kind != NULL && !g_str_equal (kind, "other"))
    set_row (self, DURE_AGENCY_SECTOR, g_strv_contains (public_kinds, kind) ? "public" : "private");
}

/* 시행규칙 제5–7조: two years, so it ends a day before the same date. */
static void
suggest_for_seat (DureNewRecordDialog *self)
{
  const char      *from = dure_record_get (self->record, DURE_SEAT_TERM_FROM);
  int              day = from != NULL ? dure_day (from) : DURE_NO_DAY;
  int              year, month, month_day;
  g_autofree char *to = NULL;

  if (day == DURE_NO_DAY)
    return;
  dure_day_to_ymd (day, &year, &month, &month_day);
  month_day = MIN (month_day, dure_month_days (year + 2, month));
  to = dure_day_to_date (dure_day_from_ymd (year + 2, month, month_day) - 1);
  set_row (self, DURE_SEAT_TERM_TO, to);
}

static void
suggest_for_event (DureNewRecordDialog *self)
{
  const char      *start = dure_record_get (self->record, DURE_EVENT_START);
  g_autofree char *end = NULL;
  int              day, minute;

  if (start == NULL || !dure_time_split (start, &day, &minute))
    return;
  minute += 120;
  end = dure_time_join (day + minute / 1440, minute % 1440);
  set_row (self, DURE_EVENT_END, end);
}

static void
suggest (DureNewRecordDialog *self)
{
  switch (dure_record_get_entity (self->record)->id)
    {
    case DURE_ENTITY_AGENCY:
      suggest_for_agency (self);
      break;
    case DURE_ENTITY_SEAT:
      suggest_for_seat (self);
      break;
    case DURE_ENTITY_EVENT:
      suggest_for_event (self);
      break;
    default:
      break;
    }
}

static gpointer
find_alike (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_duplicates_of (store, data, error);
}

static void
alike_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNewRecordDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pairs = dure_store_thread_run_finish (result, &error);
  const DureDuplicate *best = pairs != NULL && pairs->len > 0 ? g_ptr_array_index (pairs, 0) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *reasons = NULL;
  g_autofree char *sentence = NULL;

  /* A later look is under way, or the dialog is gone. */
  if (!dure_dialog_is_open (self) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_free (self->alike_id);
  self->alike_id = best != NULL ? g_strdup (best->other) : NULL;
  gtk_widget_set_visible (self->alike, best != NULL);
  if (best == NULL)
    return;
  title = dure_store_title (dure_desk_get_store (self->desk), dure_record_get_entity (self->record)->id, best->other);
  reasons = dure_duplicate_reasons (best);
  sentence = g_strdup_printf (_ ("There is one already that looks like this: %s (%s)"), title, reasons);
  gtk_label_set_label (self->alike_label, sentence);
}

/* Whether the thing is in the register already is looked up beside the typing. */
static void
look_for_alike (DureNewRecordDialog *self)
{
  if (self->existing || dure_record_get_entity (self->record)->merged_field < 0)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  dure_dialog_cancel_closed (GTK_WINDOW (self), self->cancellable);
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), find_alike, dure_record_copy (self->record),
                               g_object_unref, (GDestroyNotify) g_ptr_array_unref, self->cancellable, alike_cb,
                               g_object_ref (self));
}

static void
open_alike_cb (GtkButton *button, DureNewRecordDialog *self)
{
  g_autoptr (GtkWindow) parent = self->parent != NULL ? g_object_ref (self->parent) : NULL;
  g_autofree char *id = g_strdup (self->alike_id);
  const char      *entity = dure_record_get_entity (self->record)->key;

  gtk_window_close (GTK_WINDOW (self));
  if (parent != NULL && id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.open", "(ss)", entity, id);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNewRecordDialog) self = user_data;
  g_autoptr (GError)              error = NULL;
  g_autofree char                *sentence = NULL;

  self->saving = FALSE;
  gtk_widget_set_sensitive (self->save, TRUE);
  if (!dure_desk_write_finish (DURE_DESK (source), result, &error))
    {
      gtk_label_set_text (GTK_LABEL (self->trouble), error->message);
      gtk_widget_set_visible (self->trouble, TRUE);
      if (!dure_dialog_is_open (self) && self->parent != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self->parent), "win.error", "s", error->message);
      return;
    }
  if (self->parent != NULL)
    {
      g_autofree char *title = dure_store_record_title (dure_desk_get_store (self->desk), self->record);

      sentence = self->existing ? dure_hangul_printf (_ ("%s was changed."), title)
                                : dure_hangul_printf (_ ("%s was added."), title);
      gtk_widget_activate_action (GTK_WIDGET (self->parent), "win.toast-undo", "s", sentence);
    }
  g_signal_emit (self, created_signal, 0, self->record);
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
is_blank (DureRecord *record)
{
  g_autoptr (DureRecord) fresh = dure_record_new (dure_record_get_entity (record)->id);

  for (guint f = 0; f < dure_record_get_entity (record)->n_fields; f++)
    if (g_strcmp0 (dure_record_get (record, f), dure_record_get (fresh, f)) != 0)
      return FALSE;
  return TRUE;
}

/**
 * dure_new_record_dialog_save:
 *
 * Takes every field and stores the record, or marks what is missing.
 */
void
dure_new_record_dialog_save (DureNewRecordDialog *self)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autofree char      *label = NULL;

  g_return_if_fail (DURE_IS_NEW_RECORD_DIALOG (self));

  gtk_widget_set_visible (self->trouble, FALSE);
  if (self->saving || !dure_record_form_check (self->form))
    return;
  g_ptr_array_add (records, self->record);
  if (self->contact != NULL)
    {
      DureRecord *person = dure_record_form_get_record (self->contact);
      char        id[DURE_UUID_LENGTH + 1];

      if (!dure_record_form_commit (self->contact))
        return;
      if (!is_blank (person))
        {
          if (dure_record_get_id (self->record) == NULL)
            {
              dure_uuid_v7 (id);
              dure_record_set_id (self->record, id);
            }
          dure_record_set (person, DURE_PERSON_AGENCY, dure_record_get_id (self->record));
          if (!dure_record_form_check (self->contact))
            return;
          g_ptr_array_add (records, person);
        }
    }
  label = g_strdup_printf (self->existing ? _ ("%s changed") : _ ("New %s"),
                           dure_entity_label (dure_record_get_entity (self->record)));
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  dure_desk_write_async (self->desk, label, records, NULL, saved_cb, g_object_ref (self));
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  dure_new_record_dialog_save (DURE_NEW_RECORD_DIALOG (widget));
}

static gboolean
differs (DureRecord *one, DureRecord *other)
{
  for (guint f = 0; f < dure_record_get_entity (one)->n_fields; f++)
    if (g_strcmp0 (dure_record_get (one, f), dure_record_get (other, f)) != 0)
      return TRUE;
  return FALSE;
}

static gboolean
dure_new_record_dialog_close_request (GtkWindow *window)
{
  DureNewRecordDialog *self = DURE_NEW_RECORD_DIALOG (window);

  if (self->keeps && !self->saving)
    {
      dure_record_form_commit (self->form);
      keep (self, dure_record_get_entity (self->record)->key,
            differs (self->record, self->initial) ? self->record : NULL);
      if (self->contact != NULL)
        {
          DureRecord *person = dure_record_form_get_record (self->contact);

          dure_record_form_commit (self->contact);
          keep (self, "contact", is_blank (person) ? NULL : person);
        }
    }
  return GTK_WINDOW_CLASS (dure_new_record_dialog_parent_class)->close_request (window);
}

/* Only fields that the caller left as a new record has them. */
static void
bring_back (DureNewRecordDialog *self)
{
  const DureEntity      *entity = dure_record_get_entity (self->record);
  g_autoptr (DureRecord) fresh = dure_record_new (entity->id);
  g_autoptr (DureRecord) kept = NULL;
  g_autoptr (DureRecord) contact = NULL;

  /* A record that has its name already is another one. */
  if (dure_record_get_title (self->record) != NULL)
    return;
  kept = take_kept (self, entity->key);
  contact = self->contact != NULL ? take_kept (self, "contact") : NULL;
  for (guint f = 0; kept != NULL && f < entity->n_fields; f++)
    if (g_strcmp0 (dure_record_get (self->record, f), dure_record_get (fresh, f)) == 0
        && dure_record_get (kept, f) != NULL)
      dure_record_set (self->record, f, dure_record_get (kept, f));
  if (contact != NULL)
    dure_record_form_set_record (self->contact, contact);
  gtk_widget_set_visible (self->kept, contact != NULL || differs (self->record, self->initial));
}

static void
start_anew_cb (GtkButton *button, DureNewRecordDialog *self)
{
  for (guint f = 0; f < dure_record_get_entity (self->record)->n_fields; f++)
    dure_record_set (self->record, f, dure_record_get (self->initial, f));
  dure_record_form_set_record (self->form, self->record);
  if (self->contact != NULL)
    {
      g_autoptr (DureRecord) person = dure_record_new (DURE_ENTITY_PERSON);

      dure_record_form_set_record (self->contact, person);
    }
  gtk_widget_set_visible (self->kept, FALSE);
}

static void
dure_new_record_dialog_dispose (GObject *object)
{
  DureNewRecordDialog *self = DURE_NEW_RECORD_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->alike_id, g_free);
  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->record);
  g_clear_object (&self->initial);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_new_record_dialog_parent_class)->dispose (object);
}

static void
dure_new_record_dialog_class_init (DureNewRecordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_new_record_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = dure_new_record_dialog_close_request;

  created_signal = g_signal_new ("created", DURE_TYPE_NEW_RECORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, DURE_TYPE_RECORD);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/widgets/dure-new-record-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DureNewRecordDialog, box);
  gtk_widget_class_bind_template_child (widget_class, DureNewRecordDialog, save);
  gtk_widget_class_bind_template_child (widget_class, DureNewRecordDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, DureNewRecordDialog, kept);
  gtk_widget_class_bind_template_child (widget_class, DureNewRecordDialog, alike);
  gtk_widget_class_bind_template_child (widget_class, DureNewRecordDialog, alike_label);
  gtk_widget_class_bind_template_callback (widget_class, start_anew_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_alike_cb);
  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "dialog.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "dialog.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  dure_widgets_style_load ();
}

static void
dure_new_record_dialog_init (DureNewRecordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What must be there, then what the list shows, in the order of the table. */
static int *
choose_fields (const DureEntity *entity)
{
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (int));
  const DureFieldFlags must = DURE_FIELD_REQUIRED | DURE_FIELD_ONE_OF;
  guint                room = MOST_FIELDS;
  int                  end = -1;

  for (guint f = 0; f < entity->n_fields; f++)
    if ((entity->fields[f].flags & must) && room > 0)
      room--;
  for (int f = 0; f < (int) entity->n_fields; f++)
    {
      const DureField *field = &entity->fields[f];
      gboolean         useful = (field->flags & DURE_FIELD_LIST) != 0;

      if (entity->id == DURE_ENTITY_PERSON && (f == DURE_PERSON_MOBILE || f == DURE_PERSON_MAIL))
        useful = TRUE;

      if (field->flags & must)
        g_array_append_val (chosen, f);
      else if (useful && room > 0)
        {
          g_array_append_val (chosen, f);
          room--;
        }
    }
  g_array_append_val (chosen, end);
  return (int *) g_array_free (g_steal_pointer (&chosen), FALSE);
}

static void
add_contact (DureNewRecordDialog *self)
{
  static const int fields[] = { DURE_PERSON_NAME,   DURE_PERSON_POSITION, DURE_PERSON_PHONE,
                                DURE_PERSON_MOBILE, DURE_PERSON_MAIL,     -1 };
  g_autoptr (DureRecord) person = dure_record_new (DURE_ENTITY_PERSON);
  GtkWidget             *title = gtk_label_new (_ ("Contact (optional)"));

  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  self->contact = DURE_RECORD_FORM (dure_record_form_new_for_fields (self->desk, DURE_ENTITY_PERSON, fields, FALSE));
  dure_record_form_set_record (self->contact, person);
  gtk_box_append (GTK_BOX (self->box), title);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->contact));
}

static DureNewRecordDialog *
present (GtkWindow *parent, DureDesk *desk, DureRecord *record, const char *title, const int *fields)
{
  DureNewRecordDialog *self = g_object_new (DURE_TYPE_NEW_RECORD_DIALOG, NULL);
  const DureEntity    *entity = dure_record_get_entity (record);
  g_autofree int      *chosen = fields == NULL ? choose_fields (entity) : NULL;
  g_autofree char     *name = title == NULL ? g_strdup_printf (_ ("New %s"), dure_entity_label (entity)) : NULL;

  g_set_weak_pointer (&self->parent, parent);
  self->desk = g_object_ref (desk);
  self->record = dure_record_copy (record);
  self->existing = dure_record_get_id (record) != NULL;
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : name);
  self->form = DURE_RECORD_FORM (
      dure_record_form_new_for_fields (desk, entity->id, fields != NULL ? fields : chosen, FALSE));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->form));
  if (fields == NULL && entity->id == DURE_ENTITY_AGENCY)
    add_contact (self);
  suggest (self);
  self->initial = dure_record_copy (self->record);
  self->keeps = fields == NULL && !self->existing;
  if (self->keeps)
    bring_back (self);
  dure_record_form_set_record (self->form, self->record);
  g_signal_connect_object (self->form, "edited", G_CALLBACK (suggest), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "edited", G_CALLBACK (look_for_alike), self, G_CONNECT_SWAPPED);
  look_for_alike (self);
  if (fields != NULL)
    gtk_window_set_default_size (GTK_WINDOW (self), -1, -1);
  dure_dialog_present (GTK_WINDOW (self), parent);
  /* The first field that is still empty. */
  for (guint f = 0; f < entity->n_fields; f++)
    {
      DureFieldRow *row = dure_record_form_get_row (self->form, f);

      if (row != NULL && dure_record_get (self->record, f) == NULL)
        {
          gtk_widget_grab_focus (GTK_WIDGET (row));
          break;
        }
    }
  return self;
}

/**
 * dure_new_record_dialog_present:
 * @parent: (nullable): the window
 * @desk: the open store
 * @prefilled: a new record; it is copied
 *
 * Returns: (transfer none): the dialog, which owns itself; connect to its `created`
 */
DureNewRecordDialog *
dure_new_record_dialog_present (GtkWindow *parent, DureDesk *desk, DureRecord *prefilled)
{
  g_return_val_if_fail (DURE_IS_DESK (desk), NULL);
  g_return_val_if_fail (DURE_IS_RECORD (prefilled), NULL);

  return present (parent, desk, prefilled, NULL, NULL);
}

/** dure_new_record_dialog_present_for: as dure_new_record_dialog_present(), over the window of @widget. */
DureNewRecordDialog *
dure_new_record_dialog_present_for (GtkWidget *widget, DureDesk *desk, DureRecord *prefilled)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return dure_new_record_dialog_present (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, desk, prefilled);
}

/**
 * dure_new_record_dialog_present_fields:
 * @widget: over the window of this
 * @record: the record, new or stored
 * @title: what is being done
 * @fields: field numbers, ended by -1
 *
 * Asks for some fields of a record at once, such as the end of a seat and its reason.
 *
 * Returns: (transfer none): the dialog
 */
DureNewRecordDialog *
dure_new_record_dialog_present_fields (GtkWidget  *widget,
                                       DureDesk   *desk,
                                       DureRecord *record,
                                       const char *title,
                                       const int  *fields)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return present (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, desk, record, title, fields);
}

/** dure_new_record_dialog_get_form: (transfer none): its form. */
DureRecordForm *
dure_new_record_dialog_get_form (DureNewRecordDialog *self)
{
  g_return_val_if_fail (DURE_IS_NEW_RECORD_DIALOG (self), NULL);

  return self->form;
}
