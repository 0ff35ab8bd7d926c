/* bench-national.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "bench-national.h"

#include <math.h>
#include <string.h>

#include "base/dure-uuid.h"
#include "domain/dure-builtin.h"
#include "graph/dure-random.h"

#define SEED 20261121

/* Out of ten ties, so many stay in the municipality, and so many more in the province. */
#define LOCAL 7
#define PROVINCIAL 2

static const struct
{
  const char *key;
  const char *word;
  gboolean public;
  int area;
} kinds[] = {
  { "dong-centre", "행정복지센터", TRUE, 0 },
  { "welfare-centre", "종합사회복지관", FALSE, 0 },
  { "senior-centre", "노인복지관", FALSE, 6 },
  { "mental-health-centre", "정신건강복지센터", TRUE, 5 },
  { "self-support-centre", "지역자활센터", FALSE, 2 },
  { "family-centre", "가족센터", TRUE, 0 },
  { "medical", "의원", FALSE, 1 },
  { "education", "지역아동센터", FALSE, 4 },
  { "civic", "나눔회", FALSE, 0 },
  { "health-centre", "보건지소", TRUE, 1 },
};

static void
municipality_clear (gpointer data)
{
  BenchMunicipality *self = data;

  g_free (self->code);
  g_free (self->name);
  g_ptr_array_unref (self->dong);
}

static void
agency_clear (gpointer data)
{
  BenchAgency *self = data;

  g_free (self->name);
  g_free (self->label);
}

/** bench_national_free: frees it. */
void
bench_national_free (BenchNational *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->provinces);
  g_array_unref (self->municipalities);
  g_array_unref (self->agencies);
  g_array_unref (self->ties);
  g_free (self);
}

/* "포항시남구" is a part of 포항시, which is one municipality; "남구" of a metropolitan city is one itself. */
static char *
municipality_name (const char *word)
{
  const char *city = strstr (word, "시");

  if (city != NULL && city > word && g_str_has_suffix (word, "구"))
    return g_strndup (word, (gsize)(city - word) + strlen ("시"));
  return g_strdup (word);
}

static guint
find_name (GPtrArray *names, const char *name)
{
  guint at;

  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, &at))
    {
      g_ptr_array_add (names, g_strdup (name));
      at = names->len - 1;
    }
  return at;
}

/* One line: code,lat,lon,province [municipality [dong]] */
static void
read_place (BenchNational *self, GHashTable *known, const char *line)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", 4);
  g_auto (GStrv) names = g_strsplit (g_strv_length (cells) == 4 ? cells[3] : "", " ", 3);
  g_autofree char   *name = NULL;
  g_autofree char   *key = NULL;
  BenchMunicipality *place;
  guint              province;
  guint              at;

  if (g_strv_length (names) < 2 || names[1][0] == '\0')
    return;
  province = find_name (self->provinces, names[0]);
  name = municipality_name (names[1]);
  key = g_strdup_printf ("%u %s", province, name);
  at = GPOINTER_TO_UINT (g_hash_table_lookup (known, key));
  if (at == 0)
    {
      BenchMunicipality fresh = { province,
                                  g_strdup (cells[0]),
                                  g_strdup (name),
                                  g_ascii_strtod (cells[1], NULL),
                                  g_ascii_strtod (cells[2], NULL),
                                  g_ptr_array_new_with_free_func (g_free) };

      g_array_append_val (self->municipalities, fresh);
      at = self->municipalities->len;
      g_hash_table_insert (known, g_steal_pointer (&key), GUINT_TO_POINTER (at));
    }
  place = &g_array_index (self->municipalities, BenchMunicipality, at - 1);
  if (names[2] != NULL)
    g_ptr_array_add (place->dong, g_strdup (names[2]));
}

static gboolean
read_places (BenchNational *self, GError **error)
{
  g_autofree char *csv = dure_builtin_text ("regions/places.csv", error);
  g_auto (GStrv) lines = csv != NULL ? g_strsplit (csv, "\n", -1) : NULL;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (csv == NULL)
    return FALSE;
  for (char **line = lines; *line != NULL; line++)
    if (g_ascii_isdigit ((*line)[0]))
      read_place (self, known, *line);
  return TRUE;
}

/* Every municipality gets agencies by the number of its dong. Returns where those of each begin. */
static guint *
make_agencies (BenchNational *self, guint n)
{
  guint  k = self->municipalities->len;
  guint *first = g_new0 (guint, (gsize)k + 1);
  double weight = 0;
  double sum = 0;

  for (guint m = 0; m < k; m++)
    weight += g_array_index (self->municipalities, BenchMunicipality, m).dong->len + 6;
  for (guint m = 0; m < k; m++)
    {
      const BenchMunicipality *place = &g_array_index (self->municipalities, BenchMunicipality, m);

      sum += place->dong->len + 6;
      first[m + 1] = (guint)round (n * sum / weight);
      for (guint i = 0; i < first[m + 1] - first[m]; i++)
        {
          BenchAgency agency = { .municipality = m };
          const char *dong = place->dong->len > 0 ? place->dong->pdata[i % place->dong->len] : place->name;
          guint       round_number = place->dong->len > 0 ? i / place->dong->len : i;

          agency.kind = i < place->dong->len ? 0 : 1 + (i * 7 + round_number) % (G_N_ELEMENTS (kinds) - 1);
          agency.area = kinds[agency.kind].area;
          agency.name = round_number < 2 ? g_strdup_printf ("%s %s %s", place->name, dong, kinds[agency.kind].word)
                                         : g_strdup_printf ("%s %s 제%u%s", place->name, dong, round_number,
                                                            kinds[agency.kind].word);
          agency.label = g_strdup_printf ("%s %s", dong, kinds[agency.kind].word);
          g_array_append_val (self->agencies, agency);
        }
    }
  return first;
}

/* A few agencies of a place know nearly everybody, most know few: the square prefers the first ones. */
static guint
pick (guint64 *random, guint from, guint to)
{
  double share = dure_random_double (random);

  return from + (guint)(share * share * (to - from));
}

static void
make_ties (BenchNational *self, const guint *first, guint n)
{
  guint64 random = SEED;
  guint   k = self->municipalities->len;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree guint *province_first = g_new0 (guint, (gsize)self->provinces->len + 1);
  g_autofree guint *province_end = g_new0 (guint, (gsize)self->provinces->len + 1);

  /* The municipalities of a province stand together. */
  for (guint m = k; m > 0; m--)
    province_first[g_array_index (self->municipalities, BenchMunicipality, m - 1).province] = first[m - 1];
  for (guint m = 0; m < k; m++)
    province_end[g_array_index (self->municipalities, BenchMunicipality, m).province] = first[m + 1];
  while (self->ties->len < n)
    {
      guint    a = dure_random_below (&random, self->agencies->len);
      guint    m = g_array_index (self->agencies, BenchAgency, a).municipality;
      guint    province = g_array_index (self->municipalities, BenchMunicipality, m).province;
      guint    how = dure_random_below (&random, 10);
      guint    b = how < LOCAL                ? pick (&random, first[m], first[m + 1])
                   : how < LOCAL + PROVINCIAL ? pick (&random, province_first[province], province_end[province])
                                              : pick (&random, 0, self->agencies->len);
      BenchTie tie = { MIN (a, b), MAX (a, b), dure_random_below (&random, 4), 1 + dure_random_below (&random, 4) };
      gint64   pair = (gint64)tie.from << 32 | tie.to;

      if (a != b && g_hash_table_add (known, g_memdup2 (&pair, sizeof pair)))
        g_array_append_val (self->ties, tie);
    }
}

/**
 * bench_national_new:
 * @n_agencies: how many
 * @n_ties: how many
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the picture
 */
BenchNational *
bench_national_new (guint n_agencies, guint n_ties, GError **error)
{
  g_autoptr (BenchNational) self = g_new0 (BenchNational, 1);
  g_autofree guint *first = NULL;

  self->provinces = g_ptr_array_new_with_free_func (g_free);
  self->municipalities = g_array_new (FALSE, FALSE, sizeof (BenchMunicipality));
  g_array_set_clear_func (self->municipalities, municipality_clear);
  self->agencies = g_array_new (FALSE, FALSE, sizeof (BenchAgency));
  g_array_set_clear_func (self->agencies, agency_clear);
  self->ties = g_array_new (FALSE, FALSE, sizeof (BenchTie));
  if (!read_places (self, error))
    return NULL;
  first = make_agencies (self, n_agencies);
  make_ties (self, first, n_ties);
  return g_steal_pointer (&self);
}

/**
 * bench_national_network:
 * @self: a picture
 *
 * Returns: (transfer full): the network; node i is agency i, its region the code of its municipality
 */
DureNetwork *
bench_national_network (const BenchNational *self)
{
  g_autofree DureNetworkNode *nodes = g_new0 (DureNetworkNode, (gsize)self->agencies->len + 1);
  g_autofree DureNetworkTie  *ties = g_new0 (DureNetworkTie, (gsize)self->ties->len + 1);
  DureNetwork                *network;

  for (guint v = 0; v < self->agencies->len; v++)
    {
      const BenchAgency       *agency = &g_array_index (self->agencies, BenchAgency, v);
      const BenchMunicipality *place = &g_array_index (self->municipalities, BenchMunicipality, agency->municipality);

      nodes[v] = (DureNetworkNode){
        .id = g_strdup_printf ("agency-%05u", v),
        .name = agency->name,
        .label = agency->label,
        .kind = (char *)kinds[agency->kind].key,
        .region = place->code,
        .region_name = place->name,
        .sector = kinds[agency->kind].public ? DURE_SECTOR_PUBLIC : DURE_SECTOR_PRIVATE,
        .area = agency->area,
        .areas = 1u << agency->area,
        .lat = place->lat,
        .lon = place->lon,
      };
    }
  for (guint t = 0; t < self->ties->len; t++)
    {
      const BenchTie *tie = &g_array_index (self->ties, BenchTie, t);

      ties[t] = (DureNetworkTie){ .from = tie->from, .to = tie->to, .layers = 1u << tie->layer, .count = 1 };
      ties[t].by_layer[tie->layer] = tie->strength;
    }
  network = dure_network_new (nodes, self->agencies->len, ties, self->ties->len);
  for (guint v = 0; v < self->agencies->len; v++)
    g_free (nodes[v].id);
  return network;
}

/**
 * bench_national_groups:
 * @self: a picture
 * @by_province: by province; otherwise by municipality
 *
 * Returns: (transfer full): the group of each agency
 */
guint *
bench_national_groups (const BenchNational *self, gboolean by_province)
{
  guint *groups = g_new0 (guint, (gsize)self->agencies->len + 1);

  for (guint v = 0; v < self->agencies->len; v++)
    {
      guint m = g_array_index (self->agencies, BenchAgency, v).municipality;

      groups[v] = by_province ? g_array_index (self->municipalities, BenchMunicipality, m).province : m;
    }
  return groups;
}

/* Gives @record a new id and writes it. Returns the id. */
static char *
write_new (DureStore *store, DureRecord *record, GError **error)
{
  char id[DURE_UUID_LENGTH + 1];

  dure_uuid_v7 (id);
  dure_record_set_id (record, id);
  return dure_store_write (store, record, error) ? g_strdup (id) : NULL;
}

static char *
write_region (
    DureStore *store, const char *code, const char *name, const char *level, const char *parent, GError **error)
{
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_REGION);

  dure_record_set (record, DURE_REGION_CODE, code);
  dure_record_set (record, DURE_REGION_NAME, name);
  dure_record_set (record, DURE_REGION_LEVEL, level);
  if (parent != NULL)
    dure_record_set (record, DURE_REGION_PARENT, parent);
  return write_new (store, record, error);
}

static gboolean
write_regions (const BenchNational *self, DureStore *store, GPtrArray *regions, GError **error)
{
  g_autoptr (GPtrArray) provinces = g_ptr_array_new_with_free_func (g_free);

  for (guint m = 0; m < self->municipalities->len; m++)
    {
      const BenchMunicipality *place = &g_array_index (self->municipalities, BenchMunicipality, m);
      char                    *id;

      if (place->province == provinces->len)
        {
          g_autofree char *code = g_strdup_printf ("%.2s00000000", place->code);

          id = write_region (store, code, self->provinces->pdata[place->province], "province", NULL, error);
          if (id == NULL)
            return FALSE;
          g_ptr_array_add (provinces, id);
        }
      id = write_region (store, place->code, place->name, "municipality", provinces->pdata[place->province], error);
      if (id == NULL)
        return FALSE;
      g_ptr_array_add (regions, id);
    }
  return TRUE;
}

static gboolean
write_agencies (const BenchNational *self, DureStore *store, GPtrArray *regions, GPtrArray *agencies, GError **error)
{
  const DureField *areas = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_AREAS);

  for (guint v = 0; v < self->agencies->len; v++)
    {
      const BenchAgency *agency = &g_array_index (self->agencies, BenchAgency, v);
      g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_AGENCY);
      char *id;

      dure_record_set (record, DURE_AGENCY_NAME, agency->name);
      dure_record_set (record, DURE_AGENCY_KIND, kinds[agency->kind].key);
      dure_record_set (record, DURE_AGENCY_SECTOR, kinds[agency->kind].public ? "public" : "private");
      dure_record_set (record, DURE_AGENCY_AREAS, areas->choices[agency->area].key);
      dure_record_set (record, DURE_AGENCY_REGION, regions->pdata[agency->municipality]);
      id = write_new (store, record, error);
      if (id == NULL)
        return FALSE;
      g_ptr_array_add (agencies, id);
    }
  return TRUE;
}

static gboolean
write_ties (const BenchNational *self, DureStore *store, GPtrArray *agencies, GError **error)
{
  const DureField *tie_kinds = dure_entity_field (dure_entity (DURE_ENTITY_TIE), DURE_TIE_KIND);

  for (guint t = 0; t < self->ties->len; t++)
    {
      const BenchTie *tie = &g_array_index (self->ties, BenchTie, t);
      g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_TIE);
      g_autofree char *id = NULL;

      dure_record_set (record, DURE_TIE_FROM, agencies->pdata[tie->from]);
      dure_record_set (record, DURE_TIE_TO, agencies->pdata[tie->to]);
      dure_record_set (record, DURE_TIE_KIND, tie_kinds->choices[tie->layer].key);
      dure_record_set_int (record, DURE_TIE_STRENGTH, tie->strength);
      id = write_new (store, record, error);
      if (id == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * bench_national_fill:
 * @self: a picture
 * @store: an empty store
 * @error: return location
 *
 * Writes regions, agencies and ties in one transaction, as any record is written.
 *
 * Returns: whether it was written
 */
gboolean
bench_national_fill (const BenchNational *self, DureStore *store, GError **error)
{
  g_autoptr (GPtrArray) regions = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) agencies = g_ptr_array_new_with_free_func (g_free);

  if (!dure_store_begin (store, "bench", error))
    return FALSE;
  if (!write_regions (self, store, regions, error) || !write_agencies (self, store, regions, agencies, error)
      || !write_ties (self, store, agencies, error))
    {
      dure_store_rollback (store);
      return FALSE;
    }
  return dure_store_commit (store, error);
}
