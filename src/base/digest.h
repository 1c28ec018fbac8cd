/* SHA-256, through libcrypto. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

#define DIGEST_LEN 32
#define DIGEST_HEX_LEN 65 /* 64 digits and the NUL */

/* A digest of what comes piece by piece. digest_end gives the result and
 * frees; every digest_start needs its digest_end. */
struct digest;
struct digest *digest_start(void);
void digest_add(struct digest *d, const void *bytes, size_t len);
void digest_end(struct digest *d, unsigned char out[DIGEST_LEN]);

/* The digest of `len` bytes in one go. */
void digest_of(const void *bytes, size_t len, unsigned char out[DIGEST_LEN]);

/* Lower-case hexadecimal of a digest; returns `out`. */
const char *digest_hex(const unsigned char digest[DIGEST_LEN],
                       char out[DIGEST_HEX_LEN]);

#endif
