/* dure-meeting-network.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-network.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-network-canvas.h"
#include "app/network/dure-network-facts.h"
#include "app/network/dure-network-model.h"
#include "domain/dure-network-meeting.h"

#define NAMES_MOST 5

struct _DureMeetingNetwork
{
  AdwBin parent_instance;

  DureDesk          *desk;
  char              *event;
  DureNetworkModel  *model;
  DureNetworkCanvas *canvas;
  GtkBox            *lists;
  guint              refresh_source;
};

G_DEFINE_FINAL_TYPE (DureMeetingNetwork, dure_meeting_network, ADW_TYPE_BIN)

/* Ids of the agencies that are invited, themselves or by their people. */
static char **
invited_agencies (DureMeetingNetwork *self, GError **error)
{
  DureStore *store = dure_desk_get_store (self->desk);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PARTICIPATION);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  dure_query_where (query, DURE_PARTICIPATION_EVENT, DURE_EQUAL, self->event);
  records = dure_store_list (store, query, error);
  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      DureRecord      *record = g_ptr_array_index (records, i);
      const char      *person = dure_record_get (record, DURE_PARTICIPATION_PERSON);
      g_autofree char *agency = g_strdup (dure_record_get (record, DURE_PARTICIPATION_AGENCY));

      if (agency == NULL && person != NULL)
        {
          g_autoptr (DureRecord) someone = dure_store_get (store, DURE_ENTITY_PERSON, person, NULL);

          if (someone != NULL)
            agency = g_strdup (dure_record_get (someone, DURE_PERSON_AGENCY));
        }
      if (agency != NULL && g_hash_table_add (seen, g_strdup (agency)))
        g_strv_builder_add (builder, agency);
    }
  return g_strv_builder_end (builder);
}

static GtkBox *
add_group (DureMeetingNetwork *self, const char *title, const char *sentence)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (group), dure_network_new_text (title, "heading", FALSE));
  if (sentence != NULL)
    gtk_box_append (GTK_BOX (group), dure_network_new_text (sentence, NULL, TRUE));
  gtk_box_append (self->lists, group);
  return GTK_BOX (group);
}

static void
add_agencies (GtkBox *group, const DureNetwork *network, const GArray *nodes)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < nodes->len; i++)
    {
      guint            node = g_array_index (nodes, guint, i);
      const DureField *kind = dure_entity_field (dure_entity (DURE_ENTITY_AGENCY), DURE_AGENCY_KIND);
      g_autofree char *detail = dure_field_format (kind, network->nodes[node].kind);

      gtk_list_box_append (GTK_LIST_BOX (list), dure_network_agency_row (network, node, detail));
    }
  gtk_box_append (group, list);
}

static void
show_who_knows_nobody (DureMeetingNetwork *self, const DureNetwork *network, const DureBeforeMeeting *before)
{
  g_autofree char *nobody = NULL;
  g_autofree char *none = NULL;

  if (before->no_tie->len > 0)
    {
      nobody = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u invited agency has no tie on record at all.",
                                             "%u invited agencies have no tie on record at all.", before->no_tie->len),
                                before->no_tie->len);
      add_agencies (add_group (self, _ ("No tie at all"), nobody), network, before->no_tie);
    }
  if (before->none_in_room->len > 0)
    {
      none = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u agency works with others, but with nobody who is invited.",
                       "%u agencies work with others, but with nobody who is invited.", before->none_in_room->len),
          before->none_in_room->len);
      add_agencies (add_group (self, _ ("No tie in the room"), none), network, before->none_in_room);
    }
  if (before->no_tie->len == 0 && before->none_in_room->len == 0)
    add_group (self, _ ("Who knows nobody"), _ ("Everyone who is invited works with somebody in the room."));
}

static void
show_parts (DureMeetingNetwork *self, const DureNetwork *network, const DureBeforeMeeting *before)
{
  guint            n = 0;
  g_autofree char *sentence = NULL;
  GtkBox          *group;

  for (guint i = 0; i < before->components->len; i++)
    n += ((GArray *)g_ptr_array_index (before->components, i))->len > 1 ? 1 : 0;
  if (n == 0)
    return;
  sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Those in the room who work together form %u group.",
                                           "Those in the room who work together form %u groups.", n),
                              n);
  group = add_group (self, _ ("Groups in the room"), sentence);
  for (guint i = 0; i < n && i < 5; i++)
    {
      const GArray    *part = g_ptr_array_index (before->components, i);
      g_autofree char *names = dure_network_names (network, part, NAMES_MOST);
      /* Translators: number of the group, how many agencies, their names. */
      g_autofree char *line = g_strdup_printf (_ ("Group %1$u (%2$u): %3$s"), i + 1, part->len, names);

      gtk_box_append (group, dure_network_new_text (line, NULL, FALSE));
    }
  if (before->cuts->len > 0)
    {
      g_autoptr (GArray) cut_points = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autofree char *cut = g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "If %u agency does not come, the room falls apart further.",
                       "If one of %u agencies does not come, the room falls apart further.", before->cuts->len),
          before->cuts->len);

      for (guint i = 0; i < before->cuts->len; i++)
        g_array_append_val (cut_points, ((DureMeetingCut *)g_ptr_array_index (before->cuts, i))->node);

      add_agencies (add_group (self, _ ("Must not be missing"), cut), network, cut_points);
    }
}

static void
show_introductions (DureMeetingNetwork *self, const DureNetwork *network, const DureBeforeMeeting *before)
{
  GtkBox *group;

  if (before->introductions->len == 0)
    return;
  group = add_group (self, _ ("Worth introducing"), _ ("The fewest introductions that would join all groups:"));
  for (guint i = 0; i < before->introductions->len; i++)
    {
      const DureIntroduction *pair = &g_array_index (before->introductions, DureIntroduction, i);
      g_autofree char        *line = NULL;

      if (pair->common > 0)
        line = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s — %2$s (%3$u common partner)",
                                             "%1$s — %2$s (%3$u common partners)", pair->common),
                                network->nodes[pair->a].name, network->nodes[pair->b].name, pair->common);
      else
        line = g_strdup_printf ("%s — %s", network->nodes[pair->a].name, network->nodes[pair->b].name);
      gtk_box_append (group, dure_network_new_text (line, NULL, FALSE));
    }
  if (before->joiners->len > 0)
    {
      const DureJoiner *best = g_ptr_array_index (before->joiners, 0);
      g_autofree char *joiner = g_strdup_printf (_ ("Not invited: %1$s would join %2$u groups of the room."),
                                                 network->nodes[best->node].name, best->parts->len);

      gtk_box_append (group, dure_network_new_text (joiner, NULL, FALSE));
    }
}

static void
show_missing (DureMeetingNetwork *self, const DureBeforeMeeting *before)
{
  g_autoptr (GString) areas = g_string_new (NULL);
  GtkBox *group;

  for (int a = 0; a < DURE_N_AREAS; a++)
    if (before->areas_missing & (1u << a))
      g_string_append_printf (areas, "%s%s", areas->len > 0 ? ", " : "", dure_area_label (a));
  if (areas->len == 0 && before->regions_missing->len == 0)
    return;
  group = add_group (self, _ ("Missing in the room"), NULL);
  if (areas->len > 0)
    {
      g_autofree char *line = g_strdup_printf (_ ("Areas: %s"), areas->str);

      gtk_box_append (group, dure_network_new_text (line, NULL, FALSE));
    }
  if (before->regions_missing->len > 0)
    {
      g_autoptr (GString) names = g_string_new (NULL);
      g_autofree char *line = NULL;

      for (guint i = 0; i < before->regions_missing->len; i++)
        g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                                (const char *)g_ptr_array_index (before->regions_missing, i));
      line = g_strdup_printf (_ ("Regions: %s"), names->str);
      gtk_box_append (group, dure_network_new_text (line, NULL, FALSE));
    }
}

static void
show (DureMeetingNetwork *self)
{
  DureNetwork *network = dure_network_model_get_network (self->model);
  g_auto (GStrv) invited = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DureBeforeMeeting) before = NULL;
  g_autofree char *coverage = NULL;
  GtkWidget       *child;

  if (network == NULL || self->event == NULL)
    return;
  invited = invited_agencies (self, &error);
  if (invited == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", error->message);
      return;
    }
  dure_network_canvas_set_room (self->canvas, *invited != NULL ? (const char *const *)invited : NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lists))) != NULL)
    gtk_box_remove (self->lists, child);
  if (*invited == NULL)
    {
      add_group (self, _ ("Nobody is invited yet"),
                 _ ("Once agencies are invited, this says who knows nobody in the room."));
      return;
    }
  before = dure_network_before_meeting (network, (const char *const *)invited);
  show_who_knows_nobody (self, network, before);
  show_parts (self, network, before);
  show_introductions (self, network, before);
  show_missing (self, before);
  coverage = dure_network_coverage (network);
  gtk_box_append (self->lists, dure_network_new_text (coverage, "caption", TRUE));
}

static void
model_changed_cb (DureMeetingNetwork *self)
{
  dure_network_canvas_set_network (self->canvas, dure_network_model_get_network (self->model),
                                   dure_network_model_get_places (self->model));
  show (self);
}

static void
placed_cb (DureMeetingNetwork *self, GtkBitset *nodes)
{
  DureNetwork  *network = dure_network_canvas_get_network (self->canvas);
  GtkBitsetIter iter;
  guint         v;

  for (gboolean is = gtk_bitset_iter_init_first (&iter, nodes, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    {
      DurePoint point = dure_network_canvas_get_point (self->canvas, v);

      dure_network_model_place (self->model, network->nodes[v].id, point.x, point.y);
    }
}

static void
activated_cb (DureMeetingNetwork *self, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "agency", id);
}

static void
failed_cb (DureMeetingNetwork *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.error", "s", message);
}

static void
mapped_cb (DureMeetingNetwork *self)
{
  dure_network_model_load (self->model);
}

static gboolean
refresh_cb (gpointer data)
{
  DureMeetingNetwork *self = data;

  self->refresh_source = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
record_changed_cb (DureMeetingNetwork *self, guint entity, const char *id)
{
  if ((entity == DURE_ENTITY_PARTICIPATION || entity == DURE_ENTITY_PERSON) && self->refresh_source == 0)
    self->refresh_source = g_timeout_add (120, refresh_cb, self);
}

static void
dure_meeting_network_dispose (GObject *object)
{
  DureMeetingNetwork *self = DURE_MEETING_NETWORK (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->event, g_free);
  G_OBJECT_CLASS (dure_meeting_network_parent_class)->dispose (object);
}

static void
dure_meeting_network_class_init (DureMeetingNetworkClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dure_meeting_network_dispose;
}

static void
dure_meeting_network_init (DureMeetingNetwork *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->model = dure_network_model_new ();
  self->canvas = DURE_NETWORK_CANVAS (dure_network_canvas_new ());
  self->lists = GTK_BOX (box);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_size_request (scrolled, 288, -1);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->canvas));
  gtk_box_append (GTK_BOX (line), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (line), scrolled);
  adw_bin_set_child (ADW_BIN (self), line);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "nodes-placed", G_CALLBACK (placed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "node-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
}

/**
 * dure_meeting_network_new:
 *
 * Returns: (transfer floating): the picture and the lists, still of no event
 */
GtkWidget *
dure_meeting_network_new (void)
{
  return g_object_new (DURE_TYPE_MEETING_NETWORK, NULL);
}

/**
 * dure_meeting_network_set_event:
 * @self: the picture and the lists
 * @desk: (nullable): where to read
 * @event_id: (nullable): the event
 *
 * Reads nothing before it is seen, and follows the store then.
 */
void
dure_meeting_network_set_event (DureMeetingNetwork *self, DureDesk *desk, const char *event_id)
{
  g_return_if_fail (DURE_IS_MEETING_NETWORK (self));

  g_free (self->event);
  self->event = g_strdup (event_id);
  if (self->desk != desk)
    {
      if (self->desk != NULL)
        g_signal_handlers_disconnect_by_data (dure_desk_get_store (self->desk), self);
      g_set_object (&self->desk, desk);
      dure_network_canvas_set_network (self->canvas, NULL, NULL);
      dure_network_model_set_desk (self->model, desk);
      if (desk != NULL)
        g_signal_connect_object (dure_desk_get_store (desk), "changed", G_CALLBACK (record_changed_cb), self,
                                 G_CONNECT_SWAPPED);
    }
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    dure_network_model_load (self->model);
  show (self);
}
