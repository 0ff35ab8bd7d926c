/* bench-sync.h: servers, devices and floors for the measurements of sync
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "store/dure-store.h"

/* The account that each tenant has. */
#define BENCH_USER "bench"
#define BENCH_PASSWORD "bench-password"

/** BenchServer: a real `dured` with a storage of its own. Failures end the program. */
typedef struct
{
  char        *storage;
  char        *uri;
  GSubprocess *process;
} BenchServer;

/** BenchDevice: a process with one store, which does what it is told line by line. */
typedef struct
{
  GSubprocess      *process;
  GOutputStream    *in;
  GDataInputStream *out;
  char             *path;
} BenchDevice;

/** BenchRound: what a device says of one round. */
typedef struct
{
  double ms;
  double cpu_ms;
  guint  sent;
  guint  received;
  double peak_mib;
} BenchRound;

/* bench-server.c */
double   bench_cpu_now (void);
void     bench_goal_line (const char *what, const char *unit, double value, double goal);
gboolean bench_asks_for (int argc, char **argv, const char *storage);
gboolean bench_has_postgres (void);
void     bench_run_with_postgres (const char *options);
GSubprocess *bench_spawn (const char *program, ...) G_GNUC_NULL_TERMINATED;
void   bench_server_prepare (BenchServer *self, const char *directory, const char *const *tenants);
void   bench_server_start (BenchServer *self);
void   bench_server_stop (BenchServer *self);
void   bench_server_clear (BenchServer *self);
void   bench_server_reset_peak (BenchServer *self);
double bench_server_peak_mib (BenchServer *self);
double bench_server_cpu_ms (BenchServer *self);
double bench_peak_mib (const char *pid);
void   bench_enrol (const char *path, const char *uri, const char *tenant);
void   bench_set_url (const char *path, const char *uri);
GBytes *bench_snapshot (const char *path);
void   bench_remove_tree (const char *directory);

/* bench-device.c */
int          bench_device_main (const char *path);
BenchDevice *bench_device_start (const char *path);
void         bench_device_tell (BenchDevice *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
char        *bench_device_hear (BenchDevice *self);
BenchRound   bench_device_hear_round (BenchDevice *self);
BenchRound   bench_device_round (BenchDevice *self);
void         bench_device_stop (BenchDevice *self);

/* bench-floor.c */
int    bench_serve_main (const char *path);
double bench_floor_insert (const char *store, const char *directory, double *cpu_ms);
double bench_floor_http (GBytes *body, const char *directory, double *cpu_ms);

/* bench-relay.c */
typedef struct _BenchRelay BenchRelay;
BenchRelay *bench_relay_start (const char *to, char **uri);
gint64      bench_relay_take_bytes (BenchRelay *self);
