/* dure-duplicates-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-duplicates-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/register/dure-merge-dialog.h"
#include "app/widgets/dure-dialog.h"
#include "domain/dure-duplicates.h"

/* More pairs than this at once help nobody; the rest comes when these are done. */
#define MOST 100
/* So many characters of two names stand in one line. */
#define ONE_LINE 40

struct _DureDuplicatesDialog
{
  AdwWindow parent_instance;

  DureDesk         *desk;
  GtkWindow        *parent; /* weak: it may end while something is on its way */
  const DureEntity *entity;
  GPtrArray        *pairs; /* of DureDuplicate */
  GCancellable     *cancellable;
  guint             later;

  AdwWindowTitle *title;
  GtkLabel       *error;
  GtkStack       *stack;
  GtkSpinner     *spinner;
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (DureDuplicatesDialog, dure_duplicates_dialog, ADW_TYPE_WINDOW)

typedef struct
{
  char        *label;
  DureEntityId entity;
  char        *one;
  char        *other;
} Dismissal;

static void
dismissal_free (gpointer data)
{
  Dismissal *dismissal = data;

  g_free (dismissal->label);
  g_free (dismissal->one);
  g_free (dismissal->other);
  g_free (dismissal);
}

static gpointer
dismiss (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Dismissal *dismissal = data;

  return GINT_TO_POINTER (dure_duplicates_dismiss (store, dismissal->label, dismissal->entity, dismissal->one,
                                                   dismissal->other, error));
}

static void
show_error (DureDuplicatesDialog *self, const GError *error)
{
  gtk_label_set_label (self->error, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
}

static void
dismissed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureDuplicatesDialog) self = data;
  g_autoptr (GError) error = NULL;

  dure_desk_run_finish (DURE_DESK (source), result, &error);
  if (!dure_dialog_is_open (self))
    return;
  show_error (self, error);
  if (error == NULL && self->parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->parent), "win.toast-undo", "s", _ ("Noted that they are not one."));
}

static const DureDuplicate *
pair_of (DureDuplicatesDialog *self, gpointer object)
{
  return g_ptr_array_index (self->pairs, GPOINTER_TO_UINT (g_object_get_data (object, "pair")));
}

static void
dismiss_cb (DureDuplicatesDialog *self, GtkButton *button)
{
  const DureDuplicate *pair = pair_of (self, button);
  Dismissal           *dismissal = g_new0 (Dismissal, 1);

  dismissal->label = g_strdup (_ ("Not a duplicate"));
  dismissal->entity = self->entity->id;
  dismissal->one = g_strdup (pair->one);
  dismissal->other = g_strdup (pair->other);
  gtk_widget_set_sensitive (gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW), FALSE);
  dure_desk_run_async (self->desk, dismiss, dismissal, dismissal_free, NULL, NULL, dismissed_cb, g_object_ref (self));
}

static void
compare_cb (DureDuplicatesDialog *self, GtkWidget *row)
{
  const DureDuplicate *pair = pair_of (self, row);

  dure_merge_dialog_present (GTK_WINDOW (self), self->desk, self->entity->id, pair->one, pair->other);
}

static GtkWidget *
make_row (DureDuplicatesDialog *self, guint number)
{
  const DureDuplicate *pair = g_ptr_array_index (self->pairs, number);
  DureStore           *store = dure_desk_get_store (self->desk);
  GtkWidget           *row = adw_action_row_new ();
  GtkWidget           *not = gtk_button_new_with_label (_ ("Not the Same"));
  g_autofree char     *one = dure_store_title (store, self->entity->id, pair->one);
  g_autofree char     *other = dure_store_title (store, self->entity->id, pair->other);
  gboolean             fits = g_utf8_strlen (one, -1) + g_utf8_strlen (other, -1) <= ONE_LINE;
  g_autofree char     *title = g_strdup_printf (fits ? "%s ↔ %s" : "%s\n↔ %s", one, other);
  g_autofree char     *reasons = dure_duplicate_reasons (pair);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reasons);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (not, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (not, "flat");
  g_object_set_data (G_OBJECT (not), "pair", GUINT_TO_POINTER (number));
  g_object_set_data (G_OBJECT (row), "pair", GUINT_TO_POINTER (number));
  g_signal_connect_object (not, "clicked", G_CALLBACK (dismiss_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "activated", G_CALLBACK (compare_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), not);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
show_pairs (DureDuplicatesDialog *self)
{
  GtkWidget       *child;
  guint            n = self->pairs->len;
  g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u pair", "%u pairs", n), n);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < MIN (n, MOST); i++)
    gtk_list_box_append (self->list, make_row (self, i));
  adw_window_title_set_subtitle (self->title, n > 0 ? count : dure_entity_plural (self->entity));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
  if (child != NULL)
    gtk_widget_grab_focus (child);
}

static gpointer
find (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return dure_duplicates_find (store, GPOINTER_TO_UINT (data), cancellable, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureDuplicatesDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pairs = dure_store_thread_run_finish (result, &error);

  if (!dure_dialog_is_open (self))
    return;
  gtk_spinner_stop (self->spinner);
  show_error (self, error);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  self->pairs = pairs != NULL ? g_steal_pointer (&pairs) : g_ptr_array_new ();
  show_pairs (self);
}

static void
look (DureDuplicatesDialog *self)
{
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), find, GUINT_TO_POINTER (self->entity->id), NULL,
                               (GDestroyNotify)g_ptr_array_unref, self->cancellable, found_cb, g_object_ref (self));
}

static gboolean
later_cb (gpointer data)
{
  DureDuplicatesDialog *self = data;

  self->later = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (DureDuplicatesDialog *self, guint entity)
{
  if ((entity == self->entity->id || entity == DURE_ENTITY_DISTINCT) && self->later == 0)
    self->later = g_timeout_add (200, later_cb, self);
}

static void
dure_duplicates_dialog_dispose (GObject *object)
{
  DureDuplicatesDialog *self = DURE_DUPLICATES_DIALOG (object);

  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_duplicates_dialog_parent_class)->dispose (object);
}

static void
dure_duplicates_dialog_finalize (GObject *object)
{
  g_object_unref (DURE_DUPLICATES_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (dure_duplicates_dialog_parent_class)->finalize (object);
}

static void
dure_duplicates_dialog_class_init (DureDuplicatesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_duplicates_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_duplicates_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/register/dure-duplicates-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DureDuplicatesDialog, title);
  gtk_widget_class_bind_template_child (widget_class, DureDuplicatesDialog, error);
  gtk_widget_class_bind_template_child (widget_class, DureDuplicatesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DureDuplicatesDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DureDuplicatesDialog, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dure_duplicates_dialog_init (DureDuplicatesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  dure_dialog_cancel_closed (GTK_WINDOW (self), self->cancellable);
}

/**
 * dure_duplicates_dialog_present:
 * @parent: the window
 * @desk: its desk
 * @entity: number of an entity whose records can be merged
 *
 * Looks for records that may be one, on the reader's thread, and lists them.
 */
void
dure_duplicates_dialog_present (GtkWindow *parent, DureDesk *desk, DureEntityId entity)
{
  DureDuplicatesDialog *self = g_object_new (DURE_TYPE_DUPLICATES_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->parent, parent);
  self->entity = dure_entity (entity);
  adw_window_title_set_subtitle (self->title, dure_entity_plural (self->entity));
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_spinner_start (self->spinner);
  look (self);
  dure_dialog_present (GTK_WINDOW (self), parent);
}
