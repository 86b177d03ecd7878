#include "sign.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

const char EMPTY_SHA256[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

static const char SIGNED_HEADERS[] =
    "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";

static void hex(const unsigned char *bytes, size_t length, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t index = 0; index < length; index++) {
        *out++ = digits[bytes[index] >> 4];
        *out++ = digits[bytes[index] & 15];
    }
    *out = '\0';
}

bool sign(const char *host, const char *query, const char *key_id, const char *key_secret, struct signature *out)
{
    unsigned char random[16], digest[SHA256_DIGEST_LENGTH];
    char canonical[2048], hashed[2 * SHA256_DIGEST_LENGTH + 1], text[128], signature[2 * SHA256_DIGEST_LENGTH + 1];
    struct tm utc;
    time_t seconds = time(NULL);
    if (RAND_bytes(random, sizeof random) != 1 || !gmtime_r(&seconds, &utc))
        return false;
    hex(random, sizeof random, out->nonce);
    strftime(out->date, sizeof out->date, "%Y-%m-%dT%H:%M:%SZ", &utc);

    int length = snprintf(canonical, sizeof canonical,
        "POST\n/\n%s\n"
        "host:%s\nx-acs-action:CheckResult\nx-acs-content-sha256:%s\nx-acs-date:%s\nx-acs-signature-nonce:%s\n"
        "x-acs-version:2022-08-09\n\n%s\n%s",
        query, host, EMPTY_SHA256, out->date, out->nonce, SIGNED_HEADERS, EMPTY_SHA256);
    if (length < 0 || (size_t)length >= sizeof canonical)
        return false;
    SHA256((const unsigned char *)canonical, (size_t)length, digest);
    hex(digest, sizeof digest, hashed);
    length = snprintf(text, sizeof text, "ACS3-HMAC-SHA256\n%s", hashed);
    if (!HMAC(EVP_sha256(), key_secret, (int)strlen(key_secret), (const unsigned char *)text, (size_t)length, digest, NULL))
        return false;
    hex(digest, sizeof digest, signature);
    length = snprintf(out->authorization, sizeof out->authorization,
        "Authorization: ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s", key_id, SIGNED_HEADERS, signature);
    return length > 0 && (size_t)length < sizeof out->authorization;
}
