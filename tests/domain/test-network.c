/* test-network.c: the network out of records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/dure-date.h"
#include "domain/dure-network-places.h"

#include <glib/gstdio.h>
#include <math.h>

typedef struct
{
  char      *folder;
  DureStore *store;
} Fixture;

static void
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

static void
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
static char *
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

static char *
agency (Fixture *fixture, const char *name, const char *sector, const char *areas)
{
  return write_record (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, name, DURE_AGENCY_SECTOR, sector,
                       DURE_AGENCY_KIND, "other", DURE_AGENCY_AREAS, areas, -1);
}

static void
tie (Fixture *fixture, const char *from, const char *to, const char *kind, const char *until)
{
  g_free (write_record (fixture, DURE_ENTITY_TIE, DURE_TIE_FROM, from, DURE_TIE_TO, to, DURE_TIE_KIND, kind,
                        DURE_TIE_UNTIL, until, -1));
}

static void
referral (Fixture *fixture, const char *from, const char *to, const char *month, const char *sent)
{
  g_free (write_record (fixture, DURE_ENTITY_REFERRAL, DURE_REFERRAL_FROM, from, DURE_REFERRAL_TO, to,
                        DURE_REFERRAL_MONTH, month, DURE_REFERRAL_KIND, "case", DURE_REFERRAL_SENT, sent, -1));
}

static guint
node (const DureNetwork *network, const char *id)
{
  guint v = 0;

  g_assert_true (dure_network_find (network, id, &v));
  return v;
}

static void
test_layers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가복지관", "private", "welfare,care");
  g_autofree char *b = agency (fixture, "나보건소", "public", "health");
  g_autofree char *c = agency (fixture, "다지역사회보장협의체", "private", NULL);
  g_autofree char *d = agency (fixture, "라센터", "private", "mental-health");
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (DureNetwork) now = NULL;
  g_autoptr (DureNetwork) then = NULL;
  g_autoptr (GError) error = NULL;
  const DureNetworkTie *both;
  guint                 number;

  tie (fixture, a, b, "agreement", NULL);
  tie (fixture, b, a, "information", NULL);
  tie (fixture, a, c, "agreement", "2024-12-31");
  referral (fixture, a, b, "2025-05", "7");
  referral (fixture, b, a, "2025-06", "2");

  now = dure_network_build (fixture->store, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (now->n_nodes, ==, 4);
  g_assert_cmpuint (now->n_ties, ==, 1);
  g_assert_cmpuint (now->n_ended, ==, 1);
  g_assert_cmpuint (now->n_tied, ==, 2);
  g_assert_cmpint (now->nodes[node (now, b)].sector, ==, DURE_SECTOR_PUBLIC);
  g_assert_cmpint (now->nodes[node (now, c)].sector, ==, DURE_SECTOR_COUNCIL);
  g_assert_cmpint (now->nodes[node (now, c)].area, ==, DURE_NO_AREA);
  g_assert_cmpint (now->nodes[node (now, a)].area, ==, 0);
  g_assert_cmpint (now->nodes[node (now, d)].area, ==, 5);
  both = &now->ties[0];
  g_assert_cmpuint (both->layers, ==, DURE_LAYER_AGREEMENT | DURE_LAYER_INFORMATION | DURE_LAYER_REFERRAL);
  g_assert_cmpuint (both->count, ==, 4);
  g_assert_cmpuint (both->sent, ==, 7);
  g_assert_cmpuint (both->returned, ==, 2);

  /* In the period the old agreement stood, and there was no referral. */
  filter->from = dure_day ("2024-01-01");
  filter->to = dure_day ("2024-06-30");
  then = dure_network_build (fixture->store, filter, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dure_graph_find_tie (then->graph, node (then, a), node (then, c), NULL));
  g_assert_true (dure_graph_find_tie (then->graph, node (then, a), node (then, b), &number));
  g_assert_cmpuint (then->ties[number].sent, ==, 0);
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", "welfare");
  g_autofree char *b = agency (fixture, "나", "public", "health");
  g_autofree char *c = agency (fixture, "다", "private", NULL);
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (DureNetwork) private_only = NULL;
  g_autoptr (DureNetwork) no_area = NULL;
  g_autoptr (DureNetwork) some = NULL;
  char *ids[] = { a, b, NULL };

  tie (fixture, a, b, "agreement", NULL);
  filter->sectors = 1u << DURE_SECTOR_PRIVATE;
  private_only = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_cmpuint (private_only->n_nodes, ==, 2);
  /* Its other end is only hidden: nothing is missing. */
  g_assert_cmpuint (private_only->n_ties, ==, 0);
  g_assert_cmpuint (private_only->n_left_out, ==, 0);

  filter->sectors = 0;
  filter->areas = 1u << DURE_N_AREAS;
  no_area = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_cmpuint (no_area->n_nodes, ==, 1);
  g_assert_cmpstr (no_area->nodes[0].id, ==, c);

  filter->areas = 0;
  filter->agencies = g_strdupv (ids);
  some = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_cmpuint (some->n_nodes, ==, 2);
  g_assert_cmpuint (some->n_ties, ==, 1);
}

static void
test_deleted_agency (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (GError) error = NULL;

  tie (fixture, a, b, "agreement", NULL);
  dure_store_delete (fixture->store, DURE_ENTITY_AGENCY, b, &error);
  g_assert_no_error (error);
  network = dure_network_build (fixture->store, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (network->n_nodes, ==, 1);
  g_assert_cmpuint (network->n_ties, ==, 0);
  g_assert_cmpuint (network->n_left_out, ==, 1);
}

static void
test_attendance (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ids[5] = { NULL };
  g_autofree char *event = NULL;
  g_autofree char *person = NULL;
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (DureNetwork) usual = NULL;
  g_autoptr (DureNetwork) together = NULL;
  guint number;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("기관 %u", i);

      ids[i] = agency (fixture, name, "public", NULL);
    }
  person
      = write_record (fixture, DURE_ENTITY_PERSON, DURE_PERSON_NAME, "(예시) 김하나", DURE_PERSON_AGENCY, ids[3], -1);
  event = write_record (fixture, DURE_ENTITY_EVENT, DURE_EVENT_TITLE, "간담회", DURE_EVENT_KIND, "round-table",
                        DURE_EVENT_START, "2025-06-26T14:00", DURE_EVENT_END, "2025-06-26T16:00", -1);
  for (guint i = 0; i < 3; i++)
    g_free (write_record (fixture, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_EVENT, event,
                          DURE_PARTICIPATION_AGENCY, ids[i], DURE_PARTICIPATION_ATTENDANCE, "present", -1));
  /* A person counts for the agency; who was expected and did not come does not count. */
  g_free (write_record (fixture, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_EVENT, event, DURE_PARTICIPATION_PERSON,
                        person, DURE_PARTICIPATION_ATTENDANCE, "walk-in", -1));
  g_free (write_record (fixture, DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_EVENT, event, DURE_PARTICIPATION_AGENCY,
                        ids[4], DURE_PARTICIPATION_ATTENDANCE, "absent", -1));

  usual = dure_network_build (fixture->store, NULL, NULL, NULL);
  g_assert_cmpuint (usual->n_ties, ==, 0);
  filter->layers |= DURE_LAYER_ATTENDANCE;
  together = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_cmpuint (together->n_ties, ==, 6);
  g_assert_true (dure_graph_find_tie (together->graph, node (together, ids[0]), node (together, ids[3]), &number));
  g_assert_cmpfloat_with_epsilon (together->ties[number].weight, 1.0 / 3, 1e-9);
  for (guint i = 0; i < 5; i++)
    g_clear_pointer (&ids[i], g_free);
}

static void
test_places (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  g_autoptr (DureRecord) position = dure_network_places_record (NULL, a, (DurePoint){ 12.34, -56.78 });
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureNetworkPlaces) places = NULL;
  g_autoptr (GError) error = NULL;
  guint v;

  tie (fixture, a, b, "agreement", NULL);
  g_assert_true (dure_store_write (fixture->store, position, &error));
  network = dure_network_build (fixture->store, NULL, NULL, &error);
  places = dure_network_places_new (fixture->store, network, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  v = node (network, a);
  g_assert_true (places->pinned[v]);
  g_assert_cmpfloat_with_epsilon (places->points[v].x, 12.34, 1e-6);
  g_assert_cmpfloat_with_epsilon (places->points[v].y, -56.78, 1e-6);
  g_assert_false (places->pinned[node (network, b)]);
  g_assert_cmpfloat_with_epsilon (
      hypot (places->points[0].x - places->points[1].x, places->points[0].y - places->points[1].y), DURE_LAYOUT_STEP,
      10);
}

static void
test_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin;

  dure_store_begin (fixture->store, "", &error);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("기관 %04u", i);

      g_ptr_array_add (ids, agency (fixture, name, i % 2 ? "public" : "private", "welfare"));
      if (i > 0)
        tie (fixture, g_ptr_array_index (ids, i), g_ptr_array_index (ids, i / 2), "agreement", NULL);
    }
  dure_store_commit (fixture->store, &error);
  g_assert_no_error (error);
  begin = g_get_monotonic_time ();
  network = dure_network_build (fixture->store, NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("1000 agencies: %d ms", (int)((g_get_monotonic_time () - begin) / 1000));
  g_assert_cmpuint (network->n_nodes, ==, 1000);
  g_assert_cmpuint (network->n_ties, ==, 999);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 2 * G_USEC_PER_SEC);
}

#define ADD(NAME, FUNC) g_test_add (NAME, Fixture, NULL, set_up, FUNC, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("DURE_NOW", "2025-06-20T09:00", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("/domain/network/layers", test_layers);
  ADD ("/domain/network/filters", test_filters);
  ADD ("/domain/network/deleted-agency", test_deleted_agency);
  ADD ("/domain/network/attendance", test_attendance);
  ADD ("/domain/network/places", test_places);
  ADD ("/domain/network/large", test_large);
  return g_test_run ();
}
