/* fuzz-fixture.h: what the fuzz targets share: one input of several parts, and a directory that is as it was for each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <stdint.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Parts are parted by a line of two percent signs, which a person can write and a fuzzer finds. */
char *fuzz_next_part (const uint8_t **data, size_t *size, gsize *length);

/* A directory in memory, where there is some; its files are kept by fuzz_directory_keep() and put back, with all that
 * came meanwhile gone, by fuzz_directory_put_back(). */
const char *fuzz_directory (void);
void        fuzz_directory_keep (void);
void        fuzz_directory_put_back (void);
