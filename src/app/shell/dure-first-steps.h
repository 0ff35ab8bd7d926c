/* dure-first-steps.h: what to do first, each step a link to where it is done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DURE_TYPE_FIRST_STEPS (dure_first_steps_get_type ())
G_DECLARE_FINAL_TYPE (DureFirstSteps, dure_first_steps, DURE, FIRST_STEPS, AdwWindow)

GtkWidget *dure_first_steps_new (void);

G_END_DECLS
