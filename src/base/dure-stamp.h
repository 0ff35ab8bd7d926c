/* dure-stamp.h: hybrid logical clock; text order is time order and no two stamps are alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stamp is MILLISECONDS-COUNTER-DEVICE in lower-case hexadecimal of 12, 4 and 16 digits: 34 characters. Source:
 * Kulkarni, Demirbas, Madappa, Avva, Leone, "Logical physical clocks and consistent snapshots in globally distributed
 * databases", 2014.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DURE_STAMP_MOST_AHEAD_MS: so far ahead of its clock the server takes stamps. A clock that stands further ahead of the
 *  corrected time is pulled back, see dure_clock_set_offset(). */
#define DURE_STAMP_MOST_AHEAD_MS (5 * 60 * G_GINT64_CONSTANT (1000))

#define DURE_STAMP_LENGTH 34
#define DURE_DEVICE_LENGTH 16

typedef struct _DureClock DureClock;

DureClock  *dure_clock_new (const char *device);
void        dure_clock_free (DureClock *self);
const char *dure_clock_get_device (DureClock *self);
void        dure_clock_next (DureClock *self, char out[DURE_STAMP_LENGTH + 1]);
void        dure_clock_observe (DureClock *self, const char *stamp);
void        dure_clock_set_offset (DureClock *self, gint64 milliseconds);
gboolean    dure_stamp_is_valid (const char *stamp);
gint64      dure_stamp_ms (const char *stamp);
const char *dure_stamp_device (const char *stamp);
void        dure_stamp_derive (const char *stamp, gboolean later, const char *what, char out[DURE_STAMP_LENGTH + 1]);
void        dure_device_new (char out[DURE_DEVICE_LENGTH + 1]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureClock, dure_clock_free)

G_END_DECLS
