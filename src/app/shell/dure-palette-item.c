/* dure-palette-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-shell"

#include "config.h"

#include "app/shell/dure-palette-item.h"

#include <glib/gi18n-lib.h>

#include "app/shell/dure-place.h"
#include "app/shell/dure-shortcuts.h"
#include "app/widgets/dure-typed.h"

G_DEFINE_FINAL_TYPE (DurePaletteItem, dure_palette_item, G_TYPE_OBJECT)

/* Commands beside the places and what is made in them. */
static const struct
{
  const char *title;
  const char *icon;
  const char *action;
} commands[] = {
  { N_ ("Sync Now"), "emblem-synchronizing-symbolic", "win.sync-now" },
  { N_ ("Enrol This Computer"), "network-server-symbolic", "win.enrol" },
  { N_ ("Review Conflicts"), "dialog-warning-symbolic", "win.conflicts" },
  { N_ ("Purge Personal Data"), "user-trash-symbolic", "win.privacy" },
  { N_ ("Import a Spreadsheet"), "document-open-symbolic", "win.import" },
  { N_ ("Make a Backup"), "document-save-symbolic", "win.backup" },
  { N_ ("Export Everything"), "folder-symbolic", "win.export-all" },
  { N_ ("Undo"), "edit-undo-symbolic", "win.undo" },
  { N_ ("Redo"), "edit-redo-symbolic", "win.redo" },
  { N_ ("Preferences"), "preferences-system-symbolic", "win.preferences" },
  { N_ ("Keyboard Shortcuts"), "input-keyboard-symbolic", "win.shortcuts" },
  { N_ ("First Steps"), "help-about-symbolic", "win.help" },
};

static void
dure_palette_item_finalize (GObject *object)
{
  DurePaletteItem *self = DURE_PALETTE_ITEM (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->action);
  G_OBJECT_CLASS (dure_palette_item_parent_class)->finalize (object);
}

static void
dure_palette_item_class_init (DurePaletteItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dure_palette_item_finalize;
}

static void
dure_palette_item_init (DurePaletteItem *self)
{
}

/** dure_palette_item_new_record: a line that opens a record. */
DurePaletteItem *
dure_palette_item_new_record (DureEntityId entity, const char *id, const char *title, const char *detail)
{
  DurePaletteItem *self = g_object_new (DURE_TYPE_PALETTE_ITEM, NULL);

  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->icon = dure_entity_icon (entity);
  self->action = g_strdup_printf ("win.open(('%s', '%s'))", dure_entity (entity)->key, id);
  return self;
}

static void
add_command (GPtrArray *items, const char *text, const char *title, const char *icon, char *action)
{
  DurePaletteItem *item;
  gsize            start = 0, end = 0;

  if (*text != '\0' && !dure_typed_find (title, text, &start, &end))
    {
      g_free (action);
      return;
    }
  item = g_object_new (DURE_TYPE_PALETTE_ITEM, NULL);
  item->title = g_strdup (title);
  item->icon = icon;
  item->action = action;
  item->accelerator = dure_shortcuts_find (action);
  item->match_start = start;
  item->match_end = end;
  g_ptr_array_add (items, item);
}

/**
 * dure_palette_commands:
 * @text: what was typed; "" for all
 *
 * Returns: (transfer full) (element-type DurePaletteItem): the commands whose names hold @text
 */
GPtrArray *
dure_palette_commands (const char *text)
{
  GPtrArray       *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint            n_places;
  const DurePlace *places = dure_places (&n_places);

  for (guint i = 0; i < n_places; i++)
    if (places[i].make != NULL && !g_str_equal (places[i].key, "calendar"))
      add_command (items, text, _ (places[i].make), "list-add-symbolic",
                   g_strdup_printf ("win.make-in('%s')", places[i].key));
  for (guint i = 0; i < n_places; i++)
    add_command (items, text, _ (places[i].title), places[i].icon, g_strdup_printf ("win.go('%s')", places[i].key));
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    if (dure_entity (e)->merged_field >= 0)
      {
        g_autofree char *title = g_strdup_printf (_ ("Find Duplicates: %s"), dure_entity_plural (dure_entity (e)));

        add_command (items, text, title, "edit-copy-symbolic",
                     g_strdup_printf ("win.duplicates('%s')", dure_entity (e)->key));
      }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    add_command (items, text, _ (commands[i].title), commands[i].icon, g_strdup (commands[i].action));
  return items;
}
