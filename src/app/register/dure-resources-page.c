/* dure-resources-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-resources-page.h"

#include <glib/gi18n-lib.h>

#include "app/register/dure-calls-view.h"
#include "app/register/dure-list-detail.h"
#include "app/register/dure-tabs.h"
#include "app/shell/dure-place.h"

struct _DureResourcesPage
{
  DurePage parent_instance;

  DureTabs  *tabs;
  GtkWidget *make;
};

G_DEFINE_FINAL_TYPE (DureResourcesPage, dure_resources_page, DURE_TYPE_PAGE)

static GtkWidget *
shown (DureResourcesPage *self)
{
  return self->tabs != NULL ? dure_tabs_get_content (self->tabs) : NULL;
}

static GtkWidget *
make_tab (DureEntityId entity, gpointer user_data)
{
  DureDesk        *desk = dure_page_get_desk (user_data);
  GtkWidget       *tab;
  DureRecordTable *table;

  if (entity == DURE_ENTITY_APPLICATION)
    return dure_calls_view_new (desk);
  tab = dure_list_detail_new (desk, entity);
  table = dure_list_detail_get_table (DURE_LIST_DETAIL (tab));
  if (entity == DURE_ENTITY_PROGRAMME)
    dure_record_table_set_empty (table, dure_entity_icon (entity), _ ("Nothing on offer yet"),
                                 _ ("What each agency offers, for whom, and how to refer somebody to it."),
                                 _ ("Import a spreadsheet"), "win.import");
  else if (entity == DURE_ENTITY_PRACTICE)
    dure_record_table_set_empty (table, dure_entity_icon (entity), _ ("No good practice yet"),
                                 _ ("What worked well, to be shown to others and to be found again."), NULL, NULL);
  else
    dure_record_table_set_empty (table, dure_entity_icon (entity), _ ("No venue yet"),
                                 _ ("Rooms and halls, how many people they hold and what is in them."), NULL, NULL);
  return tab;
}

static void
tab_shown_cb (DureTabs *tabs, DureResourcesPage *self)
{
  g_autofree char *label = NULL;

  if (self->make == NULL)
    return;
  label = g_strdup_printf (_ ("New %s"), dure_entity_label (dure_entity (dure_tabs_get_entity (tabs))));
  gtk_widget_set_tooltip_text (self->make, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->make), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
dure_resources_page_desk_set (DurePage *page)
{
  DureResourcesPage *self = DURE_RESOURCES_PAGE (page);

  self->tabs = DURE_TABS (dure_tabs_new (make_tab, self));
  dure_tabs_add (self->tabs, DURE_ENTITY_PROGRAMME, dure_entity_plural (dure_entity (DURE_ENTITY_PROGRAMME)));
  dure_tabs_add (self->tabs, DURE_ENTITY_APPLICATION, _ ("Calls and applications"));
  dure_tabs_add (self->tabs, DURE_ENTITY_PRACTICE, dure_entity_plural (dure_entity (DURE_ENTITY_PRACTICE)));
  dure_tabs_add (self->tabs, DURE_ENTITY_VENUE, dure_entity_plural (dure_entity (DURE_ENTITY_VENUE)));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->tabs));
  g_signal_connect_object (self->tabs, "shown", G_CALLBACK (tab_shown_cb), self, 0);
}

static void
dure_resources_page_make (DurePage *page)
{
  GtkWidget *content = shown (DURE_RESOURCES_PAGE (page));

  if (DURE_IS_CALLS_VIEW (content))
    dure_calls_view_make (DURE_CALLS_VIEW (content));
  else if (content != NULL)
    {
      dure_list_detail_set_whole (DURE_LIST_DETAIL (content), FALSE);
      dure_record_table_make (dure_list_detail_get_table (DURE_LIST_DETAIL (content)));
    }
}

static void
dure_resources_page_search (DurePage *page)
{
  GtkWidget *content = shown (DURE_RESOURCES_PAGE (page));

  if (DURE_IS_CALLS_VIEW (content))
    dure_calls_view_search (DURE_CALLS_VIEW (content));
  else if (content != NULL)
    {
      dure_list_detail_set_whole (DURE_LIST_DETAIL (content), FALSE);
      dure_record_table_focus_search (dure_list_detail_get_table (DURE_LIST_DETAIL (content)));
    }
}

static gboolean
dure_resources_page_open (DurePage *page, DureEntityId entity, const char *id)
{
  DureResourcesPage *self = DURE_RESOURCES_PAGE (page);
  GtkWidget         *content;

  if (self->tabs == NULL || (entity != DURE_ENTITY_CALL && !dure_tabs_has (self->tabs, entity)))
    return FALSE;
  content = dure_tabs_show (self->tabs, entity == DURE_ENTITY_CALL ? DURE_ENTITY_APPLICATION : entity);
  if (DURE_IS_CALLS_VIEW (content))
    return dure_calls_view_open (DURE_CALLS_VIEW (content), entity, id);
  return dure_list_detail_open (DURE_LIST_DETAIL (content), id);
}

static GtkWidget *
dure_resources_page_header_start (DurePage *page)
{
  DureResourcesPage *self = DURE_RESOURCES_PAGE (page);

  return self->tabs != NULL ? dure_tabs_get_switcher (self->tabs) : NULL;
}

static GtkWidget *
dure_resources_page_header_end (DurePage *page)
{
  DureResourcesPage *self = DURE_RESOURCES_PAGE (page);

  if (self->tabs == NULL)
    return NULL;
  if (self->make == NULL)
    {
      self->make = g_object_ref_sink (gtk_button_new_from_icon_name ("list-add-symbolic"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->make), "win.make");
      tab_shown_cb (self->tabs, self);
    }
  return self->make;
}

static char *
dure_resources_page_where (DurePage *page)
{
  GtkWidget *content = shown (DURE_RESOURCES_PAGE (page));

  if (DURE_IS_CALLS_VIEW (content))
    return dure_calls_view_where (DURE_CALLS_VIEW (content));
  return content != NULL ? dure_list_detail_where (DURE_LIST_DETAIL (content)) : NULL;
}

static void
dure_resources_page_dispose (GObject *object)
{
  DureResourcesPage *self = DURE_RESOURCES_PAGE (object);

  self->tabs = NULL;
  g_clear_object (&self->make);
  G_OBJECT_CLASS (dure_resources_page_parent_class)->dispose (object);
}

static void
dure_resources_page_class_init (DureResourcesPageClass *klass)
{
  DurePageClass *page_class = DURE_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_resources_page_dispose;
  page_class->desk_set = dure_resources_page_desk_set;
  page_class->make = dure_resources_page_make;
  page_class->search = dure_resources_page_search;
  page_class->open = dure_resources_page_open;
  page_class->header_start = dure_resources_page_header_start;
  page_class->header_end = dure_resources_page_header_end;
  page_class->where = dure_resources_page_where;
}

static void
dure_resources_page_init (DureResourcesPage *self)
{
}
