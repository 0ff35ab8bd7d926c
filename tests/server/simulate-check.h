/* simulate-check.h: what has to hold in the end of every history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "simulate-world.h"

void  check_note (World *world, Machine *machine);
char *check_end (World *world);
guint check_conflicts (void);
