/* dure-password.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "dure-server"

#include "config.h"

#include "server/dure-password.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/dure-error.h"

static gboolean cheap_hashes;

/** dure_password_set_cheap: makes hashes that cost little; for tests only. */
void
dure_password_set_cheap (gboolean cheap)
{
  cheap_hashes = cheap;
}

/**
 * dure_password_hash:
 * @password: what somebody chose
 * @error: return location; %DURE_ERROR_INVALID when it is too short or too long
 *
 * Argon2id, RFC 9106, with the interactive cost of libsodium (64 MiB, about a tenth of a second).
 *
 * Returns: (transfer full): text that holds hash, salt and cost
 */
char *
dure_password_hash (const char *password, GError **error)
{
  char  out[crypto_pwhash_STRBYTES];
  glong characters = g_utf8_validate (password, -1, NULL) ? g_utf8_strlen (password, -1) : 0;

  if (characters < DURE_PASSWORD_MIN || strlen (password) > DURE_PASSWORD_MAX)
    {
      dure_set_error (error, DURE_ERROR_INVALID, _ ("A password has at least %d characters."), DURE_PASSWORD_MIN);
      return NULL;
    }
  if (sodium_init () < 0
      || crypto_pwhash_str (out, password, strlen (password),
                            cheap_hashes ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            cheap_hashes ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE)
             != 0)
    {
      g_set_error_literal (error, DURE_ERROR, DURE_ERROR_FAILED,
                           _ ("There is not enough memory to keep the password."));
      return NULL;
    }
  return g_strdup (out);
}

/**
 * dure_password_verify:
 * @hash: (nullable): what dure_password_hash() returned; %NULL for an account that does not exist
 * @password: what somebody typed
 *
 * Takes as long for an account that does not exist, so that time does not tell which accounts there are.
 *
 * Returns: whether it is the password
 */
gboolean
dure_password_verify (const char *hash, const char *password)
{
  static char *dummy;

  if (sodium_init () < 0 || strlen (password) > DURE_PASSWORD_MAX)
    return FALSE;
  if (hash != NULL)
    return crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
  if (g_once_init_enter (&dummy))
    {
      char *made = dure_password_hash ("nobody has this", NULL);

      g_once_init_leave (&dummy, made != NULL ? made : g_strdup ("-"));
    }
  return crypto_pwhash_str_verify (dummy, password, strlen (password)) == 0 && hash != NULL;
}

/** dure_token_new: Returns: (transfer full): 256 random bits as 64 hexadecimal digits */
char *
dure_token_new (void)
{
  guchar bytes[32];
  char   text[sizeof bytes * 2 + 1];

  if (sodium_init () < 0)
    g_error ("no source of random numbers");
  randombytes_buf (bytes, sizeof bytes);
  return g_strdup (sodium_bin2hex (text, sizeof text, bytes, sizeof bytes));
}

/** dure_token_hash: Returns: (transfer full): what is kept of a token; its 256 bits need no salt */
char *
dure_token_hash (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}
