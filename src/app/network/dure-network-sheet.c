/* dure-network-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-sheet.h"

#include <gtk/gtk.h>

/** dure_network_sheet_load: adds the style sheet to the display, once. */
void
dure_network_sheet_load (void)
{
  static gsize loaded = 0;
  g_autoptr (GtkCssProvider) provider = NULL;

  if (gdk_display_get_default () == NULL || !g_once_init_enter (&loaded))
    return;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/kr/dure/Dure/network/dure-network.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_once_init_leave (&loaded, 1);
}
