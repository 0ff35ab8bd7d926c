/* dure-conflict-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-conflict-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/sync/dure-conflict-card.h"
#include "app/widgets/dure-dialog.h"
#include "sync/dure-conflict.h"

/* More cards than this at once help nobody; the rest comes when these are done. */
#define MOST 100

struct _DureConflictDialog
{
  AdwWindow parent_instance;

  DureDesk   *desk;
  GtkWindow  *parent; /* weak: it may end while a choice is on its way */
  guint       reload_source;
  const char *chosen; /* while reloading after a choice: id of the conflict that it ended */

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
  DureConflictDialog *dialog;
  char               *label;
  const char         *done;     /* sentence of the toast */
  DureRecord         *conflict; /* a copy; NULL for all that are open */
  DureConflictChoice  choice;
  char               *value;
} Choice;

static void reload (DureConflictDialog *self);

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->label);
  g_free (choice->value);
  g_clear_object (&choice->conflict);
  g_object_unref (choice->dialog);
  g_free (choice);
}

static DureQuery *
query_open (void)
{
  DureQuery *query = dure_query_new (DURE_ENTITY_CONFLICT);

  dure_query_where (query, DURE_CONFLICT_STATE, DURE_EQUAL, "open");
  return query;
}

static gpointer
choose (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Choice *choice = data;
  g_autoptr (DureQuery) query = query_open ();
  g_autoptr (GPtrArray) conflicts = NULL;

  if (choice->choice == DURE_CONFLICT_WRITE)
    return GINT_TO_POINTER (dure_conflict_write (store, choice->label, choice->conflict, choice->value, error));
  if (choice->conflict != NULL)
    {
      conflicts = g_ptr_array_new ();
      g_ptr_array_add (conflicts, choice->conflict);
    }
  else
    conflicts = dure_store_list (store, query, error);
  return GINT_TO_POINTER (conflicts != NULL
                          && dure_conflicts_decide (store, choice->label, conflicts,
                                                    choice->choice == DURE_CONFLICT_RESTORE, error));
}

static void
chosen_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Choice             *choice = data;
  DureConflictDialog *self = choice->dialog;
  g_autoptr (GError) error = NULL;

  dure_desk_run_finish (DURE_DESK (source), result, &error);
  /* Closed meanwhile: nobody looks any more. */
  if (dure_dialog_is_open (self))
    {
      gtk_widget_set_visible (self->error_bar, error != NULL);
      gtk_label_set_label (self->error_label, error != NULL ? error->message : "");
      if (error == NULL)
        {
          self->chosen = choice->conflict != NULL ? dure_record_get_id (choice->conflict) : NULL;
          if (self->parent != NULL)
            gtk_widget_activate_action (GTK_WIDGET (self->parent), "win.toast-undo", "s", choice->done);
        }
      reload (self);
      self->chosen = NULL;
    }
  choice_free (choice);
}

static void
run_choice (DureConflictDialog *self, DureRecord *conflict, DureConflictChoice kind, const char *value)
{
  static const struct
  {
    const char *label;
    const char *done;
  } words[] = {
    [DURE_CONFLICT_KEEP] = { N_ ("Keep the latest value"), N_ ("The latest value stays.") },
    [DURE_CONFLICT_RESTORE] = { N_ ("Restore the other value"), N_ ("The other value was put back.") },
    [DURE_CONFLICT_WRITE] = { N_ ("Another value in a conflict"), N_ ("The new value was written.") },
  };
  Choice *choice = g_new0 (Choice, 1);

  choice->dialog = g_object_ref (self);
  choice->label = g_strdup (_ (words[kind].label));
  choice->done = _ (words[kind].done);
  choice->choice = kind;
  choice->value = g_strdup (value);
  choice->conflict = conflict != NULL ? dure_record_copy (conflict) : NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  dure_desk_run_async (self->desk, choose, choice, NULL, NULL, NULL, chosen_done_cb, choice);
}

static void
card_chosen_cb (DureConflictDialog *self, int choice, const char *value, DureConflictCard *card)
{
  run_choice (self, dure_conflict_card_get_conflict (card), (DureConflictChoice)choice, value);
}

static void
keep_all_cb (DureConflictDialog *self)
{
  run_choice (self, NULL, DURE_CONFLICT_KEEP, NULL);
}

static GPtrArray *
read_open (DureConflictDialog *self, gint64 *total)
{
  DureStore *store = dure_desk_get_store (self->desk);
  g_autoptr (DureQuery) query = query_open ();
  GPtrArray *list;

  *total = dure_store_count (store, query, NULL);
  dure_query_sort (query, DURE_CONFLICT_LOST_STAMP, TRUE);
  dure_query_limit (query, MOST);
  list = dure_store_list (store, query, NULL);
  return list != NULL ? list : g_ptr_array_new ();
}

/* A card in which somebody writes stays as it is, unless this is what it was written for. */
static gboolean
is_in_use (DureConflictDialog *self, GtkWidget *card)
{
  const char *id = dure_record_get_id (dure_conflict_card_get_conflict (DURE_CONFLICT_CARD (card)));

  return dure_conflict_card_is_editing (DURE_CONFLICT_CARD (card)) && g_strcmp0 (id, self->chosen) != 0;
}

static GtkWidget *
take_card (GHashTable *in_use, const char *id)
{
  GtkWidget *card = g_hash_table_lookup (in_use, id);

  g_hash_table_remove (in_use, id);
  return card;
}

static void
show_cards (DureConflictDialog *self, GPtrArray *list)
{
  g_autoptr (GHashTable) in_use = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget     *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards));
  GtkWidget     *last = NULL;
  GHashTableIter iter;
  gpointer       orphan;

  while (card != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (card);

      if (is_in_use (self, card))
        g_hash_table_insert (
            in_use, g_strdup (dure_record_get_id (dure_conflict_card_get_conflict (DURE_CONFLICT_CARD (card)))), card);
      else
        gtk_box_remove (self->cards, card);
      card = next;
    }
  for (guint i = 0; i < list->len; i++)
    {
      DureRecord *conflict = g_ptr_array_index (list, i);

      card = take_card (in_use, dure_record_get_id (conflict));
      if (card == NULL)
        {
          card = dure_conflict_card_new (self->desk, conflict);
          g_signal_connect_object (card, "chosen", G_CALLBACK (card_chosen_cb), self, G_CONNECT_SWAPPED);
          gtk_box_insert_child_after (self->cards, card, last);
        }
      else
        gtk_box_reorder_child_after (self->cards, card, last);
      last = card;
    }
  /* Somebody else has decided it meanwhile. */
  g_hash_table_iter_init (&iter, in_use);
  while (g_hash_table_iter_next (&iter, NULL, &orphan))
    gtk_box_remove (self->cards, orphan);
}

static void
reload (DureConflictDialog *self)
{
  gint64     total = 0;
  GtkWidget *child;
  g_autoptr (GPtrArray) list = read_open (self, &total);
  g_autofree char *subtitle = NULL;

  show_cards (self, list);
  subtitle = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d open", "%d open", (gulong)total), (int)total);
  adw_window_title_set_subtitle (self->title, total > 0 ? subtitle : "");
  gtk_widget_set_visible (self->keep_all, list->len > 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_set_visible_child_name (self->stack, list->len > 0 ? "list" : "empty");
  child = gtk_widget_get_first_child (GTK_WIDGET (self->cards));
  if (child != NULL && !(gtk_widget_get_state_flags (GTK_WIDGET (self->cards)) & GTK_STATE_FLAG_FOCUS_WITHIN))
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
  g_clear_weak_pointer (&self->parent);
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
  DureConflictDialog *self = g_object_new (DURE_TYPE_CONFLICT_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->parent, parent);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reload (self);
  dure_dialog_present (GTK_WINDOW (self), parent);
}
