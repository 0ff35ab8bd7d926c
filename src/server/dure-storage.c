/* dure-storage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "schema/dure-change.h"
#include "server/dure-storage-postgres.h"
#include "server/dure-storage-sqlite.h"

G_DEFINE_ABSTRACT_TYPE (DureStorage, dure_storage, G_TYPE_OBJECT)

static const char *const roles[] = { "viewer", "editor", "admin" };

static void
watch (DureStorage *self)
{
}

static gboolean
look_ahead (DureStorage *self, const char *tenant, GPtrArray *changes, GError **error)
{
  return TRUE;
}

static void
dure_storage_class_init (DureStorageClass *klass)
{
  klass->look_ahead = look_ahead;
  klass->watch = watch;

  /**
   * DureStorage::moved:
   * @tenant: where
   * @seq: its last sequence number
   *
   * Another server has stored something.
   */
  g_signal_new ("moved", DURE_TYPE_STORAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                G_TYPE_INT64);

  /**
   * DureStorage::filed:
   * @tenant: where
   * @sha256: which blob
   *
   * Another server has all of a blob now.
   */
  g_signal_new ("filed", DURE_TYPE_STORAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                G_TYPE_STRING);
}

static void
dure_storage_init (DureStorage *self)
{
}

/* What libpq takes of @where: after `postgres:`, or the whole when that is part of a URI. */
static const char *
find_address (const char *where)
{
  if (g_str_has_prefix (where, "postgres://") || g_str_has_prefix (where, "postgresql://"))
    return where;
  return g_str_has_prefix (where, "postgres:") && where[9] != '\0' ? where + 9 : NULL;
}

/* Only the kind is shown: the rest may hold a password. */
static void
set_no_storage (const char *where, GError **error)
{
  g_autofree char *kind = g_strndup (where, strcspn (where, ":"));

  dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” is not a storage; write sqlite:DIRECTORY or postgres:URI."), kind);
}

/**
 * dure_storage_open:
 * @where: `sqlite:DIRECTORY`; the directory is made when there is none; or `postgres:URI`, where the URI is what libpq
 *   takes
 * @error: return location
 *
 * Returns: (transfer full): the storage
 */
DureStorage *
dure_storage_open (const char *where, GError **error)
{
  if (g_str_has_prefix (where, "sqlite:") && where[7] != '\0')
    return dure_storage_sqlite_open (where + 7, error);
  if (find_address (where) != NULL)
    return dure_storage_postgres_open (find_address (where), error);
  set_no_storage (where, error);
  return NULL;
}

/**
 * dure_storage_restore:
 * @from: directory of a backup
 * @where: as for dure_storage_open(); nothing may be there yet
 * @error: return location
 *
 * Returns: whether the backup is there now
 */
gboolean
dure_storage_restore (const char *from, const char *where, GError **error)
{
  if (g_str_has_prefix (where, "sqlite:") && where[7] != '\0')
    return dure_storage_sqlite_restore (from, where + 7, error);
  if (find_address (where) != NULL)
    g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID,
                         _ ("What pg_dump has copied is put back with pg_restore or psql."));
  else
    set_no_storage (where, error);
  return FALSE;
}

/**
 * dure_storage_is_name:
 * @name: (nullable): a text from outside
 *
 * Returns: whether @name may name a tenant: lower-case letters, digits and hyphens, at most 40, a letter first.
 *   Such a name is safe as a file name.
 */
gboolean
dure_storage_is_name (const char *name)
{
  gsize i;

  if (name == NULL || !g_ascii_islower (name[0]))
    return FALSE;
  for (i = 1; name[i] != '\0'; i++)
    if (i >= 40 || !(g_ascii_islower (name[i]) || g_ascii_isdigit (name[i]) || name[i] == '-'))
      return FALSE;
  return TRUE;
}

const char *
dure_role_key (DureRole role)
{
  return roles[role];
}

gboolean
dure_role_from_key (const char *key, DureRole *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (key, roles[i]) == 0)
      {
        *role = (DureRole)i;
        return TRUE;
      }
  return FALSE;
}

/**
 * dure_access_hash:
 * @previous: hash of the line before, "" for the first
 * @access: a line
 *
 * Each line's hash covers the one before, so that no line can be changed or taken out without every later hash being
 * wrong.
 *
 * Returns: (transfer full): SHA-256 as hexadecimal
 */
char *
dure_access_hash (const char *previous, const DureAccess *access)
{
  g_autoptr (GString) text = g_string_new (previous);
  const char *const parts[]
      = { access->tenant, access->user, access->device, access->remote, access->what, access->detail };

  g_string_append_printf (text, "\n%" G_GINT64_FORMAT, access->at);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_string_append_c (text, '\n');
      dure_json_append_string (text, parts[i]);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}

/** dure_cell_is_nothing: Returns: whether a column that is not known may be left out with this value */
gboolean
dure_cell_is_nothing (const DureCell *cell)
{
  return (cell->text == NULL && cell->bytes == NULL) || (cell->is_number && strcmp (cell->text, "0") == 0);
}

/** dure_cell_refuse: says that a column is not known; Returns: %FALSE */
gboolean
dure_cell_refuse (const char *table, const DureCell *cell, GError **error)
{
  dure_set_error (error, DURE_ERROR_NEWER, _ ("The file was made by a newer program: it knows “%s” of “%s”."), cell->name,
                  table);
  return FALSE;
}

void
dure_account_free (DureAccount *self)
{
  if (self == NULL)
    return;
  g_free (self->tenant);
  g_free (self->user);
  g_free (self->hash);
  g_free (self);
}

void
dure_enrolment_free (DureEnrolment *self)
{
  if (self == NULL)
    return;
  g_free (self->tenant);
  g_free (self->user);
  g_free (self->device);
  g_free (self->name);
  g_free (self);
}
