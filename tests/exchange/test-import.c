/* test-import.c: good and bad tables on their way into a store and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "base/dure-error.h"
#include "exchange/dure-export.h"
#include "exchange/dure-import.h"
#include "exchange/dure-links.h"

typedef struct
{
  char      *directory;
  char      *path;
  DureStore *store;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->directory = g_dir_make_tmp ("dure-import-XXXXXX", NULL);
  f->path = g_build_filename (f->directory, "store.db", NULL);
  f->store = dure_store_open (f->path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  g_clear_object (&f->store);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (f->path, suffixes[i], NULL);

      g_unlink (file);
    }
  g_rmdir (f->directory);
  g_free (f->path);
  g_free (f->directory);
}

static DureImportReport *
import_flags (Fixture *f, DureEntityId entity, const char *text, DureImportFlags flags, GError **error)
{
  g_autoptr (DureCsv) csv = dure_csv_new (text, strlen (text), error);

  g_assert_nonnull (csv);
  return dure_import_csv (f->store, entity, csv, flags, NULL, NULL, NULL, error);
}

static DureImportReport *
import (Fixture *f, DureEntityId entity, const char *text)
{
  g_autoptr (GError) error = NULL;
  DureImportReport *report = import_flags (f, entity, text, 0, &error);

  g_assert_no_error (error);
  return report;
}

static gint64
count (Fixture *f, DureEntityId entity)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);

  return dure_store_count (f->store, query, NULL);
}

static DureRecord *
find (Fixture *f, DureEntityId entity, const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureLinks) links = dure_links_new (f->store);
  g_autofree char *id = dure_links_find (links, entity, title, &error);

  g_assert_no_error (error);
  return dure_store_get (f->store, entity, id, NULL);
}

static void
test_good (Fixture *f, gconstpointer data)
{
  g_autoptr (DureImportReport) report
      = import (f, DURE_ENTITY_AGENCY,
                "연번,기관명,기관 유형,Sector,분야,대표 전화,parent,비고\r\n"
                "1,하안 분관,종합사회복지관,민간,\"복지, 돌봄\",02-2680-1234,하안종합사회복지관,\"두\n줄\"\r\n"
                "2,하안종합사회복지관,welfare-centre,private,care,1012345678,,'=1\r\n");
  g_autoptr (DureRecord) branch = NULL;
  g_autoptr (DureRecord) whole = NULL;

  g_assert_cmpuint (report->problems->len, ==, 0);
  g_assert_true (report->written);
  g_assert_cmpuint (report->n_added, ==, 2);
  branch = find (f, DURE_ENTITY_AGENCY, "하안 분관");
  whole = find (f, DURE_ENTITY_AGENCY, "하안종합사회복지관");
  g_assert_cmpstr (dure_record_get (branch, DURE_AGENCY_KIND), ==, "welfare-centre");
  g_assert_cmpstr (dure_record_get (branch, DURE_AGENCY_AREAS), ==, "welfare,care");
  g_assert_cmpstr (dure_record_get (branch, DURE_AGENCY_PHONE), ==, "0226801234");
  g_assert_cmpstr (dure_record_get (branch, DURE_AGENCY_NOTE), ==, "두\n줄");
  /* A row may name one that comes after it. */
  g_assert_cmpstr (dure_record_get (branch, DURE_AGENCY_PARENT), ==, dure_record_get_id (whole));
  g_assert_cmpstr (dure_record_get (whole, DURE_AGENCY_PHONE), ==, "01012345678");
  g_assert_cmpstr (dure_record_get (whole, DURE_AGENCY_NOTE), ==, "=1");
  /* Two notices: the unknown column and the zero that came back. */
  g_assert_cmpuint (report->notices->len, ==, 2);
  g_assert_cmpstr (((DureImportNote *)report->notices->pdata[0])->field, ==, "연번");
  g_assert_cmpuint (((DureImportNote *)report->notices->pdata[1])->row, ==, 3);
}

static void
test_bad_rows_write_nothing (Fixture *f, gconstpointer data)
{
  static const char        text[] = "name,kind,sector,phone,parent\n"
                                    "좋은 기관,civic,private,,\n"
                                    ",civic,private,,\n"
                                    "나쁜 전화,civic,private,12,\n"
                                    "나쁜 유형,없는 유형,private,,\n"
                                    "나쁜 상위,civic,private,,없는 기관\n"
                                    "칸이 많음,civic,private,,,하나 더\n";
  static const guint       rows[] = { 3, 4, 5, 6, 7 };
  static const char *const fields[] = { "Name", "Phone", "Kind", "Part of", NULL };
  g_autoptr (DureImportReport) report = import (f, DURE_ENTITY_AGENCY, text);
  g_autoptr (DureImportReport) skipped = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *undo = NULL;

  g_assert_false (report->written);
  g_assert_cmpint (count (f, DURE_ENTITY_AGENCY), ==, 0);
  g_assert_cmpuint (report->problems->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DureImportNote *note = report->problems->pdata[i];

      g_assert_cmpuint (note->row, ==, rows[i]);
      g_assert_cmpstr (note->field, ==, fields[i]);
      g_assert_cmpstr (note->message, !=, "");
    }
  undo = dure_store_undo_label (f->store);
  g_assert_null (undo);

  skipped = import_flags (f, DURE_ENTITY_AGENCY, text, DURE_IMPORT_SKIP_BAD, &error);
  g_assert_no_error (error);
  g_assert_true (skipped->written);
  g_assert_cmpint (count (f, DURE_ENTITY_AGENCY), ==, 1);
}

static void
test_dry_run (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureImportReport) report
      = import_flags (f, DURE_ENTITY_AGENCY, "name,kind,sector\n가,civic,private\n", DURE_IMPORT_DRY_RUN, &error);

  g_assert_no_error (error);
  g_assert_false (report->written);
  g_assert_cmpuint (report->n_added, ==, 1);
  g_assert_cmpint (count (f, DURE_ENTITY_AGENCY), ==, 0);
}

static void
test_update_by_id_and_undo (Fixture *f, gconstpointer data)
{
  g_autoptr (DureImportReport) first
      = import (f, DURE_ENTITY_AGENCY, "name,kind,sector,head\n가,civic,private,갑\n나,civic,private,을\n");
  g_autoptr (DureRecord) record = find (f, DURE_ENTITY_AGENCY, "가");
  g_autofree char *id = g_strdup (dure_record_get_id (record));
  g_autofree char *text = g_strdup_printf ("id,name,head\n%s,가,\n,다,정\n", id);
  g_autofree char *good = g_strdup_printf ("id,name,head\n%s,가2,\n", id);
  g_autofree char *twice = g_strdup_printf ("id,name\n%s,가\n%s,나\n", id, id);
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureImportReport) bad = import (f, DURE_ENTITY_AGENCY, text);
  g_autoptr (DureImportReport) second = NULL;
  g_autoptr (DureImportReport) third = NULL;
  g_autoptr (DureImportReport) fourth = NULL;

  /* The new row has no kind. */
  g_assert_cmpuint (bad->problems->len, ==, 1);
  g_assert_cmpuint (((DureImportNote *)bad->problems->pdata[0])->row, ==, 3);
  second = import (f, DURE_ENTITY_AGENCY, good);
  g_assert_cmpuint (second->n_changed, ==, 1);
  g_clear_object (&record);
  record = dure_store_get (f->store, DURE_ENTITY_AGENCY, id, NULL);
  g_assert_cmpstr (dure_record_get_title (record), ==, "가2");
  g_assert_cmpstr (dure_record_get (record, DURE_AGENCY_HEAD), ==, NULL);
  g_assert_cmpstr (dure_record_get (record, DURE_AGENCY_KIND), ==, "civic");
  third = import (f, DURE_ENTITY_AGENCY, good);
  g_assert_cmpuint (third->n_same, ==, 1);
  fourth = import (f, DURE_ENTITY_AGENCY, twice);
  g_assert_cmpuint (fourth->problems->len, ==, 1);

  label = dure_store_undo (f->store, &error);
  g_assert_no_error (error);
  g_clear_object (&record);
  record = dure_store_get (f->store, DURE_ENTITY_AGENCY, id, NULL);
  g_assert_cmpstr (dure_record_get_title (record), ==, "가");
  g_assert_cmpstr (dure_record_get (record, DURE_AGENCY_HEAD), ==, "갑");
}

static void
test_natural_key (Fixture *f, gconstpointer data)
{
  static const char referrals[] = "from,to,month,kind,sent\n가,나,2025-06,case,3\n";
  static const char more[] = "from,to,month,kind,sent\n가,나,2025-06,case,5\n나,가,2025-06,case,1\n";
  g_autoptr (DureImportReport) agencies
      = import (f, DURE_ENTITY_AGENCY, "name,kind,sector\n가,civic,private\n나,civic,private\n");
  g_autoptr (DureImportReport) regions
      = import (f, DURE_ENTITY_REGION,
                "code,name,level,parent\n4121000000,광명시,시군구,\n4121051000,광명1동,읍면동,4121000000\n");
  g_autoptr (DureImportReport) one = import (f, DURE_ENTITY_REFERRAL, referrals);
  g_autoptr (DureImportReport) two = import (f, DURE_ENTITY_REFERRAL, more);
  g_autoptr (DureRecord) dong = NULL;

  g_assert_cmpuint (regions->problems->len, ==, 0);
  g_assert_cmpuint (one->n_added, ==, 1);
  g_assert_cmpuint (two->n_changed, ==, 1);
  g_assert_cmpuint (two->n_added, ==, 1);
  g_assert_cmpint (count (f, DURE_ENTITY_REFERRAL), ==, 2);
  /* A region is named by its code. */
  dong = find (f, DURE_ENTITY_REGION, "4121051000");
  g_assert_nonnull (dure_record_get (dong, DURE_REGION_PARENT));
}

static void
test_two_of_one_name (Fixture *f, gconstpointer data)
{
  g_autoptr (DureImportReport) agencies
      = import (f, DURE_ENTITY_AGENCY, "name,kind,sector\n같은 이름,civic,private\n같은 이름,civic,private\n");
  g_autoptr (DureImportReport) people = import (f, DURE_ENTITY_PERSON, "name,agency\n예시,같은 이름\n");
  DureImportNote *note;

  g_assert_cmpuint (agencies->n_added, ==, 2);
  g_assert_cmpuint (people->problems->len, ==, 1);
  note = people->problems->pdata[0];
  g_assert_cmpstr (note->field, ==, "Agency");
  g_assert_nonnull (strstr (note->message, "같은 이름"));
  g_assert_cmpint (count (f, DURE_ENTITY_PERSON), ==, 0);
}

static void
test_no_table (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "", "\n\n", "foo,bar\n1,2\n", "name,기관명\n가,나\n", "name,kind\n\"가\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DureImportReport) report = import_flags (f, DURE_ENTITY_AGENCY, texts[i], 0, &error);

      g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
      g_assert_null (report);
    }
  g_assert_cmpint (count (f, DURE_ENTITY_AGENCY), ==, 0);
}

static void
stop_cb (double done, gpointer data)
{
  if (done > 0.5)
    g_cancellable_cancel (data);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("name,kind,sector\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DureCsv) csv = NULL;
  g_autoptr (DureImportReport) report = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "기관 %u,civic,private\n", i);
  csv = dure_csv_new (text->str, text->len, &error);
  report = dure_import_csv (f->store, DURE_ENTITY_AGENCY, csv, 0, stop_cb, cancellable, cancellable, &error);
  g_assert_null (report);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (f, DURE_ENTITY_AGENCY), ==, 0);
}

static void
test_export_reads_back (Fixture *f, gconstpointer data)
{
  static const DureExportFlags kinds[] = { 0, DURE_EXPORT_KEYS | DURE_EXPORT_PLAIN, DURE_EXPORT_CP949 };
  g_autoptr (DureImportReport) agencies
      = import (f, DURE_ENTITY_AGENCY,
                "name,kind,sector,areas,phone,parent,note,active_from\n"
                "상위,civic,private,,,,,2025-06-26\n"
                "\"쉼표, 기관\",division,public,\"welfare,care\",031-123-4567,상위,\"=두\n줄\",2020-01-01\n");

  g_assert_cmpuint (agencies->n_added, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
      g_autoptr (GBytes) bytes = dure_export_csv (f->store, query, kinds[i], NULL, &error);
      g_autoptr (DureCsv) csv = NULL;
      g_autoptr (DureImportReport) report = NULL;
      gsize       size;
      const char *text;

      g_assert_no_error (error);
      text = g_bytes_get_data (bytes, &size);
      g_assert_cmpint (g_str_has_prefix (text, DURE_CSV_BOM), ==, kinds[i] == 0);
      csv = dure_csv_new (text, size, &error);
      g_assert_no_error (error);
      report = dure_import_csv (f->store, DURE_ENTITY_AGENCY, csv, 0, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->problems->len, ==, 0);
      g_assert_cmpuint (report->n_same, ==, 2);
      g_assert_cmpuint (report->n_added + report->n_changed, ==, 0);
    }
}

static void
test_deleted_comes_back (Fixture *f, gconstpointer data)
{
  g_autoptr (DureImportReport) agencies = import (f, DURE_ENTITY_AGENCY, "name,kind,sector\n가,civic,private\n");
  g_autoptr (DureRecord) record = find (f, DURE_ENTITY_AGENCY, "가");
  g_autofree char *text = g_strdup_printf ("id,name\n%s,가\n", dure_record_get_id (record));
  g_autoptr (DureImportReport) again = NULL;

  g_assert_true (dure_store_delete (f->store, DURE_ENTITY_AGENCY, dure_record_get_id (record), NULL));
  g_assert_cmpint (count (f, DURE_ENTITY_AGENCY), ==, 0);
  again = import (f, DURE_ENTITY_AGENCY, text);
  g_assert_cmpuint (again->n_changed, ==, 1);
  g_assert_cmpint (count (f, DURE_ENTITY_AGENCY), ==, 1);
}

#define ADD(name, func) g_test_add ("/exchange/import/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  ADD ("good", test_good);
  ADD ("bad-rows-write-nothing", test_bad_rows_write_nothing);
  ADD ("dry-run", test_dry_run);
  ADD ("update-by-id-and-undo", test_update_by_id_and_undo);
  ADD ("natural-key", test_natural_key);
  ADD ("two-of-one-name", test_two_of_one_name);
  ADD ("no-table", test_no_table);
  ADD ("cancel", test_cancel);
  ADD ("export-reads-back", test_export_reads_back);
  ADD ("deleted-comes-back", test_deleted_comes_back);
  return g_test_run ();
}
