/* dure-metrics.h: what the server has done since it started, as numbers without names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DureMetrics DureMetrics;

DureMetrics *dure_metrics_new (void);
void         dure_metrics_free (DureMetrics *self);
void         dure_metrics_count (DureMetrics *self, const char *method, const char *path, guint status, gint64 duration);
char        *dure_metrics_to_text (DureMetrics *self, guint connections, guint live, guint64 cut);

G_END_DECLS
