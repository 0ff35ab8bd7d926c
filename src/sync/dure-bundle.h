/* dure-bundle.h: the file that carries changes where no network does: the manifest of one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Version 2, or 1 when there is nothing in it about files, so that an older program reads that. A bundle is a text file in UTF-8 with lines that end with LF. It goes from one device to the server of
 * its municipality, or back.
 *
 *   두레 반출입 묶음 2 / Dure bundle 2
 *   (three lines that say what this is, and an empty one)
 *   보내는 곳 / From: device NUMBER, or server
 *   받는 곳 / To: the same
 *   지자체 / Tenant: NAME
 *   사용자 / User: NAME
 *   번호 / Number: N               larger in every later bundle of one sender to one receiver
 *   앞 묶음 / Previous: N          number of the bundle that the same sender made before, 0 for none
 *   만든 때 / Made: YYYY-MM-DDThh:mm:ssZ MILLISECONDS, by the sender's clock
 *   위치 / Position: BASE SEQ EPOCH, see below
 *   받은 변경 / Taken: STAMP       see below, or -
 *   거절 / Refused: STAMP TYPE, STAMP TYPE…, or -
 *   시계 / Clock: MILLISECONDS     see below, 0 for none
 *   변경 수 / Changes: N
 *   종류별 / Kinds: text for the reader, or -
 *   첨부 파일 / Files: N BYTES, of all of them together; version 2 only
 *   암호 부분 크기 / Size: bytes of the encrypted part
 *   암호 부분 SHA-256 / SHA-256: of the encrypted part as it stands in the file
 *   보낸 쪽 지문 / Sender's key: six groups of five digits
 *   받는 쪽 지문 / Receiver's key: the same
 *   서명 / Signature: Ed25519 in hexadecimal, over everything above this line
 *   (an empty line)
 *   -----BEGIN DURE ENCRYPTED PART-----
 *   the encrypted part: Base64 in lines of 76 characters, each ended by LF
 *   -----END DURE ENCRYPTED PART-----
 *
 * Nothing follows. The encrypted part, decoded, is 80 bytes of crypto_box_seal() to the receiver, which hold the key of
 * a crypto_secretstream, its header of 24 bytes, then messages, each with its length in four bytes before it (little
 * endian). The sender's two public keys are the additional data of every message, so that nobody else can sign the same
 * part as his own. Each message is a piece of the body packed with gzip; the last one has the tag FINAL. Pieces end
 * where lines end.
 *
 * From a device the body is lines of changes as in POST /v1/changes. Before them, and wherever it changes, stands
 * `{"start":1,"seq":AFTER}`: up to which number this device had taken when it wrote what follows. Position tells what
 * the device has: BASE = SEQ = the number up to which it has taken all, -1 when it needs everything; and the epoch.
 * Taken is the stamp of the last change in it. Each bundle holds all that no answer has acknowledged: when one is lost
 * the next brings the same and more.
 *
 * From the server the body is the answers of GET /v1/snapshot, when BASE is below 0, and of GET /v1/changes until there
 * is no more, one after the other. BASE is the number after which they begin, SEQ that of the last. BASE -2 says
 * besides that the server was put back to an older state: the device then sends all that it ever wrote. Taken
 * acknowledges what the server has of the device, up to the change of that stamp; Refused are those of them which it
 * will never take. Clock is by how much the device's clock was ahead, at the least, when the server refused stamps for
 * that.
 *
 * The files of attachments are lines of their own, see dure-bundle-files.h. From a device they follow the changes: the
 * files that no answer has acknowledged, and which it lacks. From the server they come first: which it has of those that
 * the device sent, and those that the device lacks. A bundle carries 1 GiB of files at most; the rest goes with the next.
 */
#pragma once

#include <gio/gio.h>

#include "sync/dure-bundle-key.h"

G_BEGIN_DECLS

#define DURE_BUNDLE_VERSION 2
#define DURE_BUNDLE_MAX_MANIFEST (64 * 1024)
#define DURE_BUNDLE_MAX_SIZE ((gint64)4 * 1024 * 1024 * 1024)
#define DURE_BUNDLE_MAX_FILES ((gint64)1024 * 1024 * 1024)
#define DURE_BUNDLE_MAX_WANTS 500
#define DURE_BUNDLE_MAX_REFUSED 200
#define DURE_BUNDLE_MAX_PIECE (6 * 1024 * 1024) /* unpacked: a line at its longest, and more */
#define DURE_BUNDLE_EVERYTHING (-1)
#define DURE_BUNDLE_ANEW (-2)

/** DureBundle: the manifest. */
typedef struct
{
  gboolean from_server;
  char    *device;
  char    *tenant;
  char    *user;
  gint64   number;
  gint64   previous;
  gint64   made; /* milliseconds */
  gint64   base;
  gint64   seq;
  gint64   epoch;
  char    *taken;   /* (nullable): a stamp */
  char    *refused; /* (nullable): "STAMP TYPE, …" */
  gint64   clock;   /* milliseconds */
  gint64   changes;
  char    *kinds; /* (nullable) */
  guint    version;
  gint64   files;      /* attachments in it */
  gint64   files_size; /* bytes of them together */
  guint    files_left; /* when it was made: those that found no room in it */
  gint64   size;
  char    *hash;
  char    *sender;   /* fingerprint */
  char    *receiver; /* fingerprint */
} DureBundle;

gboolean dure_bundle_parse (
    DureBundle *self, const char *text, gsize length, gsize *signature_at, guint8 signature[64], GError **error);
GString *dure_bundle_write (const DureBundle *self);
void     dure_bundle_copy (DureBundle *to, const DureBundle *from);
void     dure_bundle_clear (DureBundle *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureBundle, dure_bundle_clear)

G_END_DECLS
