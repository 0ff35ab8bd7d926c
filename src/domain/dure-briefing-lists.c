/* dure-briefing-lists.c: the lists of a briefing, each with its sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-briefing-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-hangul.h"
#include "graph/dure-components.h"

#define DAYS_OF_AGREEMENTS 120

static DureBriefingList *
add_list (DureBriefing *self, DureBriefingTopic topic, const char *heading, gboolean names)
{
  DureBriefingList *list = g_new0 (DureBriefingList, 1);

  list->topic = topic;
  list->heading = g_strdup (heading);
  list->names = names;
  list->items = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->lists, list);
  return list;
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

static void
fill_nodes (DureBriefing *self, DureBriefingList *list, const GArray *nodes)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < nodes->len; i++)
    {
      const guint node = g_array_index (nodes, guint, i);

      g_ptr_array_add (list->items, g_strdup (name_of (self, node)));
      g_strv_builder_add (ids, self->network->nodes[node].id);
    }
  list->agencies = g_strv_builder_end (ids);
}

static void
list_ties (DureBriefing *self)
{
  DureBriefingList *list = add_list (self, DURE_BRIEFING_NO_TIE, _ ("No tie at all"), TRUE);

  fill_nodes (self, list, self->before->no_tie);
  list->sentence
      = list->items->len > 0
            ? g_strdup (_ ("No agreement, joint work or referral on record with anyone. Introduce them first."))
            : all_is_well (self, _ ("Everyone invited has at least one tie."));

  list = add_list (self, DURE_BRIEFING_NONE_IN_ROOM, _ ("No tie to anyone in the room"), TRUE);
  fill_nodes (self, list, self->before->none_in_room);
  list->sentence = list->items->len > 0 ? g_strdup (_ ("They work with others, but with nobody who is invited."))
                                        : all_is_well (self, _ ("Whoever has ties has one in the room."));
}

static char *
join_names (const DureBriefing *self, const GArray *room_nodes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < room_nodes->len; i++)
    {
      const guint node = g_array_index (self->before->invited, guint, g_array_index (room_nodes, guint, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", self->network->nodes[node].label);
    }
  return g_strdup (text->str);
}

static void
list_cut_off (DureBriefing *self)
{
  const GArray     *invited = self->before->invited;
  DureBriefingList *list = add_list (self, DURE_BRIEFING_CUT_OFF, _ ("Cut off if one is missing"), FALSE);
  g_autoptr (DureGraph) room
      = dure_graph_subgraph (self->network->graph, (const guint *)(gpointer)invited->data, invited->len);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < invited->len; i++)
    {
      const guint node = g_array_index (invited, guint, i);
      g_autoptr (GArray) lost = NULL;
      g_autofree char *names = NULL;
      gboolean         is_cut = FALSE;

      for (guint j = 0; j < self->before->cut_points->len && !is_cut; j++)
        is_cut = g_array_index (self->before->cut_points, guint, j) == node;
      if (!is_cut)
        continue;
      lost = dure_cut_off (room, i);
      names = join_names (self, lost);
      g_strv_builder_add (ids, self->network->nodes[node].id);
      g_ptr_array_add (list->items, dure_hangul_printf (_ ("Without %s: %s"), name_of (self, node), names));
    }
  list->agencies = g_strv_builder_end (ids);
  list->sentence = list->items->len > 0
                       ? g_strdup (_ ("If the first does not come, the others lose their only way to the rest."))
                       : all_is_well (self, _ ("No single absence would cut anyone off."));
}

static void
list_introductions (DureBriefing *self)
{
  DureBriefingList *list = add_list (self, DURE_BRIEFING_INTRODUCE, _ ("Worth introducing"), FALSE);
  const GArray     *pairs = self->before->introductions;

  for (guint i = 0; i < pairs->len; i++)
    {
      const DureIntroduction *pair = &g_array_index (pairs, DureIntroduction, i);

      g_ptr_array_add (list->items,
                       pair->common > 0
                           ? g_strdup_printf (_ ("%s – %s (%u partners in common)"), name_of (self, pair->a),
                                              name_of (self, pair->b), pair->common)
                           : g_strdup_printf ("%s – %s", name_of (self, pair->a), name_of (self, pair->b)));
    }
  list->sentence = list->items->len > 0
                       ? g_strdup_printf (_ ("The room falls into %u parts; these pairs would join them all."),
                                          self->before->components->len)
                       : all_is_well (self, _ ("The room already hangs together."));
}

static void
list_missing (DureBriefing *self)
{
  DureBriefingList *list = add_list (self, DURE_BRIEFING_MISSING, _ ("Missing in the room"), TRUE);

  if (self->bodies->len > 0)
    for (int area = 0; area < DURE_N_AREAS; area++)
      if (self->before->areas_missing & (1u << area))
        g_ptr_array_add (list->items, g_strdup_printf (_ ("Area: %s"), dure_area_label (area)));
  for (guint i = 0; self->bodies->len > 0 && i < self->before->regions_missing->len; i++)
    g_ptr_array_add (list->items, g_strdup (g_ptr_array_index (self->before->regions_missing, i)));
  if (self->before->has_joiner)
    list->sentence = dure_hangul_printf (_ ("Inviting %s would join %u parts of the room."),
                                         name_of (self, self->before->joiner), self->before->joiner_parts);
  else
    list->sentence = list->items->len > 0 ? g_strdup (_ ("Nobody who is invited works in these areas or regions."))
                                          : all_is_well (self, _ ("Every area and region is in the room."));
}

static gboolean
is_invited (const DureBriefing *self, const char *agency)
{
  return agency != NULL && g_strv_contains ((const char *const *)self->room, agency);
}

/* New programmes of those who come, one line an agency. */
static gboolean
list_offers (DureBriefing *self, DureStore *store, GError **error)
{
  DureBriefingList *list = add_list (self, DURE_BRIEFING_OFFERS, _ ("Who brings what is new"), FALSE);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PROGRAMME);
  g_autoptr (GPtrArray) all = NULL;
  guint n = 0;

  dure_query_where (query, DURE_PROGRAMME_NEW_THIS_YEAR, DURE_EQUAL, "1");
  dure_query_sort (query, DURE_SORT_TITLE, FALSE);
  all = dure_store_list (store, query, error);
  if (all == NULL)
    return FALSE;
  for (guint b = 0; b < self->bodies->len; b++)
    {
      const DureBriefingBody *body = g_ptr_array_index (self->bodies, b);
      g_autoptr (GString) line = g_string_new (NULL);

      for (guint i = 0; i < all->len; i++)
        if (g_strcmp0 (dure_record_get (g_ptr_array_index (all, i), DURE_PROGRAMME_AGENCY), body->id) == 0)
          {
            g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "",
                                    dure_record_get_title (g_ptr_array_index (all, i)));
            n++;
          }
      if (line->len > 0)
        g_ptr_array_add (list->items, g_strdup_printf ("%s: %s", body->label, line->str));
    }
  list->sentence = n > 0 ? g_strdup_printf (_ ("New programmes of this year: %u."), n)
                         : g_strdup (_ ("No new programme is on record."));
  return TRUE;
}

static gboolean
list_agreements (DureBriefing *self, DureStore *store, GError **error)
{
  DureBriefingList *list = add_list (self, DURE_BRIEFING_AGREEMENTS, _ ("Agreements that end soon"), FALSE);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_TIE);
  g_autofree char *from = dure_day_to_date (MIN (self->day, dure_day_today ()));
  g_autofree char *until = dure_day_to_date (self->day + DAYS_OF_AGREEMENTS);
  g_autoptr (GPtrArray) all = NULL;

  dure_query_where (query, DURE_TIE_KIND, DURE_EQUAL, "agreement");
  dure_query_where (query, DURE_TIE_UNTIL, DURE_AT_LEAST, from);
  dure_query_where (query, DURE_TIE_UNTIL, DURE_AT_MOST, until);
  dure_query_sort (query, DURE_TIE_UNTIL, FALSE);
  all = dure_store_list (store, query, error);
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      DureRecord      *tie = g_ptr_array_index (all, i);
      guint            a, b;
      g_autofree char *date = NULL;

      if ((!is_invited (self, dure_record_get (tie, DURE_TIE_FROM))
           && !is_invited (self, dure_record_get (tie, DURE_TIE_TO)))
          || !dure_network_find (self->network, dure_record_get (tie, DURE_TIE_FROM), &a)
          || !dure_network_find (self->network, dure_record_get (tie, DURE_TIE_TO), &b))
        continue;
      date = dure_date_format_short (dure_record_get (tie, DURE_TIE_UNTIL));
      g_ptr_array_add (list->items, g_strdup_printf (_ ("%s – %s, until %s"), self->network->nodes[a].label,
                                                     self->network->nodes[b].label, date));
    }
  list->sentence = list->items->len > 0
                       ? g_strdup (_ ("They end within four months of the meeting; ask whether to renew."))
                       : g_strdup (_ ("No agreement ends within four months of the meeting."));
  return TRUE;
}

static gboolean
list_actions (DureBriefing *self, DureStore *store, GError **error)
{
  DureBriefingList *list = add_list (self, DURE_BRIEFING_ACTIONS, _ ("Still to do"), FALSE);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_ACTION);
  g_autofree char *until = dure_day_to_date (self->day);
  g_autoptr (GPtrArray) all = NULL;

  dure_query_where (query, DURE_ACTION_STATE, DURE_EQUAL, "open");
  dure_query_where (query, DURE_ACTION_DUE, DURE_AT_MOST, until);
  dure_query_sort (query, DURE_ACTION_DUE, FALSE);
  all = dure_store_list (store, query, error);
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *date = dure_date_format_short (dure_record_get (g_ptr_array_index (all, i), DURE_ACTION_DUE));

      g_ptr_array_add (list->items,
                       g_strdup_printf ("%s %s", date, dure_record_get_title (g_ptr_array_index (all, i))));
    }
  list->sentence = list->items->len > 0 ? g_strdup_printf (_ ("Due by the meeting and open: %u."), list->items->len)
                                        : g_strdup (_ ("Nothing that is due by the meeting is open."));
  return TRUE;
}

gboolean
dure_briefing_make_lists (DureBriefing *self, DureStore *store, GError **error)
{
  list_ties (self);
  list_cut_off (self);
  list_introductions (self);
  list_missing (self);
  return list_offers (self, store, error) && list_agreements (self, store, error) && list_actions (self, store, error);
}
