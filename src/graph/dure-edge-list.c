/* dure-edge-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-graph"

#include "config.h"

#include "graph/dure-edge-list.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/dure-error.h"

/* While reading, nodes are numbered as they come. */
typedef struct
{
  const char *name;
  guint       line;
  GHashTable *numbers; /* word in the text -> number */
  GPtrArray  *words;
  GArray     *ties;
  guint       n_self;
} Reading;

static guint
number_of (Reading *reading, const char *word)
{
  gpointer number;

  if (g_hash_table_lookup_extended (reading->numbers, word, NULL, &number))
    return GPOINTER_TO_UINT (number);
  g_hash_table_insert (reading->numbers, (char *)word, GUINT_TO_POINTER (reading->words->len));
  g_ptr_array_add (reading->words, (char *)word);
  return reading->words->len - 1;
}

static gboolean
read_weight (Reading *reading, const char *word, double *weight, GError **error)
{
  char *end;

  *weight = g_ascii_strtod (word, &end);
  if (*end != '\0' || end == word || isnan (*weight))
    dure_set_error (error, DURE_ERROR_INVALID, _ ("Line %u of %s has a weight that is not a number."), reading->line,
                    reading->name);
  else if (*weight <= 0)
    dure_set_error (error, DURE_ERROR_INVALID, _ ("Line %u of %s has a weight that is not above zero."), reading->line,
                    reading->name);
  else if (*weight > DURE_EDGE_LIST_WEIGHT)
    dure_set_error (error, DURE_ERROR_INVALID, _ ("Line %u of %s has a weight that is too large."), reading->line,
                    reading->name);
  else
    return TRUE;
  return FALSE;
}

/* Cuts @line, which ends with a null byte, into words. */
static guint
split (char *line, char **words, guint most)
{
  guint n = 0;
  char *at = line;

  while (n < most)
    {
      at += strspn (at, " \t\r\v\f");
      if (*at == '\0' || *at == '#')
        break;
      words[n++] = at;
      at += strcspn (at, " \t\r\v\f");
      if (*at == '\0')
        break;
      *at++ = '\0';
    }
  return n;
}

static gboolean
read_line (Reading *reading, char *line, gsize length, GError **error)
{
  char        *words[4];
  guint        n;
  DureGraphTie tie = { 0, 0, 1 };

  if (length > DURE_EDGE_LIST_LINE)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("Line %u of %s is longer than %u bytes."), reading->line,
                      reading->name, DURE_EDGE_LIST_LINE);
      return FALSE;
    }
  if (!g_utf8_validate_len (line, length, NULL))
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("Line %u of %s is not UTF-8 text."), reading->line, reading->name);
      return FALSE;
    }
  n = split (line, words, G_N_ELEMENTS (words));
  if (n == 0)
    return TRUE;
  if (n == 1)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("Line %u of %s has one name only; a tie needs two."), reading->line,
                      reading->name);
      return FALSE;
    }
  if (n > 3)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("Line %u of %s has more than two names and a weight."),
                      reading->line, reading->name);
      return FALSE;
    }
  if (n == 3 && !read_weight (reading, words[2], &tie.weight, error))
    return FALSE;
  tie.a = number_of (reading, words[0]);
  tie.b = number_of (reading, words[1]);
  if (tie.a == tie.b)
    reading->n_self++;
  else
    g_array_append_val (reading->ties, tie);
  return TRUE;
}

static gboolean
read_lines (Reading *reading, char *text, gsize size, GError **error)
{
  char *end = text + size;

  if (size >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    text += 3;
  while (text < end)
    {
      char *stop = memchr (text, '\n', (gsize)(end - text));

      if (stop == NULL)
        stop = end;
      *stop = '\0';
      reading->line++;
      if (!read_line (reading, text, (gsize)(stop - text), error))
        return FALSE;
      text = stop + 1;
    }
  if (reading->words->len == 0)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("%s has no ties in it."), reading->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_number (const char *word)
{
  return word[strspn (word, "0123456789")] == '\0';
}

/* Numbers of any length before words. */
static int
compare_words (gconstpointer left, gconstpointer right)
{
  const char *x = *(const char *const *)left;
  const char *y = *(const char *const *)right;
  gboolean    x_number = is_number (x);

  if (x_number != is_number (y))
    return x_number ? -1 : 1;
  if (x_number)
    {
      const char *x_digits = x + strspn (x, "0");
      const char *y_digits = y + strspn (y, "0");
      gsize       x_length = strlen (x_digits);
      gsize       y_length = strlen (y_digits);
      int         order = x_length != y_length ? (x_length < y_length ? -1 : 1) : strcmp (x_digits, y_digits);

      if (order != 0)
        return order;
    }
  return strcmp (x, y);
}

static DureEdgeList *
finish (Reading *reading)
{
  DureEdgeList     *self = g_new0 (DureEdgeList, 1);
  guint             n = reading->words->len;
  g_autofree guint *place = g_new (guint, n);
  DureGraphTie     *ties = (DureGraphTie *)(gpointer)reading->ties->data;

  self->n_nodes = n;
  self->ids = g_new0 (char *, (gsize)n + 1);
  g_ptr_array_sort (reading->words, compare_words);
  for (guint v = 0; v < n; v++)
    {
      place[GPOINTER_TO_UINT (g_hash_table_lookup (reading->numbers, reading->words->pdata[v]))] = v;
      self->ids[v] = g_strdup (reading->words->pdata[v]);
    }
  for (guint t = 0; t < reading->ties->len; t++)
    {
      ties[t].a = place[ties[t].a];
      ties[t].b = place[ties[t].b];
    }
  self->graph = dure_graph_new (n, ties, reading->ties->len);
  self->n_self = reading->n_self;
  self->n_merged = reading->ties->len - self->graph->n_ties;
  return self;
}

/**
 * dure_edge_list_parse:
 * @data: (array length=size): the bytes of an edge list
 * @size: how many
 * @name: what errors call it
 * @error: return location
 *
 * Errors are %DURE_ERROR_INVALID and name the line and the reason.
 *
 * Returns: (transfer full) (nullable): the network
 */
DureEdgeList *
dure_edge_list_parse (const char *data, gsize size, const char *name, GError **error)
{
  g_autofree char *text = g_malloc (size + 1);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (DureGraphTie));
  Reading reading = { .name = name, .numbers = numbers, .words = words, .ties = ties };

  if (size > 0)
    memcpy (text, data, size);
  text[size] = '\0';
  if (!read_lines (&reading, text, size, error))
    return NULL;
  return finish (&reading);
}

/* No more than is allowed, whatever the file says of itself. */
static GByteArray *
load (const char *path, const char *name, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  FILE *file = g_fopen (path, "rbe");
  char  part[16384];
  gsize got;
  int   failed = errno;

  if (file == NULL)
    {
      dure_set_error (error, failed == ENOENT ? DURE_ERROR_NOT_FOUND : DURE_ERROR_FAILED,
                      _ ("%s could not be read: %s."), name, g_strerror (failed));
      return NULL;
    }
  while ((got = fread (part, 1, sizeof part, file)) > 0 && bytes->len <= DURE_EDGE_LIST_BYTES)
    g_byte_array_append (bytes, (const guint8 *)part, (guint)got);
  failed = ferror (file) ? errno : 0;
  fclose (file);
  if (failed != 0)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("%s could not be read: %s."), name, g_strerror (failed));
      return NULL;
    }
  if (bytes->len > DURE_EDGE_LIST_BYTES)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("%s is too large for a network."), name);
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

/**
 * dure_edge_list_read:
 * @path: a file
 * @error: return location
 *
 * Reads a whole edge list; O(m log m). Errors name the file, and the line and the reason when the text is at fault.
 *
 * Returns: (transfer full) (nullable): the network
 */
DureEdgeList *
dure_edge_list_read (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GByteArray) bytes = load (path, name, error);

  return bytes != NULL ? dure_edge_list_parse ((const char *)bytes->data, bytes->len, name, error) : NULL;
}

/**
 * dure_edge_list_free:
 * @self: (nullable) (transfer full): an edge list
 */
void
dure_edge_list_free (DureEdgeList *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->ids);
  dure_graph_free (self->graph);
  g_free (self);
}
