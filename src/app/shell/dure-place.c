/* dure-place.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-place.h"

#include <glib/gi18n-lib.h>

#include "app/calendar/dure-calendar-page.h"
#include "app/council/dure-council-page.h"
#include "app/meeting/dure-events-page.h"
#include "app/meeting/dure-today-page.h"
#include "app/network/dure-network-page.h"
#include "app/register/dure-register-page.h"
#include "app/register/dure-resources-page.h"

static const DurePlace places[] = {
  { "today", N_ ("Today"), "dure-today-symbolic", NULL, dure_today_page_get_type },
  { "calendar", N_ ("Calendar"), "dure-calendar-symbolic", N_ ("New Event"), dure_calendar_page_get_type },
  { "events", N_ ("Events"), "dure-events-symbolic", N_ ("New Event"), dure_events_page_get_type },
  { "agencies", N_ ("Agencies"), "dure-agencies-symbolic", N_ ("New Agency"), dure_register_page_get_type },
  { "council", N_ ("Council"), "dure-council-symbolic", N_ ("New Council Member"), dure_council_page_get_type },
  { "resources", N_ ("Resources"), "dure-resources-symbolic", N_ ("New Resource"), dure_resources_page_get_type },
  { "network", N_ ("Network"), "dure-network-symbolic", NULL, dure_network_page_get_type },
};

/* Which place shows an entity, and its sign in lists of mixed records. */
static const struct
{
  DureEntityId entity;
  const char  *place;
  const char  *icon;
} homes[] = {
  { DURE_ENTITY_REGION, "agencies", "dure-venue-symbolic" },
  { DURE_ENTITY_AGENCY, "agencies", "dure-agencies-symbolic" },
  { DURE_ENTITY_PERSON, "agencies", "dure-person-symbolic" },
  { DURE_ENTITY_POSITION, "agencies", "dure-person-symbolic" },
  { DURE_ENTITY_BODY, "council", "dure-council-symbolic" },
  { DURE_ENTITY_SEAT, "council", "dure-council-symbolic" },
  { DURE_ENTITY_VENUE, "resources", "dure-venue-symbolic" },
  { DURE_ENTITY_PROGRAMME, "resources", "dure-resources-symbolic" },
  { DURE_ENTITY_CALL, "resources", "dure-resources-symbolic" },
  { DURE_ENTITY_APPLICATION, "resources", "dure-resources-symbolic" },
  { DURE_ENTITY_PRACTICE, "resources", "dure-resources-symbolic" },
  { DURE_ENTITY_EVENT, "events", "dure-events-symbolic" },
  { DURE_ENTITY_PART, "events", "dure-events-symbolic" },
  { DURE_ENTITY_AGENDA_ITEM, "events", "dure-events-symbolic" },
  { DURE_ENTITY_PARTICIPATION, "events", "dure-events-symbolic" },
  { DURE_ENTITY_REMARK, "events", "dure-events-symbolic" },
  { DURE_ENTITY_ACTION, "events", "dure-action-symbolic" },
  { DURE_ENTITY_BUSY, "calendar", "dure-calendar-symbolic" },
  { DURE_ENTITY_TIE, "network", "dure-network-symbolic" },
  { DURE_ENTITY_REFERRAL, "network", "dure-network-symbolic" },
  { DURE_ENTITY_VIEW, "network", "dure-network-symbolic" },
};

/**
 * dure_places:
 * @n_places: (out): how many there are
 *
 * Returns: the places in the order of the sidebar and of Ctrl+1…7
 */
const DurePlace *
dure_places (guint *n_places)
{
  *n_places = G_N_ELEMENTS (places);
  return places;
}

/** dure_place_find: the place of that key, or %NULL. */
const DurePlace *
dure_place_find (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (places[i].key, key) == 0)
      return &places[i];
  return NULL;
}

/** dure_place_for_entity: (nullable): the place that shows records of @entity. */
const DurePlace *
dure_place_for_entity (DureEntityId entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (homes[i].entity == entity)
      return dure_place_find (homes[i].place);
  return NULL;
}

/** dure_entity_icon: name of the icon that stands for @entity in lists of mixed records. */
const char *
dure_entity_icon (DureEntityId entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (homes[i].entity == entity)
      return homes[i].icon;
  return "text-x-generic-symbolic";
}
