//go:build linux && cgo

#include "native.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "_cgo_export.h"

int cloudauth_go_waiter(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static void wake(int waiter)
{
    const uint64_t one = 1;
    ssize_t written = write(waiter, &one, sizeof one);
    (void)written;
}

/* Says that the call is done. Go may deal with it, and free it, before its poller is woken. */
static void land(cloudauth_go_inflight *inflight)
{
    int waiter = inflight->waiter;
    __atomic_store_n(&inflight->landed, 1, __ATOMIC_RELEASE);
    wake(waiter);
}

static void checked(void *context, cloudauth_error *error, cloudauth_result *result)
{
    cloudauth_go_inflight *inflight = context;
    inflight->error = error;
    inflight->result = result;
    land(inflight);
}

static void called(void *context, cloudauth_error *error, cloudauth_reply *reply)
{
    cloudauth_go_inflight *inflight = context;
    inflight->error = error;
    inflight->reply = reply;
    land(inflight);
}

/* The text, and on to the one behind it. */
static const char *next(const char **texts)
{
    const char *text = *texts;
    *texts += strlen(text) + 1;
    return text;
}

static cloudauth_go_context *released;

static void let_go_of_context(void *given)
{
    cloudauth_go_context *context = given;
    context->next = __atomic_load_n(&released, __ATOMIC_RELAXED);
    while (!__atomic_compare_exchange_n(&released, &context->next, context, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
        ;
}

cloudauth_go_context *cloudauth_go_released(void) { return __atomic_exchange_n(&released, NULL, __ATOMIC_ACQUIRE); }

static cloudauth_go_context *context_of(uintptr_t id)
{
    cloudauth_go_context *context = malloc(sizeof *context);
    if (!context)
        abort(); /* as Go does without memory */
    context->id = id;
    return context;
}

static cloudauth_request *request_of(const char *texts, size_t parameters, uint32_t flags, uintptr_t context)
{
    const char *biz_id = next(&texts), *transaction_id = next(&texts);
    cloudauth_request *request = cloudauth_request_new(biz_id, transaction_id);
    cloudauth_request_set_return_image(request, flags & CLOUDAUTH_GO_RETURN_IMAGE);
    if (flags & CLOUDAUTH_GO_IMAGE_LIST)
        cloudauth_request_set_extra_image_control_list(request, next(&texts));
    if (flags & CLOUDAUTH_GO_FIVE_CATEGORY_SPOOF)
        cloudauth_request_set_return_five_category_spoof_result(request, true);
    cloudauth_request_set_unchecked(request, flags & CLOUDAUTH_GO_UNCHECKED);
    for (; parameters; parameters--) {
        const char *name = next(&texts), *value = next(&texts);
        cloudauth_request_set_parameter(request, name, value);
    }
    if (context)
        cloudauth_request_set_event_context(request, context_of(context), let_go_of_context);
    return request;
}

static cloudauth_error *start_check(const cloudauth_client *client, cloudauth_go_inflight *inflight, const char *texts,
                                    size_t parameters, uint32_t flags, const cloudauth_go_wait *wait, uintptr_t context)
{
    cloudauth_request *request = request_of(texts, parameters, flags, context);
    if (wait) {
        cloudauth_request_set_wait_timeout_ms(request, wait->timeout);
        cloudauth_request_set_wait_first_pause_ms(request, wait->first_pause);
        cloudauth_request_set_wait_longest_pause_ms(request, wait->longest_pause);
    }
    cloudauth_request_set_callback_on_io_thread(request, true);
    cloudauth_error *error = (wait ? cloudauth_client_wait_for_result_start : cloudauth_client_check_result_start)(
        client, request, checked, inflight, flags & CLOUDAUTH_GO_CANCELLABLE ? &inflight->operation : NULL);
    cloudauth_request_free(request);
    return error;
}

static bool receive(void *context, const uint8_t *bytes, size_t len)
{
    return cloudauthGoReceive((uintptr_t)context, (uint8_t *)bytes, len);
}

static bool hear(void *context, uint64_t received, uint64_t total)
{
    return cloudauthGoProgress((uintptr_t)context, received, total);
}

static void give_arguments(cloudauth_call *call, const char **texts)
{
    for (const char *argument; *(argument = next(texts));) {
        const char *name = argument + 1, *value = next(texts);
        switch (*argument) {
        case 't': cloudauth_call_set_text(call, name, value); break;
        case 'f': cloudauth_call_set_flag(call, name, strcmp(value, "true") == 0); break;
        case 'i': cloudauth_call_set_integer(call, name, strtoll(value, NULL, 10)); break;
        case 'l': cloudauth_call_add_text(call, name, value); break;
        case 'r': cloudauth_call_set_receiver(call, name, receive, (void *)(uintptr_t)strtoull(value, NULL, 10), NULL); break;
        case 'p': cloudauth_call_set_progress(call, name, hear, (void *)(uintptr_t)strtoull(value, NULL, 10), NULL); break;
        case 'b': {
            size_t len = strtoull(value, NULL, 10);
            cloudauth_call_set_bytes(call, name, (const uint8_t *)*texts, len);
            *texts += len;
        }
        }
    }
}

static cloudauth_error *start_call(const cloudauth_client *client, cloudauth_go_inflight *inflight, const char *texts,
                                   size_t parameters, uint32_t flags, uintptr_t context)
{
    const char *operation = next(&texts);
    cloudauth_call *call = flags & CLOUDAUTH_GO_TYPED ? cloudauth_typed_call_new(operation) : cloudauth_call_new(operation);
    if (flags & CLOUDAUTH_GO_TYPED) {
        give_arguments(call, &texts);
        snprintf(inflight->action, sizeof inflight->action, "%s", cloudauth_call_action(call));
    }
    cloudauth_call_set_unchecked(call, flags & CLOUDAUTH_GO_UNCHECKED);
    for (; parameters; parameters--) {
        const char *name = next(&texts), *value = next(&texts);
        cloudauth_call_set_parameter(call, name, value);
    }
    if (context)
        cloudauth_call_set_event_context(call, context_of(context), let_go_of_context);
    cloudauth_call_set_callback_on_io_thread(call, true);
    cloudauth_error *error = cloudauth_client_call_start(
        client, call, called, inflight, flags & CLOUDAUTH_GO_CANCELLABLE ? &inflight->operation : NULL);
    cloudauth_call_free(call);
    return error;
}

cloudauth_go_inflight *cloudauth_go_start(const cloudauth_client *client, int waiter, const char *texts, size_t parameters,
                                        uint32_t flags, const cloudauth_go_wait *wait, uintptr_t context)
{
    cloudauth_go_inflight *inflight = calloc(1, sizeof *inflight);
    if (!inflight)
        abort(); /* as Go does without memory */
    inflight->waiter = waiter;
    cloudauth_error *error = flags & CLOUDAUTH_GO_CALL ? start_call(client, inflight, texts, parameters, flags, context)
                                                       : start_check(client, inflight, texts, parameters, flags, wait, context);
    /* A call that was started may be done by now: what it ended in is not touched. */
    if (error) {
        inflight->error = error;
        inflight->refused = true;
    }
    return inflight;
}

void cloudauth_go_cancel(const cloudauth_go_inflight *inflight) { cloudauth_operation_cancel(inflight->operation); }

void cloudauth_go_end(cloudauth_go_inflight *inflight)
{
    cloudauth_operation_free(inflight->operation);
    cloudauth_error_free(inflight->error);
    cloudauth_result_free(inflight->result);
    cloudauth_reply_free(inflight->reply);
    free(inflight);
}

static void ready(void *context) { wake((int)(intptr_t)context); }

static void let_go(void *context) { close((int)(intptr_t)context); }

cloudauth_error *cloudauth_go_many(const cloudauth_client *client, int waiter, size_t concurrency, bool ordered,
                                   cloudauth_many **many)
{
    /* The library's threads may still wake a run that Go is done with. */
    int own = fcntl(waiter, F_DUPFD_CLOEXEC, 0);
    if (own < 0)
        return NULL;
    cloudauth_error *error = cloudauth_many_new(client, concurrency, ordered, many);
    if (error)
        close(own);
    else
        cloudauth_many_set_ready_callback(*many, ready, (void *)(intptr_t)own, let_go);
    return error;
}

cloudauth_error *cloudauth_go_many_push(cloudauth_many *many, const char *texts, size_t parameters, uint32_t flags,
                                        uintptr_t context)
{
    cloudauth_request *request = texts ? request_of(texts, parameters, flags, context) : cloudauth_request_new(NULL, NULL);
    cloudauth_error *error = cloudauth_many_push(many, request);
    cloudauth_request_free(request);
    return error;
}

void cloudauth_go_failed(const cloudauth_error *error, cloudauth_go_failure *failure)
{
    *failure = (cloudauth_go_failure) {
        .kind = cloudauth_error_kind(error),
        .http_status = cloudauth_error_http_status(error),
        .attempts = cloudauth_error_attempts(error),
        .retryable = cloudauth_error_retryable(error),
        .retry_after_ms = cloudauth_error_retry_after_ms(error),
        .code = cloudauth_error_code(error),
        .request_id = cloudauth_error_request_id(error),
        .message = cloudauth_error_message(error),
        .advice = cloudauth_error_advice(error),
        .cause = (uintptr_t)cloudauth_error_cause(error),
    };
}

struct cloudauth_go_keys {
    int waiter;
    bool closed;
    uintptr_t id;
    cloudauth_credentials *question;
};

cloudauth_credentials *cloudauth_go_question(cloudauth_go_keys *keys)
{
    return __atomic_exchange_n(&keys->question, NULL, __ATOMIC_SEQ_CST);
}

static void ask(void *context, cloudauth_credentials *question)
{
    cloudauth_go_keys *keys = context;
    /* One that lies there still is of a library that was shut down: nobody waits for it. */
    cloudauth_credentials_free(__atomic_exchange_n(&keys->question, question, __ATOMIC_SEQ_CST));
    if (__atomic_load_n(&keys->closed, __ATOMIC_SEQ_CST))
        cloudauth_credentials_free(cloudauth_go_question(keys));
    wake(keys->waiter);
}

void cloudauth_go_close_keys(cloudauth_go_keys *keys)
{
    __atomic_store_n(&keys->closed, true, __ATOMIC_SEQ_CST);
    cloudauth_credentials_free(cloudauth_go_question(keys));
}

static void release(void *context)
{
    cloudauth_go_keys *keys = context;
    cloudauthGoRelease(keys->id);
    free(keys);
}

cloudauth_go_keys *cloudauth_go_set_keys(cloudauth_config *config, int waiter, uintptr_t id)
{
    cloudauth_go_keys *keys = calloc(1, sizeof *keys);
    if (!keys)
        abort(); /* as Go does without memory */
    keys->waiter = waiter;
    keys->id = id;
    cloudauth_config_set_credentials_start(config, ask, keys, release);
    return keys;
}

struct cloudauth_go_limiter {
    int waiter;
    bool closed;
    uintptr_t id;
    cloudauth_go_permit *asked;
};

cloudauth_go_permit *cloudauth_go_permits(cloudauth_go_limiter *limiter)
{
    return __atomic_exchange_n(&limiter->asked, NULL, __ATOMIC_SEQ_CST);
}

static void free_permits(cloudauth_go_permit *asked)
{
    for (cloudauth_go_permit *next; asked; asked = next) {
        next = asked->next;
        cloudauth_permit_free(asked->permit);
        free(asked);
    }
}

void cloudauth_go_close_limiter(cloudauth_go_limiter *limiter)
{
    __atomic_store_n(&limiter->closed, true, __ATOMIC_SEQ_CST);
    free_permits(cloudauth_go_permits(limiter));
}

static void limit(void *context, const char *api, cloudauth_permit *permit)
{
    cloudauth_go_limiter *limiter = context;
    cloudauth_go_permit *asked = malloc(sizeof *asked + strlen(api) + 1);
    if (!asked)
        abort(); /* as Go does without memory */
    asked->permit = permit;
    asked->context = ((cloudauth_go_context *)cloudauth_permit_event_context(permit))->id;
    asked->api = strcpy((char *)(asked + 1), api);
    asked->next = __atomic_load_n(&limiter->asked, __ATOMIC_RELAXED);
    while (!__atomic_compare_exchange_n(&limiter->asked, &asked->next, asked, true, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
        ;
    if (__atomic_load_n(&limiter->closed, __ATOMIC_SEQ_CST))
        free_permits(cloudauth_go_permits(limiter));
    wake(limiter->waiter);
}

static void let_go_of_limiter(void *context)
{
    cloudauth_go_limiter *limiter = context;
    cloudauthGoRelease(limiter->id);
    free(limiter);
}

cloudauth_go_limiter *cloudauth_go_set_limiter(cloudauth_config *config, int waiter, uintptr_t id)
{
    cloudauth_go_limiter *limiter = calloc(1, sizeof *limiter);
    if (!limiter)
        abort(); /* as Go does without memory */
    limiter->waiter = waiter;
    limiter->id = id;
    cloudauth_config_set_limiter_start(config, limit, limiter, let_go_of_limiter);
    return limiter;
}

static void forget(void *cause) { cloudauthGoForget((uintptr_t)cause); }

void cloudauth_go_refuse(cloudauth_permit *permit, const char *reason, uintptr_t cause)
{
    cloudauth_permit_refuse_with(permit, reason, (void *)cause, forget);
}

void cloudauth_go_fail(cloudauth_credentials *question, const char *reason, uintptr_t cause)
{
    cloudauth_credentials_fail_with(question, reason, (void *)cause, forget);
}

static void report(void *context, const cloudauth_event *event) { cloudauthGoEvent((uintptr_t)context, (cloudauth_event *)event); }

void cloudauth_go_set_listener(cloudauth_config *config, uintptr_t id)
{
    cloudauth_config_set_event_callback(config, report, (void *)id, forget);
}

static void say(void *context, uint32_t level, const char *line) { cloudauthGoLog((uintptr_t)context, level, (char *)line); }

cloudauth_error *cloudauth_go_set_log(uint32_t level, uintptr_t id)
{
    return cloudauth_log_set_callback(level, say, (void *)id);
}
