/* store-fixture.h: a store in a directory of its own, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>

#include "store/dure-store.h"

typedef struct
{
  char      *directory;
  char      *path;
  DureStore *store;
} Fixture;

static inline void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = g_dir_make_tmp ("dure-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->directory, "a.db", NULL);
  fixture->store = dure_store_open (fixture->path, DURE_STORE_CREATE, &error);
  g_assert_no_error (error);
}

static inline void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_object (&fixture->store);
  dir = g_dir_open (fixture->directory, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (fixture->directory, name, NULL);

      g_unlink (file);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

/* Adds an agency and gives its id. */
static inline char *
add_agency (DureStore *store, const char *name)
{
  g_autoptr (DureRecord) agency = dure_record_new (DURE_ENTITY_AGENCY);
  g_autoptr (GError) error = NULL;

  dure_record_set (agency, DURE_AGENCY_NAME, name);
  dure_record_set (agency, DURE_AGENCY_KIND, "welfare-centre");
  dure_record_set (agency, DURE_AGENCY_SECTOR, "private");
  dure_store_write (store, agency, &error);
  g_assert_no_error (error);
  return g_strdup (dure_record_get_id (agency));
}

static inline void
set_agency (DureStore *store, const char *id, guint field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureRecord) agency = dure_store_get (store, DURE_ENTITY_AGENCY, id, &error);

  g_assert_no_error (error);
  dure_record_set (agency, field, value);
  dure_store_write (store, agency, &error);
  g_assert_no_error (error);
}

static inline void
assert_agency (DureStore *store, const char *id, guint field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureRecord) agency = dure_store_get (store, DURE_ENTITY_AGENCY, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dure_record_get (agency, field), ==, value);
}
