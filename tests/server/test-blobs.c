/* test-blobs.c: files of attachments on the server: stored in pieces, with ranges and limits, kept apart by tenant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "server-fixture.h"
#include "server/dure-password.h"
#include "sync/dure-sync-blobs.h"

#define PIECE (256 * 1024)

typedef struct
{
  char        *directory;
  char        *where;
  DureStorage *storage;
  DureServer  *server;
  char        *token;  /* of an editor */
  char        *viewer; /* of a viewer */
  char        *other;  /* of an editor of another tenant */
} Fixture;

static char *
enrol (Fixture *fixture, const char *tenant, const char *user, const char *device)
{
  g_autofree char *text
      = g_strdup_printf ("{\"tenant\":\"%s\",\"user\":\"%s\",\"password\":\"" PASSWORD "\",\"device\":\"%s\",\"name\":\"PC\"}",
                         tenant, user, device);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (DureRequest) request = dure_request_new ("POST", "/v1/enrol", body);
  g_autoptr (DureResponse) response = NULL;

  request->type = g_strdup ("application/json");
  response = dure_server_handle (fixture->server, request);
  g_assert_cmpuint (response->status, ==, 200);
  return g_strndup (strstr (response->body->str, "\"token\":\"") + 9, 64);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  dure_password_set_cheap (TRUE);
  fixture->directory = g_dir_make_tmp ("dure-XXXXXX", NULL);
  fixture->where = test_storage_new (fixture->directory);
  fixture->storage = dure_storage_open (fixture->where, &error);
  g_assert_no_error (error);
  fixture->server = dure_server_new (fixture->storage);
  g_assert_true (dure_server_add_tenant (fixture->server, TENANT, NULL));
  g_assert_true (dure_server_add_tenant (fixture->server, "yeongdo", NULL));
  g_assert_true (dure_server_add_account (fixture->server, TENANT, "kim", PASSWORD, DURE_ROLE_EDITOR, NULL));
  g_assert_true (dure_server_add_account (fixture->server, TENANT, "park", PASSWORD, DURE_ROLE_VIEWER, NULL));
  g_assert_true (dure_server_add_account (fixture->server, "yeongdo", "kim", PASSWORD, DURE_ROLE_EDITOR, NULL));
  fixture->token = enrol (fixture, TENANT, "kim", "00000000000000aa");
  fixture->viewer = enrol (fixture, TENANT, "park", "00000000000000bb");
  fixture->other = enrol (fixture, "yeongdo", "kim", "00000000000000cc");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->storage);
  remove_directory (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->where);
  g_free (fixture->token);
  g_free (fixture->viewer);
  g_free (fixture->other);
}

static DureResponse *
ask (Fixture    *fixture,
     const char *token,
     const char *method,
     const char *sha256,
     const char *range,
     const char *content_range,
     GBytes     *body)
{
  g_autofree char *path = g_strconcat ("/v1/blobs/", sha256, NULL);
  g_autoptr (DureRequest) request = dure_request_new (method, path, body);

  request->token = g_strdup (token);
  request->range = g_strdup (range);
  request->content_range = g_strdup (content_range);
  request->type = g_strdup ("application/octet-stream");
  return dure_server_handle (fixture->server, request);
}

static void
assert_problem (DureResponse *response, guint status, const char *problem)
{
  g_autofree char *type = g_strdup_printf ("\"type\":\"urn:dure:problem:%s\"", problem);

  if (response->status != status || strstr (response->body->str, type) == NULL)
    g_error ("not %u %s: %u %s", status, problem, response->status, response->body->str);
}

static char *
name_of (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static DureResponse *
put (Fixture *fixture, const char *token, const char *sha256, GBytes *all, gsize at, gsize length)
{
  g_autofree char *range = g_strdup_printf ("bytes %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT, at,
                                            at + length - 1, g_bytes_get_size (all));
  g_autoptr (GBytes) piece = g_bytes_new_from_bytes (all, at, length);

  return ask (fixture, token, "PUT", sha256, NULL, range, piece);
}

static void
put_all (Fixture *fixture, const char *token, const char *sha256, GBytes *all)
{
  gsize size = g_bytes_get_size (all);

  for (gsize at = 0; at < size; at += PIECE)
    {
      g_autoptr (DureResponse) response = put (fixture, token, sha256, all, at, MIN (PIECE, size - at));

      g_assert_cmpuint (response->status, ==, 200);
    }
}

static void
assert_part (Fixture *fixture, const char *sha256, const char *range, guint status, GBytes *all, gsize from, gsize to)
{
  g_autoptr (DureResponse) response = ask (fixture, fixture->token, "GET", sha256, range, NULL, NULL);
  g_autofree char *said = g_strdup_printf ("bytes %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT, from, to,
                                           g_bytes_get_size (all));
  g_autofree char *got = NULL;
  gsize            length;

  g_assert_cmpuint (response->status, ==, status);
  if (status == 206)
    g_assert_cmpstr (dure_response_get_head (response, "Content-Range"), ==, said);
  else
    g_assert_null (dure_response_get_head (response, "Content-Range"));
  got = dure_response_read (response, &length);
  g_assert_cmpmem (got, length, (const char *)g_bytes_get_data (all, NULL) + from, to - from + 1);
}

static void
test_pieces_and_ranges (Fixture *fixture, gconstpointer data)
{
  const gsize size = 3 * PIECE + 777;
  g_autoptr (GBytes) all = test_noise (size, 1);
  g_autofree char *sha256 = name_of (all);
  g_autoptr (DureResponse) unknown = ask (fixture, fixture->token, "GET", sha256, NULL, NULL, NULL);
  g_autoptr (DureResponse) beyond = NULL;
  g_autoptr (DureResponse) head = NULL;
  g_autofree char *digits = g_strdup_printf ("%" G_GSIZE_FORMAT, size);
  g_autofree char *none = g_strdup_printf ("bytes */%" G_GSIZE_FORMAT, size);
  g_autofree char *last = g_strdup_printf ("bytes=%" G_GSIZE_FORMAT "-", size - 1);
  g_autofree char *behind = g_strdup_printf ("bytes=%" G_GSIZE_FORMAT "-", size);

  assert_problem (unknown, 404, "blob-unknown");
  put_all (fixture, fixture->token, sha256, all);
  head = ask (fixture, fixture->token, "HEAD", sha256, NULL, NULL, NULL);
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpstr (dure_response_get_head (head, "Content-Length"), ==, digits);
  assert_part (fixture, sha256, NULL, 200, all, 0, size - 1);
  assert_part (fixture, sha256, "bytes=0-", 206, all, 0, size - 1);
  assert_part (fixture, sha256, "bytes=100-", 206, all, 100, size - 1);
  assert_part (fixture, sha256, "bytes=100-199", 206, all, 100, 199);
  assert_part (fixture, sha256, "bytes=262143-262145", 206, all, 262143, 262145);
  assert_part (fixture, sha256, "bytes=-10", 206, all, size - 10, size - 1);
  assert_part (fixture, sha256, "bytes=5-99999999999999999999", 206, all, 5, size - 1);
  assert_part (fixture, sha256, last, 206, all, size - 1, size - 1);
  /* What need not be heeded is not. */
  assert_part (fixture, sha256, "bytes=0-1,5-6", 200, all, 0, size - 1);
  assert_part (fixture, sha256, "lines=1-2", 200, all, 0, size - 1);
  assert_part (fixture, sha256, "bytes=9-3", 200, all, 0, size - 1);
  beyond = ask (fixture, fixture->token, "GET", sha256, behind, NULL, NULL);
  assert_problem (beyond, 416, "range");
  g_assert_cmpstr (dure_response_get_head (beyond, "Content-Range"), ==, none);
}

static void
assert_offset (Fixture *fixture, const char *sha256, const char *offset)
{
  g_autoptr (DureResponse) head = ask (fixture, fixture->token, "HEAD", sha256, NULL, NULL, NULL);

  g_assert_cmpuint (head->status, ==, 404);
  g_assert_cmpstr (dure_response_get_head (head, "Upload-Offset"), ==, offset);
}

static void
test_resume (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) all = test_noise (2 * PIECE + 5, 2);
  g_autofree char *sha256 = name_of (all);
  g_autoptr (DureResponse) first = put (fixture, fixture->token, sha256, all, 0, PIECE);
  g_autoptr (DureResponse) again = put (fixture, fixture->token, sha256, all, 0, PIECE);
  g_autoptr (DureResponse) gap = NULL;
  g_autoptr (DureResponse) early = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 200);
  assert_offset (fixture, sha256, "262144");
  gap = put (fixture, fixture->token, sha256, all, 2 * PIECE, 5);
  assert_problem (gap, 409, "blob-offset");
  g_assert_cmpstr (dure_response_get_head (gap, "Upload-Offset"), ==, "262144");
  early = ask (fixture, fixture->token, "GET", sha256, NULL, NULL, NULL);
  assert_problem (early, 404, "blob-unknown");
  /* Another server goes on with it. */
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->storage);
  fixture->storage = dure_storage_open (fixture->where, &error);
  g_assert_no_error (error);
  fixture->server = dure_server_new (fixture->storage);
  put_all (fixture, fixture->token, sha256, all);
  assert_part (fixture, sha256, NULL, 200, all, 0, 2 * PIECE + 4);
  put_all (fixture, fixture->token, sha256, all);
  assert_part (fixture, sha256, NULL, 200, all, 0, 2 * PIECE + 4);
}

static void
test_wrong_hash (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) all = test_noise (PIECE + 9, 3);
  g_autoptr (GBytes) other = test_noise (PIECE + 9, 4);
  g_autoptr (GBytes) longer = test_noise (2 * PIECE, 5);
  g_autofree char *sha256 = name_of (all);
  g_autoptr (DureResponse) one = put (fixture, fixture->token, sha256, other, 0, PIECE);
  g_autoptr (DureResponse) two = put (fixture, fixture->token, sha256, other, PIECE, 9);
  g_autoptr (DureResponse) three = NULL;

  g_assert_cmpuint (one->status, ==, 200);
  assert_problem (two, 422, "blob-mismatch");
  assert_offset (fixture, sha256, "0");
  /* An upload that claims another size gives way to one that begins anew. */
  three = put (fixture, fixture->token, sha256, longer, 0, PIECE);
  g_assert_cmpuint (three->status, ==, 200);
  put_all (fixture, fixture->token, sha256, all);
  assert_part (fixture, sha256, NULL, 200, all, 0, PIECE + 8);
}

static void
test_limits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) all = test_noise (PIECE, 6);
  g_autoptr (GBytes) more = test_noise (PIECE, 7);
  g_autoptr (GBytes) small = test_noise (10, 8);
  g_autoptr (GBytes) huge = test_noise (DURE_SERVER_MAX_PIECE + 1, 9);
  g_autofree char *sha256 = name_of (all);
  g_autofree char *name = name_of (more);
  g_autofree char *third = name_of (small);
  static const char *const wrong[]
      = { "bytes 0-9", "bytes 0-8/10", "bytes 0-9/9", "bytes 9-0/10", "chars 0-9/10", "bytes 0-9/10x", "" };
  g_autoptr (DureResponse) large = NULL;
  g_autoptr (DureResponse) full = NULL;
  g_autoptr (DureResponse) body = NULL;
  g_autoptr (DureResponse) crumb = NULL;

  dure_server_set_blob_limits (fixture->server, PIECE - 1, 0);
  large = put (fixture, fixture->token, sha256, all, 0, PIECE);
  assert_problem (large, 413, "blob-too-large");
  dure_server_set_blob_limits (fixture->server, PIECE, 2 * PIECE - 1);
  put_all (fixture, fixture->token, sha256, all);
  full = put (fixture, fixture->token, name, more, 0, PIECE);
  assert_problem (full, 507, "blob-quota");
  /* The room of one municipality is not that of another. */
  put_all (fixture, fixture->other, name, more);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (DureResponse) response = ask (fixture, fixture->token, "PUT", third, NULL, wrong[i], small);

      assert_problem (response, 400, "format");
    }
  crumb = ask (fixture, fixture->token, "PUT", third, NULL, "bytes 0-9/100", small);
  assert_problem (crumb, 400, "format");
  body = ask (fixture, fixture->token, "PUT", third, NULL, NULL, huge);
  assert_problem (body, 413, "too-large");
  assert_offset (fixture, third, "0");
}

static void
test_apart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) all = test_noise (1000, 10);
  g_autofree char *sha256 = name_of (all);
  static const char *const methods[] = { "GET", "HEAD", "PUT" };
  static const char *const names[]
      = { "", "abc", "../../etc/passwd", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD" };
  g_autoptr (DureResponse) elsewhere = NULL;
  g_autoptr (DureResponse) post = NULL;
  gint64 lines;

  put_all (fixture, fixture->token, sha256, all);
  elsewhere = ask (fixture, fixture->other, "GET", sha256, NULL, NULL, NULL);
  assert_problem (elsewhere, 404, "blob-unknown");
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (DureResponse) viewer
          = ask (fixture, fixture->viewer, methods[i], sha256, NULL, NULL, methods[i][0] == 'P' ? all : NULL);
      g_autoptr (DureResponse) stranger = ask (fixture, NULL, methods[i], sha256, NULL, NULL, NULL);

      assert_problem (viewer, 403, "role");
      assert_problem (stranger, 401, "token-missing");
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (DureResponse) response = ask (fixture, fixture->token, "GET", names[i], NULL, NULL, NULL);

      assert_problem (response, 404, "not-found");
    }
  post = ask (fixture, fixture->token, "DELETE", sha256, NULL, NULL, NULL);
  assert_problem (post, 405, "method");
  assert_part (fixture, sha256, NULL, 200, all, 0, 999);
  g_assert_true (DURE_STORAGE_GET_CLASS (fixture->storage)->verify_log (fixture->storage, &lines, NULL));
}

/* Takes away a tenant, and its files with it; those of the other stay. */
static void
test_remove_tenant (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) all = test_noise (1000, 11);
  g_autofree char *sha256 = name_of (all);
  g_autofree char *file = g_build_filename (fixture->directory, "blobs-yeongdo.db", NULL);
  g_autoptr (GError) error = NULL;
  gint64 n, bytes;

  put_all (fixture, fixture->token, sha256, all);
  put_all (fixture, fixture->other, sha256, all);
  g_assert_cmpint (g_file_test (file, G_FILE_TEST_EXISTS), ==, !test_uses_postgres ());
  g_assert_true (DURE_STORAGE_GET_CLASS (fixture->storage)->remove_tenant (fixture->storage, "yeongdo", &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_true (
      DURE_STORAGE_GET_CLASS (fixture->storage)->count_blobs (fixture->storage, "yeongdo", &n, &bytes, &error));
  g_assert_cmpint (n, ==, 0);
  assert_part (fixture, sha256, NULL, 200, all, 0, 999);
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) all = test_noise (PIECE + 1, 12);
  g_autofree char *sha256 = name_of (all);
  g_autofree char *copy = g_build_filename (fixture->directory, "copy", NULL);
  g_autofree char *back = g_build_filename (fixture->directory, "back", NULL);
  g_autofree char *where = g_strconcat ("sqlite:", back, NULL);
  g_autoptr (GError) error = NULL;

  if (test_uses_postgres ())
    {
      g_test_skip ("pg_dump does it");
      return;
    }
  put_all (fixture, fixture->token, sha256, all);
  g_assert_true (DURE_STORAGE_GET_CLASS (fixture->storage)->backup (fixture->storage, copy, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->storage);
  g_assert_true (dure_storage_restore (copy, where, &error));
  g_assert_no_error (error);
  fixture->storage = dure_storage_open (where, &error);
  g_assert_no_error (error);
  fixture->server = dure_server_new (fixture->storage);
  assert_part (fixture, sha256, NULL, 200, all, 0, PIECE);
}

static guint
sweep (DureServer *server)
{
  g_autoptr (GError) error = NULL;
  guint n;

  dure_server_sweep_blobs (server, TENANT, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
test_sweep (Fixture *fixture, gconstpointer data)
{
  const gint64     day = 24 * 3600 * 1000;
  g_autoptr (GBytes) all = test_noise (1000, 13);
  g_autoptr (GBytes) half = test_noise (2 * PIECE, 14);
  g_autofree char *sha256 = name_of (all);
  g_autofree char *other = name_of (half);
  g_autoptr (DureResponse) response = NULL;

  put_all (fixture, fixture->token, sha256, all);
  response = put (fixture, fixture->token, other, half, 0, PIECE);
  g_assert_cmpuint (sweep (fixture->server), ==, 0);
  dure_server_set_offset (fixture->server, 6 * day);
  g_assert_cmpuint (sweep (fixture->server), ==, 0);
  dure_server_set_offset (fixture->server, 8 * day);
  g_assert_cmpuint (sweep (fixture->server), ==, 2);
  assert_offset (fixture, sha256, "0");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } routes[] = {
    { "/server/blobs/pieces-and-ranges", test_pieces_and_ranges },
    { "/server/blobs/resume", test_resume },
    { "/server/blobs/wrong-hash", test_wrong_hash },
    { "/server/blobs/limits", test_limits },
    { "/server/blobs/apart", test_apart },
    { "/server/blobs/remove-tenant", test_remove_tenant },
    { "/server/blobs/backup", test_backup },
    { "/server/blobs/sweep", test_sweep },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    g_test_add (routes[i].path, Fixture, NULL, set_up, routes[i].test, tear_down);
  return g_test_run ();
}
