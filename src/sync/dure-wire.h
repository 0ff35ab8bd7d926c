/* dure-wire.h: what goes between device and server, version 1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "schema/dure-change.h"

G_BEGIN_DECLS

#define DURE_WIRE_VERSION 1
#define DURE_WIRE_MAX_LINE (4 * 1024 * 1024)
#define DURE_WIRE_MAX_VALUE (1024 * 1024)
#define DURE_WIRE_MAX_FIELDS 256
#define DURE_WIRE_MAX_KEY 64
#define DURE_WIRE_MAX_BY 800
#define DURE_WIRE_TYPE "application/x-dure-lines"

/**
 * DureWireKind:
 * @DURE_WIRE_CHANGE: a change
 * @DURE_WIRE_START: the first line of an answer of many lines
 * @DURE_WIRE_END: the last line of one; without it the answer broke off
 */
typedef enum
{
  DURE_WIRE_CHANGE,
  DURE_WIRE_START,
  DURE_WIRE_END,
} DureWireKind;

/** DureWireLine: one line, taken apart. */
typedef struct
{
  DureWireKind kind;
  DureChange  *change; /* CHANGE only */
  gint64       key;    /* CHANGE: number of the record that is complete with this line, 0 for none */
  gint64       seq;    /* START and END: sequence number of the server */
  gint64       epoch;
  gint64       total; /* START: how many records or changes are to come, as far as is known */
  gint64       now;   /* END: the server's clock in milliseconds */
  gboolean     more;  /* END: ask again at once */
  gint64       returning; /* START in a bundle: the changes behind it are brought back; the last number had before */
  char        *role;  /* START and END: what the account may do */
  char        *wanted; /* END: hashes of files that somebody lacks and the server too, with spaces between them, or NULL */
  char        *last;  /* START and END: stamp of the change with the number @seq; NULL when the server does not tell */
  const char  *problem; /* what was wrong with the line, by name; static */
} DureWireLine;

gboolean dure_wire_parse (const char *text, gsize length, DureWireLine *line, GError **error);
void     dure_wire_append (GString *out, const DureChange *change, gint64 seq, gint64 key);
void     dure_wire_append_start (GString *out, gint64 seq, gint64 epoch, gint64 total);
void     dure_wire_append_end (GString *out, gint64 seq, gint64 epoch, gint64 now, gboolean more, const char *role);
void     dure_wire_append_member (GString *out, const char *key, const char *value);
gboolean dure_wire_is_key (const char *key);
void     dure_wire_line_clear (DureWireLine *line);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureWireLine, dure_wire_line_clear)

G_END_DECLS
