/* dure-bundle-key.h: by what the two ends of a bundle know each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DURE_BUNDLE_SIGN_BYTES 32   /* crypto_sign_PUBLICKEYBYTES */
#define DURE_BUNDLE_BOX_BYTES 32    /* crypto_box_PUBLICKEYBYTES */
#define DURE_BUNDLE_SECRET_BYTES 64 /* crypto_sign_SECRETKEYBYTES */

/** DureBundlePublic: what everybody may know of one end. */
typedef struct
{
  char   device[17]; /* its number; "" for the server */
  guint8 sign[DURE_BUNDLE_SIGN_BYTES];
  guint8 box[DURE_BUNDLE_BOX_BYTES];
} DureBundlePublic;

/** DureBundleKey: both halves of one's own key. */
typedef struct
{
  DureBundlePublic public;
  guint8 sign[DURE_BUNDLE_SECRET_BYTES];
  guint8 box[DURE_BUNDLE_BOX_BYTES];
} DureBundleKey;

gboolean dure_bundle_key_new (DureBundleKey *key, const char *device, GError **error);
gboolean dure_bundle_key_parse (DureBundleKey *key, const char *text, GError **error);
char    *dure_bundle_key_write (const DureBundleKey *key);
void     dure_bundle_key_clear (DureBundleKey *key);
gboolean dure_bundle_public_parse (DureBundlePublic *key, const char *text, GError **error);
char    *dure_bundle_public_write (const DureBundlePublic *key);
char    *dure_bundle_public_fingerprint (const DureBundlePublic *key);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DureBundleKey, dure_bundle_key_clear)

G_END_DECLS
