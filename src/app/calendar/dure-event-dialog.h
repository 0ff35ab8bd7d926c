/* dure-event-dialog.h: a new event in one small window, empty or from a template
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal `created` (const char *id): the event and all that belongs to it is stored. The window closes itself.
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_DIALOG (dure_event_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DureEventDialog, dure_event_dialog, DURE, EVENT_DIALOG, AdwWindow)

/**
 * DureEventTemplate:
 * @DURE_EVENT_EMPTY: an event with nothing in it
 * @DURE_EVENT_TRAINING: joint training and round-table: two parts, all active agencies invited
 */
typedef enum
{
  DURE_EVENT_EMPTY,
  DURE_EVENT_TRAINING,
} DureEventTemplate;

DureEventDialog *dure_event_dialog_present (GtkWidget *widget, DureDesk *desk, int first_day, int last_day);
void             dure_event_dialog_set_template (DureEventDialog *self, DureEventTemplate template_);
void             dure_event_dialog_set_value (DureEventDialog *self, guint field, const char *value);
void             dure_event_dialog_save (DureEventDialog *self);

G_END_DECLS
