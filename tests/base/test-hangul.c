/* test-hangul.c: syllables, the two-set keyboard, particles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test-hangul"

#include "config.h"

#include "base/dure-hangul.h"

static void
test_syllables (void)
{
  DureSyllable parts = { -1, -1, -1 };

  for (gunichar c = 0xac00; c <= 0xd7a3; c++)
    {
      g_assert_true (dure_hangul_split (c, &parts));
      g_assert_cmpuint (dure_hangul_compose (parts.initial, parts.vowel, parts.final), ==, c);
    }
  g_assert_false (dure_hangul_split ('a', &parts));
  g_assert_false (dure_hangul_split (0x3131, &parts));
  g_assert_cmpint (parts.initial, ==, 18);
  g_assert_cmpuint (dure_hangul_compose (19, 0, 0), ==, 0);
  g_assert_cmpuint (dure_hangul_compose (0, -1, 0), ==, 0);
  g_assert_cmpuint (dure_hangul_initial (g_utf8_get_char ("힣")), ==, g_utf8_get_char ("ㅎ"));
  g_assert_cmpuint (dure_hangul_initial ('a'), ==, 'a');
  g_assert_true (dure_hangul_is_consonant (g_utf8_get_char ("ㄳ")));
  g_assert_false (dure_hangul_is_consonant (g_utf8_get_char ("ㅏ")));
}

static void
check_taken (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_initials (void)
{
  check_taken (dure_hangul_initials ("정신건강복지센터"), "ㅈㅅㄱㄱㅂㅈㅅㅌ");
  check_taken (dure_hangul_initials ("광명 1동 A"), "ㄱㅁ 1ㄷ A");
  check_taken (dure_hangul_initials ("두\xff루"), "ㄷ\357\277\275ㄹ");
}

static void
test_keyboard (void)
{
  static const struct
  {
    const char *keys, *text;
  } cases[] = {
    { "dudehrn", "영도구" },
    { "rksekaghl", "간담회" },
    { "enfn", "두루" },
    { "wjdtlsrjsrkd", "정신건강" },
    { "ekfr", "닭" },
    { "ekfrdl", "닭이" },
    { "Rna", "꿈" },
    { "rhksfleh", "관리도" },
    { "dmlfy", "의료" },
    { "qhrwl", "복지" },
    { "rkrt", "갃" },
    { "rrrr", "ㄱㄱㄱㄱ" },
    { "hk", "ㅘ" },
    { "enfn 2025!", "두루 2025!" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      check_taken (dure_hangul_from_keys (cases[i].keys), cases[i].text);
      check_taken (dure_hangul_to_keys (cases[i].text), cases[i].keys);
    }
  check_taken (dure_hangul_from_keys ("rkrtk"), "각사");
  check_taken (dure_hangul_from_keys ("DUdehrn"), "영도구");
  check_taken (dure_hangul_to_keys ("ㄳ가\xff"), "rtrk\357\277\275");
  check_taken (dure_hangul_from_keys ("\xff\x80rk"), "\357\277\275\357\277\275가");
}

/* Every syllable can be typed, alone and before another. */
static void
test_keyboard_all (void)
{
  for (gunichar c = 0xac00; c <= 0xd7a3; c++)
    {
      char             text[16] = { 0 };
      int              length = g_unichar_to_utf8 (c, text);
      g_autofree char *keys = NULL;
      g_autofree char *back = NULL;

      g_unichar_to_utf8 (0xac01, text + length);
      keys = dure_hangul_to_keys (text);
      back = dure_hangul_from_keys (keys);
      g_assert_cmpstr (back, ==, text);
    }
}

static void
test_particles (void)
{
  static const struct
  {
    const char *both, *resolved;
  } cases[] = {
    { "두루을(를) 엽니다.", "두루를 엽니다." },
    { "간담회이(가) 열립니다.", "간담회가 열립니다." },
    { "복지관은(는)", "복지관은" },
    { "센터과(와) 복지관과(와)", "센터와 복지관과" },
    { "서울(으)로", "서울로" },
    { "부산(으)로", "부산으로" },
    { "영도구(으)로", "영도구로" },
    { "길동아(야)", "길동아" },
    { "복지관이(라)", "복지관이라" },
    { "센터(이)라는", "센터라는" },
    { "를(을)", "를(을)" },
    { "1을(를) 2을(를) 3을(를) 4을(를) 5을(를) 6을(를) 7을(를) 8을(를) 9을(를) 10을(를)",
      "1을 2를 3을 4를 5를 6을 7을 8을 9를 10을" },
    { "1(으)로 3(으)로 7(으)로 9(으)로", "1로 3으로 7로 9로" },
    { "PDF을(를) URL(으)로 DM(으)로 CSV이(가)", "PDF를 URL로 DM으로 CSV가" },
    { "«두루»을(를)", "«두루»를" },
    { "“복지관”이(가)", "“복지관”이" },
    { "「정관」(으)로", "「정관」으로" },
    { "광명시청(복지정책과)을(를)", "광명시청(복지정책과)을" },
    { "(센터)은(는)", "(센터)는" },
    { "福祉을(를)", "福祉을(를)" },
    { "100%은(는)", "100%는" },
    { "그대로 (이)", "그대로 (이)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_taken (dure_hangul_particles (cases[i].both), cases[i].resolved);
  check_taken (dure_hangul_printf ("%s을(를) %d번(으)로 옮겼습니다.", "행사", 3), "행사를 3번으로 옮겼습니다.");
  check_taken (dure_hangul_particles ("\xff을(를)\xec"), "\357\277\275을(를)\357\277\275");
  check_taken (dure_hangul_particles (")))을(를)"), ")))을(를)");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hangul/syllables", test_syllables);
  g_test_add_func ("/hangul/initials", test_initials);
  g_test_add_func ("/hangul/keyboard", test_keyboard);
  g_test_add_func ("/hangul/keyboard-all", test_keyboard_all);
  g_test_add_func ("/hangul/particles", test_particles);
  return g_test_run ();
}
