/* dure-attachment.c: files that belong to a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-attachment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-text.h"

/* So many bytes a name may have on the usual file systems, with room for a number before it. */
#define NAME_MOST 200

/**
 * dure_attachment_list:
 * @store: a store
 * @entity: kind of the owner
 * @owner: id of the owner
 * @error: return location
 *
 * Returns: (transfer full) (element-type DureRecord) (nullable): its attachments by name
 */
GPtrArray *
dure_attachment_list (DureStore *store, DureEntityId entity, const char *owner, GError **error)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_ATTACHMENT);

  dure_query_where (query, DURE_ATTACHMENT_OWNER, DURE_EQUAL, owner);
  dure_query_where (query, DURE_ATTACHMENT_OWNER_ENTITY, DURE_EQUAL, dure_entity (entity)->key);
  dure_query_sort (query, DURE_SORT_TITLE, FALSE);
  return dure_store_list (store, query, error);
}

/* A name as another program may have given it becomes one that every system takes: no folders, no control characters,
 * not too long, the ending kept. (transfer full) */
static char *
clean_name (const char *typed)
{
  g_autofree char *valid = g_utf8_make_valid (typed != NULL ? typed : "", -1);
  g_autofree char *whole = dure_text_nfc (valid);
  GString         *name = g_string_new (NULL);
  const char      *ending;

  for (const char *at = whole != NULL ? whole : ""; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_iscntrl (c) || (g_unichar_type (c) == G_UNICODE_FORMAT && c != 0x200d && c != 0x200c))
        continue;
      g_string_append_unichar (name, strchr ("/\\:*?\"<>|", (int)MIN (c, 127)) != NULL && c < 127 ? '_' : c);
    }
  g_strstrip (name->str);
  g_string_truncate (name, strlen (name->str));
  while (name->len > 0 && name->str[0] == '.')
    g_string_erase (name, 0, 1);
  ending = strrchr (name->str, '.');
  if (name->len > NAME_MOST)
    {
      g_autofree char *kept = g_strdup (ending != NULL && strlen (ending) <= 16 ? ending : "");
      gsize            length = NAME_MOST - strlen (kept);

      while (length > 0 && ((guchar)name->str[length] & 0xc0) == 0x80)
        length--;
      g_string_truncate (name, length);
      g_string_append (name, kept);
    }
  if (name->len == 0)
    g_string_append (name, _ ("attachment"));
  return g_string_free (name, FALSE);
}

/** dure_attachment_file_name: Returns: (transfer full): a name for a copy, safe whatever another device wrote */
char *
dure_attachment_file_name (DureRecord *attachment)
{
  return clean_name (dure_record_get (attachment, DURE_ATTACHMENT_NAME));
}

static DureRecord *
find_same (DureStore *store, DureEntityId entity, const char *owner, const char *name, const char *sha256)
{
  g_autoptr (GPtrArray) all = dure_attachment_list (store, entity, owner, NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_strcmp0 (dure_record_get (all->pdata[i], DURE_ATTACHMENT_NAME), name) == 0
        && g_strcmp0 (dure_record_get (all->pdata[i], DURE_ATTACHMENT_SHA256), sha256) == 0)
      return g_object_ref (all->pdata[i]);
  return NULL;
}

/**
 * dure_attachment_add:
 * @store: a store
 * @entity: kind of the owner
 * @owner: id of the owner, a record that is there
 * @name: name of the file, without folders
 * @sha256: hash of its blob, which is here
 * @size: bytes of the blob
 * @error: return location
 *
 * Writes the record of an attachment. The same file of the same name a second time is the one that is there.
 *
 * Returns: (transfer full) (nullable): the attachment
 */
DureRecord *
dure_attachment_add (DureStore   *store,
                     DureEntityId entity,
                     const char  *owner,
                     const char  *name,
                     const char  *sha256,
                     gint64       size,
                     GError     **error)
{
  g_autoptr (DureRecord) record = NULL;
  g_autoptr (DureRecord) of = dure_store_get (store, entity, owner, error);
  g_autofree char *clean = clean_name (name);
  g_autofree char *content = NULL;
  g_autofree char *type = NULL;
  g_autofree char *label = NULL;

  if (of == NULL)
    return NULL;
  if (dure_record_get_deleted (of))
    {
      dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no %s with the number %s."),
                      dure_entity_label (dure_entity (entity)), owner);
      return NULL;
    }
  record = find_same (store, entity, owner, clean, sha256);
  if (record != NULL)
    return g_steal_pointer (&record);
  content = g_content_type_guess (clean, NULL, 0, NULL);
  type = g_content_type_get_mime_type (content);
  record = dure_record_new (DURE_ENTITY_ATTACHMENT);
  dure_record_set (record, DURE_ATTACHMENT_OWNER_ENTITY, dure_entity (entity)->key);
  dure_record_set (record, DURE_ATTACHMENT_OWNER, owner);
  dure_record_set (record, DURE_ATTACHMENT_NAME, clean);
  dure_record_set (record, DURE_ATTACHMENT_TYPE, type);
  dure_record_set (record, DURE_ATTACHMENT_SHA256, sha256);
  dure_record_set_int (record, DURE_ATTACHMENT_SIZE, size);
  label = g_strdup_printf (_ ("Attach “%s”"), clean);
  if (!dure_store_begin (store, label, error))
    return NULL;
  if (!dure_store_write (store, record, error))
    {
      dure_store_rollback (store);
      return NULL;
    }
  return dure_store_commit (store, error) ? g_steal_pointer (&record) : NULL;
}
