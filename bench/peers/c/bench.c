/* Calls as fast as it can for a while, from so many threads, and prints what that cost as one JSON line:
 * bench ENDPOINT TRANSACTION THREADS SECONDS [CA_FILE] */
#include "client.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MAX_THREADS = 256, WARM_UP = 20 };

static struct options options;
static size_t expected_bytes;
static pthread_barrier_t start;
static atomic_bool stop;
static atomic_ulong calls;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* A wrong result is no result: nobody is to be fast by doing less. */
static void call(struct session *session)
{
    struct outcome outcome = { 0 };
    if (!session_check(session, &outcome))
        exit(1);
    if (!outcome.passed || outcome.comparison_score != 99.12 || strcmp(outcome.surname, "SPECIMEN") != 0
        || outcome.images != (options.images ? 2 : 0) || outcome.image_bytes != expected_bytes) {
        fprintf(stderr, "bench: the result is not what the server sent\n");
        exit(1);
    }
}

static void *run(void *unused)
{
    (void)unused;
    struct session *session = session_open();
    if (!session)
        exit(1);
    for (int count = 0; count < WARM_UP; count++)
        call(session);
    pthread_barrier_wait(&start);
    unsigned long done = 0;
    while (!atomic_load_explicit(&stop, memory_order_relaxed)) {
        call(session);
        done++;
    }
    atomic_fetch_add(&calls, done);
    session_close(session);
    return NULL;
}

int main(int argc, char **argv)
{
    int threads = argc >= 5 ? atoi(argv[3]) : 0;
    double seconds = argc >= 5 ? atof(argv[4]) : 0;
    if (argc > 6 || threads < 1 || threads > MAX_THREADS || seconds <= 0) {
        fprintf(stderr, "usage: %s ENDPOINT TRANSACTION THREADS SECONDS [CA_FILE]\n", argv[0]);
        return 2;
    }
    options = (struct options) { argv[1], argv[2], argc == 6 ? argv[5] : NULL, strncmp(argv[2], "images", 6) == 0 };
    if (options.images)
        expected_bytes = 2 * ((size_t)atoi(argv[2] + 6) << 20) / 4 * 3;
    if (!client_open(&options))
        return 1;

    pthread_t thread[MAX_THREADS];
    pthread_barrier_init(&start, NULL, (unsigned)threads + 1);
    for (int index = 0; index < threads; index++) {
        if (pthread_create(&thread[index], NULL, run, NULL) != 0) {
            fprintf(stderr, "bench: no more threads\n");
            return 1;
        }
    }
    pthread_barrier_wait(&start);
    double begun = now(), cpu = cpu_seconds();
    struct timespec pause = { (time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9) };
    nanosleep(&pause, NULL);
    atomic_store(&stop, true);
    for (int index = 0; index < threads; index++)
        pthread_join(thread[index], NULL);
    double took = now() - begun, used = cpu_seconds() - cpu;
    client_close();

    unsigned long done = atomic_load(&calls);
    printf("{\"calls\": %lu, \"per_second\": %.1f, \"wall_us\": %.2f, \"cpu_us\": %.2f}\n", done, (double)done / took,
        took * 1e6 * threads / (double)done, used * 1e6 / (double)done);
    return 0;
}
