/* test-store-search.c: finding by parts of names, initial consonants, the wrong keyboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "store-fixture.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/search/ways", test_ways);
  ADD ("/search/among-many", test_among_many);
  ADD ("/search/mark", test_mark);
  return g_test_run ();
}
