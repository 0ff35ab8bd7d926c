/* dure-meeting-lists.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-lists.h"

#include <glib/gi18n-lib.h>

/* Longer lists show this many rows first. */
#define ROWS_MOST 12

struct _DureMeetingLists
{
  AdwBin parent_instance;

  GtkBox    *box;
  GPtrArray *opened; /* numbers of the topics that show all of their rows */
};

G_DEFINE_FINAL_TYPE (DureMeetingLists, dure_meeting_lists, ADW_TYPE_BIN)

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * dure_meeting_lists_row:
 * @text: the line
 * @detail: (nullable): a second line
 * @agencies: (array zero-terminated=1) (nullable): ids that the picture shows when the row is chosen
 *
 * Returns: (transfer floating): a row of a list box; its child is a box that a button may be appended to
 */
GtkWidget *
dure_meeting_lists_row (const char *text, const char *detail, char **agencies)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (texts), new_label (text, NULL));
  if (detail != NULL && *detail != '\0')
    {
      GtkWidget *second = new_label (detail, "caption");

      gtk_widget_add_css_class (second, "dim-label");
      gtk_box_append (GTK_BOX (texts), second);
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_widget_add_css_class (line, "meeting-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  if (agencies != NULL && *agencies != NULL)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "^as", agencies);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "meeting.show");
    }
  else
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
add_button (GtkWidget *row, const char *label, const char *tooltip, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "meeting-do");
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), button);
}

static const char *
name_of (const DureMeetingReading *reading, const char *id)
{
  const DureNetwork *network = reading->picture;
  guint              node;

  return dure_network_find (network, id, &node) ? network->nodes[node].name : "";
}

/* One step from a pair to an action; when there is one already, that is said in place of the button. */
static void
add_introduction (GtkWidget *row, const DureMeetingReading *reading, const DureBriefingItem *item)
{
  g_autofree char *title
      = dure_meeting_introduction_title (name_of (reading, item->agencies[0]), name_of (reading, item->agencies[1]));

  if (g_hash_table_contains (reading->actions, title))
    {
      GtkWidget *done = new_label (_ ("In the list of actions"), "caption");

      gtk_label_set_wrap (GTK_LABEL (done), FALSE);
      gtk_widget_add_css_class (done, "dim-label");
      gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), done);
    }
  else
    add_button (row, _ ("Introduce"), _ ("Makes it an action of this event"), "meeting.introduce",
                g_variant_new ("(ss)", item->agencies[0], item->agencies[1]));
}

static GtkWidget *
new_row (const DureMeetingReading *reading, const DureBriefingList *list, const DureBriefingItem *item)
{
  GtkWidget *row = dure_meeting_lists_row (item->text, item->detail, item->agencies);

  switch (list->topic)
    {
    case DURE_BRIEFING_JOIN:
    case DURE_BRIEFING_INTRODUCE:
      add_introduction (row, reading, item);
      break;
    case DURE_BRIEFING_JOINERS:
      add_button (row, _ ("Invite"), NULL, "meeting.invite", g_variant_new ("s", item->agencies[0]));
      break;
    case DURE_BRIEFING_CUT_OFF:
      {
        const char *const gone[] = { item->agencies[0], NULL };

        add_button (row, _ ("Without it?"), _ ("Only supposes that the agency does not come"), "meeting.without",
                    g_variant_new ("(^asb)", gone, TRUE));
        break;
      }
    case DURE_BRIEFING_ATTENDANCE:
      {
        GtkWidget *marks = new_label (item->marks, "numeric");

        gtk_label_set_wrap (GTK_LABEL (marks), FALSE);
        gtk_widget_set_tooltip_text (marks,
                                     _ ("● came  ◐ by proxy  △ excused  × absent  – not recorded  · not invited"));
        gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), marks);
        break;
      }
    default:
      break;
    }
  return row;
}

static gboolean
is_opened (DureMeetingLists *self, DureBriefingTopic topic)
{
  return g_ptr_array_find (self->opened, GUINT_TO_POINTER (topic + 1), NULL);
}

/* The rows that were hidden come and the button goes; the list stays open until the event is another one. */
static void
more_cb (GtkButton *button, DureMeetingLists *self)
{
  GtkWidget *list = gtk_widget_get_prev_sibling (GTK_WIDGET (button));

  g_ptr_array_add (self->opened, g_object_get_data (G_OBJECT (button), "topic"));
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (button), FALSE);
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
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = new_row (reading, list, g_ptr_array_index (list->items, i));

      gtk_widget_set_visible (row, i < shown);
      gtk_list_box_append (GTK_LIST_BOX (rows), row);
    }
  gtk_box_append (group, rows);
  if (shown < n)
    {
      g_autofree char *label = g_strdup_printf (_ ("Show %u more"), n - shown);
      GtkWidget       *more = gtk_button_new_with_label (label);

      gtk_widget_add_css_class (more, "flat");
      g_object_set_data (G_OBJECT (more), "topic", GUINT_TO_POINTER (list->topic + 1));
      g_signal_connect_object (more, "clicked", G_CALLBACK (more_cb), self, 0);
      gtk_box_append (group, more);
    }
}

static void
add_list (DureMeetingLists *self, const DureMeetingReading *reading, const DureBriefingList *list)
{
  GtkWidget       *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget       *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *count = g_strdup_printf ("%u", list->items->len);

  gtk_box_append (GTK_BOX (heading), new_label (list->heading, "heading"));
  gtk_box_append (GTK_BOX (heading), new_label (count, "dim-label"));
  gtk_box_append (GTK_BOX (group), heading);
  gtk_box_append (GTK_BOX (group), new_label (list->sentence, "dim-label"));
  add_rows (self, GTK_BOX (group), reading, list);
  gtk_box_append (self->box, group);
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

  gtk_box_append (GTK_BOX (group), new_label (invited, "title-4"));
  gtk_box_append (GTK_BOX (group), new_label (text, NULL));
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
  gtk_box_append (self->box, group);
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
        gtk_box_append (GTK_BOX (group), new_label (_ ("Nothing to see to"), "heading"));
      line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      sentence = new_label (list->sentence, "dim-label");
      gtk_widget_set_hexpand (sentence, TRUE);
      gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("object-select-symbolic"));
      gtk_widget_set_valign (gtk_widget_get_first_child (line), GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (line), sentence);
      gtk_box_append (GTK_BOX (group), line);
    }
  gtk_box_append (self->box, group);
}

static void
add_nobody (DureMeetingLists *self)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *button = gtk_button_new_with_label (_ ("Invite Agencies"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "meeting.invite-some");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (group), new_label (_ ("Nobody is invited yet"), "title-4"));
  gtk_box_append (GTK_BOX (group),
                  new_label (_ ("Once agencies are invited, this says who knows nobody in the room."), "dim-label"));
  gtk_box_append (GTK_BOX (group), button);
  gtk_box_append (self->box, group);
}

static void
dure_meeting_lists_finalize (GObject *object)
{
  g_ptr_array_unref (DURE_MEETING_LISTS (object)->opened);
  G_OBJECT_CLASS (dure_meeting_lists_parent_class)->finalize (object);
}

static void
dure_meeting_lists_class_init (DureMeetingListsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = dure_meeting_lists_finalize;
}

static void
dure_meeting_lists_init (DureMeetingLists *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->opened = g_ptr_array_new ();
  self->box = GTK_BOX (box);
  gtk_widget_add_css_class (box, "meeting-lists");
  adw_bin_set_child (ADW_BIN (self), box);
}

/** dure_meeting_lists_new: (transfer floating): lists without anything in them. */
GtkWidget *
dure_meeting_lists_new (void)
{
  return g_object_new (DURE_TYPE_MEETING_LISTS, NULL);
}

/**
 * dure_meeting_lists_show:
 * @reading: (nullable): what to show; read now and not kept
 * @trial: whether it is only supposed
 */
void
dure_meeting_lists_show (DureMeetingLists *self, const DureMeetingReading *reading, gboolean trial)
{
  GtkWidget       *child;
  g_autofree char *coverage = NULL;

  g_return_if_fail (DURE_IS_MEETING_LISTS (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  if (reading == NULL)
    {
      g_ptr_array_set_size (self->opened, 0);
      return;
    }
  if (reading->briefing->bodies->len == 0 && !trial)
    {
      add_nobody (self);
      return;
    }
  add_summary (self, reading, trial);
  for (guint i = 0; i < reading->briefing->lists->len; i++)
    {
      const DureBriefingList *list = g_ptr_array_index (reading->briefing->lists, i);

      if (list->items->len > (list->topic == DURE_BRIEFING_PARTS ? 1 : 0))
        add_list (self, reading, list);
    }
  add_well (self, reading);
  child = new_label (reading->briefing->coverage, "caption");
  gtk_widget_add_css_class (child, "dim-label");
  gtk_box_append (self->box, child);
}
