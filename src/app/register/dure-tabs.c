/* dure-tabs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-register"

#include "config.h"

#include "app/register/dure-tabs.h"

struct _DureTabs
{
  AdwBin parent_instance;

  DureTabFunc func;
  gpointer    user_data;
  GtkWidget  *stack;
  GtkWidget  *switcher;
};

G_DEFINE_FINAL_TYPE (DureTabs, dure_tabs, ADW_TYPE_BIN)

static guint shown_signal;

static GtkWidget *
make_content (DureTabs *self)
{
  GtkWidget *place = gtk_stack_get_visible_child (GTK_STACK (self->stack));
  GtkWidget *content;

  if (place == NULL)
    return NULL;
  content = adw_bin_get_child (ADW_BIN (place));
  if (content == NULL)
    {
      content = self->func (dure_tabs_get_entity (self), self->user_data);
      adw_bin_set_child (ADW_BIN (place), content);
    }
  return content;
}

static void
shown_cb (DureTabs *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    make_content (self);
  g_signal_emit (self, shown_signal, 0);
}

static void
dure_tabs_map (GtkWidget *widget)
{
  make_content (DURE_TABS (widget));
  GTK_WIDGET_CLASS (dure_tabs_parent_class)->map (widget);
}

static void
dure_tabs_dispose (GObject *object)
{
  g_clear_object (&DURE_TABS (object)->switcher);
  G_OBJECT_CLASS (dure_tabs_parent_class)->dispose (object);
}

static void
dure_tabs_class_init (DureTabsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dure_tabs_dispose;
  GTK_WIDGET_CLASS (klass)->map = dure_tabs_map;

  /** DureTabs::shown: another tab is shown. */
  shown_signal = g_signal_new ("shown", DURE_TYPE_TABS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dure_tabs_init (DureTabs *self)
{
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  self->switcher = g_object_ref_sink (gtk_stack_switcher_new ());
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (self->switcher), GTK_STACK (self->stack));
  adw_bin_set_child (ADW_BIN (self), self->stack);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
}

/** dure_tabs_new: @func: makes a tab's content when it is first shown. */
GtkWidget *
dure_tabs_new (DureTabFunc func, gpointer user_data)
{
  DureTabs *self = g_object_new (DURE_TYPE_TABS, NULL);

  self->func = func;
  self->user_data = user_data;
  return GTK_WIDGET (self);
}

/** dure_tabs_add: a tab for @entity. */
void
dure_tabs_add (DureTabs *self, DureEntityId entity, const char *title)
{
  g_return_if_fail (DURE_IS_TABS (self));

  gtk_stack_add_titled (GTK_STACK (self->stack), adw_bin_new (), dure_entity (entity)->key, title);
}

/** dure_tabs_get_switcher: (transfer none): for the header bar. */
GtkWidget *
dure_tabs_get_switcher (DureTabs *self)
{
  g_return_val_if_fail (DURE_IS_TABS (self), NULL);

  return self->switcher;
}

/** dure_tabs_show: (transfer none): shows the tab of @entity and returns its content. */
GtkWidget *
dure_tabs_show (DureTabs *self, DureEntityId entity)
{
  g_return_val_if_fail (DURE_IS_TABS (self), NULL);

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), dure_entity (entity)->key);
  return make_content (self);
}

/** dure_tabs_get_content: (transfer none) (nullable): content of the tab that is shown. */
GtkWidget *
dure_tabs_get_content (DureTabs *self)
{
  g_return_val_if_fail (DURE_IS_TABS (self), NULL);

  return make_content (self);
}

/** dure_tabs_get_entity: of the tab that is shown. */
DureEntityId
dure_tabs_get_entity (DureTabs *self)
{
  const DureEntity *entity;

  g_return_val_if_fail (DURE_IS_TABS (self), 0);

  entity = dure_entity_by_key (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)));
  return entity != NULL ? entity->id : 0;
}

/** dure_tabs_has: whether there is a tab of @entity. */
gboolean
dure_tabs_has (DureTabs *self, DureEntityId entity)
{
  g_return_val_if_fail (DURE_IS_TABS (self), FALSE);

  return gtk_stack_get_child_by_name (GTK_STACK (self->stack), dure_entity (entity)->key) != NULL;
}
