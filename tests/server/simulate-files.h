/* simulate-files.h: officers attach files, and in the end they are everywhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "simulate-world.h"

void attach_some (World *world, Machine *machine);
void detach_some (World *world, Machine *machine);
void fetch_some (World *world, Machine *machine);
void check_files (World *world);
