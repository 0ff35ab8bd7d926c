/* dure-transport.h: how a client's requests reach the server: libsoup, or in tests whatever they like
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** DureCall: one request, as it goes over the wire. */
typedef struct
{
  const char *method;
  const char *path;   /* "/v1/…" with its query */
  const char *token;  /* (nullable) */
  const char *type;   /* (nullable): media type of the body */
  GBytes     *body;   /* (nullable) */
  gboolean    packed; /* the body, with gzip */
  const char *range;         /* (nullable): the heads of these names */
  const char *content_range; /* (nullable) */
} DureCall;

/** DureReply: what came back; a problem of the server is one too. */
typedef struct
{
  guint         status;
  char         *type; /* (nullable): media type of the body */
  GInputStream *stream;
  char         *content_range; /* (nullable): the head of that name */
  gint64        offset; /* of an upload, the head Upload-Offset; -1 when there is none */
} DureReply;

/**
 * DureTransport:
 * @call: what is asked
 * @reply: (out caller-allocates): the answer
 * @data: of the transport
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: whether the server answered
 */
typedef gboolean (*DureTransport) (
    const DureCall *call, DureReply *reply, gpointer data, GCancellable *cancellable, GError **error);

void dure_client_set_transport (DureTransport transport, gpointer data);

G_END_DECLS
