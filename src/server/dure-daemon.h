/* dure-daemon.h: the command line of dured
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int dure_daemon_run (int argc, char **argv);

G_END_DECLS
