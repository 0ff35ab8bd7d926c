/* dure-region-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The places are data: data/regions/places.csv.
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-region-places.h"

#include <math.h>
#include <string.h>

#include "domain/dure-builtin.h"

#define CODE_LENGTH 10

typedef struct
{
  double lat;
  double lon;
} Place;

/* Provinces whose codes have changed since: the first two digits now, and those of the data. */
static const char *const renamed[][2] = { { "51", "42" }, { "52", "45" } };

typedef struct
{
  GHashTable *by_code;
  GHashTable *by_name; /* "municipality dong", and the name alone where only one has it; NULL where several have */
  char       *text;
  GArray     *places; /* of Place */
} Places;

/* Cuts the next field of a line off at @end; the data have no quotes. */
static char *
next_field (char **line, char end)
{
  char *field = *line;
  char *stop = field != NULL ? strchr (field, end) : NULL;

  if (stop != NULL)
    *stop++ = '\0';
  *line = stop;
  return field;
}

static void
add_name (Places *self, const char *name, guint number)
{
  gpointer old;

  if (g_hash_table_lookup_extended (self->by_name, name, NULL, &old))
    number = GPOINTER_TO_UINT (old) == number ? number : 0;
  g_hash_table_insert (self->by_name, (gpointer)name, GUINT_TO_POINTER (number));
}

static Places *
read_places (void)
{
  Places *self = g_new0 (Places, 1);
  char   *rest;

  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->text = dure_builtin_text ("regions/places.csv", NULL);
  rest = self->text;
  while (rest != NULL && *rest != '\0')
    {
      char *line = next_field (&rest, '\n');
      char *code = *line != '#' ? next_field (&line, ',') : NULL;
      char *lat = next_field (&line, ',');
      char *lon = next_field (&line, ',');
      char *name = line;
      Place place;

      if (code == NULL || lat == NULL || lon == NULL || name == NULL)
        continue;
      place = (Place){ g_ascii_strtod (lat, NULL), g_ascii_strtod (lon, NULL) };
      g_array_append_val (self->places, place);
      g_hash_table_insert (self->by_code, code, GUINT_TO_POINTER (self->places->len));
      /* "province municipality dong": known by each of its ends. */
      for (; name != NULL; name = strchr (name, ' ') != NULL ? strchr (name, ' ') + 1 : NULL)
        add_name (self, name, self->places->len);
    }
  return self;
}

static const Places *
get_places (void)
{
  static gsize places;

  if (g_once_init_enter (&places))
    g_once_init_leave (&places, (gsize)read_places ());
  return (const Places *)places;
}

static guint
find (const Places *self, const char *code, const char *municipality, const char *name)
{
  guint number = code != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->by_code, code)) : 0;

  if (number == 0 && code != NULL && strlen (code) == CODE_LENGTH)
    for (guint i = 0; i < G_N_ELEMENTS (renamed) && number == 0; i++)
      if (strncmp (code, renamed[i][0], 2) == 0)
        {
          g_autofree char *old = g_strconcat (renamed[i][1], code + 2, NULL);

          number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_code, old));
        }
  if (number == 0 && name != NULL && municipality != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s %s", municipality, name);

      number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_name, both));
    }
  if (number == 0 && name != NULL)
    number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_name, name));
  return number;
}

/**
 * dure_region_place:
 * @code: (nullable): administrative code of ten digits
 * @municipality: (nullable): name of the region that it is part of
 * @name: (nullable): its name
 * @lat: (out): degrees north
 * @lon: (out): degrees east
 *
 * Looks for the code first, then for the name; a name that several regions have is no help without the municipality.
 * When nothing is found, @lat and @lon are NaN.
 *
 * Returns: whether the place is known
 */
gboolean
dure_region_place (const char *code, const char *municipality, const char *name, double *lat, double *lon)
{
  const Places *self = get_places ();
  guint         number = find (self, code, municipality, name);

  *lat = number > 0 ? g_array_index (self->places, Place, number - 1).lat : NAN;
  *lon = number > 0 ? g_array_index (self->places, Place, number - 1).lon : NAN;
  return number > 0;
}
