/* dure-cli-output.h: aligned columns and JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "cli/dure-cli.h"

G_BEGIN_DECLS

typedef struct _DureCliTable DureCliTable;

guint         dure_cli_text_width (const char *text);
void          dure_cli_put_padded (FILE *out, const char *text, guint width);
DureCliTable *dure_cli_table_new (guint n_columns);
void          dure_cli_table_free (DureCliTable *self);
void          dure_cli_table_add (DureCliTable *self, const char *cell);
void          dure_cli_table_print (DureCliTable *self, FILE *out);

char *dure_cli_stamp_time (const char *stamp);

void dure_cli_json_member (JsonBuilder *builder, const char *name, const char *text);
void dure_cli_json_value (JsonBuilder *builder, const DureField *field, const char *value);
void dure_cli_json_record (JsonBuilder *builder, DureRecord *record);
void dure_cli_json_print (JsonBuilder *builder, FILE *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureCliTable, dure_cli_table_free)

G_END_DECLS
