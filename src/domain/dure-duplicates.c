/* dure-duplicates.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records are compared only with those that share a key: the folded name (of people and venues with the agency), a
 * telephone number, a mail or web address, a postal address. The keys are sorted, equal ones stand beside each other:
 * n log n for n records, and no table of all pairs.
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-duplicates.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-text.h"

/* A key that more records share says nothing: the switchboard of the city hall. Of a name that so many have, each is
 * compared with the next only. */
#define MOST_IN_BLOCK 20
#define MOST_PARTS 12
#define LEAST_SCORE 55
#define MOST_HITS 20

/* One field that can make two records alike. */
typedef struct
{
  guint     field;
  DureAlike alike;
} Part;

typedef struct
{
  const DureEntity *entity;
  Part              parts[MOST_PARTS];
  guint             n_parts;
  guint             name;   /* number of the part */
  int               agency; /* number of the part, or -1 */
} Parts;

typedef struct
{
  char *id;
  char *values[MOST_PARTS]; /* as they are compared */
} Entry;

/* One value of one entry, on its way into its block. */
typedef struct
{
  const char *text;
  const char *agency; /* of a name */
  DureAlike   alike;
  guint       entry;
} Key;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->id);
  for (guint i = 0; i < MOST_PARTS; i++)
    g_free (entry->values[i]);
  g_free (entry);
}

/** dure_duplicate_free: frees the pair. */
void
dure_duplicate_free (DureDuplicate *self)
{
  g_free (self->one);
  g_free (self->other);
  g_free (self);
}

static DureAlike
kind_of (const DureField *field)
{
  if (field->flags & DURE_FIELD_TITLE)
    return DURE_ALIKE_NAME;
  if (field->type == DURE_VALUE_PHONE)
    return DURE_ALIKE_PHONE;
  if (field->type == DURE_VALUE_MAIL)
    return DURE_ALIKE_MAIL;
  if (field->type == DURE_VALUE_LINK && strcmp (field->key, "agency") == 0)
    return DURE_ALIKE_AGENCY;
  if (field->type == DURE_VALUE_TEXT && strcmp (field->key, "web") == 0)
    return DURE_ALIKE_WEB;
  if (field->type == DURE_VALUE_TEXT && strcmp (field->key, "address") == 0)
    return DURE_ALIKE_ADDRESS;
  return 0;
}

static void
choose_parts (Parts *self, const DureEntity *entity)
{
  memset (self, 0, sizeof *self);
  self->entity = entity;
  self->agency = -1;
  for (guint f = 0; f < entity->n_fields && self->n_parts < MOST_PARTS; f++)
    {
      DureAlike kind = kind_of (&entity->fields[f]);

      if (kind == 0)
        continue;
      if (kind == DURE_ALIKE_NAME)
        self->name = self->n_parts;
      if (kind == DURE_ALIKE_AGENCY)
        self->agency = (int)self->n_parts;
      self->parts[self->n_parts++] = (Part){ f, kind };
    }
}

/* "https://www.Hana.or.kr/" and "hana.or.kr" are one; (transfer full) (nullable) */
static char *
fold_web (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  const char      *start = strstr (lower, "://");
  gsize            length;

  start = start != NULL ? start + 3 : lower;
  if (g_str_has_prefix (start, "www."))
    start += 4;
  length = strlen (start);
  while (length > 0 && start[length - 1] == '/')
    length--;
  return length > 0 ? g_strndup (start, length) : NULL;
}

static char *
normalise (DureAlike alike, const char *value)
{
  g_autofree char *folded = NULL;

  if (value == NULL || *value == '\0')
    return NULL;
  switch (alike)
    {
    case DURE_ALIKE_PHONE:
    case DURE_ALIKE_AGENCY:
      return g_strdup (value);
    case DURE_ALIKE_MAIL:
      return g_ascii_strdown (value, -1);
    case DURE_ALIKE_WEB:
      return fold_web (value);
    case DURE_ALIKE_NAME:
    case DURE_ALIKE_ADDRESS:
    case DURE_ALIKE_SIMILAR:
    default:
      folded = dure_text_fold (value);
      return *folded != '\0' ? g_steal_pointer (&folded) : NULL;
    }
}

static gboolean
are_similar (const char *a, const char *b)
{
  const char *shorter = strlen (a) < strlen (b) ? a : b;

  return g_utf8_strlen (shorter, -1) >= 3 && strstr (shorter == a ? b : a, shorter) != NULL;
}

static guint
compare_names (const Parts *parts, const Entry *a, const Entry *b, guint *alike)
{
  const char *name_a = a->values[parts->name], *name_b = b->values[parts->name];
  gboolean    agencies = parts->entity->id == DURE_ENTITY_AGENCY;

  if (name_a == NULL || name_b == NULL)
    return 0;
  if (strcmp (name_a, name_b) == 0)
    {
      *alike |= DURE_ALIKE_NAME;
      return agencies ? 60 : 40;
    }
  if (!agencies || !are_similar (name_a, name_b))
    return 0;
  *alike |= DURE_ALIKE_SIMILAR;
  return 25;
}

/* How sure it is that both are one; @alike becomes what they have in common. */
static guint
compare (const Parts *parts, const Entry *a, const Entry *b, guint *alike)
{
  static const struct
  {
    DureAlike alike;
    guint     score;
  } weights[] = {
    { DURE_ALIKE_PHONE, 30 }, { DURE_ALIKE_MAIL, 30 }, { DURE_ALIKE_WEB, 20 }, { DURE_ALIKE_ADDRESS, 20 }, { DURE_ALIKE_AGENCY, 20 },
  };
  guint score;

  *alike = 0;
  score = compare_names (parts, a, b, alike);
  /* People of one office share telephone and mail; rooms of one house their address. */
  if (score == 0 && parts->entity->id != DURE_ENTITY_AGENCY)
    return 0;
  for (guint i = 0; i < parts->n_parts; i++)
    for (guint j = 0; j < parts->n_parts; j++)
      if (i != parts->name && parts->parts[i].alike == parts->parts[j].alike && a->values[i] != NULL
          && g_strcmp0 (a->values[i], b->values[j]) == 0)
        *alike |= parts->parts[i].alike;
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    if (*alike & weights[i].alike)
      score += weights[i].score;
  /* Nothing speaks against it. */
  if (parts->agency >= 0 && a->values[parts->agency] == NULL && b->values[parts->agency] == NULL)
    score += 15;
  return score;
}

static Entry *
entry_new (const Parts *parts, const char *id, const char *const *values)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->id = g_strdup (id);
  for (guint i = 0; i < parts->n_parts; i++)
    entry->values[i] = normalise (parts->parts[i].alike, values[i]);
  return entry;
}

typedef struct
{
  const Parts *parts;
  GPtrArray   *entries; /* of Entry */
} Reading;

static void
take_record (const char *const *values, gpointer data)
{
  Reading *reading = data;

  g_ptr_array_add (reading->entries, entry_new (reading->parts, values[0], values + 1));
}

static char *
pair_name (const char *a, const char *b)
{
  return strcmp (a, b) < 0 ? g_strconcat (a, " ", b, NULL) : g_strconcat (b, " ", a, NULL);
}

static void
take_distinct (const char *const *values, gpointer data)
{
  if (values[1] != NULL && values[2] != NULL)
    g_hash_table_add (data, pair_name (values[1], values[2]));
}

/* The pairs that somebody said not to be one; (transfer full) (nullable) */
static GHashTable *
read_distinct (DureStore *store, const DureEntity *entity, GError **error)
{
  static const guint fields[] = { DURE_DISTINCT_ONE, DURE_DISTINCT_OTHER };
  g_autoptr (GHashTable) pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_DISTINCT);

  dure_query_where (query, DURE_DISTINCT_ENTITY, DURE_EQUAL, entity->key);
  if (!dure_store_scan (store, query, fields, G_N_ELEMENTS (fields), take_distinct, pairs, NULL, error))
    return NULL;
  return g_steal_pointer (&pairs);
}

static DureDuplicate *
duplicate_new (const Entry *a, const Entry *b, guint alike, guint score)
{
  DureDuplicate *pair = g_new0 (DureDuplicate, 1);
  gboolean       in_order = strcmp (a->id, b->id) < 0;

  pair->one = g_strdup (in_order ? a->id : b->id);
  pair->other = g_strdup (in_order ? b->id : a->id);
  pair->alike = alike;
  pair->score = score;
  return pair;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;
  int        order = (int)x->alike - (int)y->alike;

  if (order == 0)
    order = strcmp (x->text, y->text);
  if (order == 0)
    order = g_strcmp0 (x->agency, y->agency);
  return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static GArray *
make_keys (const Parts *parts, GPtrArray *entries)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (Key));

  for (guint e = 0; e < entries->len; e++)
    {
      const Entry *entry = entries->pdata[e];

      for (guint i = 0; i < parts->n_parts; i++)
        {
          Key key = { entry->values[i], NULL, parts->parts[i].alike, e };

          if (key.text == NULL || key.alike == DURE_ALIKE_AGENCY)
            continue;
          if (key.alike == DURE_ALIKE_NAME && parts->agency >= 0)
            key.agency = entry->values[parts->agency];
          g_array_append_val (keys, key);
        }
    }
  g_array_sort (keys, compare_keys);
  return keys;
}

typedef struct
{
  const Parts *parts;
  GPtrArray   *entries;
  GHashTable  *distinct;
  GHashTable  *seen;  /* pairs of entries that were compared */
  GPtrArray   *found; /* of DureDuplicate */
} Finding;

static void
compare_pair (Finding *self, guint i, guint j)
{
  const Entry     *a = self->entries->pdata[MIN (i, j)], *b = self->entries->pdata[MAX (i, j)];
  gint64           number = (gint64)MIN (i, j) << 32 | MAX (i, j);
  guint            alike, score;
  g_autofree char *name = NULL;

  if (i == j || !g_hash_table_add (self->seen, g_memdup2 (&number, sizeof number)))
    return;
  score = compare (self->parts, a, b, &alike);
  if (score < LEAST_SCORE)
    return;
  name = pair_name (a->id, b->id);
  if (!g_hash_table_contains (self->distinct, name))
    g_ptr_array_add (self->found, duplicate_new (a, b, alike, score));
}

static void
compare_block (Finding *self, const Key *keys, guint n)
{
  gboolean all = n <= MOST_IN_BLOCK;

  for (guint i = 0; i + 1 < n && (all || keys->alike == DURE_ALIKE_NAME); i++)
    for (guint j = i + 1; j < (all ? n : i + 2); j++)
      compare_pair (self, keys[i].entry, keys[j].entry);
}

static int
by_score (gconstpointer a, gconstpointer b)
{
  const DureDuplicate *x = *(const DureDuplicate *const *)a, *y = *(const DureDuplicate *const *)b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return strcmp (x->one, y->one) != 0 ? strcmp (x->one, y->one) : strcmp (x->other, y->other);
}

/**
 * dure_duplicates_find:
 * @store: a store
 * @entity: number of an entity whose records can be merged
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Cost: n log n for n records, a second for some 100,000. To be run beside the main thread.
 *
 * Returns: (transfer full) (element-type DureDuplicate) (nullable): pairs, the surest first, without those that
 *   somebody dismissed
 */
GPtrArray *
dure_duplicates_find (DureStore *store, DureEntityId entity, GCancellable *cancellable, GError **error)
{
  Parts parts;
  guint fields[MOST_PARTS];
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_duplicate_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) distinct = NULL;
  g_autoptr (GArray) keys = NULL;
  g_autoptr (DureQuery) query = dure_query_new (entity);
  Reading reading = { &parts, entries };
  Finding finding = { &parts, entries, NULL, seen, found };

  g_return_val_if_fail (dure_entity (entity)->merged_field >= 0, NULL);
  choose_parts (&parts, dure_entity (entity));
  for (guint i = 0; i < parts.n_parts; i++)
    fields[i] = parts.parts[i].field;
  if (!dure_store_scan (store, query, fields, parts.n_parts, take_record, &reading, cancellable, error))
    return NULL;
  finding.distinct = distinct = read_distinct (store, parts.entity, error);
  if (distinct == NULL)
    return NULL;
  keys = make_keys (&parts, entries);
  for (guint i = 0; i < keys->len;)
    {
      const Key *first = &g_array_index (keys, Key, i);
      guint      n = 1;

      while (i + n < keys->len && first[n].alike == first->alike && strcmp (first[n].text, first->text) == 0
             && g_strcmp0 (first[n].agency, first->agency) == 0)
        n++;
      compare_block (&finding, first, n);
      i += n;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }
  g_ptr_array_sort (found, by_score);
  return g_steal_pointer (&found);
}

static Entry *
entry_of (const Parts *parts, DureRecord *record)
{
  const char *values[MOST_PARTS];

  for (guint i = 0; i < parts->n_parts; i++)
    values[i] = dure_record_get (record, parts->parts[i].field);
  return entry_new (parts, dure_record_get_id (record), values);
}

/* Ids of records that may be like this one. */
static gboolean
collect (DureStore *store, const Parts *parts, DureRecord *record, GHashTable *ids, GError **error)
{
  const char *name = dure_record_get_title (record);
  g_autoptr (GPtrArray) hits = NULL;

  if (name != NULL && *name != '\0')
    {
      hits = dure_store_search (store, name, MOST_HITS, NULL, error);
      if (hits == NULL)
        return FALSE;
      for (guint i = 0; i < hits->len; i++)
        {
          const DureHit *hit = hits->pdata[i];

          if (hit->entity == parts->entity->id)
            g_hash_table_add (ids, g_strdup (hit->id));
        }
    }
  for (guint i = 0; i < parts->n_parts; i++)
    {
      guint       field = parts->parts[i].field;
      const char *value = dure_record_get (record, field);
      g_autoptr (DureQuery) query = NULL;
      g_autoptr (GPtrArray) records = NULL;

      if (value == NULL || (parts->parts[i].alike != DURE_ALIKE_PHONE && parts->parts[i].alike != DURE_ALIKE_MAIL))
        continue;
      query = dure_query_new (parts->entity->id);
      dure_query_where (query, field, DURE_EQUAL, value);
      dure_query_limit (query, MOST_HITS);
      records = dure_store_list (store, query, error);
      if (records == NULL)
        return FALSE;
      for (guint r = 0; r < records->len; r++)
        g_hash_table_add (ids, g_strdup (dure_record_get_id (records->pdata[r])));
    }
  return TRUE;
}

/**
 * dure_duplicates_of:
 * @store: a store
 * @record: a record that is being made; it may have no id yet
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureDuplicate) (nullable): what there is already that looks like @record, as
 *   @other of each pair; the surest first
 */
GPtrArray *
dure_duplicates_of (DureStore *store, DureRecord *record, GError **error)
{
  Parts parts;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)dure_duplicate_free);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer       id;
  Entry         *own;

  choose_parts (&parts, dure_record_get_entity (record));
  if (!collect (store, &parts, record, ids, error))
    return NULL;
  own = entry_of (&parts, record);
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (DureRecord) other = dure_store_get (store, parts.entity->id, id, NULL);
      guint alike, score;
      Entry *entry;

      if (other == NULL || dure_record_get_deleted (other) || g_strcmp0 (dure_record_get_id (record), id) == 0)
        continue;
      entry = entry_of (&parts, other);
      score = compare (&parts, own, entry, &alike);
      if (score >= LEAST_SCORE)
        {
          DureDuplicate *pair = g_new0 (DureDuplicate, 1);

          pair->one = g_strdup (own->id != NULL ? own->id : "");
          pair->other = g_strdup (id);
          pair->alike = alike;
          pair->score = score;
          g_ptr_array_add (found, pair);
        }
      entry_free (entry);
    }
  entry_free (own);
  g_ptr_array_sort (found, by_score);
  return g_steal_pointer (&found);
}

/** dure_duplicate_reasons: Returns: (transfer full): "same name · same telephone" */
char *
dure_duplicate_reasons (const DureDuplicate *self)
{
  static const struct
  {
    DureAlike   alike;
    const char *text;
  } words[] = {
    { DURE_ALIKE_NAME, N_ ("same name") },           { DURE_ALIKE_SIMILAR, N_ ("similar name") },
    { DURE_ALIKE_AGENCY, N_ ("same agency") },       { DURE_ALIKE_PHONE, N_ ("same telephone") },
    { DURE_ALIKE_MAIL, N_ ("same e-mail") },         { DURE_ALIKE_WEB, N_ ("same web site") },
    { DURE_ALIKE_ADDRESS, N_ ("same address") },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (self->alike & words[i].alike)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ (words[i].text));
  return g_string_free (text, FALSE);
}

/**
 * dure_duplicates_dismiss:
 * @store: a store
 * @label: what undo calls it
 * @entity: number of the entity
 * @a: id of a record
 * @b: id of another
 * @error: return location
 *
 * Remembers, on every device, that the two are not one.
 *
 * Returns: %TRUE when it is stored
 */
gboolean
dure_duplicates_dismiss (
    DureStore *store, const char *label, DureEntityId entity, const char *a, const char *b, GError **error)
{
  g_autoptr (DureRecord) distinct = dure_record_new (DURE_ENTITY_DISTINCT);
  gboolean in_order = strcmp (a, b) < 0;

  dure_record_set (distinct, DURE_DISTINCT_ENTITY, dure_entity (entity)->key);
  dure_record_set (distinct, DURE_DISTINCT_ONE, in_order ? a : b);
  dure_record_set (distinct, DURE_DISTINCT_OTHER, in_order ? b : a);
  if (!dure_store_begin (store, label, error))
    return FALSE;
  if (dure_store_write (store, distinct, error))
    return dure_store_commit (store, error);
  dure_store_rollback (store);
  return FALSE;
}
