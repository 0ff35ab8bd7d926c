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
  const char *key;
  const char *value; /* canonical text, NULL for none */
  const char *was;   /* what it replaced on this device; not on the wire */
  const char *seen;  /* stamp of the value that it replaced, NULL when there was none */
} DureChangeField;

typedef struct _DureChangeRoom DureChangeRoom;

/** DureChange: `{"stamp","entity","id","set":{field:value},"seen":{field:stamp},"by"}`. Its texts, and those of its fields,
 *  stand in room of its own and live as long as it; dure_change_keep() puts one there. */
typedef struct
{
  const char     *stamp;
  const char     *entity; /* key; may be one that this program does not know */
  const char     *id;
  const char     *by;
  GPtrArray      *fields; /* of DureChangeField */
  gint64          seq;    /* journal number on a device, sequence number on the server; 0 for none */
  const char     *back;   /* device that brought it back for its author, NULL for none */
  gboolean        part;   /* it came in a snapshot: what it replaced is not known */
  GHashTable     *knew;   /* field key -> stamp: all that the author's device had of the record; NULL when not known */
  DureChangeRoom *room;
} DureChange;

DureChange      *dure_change_new (const char *stamp, const char *entity, const char *id, const char *by);
DureChange      *dure_change_new_sized (gsize room);
char            *dure_change_reserve (DureChange *self, gsize size);
const char      *dure_change_keep (DureChange *self, const char *text);
DureChangeField *dure_change_add (DureChange *self, const char *key, const char *value, const char *seen);
DureChangeField *dure_change_add_kept (DureChange *self, const char *key, const char *value, const char *seen);
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
