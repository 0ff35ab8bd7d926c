/* fuzz-csv.c: any bytes at all as a CSV file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read must be UTF-8, and written again must read back the same.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/dure-csv.h"
#include "fuzz-fixture.h"

static void
check_read_back (GString *written, GPtrArray *cells)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureCsv) again = NULL;
  GPtrArray *row;
  guint      at = 0;

  if (written->len == 0)
    return;
  /* The mark and a heading row with commas fix the dialect. */
  again = dure_csv_new (written->str, written->len, &error);
  if (again == NULL)
    abort ();
  dure_csv_next (again, &row, NULL);
  while (dure_csv_next (again, &row, &error))
    for (guint i = 0; i < row->len; i++, at++)
      {
        g_autofree char *cell = dure_csv_undefuse (row->pdata[i]);

        if (at >= cells->len || strcmp (cell, cells->pdata[at]) != 0)
          abort ();
      }
  if (error != NULL || at != cells->len)
    abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const heading[] = { "a", "b" };
  g_autoptr (GError) error = NULL;
  g_autoptr (DureCsv) csv = dure_csv_new ((const char *)data, size, &error);
  g_autoptr (GString) written = g_string_new (DURE_CSV_BOM);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *row;

  if ((csv == NULL) != (error != NULL))
    abort ();
  if (csv == NULL)
    return 0;
  dure_csv_append_row (written, heading, 2, "\r\n");
  while (dure_csv_next (csv, &row, &error))
    {
      if (row->len == 0)
        abort ();
      for (guint i = 0; i < row->len; i++)
        {
          if (!g_utf8_validate (row->pdata[i], -1, NULL))
            abort ();
          g_ptr_array_add (cells, g_strdup (row->pdata[i]));
        }
      dure_csv_append_row (written, (const char *const *)row->pdata, row->len, "\r\n");
    }
  if (error == NULL && dure_csv_get_fraction (csv) < 1.0)
    abort ();
  check_read_back (written, cells);
  return 0;
}
