/* test-json-check.c: what is JSON, and what only looks so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/dure-json-check.h"

#include <string.h>

/* Each text lies in memory of just its size, without a NUL behind it. */
static const char *
check (const char *text, gsize length, guint depth)
{
  g_autofree char *exact = g_memdup2 (text, length);

  return dure_json_check_object (exact, length, depth);
}

static void
test_objects (void)
{
  static const char *const good[] = {
    "{}",
    "\n{\r\n\t\"a\" : [ 1 , -2.5e3 , 0.0E-1, 10E+2 ] }\n ",
    "{\"a\":\"[[[[[[[[[[\\\"[[\",\"\":null,\"b\":true,\"c\":false}",
    "{\"\\u0041\\ud83d\\ude00\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}",
    "{\"두레\":\"사랑\xf0\x9f\x98\x80\"}",
    "{\"a\":123456789012345678901234567890}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpstr (check (good[i], strlen (good[i]), 8), ==, NULL);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *problem;
  } bad[] = {
    { "", "format" },
    { " \n", "format" },
    { "nul", "format" },
    { "{}{}", "format" },
    { "{} x", "format" },
    { "{\"a\":1,}", "format" },
    { "{\"a\" 1}", "format" },
    { "{'a':1}", "format" },
    { "{a:1}", "format" },
    { "{\"a\":01}", "format" },
    { "{\"a\":+1}", "format" },
    { "{\"a\":1.}", "format" },
    { "{\"a\":.5}", "format" },
    { "{\"a\":1e}", "format" },
    { "{\"a\":1-2}", "format" },
    { "{\"a\":0x10}", "format" },
    { "{\"a\":-}", "format" },
    { "{\"a\":NaN}", "format" },
    { "{\"a\":nullx}", "format" },
    { "{\"a\":/* */1}", "format" },
    { "{\"a\":[1}", "format" },
    { "{\"a\":\"\n\"}", "format" },
    { "{\"a\":\"\\x\"}", "format" },
    { "{\"a\":\"\\u12g4\"}", "format" },
    { "{\"a\":\"\\u0000\"}", "format" },
    { "{\"a\":\"\\ud800\"}", "format" },
    { "{\"a\":\"\\ud800\\u0041\"}", "format" },
    { "{\"a\":\"\\udc00\"}", "format" },
    { "[]", "wrong-type" },
    { "7", "wrong-type" },
    { "\"{}\"", "wrong-type" },
    { " null ", "wrong-type" },
    { "[1", "format" },
    { "{\"a\":\"\xff\"}", "not-utf8" },
    { "{\"a\":\"\xed\xa0\x80\"}", "not-utf8" },
    { "{\"a\":[[[[[[[[1]]]]]]]]}", "too-deep" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i].text);
      g_assert_cmpstr (check (bad[i].text, strlen (bad[i].text), 8), ==, bad[i].problem);
    }
  g_assert_cmpstr (check ("{\0}", 3, 8), ==, "not-utf8");
}

/* What broke off is known as such wherever it did, and nothing is read behind it. */
static void
test_cut (void)
{
  static const char text[] = "{\"a\":[1,-2.5e3,{\"b\":null}],\"c\":\"x\\u00e9\\ud83d\\ude00\\n\"}";

  for (gsize i = 1; i < strlen (text); i++)
    {
      const char *problem = check (text, i, 8);

      g_assert_nonnull (problem);
      /* In the middle of a word or an escape one cannot say. */
      if (memchr ("{[,:\"}", text[i - 1], 6) != NULL)
        g_assert_cmpstr (problem, ==, "truncated");
    }
  g_assert_null (check (text, strlen (text), 8));
}

static void
test_depth (void)
{
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autofree char *object = g_strconcat ("{\"a\":", deep, NULL);

  g_assert_cmpstr (check (object, strlen (object), 8), ==, "too-deep");
  g_assert_null (check ("{\"a\":[[{}]]}", 12, 4));
  g_assert_cmpstr (check ("{\"a\":[[{}]]}", 12, 3), ==, "too-deep");
  g_assert_false (dure_json_is_object (deep, 1000000, 8));
  g_assert_true (dure_json_is_object ("{}", 2, 1));
}

static void
test_skip (void)
{
  static const char text[] = " {\"a\":[1,2]} ,7";
  const char       *at = text;

  g_assert_null (dure_json_skip (&at, text + strlen (text), 8));
  g_assert_cmpstr (at, ==, " ,7");
  g_assert_nonnull (dure_json_skip (&at, text + strlen (text), 8));
  g_assert_cmpstr (at, ==, ",7");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json-check/objects", test_objects);
  g_test_add_func ("/base/json-check/refused", test_refused);
  g_test_add_func ("/base/json-check/cut", test_cut);
  g_test_add_func ("/base/json-check/depth", test_depth);
  g_test_add_func ("/base/json-check/skip", test_skip);
  return g_test_run ();
}
