/* What a measured client provides. worker.c drives one of them; nothing in it knows which. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>

struct options {
    const char *endpoint;
    const char *transaction;
    const char *ca_file; /* NULL: plain HTTP */
    bool images;
    int in_flight;
};

/* What a caller wants to know of a result, so that no client may leave a part undecoded. */
struct outcome {
    bool passed;
    double comparison_score;
    char surname[32];
    int images;
    size_t image_bytes;
};

struct session;

/* Once, before any thread: false, with a message on stderr, where it cannot be done. */
bool client_open(const struct options *options);

/* Once for each thread, on that thread. */
struct session *session_open(void);

/* One signed request, its reply decoded. False, with a message on stderr, where it failed. */
bool session_check(struct session *session, struct outcome *outcome);

#endif
