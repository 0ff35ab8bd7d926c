/* bench-search.c: how long each key stroke in the search field takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A query is typed key by key as a Korean keyboard composes it: ㅈ, 저, 정, 정ㅅ, 정시, 정신 and so on; every state of
 * the field is searched.
 */
#include "config.h"

#include "bench.h"

#include <string.h>

#include "base/dure-hangul.h"
#include "bench-data.h"

#define LIMIT 50

static const char *const composed[] = {
  "정신건강복지센터",   "광명",       "하안2동",        "행정복지센터",       "김천시 대덕면",
  "제77종합사회복지관", "김가온",     "이하율",         "사회복지사",         "위기가구 발굴",
  "민관 통합 교육",     "제100210차", "장애인가족지원", "동삼1동 노인복지관", "없는기관이름뷁",
};
static const char *const plain[] = { "ㅈㅅㄱㄱ", "ㄱㅁ",         "ㅎㅇㄷ",   "wjdtlsrjsrkd", "rhkdaud",
                                     "dusrn",    "02-2680-1234", "office77", "31",           "010-0000" };

static GPtrArray *
key_strokes (void)
{
  GPtrArray *states = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (composed); i++)
    {
      g_autofree char *keys = dure_hangul_to_keys (composed[i]);

      for (const char *end = g_utf8_next_char (keys);; end = g_utf8_next_char (end))
        {
          g_autofree char *typed = g_strndup (keys, (gsize)(end - keys));

          g_ptr_array_add (states, dure_hangul_from_keys (typed));
          if (*end == '\0')
            break;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    for (const char *end = g_utf8_next_char (plain[i]);; end = g_utf8_next_char (end))
      {
        g_ptr_array_add (states, g_strndup (plain[i], (gsize)(end - plain[i])));
        if (*end == '\0')
          break;
      }
  return states;
}

void
bench_search (const char *path, guint runs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) store = dure_store_open (path, DURE_STORE_READ_ONLY, &error);
  g_autoptr (GPtrArray) states = key_strokes ();
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  const char *worst = "";
  double      longest = 0;
  guint       found = 0;

  g_assert_no_error (error);
  for (guint run = 0; run <= runs; run++)
    for (guint i = 0; i < states->len; i++)
      {
        g_autofree char *suggestion = NULL;
        g_autoptr (GPtrArray) hits = NULL;
        double begun = bench_now ();
        double took;

        hits = dure_store_search (store, states->pdata[i], LIMIT, &suggestion, &error);
        took = bench_now () - begun;
        if (hits == NULL)
          g_error ("%s", error->message);
        found += run == 0 && hits->len > 0;
        g_array_append_val (run == 0 ? first : times, took);
        if (run > 0 && took > longest)
          {
            longest = took;
            worst = states->pdata[i];
          }
      }
  g_print ("(b) search, %u key strokes (%u of them find something), %u runs\n", states->len, found, runs);
  bench_line ("    first run, file not read yet, p50 and p99", "%8.2f ms %8.2f ms", bench_percentile (first, 50),
              bench_percentile (first, 99));
  bench_line ("    p50", "%8.2f ms", bench_percentile (times, 50));
  bench_line ("    p99 (goal 10 ms or less)", "%8.2f ms", bench_percentile (times, 99));
  bench_line ("    longest", "%8.2f ms, “%s”", longest, worst);
}
