/* Forks while videos come, beside the download and inside its own functions: fork_job ENDPOINT FOLDER.

   The child makes downloads of its own; one that it inherited in the middle ends as forked, and leaves the parent's file alone. The
   parent's downloads come to their end. */
#define _POSIX_C_SOURCE 200809L

#include <semaphore.h>
#include <sys/stat.h>

#include "child.h"
#include "support.h"

#define LENGTH (1L << 20)

static const char *endpoint, *folder;
static cloudauth_client *client;

typedef struct transfer {
    sem_t entered, leave, came;
    pid_t child;
    bool waits, forks;
    uint64_t received;
    cloudauth_error *error;
    cloudauth_reply *reply;
} transfer;

static void begin(transfer *own) {
    CHECK(sem_init(&own->entered, 0, 0) == 0 && sem_init(&own->leave, 0, 0) == 0 && sem_init(&own->came, 0, 0) == 0);
}

/* The first time, forks or waits. */
static void once(transfer *own) {
    if (own->forks) {
        own->forks = false;
        own->child = begin_child();
    }
    if (own->waits) {
        own->waits = false;
        sem_post(&own->entered);
        CHECK(sem_wait(&own->leave) == 0);
    }
}

static bool take(void *context, const uint8_t *bytes, size_t len) {
    transfer *own = context;
    CHECK(bytes);
    own->received += len;
    once(own);
    return true;
}

static bool hear(void *context, uint64_t received, uint64_t total) {
    CHECK(received <= total);
    once(context);
    return true;
}

/* Into a file, unless `path` is NULL. */
static cloudauth_call *download(transfer *own, const char *path) {
    char started[600];
    snprintf(started, sizeof started,
             "{\"version\":1,\"endpoint\":\"%s\",\"transaction_id\":\"ekycpro200-video1MiB\",\"merchant_biz_id\":\"b\","
             "\"product_code\":\"eKYC_PRO\",\"initialized_at\":\"2026-03-01T10:00:00Z\"}",
             endpoint);
    cloudauth_call *call = cloudauth_typed_call_new("download_video");
    cloudauth_call_set_text(call, "started", started);
    cloudauth_call_add_text(call, "video_hosts", "127.0.0.1");
    if (path) {
        cloudauth_call_set_text(call, "to", path);
        cloudauth_call_set_progress(call, "progress", hear, own, NULL);
    } else {
        cloudauth_call_set_receiver(call, "receiver", take, own, NULL);
    }
    return call;
}

static void is_whole(cloudauth_error *error, cloudauth_reply *reply) {
    SUCCEED(error);
    const cloudauth_video *video = cloudauth_reply_video(reply);
    CHECK(video && video->length && *video->length == LENGTH);
    cloudauth_reply_free(reply);
}

/* A job of this process's own, into a receiver. */
static void fetch(void) {
    transfer own = {0};
    cloudauth_reply *reply = NULL;
    cloudauth_call *call = download(&own, NULL);
    cloudauth_error *error = cloudauth_client_call(client, call, &reply);
    is_whole(error, reply);
    CHECK(own.received == LENGTH);
    cloudauth_call_free(call);
}

static void came(void *context, cloudauth_error *error, cloudauth_reply *reply) {
    transfer *own = context;
    own->error = error;
    own->reply = reply;
    sem_post(&own->came);
}

/* The main thread forks while a job is in its receiver. */
static void beside(void) {
    transfer own = {.waits = true};
    begin(&own);
    cloudauth_call *call = download(&own, NULL);
    SUCCEED(cloudauth_client_call_start(client, call, came, &own, NULL));
    CHECK(sem_wait(&own.entered) == 0);
    pid_t child = begin_child();
    if (child == 0) {
        fetch();
        CHECK(cloudauth_shutdown(10000));
        end_child();
    }
    await_child(child);
    sem_post(&own.leave);
    CHECK(sem_wait(&own.came) == 0);
    is_whole(own.error, own.reply);
    CHECK(own.received == LENGTH);
    cloudauth_call_free(call);
}

/* A function of the download forks, and returns in both processes. */
static void inside(bool into_file) {
    char path[400];
    transfer own = {.forks = true};
    begin(&own);
    snprintf(path, sizeof path, "%s/video.webm", folder);
    cloudauth_reply *reply = NULL;
    cloudauth_call *call = download(&own, into_file ? path : NULL);
    cloudauth_error *error = cloudauth_client_call(client, call, &reply);
    if (own.child == 0) {
        REFUSED(error, CLOUDAUTH_KIND_FORKED, "this call was under way when the process forked");
        fetch();
        end_child();
    }
    await_child(own.child);
    is_whole(error, reply);
    struct stat file;
    if (into_file) CHECK(stat(path, &file) == 0 && file.st_size == LENGTH && unlink(path) == 0);
    else CHECK(own.received == LENGTH);
    cloudauth_call_free(call);
}

int main(int argc, char **argv) {
    CHECK(argc == 3);
    endpoint = argv[1];
    folder = argv[2];
    client = client_for(endpoint);
    int rounds = (int)scaled(20);
    for (int i = 0; i < rounds; i++) {
        beside();
        inside(false);
        inside(true);
    }
    cloudauth_client_free(client);
    CHECK(cloudauth_shutdown(20000) && cloudauth_live_handles() == 0);
    printf("%d forks\n", 3 * rounds);
    return 0;
}
