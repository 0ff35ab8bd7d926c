/* bench-data.c: records for measurements; no name is a real person's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "bench-data.h"

#include <glib/gstdio.h>
#include <stdio.h>

#include "base/dure-uuid.h"

static const char *const cities[] = { "광명시", "영도구", "김천시", "기장군", "수원시", "부천시", "전주시", "춘천시" };
static const char *const dongs[] = { "하안1동", "하안2동", "철산1동",  "철산3동", "소하1동",    "학온동",  "동삼1동",
                                     "청학2동", "봉래1동", "대덕면",   "자산동",  "평화남산동", "율곡동",  "정관읍",
                                     "일광읍",  "매탄3동", "심곡본동", "효자1동", "퇴계동",     "신사우동" };
static const struct
{
  const char *kind;
  const char *word;
  const char *sector;
} kinds[] = {
  { "welfare-centre", "종합사회복지관", "private" },
  { "senior-centre", "노인복지관", "private" },
  { "mental-health-centre", "정신건강복지센터", "public" },
  { "disability-family-centre", "장애인가족지원센터", "private" },
  { "dong-centre", "행정복지센터", "public" },
  { "self-support-centre", "지역자활센터", "private" },
  { "family-centre", "가족센터", "public" },
  { "medical", "의원", "private" },
  { "civic", "나눔회", "private" },
  { "education", "지역아동센터", "private" },
};
static const char *const areas[]
    = { "welfare", "health", "employment", "housing", "education", "mental-health", "care", "safety" };
static const char *const surnames[] = { "김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오" };
static const char *const first[] = { "가", "나", "다", "라", "마", "바", "서", "도", "하", "주", "민", "지" };
static const char *const second[] = { "온", "람", "솔", "빛", "결", "별", "연", "윤", "준", "아", "은", "율" };
static const char *const positions[] = { "팀장", "주무관", "사회복지사", "센터장", "사무국장", "상담사" };
static const char *const duties[]
    = { "사례관리", "자원 연계", "방문 상담", "위기가구 발굴", "협의체 운영", "통합돌봄" };
static const char *const meetings[]
    = { "민관 통합 교육", "실무자 간담회", "사례회의", "대표협의체 정기회의", "워크숍" };
static const char *const event_kinds[]
    = { "joint-training", "round-table", "case-conference", "representative", "workshop" };

#define PICK_FROM(self, array) ((array)[g_rand_int_range ((self)->rand, 0, G_N_ELEMENTS (array))])

BenchData *
bench_data_new (void)
{
  BenchData *self = g_new0 (BenchData, 1);

  self->rand = g_rand_new_with_seed (BENCH_SEED);
  self->agency_ids = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
bench_data_free (BenchData *self)
{
  g_rand_free (self->rand);
  g_ptr_array_unref (self->agency_ids);
  g_free (self);
}

static void set_printf (DureRecord *record, guint field, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
set_printf (DureRecord *record, guint field, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  dure_record_set (record, field, text);
}

static void
give_id (DureRecord *record)
{
  char id[DURE_UUID_LENGTH + 1];

  dure_uuid_v7 (id);
  dure_record_set_id (record, id);
}

DureRecord *
bench_agency (BenchData *self)
{
  DureRecord *record = dure_record_new (DURE_ENTITY_AGENCY);
  guint       kind = (guint)g_rand_int_range (self->rand, 0, G_N_ELEMENTS (kinds));
  guint       area = (guint)g_rand_int_range (self->rand, 0, G_N_ELEMENTS (areas) - 1);
  const char *city = PICK_FROM (self, cities);
  const char *dong = PICK_FROM (self, dongs);
  guint       number = ++self->n;

  give_id (record);
  set_printf (record, DURE_AGENCY_NAME, "%s %s 제%u%s", city, dong, number, kinds[kind].word);
  set_printf (record, DURE_AGENCY_MAP_LABEL, "%s%u", kinds[kind].word, number % 1000);
  dure_record_set (record, DURE_AGENCY_KIND, kinds[kind].kind);
  dure_record_set (record, DURE_AGENCY_SECTOR, kinds[kind].sector);
  set_printf (record, DURE_AGENCY_AREAS, "%s,%s", areas[area], areas[area + 1]);
  set_printf (record, DURE_AGENCY_PHONE, "022680%04u", number % 10000);
  set_printf (record, DURE_AGENCY_MAIL, "office%u@example.kr", number);
  set_printf (record, DURE_AGENCY_ADDRESS, "%s %s %u번길 %u", city, dong, number % 97 + 1, number % 211 + 1);
  set_printf (record, DURE_AGENCY_POSTAL_CODE, "%05u", 10000 + number % 50000);
  if (number % 4 == 0)
    dure_record_set (record, DURE_AGENCY_NOTE, "예시 자료입니다. 담당자 확인이 필요합니다.");
  g_ptr_array_add (self->agency_ids, g_strdup (dure_record_get_id (record)));
  return record;
}

DureRecord *
bench_person (BenchData *self)
{
  DureRecord *record = dure_record_new (DURE_ENTITY_PERSON);
  guint       number = ++self->n;

  give_id (record);
  set_printf (record, DURE_PERSON_NAME, "%s%s%s", PICK_FROM (self, surnames), PICK_FROM (self, first),
              PICK_FROM (self, second));
  dure_record_set (record, DURE_PERSON_AGENCY,
                   self->agency_ids->pdata[g_rand_int_range (self->rand, 0, (gint32)self->agency_ids->len)]);
  dure_record_set (record, DURE_PERSON_POSITION, PICK_FROM (self, positions));
  dure_record_set (record, DURE_PERSON_DUTIES, PICK_FROM (self, duties));
  set_printf (record, DURE_PERSON_PHONE, "031%07u", number % 10000000);
  set_printf (record, DURE_PERSON_MOBILE, "0100000%04u", number % 10000);
  set_printf (record, DURE_PERSON_MAIL, "person%u@example.kr", number);
  return record;
}

DureRecord *
bench_event (BenchData *self)
{
  DureRecord *record = dure_record_new (DURE_ENTITY_EVENT);
  guint       number = ++self->n;
  guint       kind = (guint)g_rand_int_range (self->rand, 0, G_N_ELEMENTS (meetings));
  guint       month = number % 12 + 1;
  guint       day = number % 28 + 1;

  give_id (record);
  set_printf (record, DURE_EVENT_TITLE, "%s 제%u차 %s", PICK_FROM (self, dongs), number, meetings[kind]);
  dure_record_set (record, DURE_EVENT_KIND, event_kinds[kind]);
  dure_record_set (record, DURE_EVENT_HOST,
                   self->agency_ids->pdata[g_rand_int_range (self->rand, 0, (gint32)self->agency_ids->len)]);
  set_printf (record, DURE_EVENT_START, "%u-%02u-%02uT14:00", 2020 + number % 7, month, day);
  set_printf (record, DURE_EVENT_END, "%u-%02u-%02uT16:00", 2020 + number % 7, month, day);
  return record;
}

gboolean
bench_fill (DureStore *store, guint n_records, GError **error)
{
  g_autoptr (BenchData) data = bench_data_new ();
  guint n_agencies = n_records * 2 / 3;
  guint n_people = n_records * 4 / 15;

  if (!dure_store_begin (store, "bench", error))
    return FALSE;
  for (guint i = 0; i < n_records; i++)
    {
      g_autoptr (DureRecord) record = i < n_agencies              ? bench_agency (data)
                                      : i < n_agencies + n_people ? bench_person (data)
                                                                  : bench_event (data);

      if (!dure_store_write (store, record, error))
        {
          dure_store_rollback (store);
          return FALSE;
        }
    }
  return dure_store_commit (store, error);
}

void
bench_remove_store (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

double
bench_now (void)
{
  return (double)g_get_monotonic_time () / 1000.0;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double one = *(const double *)a, other = *(const double *)b;

  return one < other ? -1 : one > other;
}

double
bench_percentile (GArray *times, double percent)
{
  guint at;

  if (times->len == 0)
    return 0;
  g_array_sort (times, compare_times);
  at = (guint)((double)(times->len - 1) * percent / 100.0 + 0.5);
  return g_array_index (times, double, at);
}

void
bench_line (const char *what, const char *format, ...)
{
  va_list arguments;

  printf ("%-44s ", what);
  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  putchar ('\n');
  fflush (stdout);
}
