/* test-field.c: what people type, and what is stored
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/dure-error.h"
#include "schema/dure-record.h"

#include <string.h>

static void
assert_parses (DureEntityId entity, guint field, const char *typed, const char *stored)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = dure_field_parse (dure_entity_field (dure_entity (entity), field), typed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, stored);
}

static void
assert_refuses (DureEntityId entity, guint field, const char *typed)
{
  const DureField *known = dure_entity_field (dure_entity (entity), field);
  g_autoptr (GError) error = NULL;
  g_autofree char *value = dure_field_parse (known, typed, &error);

  g_assert_null (value);
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  /* The sentence says where. */
  g_assert_nonnull (strstr (error->message, dure_field_label (known)));
}

static void
test_parse (void)
{
  assert_parses (DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "  광명시청 복지정책과 ", "광명시청 복지정책과");
  /* Decomposed Hangul, as some file systems hand it over, is stored composed. */
  assert_parses (DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "\u1100\u1161", "가");
  assert_parses (DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "", NULL);
  assert_parses (DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, NULL, NULL);
  assert_parses (DURE_ENTITY_AGENCY, DURE_AGENCY_KIND, "종합사회복지관", "welfare-centre");
  assert_parses (DURE_ENTITY_AGENCY, DURE_AGENCY_KIND, "welfare-centre", "welfare-centre");
  assert_parses (DURE_ENTITY_AGENCY, DURE_AGENCY_KIND, "General Welfare Centre", "welfare-centre");
  assert_parses (DURE_ENTITY_AGENCY, DURE_AGENCY_AREAS, "보건, 복지", "welfare,health");
  assert_parses (DURE_ENTITY_AGENCY, DURE_AGENCY_PHONE, "02) 2680-1234", "0226801234");
  assert_parses (DURE_ENTITY_AGENCY, DURE_AGENCY_ACTIVE_FROM, "2026. 11. 21.(토)", "2026-11-21");
  assert_parses (DURE_ENTITY_EVENT, DURE_EVENT_START, "2025-06-26 14:00", "2025-06-26T14:00");
  assert_parses (DURE_ENTITY_EVENT, DURE_EVENT_EXPECTED, "1,200", "1200");
  assert_parses (DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_ALLOWANCE, "113,560원", "113560");
  assert_parses (DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_REQUIRED, "예", "1");
  assert_parses (DURE_ENTITY_REFERRAL, DURE_REFERRAL_MONTH, "2025-06", "2025-06");
  assert_parses (DURE_ENTITY_EVENT, DURE_EVENT_PURPOSE, "첫째 줄\n둘째 줄", "첫째 줄\n둘째 줄");
}

static void
test_refuse (void)
{
  g_autofree char *long_name = g_strnfill (201, 'x');

  assert_refuses (DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, long_name);
  assert_refuses (DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "줄\n바꿈");
  assert_refuses (DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, "\xff\xfe");
  assert_refuses (DURE_ENTITY_AGENCY, DURE_AGENCY_KIND, "우주정거장");
  assert_refuses (DURE_ENTITY_AGENCY, DURE_AGENCY_AREAS, "복지, 우주");
  assert_refuses (DURE_ENTITY_AGENCY, DURE_AGENCY_PHONE, "전화 없음");
  assert_refuses (DURE_ENTITY_AGENCY, DURE_AGENCY_MAIL, "a@b");
  assert_refuses (DURE_ENTITY_AGENCY, DURE_AGENCY_MAIL, "홍 길동@city.go.kr");
  assert_refuses (DURE_ENTITY_AGENCY, DURE_AGENCY_ACTIVE_FROM, "2026-02-30");
  assert_refuses (DURE_ENTITY_AGENCY, DURE_AGENCY_PARENT, "광명시청");
  assert_refuses (DURE_ENTITY_EVENT, DURE_EVENT_START, "2025-06-26T25:00");
  assert_refuses (DURE_ENTITY_EVENT, DURE_EVENT_EXPECTED, "스무 명");
  assert_refuses (DURE_ENTITY_EVENT, DURE_EVENT_EXPECTED, "-1");
  assert_refuses (DURE_ENTITY_EVENT, DURE_EVENT_EXPECTED, "99999999999999999999");
  assert_refuses (DURE_ENTITY_REFERRAL, DURE_REFERRAL_MONTH, "2025-13");
  assert_refuses (DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_REQUIRED, "글쎄");
}

static void
test_format (void)
{
  static const struct
  {
    DureEntityId entity;
    guint        field;
    const char  *value, *shown;
  } cases[] = {
    { DURE_ENTITY_AGENCY, DURE_AGENCY_KIND, "health-centre", "Public health centre" },
    { DURE_ENTITY_AGENCY, DURE_AGENCY_AREAS, "welfare,health", "Welfare, Health" },
    { DURE_ENTITY_AGENCY, DURE_AGENCY_PHONE, "0226801234", "02-2680-1234" },
    { DURE_ENTITY_AGENCY, DURE_AGENCY_ACTIVE_FROM, "2026-11-21", "2026. 11. 21.(토)" },
    { DURE_ENTITY_PARTICIPATION, DURE_PARTICIPATION_ALLOWANCE, "1113560", "1,113,560 won" },
    { DURE_ENTITY_AGENCY, DURE_AGENCY_NAME, NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown
          = dure_field_format (dure_entity_field (dure_entity (cases[i].entity), cases[i].field), cases[i].value);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

/* Nobody is tied to himself; a record that came so from elsewhere can still be edited. */
static void
test_other_than (void)
{
  g_autoptr (DureRecord) tie = dure_record_new (DURE_ENTITY_TIE);
  g_autoptr (DureRecord) edited = NULL;
  g_autoptr (GError) error = NULL;
  int field = -1;

  dure_record_set (tie, DURE_TIE_FROM, "019234ab-0000-7000-8000-000000000001");
  dure_record_set (tie, DURE_TIE_TO, "019234ab-0000-7000-8000-000000000001");
  dure_record_set (tie, DURE_TIE_KIND, "agreement");
  g_assert_false (dure_record_check (tie, &field, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_assert_cmpint (field, ==, DURE_TIE_TO);
  g_clear_error (&error);
  edited = dure_record_copy (tie);
  dure_record_set (edited, DURE_TIE_NOTE, "이관");
  g_assert_true (dure_record_check_change (edited, tie, NULL, &error));
  g_assert_no_error (error);
}

static void
test_check (void)
{
  g_autoptr (DureRecord) event = dure_record_new (DURE_ENTITY_EVENT);
  g_autoptr (DureRecord) participation = dure_record_new (DURE_ENTITY_PARTICIPATION);
  g_autoptr (GError) error = NULL;
  int field = -1;

  dure_record_set (event, DURE_EVENT_TITLE, "민관 통합 교육");
  dure_record_set (event, DURE_EVENT_KIND, "joint-training");
  dure_record_set (event, DURE_EVENT_START, "2025-06-26T14:00");
  g_assert_false (dure_record_check (event, &field, &error));
  g_assert_cmpint (field, ==, DURE_EVENT_END);
  g_clear_error (&error);
  dure_record_set (event, DURE_EVENT_END, "2025-06-26T13:00");
  g_assert_false (dure_record_check (event, &field, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  dure_record_set (event, DURE_EVENT_END, "2025-06-26T17:00");
  g_assert_true (dure_record_check (event, &field, &error));
  g_assert_cmpstr (dure_record_get (event, DURE_EVENT_STATE), ==, "draft");

  dure_record_set (participation, DURE_PARTICIPATION_EVENT, "019234ab-0000-7000-8000-000000000002");
  g_assert_false (dure_record_check (participation, &field, &error));
  g_assert_nonnull (strstr (error->message, "Person · Agency"));
}

static void
count_cb (GObject *object, GParamSpec *pspec, int *count)
{
  (*count)++;
}

static void
test_properties (void)
{
  g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
  g_autofree char *label = NULL;
  int count = 0;

  g_assert_cmpstr (G_OBJECT_TYPE_NAME (agency), ==, "DureAgency");
  g_signal_connect (agency, "notify::map-label", G_CALLBACK (count_cb), &count);
  g_object_set (agency, "map-label", "철산복지관", NULL);
  g_object_set (agency, "map-label", "철산복지관", NULL);
  g_assert_cmpint (count, ==, 1);
  g_object_get (agency, "map-label", &label, NULL);
  g_assert_cmpstr (label, ==, dure_record_get (agency, DURE_AGENCY_MAP_LABEL));
  g_assert_true (dure_record_is_touched (agency, DURE_AGENCY_MAP_LABEL));
  g_assert_false (dure_record_is_touched (agency, DURE_AGENCY_NAME));
}

/* What every line of the table must keep to. */
static void
test_table (void)
{
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      const DureEntity *entity = dure_entity (e);

      g_assert_true (dure_entity_by_key (entity->key) == entity);
      g_assert_cmpuint (entity->n_fields, >, 0);
      g_assert_cmpuint (entity->n_fields, <=, 64);
      for (guint f = 0; f < entity->n_fields; f++)
        {
          const DureField *field = &entity->fields[f];

          g_assert_cmpint (dure_entity_find_field (entity, field->key), ==, (int) f);
          g_assert_cmpint (dure_entity_find_label (entity, field->label_ko), ==, (int) f);
          g_assert_cmpint (dure_entity_find_label (entity, field->label_en), ==, (int) f);
          g_assert_cmpuint (MAX (field->since, 1), <=, DURE_SCHEMA_VERSION);
          g_assert_true (field->key[0] != '_' && strcmp (field->key, "row") != 0 && strcmp (field->key, "id") != 0
                         && strcmp (field->key, "deleted") != 0);
          if (field->type == DURE_VALUE_CHOICE || field->type == DURE_VALUE_SET)
            g_assert_nonnull (field->choices);
          if (field->initial != NULL)
            {
              g_autofree char *value = dure_field_parse (field, field->initial, NULL);

              g_assert_cmpstr (value, ==, field->initial);
            }
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field/parse", test_parse);
  g_test_add_func ("/field/refuse", test_refuse);
  g_test_add_func ("/field/format", test_format);
  g_test_add_func ("/record/check", test_check);
  g_test_add_func ("/record/properties", test_properties);
  g_test_add_func ("/table/sound", test_table);
  g_test_add_func ("/record/other-than", test_other_than);
  return g_test_run ();
}
