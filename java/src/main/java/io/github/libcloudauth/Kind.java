// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.Locale;

/** Which sort of failure an error is; the same in every language. {@code docs/codes.md} has them all. */
public enum Kind {
    /** An argument, option or handle breaks a rule; nothing was sent. */
    INVALID_ARGUMENT,
    /** No usable access key was found, or a source of credentials failed. */
    CREDENTIALS,
    /** The service did not accept the signature, the access key, the token or the time of the request. */
    AUTHENTICATION,
    /** The access key is valid, but may not use this service. */
    ACCESS_DENIED,
    /** The service refused a parameter, or does not know the transaction. */
    INVALID_REQUEST,
    /** The person has not finished the verification; this is a state, not a fault. */
    NOT_COMPLETED,
    /** More requests were sent than the quota of the account allows. */
    THROTTLED,
    /** The service is there, but could not answer this request. */
    UNAVAILABLE,
    /** The service refused with a code that the catalogue does not know. */
    SERVICE,
    /** The endpoint's name was not found, or the connection was refused or broken. */
    NETWORK,
    /** The server's certificate, or the TLS handshake, could not be trusted. */
    TLS,
    /** The time given for the call ran out. */
    TIMEOUT,
    /** The caller cancelled the call before it ended. */
    CANCELLED,
    /** A reply came that is not one of this service: not JSON, cut short, or a redirect. */
    PROTOCOL,
    /** The reply is larger than the limit, and was not read to its end. */
    TOO_LARGE,
    /** An address in the reply is not one that may be fetched, so it was left alone. */
    BLOCKED,
    /** A local file could not be read or written, or the operating system refused a descriptor or a thread. */
    IO,
    /** A fault in this library. */
    INTERNAL,
    /** The process forked while the call was in flight, and the child cannot finish it. */
    FORKED;

    static Kind of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name in every language, e.g. {@code not_completed}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
