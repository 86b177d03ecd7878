/* Every case of tests/conformance/cases, offline and over a socket: conformance ENDPOINT CASES. */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <inttypes.h>

#include "canonical.h"
#include "support.h"

static int offline, socketed, differences;

/* The file's bytes and a NUL; NULL where there is no such file. */
static char *contents(const char *folder, const char *name, const char *file, size_t *len) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/%s", folder, name, file);
    FILE *stream = fopen(path, "rb");
    if (!stream) return NULL;
    CHECK(fseek(stream, 0, SEEK_END) == 0);
    long size = ftell(stream);
    CHECK(size >= 0);
    rewind(stream);
    char *data = malloc((size_t)size + 1);
    CHECK(data && fread(data, 1, (size_t)size, stream) == (size_t)size);
    fclose(stream);
    data[size] = 0;
    *len = (size_t)size;
    return data;
}

/* The error in the words of expected.error. */
static void describe(text_buffer *out, const cloudauth_error *error, bool with_status) {
    char line[256];
    snprintf(line, sizeof line, "kind: %s\n", cloudauth_kind_name(cloudauth_error_kind(error)));
    buffer_puts(out, line);
    if (cloudauth_error_code(error)) {
        snprintf(line, sizeof line, "code: %s\n", cloudauth_error_code(error));
        buffer_puts(out, line);
    }
    if (with_status && cloudauth_error_http_status(error)) {
        snprintf(line, sizeof line, "http_status: %" PRIu32 "\n", cloudauth_error_http_status(error));
        buffer_puts(out, line);
    }
    if (cloudauth_error_request_id(error)) {
        snprintf(line, sizeof line, "request_id: %s\n", cloudauth_error_request_id(error));
        buffer_puts(out, line);
    }
    if (cloudauth_error_retry_after_ms(error)) {
        snprintf(line, sizeof line, "retry_after_ms: %" PRIu64 "\n", cloudauth_error_retry_after_ms(error));
        buffer_puts(out, line);
    }
    snprintf(line, sizeof line, "retryable: %s\n", cloudauth_error_retryable(error) ? "true" : "false");
    buffer_puts(out, line);
}

/* Compares what came with what was expected, and frees it. */
static void compare(const char *name, const char *way, cloudauth_error *error, cloudauth_result *result, const char *json,
                    size_t json_len, const char *expected_error, bool with_status) {
    text_buffer got = {0}, expected = {0};
    CHECK(!error != !result);
    if (result) {
        canonical(&got, result);
        cloudauth_text whole = cloudauth_result_canonical_json(result);
        CHECK(whole.len == got.len && memcmp(whole.data, got.data, got.len) == 0);
        CHECK(cloudauth_result_canonical_json(result).data == whole.data);
    } else {
        describe(&got, error, with_status);
    }
    if (json) buffer_add(&expected, json, json_len);
    for (const char *line = expected_error; line && *line;) {
        const char *next = strchr(line, '\n');
        CHECK(next);
        if (with_status || strncmp(line, "http_status:", 12) != 0) buffer_add(&expected, line, (size_t)(next + 1 - line));
        line = next + 1;
    }
    if (got.len != expected.len || memcmp(got.data, expected.data, got.len) != 0) {
        fprintf(stderr, "%s (%s)\n  expected %.2000s\n  got      %.2000s\n", name, way, expected.data, got.data);
        differences++;
    }
    free(got.data);
    free(expected.data);
    cloudauth_error_free(error);
    cloudauth_result_free(result);
}

static void one_case(const cloudauth_client *client, const char *folder, const char *name) {
    size_t len = 0, json_len = 0, error_len = 0;
    char *reply = contents(folder, name, "reply.http", &len);
    char *json = contents(folder, name, "expected.json", &json_len);
    char *expected_error = contents(folder, name, "expected.error", &error_len);
    CHECK(reply && !json != !expected_error);
    const char *end = strstr(reply, "\n\n");
    CHECK(end && strncmp(reply, "HTTP/1.1 ", 9) == 0);
    cloudauth_result *result = NULL;
    if (atoi(reply + 9) == 200) {
        /* Of its own, so that a read beyond the end is seen, and so that no view points into it. */
        size_t body_len = len - (size_t)(end + 2 - reply);
        uint8_t *body = malloc(body_len ? body_len : 1);
        CHECK(body);
        memcpy(body, end + 2, body_len);
        cloudauth_error *error = cloudauth_result_decode(body, body_len, &result);
        memset(body, 'x', body_len);
        free(body);
        compare(name, "offline", error, result, json, json_len, expected_error, false);
        offline++;
    }
    cloudauth_request *request = cloudauth_request_new("biz1", name);
    cloudauth_request_set_return_image(request, true);
    result = NULL;
    cloudauth_error *error = cloudauth_client_check_result(client, request, &result);
    compare(name, "socket", error, result, json, json_len, expected_error, true);
    socketed++;
    cloudauth_request_free(request);
    free(reply);
    free(json);
    free(expected_error);
}

int main(int argc, char **argv) {
    char hash[65];
    CHECK(argc == 3);
    sha256_hex((const uint8_t *)"abc", 3, hash);
    CHECK(strcmp(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == 0);
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_config_set_max_attempts(config, 1);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    DIR *folder = opendir(argv[2]);
    CHECK(folder);
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.') one_case(client, argv[2], entry->d_name);
    closedir(folder);
    cloudauth_client_free(client);
    CHECK(socketed >= 160 && offline > 0);
    CHECK(cloudauth_live_handles() == 0);
    cloudauth_shutdown(10000);
    printf("%d cases over a socket, %d offline, %d differences\n", socketed, offline, differences);
    return differences != 0;
}
