/* dure-network-nodes.c: nodes out of records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-network-private.h"

#include <math.h>
#include <string.h>

#include "domain/dure-region-places.h"

/* A province is two steps above a dong; a circle of regions ends too. */
#define REGION_STEPS 8

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
  const char      *areas = dure_record_get (agency, DURE_AGENCY_AREAS);
  g_auto (GStrv) keys = g_strsplit (areas != NULL ? areas : "", ",", -1);
  guint bits = 0;

  for (guint i = 0; i < DURE_N_AREAS && field->choices[i].key != NULL; i++)
    if (g_strv_contains ((const char *const *)keys, field->choices[i].key))
      bits |= 1u << i;
  return bits;
}

/**
 * dure_network_agency_node:
 * @agency: a record
 *
 * Returns: a node of what the record alone says; its strings are those of the record
 */
DureNetworkNode
dure_network_agency_node (DureRecord *agency)
{
  DureNetworkNode node = { .type = DURE_NODE_AGENCY, .lat = NAN, .lon = NAN };
  const char     *label = dure_record_get (agency, DURE_AGENCY_MAP_LABEL);

  node.id = (char *)dure_record_get_id (agency);
  node.name = (char *)dure_record_get (agency, DURE_AGENCY_NAME);
  if (node.name == NULL)
    node.name = (char *)"";
  node.label = label != NULL && *label != '\0' ? (char *)label : node.name;
  node.kind = (char *)dure_record_get (agency, DURE_AGENCY_KIND);
  node.region = (char *)dure_record_get (agency, DURE_AGENCY_REGION);
  node.sector = dure_network_agency_sector (agency);
  node.areas = dure_network_agency_areas (agency);
  node.area = node.areas != 0 ? g_bit_nth_lsf (node.areas, -1) : DURE_NO_AREA;
  return node;
}

/** dure_network_in_regions: whether @region is one of the @wanted, or part of one; "" is wanted for none. */
gboolean
dure_network_in_regions (GHashTable *region_of, const char *region, char **wanted)
{
  const char *const *list = (const char *const *)wanted;

  if (region == NULL || *region == '\0')
    return g_strv_contains (list, "");
  for (guint step = 0; region != NULL && step < REGION_STEPS; step++)
    {
      DureRecord *record = g_hash_table_lookup (region_of, region);

      if (g_strv_contains (list, region))
        return TRUE;
      region = record != NULL ? dure_record_get (record, DURE_REGION_PARENT) : NULL;
    }
  return FALSE;
}

/**
 * dure_network_find_place:
 * @region_of: id -> DureRecord of all regions
 * @region: a region
 * @lat: (out): degrees north, NaN unknown
 * @lon: (out): degrees east, NaN unknown
 */
void
dure_network_find_place (GHashTable *region_of, DureRecord *region, double *lat, double *lon)
{
  const char *above = dure_record_get (region, DURE_REGION_PARENT);
  DureRecord *parent = above != NULL ? g_hash_table_lookup (region_of, above) : NULL;

  dure_region_place (dure_record_get (region, DURE_REGION_CODE),
                     parent != NULL ? dure_record_get (parent, DURE_REGION_NAME) : NULL,
                     dure_record_get (region, DURE_REGION_NAME), lat, lon);
}
