/* dure-error.h: the one error domain; messages are whole sentences in the user's language
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DURE_ERROR (dure_error_quark ())

/**
 * DureError:
 * @DURE_ERROR_FAILED: anything without a code of its own
 * @DURE_ERROR_INVALID: a value is not allowed; the message names the field
 * @DURE_ERROR_NOT_FOUND: no such record, entity, field or file
 * @DURE_ERROR_EXISTS: there is one already
 * @DURE_ERROR_DAMAGED: the store or a file is damaged; it was not written
 * @DURE_ERROR_NEWER: the store was made by a newer program; it was not written
 * @DURE_ERROR_FULL: no room on the disk; nothing was written
 * @DURE_ERROR_BUSY: another program holds the store
 * @DURE_ERROR_READ_ONLY: the store is open for reading
 * @DURE_ERROR_UNREACHABLE: no server, or the connection broke
 * @DURE_ERROR_DENIED: wrong password, revoked token, or not allowed
 * @DURE_ERROR_PROTOCOL: the other side said something that is not the protocol
 */
typedef enum
{
  DURE_ERROR_FAILED,
  DURE_ERROR_INVALID,
  DURE_ERROR_NOT_FOUND,
  DURE_ERROR_EXISTS,
  DURE_ERROR_DAMAGED,
  DURE_ERROR_NEWER,
  DURE_ERROR_FULL,
  DURE_ERROR_BUSY,
  DURE_ERROR_READ_ONLY,
  DURE_ERROR_UNREACHABLE,
  DURE_ERROR_DENIED,
  DURE_ERROR_PROTOCOL,
} DureError;

GQuark dure_error_quark (void);
void   dure_set_error (GError **error, DureError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
