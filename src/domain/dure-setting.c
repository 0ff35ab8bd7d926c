/* dure-setting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-domain"

#include "config.h"

#include "domain/dure-setting.h"

static DureRecord *
find (DureStore *store, const char *name)
{
  g_autoptr (DureQuery) query = dure_query_new (DURE_ENTITY_SETTING);
  g_autoptr (GPtrArray) found = NULL;

  dure_query_where (query, DURE_SETTING_NAME, DURE_EQUAL, name);
  dure_query_limit (query, 1);
  found = dure_store_list (store, query, NULL);
  return found != NULL && found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

/**
 * dure_setting_int:
 * @name: of the setting
 * @usual: the value when it is not set, or is no number
 * @article: (out) (optional) (nullable) (transfer full): the article that stands beside it
 */
gint64
dure_setting_int (DureStore *store, const char *name, gint64 usual, char **article)
{
  g_autoptr (DureRecord) record = find (store, name);
  const char *value = record != NULL ? dure_record_get (record, DURE_SETTING_VALUE) : NULL;
  char       *end = NULL;
  gint64      number = value != NULL ? g_ascii_strtoll (value, &end, 10) : usual;

  if (article != NULL)
    *article = record != NULL ? g_strdup (dure_record_get (record, DURE_SETTING_ARTICLE)) : NULL;
  return value != NULL && (end == value || *end != '\0') ? usual : number;
}
