package io.github.libcloudauth;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of {@link CloudAuthClient#waitForResult}; each method gives changed ones and leaves these as they are. */
public final class WaitOptions {
    private static final WaitOptions DEFAULTS = new WaitOptions(null, null, null);

    private final Duration timeout;
    private final Duration firstPause;
    private final Duration longestPause;

    private WaitOptions(Duration timeout, Duration firstPause, Duration longestPause) {
        this.timeout = timeout;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    /** Half an hour, with pauses that grow from two seconds to fifteen. */
    public static WaitOptions defaults() {
        return DEFAULTS;
    }

    /** How long to wait altogether. Zero and less is a time that is over; {@code null} is the default. */
    public WaitOptions timeout(@Nullable Duration timeout) {
        return new WaitOptions(timeout, firstPause, longestPause);
    }

    /** The pause after the first answer that the person has not finished, zero for the default; each further one is longer by half. */
    public WaitOptions firstPause(Duration pause) {
        return new WaitOptions(timeout, Objects.requireNonNull(pause, "pause"), longestPause);
    }

    /** The longest pause; zero for the default. */
    public WaitOptions longestPause(Duration pause) {
        return new WaitOptions(timeout, firstPause, Objects.requireNonNull(pause, "pause"));
    }

    byte[] encoded() {
        return new WireWriter()
            .number(WireWriter.timeLimit(timeout))
            .number(WireWriter.nanoseconds(firstPause))
            .number(WireWriter.nanoseconds(longestPause))
            .toBytes();
    }
}
