package io.github.libcloudauth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Options of {@link CloudAuthClient#call}; each method gives changed ones and leaves these as they are. */
public final class CallOptions {
    private static final CallOptions DEFAULTS = new CallOptions(null, false);

    final Duration timeout;
    final boolean unchecked;

    private CallOptions(Duration timeout, boolean unchecked) {
        this.timeout = timeout;
        this.unchecked = unchecked;
    }

    /** The client's own limit, and nothing let through that this library does not know. */
    public static CallOptions defaults() {
        return DEFAULTS;
    }

    /** How long the call may take. Zero and less is a time that is over; {@code null} is the client's own limit. */
    public CallOptions timeout(@Nullable Duration timeout) {
        return new CallOptions(timeout, unchecked);
    }

    /** Lets through an operation, or parameters of it, that are newer than this library. */
    public CallOptions unchecked() {
        return new CallOptions(timeout, true);
    }
}
