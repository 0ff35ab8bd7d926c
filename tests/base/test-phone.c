/* test-phone.c: telephone numbers as people write them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test-phone"

#include "config.h"

#include "base/dure-text.h"

static void
test_numbers (void)
{
  static const struct
  {
    const char *typed, *digits, *shown, *masked;
  } cases[] = {
    { "010-1234-5678", "01012345678", "010-1234-5678", "010-****-5678" },
    { "010 1234 5678", "01012345678", "010-1234-5678", "010-****-5678" },
    { "1012345678", "01012345678", "010-1234-5678", "010-****-5678" },
    { "+82 10-1234-5678", "01012345678", "010-1234-5678", "010-****-5678" },
    { "+82-(0)2-120-1234", "021201234", "02-120-1234", "02-***-1234" },
    { "011-234-5678", "0112345678", "011-234-5678", "011-***-5678" },
    { "02-2680-2114", "0226802114", "02-2680-2114", "02-****-2114" },
    { "(02) 680.2114", "026802114", "02-680-2114", "02-***-2114" },
    { "051-419-4000", "0514194000", "051-419-4000", "051-***-4000" },
    { "０３１-2680-6000", "03126806000", "031-2680-6000", "031-****-6000" },
    { "070-4321-0000", "07043210000", "070-4321-0000", "070-****-0000" },
    { "0505-123-4567", "05051234567", "0505-123-4567", "0505-***-4567" },
    { "1577-0199", "15770199", "1577-0199", "1577-0199" },
    { "129", "129", "129", "129" },
    { "1388", "1388", "1388", "1388" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *digits = dure_phone_parse (cases[i].typed);
      g_autofree char *shown = NULL;
      g_autofree char *masked = NULL;

      g_assert_cmpstr (digits, ==, cases[i].digits);
      shown = dure_phone_format (digits);
      masked = dure_phone_mask (digits);
      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "-",
    "1",
    "010-1234",
    "010-1234-56789",
    "010-123-4567",
    "0123456789012345678901234567890",
    "02-12-3456",
    "099-123-4567",
    "2680-2114",
    "010-1234-567a",
    "02-2680-2114 내선 3",
    "+82",
    "+1 212 555 0100",
    "\xff\xff",
    "010\xff"
    "12345678",
    "800101-1234567",
  };

  g_assert_null (dure_phone_parse (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *digits = dure_phone_parse (texts[i]);

      if (digits != NULL)
        g_error ("“%s” was taken as %s", texts[i], digits);
    }
}

/* What an older program stored is shown as it is, and never shown when it should be masked. */
static void
test_stored_nonsense (void)
{
  g_autofree char *shown = dure_phone_format ("02-2680");
  g_autofree char *masked = dure_phone_mask ("02-2680");
  g_autofree char *none = dure_phone_mask (NULL);

  g_assert_cmpstr (shown, ==, "02-2680");
  g_assert_cmpstr (masked, ==, "*******");
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/numbers", test_numbers);
  g_test_add_func ("/phone/refused", test_refused);
  g_test_add_func ("/phone/stored-nonsense", test_stored_nonsense);
  return g_test_run ();
}
