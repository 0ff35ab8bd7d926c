/* dure-network-canvas-keys.c: all that the pointer can do, by keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-network"

#include "config.h"

#include "app/network/dure-network-canvas-private.h"

#define PUSH_STEP 10.0

static gboolean
pan_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  DureCanvasView     view;
  double             dx;
  double             dy;

  if (self->network == NULL)
    return FALSE;
  g_variant_get (args, "(dd)", &dx, &dy);
  dure_canvas_stop (self);
  view = self->view;
  view.x -= dx * DURE_CANVAS_PAN_STEP;
  view.y -= dy * DURE_CANVAS_PAN_STEP;
  dure_canvas_set_view (self, view, TRUE, FALSE);
  return TRUE;
}

static gboolean
push_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  double             dx;
  double             dy;

  if (self->selected < 0)
    return FALSE;
  g_variant_get (args, "(dd)", &dx, &dy);
  dure_canvas_push (self, dx * PUSH_STEP, dy * PUSH_STEP);
  return TRUE;
}

/* To the nearest agency on that side; the middle of the window when nothing is selected. */
static void
go_towards (DureNetworkCanvas *self, GVariant *args, gboolean extend)
{
  GtkBitset *nodes;
  double     dx;
  double     dy;
  int        node;

  g_variant_get (args, "(dd)", &dx, &dy);
  node = dure_canvas_pick_towards (self, dx, dy);
  if (node < 0)
    return;
  nodes = extend ? gtk_bitset_copy (self->selection) : gtk_bitset_new_empty ();
  gtk_bitset_add (nodes, (guint)node);
  dure_canvas_take_selection (self, nodes, node);
  if (!dure_network_canvas_shows (self, self->network->nodes[node].id))
    dure_network_canvas_centre_on (self, self->network->nodes[node].id);
}

static gboolean
towards_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  go_towards (DURE_NETWORK_CANVAS (widget), args, FALSE);
  return TRUE;
}

static gboolean
extend_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  go_towards (DURE_NETWORK_CANVAS (widget), args, TRUE);
  return TRUE;
}

static gboolean
zoom_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  dure_network_canvas_zoom (DURE_NETWORK_CANVAS (widget), pow (DURE_CANVAS_ZOOM_STEP, g_variant_get_double (args)));
  return TRUE;
}

static gboolean
fit_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  dure_network_canvas_fit (DURE_NETWORK_CANVAS (widget));
  return TRUE;
}

/* The same number again fades nobody. */
static gboolean
steps_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  guint              steps = (guint)g_variant_get_int32 (args);

  dure_network_canvas_set_steps (self, self->steps == steps ? 0 : steps);
  return TRUE;
}

/* One thing after another: what is being dragged, the lasso, the selection. */
static gboolean
escape_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);

  if (dure_canvas_cancel_press (self))
    return TRUE;
  if (self->lasso)
    {
      dure_network_canvas_set_lasso (self, FALSE);
      return TRUE;
    }
  if (gtk_bitset_is_empty (self->selection))
    return FALSE;
  dure_canvas_set_selected (self, DURE_NO_NODE);
  return TRUE;
}

static gboolean
lasso_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);

  dure_network_canvas_set_lasso (self, !self->lasso);
  return TRUE;
}

static gboolean
enter_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);

  dure_canvas_activate (self, self->selected);
  return self->selected >= 0;
}

static gboolean
all_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);

  if (self->network == NULL)
    return FALSE;
  dure_canvas_take_selection (
      self, g_variant_get_boolean (args) ? gtk_bitset_new_range (0, self->network->n_nodes) : gtk_bitset_new_empty (),
      self->selected);
  return TRUE;
}

/* N and Shift+N go through the agencies in the order of the list. */
static gboolean
next_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  DureNetworkCanvas *self = DURE_NETWORK_CANVAS (widget);
  int                n = self->network != NULL ? (int)self->network->n_nodes : 0;
  int                step = g_variant_get_int32 (args);
  int                next;

  if (n == 0)
    return FALSE;
  next = self->selected < 0 ? (step > 0 ? 0 : n - 1) : (self->selected + step + n) % n;
  dure_network_canvas_select (self, self->network->nodes[next].id, TRUE);
  return TRUE;
}

static void
add_arrows (GtkWidgetClass *class)
{
  static const struct
  {
    guint  key;
    double dx;
    double dy;
  } arrows[]
      = { { GDK_KEY_Left, -1, 0 },    { GDK_KEY_Right, 1, 0 },    { GDK_KEY_Up, 0, -1 },    { GDK_KEY_Down, 0, 1 },
          { GDK_KEY_KP_Left, -1, 0 }, { GDK_KEY_KP_Right, 1, 0 }, { GDK_KEY_KP_Up, 0, -1 }, { GDK_KEY_KP_Down, 0, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      guint  key = arrows[i].key;
      double dx = arrows[i].dx;
      double dy = arrows[i].dy;

      gtk_widget_class_add_binding (class, key, 0, pan_key_cb, "(dd)", dx, dy);
      gtk_widget_class_add_binding (class, key, GDK_SHIFT_MASK, push_key_cb, "(dd)", dx, dy);
      gtk_widget_class_add_binding (class, key, GDK_CONTROL_MASK, towards_key_cb, "(dd)", dx, dy);
      gtk_widget_class_add_binding (class, key, GDK_CONTROL_MASK | GDK_SHIFT_MASK, extend_key_cb, "(dd)", dx, dy);
    }
}

void
dure_canvas_install_keys (GtkWidgetClass *class)
{
  static const guint larger[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  static const guint smaller[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };
  static const guint fit[] = { GDK_KEY_0, GDK_KEY_KP_0, GDK_KEY_Home, GDK_KEY_KP_Home };

  add_arrows (class);
  for (guint i = 0; i < G_N_ELEMENTS (larger); i++)
    {
      gtk_widget_class_add_binding (class, larger[i], GDK_CONTROL_MASK, zoom_key_cb, "d", 1.0);
      gtk_widget_class_add_binding (class, larger[i], 0, zoom_key_cb, "d", 1.0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (smaller); i++)
    {
      gtk_widget_class_add_binding (class, smaller[i], GDK_CONTROL_MASK, zoom_key_cb, "d", -1.0);
      gtk_widget_class_add_binding (class, smaller[i], 0, zoom_key_cb, "d", -1.0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fit); i++)
    {
      gtk_widget_class_add_binding (class, fit[i], 0, fit_key_cb, NULL);
      gtk_widget_class_add_binding (class, fit[i], GDK_CONTROL_MASK, fit_key_cb, NULL);
    }
  for (guint i = 1; i <= 3; i++)
    {
      gtk_widget_class_add_binding (class, GDK_KEY_0 + i, 0, steps_key_cb, "i", (int)i);
      gtk_widget_class_add_binding (class, GDK_KEY_KP_0 + i, 0, steps_key_cb, "i", (int)i);
    }
  gtk_widget_class_add_binding (class, GDK_KEY_a, GDK_CONTROL_MASK, all_key_cb, "b", TRUE);
  gtk_widget_class_add_binding (class, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, all_key_cb, "b", FALSE);
  gtk_widget_class_add_binding (class, GDK_KEY_l, 0, lasso_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Escape, 0, escape_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_Return, 0, enter_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_KP_Enter, 0, enter_key_cb, NULL);
  gtk_widget_class_add_binding (class, GDK_KEY_n, 0, next_key_cb, "i", 1);
  gtk_widget_class_add_binding (class, GDK_KEY_n, GDK_SHIFT_MASK, next_key_cb, "i", -1);
}
