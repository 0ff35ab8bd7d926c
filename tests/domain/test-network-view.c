/* test-network-view.c: saved views as text: what goes in comes out, and what is no view changes nothing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network-fixture.h"

#include <locale.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "domain/dure-network-view.h"

static DureNetworkView *
make_view (void)
{
  static const char *const kinds[] = { "welfare-centre", "medical", NULL };
  static const char *const regions[] = { "", "01a20010-51a0-7162-ad43-a1a3a5b435b3", NULL };
  static const char *const names[] = { "복지관 묶음", "", "\"따옴표\" \\ 와\n줄", NULL };
  DureNetworkView         *view = dure_network_view_new ();

  view->picture = DURE_PICTURE_COUNCIL;
  view->colour = DURE_COLOUR_COMMUNITY;
  view->size = DURE_SIZE_HARMONIC;
  view->group = DURE_GROUP_REGION;
  view->reading = 0.25;
  view->filter->layers = DURE_LAYER_REFERRAL | DURE_LAYER_ATTENDANCE;
  view->filter->from = dure_day ("2024-01-01");
  view->filter->to = dure_day ("2025-06-30");
  view->filter->sectors = 1u << DURE_SECTOR_COUNCIL;
  view->filter->areas = 1u << 3 | 1u << DURE_N_AREAS;
  view->filter->kinds = g_strdupv ((char **)kinds);
  view->filter->regions = g_strdupv ((char **)regions);
  view->filter->council = DURE_COUNCIL_OTHERS;
  view->filter->least = 1.5;
  view->filter->half_life = 18;
  view->community_names = g_strdupv ((char **)names);
  return view;
}

static void
test_round_trip (void)
{
  g_autoptr (DureNetworkView) view = make_view ();
  g_autofree char *json = dure_network_view_to_json (view);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureNetworkView) again = dure_network_view_from_json (json, &error);
  g_autofree char *second = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (again->picture, ==, DURE_PICTURE_COUNCIL);
  g_assert_cmpint (again->colour, ==, DURE_COLOUR_COMMUNITY);
  g_assert_cmpint (again->size, ==, DURE_SIZE_HARMONIC);
  g_assert_cmpint (again->group, ==, DURE_GROUP_REGION);
  g_assert_cmpfloat (again->reading, ==, 0.25);
  g_assert_true (dure_network_filter_equal (view->filter, again->filter));
  g_assert_cmpstr (again->community_names[2], ==, view->community_names[2]);
  second = dure_network_view_to_json (again);
  g_assert_cmpstr (second, ==, json);
  again->filter->half_life = 17;
  g_assert_false (dure_network_filter_equal (view->filter, again->filter));
}

/* An empty view is the usual one, and a filter that shows no layer at all is not one that shows the usual ones. */
static void
test_empty (void)
{
  g_autoptr (DureNetworkView) none = dure_network_view_from_json (NULL, NULL);
  g_autoptr (DureNetworkView) empty = dure_network_view_from_json ("{}", NULL);
  g_autoptr (DureNetworkView) usual = dure_network_view_new ();
  g_autoptr (DureNetworkView) again = NULL;
  g_autofree char *json = NULL;

  g_assert_true (dure_network_filter_equal (none->filter, usual->filter));
  g_assert_true (dure_network_filter_equal (empty->filter, usual->filter));
  usual->filter->layers = 0;
  json = dure_network_view_to_json (usual);
  again = dure_network_view_from_json (json, NULL);
  g_assert_cmpuint (again->filter->layers, ==, 0);
}

/* What a later version writes is kept; a word that it alone knows leaves what is usual. */
static void
test_later_version (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureNetworkView) view
      = dure_network_view_from_json ("{\"picture\":\"globe\",\"size\":\"core\",\"depth\":{\"of\":[1,2]},\"filter\":{"
                                     "\"layers\":[\"referral\",\"pigeon\"]}}",
                                     &error);
  g_autofree char *json = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (view->picture, ==, DURE_PICTURE_DISTANCE);
  g_assert_cmpint (view->size, ==, DURE_SIZE_CORE);
  g_assert_cmpuint (view->filter->layers, ==, DURE_LAYER_REFERRAL);
  json = dure_network_view_to_json (view);
  g_assert_nonnull (strstr (json, "\"depth\":{\"of\":[1,2]}"));
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "{",
    "[]",
    "null",
    "7",
    "\"view\"",
    "{\"reading\":NaN}",
    "{\"reading\":1e999}",
    "{\"reading\":-0.1}",
    "{\"reading\":1.5}",
    "{\"reading\":\"0.5\"}",
    "{\"picture\":3}",
    "{\"picture\":{}}",
    "{\"filter\":[]}",
    "{\"filter\":{\"layers\":\"referral\"}}",
    "{\"filter\":{\"layers\":[1]}}",
    "{\"filter\":{\"from\":\"2025-02-30\"}}",
    "{\"filter\":{\"from\":20250101}}",
    "{\"filter\":{\"from\":\"2025-06-01\",\"to\":\"2025-05-31\"}}",
    "{\"filter\":{\"least\":-1}}",
    "{\"filter\":{\"half_life\":1e300}}",
    "{\"filter\":{\"regions\":{\"a\":1}}}",
    "{\"communities\":[null]}",
    "{\"community_of\":{\"a\":-1}}",
    "{\"community_of\":{\"a\":1.5}}",
    "{\"community_of\":7}",
    "{\"picture\":\"\xff\"}",
  };
  g_autoptr (GString) deep = g_string_new ("{\"x\":");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) problem = NULL;

      g_assert_null (dure_network_view_from_json (bad[i], &problem));
      g_assert_error (problem, DURE_ERROR, DURE_ERROR_INVALID);
      g_assert_true (g_str_has_suffix (problem->message, "."));
    }
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (dure_network_view_from_json (deep->str, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
}

/* A text that breaks off anywhere is refused or read, and nothing worse. */
static void
test_cut_short (void)
{
  g_autoptr (DureNetworkView) view = make_view ();
  g_autofree char *json = dure_network_view_to_json (view);
  gsize            length = strlen (json);

  for (gsize i = 1; i < length; i++)
    {
      g_autofree char *part = g_strndup (json, i);
      g_autofree char *twisted = g_strdup (json);
      g_autoptr (GError) error = NULL;
      g_autoptr (DureNetworkView) read = dure_network_view_from_json (part, &error);
      g_autoptr (DureNetworkView) other = NULL;

      g_assert_null (read);
      g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
      twisted[i] = (char)(twisted[i] ^ (1 << (i % 7)));
      other = dure_network_view_from_json (twisted, NULL);
      if (other != NULL)
        g_free (dure_network_view_to_json (other));
    }
}

/* Numbers are written with a point wherever the officer comes from. */
static void
test_locale (void)
{
  g_autoptr (DureNetworkView) view = make_view ();
  g_autofree char *json = NULL;

  setlocale (LC_ALL, "de_DE.UTF-8");
  json = dure_network_view_to_json (view);
  setlocale (LC_ALL, "C");
  g_assert_nonnull (strstr (json, "\"least\":1.5"));
}

static void
test_communities (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = agency (fixture, "가", "private", NULL);
  g_autofree char *b = agency (fixture, "나", "public", NULL);
  g_autoptr (DureNetwork) two = dure_network_build (fixture->store, NULL, NULL, NULL);
  g_autoptr (DureNetwork) three = NULL;
  g_autoptr (DureNetworkView) view = dure_network_view_new ();
  g_autoptr (DureNetworkView) again = NULL;
  g_autofree char  *json = NULL;
  g_autofree char  *c = NULL;
  g_autofree guint *old = NULL;
  guint             community[] = { 4, 1 };

  g_assert_null (dure_network_view_old_communities (view, two));
  dure_network_view_keep_communities (view, two, community);
  json = dure_network_view_to_json (view);
  again = dure_network_view_from_json (json, NULL);
  c = agency (fixture, "가나", "public", NULL);
  three = dure_network_build (fixture->store, NULL, NULL, NULL);
  old = dure_network_view_old_communities (again, three);
  g_assert_cmpuint (old[node (three, a)], ==, 4);
  g_assert_cmpuint (old[node (three, b)], ==, 1);
  g_assert_cmpuint (old[node (three, c)], ==, G_MAXUINT);
}

static void
test_labels (void)
{
  for (guint i = 0; i < DURE_N_PICTURES; i++)
    g_assert_cmpstr (dure_picture_label (i), !=, "");
  for (guint i = 0; i < DURE_N_COLOURS; i++)
    g_assert_cmpstr (dure_colour_by_label (i), !=, "");
  for (guint i = 0; i < DURE_N_SIZES; i++)
    g_assert_cmpstr (dure_size_by_label (i), !=, "");
  for (guint i = 0; i < DURE_N_GROUPS; i++)
    g_assert_cmpstr (dure_group_by_label (i), !=, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/network-view/round-trip", test_round_trip);
  g_test_add_func ("/domain/network-view/empty", test_empty);
  g_test_add_func ("/domain/network-view/later-version", test_later_version);
  g_test_add_func ("/domain/network-view/refused", test_refused);
  g_test_add_func ("/domain/network-view/cut-short", test_cut_short);
  g_test_add_func ("/domain/network-view/locale", test_locale);
  ADD ("/domain/network-view/communities", test_communities);
  g_test_add_func ("/domain/network-view/labels", test_labels);
  return g_test_run ();
}
