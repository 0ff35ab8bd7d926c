/* dure-record.h: one record of any entity, as an object
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "schema/dure-schema.h"

G_BEGIN_DECLS

#define DURE_TYPE_RECORD (dure_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (DureRecord, dure_record, DURE, RECORD, GObject)

struct _DureRecordClass
{
  GObjectClass      parent_class;
  const DureEntity *entity;
};

DureRecord       *dure_record_new (DureEntityId entity);
DureRecord       *dure_record_copy (DureRecord *self);
void              dure_record_assign (DureRecord *self, DureRecord *from);
const DureEntity *dure_record_get_entity (DureRecord *self);
const char       *dure_record_get_id (DureRecord *self);
void              dure_record_set_id (DureRecord *self, const char *id);
const char       *dure_record_get (DureRecord *self, guint field);
const char *const *dure_record_get_values (DureRecord *self);
gint64            dure_record_get_int (DureRecord *self, guint field);
gboolean          dure_record_get_bool (DureRecord *self, guint field);
gboolean          dure_record_set (DureRecord *self, guint field, const char *value);
gboolean          dure_record_is_touched (DureRecord *self, guint field);
void              dure_record_settle (DureRecord *self);
void              dure_record_take (DureRecord *self, guint field, char *value);
gboolean          dure_record_set_int (DureRecord *self, guint field, gint64 value);
const char       *dure_record_get_title (DureRecord *self);
gboolean          dure_record_get_deleted (DureRecord *self);
void              dure_record_set_deleted (DureRecord *self, gboolean deleted);
const char       *dure_record_get_stamp (DureRecord *self);
void              dure_record_set_stamp (DureRecord *self, const char *stamp);
const char       *dure_record_get_field_stamps (DureRecord *self);
void              dure_record_set_field_stamps (DureRecord *self, const char *json);
const char       *dure_record_get_extra (DureRecord *self);
void              dure_record_set_extra (DureRecord *self, const char *json);
gboolean          dure_record_check (DureRecord *self, int *field, GError **error);
gboolean          dure_record_check_change (DureRecord *self, DureRecord *old, int *field, GError **error);

G_END_DECLS
