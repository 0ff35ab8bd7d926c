/* dure-privacy-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-privacy-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/register/dure-purge-question.h"
#include "app/widgets/dure-dialog.h"
#include "app/widgets/dure-group-rows.h"
#include "base/dure-date.h"
#include "base/dure-stamp.h"
#include "domain/dure-privacy.h"

/* Rows beyond these make no list that anybody reads; `durectl purge --list` has all. */
#define MOST_PURGES 200

struct _DurePrivacyDialog
{
  AdwWindow parent_instance;

  DureDesk     *desk;
  GCancellable *cancellable;
  GPtrArray    *people; /* of DureRecord */
  GPtrArray    *rows;   /* in both groups */
  GPtrArray    *checks; /* of GtkCheckButton, one of each of @people */
  guint         reload_source;

  GtkStack            *stack;
  AdwPreferencesGroup *expired;
  AdwPreferencesGroup *purged;
  GtkWidget           *purge;
};

G_DEFINE_FINAL_TYPE (DurePrivacyDialog, dure_privacy_dialog, ADW_TYPE_WINDOW)

/* What the reader's thread brings. */
typedef struct
{
  GPtrArray *people;
  GPtrArray *purges;
  GPtrArray *agencies; /* of char*, one of each of @people */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->people, g_ptr_array_unref);
  g_clear_pointer (&found->purges, g_ptr_array_unref);
  g_clear_pointer (&found->agencies, g_ptr_array_unref);
  g_free (found);
}

static gpointer
find (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Found *found = g_new0 (Found, 1);

  found->people = dure_privacy_expired (store, dure_day_today (), error);
  found->purges = found->people != NULL ? dure_store_purges (store, error) : NULL;
  if (found->purges == NULL)
    {
      found_free (found);
      return NULL;
    }
  found->agencies = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < found->people->len; i++)
    g_ptr_array_add (found->agencies,
                     dure_store_format (store, g_ptr_array_index (found->people, i), DURE_PERSON_AGENCY));
  return found;
}

static void
update_button (DurePrivacyDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->checks->len; i++)
    n += gtk_check_button_get_active (g_ptr_array_index (self->checks, i));
  gtk_widget_set_sensitive (self->purge, n > 0);
}

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static void
add_person (DurePrivacyDialog *self, DureRecord *person, const char *agency)
{
  g_autofree char *date = dure_date_format_official (dure_record_get (person, DURE_PERSON_KEEP_UNTIL));
  g_autofree char *until = g_strdup_printf (_ ("until %s"), date);
  GtkWidget       *row = row_new (dure_record_get_title (person), agency);
  GtkWidget       *check = gtk_check_button_new ();
  GtkWidget       *label = gtk_label_new (until);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_signal_connect_object (check, "toggled", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_ptr_array_add (self->checks, check);
  dure_group_rows_add (self->rows, self->expired, row);
}

/* Time of Korea, whatever the machine says. */
static char *
when_text (const char *stamp)
{
  g_autoptr (GTimeZone) korea = g_time_zone_new_offset (9 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (dure_stamp_ms (stamp) / 1000);
  g_autoptr (GDateTime) time = g_date_time_to_timezone (utc, korea);
  g_autofree char *day = g_date_time_format (time, "%Y-%m-%d");
  g_autofree char *clock = g_date_time_format (time, "%H:%M");
  g_autofree char *official = dure_date_format_official (day);

  return g_strdup_printf ("%s %s", official, clock);
}

static void
add_purge (DurePrivacyDialog *self, const DurePurge *purge)
{
  g_autofree char *when = when_text (purge->stamp);
  g_autofree char *title = g_strdup_printf ("%s · %s", dure_entity_label (dure_entity (purge->entity)),
                                            dure_purge_reason_label (purge->reason));
  g_autofree char *subtitle
      = g_strdup_printf ("%s · %s · %s", when, purge->by != NULL ? purge->by : "", purge->id);
  GtkWidget *row = row_new (title, subtitle);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  dure_group_rows_add (self->rows, self->purged, row);
}

static void
show_found (DurePrivacyDialog *self, Found *found)
{
  dure_group_rows_clear (self->rows);
  g_ptr_array_set_size (self->checks, 0);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  self->people = g_ptr_array_ref (found->people);
  for (guint i = 0; i < found->people->len; i++)
    add_person (self, g_ptr_array_index (found->people, i), g_ptr_array_index (found->agencies, i));
  for (guint i = 0; i < MIN (found->purges->len, MOST_PURGES); i++)
    add_purge (self, g_ptr_array_index (found->purges, i));
  gtk_widget_set_visible (GTK_WIDGET (self->expired), found->people->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->purged), found->purges->len > 0);
  gtk_stack_set_visible_child_name (self->stack,
                                    found->people->len + found->purges->len > 0 ? "list" : "empty");
  update_button (self);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DurePrivacyDialog) self = data;
  g_autoptr (GError) error = NULL;
  Found     *found = dure_store_thread_run_finish (result, &error);
  GtkWindow *parent;

  if (found != NULL && dure_dialog_is_open (self))
    show_found (self, found);
  parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  if (found == NULL && parent != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.error", "s", error->message);
  g_clear_pointer (&found, found_free);
}

static gboolean
reload_cb (gpointer data)
{
  DurePrivacyDialog *self = data;

  self->reload_source = 0;
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), find, NULL, NULL, found_free, self->cancellable,
                               found_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (DurePrivacyDialog *self)
{
  if (self->reload_source == 0)
    self->reload_source = g_timeout_add (200, reload_cb, self);
}

static void
purge_cb (DurePrivacyDialog *self)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_ptr_array_add (chosen, g_ptr_array_index (self->people, i));
  if (chosen->len > 0)
    dure_purge_question_present (GTK_WINDOW (self), self->desk, chosen);
}

static void
dure_privacy_dialog_dispose (GObject *object)
{
  DurePrivacyDialog *self = DURE_PRIVACY_DIALOG (object);

  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_privacy_dialog_parent_class)->dispose (object);
}

static void
dure_privacy_dialog_finalize (GObject *object)
{
  DurePrivacyDialog *self = DURE_PRIVACY_DIALOG (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->checks);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (dure_privacy_dialog_parent_class)->finalize (object);
}

static void
dure_privacy_dialog_class_init (DurePrivacyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_privacy_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_privacy_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/register/dure-privacy-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DurePrivacyDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DurePrivacyDialog, expired);
  gtk_widget_class_bind_template_child (widget_class, DurePrivacyDialog, purged);
  gtk_widget_class_bind_template_child (widget_class, DurePrivacyDialog, purge);
  gtk_widget_class_bind_template_callback (widget_class, purge_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dure_privacy_dialog_init (DurePrivacyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->checks = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  dure_dialog_cancel_closed (GTK_WINDOW (self), self->cancellable);
}

/**
 * dure_privacy_dialog_present:
 * @parent: the window
 * @desk: its desk
 *
 * Shows the people whose time to keep is over, to be purged several at once, and the record of what was purged.
 */
void
dure_privacy_dialog_present (GtkWindow *parent, DureDesk *desk)
{
  DurePrivacyDialog *self = g_object_new (DURE_TYPE_PRIVACY_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reload_cb (self);
  dure_dialog_present (GTK_WINDOW (self), parent);
}
