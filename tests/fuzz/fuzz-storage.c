/* fuzz-storage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz-storage.h"

#include "base/dure-date.h"
#include "base/dure-stamp.h"
#include "fuzz-fixture.h"
#include "server/dure-password.h"
#include "server/dure-server.h"

/* The words are the tokens; the numbers of the devices are those of the stamps in the corpus. */
static const struct
{
  const char *token;
  const char *tenant;
  const char *device;
  DureRole    role;
} devices[] = {
  { "kim", FUZZ_TENANT, "00000000000000aa", DURE_ROLE_EDITOR },
  { "lee", FUZZ_TENANT, "00000000000000bb", DURE_ROLE_EDITOR },
  { "park", FUZZ_TENANT, "00000000000000cc", DURE_ROLE_VIEWER },
  { "choe", "yd", "00000000000000aa", DURE_ROLE_ADMIN },
};

gint64 __wrap_dure_now_ms (void);
void   __wrap_dure_device_new (char out[DURE_DEVICE_LENGTH + 1]);

/* The corpus is as good in ten years. */
gint64
__wrap_dure_now_ms (void)
{
  return G_GINT64_CONSTANT (1772409600000);
}

void
__wrap_dure_device_new (char out[DURE_DEVICE_LENGTH + 1])
{
  g_strlcpy (out, "00000000000000ff", DURE_DEVICE_LENGTH + 1);
}

static DureStorage *
open_storage (void)
{
  g_autofree char *where = g_strconcat ("sqlite:", fuzz_directory (), NULL);
  g_autoptr (GError) error = NULL;
  DureStorage *storage = dure_storage_open (where, &error);

  g_assert_no_error (error);
  return storage;
}

static void
set_up (void)
{
  g_autoptr (DureStorage) storage = open_storage ();
  g_autoptr (DureServer) server = dure_server_new (storage);

  dure_password_set_cheap (TRUE);
  g_assert_true (dure_server_add_tenant (server, FUZZ_TENANT, NULL));
  g_assert_true (dure_server_add_tenant (server, "yd", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      const DureEnrolment enrolment = {
        .tenant = (char *)devices[i].tenant,
        .user = (char *)devices[i].token,
        .device = (char *)devices[i].device,
        .name = (char *)"PC",
        .created = dure_now_ms (),
      };
      g_autofree char *hash = dure_token_hash (devices[i].token);

      g_assert_true (dure_server_add_account (server, devices[i].tenant, devices[i].token, "right password",
                                              devices[i].role, NULL));
      g_assert_true (DURE_STORAGE_GET_CLASS (storage)->add_enrolment (storage, hash, &enrolment, NULL));
    }
}

/** fuzz_storage_new: Returns: (transfer full): a storage of two tenants, the same each time; only one at once */
DureStorage *
fuzz_storage_new (void)
{
  static gboolean is_set_up;

  if (is_set_up)
    fuzz_directory_put_back ();
  else
    {
      set_up ();
      fuzz_directory_keep ();
      is_set_up = TRUE;
    }
  return open_storage ();
}
