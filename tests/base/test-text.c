/* test-text.c: folding, searching and sorting Korean text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test-text"

#include "config.h"

#include "base/dure-text.h"

#include <string.h>

static void
check_taken (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_nfc (void)
{
  check_taken (dure_text_nfc ("두루"), "두루");
  check_taken (dure_text_nfc ("\341\204\203\341\205\256\341\204\205\341\205\256"),
               "두루"); /* conjoining jamo, as macOS writes names */
  check_taken (dure_text_nfc ("e\314\201"), "é");
  check_taken (dure_text_nfc ("가\xff"), "가\357\277\275");
  check_taken (dure_text_nfc (NULL), "");
  check_taken (dure_text_nfc ("ascii"), "ascii");
}

static void
test_fold (void)
{
  static const struct
  {
    const char *text, *folded;
  } cases[] = {
    { "광명 종합 사회복지관", "광명종합사회복지관" },
    { "사회복지법인 동산", "동산" },
    { "사회 복지 법인 동산", "동산" },
    { "(주)두루", "두루" },
    { "( 주 ) 두루", "두루" },
    { "두루㈜", "두루" },
    { "㈔한국", "한국" },
    { "(재)광명복지재단", "광명복지재단" },
    { "재단법인 광명복지재단", "광명복지재단" },
    { "사단법인 주식회사", "사단법인주식회사" },
    { "주식회사 두루", "두루" },
    { "경찰·소방ㆍ구급‧재난・안전", "경찰소방구급재난안전" },
    { "ABC Def", "abcdef" },
    { "ＡＢＣ１", "abc1" },
    { "\341\204\203\341\205\256루", "두루" },
    { "ㄷㄹ", "ㄷㄹ" },
    { "ㄳ", "ㄱㅅ" },
    { "ㄲ", "ㄲ" },
    { "첫째\n둘째", "첫째\n둘째" },
    { "\xff\xfe가", "\357\277\275\357\277\275가" },
    { "", "" },
    { "  ", "" },
    { "É", "é" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_taken (dure_text_fold (cases[i].text), cases[i].folded);
  check_taken (dure_text_fold (NULL), "");
}

static void
test_match (void)
{
  static const struct
  {
    const char *text, *query;
    const char *found; /* NULL: nothing */
  } cases[] = {
    { "정신건강복지센터", "ㅈㅅㄱㄱ", "정신건강" },
    { "정신건강복지센터", "ㅂㅈㅅㅌ", "복지센터" },
    { "행정복지센터", "행저", "행정" },
    { "행정복지센터", "행정", "행정" },
    { "행정복지센터", "행점", NULL },
    { "행정복지센터", "헹저", NULL },
    { "두루", "두ㄹ", "두루" },
    { "두루", "둘", "두루" },
    { "복지다움", "복짇", "복지다" },
    { "복지관", "복직", "복지관" },
    { "각시", "갃", "각시" },
    { "각시", "ㄳ", "각시" },
    { "갃", "갃", "갃" },
    { "까치", "ㄲ", "까" },
    { "까치", "ㄱ", NULL },
    { "행정복지", "저복", NULL },
    { "abc", "bc", "bc" },
    { "가a나", "a", "a" },
    { "하안1동", "안1", "안1" },
    { "두루", "두루두", NULL },
    { "", "가", NULL },
    { "두루", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = dure_text_fold (cases[i].text);
      g_autofree char *query = dure_text_fold (cases[i].query);
      gsize            start = 99, end = 99;
      gboolean         found = dure_text_match (folded, query, &start, &end);

      if (cases[i].found == NULL)
        {
          if (found)
            g_error ("“%s” was found in “%s”", cases[i].query, cases[i].text);
        }
      else
        {
          g_autofree char *part = NULL;

          if (!found)
            g_error ("“%s” was not found in “%s”", cases[i].query, cases[i].text);
          part = g_strndup (folded + start, end - start);
          g_assert_cmpstr (part, ==, cases[i].found);
        }
    }
}

static void
test_find (void)
{
  static const struct
  {
    const char *text, *query, *part;
  } cases[] = {
    { "광명 종합 사회복지관", "종합사회", "종합 사회" },
    { "(주)두루 나눔", "ㄷㄹㄴ", "두루 나" },
    { "경찰·소방", "경찰소방", "경찰·소방" },
    { "가\341\204\203\341\205\256루", "두루", "\341\204\203\341\205\256루" },
    { "BUSAN Yeongdo", "yeong", "Yeong" },
    { "\xff가나", "가나", "가나" },
    { "가나", "  ", NULL },
    { "가나", "\xff", NULL },
    { "가나", "다", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize            start = 0, end = 0;
      gboolean         found = dure_text_find (cases[i].text, cases[i].query, &start, &end);
      g_autofree char *part = found ? g_strndup (cases[i].text + start, end - start) : NULL;

      g_assert_cmpstr (part, ==, cases[i].part);
    }
}

static void
test_grams (void)
{
  g_autofree char *grams = dure_text_grams ("행정\na.b", NULL);

  g_assert_cmpstr (grams, ==, "⌃해 ⌃ㅎ 행저 ㅎㅈ ⌃a a． ．b");
  check_taken (dure_text_grams ("", NULL), "");
  check_taken (dure_text_grams ("\n\n", NULL), "");
  check_taken (dure_text_grams ("행정\na.b", "행정\nb"), "⌃a a． ．b");
  check_taken (dure_text_grams ("행정", "행정\n02"), "");
  check_taken (dure_text_query_grams ("행정복"), "\"행저\" \"정보\"");
  check_taken (dure_text_query_grams ("ㅎㅈ"), "\"ㅎㅈ\"");
  check_taken (dure_text_query_grams ("0226801234"), "\"80\" \"12\" \"34\"");
  check_taken (dure_text_query_grams ("행"), "\"⌃해\"");
  check_taken (dure_text_query_grams ("a\"b"), "\"a＂\" \"＂b\"");
  check_taken (dure_text_query_grams (""), "");
}

/* What FTS5 with the tokenizer `ascii` makes of it: every quoted token must be among the indexed ones. */
static gboolean
index_finds (const char *folded, const char *folded_query)
{
  g_autofree char *grams = dure_text_grams (folded, NULL);
  g_autofree char *padded = g_strconcat (" ", grams, " ", NULL);
  g_autofree char *asked = dure_text_query_grams (folded_query);
  g_auto (GStrv) tokens = g_strsplit (asked, " ", -1);

  for (int i = 0; tokens[i] != NULL; i++)
    {
      gsize            length = strlen (tokens[i]);
      g_autofree char *token = NULL;

      if (length == 0)
        continue;
      g_assert_true (length > 2 && tokens[i][0] == '"' && tokens[i][length - 1] == '"');
      for (gsize c = 1; c + 1 < length; c++)
        g_assert_true ((guchar)tokens[i][c] >= 0x80 || g_ascii_isalnum (tokens[i][c]));
      token = g_strdup_printf (" %.*s ", (int)length - 2, tokens[i] + 1);
      if (strstr (padded, token) == NULL)
        return FALSE;
    }
  return TRUE;
}

static char *
random_text (GRand *random, int most)
{
  /* Few letters, so that texts and queries meet often. */
  static const char *const letters[] = {
    "가", "각", "갃", "까", "나", "낙", "난", "다", "닥", "달", "닭", "사", "산", "삯", "ㄱ", "ㄴ",   "ㅅ",
    "ㄳ", "ㄲ", "ㅏ", "a",  "B",  "1",  "-",  "\"", "'",  "*",  "·",  " ",  "\n", "行", "é",  "(주)",
  };
  GString *text = g_string_new (NULL);
  int      length = g_rand_int_range (random, 0, most);

  for (int i = 0; i < length; i++)
    g_string_append (text, letters[g_rand_int_range (random, 0, (int)G_N_ELEMENTS (letters))]);
  return g_string_free (text, FALSE);
}

static void
test_index_superset (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20250626);
  int matches = 0, refused = 0;

  for (int i = 0; i < 60000; i++)
    {
      g_autofree char *text = random_text (random, 12);
      g_autofree char *query = random_text (random, 5);
      g_autofree char *folded = dure_text_fold (text);
      g_autofree char *folded_query = dure_text_fold (query);

      if (strchr (folded_query, '\n') != NULL)
        continue;
      if (!dure_text_match (folded, folded_query, NULL, NULL))
        {
          refused += !index_finds (folded, folded_query);
          continue;
        }
      if (g_utf8_strlen (folded_query, -1) == 1)
        {
          gboolean begins = FALSE;
          g_auto (GStrv) lines = g_strsplit (folded, "\n", -1);

          for (int line = 0; lines[line] != NULL; line++)
            {
              gsize start;

              begins = begins || (dure_text_match (lines[line], folded_query, &start, NULL) && start == 0);
            }
          if (!begins)
            continue;
        }
      matches++;
      if (!index_finds (folded, folded_query))
        g_error ("“%s” matches “%s”, but the index would not find it", folded_query, folded);
    }
  g_assert_cmpint (matches, >, 3000);
  g_assert_cmpint (refused, >, 3000);
}

/* Whatever someone types on the way to a name finds the name. */
static void
test_on_the_way (void)
{
  static const char *const name = "광명시정신건강복지센터";
  static const char *const steps[] = {
    "ㄱ",         "고",         "과",         "광",           "광ㅁ",         "광며",
    "광명",       "광명ㅅ",     "광명시",     "광명싲",       "광명시저",     "광명시정",
    "광명시정ㅅ", "광명시정시", "광명시정신", "광명시정신ㄱ", "광명시정신거", "광명시정신건",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!g_str_equal (steps[i], "고") && !dure_text_match (name, steps[i], NULL, NULL))
      g_error ("“%s” does not find %s", steps[i], name);
}

static void
test_sort (void)
{
  static const char *const order[] = {
    "",   " ",  "(주)가", "★",  "10동", "1동", "2동", "ㄱ", "가", "가 나", "가나", "각",
    "깋", "ㄴ", "나",     "힣", "ㅏ",   "abc", "ABD", "b",  "é",  "É",     "F",    "漢",
  };

  for (gsize i = 0; i + 1 < G_N_ELEMENTS (order); i++)
    {
      g_autofree char *first = dure_text_sort_key (order[i]);
      g_autofree char *second = dure_text_sort_key (order[i + 1]);

      g_assert_true (g_utf8_validate (first, -1, NULL));
      if (strcmp (first, second) > 0)
        g_error ("“%s” stands after “%s”", order[i], order[i + 1]);
    }
  check_taken (dure_text_sort_key (NULL), "");
  for (gunichar c = 1; c < 0x30000; c++)
    {
      char             text[8] = { 0 };
      g_autofree char *key = NULL;

      if (!g_unichar_validate (c))
        continue;
      g_unichar_to_utf8 (c, text);
      key = dure_text_sort_key (text);
      g_assert_true (*key != '\0' && g_utf8_validate (key, -1, NULL));
    }
}

/* A file from another system has its letters in pieces: whatever stands beside what, they fold to the same. */
static void
test_pieces (void)
{
  static const char *const letters[] = { "가", "각", "힣", "사", "인", "복지", "a", "Z", "9", "e\xcc\x81", "\xe3\x82\x99", "か\xe3\x82\x99",
                                         "\xea\xa3\xa0", "\xe1\x85\xa1", "\xe1\x86\xa8", "ㄳ", "(주)", "사회복지법인", " ", "·", "行", "\xef\xbc\xa1" };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *pieces = NULL;
      g_autofree char *whole = NULL;
      g_autofree char *folded = NULL;
      g_autofree char *of_pieces = NULL;
      g_autofree char *of_whole = NULL;

      for (int n = g_rand_int_range (random, 0, 12); n > 0; n--)
        g_string_append (text, letters[g_rand_int_range (random, 0, (int)G_N_ELEMENTS (letters))]);
      pieces = g_utf8_normalize (text->str, -1, G_NORMALIZE_DEFAULT);
      whole = g_utf8_normalize (text->str, -1, G_NORMALIZE_DEFAULT_COMPOSE);
      folded = dure_text_fold (text->str);
      of_pieces = dure_text_fold (pieces);
      of_whole = dure_text_fold (whole);
      g_assert_cmpstr (of_pieces, ==, of_whole);
      g_assert_cmpstr (folded, ==, of_whole);
    }
}

/* Any bytes at all: no crash, valid text out, and folding twice changes nothing more. */
static void
test_damaged (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < 20000; i++)
    {
      char             bytes[24];
      int              length = g_rand_int_range (random, 0, 23);
      g_autofree char *folded = NULL;
      g_autofree char *again = NULL;
      g_autofree char *composed = NULL;
      g_autofree char *key = NULL;
      gsize            start = 0, end = 0;

      for (int b = 0; b < length; b++)
        bytes[b] = (char)(g_rand_boolean (random) ? g_rand_int_range (random, 0xe0, 0xf0)
                                                  : g_rand_int_range (random, 1, 256));
      bytes[length] = '\0';
      folded = dure_text_fold (bytes);
      again = dure_text_fold (folded);
      composed = dure_text_nfc (bytes);
      key = dure_text_sort_key (bytes);
      g_assert_true (g_utf8_validate (folded, -1, NULL));
      g_assert_true (g_utf8_validate (composed, -1, NULL));
      g_assert_true (g_utf8_validate (key, -1, NULL));
      if (g_utf8_validate (bytes, -1, NULL))
        g_assert_cmpstr (again, ==, folded);
      if (dure_text_find (bytes, bytes, &start, &end))
        g_assert_true (start < end && end <= (gsize)length);
    }
}

static void
test_speed (void)
{
  static const char *const name = "사회복지법인 광명종합사회복지관 (재가복지팀)";
  gint64                   start = g_get_monotonic_time ();
  double                   folds, grams;

  for (int i = 0; i < 100000; i++)
    g_free (dure_text_fold (name));
  folds = (double)(g_get_monotonic_time () - start) / 1e6;
  start = g_get_monotonic_time ();
  for (int i = 0; i < 100000; i++)
    g_free (dure_text_grams ("광명종합사회복지관재가복지팀", NULL));
  grams = (double)(g_get_monotonic_time () - start) / 1e6;
  g_test_minimized_result (folds, "100,000 folds in %.3f s", folds);
  g_test_minimized_result (grams, "100,000 gram texts in %.3f s", grams);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/nfc", test_nfc);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/match", test_match);
  g_test_add_func ("/text/find", test_find);
  g_test_add_func ("/text/grams", test_grams);
  g_test_add_func ("/text/index-superset", test_index_superset);
  g_test_add_func ("/text/on-the-way", test_on_the_way);
  g_test_add_func ("/text/sort", test_sort);
  g_test_add_func ("/text/damaged", test_damaged);
  g_test_add_func ("/text/pieces", test_pieces);
  if (g_test_perf ())
    g_test_add_func ("/text/speed", test_speed);
  return g_test_run ();
}
