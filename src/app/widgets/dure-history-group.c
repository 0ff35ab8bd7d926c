/* dure-history-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-history-group.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/widgets/dure-difference-dialog.h"
#include "app/widgets/dure-group-rows.h"
#include "base/dure-date.h"
#include "base/dure-hangul.h"
#include "base/dure-stamp.h"

#define SHOWN_FIRST 6
/* So many characters of a value stand in a row; the window of differences has all. */
#define MOST_SHOWN 60

struct _DureHistoryGroup
{
  AdwPreferencesGroup parent_instance;

  DureDesk     *desk;
  DureRecord   *record;
  GPtrArray    *items; /* of DureHistoryItem */
  GPtrArray    *rows;
  GCancellable *cancellable;
  gboolean      all;
  guint         request;
  guint         later;
};

G_DEFINE_FINAL_TYPE (DureHistoryGroup, dure_history_group, ADW_TYPE_PREFERENCES_GROUP)

typedef struct
{
  DureHistoryGroup *group;
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

static gpointer
read_history (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Wanted *wanted = data;

  return dure_store_history (store, wanted->entity, wanted->id, error);
}

static char *
value_text (DureHistoryGroup *self, const DureField *field, const char *value)
{
  g_autofree char *text = NULL;
  char            *newline;

  if (value == NULL)
    return g_strdup (_ ("nothing"));
  if (field->type == DURE_VALUE_LINK)
    text = dure_store_title (dure_desk_get_store (self->desk), field->target, value);
  if (text == NULL)
    text = dure_field_format (field, value);
  newline = strchr (text, '\n');
  if (newline != NULL)
    *newline = '\0';
  if (g_utf8_strlen (text, -1) <= MOST_SHOWN)
    return g_steal_pointer (&text);
  *g_utf8_offset_to_pointer (text, MOST_SHOWN) = '\0';
  return g_strconcat (text, "…", NULL);
}

static char *
when_text (const char *stamp)
{
  gint64 ms = dure_stamp_ms (stamp);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Seoul");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  g_autofree char      *clock = g_date_time_format (local, "%H:%M");
  int                   day = dure_day_from_ymd (g_date_time_get_year (local), g_date_time_get_month (local),
                                                 g_date_time_get_day_of_month (local));
  g_autofree char      *date = NULL;
  g_autofree char      *iso = dure_day_to_date (day);

  if (day == dure_day_today ())
    return g_strdup_printf (_ ("Today %s"), clock);
  date = dure_date_format_short (iso);
  return g_strdup_printf ("%s %s", date, clock);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureHistoryGroup) self = user_data;
  g_autoptr (GError)           error = NULL;

  if (dure_desk_write_finish (DURE_DESK (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _ ("The earlier value was restored."));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
}

/* Writes the value that the change had replaced. */
static void
restore_cb (GtkButton *button, DureHistoryGroup *self)
{
  guint                  number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "number"));
  DureHistoryItem       *item = g_ptr_array_index (self->items, number);
  const DureEntity      *entity = dure_record_get_entity (self->record);
  int                    field = dure_entity_find_field (entity, item->key);
  g_autoptr (DureRecord) record = NULL;
  g_autofree char       *label = NULL;

  /* What is stored now: the record at hand may be a moment older. */
  record = dure_store_get (dure_desk_get_store (self->desk), entity->id, dure_record_get_id (self->record), NULL);
  if (field < 0 || record == NULL)
    return;
  label = g_strdup_printf (_ ("%s restored: %s"), dure_entity_label (entity),
                           dure_field_label (&entity->fields[field]));
  dure_record_set (record, (guint) field, item->was);
  dure_desk_write_one_async (self->desk, label, record, NULL, restored_cb, g_object_ref (self));
}

static char *
who_text (const DureHistoryItem *item)
{
  g_autofree char *when = when_text (item->stamp);

  return item->by != NULL && *item->by != '\0' ? g_strdup_printf ("%s · %s", when, item->by) : g_steal_pointer (&when);
}

/* A long text has its difference in a window; its first lines say little. */
static void
difference_cb (GtkButton *button, DureHistoryGroup *self)
{
  guint             number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "number"));
  DureHistoryItem  *item = g_ptr_array_index (self->items, number);
  const DureEntity *entity = dure_record_get_entity (self->record);
  int               field = dure_entity_find_field (entity, item->key);
  g_autofree char  *who = who_text (item);

  dure_difference_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                  dure_field_label (dure_entity_field (entity, (guint) field)), who,
                                  item->was != NULL ? item->was : "", item->value != NULL ? item->value : "");
}

static void
add_button (DureHistoryGroup *self, GtkWidget *row, guint number, const char *icon, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (button), "number", GUINT_TO_POINTER (number));
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_item (DureHistoryGroup *self, guint number)
{
  DureHistoryItem  *item = g_ptr_array_index (self->items, number);
  const DureEntity *entity = dure_record_get_entity (self->record);
  int               field = dure_entity_find_field (entity, item->key);
  GtkWidget        *row = adw_action_row_new ();
  g_autofree char  *title = NULL;
  g_autofree char  *subtitle = who_text (item);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  if (field >= 0)
    {
      const DureField *description = &entity->fields[field];
      g_autofree char *from = value_text (self, description, item->was);
      g_autofree char *to = value_text (self, description, item->value);

      title = g_strdup_printf ("%s: %s → %s", dure_field_label (description), from, to);
      if (description->type == DURE_VALUE_LONG_TEXT && item->was != NULL && item->value != NULL)
        add_button (self, row, number, "view-dual-symbolic", _ ("Show what differs"), G_CALLBACK (difference_cb));
      if (item->was != NULL || !(description->flags & DURE_FIELD_REQUIRED))
        {
          g_autofree char *label = g_strdup_printf (_ ("Restore “%s”"), from);

          add_button (self, row, number, "edit-undo-symbolic", label, G_CALLBACK (restore_cb));
        }
    }
  else if (g_str_equal (item->key, DURE_CHANGE_DELETED))
    title = g_strdup (g_strcmp0 (item->value, "1") == 0 ? _ ("Deleted") : _ ("Brought back"));
  else if (g_str_equal (item->key, DURE_CHANGE_PURGED))
    title = g_strdup_printf (_ ("Purged: %s"), dure_purge_reason_label (item->value));
  else
    title = g_strdup (item->key);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  dure_group_rows_add (self->rows, ADW_PREFERENCES_GROUP (self), row);
}

static void show_items (DureHistoryGroup *self);

static void
show_all_cb (GtkButton *button, DureHistoryGroup *self)
{
  self->all = TRUE;
  show_items (self);
}

/* The first write of a record sets many fields at once: one row says that it was made. */
static void
add_beginning (DureHistoryGroup *self, const DureHistoryItem *item)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *subtitle = who_text (item);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("First entered"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  dure_group_rows_add (self->rows, ADW_PREFERENCES_GROUP (self), row);
}

static void
show_items (DureHistoryGroup *self)
{
  const DureHistoryItem *oldest;
  guint                  shown = 0;
  gboolean               cut = FALSE;

  dure_group_rows_clear (self->rows);
  gtk_widget_set_visible (GTK_WIDGET (self), self->items != NULL && self->items->len > 0);
  if (self->items == NULL || self->items->len == 0 || self->record == NULL)
    return;
  oldest = g_ptr_array_index (self->items, self->items->len - 1);
  for (guint i = 0; i < self->items->len && !cut; i++)
    {
      const DureHistoryItem *item = g_ptr_array_index (self->items, i);

      if (g_str_equal (item->stamp, oldest->stamp))
        break;
      if (!self->all && shown == SHOWN_FIRST)
        cut = TRUE;
      else
        {
          add_item (self, i);
          shown++;
        }
    }
  if (cut)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *button = gtk_button_new_with_label (_ ("Show everything"));

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_object (button, "clicked", G_CALLBACK (show_all_cb), self, 0);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
      dure_group_rows_add (self->rows, ADW_PREFERENCES_GROUP (self), row);
    }
  else
    add_beginning (self, oldest);
}

static void
history_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request             *request = user_data;
  DureHistoryGroup    *self = request->group;
  g_autoptr (GError)   error = NULL;
  g_autoptr (GPtrArray) items = dure_store_thread_run_finish (result, &error);

  if (items != NULL && request->request == self->request && self->desk != NULL)
    {
      g_clear_pointer (&self->items, g_ptr_array_unref);
      self->items = g_steal_pointer (&items);
      show_items (self);
    }
  g_object_unref (self);
  g_free (request);
}

static void
load (DureHistoryGroup *self)
{
  Request *request;
  Wanted  *wanted;

  if (self->record == NULL || dure_record_get_id (self->record) == NULL)
    {
      g_clear_pointer (&self->items, g_ptr_array_unref);
      show_items (self);
      return;
    }
  request = g_new0 (Request, 1);
  request->group = g_object_ref (self);
  request->request = ++self->request;
  wanted = g_new0 (Wanted, 1);
  wanted->entity = dure_record_get_entity (self->record)->id;
  wanted->id = g_strdup (dure_record_get_id (self->record));
  dure_store_thread_run_async (dure_desk_get_reader (self->desk), read_history, wanted, wanted_free,
                               (GDestroyNotify) g_ptr_array_unref, self->cancellable, history_cb, request);
}

static gboolean
later_cb (gpointer user_data)
{
  DureHistoryGroup *self = user_data;

  self->later = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (DureStore *store, guint entity, const char *id, DureHistoryGroup *self)
{
  if (self->record == NULL || entity != dure_record_get_entity (self->record)->id || self->later != 0)
    return;
  if (id == NULL || g_strcmp0 (id, dure_record_get_id (self->record)) == 0)
    self->later = g_idle_add (later_cb, self);
}

static void
dure_history_group_dispose (GObject *object)
{
  DureHistoryGroup *self = DURE_HISTORY_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_object (&self->record);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_history_group_parent_class)->dispose (object);
}

static void
dure_history_group_finalize (GObject *object)
{
  DureHistoryGroup *self = DURE_HISTORY_GROUP (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (dure_history_group_parent_class)->finalize (object);
}

static void
dure_history_group_class_init (DureHistoryGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_history_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_history_group_finalize;
}

static void
dure_history_group_init (DureHistoryGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("History"));
}

/** dure_history_group_new: (transfer floating): who changed what when; hidden while there is nothing to tell. */
GtkWidget *
dure_history_group_new (DureDesk *desk)
{
  DureHistoryGroup *self = g_object_new (DURE_TYPE_HISTORY_GROUP, "visible", FALSE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb), self, 0);
  return GTK_WIDGET (self);
}

/** dure_history_group_set_record: @record: (nullable): whose history is shown. */
void
dure_history_group_set_record (DureHistoryGroup *self, DureRecord *record)
{
  g_return_if_fail (DURE_IS_HISTORY_GROUP (self));

  g_set_object (&self->record, record);
  self->all = FALSE;
  load (self);
}
