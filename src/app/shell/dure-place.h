/* dure-place.h: the seven places of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "schema/dure-schema.h"

G_BEGIN_DECLS

/** DurePlace: one place; static, never freed. */
typedef struct
{
  const char *key;      /* as in `win.go` and the setting `place` */
  const char *title;    /* N_(): translate with _() */
  const char *icon;
  const char *make;     /* N_(): what Ctrl+N makes here, or NULL */
  GType (*type) (void); /* of the DurePage, made on the first visit */
} DurePlace;

const DurePlace *dure_places (guint *n_places);
const DurePlace *dure_place_find (const char *key);
const DurePlace *dure_place_for_entity (DureEntityId entity);
const char      *dure_entity_icon (DureEntityId entity);

G_END_DECLS
