/* ACS3-HMAC-SHA256 with OpenSSL, for a POST of `/` with an empty body. */
#ifndef SIGN_H
#define SIGN_H

#include <stdbool.h>

enum { DATE = sizeof "2026-01-01T00:00:00Z", NONCE = 33, AUTHORIZATION = 320 };

struct signature {
    char date[DATE];
    char nonce[NONCE];
    char authorization[AUTHORIZATION];
};

extern const char EMPTY_SHA256[];

/* `query` is the canonical one: sorted and percent-encoded. */
bool sign(const char *host, const char *query, const char *key_id, const char *key_secret, struct signature *out);

#endif
