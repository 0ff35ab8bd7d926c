/* dure-palette.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-palette.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-palette-item.h"
#include "app/widgets/dure-dialog.h"

#define MAX_HITS 40
#define PAGE_ROWS 6

struct _DurePalette
{
  AdwWindow           parent_instance;

  GtkEditable        *entry;
  GtkLabel           *suggestion;
  GtkWidget          *suggestion_revealer;
  GtkStack           *stack;
  GtkListView        *list;
  GtkSingleSelection *selection;

  GListStore         *items;
  DureWindow         *window; /* weak */
  GCancellable       *cancellable;
  char               *preedit; /* what the input method composes, not yet in the entry */
  char               *text;    /* what the items answer, or will */
  gboolean            running;
  gboolean            again;
};

G_DEFINE_FINAL_TYPE (DurePalette, dure_palette, ADW_TYPE_WINDOW)

/* What a search found. */
typedef struct
{
  GPtrArray *hits; /* of DureHit */
  char      *suggestion;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->hits, g_ptr_array_unref);
  g_free (found->suggestion);
  g_free (found);
}

static gpointer
find (DureStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) hits = NULL;
  char  *suggestion = NULL;
  Found *found;

  hits = dure_store_search (store, data, 2 * MAX_HITS, &suggestion, error);
  if (hits == NULL)
    return NULL;
  found = g_new0 (Found, 1);
  found->suggestion = suggestion;
  found->hits = g_steal_pointer (&hits);
  /* A city has as many dongs as agencies named after them: regions come last, else the order of the search stands. */
  for (guint i = 0, left = found->hits->len; left > 0; left--)
    if (((DureHit *) g_ptr_array_index (found->hits, i))->entity == DURE_ENTITY_REGION)
      g_ptr_array_add (found->hits, g_ptr_array_steal_index (found->hits, i));
    else
      i++;
  if (found->hits->len > MAX_HITS)
    g_ptr_array_set_size (found->hits, MAX_HITS);
  return found;
}

static void start_search (DurePalette *self);

static void
show_items (DurePalette *self, GPtrArray *items)
{
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "list" : "nothing");
  if (items->len > 0)
    {
      gtk_single_selection_set_selected (self->selection, 0);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
    }
}

static void
append_commands (GPtrArray *items, const char *text)
{
  g_autoptr (GPtrArray) commands = dure_palette_commands (text);

  for (guint i = 0; i < commands->len; i++)
    g_ptr_array_add (items, g_object_ref (g_ptr_array_index (commands, i)));
}

static void
show_found (DurePalette *self, Found *found)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < found->hits->len; i++)
    {
      DureHit         *hit = g_ptr_array_index (found->hits, i);
      DurePaletteItem *item = dure_palette_item_new_record (hit->entity, hit->id, hit->title, hit->detail);

      item->match_start = hit->match_start;
      item->match_end = hit->match_end;
      g_ptr_array_add (items, item);
    }
  append_commands (items, self->text);
  show_items (self, items);
  if (found->suggestion != NULL)
    {
      /* Translators: the first is Hangul, the second the same keys as Latin letters, as typed */
      sentence = g_strdup_printf (_ ("Found by “%s” (%s)"), found->suggestion, self->text);
      gtk_label_set_label (self->suggestion, sentence);
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->suggestion_revealer), found->suggestion != NULL);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DurePalette) self = user_data;
  g_autoptr (GError) error = NULL;
  Found *found = dure_store_thread_run_finish (result, &error);

  self->running = FALSE;
  /* Only the answer to what stands in the entry now is worth showing. */
  if (found != NULL && !self->again && self->window != NULL && *self->text != '\0')
    show_found (self, found);
  if (found != NULL)
    found_free (found);
  if (error != NULL && self->window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dure_window_error (self->window, error->message);
  if (self->again && dure_dialog_is_open (self))
    start_search (self);
}

/* Before anything is typed: what was open lately, then the commands. */
static void
show_start (DurePalette *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *recent = self->window != NULL ? dure_window_get_recent (self->window) : NULL;
  DureDesk  *desk = self->window != NULL ? dure_window_get_desk (self->window) : NULL;

  for (guint i = 0; desk != NULL && i < recent->len; i++)
    {
      DureRecent      *one = g_ptr_array_index (recent, i);
      g_autofree char *title = dure_store_title (dure_desk_get_store (desk), one->entity, one->id);

      if (title != NULL && *title != '\0')
        g_ptr_array_add (items, dure_palette_item_new_record (one->entity, one->id, title,
                                                              dure_entity_label (dure_entity (one->entity))));
    }
  append_commands (items, "");
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->suggestion_revealer), FALSE);
  show_items (self, items);
}

/* One search runs at a time; what is typed meanwhile waits for it, and only the latest is searched. */
static void
start_search (DurePalette *self)
{
  DureDesk *desk = self->window != NULL ? dure_window_get_desk (self->window) : NULL;

  self->again = FALSE;
  if (desk == NULL)
    return;
  if (*self->text == '\0')
    {
      show_start (self);
      return;
    }
  self->running = TRUE;
  dure_store_thread_run_async (dure_desk_get_reader (desk), find, g_strdup (self->text), g_free, found_free,
                               self->cancellable, found_cb, g_object_ref (self));
}

/* The entry's text with what is being composed at the cursor: consonants find before they are a syllable. */
static void
text_changed_cb (DurePalette *self)
{
  const char      *typed = gtk_editable_get_text (self->entry);
  const char      *cursor = g_utf8_offset_to_pointer (typed, gtk_editable_get_position (self->entry));
  g_autofree char *whole = g_strdup_printf ("%.*s%s%s", (int) (cursor - typed), typed,
                                            self->preedit != NULL ? self->preedit : "", cursor);

  g_strstrip (whole);
  if (g_strcmp0 (whole, self->text) == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&whole);
  if (self->running)
    self->again = TRUE;
  else
    start_search (self);
}

static void
preedit_changed_cb (GtkText *text, const char *preedit, DurePalette *self)
{
  g_free (self->preedit);
  self->preedit = g_strdup (preedit);
  text_changed_cb (self);
}

static void
activate_item (DurePalette *self, DurePaletteItem *item)
{
  g_autofree char     *name = NULL;
  g_autoptr (GVariant) target = NULL;
  DureWindow          *window = self->window;

  if (item == NULL || !g_action_parse_detailed_name (item->action, &name, &target, NULL))
    return;
  gtk_window_close (GTK_WINDOW (self));
  if (window != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (window), name, target);
}

static void
entry_activated_cb (DurePalette *self)
{
  activate_item (self, gtk_single_selection_get_selected_item (self->selection));
}

static void
row_activated_cb (DurePalette *self, guint position)
{
  g_autoptr (DurePaletteItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  activate_item (self, item);
}

static void
move_selection (DurePalette *self, int by)
{
  int n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  int selected = gtk_single_selection_get_selected (self->selection);
  int target = selected + by;

  if (n_items == 0)
    return;
  /* Single steps go round, pages stop at the ends. */
  if (by == 1 || by == -1)
    target = (target + n_items) % n_items;
  target = CLAMP (target, 0, n_items - 1);
  gtk_single_selection_set_selected (self->selection, target);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", target);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                DurePalette           *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Down:
      move_selection (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      move_selection (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      move_selection (self, PAGE_ROWS);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      move_selection (self, -PAGE_ROWS);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* A click beside the palette is enough to leave it. */
static void
is_active_cb (DurePalette *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !gtk_window_is_active (GTK_WINDOW (self)) && self->text != NULL &&
      g_object_get_data (G_OBJECT (self), "dure-was-active") != NULL)
    gtk_window_close (GTK_WINDOW (self));
  if (gtk_window_is_active (GTK_WINDOW (self)))
    g_object_set_data (G_OBJECT (self), "dure-was-active", GINT_TO_POINTER (1));
}

/* One click is enough. In the list's own single-click mode a resting pointer takes the selection from the keys. */
static void
row_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *list_item)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture))));

  activate_item (DURE_PALETTE (root), gtk_list_item_get_item (list_item));
}

/* Rows: an icon, two lines, a key; few labels, for they are many. */
static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget  *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget  *image = gtk_image_new ();
  GtkWidget  *title = gtk_label_new (NULL);
  GtkWidget  *detail = gtk_label_new (NULL);
  GtkWidget  *key = gtk_label_new (NULL);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (row_released_cb), list_item, 0);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (click));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_add_css_class (key, "caption");
  gtk_widget_add_css_class (key, "dim-label");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), title);
  gtk_box_append (GTK_BOX (lines), detail);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), key);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  DurePaletteItem *item = gtk_list_item_get_item (list_item);
  GtkWidget       *box = gtk_list_item_get_child (list_item);
  GtkWidget       *image = gtk_widget_get_first_child (box);
  GtkWidget       *lines = gtk_widget_get_next_sibling (image);
  GtkWidget       *title = gtk_widget_get_first_child (lines);
  GtkWidget       *detail = gtk_widget_get_next_sibling (title);
  GtkWidget       *key = gtk_widget_get_next_sibling (lines);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  gtk_image_set_from_icon_name (GTK_IMAGE (image), item->icon);
  gtk_label_set_label (GTK_LABEL (title), item->title);
  if (item->match_end > item->match_start)
    {
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = item->match_start;
      bold->end_index = item->match_end;
      pango_attr_list_insert (attributes, bold);
    }
  gtk_label_set_attributes (GTK_LABEL (title), attributes);
  gtk_label_set_label (GTK_LABEL (detail), item->detail != NULL ? item->detail : "");
  gtk_widget_set_visible (detail, item->detail != NULL && *item->detail != '\0');
  if (item->accelerator != NULL)
    {
      guint            keyval;
      GdkModifierType  modifiers;
      g_autofree char *label = NULL;

      gtk_accelerator_parse (item->accelerator, &keyval, &modifiers);
      label = gtk_accelerator_get_label (keyval, modifiers);
      gtk_label_set_label (GTK_LABEL (key), label);
    }
  gtk_widget_set_visible (key, item->accelerator != NULL);
}

static void
dure_palette_dispose (GObject *object)
{
  DurePalette *self = DURE_PALETTE (object);

  self->again = FALSE;
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (dure_palette_parent_class)->dispose (object);
}

static void
dure_palette_finalize (GObject *object)
{
  DurePalette *self = DURE_PALETTE (object);

  g_clear_object (&self->items);
  g_clear_object (&self->cancellable);
  g_free (self->preedit);
  g_free (self->text);
  G_OBJECT_CLASS (dure_palette_parent_class)->finalize (object);
}

static void
dure_palette_class_init (DurePaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dure_palette_dispose;
  G_OBJECT_CLASS (klass)->finalize = dure_palette_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/kr/dure/Dure/shell/dure-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, DurePalette, entry);
  gtk_widget_class_bind_template_child (widget_class, DurePalette, suggestion);
  gtk_widget_class_bind_template_child (widget_class, DurePalette, suggestion_revealer);
  gtk_widget_class_bind_template_child (widget_class, DurePalette, stack);
  gtk_widget_class_bind_template_child (widget_class, DurePalette, list);
  gtk_widget_class_bind_template_child (widget_class, DurePalette, selection);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_active_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dure_palette_init (DurePalette *self)
{
  self->items = g_list_store_new (DURE_TYPE_PALETTE_ITEM);
  self->cancellable = g_cancellable_new ();
  dure_dialog_cancel_closed (GTK_WINDOW (self), self->cancellable);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->items));
  g_signal_connect_object (gtk_editable_get_delegate (self->entry), "preedit-changed", G_CALLBACK (preedit_changed_cb),
                           self, 0);
}

/** dure_palette_new: a palette that finds in the store of @window and acts on @window. */
GtkWidget *
dure_palette_new (DureWindow *window)
{
  DurePalette *self = g_object_new (DURE_TYPE_PALETTE, NULL);

  g_set_weak_pointer (&self->window, window);
  text_changed_cb (self);
  return GTK_WIDGET (self);
}

/** dure_palette_set_text: as if @text was typed. */
void
dure_palette_set_text (DurePalette *self, const char *text)
{
  g_return_if_fail (DURE_IS_PALETTE (self));

  gtk_editable_set_text (self->entry, text);
}

/** dure_palette_is_busy: whether a search runs, and the items answer an older text. */
gboolean
dure_palette_is_busy (DurePalette *self)
{
  g_return_val_if_fail (DURE_IS_PALETTE (self), FALSE);

  return self->running;
}

/** dure_palette_get_items: (transfer none): the lines, of DurePaletteItem. */
GListModel *
dure_palette_get_items (DurePalette *self)
{
  g_return_val_if_fail (DURE_IS_PALETTE (self), NULL);

  return G_LIST_MODEL (self->items);
}

/** dure_palette_activate: does what Enter does. */
void
dure_palette_activate (DurePalette *self)
{
  g_return_if_fail (DURE_IS_PALETTE (self));

  entry_activated_cb (self);
}
