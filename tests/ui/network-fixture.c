/* network-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "network-fixture.h"

DureWindow *
network_ui_open_network (const char *sample)
{
  DureWindow *window = dure_ui_test_open_sample (sample);

  g_assert_true (dure_window_go (window, "network"));
  return window;
}

DureNetworkPage *
network_ui_page_of (DureWindow *window)
{
  return DURE_NETWORK_PAGE (dure_window_get_page (window));
}

gboolean
network_ui_is_settled (gpointer data)
{
  DureNetworkPage *page = data;

  return dure_network_model_get_network (page->model) != NULL && !dure_network_model_get_loading (page->model)
         && (dure_network_model_get_analysis (page->model) != NULL
             || dure_network_model_get_comparison (page->model) != NULL
             || dure_network_model_get_network (page->model)->n_nodes == 0)
         && dure_network_model_get_cut_off (page->model) != NULL && page->canvas->tick == 0;
}

DureNetworkPage *
network_ui_open_settled (const char *sample, DureWindow **window)
{
  *window = network_ui_open_network (sample);
  dure_ui_test_wait (network_ui_is_settled, network_ui_page_of (*window), "the network is read and measured");
  return network_ui_page_of (*window);
}

void
network_ui_settle (DureNetworkPage *page)
{
  dure_ui_test_rest (20);
  dure_ui_test_wait (network_ui_is_settled, page, "the network is read and measured again");
}

DureNetwork *
network_ui_network_of (DureNetworkPage *page)
{
  return dure_network_canvas_get_network (page->canvas);
}
