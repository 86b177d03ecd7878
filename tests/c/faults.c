/* Every row of docs/faults.md, on the calling thread and in the background:
   faults PAGE HTTP HTTP_CONTROL HTTPS HTTPS_CONTROL AUTHORITY. */
#define _POSIX_C_SOURCE 200809L

#include <stdatomic.h>

#include "control.h"

enum { NAME, FAULT, TO, CALL, OPTIONS, OUTCOME, CODE, REQUESTS, CONNECTIONS, WITHIN, COLUMNS };

/* What came of a call. */
typedef struct came {
    atomic_bool done;
    bool ok;
    uint32_t kind, attempts;
    char code[64], message[512];
} came;

static const char *servers[2], *controls[2], *authority;
static int wrong;

/* Nobody listens there. */
static const char dead[] = "http://127.0.0.1:1";

static void keep(came *out, cloudauth_error *error) {
    out->ok = !error;
    if (error) {
        out->kind = cloudauth_error_kind(error);
        out->attempts = cloudauth_error_attempts(error);
        snprintf(out->code, sizeof out->code, "%s", cloudauth_error_code(error) ? cloudauth_error_code(error) : "-");
        snprintf(out->message, sizeof out->message, "%s", cloudauth_error_message(error));
    }
    cloudauth_error_free(error);
    atomic_store(&out->done, true);
}

static void checked(void *context, cloudauth_error *error, cloudauth_result *result) {
    cloudauth_result_free(result);
    keep(context, error);
}

static void called(void *context, cloudauth_error *error, cloudauth_reply *reply) {
    cloudauth_reply_free(reply);
    keep(context, error);
}

static came run_call(const cloudauth_client *client, const char *action, bool background) {
    came out = {.code = "-"};
    if (strcmp(action, "CheckResult") == 0) {
        cloudauth_request *request = cloudauth_request_new("demo", "ekycpro200");
        cloudauth_result *result = NULL;
        if (background) SUCCEED(cloudauth_client_check_result_start(client, request, checked, &out, NULL));
        else {
            cloudauth_error *error = cloudauth_client_check_result(client, request, &result);
            checked(&out, error, result);
        }
        cloudauth_request_free(request);
    } else {
        cloudauth_call *call = cloudauth_call_new(action);
        cloudauth_reply *reply = NULL;
        if (background) SUCCEED(cloudauth_client_call_start(client, call, called, &out, NULL));
        else {
            cloudauth_error *error = cloudauth_client_call(client, call, &reply);
            called(&out, error, reply);
        }
        cloudauth_call_free(call);
    }
    for (int i = 0; !atomic_load(&out.done); i++) {
        CHECK(i < 60000);
        wait_ms(1);
    }
    return out;
}

static void set(cloudauth_config *config, char *option) {
    static const struct {
        const char *name;
        void (*set)(cloudauth_config *, uint64_t);
    } known[] = {
        {"max_attempts=", cloudauth_config_set_max_attempts},
        {"timeout_ms=", cloudauth_config_set_timeout_ms},
        {"attempt_timeout_ms=", cloudauth_config_set_attempt_timeout_ms},
        {"connect_timeout_ms=", cloudauth_config_set_connect_timeout_ms},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t len = strlen(known[i].name);
        if (strncmp(option, known[i].name, len) == 0) {
            known[i].set(config, (uint64_t)atoll(option + len));
            return;
        }
    }
    fprintf(stderr, "no row needs %s yet\n", option);
    abort();
}

static cloudauth_client *client_of(const char *endpoint, bool tls, const char *options) {
    cloudauth_config *config = config_for(endpoint);
    if (tls) cloudauth_config_set_ca_file(config, authority);
    cloudauth_config_set_retry_base_ms(config, 10);
    cloudauth_config_set_throttle_base_ms(config, 20);
    char words[256], *rest = words;
    snprintf(words, sizeof words, "%s", options);
    for (char *word; (word = strtok_r(rest, " ", &rest));)
        if (strcmp(word, "-") != 0) set(config, word);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    return client;
}

/* {"faults": ["a", "b"]} of "a b"; none of "-". */
static void set_faults(const char *at, const char *faults) {
    char body[512] = "{\"faults\":[", words[256], *rest = words, reply[65536];
    snprintf(words, sizeof words, "%s", faults);
    bool first = true;
    for (char *word; (word = strtok_r(rest, " ", &rest)); first = false)
        if (strcmp(word, "-") != 0) snprintf(body + strlen(body), sizeof body - strlen(body), "%s\"%s\"", first ? "" : ",", word);
    snprintf(body + strlen(body), sizeof body - strlen(body), "]}");
    control(at, "POST", "faults", body, reply, sizeof reply);
}

static long now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void run_row(char **row, bool background) {
    bool tls = strncmp(row[TO], "https", 5) == 0, alive = strcmp(row[TO], "dead") != 0;
    const char *at = controls[tls];
    char reply[65536];
    cloudauth_client *client = client_of(alive ? servers[tls] : dead, tls, row[OPTIONS]);
    if (alive) {
        control(at, "DELETE", "stats", "", reply, sizeof reply);
        if (strstr(row[TO], " warm")) CHECK(run_call(client, "CheckResult", background).ok);
        set_faults(at, row[FAULT]);
    }
    uint64_t before = cloudauth_client_counter(client, CLOUDAUTH_COUNTER_REQUESTS);
    long begun = now_ms();
    came out = run_call(client, row[CALL], background);
    long took = now_ms() - begun, connections = 0;
    uint64_t requests = cloudauth_client_counter(client, CLOUDAUTH_COUNTER_REQUESTS) - before;
    bool early = !out.ok && out.kind == CLOUDAUTH_KIND_TLS && counted(at, "application_bytes") != 0;
    bool after = true;
    if (alive) {
        control(at, "DELETE", "faults", "", reply, sizeof reply);
        after = run_call(client, "CheckResult", background).ok;
        connections = counted(at, "connections");
    }
    const char *outcome = out.ok ? "ok" : cloudauth_kind_name(out.kind);
    if (strcmp(outcome, row[OUTCOME]) != 0 || strcmp(out.code, row[CODE]) != 0 || (long)requests != atol(row[REQUESTS]) ||
        connections != atol(row[CONNECTIONS]) || took > atol(row[WITHIN]) || early || !after ||
        (!out.ok && out.attempts != requests)) {
        fprintf(stderr,
                "%s%s: %s, %s (%s), %ld requests, %ld connections, %ld ms, %u attempts said%s%s\n  expected %s, %s, %s, %s, %s ms\n",
                row[NAME], background ? " in the background" : "", outcome, out.code, out.message, (long)requests, connections, took,
                (unsigned)out.attempts, early ? ", bytes sent before TLS" : "", after ? "" : ", the good call after fails",
                row[OUTCOME], row[CODE], row[REQUESTS], row[CONNECTIONS], row[WITHIN]);
        wrong++;
    }
    cloudauth_client_free(client);
}

/* Splits "| a | b |" in its place; whether there are as many cells as there are columns. */
static bool split(char *line, char **cells) {
    int count = 0;
    line[strcspn(line, "\n")] = 0;
    for (char *cell = line + 2, *end; (end = strstr(cell, " |")); cell = end + 3) {
        *end = 0;
        if (count < COLUMNS) cells[count] = cell;
        count++;
        if (!end[2]) break;
    }
    return count == COLUMNS;
}

int main(int argc, char **argv) {
    CHECK(argc == 7);
    servers[0] = argv[2], controls[0] = argv[3], servers[1] = argv[4], controls[1] = argv[5], authority = argv[6];
    FILE *page = fopen(argv[1], "r");
    CHECK(page);
    int rows = 0;
    char line[1024], *row[COLUMNS];
    while (fgets(line, sizeof line, page)) {
        if (line[0] != '|' || strncmp(line, "| name |", 8) == 0 || strncmp(line, "|--", 3) == 0) continue;
        CHECK(split(line, row));
        run_row(row, false);
        run_row(row, true);
        rows++;
    }
    fclose(page);
    CHECK(rows >= 45);
    CHECK(cloudauth_live_handles() == 0);
    cloudauth_shutdown(10000);
    printf("%d rows, each in two ways, %d wrong\n", rows, wrong);
    return wrong != 0;
}
