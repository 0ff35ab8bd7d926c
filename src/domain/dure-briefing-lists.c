/* dure-briefing-lists.c: what the network says, as lists, each with its sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-briefing-private.h"

#include <glib/gi18n-lib.h>

#include "base/dure-hangul.h"

#define NAMES_MOST 3
#define PARTS_MOST 6
#define CUT_OFF_MOST 12

static void
item_free (gpointer data)
{
  DureBriefingItem *item = data;

  g_free (item->text);
  g_free (item->detail);
  g_free (item->marks);
  g_strfreev (item->agencies);
  g_free (item);
}

void
dure_briefing_list_free (gpointer data)
{
  DureBriefingList *list = data;

  g_free (list->heading);
  g_free (list->sentence);
  g_ptr_array_unref (list->items);
  g_free (list);
}

DureBriefingList *
dure_briefing_add_list (DureBriefing *self, DureBriefingTopic topic, const char *heading, gboolean names)
{
  DureBriefingList *list = g_new0 (DureBriefingList, 1);

  list->topic = topic;
  list->heading = g_strdup (heading);
  list->names = names;
  list->items = g_ptr_array_new_with_free_func (item_free);
  g_ptr_array_add (self->lists, list);
  return list;
}

/* Takes over all that is given. */
void
dure_briefing_add_item (DureBriefingList *list, char *text, char *detail, char *marks, char **agencies)
{
  DureBriefingItem *item = g_new0 (DureBriefingItem, 1);

  item->text = text;
  item->detail = detail;
  item->marks = marks;
  item->agencies = agencies != NULL ? agencies : g_new0 (char *, 1);
  g_ptr_array_add (list->items, item);
}

/* What is true of an empty room is true of nobody. */
static char *
all_is_well (const DureBriefing *self, const char *sentence)
{
  return g_strdup (self->bodies->len == 0 ? _ ("Nobody is invited yet.") : sentence);
}

static const char *
name_of (const DureBriefing *self, guint node)
{
  return self->network->nodes[node].name;
}

static char **
ids_of (const DureBriefing *self, const guint *nodes, guint n)
{
  char **ids = g_new0 (char *, (gsize)n + 1);

  for (guint i = 0; i < n; i++)
    ids[i] = g_strdup (self->network->nodes[nodes[i]].id);
  return ids;
}

static void
add_nodes (DureBriefing *self, DureBriefingList *list, const GArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      const guint node = g_array_index (nodes, guint, i);

      dure_briefing_add_item (list, g_strdup (name_of (self, node)), NULL, NULL, ids_of (self, &node, 1));
    }
}

static void
list_ties (DureBriefing *self)
{
  DureBriefingList *list = dure_briefing_add_list (self, DURE_BRIEFING_NO_TIE, _ ("No tie at all"), TRUE);

  add_nodes (self, list, self->before->no_tie);
  list->sentence
      = list->items->len > 0
            ? g_strdup (_ ("No agreement, joint work or referral on record with anyone. Introduce them first."))
            : all_is_well (self, _ ("Everyone invited has at least one tie."));

  list = dure_briefing_add_list (self, DURE_BRIEFING_NONE_IN_ROOM, _ ("No tie to anyone in the room"), TRUE);
  add_nodes (self, list, self->before->none_in_room);
  list->sentence = list->items->len > 0 ? g_strdup (_ ("They work with others, but with nobody who is invited."))
                                        : all_is_well (self, _ ("Whoever has ties has one in the room."));
}

/* "A, B, C and 4 more agencies". */
static char *
join_labels (const DureBriefing *self, const GArray *nodes, guint most)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint shown = nodes->len <= most + 1 ? nodes->len : most;

  for (guint i = 0; i < shown; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            self->network->nodes[g_array_index (nodes, guint, i)].label);
  if (shown < nodes->len)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("and %u more agencies"), nodes->len - shown);
    }
  return g_strdup (text->str);
}

static void
list_cut_off (DureBriefing *self)
{
  const GPtrArray  *cuts = self->before->cuts;
  DureBriefingList *list = dure_briefing_add_list (self, DURE_BRIEFING_CUT_OFF, _ ("Cut off if one is missing"), FALSE);

  for (guint i = 0; i < cuts->len; i++)
    {
      const DureMeetingCut *cut = g_ptr_array_index (cuts, i);
      g_autofree char      *names = join_labels (self, cut->cut_off, CUT_OFF_MOST);
      g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));

      g_array_append_val (nodes, cut->node);
      g_array_append_vals (nodes, cut->cut_off->data, cut->cut_off->len);
      dure_briefing_add_item (list, dure_hangul_printf (_ ("Without %s: %s"), name_of (self, cut->node), names), NULL,
                              NULL, ids_of (self, (const guint *)(gpointer)nodes->data, nodes->len));
    }
  list->sentence = list->items->len > 0
                       ? g_strdup (_ ("If the first does not come, the others lose their only way to the rest."))
                       : all_is_well (self, _ ("No single absence would cut anyone off."));
}

static void
add_pairs (DureBriefing *self, DureBriefingList *list, const GArray *pairs)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const DureIntroduction *pair = &g_array_index (pairs, DureIntroduction, i);
      const guint             nodes[] = { pair->a, pair->b };

      dure_briefing_add_item (list, g_strdup_printf ("%s – %s", name_of (self, pair->a), name_of (self, pair->b)),
                              dure_introduction_reason (self->network, pair), NULL, ids_of (self, nodes, 2));
    }
}

static void
list_introductions (DureBriefing *self)
{
  DureBriefingList *list
      = dure_briefing_add_list (self, DURE_BRIEFING_JOIN, _ ("Introductions that join the room"), FALSE);

  add_pairs (self, list, self->before->introductions);
  list->sentence = list->items->len > 0
                       ? g_strdup_printf (_ ("The room falls into %1$u parts; these %2$u introductions join them all."),
                                          self->before->components->len, list->items->len)
                       : all_is_well (self, _ ("The room already hangs together."));
}

static void
list_joiners (DureBriefing *self)
{
  const GPtrArray  *joiners = self->before->joiners;
  DureBriefingList *list
      = dure_briefing_add_list (self, DURE_BRIEFING_JOINERS, _ ("Not invited, but would join the room"), FALSE);

  for (guint i = 0; i < joiners->len; i++)
    {
      const DureJoiner *joiner = g_ptr_array_index (joiners, i);
      g_autoptr (GString) parts = g_string_new (NULL);

      for (guint k = 0; k < MIN (joiner->parts->len, PARTS_MOST); k++)
        {
          const GArray    *part = g_ptr_array_index (self->before->components, g_array_index (joiner->parts, guint, k));
          g_autofree char *names = join_labels (self, part, 1);

          g_string_append_printf (parts, "%s%s", k > 0 ? " · " : "", names);
        }
      if (joiner->parts->len > PARTS_MOST)
        g_string_append (parts, " · …");
      dure_briefing_add_item (list, g_strdup (name_of (self, joiner->node)),
                              g_strdup_printf (_ ("would join %1$u parts: %2$s"), joiner->parts->len, parts->str), NULL,
                              ids_of (self, &joiner->node, 1));
    }
  list->sentence = list->items->len > 0 ? g_strdup (_ ("They work with several parts of the room."))
                                        : all_is_well (self, _ ("No agency outside would join parts of the room."));
}

static void
list_worth (DureBriefing *self)
{
  DureBriefingList *list = dure_briefing_add_list (self, DURE_BRIEFING_INTRODUCE, _ ("Worth introducing"), FALSE);

  add_pairs (self, list, self->before->worth);
  list->sentence = list->items->len > 0 ? g_strdup (_ ("They have no tie yet, but much in common."))
                                        : all_is_well (self, _ ("No other pair has a partner or an area in common."));
}

static void
list_parts (DureBriefing *self)
{
  const GPtrArray  *parts = self->before->components;
  DureBriefingList *list = dure_briefing_add_list (self, DURE_BRIEFING_PARTS, _ ("Parts of the room"), FALSE);
  guint             n_alone = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      const GArray    *part = g_ptr_array_index (parts, i);
      g_autofree char *names = part->len > 1 ? join_labels (self, part, NAMES_MOST) : NULL;

      if (part->len > 1)
        dure_briefing_add_item (list, g_strdup_printf (_ ("%1$u agencies: %2$s"), part->len, names), NULL, NULL,
                                ids_of (self, (const guint *)(gpointer)part->data, part->len));
      else
        n_alone++;
    }
  list->sentence = parts->len <= 1
                       ? all_is_well (self, _ ("The room already hangs together."))
                       : g_strdup_printf (_ ("%1$u parts whose members work together, and %2$u agencies alone."),
                                          list->items->len, n_alone);
}

static void
list_missing (DureBriefing *self)
{
  DureBriefingList *list = dure_briefing_add_list (self, DURE_BRIEFING_MISSING, _ ("Missing in the room"), TRUE);

  if (self->bodies->len > 0)
    for (int area = 0; area < DURE_N_AREAS; area++)
      if (self->before->areas_missing & (1u << area))
        dure_briefing_add_item (list, g_strdup_printf (_ ("Area: %s"), dure_area_label (area)), NULL, NULL, NULL);
  for (guint i = 0; self->bodies->len > 0 && i < self->before->regions_missing->len; i++)
    dure_briefing_add_item (list, g_strdup (g_ptr_array_index (self->before->regions_missing, i)), NULL, NULL, NULL);
  list->sentence = list->items->len > 0 ? g_strdup (_ ("Nobody who is invited works in these areas or regions."))
                                        : all_is_well (self, _ ("Every area and region is in the room."));
}

gboolean
dure_briefing_make_lists (DureBriefing *self, DureStore *store, GError **error)
{
  list_ties (self);
  list_cut_off (self);
  list_introductions (self);
  list_joiners (self);
  list_worth (self);
  list_parts (self);
  list_missing (self);
  return dure_briefing_list_records (self, store, error);
}
