/* dure-proxy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A proxy is a text: NULL is what the system says (GProxyResolver), "none" is none, all else is an address.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-proxy.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "base/dure-error.h"

/* Each part as it is written, and the user apart from the password. */
#define FLAGS (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED)

static gboolean
is_proxy (const char *text)
{
  static const char *const schemes[] = { "http", "https", "socks", "socks4", "socks4a", "socks5", NULL };
  g_autoptr (GUri) uri = g_uri_parse (text, FLAGS, NULL);

  return uri != NULL && strpbrk (text, " \t\n\"<>\\") == NULL && g_strv_contains (schemes, g_uri_get_scheme (uri))
         && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && (*g_uri_get_path (uri) == '\0' || strcmp (g_uri_get_path (uri), "/") == 0) && g_uri_get_query (uri) == NULL
         && g_uri_get_fragment (uri) == NULL;
}

/* An address without its password. */
static char *
hide_password (const char *text)
{
  const char *host = strrchr (text, '@');
  const char *scheme = strstr (text, "://");

  return host == NULL                      ? g_strdup (text)
         : scheme != NULL && scheme < host ? g_strdup_printf ("%.*s%s", (int)(scheme + 3 - text), text, host + 1)
                                           : g_strdup (host + 1);
}

/**
 * dure_proxy_check:
 * @typed: (nullable): "system" or nothing, "none", or the address of a proxy
 * @proxy: (out) (nullable): what dure_proxy_apply() takes
 * @error: return location; %DURE_ERROR_INVALID
 *
 * Returns: whether @typed can be a proxy
 */
gboolean
dure_proxy_check (const char *typed, char **proxy, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (typed != NULL ? typed : ""));
  g_autofree char *whole = NULL;
  g_autofree char *shown = NULL;

  *proxy = NULL;
  if (*trimmed == '\0' || strcmp (trimmed, "system") == 0)
    return TRUE;
  whole = strcmp (trimmed, "none") == 0 || strstr (trimmed, "://") != NULL ? g_strdup (trimmed)
                                                                           : g_strconcat ("http://", trimmed, NULL);
  if (strcmp (whole, "none") == 0 || is_proxy (whole))
    {
      *proxy = g_steal_pointer (&whole);
      return TRUE;
    }
  shown = hide_password (trimmed);
  dure_set_error (error, DURE_ERROR_INVALID,
                  _ ("“%s” is not the address of a proxy. Write it like http://proxy.example.go.kr:8080."), shown);
  return FALSE;
}

/**
 * dure_proxy_apply:
 * @session: a session that has sent nothing yet
 * @proxy: (nullable): what dure_proxy_check() gave
 */
void
dure_proxy_apply (SoupSession *session, const char *proxy)
{
  g_autoptr (GProxyResolver) resolver = NULL;

  if (proxy == NULL)
    return;
  if (strcmp (proxy, "none") != 0)
    {
      /* libsoup (3.2) takes a password out of the address and then asks the proxy for itself: dure_proxy_answer() gives
       * it. A proxy of SOCKS is not asked by libsoup. */
      g_autofree char *address = g_str_has_prefix (proxy, "http") ? hide_password (proxy) : g_strdup (proxy);

      resolver = g_simple_proxy_resolver_new (address, NULL);
    }
  soup_session_set_proxy_resolver (session, resolver);
}

static gboolean
authenticate_cb (SoupMessage *message, SoupAuth *auth, gboolean again, gpointer data)
{
  g_autoptr (GUri) uri = g_uri_parse (data, G_URI_FLAGS_HAS_PASSWORD, NULL);

  if (again || !soup_auth_is_for_proxy (auth) || uri == NULL || g_uri_get_user (uri) == NULL
      || g_uri_get_password (uri) == NULL)
    return FALSE;
  soup_auth_authenticate (auth, g_uri_get_user (uri), g_uri_get_password (uri));
  return TRUE;
}

static void
forget (gpointer data, GClosure *closure)
{
  explicit_bzero (data, strlen (data));
  g_free (data);
}

/**
 * dure_proxy_answer:
 * @message: a request that was not sent yet
 * @proxy: (nullable): what dure_proxy_check() gave
 *
 * A proxy that asks for a user and a password gets those of its address.
 */
void
dure_proxy_answer (SoupMessage *message, const char *proxy)
{
  if (proxy != NULL && strchr (proxy, '@') != NULL)
    g_signal_connect_data (message, "authenticate", G_CALLBACK (authenticate_cb), g_strdup (proxy), forget, 0);
}

/** dure_proxy_to_show: Returns: (transfer full) (nullable): a proxy's address without user and password; %NULL where it
 * has none */
char *
dure_proxy_to_show (const char *proxy)
{
  return proxy != NULL && strcmp (proxy, "none") != 0 ? hide_password (proxy) : NULL;
}
