/* Canonical JSON printed from the views alone. */
#ifndef CANONICAL_H
#define CANONICAL_H

#include "cloudauth.h"

/* A text that grows. */
typedef struct text_buffer {
    char *data;
    size_t len, room;
} text_buffer;

void buffer_add(text_buffer *buffer, const char *data, size_t len);
void buffer_puts(text_buffer *buffer, const char *text);

/* Adds the result to the buffer as docs/result.md says. */
void canonical(text_buffer *out, const cloudauth_result *result);

/* The same for the reply of a typed operation, as tests/calls lists it. */
void typed_reply(text_buffer *out, const cloudauth_reply *reply);
/* How many of the functions that give such a reply give one. */
int typed_views(const cloudauth_reply *reply);

/* SHA-256 as 64 hex digits and a NUL. */
void sha256_hex(const uint8_t *data, size_t len, char out[65]);

#endif
