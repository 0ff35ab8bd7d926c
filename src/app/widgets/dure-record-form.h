/* dure-record-form.h: all fields of a record as groups of rows, saved field by field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/widgets/dure-field-row.h"

G_BEGIN_DECLS

#define DURE_TYPE_RECORD_FORM (dure_record_form_get_type ())
G_DECLARE_FINAL_TYPE (DureRecordForm, dure_record_form, DURE, RECORD_FORM, GtkBox)

GtkWidget    *dure_record_form_new (DureDesk *desk, DureEntityId entity);
GtkWidget    *dure_record_form_new_for_fields (DureDesk *desk, DureEntityId entity, const int *fields, gboolean live);
DureRecord   *dure_record_form_get_record (DureRecordForm *self);
void          dure_record_form_set_record (DureRecordForm *self, DureRecord *record);
DureFieldRow *dure_record_form_get_row (DureRecordForm *self, guint field);
gboolean      dure_record_form_commit (DureRecordForm *self);
gboolean      dure_record_form_check (DureRecordForm *self);

G_END_DECLS
