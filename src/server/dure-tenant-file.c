/* dure-tenant-file.c: all that a server keeps of one tenant, as one file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-tenant-file.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-json-check.h"
#include "base/dure-json-read.h"
#include "sync/dure-wire.h"

#define FORMAT_KEY "dured-tenant"
#define MOST_CELLS 64
#define PIECE (256 * 1024)

static const char *const tables[] = { "tenant", "change", "record", "clash", "folded",
                                     "blob",   "piece",  "account", "device", "bundle" };

/* ---- writing ---- */

typedef struct
{
  GOutputStream *stream;
  GString       *line;
  GChecksum     *sum;
  gint64         n_lines;
} Writer;

static gboolean
put_line (Writer *writer, GError **error)
{
  g_string_append_c (writer->line, '\n');
  g_checksum_update (writer->sum, (const guchar *)writer->line->str, (gssize)writer->line->len);
  writer->n_lines++;
  return g_output_stream_write_all (writer->stream, writer->line->str, writer->line->len, NULL, NULL, error);
}

static gboolean
write_row (const char *table, const DureCell *cells, guint n_cells, gpointer data, GError **error)
{
  Writer *writer = data;

  g_string_assign (writer->line, "{\"table\":");
  dure_json_append_string (writer->line, table);
  g_string_append (writer->line, ",\"row\":{");
  for (guint i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (writer->line, ',');
      dure_json_append_string (writer->line, cells[i].name);
      g_string_append_c (writer->line, ':');
      if (cells[i].is_number)
        g_string_append (writer->line, cells[i].text);
      else if (cells[i].bytes != NULL)
        {
          g_autofree char *text = g_base64_encode (cells[i].bytes, cells[i].n_bytes);

          g_string_append_printf (writer->line, "{\"base64\":\"%s\"}", text);
        }
      else
        dure_json_append_string (writer->line, cells[i].text);
    }
  g_string_append (writer->line, "}}");
  return put_line (writer, error);
}

static gboolean
write_all (Writer *writer, DureStorage *storage, const char *tenant, GError **error)
{
  g_string_printf (writer->line, "{\"" FORMAT_KEY "\":%d,\"name\":", DURE_TENANT_FILE_VERSION);
  dure_json_append_string (writer->line, tenant);
  g_string_append_c (writer->line, '}');
  if (!put_line (writer, error) || !DURE_STORAGE_GET_CLASS (storage)->dump (storage, tenant, write_row, writer, error))
    return FALSE;
  g_string_printf (writer->line, "{\"end\":{\"lines\":%" G_GINT64_FORMAT ",\"sha256\":\"%s\"}}\n", writer->n_lines,
                   g_checksum_get_string (writer->sum));
  return g_output_stream_write_all (writer->stream, writer->line->str, writer->line->len, NULL, NULL, error)
         && g_output_stream_close (writer->stream, NULL, error);
}

/**
 * dure_tenant_file_write:
 * @storage: where the tenant is
 * @tenant: its name
 * @to: where the file goes; is closed
 * @error: return location
 *
 * All of it is of one moment; the server may go on meanwhile.
 *
 * Returns: whether the file is whole
 */
gboolean
dure_tenant_file_write (DureStorage *storage, const char *tenant, GOutputStream *to, GError **error)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autoptr (GOutputStream) packed = g_converter_output_stream_new (to, G_CONVERTER (gzip));
  g_autoptr (GOutputStream) stream = g_buffered_output_stream_new_sized (packed, PIECE);
  Writer   writer = { stream, g_string_new (NULL), g_checksum_new (G_CHECKSUM_SHA256), 0 };
  gboolean done = write_all (&writer, storage, tenant, error);

  g_string_free (writer.line, TRUE);
  g_checksum_free (writer.sum);
  return done;
}

/* ---- reading ---- */

typedef struct
{
  GInputStream      *stream;
  GByteArray        *bytes; /* read, and not taken yet */
  gsize              taken;
  GChecksum         *sum;
  gint64             n_lines;
  guint              table; /* the last one */
  gint64             number; /* of its last row */
  DureTenantFileFunc func;
  gpointer           data;
} Reader;

static gboolean
is_wrong (Reader *reader, GError **error)
{
  dure_set_error (error, DURE_ERROR_DAMAGED, _ ("Line %u of the file is not what a server exports. Nothing was taken."),
                  (guint)(reader->n_lines + 1));
  return FALSE;
}

/* Reads more behind what is not taken yet. Returns: whether there was more */
static gboolean
read_more (Reader *reader, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gssize n;
  guint  old;

  g_byte_array_remove_range (reader->bytes, 0, (guint)reader->taken);
  reader->taken = 0;
  old = reader->bytes->len;
  if (old > DURE_TENANT_FILE_MAX_LINE)
    return is_wrong (reader, error);
  g_byte_array_set_size (reader->bytes, old + PIECE);
  n = g_input_stream_read (reader->stream, reader->bytes->data + old, PIECE, NULL, &failure);
  g_byte_array_set_size (reader->bytes, old + (guint)MAX (n, 0));
  if (n > 0)
    return TRUE;
  if (n == 0 || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DAMAGED, _ ("The file broke off. Nothing was taken."));
      return FALSE;
    }
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return is_wrong (reader, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* The next line without its end, in reader->bytes up to the next call. */
static const char *
next_line (Reader *reader, gsize *length, GError **error)
{
  gsize searched = 0; /* of what is not taken */

  for (;;)
    {
      gsize       left = reader->bytes->len - reader->taken;
      const char *start = left > 0 ? (const char *)reader->bytes->data + reader->taken : NULL;
      const char *end = left > searched ? memchr (start + searched, '\n', left - searched) : NULL;

      if (end != NULL)
        {
          *length = (gsize)(end - start);
          reader->taken += *length + 1;
          return start;
        }
      searched = left;
      if (!read_more (reader, error))
        return NULL;
    }
}

static JsonObject *
parse_line (Reader *reader, JsonParser *parser, const char *line, gsize length, GError **error)
{
  JsonNode *root;

  if (!dure_json_is_object (line, length, DURE_JSON_DEPTH)
      || !json_parser_load_from_data (parser, line, (gssize)length, NULL)
      || (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      is_wrong (reader, error);
      return NULL;
    }
  return json_node_get_object (root);
}

static gboolean
get_number (JsonObject *object, const char *name, gint64 *number)
{
  JsonNode *node = dure_json_value (object, name, G_TYPE_INT64);

  if (node == NULL)
    return FALSE;
  *number = json_node_get_int (node);
  return TRUE;
}

/* Whether @text is lines of the wire format, all of them changes; the stamp of the first is @stamp where that is said. */
static gboolean
are_changes (const char *text, const char *stamp)
{
  for (const char *end; *text != '\0'; text = end + (*end == '\n'))
    {
      g_auto (DureWireLine) line = { 0 };

      end = strchr (text, '\n');
      if (end == NULL)
        end = text + strlen (text);
      if (!dure_wire_parse (text, (gsize)(end - text), &line, NULL) || line.kind != DURE_WIRE_CHANGE
          || (stamp != NULL && strcmp (line.change->stamp, stamp) != 0))
        return FALSE;
      stamp = NULL;
    }
  return stamp == NULL;
}

/* What the storage itself would not notice. */
static gboolean
is_sound_row (Reader *reader, const char *table, JsonObject *row)
{
  gboolean    is_change = strcmp (table, "change") == 0;
  gboolean    is_record = strcmp (table, "record") == 0;
  const char *text;
  DureRole    role;
  gint64      number;

  if (is_change || is_record)
    {
      text = dure_json_text (row, is_change ? "line" : "lines", NULL);
      if (!get_number (row, is_change ? "seq" : "n", &number) || number <= reader->number || text == NULL
          || !are_changes (text, is_change ? dure_json_text (row, "stamp", NULL) : NULL)
          || (is_change && dure_json_text (row, "stamp", NULL) == NULL))
        return FALSE;
      reader->number = number;
    }
  else if (strcmp (table, "account") == 0)
    return dure_role_from_key (dure_json_text (row, "role", NULL), &role);
  else if (strcmp (table, "tenant") == 0)
    return get_number (row, "epoch", &number) && number >= 1;
  return TRUE;
}

static gboolean
take_row (Reader *reader, const char *table, JsonObject *row, GError **error)
{
  DureCell            cells[MOST_CELLS];
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  JsonObjectIter      iter;
  const char         *name;
  JsonNode           *node;
  guint               n = 0;
  guint               t = reader->table;

  while (t < G_N_ELEMENTS (tables) && strcmp (table, tables[t]) != 0)
    t++;
  /* The tenant itself comes first, and once. */
  if (t == G_N_ELEMENTS (tables) || (reader->n_lines == 1) != (t == 0) || json_object_get_size (row) > MOST_CELLS)
    return is_wrong (reader, error);
  if (t != reader->table)
    reader->number = 0;
  reader->table = t;
  if (!is_sound_row (reader, table, row))
    return is_wrong (reader, error);
  json_object_iter_init (&iter, row);
  while (json_object_iter_next (&iter, &name, &node))
    {
      DureCell *cell = &cells[n++];

      *cell = (DureCell){ name, NULL, FALSE, NULL, 0 };
      if (JSON_NODE_HOLDS_NULL (node))
        continue;
      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          const char *text = dure_json_text (json_node_get_object (node), "base64", NULL);

          if (text == NULL)
            return is_wrong (reader, error);
          cell->bytes = g_base64_decode (text, &cell->n_bytes);
          g_ptr_array_add (owned, (gpointer)cell->bytes);
          continue;
        }
      if (!JSON_NODE_HOLDS_VALUE (node))
        return is_wrong (reader, error);
      if (json_node_get_value_type (node) == G_TYPE_INT64)
        {
          char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

          g_ptr_array_add (owned, digits);
          cell->text = digits;
          cell->is_number = TRUE;
        }
      else if (json_node_get_value_type (node) == G_TYPE_STRING)
        cell->text = json_node_get_string (node);
      else
        return is_wrong (reader, error);
    }
  return reader->func (table, cells, n, reader->data, error);
}

static gboolean
take_first (Reader *reader, JsonObject *object, const char *tenant, GError **error)
{
  const char *name = dure_json_text (object, "name", NULL);
  gint64      version;

  if (!get_number (object, FORMAT_KEY, &version) || name == NULL)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The file is not what a server exports."));
      return FALSE;
    }
  if (version != DURE_TENANT_FILE_VERSION)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_NEWER, _ ("The file was made by a newer program."));
      return FALSE;
    }
  if (tenant == NULL || strcmp (name, tenant) == 0)
    return TRUE;
  dure_set_error (error, DURE_ERROR_INVALID, _ ("The file holds the tenant “%s”, not “%s”."), name, tenant);
  return FALSE;
}

/* Nothing comes after the last line. */
static gboolean
take_end (Reader *reader, JsonObject *end, GError **error)
{
  const char *sum = dure_json_text (end, "sha256", NULL);
  gint64      n_lines;
  guint8      more;

  if (!get_number (end, "lines", &n_lines) || sum == NULL || n_lines != reader->n_lines || n_lines < 2
      || strcmp (sum, g_checksum_get_string (reader->sum)) != 0 || reader->taken != reader->bytes->len
      || g_input_stream_read (reader->stream, &more, 1, NULL, NULL) != 0)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DAMAGED, _ ("The file was altered. Nothing was taken."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_all (Reader *reader, const char *tenant, GError **error)
{
  for (;; reader->n_lines++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      gsize       length;
      const char *line = next_line (reader, &length, error);
      JsonObject *object = line != NULL ? parse_line (reader, parser, line, length, error) : NULL;
      JsonNode   *end, *row;
      const char *table;

      if (object == NULL)
        return FALSE;
      end = json_object_get_member (object, "end");
      if (reader->n_lines > 0 && end != NULL && JSON_NODE_HOLDS_OBJECT (end))
        return take_end (reader, json_node_get_object (end), error);
      g_checksum_update (reader->sum, (const guchar *)line, (gssize)length + 1);
      if (reader->n_lines == 0)
        {
          if (!take_first (reader, object, tenant, error))
            return FALSE;
          continue;
        }
      table = dure_json_text (object, "table", NULL);
      row = json_object_get_member (object, "row");
      if (table == NULL || row == NULL || !JSON_NODE_HOLDS_OBJECT (row))
        return is_wrong (reader, error);
      if (!take_row (reader, table, json_node_get_object (row), error))
        return FALSE;
    }
}

/**
 * dure_tenant_file_read:
 * @from: the file
 * @tenant: (nullable): name that it must have
 * @func: called with each row; what it was given counts only when the whole file was read
 * @data: for @func
 * @error: return location: %DURE_ERROR_DAMAGED when the file broke off or was altered
 *
 * Returns: whether the file is whole and sound
 */
gboolean
dure_tenant_file_read (
    GInputStream *from, const char *tenant, DureTenantFileFunc func, gpointer data, GError **error)
{
  g_autoptr (GZlibDecompressor) gzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (from, G_CONVERTER (gzip));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  Reader reader = { .stream = stream, .bytes = bytes, .sum = sum, .func = func, .data = data };

  return read_all (&reader, tenant, error);
}

typedef struct
{
  DureStorage *storage;
  const char  *tenant;
} Load;

static gboolean
load_row (const char *table, const DureCell *cells, guint n_cells, gpointer data, GError **error)
{
  const Load *load = data;

  return DURE_STORAGE_GET_CLASS (load->storage)
      ->load_row (load->storage, load->tenant, table, cells, n_cells, error);
}

/**
 * dure_tenant_file_load:
 * @storage: where the tenant is to be
 * @tenant: its name, as in the file; none of that name may be there
 * @from: the file
 * @error: return location
 *
 * Returns: whether all of it is there now; nothing of it else
 */
gboolean
dure_tenant_file_load (DureStorage *storage, const char *tenant, GInputStream *from, GError **error)
{
  DureStorageClass *klass = DURE_STORAGE_GET_CLASS (storage);
  Load              load = { storage, tenant };

  if (!dure_storage_is_name (tenant))
    {
      g_set_error_literal (
          error, DURE_ERROR, DURE_ERROR_INVALID,
          _ ("The name of a tenant has lower-case letters, digits and hyphens, and begins with a letter."));
      return FALSE;
    }
  if (klass->has_tenant (storage, tenant))
    {
      dure_set_error (error, DURE_ERROR_EXISTS, _ ("There is a tenant “%s” already."), tenant);
      return FALSE;
    }
  if (!klass->load_begin (storage, tenant, error))
    return FALSE;
  if (dure_tenant_file_read (from, tenant, load_row, &load, error))
    return klass->load_end (storage, tenant, TRUE, error);
  klass->load_end (storage, tenant, FALSE, NULL);
  return FALSE;
}
