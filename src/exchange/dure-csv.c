/* dure-csv.c: comma-separated values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-exchange"

#include "config.h"

#include "exchange/dure-csv.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dure-error.h"

struct _DureCsv
{
  char       *text; /* UTF-8, without a mark */
  gsize       length;
  gsize       at;
  gsize       line_start;
  guint       line;
  guint       row_line;
  guint       row_number;
  char        delimiter;
  const char *encoding;
  GPtrArray  *row;
};

static guint
count_lines (const char *data, gsize length)
{
  guint lines = 1;

  for (gsize i = 0; i < length; i++)
    if (data[i] == '\n' || (data[i] == '\r' && !(i + 1 < length && data[i + 1] == '\n')))
      lines++;
  return lines;
}

static char *
convert (const char *data, gsize length, const char *charset, gsize *written, GError **error)
{
  g_autoptr (GError) local = NULL;
  gsize read = 0;
  char *text = g_convert (data, (gssize)length, "UTF-8", charset, &read, written, &local);

  if (text != NULL && read == length && g_utf8_validate_len (text, *written, NULL))
    return text;
  g_free (text);
  if (g_error_matches (local, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION))
    g_set_error (error, DURE_ERROR, DURE_ERROR_FAILED, _ ("This computer cannot read the encoding %s."), charset);
  else
    g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID,
                 _ ("Line %u has bytes that are neither UTF-8 nor CP949; save the file again as “CSV UTF-8”."),
                 count_lines (data, MIN (read, length)));
  return NULL;
}

/* Finds out the encoding of @data and gives it as UTF-8 without a mark. */
static char *
decode (const char *data, gsize length, gsize *written, const char **encoding, GError **error)
{
  const char *bad;

  if (length >= 2 && (memcmp (data, "\xFF\xFE", 2) == 0 || memcmp (data, "\xFE\xFF", 2) == 0))
    {
      *encoding = "UTF-16";
      return convert (data + 2, length - 2, data[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE", written, error);
    }
  if ((bad = memchr (data, '\0', length)) != NULL)
    {
      g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("Line %u has a null byte: this is not a CSV file."),
                   count_lines (data, (gsize)(bad - data)));
      return NULL;
    }
  *encoding = "UTF-8";
  if (length >= 3 && memcmp (data, DURE_CSV_BOM, 3) == 0)
    {
      if (!g_utf8_validate_len (data + 3, length - 3, &bad))
        {
          g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID,
                       _ ("Line %u has bytes that are not UTF-8, though the file says that it is."),
                       count_lines (data, (gsize)(bad - data)));
          return NULL;
        }
      *written = length - 3;
      return g_strndup (data + 3, length - 3);
    }
  if (g_utf8_validate_len (data, length, NULL))
    {
      *written = length;
      return g_strndup (data, length);
    }
  *encoding = "CP949";
  return convert (data, length, "CP949", written, error);
}

/* The delimiter is the one that stands most often in the first row, outside of quotes. */
static char
sniff (const char *text, gsize length)
{
  guint    commas = 0, tabs = 0, semicolons = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        quoted = !quoted;
      else if (quoted)
        continue;
      else if (text[i] == '\n' || text[i] == '\r')
        {
          if (commas + tabs + semicolons > 0)
            break;
        }
      else if (text[i] == ',')
        commas++;
      else if (text[i] == '\t')
        tabs++;
      else if (text[i] == ';')
        semicolons++;
    }
  if (tabs > 0 && tabs >= commas && tabs >= semicolons)
    return '\t';
  return semicolons > commas ? ';' : ',';
}

/**
 * dure_csv_new:
 * @data: (array length=length): the bytes of a file
 * @length: how many
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): a reader that stands before the first row; %NULL with %DURE_ERROR_INVALID when
 * the bytes are no text, naming the line
 */
DureCsv *
dure_csv_new (const char *data, gsize length, GError **error)
{
  DureCsv    *self;
  const char *encoding = NULL;
  gsize       written = 0;
  char       *text;

  g_return_val_if_fail (data != NULL || length == 0, NULL);

  text = decode (data != NULL ? data : "", length, &written, &encoding, error);
  if (text == NULL)
    return NULL;
  self = g_new0 (DureCsv, 1);
  self->text = text;
  self->length = written;
  self->line = 1;
  self->encoding = encoding;
  self->delimiter = sniff (text, written);
  self->row = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * dure_csv_open:
 * @path: a file
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): a reader, as of dure_csv_new(); the message of @error names the file
 */
DureCsv *
dure_csv_open (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GMappedFile) mapped = NULL;
  DureCsv *self;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND, _ ("“%s” is a folder, not a CSV file."), path);
      return NULL;
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("There is no file “%s”."), path);
      return NULL;
    }
  mapped = g_mapped_file_new (path, FALSE, &local);
  if (mapped == NULL)
    {
      g_set_error (error, DURE_ERROR, DURE_ERROR_NOT_FOUND, _ ("The file “%s” cannot be read: %s"), path,
                   local->message);
      return NULL;
    }
  if (g_mapped_file_get_length (mapped) > DURE_CSV_MAX_BYTES)
    {
      g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The file “%s” is larger than %d MB."), path,
                   DURE_CSV_MAX_BYTES / (1024 * 1024));
      return NULL;
    }
  self = dure_csv_new (g_mapped_file_get_contents (mapped), g_mapped_file_get_length (mapped), &local);
  if (self == NULL)
    g_set_error (error, local->domain, local->code, _ ("The file “%s” cannot be read: %s"), path, local->message);
  return self;
}

void
dure_csv_free (DureCsv *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_ptr_array_unref (self->row);
  g_free (self);
}

static gboolean
at_line_end (DureCsv *self)
{
  return self->at >= self->length || self->text[self->at] == '\n' || self->text[self->at] == '\r';
}

static void
pass_line_end (DureCsv *self)
{
  if (self->at >= self->length)
    return;
  if (self->text[self->at] == '\r' && self->at + 1 < self->length && self->text[self->at + 1] == '\n')
    self->at++;
  self->at++;
  self->line++;
  self->line_start = self->at;
}

static guint
column (DureCsv *self)
{
  return (guint)g_utf8_strlen (self->text + self->line_start, (gssize)(self->at - self->line_start)) + 1;
}

/* Stands on the opening quote; ends after the closing one. */
static char *
read_quoted (DureCsv *self, GError **error)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  guint open_line = self->line;
  guint open_column = column (self);

  self->at++;
  while (self->at < self->length)
    {
      gsize from = self->at;

      while (self->at < self->length && self->text[self->at] != '"' && self->text[self->at] != '\n'
             && self->text[self->at] != '\r')
        self->at++;
      g_string_append_len (cell, self->text + from, (gssize)(self->at - from));
      if (self->at >= self->length)
        break;
      if (self->text[self->at] != '"')
        {
          g_string_append_c (cell, '\n');
          pass_line_end (self);
          continue;
        }
      self->at++;
      if (self->at >= self->length || self->text[self->at] != '"')
        return g_string_free (g_steal_pointer (&cell), FALSE);
      g_string_append_c (cell, '"');
      self->at++;
    }
  g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID, _ ("The quotation mark at line %u, column %u is never closed."),
               open_line, open_column);
  return NULL;
}

static gboolean
read_cell (DureCsv *self, GError **error)
{
  if (self->at < self->length && self->text[self->at] == '"')
    {
      char *cell = read_quoted (self, error);

      if (cell == NULL)
        return FALSE;
      g_ptr_array_add (self->row, cell);
      if (!at_line_end (self) && self->text[self->at] != self->delimiter)
        {
          g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID,
                       _ ("Line %u, column %u: there is text after the closing quotation mark."), self->line,
                       column (self));
          return FALSE;
        }
    }
  else
    {
      gsize from = self->at;

      while (!at_line_end (self) && self->text[self->at] != self->delimiter)
        self->at++;
      g_ptr_array_add (self->row, g_strndup (self->text + from, self->at - from));
    }
  return TRUE;
}

/**
 * dure_csv_next:
 * @self: a reader
 * @row: (out) (transfer none) (element-type utf8): the cells; valid until the next call
 * @error: return location for a #GError
 *
 * Takes the next row; empty lines are passed over. After an error there is nothing more to read.
 *
 * Returns: %TRUE for a row; %FALSE at the end, or with %DURE_ERROR_INVALID, naming line and column (in characters, from
 * 1)
 */
gboolean
dure_csv_next (DureCsv *self, GPtrArray **row, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  while (self->at < self->length && at_line_end (self))
    {
      pass_line_end (self);
      self->row_number++;
    }
  self->row_number++;
  self->row_line = self->line;
  g_ptr_array_set_size (self->row, 0);
  if (self->at >= self->length)
    return FALSE;
  for (;;)
    {
      if (!read_cell (self, error))
        {
          self->at = self->length;
          return FALSE;
        }
      if (at_line_end (self))
        break;
      self->at++;
    }
  pass_line_end (self);
  if (row != NULL)
    *row = self->row;
  return TRUE;
}

/**
 * dure_csv_get_line:
 *
 * Returns: the line, from 1, on which the row that was read last begins
 */
guint
dure_csv_get_line (DureCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->row_line;
}

/**
 * dure_csv_get_row:
 *
 * Returns: the number, from 1, that a spreadsheet shows beside the row that was read last; empty lines count
 */
guint
dure_csv_get_row (DureCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->row_number;
}

/**
 * dure_csv_get_fraction:
 *
 * Returns: how much of the file has been read, 0 to 1
 */
double
dure_csv_get_fraction (DureCsv *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->length == 0 ? 1.0 : (double)self->at / (double)self->length;
}

char
dure_csv_get_delimiter (DureCsv *self)
{
  g_return_val_if_fail (self != NULL, ',');
  return self->delimiter;
}

/**
 * dure_csv_get_encoding:
 *
 * Returns: "UTF-8", "UTF-16" or "CP949"
 */
const char *
dure_csv_get_encoding (DureCsv *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->encoding;
}

static gboolean
is_formula (const char *text)
{
  return text[0] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL;
}

/**
 * dure_csv_defuse:
 * @text: a cell
 *
 * A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, which may call programs. An
 * apostrophe before it makes it text again. A cell that already looks defused gets one more apostrophe, so that
 * dure_csv_undefuse() gives back what was there.
 *
 * Returns: (transfer full): @text, safe to open in a spreadsheet
 */
char *
dure_csv_defuse (const char *text)
{
  const char *after = text;

  while (*after == '\'')
    after++;
  return is_formula (after) ? g_strconcat ("'", text, NULL) : g_strdup (text);
}

/**
 * dure_csv_undefuse:
 * @text: a cell
 *
 * Returns: (transfer full): @text without the apostrophe that dure_csv_defuse() set
 */
char *
dure_csv_undefuse (const char *text)
{
  const char *after = text;

  while (*after == '\'')
    after++;
  return g_strdup (after > text && is_formula (after) ? text + 1 : text);
}

/**
 * dure_csv_append_row:
 * @out: where to
 * @cells: (array length=n_cells) (nullable elements): the cells; %NULL is empty
 * @n_cells: how many
 * @line_end: "\r\n" for spreadsheets, "\n" for scripts
 *
 * Appends one row: formulas defused, quoted where needed.
 */
void
dure_csv_append_row (GString *out, const char *const *cells, guint n_cells, const char *line_end)
{
  g_return_if_fail (out != NULL);

  for (guint i = 0; i < n_cells; i++)
    {
      g_autofree char *cell = dure_csv_defuse (cells[i] != NULL ? cells[i] : "");
      gboolean         only_empty = n_cells == 1 && cell[0] == '\0';

      if (i > 0)
        g_string_append_c (out, ',');
      if (!only_empty && strpbrk (cell, ",;\t\"\r\n") == NULL)
        {
          g_string_append (out, cell);
          continue;
        }
      g_string_append_c (out, '"');
      for (const char *p = cell; *p != '\0'; p++)
        {
          if (*p == '"')
            g_string_append_c (out, '"');
          g_string_append_c (out, *p);
        }
      g_string_append_c (out, '"');
    }
  g_string_append (out, line_end);
}

/**
 * dure_csv_to_cp949:
 * @text: UTF-8
 * @error: return location for a #GError
 *
 * For programs that read nothing else.
 *
 * Returns: (transfer full) (nullable): the text in CP949; %NULL with %DURE_ERROR_INVALID, naming the line and the
 * character that CP949 lacks
 */
GBytes *
dure_csv_to_cp949 (const char *text, GError **error)
{
  gsize length = strlen (text);
  gsize read = 0, written = 0;
  char *bytes = g_convert (text, (gssize)length, "CP949", "UTF-8", &read, &written, NULL);

  if (bytes == NULL || read < length)
    {
      gunichar c = read < length ? g_utf8_get_char (text + read) : 0;
      char     character[7] = { 0 };

      g_unichar_to_utf8 (c, character);
      g_free (bytes);
      g_set_error (error, DURE_ERROR, DURE_ERROR_INVALID,
                   _ ("Line %u: the character “%s” (U+%04X) does not exist in CP949; export as UTF-8 instead."),
                   count_lines (text, read), character, c);
      return NULL;
    }
  return g_bytes_new_take (bytes, written);
}
