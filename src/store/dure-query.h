/* dure-query.h: which records of one entity, in which order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "schema/dure-schema.h"

G_BEGIN_DECLS

/**
 * DureOperator:
 * @DURE_HAS: a set holds the value (all of them, when it is several); or a text, the label of a choice or the title of
 *   a linked record contains it (folded)
 * @DURE_LACKS: a set holds none of the values
 */
typedef enum
{
  DURE_EQUAL,
  DURE_NOT_EQUAL,
  DURE_LESS,
  DURE_AT_MOST,
  DURE_MORE,
  DURE_AT_LEAST,
  DURE_HAS,
  DURE_LACKS,
  DURE_IS_EMPTY,
  DURE_IS_SET,
} DureOperator;

#define DURE_SORT_TITLE (-1)

typedef struct _DureQuery DureQuery;

DureQuery   *dure_query_new (DureEntityId entity);
DureQuery   *dure_query_copy (const DureQuery *self);
void         dure_query_free (DureQuery *self);
DureEntityId dure_query_get_entity (const DureQuery *self);
void         dure_query_where (DureQuery *self, guint field, DureOperator op, const char *value);
void         dure_query_text (DureQuery *self, const char *text);
void         dure_query_sort (DureQuery *self, int field, gboolean descending);
void         dure_query_deleted (DureQuery *self, gboolean deleted);
void         dure_query_limit (DureQuery *self, guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureQuery, dure_query_free)

G_END_DECLS
