// Generated from core/schema/events.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private final Instant ended;
    private final String serverAddress;
    private final long serverPort;

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
        ended = Instant.ofEpochMilli(in.number());
        serverAddress = in.text();
        serverPort = in.number();
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

    /** When it ended. */
    public Instant ended() {
        return ended;
    }

    /** The server's name or address. */
    public String serverAddress() {
        return serverAddress;
    }

    /** The server's port. */
    public long serverPort() {
        return serverPort;
    }

    /**
     * The event by the names that OpenTelemetry has for it, each with a {@code String} or a {@code Long}; times are in
     * milliseconds. What is absent is left out.
     */
    public Map<String, Object> attributes() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("server.address", serverAddress);
        all.put("server.port", serverPort);
        if (kind != null) {
            all.put("error.type", kind.toString());
        }
        if (httpStatus != null) {
            all.put("http.response.status_code", httpStatus);
        }
        if (attempt != null) {
            all.put("http.request.method", "POST");
        }
        if (attempt != null && attempt > 1) {
            all.put("http.request.resend_count", attempt - 1);
        }
        if (attempt == null) {
            all.put("cloudauth.action", operation);
        }
        if (attempt == null) {
            all.put("cloudauth.attempts", attempts);
        }
        if (code != null) {
            all.put("cloudauth.code", code);
        }
        if (attempt != null && !permitWait.isZero()) {
            all.put("cloudauth.permit_wait_ms", permitWait.toMillis());
        }
        if (attempt != null && !pause.isZero()) {
            all.put("cloudauth.pause_ms", pause.toMillis());
        }
        return all;
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
            .add("bytes_received", bytesReceived)
            .add("ended", ended)
            .add("server_address", serverAddress)
            .add("server_port", serverPort);
    }

    /** All of it: nothing here is secret. */
    @Override
    public String toString() {
        return "CallEvent" + toMap();
    }
}
