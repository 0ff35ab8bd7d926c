/* dure-network-build.c: a network out of the records of a store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network.h"

#include <stdlib.h>
#include <string.h>

#include "base/dure-date.h"

typedef struct
{
  DureStore               *store;
  const DureNetworkFilter *filter;
  GCancellable            *cancellable;
  int                      today;
  GArray                  *nodes; /* of DureNetworkNode; strings borrowed from agencies and regions */
  GPtrArray               *agencies;
  GHashTable              *regions;    /* id -> name */
  GHashTable              *node_of;    /* agency id -> node + 1 */
  GHashTable              *agency_ids; /* every agency that is not deleted */
  GHashTable              *agency_of;  /* person id -> agency id */
  GArray                  *ties;       /* of DureNetworkTie */
  guint                    n_left_out;
  guint                    n_ended;
} Builder;

static int
day_or_none (const char *date)
{
  return date != NULL && *date != '\0' ? dure_day (date) : DURE_NO_DAY;
}

/* Whether [from, to] meets the period; open ends are DURE_NO_DAY. Without a period today counts, so that what has ended
 * is left out. */
static gboolean
holds (const Builder *self, int from, int to)
{
  const DureNetworkFilter *filter = self->filter;

  if (filter->from == DURE_NO_DAY && filter->to == DURE_NO_DAY)
    return to == DURE_NO_DAY || to >= self->today;
  if (filter->to != DURE_NO_DAY && from != DURE_NO_DAY && from > filter->to)
    return FALSE;
  return filter->from == DURE_NO_DAY || to == DURE_NO_DAY || to >= filter->from;
}

/* Whether a thing that happened in [from, to] lies in the period; without a period everything does. */
static gboolean
happened (const Builder *self, int from, int to)
{
  if (from == DURE_NO_DAY)
    return self->filter->from == DURE_NO_DAY && self->filter->to == DURE_NO_DAY;
  return (self->filter->to == DURE_NO_DAY || from <= self->filter->to)
         && (self->filter->from == DURE_NO_DAY || to >= self->filter->from);
}

static GPtrArray *
list (Builder *self, DureEntityId entity, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (entity);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return NULL;
  return dure_store_list (self->store, query, error);
}

/** dure_network_agency_sector: the shape of @agency. */
DureNetworkSector
dure_network_agency_sector (DureRecord *agency)
{
  const char *name = dure_record_get (agency, DURE_AGENCY_NAME);

  if (name != NULL && strstr (name, "협의체") != NULL)
    return DURE_SECTOR_COUNCIL;
  return g_strcmp0 (dure_record_get (agency, DURE_AGENCY_SECTOR), "private") == 0 ? DURE_SECTOR_PRIVATE
                                                                                  : DURE_SECTOR_PUBLIC;
}

/** dure_network_agency_areas: a bit per area of @agency, in the order of the table; the lowest gives its colour. */
guint
dure_network_agency_areas (DureRecord *agency)
{
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_AREAS);
  const char *areas = dure_record_get (agency, DURE_AGENCY_AREAS);
  g_auto (GStrv) keys = g_strsplit (areas != NULL ? areas : "", ",", -1);
  guint bits = 0;

  for (guint i = 0; i < DURE_N_AREAS && field->choices[i].key != NULL; i++)
    if (g_strv_contains ((const char *const *)keys, field->choices[i].key))
      bits |= 1u << i;
  return bits;
}

static int
compare_nodes (const void *left, const void *right)
{
  const DureNetworkNode *x = left;
  const DureNetworkNode *y = right;
  int                    order = strcmp (x->name, y->name);

  return order != 0 ? order : strcmp (x->id, y->id);
}

static gboolean
shows (const DureNetworkFilter *filter, const DureNetworkNode *node)
{
  guint areas = node->areas != 0 ? node->areas : 1u << DURE_N_AREAS;

  if (filter->sectors != 0 && (filter->sectors & (1u << node->sector)) == 0)
    return FALSE;
  if (filter->areas != 0 && (filter->areas & areas) == 0)
    return FALSE;
  if (filter->kinds != NULL
      && (node->kind == NULL || !g_strv_contains ((const char *const *)filter->kinds, node->kind)))
    return FALSE;
  return TRUE;
}

static DureNetworkNode
node_of_agency (Builder *self, DureRecord *agency)
{
  DureNetworkNode node = { 0 };
  const char     *label = dure_record_get (agency, DURE_AGENCY_MAP_LABEL);

  node.id = (char *)dure_record_get_id (agency);
  node.name = (char *)dure_record_get (agency, DURE_AGENCY_NAME);
  if (node.name == NULL)
    node.name = (char *)"";
  node.label = label != NULL && *label != '\0' ? (char *)label : node.name;
  node.kind = (char *)dure_record_get (agency, DURE_AGENCY_KIND);
  node.region = (char *)dure_record_get (agency, DURE_AGENCY_REGION);
  node.region_name = node.region != NULL ? g_hash_table_lookup (self->regions, node.region) : NULL;
  node.sector = dure_network_agency_sector (agency);
  node.areas = dure_network_agency_areas (agency);
  node.area = node.areas != 0 ? g_bit_nth_lsf (node.areas, -1) : DURE_NO_AREA;
  return node;
}

static gboolean
read_agencies (Builder *self, GError **error)
{
  const DureNetworkFilter *filter = self->filter;
  g_autoptr (GPtrArray) regions = list (self, DURE_ENTITY_REGION, error);
  g_autoptr (GHashTable) wanted = NULL;

  if (regions == NULL)
    return FALSE;
  for (guint i = 0; i < regions->len; i++)
    {
      DureRecord *region = g_ptr_array_index (regions, i);

      g_hash_table_insert (self->regions, g_strdup (dure_record_get_id (region)),
                           g_strdup (dure_record_get (region, DURE_REGION_NAME)));
    }

  self->agencies = list (self, DURE_ENTITY_AGENCY, error);
  if (self->agencies == NULL)
    return FALSE;
  if (filter->agencies != NULL)
    {
      wanted = g_hash_table_new (g_str_hash, g_str_equal);
      for (char **id = filter->agencies; *id != NULL; id++)
        g_hash_table_add (wanted, *id);
    }
  for (guint i = 0; i < self->agencies->len; i++)
    {
      DureRecord     *agency = g_ptr_array_index (self->agencies, i);
      DureNetworkNode node = node_of_agency (self, agency);

      g_hash_table_add (self->agency_ids, node.id);
      if (wanted != NULL && !g_hash_table_contains (wanted, node.id))
        continue;
      if (!holds (self, day_or_none (dure_record_get (agency, DURE_AGENCY_ACTIVE_FROM)),
                  day_or_none (dure_record_get (agency, DURE_AGENCY_ACTIVE_TO)))
          || !shows (filter, &node))
        continue;
      g_array_append_val (self->nodes, node);
    }
  if (self->nodes->len > 1)
    qsort (self->nodes->data, self->nodes->len, sizeof (DureNetworkNode), compare_nodes);
  for (guint v = 0; v < self->nodes->len; v++)
    g_hash_table_insert (self->node_of, g_array_index (self->nodes, DureNetworkNode, v).id, GUINT_TO_POINTER (v + 1));
  return TRUE;
}

/* Finds the two ends; a record that names an agency which is gone is counted, one whose agency is only filtered out is
 * not. */
static gboolean
find_ends (Builder *self, const char *from, const char *to, DureNetworkTie *tie)
{
  guint a;
  guint b;

  if (from == NULL || to == NULL || !g_hash_table_contains (self->agency_ids, from)
      || !g_hash_table_contains (self->agency_ids, to))
    {
      self->n_left_out++;
      return FALSE;
    }
  a = GPOINTER_TO_UINT (g_hash_table_lookup (self->node_of, from));
  b = GPOINTER_TO_UINT (g_hash_table_lookup (self->node_of, to));
  if (a == 0 || b == 0 || a == b)
    return FALSE;
  *tie = (DureNetworkTie){ .from = a - 1, .to = b - 1, .count = 1 };
  return TRUE;
}

static void
add (Builder *self, DureNetworkTie *tie, guint layer, double weight)
{
  tie->layers = 1u << layer;
  tie->by_layer[layer] = weight;
  g_array_append_val (self->ties, *tie);
}

static gboolean
read_ties (Builder *self, GError **error)
{
  const DureField *kinds = dure_entity_field (dure_entity (DURE_ENTITY_TIE), DURE_TIE_KIND);
  g_autoptr (GPtrArray) records = list (self, DURE_ENTITY_TIE, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord       *record = g_ptr_array_index (records, i);
      const DureChoice *kind = dure_field_choice (kinds, dure_record_get (record, DURE_TIE_KIND));
      guint             layer = kind != NULL ? (guint)(kind - kinds->choices) : 4;
      gint64            strength = dure_record_get_int (record, DURE_TIE_STRENGTH);
      int               until = day_or_none (dure_record_get (record, DURE_TIE_UNTIL));
      DureNetworkTie    tie;

      if ((self->filter->layers & (1u << layer)) == 0)
        continue;
      if (!holds (self, day_or_none (dure_record_get (record, DURE_TIE_SINCE)), until))
        {
          int first = self->filter->from != DURE_NO_DAY ? self->filter->from : self->today;

          if (until != DURE_NO_DAY && until < first)
            self->n_ended++;
          continue;
        }
      if (find_ends (self, dure_record_get (record, DURE_TIE_FROM), dure_record_get (record, DURE_TIE_TO), &tie))
        add (self, &tie, layer, CLAMP (strength, 1, 4));
    }
  return TRUE;
}

static gboolean
read_referrals (Builder *self, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;

  if ((self->filter->layers & DURE_LAYER_REFERRAL) == 0)
    return TRUE;
  records = list (self, DURE_ENTITY_REFERRAL, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord      *record = g_ptr_array_index (records, i);
      const char      *month = dure_record_get (record, DURE_REFERRAL_MONTH);
      g_autofree char *date = month != NULL ? g_strconcat (month, "-01", NULL) : NULL;
      int              first = day_or_none (date);
      gint64           sent = dure_record_get_int (record, DURE_REFERRAL_SENT);
      DureNetworkTie   tie;

      if (sent <= 0 || !happened (self, first, first == DURE_NO_DAY ? first : first + 27))
        continue;
      if (find_ends (self, dure_record_get (record, DURE_REFERRAL_FROM), dure_record_get (record, DURE_REFERRAL_TO),
                     &tie))
        {
          tie.sent = (guint)MIN (sent, G_MAXINT);
          add (self, &tie, 5, (double)sent);
        }
    }
  return TRUE;
}

static gboolean
read_people (Builder *self, GError **error)
{
  g_autoptr (GPtrArray) people = NULL;

  if (self->agency_of != NULL)
    return TRUE;
  people = list (self, DURE_ENTITY_PERSON, error);
  if (people == NULL)
    return FALSE;
  self->agency_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < people->len; i++)
    {
      DureRecord *person = g_ptr_array_index (people, i);
      const char *agency = dure_record_get (person, DURE_PERSON_AGENCY);

      if (agency != NULL)
        g_hash_table_insert (self->agency_of, g_strdup (dure_record_get_id (person)), g_strdup (agency));
    }
  return TRUE;
}

/* Notes that @agency belongs to the group @key, an event or a body. */
static void
join (Builder *self, GHashTable *groups, const char *key, const char *agency)
{
  GHashTable *group;
  gpointer    node;

  if (key == NULL || agency == NULL)
    return;
  if (!g_hash_table_contains (self->agency_ids, agency))
    {
      self->n_left_out++;
      return;
    }
  node = g_hash_table_lookup (self->node_of, agency);
  if (node == NULL)
    return;
  group = g_hash_table_lookup (groups, key);
  if (group == NULL)
    {
      group = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (groups, g_strdup (key), group);
    }
  g_hash_table_add (group, node);
}

/* A group of k gives each of its pairs 1 / (k - 1), so that one large meeting does not make everyone a partner of
 * everyone. */
static void
add_groups (Builder *self, GHashTable *groups, guint layer)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      guint                k = 0;
      g_autofree gpointer *members = g_hash_table_get_keys_as_array (value, &k);

      for (guint i = 0; i < k; i++)
        for (guint j = i + 1; j < k; j++)
          {
            DureNetworkTie tie = {
              .from = GPOINTER_TO_UINT (members[i]) - 1,
              .to = GPOINTER_TO_UINT (members[j]) - 1,
              .count = 1,
            };

            add (self, &tie, layer, 1.0 / (k - 1));
          }
    }
}

static gboolean
read_seats (Builder *self, GError **error)
{
  g_autoptr (GHashTable) groups
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  g_autoptr (GPtrArray) records = NULL;

  if ((self->filter->layers & DURE_LAYER_SEATS) == 0)
    return TRUE;
  records = list (self, DURE_ENTITY_SEAT, error);
  if (records == NULL || !read_people (self, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord *seat = g_ptr_array_index (records, i);
      const char *person = dure_record_get (seat, DURE_SEAT_PERSON);
      int         ended = day_or_none (dure_record_get (seat, DURE_SEAT_ENDED_ON));
      int         to = day_or_none (dure_record_get (seat, DURE_SEAT_TERM_TO));

      if (ended != DURE_NO_DAY && (to == DURE_NO_DAY || ended < to))
        to = ended;
      if (person != NULL && holds (self, day_or_none (dure_record_get (seat, DURE_SEAT_TERM_FROM)), to))
        join (self, groups, dure_record_get (seat, DURE_SEAT_BODY), g_hash_table_lookup (self->agency_of, person));
    }
  add_groups (self, groups, 6);
  return TRUE;
}

static gboolean
was_there (DureRecord *participation)
{
  static const char *const there[] = { "present", "proxy", "walk-in", NULL };
  const char              *attendance = dure_record_get (participation, DURE_PARTICIPATION_ATTENDANCE);

  return attendance != NULL && g_strv_contains (there, attendance);
}

static gboolean
read_attendance (Builder *self, GError **error)
{
  g_autoptr (GHashTable) groups
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  g_autoptr (GHashTable) in_period = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) records = NULL;

  if ((self->filter->layers & DURE_LAYER_ATTENDANCE) == 0)
    return TRUE;
  events = list (self, DURE_ENTITY_EVENT, error);
  if (events == NULL || !read_people (self, error))
    return FALSE;
  in_period = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < events->len; i++)
    {
      DureRecord *event = g_ptr_array_index (events, i);
      const char *start = dure_record_get (event, DURE_EVENT_START);
      int         day = DURE_NO_DAY;
      int         minute;

      if (g_strcmp0 (dure_record_get (event, DURE_EVENT_STATE), "called-off") == 0 || start == NULL
          || !dure_time_split (start, &day, &minute) || !happened (self, day, day))
        continue;
      g_hash_table_add (in_period, (gpointer)dure_record_get_id (event));
    }
  records = list (self, DURE_ENTITY_PARTICIPATION, error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord *record = g_ptr_array_index (records, i);
      const char *event = dure_record_get (record, DURE_PARTICIPATION_EVENT);
      const char *agency = dure_record_get (record, DURE_PARTICIPATION_AGENCY);
      const char *person = dure_record_get (record, DURE_PARTICIPATION_PERSON);

      if (event == NULL || !was_there (record) || !g_hash_table_contains (in_period, event))
        continue;
      if (agency == NULL && person != NULL)
        agency = g_hash_table_lookup (self->agency_of, person);
      join (self, groups, event, agency);
    }
  add_groups (self, groups, 7);
  return TRUE;
}

static void
clear (Builder *self)
{
  g_clear_pointer (&self->nodes, g_array_unref);
  g_clear_pointer (&self->agencies, g_ptr_array_unref);
  g_clear_pointer (&self->regions, g_hash_table_unref);
  g_clear_pointer (&self->node_of, g_hash_table_unref);
  g_clear_pointer (&self->agency_ids, g_hash_table_unref);
  g_clear_pointer (&self->agency_of, g_hash_table_unref);
  g_clear_pointer (&self->ties, g_array_unref);
}

/**
 * dure_network_build:
 * @store: the officer's file
 * @filter: (nullable): what to show; %NULL for what dure_network_filter_new() shows
 * @cancellable: (nullable): stops between the tables
 * @error: return location
 *
 * Reads agencies and whatever ties them. Records that name an agency which is deleted or missing are left out and
 * counted. Without a period the network is as it stands today; with one, whatever held at some time in it. Memory and
 * time grow with the records, and with the square of an event's or body's agencies when those layers are asked for.
 *
 * Returns: (transfer full) (nullable): the network
 */
DureNetwork *
dure_network_build (DureStore *store, const DureNetworkFilter *filter, GCancellable *cancellable, GError **error)
{
  g_autoptr (DureNetworkFilter) usual = dure_network_filter_new ();
  Builder      self = { .store = store, .filter = filter != NULL ? filter : usual, .cancellable = cancellable };
  DureNetwork *network = NULL;

  g_return_val_if_fail (DURE_IS_STORE (store), NULL);

  self.today = dure_day_today ();
  self.nodes = g_array_new (FALSE, FALSE, sizeof (DureNetworkNode));
  self.ties = g_array_new (FALSE, FALSE, sizeof (DureNetworkTie));
  self.regions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.node_of = g_hash_table_new (g_str_hash, g_str_equal);
  self.agency_ids = g_hash_table_new (g_str_hash, g_str_equal);

  if (read_agencies (&self, error) && read_ties (&self, error) && read_referrals (&self, error)
      && read_seats (&self, error) && read_attendance (&self, error))
    {
      network = dure_network_new ((DureNetworkNode *)(gpointer)self.nodes->data, self.nodes->len,
                                  (DureNetworkTie *)(gpointer)self.ties->data, self.ties->len);
      network->n_left_out = self.n_left_out;
      network->n_ended = self.n_ended;
    }
  clear (&self);
  return network;
}
