/* Downloads a video into a receiver or a file, and prints what came of it:

       receiver ENDPOINT WAY RECEIVER_FAILS_AT PROGRESS_FAILS_AT [KIND NAME VALUE]...

   WAY is blocking, background or queue; KIND is text, integer, item or receiver, whose name and value do not matter. Prints the
   reply as JSON or the error's kind and message, what was received in hex, what the progress function heard, and whether the
   error's cause is the context of the function that failed. */
#include "canonical.h"
#include "support.h"

#include <semaphore.h>

typedef struct transfer {
    uint64_t fails_at, progress_fails_at, received;
    char bytes[4096], progress[4096];
    bool over;
    int destroyed;
} transfer;

static bool take(void *context, const uint8_t *bytes, size_t len) {
    transfer *own = context;
    CHECK(!own->over && len > 0);
    if (own->fails_at && own->received + len >= own->fails_at) return false;
    for (size_t i = 0; i < len; i++) snprintf(own->bytes + 2 * (own->received + i), 3, "%02x", bytes[i]);
    own->received += len;
    return true;
}

static bool hear(void *context, uint64_t received, uint64_t total) {
    transfer *own = context;
    CHECK(!own->over);
    size_t so_far = strlen(own->progress);
    snprintf(own->progress + so_far, sizeof own->progress - so_far, "%llu/%llu ", (unsigned long long)received,
             (unsigned long long)total);
    return !own->progress_fails_at || received < own->progress_fails_at;
}

static void destroy(void *context) { ((transfer *)context)->destroyed++; }

typedef struct outcome {
    transfer *of;
    cloudauth_error *error;
    cloudauth_reply *reply;
    sem_t came;
} outcome;

static void came(void *context, cloudauth_error *error, cloudauth_reply *reply) {
    outcome *out = context;
    out->of->over = true;
    out->error = error;
    out->reply = reply;
    sem_post(&out->came);
}

static void run(const cloudauth_client *client, cloudauth_call *call, const char *way, outcome *out) {
    if (strcmp(way, "blocking") == 0) {
        out->error = cloudauth_client_call(client, call, &out->reply);
    } else if (strcmp(way, "background") == 0) {
        CHECK(sem_init(&out->came, 0, 0) == 0);
        SUCCEED(cloudauth_client_call_start(client, call, came, out, NULL));
        CHECK(sem_wait(&out->came) == 0);
    } else {
        cloudauth_queue *queue = NULL;
        cloudauth_result *result = NULL;
        uint64_t id = 0;
        SUCCEED(cloudauth_queue_new(&queue));
        SUCCEED(cloudauth_queue_call(queue, client, call, 7, NULL));
        CHECK(cloudauth_queue_next(queue, UINT64_MAX, &id, &out->error, &result, &out->reply) && id == 7 && !result);
        cloudauth_queue_free(queue);
    }
    out->of->over = true;
}

/* A context goes back to the host once its function is replaced, taken out or refused. */
static void contexts(void) {
    transfer other = {0};
    cloudauth_call *call = cloudauth_typed_call_new("download_video");
    cloudauth_call_set_receiver(call, "receiver", take, &other, destroy);
    cloudauth_call_set_receiver(call, "receiver", take, &other, destroy);
    CHECK(other.destroyed == 1);
    cloudauth_call_set_receiver(call, "receiver", NULL, NULL, NULL);
    CHECK(other.destroyed == 2);
    cloudauth_call_set_progress(call, "progress", hear, &other, destroy);
    cloudauth_call_set_text(call, "progress", NULL);
    CHECK(other.destroyed == 3);
    cloudauth_call_set_progress(call, NULL, hear, &other, destroy);
    CHECK(other.destroyed == 4);
    cloudauth_call_free(call);
    cloudauth_call_set_receiver(call, "receiver", take, &other, destroy);
    CHECK(other.destroyed == 5);
    call = cloudauth_call_new("KeepaliveIntl");
    cloudauth_call_set_receiver(call, "receiver", take, &other, destroy);
    CHECK(other.destroyed == 6);
    cloudauth_call_free(call);
}

int main(int argc, char **argv) {
    CHECK(argc >= 5 && (argc - 5) % 3 == 0);
    contexts();
    cloudauth_config *config = config_for(argv[1]);
    cloudauth_config_set_max_attempts(config, 4);
    cloudauth_config_set_retry_base_ms(config, 1);
    cloudauth_client *client = NULL;
    SUCCEED(cloudauth_client_new(config, &client));
    cloudauth_config_free(config);
    transfer own = {.fails_at = strtoull(argv[3], NULL, 10), .progress_fails_at = strtoull(argv[4], NULL, 10)};
    cloudauth_call *call = cloudauth_typed_call_new("download_video");
    for (int i = 5; i < argc; i += 3) {
        const char *name = argv[i + 1], *value = argv[i + 2];
        if (strcmp(argv[i], "text") == 0) cloudauth_call_set_text(call, name, value);
        else if (strcmp(argv[i], "integer") == 0) cloudauth_call_set_integer(call, name, strtoll(value, NULL, 10));
        else if (strcmp(argv[i], "item") == 0) cloudauth_call_add_text(call, name, value);
        else cloudauth_call_set_receiver(call, "receiver", take, &own, destroy);
    }
    cloudauth_call_set_progress(call, "progress", hear, &own, destroy);
    outcome out = {.of = &own};
    run(client, call, argv[2], &out);
    CHECK(!out.error != !out.reply);
    if (out.error) {
        printf("%s %s\n", cloudauth_kind_name(cloudauth_error_kind(out.error)), cloudauth_error_message(out.error));
    } else {
        text_buffer text = {0};
        typed_reply(&text, out.reply);
        puts(text.data);
        free(text.data);
    }
    bool caused = out.error && cloudauth_error_cause(out.error);
    CHECK(!caused || cloudauth_error_cause(out.error) == &own);
    printf("%s\n%s\n%s\n", own.bytes, own.progress, caused ? "caused" : "-");
    cloudauth_call_free(call);
    /* An error holds the context of the function that failed, and nothing else does by now. */
    int functions = own.destroyed;
    CHECK(!caused || functions < 2);
    cloudauth_error_free(out.error);
    cloudauth_reply_free(out.reply);
    CHECK(own.destroyed == functions + caused);
    cloudauth_client_free(client);
    CHECK(cloudauth_shutdown(10000) && cloudauth_live_handles() == 0);
    return 0;
}
