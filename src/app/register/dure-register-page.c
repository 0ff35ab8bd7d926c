/* dure-register-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-register-page.h"

#include <glib/gi18n-lib.h>

#include "app/register/dure-list-detail.h"
#include "app/register/dure-tabs.h"
#include "app/shell/dure-place.h"

struct _DureRegisterPage
{
  DurePage parent_instance;

  DureTabs  *tabs;
  GtkWidget *make;
};

G_DEFINE_FINAL_TYPE (DureRegisterPage, dure_register_page, DURE_TYPE_PAGE)

static DureListDetail *
shown (DureRegisterPage *self)
{
  return self->tabs != NULL ? DURE_LIST_DETAIL (dure_tabs_get_content (self->tabs)) : NULL;
}

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
tab_shown_cb (DureTabs *tabs, DureRegisterPage *self)
{
  g_autofree char *label = NULL;

  if (self->make == NULL)
    return;
  label = g_strdup_printf (_ ("New %s"), dure_entity_label (dure_entity (dure_tabs_get_entity (tabs))));
  gtk_widget_set_tooltip_text (self->make, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->make), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
dure_register_page_desk_set (DurePage *page)
{
  DureRegisterPage *self = DURE_REGISTER_PAGE (page);

  self->tabs = DURE_TABS (dure_tabs_new (make_tab, self));
  dure_tabs_add (self->tabs, DURE_ENTITY_AGENCY, dure_entity_plural (dure_entity (DURE_ENTITY_AGENCY)));
  dure_tabs_add (self->tabs, DURE_ENTITY_PERSON, dure_entity_plural (dure_entity (DURE_ENTITY_PERSON)));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->tabs));
  g_signal_connect_object (self->tabs, "shown", G_CALLBACK (tab_shown_cb), self, 0);
}

static void
dure_register_page_make (DurePage *page)
{
  DureListDetail *list = shown (DURE_REGISTER_PAGE (page));

  if (list == NULL)
    return;
  dure_list_detail_set_whole (list, FALSE);
  dure_record_table_make (dure_list_detail_get_table (list));
}

static void
dure_register_page_search (DurePage *page)
{
  DureListDetail *list = shown (DURE_REGISTER_PAGE (page));

  if (list == NULL)
    return;
  dure_list_detail_set_whole (list, FALSE);
  dure_record_table_focus_search (dure_list_detail_get_table (list));
}

static gboolean
dure_register_page_open (DurePage *page, DureEntityId entity, const char *id)
{
  DureRegisterPage *self = DURE_REGISTER_PAGE (page);

  if (self->tabs == NULL || !dure_tabs_has (self->tabs, entity))
    return FALSE;
  return dure_list_detail_open (DURE_LIST_DETAIL (dure_tabs_show (self->tabs, entity)), id);
}

static GtkWidget *
dure_register_page_header_start (DurePage *page)
{
  DureRegisterPage *self = DURE_REGISTER_PAGE (page);

  return self->tabs != NULL ? dure_tabs_get_switcher (self->tabs) : NULL;
}

static GtkWidget *
dure_register_page_header_end (DurePage *page)
{
  DureRegisterPage *self = DURE_REGISTER_PAGE (page);

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
dure_register_page_where (DurePage *page)
{
  DureListDetail *list = shown (DURE_REGISTER_PAGE (page));

  return list != NULL ? dure_list_detail_where (list) : NULL;
}

static void
dure_register_page_dispose (GObject *object)
{
  DureRegisterPage *self = DURE_REGISTER_PAGE (object);

  self->tabs = NULL;
  g_clear_object (&self->make);
  G_OBJECT_CLASS (dure_register_page_parent_class)->dispose (object);
}

static void
dure_register_page_class_init (DureRegisterPageClass *klass)
{
  DurePageClass *page_class = DURE_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_register_page_dispose;
  page_class->desk_set = dure_register_page_desk_set;
  page_class->make = dure_register_page_make;
  page_class->search = dure_register_page_search;
  page_class->open = dure_register_page_open;
  page_class->header_start = dure_register_page_header_start;
  page_class->header_end = dure_register_page_header_end;
  page_class->where = dure_register_page_where;
}

static void
dure_register_page_init (DureRegisterPage *self)
{
}
