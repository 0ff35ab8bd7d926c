/* dure-stamp.c: hybrid logical clock; text order is time order and no two stamps are alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-stamp.h"

#include "base/dure-date.h"

#include <string.h>

#include "base/dure-hex-private.h"
#include "base/dure-uuid.h"

#define MS_DIGITS 12
#define COUNTER_DIGITS 4
#define COUNTER_MAX 0xffff
#define DEVICE_AT (MS_DIGITS + 1 + COUNTER_DIGITS + 1)

/* No stamp of this program is later: 2200-01-01. A larger one is damage and must not carry the clock away. */
#define LAST_MS G_GINT64_CONSTANT (7258118400000)

struct _DureClock
{
  GMutex lock;
  char   device[DURE_DEVICE_LENGTH + 1];
  gint64 offset;
  gint64 last_ms;
  guint  counter;
};

static void
write_hex (char *out, guint64 value, int digits)
{
  static const char hex[] = "0123456789abcdef";

  for (int i = digits - 1; i >= 0; i--)
    {
      out[i] = hex[value & 0xf];
      value >>= 4;
    }
}

static gboolean
read_hex (const char *text, int digits, guint64 *value)
{
  *value = 0;
  for (int i = 0; i < digits; i++)
    {
      int digit = dure_hex_value (text[i]);

      if (digit < 0)
        return FALSE;
      *value = *value << 4 | (guint64)digit;
    }
  return TRUE;
}

static gboolean
read_stamp (const char *stamp, gint64 *ms, guint *counter)
{
  guint64 time, count, device;

  if (stamp == NULL || strnlen (stamp, DURE_STAMP_LENGTH + 1) != DURE_STAMP_LENGTH || stamp[MS_DIGITS] != '-'
      || stamp[DEVICE_AT - 1] != '-')
    return FALSE;
  if (!read_hex (stamp, MS_DIGITS, &time) || !read_hex (stamp + MS_DIGITS + 1, COUNTER_DIGITS, &count)
      || !read_hex (stamp + DEVICE_AT, DURE_DEVICE_LENGTH, &device))
    return FALSE;
  *ms = (gint64)time;
  *counter = (guint)count;
  return TRUE;
}

static gboolean
is_device (const char *device)
{
  guint64 value;

  return device != NULL && strlen (device) == DURE_DEVICE_LENGTH && read_hex (device, DURE_DEVICE_LENGTH, &value);
}

/**
 * dure_clock_new:
 * @device: the device's number, sixteen lower-case hexadecimal digits (dure_device_new())
 *
 * A clock may be used from any thread.
 *
 * Returns: (transfer full): a clock; free with dure_clock_free()
 */
DureClock *
dure_clock_new (const char *device)
{
  DureClock *self;

  g_return_val_if_fail (is_device (device), NULL);

  self = g_new0 (DureClock, 1);
  g_mutex_init (&self->lock);
  memcpy (self->device, device, sizeof self->device);
  return self;
}

/**
 * dure_clock_free:
 * @self: (nullable) (transfer full): a clock
 */
void
dure_clock_free (DureClock *self)
{
  if (self == NULL)
    return;
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * dure_clock_get_device:
 * @self: a clock
 *
 * Returns: (transfer none): the device's number
 */
const char *
dure_clock_get_device (DureClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->device;
}

/**
 * dure_clock_next:
 * @self: a clock
 * @out: (out caller-allocates): room for the stamp and its end
 *
 * Gives a stamp that is larger than every stamp given or observed before, even when the wall clock goes back.
 */
void
dure_clock_next (DureClock *self, char out[DURE_STAMP_LENGTH + 1])
{
  gint64 now;

  out[0] = '\0';
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  now = dure_now_ms () + self->offset;
  if (now > self->last_ms)
    {
      self->last_ms = now;
      self->counter = 0;
    }
  else if (++self->counter > COUNTER_MAX)
    {
      self->last_ms++;
      self->counter = 0;
    }
  write_hex (out, (guint64)self->last_ms, MS_DIGITS);
  write_hex (out + MS_DIGITS + 1, self->counter, COUNTER_DIGITS);
  g_mutex_unlock (&self->lock);

  out[MS_DIGITS] = '-';
  out[DEVICE_AT - 1] = '-';
  memcpy (out + DEVICE_AT, self->device, DURE_DEVICE_LENGTH + 1);
}

/**
 * dure_clock_observe:
 * @self: a clock
 * @stamp: a stamp that came from elsewhere, or was found in the file
 *
 * From now on the clock gives only stamps that are larger than @stamp, so that an answer to a change never sorts before
 * it. A text that is no stamp, or one of after the year 2199, is left aside.
 */
void
dure_clock_observe (DureClock *self, const char *stamp)
{
  gint64 ms;
  guint  counter;

  g_return_if_fail (self != NULL);

  if (!read_stamp (stamp, &ms, &counter) || ms >= LAST_MS)
    return;
  g_mutex_lock (&self->lock);
  if (ms > self->last_ms || (ms == self->last_ms && counter > self->counter))
    {
      self->last_ms = ms;
      self->counter = counter;
    }
  g_mutex_unlock (&self->lock);
}

/**
 * dure_clock_set_offset:
 * @self: a clock
 * @milliseconds: what to add to this machine's time to get the server's
 *
 * Corrects a wrong wall clock. When the clock stood more than five minutes ahead of the corrected time it steps back to
 * it: what was stamped ahead has to be stamped again by the caller.
 */
void
dure_clock_set_offset (DureClock *self, gint64 milliseconds)
{
  gint64 now;

  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->offset = milliseconds;
  now = dure_now_ms () + milliseconds;
  if (self->last_ms > now + DURE_STAMP_MOST_AHEAD_MS)
    {
      self->last_ms = now;
      self->counter = 0;
    }
  g_mutex_unlock (&self->lock);
}

/**
 * dure_stamp_is_valid:
 * @stamp: (nullable): any text
 *
 * Returns: whether @stamp has the form of a stamp
 */
gboolean
dure_stamp_is_valid (const char *stamp)
{
  gint64 ms;
  guint  counter;

  return read_stamp (stamp, &ms, &counter);
}

/**
 * dure_stamp_ms:
 * @stamp: (nullable): a stamp
 *
 * Returns: its time in milliseconds since 1970 (UTC), or -1 when it is no stamp
 */
gint64
dure_stamp_ms (const char *stamp)
{
  gint64 ms;
  guint  counter;

  return read_stamp (stamp, &ms, &counter) ? ms : -1;
}

/**
 * dure_stamp_device:
 * @stamp: (nullable): a stamp
 *
 * Returns: (transfer none) (nullable): the device's number, a part of @stamp, or %NULL when it is no stamp
 */
const char *
dure_stamp_device (const char *stamp)
{
  return dure_stamp_is_valid (stamp) ? stamp + DEVICE_AT : NULL;
}

/**
 * dure_stamp_derive:
 * @stamp: a good stamp
 * @later: whether the new one is later than @stamp, by one count
 * @what: what it will stamp
 * @out: (out caller-allocates): room for the stamp and its end
 *
 * A stamp that follows from @stamp and @what alone: who makes the same change again gives it the same stamp.
 */
void
dure_stamp_derive (const char *stamp, gboolean later, const char *what, char out[DURE_STAMP_LENGTH + 1])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 ms;
  guint  counter;

  g_return_if_fail (read_stamp (stamp, &ms, &counter));
  if (later && counter == COUNTER_MAX)
    {
      ms++;
      counter = 0;
    }
  else if (later)
    counter++;
  g_checksum_update (sum, (const guchar *)stamp, DURE_STAMP_LENGTH);
  g_checksum_update (sum, (const guchar *)what, -1);
  write_hex (out, (guint64)ms, MS_DIGITS);
  out[MS_DIGITS] = '-';
  write_hex (out + MS_DIGITS + 1, counter, COUNTER_DIGITS);
  out[DEVICE_AT - 1] = '-';
  g_strlcpy (out + DEVICE_AT, g_checksum_get_string (sum), DURE_DEVICE_LENGTH + 1);
}

/**
 * dure_device_new:
 * @out: (out caller-allocates): room for the number and its end
 *
 * Makes a random device number of sixteen hexadecimal digits.
 */
void
dure_device_new (char out[DURE_DEVICE_LENGTH + 1])
{
  char uuid[DURE_UUID_LENGTH + 1];

  /* The last two groups of a version 7 id hold 62 random bits behind two fixed ones. */
  dure_uuid_v7 (uuid);
  memcpy (out, uuid + 19, 4);
  memcpy (out + 4, uuid + 24, 12);
  out[DURE_DEVICE_LENGTH] = '\0';
}
