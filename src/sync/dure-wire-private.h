/* dure-wire-private.h: what the reader of lines is made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/dure-wire.h"

G_BEGIN_DECLS

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  DureChange *change; /* keeps the texts */
  const char *wrong;  /* what is wrong, in a few words for whoever keeps the other side; NULL while all is well */
} DureWireReader;

static inline gboolean
dure_wire_refuse (DureWireReader *r, const char *why)
{
  if (r->wrong == NULL)
    r->wrong = why;
  return FALSE;
}

static inline void
dure_wire_skip_space (DureWireReader *r)
{
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\r'))
    r->at++;
}

static inline gboolean
dure_wire_take (DureWireReader *r, char c)
{
  dure_wire_skip_space (r);
  if (r->at >= r->end || *r->at != c)
    return FALSE;
  r->at++;
  return TRUE;
}

const char *dure_wire_read_string (DureWireReader *r);
gboolean    dure_wire_read_name (DureWireReader *r, char name[DURE_WIRE_MAX_KEY + 2]);
gboolean    dure_wire_read_word (DureWireReader *r, const char *word);
gboolean    dure_wire_read_integer (DureWireReader *r, gint64 *value);
gboolean    dure_wire_skip_value (DureWireReader *r);
gboolean    dure_wire_is_utf8 (const char *text, gsize length);

G_END_DECLS
