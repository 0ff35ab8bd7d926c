/* test-merged.c: records that one device merged while others went on with them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "server-fixture.h"
#include "sync/dure-conflict.h"

#define DEVICES 3

typedef struct
{
  TestServer *server;
  Device     *devices[DEVICES];
  char       *stays; /* two agencies that everybody has */
  char       *goes;
} Town;

static void
meet (Town *town)
{
  g_autofree char *first = NULL;

  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < DEVICES; i++)
      device_round (town->devices[i]);
  first = device_dump (town->devices[0]);
  for (guint i = 1; i < DEVICES; i++)
    {
      g_autofree char *other = device_dump (town->devices[i]);

      g_assert_cmpstr (first, ==, other);
    }
}

static void
set_up (Town *town, gconstpointer data)
{
  static const char *const users[DEVICES] = { "kim", "lee", "kim" };
  char *a, *b;

  town->server = test_server_new ();
  for (guint i = 0; i < DEVICES; i++)
    {
      town->devices[i] = device_new ();
      device_enrol (town->devices[i], town->server->uri, users[i]);
    }
  a = device_add_agency (town->devices[0], "하나복지관");
  b = device_add_agency (town->devices[1], "하나 복지관");
  /* The smaller id stays, so that the rule for circles is seen at work. */
  town->stays = strcmp (a, b) < 0 ? a : b;
  town->goes = strcmp (a, b) < 0 ? b : a;
  meet (town);
}

static void
tear_down (Town *town, gconstpointer data)
{
  for (guint i = 0; i < DEVICES; i++)
    device_free (town->devices[i]);
  test_server_free (town->server);
  g_free (town->stays);
  g_free (town->goes);
}

static void
merge (Device *device, const char *stays, const char *goes)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_store_begin (device->store, "기관 합치기", &error));
  g_assert_true (dure_store_merge_into (device->store, DURE_ENTITY_AGENCY, goes, stays, &error));
  g_assert_no_error (error);
  g_assert_true (dure_store_commit (device->store, &error));
}

static char *
refer (Device *device, const char *from, const char *to, const char *sent)
{
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_REFERRAL);
  g_autoptr (GError) error = NULL;

  dure_record_set (record, DURE_REFERRAL_FROM, from);
  dure_record_set (record, DURE_REFERRAL_TO, to);
  dure_record_set (record, DURE_REFERRAL_MONTH, "2025-06");
  dure_record_set (record, DURE_REFERRAL_KIND,
                   dure_entity_field (dure_entity (DURE_ENTITY_REFERRAL), DURE_REFERRAL_KIND)->choices->key);
  dure_record_set (record, DURE_REFERRAL_SENT, sent);
  dure_store_write (device->store, record, &error);
  g_assert_no_error (error);
  return g_strdup (dure_record_get_id (record));
}

static char *
add_person (Device *device, const char *agency)
{
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_PERSON);
  g_autoptr (GError) error = NULL;

  dure_record_set (record, DURE_PERSON_NAME, "김두레");
  dure_record_set (record, DURE_PERSON_AGENCY, agency);
  dure_store_write (device->store, record, &error);
  g_assert_no_error (error);
  return g_strdup (dure_record_get_id (record));
}

static gboolean
is_deleted (Device *device, const char *id)
{
  g_autoptr (DureRecord) record = dure_store_get (device->store, DURE_ENTITY_AGENCY, id, NULL);

  return dure_record_get_deleted (record);
}

/* The values of the referrals from @from that stand, added up. */
static gint64
sum_sent (Device *device, const char *from)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_REFERRAL);
  g_autoptr (GPtrArray) records = NULL;
  gint64 sum = 0;

  dure_query_where (query, DURE_REFERRAL_FROM, DURE_EQUAL, from);
  records = dure_store_list (device->store, query, NULL);
  for (guint i = 0; i < records->len; i++)
    sum += dure_record_get_int (records->pdata[i], DURE_REFERRAL_SENT);
  return sum;
}

/* Another adds links to the one that was merged, knowing nothing of it. */
static void
test_late_links (Town *town, gconstpointer data)
{
  g_autofree char *third = device_add_agency (town->devices[0], "두리복지관");
  g_autofree char *first = refer (town->devices[0], town->stays, third, "5");
  g_autofree char *person = NULL;
  g_autofree char *late = NULL;

  meet (town);
  merge (town->devices[0], town->stays, town->goes);
  person = add_person (town->devices[1], town->goes);
  late = refer (town->devices[1], town->goes, third, "3");
  meet (town);
  for (guint i = 0; i < DEVICES; i++)
    {
      device_assert (town->devices[i], DURE_ENTITY_PERSON, person, DURE_PERSON_AGENCY, town->stays);
      g_assert_true (is_deleted (town->devices[i], town->goes));
      g_assert_cmpint (sum_sent (town->devices[i], town->stays), ==, 8);
      g_assert_cmpint (sum_sent (town->devices[i], town->goes), ==, 0);
      g_assert_cmpuint (device_conflicts (town->devices[i], NULL), ==, 0);
    }
}

/* All of them merge the same two: one merge. */
static void
test_same_merge (Town *town, gconstpointer data)
{
  g_autofree char *third = device_add_agency (town->devices[0], "두리복지관");
  g_autofree char *a = refer (town->devices[0], town->stays, third, "5");
  g_autofree char *b = refer (town->devices[0], town->goes, third, "3");

  meet (town);
  for (guint i = 0; i < DEVICES; i++)
    merge (town->devices[i], town->stays, town->goes);
  meet (town);
  for (guint i = 0; i < DEVICES; i++)
    {
      g_assert_true (is_deleted (town->devices[i], town->goes));
      g_assert_false (is_deleted (town->devices[i], town->stays));
      g_assert_cmpint (sum_sent (town->devices[i], town->stays), ==, 8);
      g_assert_cmpuint (device_conflicts (town->devices[i], NULL), ==, 0);
    }
}

/* One merges the one way, one the other way round: one record stands in the end, the same everywhere, with all links. */
static void
test_circle (Town *town, gconstpointer data)
{
  g_autofree char *one = add_person (town->devices[0], town->stays);
  g_autofree char *two = add_person (town->devices[1], town->goes);

  meet (town);
  merge (town->devices[0], town->stays, town->goes);
  merge (town->devices[1], town->goes, town->stays);
  meet (town);
  for (guint i = 0; i < DEVICES; i++)
    {
      g_autofree char *survivor = dure_store_survivor (town->devices[i]->store, DURE_ENTITY_AGENCY, town->goes);

      g_assert_cmpstr (survivor, ==, town->stays);
      g_assert_false (is_deleted (town->devices[i], town->stays));
      g_assert_true (is_deleted (town->devices[i], town->goes));
      device_assert (town->devices[i], DURE_ENTITY_PERSON, one, DURE_PERSON_AGENCY, town->stays);
      device_assert (town->devices[i], DURE_ENTITY_PERSON, two, DURE_PERSON_AGENCY, town->stays);
    }
}

/* Three records, merged in a chain by different devices. */
static void
test_chain (Town *town, gconstpointer data)
{
  g_autofree char *third = device_add_agency (town->devices[0], "하나-복지관");
  g_autofree char *person = add_person (town->devices[2], town->goes);

  meet (town);
  merge (town->devices[0], town->stays, town->goes);
  merge (town->devices[1], third, town->stays);
  meet (town);
  for (guint i = 0; i < DEVICES; i++)
    {
      g_autofree char *title = dure_store_title (town->devices[i]->store, DURE_ENTITY_AGENCY, town->goes);

      g_assert_false (is_deleted (town->devices[i], third));
      g_assert_true (is_deleted (town->devices[i], town->stays));
      g_assert_true (is_deleted (town->devices[i], town->goes));
      device_assert (town->devices[i], DURE_ENTITY_PERSON, person, DURE_PERSON_AGENCY, third);
      g_assert_cmpstr (title, ==, "하나-복지관");
    }
}

/* An edit of the one that was merged does not vanish: it is a conflict at the one that stands, and can be taken over. */
static void
test_edited_meanwhile (Town *town, gconstpointer data)
{
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (DureConflictNow) now = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  merge (town->devices[0], town->stays, town->goes);
  device_set (town->devices[1], DURE_ENTITY_AGENCY, town->goes, DURE_AGENCY_HEAD, "이두레");
  meet (town);
  for (guint i = 0; i < DEVICES; i++)
    {
      g_assert_true (is_deleted (town->devices[i], town->goes));
      g_assert_cmpuint (device_conflicts (town->devices[i], NULL), ==, 1);
    }
  device_conflicts (town->devices[2], &conflicts);
  now = dure_conflict_look (town->devices[2]->store, conflicts->pdata[0]);
  g_assert_true (now->merged);
  g_assert_cmpstr (now->id, ==, town->stays);
  sentence = dure_conflict_now_sentence (now);
  g_assert_nonnull (sentence);
  g_assert_true (dure_conflict_write (town->devices[2]->store, "고친 내용 옮기기", conflicts->pdata[0], NULL, &error));
  g_assert_no_error (error);
  meet (town);
  for (guint i = 0; i < DEVICES; i++)
    {
      device_assert (town->devices[i], DURE_ENTITY_AGENCY, town->stays, DURE_AGENCY_HEAD, "이두레");
      g_assert_cmpuint (device_conflicts (town->devices[i], NULL), ==, 0);
    }
}

/* A merge that was sent is taken back by one undo, and that goes everywhere. */
static void
test_undone (Town *town, gconstpointer data)
{
  g_autofree char *person = add_person (town->devices[1], town->goes);
  g_autofree char *undone = NULL;

  meet (town);
  merge (town->devices[0], town->stays, town->goes);
  meet (town);
  device_assert (town->devices[2], DURE_ENTITY_PERSON, person, DURE_PERSON_AGENCY, town->stays);
  undone = dure_store_undo (town->devices[0]->store, NULL);
  g_assert_cmpstr (undone, ==, "기관 합치기");
  meet (town);
  for (guint i = 0; i < DEVICES; i++)
    {
      g_assert_false (is_deleted (town->devices[i], town->goes));
      device_assert (town->devices[i], DURE_ENTITY_PERSON, person, DURE_PERSON_AGENCY, town->goes);
    }
}

/* What the program settles is no step of undo, and settling again writes nothing. */
static void
test_settled_once (Town *town, gconstpointer data)
{
  g_autofree char *person = NULL;
  gboolean changed = TRUE;
  gint64   unsent;

  merge (town->devices[0], town->stays, town->goes);
  person = add_person (town->devices[1], town->goes);
  meet (town);
  for (guint i = 0; i < DEVICES; i++)
    {
      g_autofree char *label = dure_store_undo_label (town->devices[i]->store);

      g_assert_true (dure_store_settle_merged (town->devices[i]->store, &changed, NULL));
      g_assert_false (changed);
      unsent = dure_store_count_unsent (town->devices[i]->store);
      g_assert_cmpint (unsent, ==, 0);
      if (i == 2)
        g_assert_null (label);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Town *, gconstpointer);
  } tests[] = {
    { "/merged/late-links", test_late_links }, { "/merged/same-merge", test_same_merge },
    { "/merged/circle", test_circle },         { "/merged/chain", test_chain },
    { "/merged/edited-meanwhile", test_edited_meanwhile }, { "/merged/undone", test_undone },
    { "/merged/settled-once", test_settled_once },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Town, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
