/* test-meeting-network.c: the network tab of an event: lists, introductions, invitations, what if, before and after
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "app/meeting/dure-event-page.h"
#include "app/network/dure-meeting-compare.h"
#include "app/network/dure-meeting-lists.h"
#include "app/network/dure-meeting-network.h"
#include "app/network/dure-neighbourhood.h"
#include "app/network/dure-network-canvas.h"
#include "app/shell/dure-window.h"
#include "base/dure-date.h"
#include "dure-ui-test.h"

typedef struct
{
  DureWindow *window;
  DureStore  *store;
  GtkWidget  *tab;
  char       *event;
} Fixture;

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  return dure_ui_test_find (fixture->tab, type, text);
}

static DureNetworkCanvas *
canvas_of (Fixture *fixture)
{
  return DURE_NETWORK_CANVAS (find (fixture, DURE_TYPE_NETWORK_CANVAS, NULL));
}

static gboolean
has_lists (gpointer data)
{
  Fixture *fixture = data;

  fixture->tab = dure_ui_test_find (GTK_WIDGET (fixture->window), DURE_TYPE_MEETING_NETWORK, NULL);
  return fixture->tab != NULL && find (fixture, GTK_TYPE_LABEL, "No tie at all") != NULL
         && dure_network_canvas_get_network (canvas_of (fixture)) != NULL;
}

static void
open_tab (Fixture *fixture)
{
  GtkWidget *page;

  g_assert_true (dure_window_open (fixture->window, DURE_ENTITY_EVENT, fixture->event));
  page = dure_ui_test_find (GTK_WIDGET (fixture->window), DURE_TYPE_EVENT_PAGE, NULL);
  dure_event_page_show_tab (DURE_EVENT_PAGE (page), "network");
}

static void
set_up (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_EVENT);
  g_autoptr (GPtrArray) events = NULL;

  fixture->window = dure_ui_test_open_sample (sample);
  g_assert_true (dure_window_go (fixture->window, "events"));
  fixture->store = dure_desk_get_store (dure_page_get_desk (dure_window_get_page (fixture->window)));
  events = dure_store_list (fixture->store, query, NULL);
  if (events->len == 0)
    return;
  fixture->event = g_strdup (dure_record_get_id (g_ptr_array_index (events, 0)));
  open_tab (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer sample)
{
  dure_ui_test_close (fixture->window);
  g_free (fixture->event);
}

/* The row of a list with this text. */
static GtkWidget *
row_of (Fixture *fixture, const char *text)
{
  GtkWidget *label = find (fixture, GTK_TYPE_LABEL, text);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW);
}

static guint
node_of (Fixture *fixture, const char *name)
{
  DureNetwork *network = dure_network_canvas_get_network (canvas_of (fixture));

  for (guint v = 0; v < network->n_nodes; v++)
    if (g_str_equal (network->nodes[v].name, name))
      return v;
  g_assert_not_reached ();
}

/* Who knows nobody stands first; a row selects its agencies in the picture. */
static void
test_lists (Fixture *fixture, gconstpointer sample)
{
  GtkBitset *selection;

  dure_ui_test_wait (has_lists, fixture, "the lists are there");
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "32 agencies invited"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "The room falls into 3 parts; 2 agencies know nobody in it."));
  g_assert_nonnull (row_of (fixture, "학온동 행정복지센터"));
  g_assert_nonnull (row_of (fixture, "Without 종합사회복지관 3: 소하2동, 일직동"));
  g_assert_nonnull (row_of (fixture, "민간단체 1 – 종합사회복지관 1"));
  g_assert_nonnull (row_of (fixture, "Area: Education"));
  gtk_widget_activate (row_of (fixture, "Without 종합사회복지관 3: 소하2동, 일직동"));
  selection = dure_network_canvas_get_selection (canvas_of (fixture));
  g_assert_cmpuint (gtk_bitset_get_size (selection), ==, 3);
  g_assert_true (gtk_bitset_contains (selection, node_of (fixture, "종합사회복지관 3")));
  gtk_widget_activate (row_of (fixture, "학온동 행정복지센터"));
  selection = dure_network_canvas_get_selection (canvas_of (fixture));
  g_assert_cmpuint (gtk_bitset_get_size (selection), ==, 1);
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "What if it does not come?"));
}

static guint
count_actions (Fixture *fixture)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_ACTION);

  return (guint)dure_store_count (fixture->store, query, NULL);
}

static gboolean
is_in_the_list (gpointer data)
{
  return find (data, GTK_TYPE_LABEL, "In the list of actions") != NULL;
}

static gboolean
is_not_in_the_list (gpointer data)
{
  return find (data, GTK_TYPE_LABEL, "In the list of actions") == NULL;
}

/* One step makes an action of a pair, and undo takes it back. */
static void
test_introduction (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_ACTION);
  g_autoptr (GPtrArray) found = NULL;
  DureRecord *action;
  guint       n;

  dure_ui_test_wait (has_lists, fixture, "the lists are there");
  n = count_actions (fixture);
  gtk_widget_activate (
      dure_ui_test_find (row_of (fixture, "민간단체 1 – 종합사회복지관 1"), GTK_TYPE_BUTTON, "Introduce"));
  dure_ui_test_wait (is_in_the_list, fixture, "the row says that the action is there");
  g_assert_cmpuint (count_actions (fixture), ==, n + 1);
  dure_query_where (query, DURE_ACTION_TITLE, DURE_EQUAL, "Introduce 민간단체 1 and 종합사회복지관 1");
  found = dure_store_list (fixture->store, query, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  action = g_ptr_array_index (found, 0);
  g_assert_cmpstr (dure_record_get (action, DURE_ACTION_EVENT), ==, fixture->event);
  g_assert_cmpstr (dure_record_get (action, DURE_ACTION_DUE), ==, "2025-06-26");
  g_assert_cmpstr (dure_record_get (action, DURE_ACTION_STATE), ==, "open");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  dure_ui_test_wait (is_not_in_the_list, fixture, "undo takes the action back");
  g_assert_cmpuint (count_actions (fixture), ==, n);
}

static gboolean
is_trial (gpointer data)
{
  return find (data, GTK_TYPE_LABEL, "복지관 3 does not come.") != NULL
         && find (data, GTK_TYPE_LABEL, "31 agencies invited") != NULL;
}

static gboolean
is_joined (gpointer data)
{
  return find (data, GTK_TYPE_LABEL, "The room falls into 2 parts; 1 agencies know nobody in it.") != NULL;
}

static gboolean
is_as_it_is (gpointer data)
{
  return find (data, GTK_TYPE_LABEL, "32 agencies invited") != NULL
         && find (data, GTK_TYPE_LABEL, "The room falls into 3 parts; 2 agencies know nobody in it.") != NULL;
}

static gboolean
is_revealed (Fixture *fixture)
{
  GtkWidget *word = find (fixture, GTK_TYPE_LABEL, "Supposed");

  return gtk_revealer_get_reveal_child (GTK_REVEALER (gtk_widget_get_ancestor (word, GTK_TYPE_REVEALER)));
}

typedef struct
{
  Fixture    *fixture;
  const char *label;
} Button;

static gboolean
is_there (gpointer data)
{
  Button    *button = data;
  GtkWidget *widget = find (button->fixture, GTK_TYPE_BUTTON, button->label);

  return widget != NULL && gtk_widget_get_mapped (widget);
}

static void
press (Fixture *fixture, const char *label)
{
  Button button = { fixture, label };

  dure_ui_test_wait (is_there, &button, label);
  gtk_widget_activate (find (fixture, GTK_TYPE_BUTTON, label));
}

static void
go_back (Fixture *fixture)
{
  g_assert_true (is_revealed (fixture));
  press (fixture, "Back to How It Is");
  dure_ui_test_wait (is_as_it_is, fixture, "one button leads back");
  g_assert_false (is_revealed (fixture));
}

/* What is only supposed changes the lists and no record, says so, and goes with one button. */
static void
test_what_if (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_TIE);
  g_autoptr (GtkBitset) pair = gtk_bitset_new_empty ();
  const gint64 n_ties = dure_store_count (fixture->store, query, NULL);
  GtkWidget   *row;

  dure_ui_test_wait (has_lists, fixture, "the lists are there");
  g_assert_false (is_revealed (fixture));
  row = row_of (fixture, "Without 종합사회복지관 3: 소하2동, 일직동");
  gtk_widget_activate (dure_ui_test_find (row, GTK_TYPE_BUTTON, "Without it?"));
  dure_ui_test_wait (is_trial, fixture, "the lists are of the room without it");
  g_assert_true (is_revealed (fixture));
  /* The two that it held are without a tie now. */
  g_assert_nonnull (row_of (fixture, "일직동 행정복지센터"));
  go_back (fixture);

  gtk_bitset_add (pair, node_of (fixture, "민간단체 1"));
  gtk_bitset_add (pair, node_of (fixture, "종합사회복지관 1"));
  dure_network_canvas_set_selection (canvas_of (fixture), pair);
  press (fixture, "What if they worked together?");
  dure_ui_test_wait (is_joined, fixture, "the lists are of the room with the tie");
  go_back (fixture);
  g_assert_cmpint (dure_store_count (fixture->store, query, NULL), ==, n_ties);
}

static gboolean
offers_joiner (gpointer data)
{
  return find (data, GTK_TYPE_LABEL, "Not invited, but would join the room") != NULL;
}

static gboolean
joiner_is_gone (gpointer data)
{
  return find (data, GTK_TYPE_LABEL, "Not invited, but would join the room") == NULL
         && find (data, GTK_TYPE_LABEL, "2 agencies invited") == NULL;
}

/* Only 소하2동 and 일직동 are invited: 종합사회복지관 3 knows both; undo takes the invitation back. */
static void
test_invite_joiner (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_PARTICIPATION);
  g_autoptr (GPtrArray) all = dure_store_list (fixture->store, query, NULL);
  g_autoptr (GError) error = NULL;
  GtkWidget *row;

  dure_ui_test_wait (has_lists, fixture, "the lists are there");
  g_assert_true (dure_store_begin (fixture->store, "test", &error));
  for (guint i = 0; i < all->len; i++)
    {
      DureRecord      *record = g_ptr_array_index (all, i);
      g_autofree char *agency = dure_store_format (fixture->store, record, DURE_PARTICIPATION_AGENCY);

      if (g_strcmp0 (agency, "소하2동 행정복지센터") != 0 && g_strcmp0 (agency, "일직동 행정복지센터") != 0)
        g_assert_true (
            dure_store_delete (fixture->store, DURE_ENTITY_PARTICIPATION, dure_record_get_id (record), &error));
    }
  g_assert_true (dure_store_commit (fixture->store, &error));
  dure_ui_test_wait (offers_joiner, fixture, "who would join the room is named");
  row = row_of (fixture, "종합사회복지관 3");
  gtk_widget_activate (dure_ui_test_find (row, GTK_TYPE_BUTTON, "Invite"));
  dure_ui_test_wait (joiner_is_gone, fixture, "it is invited and the room hangs together");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  dure_ui_test_wait (offers_joiner, fixture, "undo takes the invitation back");
}

static gboolean
says_nobody (gpointer data)
{
  Fixture *fixture = data;

  fixture->tab = dure_ui_test_find (GTK_WIDGET (fixture->window), DURE_TYPE_MEETING_NETWORK, NULL);
  return fixture->tab != NULL && find (fixture, GTK_TYPE_BUTTON, "Invite Agencies") != NULL;
}

static gboolean
shows_people (gpointer page)
{
  return g_str_equal (dure_event_page_get_shown_tab (page), "people");
}

/* Nobody is invited: a sentence and the first step, which leads to the tab where one invites. */
static void
test_nobody (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (DureRecord) event = dure_record_new (DURE_ENTITY_EVENT);
  g_autoptr (GError) error = NULL;
  GtkWidget *page;

  dure_record_set (event, DURE_EVENT_TITLE, "빈 간담회");
  dure_record_set (event, DURE_EVENT_KIND, "round-table");
  dure_record_set (event, DURE_EVENT_START, "2025-07-01T10:00");
  dure_record_set (event, DURE_EVENT_END, "2025-07-01T12:00");
  g_assert_true (dure_store_write (fixture->store, event, &error));
  g_free (fixture->event);
  fixture->event = g_strdup (dure_record_get_id (event));
  open_tab (fixture);
  dure_ui_test_wait (says_nobody, fixture, "an empty room says so");
  page = dure_ui_test_find (GTK_WIDGET (fixture->window), DURE_TYPE_EVENT_PAGE, NULL);
  press (fixture, "Invite Agencies");
  dure_ui_test_wait (shows_people, page, "the button leads to where one invites");
}

static gboolean
shows_change (gpointer data)
{
  GtkWidget *compare = find (data, DURE_TYPE_MEETING_COMPARE, NULL);

  return compare != NULL && dure_ui_test_find (compare, GTK_TYPE_LABEL, "New ties 1") != NULL;
}

static GtkWidget *
second_canvas (GtkWidget *first)
{
  GtkWidget *side = gtk_widget_get_parent (first);

  return dure_ui_test_find (gtk_widget_get_next_sibling (side), DURE_TYPE_NETWORK_CANVAS, NULL);
}

/* The meeting is over: what was agreed there is listed and marked, everyone stands where they stood. */
static void
test_before_and_after (Fixture *fixture, gconstpointer sample)
{
  g_autoptr (DureRecord) tie = dure_record_new (DURE_ENTITY_TIE);
  g_autoptr (DureRecord) event = NULL;
  g_autoptr (GError) error = NULL;
  DureNetwork *before;
  DureNetwork *after;
  GtkWidget   *stack;
  GtkWidget   *canvas;
  const char  *ids[2];

  dure_ui_test_wait (has_lists, fixture, "the lists are there");
  before = dure_network_canvas_get_network (canvas_of (fixture));
  ids[0] = before->nodes[node_of (fixture, "민간단체 1")].id;
  ids[1] = before->nodes[node_of (fixture, "보건소")].id;
  event = dure_store_get (fixture->store, DURE_ENTITY_EVENT, fixture->event, &error);
  dure_record_set (event, DURE_EVENT_START, "2025-06-10T14:00");
  dure_record_set (event, DURE_EVENT_END, "2025-06-10T17:00");
  g_assert_true (dure_store_write (fixture->store, event, &error));
  dure_record_set (tie, DURE_TIE_FROM, ids[0]);
  dure_record_set (tie, DURE_TIE_TO, ids[1]);
  dure_record_set (tie, DURE_TIE_KIND, "agreement");
  dure_record_set (tie, DURE_TIE_SINCE, "2025-06-12");
  g_assert_true (dure_store_write (fixture->store, tie, &error));
  stack = gtk_widget_get_ancestor (gtk_widget_get_parent (GTK_WIDGET (canvas_of (fixture))), GTK_TYPE_STACK);
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "after");
  dure_ui_test_wait (shows_change, fixture, "the new tie is listed");
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "민간단체 1 – 보건소"));
  canvas = dure_ui_test_find (find (fixture, DURE_TYPE_MEETING_COMPARE, NULL), DURE_TYPE_NETWORK_CANVAS, NULL);
  before = dure_network_canvas_get_network (DURE_NETWORK_CANVAS (canvas));
  after = dure_network_canvas_get_network (DURE_NETWORK_CANVAS (second_canvas (canvas)));
  for (guint v = 0; v < after->n_nodes; v++)
    {
      DurePoint there = dure_network_canvas_get_point (DURE_NETWORK_CANVAS (second_canvas (canvas)), v);
      DurePoint here;
      guint     w;

      g_assert_true (dure_network_find (before, after->nodes[v].id, &w));
      here = dure_network_canvas_get_point (DURE_NETWORK_CANVAS (canvas), w);
      g_assert_cmpfloat (here.x, ==, there.x);
      g_assert_cmpfloat (here.y, ==, there.y);
    }
}

static char *
agency_named (Fixture *fixture, const char *name)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);
  g_autoptr (GPtrArray) found = NULL;

  dure_query_where (query, DURE_AGENCY_NAME, DURE_EQUAL, name);
  found = dure_store_list (fixture->store, query, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  return g_strdup (dure_record_get_id (g_ptr_array_index (found, 0)));
}

static gboolean
shows_around (gpointer data)
{
  Fixture *fixture = data;

  fixture->tab = dure_ui_test_find (GTK_WIDGET (fixture->window), DURE_TYPE_NEIGHBOURHOOD, NULL);
  return fixture->tab != NULL && gtk_widget_get_mapped (fixture->tab)
         && dure_network_canvas_get_network (canvas_of (fixture)) != NULL;
}

static gboolean
says_first_step (gpointer window)
{
  GtkWidget *button = dure_ui_test_find (window, GTK_TYPE_BUTTON, "Add a tie");
  GtkWidget *around = dure_ui_test_find (window, DURE_TYPE_NEIGHBOURHOOD, NULL);

  return button != NULL && gtk_widget_get_mapped (button) && (around == NULL || !gtk_widget_get_mapped (around));
}

/* The page of an agency shows whom it works with; one without a tie says so and offers the first step. */
static void
test_neighbourhood (Fixture *fixture, gconstpointer sample)
{
  g_autofree char *tied = agency_named (fixture, "장애인복지관 1");
  g_autofree char *alone = agency_named (fixture, "민간단체 1");
  g_autofree char *partner = agency_named (fixture, "광명시장애인가족지원센터");
  DureNetwork     *network;

  g_assert_true (dure_window_open (fixture->window, DURE_ENTITY_AGENCY, tied));
  dure_ui_test_wait (shows_around, fixture, "the partners are drawn");
  network = dure_network_canvas_get_network (canvas_of (fixture));
  g_assert_true (dure_network_find (network, tied, NULL));
  g_assert_true (dure_network_find (network, partner, NULL));
  g_assert_cmpuint (network->n_nodes, <=, 19);
  g_assert_true (dure_window_open (fixture->window, DURE_ENTITY_AGENCY, alone));
  dure_ui_test_wait (says_first_step, fixture->window, "the first step is offered");
  g_assert_true (dure_window_open (fixture->window, DURE_ENTITY_AGENCY, tied));
  dure_ui_test_wait (shows_around, fixture, "the partners are drawn again");
}

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  g_test_add ("/ui/meeting-network/lists", Fixture, "gwangmyeong", set_up, test_lists, tear_down);
  g_test_add ("/ui/meeting-network/introduction", Fixture, "gwangmyeong", set_up, test_introduction, tear_down);
  g_test_add ("/ui/meeting-network/what-if", Fixture, "gwangmyeong", set_up, test_what_if, tear_down);
  g_test_add ("/ui/meeting-network/invite-joiner", Fixture, "gwangmyeong", set_up, test_invite_joiner, tear_down);
  g_test_add ("/ui/meeting-network/nobody", Fixture, "gwangmyeong", set_up, test_nobody, tear_down);
  g_test_add ("/ui/meeting-network/before-and-after", Fixture, "gwangmyeong", set_up, test_before_and_after, tear_down);
  g_test_add ("/ui/meeting-network/neighbourhood", Fixture, "gwangmyeong", set_up, test_neighbourhood, tear_down);
  return g_test_run ();
}
