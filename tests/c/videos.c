/* Many videos of 8 MiB, 16 at a time: videos ENDPOINT FOLDER|- COUNT, into files or into a function. Prints by how many KiB the most
   memory that it had grew. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "support.h"

#define AT_ONCE 16
#define LENGTH (8L << 20)

static const cloudauth_client *client;
static const char *endpoint, *folder;
static atomic_long left;

static long most_memory(void) {
    char line[200];
    long kib = 0;
    FILE *status = fopen("/proc/self/status", "r");
    CHECK(status);
    while (fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &kib);
    fclose(status);
    return kib;
}

static bool take(void *context, const uint8_t *bytes, size_t len) {
    CHECK(bytes);
    *(long *)context += (long)len;
    return true;
}

static void fetch(long number) {
    char path[400], started[600];
    long received = 0;
    bool into_file = strcmp(folder, "-") != 0;
    cloudauth_reply *reply = NULL;
    snprintf(path, sizeof path, "%s/%ld.webm", folder, number);
    snprintf(started, sizeof started,
             "{\"version\":1,\"endpoint\":\"%s\",\"transaction_id\":\"ekycpro200-video8MiB\",\"merchant_biz_id\":\"b\","
             "\"product_code\":\"eKYC_PRO\",\"initialized_at\":\"2026-03-01T10:00:00Z\"}",
             endpoint);
    cloudauth_call *call = cloudauth_typed_call_new("download_video");
    cloudauth_call_set_text(call, "started", started);
    if (into_file) cloudauth_call_set_text(call, "to", path);
    else cloudauth_call_set_receiver(call, "receiver", take, &received, NULL);
    cloudauth_call_add_text(call, "video_hosts", "127.0.0.1");
    SUCCEED(cloudauth_client_call(client, call, &reply));
    const cloudauth_video *video = cloudauth_reply_video(reply);
    CHECK(video && video->length && *video->length == LENGTH);
    CHECK(into_file ? unlink(path) == 0 : received == LENGTH);
    cloudauth_reply_free(reply);
    cloudauth_call_free(call);
}

static void *work(void *unused) {
    for (long number; (number = atomic_fetch_sub(&left, 1)) > 0;) fetch(number);
    return unused;
}

int main(int argc, char **argv) {
    CHECK(argc == 4);
    endpoint = argv[1];
    folder = argv[2];
    cloudauth_client *own = client_for(endpoint);
    client = own;
    fetch(0);
    long before = most_memory();
    atomic_store(&left, atol(argv[3]));
    pthread_t threads[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++) CHECK(pthread_create(&threads[i], NULL, work, NULL) == 0);
    for (int i = 0; i < AT_ONCE; i++) CHECK(pthread_join(threads[i], NULL) == 0);
    printf("%ld", most_memory() - before);
    cloudauth_client_free(own);
    CHECK(cloudauth_shutdown(20000));
    return 0;
}
