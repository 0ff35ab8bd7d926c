/* test-merge.c: the merge rule, without a server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sync/dure-merge.h"
#include "sync/dure-text-merge.h"

#define ID "01977777-aaaa-7bbb-8ccc-0123456789ab"

static char *
stamp (guint ms, guint device)
{
  return g_strdup_printf ("%012x-0000-%016x", ms, device);
}

static DureChange *
set (guint ms, guint device, const char *key, const char *value, const char *seen, gint64 seq)
{
  g_autofree char *text = stamp (ms, device);
  DureChange      *change = dure_change_new (text, "agency", ID, device == 1 ? "kim" : "lee");

  dure_change_add (change, key, value, seen);
  change->seq = seq;
  return change;
}

static gboolean
no_base (const char *at, const char *key, char **value, gpointer data)
{
  *value = g_strdup (data);
  return data != NULL;
}

static const char *
standing (DureState *state, const char *key)
{
  DureChangeField *field = dure_state_find (state, key, NULL);

  return field != NULL ? field->value : "(none)";
}

static void
test_order_does_not_matter (void)
{
  for (guint seed = 0; seed < 300; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_change_free);
      g_autofree char         *first = NULL;
      static const char *const keys[] = { "name", "head", "phone", "deleted" };

      for (guint i = 0; i < 12; i++)
        {
          g_autofree char *value = g_strdup_printf ("%u", i);

          g_ptr_array_add (changes, set (1000 + (guint)g_rand_int_range (random, 0, 50), i + 1,
                                         keys[g_rand_int_range (random, 0, 4)], value, NULL, 0));
        }
      for (guint round = 0; round < 4; round++)
        {
          g_autoptr (DureState) state = dure_state_new ();
          g_autoptr (GString) text = g_string_new (NULL);

          for (guint i = changes->len - 1; i > 0; i--)
            {
              guint    j = (guint)g_rand_int_range (random, 0, (gint32)i + 1);
              gpointer other = changes->pdata[i];

              changes->pdata[i] = changes->pdata[j];
              changes->pdata[j] = other;
            }
          /* Some come twice. */
          for (guint i = 0; i < changes->len * 2; i++)
            dure_state_apply (state, changes->pdata[i % changes->len]);
          for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
            g_string_append_printf (text, "%s=%s ", keys[k], standing (state, keys[k]));
          if (first == NULL)
            first = g_strdup (text->str);
          g_assert_cmpstr (first, ==, text->str);
        }
    }
}

static void
test_state_there_and_back (void)
{
  g_autoptr (DureState) state = dure_state_new ();
  g_autoptr (DureState) back = dure_state_new ();
  g_autoptr (DureChange) one = set (1, 1, "name", "하나\n둘", NULL, 5);
  g_autoptr (DureChange) two = set (2, 2, "head", NULL, NULL, 6);
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  dure_state_apply (state, one);
  dure_state_apply (state, two);
  text = dure_state_write (state, 0);
  dure_state_parse (back, text, strlen (text), &error);
  g_assert_no_error (error);
  again = dure_state_write (back, 0);
  g_assert_cmpstr (text, ==, again);
}

static void
test_clash (void)
{
  g_autoptr (DureState) state = dure_state_new ();
  g_autoptr (GPtrArray) clashes = g_ptr_array_new_with_free_func (dure_clash_free);
  g_autofree char *base = stamp (1, 9);
  g_autofree char *seen = stamp (20, 1);
  g_autoptr (DureChange) made = set (1, 9, "head", "처음", NULL, 1);
  g_autoptr (DureChange) ours = set (20, 1, "head", "가", base, 2);
  g_autoptr (DureChange) theirs = set (10, 2, "head", "나", base, 3);
  g_autoptr (DureChange) next = set (30, 2, "head", "다", seen, 4);
  DureClash *clash;

  g_assert_null (dure_merge (state, made, 0, no_base, NULL, clashes));
  g_assert_null (dure_merge (state, ours, 1, no_base, NULL, clashes));
  g_assert_cmpuint (clashes->len, ==, 0);
  g_assert_null (dure_merge (state, theirs, 1, no_base, NULL, clashes));
  g_assert_cmpuint (clashes->len, ==, 1);
  clash = g_ptr_array_index (clashes, 0);
  g_assert_cmpstr (clash->won, ==, "가");
  g_assert_cmpstr (clash->lost, ==, "나");
  g_assert_cmpstr (clash->lost_by, ==, "lee");
  g_assert_cmpstr (standing (state, "head"), ==, "가");
  g_assert_null (dure_merge (state, next, 3, no_base, NULL, clashes));
  g_assert_cmpuint (clashes->len, ==, 1);
  g_assert_cmpstr (standing (state, "head"), ==, "다");
}

static void
test_text (void)
{
  static const struct
  {
    const char *base, *ours, *theirs, *merged;
  } cases[] = {
    { "1\n2\n3", "1\n2\n3", "1\n2\n3", "1\n2\n3" },
    { "1\n2\n3", "0\n1\n2\n3", "1\n2\n3\n4", "0\n1\n2\n3\n4" },
    { "1\n2\n3", "1\n3", "1\n2\n3b", NULL },
    { "1\n2\n3\n4\n5", "1\n3\n4\n5", "1\n2\n3\n4\n5b", "1\n3\n4\n5b" },
    { "1\n2\n3", "1\nx\n3", "1\ny\n3", NULL },
    { "1\n2\n3", "1\nx\n3", "1\nx\n3", "1\nx\n3" },
    { NULL, "a", "b", NULL },
    { NULL, "a", NULL, "a" },
    { "", "a\nb", "", "a\nb" },
    { "a\nb", "", "a\nb", "" },
    { "가\n나\n다\n라", "가!\n나\n다\n라", "가\n나\n다\n라!", "가!\n나\n다\n라!" },
    { "a\n\nb", "a\nx\n\nb", "a\n\nb\ny", "a\nx\n\nb\ny" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *merged = dure_text_merge (cases[i].base, cases[i].ours, cases[i].theirs);
      g_autofree char *turned = dure_text_merge (cases[i].base, cases[i].theirs, cases[i].ours);

      g_assert_cmpstr (merged, ==, cases[i].merged);
      g_assert_cmpstr (turned, ==, cases[i].merged);
    }
}

/* Edits of different thirds always merge, and hold every line of both. */
static void
test_text_random (void)
{
  for (guint seed = 0; seed < 300; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GString) base = g_string_new (NULL), ours = g_string_new (NULL), theirs = g_string_new (NULL),
                          both = g_string_new (NULL);
      g_autofree char *merged = NULL;

      for (guint i = 0; i < 30; i++)
        {
          g_autofree char *line = g_strdup_printf ("%s줄 %d", i > 0 ? "\n" : "", g_rand_int_range (random, 0, 9));
          g_autofree char *other = g_strdup_printf ("%s새 줄 %u", i > 0 ? "\n" : "", i);
          gboolean         change = i != 0 && g_rand_boolean (random);

          g_string_append (base, line);
          g_string_append (ours, change && i < 10 ? other : line);
          g_string_append (theirs, change && i >= 20 ? other : line);
          g_string_append (both, change && (i < 10 || i >= 20) ? other : line);
        }
      merged = dure_text_merge (base->str, ours->str, theirs->str);
      g_assert_cmpstr (merged, ==, both->str);
    }
}

/* One wrote the same once more, the other took all of it out: no text is left, which is not an empty one. */
static void
test_text_emptied (void)
{
  g_autoptr (DureState) state = dure_state_new ();
  g_autoptr (GPtrArray) clashes = g_ptr_array_new_with_free_func (dure_clash_free);
  g_autofree char *seen = stamp (1, 3);
  g_autoptr (DureChange) ours = set (6, 1, "note", "가\n나", seen, 1);
  g_autoptr (DureChange) theirs = set (5, 2, "note", NULL, seen, 2);
  g_autoptr (DureChange) besides = NULL;

  dure_state_apply (state, ours);
  besides = dure_merge (state, theirs, 0, no_base, (gpointer) "가\n나", clashes);
  g_assert_cmpuint (clashes->len, ==, 0);
  g_assert_nonnull (besides);
  g_assert_cmpstr (dure_change_find (besides, "note")->value, ==, NULL);
}

static void
test_long_text_of_nothing_common (void)
{
  GString         *a = g_string_new (NULL), *b = g_string_new (NULL), *o = g_string_new (NULL);
  g_autofree char *merged = NULL;

  for (guint i = 0; i < 5000; i++)
    {
      g_string_append_printf (o, "o%u\n", i);
      g_string_append_printf (a, "a%u\n", i);
      g_string_append_printf (b, "b%u\n", i);
    }
  merged = dure_text_merge (o->str, a->str, b->str);
  g_assert_null (merged);
  g_string_free (a, TRUE);
  g_string_free (b, TRUE);
  g_string_free (o, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/merge/order-does-not-matter", test_order_does_not_matter);
  g_test_add_func ("/sync/merge/state-there-and-back", test_state_there_and_back);
  g_test_add_func ("/sync/merge/clash", test_clash);
  g_test_add_func ("/sync/merge/text", test_text);
  g_test_add_func ("/sync/merge/text-random", test_text_random);
  g_test_add_func ("/sync/merge/text-emptied", test_text_emptied);
  g_test_add_func ("/sync/merge/long-text-of-nothing-common", test_long_text_of_nothing_common);
  return g_test_run ();
}
