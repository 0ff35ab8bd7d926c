/* dure-seat-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-council"

#include "config.h"

#include "app/council/dure-seat-table.h"

#include <glib/gi18n-lib.h>

#include "app/council/dure-term-bar.h"

#define AGENCY_WIDTH 170
#define TERM_WIDTH 120
#define BODY_WIDTH 170

static char *
agency_text (DureDesk *desk, DureRecord *seat, gpointer user_data)
{
  DureStore             *store = dure_desk_get_store (desk);
  const char            *id = dure_record_get (seat, DURE_SEAT_PERSON);
  g_autoptr (DureRecord) person = id != NULL ? dure_store_get (store, DURE_ENTITY_PERSON, id, NULL) : NULL;
  const char            *position = person != NULL ? dure_record_get (person, DURE_PERSON_POSITION) : NULL;
  g_autofree char       *agency = person != NULL ? dure_store_format (store, person, DURE_PERSON_AGENCY) : NULL;

  /* A position of nowhere says no more than the role does. */
  if (position == NULL || agency == NULL || *agency == '\0')
    return g_steal_pointer (&agency);
  return g_strdup_printf ("%s %s", agency, position);
}

static char *
body_text (DureDesk *desk, DureRecord *seat, gpointer user_data)
{
  return dure_store_format (dure_desk_get_store (desk), seat, DURE_SEAT_BODY);
}

static void
show_term (DureRecord *seat, GParamSpec *pspec, GtkListItem *item)
{
  dure_term_bar_set (DURE_TERM_BAR (gtk_list_item_get_child (item)), dure_record_get (seat, DURE_SEAT_TERM_FROM),
                     dure_record_get (seat, DURE_SEAT_TERM_TO), dure_record_get (seat, DURE_SEAT_ENDED_ON));
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, dure_term_bar_new ());
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  DureRecord *seat = gtk_list_item_get_item (item);

  g_signal_connect (seat, "notify", G_CALLBACK (show_term), item);
  show_term (seat, NULL, item);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_term, item);
}

static void
add_term_column (DureRecordTable *table)
{
  GtkListItemFactory  *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  column = gtk_column_view_column_new (_ ("Term"), factory);
  dure_record_table_add_column (table, column, TERM_WIDTH);
  g_object_unref (column);
}

/** dure_seat_table_new: (transfer floating): a DureRecordTable of seats, by role. */
GtkWidget *
dure_seat_table_new (DureDesk *desk)
{
  GtkWidget       *table = dure_record_table_new (desk, DURE_ENTITY_SEAT);
  static const int filters[] = { DURE_SEAT_ROLE, DURE_SEAT_SECTOR, -1 };

  dure_record_table_set_filters (DURE_RECORD_TABLE (table), filters);
  return table;
}

/**
 * dure_seat_table_show_body:
 * @body: (nullable): only the seats of this body; %NULL for all
 * @former: also seats that were ended
 */
void
dure_seat_table_show_body (DureRecordTable *table, DureRecord *body, gboolean former)
{
  static const int      fields[] = { DURE_SEAT_PERSON, DURE_SEAT_ROLE, -1 };
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_SEAT);

  if (body != NULL)
    dure_query_where (query, DURE_SEAT_BODY, DURE_EQUAL, dure_record_get_id (body));
  if (!former)
    dure_query_where (query, DURE_SEAT_ENDED_ON, DURE_IS_EMPTY, NULL);
  dure_record_table_set_columns (table, fields);
  add_term_column (table);
  if (body == NULL)
    dure_record_table_add_text_column (table, dure_entity_label (dure_entity (DURE_ENTITY_BODY)), BODY_WIDTH, body_text,
                                       NULL);
  dure_record_table_add_text_column (table, _ ("Agency"), AGENCY_WIDTH, agency_text, NULL);
  dure_record_table_set_base (table, query);
  /* The chair first; over all bodies, body by body. */
  dure_record_table_sort (table, body != NULL ? DURE_SEAT_ROLE : DURE_SORT_TITLE, FALSE);
}
