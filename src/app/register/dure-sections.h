/* dure-sections.h: what belongs to a record, as short lists of linked records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Read on the reader's thread; the detail pane shows them in this order, which is the order of a telephone call.
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/** DureSectionItem: one linked record. */
typedef struct
{
  DureEntityId entity;
  char        *id;
  char        *title;
  char        *detail; /* second line, or NULL */
  char        *note;   /* at the end: a telephone number, a reply, a count; or NULL */
} DureSectionItem;

/** DureSection: a heading and its records. */
typedef struct
{
  char        *title;
  char        *empty;     /* one line that stands for no records; NULL hides the section then */
  const char  *make;      /* label of the button that adds one, or NULL */
  DureEntityId entity;    /* what the button makes */
  int          field;     /* which of its fields is this record, -1 for none */
  GPtrArray   *items;     /* of DureSectionItem */
} DureSection;

GPtrArray *dure_sections_load (DureStore *store, DureEntityId entity, const char *id, GError **error);
char      *dure_sections_facts (DureStore *store, DureRecord *record);

G_END_DECLS
