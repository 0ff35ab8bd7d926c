/* dure-root.h: trust in a city's own root certificate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

char *dure_root_read (const char *path, GError **error);
void  dure_root_trust (SoupMessage *message, const char *root);

G_END_DECLS
