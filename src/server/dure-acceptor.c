/* dure-acceptor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new certificate is for the connections that come after it; those that are there go on.
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-acceptor.h"

#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "base/dure-error.h"

/* A connection on which nothing comes or goes for so long is closed; live channels are pinged more often. */
#define SILENCE_SECONDS 75
#define MOST_CONNECTIONS 4096
/* So many may knock at once, as after the server was started again; the kernel turns the others away for seconds. */
#define BACKLOG 1024
/* So many bytes of an answer at most wait for a slow network; with more a client that goes on taking seemed silent. */
#define MOST_UNSENT (256 * 1024)

/* Outlives the acceptor while there are connections. */
typedef struct
{
  gatomicrefcount refs;
  gint            n;
} Count;

struct _DureAcceptor
{
  DureAccepted     accepted;
  gpointer         data;
  GSocketService  *service;
  GSocketAddress  *address;
  GTlsCertificate *certificate; /* (nullable) */
  Count           *count;
  guint            most;
  guint            silence; /* seconds */
};

static void
count_unref (Count *count)
{
  if (g_atomic_ref_count_dec (&count->refs))
    g_free (count);
}

static void
connection_gone_cb (gpointer data, GObject *connection)
{
  Count *count = data;

  g_atomic_int_add (&count->n, -1);
  count_unref (count);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, DureAcceptor *self)
{
  g_autoptr (GIOStream) stream = g_object_ref (G_IO_STREAM (connection));
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr (GError) error = NULL;

  /* Whoever finds no place comes again later. */
  if (local == NULL || remote == NULL || (guint)g_atomic_int_get (&self->count->n) >= self->most)
    {
      g_io_stream_close (stream, NULL, NULL);
      return TRUE;
    }
  g_atomic_int_inc (&self->count->n);
  g_atomic_ref_count_inc (&self->count->refs);
  g_object_weak_ref (G_OBJECT (connection), connection_gone_cb, self->count);
  g_socket_set_timeout (socket, self->silence);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, MOST_UNSENT, NULL);
  if (self->certificate != NULL)
    {
      static const char *const protocols[] = { "http/1.1", NULL };
      GIOStream               *secure = g_tls_server_connection_new (stream, self->certificate, &error);

      if (secure == NULL)
        {
          g_warning ("A connection could not be made safe: %s", error->message);
          return TRUE;
        }
      g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (secure), protocols);
      g_object_unref (stream);
      stream = secure;
    }
  self->accepted (stream, local, remote, self->data);
  return TRUE;
}

/**
 * dure_acceptor_new:
 * @accepted: called in the main context of the thread that listens
 *
 * Returns: (transfer full): an acceptor that listens nowhere yet
 */
DureAcceptor *
dure_acceptor_new (DureAccepted accepted, gpointer data)
{
  DureAcceptor *self = g_new0 (DureAcceptor, 1);

  self->accepted = accepted;
  self->data = data;
  self->most = MOST_CONNECTIONS;
  self->silence = SILENCE_SECONDS;
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  self->count = g_new0 (Count, 1);
  g_atomic_ref_count_init (&self->count->refs);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  return self;
}

/** dure_acceptor_free: connections that are there go on. */
void
dure_acceptor_free (DureAcceptor *self)
{
  if (self == NULL)
    return;
  dure_acceptor_stop (self);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_object_unref (self->service);
  g_clear_object (&self->address);
  g_clear_object (&self->certificate);
  count_unref (self->count);
  g_free (self);
}

/**
 * dure_acceptor_set_certificate:
 * @certificate: path of a PEM file: the certificate, and those between it and the root
 * @key: path of a PEM file with its private key
 * @error: return location
 *
 * Reads both files; when that fails, nothing changes.
 *
 * Returns: whether connections are encrypted with it from now on
 */
gboolean
dure_acceptor_set_certificate (DureAcceptor *self, const char *certificate, const char *key, GError **error)
{
  g_autoptr (GError) failure = NULL;
  GTlsCertificate *read;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_FAILED,
                           _ ("This machine has no library for TLS; install the package glib-networking."));
      return FALSE;
    }
  read = g_tls_certificate_new_from_files (certificate, key, &failure);
  if (read == NULL)
    {
      dure_set_error (error, DURE_ERROR_FAILED, _ ("The certificate “%s” with the key “%s” could not be used: %s."),
                      certificate, key, failure->message);
      return FALSE;
    }
  g_clear_object (&self->certificate);
  self->certificate = read;
  return TRUE;
}

/** dure_acceptor_set_silence: after how many seconds without a byte a connection made from now on is closed. */
void
dure_acceptor_set_silence (DureAcceptor *self, guint seconds)
{
  self->silence = seconds;
}

/** dure_acceptor_set_most: how many connections there may be at once. */
void
dure_acceptor_set_most (DureAcceptor *self, guint most)
{
  self->most = most;
}

/**
 * dure_acceptor_listen:
 * @host: address of this machine, as digits; "localhost" for itself only
 * @port: 0 takes a free one
 * @error: return location
 *
 * Returns: whether it listens now
 */
gboolean
dure_acceptor_listen (DureAcceptor *self, const char *host, guint port, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GSocketAddress) address
      = g_inet_socket_address_new_from_string (strcmp (host, "localhost") == 0 ? "127.0.0.1" : host, port);

  if (address == NULL)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("“%s” is not an address of this machine."), host);
      return FALSE;
    }
  g_clear_object (&self->address);
  if (g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                     G_SOCKET_PROTOCOL_TCP, NULL, &self->address, &failure))
    {
      g_socket_service_start (self->service);
      return TRUE;
    }
  dure_set_error (error, DURE_ERROR_FAILED, _ ("The server could not listen on %s, port %u: %s."), host, port,
                  failure->message);
  return FALSE;
}

/** dure_acceptor_get_uri: Returns: (transfer full) (nullable): where it listens, without a slash at the end. */
char *
dure_acceptor_get_uri (DureAcceptor *self)
{
  g_autofree char *host = NULL;

  if (self->address == NULL)
    return NULL;
  host = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (self->address)));
  return g_strdup_printf (strchr (host, ':') != NULL ? "%s://[%s]:%d" : "%s://%s:%d",
                          self->certificate != NULL ? "https" : "http", host,
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (self->address)));
}

/** dure_acceptor_get_connections: Returns: how many there are now. */
guint
dure_acceptor_get_connections (DureAcceptor *self)
{
  return (guint)g_atomic_int_get (&self->count->n);
}

/** dure_acceptor_stop: takes no more connections. */
void
dure_acceptor_stop (DureAcceptor *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->address);
}
