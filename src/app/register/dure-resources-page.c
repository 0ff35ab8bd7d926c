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
#include "app/shell/dure-place.h"

struct _DureResourcesPage
{
  DureTabsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (DureResourcesPage, dure_resources_page, DURE_TYPE_TABS_PAGE)

/* The board of calls where it is shown, else NULL. */
static DureCallsView *
shown_calls (DurePage *page)
{
  DureTabs  *tabs = dure_tabs_page_get_tabs (DURE_TABS_PAGE (page));
  GtkWidget *content = tabs != NULL ? dure_tabs_get_content (tabs) : NULL;

  return DURE_IS_CALLS_VIEW (content) ? DURE_CALLS_VIEW (content) : NULL;
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
dure_resources_page_desk_set (DurePage *page)
{
  DureTabs *tabs = dure_tabs_page_build (DURE_TABS_PAGE (page), make_tab);

  dure_tabs_add (tabs, DURE_ENTITY_PROGRAMME, dure_entity_plural (dure_entity (DURE_ENTITY_PROGRAMME)));
  dure_tabs_add (tabs, DURE_ENTITY_APPLICATION, _ ("Calls and applications"));
  dure_tabs_add (tabs, DURE_ENTITY_PRACTICE, dure_entity_plural (dure_entity (DURE_ENTITY_PRACTICE)));
  dure_tabs_add (tabs, DURE_ENTITY_VENUE, dure_entity_plural (dure_entity (DURE_ENTITY_VENUE)));
}

static void
dure_resources_page_make (DurePage *page)
{
  DureCallsView *calls = shown_calls (page);

  if (calls != NULL)
    dure_calls_view_make (calls);
  else
    DURE_PAGE_CLASS (dure_resources_page_parent_class)->make (page);
}

static void
dure_resources_page_search (DurePage *page)
{
  DureCallsView *calls = shown_calls (page);

  if (calls != NULL)
    dure_calls_view_search (calls);
  else
    DURE_PAGE_CLASS (dure_resources_page_parent_class)->search (page);
}

static gboolean
dure_resources_page_open (DurePage *page, DureEntityId entity, const char *id)
{
  DureTabs *tabs = dure_tabs_page_get_tabs (DURE_TABS_PAGE (page));

  if (tabs == NULL || (entity != DURE_ENTITY_CALL && entity != DURE_ENTITY_APPLICATION))
    return DURE_PAGE_CLASS (dure_resources_page_parent_class)->open (page, entity, id);
  return dure_calls_view_open (DURE_CALLS_VIEW (dure_tabs_show (tabs, DURE_ENTITY_APPLICATION)), entity, id);
}

static char *
dure_resources_page_where (DurePage *page)
{
  DureCallsView *calls = shown_calls (page);

  return calls != NULL ? dure_calls_view_where (calls)
                       : DURE_PAGE_CLASS (dure_resources_page_parent_class)->where (page);
}

static void
dure_resources_page_class_init (DureResourcesPageClass *klass)
{
  DurePageClass *page_class = DURE_PAGE_CLASS (klass);

  page_class->desk_set = dure_resources_page_desk_set;
  page_class->make = dure_resources_page_make;
  page_class->search = dure_resources_page_search;
  page_class->open = dure_resources_page_open;
  page_class->where = dure_resources_page_where;
}

static void
dure_resources_page_init (DureResourcesPage *self)
{
}
