/* dure-hangul.h: syllables, initial consonants, the two-set keyboard, particles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DureSyllable: numbers of the parts as in Unicode: initial 0–18, vowel 0–20, final 0–27 (0 is none). */
typedef struct
{
  int initial;
  int vowel;
  int final;
} DureSyllable;

gboolean dure_hangul_split (gunichar c, DureSyllable *parts);
gunichar dure_hangul_compose (int initial, int vowel, int final);
gunichar dure_hangul_initial (gunichar c);
gboolean dure_hangul_is_consonant (gunichar c);
char    *dure_hangul_initials (const char *text);
char    *dure_hangul_from_keys (const char *keys);
char    *dure_hangul_to_keys (const char *text);
char    *dure_hangul_particles (const char *text);
char    *dure_hangul_printf (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
