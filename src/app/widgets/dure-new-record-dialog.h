/* dure-new-record-dialog.h: a new record begins with its required fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal `created` (DureRecord *record): the record is stored. The window closes itself afterwards.
 */
#pragma once

#include "app/widgets/dure-record-form.h"

G_BEGIN_DECLS

#define DURE_TYPE_NEW_RECORD_DIALOG (dure_new_record_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DureNewRecordDialog, dure_new_record_dialog, DURE, NEW_RECORD_DIALOG, AdwWindow)

DureNewRecordDialog *dure_new_record_dialog_present (GtkWindow *parent, DureDesk *desk, DureRecord *prefilled);
DureNewRecordDialog *dure_new_record_dialog_present_for (GtkWidget *widget, DureDesk *desk, DureRecord *prefilled);
DureNewRecordDialog *dure_new_record_dialog_present_fields (GtkWidget  *widget,
                                                            DureDesk   *desk,
                                                            DureRecord *record,
                                                            const char *title,
                                                            const int  *fields);
DureRecordForm      *dure_new_record_dialog_get_form (DureNewRecordDialog *self);
void                 dure_new_record_dialog_save (DureNewRecordDialog *self);

G_END_DECLS
