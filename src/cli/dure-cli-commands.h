/* dure-cli-commands.h: the commands of durectl, one file each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/dure-cli.h"

G_BEGIN_DECLS

extern const DureCliOption dure_cli_backup_options[];
extern const DureCliOption dure_cli_backups_options[];
extern const DureCliOption dure_cli_brief_options[];
extern const DureCliOption dure_cli_check_options[];
extern const DureCliOption dure_cli_enrol_options[];
extern const DureCliOption dure_cli_sync_options[];
extern const DureCliOption dure_cli_export_options[];
extern const DureCliOption dure_cli_fetch_options[];
extern const DureCliOption dure_cli_import_options[];
extern const DureCliOption dure_cli_list_options[];
extern const DureCliOption dure_cli_purge_options[];
extern const DureCliOption dure_cli_merge_options[];
extern const DureCliOption dure_cli_search_options[];

extern const DureCliCommand dure_cli_bundle_commands[];
extern const DureCliCommand dure_cli_network_commands[];

int dure_cli_add (DureCli *cli);
int dure_cli_attach (DureCli *cli);
int dure_cli_attachments (DureCli *cli);
int dure_cli_backup (DureCli *cli);
int dure_cli_backups (DureCli *cli);
int dure_cli_brief (DureCli *cli);
int dure_cli_check (DureCli *cli);
int dure_cli_conflicts (DureCli *cli);
int dure_cli_detach (DureCli *cli);
int dure_cli_duplicates (DureCli *cli);
int dure_cli_enrol (DureCli *cli);
int dure_cli_export (DureCli *cli);
int dure_cli_export_all (DureCli *cli, const char *directory);
int dure_cli_exports (DureCli *cli);
int dure_cli_fetch (DureCli *cli);
int dure_cli_history (DureCli *cli);
int dure_cli_holidays (DureCli *cli);
int dure_cli_import (DureCli *cli);
int dure_cli_init (DureCli *cli);
int dure_cli_list (DureCli *cli);
int dure_cli_purge (DureCli *cli);
int dure_cli_merge (DureCli *cli);
int dure_cli_redo (DureCli *cli);
int dure_cli_remove (DureCli *cli);
int dure_cli_restore (DureCli *cli);
int dure_cli_restore_record (DureCli *cli);
int dure_cli_restore_value (DureCli *cli);
int dure_cli_sample (DureCli *cli);
int dure_cli_search (DureCli *cli);
int dure_cli_set (DureCli *cli);
int dure_cli_show (DureCli *cli);
int dure_cli_sync (DureCli *cli);
int dure_cli_undo (DureCli *cli);

G_END_DECLS
