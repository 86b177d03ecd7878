package io.github.libcloudauth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Options of {@link CloudAuthClient#checkMany}; each method gives changed ones and leaves these as they are. */
public final class ManyOptions {
    private static final ManyOptions DEFAULTS = new ManyOptions(0, true, null);

    final int concurrency;
    final boolean ordered;
    final Duration timeout;

    private ManyOptions(int concurrency, boolean ordered, Duration timeout) {
        this.concurrency = concurrency;
        this.ordered = ordered;
        this.timeout = timeout;
    }

    /** As many calls at a time as the client's {@code maxConcurrency} says, outcomes in the order of the requests. */
    public static ManyOptions defaults() {
        return DEFAULTS;
    }

    /** How many calls are under way at most; 0 for the client's own. */
    public ManyOptions concurrency(int concurrency) {
        return new ManyOptions(concurrency, ordered, timeout);
    }

    /** Whether outcomes come in the order of the requests, rather than as they are there. */
    public ManyOptions ordered(boolean ordered) {
        return new ManyOptions(concurrency, ordered, timeout);
    }

    /** How long each call may take. Zero and less is a time that is over; {@code null} is the client's own limit. */
    public ManyOptions timeout(@Nullable Duration timeout) {
        return new ManyOptions(concurrency, ordered, timeout);
    }
}
