/* Every case of tests/conformance/cases, offline and over a socket: conformance ENDPOINT CASES. */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <inttypes.h>
#include <unistd.h>

#include "canonical.h"
#include "support.h"

static int offline, socketed, stored, refused, differences;

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

static void one_case(const cloudauth_client *client, const char *folder, const char *name, bool throttled) {
    size_t len = 0, json_len = 0, error_len = 0;
    char *reply = contents(folder, name, "reply.http", &len);
    char *json = contents(folder, name, "expected.json", &json_len);
    char *expected_error = contents(folder, name, "expected.error", &error_len);
    CHECK(reply && !json != !expected_error);
    if (throttled != (expected_error && strncmp(expected_error, "kind: throttled\n", 16) == 0)) {
        free(reply);
        free(json);
        free(expected_error);
        return;
    }
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
    if (result) {
        /* Finding G8: auditors want the bytes. */
        size_t raw_len = 0, body_len = len - (size_t)(end + 2 - reply);
        const uint8_t *raw = cloudauth_result_raw(result, &raw_len);
        CHECK(raw && raw_len == body_len && memcmp(raw, end + 2, body_len) == 0);
        CHECK(!cloudauth_result_raw(result, NULL));
    }
    compare(name, "socket", error, result, json, json_len, expected_error, true);
    socketed++;
    cloudauth_request_free(request);
    free(reply);
    free(json);
    free(expected_error);
}

static bool is(cloudauth_text text, const char *data, size_t len) {
    return text.len == len && memcmp(text.data, data, len) == 0;
}

/* Finding G8: a result that some language stored under the case's name is read, and stored as it was. */
static void one_stored(const char *folder, const char *file, const char *cases) {
    char name[256];
    size_t len = 0, json_len = 0;
    snprintf(name, sizeof name, "%.*s", (int)(strrchr(file, '.') - file), file);
    char *text = contents(folder, ".", file, &len);
    char *json = NULL;
    DIR *groups = opendir(cases);
    CHECK(groups);
    for (struct dirent *entry; !json && (entry = readdir(groups));) {
        char group[4096];
        snprintf(group, sizeof group, "%s/%s", cases, entry->d_name);
        json = contents(group, name, "expected.json", &json_len);
    }
    closedir(groups);
    CHECK(text && json);
    cloudauth_result *result = NULL;
    SUCCEED(cloudauth_result_from_json(text, len, &result));
    cloudauth_text again = cloudauth_result_to_json(result);
    size_t raw_len = 0;
    CHECK(!cloudauth_result_raw(result, &raw_len) && raw_len == 0);
    CHECK(is(again, text, len) && again.data[len] == 0 && cloudauth_result_to_json(result).data == again.data);
    compare(name, "stored", NULL, result, json, json_len, NULL, false);
    free(text);
    free(json);
    stored++;
}

static void one_refused(const char *folder, const char *file) {
    size_t len = 0;
    char *text = contents(folder, ".", file, &len);
    CHECK(text);
    cloudauth_result *result = NULL;
    cloudauth_error *error = cloudauth_result_from_json(text, len, &result);
    CHECK(!result && cloudauth_error_kind(error) == CLOUDAUTH_KIND_INVALID_ARGUMENT);
    /* In this language's words. */
    const char *message = cloudauth_error_message(error);
    CHECK(strncmp(message, "json: ", 6) == 0);
    if (strncmp(file, "canonical.", 10) == 0) CHECK(strstr(message, "store what cloudauth_result_to_json gives"));
    cloudauth_error_free(error);
    free(text);
    refused++;
}

static void each_stored(const char *folder, const char *cases) {
    DIR *entries = opendir(folder);
    CHECK(entries);
    for (struct dirent *entry; (entry = readdir(entries));) {
        const char *ending = strrchr(entry->d_name, '.');
        if (!ending || strcmp(ending, ".json") != 0) continue;
        if (cases) one_stored(folder, entry->d_name, cases);
        else one_refused(folder, entry->d_name);
    }
    closedir(entries);
}

static void every_case(const cloudauth_client *client, const char *path, bool throttled) {
    DIR *folder = opendir(path);
    CHECK(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        char inner[2048], reply[4096];
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        snprintf(reply, sizeof reply, "%s/reply.http", inner);
        if (access(reply, F_OK) == 0)
            one_case(client, path, entry->d_name, throttled);
        else
            every_case(client, inner, throttled);
    }
    closedir(folder);
}

int main(int argc, char **argv) {
    char hash[65], path[4096];
    CHECK(argc == 3);
    sha256_hex((const uint8_t *)"abc", 3, hash);
    CHECK(strcmp(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") == 0);
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_config_set_max_attempts(config, 1);
    cloudauth_config_set_keep_raw(config, true);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    /* Throttled ones last: they slow their client down. */
    every_case(client, argv[2], false);
    every_case(client, argv[2], true);
    cloudauth_client_free(client);
    snprintf(path, sizeof path, "%s/../stored", argv[2]);
    each_stored(path, argv[2]);
    snprintf(path, sizeof path, "%s/../stored/refused", argv[2]);
    each_stored(path, NULL);
    CHECK(stored >= 10 && refused >= 11);
    CHECK(socketed >= 888 && offline > 0);
    CHECK(cloudauth_live_handles() == 0);
    cloudauth_shutdown(10000);
    printf("%d cases over a socket, %d offline, %d differences\n", socketed, offline, differences);
    return differences != 0;
}
