/* dure-event-tab.h: what all tabs of an event have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tab reads when it is shown and again whenever the store changes; many changes in a row make one reading. What it
 * writes goes to the writer's thread, and a failure is said by the window.
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_EVENT_TAB (dure_event_tab_get_type ())
G_DECLARE_DERIVABLE_TYPE (DureEventTab, dure_event_tab, DURE, EVENT_TAB, AdwBin)

struct _DureEventTabClass
{
  AdwBinClass parent_class;

  /* The event is another one than before; builds what needs the desk. */
  void (*event_set) (DureEventTab *self);
  /* Shows what is stored now. @event is the record as it stands. */
  void (*load) (DureEventTab *self, DureRecord *event);
};

void        dure_event_tab_set_event (DureEventTab *self, DureDesk *desk, const char *event_id);
DureDesk   *dure_event_tab_get_desk (DureEventTab *self);
DureStore  *dure_event_tab_get_store (DureEventTab *self);
const char *dure_event_tab_get_event_id (DureEventTab *self);
DureRecord *dure_event_tab_new_record (DureEventTab *self, DureEntityId entity);
void        dure_event_tab_queue_load (DureEventTab *self);
void        dure_event_tab_apply (DureEventTab *self,
                                  const char   *label,
                                  GPtrArray    *written,
                                  GPtrArray    *deleted,
                                  const char   *toast);
void        dure_event_tab_remove_row (DureEventTab *self,
                                       GtkWidget    *widget,
                                       GPtrArray    *records,
                                       const char   *label,
                                       const char   *toast);
void        dure_event_tab_run (DureEventTab  *self,
                                DureStoreFunc  func,
                                gpointer       data,
                                GDestroyNotify free_data,
                                const char    *toast);

G_END_DECLS
