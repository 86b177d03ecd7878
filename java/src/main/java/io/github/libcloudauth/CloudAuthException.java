package io.github.libcloudauth;

import java.time.Duration;
import java.util.Objects;
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

    private CloudAuthException(Builder given) {
        kind = given.kind;
        code = given.code;
        httpStatus = given.httpStatus;
        requestId = given.requestId;
        retryable = given.retryable;
        retryAfter = given.retryAfter;
        attempts = given.attempts;
        message = given.message;
        advice = given.advice;
        if (given.cause != null) {
            initCause(given.cause);
        }
    }

    /** Makes an error by hand, for tests: with its kind's advice, retryable where its kind is. */
    public static Builder builder(Kind kind, String message) {
        Objects.requireNonNull(message, "message");
        byte[] name = new WireWriter().text("kind", kind.toString()).toBytes();
        NativeLibrary.require();
        return Reply.of(Native.kind(name)).value(in -> new Builder(kind, message, in.flag(), in.text()));
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
        return builder(kind, message).build();
    }

    /** Where the native library does not answer, it is not asked for advice either. */
    static CloudAuthException internal(String message) {
        return new Builder(Kind.INTERNAL, message, false, "This is a bug of the library; please report it.").build();
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

    /** Makes a {@link CloudAuthException}; what is not given is absent. */
    public static final class Builder {
        private final Kind kind;
        private final String message;
        private final String advice;
        private boolean retryable;
        private String code;
        private Integer httpStatus;
        private String requestId;
        private Duration retryAfter;
        private int attempts;
        private Throwable cause;

        private Builder(Kind kind, String message, boolean retryable, String advice) {
            this.kind = kind;
            this.message = message;
            this.retryable = retryable;
            this.advice = advice;
        }

        /** {@link CloudAuthException#code()}. */
        public Builder code(String code) {
            this.code = Objects.requireNonNull(code, "code");
            return this;
        }

        /** {@link CloudAuthException#httpStatus()}. */
        public Builder httpStatus(int httpStatus) {
            this.httpStatus = httpStatus;
            return this;
        }

        /** {@link CloudAuthException#requestId()}. */
        public Builder requestId(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
            return this;
        }

        /** {@link CloudAuthException#retryable()}. */
        public Builder retryable(boolean retryable) {
            this.retryable = retryable;
            return this;
        }

        /** {@link CloudAuthException#retryAfter()}. */
        public Builder retryAfter(Duration retryAfter) {
            this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
            return this;
        }

        /** {@link CloudAuthException#attempts()}. */
        public Builder attempts(int attempts) {
            this.attempts = attempts;
            return this;
        }

        /** {@link CloudAuthException#getCause()}. */
        public Builder cause(Throwable cause) {
            this.cause = Objects.requireNonNull(cause, "cause");
            return this;
        }

        /** The error. */
        public CloudAuthException build() {
            return new CloudAuthException(this);
        }
    }
}
