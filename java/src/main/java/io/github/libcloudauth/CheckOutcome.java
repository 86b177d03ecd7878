package io.github.libcloudauth;

import java.util.Objects;
import java.util.Optional;

/** What became of one of many requests. */
public final class CheckOutcome {
    private final long position;
    private final CheckRequest request;
    private final CheckResult result;
    private final CloudAuthException error;

    CheckOutcome(long position, CheckRequest request, CheckResult result, CloudAuthException error) {
        this.position = position;
        this.request = request;
        this.result = result;
        this.error = error;
    }

    /** Makes one by hand, for tests, of a call that gave a result. */
    public static CheckOutcome of(long position, CheckRequest request, CheckResult result) {
        Objects.requireNonNull(result, "result");
        return new CheckOutcome(position, Objects.requireNonNull(request, "request"), result, null);
    }

    /** Makes one by hand, for tests, of a call that failed. */
    public static CheckOutcome failed(long position, CheckRequest request, CloudAuthException error) {
        Objects.requireNonNull(error, "error");
        return new CheckOutcome(position, Objects.requireNonNull(request, "request"), null, error);
    }

    /** The request's place in the order in which they were given, from 0. */
    public long position() {
        return position;
    }

    /** The request. */
    public CheckRequest request() {
        return request;
    }

    /** Its result; empty where there is an {@link #error()}. */
    public Optional<CheckResult> result() {
        return Optional.ofNullable(result);
    }

    /** Why there is none. */
    public Optional<CloudAuthException> error() {
        return Optional.ofNullable(error);
    }

    /**
     * Its result.
     *
     * @throws CloudAuthException its error, where there is none
     */
    public CheckResult get() {
        if (error != null) {
            throw error;
        }
        return result;
    }

    @Override
    public String toString() {
        return "CheckOutcome[" + position + ", " + (error == null ? result : error.kind()) + "]";
    }
}
