/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * THE TABLE: every entity and field of Dure, in the order in which lists and documents show them.
 *
 * A field is one line: FIELD (ENTITY, NAME, "key", TYPE, "English label", "한국어 라벨", options…). Options are
 * designated initialisers of DureField or the short forms PICK (choices), TO (entity), AFTER (entity, field: the value
 * may not be before that one), OTHER_THAN (entity, field) and GROUP ("…", "…"), which opens a group of rows in forms. A
 * field that comes with a later version of the store says so with .since = N, and DURE_SCHEMA_VERSION becomes N; the
 * store adds whatever its file lacks.
 *
 * Labels stand here in both languages: to add a field stays one line, and a spreadsheet with Korean headings is
 * understood whatever the language of the session is.
 */
#include "schema/tables/register.h"
#include "schema/tables/council.h"
#include "schema/tables/resource.h"
#include "schema/tables/meeting.h"
#include "schema/tables/network.h"
#include "schema/tables/system.h"
