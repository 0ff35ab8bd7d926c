/* dure-network-page-export.c: the picture and the data as files, and the picture on the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-page-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "app/network/dure-network-ties.h"
#include "app/shell/dure-file-dialog.h"
#include "app/shell/dure-window.h"
#include "document/dure-network-picture-file.h"
#include "exchange/dure-network-export.h"

/* What goes to a thread. */
typedef struct
{
  DureNetwork       *network;
  DureNetworkPlaces *places;
  DureAnalysis      *analysis; /* NULL when it is not known yet */
  DureNetworkLook   *look;
  char             **colour_names;
  char              *title;
  char              *footnote;
  guint8            *tie_change;
  char              *path;
  char              *format;
  gboolean           discreet;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->network, dure_network_unref);
  g_clear_pointer (&order->places, dure_network_places_free);
  g_clear_pointer (&order->analysis, dure_analysis_unref);
  g_clear_pointer (&order->look, dure_network_look_free);
  g_strfreev (order->colour_names);
  g_free (order->title);
  g_free (order->footnote);
  g_free (order->tie_change);
  g_free (order->path);
  g_free (order->format);
  g_free (order);
}

/* Words for the colours that are in use; the paper has the colours of the light ground. */
static char **
colour_names (const DureNetworkLook *look)
{
  char **names = g_new0 (char *, (gsize)look->canvas.n_palette + 1);

  for (guint i = 0; i < look->classes->n_classes; i++)
    {
      guint colour = look->colour_of_class[i];
      char *old = names[colour];

      names[colour] = old != NULL ? g_strdup_printf ("%s, %s", old, look->classes->classes[i].label)
                                  : g_strdup (look->classes->classes[i].label);
      g_free (old);
    }
  for (guint i = 0; i < look->canvas.n_palette; i++)
    if (names[i] == NULL)
      names[i] = g_strdup ("");
  return names;
}

static Order *
new_order (DureNetworkPage *self, const char *format)
{
  DureNetwork   *network = dure_network_model_get_network (self->model);
  Order         *order;
  DureLookSource source;

  if (network == NULL || network->n_nodes == 0)
    return NULL;
  order = g_new0 (Order, 1);
  order->network = dure_network_ref (network);
  order->places = dure_network_places_copy (dure_network_model_get_places (self->model));
  if (dure_network_model_get_analysis (self->model) != NULL)
    order->analysis = dure_analysis_ref (dure_network_model_get_analysis (self->model));
  source = (DureLookSource){
    .network = network,
    .everybody = dure_network_model_get_everybody (self->model),
    .view = dure_network_model_get_view (self->model),
    .analysis = order->analysis,
    .hulls = dure_network_filters_get_hulls (self->filters),
  };
  order->look = dure_network_look_new (&source);
  order->colour_names = colour_names (order->look);
  order->title = g_strdup (dure_network_views_get_name (self->views));
  order->footnote = dure_network_coverage (network);
  order->format = g_strdup (format);
  order->discreet = self->in_meeting_room;
  if (dure_network_model_get_comparison (self->model) != NULL)
    {
      const DureNetworkComparison *comparison = dure_network_model_get_comparison (self->model);

      order->tie_change = g_memdup2 (comparison->tie_change, network->n_ties);
    }
  return order;
}

static gboolean
write_picture (const Order *order, GError **error)
{
  const DureCanvasLook     *look = &order->look->canvas;
  DureNetworkPictureOptions options;

  dure_network_picture_options_init (&options);
  options.labels = TRUE;
  options.legend = TRUE;
  options.title = order->title;
  options.footnote = order->footnote;
  options.palette = look->palette;
  options.n_palette = look->n_palette;
  options.colour = look->colour;
  options.colour_names = (const char *const *)order->colour_names;
  options.size = look->size;
  options.group = look->group;
  options.group_names = look->group_names;
  options.n_groups = look->n_groups;
  options.hulls = look->hulls;
  options.arrows = options.widths = TRUE;
  options.tie_mark = order->tie_change;
  options.privacy = order->discreet;
  return dure_network_export_picture (order->network, order->places->points, &options, order->path, error);
}

static gboolean
write_order (const Order *order, GError **error)
{
  if (g_str_equal (order->format, "csv"))
    return dure_network_export_data (order->network, order->analysis, order->places->points, DURE_NETWORK_CSV,
                                     order->path, error);
  if (g_str_equal (order->format, "graphml"))
    return dure_network_export_data (order->network, order->analysis, order->places->points, DURE_NETWORK_GRAPHML,
                                     order->path, error);
  if (g_str_equal (order->format, "gexf"))
    return dure_network_export_data (order->network, order->analysis, order->places->points, DURE_NETWORK_GEXF,
                                     order->path, error);
  return write_picture (order, error);
}

static void
write_func (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_order (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNetworkPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
}

static void
open_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  DureNetworkPage *self = data;
  g_autofree char *uri = self->export_folder != NULL ? g_filename_to_uri (self->export_folder, NULL, NULL) : NULL;

  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, NULL, NULL, launched_cb, g_object_ref (self));
}

/* The toast belongs to the window, which learns the action when there is a folder to open. */
static void
offer_folder (DureNetworkPage *self, GtkWidget *window)
{
  static const GActionEntry entries[] = { { "open", open_folder_cb, NULL, NULL, NULL, { 0 } } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (window, "network-folder", G_ACTION_GROUP (group));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (source);
  const Order     *order = g_task_get_task_data (G_TASK (result));
  GtkRoot         *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (order->path);
  g_autofree char *said = NULL;
  g_autofree char *folder = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
      return;
    }
  said = g_strdup_printf (_ ("Saved “%s”."), name);
  folder = g_path_get_dirname (order->path);
  g_free (self->export_folder);
  self->export_folder = g_steal_pointer (&folder);
  if (!DURE_IS_WINDOW (root))
    return;
  offer_folder (self, GTK_WIDGET (root));
  dure_window_toast_button (DURE_WINDOW (root), said, _ ("Open Folder"), "network-folder.open");
}

static void
start_writing (DureNetworkPage *self, Order *order)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, written_cb, NULL);

  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, write_func);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DureNetworkPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dure_file_dialog_finish (result, &error);
  Order *order = file != NULL && self->export_format != NULL ? new_order (self, self->export_format) : NULL;

  if (order == NULL)
    return;
  order->path = g_file_get_path (file);
  if (order->path != NULL)
    start_writing (self, order);
  else
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", _ ("Please choose a folder of this computer."));
      order_free (order);
    }
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (widget);
  GtkRoot         *root = gtk_widget_get_root (widget);
  g_autofree char *name = NULL;

  if (dure_network_model_get_network (self->model) == NULL)
    return;
  g_free (self->export_format);
  self->export_format = g_variant_dup_string (parameter, NULL);
  name = g_strdup_printf ("%s.%s", dure_network_views_get_name (self->views), self->export_format);
  g_strdelimit (name, "/\\:", ' ');
  dure_file_dialog_save_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Save the Network"), name, NULL,
                               chosen_cb, g_object_ref (self));
}

/* Who is tied to whom by what, for a text field. */
static char *
as_text (const DureNetwork *network)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint t = 0; t < network->n_ties; t++)
    {
      const DureNetworkTie *tie = &network->ties[t];
      g_autofree char      *layers = dure_network_tie_layers (tie, TRUE);

      g_string_append_printf (text, "%s – %s\t%s\n", network->nodes[tie->from].name, network->nodes[tie->to].name,
                              layers);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What a thread makes for the clipboard. */
typedef struct
{
  GdkTexture *texture;
  char       *text;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_clear_object (&copy->texture);
  g_free (copy->text);
  g_free (copy);
}

static void
copy_func (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Order           *order = data;
  GError          *error = NULL;
  g_autofree char *path = NULL;
  int              fd = g_file_open_tmp ("dure-XXXXXX.png", &path, &error);
  Copy            *copy;

  if (fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  g_close (fd, NULL);
  order->path = g_strdup (path);
  copy = g_new0 (Copy, 1);
  if (write_picture (order, &error))
    copy->texture = gdk_texture_new_from_filename (path, &error);
  g_unlink (path);
  if (copy->texture == NULL)
    {
      copy_free (copy);
      g_task_return_error (task, error);
      return;
    }
  copy->text = as_text (order->network);
  g_task_return_pointer (task, copy, copy_free);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GtkWidget *widget = GTK_WIDGET (source);
  g_autoptr (GError) error = NULL;
  Copy               *copy = g_task_propagate_pointer (G_TASK (result), &error);
  GdkContentProvider *both[2];
  g_autoptr (GdkContentProvider) content = NULL;

  if (copy == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_activate_action (widget, "win.error", "s", error->message);
      return;
    }
  both[0] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, copy->texture);
  both[1] = gdk_content_provider_new_typed (G_TYPE_STRING, copy->text);
  content = gdk_content_provider_new_union (both, G_N_ELEMENTS (both));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
  copy_free (copy);
  gtk_widget_activate_action (widget, "win.toast", "s", _ ("Copied the picture."));
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  DureNetworkPage *self = DURE_NETWORK_PAGE (widget);
  Order           *order = new_order (self, "png");
  g_autoptr (GTask) task = NULL;

  if (order == NULL)
    return;
  task = g_task_new (self, self->cancellable, copied_cb, NULL);
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, copy_func);
}

void
dure_network_page_install_exports (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "network.export", "s", export_cb);
  gtk_widget_class_install_action (class, "network.copy", NULL, copy_cb);
}
