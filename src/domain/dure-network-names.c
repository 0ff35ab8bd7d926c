/* dure-network-names.c: agencies of one name are told apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-private.h"

static const char *
kind_label (const DureNetworkNode *node)
{
  const DureField  *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND);
  const DureChoice *choice = dure_field_choice (field, node->kind);

  return choice != NULL ? dure_choice_label (choice) : "";
}

static const char *
region_label (const DureNetworkNode *node)
{
  return node->region_name != NULL ? node->region_name : "";
}

/* Whether what @get says is another thing for each of the nodes, and never nothing. */
static gboolean
differs (const DureNetworkNode *nodes, GArray *same, const char *(*get) (const DureNetworkNode *))
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < same->len; i++)
    {
      const char *word = get (&nodes[g_array_index (same, guint, i)]);

      if (*word == '\0' || !g_hash_table_add (seen, (gpointer)word))
        return FALSE;
    }
  return TRUE;
}

static char *
add_word (GStringChunk *strings, const char *text, const char *word)
{
  g_autofree char *whole = g_strdup_printf ("%s (%s)", text, word);

  return g_string_chunk_insert (strings, whole);
}

/* Nodes whose @names are the same get their dong, or their kind, or a number after it. */
static void
tell_apart (DureNetworkNode *nodes, GArray *same, GStringChunk *strings, gboolean labels)
{
  const char *(*get) (const DureNetworkNode *) = differs (nodes, same, region_label) ? region_label
                                                 : differs (nodes, same, kind_label) ? kind_label
                                                                                     : NULL;

  for (guint i = 0; i < same->len; i++)
    {
      DureNetworkNode *node = &nodes[g_array_index (same, guint, i)];
      char           **text = labels ? &node->label : &node->name;
      char             number[12];

      g_snprintf (number, sizeof number, "%u", i + 1);
      *text = add_word (strings, *text, get != NULL ? get (node) : number);
    }
}

static void
tell_all_apart (DureNetworkNode *nodes, guint n_nodes, GStringChunk *strings, gboolean labels)
{
  g_autoptr (GHashTable) by_text = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);
  g_autoptr (GPtrArray) several = g_ptr_array_new ();

  for (guint v = 0; v < n_nodes; v++)
    {
      const char *text = labels ? nodes[v].label : nodes[v].name;
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
    tell_apart (nodes, g_ptr_array_index (several, i), strings, labels);
}

/**
 * dure_network_tell_apart:
 * @nodes: (array length=n_nodes): agencies in their order
 * @n_nodes: how many
 * @strings: where new names are kept
 *
 * Adds to names and to labels that stand more than once the dong, or the kind, or a number, whichever tells them apart.
 */
void
dure_network_tell_apart (DureNetworkNode *nodes, guint n_nodes, GStringChunk *strings)
{
  tell_all_apart (nodes, n_nodes, strings, TRUE);
  tell_all_apart (nodes, n_nodes, strings, FALSE);
}
