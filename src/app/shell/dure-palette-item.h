/* dure-palette-item.h: one line of the palette: a record that was found, or a command
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

#define DURE_TYPE_PALETTE_ITEM (dure_palette_item_get_type ())
G_DECLARE_FINAL_TYPE (DurePaletteItem, dure_palette_item, DURE, PALETTE_ITEM, GObject)

struct _DurePaletteItem
{
  GObject     parent_instance;

  char       *title;
  char       *detail;      /* NULL for none */
  const char *icon;
  char       *action;      /* detailed name, activated on the window */
  const char *accelerator; /* NULL for none */
  gsize       match_start; /* the part of the title that was found, in bytes; empty for none */
  gsize       match_end;
};

DurePaletteItem *dure_palette_item_new_record (DureEntityId entity,
                                               const char  *id,
                                               const char  *title,
                                               const char  *detail);
GPtrArray       *dure_palette_commands (const char *text);

G_END_DECLS
