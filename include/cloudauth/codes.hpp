/* Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.
   Kinds, actions and subjects. */
#ifndef CLOUDAUTH_CODES_HPP
#define CLOUDAUTH_CODES_HPP

#include "../cloudauth.h"

#include <cstdint>

namespace cloudauth {

/* What sort of failure it is. Numbers that are not listed may come with a later library. */
enum class kind : std::uint32_t {
    none = CLOUDAUTH_KIND_NONE,
    /* An argument, option or handle breaks a rule; nothing was sent. */
    invalid_argument = CLOUDAUTH_KIND_INVALID_ARGUMENT,
    /* No usable access key was found, or a source of credentials failed. */
    credentials = CLOUDAUTH_KIND_CREDENTIALS,
    /* The service did not accept the signature, the access key, the token or the time of the request. */
    authentication = CLOUDAUTH_KIND_AUTHENTICATION,
    /* The access key is valid, but may not use this service. */
    access_denied = CLOUDAUTH_KIND_ACCESS_DENIED,
    /* The service refused a parameter, or does not know the transaction. */
    invalid_request = CLOUDAUTH_KIND_INVALID_REQUEST,
    /* The person has not finished the verification; this is a state, not a fault. */
    not_completed = CLOUDAUTH_KIND_NOT_COMPLETED,
    /* More requests were sent than the quota of the account allows. */
    throttled = CLOUDAUTH_KIND_THROTTLED,
    /* The service is there, but could not answer this request. */
    unavailable = CLOUDAUTH_KIND_UNAVAILABLE,
    /* The service refused with a code that the catalogue does not know. */
    service = CLOUDAUTH_KIND_SERVICE,
    /* The endpoint's name was not found, or the connection was refused or broken. */
    network = CLOUDAUTH_KIND_NETWORK,
    /* The server's certificate, or the TLS handshake, could not be trusted. */
    tls = CLOUDAUTH_KIND_TLS,
    /* The time given for the call ran out. */
    timeout = CLOUDAUTH_KIND_TIMEOUT,
    /* The caller cancelled the call before it ended. */
    cancelled = CLOUDAUTH_KIND_CANCELLED,
    /* A reply came that is not one of this service: not JSON, cut short, or a redirect. */
    protocol = CLOUDAUTH_KIND_PROTOCOL,
    /* The reply is larger than the limit, and was not read to its end. */
    too_large = CLOUDAUTH_KIND_TOO_LARGE,
    /* An address in the reply is not one that may be fetched, so it was left alone. */
    blocked = CLOUDAUTH_KIND_BLOCKED,
    /* A local file could not be read or written, or the operating system refused a descriptor or a thread. */
    io = CLOUDAUTH_KIND_IO,
    /* A fault in this library. */
    internal = CLOUDAUTH_KIND_INTERNAL,
    /* The process forked while the call was in flight, and the child cannot finish it. */
    forked = CLOUDAUTH_KIND_FORKED,
};

/* What to do first with a finished verification. */
enum class action : std::uint32_t {
    none = CLOUDAUTH_ACTION_NONE,
    /* Let the person in. */
    accept = CLOUDAUTH_ACTION_ACCEPT,
    /* Let the person try again. */
    retry = CLOUDAUTH_ACTION_RETRY,
    /* Have a human look. */
    review = CLOUDAUTH_ACTION_REVIEW,
    /* Turn the person away. */
    reject = CLOUDAUTH_ACTION_REJECT,
};

/* What an explanation explains. */
enum class subject : std::uint32_t {
    /* The outcome of a verification. */
    sub_code = CLOUDAUTH_SUBJECT_SUB_CODE,
    /* A code of the reply. */
    response_code = CLOUDAUTH_SUBJECT_RESPONSE_CODE,
    /* A kind of error. */
    kind = CLOUDAUTH_SUBJECT_KIND,
    /* A code of the person's app or page, which is no verdict. */
    client_code = CLOUDAUTH_SUBJECT_CLIENT_CODE,
};

} // namespace cloudauth

#endif
