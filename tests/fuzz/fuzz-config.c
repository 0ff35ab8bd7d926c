/* fuzz-config.c: any bytes at all as the settings of the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>

#include "fuzz-fixture.h"
#include "server/dure-server-config.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *path = g_build_filename (fuzz_directory (), "dured.conf", NULL);
  g_autoptr (GError) error = NULL;
  DureServerConfig config = { 0 };

  g_assert_true (
      g_file_set_contents_full (path, (const char *)data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  if (dure_server_config_read (&config, path, &error) != (error == NULL))
    g_error ("neither good nor bad");
  if (error != NULL && !g_utf8_validate (error->message, -1, NULL))
    g_error ("a sentence that cannot be shown");
  dure_server_config_clear (&config);
  return 0;
}
