/* dure-network-names.c: agencies of one name are told apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-private.h"

/* What may tell agencies of one name apart, the plainest first. */
typedef enum
{
  BY_REGION,
  BY_MUNICIPALITY,
  BY_KIND,
  N_WAYS
} Way;

typedef struct
{
  DureNetworkNode *nodes;
  GHashTable      *region_of; /* id -> DureRecord */
  GStringChunk    *strings;
  gboolean         labels;
} Names;

/* "" when the node has no such thing. */
static const char *
word_of (const Names *self, const DureNetworkNode *node, Way way)
{
  const char *word = NULL;

  if (way == BY_REGION)
    word = node->region_name;
  else if (way == BY_MUNICIPALITY && node->region != NULL)
    {
      DureRecord *region = g_hash_table_lookup (self->region_of, node->region);
      const char *above = region != NULL ? dure_record_get (region, DURE_REGION_PARENT) : NULL;
      DureRecord *parent = above != NULL ? g_hash_table_lookup (self->region_of, above) : NULL;

      word = parent != NULL ? dure_record_get (parent, DURE_REGION_NAME) : NULL;
    }
  else if (way == BY_KIND)
    {
      const DureField  *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND);
      const DureChoice *choice = dure_field_choice (field, node->kind);

      word = choice != NULL ? dure_choice_label (choice) : NULL;
    }
  return word != NULL ? word : "";
}

/* How many nodes have each word. */
static GHashTable *
count_words (const Names *self, const GArray *same, Way way)
{
  GHashTable *count = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < same->len; i++)
    {
      const char *word = word_of (self, &self->nodes[g_array_index (same, guint, i)], way);

      if (*word != '\0')
        g_hash_table_insert (count, (gpointer)word,
                             GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (count, word)) + 1));
    }
  return count;
}

/* Nodes whose texts are the same get the word that most of them do not share, and a number where some still do. */
static void
tell_apart (const Names *self, const GArray *same)
{
  GHashTable *best = NULL;
  Way         way = BY_REGION;
  guint       number = 0;

  for (Way w = 0; w < N_WAYS; w++)
    {
      g_autoptr (GHashTable) count = count_words (self, same, w);

      if (best != NULL && g_hash_table_size (count) <= g_hash_table_size (best))
        continue;
      g_clear_pointer (&best, g_hash_table_unref);
      best = g_steal_pointer (&count);
      way = w;
    }
  for (guint i = 0; i < same->len; i++)
    {
      DureNetworkNode *node = &self->nodes[g_array_index (same, guint, i)];
      char           **text = self->labels ? &node->label : &node->name;
      const char      *word = g_hash_table_size (best) > 1 ? word_of (self, node, way) : "";
      gboolean         alone = GPOINTER_TO_UINT (g_hash_table_lookup (best, word)) == 1;
      g_autofree char *whole = alone           ? g_strdup_printf ("%s (%s)", *text, word)
                               : *word != '\0' ? g_strdup_printf ("%s (%s %u)", *text, word, ++number)
                                               : g_strdup_printf ("%s (%u)", *text, ++number);

      *text = g_string_chunk_insert (self->strings, whole);
    }
  g_hash_table_unref (best);
}

static void
tell_all_apart (const Names *self, guint n_nodes)
{
  g_autoptr (GHashTable) by_text = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
  g_autoptr (GPtrArray) several = g_ptr_array_new ();

  for (guint v = 0; v < n_nodes; v++)
    {
      const char *text = self->labels ? self->nodes[v].label : self->nodes[v].name;
      GArray     *same = g_hash_table_lookup (by_text, text);

      if (same == NULL)
        {
          same = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (by_text, (gpointer)text, same);
        }
      else if (same->len == 1)
        g_ptr_array_add (several, same);
      g_array_append_val (same, v);
    }
  for (guint i = 0; i < several->len; i++)
    tell_apart (self, g_ptr_array_index (several, i));
}

/**
 * dure_network_tell_apart:
 * @nodes: (array length=n_nodes): agencies in their order
 * @n_nodes: how many
 * @region_of: id -> DureRecord of all regions
 * @strings: where new names are kept
 *
 * Adds to names and to labels that stand more than once the dong, the municipality or the kind, whichever tells most of
 * them apart, and a number where that is not enough.
 */
void
dure_network_tell_apart (DureNetworkNode *nodes, guint n_nodes, GHashTable *region_of, GStringChunk *strings)
{
  Names names = { .nodes = nodes, .region_of = region_of, .strings = strings, .labels = TRUE };

  tell_all_apart (&names, n_nodes);
  names.labels = FALSE;
  tell_all_apart (&names, n_nodes);
}
