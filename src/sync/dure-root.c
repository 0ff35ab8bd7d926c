/* dure-root.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-root.h"

#include <glib/gi18n-lib.h>

#include "base/dure-error.h"

#define LARGEST (256 * 1024)

/* Of the certificates in a PEM text. */
static GList *
parse (const char *text)
{
  static const char mark[] = "-----BEGIN CERTIFICATE-----";
  GList            *list = NULL;

  for (const char *at = strstr (text, mark); at != NULL; at = strstr (at + sizeof mark - 1, mark))
    {
      GTlsCertificate *certificate = g_tls_certificate_new_from_pem (at, -1, NULL);

      if (certificate == NULL)
        {
          g_list_free_full (list, g_object_unref);
          return NULL;
        }
      list = g_list_prepend (list, certificate);
    }
  return list;
}

static void
free_list (gpointer data, GClosure *closure)
{
  g_list_free_full (data, g_object_unref);
}

/**
 * dure_root_read:
 * @path: a PEM file with one or more root certificates
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its text, for dure_root_trust()
 */
char *
dure_root_read (const char *path, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = NULL;
  gsize            length;
  GList           *list;

  if (!g_file_get_contents (path, &text, &length, &failure))
    {
      dure_set_error (error, DURE_ERROR_NOT_FOUND, _ ("“%s” cannot be read: %s."), path, failure->message);
      return NULL;
    }
  list = length <= LARGEST ? parse (text) : NULL;
  if (list == NULL)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” holds no certificate (PEM)."), path);
      return NULL;
    }
  g_list_free_full (list, g_object_unref);
  return g_steal_pointer (&text);
}

/* The chain, the name and the dates are checked as ever, only against other roots. */
static gboolean
accept_cb (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags errors, gpointer data)
{
  GUri *uri = soup_message_get_uri (message);
  g_autoptr (GSocketConnectable) host = g_network_address_new (g_uri_get_host (uri), 443);

  for (GList *root = data; root != NULL; root = root->next)
    if (g_tls_certificate_verify (certificate, host, root->data) == 0)
      return TRUE;
  return FALSE;
}

/**
 * dure_root_trust:
 * @message: a request that was not sent yet
 * @root: (nullable): what dure_root_read() returned
 *
 * The server may show a certificate of the system's roots, or of these.
 */
void
dure_root_trust (SoupMessage *message, const char *root)
{
  GList *list = root != NULL ? parse (root) : NULL;

  if (list != NULL)
    g_signal_connect_data (message, "accept-certificate", G_CALLBACK (accept_cb), list, free_list, 0);
}
