/* dure-random.h: random numbers that are the same on every machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Not for secrets.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

static inline guint64
dure_random_next (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* 0 <= x < 1 */
static inline double
dure_random_double (guint64 *state)
{
  return (double)(dure_random_next (state) >> 11) * (1.0 / 9007199254740992.0);
}

/* 0 <= x < n; the bias of the multiplication is below 2^-32 */
static inline guint
dure_random_below (guint64 *state, guint n)
{
  return (guint)(((dure_random_next (state) >> 32) * (guint64)n) >> 32);
}

G_END_DECLS
