/* test-bad-input.c: what no device would send: each gets a problem of its own, and changes nothing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/dure-date.h"
#include "base/dure-error.h"
#include "base/dure-stamp.h"
#include "base/dure-uuid.h"
#include "server-fixture.h"
#include "sync/dure-client.h"
#include "sync/dure-gzip.h"

#define LINES DURE_WIRE_TYPE
#define JSON "application/json"
#define ENROL(tenant, user, name) \
  "{\"tenant\":" tenant ",\"user\":" user ",\"password\":\"right password\",\"device\":\"00000000000000aa\",\"name\":" name \
  "}"

typedef struct
{
  TestServer *server;
  Device     *device;
  char       *token;
  char       *dead; /* a token that another followed */
} Fixture;

/* How a body is spoilt. */
typedef enum
{
  PLAIN,
  PACKED,
  PACKED_HALF,
  PACKED_NOT,
  PACKED_BOMB,
  DEEP,
  LARGE,
} Spoilt;

/* Which token comes along. */
typedef enum
{
  GOOD,
  NO_TOKEN,
  WRONG,
  REVOKED,
  DEAD,
  EXPIRED,
} Token;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = test_server_new ();
  fixture->device = device_new ();
  device_enrol (fixture->device, fixture->server->uri, "kim");
  g_free (device_add_agency (fixture->device, "하나복지관"));
  device_round (fixture->device);
  fixture->dead = device_token (fixture->device);
  dure_server_set_offset (fixture->server->server, 8 * G_GINT64_CONSTANT (86400000));
  device_round (fixture->device);
  dure_server_set_offset (fixture->server->server, 0);
  device_round (fixture->device);
  fixture->token = device_token (fixture->device);
  g_assert_cmpstr (fixture->token, !=, fixture->dead);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  device_free (fixture->device);
  test_server_free (fixture->server);
  g_free (fixture->token);
  g_free (fixture->dead);
}

/* %1 a stamp of the device, %2 a UUID, %3 a stamp of the far future, in what the table says. */
static char *
fill_in (Fixture *fixture, const char *text)
{
  g_autoptr (GString) whole = g_string_new (text);
  g_autofree char *stamp
      = g_strdup_printf ("%012" G_GINT64_MODIFIER "x-0000-%s", dure_now_ms (), dure_store_get_device (fixture->device->store));
  g_autofree char *later = g_strdup_printf ("%012" G_GINT64_MODIFIER "x-0000-%s", dure_now_ms () + 86400000,
                                            dure_store_get_device (fixture->device->store));
  char id[DURE_UUID_LENGTH + 1];

  dure_uuid_v7 (id);
  g_string_replace (whole, "%1", stamp, 0);
  g_string_replace (whole, "%2", id, 0);
  g_string_replace (whole, "%3", later, 0);
  return g_string_free (g_steal_pointer (&whole), FALSE);
}

static GBytes *
spoil (const char *text, Spoilt spoilt)
{
  g_autoptr (GBytes) packed = NULL;
  g_autofree char *large = NULL;

  switch (spoilt)
    {
    case PACKED:
      return dure_gzip_pack (text, strlen (text));
    case PACKED_HALF:
      packed = dure_gzip_pack (text, strlen (text));
      return g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) / 2);
    case PACKED_BOMB:
      large = g_strnfill (DURE_SERVER_MAX_PUSH + 1, ' ');
      return dure_gzip_pack (large, DURE_SERVER_MAX_PUSH + 1);
    case DEEP:
      large = g_strnfill (60000, '[');
      return g_bytes_new (large, 60000);
    case LARGE:
      large = g_strnfill (DURE_SERVER_MAX_BODY + 1, ' ');
      return g_bytes_new (large, DURE_SERVER_MAX_BODY + 1);
    case PLAIN:
    case PACKED_NOT:
    default:
      return g_bytes_new (text, strlen (text));
    }
}

/* All that the server keeps of the tenant: its last number, and what stands. */
static char *
state_of (Fixture *fixture)
{
  Device          *other = device_new ();
  g_autofree char *dump = NULL;
  gint64           seq, epoch;

  device_enrol (other, fixture->server->uri, "lee");
  device_round (other);
  dump = device_dump (other);
  device_free (other);
  g_assert_true (DURE_STORAGE_GET_CLASS (dure_server_get_storage (fixture->server->server))
                     ->last_seq (dure_server_get_storage (fixture->server->server), TENANT, &seq, &epoch, NULL));
  return g_strdup_printf ("%d\n%s", (int)seq, dump);
}

static guint
ask (Fixture    *fixture,
     const char *method,
     const char *path,
     Token       token,
     const char *type,
     Spoilt      spoilt,
     const char *text,
     char      **answer)
{
  g_autofree char *whole = g_strconcat (fixture->server->uri, path, NULL);
  g_autofree char *body = text != NULL ? fill_in (fixture, text) : NULL;
  g_autofree char *bearer = NULL;
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, whole);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) sent = body != NULL ? spoil (body, spoilt) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (token != NO_TOKEN)
    {
      bearer = g_strconcat ("Bearer ", token == WRONG ? "0123456789abcdef" : token == DEAD ? fixture->dead : fixture->token, NULL);
      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  if (spoilt >= PACKED && spoilt <= PACKED_BOMB)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, type, sent);
  bytes = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  *answer = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return soup_message_get_status (message);
}

static void
make_token (Fixture *fixture, Token token)
{
  DureStorage *storage = dure_server_get_storage (fixture->server->server);

  if (token == EXPIRED)
    dure_server_set_offset (fixture->server->server, 99 * G_GINT64_CONSTANT (86400000));
  else
    dure_server_set_offset (fixture->server->server, 0);
  if (token == REVOKED)
    g_assert_true (DURE_STORAGE_GET_CLASS (storage)->revoke (
        storage, TENANT, dure_store_get_device (fixture->device->store), NULL, NULL));
}

#define GOOD_SET "\"set\":{\"name\":\"둘\"}"
#define CHANGE(stamp, set) "{\"stamp\":\"" stamp "\",\"entity\":\"agency\",\"id\":\"%2\"," set "}\n"

static const struct
{
  const char *what;
  const char *method, *path;
  Token       token;
  const char *type;
  Spoilt      spoilt;
  const char *body;
  guint       status; /* 200: the answer refuses the line */
  const char *problem;
} cases[] = {
  { "line cut off", "POST", "/v1/changes", GOOD, LINES, PLAIN, "{\"stamp\":\"%1\",\"entity\":\"agency\",", 400, "truncated" },
  { "gzip cut off", "POST", "/v1/changes", GOOD, LINES, PACKED_HALF, CHANGE ("%1", GOOD_SET), 400, "truncated" },
  { "enrolment cut off", "POST", "/v1/enrol", NO_TOKEN, JSON, PLAIN, "{\"tenant\":\"gwang", 400, "truncated" },
  { "no gzip", "POST", "/v1/changes", GOOD, LINES, PACKED_NOT, CHANGE ("%1", GOOD_SET), 400, "packing" },
  { "oversized when unpacked", "POST", "/v1/changes", GOOD, LINES, PACKED_BOMB, "", 413, "too-large" },
  { "oversized", "POST", "/v1/enrol", NO_TOKEN, JSON, LARGE, "", 413, "too-large" },
  { "wrong content type", "POST", "/v1/changes", GOOD, "text/plain", PLAIN, CHANGE ("%1", GOOD_SET), 415, "content-type" },
  { "form to enrol", "POST", "/v1/enrol", NO_TOKEN, "application/x-www-form-urlencoded", PLAIN, "user=kim", 415,
    "content-type" },
  { "not UTF-8", "POST", "/v1/changes", GOOD, LINES, PLAIN, CHANGE ("%1", "\"set\":{\"name\":\"\xff\xfe\"}"), 200, "not-utf8" },
  { "not UTF-8 to enrol", "POST", "/v1/enrol", NO_TOKEN, JSON, PLAIN, ENROL ("\"gwangmyeong\"", "\"\xff\"", "\"PC\""), 400,
    "not-utf8" },
  { "deep", "POST", "/v1/changes", GOOD, LINES, PLAIN,
    CHANGE ("%1", GOOD_SET ",\"extra\":[[[[[[[[[[[[1]]]]]]]]]]]]"), 200, "too-deep" },
  { "deep to enrol", "POST", "/v1/enrol", NO_TOKEN, JSON, DEEP, "", 400, "too-deep" },
  { "wrong type", "POST", "/v1/changes", GOOD, LINES, PLAIN, CHANGE ("%1", "\"set\":{\"name\":7}"), 200, "wrong-type" },
  { "wrong type of a stamp", "POST", "/v1/changes", GOOD, LINES, PLAIN, "{\"stamp\":17}\n", 200, "wrong-type" },
  { "wrong type to enrol", "POST", "/v1/enrol", NO_TOKEN, JSON, PLAIN, ENROL ("7", "\"kim\"", "\"PC\""), 400, "wrong-type" },
  { "no JSON", "POST", "/v1/changes", GOOD, LINES, PLAIN, "hello\n", 200, "format" },
  { "far future", "POST", "/v1/changes", GOOD, LINES, PLAIN, CHANGE ("%3", GOOD_SET), 200, "stamp-ahead" },
  { "another device", "POST", "/v1/changes", GOOD, LINES, PLAIN, CHANGE ("019a00000000-0000-00000000000000bb", GOOD_SET), 200,
    "wrong-device" },
  { "unknown tenant", "POST", "/v1/enrol", NO_TOKEN, JSON, PLAIN, ENROL ("\"nowhere\"", "\"kim\"", "\"PC\""), 404,
    "unknown-tenant" },
  { "tenant that is a path", "POST", "/v1/enrol", NO_TOKEN, JSON, PLAIN, ENROL ("\"../x\"", "\"kim\"", "\"PC\""), 404,
    "unknown-tenant" },
  { "unknown account", "POST", "/v1/enrol", NO_TOKEN, JSON, PLAIN, ENROL ("\"gwangmyeong\"", "\"nobody\"", "\"PC\""), 401,
    "wrong-password" },
  { "no token", "POST", "/v1/changes", NO_TOKEN, LINES, PLAIN, CHANGE ("%1", GOOD_SET), 401, "token-missing" },
  { "unknown token", "GET", "/v1/snapshot", WRONG, NULL, PLAIN, NULL, 401, "token-revoked" },
  { "copied store", "POST", "/v1/changes", DEAD, LINES, PLAIN, CHANGE ("%1", GOOD_SET), 401, "device-copied" },
  { "copied store asks for a token", "POST", "/v1/token", DEAD, JSON, PLAIN, "", 401, "device-copied" },
  { "expired token", "POST", "/v1/changes", EXPIRED, LINES, PLAIN, CHANGE ("%1", GOOD_SET), 401, "token-expired" },
  /* The last: the device is out after it. */
  { "revoked token", "POST", "/v1/changes", REVOKED, LINES, PLAIN, CHANGE ("%1", GOOD_SET), 401, "token-revoked" },
};

static void
test_table (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = state_of (fixture);
  g_autofree char *after = NULL;
  g_autoptr (GHashTable) sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = NULL;
      g_autofree char *type = g_strconcat ("urn:dure:problem:", cases[i].problem, NULL);
      const char      *sentence = dure_client_explain (type);
      const char      *known;
      guint            status;

      make_token (fixture, cases[i].token);
      status = ask (fixture, cases[i].method, cases[i].path, cases[i].token, cases[i].type, cases[i].spoilt, cases[i].body,
                    &answer);
      if (status != cases[i].status || strstr (answer, type) == NULL)
        g_error ("%s: %u, %s", cases[i].what, status, answer);
      g_assert_nonnull (strstr (answer, "\"detail\":\""));
      if (status == 200)
        g_assert_nonnull (strstr (answer, "\"accepted\":0,"));
      /* Each problem has a sentence of its own. */
      g_assert_nonnull (sentence);
      known = g_hash_table_lookup (sentences, sentence);
      g_assert_true (known == NULL || strcmp (known, cases[i].problem) == 0);
      g_hash_table_insert (sentences, g_strdup (sentence), (gpointer)cases[i].problem);
    }
  after = state_of (fixture);
  g_assert_cmpstr (before, ==, after);
}

/* The line broke in the middle of a request: whoever sent it hears nothing, and nothing was stored. */
static void
test_hung_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = state_of (fixture);
  g_autofree char *after = NULL;
  g_autofree char *line = fill_in (fixture, CHANGE ("%1", GOOD_SET));
  g_autofree char *head = g_strdup_printf ("POST /v1/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                                           "Content-Type: " LINES "\r\nContent-Length: %u\r\n\r\n%s",
                                           fixture->token, (guint)strlen (line) + 100, line);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  char buffer[1000];

  connection = g_socket_client_connect_to_uri (client, fixture->server->uri, 80, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), head, strlen (head), NULL, NULL,
                             &error);
  g_assert_no_error (error);
  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL, NULL);
  after = state_of (fixture);
  g_assert_cmpstr (before, ==, after);
  device_round (fixture->device);
}

/* Every route and what each role may do there: viewers write nowhere, strangers do nothing. */
static void
test_roles (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *method, *path, *type, *body;
    guint       viewer;
  } routes[] = {
    { "POST", "/v1/changes", LINES, CHANGE ("%1", GOOD_SET), 403 },
    { "GET", "/v1/changes", NULL, NULL, 200 },
    { "GET", "/v1/snapshot", NULL, NULL, 200 },
    { "POST", "/v1/token", JSON, "", 200 },
  };
  Device          *viewer = device_new ();
  g_autofree char *before = state_of (fixture);
  g_autofree char *after = NULL;
  g_autofree char *editor = fixture->token;

  device_enrol (viewer, fixture->server->uri, "park");
  fixture->token = device_token (viewer);
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *answer = NULL;
      g_autofree char *stranger = NULL;

      g_assert_cmpuint (
          ask (fixture, routes[i].method, routes[i].path, GOOD, routes[i].type, PLAIN, routes[i].body, &answer), ==,
          routes[i].viewer);
      g_assert_cmpuint (
          ask (fixture, routes[i].method, routes[i].path, NO_TOKEN, routes[i].type, PLAIN, routes[i].body, &stranger), ==,
          401);
    }
  after = state_of (fixture);
  g_assert_cmpstr (before, ==, after);
  g_free (fixture->token);
  fixture->token = g_steal_pointer (&editor);
  device_free (viewer);
}

/* No field that is sensitive by the table reaches a viewer, by whatever route. */
static void
test_fields (Fixture *fixture, gconstpointer data)
{
  static const char *const routes[] = { "/v1/changes?after=0", "/v1/snapshot" };
  Device          *viewer = device_new ();
  g_autofree char *editor = NULL;
  guint            n = 0;

  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    for (guint f = 0; f < dure_entity (e)->n_fields; f++)
      if ((dure_entity_field (dure_entity (e), f)->flags & DURE_FIELD_SENSITIVE) != 0)
        {
          g_autofree char *set = g_strdup_printf ("\"set\":{\"%s\":\"숨긴 값 %u\"}", dure_entity_field (dure_entity (e), f)->key, n);
          g_autofree char *line
              = g_strdup_printf ("{\"stamp\":\"%%1\",\"entity\":\"%s\",\"id\":\"%%2\",%s}\n", dure_entity (e)->key, set);
          g_autofree char *answer = NULL;

          g_assert_cmpuint (ask (fixture, "POST", "/v1/changes", GOOD, LINES, PLAIN, line, &answer), ==, 200);
          g_assert_nonnull (strstr (answer, "\"accepted\":1,"));
          g_usleep (2000);
          n++;
        }
  g_assert_cmpuint (n, >, 0);
  device_enrol (viewer, fixture->server->uri, "park");
  editor = fixture->token;
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *seen = NULL;
      g_autofree char *all = NULL;

      fixture->token = editor;
      ask (fixture, "GET", routes[i], GOOD, NULL, PLAIN, NULL, &all);
      g_assert_nonnull (strstr (all, "숨긴 값 0"));
      fixture->token = device_token (viewer);
      ask (fixture, "GET", routes[i], GOOD, NULL, PLAIN, NULL, &seen);
      g_assert_null (strstr (seen, "숨긴 값"));
      g_free (fixture->token);
    }
  fixture->token = g_steal_pointer (&editor);
  device_free (viewer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/bad-input/table", Fixture, NULL, set_up, test_table, tear_down);
  g_test_add ("/bad-input/hung-up", Fixture, NULL, set_up, test_hung_up, tear_down);
  g_test_add ("/bad-input/roles", Fixture, NULL, set_up, test_roles, tear_down);
  g_test_add ("/bad-input/fields", Fixture, NULL, set_up, test_fields, tear_down);
  return g_test_run ();
}
