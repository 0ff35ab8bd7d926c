/* test-uuid.c: ids are in order, alike for like keys, and fast
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test-uuid"

#include "config.h"

#include "base/dure-uuid.h"

#include <string.h>

#define DNS "6ba7b810-9dad-11d1-80b4-00c04fd430c8"

static void
test_v7 (void)
{
  char   previous[DURE_UUID_LENGTH + 1] = "";
  gint64 before = g_get_real_time () / 1000;

  for (int i = 0; i < 20000; i++)
    {
      char id[DURE_UUID_LENGTH + 1];

      dure_uuid_v7 (id);
      g_assert_true (dure_uuid_is_valid (id));
      g_assert_cmpint (id[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", id[19]));
      g_assert_cmpstr (id, >, previous);
      if (i == 0)
        {
          g_autofree char *hex = g_strndup (id, 13);

          memmove (hex + 8, id + 9, 4);
          hex[12] = '\0';
          g_assert_cmpint (ABS (g_ascii_strtoll (hex, NULL, 16) - before), <, 2000);
        }
      memcpy (previous, id, sizeof previous);
    }
}

static gpointer
make_many (gpointer data)
{
  char (*ids)[DURE_UUID_LENGTH + 1] = data;

  for (int i = 0; i < 5000; i++)
    dure_uuid_v7 (ids[i]);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char (*ids)[DURE_UUID_LENGTH + 1] = g_malloc (4 * 5000 * sizeof *ids);
  GThread *threads[4];

  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("ids", make_many, ids + i * 5000);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  for (int i = 0; i < 20000; i++)
    g_assert_true (g_hash_table_add (seen, ids[i]));
}

static void
test_v5 (void)
{
  char id[DURE_UUID_LENGTH + 1];

  dure_uuid_v5 (DNS, "www.example.com", -1, id);
  g_assert_cmpstr (id, ==, "2ed6657d-e927-568b-95e1-2665a8aea6a2"); /* RFC 9562, appendix A.4 */
  dure_uuid_v5 (DNS, "www.example.com/more", 15, id);
  g_assert_cmpstr (id, ==, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

static void
test_damaged (void)
{
  static const char *const texts[] = {
    "",
    "-",
    "2ed6657d",
    "2ed6657d-e927-568b-95e1-2665a8aea6a",
    "2ed6657d-e927-568b-95e1-2665a8aea6a2a",
    "2ed6657de927-568b-95e1-2665a8aea6a2a",
    "2ed6657d-e927-568b-95e1-2665a8aea6ag",
    "2ED6657D-E927-568B-95E1-2665A8AEA6A2",
    "\xff\xff\xff\xff",
    "2ed6657d-e927-568b-95e1-2665a8aea6a2 ",
  };

  g_assert_false (dure_uuid_is_valid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (dure_uuid_is_valid (texts[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uuid/v7", test_v7);
  g_test_add_func ("/uuid/threads", test_threads);
  g_test_add_func ("/uuid/v5", test_v5);
  g_test_add_func ("/uuid/damaged", test_damaged);
  return g_test_run ();
}
