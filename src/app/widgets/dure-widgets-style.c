/* dure-widgets-style.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-widgets-style.h"

#include <gtk/gtk.h>

/** dure_widgets_style_load: adds the style sheet to the display, once. */
void
dure_widgets_style_load (void)
{
  static gsize   loaded = 0;
  GtkCssProvider *provider;

  if (gdk_display_get_default () == NULL || !g_once_init_enter (&loaded))
    return;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/kr/dure/Dure/widgets/dure-widgets.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (provider);
  g_once_init_leave (&loaded, 1);
}
