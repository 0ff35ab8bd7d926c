/* dure-window-store.c: the window opens a store, asks for one, or says why it cannot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-window-private.h"

#include <glib/gi18n-lib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "app/shell/dure-app.h"
#include "app/shell/dure-settings.h"
#include "app/shell/dure-trouble.h"
#include "app/shell/dure-welcome.h"

#define TRIM_MS 1000

static void
show_state (DureWindow *self, const char *name)
{
  gboolean desk = g_strcmp0 (name, "desk") == 0;

  gtk_widget_set_visible (self->sidebar_button, desk);
  gtk_widget_set_visible (self->back_button, desk);
  gtk_widget_set_visible (self->palette_button, desk);
  gtk_widget_set_visible (self->menu_button, desk);
  gtk_widget_set_visible (GTK_WIDGET (self->page_start), desk);
  gtk_widget_set_visible (GTK_WIDGET (self->page_end), desk);
  gtk_stack_set_visible_child_name (self->states, name);
  dure_window_update_actions (self);
}

static gboolean
is_usual_store (const char *path)
{
  g_autofree char *usual = dure_app_default_store ();

  return g_str_equal (path, usual);
}

/* Samples that the first start offers stand beside the usual store. */
static gboolean
is_sample (const char *path)
{
  g_autofree char *usual = dure_app_default_store ();
  g_autofree char *usual_folder = g_path_get_dirname (usual);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  return g_str_equal (folder, usual_folder) && g_str_has_prefix (name, "sample-");
}

/* Replaces the child that a state shows. */
void
dure_window_put_state (DureWindow *self, const char *name, GtkWidget *child)
{
  GtkWidget *old = gtk_stack_get_child_by_name (self->states, name);

  if (old != NULL)
    gtk_stack_remove (self->states, old);
  gtk_stack_add_named (self->states, child, name);
  adw_window_title_set_title (self->title, _ ("Dure"));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Dure"));
  show_state (self, name);
}

static void
store_ready_cb (GtkWidget *widget, const char *path, const char *action, DureWindow *self)
{
  /* The widget ends here; what it says must outlive it. */
  g_autofree char *taken = g_strdup (path);
  g_autofree char *wanted = g_strdup (action);

  dure_window_open_store (self, taken);
  if (wanted != NULL && self->desk != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), wanted, NULL);
}

/* Another file that was chosen in place of the usual one is the usual one from now on. */
static void
other_ready_cb (GtkWidget *widget, const char *path, const char *action, DureWindow *self)
{
  if (is_usual_store (self->path))
    dure_settings_set_text ("store", path);
  store_ready_cb (widget, path, action, self);
}

/* Everything of the former store goes, pages first. */
void
dure_window_close_desk (DureWindow *self)
{
  self->current = NULL;
  for (guint i = 0; i < self->visited->len; i++)
    {
      Visited *visited = g_ptr_array_index (self->visited, i);

      if (visited->header_start != NULL)
        gtk_box_remove (self->page_start, visited->header_start);
      if (visited->header_end != NULL)
        gtk_box_remove (self->page_end, visited->header_end);
      gtk_stack_remove (self->pages, GTK_WIDGET (visited->page));
    }
  g_ptr_array_set_size (self->visited, 0);
  g_ptr_array_set_size (self->history, 0);
  g_ptr_array_set_size (self->recent, 0);
  self->step = 0;
  dure_sidebar_set_foot (self->sidebar, NULL);
  self->sync = NULL;
  g_clear_object (&self->backups);
  g_clear_object (&self->counts);
  if (self->desk != NULL)
    dure_desk_drain (self->desk);
  g_clear_object (&self->desk);
  dure_notice_clear (self->notice);
}

/* Building the window leaves holes in the heap: what nobody uses goes back to the system, once. */
static gboolean
trim_cb (gpointer user_data)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  return G_SOURCE_REMOVE;
}

/* A sample is not worth copies. */
static void
keep_backups (DureWindow *self)
{
  self->backups = dure_backup_keeper_new (self->path);
  g_signal_connect_object (self->backups, "failed", G_CALLBACK (dure_window_error), self, G_CONNECT_SWAPPED);
  if (!is_sample (self->path))
    dure_backup_keeper_start (self->backups);
}

static gboolean
after_first_frame_cb (gpointer user_data)
{
  DureWindow *self = user_data;

  if (self->desk != NULL && self->counts == NULL)
    {
      self->counts = dure_place_counts_new (self->desk, self->sidebar);
      keep_backups (self);
      self->sync = DURE_SYNC_STATUS (dure_sync_status_new ());
      dure_sidebar_set_foot (self->sidebar, GTK_WIDGET (self->sync));
      dure_sync_status_set_desk (self->sync, self->desk);
      g_timeout_add_full (G_PRIORITY_LOW, TRIM_MS, trim_cb, NULL, NULL);
    }
  return G_SOURCE_REMOVE;
}

void
dure_window_show_desk (DureWindow *self)
{
  g_autofree char *place = dure_settings_get_text ("place");
  guint            n_places;

  show_state (self, "desk");
  if (is_sample (self->path))
    dure_notice_hint (self->notice, _ ("This is a sample. Change what you like; your own records are apart."),
                      _ ("Begin with Your Own"), "win.leave-sample");
  if (!dure_window_go (self, place))
    dure_window_go (self, dure_places (&n_places)->key);
  g_idle_add_full (G_PRIORITY_LOW, after_first_frame_cb, g_object_ref (self), g_object_unref);
}

/**
 * dure_window_open_store:
 * @path: the store's file
 *
 * Shows the places of the store; the first start when there is no such file; what is wrong when it cannot be opened. A
 * damaged or newer store is not written.
 */
void
dure_window_open_store (DureWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *taken = g_strdup (path);

  g_return_if_fail (DURE_IS_WINDOW (self));
  g_return_if_fail (path != NULL);

  dure_window_close_desk (self);
  g_free (self->path);
  self->path = g_steal_pointer (&taken);

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      GtkWidget *welcome = dure_welcome_new (self->path, is_usual_store (self->path));

      g_signal_connect_object (welcome, "ready", G_CALLBACK (store_ready_cb), self, 0);
      dure_window_put_state (self, "welcome", welcome);
      return;
    }
  self->desk = dure_desk_open (self->path, &error);
  if (self->desk == NULL)
    {
      GtkWidget *trouble = dure_trouble_new (self->path, error);

      g_signal_connect_object (trouble, "ready", G_CALLBACK (other_ready_cb), self, 0);
      dure_window_put_state (self, "trouble", trouble);
      return;
    }
  dure_window_show_desk (self);
}
