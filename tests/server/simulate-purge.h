/* simulate-purge.h: officers purge records, and nothing of them is anywhere in the end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "simulate-world.h"

void     purge_some (World *world, Machine *machine);
gboolean is_purged (Machine *machine, const char *entity, const char *id);
void     check_purged (World *world, GPtrArray *log);
