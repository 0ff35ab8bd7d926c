/* dure-list-detail.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-list-detail.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-settings.h"

#define LEAST_WIDTH 320

struct _DureListDetail
{
  AdwBin parent_instance;

  DureDesk         *desk;
  DureEntityId      entity;
  gboolean          whole;
  GtkWidget        *paned;
  DureRecordTable  *table;
  GtkWidget        *place; /* of the detail */
  DureRecordDetail *detail; /* NULL in the first moments */
  guint             idle;
};

G_DEFINE_FINAL_TYPE (DureListDetail, dure_list_detail, ADW_TYPE_BIN)

static DureRecordDetail *ensure_detail (DureListDetail *self);

static void
show_back (DureListDetail *self)
{
  if (self->whole)
    dure_record_detail_set_back (self->detail, "view-dual-symbolic", _ ("Show the list (Esc)"));
  else
    dure_record_detail_set_back (self->detail, "view-fullscreen-symbolic", _ ("Show whole (Enter)"));
}

static void
selected_cb (DureRecordTable *table, DureRecord *record, DureListDetail *self)
{
  /* While several are selected the last record stays. */
  if (record != NULL)
    dure_record_detail_set_record (ensure_detail (self), record);
}

static void
opened_cb (DureRecordTable *table, DureRecord *record, DureListDetail *self)
{
  dure_record_detail_set_record (ensure_detail (self), record);
  dure_list_detail_set_whole (self, TRUE);
}

static void
back_cb (DureRecordDetail *detail, DureListDetail *self)
{
  dure_list_detail_set_whole (self, !self->whole);
}

/* The list is what the eye waits for: the pane beside it is made when the list stands. */
static DureRecordDetail *
ensure_detail (DureListDetail *self)
{
  if (self->detail != NULL)
    return self->detail;
  g_clear_handle_id (&self->idle, g_source_remove);
  self->detail = DURE_RECORD_DETAIL (dure_record_detail_new (self->desk, self->entity));
  adw_bin_set_child (ADW_BIN (self->place), GTK_WIDGET (self->detail));
  g_signal_connect_object (self->detail, "back", G_CALLBACK (back_cb), self, 0);
  show_back (self);
  return self->detail;
}

static gboolean
idle_cb (gpointer user_data)
{
  DureListDetail *self = user_data;

  self->idle = 0;
  ensure_detail (self);
  return G_SOURCE_REMOVE;
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, DureListDetail *self)
{
  if (keyval != GDK_KEY_Escape || !self->whole)
    return GDK_EVENT_PROPAGATE;
  dure_list_detail_set_whole (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
dure_list_detail_dispose (GObject *object)
{
  g_clear_handle_id (&DURE_LIST_DETAIL (object)->idle, g_source_remove);
  g_clear_object (&DURE_LIST_DETAIL (object)->desk);
  G_OBJECT_CLASS (dure_list_detail_parent_class)->dispose (object);
}

static void
dure_list_detail_class_init (DureListDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_list_detail_dispose;
}

static void
dure_list_detail_init (DureListDetail *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/** dure_list_detail_new: (transfer floating): the list of @entity with the details of what is selected. */
GtkWidget *
dure_list_detail_new (DureDesk *desk, DureEntityId entity)
{
  DureListDetail *self = g_object_new (DURE_TYPE_LIST_DETAIL, NULL);

  self->desk = g_object_ref (desk);
  self->entity = entity;
  self->table = DURE_RECORD_TABLE (dure_record_table_new (desk, entity));
  self->place = adw_bin_new ();
  gtk_widget_set_size_request (GTK_WIDGET (self->table), LEAST_WIDTH, -1);
  gtk_widget_set_size_request (self->place, LEAST_WIDTH, -1);
  self->paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_paned_set_start_child (GTK_PANED (self->paned), GTK_WIDGET (self->table));
  gtk_paned_set_end_child (GTK_PANED (self->paned), self->place);
  gtk_paned_set_resize_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (self->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (self->paned), FALSE);
  g_object_bind_property (dure_settings_get_default (), "list-width", self->paned, "position",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  adw_bin_set_child (ADW_BIN (self), self->paned);
  g_signal_connect_object (self->table, "selected", G_CALLBACK (selected_cb), self, 0);
  g_signal_connect_object (self->table, "opened", G_CALLBACK (opened_cb), self, 0);
  self->idle = g_idle_add_full (G_PRIORITY_LOW, idle_cb, self, NULL);
  return GTK_WIDGET (self);
}

/** dure_list_detail_get_table: (transfer none): the list. */
DureRecordTable *
dure_list_detail_get_table (DureListDetail *self)
{
  g_return_val_if_fail (DURE_IS_LIST_DETAIL (self), NULL);

  return self->table;
}

/**
 * dure_list_detail_open:
 * @id: id of a record
 *
 * Returns: %FALSE when there is no such record
 */
gboolean
dure_list_detail_open (DureListDetail *self, const char *id)
{
  g_autoptr (DureRecord) record = NULL;

  g_return_val_if_fail (DURE_IS_LIST_DETAIL (self), FALSE);

  record = dure_store_get (dure_desk_get_store (self->desk), self->entity, id, NULL);
  if (record == NULL || dure_record_get_deleted (record))
    return FALSE;
  dure_record_detail_set_record (ensure_detail (self), record);
  dure_record_table_select (self->table, id);
  return TRUE;
}

/** dure_list_detail_set_whole: whether the record takes the whole width. */
void
dure_list_detail_set_whole (DureListDetail *self, gboolean whole)
{
  g_return_if_fail (DURE_IS_LIST_DETAIL (self));

  if (self->whole == whole)
    return;
  self->whole = whole;
  gtk_widget_set_visible (GTK_WIDGET (self->table), !whole);
  ensure_detail (self);
  show_back (self);
  gtk_widget_child_focus (whole ? self->place : GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);
}

/** dure_list_detail_where: (transfer full) (nullable): `ENTITY/ID` of what is shown. */
char *
dure_list_detail_where (DureListDetail *self)
{
  DureRecord *record;

  g_return_val_if_fail (DURE_IS_LIST_DETAIL (self), NULL);

  record = self->detail != NULL ? dure_record_detail_get_record (self->detail) : NULL;
  if (record == NULL)
    return NULL;
  return g_strdup_printf ("%s/%s", dure_entity (self->entity)->key, dure_record_get_id (record));
}
