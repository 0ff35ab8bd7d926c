/* dure-server-config.h: the settings of dured, from its file and its command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DureServerConfig: what is not said is %NULL or 0; data/dured.conf tells of each. */
typedef struct
{
  char    *storage;
  char    *listen;
  char    *tls_certificate;
  char    *tls_key;
  guint    most_connections;
  guint    most_file;  /* MiB */
  guint    most_files; /* MiB, of one tenant */
  guint    silent_seconds;
  guint    head_seconds;
  guint    slow_seconds;
  guint    least_rate; /* bytes a second */
  guint    token_days;
  guint    keep_days;
  gboolean metrics;
} DureServerConfig;

#define DURE_SERVER_CONFIG_FILE "/etc/dured.conf"

gboolean dure_server_config_read (DureServerConfig *self, const char *path, GError **error);
void     dure_server_config_clear (DureServerConfig *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureServerConfig, dure_server_config_clear)

G_END_DECLS
