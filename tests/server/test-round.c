/* test-round.c: devices and a server, over real sockets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/dure-error.h"
#include "server-fixture.h"

typedef struct
{
  TestServer *server;
  Device     *a;
  Device     *b;
} Pair;

static void
set_up (Pair *pair, gconstpointer data)
{
  pair->server = test_server_new ();
  pair->a = device_new ();
  pair->b = device_new ();
  device_enrol (pair->a, pair->server->uri, "kim");
  device_enrol (pair->b, pair->server->uri, "lee");
}

static void
tear_down (Pair *pair, gconstpointer data)
{
  device_free (pair->a);
  device_free (pair->b);
  test_server_free (pair->server);
}

/* Both have all: a sends, b sends and takes, a takes. */
static void
meet (Pair *pair)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  device_round (pair->a);
  device_round (pair->b);
  device_round (pair->a);
  a = device_dump (pair->a);
  b = device_dump (pair->b);
  g_assert_cmpstr (a, ==, b);
}

static void
test_different_fields (Pair *pair, gconstpointer data)
{
  g_autofree char *id = device_add_agency (pair->a, "광명종합사회복지관");

  meet (pair);
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_PHONE, "0226108080");
  device_set (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  meet (pair);
  device_assert (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  device_assert (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_PHONE, "0226108080");
  g_assert_cmpuint (device_conflicts (pair->a, NULL), ==, 0);
}

static void
assert_conflict (
    Device *device, const char *field, const char *won, const char *won_by, const char *lost, const char *lost_by)
{
  g_autoptr (GPtrArray) list = NULL;
  DureRecord *conflict;

  g_assert_cmpuint (device_conflicts (device, &list), ==, 1);
  conflict = g_ptr_array_index (list, 0);
  g_assert_cmpstr (dure_record_get (conflict, DURE_CONFLICT_FIELD), ==, field);
  g_assert_cmpstr (dure_record_get (conflict, DURE_CONFLICT_WON), ==, won);
  g_assert_cmpstr (dure_record_get (conflict, DURE_CONFLICT_WON_BY), ==, won_by);
  g_assert_cmpstr (dure_record_get (conflict, DURE_CONFLICT_LOST), ==, lost);
  g_assert_cmpstr (dure_record_get (conflict, DURE_CONFLICT_LOST_BY), ==, lost_by);
}

static void
test_same_field (Pair *pair, gconstpointer data)
{
  g_autofree char *id = device_add_agency (pair->a, "광명종합사회복지관");

  meet (pair);
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  g_usleep (5000);
  device_set (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이두레");
  meet (pair);
  device_assert (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "이두레");
  assert_conflict (pair->a, "head", "이두레", "lee", "김두레", "kim");
  assert_conflict (pair->b, "head", "이두레", "lee", "김두레", "kim");
}

/* Whoever goes on from a value that lost has one thing at stake, not two. */
static void
test_same_field_often (Pair *pair, gconstpointer data)
{
  g_autofree char *id = device_add_agency (pair->a, "광명종합사회복지관");

  meet (pair);
  device_set (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "가");
  device_set (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "나");
  g_usleep (5000);
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "다");
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "라");
  meet (pair);
  assert_conflict (pair->a, "head", "라", "kim", "나", "lee");
  assert_conflict (pair->b, "head", "라", "kim", "나", "lee");
}

static void
test_same_value (Pair *pair, gconstpointer data)
{
  g_autofree char *id = device_add_agency (pair->a, "광명종합사회복지관");

  meet (pair);
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  device_set (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  meet (pair);
  g_assert_cmpuint (device_conflicts (pair->b, NULL), ==, 0);
}

static void
test_long_text (Pair *pair, gconstpointer data)
{
  g_autofree char *id = device_add_agency (pair->a, "광명종합사회복지관");

  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, "첫째 줄\n둘째 줄\n셋째 줄");
  meet (pair);
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, "첫째 줄 (확인)\n둘째 줄\n셋째 줄");
  device_set (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, "첫째 줄\n둘째 줄\n셋째 줄\n넷째 줄");
  meet (pair);
  device_assert (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, "첫째 줄 (확인)\n둘째 줄\n셋째 줄\n넷째 줄");
  device_assert (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, "첫째 줄 (확인)\n둘째 줄\n셋째 줄\n넷째 줄");
  g_assert_cmpuint (device_conflicts (pair->a, NULL), ==, 0);
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, "한 줄");
  g_usleep (5000);
  device_set (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, "다른 줄");
  meet (pair);
  assert_conflict (pair->a, "note", "다른 줄", "lee", "한 줄", "kim");
}

static void
test_deleted_edited (Pair *pair, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = device_add_agency (pair->a, "하나복지관");
  g_autofree char *two = device_add_agency (pair->a, "두리복지관");

  meet (pair);
  /* The edit comes to the server first, then the other way round; in both the edit is what the other did not know of.
   */
  device_set (pair->a, DURE_ENTITY_AGENCY, one, DURE_AGENCY_HEAD, "김두레");
  dure_store_delete (pair->b->store, DURE_ENTITY_AGENCY, one, &error);
  g_assert_no_error (error);
  dure_store_delete (pair->a->store, DURE_ENTITY_AGENCY, two, &error);
  g_assert_no_error (error);
  device_set (pair->b, DURE_ENTITY_AGENCY, two, DURE_AGENCY_HEAD, "이두레");
  meet (pair);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DureRecord) record = dure_store_get (pair->b->store, DURE_ENTITY_AGENCY, i == 0 ? one : two, &error);

      g_assert_no_error (error);
      g_assert_false (dure_record_get_deleted (record));
    }
  g_assert_cmpuint (device_conflicts (pair->a, NULL), ==, 2);
  g_assert_cmpuint (device_conflicts (pair->b, NULL), ==, 2);
}

static void
test_delete_known (Pair *pair, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = device_add_agency (pair->a, "하나복지관");
  g_autoptr (DureRecord) record = NULL;

  meet (pair);
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  meet (pair);
  dure_store_delete (pair->b->store, DURE_ENTITY_AGENCY, id, &error);
  g_assert_no_error (error);
  meet (pair);
  record = dure_store_get (pair->a->store, DURE_ENTITY_AGENCY, id, NULL);
  g_assert_true (record == NULL || dure_record_get_deleted (record));
  g_assert_cmpuint (device_conflicts (pair->a, NULL), ==, 0);
}

static void
test_made_twice (Pair *pair, gconstpointer data)
{
  Device *devices[] = { pair->a, pair->b };
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_SETTING);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DureRecord) setting = dure_record_new (DURE_ENTITY_SETTING);

      dure_record_set (setting, DURE_SETTING_NAME, "quorum");
      dure_record_set (setting, DURE_SETTING_VALUE, i == 0 ? NULL : "과반수");
      dure_store_write (devices[i]->store, setting, &error);
      g_assert_no_error (error);
    }
  meet (pair);
  list = dure_store_list (pair->a->store, query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (dure_record_get (g_ptr_array_index (list, 0), DURE_SETTING_VALUE), ==, "과반수");
  g_assert_cmpuint (device_conflicts (pair->a, NULL), ==, 0);
}

static void
test_twice_harmless (Pair *pair, gconstpointer data)
{
  g_autofree char *id = device_add_agency (pair->a, "하나복지관");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  meet (pair);
  before = device_dump (pair->a);
  /* As after the answer got lost, or the file was put back to an older copy. */
  dure_store_mark_sent (pair->a->store, 0, &error);
  g_assert_no_error (error);
  meet (pair);
  after = device_dump (pair->a);
  g_assert_cmpstr (before, ==, after);
}

static void
test_nothing_comes_back (Pair *pair, gconstpointer data)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  meet (pair);
  id = device_add_agency (pair->a, "하나복지관");
  device_try (pair->a, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.sent, ==, 1);
  g_assert_cmpuint (result.received, ==, 0);
}

/* Every byte at which the connection may break, in both directions, in steps. */
static void
test_broken_wire (Pair *pair, gconstpointer data)
{
  TestWire        *wire = test_wire_new (pair->server->uri);
  g_autofree char *uri = test_wire_uri (wire);
  g_autoptr (GError) error = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  guint            n_broken = 0;

  dure_store_set_meta (pair->a->store, "sync.url", uri, &error);
  g_assert_no_error (error);
  dure_store_set_meta (pair->b->store, "sync.url", uri, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 700; i++)
    {
      g_autofree char *name = g_strdup_printf ("기관 %u호", i);
      g_autofree char *id = device_add_agency (i % 2 == 0 ? pair->a : pair->b, name);
    }
  for (int most = 150; most < 60000; most += most / 3)
    for (guint i = 0; i < 4; i++)
      {
        g_auto (DureSyncResult) result = { 0 };
        g_autoptr (GError) broken = NULL;

        g_atomic_int_set (&wire->most_up, i % 2 == 0 ? most : -1);
        g_atomic_int_set (&wire->most_down, i % 2 == 0 ? -1 : most);
        if (device_try (i < 2 ? pair->a : pair->b, &result, &broken))
          continue;
        g_assert_error (broken, DURE_ERROR, DURE_ERROR_UNREACHABLE);
        n_broken++;
      }
  g_assert_cmpuint (n_broken, >, 10);
  g_atomic_int_set (&wire->most_up, -1);
  g_atomic_int_set (&wire->most_down, -1);
  meet (pair);
  {
    g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_AGENCY);

    g_assert_cmpint (dure_store_count (pair->a->store, query, NULL), ==, 700);
  }
  test_wire_free (wire);
}

static void
test_no_server (Pair *pair, gconstpointer data)
{
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *id = device_add_agency (pair->a, "하나복지관");
  gint64           offset = 0;

  test_server_stop (pair->server);
  g_assert_false (device_try (pair->a, &result, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_UNREACHABLE);
  g_assert_cmpint (dure_store_count_unsent (pair->a->store), ==, 1);
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  g_assert_cmpint (dure_store_count_unsent (pair->a->store), ==, 2);
  /* The same storage on another port, as after a restart. */
  test_server_start (pair->server, offset);
  dure_store_set_meta (pair->a->store, "sync.url", pair->server->uri, NULL);
  dure_store_set_meta (pair->b->store, "sync.url", pair->server->uri, NULL);
  meet (pair);
  device_assert (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
}

static void
test_wrong_password (Pair *pair, gconstpointer data)
{
  Device         *c = device_new ();
  const DureEnrol wrong = { pair->server->uri, TENANT, "kim", "wrong password", "PC" };
  const DureEnrol nobody = { pair->server->uri, "nowhere", "kim", PASSWORD, "PC" };
  const DureEnrol nonsense = { "not an address", TENANT, "kim", PASSWORD, "PC" };
  const DureEnrol right = { pair->server->uri, TENANT, "lee", PASSWORD, "PC" };
  const DureEnrol slowed = { pair->server->uri, TENANT, "kim", PASSWORD, "PC" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_clear_error (&error);
      g_assert_false (dure_sync_enrol (c->store, &wrong, NULL, &error));
      g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
    }
  g_assert_false (dure_sync_is_enrolled (c->store));
  g_clear_error (&error);
  g_assert_false (dure_sync_enrol (c->store, &nobody, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (dure_sync_enrol (c->store, &nonsense, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_INVALID);
  /* Slowed for one account, not for the others. */
  g_clear_error (&error);
  g_assert_false (dure_sync_enrol (c->store, &slowed, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_true (dure_sync_enrol (c->store, &right, NULL, &error));
  g_assert_no_error (error);
  device_free (c);
}

static void
test_not_a_server (Pair *pair, gconstpointer data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16          port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autofree char *path = g_strdup_printf ("%s/v2", pair->server->uri);
  const DureEnrol  enrol = { path, TENANT, "kim", PASSWORD, "PC" };
  g_autoptr (GError) error = NULL;

  g_assert_false (dure_sync_enrol (pair->a->store, &enrol, NULL, &error));
  g_assert_error (error, DURE_ERROR, DURE_ERROR_PROTOCOL);
}

static void
test_viewer (Pair *pair, gconstpointer data)
{
  Device *c = device_new ();
  g_autoptr (DureRecord) person = dure_record_new (DURE_ENTITY_PERSON);
  g_autoptr (GError) error = NULL;
  g_auto (DureSyncResult) result = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *mine = NULL;

  dure_record_set (person, DURE_PERSON_NAME, "홍길동");
  dure_record_set (person, DURE_PERSON_MOBILE, "01012345678");
  dure_record_set (person, DURE_PERSON_POSITION, "관장");
  dure_store_write (pair->a->store, person, &error);
  g_assert_no_error (error);
  id = g_strdup (dure_record_get_id (person));
  meet (pair);
  device_enrol (c, pair->server->uri, "park");
  mine = device_add_agency (c, "열람자 기관");
  g_assert_true (device_try (c, &result, &error));
  g_assert_no_error (error);
  g_assert_nonnull (result.refusal);
  /* From the snapshot, and from a change. */
  device_assert (c, DURE_ENTITY_PERSON, id, DURE_PERSON_POSITION, "관장");
  device_assert (c, DURE_ENTITY_PERSON, id, DURE_PERSON_MOBILE, NULL);
  g_assert_cmpint (dure_store_count_unsent (c->store), ==, 1);
  device_set (pair->a, DURE_ENTITY_PERSON, id, DURE_PERSON_MOBILE, "01011112222");
  g_usleep (3000);
  device_set (pair->b, DURE_ENTITY_PERSON, id, DURE_PERSON_MOBILE, "01033334444");
  device_set (pair->b, DURE_ENTITY_PERSON, id, DURE_PERSON_POSITION, "부장");
  meet (pair);
  dure_sync_result_clear (&result);
  g_assert_true (device_try (c, &result, &error));
  device_assert (c, DURE_ENTITY_PERSON, id, DURE_PERSON_POSITION, "부장");
  device_assert (c, DURE_ENTITY_PERSON, id, DURE_PERSON_MOBILE, NULL);
  g_assert_cmpuint (device_conflicts (pair->a, NULL), ==, 1);
  {
    g_autoptr (GPtrArray) list = NULL;

    device_conflicts (c, &list);
    for (guint i = 0; i < list->len; i++)
      {
        g_assert_null (dure_record_get (g_ptr_array_index (list, i), DURE_CONFLICT_WON));
        g_assert_null (dure_record_get (g_ptr_array_index (list, i), DURE_CONFLICT_LOST));
      }
  }
  device_free (c);
}

static void
test_wrong_clock (Pair *pair, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  meet (pair);
  test_server_stop (pair->server);
  test_server_start (pair->server, -3 * G_TIME_SPAN_HOUR / 1000);
  dure_store_set_meta (pair->a->store, "sync.url", pair->server->uri, NULL);
  dure_store_set_meta (pair->b->store, "sync.url", pair->server->uri, NULL);
  id = device_add_agency (pair->a, "하나복지관");
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "가");
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "나");
  g_assert_true (device_try (pair->a, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.restamped, ==, 3);
  g_assert_cmpuint (result.sent, ==, 3);
  g_assert_cmpint (result.offset_ms, <, -3 * 3600 * 1000 + 60000);
  g_assert_cmpint (dure_store_count_unsent (pair->a->store), ==, 0);
  /* New stamps are right at once, and still later than the old ones. */
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "다");
  dure_sync_result_clear (&result);
  g_assert_true (device_try (pair->a, &result, &error));
  g_assert_cmpuint (result.restamped, ==, 0);
  meet (pair);
  device_assert (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "다");
  device_assert (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "다");
  g_assert_cmpuint (device_conflicts (pair->a, NULL), ==, 0);
}

/* A server that was put back to an older copy gets back what it has lost. */
static void
test_server_put_back (Pair *pair, gconstpointer data)
{
  g_autofree char *id = device_add_agency (pair->a, "하나복지관");
  g_autoptr (GError) error = NULL;
  TestServer *other;

  meet (pair);
  other = test_server_new ();
  test_server_stop (pair->server);
  /* Same accounts, nothing else: the devices need new tokens but keep all the rest. */
  for (guint i = 0; i < 2; i++)
    {
      Device          *device = i == 0 ? pair->a : pair->b;
      g_autofree char *cursor = dure_store_get_meta (device->store, "sync.cursor");
      g_autofree char *sent = dure_store_get_meta (device->store, "sent");

      dure_store_set_meta (device->store, "sync.url", other->uri, NULL);
      device_enrol (device, other->uri, i == 0 ? "kim" : "lee");
      g_assert_cmpstr (cursor, !=, "0");
      dure_store_set_meta (device->store, "sync.cursor", cursor, NULL);
      dure_store_set_meta (device->store, "sent", sent, NULL);
    }
  meet (pair);
  device_round (pair->b);
  {
    Device *c = device_new ();

    device_enrol (c, other->uri, "kim");
    device_round (c);
    device_assert (c, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NAME, "하나복지관");
    device_free (c);
  }
  test_server_free (other);
}

static void
test_big_snapshot (Pair *pair, gconstpointer data)
{
  Device *c;
  g_autoptr (GError) error = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  dure_store_begin (pair->a->store, "많이", &error);
  for (guint i = 0; i < 6000; i++)
    {
      g_autofree char *name = g_strdup_printf ("기관 %u호", i);
      g_autofree char *id = device_add_agency (pair->a, name);
    }
  dure_store_commit (pair->a->store, &error);
  g_assert_no_error (error);
  meet (pair);
  c = device_new ();
  device_enrol (c, pair->server->uri, "kim");
  device_round (c);
  a = device_dump (pair->a);
  b = device_dump (c);
  g_assert_cmpstr (a, ==, b);
  device_free (c);
}

/* What the server will never take is said, stays here, and keeps nothing else from going out. */
static void
test_refused (Pair *pair, gconstpointer data)
{
  g_autofree char *id = device_add_agency (pair->a, "하나복지관");
  g_autofree char *huge = g_strnfill (1024 * 1024 + 1, 'x');
  g_autofree char *why = NULL;
  g_autofree char *still = NULL;
  g_autofree char *none = NULL;
  g_auto (DureSyncResult) result = { 0 };
  g_autoptr (GError) error = NULL;

  device_round (pair->a);
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, huge);
  device_set (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  g_assert_true (device_try (pair->a, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.refused, ==, 1);
  g_assert_cmpuint (dure_sync_get_refused (pair->a->store, &why), ==, 1);
  g_assert_true (g_str_has_suffix (why, "."));
  device_round (pair->a);
  g_assert_cmpuint (dure_sync_get_refused (pair->a->store, &still), ==, 1);
  g_assert_cmpstr (still, ==, why);
  device_round (pair->b);
  device_assert (pair->b, DURE_ENTITY_AGENCY, id, DURE_AGENCY_HEAD, "김두레");
  device_assert (pair->a, DURE_ENTITY_AGENCY, id, DURE_AGENCY_NOTE, huge);
  g_assert_true (dure_sync_forget_refused (pair->a->store, &error));
  g_assert_cmpuint (dure_sync_get_refused (pair->a->store, &none), ==, 0);
  g_assert_null (none);
}

static void
test_cancel (Pair *pair, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_auto (DureSyncResult) result = { 0 };
  g_autofree char *id = device_add_agency (pair->a, "하나복지관");

  g_cancellable_cancel (cancellable);
  g_assert_false (dure_sync_round (pair->a->store, &result, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (dure_store_count_unsent (pair->a->store), ==, 1);
  meet (pair);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Pair *, gconstpointer);
  } tests[] = {
    { "/server/round/different-fields", test_different_fields },
    { "/server/round/same-field", test_same_field },
    { "/server/round/same-field-often", test_same_field_often },
    { "/server/round/same-value", test_same_value },
    { "/server/round/long-text", test_long_text },
    { "/server/round/deleted-edited", test_deleted_edited },
    { "/server/round/delete-known", test_delete_known },
    { "/server/round/made-twice", test_made_twice },
    { "/server/round/twice-harmless", test_twice_harmless },
    { "/server/round/nothing-comes-back", test_nothing_comes_back },
    { "/server/round/broken-wire", test_broken_wire },
    { "/server/round/no-server", test_no_server },
    { "/server/round/wrong-password", test_wrong_password },
    { "/server/round/not-a-server", test_not_a_server },
    { "/server/round/viewer", test_viewer },
    { "/server/round/wrong-clock", test_wrong_clock },
    { "/server/round/server-put-back", test_server_put_back },
    { "/server/round/big-snapshot", test_big_snapshot },
    { "/server/round/refused", test_refused },
    { "/server/round/cancel", test_cancel },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Pair, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
