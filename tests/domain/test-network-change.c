/* test-network-change.c: two periods, agencies taken away, months, and the records behind a tie
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network-fixture.h"

#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "domain/dure-network-compare.h"
#include "domain/dure-network-months.h"
#include "domain/dure-network-records.h"
#include "domain/dure-network-what-if.h"

static DureDaySpan
span (const char *from, const char *to)
{
  return (DureDaySpan){ dure_day (from), dure_day (to) };
}

static gboolean
says (const GPtrArray *sentences, const char *part)
{
  for (guint i = 0; i < sentences->len; i++)
    if (strstr (g_ptr_array_index (sentences, i), part) != NULL)
      return TRUE;
  return FALSE;
}

static guint8
change_of (const DureNetworkComparison *comparison, const char *a, const char *b)
{
  guint number = 0;

  g_assert_true (dure_graph_find_tie (comparison->network->graph, node (comparison->network, a),
                                      node (comparison->network, b), &number));
  return comparison->tie_change[number];
}

static void
test_periods (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  g_autofree char *c = agency (fixture, "다", "public", NULL);
  g_autofree char *d = write_record (fixture, DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "라", DURE_AGENCY_SECTOR, "public",
                                     DURE_AGENCY_KIND, "other", DURE_AGENCY_ACTIVE_FROM, "2025-01-01", -1);
  g_autoptr (DureNetworkComparison) comparison = NULL;
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  guint number;

  tie (fixture, a, b, "agreement", "2023-01-01", NULL);
  tie (fixture, a, c, "agreement", "2023-01-01", "2024-03-31");
  tie (fixture, c, d, "agreement", "2025-02-01", NULL);
  tie (fixture, a, d, "information", "2025-02-01", NULL);
  referral (fixture, a, b, "2025-03", "6");

  comparison = dure_network_compare_periods (fixture->store, NULL, span ("2024-01-01", "2024-12-31"),
                                             span ("2025-01-01", "2025-06-30"), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (comparison->n_new, ==, 2);
  g_assert_cmpuint (comparison->n_lost, ==, 1);
  g_assert_cmpuint (comparison->n_kept, ==, 1);
  g_assert_cmpuint (comparison->network->n_nodes, ==, 4);
  g_assert_cmpuint (comparison->n_nodes_new, ==, 1);
  g_assert_cmpint (comparison->node_change[node (comparison->network, d)], ==, DURE_CHANGE_NEW);
  g_assert_cmpint (change_of (comparison, a, b), ==, DURE_CHANGE_NONE);
  g_assert_cmpint (change_of (comparison, a, c), ==, DURE_CHANGE_LOST);
  g_assert_cmpint (change_of (comparison, c, d), ==, DURE_CHANGE_NEW);
  g_assert_true (dure_graph_find_tie (comparison->network->graph, node (comparison->network, a),
                                      node (comparison->network, b), &number));
  g_assert_cmpfloat (comparison->weight_before[number], ==, 1);
  g_assert_cmpfloat (comparison->weight_after[number], ==, 7);

  g_assert_true (dure_network_comparison_analyse (comparison, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (comparison->before->n_ties, ==, 2);
  g_assert_cmpuint (comparison->after->n_ties, ==, 3);
  sentences = dure_network_comparison_sentences (comparison);
  g_assert_true (says (sentences, "2"));
  g_assert_true (says (sentences, "라"));
}

/* Nothing, the same twice, and a period the wrong way round. */
static void
test_periods_bad (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureNetworkComparison) empty = dure_network_compare_periods (
      fixture->store, NULL, span ("2024-01-01", "2024-12-31"), span ("2025-01-01", "2025-06-30"), NULL, &error);
  g_autoptr (GPtrArray) sentences = dure_network_comparison_sentences (empty);

  g_assert_no_error (error);
  g_assert_cmpuint (empty->network->n_nodes, ==, 0);
  g_assert_cmpuint (sentences->len, ==, 1);
  g_assert_true (dure_network_comparison_analyse (empty, NULL, &error));
  g_assert_null (dure_network_compare_periods (fixture->store, NULL, span ("2024-12-31", "2024-01-01"),
                                               span ("2025-01-01", "2025-06-30"), NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
}

static void
test_meeting (Fixture *fixture, gconstpointer data)
{
  g_autofree char *event
      = write_record (fixture, DURE_ENTITY_EVENT, DURE_EVENT_TITLE, "간담회", DURE_EVENT_KIND, "round-table",
                      DURE_EVENT_START, "2025-06-10T14:00", DURE_EVENT_END, "2025-06-10T16:00", -1);
  DureDaySpan first;
  DureDaySpan second;
  g_autoptr (GError) error = NULL;

  /* Ten days on, thirty are looked at; they stand side by side. */
  g_assert_true (dure_network_meeting_spans (fixture->store, event, &first, &second, &error));
  g_assert_no_error (error);
  g_assert_cmpint (second.from, ==, dure_day ("2025-06-10"));
  g_assert_cmpint (second.to - second.from, ==, 29);
  g_assert_cmpint (first.to, ==, second.from - 1);
  g_assert_cmpint (first.to - first.from, ==, 29);
  g_assert_false (dure_network_meeting_spans (fixture->store, "nobody", &first, &second, &error));
  g_assert_nonnull (error);
}

/* A – B – C – D, with E on B: without B three pieces remain, and A and E are alone. */
static void
test_without (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  g_autofree char *c = agency (fixture, "다", "public", NULL);
  g_autofree char *d = agency (fixture, "라", "public", NULL);
  g_autofree char *e = agency (fixture, "마", "public", NULL);
  g_autofree char *f = agency (fixture, "바", "public", NULL);
  g_autoptr (DureNetwork) network = NULL;
  g_autoptr (DureNetworkWhatIf) what_if = NULL;
  g_autoptr (DureNetworkWhatIf) with = NULL;
  g_autoptr (DureNetworkWhatIf) nobody = NULL;
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  guint        gone;
  DureNodePair pair;
  guint        all[] = { 0, 1, 2, 3, 4, 5 };

  tie (fixture, a, b, "agreement", NULL, NULL);
  tie (fixture, b, c, "agreement", NULL, NULL);
  tie (fixture, c, d, "agreement", NULL, NULL);
  tie (fixture, b, e, "agreement", NULL, NULL);
  network = dure_network_build (fixture->store, NULL, NULL, NULL);
  gone = node (network, b);
  what_if = dure_network_what_if (network, &gone, 1, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (what_if->before.n_parts, ==, 1);
  g_assert_cmpuint (what_if->before.n_isolates, ==, 1);
  g_assert_cmpuint (what_if->before.largest, ==, 5);
  g_assert_cmpuint (what_if->after.n_nodes, ==, 5);
  g_assert_cmpuint (what_if->after.n_parts, ==, 1);
  g_assert_cmpuint (what_if->after.n_isolates, ==, 3);
  g_assert_cmpuint (what_if->after.largest, ==, 2);
  g_assert_cmpuint (what_if->isolated->len, ==, 2);
  g_assert_cmpuint (what_if->cut_off->len, ==, 2);
  /* A reached B, C and E of the five others, and nobody of the four that stay. */
  g_assert_cmpfloat_with_epsilon (what_if->reach_before[node (network, a)], 0.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (what_if->reach_after[node (network, a)], 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (what_if->reach_after[node (network, c)], 0.25, 1e-9);
  sentences = dure_network_what_if_sentences (what_if);
  g_assert_true (says (sentences, "가, 마"));

  /* With A – D in its place nobody but E comes apart; the network itself stays as it is. */
  pair = (DureNodePair){ node (network, a), node (network, d) };
  with = dure_network_what_if (network, &gone, 1, &pair, 1, NULL, &error);
  g_assert_cmpuint (with->isolated->len, ==, 1);
  g_assert_cmpuint (with->after.largest, ==, 3);
  g_assert_cmpuint (network->n_ties, ==, 4);

  /* A tie to one who has none; ties that are there, of nobody, or to itself change nothing. */
  nobody = dure_network_what_if (network, all, G_N_ELEMENTS (all), NULL, 0, NULL, &error);
  g_assert_cmpuint (nobody->after.n_nodes, ==, 0);
  g_ptr_array_unref (dure_network_what_if_sentences (nobody));
  {
    DureNodePair pairs[]
        = { { node (network, a), node (network, f) }, { node (network, a), node (network, b) }, { 77, 1 }, { 2, 2 } };
    g_autoptr (DureNetworkWhatIf) added
        = dure_network_what_if (network, NULL, 0, pairs, G_N_ELEMENTS (pairs), NULL, &error);

    g_assert_cmpuint (added->connected->len, ==, 1);
    g_assert_cmpuint (added->after.n_ties, ==, 5);
    g_assert_cmpuint (added->after.n_isolates, ==, 0);
  }
}

static const DureNetworkMonth *
month (const GArray *months, int year, int number)
{
  for (guint i = 0; i < months->len; i++)
    {
      const DureNetworkMonth *m = &g_array_index (months, DureNetworkMonth, i);

      if (m->year == year && m->month == number)
        return m;
    }
  g_assert_not_reached ();
}

static void
test_months (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  g_autofree char *c = agency (fixture, "다", "public", NULL);
  g_autofree char *body
      = write_record (fixture, DURE_ENTITY_BODY, DURE_BODY_NAME, "대표협의체", DURE_BODY_LEVEL, "representative", -1);
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (GArray) none = dure_network_months (fixture->store, NULL, NULL, NULL);
  g_autoptr (GArray) months = NULL;
  g_autoptr (GArray) private_only = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  tie (fixture, a, b, "agreement", "2024-11-15", "2025-01-10");
  tie (fixture, a, c, "agreement", "2025-02-01", NULL);
  referral (fixture, a, b, "2024-12", "4");
  /* Over before the slider begins, and never over. */
  tie (fixture, b, c, "resource", NULL, "1979-12-31");
  tie (fixture, b, c, "programme", "1901-01-01", "2099-12-31");
  g_free (member (fixture, a, body, "2024-12-01", "2025-02-28"));
  g_free (member (fixture, b, body, "2025-02-10", "2025-04-30"));
  g_free (member (fixture, c, body, "2025-03-01", NULL));
  filter->layers = DURE_LAYERS_ALL;
  months = dure_network_months (fixture->store, filter, NULL, &error);
  g_assert_no_error (error);
  /* From the first record to this month. */
  g_assert_cmpuint (months->len, ==, 8);
  g_assert_cmpint (g_array_index (months, DureNetworkMonth, 0).month, ==, 11);
  g_assert_cmpuint (month (months, 2024, 12)->in_layer[0], ==, 1);
  g_assert_cmpuint (month (months, 2024, 12)->in_layer[5], ==, 1);
  g_assert_cmpuint (month (months, 2025, 1)->in_layer[5], ==, 0);
  g_assert_cmpuint (month (months, 2025, 1)->ended, ==, 1);
  g_assert_cmpuint (month (months, 2025, 2)->in_layer[0], ==, 1);
  g_assert_cmpuint (month (months, 2025, 2)->started, ==, 1);
  g_assert_cmpuint (month (months, 2025, 2)->in_layer[6], ==, 1);
  g_assert_cmpuint (month (months, 2025, 3)->in_layer[6], ==, 1);
  g_assert_cmpuint (month (months, 2025, 5)->in_layer[6], ==, 0);
  g_assert_cmpuint (month (months, 2025, 2)->in_layer[2], ==, 0);
  g_assert_cmpuint (month (months, 2025, 2)->in_layer[3], ==, 1);
  g_assert_cmpint (month (months, 2025, 2)->last, ==, dure_day ("2025-02-28"));

  filter->sectors = 1u << DURE_SECTOR_PRIVATE;
  private_only = dure_network_months (fixture->store, filter, NULL, &error);
  g_assert_cmpuint (private_only->len, ==, 7);
  g_assert_cmpuint (month (private_only, 2025, 2)->in_layer[0], ==, 0);
}

static void
test_tie_records (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  g_autofree char *c = agency (fixture, "다", "public", NULL);
  g_autofree char *body
      = write_record (fixture, DURE_ENTITY_BODY, DURE_BODY_NAME, "대표협의체", DURE_BODY_LEVEL, "representative", -1);
  g_autofree char *agreement
      = write_record (fixture, DURE_ENTITY_TIE, DURE_TIE_FROM, b, DURE_TIE_TO, a, DURE_TIE_KIND, "agreement",
                      DURE_TIE_SINCE, "2024-01-01", DURE_TIE_NOTE, "고독사 예방 업무협약\n둘째 줄", -1);
  g_autoptr (DureNetworkFilter) filter = dure_network_filter_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  const DureTieRecord *record;

  tie (fixture, a, b, "agreement", "2020-01-01", "2022-12-31");
  tie (fixture, a, c, "agreement", NULL, NULL);
  referral (fixture, a, b, "2025-03", "6");
  referral (fixture, b, a, "2025-04", "2");
  g_free (member (fixture, a, body, "2024-01-01", NULL));
  g_free (member (fixture, b, body, "2025-01-01", NULL));
  filter->layers = DURE_LAYERS_ALL;
  records = dure_network_tie_records (fixture->store, filter, a, b, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 4);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpint (record->layer, ==, DURE_LAYER_AGREEMENT);
  g_assert_cmpint (record->entity, ==, DURE_ENTITY_TIE);
  g_assert_cmpstr (record->id, ==, agreement);
  g_assert_nonnull (strstr (record->label, "고독사 예방 업무협약"));
  g_assert_null (strstr (record->label, "둘째"));
  g_assert_nonnull (strstr (record->date, "2024"));
  record = g_ptr_array_index (records, 1);
  g_assert_cmpuint (record->count, ==, 2);
  g_assert_false (record->from_first);
  record = g_ptr_array_index (records, 2);
  g_assert_cmpuint (record->count, ==, 6);
  g_assert_true (record->from_first);
  record = g_ptr_array_index (records, 3);
  g_assert_cmpint (record->entity, ==, DURE_ENTITY_BODY);
  g_assert_cmpstr (record->id, ==, body);
  g_assert_cmpint (record->day, ==, dure_day ("2025-01-01"));
}

int
main (int argc, char **argv)
{
  g_setenv ("DURE_NOW", "2025-06-20T09:00", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("/domain/network-change/periods", test_periods);
  ADD ("/domain/network-change/periods-bad", test_periods_bad);
  ADD ("/domain/network-change/meeting", test_meeting);
  ADD ("/domain/network-change/without", test_without);
  ADD ("/domain/network-change/months", test_months);
  ADD ("/domain/network-change/tie-records", test_tie_records);
  return g_test_run ();
}
