/* fuzz-storage.h: a storage with two tenants and some devices whose tokens the corpus knows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-server.h"

#define FUZZ_TENANT "gm"

DureStorage *fuzz_storage_new (void);
void         fuzz_storage_check (DureStorage *storage, DureServer *server);
