/* dure-change.h: one change of one record, as the journal keeps it and the wire carries it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DURE_CHANGE_DELETED: the pseudo-field whose value "1" says that the record is deleted. */
#define DURE_CHANGE_DELETED "deleted"

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
} DureChange;

DureChange      *dure_change_new (const char *stamp, const char *entity, const char *id, const char *by);
DureChangeField *dure_change_add (DureChange *self, const char *key, const char *value, const char *seen);
DureChangeField *dure_change_find (DureChange *self, const char *key);
DureChange      *dure_change_copy (const DureChange *self);
void             dure_change_free (DureChange *self);
void             dure_json_append_string (GString *out, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureChange, dure_change_free)

G_END_DECLS
