/* test-store-search.c: finding by parts of names, initial consonants, the wrong keyboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "store-fixture.h"

#include "store/dure-store-private.h"

static void
assert_finds (DureStore *store, const char *text, const char *first, const char *suggested)
{
  g_autofree char *suggestion = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = dure_store_search (store, text, 10, &suggestion, &error);

  g_assert_no_error (error);
  if (first == NULL)
    {
      g_assert_cmpuint (hits->len, ==, 0);
      return;
    }
  g_assert_cmpuint (hits->len, >, 0);
  g_assert_cmpstr (((DureHit *) g_ptr_array_index (hits, 0))->title, ==, first);
  g_assert_cmpstr (suggestion, ==, suggested);
}

static void
test_ways (Fixture *fixture, gconstpointer data)
{
  DureStore *store = fixture->store;
  g_autofree char *id = NULL;

  g_free (add_agency (store, "철산종합사회복지관"));
  id = add_agency (store, "광명시정신건강복지센터");
  g_free (add_agency (store, "광명1동 행정복지센터"));
  assert_finds (store, "정신건강", "광명시정신건강복지센터", NULL);
  assert_finds (store, "ㅈㅅㄱㄱ", "광명시정신건강복지센터", NULL);
  assert_finds (store, "wjdtlsrjsrkd", "광명시정신건강복지센터", "정신건강");
  assert_finds (store, "정신 건강", "광명시정신건강복지센터", NULL);
  assert_finds (store, "행저", "광명1동 행정복지센터", NULL);
  assert_finds (store, "광명1동", "광명1동 행정복지센터", NULL);
  assert_finds (store, "철ㅅ", "철산종합사회복지관", NULL);
  assert_finds (store, "철", "철산종합사회복지관", NULL);
  assert_finds (store, "없는이름", NULL, NULL);
  set_agency (store, id, DURE_AGENCY_PHONE, "0226801234");
  assert_finds (store, "02-2680-1234", "광명시정신건강복지센터", NULL);
  assert_finds (store, "1234", "광명시정신건강복지센터", NULL);
  assert_finds (store, "\"'); DROP TABLE agency; --", NULL, NULL);
  assert_finds (store, "* OR NEAR(", NULL, NULL);
  set_agency (store, id, DURE_AGENCY_NAME, "시립마음센터");
  assert_finds (store, "정신건강", NULL, NULL);
  assert_finds (store, "마음", "시립마음센터", NULL);
  g_free (dure_store_undo (store, NULL));
  assert_finds (store, "정신건강", "광명시정신건강복지센터", NULL);
  dure_store_delete (store, DURE_ENTITY_AGENCY, id, NULL);
  assert_finds (store, "정신건강", NULL, NULL);
}

/* One name among very many that resemble it is found, although only so many candidates are looked at. */
static void
test_among_many (Fixture *fixture, gconstpointer data)
{
  g_assert_true (dure_store_begin (fixture->store, "many", NULL));
  for (int i = 0; i < 1500; i++)
    {
      g_autofree char *name = g_strdup_printf ("무궁 모금 마감회 %d", i);

      g_free (add_agency (fixture->store, name));
    }
  g_free (add_agency (fixture->store, "시흥 민관 협력단"));
  g_assert_true (dure_store_commit (fixture->store, NULL));
  assert_finds (fixture->store, "민관", "시흥 민관 협력단", NULL);
  assert_finds (fixture->store, "민과", "시흥 민관 협력단", NULL);
  assert_finds (fixture->store, "마감회 1499", "무궁 모금 마감회 1499", NULL);
}

static void
test_mark (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) hits = NULL;
  DureHit *hit;
  g_autofree char *part = NULL;

  g_free (add_agency (fixture->store, "광명시 정신건강 복지센터"));
  hits = dure_store_search (fixture->store, "신건강복", 10, NULL, NULL);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = g_ptr_array_index (hits, 0);
  part = g_strndup (hit->title + hit->match_start, hit->match_end - hit->match_start);
  g_assert_cmpstr (part, ==, "신건강 복");
}

static void
assert_agrees (DureStore *store)
{
  g_autoptr (GError) error = NULL;
  gboolean agrees = FALSE;

  g_assert_true (dure_store_index_compare (store, &agrees, &error));
  g_assert_no_error (error);
  g_assert_true (agrees);
}

static void
edit_any (DureStore *store, GPtrArray *ids)
{
  static const char *const pieces[] = { "광명", "시립", "종합", "사회복지관", "노인", "1동", "센터", "정신건강", "AB" };
  const char      *id = ids->pdata[g_test_rand_int_range (0, (int)ids->len)];
  g_autofree char *name = NULL;
  g_autofree char *phone = NULL;
  g_autoptr (DureRecord) record = dure_store_get (store, DURE_ENTITY_AGENCY, id, NULL);

  if (dure_record_get_deleted (record))
    {
      g_assert_true (dure_store_restore (store, DURE_ENTITY_AGENCY, id, NULL));
      return;
    }
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      g_assert_true (dure_store_delete (store, DURE_ENTITY_AGENCY, id, NULL));
      break;
    case 1:
    case 2:
      name = g_strconcat (pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))],
                          pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))],
                          pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))], NULL);
      set_agency (store, id, DURE_AGENCY_NAME, name);
      break;
    case 3:
      set_agency (store, id, DURE_AGENCY_PHONE, NULL);
      break;
    default:
      phone = g_strdup_printf ("02%08d", g_test_rand_int_range (0, 99999999));
      set_agency (store, id, DURE_AGENCY_PHONE, phone);
    }
}

/* Of what is edited the index is told no more than what differs, in as many pieces as there are transactions; merged into
 * one it still holds just what stands. */
static void
test_edited (Fixture *fixture, gconstpointer data)
{
  DureStore *store = fixture->store;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 20; i++)
    g_ptr_array_add (ids, add_agency (store, i % 2 ? "광명종합사회복지관" : "하안노인복지관"));
  for (guint i = 1; i <= 300; i++)
    {
      g_assert_true (dure_store_begin (store, "고침", NULL));
      for (int n = g_test_rand_int_range (1, 5); n > 0; n--)
        edit_any (store, ids);
      g_assert_true (dure_store_commit (store, NULL));
      if (i % 50 == 0)
        assert_agrees (store);
    }
  g_assert_true (dure_store_exec (store, "INSERT INTO search (search) VALUES ('optimize')", NULL));
  assert_agrees (store);
  g_assert_true (dure_store_exec (store, "INSERT INTO search (search) VALUES ('integrity-check')", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/search/ways", test_ways);
  ADD ("/search/among-many", test_among_many);
  ADD ("/search/mark", test_mark);
  ADD ("/search/edited", test_edited);
  return g_test_run ();
}
