/* proxy-fixture.h: a proxy that hands requests and tunnels through, and may ask for a password
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

typedef struct
{
  GSocketService *service;
  GMainContext   *context;
  GMainLoop      *loop;
  GThread        *thread;
  guint16         port;
  const char     *wants; /* (nullable): what has to stand in the head of a request */
  gint            n_through;
} TestProxy;

void test_proxy_start (TestProxy *self);
void test_proxy_stop (TestProxy *self);
