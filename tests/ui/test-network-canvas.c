/* test-network-canvas.c: the picture of a network, driven by pointer and keys, at all sizes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <time.h>

#include "app/network/dure-network-canvas-private.h"
#include "dure-ui-test.h"

typedef struct
{
  GtkWidget         *window;
  DureNetworkCanvas *canvas;
  guint              n_placed_signals;
  GtkBitset         *placed;
  guint              n_selection_signals;
  char              *activated;
} Fixture;

static void
placed_cb (Fixture *fixture, GtkBitset *nodes)
{
  fixture->n_placed_signals++;
  g_clear_pointer (&fixture->placed, gtk_bitset_unref);
  fixture->placed = gtk_bitset_copy (nodes);
}

static void
selected_cb (Fixture *fixture)
{
  fixture->n_selection_signals++;
}

static void
activated_cb (Fixture *fixture, const char *id)
{
  g_free (fixture->activated);
  fixture->activated = g_strdup (id);
}

static gboolean
is_large (gpointer widget)
{
  return gtk_widget_get_width (widget) > 800;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *canvas = dure_network_canvas_new ();

  fixture->canvas = DURE_NETWORK_CANVAS (canvas);
  fixture->window = gtk_window_new ();
  g_object_set (gtk_widget_get_settings (canvas), "gtk-enable-animations", FALSE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1400, 900);
  gtk_window_set_child (GTK_WINDOW (fixture->window), canvas);
  gtk_window_present (GTK_WINDOW (fixture->window));
  dure_ui_test_wait (is_large, canvas, "the canvas has its size");
  g_signal_connect_swapped (canvas, "nodes-placed", G_CALLBACK (placed_cb), fixture);
  g_signal_connect_swapped (canvas, "selection-changed", G_CALLBACK (selected_cb), fixture);
  g_signal_connect_swapped (canvas, "node-activated", G_CALLBACK (activated_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer canvas = fixture->canvas;

  g_object_add_weak_pointer (G_OBJECT (canvas), &canvas);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  dure_ui_test_wait (dure_ui_test_is_gone, &canvas, "the canvas is finalised with its window");
  g_clear_pointer (&fixture->placed, gtk_bitset_unref);
  g_free (fixture->activated);
}

/* --- networks --- */

/* Ties are pairs of numbers that end with G_MAXUINT; places are given. */
static DureNetwork *
make_network (guint n, const char *const *names, const guint (*pairs)[2], guint n_pairs)
{
  g_autofree DureNetworkNode *nodes = g_new0 (DureNetworkNode, n + 1);
  g_autofree DureNetworkTie  *ties = g_new0 (DureNetworkTie, n_pairs + 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint v = 0; v < n; v++)
    {
      /* Nodes are ordered by name, then id: the number is their order. */
      char *id = g_strdup_printf ("a%05u", v);

      g_ptr_array_add (texts, id);
      nodes[v] = (DureNetworkNode){ .id = id,
                                    .name = names != NULL ? (char *)names[v] : id,
                                    .sector = v % DURE_N_SECTORS,
                                    .area = (int)(v % DURE_N_AREAS),
                                    .lat = NAN,
                                    .lon = NAN };
    }
  for (guint t = 0; t < n_pairs; t++)
    ties[t] = (DureNetworkTie){
      .from = MIN (pairs[t][0], pairs[t][1]), .to = MAX (pairs[t][0], pairs[t][1]), .count = 1, .weight = 1
    };
  return dure_network_new (nodes, n, ties, n_pairs);
}

static void
show (Fixture *fixture, DureNetwork *network, const DurePoint *points)
{
  g_autofree gboolean *pinned = g_new0 (gboolean, (gsize)network->n_nodes + 1);
  DureNetworkPlaces    places
      = { .n = network->n_nodes, .points = (DurePoint *)points, .base = (DurePoint *)points, .pinned = pinned };

  dure_network_canvas_set_network (fixture->canvas, network, &places);
}

/* A line of @n, 100 apart, each tied to the next. */
static DureNetwork *
show_line (Fixture *fixture, guint n)
{
  g_autofree DurePoint *points = g_new0 (DurePoint, n);
  g_autofree guint     *pairs = g_new0 (guint, 2 * n);
  DureNetwork          *network;

  for (guint v = 0; v < n; v++)
    {
      points[v].x = 100.0 * v;
      pairs[2 * v] = v;
      pairs[2 * v + 1] = v + 1;
    }
  network = make_network (n, NULL, (const guint (*)[2])pairs, n - 1);
  show (fixture, network, points);
  return network;
}

/* A square of rows, 100 apart, tied to the next at the right. */
static DureNetwork *
show_square (Fixture *fixture, guint side)
{
  guint                 n = side * side;
  g_autofree DurePoint *points = g_new0 (DurePoint, n);
  g_autofree guint     *pairs = g_new0 (guint, 2 * n);
  DureNetwork          *network;
  guint                 n_pairs = 0;

  for (guint v = 0; v < n; v++)
    {
      points[v] = (DurePoint){ 100.0 * (v % side), 100.0 * (v / side) };
      if (v % side + 1 < side)
        {
          pairs[2 * n_pairs] = v;
          pairs[2 * n_pairs + 1] = v + 1;
          n_pairs++;
        }
    }
  network = make_network (n, NULL, (const guint (*)[2])pairs, n_pairs);
  show (fixture, network, points);
  return network;
}

/* @n agencies in 17 provinces of about 14 regions, four ties each, most of them near. */
static DureNetwork *
make_country (guint n, DurePoint **places, guint **province)
{
  guint                       n_regions = n >= 5000 ? 238 : 12;
  guint                       n_ties = n * 4;
  g_autofree DureNetworkNode *nodes = g_new0 (DureNetworkNode, n);
  g_autofree DureNetworkTie  *ties = g_new0 (DureNetworkTie, n_ties);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  double spread = n >= 5000 ? 700 : 160;

  *places = g_new0 (DurePoint, n);
  *province = g_new0 (guint, n);
  for (guint v = 0; v < n; v++)
    {
      guint  region = v * n_regions / n;
      double angle = g_rand_double_range (random, 0, 2 * G_PI);
      double far = sqrt (g_rand_double (random)) * spread;
      char  *id = g_strdup_printf ("a%06u", v);
      char  *name = g_strdup_printf ("%u권역 종합사회복지관 %u", region, v);
      char  *region_id = g_strdup_printf ("r%03u", region);
      char  *region_name = g_strdup_printf ("%u권역", region);

      g_ptr_array_add (texts, id);
      g_ptr_array_add (texts, name);
      g_ptr_array_add (texts, region_id);
      g_ptr_array_add (texts, region_name);
      nodes[v] = (DureNetworkNode){ .id = id,
                                    .name = name,
                                    .region = region_id,
                                    .region_name = region_name,
                                    .sector = v % DURE_N_SECTORS,
                                    .area = (int)(v % DURE_N_AREAS),
                                    .lat = NAN,
                                    .lon = NAN };
      (*province)[v] = region / 14;
      /* Provinces on a square of five, their regions about them. */
      (*places)[v].x = (region / 14 % 5) * spread * 7 + (region % 14 % 4) * spread * 1.6 + far * cos (angle);
      (*places)[v].y = (region / 14 / 5) * spread * 7 + (region % 14 / 4) * spread * 1.6 + far * sin (angle);
    }
  for (guint t = 0; t < n_ties; t++)
    {
      guint from = t / 4;
      guint reach = g_rand_int_range (random, 0, 10) < 8 ? n / n_regions : n;
      guint to = (from + 1 + (guint)g_rand_int_range (random, 0, (gint32)reach)) % n;

      ties[t] = (DureNetworkTie){ .from = MIN (from, to), .to = MAX (from, to), .count = 1, .weight = 1 };
    }
  return dure_network_new (nodes, n, ties, n_ties);
}

static DureNetwork *
show_country (Fixture *fixture, guint n)
{
  g_autofree DurePoint *points = NULL;
  g_autofree guint     *province = NULL;
  g_auto (GStrv) names = g_new0 (char *, 18);
  DureCanvasLook look = { .group = NULL, .arrows = TRUE, .widths = TRUE, .n_groups = 17 };
  DureNetwork   *network = make_country (n, &points, &province);

  for (guint g = 0; g < 17; g++)
    names[g] = g_strdup_printf ("%u도", g);
  show (fixture, network, points);
  look.group = province;
  look.group_names = (const char *const *)names;
  dure_network_canvas_set_look (fixture->canvas, &look);
  return network;
}

/* --- pointer and keys --- */

static DurePoint
where (Fixture *fixture, guint node)
{
  return dure_canvas_to_screen (fixture->canvas, node);
}

static void
click (Fixture *fixture, DurePoint at, GdkModifierType state)
{
  dure_canvas_press (fixture->canvas, at.x, at.y);
  dure_canvas_release (fixture->canvas, state);
}

/* Through all of @corners, which are screen places. */
static void
drag (Fixture *fixture, const DurePoint *corners, guint n, GdkModifierType state)
{
  dure_canvas_press (fixture->canvas, corners[0].x, corners[0].y);
  for (guint i = 1; i < n; i++)
    dure_canvas_press_move (fixture->canvas, state, corners[i].x - corners[0].x, corners[i].y - corners[0].y);
  dure_canvas_release (fixture->canvas, state);
}

/* What the widget itself does on that key. */
static gboolean
press_key (Fixture *fixture, guint key, GdkModifierType state)
{
  GtkWidget *widget = GTK_WIDGET (fixture->canvas);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0;
           GTK_IS_SHORTCUT_CONTROLLER (controller) && k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
              && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == state)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), GTK_SHORTCUT_ACTION_EXCLUSIVE,
                                                 widget, gtk_shortcut_get_arguments (shortcut));
        }
    }
  g_error ("nothing is bound to the key %u with %u", key, state);
}

static void
assert_selected (Fixture *fixture, const char *expected)
{
  GtkBitset *nodes = dure_network_canvas_get_selection (fixture->canvas);
  g_autoptr (GString) text = g_string_new (NULL);
  GtkBitsetIter iter;
  guint         v;

  for (gboolean is = gtk_bitset_iter_init_first (&iter, nodes, &v); is; is = gtk_bitset_iter_next (&iter, &v))
    g_string_append_printf (text, "%s%u", text->len > 0 ? " " : "", v);
  g_assert_cmpstr (text->str, ==, expected);
}

static gboolean
has_picture (gpointer canvas)
{
  return DURE_NETWORK_CANVAS (canvas)->picture.surface != NULL && !DURE_NETWORK_CANVAS (canvas)->picture_is_old
         && !DURE_NETWORK_CANVAS (canvas)->picture_is_coming;
}

/* --- tests --- */

static void
test_click (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_line (fixture, 6);
  DurePoint ground = where (fixture, 0);

  ground.y += 200;
  click (fixture, where (fixture, 2), 0);
  assert_selected (fixture, "2");
  g_assert_cmpint (dure_network_canvas_get_selected (fixture->canvas), ==, 2);
  click (fixture, where (fixture, 4), GDK_CONTROL_MASK);
  assert_selected (fixture, "2 4");
  g_assert_cmpint (dure_network_canvas_get_selected (fixture->canvas), ==, 4);
  click (fixture, where (fixture, 2), GDK_CONTROL_MASK);
  assert_selected (fixture, "4");
  click (fixture, where (fixture, 5), GDK_SHIFT_MASK);
  assert_selected (fixture, "4 5");
  /* On the ground: with Ctrl nothing is lost by a slip. */
  click (fixture, ground, GDK_CONTROL_MASK);
  assert_selected (fixture, "4 5");
  click (fixture, ground, 0);
  assert_selected (fixture, "");
  g_assert_cmpint (dure_network_canvas_get_selected (fixture->canvas), ==, DURE_NO_NODE);
  g_assert_cmpuint (fixture->n_selection_signals, ==, 5);
  /* Between two of them, on their tie: both. */
  ground = where (fixture, 1);
  ground.x = (ground.x + where (fixture, 2).x) / 2;
  click (fixture, ground, 0);
  assert_selected (fixture, "1 2");
}

static void
test_lasso (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_square (fixture, 5);
  DurePoint a = where (fixture, 6);  /* second of the second row */
  DurePoint b = where (fixture, 18); /* fourth of the fourth row */
  DurePoint view = { fixture->canvas->view.x, fixture->canvas->view.y };
  /* A triangle with its right angle at the upper left: of the nine inside the square it leaves out three. */
  DurePoint loop[] = { { a.x - 20, a.y - 20 }, { b.x + 30, a.y - 20 }, { a.x - 20, b.y + 30 } };

  drag (fixture, loop, 3, GDK_SHIFT_MASK);
  assert_selected (fixture, "6 7 8 11 12 16");
  g_assert_cmpfloat (fixture->canvas->view.x, ==, view.x);
  g_assert_cmpuint (fixture->n_placed_signals, ==, 0);
  /* Without Shift the picture moves, and the selection stays. */
  loop[0] = (DurePoint){ 5, 5 };
  loop[1] = (DurePoint){ 45, 25 };
  drag (fixture, loop, 2, 0);
  assert_selected (fixture, "6 7 8 11 12 16");
  g_assert_cmpfloat (fixture->canvas->view.x, ==, view.x + 40);
  g_assert_cmpfloat (fixture->canvas->view.y, ==, view.y + 20);
  /* With the lasso switched on every drag selects; Shift adds. */
  g_assert_true (press_key (fixture, GDK_KEY_l, 0));
  g_assert_true (dure_network_canvas_get_lasso (fixture->canvas));
  for (guint i = 0; i < 3; i++)
    {
      DurePoint corner = where (fixture, 24);

      loop[i] = (DurePoint){ corner.x + (i == 1 ? 40 : -20), corner.y + (i == 2 ? 60 : -20) };
    }
  drag (fixture, loop, 3, GDK_SHIFT_MASK);
  assert_selected (fixture, "6 7 8 11 12 16 24");
  drag (fixture, loop, 3, 0);
  assert_selected (fixture, "24");
  /* Around nobody: nobody. */
  for (guint i = 0; i < 3; i++)
    loop[i].x -= 60;
  drag (fixture, loop, 3, 0);
  assert_selected (fixture, "");
  g_assert_true (press_key (fixture, GDK_KEY_Escape, 0));
  g_assert_false (dure_network_canvas_get_lasso (fixture->canvas));
}

static void
test_drag_several (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_square (fixture, 4);
  g_autoptr (GtkBitset) nodes = gtk_bitset_new_range (4, 3);
  DurePoint from = dure_network_canvas_get_point (fixture->canvas, 5);
  DurePoint other = dure_network_canvas_get_point (fixture->canvas, 0);
  DurePoint path[4];
  double    zoom = fixture->canvas->view.zoom;

  dure_network_canvas_set_selection (fixture->canvas, nodes);
  path[0] = where (fixture, 5);
  for (guint i = 1; i < 4; i++)
    path[i] = (DurePoint){ path[0].x + 20.0 * i, path[0].y - 10.0 * i };
  drag (fixture, path, 4, 0);
  g_assert_cmpuint (fixture->n_placed_signals, ==, 1);
  g_assert_true (gtk_bitset_equals (fixture->placed, nodes));
  for (guint v = 4; v < 7; v++)
    {
      DurePoint at = dure_network_canvas_get_point (fixture->canvas, v);

      g_assert_cmpfloat_with_epsilon (at.x - from.x, 100.0 * ((double)v - 5) + 60 / zoom, 1e-6);
      g_assert_cmpfloat_with_epsilon (at.y - from.y, -30 / zoom, 1e-6);
      g_assert_true (fixture->canvas->pinned[v]);
    }
  g_assert_cmpfloat (dure_network_canvas_get_point (fixture->canvas, 0).x, ==, other.x);
  g_assert_false (fixture->canvas->pinned[0]);
  assert_selected (fixture, "4 5 6");
  /* It is found where it is now. */
  g_assert_cmpint (dure_network_canvas_pick (fixture->canvas, where (fixture, 6).x, where (fixture, 6).y), ==, 6);

  /* One that is not selected goes alone. */
  path[0] = where (fixture, 9);
  path[1] = (DurePoint){ path[0].x + 33, path[0].y };
  drag (fixture, path, 2, 0);
  g_assert_cmpuint (fixture->n_placed_signals, ==, 2);
  g_assert_cmpuint (gtk_bitset_get_size (fixture->placed), ==, 1);
  g_assert_true (gtk_bitset_contains (fixture->placed, 9));

  /* Escape while dragging: as if it had never begun. */
  from = dure_network_canvas_get_point (fixture->canvas, 10);
  path[0] = where (fixture, 10);
  dure_canvas_press (fixture->canvas, path[0].x, path[0].y);
  dure_canvas_press_move (fixture->canvas, 0, 50, 50);
  g_assert_true (press_key (fixture, GDK_KEY_Escape, 0));
  dure_canvas_press_move (fixture->canvas, 0, 70, 70);
  dure_canvas_release (fixture->canvas, 0);
  g_assert_cmpuint (fixture->n_placed_signals, ==, 2);
  g_assert_cmpfloat (dure_network_canvas_get_point (fixture->canvas, 10).x, ==, from.x);
  g_assert_false (fixture->canvas->pinned[10]);
}

static gboolean
was_placed (gpointer data)
{
  return ((Fixture *)data)->n_placed_signals > 0;
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_square (fixture, 5);
  DureCanvasView view;
  DurePoint      from;

  /* From the middle of the window to the neighbours. */
  g_assert_true (press_key (fixture, GDK_KEY_Right, GDK_CONTROL_MASK));
  assert_selected (fixture, "12");
  g_assert_true (press_key (fixture, GDK_KEY_Right, GDK_CONTROL_MASK));
  assert_selected (fixture, "13");
  g_assert_true (press_key (fixture, GDK_KEY_Up, GDK_CONTROL_MASK));
  assert_selected (fixture, "8");
  g_assert_true (press_key (fixture, GDK_KEY_Left, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  assert_selected (fixture, "7 8");
  g_assert_true (press_key (fixture, GDK_KEY_Down, GDK_CONTROL_MASK));
  assert_selected (fixture, "12");
  /* There is nobody beyond the edge. */
  for (guint i = 0; i < 8; i++)
    press_key (fixture, GDK_KEY_Left, GDK_CONTROL_MASK);
  assert_selected (fixture, "10");

  /* Pushed by keys, and stored once. */
  from = dure_network_canvas_get_point (fixture->canvas, 10);
  for (guint i = 0; i < 3; i++)
    g_assert_true (press_key (fixture, GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_cmpuint (fixture->n_placed_signals, ==, 0);
  dure_ui_test_wait (was_placed, fixture, "what was pushed is placed");
  g_assert_cmpuint (fixture->n_placed_signals, ==, 1);
  g_assert_true (gtk_bitset_contains (fixture->placed, 10));
  g_assert_cmpfloat (dure_network_canvas_get_point (fixture->canvas, 10).y, >, from.y + 10);
  g_assert_cmpfloat (dure_network_canvas_get_point (fixture->canvas, 10).x, ==, from.x);

  g_assert_true (press_key (fixture, GDK_KEY_Return, 0));
  g_assert_cmpstr (fixture->activated, ==, network->nodes[10].id);
  g_assert_true (press_key (fixture, GDK_KEY_a, GDK_CONTROL_MASK));
  g_assert_cmpuint (gtk_bitset_get_size (dure_network_canvas_get_selection (fixture->canvas)), ==, 25);
  g_assert_true (press_key (fixture, GDK_KEY_Escape, 0));
  assert_selected (fixture, "");
  g_assert_false (press_key (fixture, GDK_KEY_Escape, 0));

  view = fixture->canvas->view;
  g_assert_true (press_key (fixture, GDK_KEY_plus, 0));
  g_assert_cmpfloat (fixture->canvas->view.zoom, >, view.zoom * 1.1);
  g_assert_true (press_key (fixture, GDK_KEY_Left, 0));
  g_assert_true (press_key (fixture, GDK_KEY_Home, 0));
  /* What was pushed out of the square is part of what is fitted. */
  g_assert_cmpfloat (fixture->canvas->view.zoom, <=, view.zoom);
  g_assert_false (fixture->canvas->view_is_own);
}

static guint
n_unfaded (Fixture *fixture)
{
  guint n = 0;

  for (guint v = 0; v < fixture->canvas->network->n_nodes; v++)
    n += fixture->canvas->faded == NULL || !fixture->canvas->faded[v] ? 1 : 0;
  return n;
}

static void
test_focus (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_line (fixture, 11);
  g_autoptr (GtkBitset) ends = gtk_bitset_new_empty ();

  g_assert_cmpuint (n_unfaded (fixture), ==, 11);
  click (fixture, where (fixture, 5), 0);
  g_assert_cmpuint (n_unfaded (fixture), ==, 3);
  g_assert_true (press_key (fixture, GDK_KEY_2, 0));
  g_assert_cmpuint (n_unfaded (fixture), ==, 5);
  g_assert_true (press_key (fixture, GDK_KEY_3, 0));
  g_assert_cmpuint (n_unfaded (fixture), ==, 7);
  /* The same again: nobody is faded. */
  g_assert_true (press_key (fixture, GDK_KEY_3, 0));
  g_assert_cmpuint (n_unfaded (fixture), ==, 11);
  g_assert_true (press_key (fixture, GDK_KEY_1, 0));
  gtk_bitset_add (ends, 0);
  gtk_bitset_add (ends, 10);
  dure_network_canvas_set_selection (fixture->canvas, ends);
  g_assert_cmpuint (n_unfaded (fixture), ==, 4);
  g_assert_false (fixture->canvas->faded[1]);
  g_assert_true (fixture->canvas->faded[2]);
  g_assert_true (press_key (fixture, GDK_KEY_Escape, 0));
  g_assert_cmpuint (n_unfaded (fixture), ==, 11);
}

/* The selection goes with its agencies into another network, where they have other numbers. */
static void
test_other_network (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_line (fixture, 6);
  g_autoptr (DureNetwork) other = NULL;
  DureNetworkNode nodes[2]
      = { { .id = (char *)"a00003", .name = (char *)"다" }, { .id = (char *)"b", .name = (char *)"라" } };
  DurePoint points[2] = { { 0, 0 }, { 100, 0 } };
  g_autoptr (GtkBitset) wanted = gtk_bitset_new_range (2, 2);

  dure_network_canvas_set_selection (fixture->canvas, wanted);
  assert_selected (fixture, "2 3");
  gtk_bitset_add (wanted, 4000);
  dure_network_canvas_set_selection (fixture->canvas, wanted);
  assert_selected (fixture, "2 3");
  other = dure_network_new (nodes, 2, NULL, 0);
  show (fixture, other, points);
  assert_selected (fixture, "0");
  g_assert_cmpint (dure_network_canvas_get_selected (fixture->canvas), ==, 0);
  dure_network_canvas_set_network (fixture->canvas, NULL, NULL);
  assert_selected (fixture, "");
}

static void
test_zoom (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_square (fixture, 6);
  DurePoint at = where (fixture, 7);

  g_assert_cmpint (dure_network_canvas_pick (fixture->canvas, at.x + 2, at.y - 3), ==, 7);
  dure_canvas_zoom_at (fixture->canvas, 1.7, at.x, at.y, FALSE);
  g_assert_cmpfloat_with_epsilon (where (fixture, 7).x, at.x, 1e-6);
  g_assert_cmpfloat_with_epsilon (where (fixture, 7).y, at.y, 1e-6);
  /* All of it is inside after a fit. */
  dure_network_canvas_fit (fixture->canvas);
  for (guint v = 0; v < 36; v++)
    {
      at = where (fixture, v);
      g_assert_true (at.x > 0 && at.y > 0 && at.x < gtk_widget_get_width (GTK_WIDGET (fixture->canvas))
                     && at.y < gtk_widget_get_height (GTK_WIDGET (fixture->canvas)));
    }
}

/* Sizes of nodes count for the pointer. */
static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_line (fixture, 4);
  const double    size[] = { 1, 2.5, 0.6, NAN };
  DureCanvasLook  look = { .size = size };
  const DurePoint small = where (fixture, 0);
  const DurePoint large = where (fixture, 1);
  double          radius = dure_canvas_radius (fixture->canvas->view.zoom);

  dure_network_canvas_set_look (fixture->canvas, &look);
  g_assert_cmpint (dure_network_canvas_pick (fixture->canvas, small.x, small.y - radius - 6), ==, DURE_NO_NODE);
  g_assert_cmpint (dure_network_canvas_pick (fixture->canvas, large.x, large.y - radius - 6), ==, 1);
  g_assert_cmpint (dure_network_canvas_pick (fixture->canvas, large.x, large.y - 2.5 * radius - 6), ==, DURE_NO_NODE);
  dure_ui_test_wait (has_picture, fixture->canvas, "the picture with sizes is drawn");
}

static gboolean
is_at_rest (gpointer canvas)
{
  return DURE_NETWORK_CANVAS (canvas)->tick == 0 && has_picture (canvas);
}

/* Nodes glide to their new places, in less than a third of a second, and are there in the end. */
static void
test_glide (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_square (fixture, 20);
  g_autofree DurePoint *points = g_new0 (DurePoint, 400);
  double                old_x = where (fixture, 0).x;

  dure_ui_test_wait (is_at_rest, fixture->canvas, "the first places");
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (fixture->canvas)), "gtk-enable-animations", TRUE, NULL);
  for (guint v = 0; v < 400; v++)
    points[399 - v] = fixture->canvas->points[v];
  show (fixture, network, points);
  g_assert_cmpuint (fixture->canvas->tick, !=, 0);
  g_assert_cmpfloat_with_epsilon (where (fixture, 0).x, old_x, 1e-6);
  /* Who asks is told where it will be. */
  g_assert_cmpfloat (dure_network_canvas_get_point (fixture->canvas, 0).x, ==, points[0].x);
  while (fixture->canvas->tick != 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint v = 0; v < 400; v++)
    g_assert_cmpfloat (fixture->canvas->points[v].x, ==, points[v].x);
  /* Not when the desktop wants less movement. */
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (fixture->canvas)), "gtk-enable-animations", FALSE, NULL);
  points[0].x += 500;
  show (fixture, network, points);
  g_assert_cmpuint (fixture->canvas->tick, ==, 0);
  g_assert_cmpfloat (fixture->canvas->points[0].x, ==, points[0].x);
}

/* --- bad input --- */

static void
test_nobody_and_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) nobody = make_network (0, NULL, NULL, 0);
  g_autoptr (DureNetwork) one = make_network (1, NULL, NULL, 0);
  DurePoint point = { 1e6, -3 };

  show (fixture, nobody, &point);
  dure_ui_test_rest (60);
  g_assert_cmpint (dure_network_canvas_pick (fixture->canvas, 10, 10), ==, DURE_NO_NODE);
  press_key (fixture, GDK_KEY_Right, GDK_CONTROL_MASK);
  press_key (fixture, GDK_KEY_a, GDK_CONTROL_MASK);
  press_key (fixture, GDK_KEY_plus, 0);
  press_key (fixture, GDK_KEY_n, 0);
  assert_selected (fixture, "");
  show (fixture, one, &point);
  dure_ui_test_wait (has_picture, fixture->canvas, "one agency is drawn");
  /* In the middle of the window. */
  g_assert_cmpint (dure_network_canvas_pick (fixture->canvas, gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) / 2.0,
                                             gtk_widget_get_height (GTK_WIDGET (fixture->canvas)) / 2.0),
                   ==, 0);
  g_assert_true (press_key (fixture, GDK_KEY_n, 0));
  assert_selected (fixture, "0");
}

static void
test_no_places (Fixture *fixture, gconstpointer data)
{
  static const guint pairs[][2] = { { 0, 1 }, { 1, 2 }, { 2, 3 } };
  g_autoptr (DureNetwork) network = make_network (6, NULL, pairs, 3);
  DurePoint points[6] = { { 0, 0 }, { NAN, 5 }, { 200, 0 }, { INFINITY, -INFINITY }, { 1e300, 0 }, { 0, NAN } };

  for (guint round = 0; round < 2; round++)
    {
      show (fixture, network, points);
      for (guint v = 0; v < 6; v++)
        {
          DurePoint at = where (fixture, v);

          g_assert_true (isfinite (at.x) && isfinite (at.y));
          g_assert_cmpint (dure_network_canvas_pick (fixture->canvas, at.x, at.y), ==, (int)v);
        }
      /* By those whom it is tied to. */
      if (round == 0)
        g_assert_cmpfloat (hypot (dure_network_canvas_get_point (fixture->canvas, 1).x - 100,
                                  dure_network_canvas_get_point (fixture->canvas, 1).y),
                           <, 60);
      dure_ui_test_wait (has_picture, fixture->canvas, "what has no place is drawn all the same");
      for (guint v = 0; v < 6; v++)
        points[v].x = NAN;
    }
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  const char *names[4];
  g_autoptr (GString) long_name = g_string_new (NULL);
  g_autoptr (DureNetwork) network = NULL;
  DurePoint points[4] = { { 0, 0 }, { 60, 0 }, { 120, 10 }, { 60, 60 } };

  for (guint i = 0; i < 60; i++)
    g_string_append (long_name, "관");
  names[0] = names[1] = "같은 이름";
  names[2] = long_name->str;
  names[3] = "";
  network = make_network (4, names, NULL, 0);
  show (fixture, network, points);
  dure_ui_test_wait (has_picture, fixture->canvas, "long names, none and two alike are drawn");
  /* The card with the whole of a long name stays inside the window. */
  for (guint v = 0; v < 4; v++)
    {
      DurePoint at = where (fixture, v);

      dure_canvas_hover_at (fixture->canvas, at.x, at.y);
      g_assert_cmpint (fixture->canvas->hovered, ==, (int)v);
      dure_ui_test_rest (20);
    }
}

/* Everybody knows one, and the pointer is on that one. */
static void
test_star (Fixture *fixture, gconstpointer data)
{
  guint                 n = 557;
  g_autofree DurePoint *points = g_new0 (DurePoint, n);
  g_autofree guint     *pairs = g_new0 (guint, 2 * n);
  g_autoptr (DureNetwork) network = NULL;

  for (guint v = 1; v < n; v++)
    {
      points[v] = (DurePoint){ cos (v * 2.4) * sqrt (v) * 60, sin (v * 2.4) * sqrt (v) * 60 };
      pairs[2 * v - 1] = v;
    }
  for (guint v = 1; v < n; v++)
    {
      pairs[2 * (v - 1)] = 0;
      pairs[2 * (v - 1) + 1] = v;
    }
  network = make_network (n, NULL, (const guint (*)[2])pairs, n - 1);
  show (fixture, network, points);
  dure_ui_test_wait (has_picture, fixture->canvas, "a star is drawn");
  dure_canvas_hover_at (fixture->canvas, where (fixture, 0).x, where (fixture, 0).y);
  g_assert_cmpint (fixture->canvas->hovered, ==, 0);
  dure_ui_test_wait (has_picture, fixture->canvas, "its ties are drawn by the thread");
  click (fixture, where (fixture, 0), 0);
  g_assert_cmpuint (n_unfaded (fixture), ==, n);
  click (fixture, where (fixture, 300), 0);
  g_assert_cmpuint (n_unfaded (fixture), ==, 2);
}

/* --- scale --- */

static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* What the canvas itself takes: making the nodes, and letting the cairo renderer draw them. */
static double
canvas_ms (GtkWidget *widget, cairo_t *cr)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  double begin = thread_ms ();

  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  return thread_ms () - begin;
}

/* What the main thread does for each frame of the window: all of GTK's work too. */
typedef struct
{
  GArray *ms;
  double  begin;
} Frames;

static void
before_paint_cb (GdkFrameClock *clock, Frames *frames)
{
  frames->begin = thread_ms ();
}

static void
after_paint_cb (GdkFrameClock *clock, Frames *frames)
{
  double ms = thread_ms () - frames->begin;

  g_array_append_val (frames->ms, ms);
}

static int
compare_doubles (gconstpointer left, gconstpointer right)
{
  return (*(const double *)left > *(const double *)right) - (*(const double *)left < *(const double *)right);
}

typedef void (*Step) (Fixture *fixture, guint i);

static void
pan_step (Fixture *fixture, guint i)
{
  DureCanvasView view = fixture->canvas->view;

  view.x += i % 40 < 20 ? 14 : -14;
  view.y += i % 30 < 15 ? -9 : 9;
  dure_canvas_set_view (fixture->canvas, view, TRUE, FALSE);
}

static void
zoom_step (Fixture *fixture, guint i)
{
  dure_canvas_zoom_at (fixture->canvas, i % 32 < 16 ? 1.06 : 1 / 1.06, 600, 400, FALSE);
}

static void
drag_step (Fixture *fixture, guint i)
{
  dure_canvas_press_move (fixture->canvas, 0, i % 50 * 5.0, i % 30 * 4.0);
}

static double
share (GArray *sorted, double part)
{
  return g_array_index (sorted, double, (guint)((sorted->len - 1) * part));
}

static void
measure_frames (Fixture *fixture, const char *what, guint n, Step step)
{
  GtkWidget       *widget = GTK_WIDGET (fixture->canvas);
  GdkFrameClock   *clock = gtk_widget_get_frame_clock (widget);
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GArray) canvas = g_array_new (FALSE, FALSE, sizeof (double));
  Frames frames = { .ms = g_array_new (FALSE, FALSE, sizeof (double)) };
  gulong before = g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &frames);
  gulong after = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &frames);

  /* A test needs no more than to see it work. */
  for (guint i = 0; i < (g_test_perf () ? n : 3); i++)
    {
      guint  had = frames.ms->len;
      double begin = thread_ms ();
      double ms;

      step (fixture, i);
      ms = thread_ms () - begin + canvas_ms (widget, cr);
      g_array_append_val (canvas, ms);
      while (frames.ms->len == had)
        g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  g_array_sort (canvas, compare_doubles);
  g_array_sort (frames.ms, compare_doubles);
  g_test_message (
      "%s: the canvas takes %.1f ms of the main thread a frame (at most %.1f), the window %.1f (at most %.1f)", what,
      share (canvas, 0.5), share (canvas, 1), share (frames.ms, 0.5), share (frames.ms, 1));
  g_array_unref (frames.ms);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static double
measure_picking (Fixture *fixture)
{
  double begin;

  dure_network_canvas_pick (fixture->canvas, 0, 0);
  begin = thread_ms ();
  for (guint i = 0; i < 1000; i++)
    dure_network_canvas_pick (fixture->canvas, i * 1.3, i * 0.8);
  return (thread_ms () - begin) / 1000;
}

/* Who has the most ties. */
static guint
find_hub (const DureNetwork *network)
{
  guint hub = 0;

  for (guint v = 1; v < network->n_nodes; v++)
    if (dure_graph_degree (network->graph, v) > dure_graph_degree (network->graph, hub))
      hub = v;
  return hub;
}

static void
test_city_frames (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_country (fixture, 600);
  guint  hub = find_hub (network);
  double picking;

  dure_ui_test_wait (has_picture, fixture->canvas, "the thread has drawn the picture");
  measure_frames (fixture, "600 agencies, panning", 90, pan_step);
  measure_frames (fixture, "600 agencies, zooming", 90, zoom_step);
  dure_canvas_set_selected (fixture->canvas, (int)hub);
  dure_canvas_hover_at (fixture->canvas, where (fixture, hub).x, where (fixture, hub).y);
  g_assert_cmpint (fixture->canvas->hovered, ==, (int)hub);
  measure_frames (fixture, "600 agencies, panning with the pointer on the busiest", 90, pan_step);
  dure_canvas_press (fixture->canvas, where (fixture, hub).x, where (fixture, hub).y);
  measure_frames (fixture, "600 agencies, dragging the busiest", 90, drag_step);
  dure_canvas_release (fixture->canvas, 0);
  press_key (fixture, GDK_KEY_a, GDK_CONTROL_MASK);
  dure_canvas_press (fixture->canvas, where (fixture, hub).x, where (fixture, hub).y);
  measure_frames (fixture, "600 agencies, dragging all", 60, drag_step);
  dure_canvas_release (fixture->canvas, 0);
  g_assert_cmpuint (gtk_bitset_get_size (fixture->placed), ==, 600);
  picking = measure_picking (fixture);
  g_test_message ("600 agencies, picking: %.4f ms", picking);
}

static void
test_country (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DureNetwork) network = show_country (fixture, 50000);
  DureNetworkCanvas *canvas = fixture->canvas;
  const GPtrArray   *clusters;
  guint              sum = 0;
  DurePoint          at;
  double             picking;

  dure_ui_test_wait (has_picture, canvas, "the thread has drawn the country");
  /* From afar: the provinces, with all their agencies. */
  clusters = canvas->picture.clusters;
  g_assert_nonnull (clusters);
  g_assert_cmpuint (clusters->len, ==, 17);
  for (guint i = 0; i < clusters->len; i++)
    sum += ((const DureCanvasCluster *)clusters->pdata[i])->n;
  g_assert_cmpuint (sum, ==, 50000);
  g_assert_cmpstr (((const DureCanvasCluster *)clusters->pdata[3])->name, ==, "3도");
  measure_frames (fixture, "50,000 agencies from afar, panning", 60, pan_step);
  measure_frames (fixture, "50,000 agencies from afar, zooming", 60, zoom_step);

  /* A click on a disc brings its regions, and at last its agencies. */
  dure_network_canvas_fit (canvas);
  dure_ui_test_rest (150);
  dure_ui_test_wait (has_picture, canvas, "the whole again");
  clusters = canvas->picture.clusters;
  at = dure_canvas_cluster_point (clusters->pdata[8], canvas->view);
  dure_canvas_hover_at (canvas, at.x, at.y);
  g_assert_cmpint (canvas->hovered_cluster, ==, 8);
  g_assert_cmpint (canvas->hovered, ==, DURE_NO_NODE);
  click (fixture, at, 0);
  dure_ui_test_rest (150);
  dure_ui_test_wait (has_picture, canvas, "one province");
  g_assert_nonnull (canvas->picture.clusters);
  g_assert_cmpuint (canvas->picture.clusters->len, ==, 238);
  dure_network_canvas_centre_on (canvas, network->nodes[25000].id);
  dure_ui_test_rest (150);
  dure_ui_test_wait (has_picture, canvas, "the agencies themselves");
  g_assert_null (canvas->picture.clusters);
  g_assert_cmpint (dure_network_canvas_pick (canvas, where (fixture, 25000).x, where (fixture, 25000).y), ==, 25000);
  measure_frames (fixture, "50,000 agencies from near, panning", 60, pan_step);
  measure_frames (fixture, "50,000 agencies from near, zooming", 60, zoom_step);
  picking = measure_picking (fixture);
  g_test_message ("50,000 agencies, picking: %.4f ms", picking);
}

#define add(path, func) g_test_add ("/ui/network-canvas/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  dure_ui_test_init (&argc, &argv);
  add ("click", test_click);
  add ("lasso", test_lasso);
  add ("drag-several", test_drag_several);
  add ("keys", test_keys);
  add ("focus", test_focus);
  add ("other-network", test_other_network);
  add ("zoom", test_zoom);
  add ("sizes", test_sizes);
  add ("glide", test_glide);
  add ("nobody-and-one", test_nobody_and_one);
  add ("no-places", test_no_places);
  add ("names", test_names);
  add ("star", test_star);
  add ("city-frames", test_city_frames);
  add ("country", test_country);
  return g_test_run ();
}
