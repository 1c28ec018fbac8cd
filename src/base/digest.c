/* SHA-256, through libcrypto. A struct digest is libcrypto's own context. */
#include "base/digest.h"
#include "base/bug.h"

#include <openssl/evp.h>

struct digest *digest_start(void)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (ctx == NULL || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1)
        BUG("libcrypto has no SHA-256");
    return (struct digest *)ctx;
}

void digest_add(struct digest *d, const void *bytes, size_t len)
{
    if (EVP_DigestUpdate((EVP_MD_CTX *)d, bytes, len) != 1)
        BUG("SHA-256 failed");
}

void digest_end(struct digest *d, unsigned char out[DIGEST_LEN])
{
    if (EVP_DigestFinal_ex((EVP_MD_CTX *)d, out, NULL) != 1)
        BUG("SHA-256 failed");
    EVP_MD_CTX_free((EVP_MD_CTX *)d);
}

void digest_of(const void *bytes, size_t len, unsigned char out[DIGEST_LEN])
{
    /* Looking SHA-256 up costs more than a short text: once a run. */
    static EVP_MD_CTX *ctx;
    if (ctx == NULL && (ctx = EVP_MD_CTX_new()) != NULL &&
        EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1)
        BUG("libcrypto has no SHA-256");
    if (EVP_DigestInit_ex(ctx, NULL, NULL) != 1)
        BUG("SHA-256 failed");
    if (EVP_DigestUpdate(ctx, bytes, len) != 1 ||
        EVP_DigestFinal_ex(ctx, out, NULL) != 1)
        BUG("SHA-256 failed");
}

const char *digest_hex(const unsigned char digest[DIGEST_LEN],
                       char out[DIGEST_HEX_LEN])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < DIGEST_LEN; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[2 * DIGEST_LEN] = '\0';
    return out;
}
