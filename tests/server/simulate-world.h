/* simulate-world.h: computers with wrong clocks, a server, and a bad network between them, all in one thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server-fixture.h"
#include "sync/dure-wire.h"

/* One computer: its store is the real one, its clock is off by @error_ms. */
typedef struct
{
  Device *device;
  gint64  error_ms;
  gint64  noted; /* journal number up to which what it wrote is known */
} Machine;

typedef struct
{
  GRand *random;
  char  *directory;
  char *template;
  char        *tenant;
  DureStorage *storage;
  DureServer  *server;
  GPtrArray   *machines; /* of Machine */
  GPtrArray   *late;     /* of DureRequest: copies that come once more, later */
  guint        kind;     /* what this history is about */
  gboolean     calm;     /* nothing goes wrong any more */
  gboolean     loud;
} World;

World   *world_new (guint seed, const char *directory, const char *template);
void     world_free (World *self);
void     world_restart (World *self);
gboolean world_chance (World *self, int percent);
guint    world_pick (World *self, guint n);
void     world_pass (World *self, gint64 milliseconds);
Machine *world_add (World *self);
void     world_at (World *self, Machine *machine);
void     machine_reopen (Machine *machine);
