/* dure-log-file.c: the access log as a file for an auditor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-log-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-json-check.h"
#include "base/dure-json-read.h"
#include "schema/dure-change.h"

#define PART 2000
#define MAX_LINE (64 * 1024)
#define BOM "\xEF\xBB\xBF"
#define SEOUL_OFFSET_MS (9 * 60 * 60 * 1000)

static const char *const names[] = { "tenant", "user", "device", "remote", "what", "detail" };

typedef struct
{
  const DureLogChoice *choice;
  FILE                *out;
  GString             *line;
  char                *previous;
  gint64               n; /* of the last line that was read */
  guint                read;
} Writer;

static void
append_cell (GString *line, const char *text)
{
  /* Spreadsheets must not take it for a formula. */
  g_string_append (line, text != NULL && strchr ("=+-@\t\r", *text) != NULL && *text != '\0' ? ",\"'" : ",\"");
  for (; text != NULL && *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *text);
    }
  g_string_append_c (line, '"');
}

static char *
seoul_time (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc ((at + SEOUL_OFFSET_MS) / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S+09:00") : g_strdup ("");
}

static void
logged (gint64 n, const DureAccess *access, const char *hash, gpointer data)
{
  Writer              *writer = data;
  const DureLogChoice *choice = writer->choice;
  const char *const    values[]
      = { access->tenant, access->user, access->device, access->remote, access->what, access->detail };

  writer->read++;
  writer->n = n;
  if ((choice->tenant == NULL || g_strcmp0 (choice->tenant, access->tenant) == 0) && access->at >= choice->from
      && access->at < choice->before)
    {
      g_autofree char *time = seoul_time (access->at);

      g_string_printf (writer->line,
                       choice->csv ? "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%s"
                                   : "{\"n\":%" G_GINT64_FORMAT ",\"at\":%" G_GINT64_FORMAT ",\"time\":\"%s\"",
                       n, access->at, time);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        if (choice->csv)
          append_cell (writer->line, values[i]);
        else
          {
            g_string_append_printf (writer->line, ",\"%s\":", names[i]);
            dure_json_append_string (writer->line, values[i]);
          }
      g_string_append_printf (writer->line, choice->csv ? ",%s,%s\r\n" : ",\"previous\":\"%s\",\"hash\":\"%s\"}\n",
                              writer->previous, hash);
      fwrite (writer->line->str, 1, writer->line->len, writer->out);
    }
  g_free (writer->previous);
  writer->previous = g_strdup (hash);
}

/**
 * dure_log_file_write:
 * @storage: where the log is
 * @choice: which lines, and how
 * @out: where they go
 * @error: return location
 *
 * Returns: whether all of them are there
 */
gboolean
dure_log_file_write (DureStorage *storage, const DureLogChoice *choice, FILE *out, GError **error)
{
  Writer   writer = { choice, out, g_string_new (NULL), g_strdup (""), 0, 0 };
  gboolean done;

  if (choice->csv)
    fputs (BOM "n,at,time,tenant,user,device,remote,what,detail,previous,hash\r\n", out);
  do
    {
      writer.read = 0;
      done = DURE_STORAGE_GET_CLASS (storage)->read_log (storage, writer.n, PART, logged, &writer, error);
    }
  while (done && writer.read == PART);
  g_string_free (writer.line, TRUE);
  g_free (writer.previous);
  if (done && (fflush (out) != 0 || ferror (out)))
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The log could not be written: %s."), g_strerror (errno));
      return FALSE;
    }
  return done;
}

/* One line; its hash becomes @last. */
static gboolean
verify_line (const char *line, gsize length, gint64 *n, char **last, gint64 *n_gaps)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *hash = NULL;
  JsonObject      *object;
  const char      *previous;
  gint64           number;
  DureAccess       access;

  if (!dure_json_is_object (line, length, DURE_JSON_DEPTH)
      || !json_parser_load_from_data (parser, line, (gssize)length, NULL)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return FALSE;
  object = json_node_get_object (json_parser_get_root (parser));
  number = dure_json_int (object, "n", 0);
  previous = dure_json_text (object, "previous", NULL);
  access = (DureAccess){
    .at = dure_json_int (object, "at", 0),
    .tenant = dure_json_text (object, "tenant", NULL),
    .user = dure_json_text (object, "user", NULL),
    .device = dure_json_text (object, "device", NULL),
    .remote = dure_json_text (object, "remote", NULL),
    .what = dure_json_text (object, "what", NULL),
    .detail = dure_json_text (object, "detail", NULL),
  };
  if (number <= *n || previous == NULL || (number == 1) != (*previous == '\0')
      || (number == *n + 1 && *n > 0 && strcmp (previous, *last) != 0))
    return FALSE;
  hash = dure_access_hash (previous, &access);
  if (g_strcmp0 (hash, dure_json_text (object, "hash", NULL)) != 0)
    return FALSE;
  if (number != *n + 1)
    ++*n_gaps;
  *n = number;
  g_free (*last);
  *last = g_steal_pointer (&hash);
  return TRUE;
}

/**
 * dure_log_file_verify:
 * @in: JSON lines of dure_log_file_write()
 * @n_lines: (out): how many
 * @n_gaps: (out): how often lines were left out between them, as of other tenants
 * @error: return location: %DURE_ERROR_DAMAGED names the line
 *
 * Returns: whether every line is as it was written
 */
gboolean
dure_log_file_verify (FILE *in, gint64 *n_lines, gint64 *n_gaps, GError **error)
{
  g_autofree char *line = g_malloc (MAX_LINE);
  g_autofree char *last = g_strdup ("");
  gint64           n = 0;

  *n_lines = 0;
  *n_gaps = 0;
  while (fgets (line, MAX_LINE, in) != NULL)
    {
      ++*n_lines;
      if (verify_line (line, strcspn (line, "\n"), &n, &last, n_gaps))
        continue;
      dure_set_error (error, DURE_ERROR_DAMAGED, _ ("The access log was changed at line %u."), (guint)*n_lines);
      return FALSE;
    }
  if (ferror (in))
    dure_set_error (error, DURE_ERROR_FAILED, _ ("The file could not be read: %s."), g_strerror (errno));
  return !ferror (in);
}
