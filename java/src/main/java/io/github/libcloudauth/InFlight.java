package io.github.libcloudauth;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The calls of one client that have not ended, by number. */
final class InFlight {
    /** How long the calls of a closed client may go on. */
    static final Duration AFTER_CLOSE = Duration.ofSeconds(10);
    /** How long cancelled calls may take to end. */
    private static final long CANCELLED_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);

    // As in Callbacks: taking a number out must need no room on the heap.
    private final Set<Long> numbers = Collections.synchronizedSet(new HashSet<>());
    /** Held by the client and its calls alone, so that a provider which knows its client keeps neither alive. */
    private final Source source;
    /** So are these, which are known by their numbers elsewhere. */
    private final Events.Listener listener;
    private final Limits limiter;
    private long closed;

    InFlight(Source source, Events.Listener listener, Limits limiter) {
        this.source = source;
        this.listener = listener;
        this.limiter = limiter;
        if (source != null) {
            source.serve(this);
        }
    }

    boolean isEmpty() {
        return numbers.isEmpty();
    }

    /** A call begins under that number. */
    void begin(Long number) {
        if (source != null) {
            source.refuseRecursion();
        }
        if (listener != null) {
            listener.begin(number);
        }
        numbers.add(number);
    }

    void end(Long number) {
        numbers.remove(number);
        if (source != null && numbers.isEmpty()) {
            source.interrupt();
        }
    }

    /** The client is closed; what is under way may go on for a while. */
    void close() {
        if (!numbers.isEmpty()) {
            closed = System.nanoTime();
            Callbacks.endLater(this);
        }
    }

    /** Whether none is left to care for. Cancels them once their time is over. */
    boolean endInTime() {
        long late = System.nanoTime() - closed - AFTER_CLOSE.toNanos();
        if (late >= 0) {
            cancel();
        }
        return numbers.isEmpty() || late >= CANCELLED_NANOSECONDS;
    }

    /** The client is closed: waits so long for what is under way, and cancels the rest. An interrupt ends the waiting. */
    void close(Duration timeout) {
        long begun = System.nanoTime();
        long limit = WireWriter.timeLimit(timeout);
        boolean interrupted = false;
        long cancelled = 0;
        while (!numbers.isEmpty()) {
            long now = System.nanoTime();
            if (interrupted || now - begun >= limit) {
                cancelled = cancelled == 0 ? now : cancelled;
                // Again and again: one that was just beginning may not be known to the native library yet.
                cancel();
                if (now - cancelled >= CANCELLED_NANOSECONDS) {
                    break;
                }
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException signal) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancel() {
        numbers.forEach(Native::cancel);
    }
}
