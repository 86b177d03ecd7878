/* A client that the driver measures: worker ENDPOINT KIB IN_FLIGHT [CA_FILE], as bench/peers/worker.py describes. */
#include "client.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_THREADS = 1024 };

static struct options options;
static size_t expected_bytes;
static int in_flight;
static pthread_barrier_t begin, end;
static atomic_bool stop;
static atomic_ulong calls;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* A wrong result is no result: nobody is to be fast by doing less. */
static void call(struct session *session)
{
    struct outcome outcome = { 0 };
    if (!session_check(session, &outcome))
        exit(1);
    if (!outcome.passed || outcome.comparison_score != 99.12 || strcmp(outcome.surname, "SPECIMEN") != 0
        || outcome.images != (options.images ? 2 : 0) || outcome.image_bytes != expected_bytes) {
        fprintf(stderr, "worker: the result is not what the server sent\n");
        exit(1);
    }
}

static struct session *opened(void)
{
    struct session *session = session_open();
    if (!session) {
        fprintf(stderr, "worker: no session\n");
        exit(1);
    }
    return session;
}

/* One of the callers, who keep their sessions from one measurement to the next. */
static void *caller(void *unused)
{
    (void)unused;
    struct session *session = opened();
    for (;;) {
        pthread_barrier_wait(&begin);
        unsigned long done = 0;
        do {
            call(session);
            done++;
        } while (!atomic_load_explicit(&stop, memory_order_relaxed));
        atomic_fetch_add(&calls, done);
        pthread_barrier_wait(&end);
    }
    return NULL;
}

static void start_callers(void)
{
    pthread_barrier_init(&begin, NULL, (unsigned)in_flight + 1);
    pthread_barrier_init(&end, NULL, (unsigned)in_flight + 1);
    for (int index = 0; index < in_flight; index++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, caller, NULL) != 0) {
            fprintf(stderr, "worker: no more threads\n");
            exit(1);
        }
    }
}

static void measure(double seconds)
{
    static bool started;
    if (!started)
        start_callers();
    started = true;
    atomic_store(&stop, false);
    atomic_store(&calls, 0);
    double begun = now();
    pthread_barrier_wait(&begin);
    struct timespec pause = { (time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9) };
    nanosleep(&pause, NULL);
    atomic_store(&stop, true);
    pthread_barrier_wait(&end);
    printf("{\"calls\": %lu, \"seconds\": %.6f}\n", atomic_load(&calls), now() - begun);
}

static void measure_one(void)
{
    static struct session *session;
    double begun = now();
    if (!session)
        session = opened();
    call(session);
    printf("{\"calls\": 1, \"seconds\": %.6f}\n", now() - begun);
}

int main(int argc, char **argv)
{
    in_flight = argc >= 4 ? atoi(argv[3]) : 0;
    if (argc > 5 || in_flight < 1 || in_flight > MAX_THREADS) {
        fprintf(stderr, "usage: %s ENDPOINT KIB IN_FLIGHT [CA_FILE]\n", argv[0]);
        return 2;
    }
    size_t image = (size_t)atoi(argv[2]) * 1024;
    options = (struct options) { argv[1], argv[2], argc == 5 ? argv[4] : NULL, image > 0, in_flight };
    expected_bytes = 2 * image / 4 * 3;
    if (!client_open(&options))
        return 1;
    setvbuf(stdout, NULL, _IOLBF, 0);
    puts("ready");
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        if (strcmp(line, "call\n") == 0)
            measure_one();
        else
            measure(atof(line));
    }
    /* Callers may wait: the client ends with the process. */
    return 0;
}
