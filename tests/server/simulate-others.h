/* simulate-others.h: what happens beside the officers: another program, the administrator of the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "simulate-world.h"

void newer_start (World *world);
void others_end (World *world);
void newer_program (World *world, Machine *machine);
void set_role (World *world);
void change_role (World *world, Machine *machine);
