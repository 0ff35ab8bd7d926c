/* dure-network-council.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-council.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/dure-date.h"
#include "domain/dure-network-evidence.h"
#include "domain/dure-network-private.h"

#define SEATS_LAYER 6
#define NOBODY G_MAXUINT

typedef struct
{
  DureStore               *store;
  const DureNetworkFilter *filter;
  DureCouncilFlags         flags;
  GCancellable            *cancellable;
  DureEvidencePeriod       period;
  GStringChunk            *strings;
  GPtrArray               *regions;
  GPtrArray               *bodies;
  GPtrArray               *people;
  GPtrArray               *agencies;
  GPtrArray               *seats;
  GHashTable              *region_of; /* id -> DureRecord */
  GHashTable              *person_of;
  GHashTable              *agency_of;
  GHashTable              *node_of; /* id -> node + 1 */
  GArray                  *nodes;   /* of DureNetworkNode */
  GArray                  *parent;  /* of guint */
  GArray                  *ties;
  guint                    n_members;
  guint                    n_left_out;
  guint                    n_ended;
} Builder;

static GPtrArray *
list (Builder *self, DureEntityId entity, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;
  return dure_store_list (self->store, query, error);
}

static GHashTable *
by_id (GPtrArray *records)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++)
    {
      DureRecord *record = g_ptr_array_index (records, i);

      g_hash_table_insert (table, (gpointer)dure_record_get_id (record), record);
    }
  return table;
}

static gboolean
read_all (Builder *self, GError **error)
{
  self->regions = list (self, DURE_ENTITY_REGION, error);
  self->bodies = self->regions != NULL ? list (self, DURE_ENTITY_BODY, error) : NULL;
  self->people = self->bodies != NULL ? list (self, DURE_ENTITY_PERSON, error) : NULL;
  self->agencies = self->people != NULL ? list (self, DURE_ENTITY_AGENCY, error) : NULL;
  self->seats = self->agencies != NULL ? list (self, DURE_ENTITY_SEAT, error) : NULL;
  if (self->seats == NULL)
    return FALSE;
  self->region_of = by_id (self->regions);
  self->person_of = by_id (self->people);
  self->agency_of = by_id (self->agencies);
  return TRUE;
}

static guint
level_of (DureRecord *body)
{
  const DureField  *field = dure_entity_field (dure_entity (DURE_ENTITY_BODY), DURE_BODY_LEVEL);
  const DureChoice *choice = dure_field_choice (field, dure_record_get (body, DURE_BODY_LEVEL));

  return choice != NULL ? (guint)(choice - field->choices) : G_MAXUINT;
}

static const char *
region_code (Builder *self, DureRecord *body)
{
  const char *id = dure_record_get (body, DURE_BODY_REGION);
  DureRecord *region = id != NULL ? g_hash_table_lookup (self->region_of, id) : NULL;
  const char *code = region != NULL ? dure_record_get (region, DURE_REGION_CODE) : NULL;

  return code != NULL ? code : "";
}

/* From the city down; those of the dong in the official order of the dong. */
static int
compare_bodies (const void *left, const void *right, gpointer data)
{
  DureRecord *x = *(DureRecord *const *)left;
  DureRecord *y = *(DureRecord *const *)right;
  int         order;

  if (level_of (x) != level_of (y))
    return level_of (x) < level_of (y) ? -1 : 1;
  order = strcmp (region_code (data, x), region_code (data, y));
  if (order == 0)
    order = g_strcmp0 (dure_record_get (x, DURE_BODY_NAME), dure_record_get (y, DURE_BODY_NAME));
  return order != 0 ? order : strcmp (dure_record_get_id (x), dure_record_get_id (y));
}

static guint
add_node (Builder *self, const DureNetworkNode *node, guint parent)
{
  guint number = self->nodes->len;

  if (parent == NOBODY)
    parent = number;
  g_array_append_val (self->nodes, *node);
  g_array_append_val (self->parent, parent);
  g_hash_table_insert (self->node_of, node->id, GUINT_TO_POINTER (number + 1));
  return number;
}

static guint
find_node (Builder *self, const char *id)
{
  gpointer number = id != NULL ? g_hash_table_lookup (self->node_of, id) : NULL;

  return number != NULL ? GPOINTER_TO_UINT (number) - 1 : NOBODY;
}

static void
set_region (Builder *self, DureNetworkNode *node, const char *id)
{
  DureRecord *region = id != NULL ? g_hash_table_lookup (self->region_of, id) : NULL;

  node->lat = node->lon = NAN;
  node->region = (char *)id;
  if (region == NULL)
    return;
  node->region_name = (char *)dure_record_get (region, DURE_REGION_NAME);
  dure_network_find_place (self->region_of, region, &node->lat, &node->lon);
}

static void
add_tie (Builder *self, guint a, guint b)
{
  DureNetworkTie tie = { .from = a, .to = b, .layers = DURE_LAYER_SEATS, .count = 1 };

  tie.by_layer[SEATS_LAYER] = 1;
  g_array_append_val (self->ties, tie);
}

static void
add_bodies (Builder *self)
{
  guint n;

  g_ptr_array_sort_with_data (self->bodies, compare_bodies, self);
  for (guint i = 0; i < self->bodies->len; i++)
    {
      DureRecord     *body = g_ptr_array_index (self->bodies, i);
      const char     *name = dure_record_get (body, DURE_BODY_NAME);
      DureNetworkNode node = { .type = DURE_NODE_BODY, .sector = DURE_SECTOR_COUNCIL, .area = DURE_NO_AREA };

      set_region (self, &node, dure_record_get (body, DURE_BODY_REGION));
      if (self->filter->regions != NULL && node.region != NULL
          && !dure_network_in_regions (self->region_of, node.region, self->filter->regions))
        continue;
      node.id = (char *)dure_record_get_id (body);
      node.name = (char *)(name != NULL ? name : "");
      /* «아포읍 지역사회보장협의체» would fill the picture twenty times over. */
      node.label = g_strcmp0 (dure_record_get (body, DURE_BODY_LEVEL), "local") == 0 && node.region_name != NULL
                       ? node.region_name
                       : node.name;
      node.in_council = TRUE;
      add_node (self, &node, NOBODY);
    }
  n = self->nodes->len;
  for (guint i = 0; i < self->bodies->len; i++)
    {
      DureRecord *body = g_ptr_array_index (self->bodies, i);
      guint       v = find_node (self, dure_record_get_id (body));
      guint       above = find_node (self, dure_record_get (body, DURE_BODY_PARENT));

      if (v == NOBODY || above == NOBODY || above == v || above >= n)
        continue;
      g_array_index (self->parent, guint, v) = above;
      add_tie (self, v, above);
    }
}

static gboolean
is_in_force (Builder *self, DureRecord *seat)
{
  const char *from = dure_record_get (seat, DURE_SEAT_TERM_FROM);
  const char *to = dure_record_get (seat, DURE_SEAT_TERM_TO);
  const char *ended = dure_record_get (seat, DURE_SEAT_ENDED_ON);
  int         last = dure_day (to);

  if (dure_day (ended) != DURE_NO_DAY && (last == DURE_NO_DAY || dure_day (ended) < last))
    last = dure_day (ended);
  return dure_evidence_holds (&self->period, dure_day (from), last);
}

static gboolean
is_private (DureRecord *seat, DureRecord *person)
{
  const char *sector = dure_record_get (seat, DURE_SEAT_SECTOR);

  if (sector == NULL)
    sector = dure_record_get (person, DURE_PERSON_SECTOR);
  return g_strcmp0 (sector, "public") != 0;
}

static void
add_member (Builder *self, DureRecord *seat, DureRecord *person, guint body)
{
  const char      *id = dure_record_get_id (person);
  guint            v = find_node (self, id);
  g_autofree char *role = dure_store_format (self->store, seat, DURE_SEAT_ROLE);
  DureNetworkNode *old;

  if (v == NOBODY)
    {
      const char     *name = dure_record_get (person, DURE_PERSON_NAME);
      DureNetworkNode node = { .type = DURE_NODE_MEMBER, .area = DURE_NO_AREA, .in_council = TRUE };

      node.id = (char *)id;
      node.sector = is_private (seat, person) ? DURE_SECTOR_PRIVATE : DURE_SECTOR_PUBLIC;
      if (self->filter->sectors != 0 && (self->filter->sectors & (1u << node.sector)) == 0)
        return;
      if ((self->flags & DURE_COUNCIL_NO_NAMES) != 0 || name == NULL)
        {
          g_autofree char *number
              = g_strdup_printf ("%s %u", role != NULL && *role != '\0' ? role : _ ("Member"), ++self->n_members);

          node.name = g_string_chunk_insert (self->strings, number);
        }
      else
        node.name = (char *)name;
      node.label = node.name;
      set_region (self, &node, g_array_index (self->nodes, DureNetworkNode, body).region);
      v = add_node (self, &node, body);
    }
  /* Of several bodies the last in the order from the city down is the smallest. */
  else if (g_array_index (self->parent, guint, v) < body)
    g_array_index (self->parent, guint, v) = body;
  old = &g_array_index (self->nodes, DureNetworkNode, v);
  old->council_seats++;
  add_tie (self, v, body);
}

static void
add_agency (Builder *self, DureRecord *person, guint body)
{
  const char      *id = dure_record_get (person, DURE_PERSON_AGENCY);
  DureRecord      *agency = id != NULL ? g_hash_table_lookup (self->agency_of, id) : NULL;
  guint            v = find_node (self, id);
  DureNetworkNode *old;

  if (agency == NULL)
    {
      self->n_left_out += id != NULL ? 1 : 0;
      return;
    }
  if (v == NOBODY)
    {
      DureNetworkNode node = dure_network_agency_node (agency);

      if (self->filter->sectors != 0 && (self->filter->sectors & (1u << node.sector)) == 0)
        return;
      set_region (self, &node, dure_record_get (agency, DURE_AGENCY_REGION));
      node.in_council = TRUE;
      v = add_node (self, &node, body);
    }
  else if (g_array_index (self->parent, guint, v) < body)
    g_array_index (self->parent, guint, v) = body;
  old = &g_array_index (self->nodes, DureNetworkNode, v);
  old->council_seats++;
  add_tie (self, v, body);
}

static int
compare_seats (const void *left, const void *right, gpointer data)
{
  Builder         *self = data;
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_SEAT), DURE_SEAT_ROLE);
  DureRecord      *x = *(DureRecord *const *)left;
  DureRecord      *y = *(DureRecord *const *)right;
  guint            body_x = find_node (self, dure_record_get (x, DURE_SEAT_BODY));
  guint            body_y = find_node (self, dure_record_get (y, DURE_SEAT_BODY));
  /* Choices stand in one array, those without a role last. */
  guintptr role_x = (guintptr)dure_field_choice (field, dure_record_get (x, DURE_SEAT_ROLE)) - 1;
  guintptr role_y = (guintptr)dure_field_choice (field, dure_record_get (y, DURE_SEAT_ROLE)) - 1;

  if (body_x != body_y)
    return body_x < body_y ? -1 : 1;
  if (role_x != role_y)
    return role_x < role_y ? -1 : 1;
  return strcmp (dure_record_get_id (x), dure_record_get_id (y));
}

static void
add_seats (Builder *self)
{
  g_ptr_array_sort_with_data (self->seats, compare_seats, self);
  for (guint i = 0; i < self->seats->len; i++)
    {
      DureRecord *seat = g_ptr_array_index (self->seats, i);
      const char *person_id = dure_record_get (seat, DURE_SEAT_PERSON);
      DureRecord *person = person_id != NULL ? g_hash_table_lookup (self->person_of, person_id) : NULL;
      guint       body = find_node (self, dure_record_get (seat, DURE_SEAT_BODY));

      if (!is_in_force (self, seat))
        self->n_ended++;
      else if (person == NULL)
        self->n_left_out++;
      else if (body != NOBODY)
        {
          g_array_index (self->nodes, DureNetworkNode, body).council_seats++;
          if ((self->flags & DURE_COUNCIL_SEATS) != 0)
            add_member (self, seat, person, body);
          if ((self->flags & DURE_COUNCIL_AGENCIES) != 0)
            add_agency (self, person, body);
        }
    }
}

static void
clear (Builder *self)
{
  g_clear_pointer (&self->region_of, g_hash_table_unref);
  g_clear_pointer (&self->person_of, g_hash_table_unref);
  g_clear_pointer (&self->agency_of, g_hash_table_unref);
  g_clear_pointer (&self->node_of, g_hash_table_unref);
  g_clear_pointer (&self->nodes, g_array_unref);
  g_clear_pointer (&self->parent, g_array_unref);
  g_clear_pointer (&self->ties, g_array_unref);
  g_clear_pointer (&self->seats, g_ptr_array_unref);
  g_clear_pointer (&self->agencies, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->bodies, g_ptr_array_unref);
  g_clear_pointer (&self->regions, g_ptr_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
}

/**
 * dure_network_build_council:
 * @store: the officer's file
 * @filter: (nullable): period, sectors of members and regions of bodies; whatever else it asks for does not count
 * @flags: who is shown beside the bodies
 * @cancellable: (nullable): stops between the tables
 * @error: return location
 *
 * Bodies come first, from the city down, then whoever sits in them, chairs first; `parent` says below what each stands.
 * Seats that are not in force in the period are counted in `n_ended`, those of a person who is gone in `n_left_out`.
 * Names of members are personal data: %DURE_COUNCIL_NO_NAMES keeps them out.
 *
 * Returns: (transfer full) (nullable): the network
 */
DureNetwork *
dure_network_build_council (DureStore               *store,
                            const DureNetworkFilter *filter,
                            DureCouncilFlags         flags,
                            GCancellable            *cancellable,
                            GError                 **error)
{
  g_autoptr (DureNetworkFilter) usual = dure_network_filter_new ();
  Builder self
      = { .store = store, .filter = filter != NULL ? filter : usual, .flags = flags, .cancellable = cancellable };
  DureNetwork *network = NULL;

  g_return_val_if_fail (DURE_IS_STORE (store), NULL);

  self.period = dure_evidence_period (self.filter);
  self.strings = g_string_chunk_new (1024);
  self.node_of = g_hash_table_new (g_str_hash, g_str_equal);
  self.nodes = g_array_new (FALSE, FALSE, sizeof (DureNetworkNode));
  self.parent = g_array_new (FALSE, FALSE, sizeof (guint));
  self.ties = g_array_new (FALSE, FALSE, sizeof (DureNetworkTie));
  if (read_all (&self, error))
    {
      add_bodies (&self);
      add_seats (&self);
      network = dure_network_new ((DureNetworkNode *)(gpointer)self.nodes->data, self.nodes->len,
                                  (DureNetworkTie *)(gpointer)self.ties->data, self.ties->len);
      network->parent = g_new0 (guint, (gsize)self.parent->len + 1);
      if (self.parent->len > 0)
        memcpy (network->parent, self.parent->data, self.parent->len * sizeof (guint));
      network->n_left_out = self.n_left_out;
      network->n_ended = self.n_ended;
    }
  clear (&self);
  return network;
}
