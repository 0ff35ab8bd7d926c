/* dure-body-check.h: whether a body of the council is as the law asks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/dure-store.h"

G_BEGIN_DECLS

/** DureBodyCheck: a body as it stands today. */
typedef struct
{
  guint  seated;    /* seats that have begun and have not ended yet */
  guint  least;     /* 0 for no bound */
  guint  most;      /* 0 for no bound */
  GPtrArray *warnings; /* of char *: sentences with their article */
} DureBodyCheck;

DureBodyCheck *dure_body_check (DureStore *store, DureRecord *body, int today, GError **error);
void           dure_body_check_free (DureBodyCheck *check);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureBodyCheck, dure_body_check_free)

G_END_DECLS
