/* dure-record-detail.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-record-detail.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-neighbourhood.h"
#include "app/register/dure-purge-question.h"
#include "app/register/dure-sections.h"
#include "app/shell/dure-place.h"
#include "app/sync/dure-record-mark.h"
#include "app/widgets/dure-attachment-list.h"
#include "app/widgets/dure-history-group.h"
#include "app/widgets/dure-new-record-dialog.h"
#include "app/widgets/dure-sector-mark.h"
#include "base/dure-hangul.h"

struct _DureRecordDetail
{
  AdwBin parent_instance;

  DureDesk         *desk;
  const DureEntity *entity;
  DureRecord       *record;
  GPtrArray        *groups; /* widgets of the sections */
  GCancellable     *cancellable;
  guint             request;
  guint             later;

  GtkWidget        *stack;
  GtkWidget        *nothing;
  GtkWidget        *scroller;
  GtkWidget        *back;
  GtkWidget        *actions;
  GtkWidget        *mark;
  GtkWidget        *title;
  GtkWidget        *facts;
  GtkWidget        *sections;
  GtkWidget        *form_place;
  GtkWidget        *neighbourhood; /* of an agency; owned, because it moves from group to group */
  DureRecordForm   *form;
  GtkWidget        *attachments;
  DureHistoryGroup *history;
  DureRecordMark   *state;
};

G_DEFINE_FINAL_TYPE (DureRecordDetail, dure_record_detail, ADW_TYPE_BIN)

static guint back_signal;

typedef struct
{
  DureRecordDetail *detail;
  guint             request;
} Request;

typedef struct
{
  DureEntityId entity;
  char        *id;
} Wanted;

static void
wanted_free (gpointer data)
{
  g_free (((Wanted *) data)->id);
  g_free (data);
}

static void
row_activated_cb (AdwActionRow *row, DureRecordDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", g_object_get_data (G_OBJECT (row), "entity"),
                              g_object_get_data (G_OBJECT (row), "id"));
}

static void
make_cb (GtkButton *button, DureRecordDetail *self)
{
  DureEntityId           entity = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "entity"));
  int                    field = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "field"));
  g_autoptr (DureRecord) record = dure_record_new (entity);

  if (self->record == NULL)
    return;
  if (field >= 0)
    dure_record_set (record, (guint) field, dure_record_get_id (self->record));
  /* A person of an agency has its sector. */
  if (entity == DURE_ENTITY_PERSON && self->entity->id == DURE_ENTITY_AGENCY)
    dure_record_set (record, DURE_PERSON_SECTOR, dure_record_get (self->record, DURE_AGENCY_SECTOR));
  dure_new_record_dialog_present_for (GTK_WIDGET (self), self->desk, record);
}

static GtkWidget *
item_row (DureRecordDetail *self, const DureSectionItem *item)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->title != NULL ? item->title : _ ("Not found"));
  if (item->detail != NULL && *item->detail != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), item->detail);
  if (item->note != NULL && *item->note != '\0')
    {
      GtkWidget *note = gtk_label_new (item->note);

      gtk_label_set_selectable (GTK_LABEL (note), item->entity == DURE_ENTITY_PERSON);
      gtk_widget_add_css_class (note, "numeric");
      gtk_widget_add_css_class (note, item->entity == DURE_ENTITY_PERSON ? "body" : "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), note);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "entity", (gpointer) dure_entity (item->entity)->key);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (item->id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self, 0);
  return row;
}

static GtkWidget *
make_button (DureRecordDetail *self, const DureSection *section, GtkWidget *button)
{
  g_object_set_data (G_OBJECT (button), "entity", GUINT_TO_POINTER (section->entity));
  g_object_set_data (G_OBJECT (button), "field", GINT_TO_POINTER (section->field));
  g_signal_connect_object (button, "clicked", G_CALLBACK (make_cb), self, 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static gboolean
is_of_ties (DureRecordDetail *self, const DureSection *section)
{
  return self->entity->id == DURE_ENTITY_AGENCY && section->make != NULL && section->entity == DURE_ENTITY_TIE;
}

/* The picture of the partners stands between the heading and their list. */
static void
add_neighbourhood (DureRecordDetail *self, GtkWidget *group)
{
  if (self->neighbourhood == NULL)
    self->neighbourhood = g_object_ref_sink (dure_neighbourhood_new ());
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->neighbourhood);
  dure_neighbourhood_set_agency (DURE_NEIGHBOURHOOD (self->neighbourhood), self->desk,
                                 dure_record_get_id (self->record));
}

static GtkWidget *
section_group (DureRecordDetail *self, const DureSection *section)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), section->title);
  for (guint i = 0; i < section->items->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), item_row (self, g_ptr_array_index (section->items, i)));
  if (section->items->len == 0)
    {
      GtkWidget *row = adw_preferences_row_new ();
      GtkWidget *label = gtk_label_new (section->empty);

      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "dure-empty-row");
      gtk_box_append (GTK_BOX (line), label);
      /* An agency without a tie is what the network is for: the first step stands in words. */
      if (is_of_ties (self, section))
        {
          GtkWidget *first = make_button (self, section, gtk_button_new_with_label (section->make));

          gtk_widget_set_margin_end (first, 12);
          gtk_box_append (GTK_BOX (line), first);
        }
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), section->empty);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  if (section->make != NULL)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, section->make);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, section->make, -1);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), make_button (self, section, button));
    }
  return group;
}

/* The heading and the picture are one group, the list below it another. */
static void
show_ties (DureRecordDetail *self, const DureSection *section)
{
  GtkWidget *heading = adw_preferences_group_new ();
  GtkWidget *list = section_group (self, section);
  GtkWidget *button = g_object_ref (adw_preferences_group_get_header_suffix (ADW_PREFERENCES_GROUP (list)));

  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (list), NULL);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (list), "");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (heading), section->title);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (heading), button);
  g_object_unref (button);
  add_neighbourhood (self, heading);
  gtk_box_append (GTK_BOX (self->sections), heading);
  gtk_box_append (GTK_BOX (self->sections), list);
  g_ptr_array_add (self->groups, heading);
  g_ptr_array_add (self->groups, list);
}

static void
show_sections (DureRecordDetail *self, GPtrArray *sections)
{
  if (self->neighbourhood != NULL)
    {
      GtkWidget *group = gtk_widget_get_ancestor (self->neighbourhood, ADW_TYPE_PREFERENCES_GROUP);

      if (group != NULL)
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), self->neighbourhood);
    }
  for (guint i = 0; i < self->groups->len; i++)
    gtk_box_remove (GTK_BOX (self->sections), g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  for (guint i = 0; sections != NULL && i < sections->len; i++)
    {
      DureSection *section = g_ptr_array_index (sections, i);
      GtkWidget   *group;

      if (section->items->len == 0 && section->empty == NULL)
        continue;
      if (section->items->len > 0 && is_of_ties (self, section))
        {
          show_ties (self, section);
          continue;
        }
      group = section_group (self, section);
      gtk_box_append (GTK_BOX (self->sections), group);
      g_ptr_array_add (self->groups, group);
    }
  gtk_widget_set_visible (self->sections, self->groups->len > 0);
}

static gpointer
load_sections (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Wanted *wanted = data;

  return dure_sections_load (store, wanted->entity, wanted->id, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request             *request = user_data;
  DureRecordDetail    *self = request->detail;
  g_autoptr (GError)   error = NULL;
  g_autoptr (GPtrArray) sections = dure_store_thread_run_finish (result, &error);

  if (sections != NULL && request->request == self->request && self->desk != NULL)
    show_sections (self, sections);
  g_object_unref (self);
  g_free (request);
}

static void
load (DureRecordDetail *self)
{
  Request *request = g_new0 (Request, 1);
  Wanted  *wanted = g_new0 (Wanted, 1);

  request->detail = g_object_ref (self);
  request->request = ++self->request;
  wanted->entity = self->entity->id;
  wanted->id = g_strdup (dure_record_get_id (self->record));
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), load_sections, wanted, wanted_free,
                               (GDestroyNotify) g_ptr_array_unref, self->cancellable, loaded_cb, request);
}

static void
show_heading (DureRecordDetail *self)
{
  DureStore       *store = dure_desk_get_store (self->desk);
  g_autofree char *title = dure_store_record_title (store, self->record);
  g_autofree char *facts = dure_sections_facts (store, self->record);

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->facts), facts);
  gtk_widget_set_visible (self->facts, *facts != '\0');
  if (self->entity->id == DURE_ENTITY_AGENCY)
    dure_sector_mark_set (DURE_SECTOR_MARK (self->mark), self->record);
}

static gboolean
later_cb (gpointer user_data)
{
  DureRecordDetail *self = user_data;
  DureRecord       *fresh;

  self->later = 0;
  if (self->record == NULL)
    return G_SOURCE_REMOVE;
  fresh = dure_store_get (dure_desk_get_store (self->desk), self->entity->id, dure_record_get_id (self->record), NULL);
  if (fresh == NULL || dure_record_get_deleted (fresh))
    dure_record_detail_set_record (self, NULL);
  else
    {
      dure_record_assign (self->record, fresh);
      show_heading (self);
      load (self);
    }
  g_clear_object (&fresh);
  return G_SOURCE_REMOVE;
}

/* Sections show records of many kinds: any change may concern them. */
static void
store_changed_cb (DureStore *store, guint entity, const char *id, DureRecordDetail *self)
{
  if (self->record != NULL && self->later == 0)
    self->later = g_timeout_add (100, later_cb, self);
}

typedef struct
{
  DureRecordDetail *detail;
  char             *sentence;
} Deletion;

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Deletion          *deletion = user_data;
  g_autoptr (GError) error = NULL;

  if (dure_desk_delete_finish (DURE_DESK (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (deletion->detail), "win.toast-undo", "s", deletion->sentence);
  else
    gtk_widget_activate_action (GTK_WIDGET (deletion->detail), "win.error", "s", error->message);
  g_object_unref (deletion->detail);
  g_free (deletion->sentence);
  g_free (deletion);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureRecordDetail     *self = DURE_RECORD_DETAIL (widget);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autofree char      *label = NULL;
  g_autofree char      *title = NULL;
  Deletion             *deletion;

  if (self->record == NULL)
    return;
  title = dure_store_record_title (dure_desk_get_store (self->desk), self->record);
  label = g_strdup_printf (_ ("%s deleted"), dure_entity_label (self->entity));
  deletion = g_new0 (Deletion, 1);
  deletion->detail = g_object_ref (self);
  deletion->sentence = dure_hangul_printf (_ ("%s was deleted."), title);
  g_ptr_array_add (records, self->record);
  dure_desk_delete_async (self->desk, label, records, FALSE, NULL, deleted_cb, deletion);
}

static gboolean
holds_personal_data (const DureEntity *entity)
{
  for (guint f = 0; f < entity->n_fields; f++)
    if (entity->fields[f].flags & DURE_FIELD_SENSITIVE)
      return TRUE;
  return FALSE;
}

static void
purge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DureRecordDetail     *self = DURE_RECORD_DETAIL (widget);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  if (self->record == NULL)
    return;
  g_ptr_array_add (records, self->record);
  dure_purge_question_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->desk, records);
}

static void
back_cb (GtkButton *button, DureRecordDetail *self)
{
  g_signal_emit (self, back_signal, 0);
}

static void
dure_record_detail_dispose (GObject *object)
{
  DureRecordDetail *self = DURE_RECORD_DETAIL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_object (&self->record);
  g_clear_object (&self->desk);
  g_clear_object (&self->neighbourhood);
  G_OBJECT_CLASS (dure_record_detail_parent_class)->dispose (object);
}

static void
dure_record_detail_finalize (GObject *object)
{
  DureRecordDetail *self = DURE_RECORD_DETAIL (object);

  g_ptr_array_unref (self->groups);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (dure_record_detail_parent_class)->finalize (object);
}

static void
dure_record_detail_class_init (DureRecordDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_record_detail_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_record_detail_finalize;

  back_signal = g_signal_new ("back", DURE_TYPE_RECORD_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/register/dure-record-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, DureRecordDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, DureRecordDetail, nothing);
  gtk_widget_class_bind_template_child (widget_class, DureRecordDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, DureRecordDetail, back);
  gtk_widget_class_bind_template_child (widget_class, DureRecordDetail, actions);
  gtk_widget_class_bind_template_child (widget_class, DureRecordDetail, title);
  gtk_widget_class_bind_template_child (widget_class, DureRecordDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, DureRecordDetail, sections);
  gtk_widget_class_bind_template_child (widget_class, DureRecordDetail, form_place);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_install_action (widget_class, "detail.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "detail.purge", NULL, purge_action);
}

static void
dure_record_detail_init (DureRecordDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->groups = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
}

/**
 * dure_record_detail_new:
 * @desk: the open store
 * @entity: the entity
 *
 * Returns: (transfer floating): a pane for one record of @entity; empty until dure_record_detail_set_record()
 */
GtkWidget *
dure_record_detail_new (DureDesk *desk, DureEntityId entity)
{
  DureRecordDetail *self = g_object_new (DURE_TYPE_RECORD_DETAIL, NULL);
  g_autofree char  *nothing = NULL;

  self->desk = g_object_ref (desk);
  self->entity = dure_entity (entity);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "detail.purge", holds_personal_data (self->entity));
  if (entity == DURE_ENTITY_AGENCY)
    {
      self->mark = dure_sector_mark_new (28);
      gtk_box_prepend (GTK_BOX (gtk_widget_get_parent (gtk_widget_get_parent (self->title))), self->mark);
    }
  self->state = DURE_RECORD_MARK (dure_record_mark_new (desk));
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->facts)), GTK_WIDGET (self->state));
  self->form = DURE_RECORD_FORM (dure_record_form_new (desk, entity));
  self->history = DURE_HISTORY_GROUP (dure_history_group_new (desk));
  gtk_box_append (GTK_BOX (self->form_place), GTK_WIDGET (self->form));
  self->attachments = dure_attachment_list_new (desk);
  gtk_box_append (GTK_BOX (self->form_place), self->attachments);
  gtk_box_append (GTK_BOX (self->form_place), GTK_WIDGET (self->history));
  nothing = dure_hangul_printf (_ ("Choose a %s in the list"), dure_entity_label (self->entity));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->nothing), nothing);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->nothing), dure_entity_icon (entity));
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self, 0);
  return GTK_WIDGET (self);
}

/** dure_record_detail_get_record: (transfer none) (nullable): what is shown. */
DureRecord *
dure_record_detail_get_record (DureRecordDetail *self)
{
  g_return_val_if_fail (DURE_IS_RECORD_DETAIL (self), NULL);

  return self->record;
}

/** dure_record_detail_set_record: @record: (nullable): what is shown. */
void
dure_record_detail_set_record (DureRecordDetail *self, DureRecord *record)
{
  gboolean same;

  g_return_if_fail (DURE_IS_RECORD_DETAIL (self));

  same = record != NULL && self->record != NULL
         && g_strcmp0 (dure_record_get_id (record), dure_record_get_id (self->record)) == 0;
  if (same)
    return;
  g_clear_object (&self->record);
  self->request++;
  if (record != NULL)
    self->record = dure_record_copy (record);
  dure_record_form_set_record (self->form, self->record);
  dure_attachment_list_set_owner (DURE_ATTACHMENT_LIST (self->attachments), self->entity->id,
                                  record != NULL ? dure_record_get_id (self->record) : NULL);
  dure_history_group_set_record (self->history, self->record);
  dure_record_mark_set_record (self->state, self->record);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), record != NULL ? "record" : "nothing");
  if (record == NULL)
    return;
  show_heading (self);
  show_sections (self, NULL);
  load (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

/** dure_record_detail_get_form: (transfer none): the form. */
DureRecordForm *
dure_record_detail_get_form (DureRecordDetail *self)
{
  g_return_val_if_fail (DURE_IS_RECORD_DETAIL (self), NULL);

  return self->form;
}

/** dure_record_detail_set_back: shows a button that emits `back`; %NULL as @label hides it. */
void
dure_record_detail_set_back (DureRecordDetail *self, const char *icon, const char *label)
{
  g_return_if_fail (DURE_IS_RECORD_DETAIL (self));

  gtk_widget_set_visible (self->back, label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_icon_name (GTK_BUTTON (self->back), icon);
  gtk_widget_set_tooltip_text (self->back, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/** dure_record_detail_add_action: puts a button under the heading. */
void
dure_record_detail_add_action (DureRecordDetail *self, GtkWidget *button)
{
  g_return_if_fail (DURE_IS_RECORD_DETAIL (self));

  gtk_box_append (GTK_BOX (self->actions), button);
  gtk_widget_set_visible (self->actions, TRUE);
}
