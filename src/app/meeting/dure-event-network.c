/* dure-event-network.c: the network before the meeting, as a tab of the event
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-meeting"
#include "config.h"

#include "app/meeting/dure-event-network.h"

#include "app/network/dure-meeting-network.h"

struct _DureEventNetwork
{
  DureEventTab parent_instance;

  GtkWidget *network;
  char      *shown; /* the event that it was made for */
};

G_DEFINE_FINAL_TYPE (DureEventNetwork, dure_event_network, DURE_TYPE_EVENT_TAB)

/* Made when the tab is first shown, so that opening an event does not wait for a layout. */
static void
dure_event_network_load (DureEventTab *tab, DureRecord *event)
{
  DureEventNetwork *self = DURE_EVENT_NETWORK (tab);

  if (self->network == NULL)
    {
      self->network = dure_meeting_network_new ();
      adw_bin_set_child (ADW_BIN (self), self->network);
    }
  /* It follows the store by itself. */
  if (g_strcmp0 (self->shown, dure_record_get_id (event)) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (dure_record_get_id (event));
  dure_meeting_network_set_event (
    DURE_MEETING_NETWORK (self->network), dure_event_tab_get_desk (tab), self->shown);
}

static void
dure_event_network_finalize (GObject *object)
{
  g_free (DURE_EVENT_NETWORK (object)->shown);
  G_OBJECT_CLASS (dure_event_network_parent_class)->finalize (object);
}

static void
dure_event_network_class_init (DureEventNetworkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dure_event_network_finalize;
  DURE_EVENT_TAB_CLASS (klass)->load = dure_event_network_load;
}

static void
dure_event_network_init (DureEventNetwork *self)
{
}
