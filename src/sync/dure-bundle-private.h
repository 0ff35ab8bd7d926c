/* dure-bundle-private.h: what writing and reading of a bundle share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#define DURE_BUNDLE_BEGIN "\n-----BEGIN DURE ENCRYPTED PART-----\n"
#define DURE_BUNDLE_END "-----END DURE ENCRYPTED PART-----\n"
#define DURE_BUNDLE_SIGNATURE "서명 / Signature: "
/* Both public keys of the sender. */
#define DURE_BUNDLE_BOUND_BYTES (DURE_BUNDLE_SIGN_BYTES + DURE_BUNDLE_BOX_BYTES)
