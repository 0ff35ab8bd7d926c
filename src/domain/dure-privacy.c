/* dure-privacy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-privacy.h"

#include "base/dure-date.h"

/* The last day of the time to keep is still of it; a deleted person is kept all the same until he is purged. */
static DureQuery *
make_query (int today, gboolean deleted)
{
  DureQuery       *query = dure_query_new (DURE_ENTITY_PERSON);
  g_autofree char *date = dure_day_to_date (today);

  dure_query_where (query, DURE_PERSON_KEEP_UNTIL, DURE_LESS, date);
  dure_query_sort (query, DURE_PERSON_KEEP_UNTIL, FALSE);
  dure_query_deleted (query, deleted);
  return query;
}

/**
 * dure_privacy_expired:
 * @store: a store
 * @today: day number
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureRecord) (nullable): the people whose time to keep is over, deleted ones
 * too; whose ended first is first
 */
GPtrArray *
dure_privacy_expired (DureStore *store, int today, GError **error)
{
  GPtrArray *all = NULL;

  for (gboolean deleted = FALSE; deleted <= TRUE; deleted++)
    {
      g_autoptr (DureQuery) query = make_query (today, deleted);
      g_autoptr (GPtrArray) people = dure_store_list (store, query, error);

      if (people == NULL)
        {
          g_clear_pointer (&all, g_ptr_array_unref);
          return NULL;
        }
      if (all == NULL)
        all = g_steal_pointer (&people);
      else
        g_ptr_array_extend_and_steal (all, g_steal_pointer (&people));
    }
  return all;
}
