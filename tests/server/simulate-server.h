/* simulate-server.h: what the administrator does to the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "simulate-world.h"

void copy_server (World *world, Machine *machine);
void put_server_back (World *world, Machine *machine);
void fold_server (World *world, Machine *machine);
void add_folded (World *world, GPtrArray *log);
