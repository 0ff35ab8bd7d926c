/* dure-field-row-new.c: which kind of row stands for which type of field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-widgets"

#include "config.h"

#include "app/widgets/dure-choice-row.h"
#include "app/widgets/dure-date-row.h"
#include "app/widgets/dure-link-row.h"
#include "app/widgets/dure-long-text-row.h"
#include "app/widgets/dure-set-row.h"
#include "app/widgets/dure-switch-row.h"
#include "app/widgets/dure-text-row.h"

/**
 * dure_field_row_new:
 * @desk: the open store; link rows search in it
 * @entity: the entity
 * @field: number of the field
 *
 * Returns: (transfer floating): a row for the type of the field
 */
GtkWidget *
dure_field_row_new (DureDesk *desk, DureEntityId entity, guint field)
{
  static GType (*const types[]) (void) = {
    [DURE_VALUE_TEXT] = dure_text_row_get_type,         [DURE_VALUE_LONG_TEXT] = dure_long_text_row_get_type,
    [DURE_VALUE_INTEGER] = dure_text_row_get_type,      [DURE_VALUE_DATE] = dure_date_row_get_type,
    [DURE_VALUE_DATE_TIME] = dure_date_row_get_type,    [DURE_VALUE_CHOICE] = dure_choice_row_get_type,
    [DURE_VALUE_SET] = dure_set_row_get_type,           [DURE_VALUE_LINK] = dure_link_row_get_type,
    [DURE_VALUE_YES_NO] = dure_switch_row_get_type,     [DURE_VALUE_PHONE] = dure_text_row_get_type,
    [DURE_VALUE_MAIL] = dure_text_row_get_type,         [DURE_VALUE_MONEY] = dure_text_row_get_type,
  };
  DureFieldType type;

  g_return_val_if_fail (field < dure_entity (entity)->n_fields, NULL);
  type = dure_entity_field (dure_entity (entity), field)->type;
  return g_object_new (types[type] (), "desk", desk, "entity", (guint) entity, "number", field, NULL);
}
