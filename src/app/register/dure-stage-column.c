/* dure-stage-column.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-stage-column.h"

#include <glib/gi18n-lib.h>

#include "base/dure-hangul.h"
#include "store/dure-record-list.h"

struct _DureStageColumn
{
  GtkBox parent_instance;

  DureDesk           *desk;
  char               *stage;
  DureRecordList     *list;
  GtkSingleSelection *selection;
  GtkWidget          *title;
  GtkWidget          *view;
};

G_DEFINE_FINAL_TYPE (DureStageColumn, dure_stage_column, GTK_TYPE_BOX)

enum
{
  OPENED,
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const DureField *
stages (void)
{
  return dure_entity_field (dure_entity (DURE_ENTITY_APPLICATION), DURE_APPLICATION_STAGE);
}

static void
show_title (DureStageColumn *self)
{
  const DureChoice *choice = dure_field_choice (stages (), self->stage);
  g_autofree char  *text
      = g_strdup_printf ("%s  %u", dure_choice_label (choice), g_list_model_get_n_items (G_LIST_MODEL (self->list)));

  gtk_label_set_text (GTK_LABEL (self->title), text);
}

/* --- cards --- */

static void
show_card (DureRecord *application, GParamSpec *pspec, GtkListItem *item)
{
  DureStageColumn *self = g_object_get_data (G_OBJECT (item), "column");
  GtkWidget       *box = gtk_list_item_get_child (item);
  GtkWidget       *title = g_object_get_data (G_OBJECT (box), "title");
  GtkWidget       *applicant = g_object_get_data (G_OBJECT (box), "applicant");
  GtkWidget       *budget = g_object_get_data (G_OBJECT (box), "budget");
  DureStore       *store = dure_desk_get_store (self->desk);
  g_autofree char *name = dure_store_record_title (store, application);
  g_autofree char *who = NULL;
  g_autofree char *money = dure_store_format (store, application, DURE_APPLICATION_BUDGET);

  who = dure_store_format (
      store, application,
      dure_record_get (application, DURE_APPLICATION_BODY) != NULL ? DURE_APPLICATION_BODY : DURE_APPLICATION_AGENCY);
  gtk_label_set_text (GTK_LABEL (title), name);
  gtk_label_set_text (GTK_LABEL (applicant), who);
  gtk_label_set_text (GTK_LABEL (budget), money);
  gtk_widget_set_visible (applicant, who != NULL && *who != '\0');
  gtk_widget_set_visible (budget, money != NULL && *money != '\0');
}

static void
move_to_action (GSimpleAction *action, GVariant *parameter, GtkListItem *item)
{
  DureStageColumn *self = g_object_get_data (G_OBJECT (item), "column");
  DureRecord      *application = gtk_list_item_get_item (item);

  if (application != NULL)
    g_signal_emit (self, signals[MOVED], 0, application, g_variant_get_string (parameter, NULL));
}

static void
menu_cb (GtkMenuButton *button, gpointer user_data)
{
  DureStageColumn *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();

  for (const DureChoice *choice = stages ()->choices; choice->key != NULL; choice++)
    if (!g_str_equal (choice->key, self->stage))
      {
        g_autofree char *label = g_strdup_printf (_ ("Move to: %s"), dure_choice_label (choice));
        g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

        g_menu_item_set_action_and_target (item, "card.move", "s", choice->key);
        g_menu_append_item (menu, item);
      }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, GtkListItem *item)
{
  DureRecord *application = gtk_list_item_get_item (item);

  return application != NULL ? gdk_content_provider_new_typed (DURE_TYPE_RECORD, application) : NULL;
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, GtkListItem *item)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (gtk_list_item_get_child (item));

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static GtkWidget *
card_label (GtkWidget *box, const char *key, const char *css, gboolean wrap)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), wrap ? 3 : 1);
  if (css != NULL)
    {
      gtk_widget_add_css_class (label, css);
      gtk_widget_add_css_class (label, "dim-label");
    }
  g_object_set_data (G_OBJECT (box), key, label);
  return label;
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, DureStageColumn *self)
{
  GtkWidget     *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget     *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget     *menu = gtk_menu_button_new ();
  GtkDragSource *drag = gtk_drag_source_new ();
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction)      move = g_simple_action_new ("move", G_VARIANT_TYPE_STRING);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "dure-card");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "view-more-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (menu), FALSE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (menu), menu_cb, self, NULL);
  gtk_widget_set_valign (menu, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (menu, _ ("Move to another stage"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Move to another stage"),
                                  -1);
  gtk_box_append (GTK_BOX (line), card_label (box, "title", NULL, TRUE));
  gtk_widget_set_hexpand (gtk_widget_get_first_child (line), TRUE);
  gtk_box_append (GTK_BOX (line), menu);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), card_label (box, "applicant", "caption", FALSE));
  gtk_box_append (GTK_BOX (box), card_label (box, "budget", "caption", FALSE));
  g_object_set_data (G_OBJECT (item), "column", self);
  g_signal_connect (move, "activate", G_CALLBACK (move_to_action), item);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (move));
  gtk_widget_insert_action_group (box, "card", G_ACTION_GROUP (actions));
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (drag_prepare_cb), item);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), item);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (drag));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, DureStageColumn *self)
{
  DureRecord *application = gtk_list_item_get_item (item);

  g_signal_connect (application, "notify", G_CALLBACK (show_card), item);
  show_card (application, NULL, item);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, DureStageColumn *self)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_card, item);
}

static void
activate_cb (GtkListView *view, guint position, DureStageColumn *self)
{
  g_autoptr (DureRecord) application = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (application != NULL)
    g_signal_emit (self, signals[OPENED], 0, application);
}

/* Ctrl+Right and Ctrl+Left move the card to the neighbouring stage. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, DureStageColumn *self)
{
  DureRecord       *application = gtk_single_selection_get_selected_item (self->selection);
  const DureChoice *choices = stages ()->choices;
  int               at = 0;

  if (!(state & GDK_CONTROL_MASK) || application == NULL || (keyval != GDK_KEY_Right && keyval != GDK_KEY_Left))
    return GDK_EVENT_PROPAGATE;
  while (!g_str_equal (choices[at].key, self->stage))
    at++;
  at += keyval == GDK_KEY_Right ? 1 : -1;
  if (at >= 0 && choices[at].key != NULL)
    g_signal_emit (self, signals[MOVED], 0, application, choices[at].key);
  return GDK_EVENT_STOP;
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, DureStageColumn *self)
{
  DureRecord *application = g_value_get_object (value);

  if (application == NULL || dure_record_get_entity (application)->id != DURE_ENTITY_APPLICATION
      || g_strcmp0 (dure_record_get (application, DURE_APPLICATION_STAGE), self->stage) == 0)
    return FALSE;
  g_signal_emit (self, signals[MOVED], 0, application, self->stage);
  return TRUE;
}

static void
dure_stage_column_dispose (GObject *object)
{
  DureStageColumn *self = DURE_STAGE_COLUMN (object);

  if (self->view != NULL)
    gtk_list_view_set_model (GTK_LIST_VIEW (self->view), NULL);
  self->view = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dure_stage_column_parent_class)->dispose (object);
}

static void
dure_stage_column_finalize (GObject *object)
{
  g_free (DURE_STAGE_COLUMN (object)->stage);
  G_OBJECT_CLASS (dure_stage_column_parent_class)->finalize (object);
}

static void
dure_stage_column_class_init (DureStageColumnClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_stage_column_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_stage_column_finalize;
  signals[OPENED]
      = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, DURE_TYPE_RECORD);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 DURE_TYPE_RECORD, G_TYPE_STRING);
}

static void
dure_stage_column_init (DureStageColumn *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dure-stage");
}

static DureQuery *
make_query (DureStageColumn *self, const char *call)
{
  DureQuery *query = dure_query_new (DURE_ENTITY_APPLICATION);

  dure_query_where (query, DURE_APPLICATION_STAGE, DURE_EQUAL, self->stage);
  if (call != NULL)
    dure_query_where (query, DURE_APPLICATION_CALL, DURE_EQUAL, call);
  dure_query_sort (query, DURE_SORT_TITLE, FALSE);
  return query;
}

/** dure_stage_column_new: @stage: key of the stage. Returns: (transfer floating): its column */
GtkWidget *
dure_stage_column_new (DureDesk *desk, const char *stage)
{
  DureStageColumn    *self = g_object_new (DURE_TYPE_STAGE_COLUMN, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget          *scrolled = gtk_scrolled_window_new ();
  GtkEventController *controller;
  g_autoptr (DureQuery) query = NULL;

  self->desk = g_object_ref (desk);
  self->stage = g_strdup (stage);
  query = make_query (self, NULL);
  self->list = dure_record_list_new (dure_desk_get_store (desk), dure_desk_get_reader (desk), query);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->view = gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), factory);
  gtk_widget_add_css_class (self->view, "dure-cards");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  dure_choice_label (dure_field_choice (stages (), stage)), -1);
  g_signal_connect (self->view, "activate", G_CALLBACK (activate_cb), self);
  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->view, controller);
  controller = GTK_EVENT_CONTROLLER (gtk_drop_target_new (DURE_TYPE_RECORD, GDK_ACTION_MOVE));
  g_signal_connect (controller, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_set_margin_start (self->title, 6);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self), self->title);
  gtk_box_append (GTK_BOX (self), scrolled);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
  show_title (self);
  return GTK_WIDGET (self);
}

/** dure_stage_column_set_call: (nullable): only the applications to this call. */
void
dure_stage_column_set_call (DureStageColumn *self, const char *call)
{
  g_autoptr (DureQuery) query = NULL;

  g_return_if_fail (DURE_IS_STAGE_COLUMN (self));

  query = make_query (self, call);
  dure_record_list_set_query (self->list, query);
}
