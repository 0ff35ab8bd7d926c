/* dure-uuid.c: UUIDs of version 7 (new records) and 5 (from a natural key), RFC 9562
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Version 7 as in section 6.2 of the RFC, method 1: the twelve bits after the time are a counter that starts at a
 * random place in its lower half for each new millisecond and counts up within one; when it is full, or the wall clock
 * went back, the time field runs on by itself. So the ids of one process are strictly increasing, and the last 62 bits
 * are random.
 */
#define G_LOG_DOMAIN "dure-base"

#include "config.h"

#include "base/dure-uuid.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "base/dure-hex-private.h"

#define COUNTER_START 0x7ff
#define COUNTER_MAX 0xfff

typedef struct
{
  guint8  bytes[1024];
  gsize   used;
  guint64 last_ms;
  guint   counter;
} Generator;

static GMutex    generator_lock;
static Generator generator = { .used = sizeof generator.bytes };

static void
random_fill (guint8 *bytes, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize got = getrandom (bytes + done, length - done, 0);

      if (got > 0)
        done += (gsize)got;
      else if (errno != EINTR)
        g_error ("The system gives no random numbers: %s", g_strerror (errno));
    }
}

/* Ten random bytes from the buffer; the lock is held. */
static const guint8 *
random_take (void)
{
  const guint8 *bytes;

  if (generator.used + 10 > sizeof generator.bytes)
    {
      random_fill (generator.bytes, sizeof generator.bytes);
      generator.used = 0;
    }
  bytes = generator.bytes + generator.used;
  generator.used += 10;
  return bytes;
}

static void
write_text (const guint8 bytes[16], char *out)
{
  static const char digits[] = "0123456789abcdef";

  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = digits[bytes[i] >> 4];
      *out++ = digits[bytes[i] & 0xf];
    }
  *out = '\0';
}

static gboolean
read_text (const char *text, guint8 bytes[16])
{
  for (int i = 0; i < 16; i++)
    {
      int high, low;

      if (i == 4 || i == 6 || i == 8 || i == 10)
        {
          if (*text != '-')
            return FALSE;
          text++;
        }
      high = dure_hex_value (text[0]);
      if (high < 0)
        return FALSE;
      low = dure_hex_value (text[1]);
      if (low < 0)
        return FALSE;
      bytes[i] = (guint8)(high << 4 | low);
      text += 2;
    }
  return *text == '\0';
}

/**
 * dure_uuid_v7:
 * @out: (out caller-allocates): room for the text and its end
 *
 * Makes the id of a new record. Ids of one process are strictly increasing as text, also when the wall clock goes back.
 * May be called from any thread.
 */
void
dure_uuid_v7 (char out[DURE_UUID_LENGTH + 1])
{
  guint64       now = (guint64)(g_get_real_time () / 1000);
  guint8        bytes[16];
  const guint8 *noise;

  g_mutex_lock (&generator_lock);
  noise = random_take ();
  if (now > generator.last_ms)
    {
      generator.last_ms = now;
      generator.counter = ((guint)noise[8] << 8 | noise[9]) & COUNTER_START;
    }
  else if (++generator.counter > COUNTER_MAX)
    {
      generator.last_ms++;
      generator.counter = ((guint)noise[8] << 8 | noise[9]) & COUNTER_START;
    }
  for (int i = 0; i < 6; i++)
    bytes[i] = (guint8)(generator.last_ms >> (40 - 8 * i));
  bytes[6] = (guint8)(0x70 | generator.counter >> 8);
  bytes[7] = (guint8)generator.counter;
  memcpy (bytes + 8, noise, 8);
  g_mutex_unlock (&generator_lock);

  bytes[8] = (guint8)(0x80 | (bytes[8] & 0x3f));
  write_text (bytes, out);
}

/**
 * dure_uuid_v5:
 * @name_space: a UUID as text
 * @name: the natural key
 * @length: its length in bytes, or -1 when it ends with a zero
 * @out: (out caller-allocates): room for the text and its end
 *
 * Makes the id that belongs to a natural key: the same on every device.
 */
void
dure_uuid_v5 (const char *name_space, const char *name, gssize length, char out[DURE_UUID_LENGTH + 1])
{
  g_autoptr (GChecksum) checksum = NULL;
  guint8 bytes[20];
  gsize  size = sizeof bytes;

  out[0] = '\0';
  g_return_if_fail (name_space != NULL && name != NULL);
  g_return_if_fail (read_text (name_space, bytes));

  checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_checksum_update (checksum, bytes, 16);
  g_checksum_update (checksum, (const guchar *)name, length < 0 ? (gssize)strlen (name) : length);
  g_checksum_get_digest (checksum, bytes, &size);
  bytes[6] = (guint8)(0x50 | (bytes[6] & 0x0f));
  bytes[8] = (guint8)(0x80 | (bytes[8] & 0x3f));
  write_text (bytes, out);
}

/**
 * dure_uuid_is_valid:
 * @text: (nullable): any text
 *
 * Returns: whether @text is a UUID of any version, in lower case as this program writes them
 */
gboolean
dure_uuid_is_valid (const char *text)
{
  guint8 bytes[16];

  return text != NULL && read_text (text, bytes);
}
