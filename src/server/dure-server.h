/* dure-server.h: answers requests out of a storage; knows no socket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/dure-request.h"
#include "server/dure-response.h"
#include "server/dure-storage.h"

G_BEGIN_DECLS

/* A body of a push, unpacked; other bodies are small. */
#define DURE_SERVER_MAX_PUSH (32 * 1024 * 1024)
#define DURE_SERVER_MAX_BODY (64 * 1024)
#define DURE_SERVER_MAX_PACKED (16 * 1024 * 1024)
/* A piece of a blob. */
#define DURE_SERVER_MAX_PIECE (4 * 1024 * 1024)

/* Begins the path of a blob. */
#define DURE_SERVER_BLOBS "/v1/blobs/"

/* So long a token is good when nobody says otherwise. */
#define DURE_SERVER_TOKEN_DAYS 90

#define DURE_TYPE_SERVER (dure_server_get_type ())
G_DECLARE_FINAL_TYPE (DureServer, dure_server, DURE, SERVER, GObject)

/** DureLogin: an enrolment whose password is not verified yet. */
typedef struct _DureLogin DureLogin;

DureServer    *dure_server_new (DureStorage *storage);
DureStorage   *dure_server_get_storage (DureServer *self);
void           dure_server_watch (DureServer *self);
void           dure_server_set_offset (DureServer *self, gint64 milliseconds);
void           dure_server_set_blob_limits (DureServer *self, gint64 most, gint64 quota);
gboolean       dure_server_sweep_blobs (DureServer *self, const char *tenant, guint *n_removed, GError **error);
void           dure_server_set_token_days (DureServer *self, guint days);
gint64         dure_server_token_end (DureServer *self, const DureEnrolment *who);
DureResponse  *dure_server_handle (DureServer *self, DureRequest *request);
DureEnrolment *dure_server_authenticate (DureServer *self, DureRequest *request, DureResponse **problem);
DureLogin     *dure_server_begin_login (DureServer *self, DureRequest *request, DureResponse **problem);
gboolean       dure_login_verify (DureLogin *self);
DureResponse  *dure_server_end_login (DureServer *self, DureRequest *request, DureLogin *login, gboolean right);
void           dure_login_free (DureLogin *self);
void           dure_server_clean (DureServer *self);
gsize          dure_server_body_limit (DureRequest *request);
gboolean       dure_server_add_tenant (DureServer *self, const char *tenant, GError **error);
gboolean       dure_server_add_account (
          DureServer *self, const char *tenant, const char *user, const char *password, DureRole role, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DureLogin, dure_login_free)

G_END_DECLS
