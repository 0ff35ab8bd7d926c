/* dure-meeting-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-meeting-rows.h"

#include <glib/gi18n-lib.h>

/** dure_meeting_label: (transfer floating): a label of as many lines as it needs. */
GtkWidget *
dure_meeting_label (const char *text, const char *css_class)
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
 * dure_meeting_row:
 * @text: the line
 * @detail: (nullable): a second line
 * @agencies: (array zero-terminated=1) (nullable): ids that the picture shows when the row is chosen
 *
 * Returns: (transfer floating): a row of a list box; its child is a box that a button may be appended to
 */
GtkWidget *
dure_meeting_row (const char *text, const char *detail, char **agencies)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (texts), dure_meeting_label (text, NULL));
  if (detail != NULL && *detail != '\0')
    {
      GtkWidget *second = dure_meeting_label (detail, "caption");

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

/** dure_meeting_is_introduced: whether the event has an action that introduces the pair of @item. */
gboolean
dure_meeting_is_introduced (const DureMeetingReading *reading, const DureBriefingItem *item)
{
  g_autofree char *title
      = dure_meeting_introduction_title (name_of (reading, item->agencies[0]), name_of (reading, item->agencies[1]));

  return g_hash_table_contains (reading->actions, title);
}

/* One step from a pair to an action; when there is one already, that is said in place of the button. */
static void
add_introduction (GtkWidget *row, const DureMeetingReading *reading, const DureBriefingItem *item)
{
  if (dure_meeting_is_introduced (reading, item))
    {
      GtkWidget *done = dure_meeting_label (_ ("In the list of actions"), "caption");

      gtk_label_set_wrap (GTK_LABEL (done), FALSE);
      gtk_widget_add_css_class (done, "dim-label");
      gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), done);
    }
  else
    add_button (row, _ ("Introduce"), _ ("Makes it an action of this event"), "meeting.introduce",
                g_variant_new ("(ss)", item->agencies[0], item->agencies[1]));
}

/* The signs in words, for a screen reader. Returns: (transfer full) */
static char *
spell (const char *marks)
{
  static const struct
  {
    const char *mark;
    const char *key;
  } keys[] = { { "●", "present" }, { "◐", "proxy" }, { "△", "excused" }, { "×", "absent" }, { "–", "expected" } };
  const DureField *field = dure_entity_field (dure_entity (DURE_ENTITY_PARTICIPATION), DURE_PARTICIPATION_ATTENDANCE);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *at = marks; *at != '\0'; at = g_utf8_next_char (at))
    {
      const DureChoice *choice = NULL;

      for (guint k = 0; k < G_N_ELEMENTS (keys) && choice == NULL; k++)
        if (g_str_has_prefix (at, keys[k].mark))
          choice = dure_field_choice (field, keys[k].key);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              choice != NULL ? dure_choice_label (choice) : _ ("Not invited"));
    }
  return g_strdup (text->str);
}

/** dure_meeting_item_row: (transfer floating): a row with what can be done about it. */
GtkWidget *
dure_meeting_item_row (const DureMeetingReading *reading, const DureBriefingList *list, const DureBriefingItem *item)
{
  GtkWidget *row = dure_meeting_row (item->text, item->detail, item->agencies);

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
        GtkWidget *marks = dure_meeting_label (item->marks, "numeric");

        g_autofree char *words = spell (item->marks);

        gtk_label_set_wrap (GTK_LABEL (marks), FALSE);
        gtk_accessible_update_property (GTK_ACCESSIBLE (marks), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
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
