/* test-store-blobs.c: the bytes of attachments: whole or absent, verified, and gone when nobody can need them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include "base/dure-error.h"
#include "store-fixture.h"
#include "store/dure-store-blobs.h"

#define DAY (24 * 3600)

static char *
add_blob (Fixture *fixture, gconstpointer bytes, gsize length)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize)length, NULL);
  g_autoptr (GError) error = NULL;
  char  *sha256 = NULL;
  gint64 size;

  dure_blob_add (fixture->path, stream, 0, NULL, NULL, NULL, &sha256, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpint (size, ==, length);
  return sha256;
}

static char *
attach (Fixture *fixture, const char *sha256, const char *name)
{
  g_autoptr (DureRecord) record = dure_record_new (DURE_ENTITY_ATTACHMENT);
  g_autoptr (GError) error = NULL;

  dure_record_set (record, DURE_ATTACHMENT_OWNER_ENTITY, "agency");
  dure_record_set (record, DURE_ATTACHMENT_OWNER, "01977f2a-9c3f-7b1e-8a55-3d0c9c1b2a77");
  dure_record_set (record, DURE_ATTACHMENT_NAME, name);
  dure_record_set (record, DURE_ATTACHMENT_SHA256, sha256);
  dure_store_write (fixture->store, record, &error);
  g_assert_no_error (error);
  return g_strdup (dure_record_get_id (record));
}

/* Makes a file as old as that. */
static void
age (Fixture *fixture, const char *sha256, gint64 seconds)
{
  g_autofree char      *path = dure_store_blob_path (fixture->store, sha256);
  const struct utimbuf times = { time (NULL) - seconds, time (NULL) - seconds };

  g_assert_cmpint (g_utime (path, (struct utimbuf *)&times), ==, 0);
}

static guint
sweep (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint n;

  dure_store_sweep_blobs (fixture->store, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
clear_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) blobs = dure_store_list_blobs (fixture->store, NULL);
  g_autofree char *top = g_strconcat (fixture->path, DURE_BLOBS, NULL);

  for (guint i = 0; i < blobs->len; i++)
    {
      g_autofree char *path = dure_store_blob_path (fixture->store, blobs->pdata[i]);
      g_autofree char *directory = g_path_get_dirname (path);

      g_unlink (path);
      g_rmdir (directory);
    }
  g_rmdir (top);
  fixture_tear_down (fixture, data);
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sha256 = add_blob (fixture, "abc", 3);
  g_autofree char *again = add_blob (fixture, "abc", 3);
  g_autofree char *path = dure_store_blob_path (fixture->store, sha256);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) blobs = dure_store_list_blobs (fixture->store, NULL);
  gsize       length;
  struct stat status;

  g_assert_cmpstr (sha256, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (again, ==, sha256);
  g_assert_cmpuint (blobs->len, ==, 1);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpmem (bytes, length, "abc", 3);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (directory, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
}

/* A hash that another device wrote never leads out of the directory. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[]
      = { "", "abc", "../../../../../../../../../../../../../../../../../../../../etc/passwd",
          "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD" };

  g_assert_null (dure_store_blob_path (fixture->store, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (dure_store_blob_path (fixture->store, wrong[i]));
      g_assert_cmpint (dure_blob_size (fixture->path, wrong[i]), ==, -1);
    }
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) directory = g_file_new_for_path (fixture->directory);
  g_autoptr (GInputStream) empty = g_memory_input_stream_new ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) blobs = NULL;
  char  *sha256 = NULL;
  gint64 size;

  g_assert_false (dure_blob_add_file (fixture->path, directory, NULL, NULL, NULL, &sha256, &size, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dure_blob_add (fixture->path, empty, 0, NULL, NULL, NULL, &sha256, &size, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dure_blob_add (fixture->path, stream, DURE_BLOB_MOST + 1, NULL, NULL, NULL, &sha256, &size, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_false (dure_blob_add (fixture->path, stream, 3, NULL, NULL, cancellable, &sha256, &size, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (sha256);
  blobs = dure_store_list_blobs (fixture->store, NULL);
  g_assert_cmpuint (blobs->len, ==, 0);
}

static GPtrArray *
check (Fixture *fixture, gboolean has_server)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  dure_store_check_blobs (fixture->store, has_server, problems, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&problems);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sha256 = add_blob (fixture, "회의 자료", strlen ("회의 자료"));
  g_autofree char *id = attach (fixture, sha256, "회의.hwp");
  g_autofree char *path = dure_store_blob_path (fixture->store, sha256);
  g_autofree char *copy = g_build_filename (fixture->directory, "copy.hwp", NULL);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autoptr (GPtrArray) problems = check (fixture, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (dure_blob_copy (fixture->path, sha256, to, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, "회의 자로", -1, NULL));
  g_clear_pointer (&problems, g_ptr_array_unref);
  problems = check (fixture, FALSE);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problems->pdata[0], sha256));
  /* What is damaged is not handed out as sound, and adding it again heals it. */
  g_assert_false (dure_blob_copy (fixture->path, sha256, to, NULL, NULL, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DAMAGED);
  g_free (add_blob (fixture, "회의 자료", strlen ("회의 자료")));
  g_clear_pointer (&problems, g_ptr_array_unref);
  problems = check (fixture, FALSE);
  g_assert_cmpuint (problems->len, ==, 0);
  g_unlink (path);
  /* Never sent, so no server has it either. */
  g_clear_pointer (&problems, g_ptr_array_unref);
  problems = check (fixture, TRUE);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problems->pdata[0], "회의.hwp"));
}

/* Undo brings the record back, and the file is still there. */
static void
test_sweep (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = add_blob (fixture, "a", 1);
  g_autofree char *deleted = add_blob (fixture, "b", 1);
  g_autofree char *stray = add_blob (fixture, "c", 1);
  g_autofree char *fresh = add_blob (fixture, "d", 1);
  g_autofree char *one = attach (fixture, kept, "가.hwp");
  g_autofree char *two = attach (fixture, deleted, "나.hwp");
  g_autofree char *label = NULL;

  age (fixture, kept, 400 * DAY);
  age (fixture, deleted, 400 * DAY);
  age (fixture, stray, 400 * DAY);
  g_assert_true (dure_store_delete (fixture->store, DURE_ENTITY_ATTACHMENT, two, NULL));
  g_assert_cmpuint (sweep (fixture), ==, 1);
  g_assert_cmpint (dure_blob_size (fixture->path, stray), ==, -1);
  g_assert_cmpint (dure_blob_size (fixture->path, fresh), ==, 1);
  label = dure_store_undo (fixture->store, NULL);
  g_assert_nonnull (label);
  g_assert_cmpint (dure_blob_size (fixture->path, deleted), ==, 1);
  g_assert_cmpint (dure_blob_size (fixture->path, kept), ==, 1);
}

/* A purged record names nothing any more; a second record that names the same blob keeps it. */
static void
test_forget (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sha256 = add_blob (fixture, "a", 1);
  g_autofree char *other = add_blob (fixture, "b", 1);
  g_autofree char *id = attach (fixture, sha256, "가.hwp");
  g_autoptr (GError) error = NULL;

  g_assert_true (dure_store_forget_blob (fixture->store, sha256, &error));
  g_assert_cmpint (dure_blob_size (fixture->path, sha256), ==, 1);
  g_assert_true (dure_store_forget_blob (fixture->store, other, &error));
  g_assert_cmpint (dure_blob_size (fixture->path, other), ==, -1);
  g_assert_true (dure_store_forget_blob (fixture->store, NULL, &error));
  g_assert_no_error (error);
}

static void
test_parts (Fixture *fixture, gconstpointer data)
{
  const char      *sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (dure_blob_part_size (fixture->path, sha256), ==, 0);
  g_assert_true (dure_blob_part_append (fixture->path, sha256, 0, "axx", 3, &error));
  g_assert_true (dure_blob_part_append (fixture->path, sha256, 1, "b", 1, &error));
  g_assert_cmpint (dure_blob_part_size (fixture->path, sha256), ==, 2);
  g_assert_cmpint (dure_blob_size (fixture->path, sha256), ==, -1);
  g_assert_true (dure_blob_part_append (fixture->path, sha256, 2, "c", 1, &error));
  g_assert_true (dure_blob_part_finish (fixture->path, sha256, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (dure_blob_size (fixture->path, sha256), ==, 3);
  g_assert_true (dure_blob_verify (fixture->path, sha256, NULL, &error));
  /* Something else is dropped. */
  sha256 = "aa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  g_assert_true (dure_blob_part_append (fixture->path, sha256, 0, "abc", 3, &error));
  g_assert_false (dure_blob_part_finish (fixture->path, sha256, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DAMAGED);
  g_assert_cmpint (dure_blob_part_size (fixture->path, sha256), ==, 0);
  g_assert_cmpint (dure_blob_size (fixture->path, sha256), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, clear_up)
  ADD ("/blobs/add", test_add);
  ADD ("/blobs/names", test_names);
  ADD ("/blobs/refused", test_refused);
  ADD ("/blobs/check", test_check);
  ADD ("/blobs/sweep", test_sweep);
  ADD ("/blobs/forget", test_forget);
  ADD ("/blobs/parts", test_parts);
  return g_test_run ();
}
