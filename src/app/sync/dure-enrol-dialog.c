/* dure-enrol-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-app-sync"

#include "config.h"

#include "app/sync/dure-enrol-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/shell/dure-file-dialog.h"
#include "app/sync/dure-sync-session.h"
#include "app/widgets/dure-dialog.h"
#include "base/dure-error.h"
#include "sync/dure-proxy.h"
#include "sync/dure-root.h"

/* Which way to the server: the rows of the choice. */
enum
{
  PROXY_SYSTEM,
  PROXY_NONE,
  PROXY_ADDRESS,
};

struct _DureEnrolDialog
{
  AdwWindow parent_instance;

  DureDesk     *desk;
  GCancellable *cancellable;

  GtkEditable   *url;
  GtkEditable   *tenant;
  GtkEditable   *user;
  GtkEditable   *password;
  GtkEditable   *device;
  AdwComboRow   *proxy_row;
  GtkEditable   *proxy;
  GtkWidget     *copied; /* says that this file gets a number of its own */
  GtkWidget     *elsewhere; /* says that another server will get all of it */
  GtkListBoxRow *url_error_row;
  GtkListBoxRow *tenant_error_row;
  GtkListBoxRow *proxy_error_row;
  GtkListBoxRow *password_error_row;
  GtkListBoxRow *device_error_row;
  GtkLabel      *url_error;
  GtkLabel      *tenant_error;
  GtkLabel      *proxy_error;
  GtkLabel      *password_error;
  GtkLabel      *device_error;
  GtkWidget     *enrol;
  GtkWidget     *form;
  AdwActionRow  *root_row;
  GtkWidget     *root_clear;
  char          *root; /* certificates of the city, as PEM, or NULL */
  GtkSpinner    *spinner;

  GtkScrolledWindow *scroll;
};

G_DEFINE_FINAL_TYPE (DureEnrolDialog, dure_enrol_dialog, ADW_TYPE_WINDOW)

static gboolean
is_filled (GtkEditable *row)
{
  return *gtk_editable_get_text (row) != '\0';
}

static void
clear_errors (DureEnrolDialog *self)
{
  GtkEditable *rows[] = { self->url, self->tenant, self->user, self->password, self->device, self->proxy };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (rows[i]), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->url_error_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->password_error_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->tenant_error_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->proxy_error_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->device_error_row), FALSE);
}

static void
changed_cb (DureEnrolDialog *self)
{
  gboolean by_address = adw_combo_row_get_selected (self->proxy_row) == PROXY_ADDRESS;

  clear_errors (self);
  gtk_widget_set_visible (GTK_WIDGET (self->proxy), by_address);
  gtk_widget_set_visible (
      self->elsewhere,
      is_filled (self->tenant)
          && dure_sync_is_elsewhere (dure_desk_get_store (self->desk), gtk_editable_get_text (self->url),
                                     gtk_editable_get_text (self->tenant)));
  gtk_widget_set_sensitive (self->enrol, is_filled (self->url) && is_filled (self->tenant) && is_filled (self->user)
                                             && is_filled (self->password) && is_filled (self->device)
                                             && (!by_address || is_filled (self->proxy)));
}

/* The field scrolls into view as it gets the focus; the sentence below it has a place only after the next layout. */
static gboolean
scroll_cb (GtkWidget *error_row, GdkFrameClock *clock, gpointer user_data)
{
  DureEnrolDialog *self = user_data;
  GtkAdjustment   *adjustment = gtk_scrolled_window_get_vadjustment (self->scroll);
  graphene_rect_t  bounds;
  double           below;

  if (gtk_widget_get_visible (error_row) && gtk_widget_get_height (error_row) == 0)
    return G_SOURCE_CONTINUE;
  if (!gtk_widget_compute_bounds (error_row, GTK_WIDGET (self->scroll), &bounds))
    return G_SOURCE_REMOVE;
  below = bounds.origin.y + bounds.size.height - gtk_adjustment_get_page_size (adjustment);
  /* This ends the scrolling to the field, which would be content with less. */
  if (below > 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + below);
  return G_SOURCE_REMOVE;
}

static void
show_error (DureEnrolDialog *self, GtkEditable *row, GtkListBoxRow *error_row, GtkLabel *label, const char *sentence)
{
  gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_label_set_label (label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (error_row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_widget_add_tick_callback (GTK_WIDGET (error_row), scroll_cb, self, NULL);
}

static void
set_busy (DureEnrolDialog *self, gboolean busy)
{
  /* A field that loses its focus by becoming insensitive would hear of it too late. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->form, !busy);
  gtk_widget_set_sensitive (self->enrol, !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static const char *
say_enrolled (DureEnrolDialog *self)
{
  if (gtk_widget_get_visible (self->elsewhere))
    return _ ("This computer is enrolled. What the server lacks goes there now.");
  if (gtk_widget_get_visible (self->copied))
    return _ ("This computer is enrolled with a number of its own. What waited goes to the server now.");
  return _ ("This computer is enrolled. The first copy is being fetched.");
}

static void
enrol_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureEnrolDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean   good = dure_sync_session_enrol_finish (DURE_SYNC_SESSION (source), result, &error);
  GtkWindow *parent;

  if (!dure_dialog_is_open (self))
    return;
  if (good)
    {
      parent = gtk_window_get_transient_for (GTK_WINDOW (self));
      if (parent != NULL)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", say_enrolled (self));
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  set_busy (self, FALSE);
  /* Each error stands at the field that can put it right. */
  if (g_error_matches (error, DURE_ERROR, DURE_ERROR_DENIED))
    show_error (self, self->password, self->password_error_row, self->password_error, error->message);
  else if (g_error_matches (error, DURE_ERROR, DURE_ERROR_NOT_FOUND))
    show_error (self, self->tenant, self->tenant_error_row, self->tenant_error, error->message);
  else
    show_error (self, self->url, self->url_error_row, self->url_error, error->message);
}

static void
enrol_cb (DureEnrolDialog *self)
{
  guint           way = adw_combo_row_get_selected (self->proxy_row);
  const DureEnrol enrol = {
    gtk_editable_get_text (self->url),
    gtk_editable_get_text (self->tenant),
    gtk_editable_get_text (self->user),
    gtk_editable_get_text (self->password),
    gtk_editable_get_text (self->device),
    self->root,
    way == PROXY_ADDRESS ? gtk_editable_get_text (self->proxy)
    : way == PROXY_NONE  ? "none"
                         : "system",
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *checked = NULL;

  if (!gtk_widget_get_sensitive (self->enrol))
    return;
  clear_errors (self);
  if (!dure_proxy_check (enrol.proxy, &checked, &error))
    {
      show_error (self, self->proxy, self->proxy_error_row, self->proxy_error, error->message);
      return;
    }
  set_busy (self, TRUE);
  dure_sync_session_enrol_async (dure_sync_session_for_desk (self->desk), &enrol, self->cancellable, enrol_done_cb,
                                 g_object_ref (self));
}

static void
show_root (DureEnrolDialog *self, const char *text)
{
  adw_action_row_set_subtitle (self->root_row, text);
  gtk_widget_set_visible (self->root_clear, self->root != NULL);
}

static void
root_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DureEnrolDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, &error);
  g_autofree char *root = NULL;
  g_autofree char *name = NULL;

  if (file == NULL || !dure_dialog_is_open (self))
    return;
  root = dure_root_read (g_file_peek_path (file), &error);
  if (root == NULL)
    {
      show_root (self, error->message);
      return;
    }
  g_free (self->root);
  self->root = g_steal_pointer (&root);
  name = g_file_get_basename (file);
  show_root (self, name);
}

static void
root_cb (DureEnrolDialog *self)
{
  dure_file_dialog_open_async (GTK_WINDOW (self), _ ("Root Certificate of the City"), _ ("Certificates"),
                               "pem crt cer", self->cancellable, root_chosen_cb, g_object_ref (self));
}

static void
root_clear_cb (DureEnrolDialog *self)
{
  g_clear_pointer (&self->root, g_free);
  show_root (self, _ ("Only where the city has certificates of its own"));
}

static void
dure_enrol_dialog_dispose (GObject *object)
{
  DureEnrolDialog *self = DURE_ENROL_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->root, g_free);
  G_OBJECT_CLASS (dure_enrol_dialog_parent_class)->dispose (object);
}

static void
dure_enrol_dialog_class_init (DureEnrolDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_enrol_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/sync/dure-enrol-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, url);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, tenant);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, user);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, password);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, device);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, proxy_row);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, proxy);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, copied);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, tenant_error_row);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, tenant_error);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, proxy_error_row);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, proxy_error);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, url_error_row);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, password_error_row);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, device_error_row);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, url_error);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, password_error);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, device_error);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, enrol);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, form);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, root_row);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, root_clear);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DureEnrolDialog, scroll);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, enrol_cb);
  gtk_widget_class_bind_template_callback (widget_class, root_cb);
  gtk_widget_class_bind_template_callback (widget_class, root_clear_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dure_enrol_dialog_init (DureEnrolDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  dure_dialog_cancel_closed (GTK_WINDOW (self), self->cancellable);
  gtk_editable_set_text (self->device, g_get_host_name ());
}

/* What was typed last time stays, but for the password. */
static void
fill_in (DureEnrolDialog *self)
{
  const struct
  {
    const char  *key;
    GtkEditable *row;
  } known[] = { { "sync.url", self->url }, { "sync.tenant", self->tenant }, { "sync.user", self->user } };
  DureStore       *store = dure_desk_get_store (self->desk);
  g_autofree char *proxy = dure_store_get_meta (store, "sync.proxy");

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *text = dure_store_get_meta (store, known[i].key);

      if (text != NULL)
        gtk_editable_set_text (known[i].row, text);
    }
  if (proxy != NULL && strcmp (proxy, "none") != 0)
    gtk_editable_set_text (self->proxy, proxy);
  adw_combo_row_set_selected (self->proxy_row, proxy == NULL                  ? PROXY_SYSTEM
                                               : strcmp (proxy, "none") == 0 ? PROXY_NONE
                                                                             : PROXY_ADDRESS);
  gtk_widget_set_visible (self->copied, dure_sync_is_copied (store));
  self->root = dure_store_get_meta (store, "sync.root");
  if (self->root != NULL)
    show_root (self, _ ("As at the last enrolment"));
}

/**
 * dure_enrol_dialog_present:
 * @parent: the window
 * @desk: its desk
 *
 * Asks for server, municipality, user and password, and enrols this computer.
 */
void
dure_enrol_dialog_present (GtkWindow *parent, DureDesk *desk)
{
  DureEnrolDialog *self = g_object_new (DURE_TYPE_ENROL_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  fill_in (self);
  changed_cb (self);
  dure_dialog_present (GTK_WINDOW (self), parent);
  gtk_widget_grab_focus (GTK_WIDGET (is_filled (self->url) ? self->password : self->url));
}
