package io.github.libcloudauth;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a call gave no result. Its message is one line made for people, and holds no secret and no personal data.
 *
 * <p>{@link #kind()} says which sort of failure it is; {@link Kind#NOT_COMPLETED} is a state to wait on, not a fault.
 * {@link #getCause()} is what a {@link CredentialsProvider} threw, where that is why.
 */
public final class CloudAuthException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;
    private final Integer httpStatus;
    private final String requestId;
    private final boolean retryable;
    private final Duration retryAfter;
    private final int attempts;
    private final String message;
    private final String advice;

    CloudAuthException(WireReader in) {
        kind = Kind.of(in.text());
        code = in.optionalText();
        httpStatus = in.optional(reader -> (int) reader.number());
        requestId = in.optionalText();
        retryable = in.flag();
        retryAfter = in.optional(reader -> Duration.ofMillis(reader.number()));
        attempts = (int) in.number();
        message = in.text();
        advice = in.text();
        Throwable thrown = in.optionalThrown();
        if (thrown != null) {
            initCause(thrown);
        }
    }

    /** An error that was seen before the native library was asked. */
    private CloudAuthException(Kind kind, String message, String advice) {
        this.kind = kind;
        this.code = null;
        this.httpStatus = null;
        this.requestId = null;
        // A thread that was refused may be had later.
        this.retryable = kind == Kind.IO;
        this.retryAfter = null;
        this.attempts = 0;
        this.message = message;
        this.advice = advice;
    }

    static CloudAuthException invalidArgument(String argument, String rule) {
        return of(Kind.INVALID_ARGUMENT, argument + ": " + rule);
    }

    static CloudAuthException cancelled(String message) {
        return of(Kind.CANCELLED, message);
    }

    static CloudAuthException credentials(String message) {
        return of(Kind.CREDENTIALS, message);
    }

    static CloudAuthException io(String message) {
        return of(Kind.IO, message);
    }

    private static CloudAuthException of(Kind kind, String message) {
        return new CloudAuthException(kind, message, CloudAuth.explain(kind.toString()).map(Explanation::advice).orElse(""));
    }

    /** Where the native library does not answer, it is not asked for advice either. */
    static CloudAuthException internal(String message) {
        return new CloudAuthException(Kind.INTERNAL, message, "This is a bug of the library; please report it.");
    }

    /** Which sort of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** The service's own code, e.g. {@code Throttling.Api}; empty where it sent none. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** The HTTP status of the last reply; empty where there was no reply. */
    public Optional<Integer> httpStatus() {
        return Optional.ofNullable(httpStatus);
    }

    /** The service's id of the request, for its support. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** Whether the same call, made again later, can succeed. */
    public boolean retryable() {
        return retryable;
    }

    /** How long the service asked to wait before the next call. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** How many requests were sent for this call; 0 where nothing was. */
    public int attempts() {
        return attempts;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }

    /** One line for people, without the advice. */
    @Override
    public String getMessage() {
        return message;
    }

    /** Class, kind and message. */
    @Override
    public String toString() {
        return getClass().getName() + ": " + kind + ": " + message;
    }
}
