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
show_term (GtkWidget *bar, DureRecord *seat)
{
  dure_term_bar_set (DURE_TERM_BAR (bar), dure_record_get (seat, DURE_SEAT_TERM_FROM),
                     dure_record_get (seat, DURE_SEAT_TERM_TO), dure_record_get (seat, DURE_SEAT_ENDED_ON));
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
  dure_record_table_add_widget_column (table, _ ("Term"), TERM_WIDTH, dure_term_bar_new, show_term);
  if (body == NULL)
    dure_record_table_add_text_column (table, dure_entity_label (dure_entity (DURE_ENTITY_BODY)), BODY_WIDTH, body_text,
                                       NULL);
  dure_record_table_add_text_column (table, _ ("Agency"), AGENCY_WIDTH, agency_text, NULL);
  dure_record_table_set_base (table, query);
  /* The chair first; over all bodies, body by body. */
  dure_record_table_sort (table, body != NULL ? DURE_SEAT_ROLE : DURE_SORT_TITLE, FALSE);
}
