/* dure-meeting-network-private.h: shared by the files of the event's network tab
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-meeting-bar.h"
#include "app/network/dure-meeting-compare.h"
#include "app/network/dure-meeting-lists.h"
#include "app/network/dure-meeting-network.h"
#include "app/network/dure-network-canvas.h"
#include "app/network/dure-network-model.h"

G_BEGIN_DECLS

struct _DureMeetingNetwork
{
  AdwBin parent_instance;

  DureDesk           *desk;
  char               *event;
  DureNetworkModel   *model;
  DureMeetingTrial   *trial;
  DureMeetingReading *reading;
  GCancellable       *cancellable;
  guint               refresh_source;
  guint               wait_source;

  GtkStack           *stack;
  GtkWidget          *switcher;
  DureNetworkCanvas  *canvas;
  GtkWidget          *waiting; /* says that the picture is coming */
  DureMeetingBar     *bar;
  DureMeetingLists   *lists;
  GtkRevealer        *trial_bar;
  GtkLabel           *trial_text;
  GtkLabel           *trial_sentences;
  DureMeetingCompare *compare; /* NULL until it is looked at */
};

void       dure_meeting_network_read (DureMeetingNetwork *self);
void       dure_meeting_network_say_error (DureMeetingNetwork *self, const GError *error);
void       dure_meeting_network_install_actions (GtkWidgetClass *class);
GtkWidget *dure_meeting_network_new_trial_bar (DureMeetingNetwork *self);
GtkWidget *dure_meeting_network_new_before (DureMeetingNetwork *self);

G_END_DECLS
