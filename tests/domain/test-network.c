/* test-network.c: the network out of records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network-fixture.h"

#include <math.h>
#include <string.h>

#include "base/dure-date.h"
#include "domain/dure-network-places.h"
#include "domain/dure-region-places.h"

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

  tie (fixture, a, b, "agreement", NULL, NULL);
  tie (fixture, b, a, "information", NULL, NULL);
  tie (fixture, a, c, "agreement", NULL, "2024-12-31");
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

  tie (fixture, a, b, "agreement", NULL, NULL);
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

  tie (fixture, a, b, "agreement", NULL, NULL);
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

  tie (fixture, a, b, "agreement", NULL, NULL);
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

/* Places that are none, as others may send them, leave the layout alone; what is no number is no reason to fail. */
static void
test_places_bad (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *x;
    const char *y;
    gboolean    unknown;
  } bad[] = {
    { NULL, NULL, TRUE },
    { "5", NULL, TRUE },
    { "900000000", "0", TRUE },
    { "1", "-999999999", TRUE },
    { "9223372036854775807", "1", TRUE },
    { "NaN", "inf", FALSE },
    { "1e300", "0x10", FALSE },
  };
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *id = g_strdup ("01a20010-51a0-7162-ad43-000000000001");
  g_autoptr (DureNetwork) network = dure_network_build (fixture->store, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *stamp = g_strdup_printf ("2025-06-19T00:00:00.00%uZ-0000-0123456789abcdef", i);
      g_autoptr (DureChange) change = dure_change_new (stamp, "position", id, NULL);
      g_autoptr (DureNetworkPlaces) places = NULL;
      DureApplied applied;

      dure_change_add (change, "agency", a, NULL);
      dure_change_add (change, "x", bad[i].x, NULL);
      dure_change_add (change, "y", bad[i].y, NULL);
      dure_change_add (change, "pinned", "1", NULL);
      g_assert_true (dure_store_begin (fixture->store, "", &error));
      g_assert_true (dure_store_apply (fixture->store, change, &applied, &error));
      g_assert_cmpint (applied, ==, DURE_APPLIED_KEPT);
      g_assert_true (dure_store_commit (fixture->store, &error));
      places = dure_network_places_new (fixture->store, network, NULL, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      if (bad[i].unknown)
        g_assert_false (places->pinned[0]);
      g_assert_true (isfinite (places->points[0].x) && fabs (places->points[0].x) <= 1e6);
      g_assert_true (isfinite (places->points[0].y) && fabs (places->points[0].y) <= 1e6);
    }
}

static void
test_month_of_two_periods (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (DureNetwork) first = NULL;
  g_autoptr (DureNetwork) second = NULL;
  g_autoptr (DureNetwork) within = NULL;

  referral (fixture, a, b, "2025-06", "3");
  filter->to = dure_day ("2025-06-25");
  first = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_cmpuint (first->n_ties, ==, 1);
  filter->from = dure_day ("2025-06-26");
  filter->to = dure_day ("2025-12-31");
  second = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_cmpuint (second->n_ties, ==, 0);
  filter->from = dure_day ("2025-06-01");
  filter->to = dure_day ("2025-06-10");
  within = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_cmpuint (within->n_ties, ==, 1);
}

/* The period holds for every layer, and what is old counts less. */
static void
test_fading (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  g_autofree char *c = agency (fixture, "다", "public", NULL);
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureNetwork) strong = NULL;

  tie (fixture, a, b, "agreement", "2023-06-20", NULL);
  tie (fixture, b, c, "agreement", NULL, NULL);
  tie (fixture, a, c, "agreement", "2030-01-01", NULL);
  filter->half_life = 12;
  network = dure_network_build (fixture->store, filter, NULL, NULL);
  /* Two years are two half-lives; what has no day, or begins later, does not fade. */
  g_assert_cmpfloat_with_epsilon (tie_of (network, a, b)->weight, 0.25, 1e-3);
  g_assert_cmpfloat_with_epsilon (tie_of (network, b, c)->weight, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (tie_of (network, a, c)->weight, 1, 1e-9);

  filter->least = 0.5;
  strong = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_null (tie_of (strong, a, b));
  g_assert_nonnull (tie_of (strong, b, c));
  g_assert_cmpuint (strong->n_weak, ==, 1);
  g_assert_cmpuint (strong->n_tied, ==, 3);
}

/* Seats tie those who sit at one time, not those who follow each other. */
static void
test_seats (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  g_autofree char *c = agency (fixture, "다", "public", NULL);
  g_autofree char *d = agency (fixture, "라", "public", NULL);
  g_autofree char *body
      = write_record (fixture, DURE_ENTITY_BODY, DURE_BODY_NAME, "대표협의체", DURE_BODY_LEVEL, "representative", -1);
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureNetwork) members = NULL;
  g_autoptr (DureNetwork) others = NULL;

  g_free (member (fixture, a, body, "2022-01-01", "2023-12-31"));
  g_free (member (fixture, b, body, "2024-01-01", "2025-12-31"));
  g_free (member (fixture, c, body, "2023-06-01", NULL));
  filter->layers = DURE_LAYER_SEATS;
  filter->from = dure_day ("2022-01-01");
  filter->to = dure_day ("2025-12-31");
  network = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_null (tie_of (network, a, b));
  g_assert_cmpfloat_with_epsilon (tie_of (network, a, c)->weight, 0.5, 1e-9);
  g_assert_nonnull (tie_of (network, b, c));
  g_assert_true (network->nodes[node (network, a)].in_council);
  g_assert_cmpuint (network->nodes[node (network, d)].council_seats, ==, 0);

  /* Membership counts without that layer too, as of the period: today the first is gone. */
  filter->layers = DURE_LAYERS_DEFAULT;
  filter->from = filter->to = DURE_NO_DAY;
  filter->council = DURE_COUNCIL_MEMBERS;
  members = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_cmpuint (members->n_nodes, ==, 2);
  g_assert_false (dure_network_find (members, a, NULL));
  filter->council = DURE_COUNCIL_OTHERS;
  others = dure_network_build (fixture->store, filter, NULL, NULL);
  g_assert_cmpuint (others->n_nodes, ==, 2);
  g_assert_true (dure_network_find (others, a, NULL));
}

static void
test_regions (Fixture *fixture, gconstpointer data)
{
  g_autofree char *city = write_record (fixture, DURE_ENTITY_REGION, DURE_REGION_CODE, "4121000000", DURE_REGION_NAME,
                                        "광명시", DURE_REGION_LEVEL, "municipality", -1);
  g_autofree char *dong = write_record (fixture, DURE_ENTITY_REGION, DURE_REGION_CODE, "4121051000", DURE_REGION_NAME,
                                        "광명1동", DURE_REGION_LEVEL, "dong", DURE_REGION_PARENT, city, -1);
  g_autofree char *renamed
      = write_record (fixture, DURE_ENTITY_REGION, DURE_REGION_CODE, "9999999999", DURE_REGION_NAME, "하안1동",
                      DURE_REGION_LEVEL, "dong", DURE_REGION_PARENT, city, -1);
  g_autofree char *a = write_record (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "가", DURE_AGENCY_SECTOR, "public",
                                     DURE_AGENCY_KIND, "dong-centre", DURE_AGENCY_REGION, dong, -1);
  g_autofree char *b = write_record (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "나", DURE_AGENCY_SECTOR, "public",
                                     DURE_AGENCY_KIND, "dong-centre", DURE_AGENCY_REGION, renamed, -1);
  g_autofree char *c = agency (fixture, "다", "private", NULL);
  char            *one[] = { dong, NULL };
  char            *all[] = { city, NULL };
  char            *none[] = { (char *)"", NULL };
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (DureNetwork) network = dure_network_build (fixture->store, NULL, NULL, NULL);
  char **const lists[] = { one, all, none };
  const guint  counts[] = { 1, 2, 1 };

  g_assert_cmpfloat_with_epsilon (network->nodes[node (network, a)].lat, 37.486, 1e-2);
  g_assert_cmpfloat_with_epsilon (network->nodes[node (network, a)].lon, 126.865, 1e-2);
  /* A code that the data do not have is found by the name. */
  g_assert_cmpfloat_with_epsilon (network->nodes[node (network, b)].lat, 37.462, 1e-2);
  g_assert_true (isnan (network->nodes[node (network, c)].lat));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (DureNetwork) some = NULL;

      g_strfreev (filter->regions);
      filter->regions = g_strdupv (lists[i]);
      some = dure_network_build (fixture->store, filter, NULL, NULL);
      g_assert_cmpuint (some->n_nodes, ==, counts[i]);
    }
}

/* What everybody's city needs: each dong of the samples has a place in the country. */
static void
test_region_places (void)
{
  double lat;
  double lon;

  g_assert_true (dure_region_place ("2620053000", NULL, NULL, &lat, &lon));
  g_assert_cmpfloat_with_epsilon (lat, 35.09, 0.02);
  g_assert_cmpfloat_with_epsilon (lon, 129.04, 0.02);
  /* The code of Gangwon has changed since. */
  g_assert_true (dure_region_place ("5111000000", NULL, NULL, &lat, &lon));
  g_assert_cmpfloat_with_epsilon (lat, 37.88, 0.05);
  /* A name that many have says nothing alone. */
  g_assert_false (dure_region_place (NULL, NULL, "중앙동", &lat, &lon));
  g_assert_true (isnan (lat) && isnan (lon));
  g_assert_true (dure_region_place (NULL, "김천시", "자산동", &lat, &lon));
  g_assert_cmpfloat_with_epsilon (lat, 36.12, 0.02);
  g_assert_false (dure_region_place ("", "", "", &lat, &lon));
}

static void
test_bad_records (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  const char      *nobody = "01a20010-51a0-7162-ad43-a1a3a5b435b3";
  const char      *ends[][2] = { { a, a }, { a, nobody }, { nobody, b } };
  g_autoptr (DureNetwork) network = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  /* They come as others' changes do, which are not asked whether they make sense. */
  g_assert_true (dure_store_begin (fixture->store, "", &error));
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *id = g_strdup_printf ("01a20010-51a0-7162-ad43-00000000000%u", i);
      g_autofree char *stamp = g_strdup_printf ("2025-06-19T00:00:00.00%uZ-0000-0123456789abcdef", i);
      g_autoptr (DureChange) change = dure_change_new (stamp, "tie", id, NULL);
      DureApplied applied;

      dure_change_add (change, "from", ends[i][0], NULL);
      dure_change_add (change, "to", ends[i][1], NULL);
      dure_change_add (change, "kind", "agreement", NULL);
      g_assert_true (dure_store_apply (fixture->store, change, &applied, &error));
      g_assert_no_error (error);
    }
  g_assert_true (dure_store_commit (fixture->store, &error));
  tie (fixture, a, b, "agreement", NULL, NULL);
  tie (fixture, a, b, "agreement", NULL, NULL);
  network = dure_network_build (fixture->store, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (network->n_ties, ==, 1);
  g_assert_cmpuint (network->ties[0].count, ==, 2);
  g_assert_cmpuint (network->n_left_out, ==, 3);
  said = dure_network_left_out (network);
  g_assert_nonnull (strstr (said, "3"));
}

/* Each city has a dong of that name: the city tells them apart, and a number the two of one city. */
static void
test_same_names_of_cities (Fixture *fixture, gconstpointer data)
{
  static const char *const cities[] = { "광명시", "안산시", "안산시" };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DureNetwork) network = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cities); i++)
    {
      g_autofree char *code = g_strdup_printf ("99%u0000000", i);
      g_autofree char *dong_code = g_strdup_printf ("99%u0000001", i);
      g_autofree char *city = write_record (fixture, DURE_ENTITY_REGION, DURE_REGION_CODE, code, DURE_REGION_NAME,
                                            cities[i], DURE_REGION_LEVEL, "municipality", -1);
      g_autofree char *dong = write_record (fixture, DURE_ENTITY_REGION, DURE_REGION_CODE, dong_code, DURE_REGION_NAME,
                                            "중앙동", DURE_REGION_LEVEL, "dong", DURE_REGION_PARENT, city, -1);

      g_ptr_array_add (ids, write_record (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "중앙동 행정복지센터",
                                          DURE_AGENCY_SECTOR, "public", DURE_AGENCY_KIND, "dong-centre",
                                          DURE_AGENCY_REGION, dong, -1));
    }
  network = dure_network_build (fixture->store, NULL, NULL, NULL);
  g_assert_cmpstr (network->nodes[node (network, g_ptr_array_index (ids, 0))].name, ==, "중앙동 행정복지센터 (광명시)");
  g_assert_true (g_str_has_prefix (network->nodes[node (network, g_ptr_array_index (ids, 1))].name,
                                   "중앙동 행정복지센터 (안산시 "));
  g_assert_cmpstr (network->nodes[node (network, g_ptr_array_index (ids, 1))].name, !=,
                   network->nodes[node (network, g_ptr_array_index (ids, 2))].name);
}

static void
test_same_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (60, 'x');
  g_autofree char *first = agency (fixture, "복지센터", "private", NULL);
  g_autofree char *second = write_record (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "복지센터", DURE_AGENCY_SECTOR,
                                          "private", DURE_AGENCY_KIND, "senior-centre", -1);
  g_autofree char *third = agency (fixture, long_name, "private", NULL);
  g_autofree char *fourth = agency (fixture, long_name, "private", NULL);
  g_autoptr (DureNetwork) network = dure_network_build (fixture->store, NULL, NULL, NULL);
  const DureNetworkNode *x = &network->nodes[node (network, first)];
  const DureNetworkNode *y = &network->nodes[node (network, second)];

  g_assert_cmpstr (x->label, !=, y->label);
  g_assert_cmpstr (x->name, !=, y->name);
  g_assert_true (g_str_has_prefix (x->label, "복지센터 ("));
  g_assert_nonnull (strstr (y->label, "Senior"));
  /* Of one kind and no dong: by number. */
  g_assert_cmpstr (network->nodes[node (network, third)].name, !=, network->nodes[node (network, fourth)].name);
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (dure_network_build (fixture->store, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (GError) error = NULL;

  dure_store_begin (fixture->store, "", &error);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("기관 %04u", i);

      g_ptr_array_add (ids, agency (fixture, name, i % 2 ? "public" : "private", "welfare"));
      if (i > 0)
        tie (fixture, g_ptr_array_index (ids, i), g_ptr_array_index (ids, i / 2), "agreement", NULL, NULL);
    }
  dure_store_commit (fixture->store, &error);
  g_assert_no_error (error);
  network = dure_network_build (fixture->store, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (network->n_nodes, ==, 1000);
  g_assert_cmpuint (network->n_ties, ==, 999);
}

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
  ADD ("/domain/network/places-bad", test_places_bad);
  ADD ("/domain/network/month-of-two-periods", test_month_of_two_periods);
  ADD ("/domain/network/fading", test_fading);
  ADD ("/domain/network/seats", test_seats);
  ADD ("/domain/network/regions", test_regions);
  g_test_add_func ("/domain/network/region-places", test_region_places);
  ADD ("/domain/network/bad-records", test_bad_records);
  ADD ("/domain/network/same-names", test_same_names);
  ADD ("/domain/network/same-names-of-cities", test_same_names_of_cities);
  ADD ("/domain/network/stopped", test_stopped);
  ADD ("/domain/network/large", test_large);
  return g_test_run ();
}
