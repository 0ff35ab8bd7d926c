/* dure-reading-kernels.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-reading-kernels.h"

#include <math.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef float   Eight __attribute__ ((vector_size (32), may_alias));
typedef float   Four __attribute__ ((vector_size (16), may_alias));
typedef float   FourFree __attribute__ ((vector_size (16), may_alias, aligned (4)));
typedef gint32  FourInt __attribute__ ((vector_size (16), may_alias));
typedef guint16 FourShort __attribute__ ((vector_size (8), may_alias, aligned (2)));
typedef gint32  EightInt __attribute__ ((vector_size (32), may_alias));
typedef guint64 FourLong __attribute__ ((vector_size (32), may_alias));

#define INLINE static inline __attribute__ ((always_inline))
#define ALL(v) \
  (Eight) { v, v, v, v, v, v, v, v }
#define AT(array, i) (*(const Eight *)(gconstpointer) & (array)[i])

/* Square roots of four numbers. */
#if defined(__SSE2__)
#define ROOTS(v) ((Four)_mm_sqrt_ps ((__m128)(v)))
#else
#define ROOTS(v) ((Four){ sqrtf ((v)[0]), sqrtf ((v)[1]), sqrtf ((v)[2]), sqrtf ((v)[3]) })
#endif

INLINE guint
touching (const DureReadingTies *ties, const DureReadingBox *box, guint *found)
{
  const Eight left = ALL (box->left);
  const Eight top = ALL (box->top);
  const Eight right = ALL (box->right);
  const Eight bottom = ALL (box->bottom);
  guint       n = 0;

  for (guint e = 0; e < ties->n; e += 8)
    {
      Eight    ax = AT (ties->ax, e);
      Eight    ay = AT (ties->ay, e);
      Eight    bx = AT (ties->bx, e);
      Eight    by = AT (ties->by, e);
      EightInt off = ((ax < left) & (bx < left)) | ((ax > right) & (bx > right)) | ((ay < top) & (by < top))
                     | ((ay > bottom) & (by > bottom));
      FourLong words = (FourLong)~off;

      if ((words[0] | words[1] | words[2] | words[3]) == 0)
        continue;
      for (guint k = 0; k < 8; k++)
        {
          found[n] = e + k;
          n += off[k] == 0;
        }
    }
  return n;
}

INLINE void
sides (const DureReadingTies *ties, float px, float py, float *side)
{
  const Eight x = ALL (px);
  const Eight y = ALL (py);

  for (guint e = 0; e < ties->n; e += 8)
    {
      Eight ax = AT (ties->ax, e);
      Eight ay = AT (ties->ay, e);
      Eight dx = AT (ties->bx, e) - ax;
      Eight dy = AT (ties->by, e) - ay;

      *(Eight *)(gpointer)&side[e] = dx * (y - ay) - dy * (x - ax);
    }
}

INLINE guint64
crossings (
    const DureReadingTies *ties, const float *side_p, const float *side_q, float px, float py, float qx, float qy)
{
  const Eight dx = ALL (qx - px);
  const Eight dy = ALL (qy - py);
  const Eight x = ALL (px);
  const Eight y = ALL (py);
  const Eight zero = { 0 };
  EightInt    found = { 0 };
  guint64     sum = 0;

  for (guint e = 0; e < ties->n; e += 8)
    {
      Eight s = AT (side_p, e) * AT (side_q, e);
      Eight a = dx * (AT (ties->ay, e) - y) - dy * (AT (ties->ax, e) - x);
      Eight b = dx * (AT (ties->by, e) - y) - dy * (AT (ties->bx, e) - x);

      found -= (s < zero) & (a * b < zero);
    }
  for (guint k = 0; k < 8; k++)
    sum += (guint64)found[k];
  return sum;
}

INLINE double
on_ties (const DureReadingTies *ties, float px, float py, float nearer)
{
  const Eight x = ALL (px);
  const Eight y = ALL (py);
  const Eight one = ALL (1.0f);
  const Eight close = ALL (nearer);
  const Eight zero = { 0 };
  Eight       found = { 0 };
  double      sum = 0;

  for (guint e = 0; e < ties->n; e += 8)
    {
      Eight ax = AT (ties->ax, e);
      Eight ay = AT (ties->ay, e);
      Eight dx = AT (ties->bx, e) - ax;
      Eight dy = AT (ties->by, e) - ay;
      Eight along = dx * (x - ax) + dy * (y - ay);
      Eight off = dx * (y - ay) - dy * (x - ax);
      Eight length = dx * dx + dy * dy;
      Eight lacking = one - off * off * close / length;

      found += (Eight)((EightInt)lacking & (lacking > zero) & (along > zero) & (along < length));
    }
  for (guint k = 0; k < 8; k++)
    sum += found[k];
  return sum;
}

INLINE double
on_line (const float *x, const float *y, guint n, float px, float py, float qx, float qy, float nearer)
{
  const Eight dx = ALL (qx - px);
  const Eight dy = ALL (qy - py);
  const Eight ax = ALL (px);
  const Eight ay = ALL (py);
  const float squared = (qx - px) * (qx - px) + (qy - py) * (qy - py);
  const float part = squared > 0 ? nearer / squared : 0;
  const Eight one = ALL (1.0f);
  const Eight close = ALL (part);
  const Eight length = ALL (squared);
  const Eight zero = { 0 };
  Eight       found = { 0 };
  double      sum = 0;

  for (guint j = 0; j < n; j += 8)
    {
      Eight rx = AT (x, j) - ax;
      Eight ry = AT (y, j) - ay;
      Eight along = dx * rx + dy * ry;
      Eight off = dx * ry - dy * rx;
      Eight lacking = one - off * off * close;

      found += (Eight)((EightInt)lacking & (lacking > zero) & (along > zero) & (along < length));
    }
  for (guint k = 0; k < 8; k++)
    sum += found[k];
  return sum;
}

INLINE DureReadingSums
distances (
    const float *x, const float *y, const float *mass, const float *inverse, guint n, float px, float py, float nearer)
{
  const Eight     qx = ALL (px);
  const Eight     qy = ALL (py);
  const Eight     one = ALL (1.0f);
  const Eight     close = ALL (nearer);
  const Eight     zero = { 0 };
  Four            low = { 0 };
  Four            high = { 0 };
  Eight           squares = { 0 };
  Eight           near = { 0 };
  DureReadingSums sums = { 0, 0, 0 };

  for (guint j = 0; j < n; j += 8)
    {
      Eight dx = AT (x, j) - qx;
      Eight dy = AT (y, j) - qy;
      Eight w = AT (mass, j);
      Eight i = AT (inverse, j);
      Eight l = dx * dx + dy * dy;
      Eight q = l * i * i;
      Eight lacking = one - l * close;

      low += ((const Four *)&w)[0] * ROOTS (((const Four *)&q)[0]);
      high += ((const Four *)&w)[1] * ROOTS (((const Four *)&q)[1]);
      squares += w * q;
      near += (Eight)((EightInt)lacking & (lacking > zero));
    }
  for (guint k = 0; k < 8; k++)
    {
      sums.lengths += k < 4 ? low[k] : high[k - 4];
      sums.squares += squares[k];
      sums.near += near[k];
    }
  return sums;
}

INLINE DureReadingSums
wish (const guint16 *distance,
      guint          n,
      const float   *x,
      const float   *y,
      float          px,
      float          py,
      float         *wx,
      float         *wy,
      float         *weight)
{
  const FourFree  qx = { px, px, px, px };
  const FourFree  qy = { py, py, py, py };
  const FourFree  tiny = { 1e-12f, 1e-12f, 1e-12f, 1e-12f };
  FourFree        lengths = { 0 };
  FourFree        squares = { 0 };
  guint           v = 0;
  DureReadingSums sums = { 0, 0, 0 };

  for (; v + 4 <= n; v += 4)
    {
      FourInt  d = __builtin_convertvector(*(const FourShort *)(gconstpointer)&distance[v], FourInt);
      FourFree i = (FourFree)((FourInt)(1 / __builtin_convertvector(d, FourFree)) & (d > 0));
      FourFree dx = *(const FourFree *)(gconstpointer)&x[v] - qx;
      FourFree dy = *(const FourFree *)(gconstpointer)&y[v] - qy;
      FourFree l = ROOTS (dx * dx + dy * dy + tiny);
      FourFree ratio = l * i;
      FourFree w = i * i;
      FourFree f = i / l;

      lengths += ratio;
      squares += ratio * ratio;
      *(FourFree *)(gpointer)&wx[v] += w * qx + f * dx;
      *(FourFree *)(gpointer)&wy[v] += w * qy + f * dy;
      *(FourFree *)(gpointer)&weight[v] += w;
    }
  for (; v < n; v++)
    {
      float i = distance[v] > 0 ? 1.0f / distance[v] : 0;
      float dx = x[v] - px;
      float dy = y[v] - py;
      float l = sqrtf (dx * dx + dy * dy + 1e-12f);

      sums.lengths += l * i;
      sums.squares += l * i * l * i;
      wx[v] += i * i * px + i / l * dx;
      wy[v] += i * i * py + i / l * dy;
      weight[v] += i * i;
    }
  for (guint k = 0; k < 4; k++)
    {
      sums.lengths += lengths[k];
      sums.squares += squares[k];
    }
  return sums;
}

/* clang-format off */
#define VARIANT(name, attribute)                                                                                       \
  attribute static guint touching_##name (const DureReadingTies *ties, const DureReadingBox *box, guint *found)        \
  {                                                                                                                    \
    return touching (ties, box, found);                                                                                \
  }                                                                                                                    \
  attribute static void sides_##name (const DureReadingTies *ties, float px, float py, float *side)                    \
  {                                                                                                                    \
    sides (ties, px, py, side);                                                                                        \
  }                                                                                                                    \
  attribute static guint64 crossings_##name (const DureReadingTies *ties, const float *side_p, const float *side_q,    \
                                             float px, float py, float qx, float qy)                                   \
  {                                                                                                                    \
    return crossings (ties, side_p, side_q, px, py, qx, qy);                                                           \
  }                                                                                                                    \
  attribute static double on_ties_##name (const DureReadingTies *ties, float px, float py, float nearer)               \
  {                                                                                                                    \
    return on_ties (ties, px, py, nearer);                                                                             \
  }                                                                                                                    \
  attribute static double on_line_##name (const float *x, const float *y, guint n, float px, float py, float qx,       \
                                          float qy, float nearer)                                                      \
  {                                                                                                                    \
    return on_line (x, y, n, px, py, qx, qy, nearer);                                                                  \
  }                                                                                                                    \
  attribute static DureReadingSums distances_##name (const float *x, const float *y, const float *mass,                \
                                                     const float *inverse, guint n, float px, float py, float nearer)  \
  {                                                                                                                    \
    return distances (x, y, mass, inverse, n, px, py, nearer);                                                         \
  }                                                                                                                    \
  attribute static DureReadingSums wish_##name (const guint16 *distance, guint n, const float *x, const float *y,      \
                                                float px, float py, float *wx, float *wy, float *weight)               \
  {                                                                                                                    \
    return wish (distance, n, x, y, px, py, wx, wy, weight);                                                           \
  }
/* clang-format on */

VARIANT (any, )
#if defined(__x86_64__)
VARIANT (avx2, __attribute__ ((target ("avx2"))))
#endif

/**
 * dure_reading_kernels:
 *
 * Returns: the loops that are fastest on this machine
 */
DureReadingKernels
dure_reading_kernels (void)
{
#if defined(__x86_64__)
  if (__builtin_cpu_supports ("avx2"))
    return (DureReadingKernels){ touching_avx2, sides_avx2,     crossings_avx2, on_ties_avx2,
                                 on_line_avx2,  distances_avx2, wish_avx2 };
#endif
  return (
      DureReadingKernels){ touching_any, sides_any, crossings_any, on_ties_any, on_line_any, distances_any, wish_any };
}
