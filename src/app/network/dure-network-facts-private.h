/* dure-network-facts-private.h: shared by the files of the panel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/network/dure-network-facts.h"
#include "domain/dure-network-sentences.h"

G_BEGIN_DECLS

/* More rows than this end in «and 12 more»; the list has them all. */
#define DURE_FACTS_ROWS_MOST 30

struct _DureNetworkFacts
{
  AdwBin parent_instance;

  GtkBox      *box;
  DureNetwork *network;   /* what the panel speaks of */
  GtkBitset   *selection; /* of that network */
};

/* dure-network-facts.c */
GtkBox    *dure_facts_add_group (DureNetworkFacts *self, const char *title);
void       dure_facts_add_text (GtkBox *group, const char *text, const char *css_class, gboolean dim);
void       dure_facts_add_sentences (DureNetworkFacts *self, GtkBox *group, GPtrArray *sentences);
GtkWidget *dure_facts_new_list (void);
GtkWidget *dure_facts_new_button (const char *label, const char *action, GVariant *target);

/* dure-network-facts-agency.c */
void dure_facts_show_agency (DureNetworkFacts *self, DureNetworkModel *model, guint node);

/* dure-network-facts-several.c */
void dure_facts_show_several (DureNetworkFacts *self, DureNetworkModel *model);

/* dure-network-facts-change.c */
void dure_facts_show_change (DureNetworkFacts *self, const DureNetworkComparison *comparison);

G_END_DECLS
