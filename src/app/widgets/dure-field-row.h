/* dure-field-row.h: one field of the table as a row of a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * dure_field_row_new() picks the kind of row by the type of the field; all kinds share this class. A row keeps the
 * canonical value that is stored and, apart from it, what the user is typing. The typed text is taken when the row is
 * left or Enter is pressed, never while a syllable is being composed. A wrong value stays as it was typed, with a
 * sentence beneath, and is not taken.
 */
#pragma once

#include <adwaita.h>

#include "app/shell/dure-desk.h"

G_BEGIN_DECLS

#define DURE_TYPE_FIELD_ROW (dure_field_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (DureFieldRow, dure_field_row, DURE, FIELD_ROW, AdwPreferencesRow)

struct _DureFieldRowClass
{
  AdwPreferencesRowClass parent_class;

  /* Builds the editor; called once. */
  void (*build) (DureFieldRow *self);
  /* Shows a canonical value, NULL for none. */
  void (*show_value) (DureFieldRow *self, const char *value);
  /* What the editor holds, as dure_field_parse() reads it; transfer full. */
  char *(*get_typed) (DureFieldRow *self);
  /* The canonical value that @typed stands for although it is not whole, or NULL; transfer full. */
  char *(*complete) (DureFieldRow *self, const char *typed);
  /* Shows text as the user typed it, when a form comes back to it; NULL where only good values can be entered. */
  void (*set_typed) (DureFieldRow *self, const char *typed);
};

GtkWidget       *dure_field_row_new (DureDesk *desk, DureEntityId entity, guint field);
DureDesk        *dure_field_row_get_desk (DureFieldRow *self);
const DureField *dure_field_row_get_field (DureFieldRow *self);
guint            dure_field_row_get_number (DureFieldRow *self);
const char      *dure_field_row_get_value (DureFieldRow *self);
void             dure_field_row_set_value (DureFieldRow *self, const char *value);
gboolean         dure_field_row_commit (DureFieldRow *self);
void             dure_field_row_revert (DureFieldRow *self);
char            *dure_field_row_get_draft (DureFieldRow *self);
void             dure_field_row_set_draft (DureFieldRow *self, const char *typed, const char *sentence);
const char      *dure_field_row_get_error (DureFieldRow *self);
void             dure_field_row_set_error (DureFieldRow *self, const char *sentence);
void             dure_field_row_show_saved (DureFieldRow *self);
void             dure_field_row_set_read_only (DureFieldRow *self, gboolean read_only);

/* For the kinds of rows only. */
void       dure_field_row_set_editor (DureFieldRow *self, GtkWidget *editor, GtkWidget *focus, gboolean beneath);
void       dure_field_row_watch_text (DureFieldRow *self, GtkWidget *text);

G_END_DECLS
