/* dure-storage-postgres-age.c: what a tenant's tables lose with time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-storage-postgres-private.h"

static gboolean
replace_line (DureStorage *storage, const char *tenant, gint64 seq, const char *line, GError **error)
{
  char              digits[DURE_POSTGRES_DIGITS];
  const char *const values[] = { tenant, dure_postgres_digits (seq, digits), line };

  return dure_postgres_send (DURE_STORAGE_POSTGRES (storage)->db,
                             "UPDATE change SET line = $3 WHERE tenant = $1 AND seq = $2", values, 3, error);
}

/* The rows that were replaced go with PostgreSQL's own VACUUM. */
static gboolean
leave_scrub (DureStorage *storage, const char *tenant, GError **error)
{
  return TRUE;
}

void
dure_storage_postgres_override_age (DureStorageClass *klass)
{
  klass->replace_line = replace_line;
  klass->note_scrub = leave_scrub;
  klass->scrub = leave_scrub;
}
