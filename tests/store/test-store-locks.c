/* test-store-locks.c: several stores of one process on one file keep their locks against other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store-fixture.h"

/* Asks from another process whether this one still holds its shared lock: see "How SQLite takes locks". */
static gboolean
is_locked (const char *path)
{
  pid_t child = fork ();
  int   status = 0;

  if (child == 0)
    {
      struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000 + 2, .l_len = 510 };
      int          fd = open (path, O_RDWR);

      _exit (fd < 0 || fcntl (fd, F_GETLK, &lock) != 0 ? 2 : lock.l_type != F_UNLCK);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), !=, 2);
  return WEXITSTATUS (status) == 1;
}

static void
test_second_store_keeps_the_lock (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = add_agency (fixture->store, "하나복지관");
  g_autoptr (GError) error = NULL;

  g_assert_true (is_locked (fixture->path));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (DureStore) second = dure_store_open (fixture->path, i == 1 ? DURE_STORE_READ_ONLY : 0, &error);

      g_assert_no_error (error);
      g_assert_true (is_locked (fixture->path));
      assert_agency (second, id, DURE_AGENCY_NAME, "하나복지관");
      g_clear_object (&second);
      g_assert_true (is_locked (fixture->path));
    }
}

/* What one program writes stays, though another opens and closes the file meanwhile. */
static void
test_other_program_between (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureStore) second = dure_store_open (fixture->path, 0, &error);
  g_autofree char *first_id = add_agency (fixture->store, "하나복지관");
  g_autofree char *second_id = NULL;
  pid_t            child;
  int              status;

  g_assert_no_error (error);
  child = fork ();
  if (child == 0)
    {
      execl ("/proc/self/exe", "test-store-locks", "--open-and-close", fixture->path, NULL);
      _exit (2);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  second_id = add_agency (second, "두리복지관");
  child = fork ();
  if (child == 0)
    {
      execl ("/proc/self/exe", "test-store-locks", "--has", fixture->path, second_id, NULL);
      _exit (2);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static int
be_other_program (int argc, char **argv)
{
  g_autoptr (DureStore) store = dure_store_open (argv[2], 0, NULL);
  g_autoptr (DureRecord) record = NULL;

  if (store == NULL)
    return 1;
  if (argc < 4)
    return 0;
  record = dure_store_get (store, DURE_ENTITY_AGENCY, argv[3], NULL);
  return record != NULL ? 0 : 3;
}

int
main (int argc, char **argv)
{
  if (argc > 2 && g_str_has_prefix (argv[1], "--"))
    return be_other_program (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/locks/second-store-keeps-the-lock", Fixture, NULL, fixture_set_up,
              test_second_store_keeps_the_lock, fixture_tear_down);
  g_test_add ("/store/locks/other-program-between", Fixture, NULL, fixture_set_up, test_other_program_between,
              fixture_tear_down);
  return g_test_run ();
}
