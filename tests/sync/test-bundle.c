/* test-bundle.c: the file of a bundle: whole, changed, cut, for somebody else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-error.h"
#include "sync/dure-bundle-reader.h"
#include "sync/dure-bundle-writer.h"

#define DEVICE "9f3c61d07a2b44e1"
#define LINE                                                                                             \
  "{\"stamp\":\"01977f2a9c40-0000-9f3c61d07a2b44e1\",\"entity\":\"agency\",\"id\":\"01977f2a-9c3f-7b1e-" \
  "8a55-3d0c9c1b2a77\",\"set\":{\"head\":\"김두레\"},\"by\":\"kim\"}\n"

typedef struct
{
  char         *directory;
  char         *path;
  DureBundleKey device;
  DureBundleKey server;
  DureBundleKey stranger;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  /* Memory rather than disk, where there is some: the tests write thousands of files. */
  f->directory = g_strdup ("/dev/shm/dure-bundle-XXXXXX");
  if (g_mkdtemp (f->directory) == NULL)
    {
      g_free (f->directory);
      f->directory = g_dir_make_tmp ("dure-bundle-XXXXXX", NULL);
    }
  f->path = g_build_filename (f->directory, "a.dure-bundle", NULL);
  g_assert_true (dure_bundle_key_new (&f->device, DEVICE, NULL));
  g_assert_true (dure_bundle_key_new (&f->server, "", NULL));
  g_assert_true (dure_bundle_key_new (&f->stranger, DEVICE, NULL));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_unlink (f->path);
  /* Nothing else stays behind, also of what was given up. */
  g_assert_cmpint (g_rmdir (f->directory), ==, 0);
  g_free (f->path);
  g_free (f->directory);
}

static void
write_bundle (Fixture *f, const DureBundleKey *sender, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureBundleWriter) writer = dure_bundle_writer_new (f->path, sender, &f->server.public, &error);
  g_auto (DureBundle) bundle = { 0 };

  g_assert_no_error (error);
  bundle.device = g_strdup (DEVICE);
  bundle.tenant = g_strdup ("gwangmyeong");
  bundle.user = g_strdup ("kim");
  bundle.number = bundle.made = 1795303003302;
  bundle.base = bundle.seq = 1042;
  bundle.epoch = 1;
  for (guint i = 0; i < n; i++)
    {
      dure_bundle_writer_add (writer, LINE, strlen (LINE), &error);
      g_assert_no_error (error);
    }
  dure_bundle_writer_close (writer, &bundle, &error);
  g_assert_no_error (error);
}

/* Thousands of times: without making it durable. */
static void
put_file (Fixture *f, const char *data, gssize length)
{
  FILE *file = fopen (f->path, "we");
  gsize n = length >= 0 ? (gsize)length : strlen (data);

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, n, file), ==, n);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* Everything that is read of a bundle, or why it is not. */
static char *
read_bundle (Fixture *f, const DureBundleKey *receiver, gsize *length, GError **error)
{
  g_autoptr (DureBundleReader) reader = dure_bundle_reader_open (f->path, error);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 part[1000];
  gssize n;

  if (reader == NULL || !dure_bundle_reader_verify (reader, &f->device.public, error)
      || !dure_bundle_reader_decrypt (reader, receiver, &f->device.public, error))
    return NULL;
  while ((n = g_input_stream_read (G_INPUT_STREAM (reader), part, sizeof part, NULL, error)) > 0)
    g_byte_array_append (all, part, (guint)n);
  if (n < 0)
    return NULL;
  *length = all->len;
  g_byte_array_append (all, (const guint8 *)"", 1);
  return (char *)g_byte_array_free (g_steal_pointer (&all), FALSE);
}

static void
assert_refused (Fixture *f, const DureBundleKey *receiver, DureError code)
{
  g_autoptr (GError) error = NULL;
  gsize            length;
  g_autofree char *text = read_bundle (f, receiver, &length, &error);

  g_assert_null (text);
  g_assert_error (error, DURE_ERROR, (int)code);
}

static void
test_whole (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *file = NULL;
  gsize            length;
  GStatBuf         status;

  write_bundle (f, &f->device, 5000);
  text = read_bundle (f, &f->server, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, 5000 * strlen (LINE));
  g_assert_cmpint (memcmp (text, LINE, strlen (LINE)), ==, 0);
  g_assert_cmpstr (text + length - strlen (LINE), ==, LINE);
  g_assert_cmpint (g_stat (f->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  /* What the approver reads, and what nobody reads. */
  g_file_get_contents (f->path, &file, NULL, NULL);
  g_assert_true (g_utf8_validate (file, -1, NULL));
  g_assert_nonnull (strstr (file, "변경 수 / Changes: 5000\n"));
  g_assert_nonnull (strstr (file, "종류별 / Kinds: 기관 (agency) 5000\n"));
  g_assert_nonnull (strstr (file, "보내는 곳 / From: device " DEVICE "\n"));
  g_assert_null (strstr (file, "김두레"));
  g_assert_null (strstr (file, "head"));
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize            length = 1;

  write_bundle (f, &f->device, 0);
  text = read_bundle (f, &f->server, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, 0);
}

/* One changed byte, wherever it is, and nothing is taken. */
static void
test_tampered (Fixture *f, gconstpointer data)
{
  g_autofree char *file = NULL;
  gsize            length;

  write_bundle (f, &f->device, 1);
  g_assert_true (g_file_get_contents (f->path, &file, &length, NULL));
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      char             was = file[i];
      gsize            n;

      file[i] ^= 1;
      put_file (f, file, (gssize)length);
      text = read_bundle (f, &f->server, &n, &error);
      if (text != NULL)
        g_error ("byte %" G_GSIZE_FORMAT " was changed and nobody noticed", i);
      g_assert_true (error->domain == DURE_ERROR);
      file[i] = was;
    }
}

static void
test_cut (Fixture *f, gconstpointer data)
{
  g_autofree char *file = NULL;
  g_autofree char *longer = NULL;
  gsize            length;

  write_bundle (f, &f->device, 1);
  g_assert_true (g_file_get_contents (f->path, &file, &length, NULL));
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      gsize            n;

      put_file (f, file, (gssize)i);
      text = read_bundle (f, &f->server, &n, &error);
      g_assert_null (text);
      g_assert_true (error->domain == DURE_ERROR);
      if (i == length - 1)
        g_assert_nonnull (strstr (error->message, "1 bytes are missing"));
    }
  longer = g_strconcat (file, "more\n", NULL);
  put_file (f, longer, -1);
  assert_refused (f, &f->server, DURE_ERROR_DAMAGED);
}

static void
test_strangers (Fixture *f, gconstpointer data)
{
  write_bundle (f, &f->device, 1);
  assert_refused (f, &f->stranger, DURE_ERROR_DENIED);
  write_bundle (f, &f->stranger, 1);
  assert_refused (f, &f->server, DURE_ERROR_DENIED);
}

/* Somebody puts his own list before what another encrypted, and signs it. */
static void
test_stolen (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DureBundleReader) reader = NULL;

  write_bundle (f, &f->device, 1);
  reader = dure_bundle_reader_open (f->path, &error);
  g_assert_no_error (error);
  g_assert_true (dure_bundle_reader_verify (reader, &f->device.public, &error));
  /* With the thief's key in place of the sender's it does not open, whatever he signs. */
  g_assert_false (dure_bundle_reader_decrypt (reader, &f->server, &f->stranger.public, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DAMAGED);
}

static void
test_versions (Fixture *f, gconstpointer data)
{
  static const char *const files[] = { "", "\n", "두레 반출입 묶음 ", "{\"start\":1}\n", "PK\003\004" };
  g_autofree char         *file = NULL;
  char                    *number;

  write_bundle (f, &f->device, 1);
  g_assert_true (g_file_get_contents (f->path, &file, NULL, NULL));
  number = strpbrk (file, "0123456789");
  *number = '2';
  put_file (f, file, -1);
  assert_refused (f, &f->server, DURE_ERROR_NEWER);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      put_file (f, files[i], -1);
      assert_refused (f, &f->server, DURE_ERROR_PROTOCOL);
    }
}

static void
test_keys (Fixture *f, gconstpointer data)
{
  g_autofree char *word = dure_bundle_public_write (&f->device.public);
  g_autofree char *spaced = g_strconcat ("  ", word, "\r\n", NULL);
  g_autofree char *longer = g_strconcat (word, "0", NULL);
  g_autofree char *secret = dure_bundle_key_write (&f->device);
  g_autofree char *fingerprint = dure_bundle_public_fingerprint (&f->device.public);
  g_autofree char *other = dure_bundle_public_fingerprint (&f->stranger.public);
  DureBundlePublic read;
  DureBundleKey    key;

  g_assert_true (dure_bundle_public_parse (&read, spaced, NULL));
  g_assert_cmpstr (read.device, ==, DEVICE);
  g_assert_cmpmem (read.box, sizeof read.box, f->device.public.box, sizeof read.box);
  g_assert_false (dure_bundle_public_parse (&read, longer, NULL));
  for (gsize i = 0; i < strlen (word); i++)
    {
      g_autofree char *shorter = g_strndup (word, i);

      g_assert_false (dure_bundle_public_parse (&read, shorter, NULL));
    }
  g_assert_true (dure_bundle_key_parse (&key, secret, NULL));
  g_assert_cmpmem (&key, sizeof key, &f->device, sizeof key);
  g_assert_false (dure_bundle_key_parse (&key, word, NULL));
  /* What is shown holds nothing of what is secret. */
  g_assert_null (strstr (word, secret + strlen (word) + 1));
  g_assert_cmpuint (strlen (fingerprint), ==, 6 * 5 + 5);
  g_assert_cmpstr (fingerprint, !=, other);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/sync/bundle/whole", test_whole },         { "/sync/bundle/empty", test_empty },
    { "/sync/bundle/tampered", test_tampered },   { "/sync/bundle/cut", test_cut },
    { "/sync/bundle/strangers", test_strangers }, { "/sync/bundle/stolen", test_stolen },
    { "/sync/bundle/versions", test_versions },   { "/sync/bundle/keys", test_keys },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
