/* dure-network-view-json.c: a saved view as text, in the record of the view
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words instead of numbers, so that a list that grows in a later version does not change what is meant; what is not
 * known is kept and written again.
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-view.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "base/dure-json-check.h"

/* A view of tens of thousands of agencies with named communities is some megabytes. */
#define BYTES_MOST (16 * 1024 * 1024)
#define DEPTH_MOST 16
#define HALF_LIFE_MOST 1200.0

static const char *const pictures[] = { "distance", "group", "concentric", "council", "dong", "free", NULL };
static const char *const colours[] = { "area", "sector", "kind", "community", "core", NULL };
static const char *const sizes[] = { "same", "degree", "strength", "betweenness", "harmonic", "core", NULL };
static const char *const groups[] = { "area", "sector", "kind", "region", "community", NULL };
static const char *const layers[]
    = { "agreement", "information", "resource", "programme", "other", "referral", "seats", "attendance", NULL };
static const char *const sectors[] = { "public", "private", "council", NULL };
static const char *const councils[] = { "all", "members", "others", NULL };

/* What dure_network_view_to_json() writes; everything else is kept as it came. */
static const char *const known[]
    = { "picture", "colour", "size", "group", "reading", "filter", "communities", "community_of", NULL };

static char **
area_words (void)
{
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_AREAS);
  char           **words = g_new0 (char *, DURE_N_AREAS + 2);

  for (guint i = 0; i < DURE_N_AREAS; i++)
    words[i] = g_strdup (field->choices[i].key);
  words[DURE_N_AREAS] = g_strdup ("none");
  return words;
}

static void
add_bits (JsonObject *object, const char *key, const char *const *words, guint bits)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if ((bits & (1u << i)) != 0)
      json_array_add_string_element (array, words[i]);
  json_object_set_array_member (object, key, array);
}

static void
add_list (JsonObject *object, const char *key, char **words)
{
  JsonArray *array;

  if (words == NULL)
    return;
  array = json_array_new ();
  for (; *words != NULL; words++)
    json_array_add_string_element (array, *words);
  json_object_set_array_member (object, key, array);
}

static void
add_day (JsonObject *object, const char *key, int day)
{
  g_autofree char *date = day != DURE_NO_DAY ? dure_day_to_date (day) : NULL;

  if (date != NULL)
    json_object_set_string_member (object, key, date);
}

static JsonObject *
filter_to_json (const DureNetworkFilter *filter)
{
  JsonObject *object = json_object_new ();
  g_auto (GStrv) areas = area_words ();

  add_bits (object, "layers", layers, filter->layers);
  add_day (object, "from", filter->from);
  add_day (object, "to", filter->to);
  if (filter->sectors != 0)
    add_bits (object, "sectors", sectors, filter->sectors);
  if (filter->areas != 0)
    add_bits (object, "areas", (const char *const *)areas, filter->areas);
  add_list (object, "kinds", filter->kinds);
  add_list (object, "agencies", filter->agencies);
  add_list (object, "regions", filter->regions);
  if (filter->council != DURE_COUNCIL_ALL && filter->council < G_N_ELEMENTS (councils) - 1)
    json_object_set_string_member (object, "council", councils[filter->council]);
  if (filter->least > 0)
    json_object_set_double_member (object, "least", filter->least);
  if (filter->half_life > 0)
    json_object_set_double_member (object, "half_life", filter->half_life);
  return object;
}

static JsonObject *
communities_to_json (GHashTable *community_of)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GList) agencies = g_list_sort (g_hash_table_get_keys (community_of), (GCompareFunc)strcmp);

  for (GList *l = agencies; l != NULL; l = l->next)
    json_object_set_int_member (object, l->data, GPOINTER_TO_UINT (g_hash_table_lookup (community_of, l->data)));
  return object;
}

/**
 * dure_network_view_to_json:
 * @self: a view
 *
 * Returns: (transfer full): the view as text, for the filters of its record
 */
char *
dure_network_view_to_json (const DureNetworkView *self)
{
  g_autoptr (JsonNode) root = self->rest != NULL ? json_from_string (self->rest, NULL) : NULL;
  JsonObject *object;

  if (root == NULL)
    {
      root = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (root, json_object_new ());
    }
  object = json_node_get_object (root);
  json_object_set_string_member (object, "picture", pictures[self->picture]);
  json_object_set_string_member (object, "colour", colours[self->colour]);
  json_object_set_string_member (object, "size", sizes[self->size]);
  json_object_set_string_member (object, "group", groups[self->group]);
  json_object_set_double_member (object, "reading", self->reading);
  json_object_set_object_member (object, "filter", filter_to_json (self->filter));
  add_list (object, "communities", self->community_names);
  if (self->community_of != NULL)
    json_object_set_object_member (object, "community_of", communities_to_json (self->community_of));
  return json_to_string (root, FALSE);
}

static gboolean
refuse (GError **error, const char *key)
{
  dure_set_error (error, DURE_ERROR_INVALID,
                  _ ("The saved view cannot be read: what stands at “%s” is not what belongs there."), key);
  return FALSE;
}

/* The member @key if there is one; JSON null counts as none. */
static JsonNode *
find (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gboolean
read_text (JsonObject *object, const char *key, const char **text, GError **error)
{
  JsonNode *node = find (object, key);

  *text = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse (error, key);
  *text = json_node_get_string (node);
  return TRUE;
}

/* A word that a later version knows leaves what is usual. */
static gboolean
read_word (JsonObject *object, const char *key, const char *const *words, guint *value, GError **error)
{
  const char *text;

  if (!read_text (object, key, &text, error))
    return FALSE;
  for (guint i = 0; text != NULL && words[i] != NULL; i++)
    if (strcmp (text, words[i]) == 0)
      *value = i;
  return TRUE;
}

static gboolean
read_number (JsonObject *object, const char *key, double least, double most, double *value, GError **error)
{
  JsonNode *node = find (object, key);
  GType     type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double    number;

  if (node == NULL)
    return TRUE;
  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return refuse (error, key);
  number = type == G_TYPE_DOUBLE ? json_node_get_double (node) : (double)json_node_get_int (node);
  if (!isfinite (number) || number < least || number > most)
    return refuse (error, key);
  *value = number;
  return TRUE;
}

static gboolean
read_list (JsonObject *object, const char *key, char ***list, GError **error)
{
  JsonNode  *node = find (object, key);
  JsonArray *array;
  g_autoptr (GPtrArray) words = NULL;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, key);
  array = json_node_get_array (node);
  words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *word = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (word) || json_node_get_value_type (word) != G_TYPE_STRING)
        return refuse (error, key);
      g_ptr_array_add (words, g_strdup (json_node_get_string (word)));
    }
  g_ptr_array_add (words, NULL);
  g_strfreev (*list);
  *list = (char **)g_ptr_array_free (g_steal_pointer (&words), FALSE);
  return TRUE;
}

static gboolean
read_bits (JsonObject *object, const char *key, const char *const *words, guint *bits, GError **error)
{
  g_auto (GStrv) list = NULL;

  if (!read_list (object, key, &list, error))
    return FALSE;
  if (list == NULL)
    return TRUE;
  *bits = 0;
  for (guint i = 0; words[i] != NULL; i++)
    if (g_strv_contains ((const char *const *)list, words[i]))
      *bits |= 1u << i;
  return TRUE;
}

static gboolean
read_day (JsonObject *object, const char *key, int *day, GError **error)
{
  const char *text;

  if (!read_text (object, key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  *day = dure_day (text);
  return *day != DURE_NO_DAY ? TRUE : refuse (error, key);
}

static gboolean
read_filter (JsonObject *root, DureNetworkFilter *filter, GError **error)
{
  JsonNode   *node = find (root, "filter");
  JsonObject *object;
  g_auto (GStrv) areas = area_words ();

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, "filter");
  object = json_node_get_object (node);
  if (!read_bits (object, "layers", layers, &filter->layers, error) || !read_day (object, "from", &filter->from, error)
      || !read_day (object, "to", &filter->to, error)
      || !read_bits (object, "sectors", sectors, &filter->sectors, error)
      || !read_bits (object, "areas", (const char *const *)areas, &filter->areas, error)
      || !read_list (object, "kinds", &filter->kinds, error)
      || !read_list (object, "agencies", &filter->agencies, error)
      || !read_list (object, "regions", &filter->regions, error)
      || !read_word (object, "council", councils, &filter->council, error)
      || !read_number (object, "least", 0, G_MAXINT, &filter->least, error)
      || !read_number (object, "half_life", 0, HALF_LIFE_MOST, &filter->half_life, error))
    return FALSE;
  if (filter->from != DURE_NO_DAY && filter->to != DURE_NO_DAY && filter->from > filter->to)
    return refuse (error, "to");
  return TRUE;
}

static gboolean
read_communities (JsonObject *root, DureNetworkView *self, GError **error)
{
  JsonNode      *node = find (root, "community_of");
  JsonObjectIter iter;
  const char    *agency;
  JsonNode      *number;

  if (!read_list (root, "communities", &self->community_names, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, "community_of");
  self->community_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &agency, &number))
    {
      if (!JSON_NODE_HOLDS_VALUE (number) || json_node_get_value_type (number) != G_TYPE_INT64
          || json_node_get_int (number) < 0 || json_node_get_int (number) > G_MAXINT)
        return refuse (error, "community_of");
      g_hash_table_insert (self->community_of, g_strdup (agency), GUINT_TO_POINTER ((guint)json_node_get_int (number)));
    }
  return TRUE;
}

/* What this program does not know, to be written again. */
static char *
rest_of (JsonObject *root)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject    *rest = json_object_new ();
  JsonObjectIter iter;
  const char    *key;
  JsonNode      *value;

  json_node_take_object (node, rest);
  json_object_iter_init_ordered (&iter, root);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!g_strv_contains (known, key))
      json_object_set_member (rest, key, json_node_copy (value));
  return json_object_get_size (rest) > 0 ? json_to_string (node, FALSE) : NULL;
}

/**
 * dure_network_view_from_json:
 * @json: (nullable): what dure_network_view_to_json() wrote, here or on another machine; %NULL or empty for the usual
 * view
 * @error: %DURE_ERROR_INVALID with the key that is wrong, or where the text breaks off
 *
 * Words that only a later version knows leave what is usual; members that it does not know are kept for
 * dure_network_view_to_json(). Numbers out of their range, days that do not exist and whatever else cannot be meant are
 * refused as a whole.
 *
 * Returns: (transfer full) (nullable): the view
 */
DureNetworkView *
dure_network_view_from_json (const char *json, GError **error)
{
  g_autoptr (DureNetworkView) self = dure_network_view_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  if (json == NULL || *json == '\0')
    return g_steal_pointer (&self);
  if (strlen (json) > BYTES_MOST)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("The saved view cannot be read: it is no text of a view."));
      return NULL;
    }
  if (dure_json_is_object (json, strlen (json), DEPTH_MOST))
    root = json_from_string (json, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("The saved view cannot be read: its text is damaged."));
      return NULL;
    }
  object = json_node_get_object (root);
  if (!read_word (object, "picture", pictures, &self->picture, error)
      || !read_word (object, "colour", colours, &self->colour, error)
      || !read_word (object, "size", sizes, &self->size, error)
      || !read_word (object, "group", groups, &self->group, error)
      || !read_number (object, "reading", 0, 1, &self->reading, error) || !read_filter (object, self->filter, error)
      || !read_communities (object, self, error))
    return NULL;
  self->rest = rest_of (object);
  return g_steal_pointer (&self);
}
