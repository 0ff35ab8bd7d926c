/* dure-event-stepper.h: where an event stands: prepared, announced, replied, held, reported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "domain/dure-event.h"

G_BEGIN_DECLS

#define DURE_EVENT_N_STEPS 5

#define DURE_TYPE_EVENT_STEPPER (dure_event_stepper_get_type ())
G_DECLARE_FINAL_TYPE (DureEventStepper, dure_event_stepper, DURE, EVENT_STEPPER, GtkBox)

void       dure_event_stepper_load (DureEventStepper *self, DureStore *store, DureRecord *event);
int        dure_event_stepper_get_step (DureEventStepper *self);

G_END_DECLS
