/* fuzz-export.c: the readers of an exported store's records and history, fed with anything (libFuzzer)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two parts: lines of agencies, and lines of their history. What is taken must be taken again as it is exported anew.
 */
#include "config.h"

#include <string.h>

#include "fuzz-fixture.h"
#include "store/dure-store-dump.h"
#include "store/dure-store-load.h"

static gboolean
load (DureStore *store, gboolean history, const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *stop = memchr (text, '\n', (gsize)(end - text));

      stop = stop != NULL ? stop : end;
      if (!(history ? dure_store_load_change (store, text, (gsize)(stop - text), NULL)
                    : dure_store_load_record (store, DURE_ENTITY_AGENCY, text, (gsize)(stop - text), NULL)))
        return FALSE;
      text = stop + 1;
    }
  return TRUE;
}

static gboolean
keep (const char *line, gsize length, gpointer data, GError **error)
{
  g_string_append_len (data, line, (gssize)length);
  return TRUE;
}

/* Records and history as they would be exported. */
static GString *
dump (DureStore *store, gboolean history)
{
  GString *lines = g_string_new (NULL);

  if (!(history ? dure_store_dump_history (store, keep, lines, NULL)
                : dure_store_dump_records (store, DURE_ENTITY_AGENCY, keep, lines, NULL)))
    g_error ("not exported");
  return lines;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static DureStore *store;
  g_autofree char *records = NULL;
  g_autofree char *history = NULL;
  g_autoptr (GString) first_records = NULL;
  g_autoptr (GString) first_history = NULL;
  g_autoptr (GString) again_records = NULL;
  g_autoptr (GString) again_history = NULL;
  gsize    n_records = 0, n_history = 0;
  gboolean good;

  if (store == NULL)
    store = dure_store_open (":memory:", DURE_STORE_CREATE, NULL);
  records = fuzz_next_part (&data, &size, &n_records);
  history = fuzz_next_part (&data, &size, &n_history);
  if (!dure_store_load_begin (store, NULL))
    g_error ("something was left");
  good = load (store, FALSE, records, n_records) && load (store, TRUE, history, n_history);
  first_records = dump (store, FALSE);
  first_history = dump (store, TRUE);
  dure_store_rollback (store);
  if (!good)
    return 0;
  if (!dure_store_load_begin (store, NULL) || !load (store, FALSE, first_records->str, first_records->len)
      || !load (store, TRUE, first_history->str, first_history->len))
    g_error ("not taken again: %s%s", first_records->str, first_history->str);
  again_records = dump (store, FALSE);
  again_history = dump (store, TRUE);
  dure_store_rollback (store);
  if (strcmp (first_records->str, again_records->str) != 0 || strcmp (first_history->str, again_history->str) != 0)
    g_error ("another: %s%s", first_records->str, first_history->str);
  return 0;
}
