/* test-csv.c: every kind of CSV that an office has, and every kind of damage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <locale.h>
#include <string.h>

#include "base/dure-error.h"
#include "exchange/dure-csv.h"

/* All cells as text: cells apart by "|", rows by "/". */
static char *
read_all_of (const char *data, gsize length, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (DureCsv) csv = dure_csv_new (data, length, &local);
  g_autoptr (GString) text = g_string_new (NULL);
  GPtrArray *row;

  while (csv != NULL && dure_csv_next (csv, &row, &local))
    {
      if (text->len > 0)
        g_string_append_c (text, '/');
      for (guint i = 0; i < row->len; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", (const char *)row->pdata[i]);
    }
  if (local == NULL)
    return g_strdup (text->str);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static char *
read_all (const char *data)
{
  g_autoptr (GError) error = NULL;
  char *text = read_all_of (data, strlen (data), &error);

  g_assert_no_error (error);
  return text;
}

#define assert_reads(data, expected)          \
  do                                          \
    {                                         \
      g_autofree char *got = read_all (data); \
      g_assert_cmpstr (got, ==, (expected));  \
    }                                         \
  while (0)

static void
test_dialects (void)
{
  assert_reads ("", "");
  assert_reads ("\n\r\n\r", "");
  assert_reads ("a,b\nc,d\n", "a|b/c|d");
  assert_reads ("a,b\r\nc,d", "a|b/c|d");
  assert_reads ("a,b\rc,d\r", "a|b/c|d");
  assert_reads ("a\tb, c\nd\te\n", "a|b, c/d|e");
  assert_reads ("a;b;c,d\n1;2;3\n", "a|b|c,d/1|2|3");
  assert_reads (DURE_CSV_BOM "이름,전화\n가,1\n", "이름|전화/가|1");
  assert_reads ("a,,\n,,b\n", "a||/||b");
  assert_reads ("a\n\n\nb\n", "a/b");
  assert_reads ("\"a;b;c\",d\n", "a;b;c|d");
}

static void
test_quotes (void)
{
  assert_reads ("\"a,b\",\"c\"\"d\"\"\"\n", "a,b|c\"d\"");
  assert_reads ("\"line\nline\",x\n", "line\nline|x");
  assert_reads ("\"line\r\nline\rline\"\r\ny\r\n", "line\nline\nline/y");
  assert_reads ("\"\",\"\"\n", "|");
  assert_reads ("a\"b,c\n", "a\"b|c");
}

static void
test_rows_and_lines (void)
{
  static const char data[] = "a,b\n\n\"two\nlines\",1\nlast,2\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (DureCsv) csv = dure_csv_new (data, strlen (data), &error);
  GPtrArray *row;

  g_assert_no_error (error);
  g_assert_true (dure_csv_next (csv, &row, &error));
  g_assert_cmpuint (dure_csv_get_row (csv), ==, 1);
  g_assert_true (dure_csv_next (csv, &row, &error));
  g_assert_cmpuint (dure_csv_get_row (csv), ==, 3);
  g_assert_cmpuint (dure_csv_get_line (csv), ==, 3);
  g_assert_true (dure_csv_next (csv, &row, &error));
  g_assert_cmpstr (row->pdata[0], ==, "last");
  g_assert_cmpuint (dure_csv_get_row (csv), ==, 4);
  g_assert_cmpuint (dure_csv_get_line (csv), ==, 5);
  g_assert_cmpfloat (dure_csv_get_fraction (csv), ==, 1.0);
  g_assert_false (dure_csv_next (csv, &row, &error));
  g_assert_no_error (error);
}

static void
test_encodings (void)
{
  /* 똠펲뷁 exist in CP949 but not in EUC-KR. */
  static const char        text[] = "이름,비고\n똠펲뷁,가나다\n";
  static const char *const charsets[] = { "CP949", "UTF-16LE" };
  g_autofree char         *swapped = NULL;
  g_autofree char         *got = NULL;
  gsize                    length;

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) bytes = g_string_new (NULL);
      g_autoptr (DureCsv) csv = NULL;
      g_autofree char *coded = g_convert (text, -1, charsets[i], "UTF-8", NULL, &length, &error);
      g_autofree char *read = NULL;

      g_assert_no_error (error);
      if (i == 1)
        g_string_append_len (bytes, "\xFF\xFE", 2);
      g_string_append_len (bytes, coded, (gssize)length);
      read = read_all_of (bytes->str, bytes->len, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (read, ==, "이름|비고/똠펲뷁|가나다");
      csv = dure_csv_new (bytes->str, bytes->len, &error);
      g_assert_cmpstr (dure_csv_get_encoding (csv), ==, i == 0 ? "CP949" : "UTF-16");
    }
}

static void
assert_refused (const char *data, gsize length, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_all_of (data, length, &error);

  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_assert_null (text);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not name “%s”", error->message, part);
}

static void
test_damage (void)
{
  assert_refused ("a,b\n가,\"never closed\n", strlen ("a,b\n가,\"never closed\n"), "line 2, column 3");
  assert_refused ("a\n\"x\"y\n", strlen ("a\n\"x\"y\n"), "Line 2, column 4");
  assert_refused ("a\nb\0c\n", 6, "Line 2");
  assert_refused ("a\nb\n\xff\xff\xff\n", 8, "Line 3");
  assert_refused (DURE_CSV_BOM "a\n\xb0\xa1\n", 3 + 5, "Line 2");
  assert_refused ("\xFF\xFE\x00\xD8", 4, "Line 1");
  assert_refused ("\"", 1, "line 1, column 1");
}

static void
test_defuse (void)
{
  static const char *const evil[]
      = { "=1+1", "+82 2", "-1", "@SUM(A1)", "\tx", "'=1", "''+", "'", "it's", "", "광명", "a=b" };

  for (guint i = 0; i < G_N_ELEMENTS (evil); i++)
    {
      g_autofree char *safe = dure_csv_defuse (evil[i]);
      g_autofree char *back = dure_csv_undefuse (safe);

      g_assert_null (*safe != '\0' ? strchr ("=+-@\t\r", safe[0]) : NULL);
      g_assert_cmpstr (back, ==, evil[i]);
    }
}

static void
test_write_reads_back (void)
{
  static const char *const cells[]
      = { "광명", "a,b", "say \"x\"", "two\nlines", "=HYPERLINK()", "", "  space ", "tab\there", NULL };
  const guint n = G_N_ELEMENTS (cells);
  g_autoptr (GString) out = g_string_new (DURE_CSV_BOM);
  g_autoptr (GError) error = NULL;
  g_autoptr (DureCsv) csv = NULL;
  GPtrArray *row;

  dure_csv_append_row (out, cells, n, "\r\n");
  dure_csv_append_row (out, cells, n, "\r\n");
  csv = dure_csv_new (out->str, out->len, &error);
  for (guint r = 0; r < 2; r++)
    {
      g_assert_true (dure_csv_next (csv, &row, &error));
      g_assert_cmpuint (row->len, ==, n);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *cell = dure_csv_undefuse (row->pdata[i]);

          g_assert_cmpstr (cell, ==, cells[i] != NULL ? cells[i] : "");
        }
    }
  g_assert_false (dure_csv_next (csv, &row, &error));
  g_assert_no_error (error);
}

static void
test_cp949_names_what_it_lacks (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) good = dure_csv_to_cp949 ("똠\r\n", &error);
  g_autoptr (GBytes) bad = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (good), ==, 4);
  bad = dure_csv_to_cp949 ("가\n나😀\n", &error);
  g_assert_null (bad);
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Line 2"));
  g_assert_nonnull (strstr (error->message, "😀"));
}

static void
test_open_names_the_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) folder = NULL;

  g_assert_null (dure_csv_open ("/nonexistent/표.csv", &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nonexistent/표.csv"));
  g_assert_null (dure_csv_open (g_get_tmp_dir (), &folder));
  g_assert_error (folder, DURE_ERROR, DURE_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/csv/dialects", test_dialects);
  g_test_add_func ("/exchange/csv/quotes", test_quotes);
  g_test_add_func ("/exchange/csv/rows-and-lines", test_rows_and_lines);
  g_test_add_func ("/exchange/csv/encodings", test_encodings);
  g_test_add_func ("/exchange/csv/damage", test_damage);
  g_test_add_func ("/exchange/csv/defuse", test_defuse);
  g_test_add_func ("/exchange/csv/write-reads-back", test_write_reads_back);
  g_test_add_func ("/exchange/csv/cp949-names-what-it-lacks", test_cp949_names_what_it_lacks);
  g_test_add_func ("/exchange/csv/open-names-the-file", test_open_names_the_file);
  return g_test_run ();
}
