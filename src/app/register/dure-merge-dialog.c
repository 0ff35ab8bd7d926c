/* dure-merge-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-merge-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/dure-dialog.h"
#include "base/dure-hangul.h"
#include "domain/dure-record-merge.h"

#define CHECK_WIDTH 27

struct _DureMergeDialog
{
  AdwWindow parent_instance;

  DureDesk         *desk;
  GtkWindow        *window; /* weak: the main window, behind the list of pairs */
  const DureEntity *entity;
  DureRecord       *sides[2];
  GtkCheckButton   *stays[2];
  GtkCheckButton  **values[2]; /* one a field; NULL where there is nothing to choose */
  GtkCheckButton  **both;

  GtkLabel *error;
  GtkGrid  *grid;
};

G_DEFINE_FINAL_TYPE (DureMergeDialog, dure_merge_dialog, ADW_TYPE_WINDOW)

/* What was chosen, on its way to the writer's thread. */
typedef struct
{
  DureMergeDialog *dialog;
  char            *label;
  char            *sentence;
  DureEntityId     entity;
  char            *stays;
  char            *goes;
  DureTake        *takes;
} Merge;

static void
merge_free (Merge *merge)
{
  g_object_unref (merge->dialog);
  g_free (merge->label);
  g_free (merge->sentence);
  g_free (merge->stays);
  g_free (merge->goes);
  g_free (merge->takes);
  g_free (merge);
}

static gpointer
run_merge (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Merge *merge = data;

  return GINT_TO_POINTER (
      dure_record_merge (store, merge->label, merge->entity, merge->stays, merge->goes, merge->takes, error));
}

static void
merged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Merge           *merge = data;
  DureMergeDialog *self = merge->dialog;
  g_autoptr (GError) error = NULL;

  dure_desk_run_finish (DURE_DESK (source), result, &error);
  if (!dure_dialog_is_open (self))
    {
      merge_free (merge);
      return;
    }
  if (error != NULL)
    {
      gtk_label_set_label (self->error, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.merge", TRUE);
    }
  else
    {
      if (self->window != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self->window), "win.toast-undo", "s", merge->sentence);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  merge_free (merge);
}

static gboolean
is_chosen (GtkCheckButton *button)
{
  return button != NULL && gtk_check_button_get_active (button);
}

static DureTake *
read_takes (DureMergeDialog *self, guint stays)
{
  g_autofree DureTake *takes = dure_record_merge_suggest (self->sides[stays], self->sides[1 - stays]);

  for (guint f = 0; f < self->entity->n_fields; f++)
    {
      if (is_chosen (self->both[f]))
        takes[f] = DURE_TAKE_BOTH;
      else if (is_chosen (self->values[stays][f]))
        takes[f] = DURE_TAKE_STAYS;
      else if (is_chosen (self->values[1 - stays][f]))
        takes[f] = DURE_TAKE_GOES;
    }
  return g_steal_pointer (&takes);
}

static void
merge_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureMergeDialog *self = DURE_MERGE_DIALOG (widget);
  guint            stays = gtk_check_button_get_active (self->stays[1]) ? 1 : 0;
  DureStore       *store = dure_desk_get_store (self->desk);
  g_autofree char *gone = dure_store_record_title (store, self->sides[1 - stays]);
  g_autofree char *left = dure_store_record_title (store, self->sides[stays]);
  Merge           *merge = g_new0 (Merge, 1);

  merge->dialog = g_object_ref (self);
  merge->label = g_strdup_printf (_ ("Merge %s"), dure_entity_label (self->entity));
  merge->sentence = dure_hangul_printf (_ ("%s was merged into %s."), gone, left);
  merge->entity = self->entity->id;
  merge->stays = g_strdup (dure_record_get_id (self->sides[stays]));
  merge->goes = g_strdup (dure_record_get_id (self->sides[1 - stays]));
  merge->takes = read_takes (self, stays);
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  gtk_widget_action_set_enabled (widget, "merge.merge", FALSE);
  dure_desk_run_async (self->desk, run_merge, merge, NULL, NULL, NULL, merged_cb, merge);
}

static void
dure_merge_dialog_dispose (GObject *object)
{
  DureMergeDialog *self = DURE_MERGE_DIALOG (object);

  g_clear_object (&self->sides[0]);
  g_clear_object (&self->sides[1]);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_merge_dialog_parent_class)->dispose (object);
}

static void
dure_merge_dialog_finalize (GObject *object)
{
  DureMergeDialog *self = DURE_MERGE_DIALOG (object);

  g_free (self->values[0]);
  g_free (self->values[1]);
  g_free (self->both);
  G_OBJECT_CLASS (dure_merge_dialog_parent_class)->finalize (object);
}

static void
dure_merge_dialog_class_init (DureMergeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_merge_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_merge_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/register/dure-merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DureMergeDialog, error);
  gtk_widget_class_bind_template_child (widget_class, DureMergeDialog, grid);
  gtk_widget_class_install_action (widget_class, "merge.merge", NULL, merge_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "merge.merge", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "merge.merge", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dure_merge_dialog_init (DureMergeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* A choice whose text may be long; @name is what it is a choice of. */
static GtkCheckButton *
make_choice (const char *text, const char *name)
{
  GtkWidget       *button = gtk_check_button_new ();
  g_autofree char *spoken = g_strdup_printf ("%s: %s", name, text);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), make_label (text));
  /* Beside the first line of a long text. */
  gtk_widget_set_valign (gtk_widget_get_first_child (button), GTK_ALIGN_START);
  gtk_widget_set_margin_top (gtk_widget_get_first_child (button), 2);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return GTK_CHECK_BUTTON (button);
}

/* "연결 12건" under the name, because that says best which of the two is in use. */
static char *
describe_side (DureMergeDialog *self, guint side)
{
  DureStore       *store = dure_desk_get_store (self->desk);
  guint            n = (guint)dure_record_merge_links (store, self->entity->id, dure_record_get_id (self->sides[side]));
  g_autofree char *title = dure_store_record_title (store, self->sides[side]);
  g_autofree char *links = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u record points to it",
                                                         "%u records point to it", n), n);

  return g_strdup_printf ("%s\n%s", title, links);
}

static void
add_heading (DureMergeDialog *self)
{
  GtkWidget *label = make_label (_ ("Stays"));

  gtk_widget_set_hexpand (label, FALSE);
  gtk_widget_add_css_class (label, "heading");
  gtk_grid_attach (self->grid, label, 0, 0, 1, 1);
  for (guint side = 0; side < 2; side++)
    {
      g_autofree char *text = describe_side (self, side);

      self->stays[side] = make_choice (text, _ ("Stays"));
      gtk_widget_add_css_class (gtk_check_button_get_child (self->stays[side]), "heading");
      gtk_grid_attach (self->grid, GTK_WIDGET (self->stays[side]), (int)side + 1, 0, 1, 1);
    }
  gtk_check_button_set_group (self->stays[1], self->stays[0]);
}

static void
add_choice (DureMergeDialog *self, guint field, int line, DureTake suggested)
{
  const char *name = dure_field_label (&self->entity->fields[field]);

  for (guint side = 0; side < 2; side++)
    {
      g_autofree char *text = dure_store_format (dure_desk_get_store (self->desk), self->sides[side], field);

      self->values[side][field] = make_choice (text, name);
      gtk_grid_attach (self->grid, GTK_WIDGET (self->values[side][field]), (int)side + 1, line, 1, 1);
    }
  gtk_check_button_set_group (self->values[1][field], self->values[0][field]);
  if (dure_record_merge_can_join (self->sides[0], field))
    {
      self->both[field] = make_choice (_ ("Both"), name);
      gtk_widget_set_hexpand (GTK_WIDGET (self->both[field]), FALSE);
      gtk_check_button_set_group (self->both[field], self->values[0][field]);
      gtk_grid_attach (self->grid, GTK_WIDGET (self->both[field]), 3, line, 1, 1);
    }
  gtk_check_button_set_active (suggested == DURE_TAKE_BOTH   ? self->both[field]
                               : suggested == DURE_TAKE_GOES ? self->values[1][field]
                                                             : self->values[0][field],
                               TRUE);
}

static void
add_field (DureMergeDialog *self, guint field, int line, DureTake suggested)
{
  const DureField *known = &self->entity->fields[field];
  GtkWidget       *label = make_label (dure_field_label (known));

  gtk_widget_set_hexpand (label, FALSE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_width_chars (GTK_LABEL (label), 10);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 13);
  gtk_grid_attach (self->grid, label, 0, line, 1, 1);
  if (dure_record_merge_differs (self->sides[0], self->sides[1], field))
    {
      add_choice (self, field, line, suggested);
      return;
    }
  /* One value, or one twice: nothing to choose. */
  for (guint side = 0; side < 2; side++)
    {
      gboolean         same = dure_record_get (self->sides[0], field) != NULL && dure_record_get (self->sides[1], field) != NULL;
      g_autofree char *text = dure_store_format (dure_desk_get_store (self->desk), self->sides[side], field);
      GtkWidget       *value = make_label (text);

      /* In line with the texts of the choices. */
      gtk_widget_set_margin_start (value, CHECK_WIDTH);
      gtk_grid_attach (self->grid, value, (int)side + 1, line, same ? 2 : 1, 1);
      if (same)
        break;
    }
}

static void
build (DureMergeDialog *self)
{
  DureStore *store = dure_desk_get_store (self->desk);
  g_autofree DureTake *suggested = dure_record_merge_suggest (self->sides[0], self->sides[1]);
  gint64 links[2];
  int    line = 1;

  add_heading (self);
  for (guint side = 0; side < 2; side++)
    {
      links[side] = dure_record_merge_links (store, self->entity->id, dure_record_get_id (self->sides[side]));
      self->values[side] = g_new0 (GtkCheckButton *, self->entity->n_fields);
    }
  self->both = g_new0 (GtkCheckButton *, self->entity->n_fields);
  /* The one that more points to; the older one, when that says nothing. */
  gtk_check_button_set_active (self->stays[links[1] > links[0] ? 1 : 0], TRUE);
  for (guint f = 0; f < self->entity->n_fields; f++)
    if (!(self->entity->fields[f].flags & DURE_FIELD_HIDDEN)
        && (dure_record_get (self->sides[0], f) != NULL || dure_record_get (self->sides[1], f) != NULL))
      add_field (self, f, line++, suggested[f]);
  gtk_widget_grab_focus (GTK_WIDGET (self->stays[links[1] > links[0] ? 1 : 0]));
}

/**
 * dure_merge_dialog_present:
 * @parent: the window
 * @desk: its desk
 * @entity: number of an entity whose records can be merged
 * @one: id of a record
 * @other: id of another
 *
 * Shows both; merging is one step that undo takes back.
 */
void
dure_merge_dialog_present (GtkWindow *parent, DureDesk *desk, DureEntityId entity, const char *one, const char *other)
{
  DureStore *store = dure_desk_get_store (desk);
  g_autoptr (DureRecord) a = dure_store_get (store, entity, one, NULL);
  g_autoptr (DureRecord) b = dure_store_get (store, entity, other, NULL);
  DureMergeDialog *self;
  GtkWindow       *window = dure_dialog_find_main (parent);

  /* Gone since the list was made, which is made anew at this moment. */
  if (a == NULL || b == NULL || dure_record_get_deleted (a) || dure_record_get_deleted (b))
    return;
  self = g_object_new (DURE_TYPE_MERGE_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  g_set_weak_pointer (&self->window, window);
  self->entity = dure_entity (entity);
  self->sides[0] = g_steal_pointer (&a);
  self->sides[1] = g_steal_pointer (&b);
  build (self);
  dure_dialog_present (GTK_WINDOW (self), parent);
}
