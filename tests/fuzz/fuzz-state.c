/* fuzz-state.c: the lines of one record, and the merge of changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first part of an input is what stands, the second the changes that come. What is read is written again as it was;
 * in whatever order changes come and however often, the same stands; and of two values that did not know of each other
 * each stands, is in a clash, or was woven into one text.
 */
#include "config.h"

#include <string.h>

#include "fuzz-fixture.h"
#include "sync/dure-merge.h"
#include "sync/dure-wire.h"

#define RECORD "019cae28-9b00-7000-8000-000000000001"

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(DureChange *const *)a)->stamp, (*(DureChange *const *)b)->stamp);
}

/* Everything is of one record, and a stamp names one change. */
static gboolean
is_one_record (GPtrArray *changes)
{
  g_autoptr (GHashTable) stamps = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < changes->len; i++)
    {
      DureChange *change = g_ptr_array_index (changes, i);
      DureChange *first = g_ptr_array_index (changes, 0);

      if (strcmp (change->entity, first->entity) != 0 || strcmp (change->id, first->id) != 0
          || !g_hash_table_add (stamps, (gpointer)change->stamp))
        return FALSE;
    }
  return TRUE;
}

static char *
apply_all (GPtrArray *changes, gboolean backwards)
{
  g_autoptr (DureState) state = dure_state_new ();

  for (guint times = 0; times < 2; times++)
    for (guint i = 0; i < changes->len; i++)
      dure_state_apply (state, g_ptr_array_index (changes, backwards ? changes->len - 1 - i : i));
  g_ptr_array_sort (state->changes, compare_changes);
  for (guint i = 0; i < state->changes->len; i++)
    {
      DureChange *change = g_ptr_array_index (state->changes, i);

      if (i > 0 && compare_changes (&g_ptr_array_index (state->changes, i), &g_ptr_array_index (state->changes, i - 1)) == 0)
        g_error ("%s stands twice", change->stamp);
    }
  return dure_state_write (state, 0);
}

static gboolean
find_base (const char *stamp, const char *key, char **value, gpointer data)
{
  GPtrArray *changes = data;

  for (guint i = 0; i < changes->len; i++)
    {
      DureChange      *change = g_ptr_array_index (changes, i);
      DureChangeField *field = strcmp (change->stamp, stamp) == 0 ? dure_change_find (change, key) : NULL;

      if (field == NULL)
        continue;
      *value = g_strdup (field->value);
      return TRUE;
    }
  return FALSE;
}

/* One change meets what stands: of two values of a field the smaller stamp's may only go when somebody knows of it. */
static void
check_merge (DureState *state, DureChange *change, GPtrArray *known)
{
  g_autoptr (GPtrArray) clashes = g_ptr_array_new_with_free_func (dure_clash_free);
  g_autoptr (DureChange) besides = NULL;
  g_autofree char *before = dure_state_write (state, 0);
  g_autoptr (DureState) old = dure_state_new ();

  g_assert_true (dure_state_parse (old, before, strlen (before), NULL));
  besides = dure_merge (state, change, 0, find_base, known, clashes);
  /* Beside a purge nothing stands, what is left of a change beside it says nothing, and nobody is asked. */
  if (dure_state_is_purged (state) || dure_change_is_void (change))
    {
      g_assert_null (besides);
      g_assert_cmpuint (clashes->len, ==, 0);
      return;
    }
  for (guint i = 0; i < change->fields->len; i++)
    {
      const DureChangeField *field = g_ptr_array_index (change->fields, i);
      DureChange            *holder;
      DureChangeField       *stood = dure_state_find (old, field->key, &holder);
      DureChangeField       *stands = dure_state_find (state, field->key, NULL);
      const char            *lost;
      gboolean               told = FALSE;

      g_assert_nonnull (stands);
      if (stood == NULL || strcmp (holder->stamp, change->stamp) == 0 || g_strcmp0 (field->seen, holder->stamp) == 0
          || g_strcmp0 (stood->value, field->value) == 0 || strcmp (field->key, DURE_CHANGE_DELETED) == 0
          || strcmp (change->entity, "conflict") == 0 || strcmp (change->entity, "position") == 0)
        continue;
      lost = strcmp (holder->stamp, change->stamp) < 0 ? stood->value : field->value;
      for (guint c = 0; c < clashes->len; c++)
        {
          const DureClash *clash = g_ptr_array_index (clashes, c);

          told = told || (strcmp (clash->key, field->key) == 0 && g_strcmp0 (clash->lost, lost) == 0);
        }
      /* What a record began with may give way where nobody saw the other. */
      if (!told && field->seen != NULL && (besides == NULL || dure_change_find (besides, field->key) == NULL))
        g_error ("%s=%s is lost", field->key, lost);
    }
}

static gboolean
read_part (const uint8_t **data, size_t *size, DureState *state)
{
  gsize            length;
  g_autofree char *lines = fuzz_next_part (data, size, &length);

  return lines != NULL && dure_state_parse (state, lines, length, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (DureState) state = dure_state_new ();
  g_autoptr (DureState) coming = dure_state_new ();
  g_autoptr (DureState) again = dure_state_new ();
  g_autoptr (DureState) merged = dure_state_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *forwards = NULL;
  g_autofree char *backwards = NULL;

  if (!read_part (&data, &size, state))
    return 0;
  first = dure_state_write (state, 7);
  if (!dure_state_parse (again, first, strlen (first), NULL))
    g_error ("not read back: %s", first);
  second = dure_state_write (again, 7);
  if (strcmp (first, second) != 0)
    g_error ("not the same: %s%s", first, second);
  if (!read_part (&data, &size, coming) || state->changes->len + coming->changes->len > 64)
    return 0;
  g_ptr_array_extend (all, state->changes, NULL, NULL);
  g_ptr_array_extend (all, coming->changes, NULL, NULL);
  if (all->len == 0 || !is_one_record (all))
    return 0;
  forwards = apply_all (all, FALSE);
  backwards = apply_all (all, TRUE);
  if (strcmp (forwards, backwards) != 0)
    g_error ("forwards: %sbackwards: %s", forwards, backwards);
  for (guint i = 0; i < state->changes->len; i++)
    dure_state_apply (merged, g_ptr_array_index (state->changes, i));
  for (guint i = 0; i < coming->changes->len; i++)
    check_merge (merged, g_ptr_array_index (coming->changes, i), all);
  return 0;
}
