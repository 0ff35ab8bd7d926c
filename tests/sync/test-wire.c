/* test-wire.c: lines of the wire format, good and bad
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/dure-error.h"
#include "sync/dure-gzip.h"
#include "sync/dure-wire.h"

#define STAMP "0197a1b2c3d4-0000-9f3c000000000001"
#define SEEN "0197a1b2c3d3-0001-9f3c000000000002"
#define ID "01977777-aaaa-7bbb-8ccc-0123456789ab"
#define HEAD "{\"stamp\":\"" STAMP "\",\"entity\":\"agency\",\"id\":\"" ID "\""

static DureChange *
make_change (void)
{
  DureChange *change = dure_change_new (STAMP, "agency", ID, "김주무관");

  dure_change_add (change, "name", "광명 \"종합\" 사회복지관\n둘째 줄\t\\", SEEN);
  dure_change_add (change, "note", NULL, NULL);
  dure_change_add (change, "a_field_of_tomorrow", "😀 값", SEEN);
  dure_change_add (change, "empty", "", NULL);
  return change;
}

static void
assert_same (const DureChange *a, const DureChange *b)
{
  g_assert_cmpstr (a->stamp, ==, b->stamp);
  g_assert_cmpstr (a->entity, ==, b->entity);
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->by, ==, b->by);
  g_assert_cmpuint (a->fields->len, ==, b->fields->len);
  for (guint i = 0; i < a->fields->len; i++)
    {
      const DureChangeField *x = g_ptr_array_index (a->fields, i);
      const DureChangeField *y = g_ptr_array_index (b->fields, i);

      g_assert_cmpstr (x->key, ==, y->key);
      g_assert_cmpstr (x->value, ==, y->value);
      g_assert_cmpstr (x->seen, ==, y->seen);
    }
}

static void
test_there_and_back (void)
{
  g_autoptr (DureChange) change = make_change ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (DureWireLine) line = { 0 };
  g_autoptr (GError) error = NULL;

  dure_wire_append (text, change, 42, 7);
  g_assert_cmpint (text->str[text->len - 1], ==, '\n');
  g_assert_true (memchr (text->str, '\n', text->len - 1) == NULL);
  g_assert_true (dure_wire_parse (text->str, text->len, &line, &error));
  g_assert_no_error (error);
  g_assert_cmpint (line.kind, ==, DURE_WIRE_CHANGE);
  g_assert_cmpint (line.seq, ==, 42);
  g_assert_cmpint (line.change->seq, ==, 42);
  g_assert_cmpint (line.key, ==, 7);
  assert_same (change, line.change);
}

static void
test_start_end (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (DureWireLine) start = { 0 };
  g_auto (DureWireLine) end = { 0 };

  dure_wire_append_start (text, 12, 3, 100);
  g_assert_true (dure_wire_parse (text->str, text->len, &start, NULL));
  g_assert_cmpint (start.kind, ==, DURE_WIRE_START);
  g_assert_cmpint (start.total, ==, 100);
  g_string_truncate (text, 0);
  dure_wire_append_end (text, 13, 3, 1700000000000, TRUE, "viewer");
  dure_wire_append_member (text, "last", STAMP);
  g_assert_true (dure_wire_parse (text->str, text->len, &end, NULL));
  g_assert_cmpint (end.kind, ==, DURE_WIRE_END);
  g_assert_cmpint (end.seq, ==, 13);
  g_assert_cmpint (end.epoch, ==, 3);
  g_assert_cmpint (end.now, ==, 1700000000000);
  g_assert_true (end.more);
  g_assert_cmpstr (end.role, ==, "viewer");
  g_assert_cmpstr (end.last, ==, STAMP);
  g_assert_null (start.last);
}

/* What a newer server may add. */
static void
test_newer (void)
{
  static const char text[]
      = " { \"new\" : [ 1, -2.5e+3, {\"x\":[true,false,null,\"]\"]} ] , \"entity\":\"agency\",\"seen\":{\"name\":null,"
        "\"other\":\"" SEEN "\"},\"set\":{\"name\":\"\\ud83d\\ude00\\u0041\\/\"},\"stamp\":\"" STAMP "\",\"id\":\"" ID
        "\"} ";
  g_auto (DureWireLine) line = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_wire_parse (text, strlen (text), &line, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (dure_change_find (line.change, "name")->value, ==, "😀A/");
  g_assert_null (line.change->by);
}

static void
assert_bad (const char *text, gsize length)
{
  g_auto (DureWireLine) line = { 0 };
  g_autoptr (GError) error = NULL;

  if (dure_wire_parse (text, length, &line, &error))
    g_error ("taken: %.*s", (int)length, text);
  g_assert_error (error, DURE_ERROR, DURE_ERROR_PROTOCOL);
  g_assert_null (line.change);
}

static void
test_bad (void)
{
  static const char *const lines[] = {
    "",
    " ",
    "{",
    "{}",
    "[]",
    "null",
    "\"x\"",
    "{\"stamp\"}",
    HEAD "}",
    HEAD ",\"set\":{}}",
    HEAD ",\"set\":{\"name\":1}}",
    HEAD ",\"set\":{\"name\":[]}}",
    HEAD ",\"set\":{\"name\":\"a\",\"name\":\"b\"}}",
    HEAD ",\"set\":{\"Name\":\"a\"}}",
    HEAD ",\"set\":{\"\":\"a\"}}",
    HEAD ",\"set\":{\"na me\":\"a\"}}",
    HEAD ",\"set\":{\"name\":\"a\"}",
    HEAD ",\"set\":{\"name\":\"a\"}}x",
    HEAD ",\"set\":{\"name\":\"a\"}}{}",
    HEAD ",\"set\":{\"name\":\"a\",}}",
    HEAD ",\"set\":{\"name\":\"a}}",
    HEAD ",\"set\":{\"name\":\"\\x\"}}",
    HEAD ",\"set\":{\"name\":\"\\u12\"}}",
    HEAD ",\"set\":{\"name\":\"\\u0000\"}}",
    HEAD ",\"set\":{\"name\":\"\\ud800\"}}",
    HEAD ",\"set\":{\"name\":\"\\udc00\"}}",
    HEAD ",\"set\":{\"name\":\"\\ud800\\u0041\"}}",
    HEAD ",\"set\":{\"name\":\"a\tb\"}}",
    HEAD ",\"set\":{\"name\":\"a\"},\"seen\":{\"name\":\"yesterday\"}}",
    HEAD ",\"set\":{\"name\":\"a\"},\"seen\":[]}",
    HEAD ",\"set\":{\"name\":\"a\"},\"seen\":{\"name\":\"" SEEN "\",\"name\":\"" SEEN "\"}}",
    HEAD ",\"set\":{\"name\":\"a\"},\"by\":7}",
    HEAD ",\"set\":{\"name\":\"a\"},\"seq\":1.5}",
    HEAD ",\"set\":{\"name\":\"a\"},\"seq\":-1}",
    HEAD ",\"set\":{\"name\":\"a\"},\"seq\":99999999999999999999}",
    HEAD ",\"set\":{\"name\":\"a\"},\"more\":1}",
    HEAD ",\"set\":{\"name\":\"a\"},\"x\":[[[[[[[[[[1]]]]]]]]]]}",
    HEAD ",\"set\":{\"name\":\"a\"},\"x\":tru}",
    HEAD ",\"stamp\":\"" STAMP "\",\"set\":{\"name\":\"a\"}}",
    "{\"stamp\":\"0197\",\"entity\":\"agency\",\"id\":\"" ID "\",\"set\":{\"name\":\"a\"}}",
    "{\"stamp\":\"" STAMP "\",\"entity\":\"Agency; DROP\",\"id\":\"" ID "\",\"set\":{\"name\":\"a\"}}",
    "{\"stamp\":\"" STAMP "\",\"entity\":\"agency\",\"id\":\"../../etc\",\"set\":{\"name\":\"a\"}}",
    "{\"start\":2,\"seq\":1}",
    "{\"start\":1,\"end\":1}",
    "{\"end\":true}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_bad (lines[i], strlen (lines[i]));
}

/* A good line, cut at every byte and with every byte changed: no crash, and never half a change. */
static void
test_every_cut (void)
{
  g_autoptr (DureChange) change = make_change ();
  g_autoptr (GString) text = g_string_new (NULL);

  dure_wire_append (text, change, 42, 7);
  for (gsize i = 0; i + 2 < text->len; i++)
    {
      g_autofree char *part = g_memdup2 (text->str, i + 1);

      assert_bad (part, i);
    }
  for (gsize i = 0; i < text->len; i++)
    for (guint b = 0; b < 256; b += 5)
      {
        g_autofree char *other = g_memdup2 (text->str, text->len);
        g_auto (DureWireLine) line = { 0 };

        other[i] = (char)b;
        if (dure_wire_parse (other, text->len, &line, NULL) && line.kind == DURE_WIRE_CHANGE)
          g_assert_true (g_utf8_validate (
              dure_change_find (line.change, ((DureChangeField *)g_ptr_array_index (line.change->fields, 0))->key)
                  ->value,
              -1, NULL));
      }
}

static void
test_limits (void)
{
  g_autoptr (DureChange) many = dure_change_new (STAMP, "agency", ID, NULL);
  g_autoptr (DureChange) wide = dure_change_new (STAMP, "agency", ID, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char  *deep = g_strnfill (1000000, '[');
  g_autofree char  *nested = g_strconcat (HEAD ",\"set\":{\"name\":\"a\"},\"x\":", deep, NULL);
  g_autofree char  *value = g_strnfill (DURE_WIRE_MAX_VALUE + 1, 'x');
  static const char utf8[] = HEAD ",\"set\":{\"name\":\"\xed\xa0\x80\"}}";

  for (guint i = 0; i <= DURE_WIRE_MAX_FIELDS; i++)
    {
      g_autofree char *key = g_strdup_printf ("f%u", i);

      dure_change_add (many, key, "x", NULL);
    }
  dure_wire_append (text, many, 0, 0);
  assert_bad (text->str, text->len);
  dure_change_add (wide, "name", value, NULL);
  g_string_truncate (text, 0);
  dure_wire_append (text, wide, 0, 0);
  assert_bad (text->str, text->len);
  g_string_set_size (text, DURE_WIRE_MAX_LINE + 1);
  assert_bad (text->str, text->len);
  assert_bad (nested, strlen (nested));
  assert_bad (utf8, strlen (utf8));
}

/* A text of any bytes is taken just when GLib takes it for UTF-8. */
static void
test_any_bytes (void)
{
  static const char *const pieces[] = { "a", "0123456789", "가", "é", "😀", "\xed\xa0\x80", "\xf5", "\xc0\xaf", "\xea\xb0", "\x80" };
  guint n_good = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (HEAD ",\"set\":{\"name\":\"");
      g_auto (DureWireLine) line = { 0 };
      gboolean good;

      for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, g_test_rand_bit () ? 5 : G_N_ELEMENTS (pieces))]);
      if (g_test_rand_int_range (0, 50) == 0)
        g_string_append_c (text, '\0');
      g_string_append (text, "\"}}");
      good = g_utf8_validate_len (text->str, text->len, NULL);
      g_assert_cmpint (dure_wire_parse (text->str, text->len, &line, NULL), ==, good);
      if (!good)
        g_assert_cmpstr (line.problem, ==, "not-utf8");
      n_good += good;
    }
  g_assert_cmpuint (n_good, >, 2000);
  g_assert_cmpuint (n_good, <, 18000);
}

/* Texts that do not fit into the room of a change, and many that do. */
static void
test_room (void)
{
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autoptr (DureChange) change = dure_change_new (STAMP, "agency", ID, large);
  g_autoptr (DureChange) copy = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *key = g_strdup_printf ("f%u", i);
      g_autofree char *value = g_strnfill (i, (char)('a' + i % 26));

      dure_change_add (change, key, value, i % 2 == 0 ? SEEN : NULL);
    }
  copy = dure_change_copy (change);
  assert_same (change, copy);
  g_assert_cmpstr (copy->by, ==, large);
  g_assert_cmpuint (strlen (dure_change_find (copy, "f199")->value), ==, 199);
  g_assert_cmpstr (dure_change_find (copy, "f27")->value, ==, "bbbbbbbbbbbbbbbbbbbbbbbbbbb");
}

static void
test_gzip (void)
{
  g_autofree char *zeros = g_strnfill (3000000, 'a');
  g_autoptr (GBytes) packed = dure_gzip_pack (zeros, 3000000);
  g_autoptr (GBytes) empty = dure_gzip_pack ("", 0);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GBytes) none = NULL;
  g_autoptr (GError) error = NULL;
  gsize       length;
  const char *data = g_bytes_get_data (packed, &length);

  g_assert_cmpuint (length, <, 30000);
  back = dure_gzip_unpack (data, length, 3000000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (back), ==, 3000000);
  none = dure_gzip_unpack (g_bytes_get_data (empty, NULL), g_bytes_get_size (empty), 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  /* A small body that would fill the memory. */
  g_assert_null (dure_gzip_unpack (data, length, 2999999, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_FULL);
  g_clear_error (&error);
  g_assert_null (dure_gzip_unpack (data, length / 2, 3000000, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_null (dure_gzip_unpack ("no gzip at all", 14, 3000000, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/wire/there-and-back", test_there_and_back);
  g_test_add_func ("/sync/wire/start-end", test_start_end);
  g_test_add_func ("/sync/wire/newer", test_newer);
  g_test_add_func ("/sync/wire/bad", test_bad);
  g_test_add_func ("/sync/wire/every-cut", test_every_cut);
  g_test_add_func ("/sync/wire/limits", test_limits);
  g_test_add_func ("/sync/wire/any-bytes", test_any_bytes);
  g_test_add_func ("/sync/wire/room", test_room);
  g_test_add_func ("/sync/wire/gzip", test_gzip);
  return g_test_run ();
}
