/* dure-conflict-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-conflict-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/sync/dure-conflict-card.h"
#include "sync/dure-conflict.h"

/* More cards than this at once help nobody; the rest comes when these are done. */
#define MOST 100

struct _DureConflictDialog
{
  AdwWindow parent_instance;

  DureDesk *desk;
  guint     reload_source;

  AdwWindowTitle *title;
  GtkStack       *stack;
  GtkBox         *cards;
  GtkWidget      *keep_all;
  GtkWidget      *error_bar;
  GtkLabel       *error_label;
};

G_DEFINE_FINAL_TYPE (DureConflictDialog, dure_conflict_dialog, ADW_TYPE_WINDOW)

/* What was chosen, on its way to the writer's thread. */
typedef struct
{
  char      *label;
  GPtrArray *conflicts; /* copies */
  gboolean   restore;
} Choice;

static void reload (DureConflictDialog *self);

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->label);
  g_ptr_array_unref (choice->conflicts);
  g_free (choice);
}

static gpointer
choose (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Choice *choice = data;

  return GINT_TO_POINTER (dure_conflicts_decide (store, choice->label, choice->conflicts, choice->restore, error));
}

static void
chosen_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureConflictDialog) self = data;
  g_autoptr (GError) error = NULL;

  dure_desk_run_finish (DURE_DESK (source), result, &error);
  if (self->desk == NULL)
    return;
  gtk_widget_set_visible (self->error_bar, error != NULL);
  gtk_label_set_label (self->error_label, error != NULL ? error->message : "");
  reload (self);
}

static void
run_choice (DureConflictDialog *self, GPtrArray *conflicts, gboolean restore)
{
  Choice    *choice = g_new0 (Choice, 1);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  choice->label = g_strdup (restore ? _ ("Restore the other value") : _ ("Keep the latest value"));
  choice->restore = restore;
  choice->conflicts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < conflicts->len; i++)
    g_ptr_array_add (choice->conflicts, dure_record_copy (g_ptr_array_index (conflicts, i)));
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  dure_desk_run_async (self->desk, choose, choice, choice_free, NULL, NULL, chosen_done_cb, g_object_ref (self));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast-undo", "s",
                                restore ? _ ("The other value was put back.") : _ ("The latest value stays."));
}

static void
card_chosen_cb (DureConflictDialog *self, gboolean restore, DureConflictCard *card)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, dure_conflict_card_get_conflict (card));
  run_choice (self, one, restore);
}

static void
keep_all_cb (DureConflictDialog *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    g_ptr_array_add (all, dure_conflict_card_get_conflict (DURE_CONFLICT_CARD (card)));
  if (all->len > 0)
    run_choice (self, all, FALSE);
}

static GPtrArray *
read_open (DureConflictDialog *self, gint64 *total)
{
  DureStore *store = dure_desk_get_store (self->desk);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_CONFLICT);
  GPtrArray *list;

  dure_query_where (query, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  *total = dure_store_count (store, query, NULL);
  dure_query_sort (query, DURE_CONFLICT_LOST_STAMP, TRUE);
  dure_query_limit (query, MOST);
  list = dure_store_list (store, query, NULL);
  return list != NULL ? list : g_ptr_array_new ();
}

static void
reload (DureConflictDialog *self)
{
  gint64     total = 0;
  GtkWidget *child;
  g_autoptr (GPtrArray) list = read_open (self, &total);
  g_autofree char *subtitle = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
  for (guint i = 0; i < list->len; i++)
    {
      GtkWidget *card = dure_conflict_card_new (dure_desk_get_store (self->desk), g_ptr_array_index (list, i));

      g_signal_connect_object (card, "chosen", G_CALLBACK (card_chosen_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->cards, card);
    }
  subtitle = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d open", "%d open", (gulong)total), (int)total);
  adw_window_title_set_subtitle (self->title, total > 0 ? subtitle : "");
  gtk_widget_set_visible (self->keep_all, list->len > 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_set_visible_child_name (self->stack, list->len > 0 ? "list" : "empty");
  child = gtk_widget_get_first_child (GTK_WIDGET (self->cards));
  if (child != NULL)
    gtk_widget_grab_focus (dure_conflict_card_get_focus (DURE_CONFLICT_CARD (child)));
}

static gboolean
reload_cb (gpointer data)
{
  DureConflictDialog *self = data;

  self->reload_source = 0;
  reload (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (DureConflictDialog *self, guint entity)
{
  if (entity == DURE_ENTITY_CONFLICT && self->reload_source == 0)
    self->reload_source = g_timeout_add (200, reload_cb, self);
}

static void
dure_conflict_dialog_dispose (GObject *object)
{
  DureConflictDialog *self = DURE_CONFLICT_DIALOG (object);

  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_conflict_dialog_parent_class)->dispose (object);
}

static void
dure_conflict_dialog_class_init (DureConflictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_conflict_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/sync/dure-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DureConflictDialog, title);
  gtk_widget_class_bind_template_child (widget_class, DureConflictDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DureConflictDialog, cards);
  gtk_widget_class_bind_template_child (widget_class, DureConflictDialog, keep_all);
  gtk_widget_class_bind_template_child (widget_class, DureConflictDialog, error_bar);
  gtk_widget_class_bind_template_child (widget_class, DureConflictDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, keep_all_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dure_conflict_dialog_init (DureConflictDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dure_conflict_dialog_present:
 * @parent: the window
 * @desk: its desk
 *
 * Shows the open conflicts; each is settled in one action, which undo takes back.
 */
void
dure_conflict_dialog_present (GtkWindow *parent, DureDesk *desk)
{
  DureConflictDialog *self = g_object_new (DURE_TYPE_CONFLICT_DIALOG, "transient-for", parent, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reload (self);
  gtk_window_present (GTK_WINDOW (self));
}
