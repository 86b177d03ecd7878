// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What became of a call, or of one of its attempts. It holds no id, no key and nobody's data. */
public final class CallEvent extends ValueObject {
    private final String operation;
    private final String region;
    private final Long attempt;
    private final long attempts;
    private final Kind kind;
    private final String code;
    private final Long httpStatus;
    private final Duration duration;
    private final Duration permitWait;
    private final Duration pause;
    private final long bytesReceived;

    CallEvent(WireReader in) {
        operation = in.text();
        region = in.optionalText();
        attempt = in.optionalNumber();
        attempts = in.number();
        kind = in.optional(kind -> Kind.of(kind.text()));
        code = in.optionalText();
        httpStatus = in.optionalNumber();
        duration = Duration.ofMillis(in.number());
        permitWait = Duration.ofMillis(in.number());
        pause = Duration.ofMillis(in.number());
        bytesReceived = in.number();
    }

    /** The operation's name. */
    public String operation() {
        return operation;
    }

    /** The region whose server is called; absent for any other server. */
    public Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /** Which attempt of the call it is, from 1; absent for the call as a whole. */
    public OptionalLong attempt() {
        return attempt == null ? OptionalLong.empty() : OptionalLong.of(attempt);
    }

    /** Requests that the call has sent so far. */
    public long attempts() {
        return attempts;
    }

    /** Why it failed; absent where it succeeded. */
    public Optional<Kind> kind() {
        return Optional.ofNullable(kind);
    }

    /** The service's code, where it failed with one. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** The reply's status; absent where there was no reply. */
    public OptionalLong httpStatus() {
        return httpStatus == null ? OptionalLong.empty() : OptionalLong.of(httpStatus);
    }

    /** How long it took, waits included. */
    public Duration duration() {
        return duration;
    }

    /** How long of that the quota kept requests back. */
    public Duration permitWait() {
        return permitWait;
    }

    /** The pause after the attempt, which is no part of its duration; of a call, all of its pauses. */
    public Duration pause() {
        return pause;
    }

    /** Bytes of replies' bodies. */
    public long bytesReceived() {
        return bytesReceived;
    }

    @Override
    void describe(Fields out) {
        out.add("operation", operation)
            .add("region", region)
            .add("attempt", attempt)
            .add("attempts", attempts)
            .add("kind", kind)
            .add("code", code)
            .add("http_status", httpStatus)
            .add("duration", duration)
            .add("permit_wait", permitWait)
            .add("pause", pause)
            .add("bytes_received", bytesReceived);
    }

    /** All of it: nothing here is secret. */
    @Override
    public String toString() {
        return "CallEvent" + toMap();
    }
}
