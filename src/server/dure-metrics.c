/* dure-metrics.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text format of Prometheus, version 0.0.4. Paths that the server does not know count as one, so that nobody can
 * make the list grow.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-metrics.h"

#include <string.h>

static const char *const paths[] = { "/v1/changes", "/v1/snapshot", "/v1/enrol", "/v1/live", "/v1/health", "/metrics" };
static const char *const methods[] = { "GET", "POST", "PUT", "HEAD" };
/* Seconds */
static const double bounds[] = { .005, .025, .1, .5, 2.5 };

#define N_BOUNDS G_N_ELEMENTS (bounds)

struct _DureMetrics
{
  GHashTable *requests; /* labels -> number */
  guint64     within[N_BOUNDS + 1];
  double      seconds;
  gint64      started;
};

static const char *
known (const char *const *list, gsize n, const char *word)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (list[i], word) == 0)
      return list[i];
  return "other";
}

/** dure_metrics_new: Returns: (transfer full): all at zero. */
DureMetrics *
dure_metrics_new (void)
{
  DureMetrics *self = g_new0 (DureMetrics, 1);

  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->started = g_get_real_time () / G_USEC_PER_SEC;
  return self;
}

/** dure_metrics_free: frees @self. */
void
dure_metrics_free (DureMetrics *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->requests);
  g_free (self);
}

/**
 * dure_metrics_count:
 * @duration: microseconds from the head of the request to the answer
 *
 * One request was answered.
 */
void
dure_metrics_count (DureMetrics *self, const char *method, const char *path, guint status, gint64 duration)
{
  g_autofree char *labels
      = g_strdup_printf ("method=\"%s\",path=\"%s\",status=\"%u\"", known (methods, G_N_ELEMENTS (methods), method),
                         known (paths, G_N_ELEMENTS (paths), path), status);
  guint64 *number = g_hash_table_lookup (self->requests, labels);
  double   seconds = (double)duration / G_USEC_PER_SEC;
  gsize    bound = 0;

  if (number == NULL)
    g_hash_table_insert (self->requests, g_steal_pointer (&labels), number = g_new0 (guint64, 1));
  ++*number;
  while (bound < N_BOUNDS && seconds > bounds[bound])
    bound++;
  self->within[bound]++;
  self->seconds += seconds;
}

static void
head (GString *text, const char *name, const char *type, const char *help)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void
number (GString *text, const char *name, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "%s %s\n", name, g_ascii_dtostr (digits, sizeof digits, value));
}

/**
 * dure_metrics_to_text:
 * @connections: how many are open
 * @live: how many of them are live channels
 * @cut: how many were cut off so far
 *
 * Returns: (transfer full): all numbers
 */
char *
dure_metrics_to_text (DureMetrics *self, guint connections, guint live, guint64 cut)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GList) labels = g_list_sort (g_hash_table_get_keys (self->requests), (GCompareFunc)strcmp);
  guint64 below = 0;
  char    digits[G_ASCII_DTOSTR_BUF_SIZE];

  head (text, "dured_requests_total", "counter", "Requests that were answered.");
  for (GList *label = labels; label != NULL; label = label->next)
    g_string_append_printf (text, "dured_requests_total{%s} %" G_GUINT64_FORMAT "\n", (const char *)label->data,
                            *(guint64 *)g_hash_table_lookup (self->requests, label->data));
  head (text, "dured_request_seconds", "histogram", "Time from the head of a request to its answer.");
  for (gsize i = 0; i <= N_BOUNDS; i++)
    {
      below += self->within[i];
      g_string_append_printf (text, "dured_request_seconds_bucket{le=\"%s\"} %" G_GUINT64_FORMAT "\n",
                              i < N_BOUNDS ? g_ascii_formatd (digits, sizeof digits, "%g", bounds[i]) : "+Inf", below);
    }
  number (text, "dured_request_seconds_sum", self->seconds);
  g_string_append_printf (text, "dured_request_seconds_count %" G_GUINT64_FORMAT "\n", below);
  head (text, "dured_connections", "gauge", "Connections that are open.");
  number (text, "dured_connections", connections);
  head (text, "dured_live_channels", "gauge", "Devices that hear of changes at once.");
  number (text, "dured_live_channels", live);
  head (text, "dured_slow_connections_total", "counter", "Connections that were cut off because nothing, or too little, came or went.");
  g_string_append_printf (text, "dured_slow_connections_total %" G_GUINT64_FORMAT "\n", cut);
  head (text, "dured_start_time_seconds", "gauge", "When the server started, in seconds since 1970.");
  number (text, "dured_start_time_seconds", (double)self->started);
  return g_string_free (text, FALSE);
}
