/* dure-store-search.c: finding records by parts of names, initial consonants, and names typed on the wrong keyboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The index holds the grams of base/dure-text.h without their text. A search takes candidates from it (those that begin
 * with the query first), then matches each against its record, which also tells which part of the title to mark.
 */
#define G_LOG_DOMAIN "dure-store"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/dure-hangul.h"
#include "base/dure-text.h"
#include "store/dure-store-private.h"

#define ROW_BITS 40
/* Candidates looked at for one search, and matches after which it stops looking: they bound its cost whatever the
 * query. */
#define CANDIDATES 500
#define ENOUGH 100
/* So many records may wait for their place in the index while a transaction is open. */
#define MOST_UNINDEXED 4096

gint64
dure_store_search_base (DureEntityId entity)
{
  return (gint64)entity << ROW_BITS;
}

/* Searchable fields of a record, folded, a line each; NULL when there is nothing to find. */
static char *
search_key (DureRecord *record)
{
  const DureEntity *entity = dure_record_get_entity (record);
  const char *const *values = dure_record_get_values (record);
  GString           *key = NULL;

  if (dure_record_get_deleted (record))
    return NULL;
  for (guint f = 0; f < entity->n_fields; f++)
    {
      const char      *value = (entity->fields[f].flags & DURE_FIELD_SEARCHABLE) ? values[f] : NULL;
      g_autofree char *folded = value != NULL ? dure_text_fold (value) : NULL;

      if (folded == NULL || *folded == '\0')
        continue;
      if (key == NULL)
        key = g_string_new (folded);
      else
        g_string_append (g_string_append_c (key, '\n'), folded);
    }
  return key != NULL ? g_string_free (key, FALSE) : NULL;
}

/* Tells the index of the terms of @key that @besides does not have. */
static gboolean
put_grams (DureStore *self, const char *sql, gint64 rowid, const char *key, const char *besides, GError **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, rowid);
  sqlite3_bind_text (stmt, 2, dure_text_grams (key, besides), -1, g_free);
  return dure_store_step_done (self, stmt, error);
}

/* What the index has still to be told of one record. */
typedef struct
{
  gint64 rowid;
  guint  order;
  char  *was; /* what the index holds of it, NULL for nothing */
  char  *key; /* what it shall hold */
} Pending;

static void
clear_pending (gpointer data)
{
  Pending *pending = data;

  g_free (pending->was);
  g_free (pending->key);
}

static int
compare_pending (gconstpointer a, gconstpointer b)
{
  const Pending *left = a;
  const Pending *right = b;

  if (left->rowid != right->rowid)
    return left->rowid < right->rowid ? -1 : 1;
  return left->order < right->order ? -1 : 1;
}

/* Tells the index what waits, before the transaction ends. FTS5 begins a new piece of its index each time a row number
 * is smaller than the one before, and merging those pieces costs much more than the rows: so they come in order. */
gboolean
dure_store_index_flush (DureStore *self, GError **error)
{
  GArray  *waiting = self->unindexed;
  gboolean good = TRUE;

  if (waiting == NULL || waiting->len == 0)
    return TRUE;
  g_array_sort (waiting, compare_pending);
  for (guint i = 0, next; good && i < waiting->len; i = next)
    {
      const Pending *first = &g_array_index (waiting, Pending, i);
      const Pending *last = first;

      for (next = i + 1; next < waiting->len && g_array_index (waiting, Pending, next).rowid == first->rowid; next++)
        last = &g_array_index (waiting, Pending, next);
      if (g_strcmp0 (first->was, last->key) == 0)
        continue;
      /* An index without content is told what to forget. Without columns and places, each term of a row stands for
       * itself: of those that stay nothing is said, most of a name when a telephone number changes. */
      good = first->was == NULL
             || put_grams (self, "INSERT INTO search (search, rowid, grams) VALUES ('delete', ?1, ?2)", first->rowid,
                           first->was, last->key, error);
      if (good && last->key != NULL)
        good = put_grams (self, "INSERT INTO search (rowid, grams) VALUES (?1, ?2)", first->rowid, last->key,
                          first->was, error);
    }
  g_array_set_size (waiting, 0);
  return good;
}

/* Keeps the index at what the record now says, as soon as the transaction ends. */
gboolean
dure_store_index (DureStore *self, DureRecord *old, DureRecord *record, gint64 row, GError **error)
{
  Pending pending = { .rowid = dure_store_search_base (dure_record_get_entity (record)->id) + row,
                      .was = old != NULL ? search_key (old) : NULL,
                      .key = search_key (record) };

  if (g_strcmp0 (pending.was, pending.key) == 0)
    {
      clear_pending (&pending);
      return TRUE;
    }
  if (self->unindexed == NULL)
    {
      self->unindexed = g_array_new (FALSE, FALSE, sizeof (Pending));
      g_array_set_clear_func (self->unindexed, clear_pending);
    }
  pending.order = self->unindexed->len;
  g_array_append_val (self->unindexed, pending);
  return self->unindexed->len < MOST_UNINDEXED || dure_store_index_flush (self, error);
}

/* Makes the index anew from the records. */
gboolean
dure_store_index_rebuild (DureStore *self, GError **error)
{
  if (!dure_store_exec (self, "INSERT INTO search (search) VALUES ('delete-all')", error))
    return FALSE;
  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    {
      const DureEntity *entity = dure_entity (e);
      g_autofree char  *sql = g_strdup_printf ("SELECT %s FROM \"%s\"", dure_store_columns (e), entity->key);
      sqlite3_stmt     *stmt = dure_store_prepare (self, sql, error);
      gboolean          good = stmt != NULL;
      int               code = SQLITE_DONE;

      while (good && (code = sqlite3_step (stmt)) == SQLITE_ROW)
        {
          gint64 row;
          g_autoptr (DureRecord) record = dure_store_read_record (entity, stmt, &row);

          good = dure_store_index (self, NULL, record, row, error);
        }
      if (good && code != SQLITE_DONE)
        good = dure_store_sql_error (self, error);
      if (stmt != NULL)
        sqlite3_reset (stmt);
      if (!good)
        return FALSE;
    }
  return dure_store_index_flush (self, error);
}

static int
compare_hashes (gconstpointer a, gconstpointer b)
{
  guint64 left = *(const guint64 *)a;
  guint64 right = *(const guint64 *)b;

  return left < right ? -1 : left > right;
}

/* FNV-1a, as of the Internet draft draft-eastlake-fnv */
static guint64
hash_term (const char *term, gsize length)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar)g_ascii_tolower (term[i])) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

static inline gboolean
in_term (char c)
{
  return (guchar)c >= 0x80 || g_ascii_isalnum (c);
}

/* Sum of the terms of one record, each counted once, cut as FTS5's `ascii` cuts them. */
static guint64
sum_of_key (const char *key, GArray *hashes)
{
  g_autofree char *grams = dure_text_grams (key, NULL);
  guint64          sum = 0;

  g_array_set_size (hashes, 0);
  for (const char *at = grams; *at != '\0';)
    {
      const char *end = at;
      guint64     hash;

      while (in_term (*end))
        end++;
      if (end > at)
        {
          hash = hash_term (at, (gsize)(end - at));
          g_array_append_val (hashes, hash);
        }
      at = *end != '\0' ? end + 1 : end;
    }
  g_array_sort (hashes, compare_hashes);
  for (guint i = 0; i < hashes->len; i++)
    if (i == 0 || g_array_index (hashes, guint64, i) != g_array_index (hashes, guint64, i - 1))
      sum += g_array_index (hashes, guint64, i);
  return sum;
}

static gboolean
sum_of_records (DureStore *self, const DureEntity *entity, guint64 *sum, GError **error)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE _deleted = 0", dure_store_columns (entity->id), entity->key);
  sqlite3_stmt *stmt = dure_store_prepare (self, sql, error);
  int           code;

  if (stmt == NULL)
    return FALSE;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      g_autoptr (DureRecord) record = dure_store_read_record (entity, stmt, NULL);
      g_autofree char *key = search_key (record);

      if (key != NULL)
        *sum += sum_of_key (key, hashes);
    }
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE;
}

/* Whether the index holds just the terms of the records. It keeps no content to compare with, so the sum over all
 * terms, each as often as there are records with it, is compared with what the records give. Cost: as making it anew. */
gboolean
dure_store_index_compare (DureStore *self, gboolean *agrees, GError **error)
{
  guint64       wanted = 0;
  guint64       found = 0;
  sqlite3_stmt *stmt;
  int           code;

  for (guint e = 0; e < DURE_N_ENTITIES; e++)
    if (!sum_of_records (self, dure_entity (e), &wanted, error))
      return FALSE;
  if (!dure_store_exec (self, "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab ('main', 'search', 'row')",
                        error))
    return FALSE;
  stmt = dure_store_prepare (self, "SELECT term, doc FROM temp.terms", error);
  if (stmt == NULL)
    return FALSE;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    found += hash_term ((const char *)sqlite3_column_text (stmt, 0), (gsize)sqlite3_column_bytes (stmt, 0))
             * (guint64)sqlite3_column_int64 (stmt, 1);
  if (code != SQLITE_DONE)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  *agrees = found == wanted;
  return code == SQLITE_DONE;
}

/**
 * dure_store_rebuild_search:
 * @self: a store without an open transaction
 * @error: return location
 *
 * Makes the search index anew from the records; no record changes. A second for some 50,000 records.
 *
 * Returns: %TRUE when it is stored
 */
gboolean
dure_store_rebuild_search (DureStore *self, GError **error)
{
  if (!dure_store_may_write (self, error) || !dure_store_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (dure_store_index_rebuild (self, error) && dure_store_exec (self, "COMMIT", error))
    return TRUE;
  dure_store_rollback (self);
  return FALSE;
}

/** dure_hit_free: frees the hit. */
void
dure_hit_free (DureHit *hit)
{
  g_free (hit->id);
  g_free (hit->title);
  g_free (hit->detail);
  g_free (hit);
}

typedef struct
{
  DureHit *hit;
  guint    rank;
} Ranked;

static void
clear_ranked (gpointer data)
{
  g_clear_pointer (&((Ranked *)data)->hit, dure_hit_free);
}

/* What a file belongs to tells more of it than its size. */
static char *
owner_title (DureStore *self, DureRecord *attachment)
{
  const char       *key = dure_record_get (attachment, DURE_ATTACHMENT_OWNER_ENTITY);
  const DureEntity *entity = key != NULL ? dure_entity_by_key (key) : NULL;
  const char       *id = dure_record_get (attachment, DURE_ATTACHMENT_OWNER);

  return entity != NULL && id != NULL ? dure_store_title (self, entity->id, id) : NULL;
}

/* Kind of the record and its first two listed fields: enough to tell two of one name apart. */
static char *
make_detail (DureStore *self, DureRecord *record)
{
  const DureEntity *entity = dure_record_get_entity (record);
  GString          *text = g_string_new (dure_entity_label (entity));
  guint             n = 0;

  if (entity->id == DURE_ENTITY_ATTACHMENT)
    {
      g_autofree char *owner = owner_title (self, record);

      if (owner != NULL)
        g_string_append_printf (text, " · %s", owner);
      return g_string_free (text, FALSE);
    }
  for (guint f = 0; f < entity->n_fields && n < 2; f++)
    {
      const DureField *field = &entity->fields[f];
      g_autofree char *part = NULL;

      if (!(field->flags & DURE_FIELD_LIST) || (field->flags & (DURE_FIELD_TITLE | DURE_FIELD_SENSITIVE))
          || dure_record_get (record, f) == NULL)
        continue;
      part = dure_store_format (self, record, f);
      g_string_append_printf (text, " · %s", part);
      n++;
    }
  return g_string_free (text, FALSE);
}

/* The order of kinds in a list of hits. */
static guint
kind_rank (DureEntityId entity)
{
  static const DureEntityId first[]
      = { DURE_ENTITY_AGENCY, DURE_ENTITY_PERSON, DURE_ENTITY_EVENT, DURE_ENTITY_BODY, DURE_ENTITY_PROGRAMME };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    if (first[i] == entity)
      return i;
  return G_N_ELEMENTS (first);
}

/* A hit when the record really matches, and how good it is: lower is better. */
static gboolean
examine (DureRecord *record, const char *query, const char *folded, Ranked *ranked)
{
  const char      *title = dure_record_get_title (record);
  g_autofree char *key = NULL;
  gsize            start = 0;
  gsize            end = 0;

  if (title != NULL && dure_text_find (title, query, &start, &end))
    ranked->rank = (start == 0 ? 0 : 1000) + (guint)MIN (strlen (title), 500);
  else
    {
      gsize from, to;

      key = search_key (record);
      if (key == NULL || !dure_text_match (key, folded, &from, &to))
        return FALSE;
      ranked->rank = 2000;
    }
  ranked->rank = ranked->rank * 8 + kind_rank (dure_record_get_entity (record)->id);
  ranked->hit = g_new0 (DureHit, 1);
  ranked->hit->entity = dure_record_get_entity (record)->id;
  ranked->hit->id = g_strdup (dure_record_get_id (record));
  ranked->hit->match_start = start;
  ranked->hit->match_end = end;
  return TRUE;
}

static gboolean
collect (DureStore  *self,
         const char *match,
         const char *query,
         const char *folded,
         GHashTable *known,
         GArray     *found,
         GError    **error)
{
  sqlite3_stmt *stmt = dure_store_prepare (self, "SELECT rowid FROM search WHERE search MATCH ?1 LIMIT ?2", error);
  guint         enough = found->len + ENOUGH;
  int           code = SQLITE_DONE;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_text (stmt, 1, match, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 2, CANDIDATES);
  while (found->len < enough && (code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      gint64       rowid = sqlite3_column_int64 (stmt, 0);
      DureEntityId entity = (DureEntityId)(rowid >> ROW_BITS);
      Ranked       ranked = { NULL, 0 };
      g_autoptr (DureRecord) record = NULL;

      if (entity >= DURE_N_ENTITIES || !g_hash_table_add (known, g_memdup2 (&rowid, sizeof rowid)))
        continue;
      record = dure_store_get_row (self, entity, rowid & ((G_GINT64_CONSTANT (1) << ROW_BITS) - 1));
      if (record != NULL && examine (record, query, folded, &ranked))
        g_array_append_val (found, ranked);
    }
  if (code != SQLITE_DONE && code != SQLITE_ROW)
    dure_store_sql_error (self, error);
  sqlite3_reset (stmt);
  return code == SQLITE_DONE || code == SQLITE_ROW;
}

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *left = a;
  const Ranked *right = b;

  return left->rank != right->rank ? (left->rank < right->rank ? -1 : 1) : strcmp (left->hit->id, right->hit->id);
}

static GPtrArray *
search_once (DureStore *self, const char *query, guint limit, GError **error)
{
  g_autofree char *folded = dure_text_fold (query);
  g_autofree char *grams = NULL;
  g_autofree char *initial = NULL;
  g_autofree char *starts = NULL;
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (Ranked));
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_hit_free);

  g_array_set_clear_func (found, clear_ranked);
  if (*folded == '\0')
    return g_steal_pointer (&hits);
  grams = dure_text_query_grams (folded);
  initial = dure_text_start_gram (folded);
  starts = g_strconcat (grams, " ", initial, NULL);
  if (!collect (self, starts, query, folded, known, found, error)
      || !collect (self, grams, query, folded, known, found, error))
    return NULL;
  g_array_sort (found, compare_ranked);
  for (guint i = 0; i < found->len && hits->len < limit; i++)
    {
      Ranked *ranked = &g_array_index (found, Ranked, i);
      g_autoptr (DureRecord) record = dure_store_get (self, ranked->hit->entity, ranked->hit->id, NULL);

      if (record == NULL)
        continue;
      ranked->hit->title = dure_store_record_title (self, record);
      ranked->hit->detail = make_detail (self, record);
      g_ptr_array_add (hits, g_steal_pointer (&ranked->hit));
    }
  return g_steal_pointer (&hits);
}

static gboolean
is_latin (const char *text)
{
  gboolean letters = FALSE;

  for (; *text != '\0'; text++)
    {
      if ((guchar)*text >= 0x80)
        return FALSE;
      letters = letters || g_ascii_isalpha (*text);
    }
  return letters;
}

/**
 * dure_store_search:
 * @self: a store
 * @text: what was typed: parts of names, initial consonants (`ㅈㅅㄱㄱ`), a name typed on the English keyboard
 * @limit: at most so many hits
 * @suggestion: (out) (optional) (nullable): when the plain text found nothing, the Hangul that its keys would have
 * typed, if that did
 * @error: return location
 *
 * Some milliseconds whatever the size of the store: a bounded number of candidates is looked at, those that begin with
 * @text first.
 *
 * Returns: (transfer full) (element-type DureHit) (nullable): the best hits first
 */
GPtrArray *
dure_store_search (DureStore *self, const char *text, guint limit, char **suggestion, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *hangul = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) other = NULL;

  if (suggestion != NULL)
    *suggestion = NULL;
  if (!dure_store_index_flush (self, error))
    return NULL;
  hits = search_once (self, valid, limit, error);
  if (hits == NULL || hits->len > 0 || !is_latin (valid))
    return g_steal_pointer (&hits);
  hangul = dure_hangul_from_keys (valid);
  other = search_once (self, hangul, limit, error);
  if (other != NULL && other->len > 0 && suggestion != NULL)
    *suggestion = g_steal_pointer (&hangul);
  return g_steal_pointer (&other);
}
