/* What Go asks of the C library, gathered so that a call crosses the border as seldom as can be. */
#ifndef CLOUDAUTH_GO_NATIVE_H
#define CLOUDAUTH_GO_NATIVE_H

#include <cloudauth.h>

#include "result_view.h"

/* A call in flight, and what came of it. */
typedef struct cloudauth_go_inflight {
    int waiter;
    uint32_t landed; /* set last, and read by Go's atomics */
    cloudauth_operation *operation; /* NULL where the call cannot be cancelled */
    cloudauth_error *error;
    cloudauth_result *result;
    cloudauth_reply *reply;
    char action[65]; /* what a typed operation is sent as */
    bool refused; /* it was never started, and `error` says why */
} cloudauth_go_inflight;

enum {
    CLOUDAUTH_GO_CALL = 1, /* any operation; else CheckResult */
    CLOUDAUTH_GO_RETURN_IMAGE = 2,
    CLOUDAUTH_GO_IMAGE_LIST = 4,
    CLOUDAUTH_GO_FIVE_CATEGORY_SPOOF = 8,
    CLOUDAUTH_GO_CANCELLABLE = 16,
    CLOUDAUTH_GO_UNCHECKED = 32,
    CLOUDAUTH_GO_TYPED = 64, /* with CLOUDAUTH_GO_CALL: a typed operation */
};

/* How long a call waits for a person to finish, in milliseconds; 0 is the library's choice. */
typedef struct cloudauth_go_wait {
    uint64_t timeout;
    uint64_t first_pause;
    uint64_t longest_pause;
} cloudauth_go_wait;

/* A Go scope that comes with a call's events, and with its questions for permits. */
typedef struct cloudauth_go_context {
    uintptr_t id; /* a cgo.Handle */
    struct cloudauth_go_context *next;
} cloudauth_go_context;

/* Those that no call and no event needs any more. The library lets go of them on threads that must not call Go. */
cloudauth_go_context *cloudauth_go_released(void);

/* Starts a call; a CheckResult waits for the person where `wait` is not NULL. `context` is a cgo.Handle or 0. `texts` holds texts
 * that each end in NUL: an action, or a typed operation and its arguments, or else a MerchantBizId and a TransactionId, and an
 * ExtraImageControlList where the flag says so; then `parameters` pairs of a name and a value. An argument is a letter and a name
 * in one text, and a value: 't' text, 'f' flag, 'i' integer, 'l' an item of a list, 'b' the number of the bytes that follow, 'r'
 * a receiver and 'p' a progress function by a cgo.Handle that lives until the call is done. An empty text ends them. */
cloudauth_go_inflight *cloudauth_go_start(const cloudauth_client *client, int waiter, const char *texts, size_t parameters,
                                        uint32_t flags, const cloudauth_go_wait *wait, uintptr_t context);
void cloudauth_go_cancel(const cloudauth_go_inflight *inflight);
void cloudauth_go_end(cloudauth_go_inflight *inflight);

/* Begins a run of many calls that wakes `waiter`. NULL in `*many` without an error: the system has no descriptor. */
cloudauth_error *cloudauth_go_many(const cloudauth_client *client, int waiter, size_t concurrency, bool ordered,
                                   cloudauth_many **many);
/* Gives it a CheckResult, as cloudauth_go_start takes it; NULL texts are one that is refused in its turn. */
cloudauth_error *cloudauth_go_many_push(cloudauth_many *many, const char *texts, size_t parameters, uint32_t flags,
                                        uintptr_t context);

/* A descriptor for Go's poller, to which one is added whenever a call that was started with it is done; -1 where the system
 * has none. */
int cloudauth_go_waiter(void);

/* An error's parts, which end with it. */
typedef struct cloudauth_go_failure {
    cloudauth_kind kind;
    uint32_t http_status;
    uint32_t attempts;
    bool retryable;
    uint64_t retry_after_ms;
    const char *code;
    const char *request_id;
    const char *message;
    const char *advice;
    uintptr_t cause; /* a cgo.Handle of an error of Go's or of a transfer that has one, or 0 */
} cloudauth_go_failure;

void cloudauth_go_failed(const cloudauth_error *error, cloudauth_go_failure *failure);

/* A client's question for keys, until Go takes it; it wakes `waiter`. Ends with cloudauthGoRelease. */
typedef struct cloudauth_go_keys cloudauth_go_keys;

/* Go's functions behind the library's callbacks; `id` is a cgo.Handle. */
cloudauth_go_keys *cloudauth_go_set_keys(cloudauth_config *config, int waiter, uintptr_t id);
/* The question that is there, and that the caller answers; else NULL. */
cloudauth_credentials *cloudauth_go_question(cloudauth_go_keys *keys);
/* Nobody will take questions any more. */
void cloudauth_go_close_keys(cloudauth_go_keys *keys);
/* Fails with an error of Go's behind the handle `cause`, which cloudauthGoForget gets in the end. */
void cloudauth_go_fail(cloudauth_credentials *question, const char *reason, uintptr_t cause);

/* A client's questions for permits, until Go takes them; each wakes `waiter`. Ends with cloudauthGoRelease. */
typedef struct cloudauth_go_limiter cloudauth_go_limiter;

/* A question, which the taker frees; `context` is the cgo.Handle of its call's scope, which lives as long as `permit`. */
typedef struct cloudauth_go_permit {
    cloudauth_permit *permit;
    uintptr_t context;
    const char *api;
    struct cloudauth_go_permit *next;
} cloudauth_go_permit;

cloudauth_go_limiter *cloudauth_go_set_limiter(cloudauth_config *config, int waiter, uintptr_t id);
/* Those that are there, linked; NULL for none. */
cloudauth_go_permit *cloudauth_go_permits(cloudauth_go_limiter *limiter);
/* Nobody will take questions any more. */
void cloudauth_go_close_limiter(cloudauth_go_limiter *limiter);
/* Refuses with an error of Go's behind the handle `cause`, which cloudauthGoForget gets in the end. */
void cloudauth_go_refuse(cloudauth_permit *permit, const char *reason, uintptr_t cause);

/* `id` is a cgo.Handle of a function that gets events, which cloudauthGoForget gets in the end. */
void cloudauth_go_set_listener(cloudauth_config *config, uintptr_t id);

/* `id` numbers the loggers. */
cloudauth_error *cloudauth_go_set_log(uint32_t level, uintptr_t id);

#endif
