/* test-text-diff.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/dure-text-diff.h"

static void
assert_diff (const char *a, const char *b, const char *only_a, const char *only_b)
{
  g_autoptr (GArray) in_a = NULL;
  g_autoptr (GArray) in_b = NULL;
  g_autofree char *parts_a = NULL;
  g_autofree char *parts_b = NULL;

  dure_text_diff (a, b, &in_a, &in_b);
  parts_a = dure_text_diff_parts (a, in_a);
  parts_b = dure_text_diff_parts (b, in_b);
  g_assert_cmpstr (parts_a, ==, only_a);
  g_assert_cmpstr (parts_b, ==, only_b);
}

static void
test_words (void)
{
  assert_diff ("김두레 팀장이 참석합니다", "이두레 팀장이 참석합니다", "“김두레”", "“이두레”");
  assert_diff ("화요일 오전 10시", "화요일 오후 2시", "“오전 10시”", "“오후 2시”");
  assert_diff ("같은 글", "같은 글", "", "");
  assert_diff ("같은 글", "같은 긴 글", "", "“긴 ”");
  assert_diff ("051-111-2222", "051-111-3333", "“2222”", "“3333”");
}

static void
test_lines (void)
{
  assert_diff ("가\n나 하나\n다", "가\n나 둘\n다", "“하나”", "“둘”");
  assert_diff ("가\n다", "가\n나\n다", "", "“나”");
  assert_diff ("가\n나\n다", "나\n다\n라", "“가”", "“라”");
}

/* What has no word in common is another text as a whole, not a heap of marks. */
static void
test_nothing_alike (void)
{
  assert_diff ("가 나 다", "라 마 바", "“가 나 다”", "“라 마 바”");
  assert_diff (NULL, "새 글", "", "“새 글”");
  assert_diff ("옛 글", NULL, "“옛 글”", "");
  assert_diff (NULL, NULL, "", "");
}

/* Two long texts that have nothing in common: as a whole, and at once. */
static void
test_long (void)
{
  g_autoptr (GString) a = g_string_new (NULL);
  g_autoptr (GString) b = g_string_new (NULL);
  g_autoptr (GArray) in_a = NULL;
  g_autoptr (GArray) in_b = NULL;

  for (guint i = 0; i < 5000; i++)
    {
      g_string_append_printf (a, "가 %u\n", i);
      g_string_append_printf (b, "나 %u\n", i + 10000);
    }
  dure_text_diff (a->str, b->str, &in_a, &in_b);
  g_assert_cmpuint (in_a->len, ==, 1);
  g_assert_cmpuint (g_array_index (in_a, DureTextRange, 0).end, ==, a->len - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-diff/words", test_words);
  g_test_add_func ("/text-diff/lines", test_lines);
  g_test_add_func ("/text-diff/nothing-alike", test_nothing_alike);
  g_test_add_func ("/text-diff/long", test_long);
  return g_test_run ();
}
