/* dure-bundle-key.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A public key is one word: "dure-device-1:NUMBER:HEX" or "dure-server-1:HEX", HEX being the Ed25519 key that signs and
 * the X25519 key that receives. What is secret is kept as such a word, a colon, and both secret halves.
 */
#define G_LOG_DOMAIN "dure-sync"

#include "config.h"

#include "sync/dure-bundle-key.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/dure-error.h"
#include "base/dure-stamp.h"

#define DEVICE_PREFIX "dure-device-1:"
#define SERVER_PREFIX "dure-server-1:"
#define PUBLIC_HEX (2 * (DURE_BUNDLE_SIGN_BYTES + DURE_BUNDLE_BOX_BYTES))
#define SECRET_HEX (2 * (DURE_BUNDLE_SECRET_BYTES + DURE_BUNDLE_BOX_BYTES))

G_STATIC_ASSERT (DURE_BUNDLE_SIGN_BYTES == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (DURE_BUNDLE_BOX_BYTES == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (DURE_BUNDLE_BOX_BYTES == crypto_box_SECRETKEYBYTES);
G_STATIC_ASSERT (DURE_BUNDLE_SECRET_BYTES == crypto_sign_SECRETKEYBYTES);
G_STATIC_ASSERT (sizeof (((DureBundlePublic *)NULL)->device) == DURE_DEVICE_LENGTH + 1);

static gboolean
start (GError **error)
{
  if (sodium_init () >= 0)
    return TRUE;
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_FAILED, _ ("This computer has no source of random numbers."));
  return FALSE;
}

/**
 * dure_bundle_key_new:
 * @key: (out caller-allocates): a new key
 * @device: number of the device, "" for the server
 * @error: return location
 *
 * Returns: whether there is one
 */
gboolean
dure_bundle_key_new (DureBundleKey *key, const char *device, GError **error)
{
  memset (key, 0, sizeof *key);
  if (!start (error))
    return FALSE;
  g_strlcpy (key->public.device, device, sizeof key->public.device);
  return crypto_sign_keypair (key->public.sign, key->sign) == 0 && crypto_box_keypair (key->public.box, key->box) == 0;
}

static void
append_hex (GString *out, const guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (out, "%02x", bytes[i]);
}

static gboolean
read_hex (const char **text, guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++, *text += 2)
    {
      if (strspn (*text, "0123456789abcdef") < 2)
        return FALSE;
      bytes[i] = (guint8)(g_ascii_xdigit_value ((*text)[0]) << 4 | g_ascii_xdigit_value ((*text)[1]));
    }
  return TRUE;
}

/** dure_bundle_public_write: Returns: (transfer full): @key as one word */
char *
dure_bundle_public_write (const DureBundlePublic *key)
{
  GString *out = g_string_new (NULL);

  if (*key->device != '\0')
    g_string_append_printf (out, DEVICE_PREFIX "%s:", key->device);
  else
    g_string_append (out, SERVER_PREFIX);
  append_hex (out, key->sign, sizeof key->sign);
  append_hex (out, key->box, sizeof key->box);
  return g_string_free (out, FALSE);
}

static const char *
read_public (DureBundlePublic *key, const char *text)
{
  memset (key, 0, sizeof *key);
  if (g_str_has_prefix (text, DEVICE_PREFIX))
    {
      text += strlen (DEVICE_PREFIX);
      if (strspn (text, "0123456789abcdef") != DURE_DEVICE_LENGTH || text[DURE_DEVICE_LENGTH] != ':')
        return NULL;
      memcpy (key->device, text, DURE_DEVICE_LENGTH);
      text += DURE_DEVICE_LENGTH + 1;
    }
  else if (g_str_has_prefix (text, SERVER_PREFIX))
    text += strlen (SERVER_PREFIX);
  else
    return NULL;
  return read_hex (&text, key->sign, sizeof key->sign) && read_hex (&text, key->box, sizeof key->box) ? text : NULL;
}

/**
 * dure_bundle_public_parse:
 * @key: (out caller-allocates): what was read
 * @text: what somebody typed or pasted
 * @error: return location; %DURE_ERROR_INVALID
 *
 * Returns: whether it is a key
 */
gboolean
dure_bundle_public_parse (DureBundlePublic *key, const char *text, GError **error)
{
  g_autofree char *word = g_strstrip (g_strdup (text));
  const char      *end = read_public (key, word);

  if (end != NULL && *end == '\0')
    return TRUE;
  g_set_error_literal (error, DURE_ERROR, DURE_ERROR_INVALID,
                       _ ("This is not a key for bundles. “bundle key” shows one; copy the whole line."));
  return FALSE;
}

/**
 * dure_bundle_public_fingerprint:
 *
 * Returns: (transfer full): six groups of five digits, a hundred bits of the BLAKE2b hash of the key: two people
 *   compare them by telephone
 */
char *
dure_bundle_public_fingerprint (const DureBundlePublic *key)
{
  g_autofree char *word = dure_bundle_public_write (key);
  guint8           hash[48];
  GString         *out = g_string_new (NULL);

  crypto_generichash (hash, sizeof hash, (const guint8 *)word, strlen (word), NULL, 0);
  for (guint i = 0; i < 6; i++)
    {
      guint64 number = 0;

      for (guint j = 0; j < 8; j++)
        number = number << 8 | hash[8 * i + j];
      g_string_append_printf (out, "%s%05u", i > 0 ? " " : "", (guint)(number % 100000));
    }
  return g_string_free (out, FALSE);
}

/** dure_bundle_key_write: Returns: (transfer full): @key with its secret halves, for a file that only its owner reads
 */
char *
dure_bundle_key_write (const DureBundleKey *key)
{
  g_autofree char *word = dure_bundle_public_write (&key->public);
  GString         *out = g_string_new (word);

  g_string_append_c (out, ':');
  append_hex (out, key->sign, sizeof key->sign);
  append_hex (out, key->box, sizeof key->box);
  return g_string_free (out, FALSE);
}

/** dure_bundle_key_parse: reads what dure_bundle_key_write() wrote. Returns: whether it is one */
gboolean
dure_bundle_key_parse (DureBundleKey *key, const char *text, GError **error)
{
  const char *end;

  memset (key, 0, sizeof *key);
  end = start (error) ? read_public (&key->public, text) : NULL;
  if (end != NULL && *end++ == ':' && strlen (end) == SECRET_HEX && read_hex (&end, key->sign, sizeof key->sign)
      && read_hex (&end, key->box, sizeof key->box))
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, DURE_ERROR, DURE_ERROR_DAMAGED,
                         _ ("The key for bundles that is kept here is damaged."));
  return FALSE;
}

void
dure_bundle_key_clear (DureBundleKey *key)
{
  sodium_memzero (key, sizeof *key);
}
