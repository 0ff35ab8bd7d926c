/* dure.c: the desktop program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/shell/dure-app.h"

int
main (int argc, char **argv)
{
  g_autoptr (DureApp) application = dure_app_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
