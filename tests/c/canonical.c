#include "canonical.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_add(text_buffer *buffer, const char *data, size_t len) {
    if (buffer->room - buffer->len <= len) {
        buffer->room = (buffer->len + len + 1) * 2;
        buffer->data = realloc(buffer->data, buffer->room);
        if (!buffer->data) abort();
    }
    if (len) memcpy(buffer->data + buffer->len, data, len);
    buffer->len += len;
    buffer->data[buffer->len] = 0;
}

void buffer_puts(text_buffer *buffer, const char *text) { buffer_add(buffer, text, strlen(text)); }

static void string(text_buffer *out, cloudauth_text text) {
    static const char *const names[] = {"\\b", "\\t", "\\n", NULL, "\\f", "\\r"};
    /* Every text ends in NUL as well, whatever it holds. */
    if (text.data[text.len] != 0) abort();
    buffer_puts(out, "\"");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        char escape[8];
        if (c == '"' || c == '\\') {
            snprintf(escape, sizeof escape, "\\%c", c);
            buffer_puts(out, escape);
        } else if (c >= 8 && c <= 13 && names[c - 8]) {
            buffer_puts(out, names[c - 8]);
        } else if (c < 32) {
            snprintf(escape, sizeof escape, "\\u%04x", c);
            buffer_puts(out, escape);
        } else {
            buffer_add(out, text.data + i, 1);
        }
    }
    buffer_puts(out, "\"");
}

/* As ECMAScript prints numbers: the shortest digits that read back as the same double. */
static void number(text_buffer *out, double value) {
    char digits[32], text[64];
    int precision = 1;
    if (value == 0) {
        buffer_puts(out, "0");
        return;
    }
    do snprintf(digits, sizeof digits, "%.*e", precision - 1, value);
    while (strtod(digits, NULL) != value && precision++ < 17);
    const char *sign = value < 0 ? "-" : "";
    char *mantissa = digits + (value < 0), *mark = strchr(mantissa, 'e');
    int exponent = atoi(mark + 1), count = 0;
    char all[32];
    for (char *at = mantissa; at < mark; at++)
        if (*at != '.') all[count++] = *at;
    while (count > 1 && all[count - 1] == '0') count--;
    all[count] = 0;
    if (exponent >= count - 1 && exponent < 21)
        snprintf(text, sizeof text, "%s%s%.*s", sign, all, exponent - count + 1, "00000000000000000000");
    else if (exponent >= 0 && exponent < 21)
        snprintf(text, sizeof text, "%s%.*s.%s", sign, exponent + 1, all, all + exponent + 1);
    else if (exponent < 0 && exponent >= -6)
        snprintf(text, sizeof text, "%s0.%.*s%s", sign, -exponent - 1, "000000", all);
    else
        snprintf(text, sizeof text, "%s%c%s%se%+d", sign, all[0], count > 1 ? "." : "", all + 1, exponent);
    buffer_puts(out, text);
}

static void key(text_buffer *out, const char *name) {
    char last = out->len ? out->data[out->len - 1] : '{';
    if (last != '{') buffer_puts(out, ",");
    buffer_puts(out, "\"");
    buffer_puts(out, name);
    buffer_puts(out, "\":");
}

static void text_or_null(text_buffer *out, const char *name, const cloudauth_text *text) {
    key(out, name);
    if (text) string(out, *text);
    else buffer_puts(out, "null");
}

static void flag_or_null(text_buffer *out, const char *name, const bool *flag) {
    key(out, name);
    buffer_puts(out, flag ? *flag ? "true" : "false" : "null");
}

static void number_or_null(text_buffer *out, const char *name, const double *value) {
    key(out, name);
    if (value) number(out, *value);
    else buffer_puts(out, "null");
}

/* JSON that the view holds already. */
static void json_or_null(text_buffer *out, const char *name, const cloudauth_text *json) {
    key(out, name);
    if (json) buffer_add(out, json->data, json->len);
    else buffer_puts(out, "null");
}

static void whole_or_null(text_buffer *out, const char *name, const int64_t *value) {
    char text[32] = "null";
    key(out, name);
    if (value) snprintf(text, sizeof text, "%" PRId64, *value);
    buffer_puts(out, text);
}

static void texts_or_null(text_buffer *out, const char *name, const cloudauth_text_list *texts) {
    key(out, name);
    buffer_puts(out, texts ? "[" : "null");
    for (size_t i = 0; texts && i < texts->count; i++) {
        if (i) buffer_puts(out, ",");
        string(out, texts->items[i]);
    }
    if (texts) buffer_puts(out, "]");
}

static void image_or_null(text_buffer *out, const char *name, const cloudauth_image *image) {
    char text[160], hash[65];
    key(out, name);
    if (!image) {
        buffer_puts(out, "null");
        return;
    }
    sha256_hex(image->data, image->len, hash);
    snprintf(text, sizeof text, "{\"length\":%zu,\"sha256\":\"%s\",\"format\":\"%s\"}", image->len, hash, image->format);
    buffer_puts(out, text);
}

#include "objects.h"
#include "typed.h"
