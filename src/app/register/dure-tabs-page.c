/* dure-tabs-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-tabs-page.h"

#include <glib/gi18n-lib.h>

#include "app/register/dure-list-detail.h"

typedef struct
{
  DureTabs  *tabs;
  GtkWidget *header; /* holds the two */
  GtkWidget *make;
  GtkWidget *menu;
} DureTabsPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DureTabsPage, dure_tabs_page, DURE_TYPE_PAGE)

static DureTabsPagePrivate *
priv_of (gpointer self)
{
  return dure_tabs_page_get_instance_private (DURE_TABS_PAGE (self));
}

/* The list of the tab that is shown, or NULL where the tab holds something else. */
static DureListDetail *
shown_list (DurePage *page)
{
  DureTabs  *tabs = priv_of (page)->tabs;
  GtkWidget *content = tabs != NULL ? dure_tabs_get_content (tabs) : NULL;

  return DURE_IS_LIST_DETAIL (content) ? DURE_LIST_DETAIL (content) : NULL;
}

static void
tab_shown_cb (DureTabs *tabs, DureTabsPage *self)
{
  GtkWidget        *make = priv_of (self)->make, *menu = priv_of (self)->menu;
  const DureEntity *entity;
  g_autofree char  *label = NULL;
  g_autoptr (GMenu) items = NULL;
  g_autoptr (GMenuItem) item = NULL;

  if (make == NULL)
    return;
  entity = dure_entity (dure_tabs_get_entity (tabs));
  gtk_widget_set_visible (menu, entity->merged_field >= 0);
  items = g_menu_new ();
  item = g_menu_item_new (_ ("Find Duplicates…"), NULL);
  g_menu_item_set_action_and_target (item, "win.duplicates", "s", entity->key);
  g_menu_append_item (items, item);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu), G_MENU_MODEL (items));
  label = g_strdup_printf (_ ("New %s"), dure_entity_label (entity));
  gtk_widget_set_tooltip_text (make, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (make), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
dure_tabs_page_make (DurePage *page)
{
  DureListDetail *list = shown_list (page);

  if (list == NULL)
    return;
  dure_list_detail_set_whole (list, FALSE);
  dure_record_table_make (dure_list_detail_get_table (list));
}

static void
dure_tabs_page_search (DurePage *page)
{
  DureListDetail *list = shown_list (page);

  if (list == NULL)
    return;
  dure_list_detail_set_whole (list, FALSE);
  dure_record_table_focus_search (dure_list_detail_get_table (list));
}

static gboolean
dure_tabs_page_open (DurePage *page, DureEntityId entity, const char *id)
{
  DureTabs  *tabs = priv_of (page)->tabs;
  GtkWidget *content = tabs != NULL && dure_tabs_has (tabs, entity) ? dure_tabs_show (tabs, entity) : NULL;

  return DURE_IS_LIST_DETAIL (content) && dure_list_detail_open (DURE_LIST_DETAIL (content), id);
}

static GtkWidget *
dure_tabs_page_header_start (DurePage *page)
{
  DureTabs *tabs = priv_of (page)->tabs;

  return tabs != NULL ? dure_tabs_get_switcher (tabs) : NULL;
}

static GtkWidget *
dure_tabs_page_header_end (DurePage *page)
{
  DureTabsPagePrivate *priv = priv_of (page);

  if (priv->tabs == NULL)
    return NULL;
  if (priv->make == NULL)
    {
      priv->header = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
      priv->make = gtk_button_new_from_icon_name ("list-add-symbolic");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->make), "win.make");
      priv->menu = gtk_menu_button_new ();
      gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (priv->menu), "view-more-symbolic");
      gtk_widget_set_tooltip_text (priv->menu, _ ("More for this list"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (priv->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("More for this list"), -1);
      gtk_box_append (GTK_BOX (priv->header), priv->make);
      gtk_box_append (GTK_BOX (priv->header), priv->menu);
      tab_shown_cb (priv->tabs, DURE_TABS_PAGE (page));
    }
  return priv->header;
}

static char *
dure_tabs_page_where (DurePage *page)
{
  DureListDetail *list = shown_list (page);

  return list != NULL ? dure_list_detail_where (list) : NULL;
}

static void
dure_tabs_page_dispose (GObject *object)
{
  DureTabsPagePrivate *priv = priv_of (object);

  priv->tabs = NULL;
  priv->make = NULL;
  g_clear_object (&priv->header);
  G_OBJECT_CLASS (dure_tabs_page_parent_class)->dispose (object);
}

static void
dure_tabs_page_class_init (DureTabsPageClass *klass)
{
  DurePageClass *page_class = DURE_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_tabs_page_dispose;
  page_class->make = dure_tabs_page_make;
  page_class->search = dure_tabs_page_search;
  page_class->open = dure_tabs_page_open;
  page_class->header_start = dure_tabs_page_header_start;
  page_class->header_end = dure_tabs_page_header_end;
  page_class->where = dure_tabs_page_where;
}

static void
dure_tabs_page_init (DureTabsPage *self)
{
}

/**
 * dure_tabs_page_build:
 * @func: makes a tab when it is first shown; its data is the page
 *
 * Once the page has its desk.
 *
 * Returns: (transfer none): the tabs, still empty
 */
DureTabs *
dure_tabs_page_build (DureTabsPage *self, DureTabFunc func)
{
  DureTabsPagePrivate *priv;

  g_return_val_if_fail (DURE_IS_TABS_PAGE (self), NULL);

  priv = priv_of (self);
  priv->tabs = DURE_TABS (dure_tabs_new (func, self));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (priv->tabs));
  g_signal_connect_object (priv->tabs, "shown", G_CALLBACK (tab_shown_cb), self, 0);
  return priv->tabs;
}

/** dure_tabs_page_get_tabs: (transfer none) (nullable): what dure_tabs_page_build() made. */
DureTabs *
dure_tabs_page_get_tabs (DureTabsPage *self)
{
  g_return_val_if_fail (DURE_IS_TABS_PAGE (self), NULL);

  return priv_of (self)->tabs;
}
