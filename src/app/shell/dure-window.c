/* dure-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-window-private.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-settings.h"
#include "app/shell/dure-shortcuts.h"

#define MAX_HISTORY 100
#define MAX_RECENT 8

G_DEFINE_FINAL_TYPE (DureWindow, dure_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_SIDEBAR_SHOWN = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->where);
  g_free (step);
}

static void
recent_free (gpointer data)
{
  DureRecent *recent = data;

  g_free (recent->id);
  g_free (recent);
}

static Visited *
visit (DureWindow *self, const DurePlace *place)
{
  Visited *visited;

  for (guint i = 0; i < self->visited->len; i++)
    if (((Visited *) g_ptr_array_index (self->visited, i))->place == place)
      return g_ptr_array_index (self->visited, i);

  visited = g_new0 (Visited, 1);
  visited->place = place;
  visited->page = g_object_new (place->type (), NULL);
  gtk_stack_add_named (self->pages, GTK_WIDGET (visited->page), place->key);
  dure_page_set_desk (visited->page, self->desk);
  visited->header_start = dure_page_header_start (visited->page);
  visited->header_end = dure_page_header_end (visited->page);
  if (visited->header_start != NULL)
    gtk_box_append (self->page_start, visited->header_start);
  if (visited->header_end != NULL)
    gtk_box_append (self->page_end, visited->header_end);
  g_ptr_array_add (self->visited, visited);
  return visited;
}

static void
show_header (Visited *visited, gboolean visible)
{
  if (visited->header_start != NULL)
    gtk_widget_set_visible (visited->header_start, visible);
  if (visited->header_end != NULL)
    gtk_widget_set_visible (visited->header_end, visible);
}

static void
show_place (DureWindow *self, Visited *visited)
{
  g_autofree char *title = g_strdup_printf ("%s — %s", _ (visited->place->title), _ ("Dure"));

  for (guint i = 0; i < self->visited->len; i++)
    show_header (g_ptr_array_index (self->visited, i), g_ptr_array_index (self->visited, i) == visited);
  self->current = visited;
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (visited->page));
  adw_window_title_set_title (self->title, _ (visited->place->title));
  gtk_window_set_title (GTK_WINDOW (self), title);
  dure_sidebar_select (self->sidebar, visited->place->key);
  dure_settings_set_text ("place", visited->place->key);
  dure_page_activate (visited->page);
  /* The keys belong to the page now, unless it gave them to its search already. */
  if (gtk_widget_get_focus_child (GTK_WIDGET (visited->page)) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (visited->page), GTK_DIR_TAB_FORWARD);
}

/* Keeps in the present step what its page shows, before the window leaves it. */
static void
note_where (DureWindow *self)
{
  Step *step;

  if (self->current == NULL || self->step >= self->history->len)
    return;
  step = g_ptr_array_index (self->history, self->step);
  if (step->place != self->current->place)
    return;
  g_free (step->where);
  step->where = dure_page_where (self->current->page);
}

static void
push_step (DureWindow *self, const DurePlace *place)
{
  Step *step = g_new0 (Step, 1);

  step->place = place;
  if (self->history->len > 0)
    {
      if (self->step + 1 < self->history->len)
        g_ptr_array_remove_range (self->history, self->step + 1, self->history->len - self->step - 1);
      if (self->history->len >= MAX_HISTORY)
        g_ptr_array_remove_index (self->history, 0);
    }
  g_ptr_array_add (self->history, step);
  self->step = self->history->len - 1;
  dure_window_update_actions (self);
}

static gboolean
open_where (DureWindow *self, Visited *visited, const char *where)
{
  g_auto (GStrv) pieces = g_strsplit (where, "/", 2);
  const DureEntity *entity = pieces[0] != NULL ? dure_entity_by_key (pieces[0]) : NULL;

  return entity != NULL && pieces[1] != NULL && dure_page_open (visited->page, entity->id, pieces[1]);
}

static void
note_recent (DureWindow *self, DureEntityId entity, const char *id)
{
  DureRecent *recent;

  for (guint i = 0; i < self->recent->len; i++)
    {
      recent = g_ptr_array_index (self->recent, i);
      if (recent->entity == entity && g_strcmp0 (recent->id, id) == 0)
        {
          g_ptr_array_remove_index (self->recent, i);
          break;
        }
    }
  recent = g_new0 (DureRecent, 1);
  recent->entity = entity;
  recent->id = g_strdup (id);
  g_ptr_array_insert (self->recent, 0, recent);
  if (self->recent->len > MAX_RECENT)
    g_ptr_array_set_size (self->recent, MAX_RECENT);
}

/* GtkText answers its undo keys even when it has nothing to undo, and does not tell whether it has. */
static gboolean
undo_in_text (GtkWidget *focus, gboolean redo)
{
  const char *action = redo ? "text.redo" : "text.undo";

  if (GTK_IS_TEXT_VIEW (focus))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));

      if (!(redo ? gtk_text_buffer_get_can_redo (buffer) : gtk_text_buffer_get_can_undo (buffer)))
        return FALSE;
      gtk_widget_activate_action (focus, action, NULL);
      return TRUE;
    }
  if (GTK_IS_TEXT (focus))
    {
      g_autofree char *before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));

      gtk_widget_activate_action (focus, action, NULL);
      return g_strcmp0 (before, gtk_editable_get_text (GTK_EDITABLE (focus))) != 0;
    }
  return FALSE;
}

/* What is being typed is undone first, then what was stored. */
static gboolean
undo_key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, DureWindow *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  gboolean        redo = modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK);

  if (gdk_keyval_to_lower (keyval) != GDK_KEY_z || (!redo && modifiers != GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  if (!(redo && self->undid_store) && undo_in_text (gtk_window_get_focus (GTK_WINDOW (self)), redo))
    self->undid_store = FALSE;
  else
    {
      self->undid_store = !redo;
      gtk_widget_activate_action (GTK_WIDGET (self), redo ? "win.redo" : "win.undo", NULL);
    }
  return GDK_EVENT_STOP;
}

static gboolean
dure_window_close_request (GtkWindow *window)
{
  DureWindow *self = DURE_WINDOW (window);
  int         width, height;

  /* A field that is being edited is saved when it is left. */
  gtk_window_set_focus (window, NULL);
  gtk_window_get_default_size (window, &width, &height);
  if (width > 0 && height > 0)
    {
      dure_settings_set_int ("window-width", width);
      dure_settings_set_int ("window-height", height);
    }
  dure_settings_set_bool ("window-maximized", gtk_window_is_maximized (window));
  if (self->desk != NULL)
    dure_desk_drain (self->desk);
  return GTK_WINDOW_CLASS (dure_window_parent_class)->close_request (window);
}

static void
dure_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, DURE_WINDOW (object)->sidebar_shown);
}

static void
dure_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DureWindow *self = DURE_WINDOW (object);
  gboolean    shown = g_value_get_boolean (value);

  if (shown == self->sidebar_shown)
    return;
  self->sidebar_shown = shown;
  gtk_revealer_set_reveal_child (self->sidebar_revealer, shown);
  g_object_notify_by_pspec (object, pspec);
}

static void
dure_window_dispose (GObject *object)
{
  DureWindow *self = DURE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  self->current = NULL;
  g_clear_object (&self->counts);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_window_parent_class)->dispose (object);
}

static void
dure_window_finalize (GObject *object)
{
  DureWindow *self = DURE_WINDOW (object);

  g_ptr_array_unref (self->visited);
  g_ptr_array_unref (self->history);
  g_ptr_array_unref (self->recent);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  G_OBJECT_CLASS (dure_window_parent_class)->finalize (object);
}

static void
dure_window_class_init (DureWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dure_window_get_property;
  object_class->set_property = dure_window_set_property;
  object_class->dispose = dure_window_dispose;
  object_class->finalize = dure_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dure_window_close_request;

  properties[PROP_SIDEBAR_SHOWN] =
      g_param_spec_boolean ("sidebar-shown", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (DURE_TYPE_NOTICE);
  g_type_ensure (DURE_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DureWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, palette_button);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, page_start);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, page_end);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, states);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, sidebar_revealer);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, DureWindow, pages);
  dure_window_install_actions (widget_class);
}

static void
dure_window_init (DureWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->sidebar_shown = TRUE;
  self->visited = g_ptr_array_new_with_free_func (g_free);
  self->history = g_ptr_array_new_with_free_func (step_free);
  self->recent = g_ptr_array_new_with_free_func (recent_free);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_controller (GTK_WIDGET (self), dure_shortcuts_controller_new ());
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (undo_key_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_window_set_default_size (GTK_WINDOW (self), dure_settings_get_int ("window-width"),
                               dure_settings_get_int ("window-height"));
  if (dure_settings_get_bool ("window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  g_object_bind_property (dure_settings_get_default (), "sidebar-shown", self, "sidebar-shown",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  dure_window_update_actions (self);
}

/** dure_window_new: a window without a store. */
DureWindow *
dure_window_new (GtkApplication *application)
{
  return g_object_new (DURE_TYPE_WINDOW, "application", application, NULL);
}

/** dure_window_get_desk: (nullable): the open store. */
DureDesk *
dure_window_get_desk (DureWindow *self)
{
  g_return_val_if_fail (DURE_IS_WINDOW (self), NULL);

  return self->desk;
}

/** dure_window_get_path: (nullable): where the store is, open or not. */
const char *
dure_window_get_path (DureWindow *self)
{
  g_return_val_if_fail (DURE_IS_WINDOW (self), NULL);

  return self->path;
}

/** dure_window_get_backups: (nullable): who keeps copies of the store; %NULL before the first frame. */
DureBackupKeeper *
dure_window_get_backups (DureWindow *self)
{
  g_return_val_if_fail (DURE_IS_WINDOW (self), NULL);

  return self->backups;
}

/** dure_window_get_page: (nullable): the page at the front. */
DurePage *
dure_window_get_page (DureWindow *self)
{
  g_return_val_if_fail (DURE_IS_WINDOW (self), NULL);

  return self->current != NULL ? self->current->page : NULL;
}

/** dure_window_get_place: (nullable): key of the place at the front. */
const char *
dure_window_get_place (DureWindow *self)
{
  g_return_val_if_fail (DURE_IS_WINDOW (self), NULL);

  return self->current != NULL ? self->current->place->key : NULL;
}

/** dure_window_get_recent: (element-type DureRecent): records opened here, the latest first. */
GPtrArray *
dure_window_get_recent (DureWindow *self)
{
  g_return_val_if_fail (DURE_IS_WINDOW (self), NULL);

  return self->recent;
}

/**
 * dure_window_go:
 * @place: key of a place
 *
 * Returns: %FALSE when there is no such place, or no store
 */
gboolean
dure_window_go (DureWindow *self, const char *place_key)
{
  const DurePlace *place = dure_place_find (place_key);

  g_return_val_if_fail (DURE_IS_WINDOW (self), FALSE);

  if (place == NULL || self->desk == NULL)
    return FALSE;
  if (self->current != NULL && self->current->place == place)
    {
      /* To go where one is leads out of what was opened there. */
      g_autofree char *where = dure_page_where (self->current->page);

      if (where != NULL && !g_str_has_suffix (where, "/") && DURE_PAGE_GET_CLASS (self->current->page)->home != NULL)
        {
          note_where (self);
          dure_page_home (self->current->page);
          push_step (self, place);
        }
      return TRUE;
    }
  note_where (self);
  push_step (self, place);
  show_place (self, visit (self, place));
  return TRUE;
}

static gboolean
open_owner (DureWindow *self, const char *id)
{
  DureStore *store = dure_desk_get_store (self->desk);
  g_autoptr (DureRecord) attachment = dure_store_get (store, DURE_ENTITY_ATTACHMENT, id, NULL);
  const char *key = attachment != NULL ? dure_record_get (attachment, DURE_ATTACHMENT_OWNER_ENTITY) : NULL;
  const DureEntity *entity = key != NULL ? dure_entity_by_key (key) : NULL;

  return entity != NULL && entity->id != DURE_ENTITY_ATTACHMENT
         && dure_window_open (self, entity->id, dure_record_get (attachment, DURE_ATTACHMENT_OWNER));
}

/**
 * dure_window_open:
 *
 * Shows a record at its place; in the place of an attachment, what it belongs to.
 *
 * Returns: %FALSE when no place shows such a record
 */
gboolean
dure_window_open (DureWindow *self, DureEntityId entity, const char *id)
{
  const DurePlace *place = dure_place_for_entity (entity);
  Visited         *visited;

  g_return_val_if_fail (DURE_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (self->desk != NULL && entity == DURE_ENTITY_ATTACHMENT)
    return open_owner (self, id);
  if (place == NULL || self->desk == NULL)
    return FALSE;
  note_where (self);
  visited = visit (self, place);
  if (visited != self->current)
    show_place (self, visited);
  if (!dure_page_open (visited->page, entity, id))
    return FALSE;
  push_step (self, place);
  note_recent (self, entity, id);
  return TRUE;
}

/* Walks the history: -1 back, 1 forward. */
void
dure_window_step (DureWindow *self, int by)
{
  gint64   target = (gint64) self->step + by;
  Step    *step;
  Visited *visited;

  if (target < 0 || target >= self->history->len || self->desk == NULL)
    return;
  note_where (self);
  self->step = target;
  step = g_ptr_array_index (self->history, target);
  visited = visit (self, step->place);
  if (visited != self->current)
    show_place (self, visited);
  if (step->where == NULL || !open_where (self, visited, step->where))
    dure_page_home (visited->page);
  dure_window_update_actions (self);
}

/** dure_window_error: shows a sentence that stays until it was read. */
void
dure_window_error (DureWindow *self, const char *sentence)
{
  g_return_if_fail (DURE_IS_WINDOW (self));

  dure_notice_error (self->notice, sentence);
}

/** dure_window_get_notice: (nullable): the sentence that dure_window_error() shows. */
const char *
dure_window_get_notice (DureWindow *self)
{
  g_return_val_if_fail (DURE_IS_WINDOW (self), NULL);

  return dure_notice_get_text (self->notice);
}

/** dure_window_toast: says something in passing; @with_undo adds a button that undoes the last thing done. */
void
dure_window_toast (DureWindow *self, const char *text, gboolean with_undo)
{
  dure_window_toast_button (self, text, with_undo ? _ ("_Undo") : NULL, "win.undo");
}

/** dure_window_toast_button: as dure_window_toast(), with a @button (or %NULL) that activates @action. */
void
dure_window_toast_button (DureWindow *self, const char *text, const char *button, const char *action)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast        *toast;

  g_return_if_fail (DURE_IS_WINDOW (self));

  toast = adw_toast_new (escaped);
  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_action_name (toast, action);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}
