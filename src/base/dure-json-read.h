/* dure-json-read.h: members of JSON objects that come from elsewhere and may be of any type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json-glib's own functions for members with a default complain of a wrong type as of a fault of the program. These take
 * such a member for none. Whoever includes this depends on json-glib, so src/base need not.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The value @name if it is of @type, else NULL. */
static inline JsonNode *
dure_json_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

/** dure_json_text: Returns: (transfer none) (nullable): the text @name of @object, @fallback when there is none */
static inline const char *
dure_json_text (JsonObject *object, const char *name, const char *fallback)
{
  JsonNode *node = dure_json_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : fallback;
}

/** dure_json_int: Returns: the whole number @name of @object, @fallback when there is none */
static inline gint64
dure_json_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = dure_json_value (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}

/** dure_json_is_true: Returns: whether @name of @object is `true` */
static inline gboolean
dure_json_is_true (JsonObject *object, const char *name)
{
  JsonNode *node = dure_json_value (object, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

/** dure_json_array: Returns: (transfer none) (nullable): the array @name of @object, %NULL when there is none */
static inline JsonArray *
dure_json_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/** dure_json_object_in: Returns: (transfer none) (nullable): the object in @node, %NULL when there is none */
static inline JsonObject *
dure_json_object_in (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

G_END_DECLS
