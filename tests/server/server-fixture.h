/* server-fixture.h: a real server on a port of its own in a thread, and a wire to it that can be cut
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-listener.h"
#include "store/dure-store.h"
#include "sync/dure-sync.h"

#define TENANT "gwangmyeong"
#define PASSWORD "right password"

/* Where a server may keep things: in the directory, or in a database of its own when the test was started by
 * with-postgres.sh. */
gboolean test_uses_postgres (void);
char    *test_storage_new (const char *directory);

typedef struct
{
  char         *directory;
  char         *storage;
  GThread      *thread;
  GMainContext *context;
  GMainLoop    *loop;
  DureServer   *server;   /* of the thread */
  DureListener *listener; /* of the thread */
  guint         hands;    /* threads that answer beside it */
  char         *uri;
  gint64        offset_ms;
  GMutex        lock;
  GCond         ready;
} TestServer;

TestServer *test_server_new (void);
TestServer *test_server_new_with_hands (guint hands);
/* Calls @func in the server's thread, and waits until it has run. */
void        test_server_call (TestServer *self, GFunc func, gpointer data);
void        test_server_start (TestServer *self, gint64 offset_ms);
void        test_server_stop (TestServer *self);
void        test_server_free (TestServer *self);

/* Between a device and the server: lets so many bytes through each way of each connection, then cuts both. */
typedef struct
{
  GSocketService *service;
  GMainContext   *context;
  GMainLoop      *loop;
  GThread        *thread;
  guint16         to;
  guint16         port;
  GMutex          lock;
  GPtrArray      *open; /* GSocket of connections, cut or not */
  gint            most_up; /* bytes; -1 for all */
  gint            most_down;
} TestWire;

/* Also breaks the connections that are there. */
void      test_wire_cut (TestWire *self);
TestWire *test_wire_new (const char *uri);
char     *test_wire_uri (TestWire *self);
void      test_wire_free (TestWire *self);

typedef struct
{
  char      *directory;
  char      *path;
  DureStore *store;
} Device;

Device  *device_new (void);
void     device_free (Device *self);
void     device_enrol (Device *self, const char *uri, const char *user);
gboolean device_try (Device *self, DureSyncResult *result, GError **error);
void     device_round (Device *self);
char    *device_token (Device *self);
guint    device_conflicts (Device *self, GPtrArray **list);
char    *device_dump (Device *self);
char    *device_add_agency (Device *self, const char *name);
void     device_set (Device *self, DureEntityId entity, const char *id, guint field, const char *value);
void     device_assert (Device *self, DureEntityId entity, const char *id, guint field, const char *value);
void     remove_directory (const char *directory);
GBytes  *test_noise (gsize length, guint32 seed);
