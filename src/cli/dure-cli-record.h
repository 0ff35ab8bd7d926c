/* dure-cli-record.h: entities, records and FIELD=VALUE as typed on a command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/dure-cli.h"
#include "exchange/dure-links.h"

G_BEGIN_DECLS

const DureEntity *dure_cli_entity (DureCli *cli, const char *typed, int *status);
DureRecord *
dure_cli_find (DureStore *store, const DureEntity *entity, const char *typed, gboolean deleted_too, GError **error);
gboolean   dure_cli_assign (DureCli *cli, DureStore *store, DureRecord *record, guint first, int *status);
DureQuery *dure_cli_query (DureCli *cli, DureStore *store, const DureEntity *entity, guint first, int *status);
const char *dure_cli_field_name (const DureEntity *entity, const char *key);
char       *dure_cli_shown_value (DureStore *store, const DureEntity *entity, const char *key, const char *value);

G_END_DECLS
