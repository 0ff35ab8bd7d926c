/* routes-fixture.h: a server without a socket, and one device of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/dure-stamp.h"
#include "server-fixture.h"

#define DEVICE "00000000000000aa"

typedef struct
{
  char        *directory;
  char        *where;
  DureStorage *storage;
  DureServer  *server;
  DureClock   *clock;
  char        *token;
} Routes;

void          routes_set_up (Routes *fixture, gconstpointer data);
void          routes_tear_down (Routes *fixture, gconstpointer data);
DureResponse *routes_ask (Routes     *fixture,
                          const char *method,
                          const char *path,
                          const char *token,
                          const char *type,
                          const char *body,
                          gssize      length);
char         *routes_enrol (
            Routes *fixture, const char *tenant, const char *user, const char *password, const char *device, guint *status);
void        routes_assert_problem (DureResponse *response, guint status, const char *problem);
DureChange *routes_change (Routes *fixture, const char *entity, const char *key, const char *value);
char       *routes_line (DureChange *made);
char       *routes_push (Routes *fixture, const char *lines, guint *status);
char       *routes_pull (Routes *fixture, const char *path);

/* What somebody does who has the storage in his hands. Returns whether it went well. */
gboolean routes_tamper (Routes *fixture, const char *sql);
/* All that a query finds in accounts and log, as one text. */
char    *routes_look (Routes *fixture, const char *sql);
gboolean routes_is_logged (Routes *fixture, const char *what);
