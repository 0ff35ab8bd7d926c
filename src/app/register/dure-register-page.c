/* dure-register-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-register-page.h"

#include <glib/gi18n-lib.h>

#include "app/register/dure-list-detail.h"
#include "app/shell/dure-place.h"

struct _DureRegisterPage
{
  DureTabsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (DureRegisterPage, dure_register_page, DURE_TYPE_TABS_PAGE)

static GtkWidget *
make_tab (DureEntityId entity, gpointer user_data)
{
  GtkWidget       *tab = dure_list_detail_new (dure_page_get_desk (user_data), entity);
  DureRecordTable *table = dure_list_detail_get_table (DURE_LIST_DETAIL (tab));

  if (entity == DURE_ENTITY_AGENCY)
    dure_record_table_set_empty (table, dure_entity_icon (entity), _ ("The register begins here"),
                                 _ ("Agencies, how to reach them, what they offer and whom they work with."),
                                 _ ("Import a spreadsheet"), "win.import");
  else
    dure_record_table_set_empty (table, dure_entity_icon (entity), _ ("Nobody is entered yet"),
                                 _ ("Contacts of the agencies, members of the council, lecturers."),
                                 _ ("Import a spreadsheet"), "win.import");
  return tab;
}

static void
dure_register_page_desk_set (DurePage *page)
{
  DureTabs *tabs = dure_tabs_page_build (DURE_TABS_PAGE (page), make_tab);

  dure_tabs_add (tabs, DURE_ENTITY_AGENCY, dure_entity_plural (dure_entity (DURE_ENTITY_AGENCY)));
  dure_tabs_add (tabs, DURE_ENTITY_PERSON, dure_entity_plural (dure_entity (DURE_ENTITY_PERSON)));
}

static void
dure_register_page_class_init (DureRegisterPageClass *klass)
{
  DURE_PAGE_CLASS (klass)->desk_set = dure_register_page_desk_set;
}

static void
dure_register_page_init (DureRegisterPage *self)
{
}
