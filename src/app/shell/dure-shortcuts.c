/* dure-shortcuts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-shortcuts.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/dure-dialog.h"

#define PLACES N_ ("Places")
#define RECORDS N_ ("Records")
#define CALENDAR_PAGE N_ ("Calendar")
#define EVENT_PAGE N_ ("Replies and Attendance")
#define NETWORK_PAGE N_ ("Network")
#define GENERAL N_ ("General")

static const DureShortcut shortcuts[] = {
  { "win.go('today')", "<Control>1", PLACES, N_ ("Today") },
  { "win.go('calendar')", "<Control>2", PLACES, N_ ("Calendar") },
  { "win.go('events')", "<Control>3", PLACES, N_ ("Events") },
  { "win.go('agencies')", "<Control>4", PLACES, N_ ("Agencies") },
  { "win.go('council')", "<Control>5", PLACES, N_ ("Council") },
  { "win.go('resources')", "<Control>6", PLACES, N_ ("Resources") },
  { "win.go('network')", "<Control>7", PLACES, N_ ("Network") },
  { "win.back", "<Alt>Left", PLACES, N_ ("Go back") },
  { "win.forward", "<Alt>Right", PLACES, N_ ("Go forward") },
  { "win.sidebar", "F9", PLACES, N_ ("Show or hide the sidebar") },
  { "win.palette", "<Control>k", RECORDS, N_ ("Find anything") },
  { "win.search", "<Control>f", RECORDS, N_ ("Search in this place") },
  { "win.make", "<Control>n", RECORDS, N_ ("Make what this place is about") },
  { "win.undo", "<Control>z", RECORDS, N_ ("Undo") },
  { "win.redo", "<Control><Shift>z", RECORDS, N_ ("Redo") },
  { "win.shortcuts", "<Control>question", GENERAL, N_ ("Keyboard shortcuts") },
  { "win.help", "F1", GENERAL, N_ ("First steps") },
  { "win.preferences", "<Control>comma", GENERAL, N_ ("Preferences") },
  { "win.sync-now", "<Control>r", GENERAL, N_ ("Sync now") },
  { "window.close", "<Control>w", GENERAL, N_ ("Close the window") },
  { "app.quit", "<Control>q", GENERAL, N_ ("Quit") },
  { NULL, "Page_Up", CALENDAR_PAGE, N_ ("The month before") },
  { NULL, "Page_Down", CALENDAR_PAGE, N_ ("The month after") },
  { NULL, "Home", CALENDAR_PAGE, N_ ("Today") },
  { NULL, "Return", CALENDAR_PAGE, N_ ("New event on the chosen day") },
  { NULL, "y", EVENT_PAGE, N_ ("Reply: yes") },
  { NULL, "n", EVENT_PAGE, N_ ("Reply: no") },
  { NULL, "m", EVENT_PAGE, N_ ("Reply: maybe") },
  { NULL, "p", EVENT_PAGE, N_ ("Reply: proxy") },
  { NULL, "0", EVENT_PAGE, N_ ("No reply yet") },
  { NULL, "1", EVENT_PAGE, N_ ("Present") },
  { NULL, "2", EVENT_PAGE, N_ ("Absent") },
  { NULL, "3", EVENT_PAGE, N_ ("Excused") },
  { NULL, "F8", NETWORK_PAGE, N_ ("The same as a list") },
  { NULL, "F11", NETWORK_PAGE, N_ ("Full screen for the meeting room") },
  { NULL, "l", NETWORK_PAGE, N_ ("Select by drawing around") },
  { NULL, "plus", NETWORK_PAGE, N_ ("Larger") },
  { NULL, "minus", NETWORK_PAGE, N_ ("Smaller") },
  { NULL, "<Control>0", NETWORK_PAGE, N_ ("All of it") },
  { NULL, "n", NETWORK_PAGE, N_ ("Next agency") },
};

/* What a column of the window holds at the usual size of text, with headings and gaps counted as lines: 700 pixels. */
#define COLUMN_LINES 15

/**
 * dure_shortcuts:
 * @n_shortcuts: (out): how many there are
 *
 * Returns: the table
 */
const DureShortcut *
dure_shortcuts (guint *n_shortcuts)
{
  *n_shortcuts = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

/** dure_shortcuts_find: (nullable): accelerator of a detailed action, for a label beside it. */
const char *
dure_shortcuts_find (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (g_strcmp0 (shortcuts[i].action, action) == 0)
      return shortcuts[i].accelerator;
  return NULL;
}

/**
 * dure_shortcuts_controller_new:
 *
 * Keys reach it after the widget that has the focus: an entry keeps its own undo, and an input method its composition.
 *
 * Returns: (transfer full): a controller for the window
 */
GtkEventController *
dure_shortcuts_controller_new (void)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_autofree char      *name = NULL;
      g_autoptr (GVariant)  target = NULL;
      GtkShortcut          *shortcut;

      if (shortcuts[i].action == NULL ||
          !g_action_parse_detailed_name (shortcuts[i].action, &name, &target, NULL))
        continue;
      shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].accelerator),
                                   gtk_named_action_new (name));
      gtk_shortcut_set_arguments (shortcut, target);
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  return controller;
}

/**
 * dure_shortcuts_window_new:
 *
 * Returns: (transfer none): a window that lists the table
 */
GtkWindow *
dure_shortcuts_window_new (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GString) xml = g_string_new ("<interface><object class='GtkShortcutsWindow' id='window'>"
                                          "<property name='modal'>1</property>"
                                          "<child><object class='GtkShortcutsSection'>"
                                          "<property name='section-name'>all</property>");
  g_autoptr (GError) error = NULL;
  const char *group = NULL;

  /* The window is as high as its longest column and does not scroll. */
  g_string_append_printf (xml, "<property name='max-height'>%d</property>",
                          MAX ((int)(COLUMN_LINES / dure_dialog_text_scale ()), 1));

  /* GtkShortcutsSection takes its groups from a builder only. */
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_autofree char *markup = NULL;

      if (g_strcmp0 (group, shortcuts[i].group) != 0)
        {
          markup = g_markup_printf_escaped ("<child><object class='GtkShortcutsGroup'>"
                                            "<property name='title'>%s</property>",
                                            _ (shortcuts[i].group));
          if (group != NULL)
            g_string_append (xml, "</object></child>");
          g_string_append (xml, markup);
          group = shortcuts[i].group;
          g_clear_pointer (&markup, g_free);
        }
      markup = g_markup_printf_escaped ("<child><object class='GtkShortcutsShortcut'>"
                                        "<property name='title'>%s</property>"
                                        "<property name='accelerator'>%s</property></object></child>",
                                        _ (shortcuts[i].title), shortcuts[i].accelerator);
      g_string_append (xml, markup);
    }
  g_string_append (xml, "</object></child></object></child></object></interface>");
  if (!gtk_builder_add_from_string (builder, xml->str, -1, &error))
    g_error ("%s", error->message);
  return GTK_WINDOW (g_object_ref (gtk_builder_get_object (builder, "window")));
}
