/* dure-change.h: one change of one record, as the journal keeps it and the wire carries it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "schema/dure-schema.h"

G_BEGIN_DECLS

/** DURE_CHANGE_DELETED: the pseudo-field whose value "1" says that the record is deleted. */
#define DURE_CHANGE_DELETED "deleted"

/** DURE_CHANGE_PURGED: the pseudo-field of a purge. Its value is a key of dure_purge_reasons(); that it has one is
 *  final: whatever else is said of the record, before or after, says nothing any more. A change that sets it to nothing
 *  is what is left of another, and says nothing. */
#define DURE_CHANGE_PURGED "purged"

/** DureChangeField: one field that a change sets. Keys are text, so that fields of newer programs pass through. */
typedef struct
{
  char *key;
  char *value;   /* canonical text, NULL for none */
  char *was;     /* what it replaced on this device; not on the wire */
  char *seen;    /* stamp of the value that it replaced, NULL when there was none */
} DureChangeField;

/** DureChange: `{"stamp","entity","id","set":{field:value},"seen":{field:stamp},"by"}`. */
typedef struct
{
  char      *stamp;
  char      *entity; /* key; may be one that this program does not know */
  char      *id;
  char      *by;
  GPtrArray *fields; /* of DureChangeField */
  gint64     seq;    /* journal number on a device, sequence number on the server; 0 for none */
  char      *back;   /* device that brought it back for its author, NULL for none */
  gboolean   part;   /* it came in a snapshot: what it replaced is not known */
  GHashTable *knew;  /* field key -> stamp: all that the author's device had of the record; NULL when not known */
} DureChange;

DureChange      *dure_change_new (const char *stamp, const char *entity, const char *id, const char *by);
DureChangeField *dure_change_add (DureChange *self, const char *key, const char *value, const char *seen);
DureChangeField *dure_change_find (DureChange *self, const char *key);
void             dure_change_add_known (DureChange *self, const char *key, const char *stamp);
DureChange      *dure_change_copy (const DureChange *self);
void             dure_change_free (DureChange *self);
gboolean         dure_change_is_purge (const DureChange *self);
gboolean         dure_change_is_void (const DureChange *self);
void             dure_change_set_purge (DureChange *self, const char *reason);
void             dure_change_make_void (DureChange *self);
const DureChoice *dure_purge_reasons (void);
const char       *dure_purge_reason_label (const char *reason);
void             dure_json_append_string (GString *out, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureChange, dure_change_free)

G_END_DECLS
