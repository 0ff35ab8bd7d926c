/* simulate-world.h: computers with wrong clocks, a server, and a bad network between them, all in one thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/dure-stamp.h"
#include "server/dure-server.h"
#include "store/dure-store.h"
#include "sync/dure-sync.h"
#include "sync/dure-wire.h"

/* One computer: its store is the real one, its clock is off by @error_ms. */
typedef struct
{
  DureStore *store;
  char      *path;
  char      *copy; /* (nullable): an old copy of its store */
  gint64     error_ms;
  gint64     noted; /* journal number up to which what it wrote is known */
  gint64     copy_noted;
} Machine;

typedef struct
{
  GRand *random;
  char  *directory;
  char *template;
  char        *where; /* the server's storage */
  char        *tenant;
  DureStorage *storage;
  DureServer  *server;
  GPtrArray   *machines; /* of Machine */
  GPtrArray   *written;  /* of DureChange: all that anybody wrote */
  GPtrArray   *late;     /* of DureRequest: copies that come once more, later */
  DureClock   *newer;      /* (nullable): of a device with a newer program */
  GHashTable  *newer_seen; /* what it wrote last: "entity id field" -> stamp */
  GString     *newer_lines; /* all that it wrote */
  gboolean     reads_only; /* the account, now */
  char        *server_copy; /* (nullable): where an old copy of the server is */
  guint        copied_how;  /* see simulate-server.c */
  guint        put_backs;   /* how often it took the server's place */
  GHashTable  *ended;       /* stamps of changes that went on from what had ended with age */
  GPtrArray   *folded;      /* of DureChange: what the server has forgotten with age */
  guint        kind;     /* what this history is about */
  gboolean     calm;     /* nothing goes wrong any more */
  gboolean     loud;
  Machine     *asking;                /* whose round is under way, or NULL */
  void (*meanwhile) (gpointer world); /* called in the middle of a round: an officer goes on writing */
} World;

World   *world_new (guint seed, const char *directory, const char *template, const char *where);
void     world_free (World *self);
void     world_stop (World *self);
void     world_restart (World *self);
gboolean world_chance (World *self, int percent);
guint    world_pick (World *self, guint n);
void     world_pass (World *self, gint64 milliseconds);
void     world_note_ended (World *self, const char *answer);
Machine *world_add (World *self);
void     world_at (World *self, Machine *machine);
void     world_calm (World *self);
void     copy_directory (const char *from, const char *to);
void     machine_reopen (World *self, Machine *machine);
void     machine_copy (World *self, Machine *machine);
void     machine_put_back (World *self, Machine *machine);
void     world_twin (World *self, Machine *machine);
