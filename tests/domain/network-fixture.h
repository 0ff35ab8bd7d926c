/* network-fixture.h: a store of its own for each test, and records in one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "domain/dure-network.h"

G_BEGIN_DECLS

typedef struct
{
  char      *folder;
  DureStore *store;
} Fixture;

void  set_up (Fixture *fixture, gconstpointer data);
void  tear_down (Fixture *fixture, gconstpointer data);
char *write_record (Fixture *fixture, DureEntityId entity, ...);
char *agency (Fixture *fixture, const char *name, const char *sector, const char *areas);
void  tie (Fixture *fixture, const char *from, const char *to, const char *kind, const char *since, const char *until);
void  referral (Fixture *fixture, const char *from, const char *to, const char *month, const char *sent);
char *member (Fixture *fixture, const char *agency_id, const char *body, const char *from, const char *to);
guint node (const DureNetwork *network, const char *id);
const DureNetworkTie *tie_of (const DureNetwork *network, const char *a, const char *b);

#define ADD(NAME, FUNC) g_test_add (NAME, Fixture, NULL, set_up, FUNC, tear_down)

G_END_DECLS
