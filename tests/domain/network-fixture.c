/* network-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network-fixture.h"

#include <glib/gstdio.h>

void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("dure-network-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "store.dure", NULL);
  fixture->store = dure_store_open (path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
}

void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_clear_object (&fixture->store);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* Writes a record of the given fields; the list ends with -1. Returns its id. */
char *
write_record (Fixture *fixture, DureEntityId entity, ...)
{
  g_autoptr (DureRecord) record = dure_record_new (entity);
  g_autoptr (GError) error = NULL;
  va_list args;
  int     field;

  va_start (args, entity);
  while ((field = va_arg (args, int)) >= 0)
    dure_record_set (record, (guint)field, va_arg (args, const char *));
  va_end (args);
  dure_store_write (fixture->store, record, &error);
  g_assert_no_error (error);
  return g_strdup (dure_record_get_id (record));
}

char *
agency (Fixture *fixture, const char *name, const char *sector, const char *areas)
{
  return write_record (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, name, DURE_AGENCY_SECTOR, sector,
                       DURE_AGENCY_KIND, "other", DURE_AGENCY_AREAS, areas, -1);
}

void
tie (Fixture *fixture, const char *from, const char *to, const char *kind, const char *since, const char *until)
{
  g_free (write_record (fixture, DURE_ENTITY_TIE, DURE_TIE_FROM, from, DURE_TIE_TO, to, DURE_TIE_KIND, kind,
                        DURE_TIE_SINCE, since, DURE_TIE_UNTIL, until, -1));
}

void
referral (Fixture *fixture, const char *from, const char *to, const char *month, const char *sent)
{
  g_free (write_record (fixture, DURE_ENTITY_REFERRAL, DURE_REFERRAL_FROM, from, DURE_REFERRAL_TO, to,
                        DURE_REFERRAL_MONTH, month, DURE_REFERRAL_KIND, "case", DURE_REFERRAL_SENT, sent, -1));
}

/* Somebody of an agency with a seat. Returns the id of the person. */
char *
member (Fixture *fixture, const char *agency_id, const char *body, const char *from, const char *to)
{
  static guint     n;
  g_autofree char *name = g_strdup_printf ("(예시) 위원 %u", ++n);
  char *person = write_record (fixture, DURE_ENTITY_PERSON, DURE_PERSON_NAME, name, DURE_PERSON_AGENCY, agency_id, -1);

  g_free (write_record (fixture, DURE_ENTITY_SEAT, DURE_SEAT_BODY, body, DURE_SEAT_PERSON, person, DURE_SEAT_TERM_FROM,
                        from, DURE_SEAT_TERM_TO, to, -1));
  return person;
}

guint
node (const DureNetwork *network, const char *id)
{
  guint v = 0;

  g_assert_true (dure_network_find (network, id, &v));
  return v;
}

/* The tie of two agencies, NULL for none. */
const DureNetworkTie *
tie_of (const DureNetwork *network, const char *a, const char *b)
{
  guint number;

  return dure_graph_find_tie (network->graph, node (network, a), node (network, b), &number) ? &network->ties[number]
                                                                                             : NULL;
}
