/* dure-purge-question.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One of the few questions of this program: what it does cannot be undone. The reason has to be chosen first, so that
 * no habit presses the button.
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-purge-question.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/dure-dialog.h"
#include "base/dure-hangul.h"

/* What is asked stands without scrolling where text has the usual size: a message dialog gives it no more room than the
 * window under it has, but never less than this. */
#define DETAILS_HEIGHT 370

typedef struct
{
  DureDesk    *desk;
  GtkWindow   *window; /* weak: the main window, also when the question stands over a dialog of it */
  DureEntityId entity;
  char       **ids;
  char        *name; /* what the sentence afterwards calls it */
  const char  *reason;
} Question;

/* On its way to the writer's thread. */
typedef struct
{
  DureEntityId entity;
  char       **ids;
  char        *reason;
} Order;

static void
question_clear (gpointer data)
{
  Question *question = data;

  g_object_unref (question->desk);
  g_clear_weak_pointer (&question->window);
  g_strfreev (question->ids);
  g_free (question->name);
}

static void
question_unref (gpointer data, GClosure *closure)
{
  g_rc_box_release_full (data, question_clear);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_strfreev (order->ids);
  g_free (order->reason);
  g_free (order);
}

static gpointer
purge (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Order *order = data;

  return GINT_TO_POINTER (
      dure_store_purge (store, order->entity, (const char *const *) order->ids, order->reason, error));
}

static void
purged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Question          *question = data;
  g_autoptr (GError) error = NULL;
  g_autofree char   *sentence = NULL;

  if (dure_desk_run_finish (DURE_DESK (source), result, &error) != NULL)
    sentence = dure_hangul_printf (_ ("%s was purged."), question->name);
  if (question->window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (question->window), error == NULL ? "win.toast" : "win.error", "s",
                                error == NULL ? sentence : error->message);
  question_unref (question, NULL);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  Order *order;

  if (!g_str_equal (response, "purge"))
    return;
  order = g_new0 (Order, 1);
  order->entity = question->entity;
  order->ids = g_strdupv (question->ids);
  order->reason = g_strdup (question->reason);
  dure_desk_run_async (question->desk, purge, order, order_free, NULL, NULL, purged_cb,
                       g_rc_box_acquire (question));
}

static void
chosen_cb (GtkCheckButton *button, Question *question)
{
  GtkRoot *dialog = gtk_widget_get_root (GTK_WIDGET (button));

  if (!gtk_check_button_get_active (button))
    return;
  question->reason = g_object_get_data (G_OBJECT (button), "reason");
  if (ADW_IS_MESSAGE_DIALOG (dialog))
    adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "purge", TRUE);
}

static GtkWidget *
reasons_new (Question *question)
{
  GtkWidget      *group = adw_preferences_group_new ();
  GtkCheckButton *first = NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Reason"));
  for (const DureChoice *choice = dure_purge_reasons (); choice->key != NULL; choice++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *button = gtk_check_button_new ();

      gtk_check_button_set_group (GTK_CHECK_BUTTON (button), first);
      if (first == NULL)
        first = GTK_CHECK_BUTTON (button);
      g_object_set_data (G_OBJECT (button), "reason", (gpointer) choice->key);
      g_signal_connect (button, "toggled", G_CALLBACK (chosen_cb), question);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dure_choice_label (choice));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

/* What stays, and the question for the reason. With large text they are higher than the screen, and a message dialog does
 * not scroll by itself: its buttons would be below the edge. */
static GtkWidget *
details_new (Question *question)
{
  double     scale = dure_dialog_text_scale ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *stays = gtk_label_new (
      _ ("What stays is that it was purged, when, by whom and why, and records that mention it, without the name. What "
         "was written about it in texts, printed, exported or copied elsewhere is for you to look through."));

  gtk_label_set_wrap (GTK_LABEL (stays), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (stays), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (stays), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (box), stays);
  gtk_box_append (GTK_BOX (box), reasons_new (question));
  /* Room for the shadow of the list, which would be cut off. */
  gtk_widget_set_margin_start (box, 3);
  gtk_widget_set_margin_end (box, 3);
  gtk_widget_set_margin_bottom (box, 3);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  /* Larger text takes room from it above and below, too. */
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), (int) (DETAILS_HEIGHT / (scale * scale)));
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static char *
name_records (DureDesk *desk, GPtrArray *records)
{
  DureRecord       *first = g_ptr_array_index (records, 0);
  const DureEntity *entity = dure_record_get_entity (first);

  if (records->len == 1)
    return dure_store_record_title (dure_desk_get_store (desk), first);
  if (entity->id == DURE_ENTITY_PERSON)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u person", "%u people", records->len), records->len);
  return g_strdup_printf ("%s %u", dure_entity_plural (entity), records->len);
}

/**
 * dure_purge_question_present:
 * @parent: over which window it stands
 * @desk: the open store
 * @records: (element-type DureRecord): of one entity; at least one
 *
 * Says what goes and what stays, asks for the reason, and purges when that is confirmed.
 */
void
dure_purge_question_present (GtkWindow *parent, DureDesk *desk, GPtrArray *records)
{
  Question        *question;
  GtkWidget       *dialog;
  GtkWindow       *window = dure_dialog_find_main (parent);
  g_autofree char *heading = NULL;

  g_return_if_fail (records->len > 0);

  question = g_rc_box_new0 (Question);
  question->desk = g_object_ref (desk);
  g_set_weak_pointer (&question->window, window);
  question->entity = dure_record_get_entity (g_ptr_array_index (records, 0))->id;
  question->ids = g_new0 (char *, records->len + 1);
  for (guint i = 0; i < records->len; i++)
    question->ids[i] = g_strdup (dure_record_get_id (g_ptr_array_index (records, i)));
  question->name = name_records (desk, records);
  heading = dure_hangul_printf (_ ("Purge %s?"), question->name);
  dialog = adw_message_dialog_new (
      parent, heading,
      _ ("All values go for good: here, on the server and on every other computer, with their history, conflicts and "
         "attachments. It cannot be undone."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "purge", _ ("Purge"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "purge", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "purge", FALSE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), details_new (question));
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
