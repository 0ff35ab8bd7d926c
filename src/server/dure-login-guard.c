/* dure-login-guard.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wrong passwords are counted for each account and address together, whether or not there is such an account: who
 * guesses waits, the officer at his own computer does not, and nothing tells which accounts there are. One address that
 * tries many names waits too, but never long, for a whole city may stand behind one address. All of it is in memory.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-login-guard.h"

/* So many wrong passwords cost nothing; each further one doubles the wait, from a second to an hour. */
#define FREE_FAILURES 5
#define MAX_WAIT_MS (60 * 60 * 1000)
#define FREE_OF_ADDRESS 50
#define MAX_WAIT_OF_ADDRESS_MS (10 * 1000)
/* Failures are forgotten a day after the last. */
#define MEMORY_MS ((gint64)24 * 60 * 60 * 1000)
#define MOST 10000

typedef struct
{
  guint  failures; /* in a row */
  gint64 last;
  gint64 until;
} Count;

struct _DureLoginGuard
{
  GHashTable *counts; /* text -> Count */
};

DureLoginGuard *
dure_login_guard_new (void)
{
  DureLoginGuard *self = g_new0 (DureLoginGuard, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
dure_login_guard_free (DureLoginGuard *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->counts);
  g_free (self);
}

/* No tenant has a line feed in its name, so that the keys of accounts and of addresses differ. */
static char *
account_key (const char *tenant, const char *user, const char *remote)
{
  return g_strconcat (remote != NULL ? remote : "", "\n", tenant, "\n", user, NULL);
}

static gint64
until (DureLoginGuard *self, const char *key)
{
  Count *count = g_hash_table_lookup (self->counts, key);

  return count != NULL ? count->until : 0;
}

/**
 * dure_login_guard_wait:
 * @self: a guard
 * @tenant: where somebody wants to log in, as he typed it
 * @user: as he typed it
 * @remote: (nullable): his address
 * @now: milliseconds
 *
 * Returns: how many milliseconds he has to wait, 0 for none
 */
gint64
dure_login_guard_wait (DureLoginGuard *self, const char *tenant, const char *user, const char *remote, gint64 now)
{
  g_autofree char *key = account_key (tenant, user, remote);
  gint64           end = MAX (until (self, key), until (self, remote != NULL ? remote : ""));

  return MAX (end - now, 0);
}

static gboolean
is_old (gpointer key, gpointer value, gpointer now)
{
  return ((Count *)value)->last + MEMORY_MS < *(gint64 *)now;
}

static void
add_failure (DureLoginGuard *self, const char *key, guint free, gint64 most, gint64 now)
{
  Count *count = g_hash_table_lookup (self->counts, key);

  if (count != NULL && count->last + MEMORY_MS < now)
    count->failures = 0;
  if (count == NULL)
    {
      if (g_hash_table_size (self->counts) >= MOST)
        g_hash_table_foreach_remove (self->counts, is_old, &now);
      if (g_hash_table_size (self->counts) >= MOST)
        g_hash_table_remove_all (self->counts);
      count = g_new0 (Count, 1);
      g_hash_table_insert (self->counts, g_strdup (key), count);
    }
  count->failures++;
  count->last = now;
  if (count->failures >= free)
    count->until = now + MIN ((gint64)1000 << MIN (count->failures - free, 20), most);
}

/** dure_login_guard_failed: notes a wrong password. */
void
dure_login_guard_failed (DureLoginGuard *self, const char *tenant, const char *user, const char *remote, gint64 now)
{
  g_autofree char *key = account_key (tenant, user, remote);

  add_failure (self, key, FREE_FAILURES, MAX_WAIT_MS, now);
  add_failure (self, remote != NULL ? remote : "", FREE_OF_ADDRESS, MAX_WAIT_OF_ADDRESS_MS, now);
}

/** dure_login_guard_passed: a right password: nothing is held against this account at this address any more. */
void
dure_login_guard_passed (DureLoginGuard *self, const char *tenant, const char *user, const char *remote)
{
  g_autofree char *key = account_key (tenant, user, remote);

  g_hash_table_remove (self->counts, key);
  g_hash_table_remove (self->counts, remote != NULL ? remote : "");
}
