/* simulate-officer.h: what officers do at their computers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "simulate-world.h"

DureEntityId some_kind (World *world);
DureRecord  *some_record (World *world, Machine *machine, DureEntityId entity, gboolean deleted);
void         write_some (World *world, Machine *machine, gboolean is_new);

void edit_some (World *world, Machine *machine);
void add_some (World *world, Machine *machine);
void delete_some (World *world, Machine *machine);
void restore_some (World *world, Machine *machine);
void undo_some (World *world, Machine *machine);
void decide_some (World *world, Machine *machine);
void decide_twice (World *world, Machine *machine);
void make_twice (World *world, Machine *machine);
void undo_sent (World *world, Machine *machine);
void merge_some (World *world, Machine *machine);
void shift_clock (World *world, Machine *machine);
void sync_some (World *world, Machine *machine);
