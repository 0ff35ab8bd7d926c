/* dure-network-checks.h: a foldable group of conditions to tick, each with its count
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: `changed`, when the user has ticked one; `unfolded`, so that long groups are filled when they are looked at.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DURE_TYPE_NETWORK_CHECKS (dure_network_checks_get_type ())
G_DECLARE_FINAL_TYPE (DureNetworkChecks, dure_network_checks, DURE, NETWORK_CHECKS, AdwBin)

GtkWidget  *dure_network_checks_new (const char *title);
void        dure_network_checks_clear (DureNetworkChecks *self);
void        dure_network_checks_add (DureNetworkChecks *self, const char *key, const char *label, GtkWidget *mark);
guint       dure_network_checks_get_n (DureNetworkChecks *self);
gboolean    dure_network_checks_get_ticked (DureNetworkChecks *self, guint index);
void        dure_network_checks_set_ticked (DureNetworkChecks *self, guint index, gboolean ticked);
void        dure_network_checks_set_count (DureNetworkChecks *self, guint index, guint count);
guint       dure_network_checks_get_mask (DureNetworkChecks *self);
void        dure_network_checks_set_mask (DureNetworkChecks *self, guint mask);
char      **dure_network_checks_get_keys (DureNetworkChecks *self);
void        dure_network_checks_set_keys (DureNetworkChecks *self, const char *const *keys);
gboolean    dure_network_checks_get_expanded (DureNetworkChecks *self);
void        dure_network_checks_set_expanded (DureNetworkChecks *self, gboolean expanded);

G_END_DECLS
