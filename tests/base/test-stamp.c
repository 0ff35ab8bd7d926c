/* test-stamp.c: the clock never goes back and never repeats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test-stamp"

#include "config.h"

#include "base/dure-stamp.h"

#include <string.h>

#include "base/dure-date.h"

#define DEVICE "00112233aabbccdd"

static void
test_order (void)
{
  g_autoptr (DureClock) clock = dure_clock_new (DEVICE);
  char previous[DURE_STAMP_LENGTH + 1] = "";

  g_assert_cmpstr (dure_clock_get_device (clock), ==, DEVICE);
  for (int i = 0; i < 200000; i++)
    {
      char stamp[DURE_STAMP_LENGTH + 1];

      dure_clock_next (clock, stamp);
      if (strcmp (stamp, previous) <= 0)
        g_error ("%s came after %s", stamp, previous);
      memcpy (previous, stamp, sizeof previous);
    }
  g_assert_cmpuint (strlen (previous), ==, DURE_STAMP_LENGTH);
  g_assert_true (dure_stamp_is_valid (previous));
  g_assert_cmpstr (dure_stamp_device (previous), ==, DEVICE);
  g_assert_cmpint (ABS (dure_stamp_ms (previous) - dure_now_ms ()), <, 60000);
}

/* A stamp from a device whose clock is ahead: what is written after it sorts after it. */
static void
test_observe (void)
{
  g_autoptr (DureClock) clock = dure_clock_new (DEVICE);
  g_autoptr (DureClock) other = dure_clock_new ("ffffffffffffffff");
  char theirs[DURE_STAMP_LENGTH + 1], ours[DURE_STAMP_LENGTH + 1];

  dure_clock_set_offset (other, 60000);
  dure_clock_next (other, theirs);
  dure_clock_next (clock, ours);
  g_assert_cmpstr (ours, <, theirs);
  dure_clock_observe (clock, theirs);
  dure_clock_next (clock, ours);
  g_assert_cmpstr (ours, >, theirs);

  /* The same millisecond with a full counter carries over. */
  memcpy (theirs + 13, "ffff", 4);
  dure_clock_observe (clock, theirs);
  dure_clock_next (clock, ours);
  g_assert_cmpstr (ours, >, theirs);
}

static void
test_correction (void)
{
  g_autoptr (DureClock) clock = dure_clock_new (DEVICE);
  char wrong[DURE_STAMP_LENGTH + 1], right[DURE_STAMP_LENGTH + 1];

  /* The machine's clock was a day ahead; the server told so. */
  dure_clock_set_offset (clock, 86400000);
  dure_clock_next (clock, wrong);
  dure_clock_set_offset (clock, 0);
  dure_clock_next (clock, right);
  g_assert_cmpint (dure_stamp_ms (wrong) - dure_stamp_ms (right), >, 86000000);

  /* A few seconds are not worth a step back. */
  dure_clock_set_offset (clock, 5000);
  dure_clock_next (clock, wrong);
  dure_clock_set_offset (clock, 0);
  dure_clock_next (clock, right);
  g_assert_cmpstr (right, >, wrong);
}

static void
test_damaged (void)
{
  static const char *const texts[] = {
    "",
    "x",
    "0197a5b0c1d2-0000-00112233aabbccd",
    "0197a5b0c1d2-0000-00112233aabbccdde",
    "0197A5B0C1D2-0000-00112233aabbccdd",
    "0197a5b0c1d2_0000-00112233aabbccdd",
    "0197a5b0c1d2-000g-00112233aabbccdd",
    "0197a5b0c1d2-0000-00112233aabbcc\xff\xff",
  };
  g_autoptr (DureClock) clock = dure_clock_new (DEVICE);
  char before[DURE_STAMP_LENGTH + 1], after[DURE_STAMP_LENGTH + 1];

  dure_clock_next (clock, before);
  g_assert_false (dure_stamp_is_valid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_false (dure_stamp_is_valid (texts[i]));
      g_assert_cmpint (dure_stamp_ms (texts[i]), ==, -1);
      g_assert_null (dure_stamp_device (texts[i]));
      dure_clock_observe (clock, texts[i]);
    }
  /* The largest stamp there can be must not carry the clock to the end of time. */
  dure_clock_observe (clock, "ffffffffffff-ffff-ffffffffffffffff");
  dure_clock_next (clock, after);
  g_assert_cmpint (dure_stamp_ms (after) - dure_stamp_ms (before), <, 60000);
}

static void
test_device (void)
{
  char first[DURE_DEVICE_LENGTH + 1], second[DURE_DEVICE_LENGTH + 1];
  g_autoptr (DureClock) clock = NULL;

  dure_device_new (first);
  dure_device_new (second);
  g_assert_cmpstr (first, !=, second);
  clock = dure_clock_new (first);
  g_assert_nonnull (clock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp/order", test_order);
  g_test_add_func ("/stamp/observe", test_observe);
  g_test_add_func ("/stamp/correction", test_correction);
  g_test_add_func ("/stamp/damaged", test_damaged);
  g_test_add_func ("/stamp/device", test_device);
  return g_test_run ();
}
