/* dure-cli-holidays.c: durectl holidays
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-cli"

#include "config.h"

#include "cli/dure-cli-commands.h"

#include <glib/gi18n-lib.h>

#include "base/dure-date.h"
#include "cli/dure-cli-output.h"
#include "domain/dure-holidays.h"

static const char *const kinds[] = { "statutory", "substitute", "election", "named" };
static const char *const kind_labels[] = { N_ ("Statutory"), N_ ("Substitute"), N_ ("Election"), N_ ("Named") };

static void
print_json (DureCli *cli, GPtrArray *holidays)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < holidays->len; i++)
    {
      const DureHoliday *holiday = holidays->pdata[i];
      g_autofree char   *date = dure_day_to_date (holiday->day);

      json_builder_begin_object (builder);
      dure_cli_json_member (builder, "date", date);
      dure_cli_json_member (builder, "name", holiday->name);
      dure_cli_json_member (builder, "kind", kinds[holiday->kind]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  dure_cli_json_print (builder, cli->out);
  fputc ('\n', cli->out);
}

/** dure_cli_holidays: the public holidays of a year. */
int
dure_cli_holidays (DureCli *cli)
{
  g_autoptr (GPtrArray) holidays = NULL;
  g_autoptr (DureCliTable) table = NULL;
  const char *typed = dure_cli_argument (cli, 0);
  guint64     year = 0;
  int         this_year;

  dure_day_to_ymd (dure_day_today (), &this_year, NULL, NULL);
  if (typed == NULL)
    year = (guint64)this_year;
  else if (!g_ascii_string_to_unsigned (typed, 10, DURE_HOLIDAYS_FIRST_YEAR, DURE_HOLIDAYS_LAST_YEAR, &year, NULL))
    return dure_cli_misuse (cli, _ ("The year must be between %d and %d, not “%s”."), DURE_HOLIDAYS_FIRST_YEAR,
                            DURE_HOLIDAYS_LAST_YEAR, typed);
  holidays = dure_holidays_of_year ((int)year);
  if (cli->json)
    {
      print_json (cli, holidays);
      return DURE_CLI_OK;
    }
  table = dure_cli_table_new (3);
  dure_cli_table_add (table, _ ("Date"));
  dure_cli_table_add (table, _ ("Name"));
  dure_cli_table_add (table, _ ("Kind"));
  for (guint i = 0; i < holidays->len; i++)
    {
      const DureHoliday *holiday = holidays->pdata[i];
      g_autofree char   *date = dure_day_to_date (holiday->day);
      g_autofree char   *shown = dure_date_format_official (date);

      dure_cli_table_add (table, shown);
      dure_cli_table_add (table, holiday->name);
      dure_cli_table_add (table, _ (kind_labels[holiday->kind]));
    }
  dure_cli_table_print (table, cli->out);
  return DURE_CLI_OK;
}
