/* dure-meeting-lists.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-lists.h"

#include <glib/gi18n-lib.h>

#include "app/network/dure-meeting-rows.h"

/* Longer lists show this many rows first. */
#define ROWS_MOST 6
/* How long the rows may keep the main thread at a time. */
#define SLICE_US 3000

struct _DureMeetingLists
{
  AdwBin parent_instance;

  char      *shown;  /* all that the lists say, to know whether there is something new */
  GPtrArray *opened; /* numbers of the topics that show all of their rows */

  /* What is being made, a little at a time; it takes the place of the old ones when it is ready. */
  GtkBox                   *coming;
  const DureMeetingReading *reading;
  guint                     next; /* list */
  guint                     tick;
};

G_DEFINE_FINAL_TYPE (DureMeetingLists, dure_meeting_lists, ADW_TYPE_BIN)

static gboolean
is_opened (DureMeetingLists *self, DureBriefingTopic topic)
{
  return g_ptr_array_find (self->opened, GUINT_TO_POINTER (topic + 1), NULL);
}

static void
add_rows (DureMeetingLists *self, GtkBox *group, const DureMeetingReading *reading, const DureBriefingList *list)
{
  GtkWidget  *rows = gtk_list_box_new ();
  const guint n = list->items->len;
  const guint shown = n <= ROWS_MOST + 1 || is_opened (self, list->topic) ? n : ROWS_MOST;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, list->heading, -1);
  for (guint i = 0; i < shown; i++)
    gtk_list_box_append (GTK_LIST_BOX (rows),
                         dure_meeting_item_row (reading, list, g_ptr_array_index (list->items, i)));
  g_object_set_data (G_OBJECT (rows), "topic", GUINT_TO_POINTER (list->topic + 1));
  gtk_box_append (group, rows);
  if (shown < n)
    {
      g_autofree char *label = g_strdup_printf (_ ("Show %u more"), n - shown);
      GtkWidget       *more = gtk_button_new_with_label (label);

      gtk_widget_add_css_class (more, "flat");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (more), "u", (guint)list->topic);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (more), "meeting.more");
      gtk_box_append (group, more);
    }
}

static void
add_list (DureMeetingLists *self, const DureMeetingReading *reading, const DureBriefingList *list)
{
  GtkWidget       *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget       *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *count = g_strdup_printf ("%u", list->items->len);

  gtk_box_append (GTK_BOX (heading), dure_meeting_label (list->heading, "heading"));
  gtk_box_append (GTK_BOX (heading), dure_meeting_label (count, "dim-label"));
  gtk_box_append (GTK_BOX (group), heading);
  gtk_box_append (GTK_BOX (group), dure_meeting_label (list->sentence, "dim-label"));
  add_rows (self, GTK_BOX (group), reading, list);
  gtk_box_append (self->coming, group);
}

/* What stands first: how many are there and into how many parts they fall; in a trial what would become of it. */
static void
add_summary (DureMeetingLists *self, const DureMeetingReading *reading, gboolean trial)
{
  const DureBeforeMeeting *before = reading->briefing->before;
  GtkWidget               *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const guint              alone = before->no_tie->len + before->none_in_room->len;
  g_autofree char         *invited = g_strdup_printf (_ ("%u agencies invited"), before->invited->len);
  g_autofree char         *text = before->components->len <= 1
                                      ? g_strdup (_ ("The room already hangs together."))
                                      : g_strdup_printf (_ ("The room falls into %1$u parts; %2$u agencies know nobody in it."),
                                                         before->components->len, alone);

  gtk_box_append (GTK_BOX (group), dure_meeting_label (invited, "title-4"));
  gtk_box_append (GTK_BOX (group), dure_meeting_label (text, NULL));
  if (!trial && *reading->declined != NULL)
    {
      g_autofree char *label
          = g_strdup_printf (_ ("Look without the %u who declined"), g_strv_length (reading->declined));
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(^asb)", reading->declined, TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "meeting.without");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (group), button);
    }
  gtk_box_append (self->coming, group);
}

/* The lists that have nothing to tell, as one group of sentences. */
static void
add_well (DureMeetingLists *self, const DureMeetingReading *reading)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  for (guint i = 0; i < reading->briefing->lists->len; i++)
    {
      const DureBriefingList *list = g_ptr_array_index (reading->briefing->lists, i);
      GtkWidget              *line;
      GtkWidget              *sentence;

      if (list->items->len > 0 || list->topic == DURE_BRIEFING_PARTS)
        continue;
      if (gtk_widget_get_first_child (group) == NULL)
        gtk_box_append (GTK_BOX (group), dure_meeting_label (_ ("Nothing to see to"), "heading"));
      line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      sentence = dure_meeting_label (list->sentence, "dim-label");
      gtk_widget_set_hexpand (sentence, TRUE);
      gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("object-select-symbolic"));
      gtk_widget_set_valign (gtk_widget_get_first_child (line), GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (line), sentence);
      gtk_box_append (GTK_BOX (group), line);
    }
  gtk_box_append (self->coming, group);
}

static void
add_nobody (DureMeetingLists *self)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button = gtk_button_new_with_label (_ ("Invite Agencies"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "meeting.invite-some");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (group), dure_meeting_label (_ ("Nobody is invited yet"), "title-4"));
  gtk_box_append (
      GTK_BOX (group),
      dure_meeting_label (_ ("Once agencies are invited, this says who knows nobody in the room."), "dim-label"));
  gtk_box_append (GTK_BOX (group), button);
  gtk_box_append (self->coming, group);
}

static GtkBox *
new_box (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_add_css_class (box, "meeting-lists");
  return GTK_BOX (box);
}

/* The list box below @widget that holds the rows of @topic. */
static GtkWidget *
find_rows (GtkWidget *widget, gpointer topic)
{
  if (GTK_IS_LIST_BOX (widget) && g_object_get_data (G_OBJECT (widget), "topic") == topic)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_rows (child, topic);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The new lists take the place of the old ones; the keyboard stays in the same list at the same row, or the last. */
static void
swap (DureMeetingLists *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = NULL;
  gpointer   topic = NULL;
  int        index = 0;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    row = GTK_IS_LIST_BOX_ROW (focus) ? focus : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);
  if (row != NULL)
    {
      topic = g_object_get_data (G_OBJECT (gtk_widget_get_parent (row)), "topic");
      index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->coming));
  row = topic != NULL ? find_rows (GTK_WIDGET (self->coming), topic) : NULL;
  g_clear_object (&self->coming);
  if (row == NULL)
    return;
  for (GtkListBoxRow *same = NULL; same == NULL && index >= 0; index--)
    {
      same = gtk_list_box_get_row_at_index (GTK_LIST_BOX (row), index);
      if (same != NULL)
        gtk_widget_grab_focus (GTK_WIDGET (same));
    }
}

/* Whatever a row or a button may depend on. */
static char *
text_of (DureMeetingLists *self, const DureMeetingReading *reading, gboolean trial)
{
  GString *text = g_string_new (trial ? "trial" : NULL);

  g_string_append_printf (text, "%u %s %u %u", reading->briefing->before->invited->len, reading->briefing->coverage,
                          g_strv_length (reading->declined), self->opened->len);
  for (guint l = 0; l < reading->briefing->lists->len; l++)
    {
      const DureBriefingList *list = g_ptr_array_index (reading->briefing->lists, l);

      g_string_append_printf (text, "\n%s", list->sentence);
      for (guint i = 0; i < list->items->len; i++)
        {
          const DureBriefingItem *item = g_ptr_array_index (list->items, i);

          g_string_append_printf (text, "\n%s %s %s", item->text, item->detail != NULL ? item->detail : "",
                                  item->marks != NULL ? item->marks : "");
          for (char **id = item->agencies; *id != NULL; id++)
            g_string_append_printf (text, " %s", *id);
          if (list->topic == DURE_BRIEFING_JOIN || list->topic == DURE_BRIEFING_INTRODUCE)
            g_string_append (text, dure_meeting_is_introduced (reading, item) ? " +" : " -");
        }
    }
  return g_string_free (text, FALSE);
}

static gboolean
make_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  DureMeetingLists *self = DURE_MEETING_LISTS (widget);
  const gint64      begin = g_get_monotonic_time ();
  const GPtrArray  *lists = self->reading->briefing->lists;
  GtkWidget        *coverage;

  while (self->next < lists->len)
    {
      const DureBriefingList *list = g_ptr_array_index (lists, self->next++);

      if (list->items->len > (list->topic == DURE_BRIEFING_PARTS ? 1 : 0))
        add_list (self, self->reading, list);
      if (g_get_monotonic_time () - begin > SLICE_US)
        return G_SOURCE_CONTINUE;
    }
  add_well (self, self->reading);
  coverage = dure_meeting_label (self->reading->briefing->coverage, "caption");
  gtk_widget_add_css_class (coverage, "dim-label");
  gtk_box_append (self->coming, coverage);
  self->reading = NULL;
  self->tick = 0;
  swap (self);
  return G_SOURCE_REMOVE;
}

static void
stop (DureMeetingLists *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_object (&self->coming);
  self->reading = NULL;
}

static void
dure_meeting_lists_dispose (GObject *object)
{
  stop (DURE_MEETING_LISTS (object));
  G_OBJECT_CLASS (dure_meeting_lists_parent_class)->dispose (object);
}

static void
dure_meeting_lists_finalize (GObject *object)
{
  g_ptr_array_unref (DURE_MEETING_LISTS (object)->opened);
  g_free (DURE_MEETING_LISTS (object)->shown);
  G_OBJECT_CLASS (dure_meeting_lists_parent_class)->finalize (object);
}

static void
dure_meeting_lists_class_init (DureMeetingListsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dure_meeting_lists_dispose;
  G_OBJECT_CLASS (class)->finalize = dure_meeting_lists_finalize;
}

static void
dure_meeting_lists_init (DureMeetingLists *self)
{
  self->opened = g_ptr_array_new ();
}

/** dure_meeting_lists_new: (transfer floating): lists without anything in them. */
GtkWidget *
dure_meeting_lists_new (void)
{
  return g_object_new (DURE_TYPE_MEETING_LISTS, NULL);
}

/** dure_meeting_lists_open: shows all rows of a list from the next time on, until there is another event. */
void
dure_meeting_lists_open (DureMeetingLists *self, DureBriefingTopic topic)
{
  g_return_if_fail (DURE_IS_MEETING_LISTS (self));

  if (!is_opened (self, topic))
    g_ptr_array_add (self->opened, GUINT_TO_POINTER (topic + 1));
}

/**
 * dure_meeting_lists_show:
 * @reading: (nullable): what to show; it must stay until this is called again
 * @trial: whether it is only supposed
 *
 * The rows are made with the next frames, a few milliseconds in each; until then the old ones stay.
 */
void
dure_meeting_lists_show (DureMeetingLists *self, const DureMeetingReading *reading, gboolean trial)
{
  g_autofree char *text = NULL;
  gboolean         under_way;

  g_return_if_fail (DURE_IS_MEETING_LISTS (self));

  under_way = self->tick != 0;
  stop (self);
  if (reading == NULL)
    {
      g_ptr_array_set_size (self->opened, 0);
      adw_bin_set_child (ADW_BIN (self), NULL);
      g_clear_pointer (&self->shown, g_free);
      return;
    }
  text = text_of (self, reading, trial);
  if (g_strcmp0 (text, self->shown) == 0 && !under_way)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  self->coming = g_object_ref_sink (new_box ());
  if (reading->briefing->bodies->len == 0 && !trial)
    {
      add_nobody (self);
      swap (self);
      return;
    }
  add_summary (self, reading, trial);
  self->reading = reading;
  self->next = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), make_cb, NULL, NULL);
}
