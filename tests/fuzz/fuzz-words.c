/* fuzz-words.c: the short texts that come from outside: stamps, numbers of records, names, addresses, live messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/dure-stamp.h"
#include "base/dure-uuid.h"
#include "fuzz-fixture.h"
#include "server/dure-storage.h"
#include "sync/dure-client.h"
#include "sync/dure-live.h"
#include "sync/dure-wire.h"

/* A stamp says its time and its device, and the clock's next one is larger. */
static void
check_stamp (const char *word)
{
  g_autoptr (DureClock) clock = dure_clock_new ("00000000000000aa");
  char             next[DURE_STAMP_LENGTH + 1];
  g_autofree char *time = NULL;

  dure_clock_observe (clock, word);
  dure_clock_next (clock, next);
  if (!dure_stamp_is_valid (next))
    g_error ("the clock gives %s", next);
  if (!dure_stamp_is_valid (word))
    {
      if (dure_stamp_ms (word) != -1 || dure_stamp_device (word) != NULL)
        g_error ("%s is a stamp, and is none", word);
      return;
    }
  time = g_strdup_printf ("%012" G_GINT64_MODIFIER "x", dure_stamp_ms (word));
  if (strlen (word) != DURE_STAMP_LENGTH || strncmp (word, time, 12) != 0
      || strlen (dure_stamp_device (word)) != DURE_DEVICE_LENGTH)
    g_error ("%s is taken for a stamp", word);
  /* After the year 2199 no clock can be. */
  if (strcmp (next, word) <= 0 && dure_stamp_ms (word) < G_GINT64_CONSTANT (7258118400000))
    g_error ("%s comes after %s", next, word);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *word = g_strndup ((const char *)data, size);
  g_autofree char *url = NULL;
  g_autofree char *again = NULL;
  gint64           seq = -1;

  check_stamp (word);
  if (dure_uuid_is_valid (word) && strlen (word) != DURE_UUID_LENGTH)
    g_error ("%s is no number of a record", word);
  if (dure_storage_is_name (word) && strpbrk (word, "/.%\\ \n") != NULL)
    g_error ("%s is no name of a file", word);
  dure_wire_is_key (word);
  url = dure_client_check_url (word, NULL);
  again = url != NULL ? dure_client_check_url (url, NULL) : NULL;
  if (g_strcmp0 (url, again) != 0)
    g_error ("%s is an address, and %s is another", url, again);
  if (dure_live_parse ((const char *)data, size, &seq) != (seq >= 0))
    g_error ("a live message of number %" G_GINT64_FORMAT, seq);
  return 0;
}
